//! What takes hours or months, in this process with a clock that is moved by hand: deadlines, lost films, retirements.

use std::num::NonZeroUsize;
use std::sync::Arc;

use filmgate::app::App;
use filmgate::config::{Config, Source};
use filmgate::service::caller::Caller;
use filmgate::service::key::NewKey;
use filmgate::service::tasks;
use filmgate::worker::{Hold, Next, one_move};
use filmgate::{ManualClock, Random};
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::Book;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::task::Phase;
use filmgate_domain::time::Timestamp;
use filmgate_fake::{Fake, Outcome};
use filmgate_store::{Claim, KeyLimits, NodeNumber, Payer, Record, Which};
use tower::ServiceExt as _;

use super::doubt::LOST;
use super::site::fake;

const NOVEMBER_22: Timestamp = Timestamp(1_795_305_600_000);
const JUNE_1: Timestamp = Timestamp(1_780_272_000_000);
const HOUR_MS: i64 = 3_600_000;

/// A gateway without a server, in front of Kie, whose time passes only when a worker waits.
struct Months {
    app: Arc<App>,
    clock: Arc<ManualClock>,
    node: NodeNumber,
    _folder: tempfile::TempDir,
}

impl Months {
    async fn new(a: &Fake, now: Timestamp) -> Self {
        Self::with(&format!("[upstreams.kie]\nurl = \"{}\"\nkey = \"fake-key\"", a.url()), now, 30).await
    }

    async fn with(upstream: &str, now: Timestamp, deadline_hours: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        std::fs::write(&file, format!("deadline_hours = {deadline_hours}\n{upstream}")).unwrap();
        let source = Source { data: Some(folder.path().to_owned()), ..Source::default() };
        let config = Config::load(source, Some(&file)).unwrap();
        let clock = Arc::new(ManualClock::new(now));
        let parts = (NonZeroUsize::MIN, Arc::clone(&clock) as _, Random::seeded(1));
        let app = Arc::new(App::with_clock(&config, None, config.routes.clone(), parts).unwrap());
        let node = app.node_number();
        app.store.join(node, "serve", app.now()).await.unwrap();
        app.store
            .create_key("0".repeat(8), [0; 32], ("team".into(), KeyLimits::default()), app.now())
            .await
            .unwrap();
        app.store.grant("team".into(), Credits::whole(1_000), app.now()).await.unwrap();
        Self { app, clock, node, _folder: folder }
    }

    async fn create(&self) -> TaskId {
        let account = self.app.store.account_number("team").unwrap().unwrap();
        let parameters = Parameters::from([(Parameter::Prompt, Value::Text("A red boat at sea".into()))]);
        let asked = Asked {
            model: "veo3_fast".into(),
            parameters,
            form: Form::KieVeo,
            callback_url: None,
            scenario: None,
            on_doubt: None,
            origin: None,
        };
        let caller = Caller { payer: Payer::Account(account), scenario: None, key: None };
        tasks::accept(&self.app, &caller, asked).await.unwrap().id
    }

    fn record(&self, id: TaskId) -> Record {
        self.app.store.record(id).unwrap().unwrap()
    }

    /// Lets one worker work on the task, and time pass when it waits, until this is true of it.
    async fn live_until(&self, id: TaskId, done: impl Fn(&Record) -> bool) -> Record {
        for _ in 0..200 {
            let now = self.app.now();
            self.app.store.beat(self.node, now).await.unwrap();
            let claim = Claim { node: self.node, now, alive_since: now, which: Which::Only(id), limit: 1 };
            let mut hold = self.app.store.claim(claim).await.unwrap().pop().map(Hold::new);
            let mut moves = 0;
            while let Some(held) = &mut hold {
                if done(&self.record(id)) {
                    let lease = &held.lease;
                    self.app.store.give_back(lease.seq, lease.version, self.app.now()).await.unwrap();
                    return self.record(id);
                }
                moves += 1;
                assert!(moves < 10_000, "{id} gets nowhere: {:?}", self.record(id).task);
                match one_move(&self.app, self.node, held).await.unwrap() {
                    Next::Again => {}
                    Next::Wait(until) => self.clock.advance(until.since_ms(self.app.now()).max(1)),
                    Next::Done => hold = None,
                }
            }
            let record = self.record(id);
            if done(&record) {
                return record;
            }
            let due = record.task.due.unwrap_or_else(|| panic!("{id} is left behind: {:?}", record.task));
            self.clock.advance(due.since_ms(self.app.now()).max(0));
        }
        panic!("{id} does not come to its end: {:?}", self.record(id).task);
    }

