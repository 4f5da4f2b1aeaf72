//! A scripted upstream: makes a tiny film, fails, or makes one and loses the file, as the seed says.

use std::path::Path;
use std::sync::{Arc, Mutex};

use filmgate::Random;
use filmgate_domain::request::Request;
use filmgate_domain::task::Failure;
use filmgate_providers::upstream::{Answer, Making, Upstream, Watch};

/// Counts what it made, for the chronicle.
#[derive(Default)]
pub(crate) struct GroundTruth {
    pub(crate) made: u64,
    pub(crate) faulted: u64,
}

pub(crate) struct Scripted {
    pub(crate) random: Random,
    pub(crate) truth: Arc<Mutex<GroundTruth>>,
}

impl Upstream for Scripted {
    fn make<'a>(&'a self, _request: &'a Request, part: &'a Path, _watch: Arc<Watch>) -> Making<'a> {
        let draw = self.random.bits();
        let mut truth = self.truth.lock().unwrap();
        let answer = match draw % 10 {
            0 => Answer::Faulted(Failure { code: "500".into(), text: "no".into() }),
            // The file is lost between the answer and its storing.
            1 => Answer::Made,
            _ => {
                std::fs::write(part, draw.to_be_bytes()).unwrap();
                Answer::Made
            }
        };
        if answer == Answer::Made {
            truth.made += 1;
        } else {
            truth.faulted += 1;
        }
        Box::pin(std::future::ready(answer))
    }
}
