//! One source of configuration: a file, the environment, or the flags; every key optional.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

use super::upstreams::{self, Secret, UpstreamKeys};

/// Every key that can be configured.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// `FILMGATE_LISTEN`: the address to listen on.
    pub listen: Option<String>,
    /// `FILMGATE_DATA`: the data folder.
    pub data: Option<PathBuf>,
    /// `FILMGATE_PUBLIC_URL`: the address that result links carry.
    pub public_url: Option<String>,
    /// `FILMGATE_DEADLINE_HOURS`: how long a task is waited for.
    pub deadline_hours: Option<i64>,
    /// `FILMGATE_STRICT`: whether other spellings and types than the documented ones are refused.
    pub strict: Option<bool>,
    /// Who makes films.
    pub routes: Option<Routes>,
    /// What clients' links may reach.
    pub network: Option<Network>,
    /// How often clients may ask.
    pub limits: Option<LimitKeys>,
    /// The embedded studio.
    pub studio: Option<StudioKeys>,
    /// Upstreams by name.
    pub upstreams: Option<BTreeMap<String, UpstreamKeys>>,
    /// What upstreams are asked for nothing.
    pub survey: Option<SurveyKeys>,
    /// `FILMGATE_OPERATOR_KEY`: the key that opens `/metrics` and `/filmgate/v1/upstreams` to other machines.
    pub operator_key: Option<Secret>,
    /// `FILMGATE_OPERATOR_KEY_FILE`: a file that holds it.
    pub operator_key_file: Option<PathBuf>,
}

/// `[survey]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyKeys {
    /// `FILMGATE_SURVEY_EVERY_HOURS`: how often `serve` surveys its upstreams by itself.
    pub every_hours: Option<u32>,
    /// `FILMGATE_SURVEY_PACE_MS`: the time between two requests of a survey to one upstream.
    pub pace_ms: Option<u32>,
}

/// `[routes]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routes {
    /// `FILMGATE_ROUTES_DEFAULT`, separated by commas: upstreams for all models, in order.
    pub default: Option<Vec<String>>,
    /// Upstreams for single models, or for all whose ids begin like a pattern that ends with `*`.
    pub models: Option<BTreeMap<String, Vec<String>>>,
    /// `FILMGATE_ROUTES_STOP_ON_FAILURE`: a failed run ends the task although there is another route.
    pub stop_on_failure: Option<bool>,
}

/// `[network]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// `FILMGATE_NETWORK_ALLOW`, separated by commas: private ranges that clients' links may reach.
    pub allow: Option<Vec<String>>,
    /// `FILMGATE_UPSTREAM_NETWORK_ALLOW`, separated by commas: private ranges that upstreams' result links may reach.
    pub upstream_allow: Option<Vec<String>>,
}

/// `[limits]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitKeys {
    /// `FILMGATE_LIMITS_CREATES_PER_10S`: creates of one account in 10 seconds; 0 is no limit.
    pub creates_per_10s: Option<u32>,
    /// `FILMGATE_LIMITS_READS_PER_S`: looks at one task in a second; 0 is no limit.
    pub reads_per_s: Option<u32>,
    /// `FILMGATE_LIMITS_HTTP_429`: Kie's form says a limit with HTTP status 429, too, and not only with `code`.
    pub http_429: Option<bool>,
}

/// `[studio]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudioKeys {
    /// `FILMGATE_STUDIO_RENDERS`: how many films are made at once; 0 makes none.
    pub renders: Option<usize>,
}

