//! How a survey is shown: Markdown to be handed on, and a table for a terminal, in English and Chinese.
//!
//! A report is its sections in the order of [`markdown`], each a file; `words` has every word in both languages, `text` makes
//! foreign words harmless, `view` looks things up.

mod changes;
mod conclusion;
mod evidence;
mod examples;
mod findings;
mod formats;
mod grid;
mod head;
mod models;
mod next;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod view;
mod words;

use std::fmt::Write as _;

use filmgate_domain::catalogue::Catalogue;
use filmgate_domain::survey::{Change, Survey};

pub use examples::{Example, examples};
pub use words::Lang;

use view::View;
use words::Word;

/// A survey with everything that its reports say besides.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was found out.
    pub survey: &'a Survey,
    /// What has changed since an earlier survey, if it was compared with one.
    pub changes: Option<&'a [Change]>,
    /// The cards that the survey was made with.
    pub catalogue: &'a Catalogue,
    /// The language of the report.
    pub lang: Lang,
    /// TOML lines that follow the plans; may be empty.
    pub config: &'a str,
}

/// The whole report as Markdown, the conclusion first. It needs nothing beside it.
pub fn markdown(report: &Report<'_>) -> String {
    let view = View::of(report);
    let mut text = head::section(view);
    let mut add = |word: Word, section: String| {
        if !section.trim().is_empty() {
            let _ = writeln!(text, "\n## {}\n\n{}", view.lang.word(word), section.trim_end());
        }
    };
    add(Word::Conclusion, conclusion::section(view));
    add(Word::Changes, changes::section(view));
    add(Word::Findings, findings::section(view));
    add(Word::Models, models::section(view));
    add(Word::Balance, models::balances(view));
    add(Word::Formats, formats::section(view));
    add(Word::Next, next::section(view));
    add(Word::NotVerified, evidence::not_verified(view));
    add(Word::Evidence, evidence::section(view));
    add(Word::Method, evidence::method(view));
    // Last, because it is the longest and the least of a finding.
    add(Word::Examples, examples::section(view));
    text
}

/// The short report for a terminal: lines of at most 100 columns, without colours.
pub fn table(report: &Report<'_>) -> String {
    terminal::text(View::of(report))
}
