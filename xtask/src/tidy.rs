//! `cargo xtask tidy`: the rules of style that a program can check.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::bail;

const LINES_MAX: usize = 400;
const FILES_MAX: usize = 15;

/// Which of our crates each crate may use; what is not here must not be.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &[]),
    ("studio", &[]),
    ("store", &["domain"]),
    ("providers", &["domain", "wire", "studio"]),
    // A test program that must not know our code, so that no mistake of ours cancels itself out.
    ("fake", &[]),
    ("filmgate", &["domain", "wire", "store", "providers", "studio", "fake"]),
];

/// Checks everything and lists every breach.
pub(crate) fn tidy() -> anyhow::Result<()> {
    let files = tracked()?;
    let mut breaches = Vec::new();
    for file in &files {
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("rs") => check_source(file, &files, &mut breaches)?,
            Some("md") => check_links(file, &mut breaches)?,
            _ => {}
        }
    }
    check_folders(&files, &mut breaches);
    check_manifests(&files, &mut breaches)?;
    if breaches.is_empty() {
        return Ok(());
    }
    breaches.iter().for_each(|breach| println!("{breach}"));
    bail!("{} breaches of the rules in CONTRIBUTING.md", breaches.len())
}

/// The files that git tracks or would track.
fn tracked() -> anyhow::Result<Vec<PathBuf>> {
    let mut list = std::process::Command::new("git");
    list.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let files = crate::run::output(&mut list)?;
    Ok(files.lines().map(PathBuf::from).filter(|file| file.exists()).collect())
}

fn check_source(file: &Path, files: &[PathBuf], breaches: &mut Vec<String>) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file)?;
    let mut breach = |line: usize, what: &str| breaches.push(format!("{}:{line}: {what}", file.display()));
    let lines = text.lines().count();
    if lines > LINES_MAX {
        breach(lines, &format!("{lines} lines; at most {LINES_MAX}"));
    }
    if !text.starts_with("//! ") {
        breach(1, "a file opens with one `//!` sentence that would do as its line in a table of contents");
    }
    let banned = [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("dbg", "!("), concat!("#[al", "low(")];
    for (number, line) in text.lines().enumerate() {
        for word in banned.iter().filter(|word| line.contains(**word)) {
            breach(number + 1, &format!("`{word}`: do it, or open an issue"));
        }
        if line.trim_end() != line {
            breach(number + 1, "trailing blanks");
        }
    }
    // A test file that nobody declares never runs.
    let is_test = file.parent().is_some_and(|folder| folder.ends_with("tests/it"));
    if is_test && file.file_name().is_some_and(|name| name != "main.rs") {
        let main = file.with_file_name("main.rs");
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let declared =
            std::fs::read_to_string(&main).is_ok_and(|text| text.contains(&format!("mod {stem};")));
        if files.contains(&main) && !declared {
            breach(1, "tests/it/main.rs does not declare this file, so it never runs");
        }
    }
    Ok(())
}

/// Every relative link of a document leads somewhere.
fn check_links(file: &Path, breaches: &mut Vec<String>) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file)?;
    let folder = file.parent().unwrap_or_else(|| Path::new(""));
    for (number, line) in text.lines().enumerate() {
        for rest in line.split("](").skip(1) {
            let target = rest.split(')').next().unwrap_or_default().split('#').next().unwrap_or_default();
            let outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
            if !outside && !folder.join(target).exists() {
                breaches.push(format!(
                    "{}:{}: the link to {target} leads nowhere",
                    file.display(),
                    number + 1
                ));
            }
        }
    }
    Ok(())
}

fn check_folders(files: &[PathBuf], breaches: &mut Vec<String>) {
    let mut folders: BTreeMap<&Path, usize> = BTreeMap::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs")) {
        *folders.entry(file.parent().unwrap_or_else(|| Path::new(""))).or_default() += 1;
    }
    for (folder, count) in folders.into_iter().filter(|(_, count)| *count > FILES_MAX) {
        breaches.push(format!("{}: {count} source files; at most {FILES_MAX}", folder.display()));
    }
}

fn check_manifests(files: &[PathBuf], breaches: &mut Vec<String>) -> anyhow::Result<()> {
    for file in
        files.iter().filter(|file| file.ends_with("Cargo.toml") && file.as_path() != Path::new("Cargo.toml"))
    {
        let manifest: toml::Table = toml::from_str(&std::fs::read_to_string(file)?)?;
        let mut breach = |what: String| breaches.push(format!("{}: {what}", file.display()));
        let inherits = |table: Option<&toml::Value>| {
            table.and_then(|table| table.get("workspace")) == Some(&true.into())
        };
        if !inherits(manifest.get("lints")) {
            breach("[lints] workspace = true is missing".into());
        }
        let name = file.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        let allowed = DIRECTIONS.iter().find(|(krate, _)| *krate == name).map_or(&[][..], |(_, uses)| *uses);
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(toml::Value::Table(dependencies)) = manifest.get(section) else { continue };
            for (dependency, details) in dependencies {
                if !inherits(Some(details)) {
                    breach(format!("{dependency}: versions live in the workspace manifest"));
                }
                if let Some(ours) =
                    dependency.strip_prefix("filmgate-").filter(|ours| !allowed.contains(ours))
                {
                    breach(format!("{name} must not use {ours} (ARCHITECTURE.md, rooms)"));
                }
            }
        }
    }
    Ok(())
}
