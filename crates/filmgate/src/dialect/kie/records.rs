//! A task's record as Kie shows it, in the jobs form and in Veo's, with the links of everything that was made.

use filmgate_domain::catalogue::{Card, Makes};
use filmgate_domain::request::{Parameter, Request, Value};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::{CopyKind, Failure, Phase};
use filmgate_store::{Record, StoreError};
use filmgate_wire::kie::{
    Character, Credits, End, JobsRecord, Results, State, VeoFailure, VeoFilms, VeoRecord, VeoState,
};

use super::convert::param;
use crate::app::App;
use crate::service::characters;

/// `GET /api/v1/jobs/recordInfo`
pub(super) fn jobs(app: &App, record: &Record) -> Result<JobsRecord, StoreError> {
    let (task, request) = (&record.task, &record.request);
    let card = app.catalogue.find(&request.model);
    let finished_ms = task.finished.unwrap_or(task.created).0;
    let end = |credits| End::after(task.created.0, finished_ms, Credits::from_thousandths(credits));
    let fail = |failure: &Failure| State::Fail {
        code: Some(failure.code.clone()),
        message: Some(failure.text.clone()),
        end: end(0),
    };
    let state = match &task.phase {
        Phase::Queued | Phase::Sending => State::Waiting,
        Phase::InDoubt | Phase::Running | Phase::Storing => State::Generating,
        Phase::Succeeded if card.is_some_and(|card| card.makes == Makes::Character) => {
            let character = character(record);
            let character_id = Some(character.id.clone());
            let results = Results { character_id, character: Some(character), ..Results::default() };
            State::Success { results, end: end(task.price.0) }
        }
        Phase::Succeeded => {
            let links = Links::of(app, record)?;
            let results = Results {
                origin_urls: links.of_veo_upright(request, card),
                urls: links.film,
                water_mark_urls: links.watermarked,
                full_urls: links.joined,
                ..Results::default()
            };
            State::Success { results, end: end(task.price.0) }
        }
        Phase::Failed(failure) => fail(failure),
        Phase::Cancelled => fail(&cancelled()),
    };
    Ok(JobsRecord {
        task_id: task.id.to_string(),
        model: request.model.clone(),
        param: param(request, card),
        create_time_ms: task.created.0,
        state,
    })
}

/// `GET /api/v1/veo/record-info`
pub(super) fn veo(app: &App, record: &Record) -> Result<VeoRecord, StoreError> {
    let (task, request) = (&record.task, &record.request);
    let card = app.catalogue.find(&request.model);
    let complete_time_ms = task.finished.map(|finished| finished.0);
    let fail = |failure: &Failure| VeoState::Fail {
        failure: VeoFailure::Upstream,
        // Words instead of a number are the content policy's, which is 400 here (reference, 4.6).
        code: Some(failure.code.parse().unwrap_or(400)),
        message: failure.text.clone(),
        complete_time_ms,
    };
    let state = match &task.phase {
        Phase::Queued | Phase::Sending | Phase::InDoubt | Phase::Running | Phase::Storing => {
            VeoState::Generating
        }
        Phase::Succeeded => {
            let links = Links::of(app, record)?;
            let films = VeoFilms {
                origin_urls: links.of_veo_upright(request, card),
                result_urls: links.film,
                full_result_urls: links.joined,
                resolution: Some(resolution(request, card)),
            };
            VeoState::Success { films, complete_time_ms }
        }
        Phase::Failed(failure) => fail(failure),
        Phase::Cancelled => fail(&cancelled()),
    };
    Ok(VeoRecord {
        task_id: task.id.to_string(),
        param_json: param(request, card),
        create_time_ms: task.created.0,
        state,
    })
}

/// The links of a finished task, each in a list, as both records have them.
pub(super) struct Links {
    /// The film.
    pub(super) film: Vec<String>,
    /// An extension with everything before it.
    joined: Vec<String>,
    /// The film with its mark, beside a clean one.
    watermarked: Vec<String>,
}

impl Links {
    /// The scenario `no-url` has none.
    pub(super) fn of(app: &App, record: &Record) -> Result<Self, StoreError> {
        let mut links = Self { film: vec![], joined: vec![], watermarked: vec![] };
        if record.request.scenario == Some(Scenario::NoUrl) {
            return Ok(links);
        }
        links.film.extend(record.film.iter().map(|film| link(app, &film.key)));
        if !record.request.copies().is_empty() {
            for (kind, key) in app.store.copies(record.seq)? {
                match kind {
                    CopyKind::Joined => links.joined.push(link(app, &key)),
                    CopyKind::Watermarked => links.watermarked.push(link(app, &key)),
                }
            }
        }
        Ok(links)
    }

    /// `originUrls`, which Veo's films have whose ratio is not 16:9: the film before it was cut upright. Ours are made upright, so
    /// that it is the same film.
    fn of_veo_upright(&self, request: &Request, card: Option<&Card>) -> Vec<String> {
        let is_veo = card.is_some_and(|card| card.family.starts_with("veo"));
        let is_wide = request.film.width * 9 == request.film.height * 16;
        if is_veo && !is_wide { self.film.clone() } else { vec![] }
    }
}

/// The lasting link of a film.
pub(super) fn link(app: &App, key: &str) -> String {
    format!("{}/files/{key}.mp4", app.link_base)
}

/// As the client asked for it, else the film's own.
fn resolution(request: &Request, card: Option<&Card>) -> String {
    let is_larger = card.is_some_and(|card| card.makes.needs_source());
    match request.parameters.get(&Parameter::Resolution) {
        Some(Value::Text(resolution)) if !is_larger => resolution.clone(),
        _ => match request.film.width.min(request.film.height) {
            2160 => "4k".to_owned(),
            lines => format!("{lines}p"),
        },
    }
}

/// A character is known by its task; whoever names it in a film sees the same look again.
fn character(record: &Record) -> Character {
    let remark = match record.request.text(Parameter::OriginTask) {
        "" => "Made from its words alone: filmgate does not look into films that it has not made.",
        _ => "Made from a film of filmgate's own studio.",
    };
    Character {
        id: characters::id(record.task.id.0),
        name: record.request.text(Parameter::CharacterName).to_owned(),
        remark: remark.to_owned(),
    }
}

fn cancelled() -> Failure {
    Failure { code: "cancelled".into(), text: "The task was cancelled. Nothing was charged.".into() }
}
