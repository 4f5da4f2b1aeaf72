//! The pictures of a create: links stay links, uploads are looked at and stored under their SHA-256.

use filmgate_domain::request::Value;
use filmgate_providers::pictures::STORED_PICTURE;
use filmgate_studio::look_at;
use filmgate_wire::form::Upload;
use filmgate_wire::openai::server::{ApiError, Reference};

use super::refuse::{self, Refused};
use crate::app::App;
use crate::service::caller::Caller;
use crate::service::uploads;

/// All pictures as the domain names them, `None` if there are none. Equal uploads have equal names, so that a retry is known
/// by what it sends and not by how it is cut into parts.
pub(super) async fn named(
    app: &App,
    caller: &Caller,
    references: Vec<Reference<'_>>,
) -> Result<Option<Value>, Refused> {
    let mut links = Vec::new();
    for reference in references {
        links.push(match reference {
            // The form reader lets links through that begin with http, and nothing else: no client can name a stored picture.
            Reference::Link(link) => link,
            Reference::File(upload) => keep(app, upload).await?,
            Reference::FileId(id) => uploaded(app, caller, &id)?,
        });
    }
    Ok((!links.is_empty()).then_some(Value::Texts(links)))
}

async fn keep(app: &App, upload: Upload<'_>) -> Result<String, Refused> {
    let (films, bytes) = (app.films.clone(), upload.bytes.into_owned());
    let kept = tokio::task::spawn_blocking(move || match look_at(&bytes) {
        Ok(_) => films.keep_picture(&bytes).map(Ok),
        Err(why) => Ok(Err(format!("The picture cannot be used: {why}. Nothing was created."))),
    });
    match kept.await.map_err(std::io::Error::other).flatten() {
        Ok(Ok(name)) => Ok(format!("{STORED_PICTURE}{name}")),
        Ok(Err(text)) => Err(ApiError::bad_request("invalid_image", text).about("input_reference").into()),
        Err(error) => {
            tracing::error!(%error, "a client's picture could not be stored");
            Err(ApiError::internal("The picture could not be stored. Nothing was created; try again later.")
                .into())
        }
    }
}

/// A file that the caller has uploaded before: the 32 hex digits in its link.
fn uploaded(app: &App, caller: &Caller, id: &str) -> Result<String, Refused> {
    let account = caller.account(app).map_err(|error| refuse::store(&error))?;
    let found = uploads::find(app, id).map_err(|error| refuse::store(&error))?;
    let own = found.filter(|file| Some(file.account) == account);
    own.map(|_| format!("{}{id}", app.uploads.prefix)).ok_or_else(|| unknown_file(id))
}

fn unknown_file(id: &str) -> Refused {
    let shown: String = id.chars().take(80).collect();
    let text = format!(
        "There is no file '{shown}' of yours. Upload the picture as input_reference itself. Nothing was created."
    );
    ApiError::bad_request("invalid_value", text).about("input_reference[file_id]").into()
}
