//! Keys: made once, shown once, kept as a hash, looked up by their public part.

use filmgate_domain::credits::Credits;
use filmgate_store::KeyLimits;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::app::App;
use crate::random::Random;

/// A new key.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The public part, by which it is listed and revoked.
    pub id: String,
    /// The whole key, to be shown once.
    pub key: String,
    /// What is stored of the secret.
    pub secret_hash: [u8; 32],
}

impl NewKey {
    /// `fg_` + 8 hex digits (public) + `_` + 64 hex digits (256 random bits; that many need no slow hash).
    pub fn make(random: &Random) -> Self {
        let id = format!("{:08x}", random.bits() >> 96);
        let secret = format!("{:032x}{:032x}", random.bits(), random.bits());
        let secret_hash = Sha256::digest(secret.as_bytes()).into();
        Self { key: format!("fg_{id}_{secret}"), id, secret_hash }
    }
}

/// Splits a key into its public part and the hash of its secret; `None` if it does not look like one of ours.
pub fn split(key: &str) -> Option<(&str, [u8; 32])> {
    let (id, secret) = key.strip_prefix("fg_")?.split_once('_')?;
    (id.len() == 8 && secret.len() == 64).then(|| (id, Sha256::digest(secret.as_bytes()).into()))
}

/// The name of the sandbox account of a bearer key. The key itself is never stored: it may be a real one.
pub fn sandbox_name(key: &str) -> String {
    format!("sandbox-{}", hex::encode(&Sha256::digest(key.as_bytes())[..8]))
}

/// Why a key cannot be limited like that.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LimitFault {
    /// No card has this id or alias.
    #[error("there is no model \"{0}\"; `filmgate models` lists all")]
    UnknownModel(String),
    /// A key for no model at all would be good for nothing.
    #[error("a key is for one model at least")]
    NoModel,
    /// It is no amount, or none above zero.
    #[error("\"{0}\" is no number of credits")]
    NotCredits(String),
}

/// What a key may do less than its account.
pub fn limits(
    app: &App,
    models: Option<Vec<String>>,
    credits_max: Option<&str>,
) -> Result<KeyLimits, LimitFault> {
    if models.as_ref().is_some_and(Vec::is_empty) {
        return Err(LimitFault::NoModel);
    }
    let id = |name: String| match app.catalogue.find(name.trim()) {
        Some(card) => Ok(card.id.clone()),
        None => Err(LimitFault::UnknownModel(name)),
    };
    let models = models.map(|names| names.into_iter().map(id).collect::<Result<_, _>>()).transpose()?;
    let amount = |text: &str| {
        let wrong = || LimitFault::NotCredits(text.to_owned());
        Credits::parse(text).filter(|credits| credits.0 > 0).ok_or_else(wrong)
    };
    Ok(KeyLimits { models, credits_max: credits_max.map(amount).transpose()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_split_into_what_was_stored_of_it() {
        let new = NewKey::make(&Random::seeded(1));
        assert_eq!(split(&new.key), Some((new.id.as_str(), new.secret_hash)));
        assert!(split(&new.key[1..]).is_none() && split("fg_x_y").is_none() && split("").is_none());
    }
}
