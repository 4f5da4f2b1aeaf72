//! Every refusal of the service with its code and its observed text, each with the grade of its source.

use std::borrow::Cow;

use crate::form::take::Fault;
use crate::form::{Malformed, Wrong};
use crate::kie::envelope::Refusal;

/// No key or a wrong one (L2, recorded August 2026; the dash is U+2013).
pub const KEY_REFUSED: Refusal = Refusal::new(
    401,
    "Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are correctly set.",
);

/// The balance does not cover the price; no task is created (C). Seen once as code 500 with "Credits insufficient" (C).
pub const CREDITS_INSUFFICIENT: Refusal =
    Refusal::new(402, "The current credits are insufficient. Please top up.");

/// A model id that the service does not know (live since 2026; the same text with code 404 at the catalogue, L2).
pub const MODEL_NOT_SUPPORTED: Refusal = Refusal::new(422, NOT_SUPPORTED);

/// The same at the catalogue (L2).
pub const MODEL_NOT_IN_CATALOGUE: Refusal = Refusal::new(404, NOT_SUPPORTED);

const NOT_SUPPORTED: &str = "The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.";

/// A create without `input`, or with `"input":null` (D25, observed October 2025).
pub const INPUT_CANNOT_BE_NULL: Refusal = Refusal::new(422, "the input cannot be null");

/// `recordInfo` of an unknown task (live; the documentation's 404 was never seen).
pub const RECORD_INFO_IS_NULL: Refusal = Refusal::new(422, "recordInfo is null");

/// 1080p and 4k of an unknown Veo task (L2).
pub const RECORD_DOES_NOT_EXIST: Refusal = Refusal::new(422, "Record does not exist");

/// A Veo aspect ratio that is not offered, such as `1:1` (C).
pub const RATIO_ERROR: Refusal = Refusal::new(422, "Ratio error");

/// `download-url` of an address that the service does not host (L1).
pub const URL_IS_WRONG: Refusal = Refusal::new(422, "url is wrong");

/// A query without `taskId` (D26a, never seen live).
pub const TASK_ID_REQUIRED: Refusal = Refusal::new(400, "taskId parameter is required");

/// Too many requests; this one was dropped, not queued (C, September 2026: HTTP status 200 with this body).
pub const RATE_LIMITED: Refusal =
    Refusal::new(429, "Your call frequency is too high. Please try again later.");

/// Maintenance. The code is documented (D26a); no text was ever seen, so the words are ours.
pub const MAINTENANCE: Refusal =
    Refusal::new(455, "The service is under maintenance. Please try again later.");

/// A model that is switched off, as every Sora id was from June 2026 on (C, three projects).
pub const PAUSED: Refusal = Refusal::new(500, "This interface is temporarily paused.");

/// A required field is missing, and the service does not say which (C).
pub const FIELD_REQUIRED: Refusal = Refusal::new(500, "This field is required");

/// A passing fault of the service (C).
pub const INTERNAL_ERROR: Refusal = Refusal::new(500, "Internal Error, Please try again later.");

/// A passing fault of the service in its other words (C).
pub const SERVER_EXCEPTION: Refusal =
    Refusal::new(500, "Server exception, please try again later or contact customer service");

/// A required field is missing; `field` as the client spells it (C). The code is 500, and asking again does not help.
pub fn field_required(field: &str) -> Refusal {
    Refusal { code: 500, msg: Cow::Owned(format!("{field} is required")) }
}

/// A value that is not one of the field's options; `field` as the client spells it (C). The code is 500 here too.
pub fn field_out_of_range(field: &str) -> Refusal {
    Refusal { code: 500, msg: Cow::Owned(format!("{field} is not within the range of allowed options")) }
}

/// `veo/record-info` of an unknown task (L2).
pub fn record_not_found(task_id: &str) -> Refusal {
    Refusal { code: 422, msg: Cow::Owned(format!("Record not found for taskId: {task_id}")) }
}

/// A field that is wrong in a request other than a create. A missing one has the service's own words and code (C).
pub fn wrong_field(wrong: &Wrong) -> Refusal {
    match wrong.fault {
        Fault::Missing => field_required(&wrong.field),
        _ => Refusal { code: 422, msg: Cow::Owned(wrong.to_string()) },
    }
}

/// A body that cannot be read.
pub fn malformed(malformed: &Malformed) -> Refusal {
    Refusal { code: 400, msg: Cow::Owned(format!("The request cannot be read: {malformed}.")) }
}
