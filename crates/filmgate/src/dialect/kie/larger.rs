//! A finished film with more pixels: `veo/get-1080p-video` and `veo/get-4k-video`, which make it at the first call and find it later.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::request::Form;
use filmgate_domain::task::{Failure, Phase};
use filmgate_store::Record;
use filmgate_wire::kie::veo::follow::{Follow, Wish};
use filmgate_wire::kie::veo::larger::{FourK, LargeFilm, PROCESSING_1080P, encode_1080p, refused};
use filmgate_wire::kie::{self, texts};

use super::call::{Answer, Shared, body, caller, fields, pairs, query, respond};
use super::convert::only_film;
use super::records::Links;
use super::refuse;
use crate::app::App;
use crate::service::caller::Caller;
use crate::service::sources::{Enlargement, enlargement};
use crate::service::tasks;

/// `GET /api/v1/veo/get-1080p-video`
pub(crate) async fn get_1080p(State(app): Shared, request: Request) -> Response<Body> {
    respond(p1080(&app, request).await)
}

/// `POST /api/v1/veo/get-4k-video`
pub(crate) async fn get_4k(State(app): Shared, request: Request) -> Response<Body> {
    respond(k4(&app, request).await)
}

async fn p1080(app: &App, request: Request) -> Answer {
    let caller = caller(app, request.headers(), Form::KieVeo)?;
    let query = query(&request);
    let follow = Follow::get_1080p(pairs(&query)).map_err(|wrong| texts::wrong_field(&wrong))?;
    match larger(app, &caller, &follow).await? {
        Larger::Made { links, .. } => match links.first() {
            Some(link) => Ok(encode_1080p(link)),
            None => Err(refused("The video has been generated, and there is no link to it.")),
        },
        Larger::BeingMade { .. } => Err(PROCESSING_1080P),
    }
}

async fn k4(app: &App, request: Request) -> Answer {
    let caller = caller(app, request.headers(), Form::KieVeo)?;
    let body = body(request).await?;
    let follow = Follow::get_4k(fields(&body)?, app.reading).map_err(|wrong| texts::wrong_field(&wrong))?;
    Ok(match larger(app, &caller, &follow).await? {
        Larger::Made { id, links } => {
            let film = LargeFilm { result_urls: links, image_urls: vec![] };
            FourK::Finished(film).encode(&id)
        }
        Larger::BeingMade { id, is_new: true } => FourK::Begun.encode(&id),
        Larger::BeingMade { id, is_new: false } => FourK::Processing.encode(&id),
    })
}

/// Where a film with more pixels stands, under the id of its own task.
enum Larger {
    Made { id: String, links: Vec<String> },
    BeingMade { id: String, is_new: bool },
}

async fn larger(app: &App, caller: &Caller, follow: &Follow) -> Result<Larger, kie::Refusal> {
    if let Wish::P1080 { index } | Wish::K4 { index } = follow.wish {
        only_film(index)?;
    }
    let model = follow.model();
    let known =
        tasks::find(app, caller, &follow.task_id, Form::KieVeo).map_err(|error| refuse::store(&error))?;
    // Who asks with the id of the larger film means that film.
    let (record, is_new) = match known.filter(|record| record.request.model == model) {
        Some(record) => (record, false),
        None => {
            let callback = follow.call_back_url.clone();
            let made = enlargement(app, caller, &follow.task_id, (model, 0), callback).await;
            let card = app.catalogue.find(model);
            let Enlargement { record, is_new } =
                made.map_err(|error| refuse::accept(error, Form::KieVeo, card))?;
            (record, is_new)
        }
    };
    stands(app, &record, is_new)
}

fn stands(app: &App, record: &Record, is_new: bool) -> Result<Larger, kie::Refusal> {
    let id = record.task.id.to_string();
    match &record.task.phase {
        Phase::Succeeded => {
            let links = Links::of(app, record).map_err(|error| refuse::store(&error))?;
            Ok(Larger::Made { id, links: links.film })
        }
        Phase::Failed(Failure { text, .. }) => Err(refused(text.clone())),
        Phase::Cancelled => Err(refused("The task was cancelled. Nothing was charged.")),
        Phase::Queued | Phase::Sending | Phase::InDoubt | Phase::Running | Phase::Storing => {
            Ok(Larger::BeingMade { id, is_new })
        }
    }
}
