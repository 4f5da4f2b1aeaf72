//! Upstreams in the configuration: their keys in file and environment, and what they come to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use filmgate_domain::attempt::Repeat;
use filmgate_domain::catalogue::Dialect;
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::{OnDoubt, UpstreamPolicy};
use filmgate_domain::route::{Offer, STUDIO};
use filmgate_providers::http::{Base, Times};
use filmgate_providers::openai::Encoding;
use serde::Deserialize;

use super::source::{number, variable};

const KIE_URL: &str = "https://api.kie.ai";
const KIE_UPLOAD_URL: &str = "https://kieai.redpandaai.co";
/// What a submit may take beyond its writing and reading: names, connections and our own commits.
const CALL_MARGIN_MS: u64 = 15_000;

/// `[upstreams.NAME]`; in the environment `FILMGATE_UPSTREAMS_NAME_KEY`, and the short names of `kie` and `engine`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpstreamKeys {
    /// `kie` or `openai`; may be left out for the names `kie` and `engine`.
    pub dialect: Option<String>,
    /// Its address; for OpenAI's dialect with `/v1`.
    pub url: Option<String>,
    /// Where Kie takes uploads.
    pub upload_url: Option<String>,
    /// The operator's key there.
    pub key: Option<Secret>,
    /// A file that holds the key.
    pub key_file: Option<PathBuf>,
    /// Its name for every model.
    pub model: Option<String>,
    /// Its names for models, by our card's id. With it, other models are not asked there.
    pub models: Option<BTreeMap<String, String>>,
    /// What to do about a doubt: `park`, `fail`, `next_route` or `resubmit`.
    pub on_doubt: Option<String>,
    /// How long a doubtful attempt is waited for.
    pub doubt_s: Option<u32>,
    /// How many attempts of one task may be paid.
    pub max_paid_attempts: Option<u32>,
    /// Routes that cost more credits than this are skipped.
    pub max_cost: Option<String>,
    /// What it promises about the same submit sent twice: `never`, `keyed` or `safe`.
    pub repeat: Option<String>,
    /// The shortest time between two reads of one job.
    pub poll_ms: Option<u32>,
    /// Limits of time of one call.
    pub connect_ms: Option<u64>,
    /// See `connect_ms`.
    pub write_ms: Option<u64>,
    /// See `connect_ms`.
    pub read_ms: Option<u64>,
    /// How many creates it takes in 10 s; 0 for any number.
    pub creates_per_10s: Option<u32>,
    /// How OpenAI's dialect writes a create: `multipart` or `json`.
    pub create_encoding: Option<String>,
    /// Fields that are added to each create in OpenAI's dialect.
    pub extra_fields: Option<BTreeMap<String, String>>,
}

/// A secret that no log shows.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// An upstream, complete.
#[derive(Clone, Debug)]
pub struct UpstreamConfig {
    /// Its name and dialect, and its names of models.
    pub offer: Offer,
    /// Its address.
    pub base: Base,
    /// Where it takes uploads.
    pub upload_base: Base,
    /// The operator's key there.
    pub key: Option<Secret>,
    /// How it is dealt with.
    pub policy: UpstreamPolicy,
    /// How long it may take.
    pub times: Times,
    /// How many creates it takes in 10 s; 0 for any number.
    pub creates_per_10s: usize,
    /// How a create is written in OpenAI's dialect.
    pub encoding: Encoding,
    /// Fields that are added to each create in OpenAI's dialect.
    pub extra_fields: BTreeMap<String, String>,
}

