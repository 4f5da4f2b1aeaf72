//! What is posted to the callback of a task that has ended, in the jobs form and in Veo's.

use filmgate_domain::catalogue::Card;
use filmgate_domain::task::Phase;
use filmgate_store::{Record, StoreError};
use filmgate_wire::kie::veo::follow::GET_4K;
use filmgate_wire::kie::veo::larger::LargeFilm;
use filmgate_wire::kie::{self, VeoState};

use super::records;
use crate::app::App;

/// The body for a task of the jobs form. None while it runs.
pub(crate) fn jobs_callback(
    app: &App,
    record: &Record,
    late_film: Option<&str>,
) -> Result<Option<String>, StoreError> {
    Ok(kie::encode_callback(&records::jobs(app, record)?, late_film))
}

/// The body for a task of the Veo form, of which a film in 4k has one of its own. None while it runs.
pub(crate) fn veo_callback(
    app: &App,
    record: &Record,
    late_film: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let shown = records::veo(app, record)?;
    let is_4k = app.catalogue.find(&record.request.model).is_some_and(|card| card.id == GET_4K);
    Ok(match &shown.state {
        VeoState::Success { films, .. } if is_4k => {
            let film = LargeFilm { result_urls: films.result_urls.clone(), image_urls: vec![] };
            Some(kie::encode_4k_callback(&shown.task_id, &film))
        }
        VeoState::Fail { message, .. } if is_4k && late_film.is_none() => {
            Some(kie::encode_4k_failure(&shown.task_id, message))
        }
        _ => kie::encode_veo_callback(&shown, late_film),
    })
}

/// The four models that tell progress (kie-api.md 2.1).
const TELL_PROGRESS: [&str; 4] = [
    "sora-2-text-to-video",
    "sora-2-image-to-video",
    "sora-2-pro-text-to-video",
    "sora-2-pro-image-to-video",
];

/// The body for news of a task that runs.
pub(crate) fn progress_callback(app: &App, record: &Record, percent: u8) -> Result<String, StoreError> {
    Ok(kie::encode_progress(&records::jobs(app, record)?, percent))
}

/// `progressCallBackUrl`, judged by its text. Other models ignore it.
pub(super) fn progress_url(
    app: &App,
    card: Option<&Card>,
    given: Option<String>,
) -> Result<Option<String>, kie::Refusal> {
    let tells = card.is_some_and(|card| TELL_PROGRESS.contains(&card.id.as_str()));
    match given.filter(|_| tells) {
        Some(url) if app.guard.check(&url).is_err() => {
            Err(kie::Refusal::new(422, "progressCallBackUrl must be a public https link"))
        }
        url => Ok(url),
    }
}

/// The link of a film that came after its task had ended without one.
pub(crate) fn late_film(app: &App, record: &Record) -> Result<Option<String>, StoreError> {
    if !matches!(record.task.phase, Phase::Failed(_) | Phase::Cancelled) {
        return Ok(None);
    }
    let film = app.store.late_film(record.seq)?;
    Ok(film.map(|film| records::link(app, &film.key)))
}
