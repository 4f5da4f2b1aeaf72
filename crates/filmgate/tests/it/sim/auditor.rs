//! The auditor: its own model of what must be true, compared with the store after every move.

use std::collections::BTreeMap;

use filmgate::app::App;
use filmgate_domain::audit;
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::task::Phase;
use filmgate_store::Record;
use sha2::{Digest as _, Sha256};

/// What the auditor remembers of each accepted task.
#[derive(Default)]
pub(crate) struct Auditor {
    accepted: BTreeMap<TaskId, Memory>,
}

struct Memory {
    price: Credits,
    ended: Option<(Phase, i64)>,
}

impl Auditor {
    pub(crate) fn accepted(&mut self, id: TaskId, price: Credits) {
        assert!(
            self.accepted.insert(id, Memory { price, ended: None }).is_none(),
            "an id was given out twice"
        );
    }

    pub(crate) fn ids(&self) -> Vec<TaskId> {
        self.accepted.keys().copied().collect()
    }

    pub(crate) fn all_ended(&self) -> bool {
        self.accepted.values().all(|memory| memory.ended.is_some())
    }

    pub(crate) fn ended(&self) -> u64 {
        self.accepted.values().filter(|memory| memory.ended.is_some()).count() as u64
    }

    /// Invariants 1, 3, 4 and 5 of architecture.md, and that what has ended stays as it ended.
    pub(crate) fn check(&mut self, app: &App) {
        assert_eq!(audit::violations(&app.store.facts().unwrap()), Vec::<String>::new());
        for (id, memory) in &mut self.accepted {
            let record = app.store.record(*id).unwrap().expect("an accepted task is never lost");
            assert_eq!(record.task.price, memory.price, "a price is fixed at accept");
            assert_eq!(record.task.due.is_none(), record.task.phase.is_terminal());
            let now = (record.task.phase.clone(), record.version);
            match &memory.ended {
                Some(ended) => assert_eq!(*ended, now, "what has ended never changes"),
                None if record.task.phase.is_terminal() => {
                    check_film(app, &record);
                    memory.ended = Some(now);
                }
                None => {}
            }
        }
    }
}

/// `succeeded` implies stored bytes with the recorded hash and size.
fn check_film(app: &App, record: &Record) {
    assert_eq!(record.film.is_some(), record.task.phase == Phase::Succeeded);
    if let Some(film) = &record.film {
        let bytes = std::fs::read(app.films.path(&film.key)).unwrap();
        assert_eq!(bytes.len() as u64, film.bytes);
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&bytes)), film.sha256);
    }
}
