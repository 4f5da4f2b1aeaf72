//! Following a survey's plans: the lines of configuration, and their way into the operator's file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use filmgate_domain::survey::Lines;
use toml::{Table, Value};

/// One section of the file with the keys that are to stand in it.
type Sections = Vec<(Vec<String>, BTreeMap<String, Value>)>;

/// The lines as TOML; empty where there is nothing to follow.
pub fn toml(lines: &Lines) -> String {
    let blocks = sections(lines).into_iter().map(|(path, keys)| block(&path, &keys));
    blocks.collect::<Vec<_>>().join("\n")
}

/// Adds the lines to a configuration file, and leaves everything else in it as it is. Says whether anything was missing.
///
/// # Errors
/// When the file says something else of the same models, or is written in a way that lines cannot be added to: then the
/// file is not touched.
pub fn write(file: &Path, lines: &Lines) -> anyhow::Result<bool> {
    let what = || format!("the configuration file {}", file.display());
    let before = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(what),
    };
    let after = added(&before, lines).with_context(what)?;
    if after == before {
        return Ok(false);
    }
    replace(file, &after).with_context(what)?;
    Ok(true)
}

/// Puts a new text in the file's place, whole or not at all, with the rights of the old one, which may hold keys.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    // A link stays a link.
    let target = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let incoming = target.with_extension(format!("{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    let mut written = options.write(true).create_new(true).mode(0o600).open(&incoming)?;
    let replaced = written.write_all(text.as_bytes()).and_then(|()| {
        if let Ok(old) = std::fs::metadata(&target) {
            written.set_permissions(old.permissions())?;
        }
        written.sync_all()?;
        std::fs::rename(&incoming, &target)
    });
    replaced.inspect_err(|_| drop(std::fs::remove_file(&incoming)))
}

fn sections(lines: &Lines) -> Sections {
    let mut sections = Sections::new();
    let list = |routes: &Vec<String>| Value::from(routes.clone());
    if !lines.routes.is_empty() {
        let keys = lines.routes.iter().map(|(model, routes)| (model.clone(), list(routes))).collect();
        sections.push((vec!["routes".into(), "models".into()], keys));
    }
    for (upstream, names) in &lines.names {
        let keys = names.iter().map(|(card, model)| (card.clone(), Value::from(model.clone()))).collect();
        sections.push((vec!["upstreams".into(), upstream.clone(), "models".into()], keys));
    }
    sections
}

fn added(before: &str, lines: &Lines) -> anyhow::Result<String> {
    let mut table: Table = toml::from_str(before).context("it cannot be read")?;
    let mut text = before.to_owned();
    for (path, keys) in sections(lines) {
        let mut missing = keys;
        let there = find(&mut table, &path)?;
        if let Some((pattern, model)) = overruled(there, &missing) {
            bail!(
                "[{}] has routes for \"{pattern}\", which is {model}, too; change them if you agree:\n{}",
                header(&path),
                toml(lines)
            );
        }
        for (key, value) in there.iter() {
            match missing.remove(key) {
                Some(wanted) if wanted != *value => bail!(
                    "[{}] says {key} = {value} already; change it to {wanted} if you agree",
                    header(&path)
                ),
                _ => {}
            }
        }
        there.extend(missing.clone());
        if !missing.is_empty() {
            text = with_block(&text, &path, &missing);
        }
    }
    let is_as_meant = toml::from_str::<Table>(&text).is_ok_and(|written| written == table);
    ensure!(
        is_as_meant,
        "its sections are written in a form that lines cannot be added to; add them by hand:\n{}",
        toml(lines)
    );
    Ok(text)
}

/// A pattern of the operator's own that one of the keys would overrule without a word.
fn overruled<'a>(there: &'a Table, keys: &'a BTreeMap<String, Value>) -> Option<(&'a str, &'a str)> {
    let fits =
        |pattern: &str, key: &str| pattern.strip_suffix('*').is_some_and(|start| key.starts_with(start));
    let new = keys.keys().filter(|key| !there.contains_key(*key));
    new.flat_map(|key| there.keys().map(move |pattern| (pattern.as_str(), key.as_str())))
        .find(|(pattern, key)| fits(pattern, key))
}

