//! Refusals in Kie's words: the observed texts where there are some, plain sentences where there are none.

use std::borrow::Cow;

use filmgate_domain::catalogue::{Card, Rule};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Form, Parameter};
use filmgate_store::StoreError;
use filmgate_wire::kie::{self, DecodeError, texts};

use super::convert::name;
use crate::service::caller::CallError;
use crate::service::tasks::AcceptError;

/// A path that this dialect does not have.
pub(super) const UNKNOWN_PATH: kie::Refusal =
    kie::Refusal::new(404, "The path does not exist. See docs/kie.md of filmgate for the paths that do.");

/// Never said: in its place the reply is no JSON.
pub(super) const GARBAGE: kie::Refusal = kie::Refusal::new(0, "garbage");

/// A refusal of ours as this dialect says it.
pub(super) fn refusal(refusal: Refusal, form: Form, card: Option<&Card>) -> kie::Refusal {
    let name = |parameter| name(parameter, form, card);
    match refusal {
        Refusal::KeyRefused => texts::KEY_REFUSED,
        Refusal::UnknownModel { .. } => texts::MODEL_NOT_SUPPORTED,
        Refusal::NotServed { model, why } => invalid(format!("{model} is not supported: {why}")),
        Refusal::Paused { .. } => texts::PAUSED,
        Refusal::NoRoute { .. } | Refusal::Retired { .. } => kie::Refusal {
            code: texts::PAUSED.code,
            msg: Cow::Owned(format!("{} {refusal}.", texts::PAUSED.msg)),
        },
        Refusal::Missing { parameter } => texts::field_required(name(parameter)),
        Refusal::NotAllowed { parameter } => {
            let refused = match parameter {
                Parameter::Aspect if form == Form::KieVeo => texts::RATIO_ERROR,
                parameter => texts::field_out_of_range(name(parameter)),
            };
            with_range(refused, name(parameter), card.and_then(|card| card.parameters.get(&parameter)))
        }
        Refusal::TooLong { parameter, length_max } => {
            invalid(format!("{} exceeds the maximum length of {length_max} characters", name(parameter)))
        }
        Refusal::TooMany { parameter, items_max } => {
            invalid(format!("{} exceeds the maximum number of items, which is {items_max}", name(parameter)))
        }
        Refusal::BadLink { parameter } => {
            invalid(format!("{} must hold public https links", name(parameter)))
        }
        Refusal::BadCallback => invalid("callBackUrl must be a public https link".into()),
        Refusal::ShotsTooLong { seconds } => {
            invalid(format!("{} together exceed the film's {seconds} seconds", name(Parameter::Shots)))
        }
        Refusal::CreditsInsufficient { .. } => texts::CREDITS_INSUFFICIENT,
        Refusal::RateLimited => texts::RATE_LIMITED,
        Refusal::Maintenance => texts::MAINTENANCE,
        Refusal::KeyLimited { .. } => kie::Refusal { code: 433, msg: Cow::Owned(format!("{refusal}.")) },
        Refusal::Garbage => GARBAGE,
        Refusal::SourceUnknown => texts::RECORD_DOES_NOT_EXIST,
        Refusal::Unpriced { .. }
        | Refusal::SourceUnfinished
        | Refusal::SourceUnfit { .. }
        | Refusal::MadeElsewhere { .. }
        | Refusal::PictureExpired
        | Refusal::KeyReused
        | Refusal::Deleted => invalid(format!("{refusal}.")),
        Refusal::KeysDiffer => kie::Refusal { code: 400, msg: Cow::Owned(format!("{refusal}.")) },
        Refusal::Busy => texts::SERVER_EXCEPTION,
    }
}

/// The observed text, and after it what is allowed, which the service does not say.
fn with_range(refused: kie::Refusal, name: &str, rule: Option<&Rule>) -> kie::Refusal {
    let allowed = match rule {
        Some(Rule::Choice { values, .. }) => values.join(", "),
        Some(Rule::Integer { values, .. }) => {
            values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(Rule::Range { min, max }) => format!("{min} to {max}"),
        _ => return refused,
    };
    kie::Refusal { msg: Cow::Owned(format!("{}: {name} takes {allowed}", refused.msg)), ..refused }
}

/// A body that could not be decoded.
pub(super) fn undecodable(error: &DecodeError) -> kie::Refusal {
    match error {
        DecodeError::Malformed => kie::Refusal::new(400, "The request body is not a JSON object."),
        DecodeError::MissingModel => texts::MODEL_NOT_SUPPORTED,
        DecodeError::MissingInput => texts::INPUT_CANNOT_BE_NULL,
        DecodeError::WrongType { field, expected } => invalid(format!("{field} must be {expected}")),
        DecodeError::Repeated { field } => invalid(format!("{field} is given twice with different values")),
    }
}

/// A body over the limit.
pub(super) fn too_large(bytes_max: usize) -> kie::Refusal {
    kie::Refusal { code: 413, msg: Cow::Owned(format!("The request body is larger than {bytes_max} bytes.")) }
}

/// A body that did not arrive whole.
pub(super) fn cut_off() -> kie::Refusal {
    kie::Refusal::new(400, "The request body did not arrive whole.")
}

pub(super) fn caller(error: CallError, form: Form) -> kie::Refusal {
    match error {
        CallError::Refused(refused) => refusal(refused, form, None),
        CallError::UnknownScenario(name) => {
            let known: Vec<&str> =
                filmgate_domain::scenario::Scenario::ALL.iter().map(|(name, _)| *name).collect();
            invalid(format!("There is no scenario \"{name}\"; there are {}.", known.join(", ")))
        }
        CallError::Store(error) => store(&error),
    }
}

pub(super) fn accept(error: AcceptError, form: Form, card: Option<&Card>) -> kie::Refusal {
    match error {
        AcceptError::Refused(refused) => refusal(refused, form, card),
        AcceptError::Store(error) => store(&error),
    }
}

/// The store failed: logged here, once, because the client cannot do anything with the details.
pub(super) fn store(error: &StoreError) -> kie::Refusal {
    tracing::error!(%error, "the store failed");
    texts::SERVER_EXCEPTION
}

fn invalid(text: String) -> kie::Refusal {
    kie::Refusal { code: 422, msg: Cow::Owned(text) }
}
