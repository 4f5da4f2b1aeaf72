//! Creates: `createTask`, `veo/generate` and `veo/extend`, each read in its own form and accepted in the same way.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Value};
use filmgate_wire::form::Reading;
use filmgate_wire::kie::veo::follow::Follow;
use filmgate_wire::kie::{self, Created, DecodeError, ReadCreate, texts};

use super::call::{Shared, body, caller, fields, refused, reply};
use super::{callbacks, convert, refuse};
use crate::app::App;
use crate::dialect::asking;
use crate::service::characters;
use crate::service::tasks::{self, Accepted};

/// What a body asks for, and where its progress is to be told.
struct Told {
    asked: Asked,
    progress_url: Option<String>,
}

/// Reads one of the forms.
type Read = fn(&App, &[u8]) -> Result<Told, kie::Refusal>;

/// `POST /api/v1/jobs/createTask`
pub(crate) async fn create_task(State(app): Shared, request: Request) -> Response<Body> {
    respond(create(&app, request, (Form::KieJobs, jobs)).await)
}

/// `POST /api/v1/veo/generate`
pub(crate) async fn veo_generate(State(app): Shared, request: Request) -> Response<Body> {
    respond(create(&app, request, (Form::KieVeo, veo)).await)
}

/// `POST /api/v1/veo/extend`
pub(crate) async fn veo_extend(State(app): Shared, request: Request) -> Response<Body> {
    respond(create(&app, request, (Form::KieVeo, extension)).await)
}

fn respond(answer: Result<(String, Accepted), kie::Refusal>) -> Response<Body> {
    let (body, accepted) = match answer {
        Ok(accepted) => accepted,
        Err(refusal) => return refused(&refusal),
    };
    let mut response = reply(body);
    asking::tell(&accepted, response.headers_mut());
    response
}

async fn create(
    app: &App,
    request: Request,
    (form, read): (Form, Read),
) -> Result<(String, Accepted), kie::Refusal> {
    let caller = caller(app, request.headers(), form)?;
    if asking::is_echo(app, request.headers()) {
        return Err(kie::Refusal::new(422, asking::ECHO));
    }
    let on_doubt = asking::on_doubt(request.headers()).map_err(|text| kie::Refusal::new(422, text))?;
    let retry = asking::retry(&request);
    let body = body(request).await?;
    let Told { asked, progress_url } = read(app, &body)?;
    let card = app.catalogue.find(&asked.model);
    let named = match asked.parameters.get(&Parameter::Characters) {
        Some(Value::Texts(ids)) => ids.as_slice(),
        _ => &[],
    };
    if characters::stranger(app, &caller, named).map_err(|error| refuse::store(&error))?.is_some() {
        let parameter = Parameter::Characters;
        return Err(refuse::refusal(Refusal::NotAllowed { parameter }, form, card));
    }
    let progress_url = callbacks::progress_url(app, card, progress_url)?;
    let accepted = tasks::accept_or_adopt(app, &caller, Asked { on_doubt, ..asked }, &retry).await;
    let accepted = accepted.map_err(|error| refuse::accept(error, form, card))?;
    if let Some(url) = progress_url {
        app.webhooks.progress.follow(accepted.id, url);
    }
    let id = accepted.id.to_string();
    let body = match form {
        Form::KieVeo => Created::veo(id).encode(),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => Created::jobs(id).encode(),
    };
    Ok((body, accepted))
}

/// What a body asks for in one of the two forms.
pub(super) fn read(app: &App, body: &[u8], form: Form) -> Result<Asked, kie::Refusal> {
    let told = if form == Form::KieVeo { veo(app, body) } else { jobs(app, body) };
    told.map(|told| told.asked)
}

fn jobs(app: &App, body: &[u8]) -> Result<Told, kie::Refusal> {
    let read = kie::read_jobs(body, app.reading).map_err(|error| undecodable(app, body, &error))?;
    let is_remake = app.catalogue.find(&read.create.model).is_some_and(|card| card.makes.needs_source());
    if !is_remake {
        return Ok(told(app, read, Form::KieJobs));
    }
    let follow = Follow::jobs(fields(body)?, app.reading).map_err(|wrong| texts::wrong_field(&wrong))?;
    follows(app, follow.ok_or(texts::MODEL_NOT_SUPPORTED)?, Form::KieJobs)
}

fn veo(app: &App, body: &[u8]) -> Result<Told, kie::Refusal> {
    let read = kie::read_veo(body, app.reading).map_err(|error| undecodable(app, body, &error))?;
    Ok(told(app, read, Form::KieVeo))
}

fn extension(app: &App, body: &[u8]) -> Result<Told, kie::Refusal> {
    let follow = Follow::extend(fields(body)?, app.reading).map_err(|wrong| texts::wrong_field(&wrong))?;
    follows(app, follow, Form::KieVeo)
}

fn follows(app: &App, follow: Follow, form: Form) -> Result<Told, kie::Refusal> {
    Ok(Told { asked: convert::follow(follow, form, app.reading)?, progress_url: None })
}

fn told(app: &App, read: ReadCreate, form: Form) -> Told {
    let card = app.catalogue.find(&read.create.model);
    let asked = convert::asked(read.create, form, card);
    let asked = match (app.reading, card) {
        (Reading::Lenient, Some(card)) => convert::mended(asked, card),
        _ => asked,
    };
    Told { asked, progress_url: read.progress_call_back_url }
}

/// An unknown model is told before a wrong type, which is Kie's own order.
fn undecodable(app: &App, body: &[u8], error: &DecodeError) -> kie::Refusal {
    let unknown = || kie::named_model(body).is_some_and(|model| app.catalogue.find(&model).is_none());
    match error {
        DecodeError::MissingInput | DecodeError::WrongType { .. } if unknown() => texts::MODEL_NOT_SUPPORTED,
        error => refuse::undecodable(error),
    }
}
