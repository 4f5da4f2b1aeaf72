//! `callBackUrl`: where a record echoes it, which tells whose task it is, and the body that is posted to it.

use serde_json::Value;

use crate::value::{text, text_or_digits};

/// The task that a callback names: `taskId`, `data.taskId` (jobs and Veo, D26a) or `data.task_id` (Runway, and the sample
/// code of the documentation), in this order. Nothing else of the body is worth reading: not even a signature covers
/// it, so whoever is called back reads the record.
pub fn called_back(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let data = &value["data"];
    [&value["taskId"], &data["taskId"], &data["task_id"]].into_iter().find_map(text_or_digits)
}

/// How often JSON text was ever seen inside JSON text, and once more.
const DEPTH_MAX: usize = 3;

/// The `callBackUrl` in a record's `param` (jobs, whose `input` is text inside the text, L1) or `paramJson` (Veo, encoded
/// once, L2): at the top, or inside `input`. The whole may be JSON text in JSON text again.
pub fn call_back_url(param: &str) -> Option<String> {
    find(&Value::from(param), DEPTH_MAX)
}

fn find(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(inner) if depth > 0 => find(&serde_json::from_str(inner).ok()?, depth - 1),
        Value::Object(entries) => entries
            .get("callBackUrl")
            .and_then(text)
            .or_else(|| find(entries.get("input").filter(|_| depth > 0)?, depth - 1)),
        _ => None,
    }
}
