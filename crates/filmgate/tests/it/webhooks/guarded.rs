//! What the guard does to deliveries: names are resolved when they are delivered, and may not lead inside.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;

use filmgate::app::{App, Dev};
use filmgate::config::{Config, Source};
use filmgate::service::caller::Caller;
use filmgate::service::tasks;
use filmgate::{ManualClock, Random, webhooks};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::time::Timestamp;
use filmgate_providers::guard::Guard;
use filmgate_providers::guard::line::Resolve;
use filmgate_store::{DeliveryClaim, DeliveryLine, DeliveryState};

/// What every name resolves to; nothing if there is no such name.
struct Names(Option<IpAddr>);

impl Resolve for Names {
    fn resolve(&self, _name: String) -> Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>> {
        let found = self.0.map(|address| vec![address]);
        Box::pin(async move { found.ok_or_else(|| std::io::ErrorKind::NotFound.into()) })
    }
}

/// One try of the delivery about a cancelled task, where all names resolve so.
async fn tried(names: Names) -> DeliveryLine {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let source = Source { data: Some(folder.path().to_owned()), ..Source::default() };
    let config = Config::load(source, Some(&empty)).unwrap();
    let dev = Dev { first_grant: Credits::whole(100), only_key: None, speed: 1 };
    let clock = Arc::new(ManualClock::new(Timestamp(1_795_305_600_000)));
    let parts = (NonZeroUsize::MIN, clock as _, Random::seeded(1));
    let mut app = App::with_clock(&config, Some(dev), RoutePolicy::studio(), parts).unwrap();
    // The emulator's own guard lets this machine in.
    app.guard = Guard::new(vec![]).unwrap().resolving_with(names);
    let asked = Asked {
        model: "sora-2-text-to-video".into(),
        parameters: Parameters::from([(Parameter::Prompt, Value::Text("A cat".into()))]),
        form: Form::KieJobs,
        callback_url: Some("https://client.example/cb".into()),
        scenario: None,
        on_doubt: None,
        origin: None,
    };
    let caller = Caller::find(&app, Some("test"), None).unwrap();
    let id = tasks::accept(&app, &caller, asked).await.unwrap().id;
    let now = app.now();
    app.store.cancel(id, now).await.unwrap();
    let (per_host, per_host_in_all, per_account) = (9, 9, 9);
    let claim = DeliveryClaim {
        node: 1,
        now,
        alive_since: now,
        limit: 9,
        per_host,
        per_host_in_all,
        per_account,
        from: None,
    };
    let lease = app.store.claim_deliveries(claim).await.unwrap().leased.remove(0);
    webhooks::deliver(&app, &lease).await;
    app.store.deliveries_of(id).unwrap().remove(0)
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_when_it_is_delivered() {
    for inside in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"] {
        let line = tried(Names(Some(inside.parse().unwrap()))).await;
        let fault = line.tries[0].fault.clone().unwrap();
        assert!(fault.starts_with("the host has a refused address"), "{inside}: {fault}");
        assert_eq!(line.state, DeliveryState::Waiting, "it may lead elsewhere tomorrow");
    }
}

#[tokio::test]
async fn a_name_that_does_not_resolve_delays_the_delivery_only() {
    let line = tried(Names(None)).await;
    assert_eq!(line.tries[0].fault.as_deref(), Some("the name could not be resolved"));
    let due = line.due.unwrap().since_ms(line.tries[0].at);
    assert!((4_000..=5_000).contains(&due), "{due} ms");
}
