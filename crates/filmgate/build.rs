//! Embeds every model card in `models/` and every file of the playground, so that adding one is adding a file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cards = here.join("../../models");
    embed(&cards, "cards.rs", |file| file.extension().is_some_and(|ending| ending == "toml"))?;
    let assets = here.join("src/http/playground/assets");
    embed(&assets, "assets.rs", |file| {
        file.extension().is_some_and(|ending| ending == "js" || ending == "css")
    })
}

/// Writes a list of the wanted files in a folder: their names below it, and their texts.
fn embed(folder: &Path, list: &str, is_wanted: impl Fn(&Path) -> bool) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    files.retain(|file| is_wanted(file));
    files.sort();
    let mut text = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "    ({name:?}, include_str!({file:?})),");
    }
    text += "]\n";
    let target = std::env::var_os("OUT_DIR").unwrap_or_default();
    std::fs::write(Path::new(&target).join(list), text)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
