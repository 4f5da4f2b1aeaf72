//! Fills a data folder with finished tasks through the store's own writes: `fill FOLDER COUNT`, for `cargo xtask bench`.

use std::sync::Arc;

use filmgate_domain::answer::Evidence;
use filmgate_domain::attempt::{Attempt, AttemptState, Repeat};
use filmgate_domain::case::Case;
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::{Event, step};
use filmgate_domain::task::{Film, Phase, Task};
use filmgate_domain::time::Timestamp;
use filmgate_store::{NewTask, Payer, StepWrite, Store};

const T0: Timestamp = Timestamp(1_795_305_600_000);
const IN_FLIGHT: u32 = 400;
const REQUEST: &str = r#"{"model":"sora-2-text-to-video","parameters":{"prompt":{"text":"A cute cat playing in a sunny garden"},"aspect":{"text":"landscape"},"seconds":{"integer":10},"clean":{"flag":true}},"form":"kie.jobs","film":{"width":1280,"height":720,"seconds":10,"frames_per_second":24}}"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: fill FOLDER COUNT")?;
    let count: u32 = arguments.next().ok_or("usage: fill FOLDER COUNT")?.parse()?;
    let store = Arc::new(Store::open(folder.as_ref())?);
    let account = store.sandbox("million".into(), Credits::whole(900_000_000), T0).await?;
    let workers: Vec<_> = (0..IN_FLIGHT)
        .map(|first| {
            let store = Arc::clone(&store);
            async move {
                for number in (first..count).step_by(IN_FLIGHT as usize) {
                    finish_one(&store, account, number).await.map_err(|error| error.to_string())?;
                }
                Ok::<(), String>(())
            }
        })
        .collect();
    let mut running = tokio::task::JoinSet::new();
    workers.into_iter().for_each(|worker| drop(running.spawn(worker)));
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    Ok(())
}

async fn finish_one(
    store: &Store,
    account: i64,
    number: u32,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let created = T0.after(i64::from(number));
    let random = u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let task = Task {
        id: TaskId::new(created, random),
        account,
        model: "sora-2-text-to-video".into(),
        upstream: STUDIO.into(),
        price: Credits::whole(30),
        phase: Phase::Queued,
        attempts: 0,
        due: Some(created),
        cancel_wished: false,
        created,
        deadline: created.after(86_400_000),
        finished: None,
    };
    let new = NewTask {
        payer: Payer::Account(account),
        task: task.clone(),
        request: REQUEST.into(),
        node: Some(1),
        key: None,
        once: None,
        is_listed: false,
    };
    let seq = store.create(new).await?.seq;
    let key = format!("{random:032x}");
    let film = Film { key: key.clone(), sha256: [7; 32], bytes: 3_600_000, copies: vec![] };
    store.evidence(seq, 1, &Evidence::Studio("made".into()), created).await?;
    let mut case = Case { task, attempts: vec![], request: serde_json::from_str(REQUEST)? };
    let events = [
        Event::Began(first_attempt(created)),
        Event::Made { attempt: 1, key, cost: None },
        Event::Stored { attempt: 1, film },
    ];
    for (version, event) in (0..).zip(events) {
        let step = step(&case, &event, created)?;
        (case.task, case.attempts) = (step.task.clone(), step.attempt.iter().cloned().collect());
        store.step(StepWrite { seq, version, node: Some(1), step, now: created }).await?;
    }
    Ok(())
}

fn first_attempt(began: Timestamp) -> Attempt {
    let state = AttemptState::Running { job: None };
    Attempt { repeat: Repeat::Safe, state, ..Attempt::begins(1, (0, STUDIO), began) }
}
