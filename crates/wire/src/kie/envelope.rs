//! The envelope `{"code","msg","data"}` around every reply: compact, in this key order, with HTTP status 200.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::value::json;

/// The only `code` that means success (L1).
pub const SUCCESS: i64 = 200;

/// The code whose reply has no `data` key at all (L2); every other refusal says `"data":null` (L1, L2).
const KEY_REFUSED: i64 = 401;

/// A reply as it was read, with `data` still in JSON.
#[derive(Clone, Debug)]
pub struct Envelope<'a> {
    /// 200, or what went wrong. The HTTP status is 200 either way (L1, L2).
    pub code: i64,
    /// For people, and for [`verdict`](crate::kie::verdict()) where one code means several things.
    pub msg: String,
    /// The payload; `None` where it is absent or null.
    pub data: Option<&'a RawValue>,
}

impl<'a> Envelope<'a> {
    /// Reads a reply. `message` stands in for a missing `msg` (D25), and neither `msg` nor `data` need be there.
    ///
    /// `None` means that the bytes are no envelope: HTML from a proxy, cut off, or without an integer `code`.
    pub fn parse(body: &'a [u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Reply<'a> {
            code: i64,
            #[serde(default)]
            msg: Value,
            #[serde(default)]
            message: Value,
            #[serde(borrow)]
            data: Option<&'a RawValue>,
        }
        let reply: Reply<'a> = serde_json::from_slice(body).ok()?;
        let msg = reply.msg.as_str().or(reply.message.as_str()).unwrap_or_default().to_owned();
        Some(Self { code: reply.code, msg, data: reply.data })
    }

    /// The payload as `T`, or `None` where it is absent or of another shape.
    pub(crate) fn data_as<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.data?.get()).ok()
    }
}

/// A reply that says no: the code and the text belong together, so they travel together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The body's `code`; never 200.
    pub code: i64,
    /// The body's `msg`.
    pub msg: Cow<'static, str>,
}

impl Refusal {
    /// A refusal in fixed words.
    pub const fn new(code: i64, msg: &'static str) -> Self {
        Self { code, msg: Cow::Borrowed(msg) }
    }

    /// The reply's body: `{"code":…,"msg":…,"data":null}`, for 401 without the `data` key (L2).
    pub fn encode(&self) -> String {
        #[derive(Serialize)]
        struct Reply<'a> {
            code: i64,
            msg: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<()>,
        }
        // `Some(())` is written as null, `None` is not written.
        json(&Reply { code: self.code, msg: &self.msg, data: (self.code != KEY_REFUSED).then_some(()) })
    }
}

/// The body of a success, whose `msg` is always `success` (L1).
pub(crate) fn success(data: &impl Serialize) -> String {
    envelope(SUCCESS, "success", data)
}

/// Any body with a payload: a success, or one of the refusals and callbacks that carry one.
pub(crate) fn envelope(code: i64, msg: &str, data: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Reply<'a, T> {
        code: i64,
        msg: &'a str,
        data: &'a T,
    }
    json(&Reply { code, msg, data })
}
