//! `filmgate keys`: made, listed, revoked. A key is shown once.

use clap::Subcommand;
use filmgate_domain::credits::Credits;
use serde::Serialize;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::service::key::{self, NewKey};

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Make a key for an account, and the account if there is none; the key is shown once
    Create {
        /// The account's name
        name: String,
        /// Let the key ask for these models only, separated by commas
        #[arg(long, value_name = "ID,…", value_delimiter = ',')]
        models: Option<Vec<String>>,
        /// Let the key spend only so many credits of its account, in all
        #[arg(long, value_name = "N")]
        credits: Option<String>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    models: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits_max: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits_taken: Option<f64>,
}

pub(super) fn run(everywhere: &Everywhere, action: Action) -> Outcome {
    let app = session::open(everywhere)?;
    match action {
        Action::Create { name, models, credits } => {
            if !is_name(&name) {
                let text =
                    format!("\"{name}\" is no account name; use 1 to 64 letters, digits, `-`, `_` and `.`");
                return Err(Failure::Usage(text));
            }
            let NewKey { id, key, secret_hash } = NewKey::make(&app.random);
            let limits = key::limits(&app, models, credits.as_deref())
                .map_err(|fault| Failure::Usage(fault.to_string()))?;
            let write = app.store.create_key(id.clone(), secret_hash, (name.clone(), limits), app.now());
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
                    output::json(&Listed {
                        id: &key.id,
                        name: &key.account,
                        created_ms,
                        revoked_ms,
                        models: key.limits.models.as_deref(),
                        credits_max: key.limits.credits_max.map(Credits::as_f64),
                        credits_taken: key.limits.credits_max.map(|_| key.taken.as_f64()),
                    })
                });
            }
            let mut rows =
                vec![["key", "account", "created", "revoked", "limits"].map(str::to_owned).to_vec()];
            rows.extend(keys.into_iter().map(|key| {
                let revoked = key.revoked.map(output::moment).unwrap_or_default();
                let of_credits = key.limits.credits_max.map(|max| format!("{} of {max} credits", key.taken));
                let of_models = key.limits.models.map(|models| models.join(", "));
                let limits: Vec<String> = of_credits.into_iter().chain(of_models).collect();
                vec![key.id, key.account, output::moment(key.created), revoked, limits.join("; ")]
            }));
            output::table(&rows)
        }
        Action::Revoke { id } => {
            let public = key::split(&id).map_or(id.as_str(), |(public, _)| public).to_owned();
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