    /// Available, held and spent of the account, then suspense and loss of the operator.
    fn books(&self) -> [f64; 5] {
        let facts = self.app.store.facts().unwrap();
        assert_eq!(filmgate_domain::audit::violations(&facts), Vec::<String>::new());
        let owed = |book: Book| {
            let sum = |of: fn(&filmgate_domain::audit::Flow) -> Book| -> i64 {
                facts.flows.iter().filter(|flow| of(flow) == book).map(|flow| flow.amount.0).sum()
            };
            Credits(sum(|flow| flow.credit) - sum(|flow| flow.debit)).as_f64()
        };
        let account = self.app.store.account_number("team").unwrap().unwrap();
        [Book::Available(account), Book::Held(account), Book::Spent(account), Book::Suspense, Book::Loss]
            .map(owed)
    }
}

fn failure(record: &Record) -> (&str, &str) {
    match &record.task.phase {
        Phase::Failed(failure) => (&failure.code, &failure.text),
        phase => panic!("the task is {}", phase.word()),
    }
}

fn has_ended(record: &Record) -> bool {
    record.task.phase.is_terminal()
}

#[tokio::test]
async fn a_deadline_ends_the_wait_and_the_film_comes_late() {
    let a = fake(|behaviour| behaviour.run_ms = None);
    let upstream = format!("[upstreams.kie]\nurl = \"{}\"\nkey = \"fake-key\"", a.url());
    let months = Months::with(&upstream, NOVEMBER_22, 2).await;
    let id = months.create().await;
    let record = months.live_until(id, has_ended).await;
    assert_eq!(failure(&record).0, "408");
    assert!(months.app.now().since_ms(NOVEMBER_22) >= 2 * HOUR_MS);
    assert_eq!(months.books(), [1_000.0, 0.0, 0.0, 0.0, 0.0]);
    a.handle().finish_all();
    months.live_until(id, |record| record.task.due.is_none()).await;
    let late = months.app.store.late_film(record.seq).unwrap().unwrap();
    assert_eq!(late.bytes, a.handle().behaviour().film.len() as u64);
    assert_eq!(failure(&months.record(id)).0, "408", "what was told stays told");
    assert_eq!((months.books(), a.handle().ledger().len()), ([1_000.0, 0.0, 0.0, 0.0, 60.0], 1));
}

#[tokio::test]
async fn a_film_that_is_gone_for_ever_or_never_was_one_is_the_operators_loss() {
    for is_page in [false, true] {
        let b = fake(|behaviour| (behaviour.film_html, behaviour.film_gone) = (is_page, !is_page));
        let upstream = format!("[upstreams.engine]\nurl = \"{}/v1\"\nkey = \"fake-key\"\n", b.url());
        let months = Months::with(&upstream, NOVEMBER_22, 1).await;
        let id = months.create().await;
        let record = months.live_until(id, has_ended).await;
        let (code, text) = failure(&record);
        assert_eq!((code, text.contains("lost it. Nothing was charged")), ("500", true), "{text}");
        assert_eq!(months.books(), [1_000.0, 0.0, 0.0, 0.0, 60.0]);
        let after_ms = months.app.now().since_ms(NOVEMBER_22);
        assert!((HOUR_MS / 2..20 * HOUR_MS).contains(&after_ms), "neither at once nor as long as links live");
        assert!(b.handle().downloads_seen() >= 10);
        assert_eq!(b.handle().ledger().len(), 1, "nobody else is paid for it");
    }
}

#[tokio::test]
async fn a_job_that_its_upstream_forgets_is_lost_after_two_minutes() {
    let a = fake(|behaviour| behaviour.outcome = Outcome::Vanish);
    let months = Months::new(&a, NOVEMBER_22).await;
    let id = months.create().await;
    let record = months.live_until(id, has_ended).await;
    assert!(failure(&record).1.contains("lost it"), "{:?}", record.task.phase);
    let after_ms = months.app.now().since_ms(NOVEMBER_22);
    assert!((120_000..HOUR_MS).contains(&after_ms), "{after_ms}");
    assert_eq!(months.books(), [1_000.0, 0.0, 0.0, 0.0, 60.0]);
}

#[tokio::test]
async fn a_job_that_is_missing_for_a_moment_again_and_again_is_not_lost() {
    let a = fake(|behaviour| behaviour.run_ms = None);
    let months = Months::new(&a, NOVEMBER_22).await;
    let id = months.create().await;
    let (hide, show) = (u32::MAX, 0);
    for _ in 0..3 {
        let polls = a.handle().polls_seen();
        a.handle().set(|behaviour| behaviour.veo_record_not_found_first = hide);
        months.live_until(id, |_| a.handle().polls_seen() > polls).await;
        a.handle().set(|behaviour| behaviour.veo_record_not_found_first = show);
        let later = months.app.now().after(5 * 60_000);
        months.live_until(id, |_| months.app.now() > later).await;
    }
    a.handle().finish_all();
    let record = months.live_until(id, has_ended).await;
    assert_eq!(record.task.phase, Phase::Succeeded);
    assert_eq!(months.books(), [940.0, 0.0, 60.0, 0.0, 0.0]);
}

