//! A scripted studio: makes a tiny film, fails, or makes one and loses the file, as the seed says.

use filmgate::Random;
use filmgate_domain::request::Request;
use filmgate_domain::task::Failure;
use filmgate_providers::upstream::{Answer, Making, Parts, Upstream, Watch};

/// What its films begin with.
pub(crate) const FILM: &[u8] = b"studio ";

pub(crate) struct ScriptedStudio {
    pub(crate) random: Random,
}

impl Upstream for ScriptedStudio {
    fn make<'a>(
        &'a self,
        _request: &'a Request,
        parts: &'a Parts,
        _watch: std::sync::Arc<Watch>,
    ) -> Making<'a> {
        let draw = self.random.bits();
        let answer = match draw % 10 {
            0 => Answer::Faulted(Failure { code: "500".into(), text: "no".into() }),
            // The file is lost between the answer and its storing.
            1 => Answer::Made,
            _ => {
                std::fs::write(&parts.film, [FILM, &draw.to_be_bytes()].concat()).unwrap();
                Answer::Made
            }
        };
        Box::pin(std::future::ready(answer))
    }
}
