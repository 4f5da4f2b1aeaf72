//! What is made in this process: no sending, no doubt, and the emulator's scenarios.

use filmgate_domain::scenario::Scenario;
use filmgate_domain::step::Event;
use filmgate_domain::work::{Move, is_made_here};

use crate::desk::{Desk, film};

#[test]
fn a_new_task_is_begun_and_then_rendered() {
    let mut desk = Desk::new(&["studio"]);
    assert_eq!(desk.next(), Move::Begin { route: 0 });
    let attempt = desk.begin();
    assert_eq!((desk.phase(), desk.next()), ("running", Move::Render { attempt }));
    desk.take(&Event::Made { attempt, key: film().key, cost: None });
    assert_eq!(desk.next(), Move::Store { attempt, key: film().key });
    desk.take(&Event::Stored { attempt, film: film() });
    assert_eq!((desk.next(), desk.money()), (Move::Rest, vec!["capture"]));
}

#[test]
fn a_lost_lease_renders_again_at_once() {
    let mut desk = Desk::new(&["studio"]);
    desk.begin();
    desk.taken_over = true;
    assert_eq!(desk.settle(), Move::Begin { route: 0 });
    assert_eq!((desk.case.task.due, desk.case.paid()), (Some(desk.now), 0));
    let attempt = desk.begin();
    assert_eq!(desk.next(), Move::Render { attempt });
}

#[test]
fn a_film_that_is_made_survives_a_takeover_unless_its_part_is_gone() {
    let mut desk = Desk::new(&["studio"]);
    let attempt = desk.begin();
    desk.take(&Event::Made { attempt, key: film().key, cost: None });
    desk.taken_over = true;
    assert_eq!(desk.next(), Move::Store { attempt, key: film().key });
    desk.take(&Event::PartLost { attempt });
    assert_eq!(desk.settle(), Move::Begin { route: 0 });
}

#[test]
fn a_film_that_kills_its_maker_goes_to_the_next_route() {
    let mut desk = Desk::new(&["studio", "kie"]);
    for _ in 0..5 {
        let attempt = desk.begin();
        desk.take(&Event::Interrupted { attempt });
    }
    assert_eq!(desk.settle(), Move::Begin { route: 1 });
}

#[test]
fn a_stuck_task_waits_for_its_deadline_and_then_expires() {
    let mut desk = Desk::new(&["studio"]);
    desk.case.request.scenario = Some(Scenario::Stuck);
    let attempt = desk.begin();
    let deadline = desk.case.task.deadline;
    assert_eq!(desk.next(), Move::Report(Event::StillRunning { look_again: deadline }));
    desk.take(&Event::StillRunning { look_again: deadline });
    assert_eq!(desk.case.task.due, Some(deadline));
    desk.now = deadline;
    assert_eq!((desk.settle(), desk.failure().code.as_str()), (Move::Rest, "408"));
    assert_eq!(desk.end_of(attempt), "stopped");
}

#[test]
fn every_scenario_ends() {
    for (name, scenario) in Scenario::ALL {
        let mut desk = Desk::new(&["studio"]);
        desk.case.request.scenario = Some(scenario);
        for _ in 0..20 {
            match desk.next() {
                Move::Begin { .. } => drop(desk.begin()),
                Move::Report(event) => {
                    desk.take(&event);
                    desk.now = desk.case.task.due.unwrap_or(desk.now);
                }
                Move::Render { attempt } => drop(desk.deliver(attempt, None)),
                _ => break,
            }
        }
        let failed = matches!(scenario, Scenario::Moderation | Scenario::Fail | Scenario::Stuck);
        assert_eq!(desk.phase(), if failed { "failed" } else { "succeeded" }, "{name}");
        assert_eq!(desk.next(), Move::Rest);
    }
}

#[test]
fn only_an_open_task_of_the_studio_waits_for_a_core() {
    let mut desk = Desk::new(&["studio"]);
    assert!(is_made_here(&desk.case.task.phase, "studio"));
    assert!(!is_made_here(&desk.case.task.phase, "kie"));
    desk.take(&Event::CancelWished);
    assert!(!is_made_here(&desk.case.task.phase, "studio"));
}
