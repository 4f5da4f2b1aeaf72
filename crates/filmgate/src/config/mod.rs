//! The configuration: flag over environment over file over default, each key with its `FILMGATE_*` variable.

mod paths;
mod source;
mod upstreams;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, ensure};
use filmgate_domain::limit::Limit;
use filmgate_domain::route::{self, Offer, RouteName, RoutePolicy};
use ipnet::IpNet;
pub use source::Source;
pub use upstreams::{Secret, UpstreamConfig, kie_url, passing};

use crate::catalogue;

/// The default address; product.md fixes it.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:2424";

/// Kie's list of models takes one request a second (reference, 1.5).
const SURVEY_PACE_MS: u32 = 1_000;

/// Kie's own limits: 20 creates in 10 seconds for an account, and 10 looks at a task in a second (reference, 1.5).
const CREATES_PER_10S: u32 = 20;
const READS_PER_S: u32 = 10;

/// What the operator has decided, complete.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where everything is kept.
    pub data: PathBuf,
    /// The address that result links carry; the listen address if there is none.
    pub public_url: Option<String>,
    /// Who makes films.
    pub routes: RoutePolicy,
    /// The upstreams that are configured.
    pub upstreams: Vec<UpstreamConfig>,
    /// Private ranges that clients' links may reach.
    pub network_allow: Vec<IpNet>,
    /// Private ranges that upstreams' result links may reach.
    pub upstream_network_allow: Vec<IpNet>,
    /// How often clients may ask.
    pub limits: LimitsConfig,
    /// How many films are made at once; all cores but one unless it is given. 0 makes none.
    pub renders: Option<usize>,
    /// How long a task is waited for.
    pub deadline_ms: i64,
    /// Whether other spellings and types than the documented ones are refused.
    pub strict: bool,
    /// What upstreams are asked for nothing.
    pub survey: SurveyConfig,
    /// The key that opens what only the operator may see.
    pub operator_key: Option<Secret>,
}

/// How often clients may ask.
#[derive(Clone, Copy, Debug)]
pub struct LimitsConfig {
    /// Creates of one account in 10 seconds.
    pub creates: Limit,
    /// Looks at one task in a second.
    pub reads: Limit,
    /// Whether Kie's form says a limit with HTTP status 429, too.
    pub has_http_429: bool,
}

impl LimitsConfig {
    fn resolve(keys: &source::LimitKeys) -> Self {
        Self {
            creates: Limit { max: keys.creates_per_10s.unwrap_or(CREATES_PER_10S), span_ms: 10_000 },
            reads: Limit { max: keys.reads_per_s.unwrap_or(READS_PER_S), span_ms: 1_000 },
            has_http_429: keys.http_429.unwrap_or(false),
        }
    }
}

/// How upstreams are surveyed.
#[derive(Clone, Copy, Debug)]
pub struct SurveyConfig {
    /// How often `serve` does it by itself; never if there is none.
    pub every_hours: Option<i64>,
    /// The time between two requests to one upstream.
    pub pace: Duration,
}

impl SurveyConfig {
    fn resolve(keys: &source::SurveyKeys) -> anyhow::Result<Self> {
        let every_hours = keys.every_hours.filter(|hours| *hours > 0).map(i64::from);
        ensure!(every_hours.is_none_or(|hours| hours <= 24 * 31), "survey.every_hours is 0 to 744");
        Ok(Self {
            every_hours,
            pace: Duration::from_millis(u64::from(keys.pace_ms.unwrap_or(SURVEY_PACE_MS))),
        })
    }
}

impl Config {
    /// Reads the sources in their order: `flags` first, then the environment, then the file that either of them names
    /// or the one in the user's configuration folder.
    pub fn load(flags: Source, file: Option<&Path>) -> anyhow::Result<Self> {
        let from_file = match (named_file(file), paths::user_config()) {
            (Some(path), _) => Source::from_file(&path)?,
            (None, Some(path)) if path.exists() => Source::from_file(&path)?,
            (None, _) => Source::default(),
        };
        let upstreams: Vec<String> =
            from_file.upstreams.iter().flatten().map(|(name, _)| name.clone()).collect();
        let environment = Source::from_environment(&upstreams)?;
        Self::resolve(flags.over(environment).over(from_file))
    }

    fn resolve(source: Source) -> anyhow::Result<Self> {
        let listen = source.listen.as_deref().unwrap_or(DEFAULT_LISTEN);
        let data = match source.data {
            Some(data) => data,
            None => paths::user_data().context("there is no home folder; name a data folder with --data")?,
        };
        let network = source.network.unwrap_or_default();
        let upstreams = upstreams::resolve(source.upstreams.unwrap_or_default())?;
        let routes = policy(source.routes.unwrap_or_default(), &upstreams)?;
        let studio = source.studio.unwrap_or_default();
        let deadline_hours = source.deadline_hours.unwrap_or(24);
        ensure!((1..=24 * 365).contains(&deadline_hours), "deadline_hours is 1 to 8760");
        Ok(Self {
            listen: listen.parse().with_context(|| {
                format!("listen: \"{listen}\" is not an address such as {DEFAULT_LISTEN}")
            })?,
            data,
            public_url: source.public_url.map(|url| public(&url)).transpose()?,
            routes,
            upstreams,
            network_allow: ranges("network.allow", network.allow)?,
            upstream_network_allow: ranges("network.upstream_allow", network.upstream_allow)?,
            limits: LimitsConfig::resolve(&source.limits.unwrap_or_default()),
            renders: studio.renders,
            deadline_ms: deadline_hours * 3_600_000,
            strict: source.strict.unwrap_or(false),
            survey: SurveyConfig::resolve(&source.survey.unwrap_or_default())?,
            operator_key: upstreams::secret(source.operator_key, source.operator_key_file)
                .context("operator_key")?,
        })
    }

