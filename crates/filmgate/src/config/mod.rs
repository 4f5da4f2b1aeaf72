//! The configuration: flag over environment over file over default, each key with its `FILMGATE_*` variable.

mod paths;
mod source;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use filmgate_domain::route::{RoutePolicy, STUDIO};
use ipnet::IpNet;
pub use source::Source;

/// The default address; product.md fixes it.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:2424";

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
    /// Private ranges that clients' links may reach.
    pub network_allow: Vec<IpNet>,
    /// How many films are made at once; all cores but one unless it is given. 0 makes none.
    pub renders: Option<usize>,
    /// How long a task is waited for.
    pub deadline_ms: i64,
}

impl Config {
    /// Reads the sources in their order: `flags` first, then the environment, then the file that either of them names
    /// or the one in the user's configuration folder.
    pub fn load(flags: Source, file: Option<&Path>) -> anyhow::Result<Self> {
        let environment = Source::from_environment()?;
        let named =
            file.map(Path::to_owned).or_else(|| source::variable("FILMGATE_CONFIG").map(PathBuf::from));
        let from_file = match (named, paths::user_config()) {
            (Some(path), _) => Source::from_file(&path)?,
            (None, Some(path)) if path.exists() => Source::from_file(&path)?,
            (None, _) => Source::default(),
        };
        Self::resolve(flags.over(environment).over(from_file))
    }

    fn resolve(source: Source) -> anyhow::Result<Self> {
        let listen = source.listen.as_deref().unwrap_or(DEFAULT_LISTEN);
        let data = match source.data {
            Some(data) => data,
            None => paths::user_data().context("there is no home folder; name a data folder with --data")?,
        };
        let network = source.network.unwrap_or_default().allow.unwrap_or_default();
        let mut network_allow = Vec::new();
        for range in network {
            network_allow.push(
                range.parse().with_context(|| format!("network.allow: \"{range}\" is not a CIDR range"))?,
            );
        }
        let routes = source.routes.unwrap_or_default();
        let named = routes
            .default
            .iter()
            .flatten()
            .chain(routes.models.iter().flatten().flat_map(|(_, names)| names));
        for name in named {
            ensure!(name == STUDIO, "routes: there is no upstream \"{name}\"; this filmgate has {STUDIO}");
        }
        let studio = source.studio.unwrap_or_default();
        let deadline_hours = source.deadline_hours.unwrap_or(24);
        ensure!((1..=24 * 365).contains(&deadline_hours), "deadline_hours is 1 to 8760");
        Ok(Self {
            listen: listen.parse().with_context(|| {
                format!("listen: \"{listen}\" is not an address such as {DEFAULT_LISTEN}")
            })?,
            data,
            public_url: source.public_url.map(|url| url.trim_end_matches('/').to_owned()),
            routes: RoutePolicy {
                default: routes.default.unwrap_or_default(),
                models: routes.models.unwrap_or_default(),
            },
            network_allow,
            renders: studio.renders,
            deadline_ms: deadline_hours * 3_600_000,
        })
    }

    /// How many films this process makes at once.
    pub fn renders(&self) -> usize {
        self.renders.unwrap_or_else(|| cores().saturating_sub(1).max(1))
    }
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
        assert_eq!((config.renders(), config.routes.default), (3, vec!["studio".to_owned()]));
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
