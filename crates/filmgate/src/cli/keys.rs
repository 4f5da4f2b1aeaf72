//! `filmgate keys`: made, listed, revoked. A key is shown once.

use clap::Subcommand;
use serde::Serialize;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::service::key::NewKey;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Make a key for an account, and the account if there is none; the key is shown once
    Create {
        /// The account's name
        name: String,
    },
    /// List all keys, without their secrets
    List,
    /// Revoke a key from its next request on
    Revoke {
        /// The key's public part, as listed, or the whole key
        id: String,
    },
}

#[derive(Serialize)]
struct Created<'a> {
    name: &'a str,
    key: &'a str,
    id: &'a str,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    created_ms: i64,
    revoked_ms: Option<i64>,
}

pub(super) fn run(everywhere: &Everywhere, action: Action) -> Outcome {
    let app = session::open(everywhere)?;
    match action {
        Action::Create { name } => {
            if !is_name(&name) {
                let text =
                    format!("\"{name}\" is no account name; use 1 to 64 letters, digits, `-`, `_` and `.`");
                return Err(Failure::Usage(text));
            }
            let NewKey { id, key, secret_hash } = NewKey::make(&app.random);
            let write = app.store.create_key(id.clone(), secret_hash, name.clone(), app.now());
            session::runtime()?.block_on(write)?;
            if everywhere.json {
                return output::json(&Created { name: &name, key: &key, id: &id });
            }
            output::note(&format!(
                "The key of account {name}. It is shown this once; `filmgate keys revoke {id}` revokes it."
            ));
            output::line(key)
        }
        Action::List => {
            let keys = app.store.keys()?;
            if everywhere.json {
                return keys.iter().try_for_each(|key| {
                    let (created_ms, revoked_ms) = (key.created.0, key.revoked.map(|revoked| revoked.0));
                    output::json(&Listed { id: &key.id, name: &key.account, created_ms, revoked_ms })
                });
            }
            let mut rows = vec![["key", "account", "created", "revoked"].map(str::to_owned).to_vec()];
            rows.extend(keys.into_iter().map(|key| {
                let revoked = key.revoked.map(output::moment).unwrap_or_default();
                vec![key.id, key.account, output::moment(key.created), revoked]
            }));
            output::table(&rows)
        }
        Action::Revoke { id } => {
            let public = crate::service::key::split(&id).map_or(id.as_str(), |(public, _)| public).to_owned();
            if session::runtime()?.block_on(app.store.revoke_key(public.clone(), app.now()))? {
                output::line(format!("{public} is revoked"))
            } else {
                Err(Failure::Task(format!("there is no live key {public}; `filmgate keys list` shows all")))
            }
        }
    }
}

/// Accounts that filmgate makes itself.
fn is_reserved(name: &str) -> bool {
    matches!(name, "owner" | "local") || name.starts_with("sandbox-")
}

fn is_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    (1..=64).contains(&name.chars().count()) && name.chars().all(allowed) && !is_reserved(name)
}
