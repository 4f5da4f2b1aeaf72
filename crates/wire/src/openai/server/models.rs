//! `GET /models`: what the SDKs list (S).

use serde::Serialize;

use crate::value::json;

/// A model as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelResource {
    /// What a create names.
    pub id: String,
    /// Unix seconds; 0 where nobody knows.
    pub created_s: i64,
    /// Who has made it.
    pub owned_by: String,
}

#[derive(Serialize)]
struct Keys<'a> {
    id: &'a str,
    object: &'a str,
    created: i64,
    owned_by: &'a str,
}

impl ModelResource {
    fn keys(&self) -> Keys<'_> {
        Keys { id: &self.id, object: "model", created: self.created_s, owned_by: &self.owned_by }
    }

    /// The reply's body: `{"id","object":"model","created","owned_by"}`.
    pub fn encode(&self) -> String {
        json(&self.keys())
    }
}

/// All of them: `{"object":"list","data":[…]}`, without pages.
pub fn encode_models(models: &[ModelResource]) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        object: &'a str,
        data: Vec<Keys<'a>>,
    }
    json(&Body { object: "list", data: models.iter().map(ModelResource::keys).collect() })
}
