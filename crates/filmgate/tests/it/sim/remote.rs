//! A scripted upstream elsewhere: asks the ground truth, and is a point at which the world may hold a worker up.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, Weak};

use filmgate::app::App;
use filmgate_domain::answer::{Answered, Cause, Link, Listed, Reading, Setback, Submitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Request};
use filmgate_domain::task::Failure;
use filmgate_domain::time::Timestamp;
use filmgate_providers::adapter::{Order, Picture};
use filmgate_providers::http::DownloadFault;
use filmgate_providers::remote::{Line, Remote, Soon, TimeLeft, Unready};

use super::permit;
use super::stage::Stage;
use super::truth::{Fate, Job, Links, Manner, Truth};

/// What a film of an upstream's job holds.
pub(crate) fn film(job: &str) -> String {
    format!("a film of the job {job}")
}

/// Where the scripted upstreams find the app whose parts they are.
pub(crate) type Home = Arc<OnceLock<Weak<App>>>;

/// One upstream. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Scripted {
    pub(crate) manner: Manner,
    pub(crate) truth: Arc<Mutex<Truth>>,
    pub(crate) stage: Arc<Stage>,
    pub(crate) home: Home,
}

impl Scripted {
    fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap()
    }

    fn now(&self) -> Timestamp {
        self.stage.time()
    }

    fn offer(&self, order: &Order<'_>, token: u128) -> Job {
        Job {
            manner: self.manner,
            token,
            callback_url: order.callback_url.unwrap().to_owned(),
            prompt: filmgate_providers::openai::prompt(order.request),
            created: self.now(),
            ends: None,
            fate: Fate::Film(Links::Work),
            record: (self.now(), None),
            is_stopped: false,
            fetches: 0,
            repeats: 0,
        }
    }

    fn reading(&self, job: &str, callback_url: &str) -> (Reading, Option<bool>) {
        let (truth, now) = (self.truth(), self.now());
        if truth.one_in(10) {
            return (Reading::Unclear { why: "status 503".into() }, None);
        }
        let found = truth.jobs.get(job).filter(|found| found.manner.name == self.manner.name);
        let Some(found) = found.filter(|found| found.has_record(now)) else {
            return (Reading::Missing, None);
        };
        let cost = self.manner.is_kie.then(|| found.billed(now));
        let failed = |text: &str, cost| Reading::Failed {
            failure: Failure { code: "500".into(), text: text.to_owned() },
            cost,
        };
        let reading = match found.fate {
            _ if found.is_stopped => failed("cancelled", None),
            _ if !found.has_ended(now) => Reading::Running { percent: None },
            Fate::Film(_) => Reading::Made { links: vec![Link::Foreign(job.to_owned())], cost },
            Fate::Fault { .. } => failed("it went wrong", cost),
        };
        (reading, self.manner.is_kie.then(|| found.callback_url == callback_url))
    }

    fn fetched(&self, links: &[Link]) -> Result<String, DownloadFault> {
        let mut truth = self.truth();
        if truth.one_in(10) {
            return Err(DownloadFault::Passing("the connection ended".into()));
        }
        let [Link::Foreign(job)] = links else { panic!("nobody gave these links: {links:?}") };
        let found = truth.jobs.get_mut(job).unwrap();
        found.fetches += 1;
        match found.fate {
            Fate::Film(Links::Work) => Ok(film(job)),
            Fate::Film(Links::WorkAfter(tries)) if found.fetches > tries => Ok(film(job)),
            Fate::Film(Links::LeadToNoFilm) => Err(DownloadFault::NotAFilm("<html>".into())),
            _ => Err(DownloadFault::Gone { status: 404 }),
        }
    }

    fn listed(&self) -> Option<Vec<Listed>> {
        let truth = self.truth();
        if !self.manner.lists || truth.one_in(4) {
            return None;
        }
        let own = truth.jobs.iter().filter(|(_, job)| job.manner.name == self.manner.name);
        let listed = own.map(|(id, job)| Listed {
            job: id.clone(),
            created: Some(Timestamp(job.created.0 / 1_000 * 1_000)),
            prompt: Some(job.prompt.clone()),
            model: None,
        });
        Some(listed.collect())
    }

    fn stopped(&self, job: &str) -> bool {
        let (mut truth, now) = (self.truth(), self.now());
        let (is_heard, is_told) = (!truth.one_in(4), !truth.one_in(4));
        let found = truth.jobs.get_mut(job).unwrap();
        let stops = self.manner.stops && is_heard && !found.has_ended(now) && found.has_record(now);
        found.is_stopped |= stops;
        stops && is_told
    }
}

