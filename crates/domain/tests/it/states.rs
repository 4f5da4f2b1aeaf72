//! All phases × all events, and the table of them that ARCHITECTURE.md shows.

use filmgate_domain::answer::Cause;
use filmgate_domain::case::INTERRUPTED_MAX;
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::ledger::Kind;
use filmgate_domain::step::{Event, step};
use filmgate_domain::task::Phase;
use filmgate_domain::time::Timestamp;

use crate::desk::{Desk, accepted, busy, failure, film, never_left, refused, unknown};

const COLUMNS: [&str; 8] =
    ["queued", "sending", "in_doubt", "running", "storing", "succeeded", "failed", "cancelled"];

/// The kinds of cases that differ, with the words by which the table tells them apart.
const KINDS: [(&str, &[&str]); 5] = [
    ("", &["kie", "engine"]),
    ("last route", &["kie"]),
    ("keyed", &["keyed", "kie"]),
    ("safe", &["safe", "kie"]),
    ("studio", &["studio"]),
];

/// Cases in this phase, each with the words that set it apart.
fn places(phase: &str) -> Vec<(&'static str, Desk)> {
    let mut places: Vec<_> = KINDS
        .into_iter()
        .filter_map(|(label, routes)| Some((label, reach(phase, Desk::new(routes))?)))
        .collect();
    if matches!(phase, "sending" | "running") {
        let mut wished = places[0].1.clone();
        wished.take(&Event::CancelWished);
        places.push(("wished", wished));
    }
    if matches!(phase, "running" | "storing") {
        let mut desk = Desk::new(&["studio"]);
        for _ in 1..INTERRUPTED_MAX {
            let number = desk.begin();
            desk.take(&Event::Interrupted { attempt: number });
        }
        places.push(("5th time", reach(phase, desk).unwrap()));
    }
    if phase == "failed" {
        let mut late = reach("running", Desk::new(&["kie"])).unwrap();
        late.take(&Event::Expired);
        places.push(("late job", late.clone()));
        late.take(&Event::Made { attempt: 1, key: film().key, cost: None });
        places.push(("late film", late));
    }
    places
}

/// Takes a new case into this phase; none if its kind is never in it.
fn reach(phase: &str, mut desk: Desk) -> Option<Desk> {
    let is_studio = desk.case.request.routes[0].upstream == "studio";
    let is_safe = desk.case.request.routes[0].upstream == "safe";
    match phase {
        "queued" => {}
        "cancelled" => {
            desk.take(&Event::CancelWished);
        }
        "sending" if !is_studio => {
            desk.begin();
        }
        "in_doubt" if !is_studio && !is_safe => {
            desk.doubt();
        }
        "failed" if !is_studio && !is_safe => {
            let attempt = desk.doubt();
            desk.take(&Event::DoubtEnded { attempt, act: OnDoubt::Fail });
        }
        "running" | "storing" | "succeeded" => {
            let attempt = desk.begin();
            if !is_studio {
                desk.take(&Event::Submitted { attempt, answer: accepted("job"), again: desk.now });
            }
            if phase != "running" {
                desk.take(&Event::Made { attempt, key: film().key, cost: None });
            }
            if phase == "succeeded" {
                desk.take(&Event::Stored { attempt, film: film() });
            }
        }
        _ => return None,
    }
    assert_eq!(desk.phase(), phase);
    Some(desk)
}

/// Every event that can be told to a case, with the words that set its variants apart.
fn events(desk: &Desk) -> Vec<(&'static str, Event)> {
    let attempt = desk.case.task.attempts.max(1);
    let again = desk.now.after(5_000);
    let answered = |answer| ("", Event::Submitted { attempt, answer, again });
    let ended = |act| Event::DoubtEnded { attempt, act };
    vec![
        ("", Event::Began(desk.attempt(desk.case.next_route().unwrap_or(0)))),
        ("", Event::Waits(again)),
        answered(accepted("job")),
        answered(refused(Cause::NoBalance)),
        answered(busy(None)),
        answered(never_left()),
        answered(unknown()),
        ("", Event::Interrupted { attempt }),
        ("", ended(OnDoubt::Park)),
        ("", ended(OnDoubt::Fail)),
        ("next_route", ended(OnDoubt::NextRoute)),
        ("resubmit", ended(OnDoubt::Resubmit)),
        ("", Event::SentAgain { attempt, deadline: again }),
        ("", Event::Adopted { attempt, job: "job".into() }),
        ("", Event::StillRunning { look_again: again }),
        ("", Event::Made { attempt, key: film().key, cost: None }),
        ("", Event::Stored { attempt, film: film() }),
        ("", Event::PartLost { attempt }),
        ("", Event::Faulted { attempt, failure: failure(), cost: None }),
        ("billed", Event::Faulted { attempt, failure: failure(), cost: Some(Credits(5)) }),
        ("", Event::Lost { attempt, why: "gone".into() }),
        ("", Event::WrittenOff { attempt }),
        ("", Event::Broken { failure: failure() }),
        ("", Event::CancelWished),
        ("", Event::Stopped { attempt }),
        ("", Event::Expired),
    ]
}

