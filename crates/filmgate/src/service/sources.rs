//! Films made from films: the source found among the caller's own, and enlargements made once.

use filmgate_domain::catalogue::Makes;
use filmgate_domain::id::TaskId;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::remake::{self, Origin, Remake};
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_store::Record;

use super::caller::Caller;
use super::retry::Retry;
use super::tasks::{self, AcceptError, Accepted};
use crate::app::App;

/// Finds the source of a request whose card makes films from films. What does not name one is left to the card.
pub(super) fn with_origin(app: &App, caller: &Caller, asked: Asked) -> Result<Asked, AcceptError> {
    let card = app.catalogue.find(&asked.model);
    if card.is_some_and(|card| card.makes == Makes::Character) {
        return characters_source(app, caller, asked);
    }
    let Some((card, remake)) = card.and_then(|card| card.makes.remake().map(|remake| (card, remake))) else {
        return Ok(asked);
    };
    let Some(Value::Text(id)) = asked.parameters.get(&Parameter::OriginTask) else { return Ok(asked) };
    let source = tasks::find_own(app, caller, id).map_err(AcceptError::Store)?;
    let record = source.ok_or(Refusal::SourceUnknown)?;
    if !app.catalogue.find(&record.request.model).is_some_and(|source| source.suits(card)) {
        let why = "it is of another model family, or it has been enlarged already; name a film as it was first made";
        return Err(Refusal::SourceUnfit { why }.into());
    }
    let origin = Origin::of((&record.task, &record.request), remake)?;
    Ok(Asked { origin: Some(origin), ..asked })
}

/// A character is taken from a finished film of the caller's own, where it names one.
fn characters_source(app: &App, caller: &Caller, asked: Asked) -> Result<Asked, AcceptError> {
    if let Some(Value::Text(id)) = asked.parameters.get(&Parameter::OriginTask) {
        let source = tasks::find_own(app, caller, id).map_err(AcceptError::Store)?;
        source.filter(|record| record.film.is_some()).ok_or(Refusal::SourceUnknown)?;
    }
    Ok(asked)
}

/// Accepts a remix, an edit or an extension of a film of the caller's own, asked for by OpenAI's clients: the source's own
/// model makes it.
pub async fn accept_remake(
    app: &App,
    caller: &Caller,
    (source, remake): (&Record, Remake),
    (prompt, seconds): (&str, Option<i64>),
    retry: &Retry,
) -> Result<Accepted, AcceptError> {
    let origin = Origin::of((&source.task, &source.request), remake)?;
    let asked = Asked::new("", Parameters::new(), Form::OpenAi);
    let asked = remake::asked_again(&origin, prompt, seconds, asked);
    tasks::accept_or_adopt(app, caller, asked, retry).await
}

/// The one enlargement of a film.
pub struct Enlargement {
    /// Its task.
    pub record: Record,
    /// Whether this call has made the task.
    pub is_new: bool,
}

/// The one enlargement of a film: made at the first call, found at every later one. One that failed is tried again.
pub async fn enlargement(
    app: &App,
    caller: &Caller,
    source_id: &str,
    (model, index): (&str, u32),
    callback_url: Option<String>,
) -> Result<Enlargement, AcceptError> {
    // One film has one name, however its id is written.
    let source = TaskId::parse(source_id).ok_or(Refusal::SourceUnknown)?;
    let mut times = 0;
    loop {
        let name = format!("{model}:{source}:{index}:{times}");
        let known = match caller.account(app).map_err(AcceptError::Store)? {
            Some(account) => app.store.once(account, &name).map_err(AcceptError::Store)?,
            None => None,
        };
        let (id, is_new) = match known {
            Some((id, _)) => (id, false),
            None => {
                let given = Parameters::from([(Parameter::OriginTask, Value::Text(source_id.to_owned()))]);
                let asked =
                    Asked { callback_url: callback_url.clone(), ..Asked::new(model, given, Form::KieVeo) };
                let retry = Retry { name: Some(name), ..Retry::default() };
                match tasks::accept_or_adopt(app, caller, asked, &retry).await {
                    // Of several that ask first in the same moment, one has made it.
                    Ok(accepted) => (accepted.id, !accepted.deduplicated),
                    // Somebody else asked for it in the same moment, with another callback.
                    Err(AcceptError::Refused(Refusal::KeyReused)) => continue,
                    Err(error) => return Err(error),
                }
            }
        };
        let record = app.store.record(id).map_err(AcceptError::Store)?.ok_or(Refusal::SourceUnknown)?;
        if is_new || !remake::is_enlarged_again(&record.task.phase, times) {
            return Ok(Enlargement { record, is_new });
        }
        times += 1;
    }
}
