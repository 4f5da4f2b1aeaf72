//! Foreign text made harmless, and the small shapes of text that reports are made of.

use filmgate_domain::credits::Credits;
use filmgate_domain::time::Timestamp;

/// More of an upstream's words than this is never shown.
const LETTERS_MAX: usize = 300;

/// Words of others on one line: no control letters, nothing invisible, nothing that turns the direction of writing.
pub(super) fn plain(foreign: &str) -> String {
    let letters = foreign.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter });
    let mut line = letters.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(LETTERS_MAX) {
        line.truncate(end);
        line.push('…');
    }
    line
}

fn is_hidden(letter: char) -> bool {
    let is_invisible = matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    letter.is_control() || is_invisible
}

/// Foreign words as a code span of Markdown, in which nothing is a link, an element or a mark. A dash if there are none.
pub(super) fn code(foreign: &str) -> String {
    let text = plain(foreign);
    if text.is_empty() {
        return "–".to_owned();
    }
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// A block of code whose fence nothing inside can close.
pub(super) fn block(language: &str, code: &str) -> String {
    let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", code.trim_end())
}

fn longest_run(text: &str, letter: char) -> usize {
    text.split(|other| other != letter).map(str::len).max().unwrap_or(0)
}

/// A moment in UTC to the second: `2026-11-22 08:26:09`.
pub(super) fn second(at: Timestamp) -> String {
    format!("{}:{:02}", moment(at), at.0.div_euclid(1_000).rem_euclid(60))
}

/// A moment in UTC to the minute: `2026-11-22 08:26`.
pub(super) fn moment(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000).rem_euclid(1_440);
    format!("{} {:02}:{:02}", at.day(), minutes / 60, minutes % 60)
}

/// What credits cost at Kie, rounded up to a cent: a credit is 0.005 USD (reference, 1.5).
pub(super) fn dollars(credits: Credits) -> String {
    let cents = credits.0.max(0).saturating_add(1_999) / 2_000;
    format!("{}.{:02} USD", cents / 100, cents % 100)
}

/// The numbers of exchanges, `2, 5`. Without a `#`, which would be a link where issues are numbered.
pub(super) fn numbers(evidence: &[u32]) -> String {
    let mut sorted = evidence.to_vec();
    sorted.sort_unstable();
    sorted.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
