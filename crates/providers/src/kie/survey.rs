//! A survey's questions to Kie, and what its answers say: one total `match` on the verdict.

use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Endpoint, Question, Says};
use filmgate_wire::kie::{self as wire, Call as Asked, Envelope, Verdict, is_about_path, verdict};
use filmgate_wire::own;

use super::Kie;
use super::answers::credits;
use crate::adapter::{Key, Said, foreign_words, is_page};
use crate::http::{Call, Reply};

/// A model that no upstream has.
const NO_MODEL: &str = "filmgate-probe-no-such-model";
/// A task that no upstream has, in the form of the live ids.
const NO_TASK: &str = "00000000000000000000000000000000";

impl Kie {
    /// The call of a question. The bodies of its creates have room for a model and for nothing else.
    pub(super) fn question(&self, question: &Question) -> Option<Call> {
        match question {
            Question::Identity => Some(self.get(own::IDENTITY.to_owned())),
            Question::Balance => Some(self.get(wire::CHAT_CREDIT.to_owned())),
            Question::Models => Some(self.get(wire::MODELS.to_owned())),
            Question::Record(Endpoint::Jobs) => Some(self.get(wire::record_path(wire::RECORD_INFO, NO_TASK))),
            Question::Record(Endpoint::Veo) => {
                Some(self.get(wire::record_path(wire::VEO_RECORD_INFO, NO_TASK)))
            }
            Question::Record(Endpoint::Videos) => None,
            Question::UnknownModel(endpoint) => self.empty_create(*endpoint, NO_MODEL),
            Question::Incomplete(incomplete) => self.empty_create(incomplete.endpoint(), incomplete.model()),
        }
    }

    fn empty_create(&self, endpoint: Endpoint, model: &str) -> Option<Call> {
        match endpoint {
            Endpoint::Jobs => Some(self.post(wire::CREATE_TASK, wire::encode_empty_jobs(model))),
            Endpoint::Veo => Some(self.post(wire::VEO_GENERATE, wire::encode_empty_veo(model))),
            Endpoint::Videos => None,
        }
    }
}

/// What a question was answered.
pub(super) fn heard(key: &Key, question: &Question, reply: &Reply) -> Said {
    match question {
        Question::Identity => identified(key, reply),
        Question::Balance => read(key, reply, balance),
        Question::Models => read(key, reply, |data| {
            let names = wire::parse_models(data)?;
            Some(Says::Models(names.iter().map(|name| key.line(name)).collect()))
        }),
        Question::Record(_) => read(key, reply, |_| None),
        Question::UnknownModel(_) | Question::Incomplete(_) => created(key, reply),
    }
}

/// An account is empty only if it says exactly 0, and not if it rounds to it: then a film might be paid from it.
fn balance(data: &Envelope<'_>) -> Option<Says> {
    let balance = credits(wire::Credits::parse(data)?);
    let is_told = balance != Credits::ZERO || wire::Credits::is_exactly_nothing(data);
    Some(Says::Balance(if is_told { balance } else { Credits(1) }))
}

fn identified(key: &Key, reply: &Reply) -> Said {
    match own::parse_identity(&reply.body).filter(|_| reply.status == 200) {
        Some(version) => (Says::Answered, None, key.line(&format!("filmgate {version}"))),
        None => (Says::NotThisApi, None, "this is no filmgate".to_owned()),
    }
}

fn read(key: &Key, reply: &Reply, payload: impl Fn(&Envelope<'_>) -> Option<Says>) -> Said {
    let envelope = Envelope::parse(&reply.body);
    let verdict = verdict(Asked::Read, reply.status, envelope.as_ref());
    let payload = envelope.as_ref().filter(|_| verdict == Verdict::Ok).and_then(payload);
    told(key, reply, envelope.as_ref(), payload.unwrap_or_else(|| says(verdict, envelope.as_ref(), reply)))
}

/// What a create was answered. Whatever else a reply says: one that names a task is taken at its word, even if it is no
/// whole envelope.
pub(super) fn created(key: &Key, reply: &Reply) -> Said {
    let envelope = Envelope::parse(&reply.body);
    let verdict = verdict(Asked::Create, reply.status, envelope.as_ref());
    let says = match wire::called_back(&reply.body) {
        Some(task) => Says::Created(key.line(&task)),
        // The very judgement by which a paid create is in doubt.
        None if verdict == Verdict::Unreadable => Says::Lost,
        None => says(verdict, envelope.as_ref(), reply),
    };
    told(key, reply, envelope.as_ref(), says)
}

/// A verdict in the survey's words. What is no envelope, or one about the path, comes from somebody else; a proxy may well
/// speak for the key, but not by a web page that says "forbidden" to everybody.
fn says(verdict: Verdict, envelope: Option<&Envelope<'_>>, reply: &Reply) -> Says {
    let is_api = envelope.is_some_and(|envelope| !is_about_path(envelope));
    match verdict {
        Verdict::RateLimited => Says::RateLimited,
        Verdict::KeyRefused if !is_page(&reply.body) => Says::KeyRefused,
        Verdict::NotPermitted if !is_page(&reply.body) => Says::NotPermitted,
        Verdict::CreditsInsufficient if !is_page(&reply.body) => Says::NoBalance,
        _ if !is_api => Says::NotThisApi,
        Verdict::FieldMissing => Says::FieldMissing,
        // Only pages are left of these.
        Verdict::KeyRefused | Verdict::NotPermitted | Verdict::CreditsInsufficient => Says::NotThisApi,
        Verdict::Ok | Verdict::NotReady => Says::Answered,
        Verdict::KeyLimited => Says::KeyLimited,
        Verdict::Invalid => Says::Invalid,
        Verdict::UnknownModel => Says::UnknownModel,
        Verdict::UnknownTask => Says::UnknownTask,
        Verdict::Paused => Says::Paused,
        Verdict::Maintenance => Says::Maintenance,
        Verdict::UpstreamFault { .. } | Verdict::Unreadable => Says::Fault,
    }
}

fn told(key: &Key, reply: &Reply, envelope: Option<&Envelope<'_>>, says: Says) -> Said {
    match envelope {
        Some(Envelope { code, msg, .. }) => (says, Some(*code), key.line(msg)),
        None => (says, None, foreign_words(key, &reply.body)),
    }
}
