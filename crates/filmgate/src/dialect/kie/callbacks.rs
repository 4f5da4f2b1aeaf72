//! What is posted to the callback of a task that has ended, in the jobs form and in Veo's.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::Form;
use filmgate_domain::task::Phase;
use filmgate_store::{Record, StoreError};
use filmgate_wire::form::Reading;
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

/// The four models that tell progress (kie-api.md 2.1).
const TELL_PROGRESS: [&str; 4] = [
    "sora-2-text-to-video",
    "sora-2-image-to-video",
    "sora-2-pro-text-to-video",
    "sora-2-pro-image-to-video",
];

/// The body for news of a task that runs.
pub(crate) fn progress_callback(app: &App, record: &Record, percent: u8) -> String {
    let card = app.catalogue.find(&record.request.model);
    kie::encode_progress(&records::jobs(record, &record.request, card, &app.link_base), percent)
}

/// `progressCallBackUrl`, judged by its text. Other models ignore it, and so do creates that do not name it.
pub(super) fn progress_url(
    app: &App,
    form: Form,
    card: Option<&Card>,
    body: &[u8],
) -> Result<Option<String>, kie::Refusal> {
    const NAME: &[u8] = b"progressCallBackUrl";
    let tells = form == Form::KieJobs && card.is_some_and(|card| TELL_PROGRESS.contains(&card.id.as_str()));
    if !tells || !body.windows(NAME.len()).any(|window| window == NAME) {
        return Ok(None);
    }
    let read = kie::read_jobs(body, Reading::Lenient).ok();
    let Some(url) = read.and_then(|read| read.progress_call_back_url) else { return Ok(None) };
    match app.guard.check(&url) {
        Ok(_) => Ok(Some(url)),
        Err(_) => Err(kie::Refusal::new(422, "progressCallBackUrl must be a public https link")),
    }
}

/// The link of a film that came after its task had ended without one.
pub(crate) fn late_film(app: &App, record: &Record) -> Result<Option<String>, StoreError> {
    if !matches!(record.task.phase, Phase::Failed(_) | Phase::Cancelled) {
        return Ok(None);
    }
    let film = app.store.late_film(record.seq)?;
    Ok(film.map(|film| format!("{}/files/{}.mp4", app.link_base, film.key)))
}
