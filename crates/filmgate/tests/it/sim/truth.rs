//! The ground truth: what the scripted upstreams have really taken, billed, made and lost, whatever anybody heard of it.

use std::collections::{BTreeMap, BTreeSet};

use filmgate::Random;
use filmgate_domain::answer::{Cause, Setback, Submitted};
use filmgate_domain::attempt::Repeat;
use filmgate_domain::credits::Credits;
use filmgate_domain::time::Timestamp;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How an upstream behaves, for as long as the world lives.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) name: &'static str,
    pub(crate) repeat: Repeat,
    /// Records echo the callback address and tell what was taken, callbacks are sent, a balance can be read: as at Kie.
    pub(crate) is_kie: bool,
    /// There is a list of jobs.
    pub(crate) lists: bool,
    /// Running jobs can be stopped, for free.
    pub(crate) stops: bool,
    /// What one job costs, in its own credits.
    pub(crate) price: Credits,
}

/// What will become of a job.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Film(Links),
    Fault { is_billed: bool },
}

/// What the links to a film are worth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Work,
    /// So many times they are dead or cut first.
    WorkAfter(u32),
    Dead,
    LeadToNoFilm,
}

/// A job that an upstream has taken.
pub(crate) struct Job {
    pub(crate) manner: Manner,
    /// The token of the attempt whose submit it was.
    pub(crate) token: u128,
    pub(crate) callback_url: String,
    pub(crate) prompt: String,
    pub(crate) created: Timestamp,
    /// When it ends, if it ever does.
    pub(crate) ends: Option<Timestamp>,
    pub(crate) fate: Fate,
    /// Its record is there from then on, and until then.
    pub(crate) record: (Timestamp, Option<Timestamp>),
    pub(crate) is_stopped: bool,
    pub(crate) fetches: u32,
    /// How often it was submitted again under its key.
    pub(crate) repeats: u32,
}

impl Job {
    pub(crate) fn has_ended(&self, now: Timestamp) -> bool {
        self.is_stopped || self.ends.is_some_and(|ends| now >= ends)
    }

    pub(crate) fn has_record(&self, now: Timestamp) -> bool {
        // To stop a job is to delete it, at some upstreams.
        let is_deleted = self.is_stopped && self.manner.price.0 > 10_000;
        !is_deleted && now >= self.record.0 && self.record.1.is_none_or(|until| now < until)
    }

    /// What its upstream has taken for it.
    pub(crate) fn billed(&self, now: Timestamp) -> Credits {
        match self.fate {
            _ if self.is_stopped => Credits::ZERO,
            Fate::Fault { is_billed: false } if self.has_ended(now) => Credits::ZERO,
            _ => self.manner.price,
        }
    }
}

/// All that the upstreams know.
pub(crate) struct Truth {
    draw: Random,
    pub(crate) jobs: BTreeMap<String, Job>,
    /// Tokens that were submitted to an upstream that is paid each time.
    submitted: BTreeSet<u128>,
    /// Answers that have reached a process since the world last asked.
    heard: Vec<(u128, Submitted)>,
}

impl Truth {
    pub(crate) fn new(seed: u64) -> Self {
        let draw = Random::seeded(seed);
        Self { draw, jobs: BTreeMap::new(), submitted: BTreeSet::new(), heard: vec![] }
    }

    pub(crate) fn dice(&self, sides: u32) -> u32 {
        u32::try_from(self.draw.bits() % u128::from(sides)).unwrap()
    }

    pub(crate) fn one_in(&self, sides: u32) -> bool {
        self.dice(sides) == 0
    }

    fn up_to(&self, ms: i64) -> i64 {
        i64::from(self.dice(u32::try_from(ms).unwrap()))
    }

