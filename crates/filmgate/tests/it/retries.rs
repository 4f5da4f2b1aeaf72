//! Creates that come again: a retry that says so, and a create whose reply was lost, leave one task and one charge.

use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::post;
use filmgate::app::{App, Dev};
use filmgate::config::{Config, Source};
use filmgate::http::accept::{ConnectionLimits, serve};
use filmgate::http::cut::OnCut;
use filmgate::service::caller::Caller;
use filmgate::service::retry::Retry;
use filmgate::service::tasks;
use filmgate::{ManualClock, Random};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::time::Timestamp;
use serde_json::Value as Json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::gate::{CAT, Gate, Reply};

const JOBS: &str = "/api/v1/jobs/createTask";

fn create(gate: &Gate, headers: &[(&str, &str)]) -> Reply {
    let headers = [&[("Authorization", "Bearer test")], headers].concat();
    gate.call("POST", JOBS, &headers, CAT.as_bytes())
}

fn id(reply: &Reply) -> String {
    reply.json()["data"]["taskId"].as_str().unwrap().to_owned()
}

#[test]
fn a_retry_that_counts_itself_gets_the_task_of_the_try_before_and_pays_once() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let first = create(&gate, &[("x-stainless-retry-count", "0")]);
    assert_eq!(first.header("filmgate-deduplicated"), None);
    for tried in ["1", "2"] {
        let again = create(&gate, &[("x-stainless-retry-count", tried)]);
        assert_eq!((id(&again), again.header("filmgate-deduplicated")), (id(&first), Some("retry")));
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], Json::from(970.0));
}

#[test]
fn two_films_that_a_user_really_wants_are_two_films() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let first = id(&create(&gate, &[("x-stainless-retry-count", "0")]));
    assert_ne!(id(&create(&gate, &[("x-stainless-retry-count", "0")])), first, "a first try");
    assert_ne!(id(&create(&gate, &[])), first, "no word of a retry");
    let opted_out = [("x-stainless-retry-count", "1"), ("x-filmgate-deduplicate", "off")];
    assert_ne!(id(&create(&gate, &opted_out)), first, "opted out");
}

#[test]
fn a_task_whose_id_the_client_has_used_is_not_given_to_a_retry() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let first = id(&create(&gate, &[("x-stainless-retry-count", "0")]));
    assert_eq!(gate.record(&first)["state"], "waiting");
    assert_ne!(id(&create(&gate, &[("x-stainless-retry-count", "1")])), first);
}

#[tokio::test]
async fn a_create_whose_reply_was_lost_is_offered_once_to_the_same_request_of_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let (app, clock) = app(folder.path());
    let on_cut = OnCut::default();
    let retry = Retry { on_cut: Some(on_cut.clone()), ..Retry::default() };
    let ada = Caller::find(&app, Some("ada"), None).unwrap();
    let first = tasks::accept_or_adopt(&app, &ada, asked(), &retry).await.unwrap();
    on_cut.ended(false);

    let bob = Caller::find(&app, Some("bob"), None).unwrap();
    assert!(!tasks::accept(&app, &bob, asked()).await.unwrap().deduplicated, "another key");
    clock.advance(59_000);
    let again = tasks::accept(&app, &ada, asked()).await.unwrap();
    assert_eq!((again.id, again.deduplicated), (first.id, true));
    let third = tasks::accept(&app, &ada, asked()).await.unwrap();
    assert!(third.id != first.id && !third.deduplicated, "offered once");
}

fn app(data: &std::path::Path) -> (App, Arc<ManualClock>) {
    let file = data.join("empty.toml");
    std::fs::write(&file, "").unwrap();
    let source = Source { data: Some(data.to_owned()), ..Source::default() };
    let config = Config::load(source, Some(&file)).unwrap();
    let dev = Dev { first_grant: Credits::whole(400), only_key: None, speed: 1 };
    let clock = Arc::new(ManualClock::new(Timestamp(1_795_305_600_000)));
    let parts = (NonZeroUsize::MIN, Arc::clone(&clock) as _, Random::seeded(1));
    (App::with_clock(&config, Some(dev), RoutePolicy::studio(), parts).unwrap(), clock)
}

fn asked() -> Asked {
    Asked {
        model: "sora-2-text-to-video".into(),
        parameters: Parameters::from([(Parameter::Prompt, Value::Text("a cat".into()))]),
        form: Form::KieJobs,
        callback_url: None,
        scenario: None,
        on_doubt: None,
        origin: None,
    }
}

/// A handler that leaves word of a lost reply, and a channel that hears of it.
fn listening_handler(lost: mpsc::UnboundedSender<()>) -> Router {
    Router::new().route(
        "/",
        post(move |request: Request| {
            let (on_cut, lost) = (request.extensions().get::<OnCut>().unwrap().clone(), lost.clone());
            async move {
                on_cut.arm(move || lost.send(()).unwrap());
                "ok"
            }
        }),
    )
}

#[tokio::test]
async fn a_connection_that_is_reset_before_its_reply_is_read_counts_as_a_lost_reply() {
    let (lost, mut heard) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served =
        serve(listener, listening_handler(lost), ConnectionLimits::default(), std::future::pending());
    let client = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        // The reply is there and is not read: closing now resets the connection.
        stream.readable().await.unwrap();
        drop(stream);
        let heard = tokio::time::timeout(std::time::Duration::from_secs(20), heard.recv()).await;
        heard.expect("nobody heard of the lost reply").unwrap();
    };
    tokio::select! {
        ended = served => panic!("the server ended: {ended:?}"),
        () = client => {}
    }
}