/// The table at a path, which is made where it is missing.
fn find<'a>(table: &'a mut Table, path: &[String]) -> anyhow::Result<&'a mut Table> {
    let mut found = table;
    for name in path {
        let entry = found.entry(name.clone()).or_insert_with(|| Value::Table(Table::new()));
        found = entry.as_table_mut().with_context(|| format!("{name} is no section"))?;
    }
    Ok(found)
}

/// The text with keys below the section's own line, or with the section at its end.
fn with_block(text: &str, path: &[String], keys: &BTreeMap<String, Value>) -> String {
    let line = format!("[{}]", header(path));
    let is_header = |candidate: &str| candidate.split('#').next().unwrap_or("").trim() == line;
    let Some(position) = text.lines().position(is_header) else {
        let blank = if text.is_empty() { "" } else { "\n" };
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return format!("{text}{end}{blank}{}", block(path, keys));
    };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = text.lines().collect();
    let new = assignments(keys);
    lines.splice(position + 1..=position, new.lines());
    lines.into_iter().flat_map(|line| [line, line_end]).collect()
}

fn block(path: &[String], keys: &BTreeMap<String, Value>) -> String {
    format!("[{}]\n{}", header(path), assignments(keys))
}

fn assignments(keys: &BTreeMap<String, Value>) -> String {
    keys.iter().fold(String::new(), |mut text, (key, value)| {
        let _ = writeln!(text, "{} = {value}", Value::from(key.clone()));
        text
    })
}

fn header(path: &[String]) -> String {
    path.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Lines {
        let routes =
            BTreeMap::from([("sora-2-text-to-video".into(), vec!["kie:veo3_fast".into(), "engine".into()])]);
        Lines { routes, names: BTreeMap::new() }
    }

    #[test]
    fn lines_are_added_once_and_everything_else_stays() {
        let before = "# mine\nlisten = \"127.0.0.1:1\"\n\n[routes.models]   # routes\n\"veo*\" = [\"kie\"]\n\n[upstreams.kie]\nkey = \"k\"\n";
        let after = added(before, &lines()).unwrap();
        assert!(
            after.contains(
                "# routes\n\"sora-2-text-to-video\" = [\"kie:veo3_fast\", \"engine\"]\n\"veo*\" = [\"kie\"]"
            ),
            "{after}"
        );
        assert!(after.starts_with("# mine\nlisten") && after.ends_with("[upstreams.kie]\nkey = \"k\"\n"));
        assert_eq!(added(&after, &lines()).unwrap(), after);
    }

    #[test]
    fn a_file_without_the_section_gets_it_at_its_end() {
        assert_eq!(
            added("", &lines()).unwrap(),
            "[routes.models]\n\"sora-2-text-to-video\" = [\"kie:veo3_fast\", \"engine\"]\n"
        );
        let after = added("[routes]\ndefault = [\"kie\"]", &lines()).unwrap();
        assert!(after.contains("default = [\"kie\"]\n\n[routes.models]\n"), "{after}");
    }

    #[test]
    fn what_the_operator_says_himself_is_not_overruled() {
        let own = "[routes.models]\nsora-2-text-to-video = [\"studio\"]\n";
        let error = added(own, &lines()).unwrap_err().to_string();
        assert!(error.contains("already") && error.contains("studio"), "{error}");
        let pattern = "[routes.models]\n\"sora*\" = [\"studio\"]\n";
        assert!(added(pattern, &lines()).unwrap_err().to_string().contains("sora*"));
        let inline = "routes = { models = { a = [\"kie\"] } }\n";
        assert!(added(inline, &lines()).unwrap_err().to_string().contains("by hand"));
    }
}
