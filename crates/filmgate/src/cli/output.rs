//! What commands print: data to stdout, complaints to stderr. The only file that prints.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

use super::{Failure, Outcome};

/// Prints text to stdout. A reader that has gone away, such as `head`, is no error.
pub(super) fn print(text: &str) -> Outcome {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Other(error.into())),
        _ => Ok(()),
    }
}

/// Prints one line.
pub(super) fn line(text: impl AsRef<str>) -> Outcome {
    print(&format!("{}\n", text.as_ref()))
}

/// Prints one JSON object on one line.
pub(super) fn json(value: &impl Serialize) -> Outcome {
    line(serde_json::to_string(value).map_err(|error| Failure::Other(error.into()))?)
}

/// Tells the person something that is not data.
pub(super) fn note(text: &str) {
    // A reader that has gone away must not end a server or a film.
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// Asks the person at the keyboard whether to go on; nothing where nobody is there.
pub(super) fn agreed() -> Result<Option<bool>, Failure> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Ok(None);
    }
    note("Go on? [y/N]");
    let mut answer = String::new();
    stdin.read_line(&mut answer).map_err(|error| Failure::Other(error.into()))?;
    Ok(Some(["y", "yes"].iter().any(|yes| answer.trim().eq_ignore_ascii_case(yes))))
}

/// Says why the command failed.
pub(super) fn complain(text: &str) {
    note(&format!("filmgate: {text}"));
}

/// Rows with aligned columns.
pub(super) fn table(rows: &[Vec<String>]) -> Outcome {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line += cell;
            line.extend(std::iter::repeat_n(' ', width - cell.chars().count() + 2));
        }
        text += line.trim_end();
        text.push('\n');
    }
    print(&text)
}

/// A moment as people and programs read it, in UTC: `2026-11-22 08:26:09`.
pub(super) fn moment(at: filmgate_domain::time::Timestamp) -> String {
    let seconds = at.0.div_euclid(1_000).rem_euclid(86_400);
    format!("{} {:02}:{:02}:{:02}", at.day(), seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// Logs go to stderr, from warnings on. `RUST_LOG` takes another level, or `target=level` pairs separated by commas.
pub(super) fn log() {
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;
    let filter = crate::config::log_filter()
        .and_then(|text| text.parse::<Targets>().ok())
        .unwrap_or_else(|| Targets::new().with_default(LevelFilter::WARN));
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let layer = layer.with_ansi(std::io::stderr().is_terminal());
    drop(tracing_subscriber::registry().with(layer).with(filter).try_init());
}