impl Source {
    /// Reads a file; the error names the file and the line.
    pub fn from_file(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("configuration file {}", path.display()))?;
        toml::from_str(&text).map_err(|error: toml::de::Error| {
            // The line itself stays out of the message: it may hold a key.
            let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(""));
            let line = before.matches('\n').count() + 1;
            anyhow::anyhow!("configuration file {}, line {line}: {}", path.display(), error.message())
        })
    }

    /// Reads the `FILMGATE_*` variables, and those of the upstreams: the ones that the file names, `kie` and `engine`.
    pub(super) fn from_environment(upstreams_of_file: &[String]) -> anyhow::Result<Self> {
        let renders = number::<u32>("FILMGATE_STUDIO_RENDERS")?;
        Ok(Self {
            listen: variable("FILMGATE_LISTEN"),
            data: variable("FILMGATE_DATA").map(PathBuf::from),
            public_url: variable("FILMGATE_PUBLIC_URL"),
            deadline_hours: number::<u32>("FILMGATE_DEADLINE_HOURS")?.map(i64::from),
            strict: flag("FILMGATE_STRICT")?,
            routes: Some(Routes {
                default: list("FILMGATE_ROUTES_DEFAULT"),
                models: None,
                stop_on_failure: flag("FILMGATE_ROUTES_STOP_ON_FAILURE")?,
            }),
            network: Some(Network {
                allow: list("FILMGATE_NETWORK_ALLOW"),
                upstream_allow: list("FILMGATE_UPSTREAM_NETWORK_ALLOW"),
            }),
            limits: Some(LimitKeys {
                creates_per_10s: number("FILMGATE_LIMITS_CREATES_PER_10S")?,
                reads_per_s: number("FILMGATE_LIMITS_READS_PER_S")?,
                http_429: flag("FILMGATE_LIMITS_HTTP_429")?,
            }),
            studio: Some(StudioKeys { renders: renders.map(|renders| renders as usize) }),
            upstreams: Some(upstreams::from_environment(upstreams_of_file)?),
            survey: Some(SurveyKeys {
                every_hours: number("FILMGATE_SURVEY_EVERY_HOURS")?,
                pace_ms: number("FILMGATE_SURVEY_PACE_MS")?,
            }),
            operator_key: variable("FILMGATE_OPERATOR_KEY").map(Secret),
            operator_key_file: variable("FILMGATE_OPERATOR_KEY_FILE").map(PathBuf::from),
        })
    }

    /// This source where it says something, else `lower`.
    pub(super) fn over(self, lower: Self) -> Self {
        let (routes, lower_routes) = (self.routes.unwrap_or_default(), lower.routes.unwrap_or_default());
        let (network, lower_network) = (self.network.unwrap_or_default(), lower.network.unwrap_or_default());
        let (limits, lower_limits) = (self.limits.unwrap_or_default(), lower.limits.unwrap_or_default());
        let (studio, lower_studio) = (self.studio.unwrap_or_default(), lower.studio.unwrap_or_default());
        let (survey, lower_survey) = (self.survey.unwrap_or_default(), lower.survey.unwrap_or_default());
        let has_key = self.operator_key.is_some() || self.operator_key_file.is_some();
        let (operator_key, operator_key_file) = if has_key {
            (self.operator_key, self.operator_key_file)
        } else {
            (lower.operator_key, lower.operator_key_file)
        };
        let mut upstreams = lower.upstreams.unwrap_or_default();
        for (name, keys) in self.upstreams.unwrap_or_default() {
            let below = upstreams.remove(&name).unwrap_or_default();
            upstreams.insert(name, keys.over(below));
        }
        Self {
            listen: self.listen.or(lower.listen),
            data: self.data.or(lower.data),
            public_url: self.public_url.or(lower.public_url),
            deadline_hours: self.deadline_hours.or(lower.deadline_hours),
            strict: self.strict.or(lower.strict),
            routes: Some(Routes {
                default: routes.default.or(lower_routes.default),
                models: routes.models.or(lower_routes.models),
                stop_on_failure: routes.stop_on_failure.or(lower_routes.stop_on_failure),
            }),
            network: Some(Network {
                allow: network.allow.or(lower_network.allow),
                upstream_allow: network.upstream_allow.or(lower_network.upstream_allow),
            }),
            limits: Some(LimitKeys {
                creates_per_10s: limits.creates_per_10s.or(lower_limits.creates_per_10s),
                reads_per_s: limits.reads_per_s.or(lower_limits.reads_per_s),
                http_429: limits.http_429.or(lower_limits.http_429),
            }),
            studio: Some(StudioKeys { renders: studio.renders.or(lower_studio.renders) }),
            upstreams: Some(upstreams),
            survey: Some(SurveyKeys {
                every_hours: survey.every_hours.or(lower_survey.every_hours),
                pace_ms: survey.pace_ms.or(lower_survey.pace_ms),
            }),
            operator_key,
            operator_key_file,
        }
    }
}

/// A variable that holds a number.
pub(super) fn number<T: std::str::FromStr>(name: &str) -> anyhow::Result<Option<T>> {
    let wrong = |text: &str| anyhow::anyhow!("{name}: \"{text}\" is not a whole number");
    variable(name).map(|text| text.parse().map_err(|_| wrong(&text))).transpose()
}

fn flag(name: &str) -> anyhow::Result<Option<bool>> {
    let wrong = |text: &str| anyhow::anyhow!("{name}: \"{text}\" is neither true nor false");
    variable(name).map(|text| text.parse().map_err(|_| wrong(&text))).transpose()
}

fn list(name: &str) -> Option<Vec<String>> {
    let items =
        |text: String| text.split(',').map(|item| item.trim().to_owned()).filter(|i| !i.is_empty()).collect();
    variable(name).map(items)
}

/// A variable of the environment; an empty one counts as none.
pub(super) fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the place where the environment is read")]
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
