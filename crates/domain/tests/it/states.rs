//! All phases × all events, and the table of them that ARCHITECTURE.md shows.

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{Entry, Kind};
use filmgate_domain::step::{ATTEMPTS_MAX, Event, Step, step};
use filmgate_domain::task::{Failure, Film, Phase, Task};
use filmgate_domain::time::Timestamp;

const NOW: Timestamp = Timestamp(50);

fn phases() -> Vec<Phase> {
    let failure = Failure { code: "501".into(), text: "no".into() };
    vec![
        Phase::Queued,
        Phase::Running,
        Phase::Storing { part: "a.part".into() },
        Phase::Succeeded,
        Phase::Failed(failure),
        Phase::Cancelled,
    ]
}

fn events() -> Vec<Event> {
    vec![
        Event::Started,
        Event::StillRunning { look_again: Timestamp(99) },
        Event::Made { part: "a.part".into() },
        Event::Stored { film: Film { key: "0".repeat(32), sha256: [7; 32], bytes: 9 } },
        Event::PartLost,
        Event::Interrupted,
        Event::Faulted { failure: Failure { code: "501".into(), text: "no".into() } },
        Event::CancelWished,
        Event::Stopped,
        Event::Expired,
    ]
}

fn task(phase: Phase, attempts: u32) -> Task {
    let terminal = phase.is_terminal();
    Task {
        id: TaskId::new(Timestamp(1), 1),
        account: 3,
        model: "m".into(),
        upstream: "studio".into(),
        price: Credits::whole(30),
        phase,
        attempts,
        due: (!terminal).then_some(Timestamp(10)),
        cancel_wished: false,
        created: Timestamp(1),
        deadline: Timestamp(1_000),
        finished: terminal.then_some(Timestamp(20)),
    }
}

#[test]
fn every_legal_step_keeps_the_invariants() {
    for phase in phases() {
        for event in events() {
            for attempts in [0, 1, ATTEMPTS_MAX] {
                let before = task(phase.clone(), attempts);
                let Ok(Step { task: after, entries, film }) = step(before.clone(), event.clone(), NOW) else {
                    continue;
                };
                let what = format!("{} + {}", phase.word(), event.word());
                assert!(!before.phase.is_terminal(), "{what}: a terminal task never changes");
                assert_eq!(after.due.is_none(), after.phase.is_terminal(), "{what}: due");
                assert_eq!(after.finished.is_some(), after.phase.is_terminal(), "{what}: finished");
                let expected = match (&after.phase, after.phase.is_terminal()) {
                    (Phase::Succeeded, _) => vec![Entry::capture(3, before.price)],
                    (_, true) => vec![Entry::release(3, before.price)],
                    (_, false) => vec![],
                };
                assert_eq!(entries, expected, "{what}: a hold is resolved exactly when the task ends");
                assert_eq!(film.is_some(), after.phase == Phase::Succeeded, "{what}: film");
                assert!(entries.iter().all(|entry| entry.kind != Kind::Hold));
                assert_eq!((after.id, after.price, after.account), (before.id, before.price, before.account));
            }
        }
    }
}

#[test]
fn a_film_that_kills_its_maker_is_given_up_in_the_end() {
    let mut now = task(Phase::Queued, 0);
    let mut starts = 0;
    while !now.phase.is_terminal() {
        now = step(now, Event::Started, NOW).unwrap().task;
        starts += 1;
        now = step(now, Event::Interrupted, NOW).unwrap().task;
    }
    assert_eq!(starts, ATTEMPTS_MAX);
    assert!(matches!(now.phase, Phase::Failed(_)));
}

/// The table in ARCHITECTURE.md between the two `state table` comments. `cargo xtask generate` writes it.
#[test]
fn the_architecture_page_shows_the_state_table() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ARCHITECTURE.md");
    let text = std::fs::read_to_string(page).unwrap();
    let (start, end) = ("<!-- state table -->\n", "<!-- end of state table -->");
    let (head, rest) = text.split_once(start).expect("the page has a place for the table");
    let (shown, tail) = rest.split_once(end).expect("the table has an end");
    if std::env::var_os("FILMGATE_GENERATE").is_some() {
        std::fs::write(page, format!("{head}{start}{}{end}{tail}", table())).unwrap();
        return;
    }
    assert_eq!(shown, table(), "run `cargo xtask generate`");
}

fn table() -> String {
    let phases = phases();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let words = phases.iter().map(|phase| phase.word().to_owned());
    let mut text = line(std::iter::once("event".to_owned()).chain(words).collect());
    text.push_str(&["|", &"---|".repeat(phases.len() + 1), "\n"].concat());
    for event in events() {
        let cells = phases.iter().map(|phase| cell(phase, &event));
        text += &line(std::iter::once(event.word().to_owned()).chain(cells).collect());
    }
    text
}

fn cell(phase: &Phase, event: &Event) -> String {
    let outcome = |attempts| {
        step(task(phase.clone(), attempts), event.clone(), NOW).ok().map(|step| {
            let money =
                step.entries.first().map(|entry| format!(", {}", entry.kind.word())).unwrap_or_default();
            let wish = if step.task.cancel_wished { ", wish kept" } else { "" };
            format!("{}{money}{wish}", step.task.phase.word())
        })
    };
    match (outcome(1), outcome(ATTEMPTS_MAX)) {
        (None, _) => "·".into(),
        (Some(first), Some(last)) if first != last => format!("{first}; attempt {ATTEMPTS_MAX}: {last}"),
        (Some(first), _) => first,
    }
}
