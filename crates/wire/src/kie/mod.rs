//! Kie's dialect: addresses, the envelope, creates, records, the balance, and the verdict on a reply.
//!
//! | module | bytes |
//! |---|---|
//! | [`envelope`] | `{code,msg,data}` around every reply |
//! | [`texts`] | each refusal with its code and its observed text |
//! | [`verdict`](mod@verdict) | what a reply means |
//! | [`field`] | the fields of a create, their names and types in both forms |
//! | [`decode`] | a create body into fields, in one pass |
//! | [`mend`] | what real clients write in place of the right value |
//! | [`create`] | `POST /api/v1/jobs/createTask` |
//! | [`record`] | `GET /api/v1/jobs/recordInfo` |
//! | [`veo`] | `POST /api/v1/veo/generate` |
//! | [`veo::record`] | `GET /api/v1/veo/record-info` |
//! | [`veo::follow`] | `POST /api/v1/veo/extend`, and what asks for a larger film, in both forms |
//! | [`veo::larger`] | the replies of `get-1080p-video` and `get-4k-video` |
//! | [`callback`] | `callBackUrl` in a record, and the body posted to it |
//! | [`credit`] | `GET /api/v1/chat/credit`, and amounts of credits |
//! | [`models`] | `GET /api/v1/models`, and schema, price and rate of success of one model |
//! | [`files`] | `POST /api/file-stream-upload` as a client, and `POST /api/v1/common/download-url` |
//! | [`upload`] | the three uploads as a server |

pub mod callback;
pub mod create;
pub mod credit;
pub mod decode;
pub mod envelope;
pub mod field;
pub mod files;
pub mod mend;
pub mod models;
pub mod record;
pub mod texts;
pub mod upload;
pub mod veo;
pub mod verdict;

pub use callback::{
    call_back_url, called_back, encode_4k_callback, encode_4k_failure, encode_callback, encode_progress,
    encode_veo_callback,
};
pub use create::{
    Create, Created, ReadCreate, decode_jobs, encode_empty_jobs, encode_jobs, jobs_param, read_jobs,
};
pub use credit::Credits;
pub use decode::{DecodeError, named_model};
pub use envelope::{Envelope, Refusal};
pub use field::{Field, FieldValue, Shot};
pub use files::{
    decode_download_url, encode_download_url, encode_fresh_url, encode_upload, parse_download_url,
    parse_upload,
};
pub use mend::{sora_aspect, veo_aspect};
pub use models::{
    About, Filter, ModelRow, SuccessPoint, about_model, encode_models, encode_price, encode_schema,
    encode_success_rate, parse_models,
};
pub use record::{Character, End, JobsRecord, Results, State};
pub use upload::{Source, UploadRefusal, UploadRequest, Uploaded};
pub use veo::record::{VeoFailure, VeoFilms, VeoRecord, VeoState};
pub use veo::{decode_veo, encode_empty_veo, encode_veo, read_veo, veo_param};
pub use verdict::{Call, Verdict, is_about_path, verdict};

use crate::escape::percent;

/// Creates a task of the jobs family (L1).
pub const CREATE_TASK: &str = "/api/v1/jobs/createTask";
/// Reads a task of the jobs family; its only query parameter is [`TASK_ID`] (L1).
pub const RECORD_INFO: &str = "/api/v1/jobs/recordInfo";
/// Creates a Veo task in the dedicated form (L2).
pub const VEO_GENERATE: &str = "/api/v1/veo/generate";
/// Reads a Veo task that the dedicated form created; its only query parameter is [`TASK_ID`] (L2).
pub const VEO_RECORD_INFO: &str = "/api/v1/veo/record-info";
/// Continues a finished Veo film (D26a).
pub const VEO_EXTEND: &str = "/api/v1/veo/extend";
/// Asks for a finished Veo film in 1080p; its query parameters are [`TASK_ID`] and `index` (D26a).
pub const VEO_GET_1080P: &str = "/api/v1/veo/get-1080p-video";
/// Asks for a finished Veo film in 4k (D26a).
pub const VEO_GET_4K: &str = "/api/v1/veo/get-4k-video";
/// What [`CREATE_TASK`] was called in 2025 (C).
pub const PLAYGROUND_CREATE_TASK: &str = "/api/v1/playground/createTask";
/// What [`RECORD_INFO`] was called in 2025 (C).
pub const PLAYGROUND_RECORD_INFO: &str = "/api/v1/playground/recordInfo";
/// Reads the balance (L1).
pub const CHAT_CREDIT: &str = "/api/v1/chat/credit";
/// Lists all models (L2); one call a second, shared with the other catalogue calls (O).
pub const MODELS: &str = "/api/v1/models";

/// Asks for a fresh link to a result (L1).
pub const DOWNLOAD_URL: &str = "/api/v1/common/download-url";
/// Uploads a file; on the upload host, `https://kieai.redpandaai.co` (L1).
pub const FILE_STREAM_UPLOAD: &str = "/api/file-stream-upload";
/// Uploads bytes in JSON; on the upload host (D26a).
pub const FILE_BASE64_UPLOAD: &str = "/api/file-base64-upload";
/// Uploads what an address holds; on the upload host (D26a).
pub const FILE_URL_UPLOAD: &str = "/api/file-url-upload";

/// The query parameter that names a task (L1).
pub const TASK_ID: &str = "taskId";
/// The `Content-Type` of every reply from `api.kie.ai` (L1). Requests send plain `application/json`.
pub const REPLY_CONTENT_TYPE: &str = "application/json;charset=UTF-8";

/// [`RECORD_INFO`] or [`VEO_RECORD_INFO`] with the task in its query.
pub fn record_path(endpoint: &str, task_id: &str) -> String {
    format!("{endpoint}?{TASK_ID}={}", percent(task_id))
}
