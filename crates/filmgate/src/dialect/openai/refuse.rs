//! Refusals in this dialect: the status that makes the SDKs raise the right exception, and a text that says what to do.

use filmgate_domain::catalogue::{Card, Rule};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::Parameter;
use filmgate_domain::scenario::Scenario;
use filmgate_store::StoreError;
use filmgate_wire::form::{Malformed, Wrong};
use filmgate_wire::openai::server::ApiError;

use crate::service::caller::CallError;
use crate::service::retry::Retry;
use crate::service::tasks::AcceptError;

/// Never said: in its place the answer is no JSON.
pub(super) const GARBAGE: &str = "garbage";

/// An error with what its headers say about trying again.
pub(super) struct Refused {
    pub(super) error: ApiError,
    /// `Retry-After`.
    pub(super) retry_after_s: Option<u32>,
    /// `x-should-retry`, where the status alone would say something else.
    pub(super) should_retry: Option<bool>,
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self { error, retry_after_s: None, should_retry: None }
    }
}

/// A field of a create; whoever only reads gets the [`ApiError`] as it is.
impl From<Wrong> for Refused {
    fn from(wrong: Wrong) -> Self {
        let error = ApiError::from(wrong);
        ApiError { message: format!("{} Nothing was created.", error.message), ..error }.into()
    }
}

impl From<Malformed> for Refused {
    fn from(malformed: Malformed) -> Self {
        ApiError::from(malformed).into()
    }
}

impl Refused {
    fn after(self, seconds: u32) -> Self {
        Self { retry_after_s: Some(seconds), ..self }
    }

    fn never_again(self) -> Self {
        Self { should_retry: Some(false), ..self }
    }
}

/// The parameter as clients of this dialect spell it.
fn field(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Pictures => "input_reference",
        Parameter::Aspect | Parameter::Quality | Parameter::Resolution => "size",
        Parameter::OriginTask => "video",
        other => other.word(),
    }
}

/// A refusal of ours as this dialect says it.
pub(super) fn refusal(refusal: &Refusal, card: Option<&Card>) -> Refused {
    let text = sentence(refusal);
    let about = |code, parameter, what: String| {
        ApiError::bad_request(code, format!("{what}. Nothing was created.")).about(field(parameter)).into()
    };
    match refusal {
        Refusal::KeyRefused => ApiError::key_refused(
            "Incorrect API key provided. Make one with `filmgate keys create NAME`, and send it as `Authorization: Bearer KEY`.",
        )
        .into(),
        Refusal::UnknownModel { model } => ApiError::unknown_model(format!(
            "The model '{model}' does not exist. GET /v1/models lists those that do. Nothing was created."
        ))
        .into(),
        Refusal::NotServed { .. } => ApiError::bad_request("model_not_served", text).about("model").into(),
        // To send it again in a second would not help.
        Refusal::Paused { .. } | Refusal::NoRoute { .. } | Refusal::Retired { .. } => {
            Refused::from(ApiError::unavailable(text).about("model")).never_again()
        }
        Refusal::Missing { parameter } => {
            about("missing_required_parameter", *parameter, format!("{} is required", field(*parameter)))
        }
        Refusal::NotAllowed { parameter } => {
            about("invalid_value", *parameter, not_allowed(*parameter, card))
        }
        Refusal::TooLong { parameter, length_max } => about(
            "invalid_value",
            *parameter,
            format!("{} must be at most {length_max} characters long", field(*parameter)),
        ),
        Refusal::TooMany { parameter, items_max } => {
            about("invalid_value", *parameter, format!("{} takes at most {items_max}", field(*parameter)))
        }
        Refusal::BadLink { parameter } => {
            about("invalid_value", *parameter, format!("{} must be a public https link", field(*parameter)))
        }
        Refusal::KeyLimited { .. } => ApiError::not_permitted(text).into(),
        Refusal::CreditsInsufficient { .. } => ApiError::no_credits(text).into(),
        Refusal::RateLimited => Refused::from(ApiError::rate_limited(text)).after(10),
        Refusal::Maintenance => Refused::from(ApiError::unavailable(text)).after(30),
        Refusal::Busy => Refused::from(ApiError::unavailable(text)).after(1),
        Refusal::Garbage => ApiError::bad_request(GARBAGE, text).into(),
        Refusal::SourceUnknown => ApiError::not_found(text).about("video").into(),
        Refusal::SourceUnfinished
        | Refusal::SourceUnfit { .. }
        | Refusal::PictureExpired
        | Refusal::MadeElsewhere { .. } => {
            ApiError::bad_request("invalid_video", text).about("video").into()
        }
        Refusal::KeyReused => ApiError::key_reused(text).into(),
        Refusal::KeysDiffer => ApiError::bad_request("idempotency_keys_differ", text).into(),
        Refusal::Deleted => ApiError::gone(text).into(),
        Refusal::BadCallback | Refusal::ShotsTooLong { .. } | Refusal::Unpriced { .. } => {
            ApiError::bad_request("invalid_value", text).into()
        }
    }
}

