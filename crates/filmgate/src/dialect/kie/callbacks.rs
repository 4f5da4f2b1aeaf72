//! What is posted to the callback of a task that has ended, in the jobs form and in Veo's.

use filmgate_domain::task::Phase;
use filmgate_store::{Record, StoreError};
use filmgate_wire::kie;

use super::records;
use crate::app::App;

/// The body for a task of the jobs form. None while it runs.
pub(crate) fn jobs_callback(app: &App, record: &Record, late_film: Option<&str>) -> Option<String> {
    let card = app.catalogue.find(&record.request.model);
    kie::encode_callback(&records::jobs(record, &record.request, card, &app.link_base), late_film)
}

/// The body for a task of the Veo form. None while it runs.
pub(crate) fn veo_callback(app: &App, record: &Record, late_film: Option<&str>) -> Option<String> {
    let card = app.catalogue.find(&record.request.model);
    kie::encode_veo_callback(&records::veo(record, &record.request, card, &app.link_base), late_film)
}

/// The link of a film that came after its task had ended without one.
pub(crate) fn late_film(app: &App, record: &Record) -> Result<Option<String>, StoreError> {
    if !matches!(record.task.phase, Phase::Failed(_) | Phase::Cancelled) {
        return Ok(None);
    }
    let film = app.store.late_film(record.seq)?;
    Ok(film.map(|film| format!("{}/files/{}.mp4", app.link_base, film.key)))
}
