//! A survey's questions to an engine, and what its answers say. No create is ever among them: engines make films of little.

use filmgate_domain::survey::{Endpoint, Question, Says};
use filmgate_wire::openai::{
    self as wire, Call as Asked, Complaint, Job, Verdict, is_about_path, models_of_list, verdict,
};
use hyper::Method;

use super::OpenAi;
use crate::adapter::{Key, Said, foreign_words, is_page};
use crate::http::{Call, Reply};

/// A video that no engine has.
const NO_VIDEO: &str = "video_00000000000000000000000000000000";

impl OpenAi {
    /// The call of a question.
    pub(super) fn question(&self, question: &Question) -> Option<Call> {
        match question {
            Question::Models => Some(self.bodiless(Method::GET, wire::MODELS.to_owned())),
            Question::Record(Endpoint::Videos) => Some(self.bodiless(Method::GET, wire::video(NO_VIDEO))),
            Question::Identity
            | Question::Balance
            | Question::Record(Endpoint::Jobs | Endpoint::Veo)
            | Question::UnknownModel(_)
            | Question::Incomplete(_) => None,
        }
    }
}

/// What a question was answered.
pub(super) fn heard(key: &Key, question: &Question, reply: &Reply) -> Said {
    match question {
        Question::Models => {
            let verdict = verdict(Asked::Free, reply.status, &reply.body);
            let models = models_of_list(&reply.body).filter(|_| verdict == Verdict::Ok);
            told(
                key,
                reply,
                models.map_or_else(
                    || says(verdict, reply),
                    |names| Says::Models(names.iter().map(|name| key.line(name)).collect()),
                ),
            )
        }
        Question::Identity | Question::Balance | Question::Record(_) => {
            let verdict = verdict(Asked::Read { id: NO_VIDEO }, reply.status, &reply.body);
            told(key, reply, says(verdict, reply))
        }
        Question::UnknownModel(_) | Question::Incomplete(_) => created(key, reply),
    }
}

/// What a create was answered. Whatever else a reply says: one that holds a job is taken at its word.
pub(super) fn created(key: &Key, reply: &Reply) -> Said {
    let verdict = verdict(Asked::Create, reply.status, &reply.body);
    let job =
        Job::parse(&reply.body).filter(|job| verdict == Verdict::Ok || job.is_video || job.word.is_some());
    let id = job.and_then(|job| job.id);
    let says = match id {
        Some(id) => Says::Created(key.line(&id)),
        None if verdict == Verdict::Unreadable => Says::Lost,
        None => says(verdict, reply),
    };
    told(key, reply, says)
}

/// A verdict in the survey's words. What is no JSON, or about the path, comes from somebody else; a proxy may well speak for
/// the key, but not by a web page that says "forbidden" to everybody.
fn says(verdict: Verdict, reply: &Reply) -> Says {
    let is_api = Job::parse(&reply.body).is_some() && !is_about_path(reply.status, &reply.body);
    match verdict {
        Verdict::RateLimited => Says::RateLimited,
        Verdict::KeyRefused if !is_page(&reply.body) => Says::KeyRefused,
        Verdict::NotPermitted if !is_page(&reply.body) => Says::NotPermitted,
        _ if !is_api => Says::NotThisApi,
        // Only pages are left of these two.
        Verdict::KeyRefused | Verdict::NotPermitted => Says::NotThisApi,
        Verdict::Ok => Says::Answered,
        Verdict::NoBalance => Says::NoBalance,
        Verdict::Invalid => Says::Invalid,
        Verdict::UnknownModel => Says::UnknownModel,
        Verdict::UnknownTask if names_job(&reply.body) => Says::UnknownTask,
        // Routers have many words for a path that they do not know.
        Verdict::UnknownTask => Says::NotThisApi,
        // A success that holds neither a job nor a list is another service's.
        Verdict::Unreadable if reply.status < 400 => Says::NotThisApi,
        Verdict::Unreadable => Says::Fault,
    }
}

/// Whether a complaint is about a video, a task or a job, and not about a path in which such a word stands.
fn names_job(body: &[u8]) -> bool {
    let Complaint { code, words, .. } = Complaint::parse(body);
    let said = format!("{} {words}", code.unwrap_or_default()).to_ascii_lowercase();
    let mut words = said.split_whitespace().filter(|word| !word.contains('/'));
    words.any(|word| ["video", "task", "job", "generation"].iter().any(|thing| word.contains(thing)))
}

fn told(key: &Key, reply: &Reply, says: Says) -> Said {
    let words = match says {
        Says::Models(_) | Says::Answered | Says::Created(_) => key.line(&Complaint::parse(&reply.body).words),
        _ => foreign_words(key, &reply.body),
    };
    (says, None, words)
}
