//! `cargo xtask gallery`: renders the films of `docs/gallery` and writes their sheets and its page.

use crate::run::run;

/// Makes the sheets of the named films; without names, of all.
pub(crate) fn gallery(names: &[&str]) -> anyhow::Result<()> {
    let command =
        ["run", "--release", "-q", "-p", "filmgate-studio", "--example", "gallery", "--", "docs/gallery"];
    run("cargo", &[&command[..], names].concat(), &[])
}