#[tokio::test]
async fn a_record_that_appears_late_is_waited_for() {
    let a = fake(|behaviour| behaviour.veo_record_not_found_first = 5);
    let months = Months::new(&a, NOVEMBER_22).await;
    let id = months.create().await;
    let record = months.live_until(id, has_ended).await;
    assert_eq!(record.task.phase, Phase::Succeeded);
    assert_eq!(months.books(), [940.0, 0.0, 60.0, 0.0, 0.0]);
}

#[tokio::test]
async fn a_doubt_ends_after_a_day_and_is_written_off_after_two_weeks() {
    let a = fake(|behaviour| behaviour.creates.push_back(LOST));
    let months = Months::new(&a, NOVEMBER_22).await;
    let id = months.create().await;
    let record = months.live_until(id, has_ended).await;
    assert_eq!(failure(&record).0, "in_doubt");
    let after_ms = months.app.now().since_ms(NOVEMBER_22);
    assert!((24 * HOUR_MS..25 * HOUR_MS).contains(&after_ms), "{after_ms}");
    assert_eq!(months.books(), [1_000.0, 0.0, 0.0, 60.0, 0.0]);
    months.live_until(id, |record| record.task.due.is_none()).await;
    assert!(months.app.now().since_ms(NOVEMBER_22) >= 14 * 24 * HOUR_MS);
    assert_eq!((months.books(), a.handle().creates_seen()), ([1_000.0, 0.0, 0.0, 0.0, 60.0], 1));
}

#[tokio::test]
async fn a_model_that_will_be_retired_says_so_in_the_headers_and_at_the_start() {
    let a = fake(|_| {});
    let months = Months::new(&a, JUNE_1).await;
    let NewKey { id, key, secret_hash } = NewKey::make(&months.app.random);
    months
        .app
        .store
        .create_key(id, secret_hash, ("team".into(), KeyLimits::default()), months.app.now())
        .await
        .unwrap();
    let create = async |body: &'static str, path: &str| {
        let request = axum::http::Request::post(path).header("authorization", format!("Bearer {key}"));
        let request = request.body(axum::body::Body::from(body)).unwrap();
        let router = filmgate::http::router::router(Arc::clone(&months.app));
        let reply = router.oneshot(request).await.unwrap();
        let header = |name: &str| reply.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        (header("deprecation"), header("sunset"))
    };
    let sora = r#"{"model":"sora-2-text-to-video","input":{"prompt":"A red boat"}}"#;
    let told = create(sora, super::site::JOBS).await;
    let expected = ("@1781136000".to_owned(), "Thu, 11 Jun 2026 00:00:00 GMT".to_owned());
    assert_eq!(told, (Some(expected.0), Some(expected.1)));
    assert_eq!(create(super::site::VEO, super::site::VEO_GENERATE).await, (None, None));
    let warnings = months.app.policy.warnings(&months.app.catalogue, months.app.now().day());
    assert!(warnings.iter().any(|text| text.contains("kie will retire on 2026-06-11: ")), "{warnings:?}");
}

#[tokio::test]
async fn a_route_that_retires_while_its_task_waits_is_left_out_on_its_day() {
    let a = fake(|_| {});
    let months = Months::new(&a, JUNE_1).await;
    let account = months.app.store.account_number("team").unwrap().unwrap();
    let parameters = Parameters::from([(Parameter::Prompt, Value::Text("A red boat".into()))]);
    let asked = Asked {
        model: "sora-2-text-to-video".into(),
        parameters,
        form: Form::KieJobs,
        callback_url: None,
        scenario: None,
        on_doubt: None,
        origin: None,
    };
    let caller = Caller { payer: Payer::Account(account), scenario: None, key: None };
    months.clock.advance(9 * 24 * HOUR_MS + 23 * HOUR_MS);
    let id = tasks::accept(&months.app, &caller, asked).await.unwrap().id;
    months.clock.advance(2 * HOUR_MS);
    let record = months.live_until(id, has_ended).await;
    assert!(
        failure(&record).1.contains("has retired this model. Nothing was charged"),
        "{:?}",
        record.task.phase
    );
    assert_eq!((months.books()[0], a.handle().creates_seen()), (1_000.0, 0));
}
