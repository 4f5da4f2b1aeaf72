//! Characters: whom an id names, whichever dialect's form made it.

use filmgate_domain::catalogue::Makes;
use filmgate_domain::id::TaskId;
use filmgate_domain::request::Parameter;
use filmgate_domain::task::Phase;
use filmgate_store::{Character, Record, StoreError};

use super::caller::Caller;
use crate::app::App;

const PREFIX: &str = "char_";

/// A character as every dialect shows it.
pub(crate) fn id(number: [u8; 16]) -> String {
    format!("{PREFIX}{}", TaskId(number))
}

/// The id of the character that this task made, if it made one.
pub(crate) fn made_by(app: &App, record: &Record) -> Option<String> {
    of_task(app, record).map(|character| id(character.id))
}

/// The caller's own character with this id. None if there is none, or if it is another account's, which must not differ.
pub(crate) fn find(app: &App, caller: &Caller, id: &str) -> Result<Option<Character>, StoreError> {
    let Some(number) = id.strip_prefix(PREFIX).and_then(TaskId::parse) else { return Ok(None) };
    let account = caller.account(app)?;
    let found = match app.store.character(number.0)? {
        Some(character) => Some(character),
        None => app.store.record(number)?.and_then(|record| of_task(app, &record)),
    };
    Ok(found.filter(|character| Some(character.account) == account))
}

/// The first of these ids that is one of ours and names nobody of the caller's. Ids of another form are a client's own.
pub(crate) fn stranger<'a>(
    app: &App,
    caller: &Caller,
    ids: &'a [String],
) -> Result<Option<&'a String>, StoreError> {
    for id in ids.iter().filter(|id| id.starts_with(PREFIX)) {
        if find(app, caller, id)?.is_none() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Kie's form makes a character by a task of its own.
fn of_task(app: &App, record: &Record) -> Option<Character> {
    let (task, request) = (&record.task, &record.request);
    let card = app.catalogue.find(&request.model)?;
    (card.makes == Makes::Character && task.phase == Phase::Succeeded).then(|| Character {
        id: task.id.0,
        account: task.account,
        name: request.text(Parameter::CharacterName).to_owned(),
        task: record.seq,
        created: task.created,
    })
}