    /// A submit arrives. `offer` is the job that it would become.
    pub(crate) fn submit(&mut self, offer: Job, now: Timestamp, is_too_late: bool) -> Submitted {
        let manner = offer.manner;
        let unknown = |why: &str| Submitted::Unknown { why: why.to_owned() };
        if is_too_late {
            return unknown("the connection had ended while the process was frozen");
        }
        if manner.repeat == Repeat::Never {
            assert!(self.submitted.insert(offer.token), "one attempt was submitted twice to {}", manner.name);
        }
        let known = self.jobs.iter().find(|(_, job)| job.token == offer.token).map(|(id, _)| id.clone());
        if let Some(job) = known.as_ref().and_then(|id| self.jobs.get_mut(id)) {
            job.repeats += 1;
        }
        match self.dice(24) {
            0 => unknown("the connection ended, and nothing had arrived"),
            1 => Submitted::NeverLeft { why: "the connection ended before the end of the body".into() },
            2 => {
                let retry_after_ms = self.one_in(2).then(|| self.up_to(20_000));
                Submitted::Busy { retry_after_ms, why: "come again".into() }
            }
            3 if self.one_in(2) => Submitted::Refused(Setback { cause: self.cause(), text: "no".into() }),
            drawn => {
                let job = known.unwrap_or_else(|| self.take(offer, now));
                match drawn {
                    4..=9 => unknown("the reply was lost"),
                    _ => Submitted::Accepted { job, reading: None },
                }
            }
        }
    }

    fn cause(&self) -> Cause {
        if self.one_in(4) {
            // The whole upstream is left alone for a while after one of these.
            return [Cause::NoBalance, Cause::KeyRefused, Cause::Maintenance][self.dice(3) as usize];
        }
        [Cause::Invalid, Cause::Paused, Cause::Unsupported, Cause::Fault][self.dice(4) as usize]
    }

    fn take(&mut self, offer: Job, now: Timestamp) -> String {
        let id = format!("{}-{}", offer.manner.name, self.jobs.len());
        let runs_ms = match self.dice(10) {
            0..=5 => Some(self.up_to(2 * MINUTE_MS)),
            6..=7 => Some(self.up_to(30 * MINUTE_MS)),
            8 => Some(self.up_to(400 * HOUR_MS)),
            _ => None,
        };
        let appears_ms = match self.dice(10) {
            0 => self.up_to(5 * MINUTE_MS),
            1 => self.up_to(MINUTE_MS),
            _ => 0,
        };
        let vanishes = self.one_in(12).then(|| now.after(self.up_to(10 * MINUTE_MS)));
        let fate = match self.dice(12) {
            0 => Fate::Fault { is_billed: false },
            // An upstream that does not tell what it took takes nothing for a failure.
            1 => Fate::Fault { is_billed: offer.manner.is_kie },
            2 => Fate::Film(Links::Dead),
            3 => Fate::Film(Links::LeadToNoFilm),
            4..=6 => Fate::Film(Links::WorkAfter(1 + self.dice(3))),
            _ => Fate::Film(Links::Work),
        };
        let ends = runs_ms.map(|ms| now.after(ms));
        let record = (now.after(appears_ms), vanishes);
        self.jobs.insert(id.clone(), Job { created: now, ends, fate, record, ..offer });
        id
    }

    /// An answer reaches the process that asked.
    pub(crate) fn hears(&mut self, token: u128, answer: &Submitted) {
        self.heard.push((token, answer.clone()));
    }

    /// What has been heard since this was last asked.
    pub(crate) fn heard(&mut self) -> Vec<(u128, Submitted)> {
        std::mem::take(&mut self.heard)
    }

    /// Any job at all, for those who are mistaken.
    pub(crate) fn some_job(&self) -> Option<(&String, &Job)> {
        let count = u32::try_from(self.jobs.len()).unwrap();
        (count > 0).then(|| self.jobs.iter().nth(self.dice(count) as usize).unwrap())
    }

    /// Everything that an upstream has taken.
    pub(crate) fn billed_by(&self, name: &str, now: Timestamp) -> Credits {
        let of_upstream = self.jobs.values().filter(|job| job.manner.name == name);
        Credits(of_upstream.map(|job| job.billed(now).0).sum())
    }
}
