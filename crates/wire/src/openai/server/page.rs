//! The query of a list, and the variant of a download.

use crate::form::Wrong;

/// Which page of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many entries at most.
    pub limit: u32,
    /// Newest first, which is the default of every engine that says (V).
    pub newest_first: bool,
    /// The id after which it begins, as a client echoes `last_id`.
    pub after: Option<String>,
}

impl Page {
    /// The entries of a page that nobody limited (V for `SGLang` and webhook endpoints; ours for films).
    pub const LIMIT: u32 = 20;
    /// The most entries of a page (S).
    pub const LIMIT_MAX: u32 = 100;

    /// Reads `limit`, `order` and `after` from the decoded entries of a query; other entries are ignored. Of an entry that is
    /// given twice the last one counts.
    ///
    /// # Errors
    ///
    /// A limit that is no number from 0 to 100, or another order than `asc` and `desc` (S).
    pub fn of<'q>(query: impl IntoIterator<Item = (&'q str, &'q str)>) -> Result<Self, Wrong> {
        let mut page = Self { limit: Self::LIMIT, newest_first: true, after: None };
        for (name, value) in query.into_iter().filter(|(_, value)| !value.is_empty()) {
            match name {
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| *limit <= Self::LIMIT_MAX);
                    page.limit = limit.ok_or_else(|| Wrong::not("limit", "an integer from 0 to 100"))?;
                }
                "order" => {
                    page.newest_first = match value {
                        "asc" => false,
                        "desc" => true,
                        _ => return Err(Wrong::not("order", "asc or desc")),
                    };
                }
                "after" => page.after = Some(value.to_owned()),
                _ => {}
            }
        }
        Ok(page)
    }
}

/// What `GET /videos/{id}/content` is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The film, which a call without `variant` means (V, recordings 12 and 32).
    #[default]
    Video,
    /// One picture of it; `image/webp` at OpenAI (S).
    Thumbnail,
    /// Many small pictures of it in one; `image/jpeg` at OpenAI (S).
    Spritesheet,
}

impl Variant {
    /// Reads the query's `variant`.
    ///
    /// # Errors
    ///
    /// Another word.
    pub fn of(word: Option<&str>) -> Result<Self, Wrong> {
        match word.unwrap_or_default() {
            "" | "video" => Ok(Self::Video),
            "thumbnail" => Ok(Self::Thumbnail),
            "spritesheet" => Ok(Self::Spritesheet),
            _ => Err(Wrong::not("variant", "video, thumbnail or spritesheet")),
        }
    }
}