/// What a field must be instead, as far as the card lists it.
fn not_allowed(parameter: Parameter, card: Option<&Card>) -> String {
    let name = field(parameter);
    let Some(card) = card else { return format!("{name} is not one of the allowed values") };
    let values = match (card.parameters.get(&parameter), name) {
        (Some(Rule::Integer { values, .. }), _) => values.iter().map(ToString::to_string).collect(),
        (Some(Rule::Choice { values, .. }), name) if parameter == Parameter::Size || name != "size" => {
            values.clone()
        }
        (Some(Rule::Range { min, max }), _) => return format!("{name} must be from {min} to {max}"),
        (_, "size") => card.shape().sizes.iter().map(|(width, height)| format!("{width}x{height}")).collect(),
        _ => vec![],
    };
    match values.as_slice() {
        [] => format!("{name} cannot be used so with {}", card.id),
        values => format!("{name} must be one of {} for {}", values.join(", "), card.id),
    }
}

/// The domain's own words as a sentence.
fn sentence(refusal: &Refusal) -> String {
    let text = refusal.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    format!("{}{}.", first.into_iter().flatten().collect::<String>(), letters.as_str())
}

pub(super) fn caller(error: CallError) -> Refused {
    match error {
        CallError::Refused(refused) => refusal(&refused, None),
        CallError::UnknownScenario(name) => {
            let known: Vec<&str> = Scenario::ALL.iter().map(|(name, _)| *name).collect();
            let text = format!("There is no scenario \"{name}\"; there are {}.", known.join(", "));
            ApiError::bad_request("unknown_scenario", text).into()
        }
        CallError::Store(error) => store(&error),
    }
}

/// A create that was not accepted. After a fault of ours nobody knows whether it was stored: only a create that is recognised
/// when it comes again may be sent again.
pub(super) fn accept(error: AcceptError, card: Option<&Card>, retry: &Retry) -> Refused {
    match error {
        AcceptError::Refused(refused) => refusal(&refused, card),
        AcceptError::Store(error) => {
            let is_recognised = retry.name.is_some() || (retry.tried.is_some() && !retry.opted_out);
            let refused = store(&error);
            if is_recognised { refused } else { refused.never_again() }
        }
    }
}

/// The store failed: logged here, once, because the client cannot do anything with the details.
pub(super) fn store(error: &StoreError) -> Refused {
    tracing::error!(%error, "the store failed");
    ApiError::internal("filmgate's store failed; see its log. Try again later.").into()
}

/// No film of this id, or another account's, which must not differ.
pub(super) fn no_such_video(id: &str) -> Refused {
    let shown: String = id.chars().take(80).collect();
    ApiError::not_found(format!("Video with id '{shown}' not found.")).about("video_id").into()
}
