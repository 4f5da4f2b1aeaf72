//! Who is probed: an upstream that the flags describe, one that they name, or all that are configured.

use filmgate_domain::doubt::OnDoubt;
use sha2::{Digest as _, Sha256};

use super::super::Failure;
use super::Arguments;
use crate::config::{self, Config, Secret, UpstreamConfig};

/// A survey is for somebody who waits: for a connection, for a request to leave, and for its answer.
const PATIENCE_MS: [u64; 3] = [8_000, 4_000, 12_000];

/// An upstream to be asked.
#[derive(Clone)]
pub(super) struct Chosen {
    pub(super) config: UpstreamConfig,
    pub(super) is_filmgate: bool,
    /// Whether address and key are those of the configuration, so that a server beside this command means the same account.
    pub(super) is_configured: bool,
}

impl Chosen {
    fn configured(config: UpstreamConfig) -> Self {
        Self { config, is_filmgate: false, is_configured: true }
    }

    /// An upstream that only the flags know.
    fn passing(dialect: &str, url: &str, key: Option<String>) -> Result<Self, Failure> {
        let is_filmgate = dialect == "filmgate";
        let spoken = if is_filmgate { "kie" } else { dialect };
        let config = config::passing(dialect, spoken, url, key)
            .map_err(|error| Failure::Usage(format!("{error:#}")))?;
        Ok(Self { config, is_filmgate, is_configured: false })
    }

    fn with_key(mut self, key: String) -> Self {
        self.config.key = Some(Secret(key));
        Self { is_configured: false, ..self }
    }

    /// The configuration under which a film of this upstream is ordered: one submit, whatever the operator allows
    /// otherwise, and in a folder of its own where no server could take the task for one of its own account.
    pub(super) fn ordering(&self, config: &Config) -> Config {
        let mut config = config.clone();
        if !self.is_configured {
            let key = self.config.key.as_ref().map_or("", |Secret(key)| key);
            let account = format!("{} {key}", self.config.base.url(""));
            let name = hex::encode(&Sha256::digest(account)[..4]);
            config.data = config.data.join(format!("probe-{name}"));
        }
        let mut upstream = self.config.clone();
        upstream.times = filmgate_providers::http::Times::default();
        upstream.policy.on_doubt = OnDoubt::Park;
        upstream.policy.max_paid_attempts = 1;
        config.upstreams = vec![upstream];
        config
    }
}

/// All that are asked.
pub(super) fn chosen(config: &Config, arguments: &Arguments) -> Result<Vec<Chosen>, Failure> {
    let all = || config.upstreams.iter().cloned().map(Chosen::configured);
    let named = |name: &str| all().find(|chosen| chosen.config.offer.name == name);
    let mut chosen = match (&arguments.url, &arguments.upstream) {
        (Some(url), _) => {
            let dialect = arguments.dialect.as_deref().unwrap_or("kie");
            // The variable is there so that no key need stand on the command line.
            let key = arguments.key.clone().or_else(config::probe_key);
            if key.is_none() && dialect != "openai" {
                return Err(Failure::Usage("add --key, or set FILMGATE_PROBE_KEY".into()));
            }
            vec![Chosen::passing(dialect, url, key)?]
        }
        (None, Some(name)) => {
            let chosen = named(name).ok_or_else(|| no_upstream(config, name))?;
            vec![match &arguments.key {
                Some(key) => chosen.with_key(key.clone()),
                None => chosen,
            }]
        }
        (None, None) => match arguments.key.clone().or_else(config::probe_key) {
            Some(key) => vec![match named("kie") {
                Some(kie) => kie.with_key(key),
                None => Chosen::passing("kie", &config::kie_url(), Some(key))?,
            }],
            None => all().collect(),
        },
    };
    if chosen.is_empty() {
        return Err(Failure::Usage(
            "no upstream is configured; set KIE_API_KEY or FILMGATE_ENGINE_URL, or name one with --url URL --dialect \
             kie|openai|filmgate --key KEY. The embedded studio needs no key and no survey"
                .into(),
        ));
    }
    for Chosen { config, .. } in &mut chosen {
        let times = &mut config.times;
        let limits = [&mut times.connect_ms, &mut times.write_ms, &mut times.read_ms].into_iter();
        limits.zip(PATIENCE_MS).for_each(|(ms, patience_ms)| *ms = (*ms).min(patience_ms));
    }
    Ok(chosen)
}

fn no_upstream(config: &Config, name: &str) -> Failure {
    let known: Vec<&str> = config.upstreams.iter().map(|upstream| upstream.offer.name.as_str()).collect();
    let known = if known.is_empty() { "none is".to_owned() } else { known.join(", ") };
    Failure::Usage(format!("there is no upstream \"{name}\"; configured: {known}"))
}
