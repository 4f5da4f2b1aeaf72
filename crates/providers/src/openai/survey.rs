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
            told(key, reply, models.map_or_else(|| says(verdict, reply), Says::Models))
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
    told(key, reply, id.map_or_else(|| says(verdict, reply), Says::Created))
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
        Verdict::UnknownTask => Says::UnknownTask,
        // A success that holds neither a job nor a list is another service's.
        Verdict::Unreadable if reply.status < 400 => Says::NotThisApi,
        Verdict::Unreadable => Says::Fault,
    }
}

fn told(key: &Key, reply: &Reply, says: Says) -> Said {
    let words = match says {
        Says::Models(_) | Says::Answered | Says::Created(_) => key.line(&Complaint::parse(&reply.body).words),
        _ => foreign_words(key, &reply.body),
    };
    (says, None, words)
}
