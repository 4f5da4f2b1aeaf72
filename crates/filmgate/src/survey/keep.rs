//! The newest survey of the configured upstreams, kept beside the database and read by servers and by `--compare`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use anyhow::{Context as _, ensure};
use filmgate_domain::survey::{SCHEMA, Standing, Survey};
use filmgate_domain::time::Timestamp;
use serde_json::Value;

use crate::app::lock;

/// How old a survey may be for routes to follow it: a little more than a day, so that a daily one is never too old.
const AGE_MS_MAX: i64 = 26 * 3_600_000;

/// What routes rely on, and who wants to know is told, until a newer survey is found.
pub struct Newest {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seen: Option<(SystemTime, u64)>,
    survey: Option<Arc<Survey>>,
    standing: Arc<Standing>,
}

impl Newest {
    /// The newest survey of a data folder, which has not been looked for yet.
    pub fn of(data: &Path) -> Self {
        Self { path: path(data), state: Mutex::default() }
    }

    /// Looks whether there is a newer one, and whether the last one has grown too old for routes. `address` says where an
    /// upstream is now: what was found at another place means nothing.
    pub fn look(&self, now: Timestamp, address: impl Fn(&str) -> Option<String>) {
        let file = std::fs::metadata(&self.path).ok();
        let seen = file.and_then(|file| Some((file.modified().ok()?, file.len())));
        let is_new = seen != lock(&self.state).seen;
        let survey = if is_new { seen.and_then(|_| self.readable()) } else { self.survey() };
        let standing = survey.as_ref().map(|survey| Standing::of(survey, now, AGE_MS_MAX, address));
        *lock(&self.state) = State { seen, survey, standing: Arc::new(standing.unwrap_or_default()) };
    }

    fn readable(&self) -> Option<Arc<Survey>> {
        read(&self.path).map(Arc::new).inspect_err(|error| tracing::warn!("{error:#}")).ok()
    }

    /// The newest survey, however old.
    pub fn survey(&self) -> Option<Arc<Survey>> {
        lock(&self.state).survey.clone()
    }

    /// What it means for routes.
    pub fn standing(&self) -> Arc<Standing> {
        Arc::clone(&lock(&self.state).standing)
    }
}

/// Where it lies in a data folder.
pub fn path(data: &Path) -> PathBuf {
    data.join("survey.json")
}

/// Writes a survey in place of the one before, whole or not at all, for its owner's eyes only.
pub fn write(data: &Path, survey: &Survey) -> anyhow::Result<()> {
    let target = path(data);
    let text = std::fs::read(&target).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
    let is_newer = text.is_some_and(|value| value["schema"].as_u64() > Some(u64::from(SCHEMA)));
    ensure!(!is_newer, "{} was written by a newer filmgate and is left as it is", target.display());
    let incoming = data.join(format!("survey.{}.new", std::process::id()));
    let store = || -> anyhow::Result<()> {
        filmgate_store::private_folder(data)?;
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&incoming)?;
        file.write_all(&serde_json::to_vec(survey)?)?;
        file.sync_all()?;
        std::fs::rename(&incoming, &target)?;
        Ok(())
    };
    store().with_context(|| format!("the survey cannot be kept in {}", target.display()))
}

/// The upstreams that once took a create with nothing in it. It is a file of lines for people: who has found out why may
/// delete a line, and the upstream is asked again.
pub struct Taken(PathBuf);

impl Taken {
    /// The list of a data folder.
    pub fn of(data: &Path) -> Self {
        Self(data.join("survey.taken"))
    }

    /// Whether the upstream at this address is on the list.
    pub fn by(&self, address: &str) -> bool {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        text.lines().any(|line| line.split_whitespace().next() == Some(address))
    }

    /// Puts an upstream on the list, durably.
    pub fn note(&self, address: &str, what: &str) {
        let write = || -> std::io::Result<()> {
            if let Some(folder) = self.0.parent() {
                filmgate_store::private_folder(folder)?;
            }
            let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(&self.0)?;
            writeln!(file, "{address} {what}")?;
            file.sync_all()
        };
        if let Err(error) = write() {
            tracing::error!(%error, "ALERT: {} cannot be written; do not survey {address} again", self.0.display());
        }
    }
}

/// Notes that a survey begins, so that a server that dies over it does not begin again and again.
pub fn begin(data: &Path, now: Timestamp) -> std::io::Result<()> {
    std::fs::write(data.join("survey.begun"), now.0.to_string())
}

/// When the last survey of this folder's server began.
pub fn begun(data: &Path) -> Option<Timestamp> {
    std::fs::read_to_string(data.join("survey.begun")).ok()?.trim().parse().ok().map(Timestamp)
}

/// Reads a survey that filmgate has written.
pub fn read(path: &Path) -> anyhow::Result<Survey> {
    let what = || format!("the survey {}", path.display());
    let text = std::fs::read(path).with_context(what)?;
    let value: Value = serde_json::from_slice(&text).with_context(what)?;
    let schema = value["schema"].as_u64();
    ensure!(schema.is_some(), "{} is no survey: it has no `schema`", path.display());
    ensure!(schema <= Some(u64::from(SCHEMA)), "{} was written by a newer filmgate", path.display());
    serde_json::from_value(value).with_context(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_survey_is_read_again_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let newest = Newest::of(folder.path());
        newest.look(Timestamp(0), |_| None);
        assert!(newest.survey().is_none());
        let mut survey: Survey =
            serde_json::from_str(r#"{"schema":1,"version":"0","at":5,"upstreams":[],"plans":[],"spent":0}"#)
                .unwrap();
        for version in ["first", "second, longer"] {
            survey.version = version.into();
            write(folder.path(), &survey).unwrap();
            newest.look(Timestamp(0), |_| None);
            assert_eq!(newest.survey().as_deref(), Some(&survey));
        }
        std::fs::write(path(folder.path()), r#"{"schema":2}"#).unwrap();
        let error = read(&path(folder.path())).unwrap_err();
        assert!(error.to_string().contains("newer filmgate"), "{error:#}");
        newest.look(Timestamp(0), |_| None);
        assert!(newest.survey().is_none(), "what cannot be read is not relied on");
    }
}
