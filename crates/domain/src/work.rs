//! What a worker does next with a task that it holds: report what it knows already, make the film, or store it.

use crate::scenario::{Scenario, Script};
use crate::step::Event;
use crate::task::{Phase, Task};
use crate::time::Timestamp;

/// The next move of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing needs to be asked: this has happened.
    Report(Event),
    /// Ask the upstream to make the film.
    Make,
    /// Bring the part file into our storage.
    Store {
        /// Its name.
        part: String,
    },
    /// Nothing: the task has ended.
    Rest,
}

/// Decides the next move. `taken_over` says that the worker before us died and nothing has been reported since.
pub fn next_move(task: &Task, taken_over: bool, scenario: Option<Scenario>, now: Timestamp) -> Move {
    let expired = now >= task.deadline;
    match &task.phase {
        Phase::Running | Phase::Storing { .. } if taken_over => Move::Report(Event::Interrupted),
        Phase::Queued if task.cancel_wished => Move::Report(Event::CancelWished),
        Phase::Running if task.cancel_wished => Move::Report(Event::Stopped),
        Phase::Queued | Phase::Running if expired => Move::Report(Event::Expired),
        Phase::Queued => Move::Report(Event::Started),
        Phase::Running => match scenario.map_or(Script::Make, |s| s.script(task.created, task.deadline, now))
        {
            Script::Make => Move::Make,
            Script::Wait(until) => Move::Report(Event::StillRunning { look_again: until.min(task.deadline) }),
            Script::Fail(failure) => Move::Report(Event::Faulted { failure }),
        },
        Phase::Storing { part } => Move::Store { part: part.clone() },
        Phase::Succeeded | Phase::Failed(_) | Phase::Cancelled => Move::Rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credits::Credits;
    use crate::id::TaskId;
    use crate::step::step;

    fn task() -> Task {
        Task {
            id: TaskId::new(Timestamp(0), 1),
            account: 1,
            model: "m".into(),
            upstream: "studio".into(),
            price: Credits::whole(1),
            phase: Phase::Queued,
            attempts: 0,
            due: Some(Timestamp(0)),
            cancel_wished: false,
            created: Timestamp(0),
            deadline: Timestamp(1_000_000),
            finished: None,
        }
    }

    fn report(task: Task, taken_over: bool, scenario: Option<Scenario>, now: Timestamp) -> Task {
        match next_move(&task, taken_over, scenario, now) {
            Move::Report(event) => step(task, event, now).unwrap().task,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_new_task_is_started_and_then_made() {
        let running = report(task(), false, None, Timestamp(5));
        assert_eq!(running.phase, Phase::Running);
        assert_eq!(next_move(&running, false, None, Timestamp(5)), Move::Make);
    }

    #[test]
    fn a_task_whose_worker_died_is_started_again() {
        let running = report(task(), false, None, Timestamp(5));
        let queued = report(running, true, None, Timestamp(6));
        assert_eq!((queued.phase.clone(), queued.attempts), (Phase::Queued, 1));
        assert_eq!(report(queued, false, None, Timestamp(6)).attempts, 2);
    }

    #[test]
    fn a_stuck_task_waits_for_its_deadline_and_then_expires() {
        let running = report(task(), false, Some(Scenario::Stuck), Timestamp(5));
        let waiting = report(running, false, Some(Scenario::Stuck), Timestamp(6));
        assert_eq!((waiting.phase.clone(), waiting.due), (Phase::Running, Some(Timestamp(1_000_000))));
        let ended = report(waiting, false, Some(Scenario::Stuck), Timestamp(1_000_000));
        assert!(matches!(ended.phase, Phase::Failed(failure) if failure.code == "408"));
    }

    #[test]
    fn a_wish_to_cancel_is_heard_before_the_film_is_made() {
        let wished = Task { cancel_wished: true, ..task() };
        assert_eq!(report(wished.clone(), false, None, Timestamp(5)).phase, Phase::Cancelled);
        let running = Task { phase: Phase::Running, ..wished };
        assert_eq!(report(running, false, None, Timestamp(5)).phase, Phase::Cancelled);
    }

    #[test]
    fn every_report_is_legal_in_every_phase() {
        let phases = [Phase::Queued, Phase::Running, Phase::Storing { part: "p".into() }, Phase::Succeeded];
        let scenarios = Scenario::ALL.iter().map(|(_, scenario)| Some(*scenario)).chain([None]);
        for scenario in scenarios {
            for phase in &phases {
                for (taken_over, cancel_wished, now) in [
                    (false, false, 1),
                    (true, false, 1),
                    (false, true, 1),
                    (true, true, 1),
                    (false, false, 2_000_000),
                ] {
                    let task = Task { phase: phase.clone(), cancel_wished, ..task() };
                    if let Move::Report(event) = next_move(&task, taken_over, scenario, Timestamp(now)) {
                        step(task, event, Timestamp(now)).unwrap();
                    }
                }
            }
        }
    }
}
