//! The replies of `GET /api/v1/veo/get-1080p-video` and `POST /api/v1/veo/get-4k-video`, which ask for a finished film in a larger
//! size, whether it is there yet or not.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::kie::envelope::{Envelope, Refusal, envelope, success};
use crate::value::{text, texts};

/// The film is being made in 1080p: 400 and the documented words, whose end is ours (D26a; a client also saw code 500).
pub const PROCESSING_1080P: Refusal =
    Refusal::new(400, "1080P is processing. It should be ready in 1-2 minutes. Please check back shortly.");

/// What a finished 4k film's refusal says (D26a, and C: a client that throws at it never gets the link).
const FINISHED_4K: &str = "The video has been generated successfully";

/// A film in 4k.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LargeFilm {
    /// Links to the film.
    pub result_urls: Vec<String>,
    /// Links to pictures of it.
    pub image_urls: Vec<String>,
}

/// Where a 4k film stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FourK {
    /// This call has begun it: `code` 200, with null in place of links.
    Begun,
    /// An earlier call has begun it: `code` 422.
    Processing,
    /// It is there: `code` 422 all the same, with the links in `data`.
    Finished(LargeFilm),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    task_id: &'a str,
    result_urls: Option<&'a [String]>,
    image_urls: Option<&'a [String]>,
}

impl FourK {
    /// The reply's body. The words for what is being made are documented in part; their middle is ours.
    pub fn encode(&self, task_id: &str) -> String {
        let empty = Data { task_id, result_urls: None, image_urls: None };
        match self {
            Self::Begun => success(&empty),
            Self::Processing => envelope(
                422,
                "4k is processing. It should be ready in 5-10 minutes. Please check back shortly.",
                &empty,
            ),
            Self::Finished(film) => {
                let data = Data {
                    task_id,
                    result_urls: Some(&film.result_urls),
                    image_urls: Some(&film.image_urls),
                };
                envelope(422, FINISHED_4K, &data)
            }
        }
    }

    /// Reads a reply, in either spelling of its keys; links count whatever the code. `None` where it is a refusal of another
    /// kind.
    pub fn parse(reply: &Envelope<'_>) -> Option<Self> {
        let data: Value = reply.data_as().unwrap_or_default();
        let links =
            |names: [&str; 2]| names.iter().map(|name| texts(&data[*name])).find(|links| !links.is_empty());
        if let Some(result_urls) = links(["resultUrls", "result_urls"]) {
            let image_urls = links(["imageUrls", "image_urls"]).unwrap_or_default();
            return Some(Self::Finished(LargeFilm { result_urls, image_urls }));
        }
        if reply.msg.to_ascii_lowercase().contains("is processing") {
            return Some(Self::Processing);
        }
        (reply.code == 200 && text(&data["taskId"]).or_else(|| text(&data["task_id"])).is_some())
            .then_some(Self::Begun)
    }
}

/// The film in 1080p: `{"resultUrl":…}` (D26a).
pub fn encode_1080p(url: &str) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        result_url: &'a str,
    }
    success(&Data { result_url: url })
}

/// The link of a film in 1080p; `None` while there is none.
pub fn parse_1080p(reply: &Envelope<'_>) -> Option<String> {
    let data: Value = reply.data_as()?;
    text(&data["resultUrl"]).or_else(|| texts(&data["resultUrls"]).into_iter().next())
}

/// A film that cannot be had in a larger size or extended; `why` is a sentence. 422 is the code of wrong states here (1.4).
pub fn refused(why: impl Into<Cow<'static, str>>) -> Refusal {
    Refusal { code: 422, msg: why.into() }
}