impl UpstreamKeys {
    pub(super) fn over(self, lower: Self) -> Self {
        // A key and a file that holds one exclude each other, also over sources.
        let has_key = self.key.is_some() || self.key_file.is_some();
        let (key, key_file) = if has_key { (self.key, self.key_file) } else { (lower.key, lower.key_file) };
        Self {
            dialect: self.dialect.or(lower.dialect),
            url: self.url.or(lower.url),
            upload_url: self.upload_url.or(lower.upload_url),
            key,
            key_file,
            model: self.model.or(lower.model),
            models: self.models.or(lower.models),
            on_doubt: self.on_doubt.or(lower.on_doubt),
            doubt_s: self.doubt_s.or(lower.doubt_s),
            max_paid_attempts: self.max_paid_attempts.or(lower.max_paid_attempts),
            max_cost: self.max_cost.or(lower.max_cost),
            repeat: self.repeat.or(lower.repeat),
            poll_ms: self.poll_ms.or(lower.poll_ms),
            connect_ms: self.connect_ms.or(lower.connect_ms),
            write_ms: self.write_ms.or(lower.write_ms),
            read_ms: self.read_ms.or(lower.read_ms),
            creates_per_10s: self.creates_per_10s.or(lower.creates_per_10s),
            create_encoding: self.create_encoding.or(lower.create_encoding),
            extra_fields: self.extra_fields.or(lower.extra_fields),
        }
    }

    fn says_nothing(&self) -> bool {
        self.url.is_none() && self.key.is_none() && self.key_file.is_none()
    }
}

/// What the environment says of the upstreams with these names, of `kie` and of `engine`.
pub(super) fn from_environment(names: &[String]) -> anyhow::Result<BTreeMap<String, UpstreamKeys>> {
    let mut upstreams = BTreeMap::new();
    let own = ["kie".to_owned(), "engine".to_owned()];
    for name in names.iter().chain(&own) {
        let keys = short_names(name).over(long_names(name)?);
        upstreams.insert(name.clone(), keys);
    }
    Ok(upstreams)
}

fn short_names(name: &str) -> UpstreamKeys {
    let key_file = |name: &str| variable(name).map(PathBuf::from);
    match name {
        "kie" => UpstreamKeys {
            key: variable("KIE_API_KEY").or_else(|| variable("KIE_AI_API_KEY")).map(Secret),
            key_file: key_file("KIE_API_KEY_FILE").or_else(|| key_file("KIE_AI_API_KEY_FILE")),
            url: variable("KIE_BASE_URL"),
            upload_url: variable("KIE_UPLOAD_BASE_URL"),
            ..UpstreamKeys::default()
        },
        "engine" => UpstreamKeys {
            url: variable("FILMGATE_ENGINE_URL"),
            key: variable("FILMGATE_ENGINE_KEY").map(Secret),
            key_file: key_file("FILMGATE_ENGINE_KEY_FILE"),
            model: variable("FILMGATE_ENGINE_MODEL"),
            ..UpstreamKeys::default()
        },
        _ => UpstreamKeys::default(),
    }
}

fn long_names(name: &str) -> anyhow::Result<UpstreamKeys> {
    let prefix = format!("FILMGATE_UPSTREAMS_{}", name.to_ascii_uppercase().replace('-', "_"));
    let text = |key: &str| variable(&format!("{prefix}_{key}"));
    Ok(UpstreamKeys {
        dialect: text("DIALECT"),
        url: text("URL"),
        upload_url: text("UPLOAD_URL"),
        key: text("KEY").map(Secret),
        key_file: text("KEY_FILE").map(PathBuf::from),
        model: text("MODEL"),
        models: None,
        on_doubt: text("ON_DOUBT"),
        doubt_s: number(&format!("{prefix}_DOUBT_S"))?,
        max_paid_attempts: number(&format!("{prefix}_MAX_PAID_ATTEMPTS"))?,
        max_cost: text("MAX_COST"),
        repeat: text("REPEAT"),
        poll_ms: number(&format!("{prefix}_POLL_MS"))?,
        connect_ms: number(&format!("{prefix}_CONNECT_MS"))?,
        write_ms: number(&format!("{prefix}_WRITE_MS"))?,
        read_ms: number(&format!("{prefix}_READ_MS"))?,
        creates_per_10s: number(&format!("{prefix}_CREATES_PER_10S"))?,
        create_encoding: text("CREATE_ENCODING"),
        extra_fields: None,
    })
}

