//! What reports promise: the conclusion first, both languages whole, nothing of an upstream's words gets out of its place.

mod advice;
mod conclusion;
mod examples;
mod foreign;
mod languages;
mod scene;

use filmgate_domain::catalogue::Catalogue;
use filmgate_domain::survey::Survey;

use super::{Lang, Report, markdown, table};

const BOTH: [Lang; 2] = [Lang::En, Lang::Zh];

fn report<'a>(survey: &'a Survey, catalogue: &'a Catalogue, lang: Lang) -> Report<'a> {
    Report { survey, changes: None, catalogue, lang, config: "" }
}

fn shown(survey: &Survey, catalogue: &Catalogue, lang: Lang) -> String {
    markdown(&report(survey, catalogue, lang))
}

fn shown_short(survey: &Survey, catalogue: &Catalogue, lang: Lang) -> String {
    table(&report(survey, catalogue, lang))
}

/// Markdown without its code: blocks, and spans as Markdown closes them.
fn without_code(markdown: &str) -> String {
    let mut text = String::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(fence) = line.strip_prefix("```").map(|_| "```") {
            lines.by_ref().find(|line| line.trim_end() == fence);
            continue;
        }
        text += &without_spans(line);
        text.push('\n');
    }
    text
}

fn without_spans(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let ticks = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        text += &rest[..start];
        let behind = &rest[start + ticks..];
        let runs = behind.match_indices('`').map(|(place, _)| place);
        let closes = |place: &usize| {
            let run = behind[*place..].len() - behind[*place..].trim_start_matches('`').len();
            run == ticks && !behind[..*place].ends_with('`')
        };
        let Some(end) = runs.into_iter().find(closes) else { return text + &rest[start..] };
        rest = &behind[end + ticks..];
    }
    text + rest
}