    /// The configuration file that is meant, whether or not it is there.
    pub fn file(file: Option<&Path>) -> Option<PathBuf> {
        named_file(file).or_else(paths::user_config)
    }

    /// How many films this process makes at once.
    pub fn renders(&self) -> usize {
        self.renders.unwrap_or_else(|| cores().saturating_sub(1).max(1))
    }
}

fn named_file(file: Option<&Path>) -> Option<PathBuf> {
    file.map(Path::to_owned).or_else(|| source::variable("FILMGATE_CONFIG").map(PathBuf::from))
}

/// The address at which others reach this gateway, without a slash at its end.
fn public(url: &str) -> anyhow::Result<String> {
    let is_whole =
        ["https://", "http://"].iter().any(|scheme| url.len() > scheme.len() && url.starts_with(scheme));
    ensure!(is_whole, "public_url: \"{url}\" is not an address such as https://films.example");
    Ok(url.trim_end_matches('/').to_owned())
}

/// The operator's routes. What names nothing that there is would never be asked, and nobody would know why.
fn policy(routes: source::Routes, upstreams: &[UpstreamConfig]) -> anyhow::Result<RoutePolicy> {
    let offers: Vec<Offer> =
        upstreams.iter().map(|upstream| upstream.offer.clone()).chain([Offer::studio()]).collect();
    let models = routes.models.unwrap_or_default();
    let renamed = || offers.iter().flat_map(|offer| offer.models.keys()).filter(|id| *id != "*");
    if !models.is_empty() || renamed().next().is_some() {
        let catalogue = catalogue::load()?;
        for pattern in models.keys() {
            let fits = catalogue.cards().iter().any(|card| route::fits(pattern, card));
            ensure!(fits, "routes.models: no model is called \"{pattern}\"; see `filmgate models`");
        }
        for id in renamed() {
            let is_known = catalogue.cards().iter().any(|card| card.id == *id);
            ensure!(is_known, "upstreams: no model is called \"{id}\"; see `filmgate models`");
        }
    }
    let read = |names: Vec<String>| -> anyhow::Result<Vec<RouteName>> {
        let named = names.iter().map(|name| route_named(name, &offers));
        named.collect::<anyhow::Result<_>>().map_err(|error| anyhow!("routes: {error}"))
    };
    let models = models.into_iter().map(|(model, names)| Ok((model, read(names)?)));
    let models = models.collect::<anyhow::Result<_>>()?;
    let default = read(routes.default.unwrap_or_default())?;
    Ok(RoutePolicy { default, models, stops_on_failure: routes.stop_on_failure.unwrap_or(false), offers })
}

/// A route such as `kie` or `kie:veo-3-1`; its upstream and its model must be there.
pub fn route_named(name: &str, offers: &[Offer]) -> anyhow::Result<RouteName> {
    let route = RouteName::parse(name);
    let known: Vec<&str> = offers.iter().map(|offer| offer.name.as_str()).collect();
    let upstream = &route.upstream;
    ensure!(
        known.contains(&upstream.as_str()),
        "there is no upstream \"{upstream}\"; configured are {}",
        known.join(", ")
    );
    if let Some(card) = &route.card {
        let is_known = catalogue::load()?.find(card).is_some();
        ensure!(is_known, "\"{name}\": no model is called \"{card}\"; see `filmgate models`");
    }
    Ok(route)
}

fn ranges(key: &str, texts: Option<Vec<String>>) -> anyhow::Result<Vec<IpNet>> {
    let parse = |text: String| text.parse().with_context(|| format!("{key}: \"{text}\" is not a CIDR range"));
    texts.unwrap_or_default().into_iter().map(parse).collect()
}

/// The key of `filmgate probe` that need not stand on its command line.
pub fn probe_key() -> Option<String> {
    source::variable("FILMGATE_PROBE_KEY")
}

/// Which log lines are wanted, as `RUST_LOG` says.
pub fn log_filter() -> Option<String> {
    source::variable("RUST_LOG")
}

/// How many cores this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_a_variable_beats_the_file_beats_the_default() {
        let parse = |text: &str| toml::from_str::<Source>(text).unwrap();
        let flags = parse("data = \"/flag\"");
        let environment = parse("data = \"/environment\"\nlisten = \"127.0.0.1:1\"\n[studio]\nrenders = 3");
        let file = parse(
            "listen = \"127.0.0.1:2\"\npublic_url = \"https://films.example/\"\n[routes]\ndefault = [\"studio\"]",
        );
        let config = Config::resolve(flags.over(environment).over(file)).unwrap();
        assert_eq!(config.data, PathBuf::from("/flag"));
        assert_eq!(config.listen.port(), 1);
        assert_eq!(config.public_url.as_deref(), Some("https://films.example"));
        assert_eq!((config.renders(), config.routes.default), (3, vec![RouteName::parse("studio")]));
        assert_eq!(config.deadline_ms, 86_400_000);
    }

    #[test]
    fn a_wrong_key_or_value_is_named() {
        assert!(toml::from_str::<Source>("listne = \"x\"").unwrap_err().to_string().contains("listne"));
        let source = Source { listen: Some("nowhere".into()), data: Some("/x".into()), ..Source::default() };
        assert!(Config::resolve(source).unwrap_err().to_string().contains("\"nowhere\" is not an address"));
        let source: Source =
            toml::from_str("data = \"/x\"\n[routes]\ndefault = [\"studio\", \"kie\"]").unwrap();
        assert!(Config::resolve(source).unwrap_err().to_string().contains("no upstream \"kie\""));
    }
}