/// The upstreams that are configured; one of which nothing is said is none.
pub(super) fn resolve(sources: BTreeMap<String, UpstreamKeys>) -> anyhow::Result<Vec<UpstreamConfig>> {
    // `kie` and `engine` may be tuned where their keys are not known; any other name is somebody's upstream.
    let is_meant = |name: &str| name != "kie" && name != "engine";
    let said = sources.into_iter().filter(|(name, keys)| is_meant(name) || !keys.says_nothing());
    said.map(|(name, keys)| resolve_one(&name, keys).with_context(|| format!("upstreams.{name}"))).collect()
}

fn resolve_one(name: &str, keys: UpstreamKeys) -> anyhow::Result<UpstreamConfig> {
    ensure!(name != STUDIO, "the embedded studio is no upstream that can be configured here");
    let is_plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    ensure!(!name.is_empty() && is_plain(name), "a name consists of letters, digits, - and _");
    let dialect = match (keys.dialect.as_deref(), name) {
        (Some("kie"), _) | (None, "kie") => Dialect::Kie,
        (Some("openai"), _) | (None, "engine") => Dialect::Openai,
        (Some(other), _) => bail!("dialect: \"{other}\" is neither kie nor openai"),
        (None, _) => bail!("dialect is missing: kie or openai"),
    };
    let key = key(keys.key, keys.key_file, dialect)?;
    let url = match (keys.url, dialect) {
        (Some(url), _) => url,
        (None, Dialect::Kie) => KIE_URL.to_owned(),
        (None, _) => bail!("url is missing, such as http://127.0.0.1:8000/v1"),
    };
    let bare = url.trim_end_matches('/');
    let bare = if dialect == Dialect::Kie { bare.strip_suffix("/api/v1").unwrap_or(bare) } else { bare };
    let base = parse(bare).context("url")?;
    let upload_base = match &keys.upload_url {
        Some(url) => parse(url).context("upload_url")?,
        // Who speaks Kie's dialect elsewhere takes uploads on the same host (kie-api.md 8).
        None if dialect == Dialect::Kie && bare == KIE_URL => parse(KIE_UPLOAD_URL)?,
        None => base.clone(),
    };
    let repeat = repeat(keys.repeat.as_deref())?;
    let takes_keys = dialect == Dialect::Openai || repeat != Repeat::Keyed;
    ensure!(takes_keys, "repeat: Kie's API takes no idempotency key, so it cannot be keyed");
    let extra_fields = keys.extra_fields.unwrap_or_default();
    for own in filmgate_wire::openai::OWN_FIELDS {
        ensure!(!extra_fields.contains_key(own), "extra_fields: {own} is filled in from each request");
    }
    let mut models = keys.models.unwrap_or_default();
    models.extend(keys.model.map(|model| ("*".to_owned(), model)));
    let standard = doubt(keys.on_doubt.as_deref(), keys.max_paid_attempts)?;
    let times = times([keys.connect_ms, keys.write_ms, keys.read_ms])?;
    let default_creates = if dialect == Dialect::Kie { 20 } else { 0 };
    let call_ms = i64::try_from(times.write_ms.saturating_add(times.read_ms).saturating_add(CALL_MARGIN_MS))
        .unwrap_or(i64::MAX);
    Ok(UpstreamConfig {
        offer: Offer { name: name.to_owned(), dialect, models },
        base,
        upload_base,
        key,
        policy: UpstreamPolicy {
            repeat,
            call_ms,
            doubt_ms: keys.doubt_s.map_or(standard.doubt_ms, |s| i64::from(s) * 1_000),
            poll_ms: keys.poll_ms.map_or(standard.poll_ms, i64::from).max(10),
            max_cost: keys.max_cost.map(|text| credits(&text)).transpose()?,
            ..standard
        },
        times,
        creates_per_10s: keys.creates_per_10s.unwrap_or(default_creates) as usize,
        encoding: match keys.create_encoding.as_deref() {
            None | Some("multipart") => Encoding::Multipart,
            Some("json") => Encoding::Json,
            Some(other) => bail!("create_encoding: \"{other}\" is neither multipart nor json"),
        },
        extra_fields,
    })
}

/// Where Kie is, unless the environment says otherwise.
pub fn kie_url() -> String {
    variable("KIE_BASE_URL").unwrap_or_else(|| KIE_URL.to_owned())
}

