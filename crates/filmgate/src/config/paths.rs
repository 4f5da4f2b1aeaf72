//! Where a user's files lie by the XDG rules.

use std::path::PathBuf;

use super::source::variable;

/// `$XDG_DATA_HOME/filmgate` or `~/.local/share/filmgate`.
pub(super) fn user_data() -> Option<PathBuf> {
    below("XDG_DATA_HOME", ".local/share")
}

/// `$XDG_CONFIG_HOME/filmgate/config.toml` or `~/.config/filmgate/config.toml`.
pub(super) fn user_config() -> Option<PathBuf> {
    below("XDG_CONFIG_HOME", ".config").map(|folder| folder.join("config.toml"))
}

/// The rules say that a relative path in such a variable is to be ignored.
fn below(name: &str, fallback: &str) -> Option<PathBuf> {
    let named = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home =
        || variable("HOME").filter(|home| !home.is_empty()).map(|home| PathBuf::from(home).join(fallback));
    named.or_else(home).map(|folder| folder.join("filmgate"))
}