#[test]
fn every_legal_step_keeps_the_invariants() {
    let (mut legal, mut refused) = (0, 0);
    for phase in COLUMNS {
        for (_, desk) in places(phase) {
            for (_, event) in events(&desk) {
                // The desk checks everything after each step.
                match desk.clone().try_take(&event) {
                    Ok(_) => legal += 1,
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(legal > 150 && refused > 300, "{legal} steps were legal, {refused} refused");
}

#[test]
fn every_legal_step_after_every_legal_step_keeps_the_invariants() {
    for phase in COLUMNS {
        for (_, desk) in places(phase) {
            for (_, first) in events(&desk) {
                let mut between = desk.clone();
                if between.try_take(&first).is_err() {
                    continue;
                }
                between.pass(1);
                for (_, second) in events(&between) {
                    drop(between.clone().try_take(&second));
                }
            }
        }
    }
}

#[test]
fn a_refused_event_names_the_phase_and_itself() {
    let desk = reach("succeeded", Desk::new(&["kie"])).unwrap();
    let error = step(&desk.case, &Event::CancelWished, desk.now).unwrap_err();
    assert_eq!(error.to_string(), "cancel wished cannot happen to a task that is succeeded");
}

#[test]
fn nobody_waits_beyond_the_deadline_before_trying_again() {
    let mut desk = Desk::new(&["kie"]);
    let deadline = desk.case.task.deadline;
    desk.take(&Event::Waits(deadline.after(5_000)));
    assert_eq!(desk.case.task.due, Some(deadline));
    let attempt = desk.begin();
    desk.take(&Event::Submitted { attempt, answer: busy(None), again: deadline.after(9) });
    assert_eq!(desk.case.task.due, Some(deadline));
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

const LEGEND: &str = "
An entry without a word before it is about an upstream that is paid each time and has another route behind it. *last route*: it
has none. *keyed*, *safe*: what the upstream promises about repeats. *studio*: made in this process; *5th time*: four such
processes died. *wished*: a cancel is wished. *billed*: the upstream took credits nevertheless. A failed task was given up in
doubt; *late job*: it expired while its job was running; *late film*: that job is made. Attempts that are still open when a task
has succeeded or was cancelled end in the same ways.
";

fn table() -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut words: Vec<&str> = Vec::new();
    for (_, event) in events(&Desk::new(&["kie"])) {
        if !words.contains(&event.word()) {
            words.push(event.word());
        }
    }
    let head = std::iter::once("event").chain(COLUMNS).map(str::to_owned);
    let mut text = line(head.collect()) + &["|", &"---|".repeat(COLUMNS.len() + 1), "\n"].concat();
    for word in words {
        let cells = COLUMNS.iter().map(|phase| cell(phase, word));
        text += &line(std::iter::once(word.to_owned()).chain(cells).collect());
    }
    text + LEGEND
}

/// What becomes of the cases in a phase: the first outcome, and those of the kinds that differ from it.
fn cell(phase: &str, word: &str) -> String {
    let mut shown: Vec<(String, String)> = Vec::new();
    for (place, desk) in places(phase) {
        for (variant, event) in events(&desk).into_iter().filter(|(_, event)| event.word() == word) {
            // Kinds and variants are told apart one at a time, so that a cell stays readable.
            if !place.is_empty() && !variant.is_empty() {
                continue;
            }
            let Some(outcome) = outcome(&desk, &event) else { continue };
            let label = format!("{place}{variant}");
            if shown.iter().all(|(_, known)| *known != outcome) {
                shown.push((label, outcome));
            }
        }
    }
    if shown.is_empty() {
        return "·".into();
    }
    let entries = shown.into_iter().map(|(label, outcome)| match label.as_str() {
        "" => outcome,
        _ => format!("*{label}*: {outcome}"),
    });
    entries.collect::<Vec<_>>().join("; ")
}

fn outcome(desk: &Desk, event: &Event) -> Option<String> {
    let step = step(&desk.case, event, desk.now).ok()?;
    let mut words = vec![step.task.phase.word()];
    words.extend(step.entries.iter().map(|entry| entry.kind.word()));
    if step.film.is_some() && step.task.phase != Phase::Succeeded {
        words.push("late film");
    }
    if step.task.cancel_wished && *event == Event::CancelWished {
        words.push("wish kept");
    }
    Some(words.join(", "))
}

#[test]
fn a_film_that_kills_its_maker_is_given_up_in_the_end() {
    let mut desk = Desk::new(&["studio"]);
    let mut starts = 0;
    while desk.case.task.phase == Phase::Queued {
        let attempt = desk.begin();
        starts += 1;
        desk.take(&Event::Interrupted { attempt });
    }
    assert_eq!((starts, desk.phase()), (INTERRUPTED_MAX, "failed"));
    assert!(desk.failure().text.contains("The process stopped 5 times"));
}

#[test]
fn a_film_exactly_on_stored_and_a_hold_exactly_once() {
    let mut desk = reach("running", Desk::new(&["kie"])).unwrap();
    let made = desk.take(&Event::Made { attempt: 1, key: film().key, cost: Some(Credits(7)) });
    assert_eq!((made.film, made.entries.len()), (None, 0));
    let stored = desk.take(&Event::Stored { attempt: 1, film: film() });
    let kinds: Vec<Kind> = stored.entries.iter().map(|entry| entry.kind).collect();
    assert_eq!((stored.film, kinds), (Some(film()), vec![Kind::Cost, Kind::Capture]));
    assert_eq!((stored.task.due, stored.task.finished), (None, Some(Timestamp(1_000))));
    desk.try_take(&Event::Stored { attempt: 1, film: film() }).unwrap_err();
}