/// An upstream that is in no configuration, for one command.
pub fn passing(name: &str, dialect: &str, url: &str, key: Option<String>) -> anyhow::Result<UpstreamConfig> {
    let (dialect, url) = (Some(dialect.to_owned()), Some(url.to_owned()));
    resolve_one(name, UpstreamKeys { dialect, url, key: key.map(Secret), ..UpstreamKeys::default() })
}

/// The key itself, or what the file holds. Kie has none without.
fn key(key: Option<Secret>, file: Option<PathBuf>, dialect: Dialect) -> anyhow::Result<Option<Secret>> {
    let key = secret(key, file)?;
    ensure!(dialect != Dialect::Kie || key.is_some(), "key is missing (KIE_API_KEY)");
    Ok(key)
}

/// A secret that is given itself, or in a file.
pub(super) fn secret(key: Option<Secret>, file: Option<PathBuf>) -> anyhow::Result<Option<Secret>> {
    let key = match (key, file) {
        (Some(_), Some(_)) => bail!("both a key and a file with a key are given"),
        (Some(key), None) => Some(key),
        (None, Some(file)) => Some(read_secret(&file)?),
        (None, None) => None,
    };
    let is_visible =
        |Secret(key): &Secret| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    ensure!(key.as_ref().is_none_or(is_visible), "the key is not one line of visible ASCII characters");
    Ok(key)
}

fn times(given: [Option<u64>; 3]) -> anyhow::Result<Times> {
    let usual = Times::default();
    let [connect_ms, write_ms, read_ms] = given;
    let connect_ms = connect_ms.unwrap_or(usual.connect_ms);
    let (write_ms, read_ms) = (write_ms.unwrap_or(usual.write_ms), read_ms.unwrap_or(usual.read_ms));
    for (name, ms) in [("connect_ms", connect_ms), ("write_ms", write_ms), ("read_ms", read_ms)] {
        ensure!((1..=3_600_000).contains(&ms), "{name} is 1 to 3600000");
    }
    Ok(Times { connect_ms, write_ms, read_ms })
}

/// A policy that may pay again is allowed one more attempt unless the operator says how many.
fn doubt(on_doubt: Option<&str>, max_paid_attempts: Option<u32>) -> anyhow::Result<UpstreamPolicy> {
    let on_doubt = match on_doubt {
        None => OnDoubt::Park,
        Some(name) => OnDoubt::named(name)
            .with_context(|| format!("on_doubt: \"{name}\" is not park, fail, next_route or resubmit"))?,
    };
    let usual = if on_doubt.may_pay_again() { 2 } else { 1 };
    let most = max_paid_attempts.unwrap_or(usual);
    ensure!((1..=10).contains(&most), "max_paid_attempts is 1 to 10");
    ensure!(
        !on_doubt.may_pay_again() || most > 1,
        "max_paid_attempts must be 2 or more for a policy that may pay again"
    );
    Ok(UpstreamPolicy { on_doubt, max_paid_attempts: most, ..UpstreamPolicy::default() })
}

fn repeat(name: Option<&str>) -> anyhow::Result<Repeat> {
    match name {
        None | Some("never") => Ok(Repeat::Never),
        Some("keyed") => Ok(Repeat::Keyed),
        Some("safe") => Ok(Repeat::Safe),
        Some(other) => bail!("repeat: \"{other}\" is not never, keyed or safe"),
    }
}

fn credits(text: &str) -> anyhow::Result<Credits> {
    Credits::parse(text).with_context(|| format!("max_cost: \"{text}\" is no number of credits"))
}

fn parse(url: &str) -> anyhow::Result<Base> {
    Base::parse(url).map_err(anyhow::Error::msg)
}

fn read_secret(file: &std::path::Path) -> anyhow::Result<Secret> {
    let text = std::fs::read_to_string(file).with_context(|| format!("the key file {}", file.display()))?;
    ensure!(!text.trim().is_empty(), "the key file {} is empty", file.display());
    Ok(Secret(text.trim().to_owned()))
}