impl Remote for Scripted {
    fn prepare<'a>(&'a self, _request: &'a Request) -> Soon<'a, Result<Vec<Picture>, Unready>> {
        Box::pin(async move {
            self.stage.pause().await;
            match self.truth().dice(80) {
                0 | 1 => Err(Unready::Passing("the upload was cut".into())),
                2 => Err(Unready::Refused(Setback { cause: Cause::KeyRefused, text: "no uploads".into() })),
                3 => Err(Unready::Failed(Failure { code: "400".into(), text: "no picture".into() })),
                _ => Ok(vec![]),
            }
        })
    }

    fn dial(&self) -> Soon<'_, Result<Box<dyn Line>, String>> {
        Box::pin(async move {
            self.stage.pause().await;
            let fails = self.truth().one_in(16);
            if fails { Err("no route to host".into()) } else { Ok(Box::new(self.clone()) as Box<dyn Line>) }
        })
    }

    fn read<'a>(
        &'a self,
        _form: Form,
        job: &'a str,
        callback_url: &'a str,
    ) -> Soon<'a, Answered<(Reading, Option<bool>)>> {
        Box::pin(async move {
            self.stage.pause().await;
            let said = self.reading(job, callback_url);
            self.stage.pause().await;
            Answered { said, exchange: None }
        })
    }

    fn list(&self) -> Soon<'_, Option<Vec<Listed>>> {
        Box::pin(async move {
            let listed = self.listed();
            self.stage.pause().await;
            listed
        })
    }

    fn stop<'a>(&'a self, job: &'a str) -> Soon<'a, bool> {
        Box::pin(async move {
            self.stage.pause().await;
            let stopped = self.stopped(job);
            self.stage.pause().await;
            stopped
        })
    }

    fn balance(&self) -> Soon<'_, Option<Result<Credits, String>>> {
        Box::pin(async move {
            self.stage.pause().await;
            let billed = self.truth().billed_by(self.manner.name, self.now());
            self.manner.is_kie.then(|| Ok(Credits(Credits::whole(100_000).0 - billed.0)))
        })
    }

    fn knock(&self) -> Soon<'_, Result<(), String>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn fetch<'a>(&'a self, links: &'a [Link], part: &'a Path) -> Soon<'a, Result<(), DownloadFault>> {
        Box::pin(async move {
            let film = self.fetched(links)?;
            // As the real one does: the file grows, and stays behind if the process dies meanwhile.
            std::fs::write(part, &film[..film.len() / 2]).unwrap();
            self.stage.pause().await;
            std::fs::write(part, &film).unwrap();
            Ok(())
        })
    }

    fn called_back(&self, body: &[u8]) -> Option<String> {
        String::from_utf8(body.to_vec()).ok()
    }

    fn address(&self) -> String {
        format!("https://{}.invalid", self.manner.name)
    }
}

impl Line for Scripted {
    fn submit<'a>(
        self: Box<Self>,
        order: &'a Order<'a>,
        _time_left_ms: TimeLeft<'a>,
    ) -> Soon<'a, Answered<Submitted>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let token = u128::from_str_radix(order.token, 16).unwrap();
            let app = self.home.get().and_then(Weak::upgrade).unwrap();
            let deadline = permit::check(&app, &self.manner, token, self.now());
            drop(app);
            self.stage.pause().await;
            let now = self.now();
            let offer = self.offer(order, token);
            let answer = self.truth().submit(offer, now, now >= deadline);
            self.stage.pause().await;
            self.truth().hears(token, &answer);
            Answered { said: answer, exchange: None }
        })
    }
}
