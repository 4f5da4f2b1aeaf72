//! Pictures of films: painted at the first call, found beside the film at every later one.

use std::sync::Arc;

use filmgate_domain::route::STUDIO;
use filmgate_domain::task::{Failure, Film};
use filmgate_providers::stills::{self, Still};
use filmgate_store::Record;

use crate::app::App;

/// Why there is no picture of a film.
#[derive(Debug)]
pub(crate) enum NoStill {
    /// It was made elsewhere, and no foreign film is ever decoded here.
    MadeElsewhere,
    /// It cannot be painted; what to tell the client.
    Failed(Failure),
}

/// A picture of a film: WebP of one frame, JPEG of a card or a sheet. One is painted at a time, so that nobody keeps all cores busy.
pub(crate) async fn picture(
    app: &App,
    (record, film): (&Record, &Film),
    still: Still,
) -> Result<Vec<u8>, NoStill> {
    if record.task.upstream != STUDIO {
        return Err(NoStill::MadeElsewhere);
    }
    let ending = match still {
        Still::Frame => "webp",
        Still::Card => "card.jpg",
        Still::Sheet => "jpg",
    };
    let path = app.films.path(&film.key).with_extension(ending);
    if let Ok(painted) = tokio::fs::read(&path).await {
        return Ok(painted);
    }
    let sources = stills::sources(&app.pictures, &record.request).await.map_err(NoStill::Failed)?;
    let place = Arc::clone(&app.painting).lock_owned().await;
    // Somebody else may have painted it while this call waited.
    if let Ok(painted) = tokio::fs::read(&path).await {
        return Ok(painted);
    }
    let painted = stills::paint((&record.request, &sources), still, place).await.map_err(NoStill::Failed)?;
    let (films, key, bytes) = (app.films.clone(), film.key.clone(), painted.clone());
    let kept = tokio::task::spawn_blocking(move || films.keep_still(&key, ending, &bytes)).await;
    // A picture that cannot be kept is painted again.
    if let Err(error) = kept.map_err(std::io::Error::other).flatten() {
        tracing::warn!(%error, "a picture of a film could not be kept");
    }
    Ok(painted)
}
