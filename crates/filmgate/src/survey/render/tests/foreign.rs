//! Claims about words of others: they cannot leave their cell, become a link or an element, or move a cursor.

use filmgate_domain::survey::{Change, Incident, Survey};

use super::scene::{catalogue, october};
use super::{BOTH, shown_short, without_code};
use crate::survey::render::grid::Grid;
use crate::survey::render::text::{block, code, plain};
use crate::survey::render::{Report, markdown};

const HOSTILE: [&str; 6] = [
    "x` | [evil](http://evil.example) | <img src=evil>",
    "``` evil\n\n# evil\n\n| evil | evil |\n|---|---|",
    "\\| evil \\` evil \\\\| evil",
    "`` `evil` `` ![evil](evil) `",
    "\u{1b}]0;evil\u{7}\u{1b}[2J\u{202e}live\u{200b} https://evil.example \r\n> **evil**",
    "evil\\",
];

/// In each place of the survey that an upstream fills, and where an operator's names stand.
fn poisoned(words: &str) -> (Survey, Vec<Change>) {
    let catalogue = catalogue();
    let mut survey = october(&catalogue, true, true);
    let words = || words.to_owned();
    for upstream in &mut survey.upstreams {
        upstream.name = words();
        upstream.listed = Some(vec![words(); 3]);
        upstream.incidents = vec![
            Incident::Created { job: words(), model: words(), exchange: 1 },
            Incident::Lost { model: words(), exchange: 2 },
        ];
        for exchange in &mut upstream.exchanges {
            exchange.words = words();
            exchange.request = words();
        }
        for row in &mut upstream.models {
            row.model = words();
            for field in &mut row.fields {
                (field.name, field.values, field.parameter) = (words(), words(), words());
            }
        }
    }
    for plan in &mut survey.plans {
        for choice in [&mut plan.a, &mut plan.b].into_iter().flatten() {
            choice.upstream = words();
            choice.model = words();
        }
    }
    let listed = Change::Listed { upstream: words(), added: vec![words()], removed: vec![words()] };
    (survey, vec![Change::NewUpstream(words()), listed])
}

pub(super) fn assert_tables_hold(markdown: &str) {
    let mut columns = None;
    for line in markdown.lines() {
        if !line.starts_with('|') {
            columns = None;
            continue;
        }
        let line = line.replace("\\\\", "").replace("\\|", "");
        let bars = line.matches('|').count();
        assert_eq!(*columns.get_or_insert(bars), bars, "{line}");
    }
}

#[test]
fn a_hostile_answer_cannot_leave_its_cell_or_become_a_link() {
    let catalogue = catalogue();
    for words in HOSTILE {
        let (survey, changes) = poisoned(words);
        for lang in BOTH {
            let changes = Some(changes.as_slice());
            let text =
                markdown(&Report { survey: &survey, changes, catalogue: &catalogue, lang, config: "" });
            assert!(text.contains("evil") || text.contains("live"), "the words are shown");
            let bare = without_code(&text);
            assert!(!bare.contains("evil") && !bare.contains("live"), "{words:?} got out:\n{bare}");
            assert_tables_hold(&text);
            let headings = text.lines().filter(|line| line.starts_with("# ")).count();
            assert_eq!(headings, 1, "{words:?}");
        }
    }
}

#[test]
fn a_hostile_answer_moves_no_cursor() {
    let catalogue = catalogue();
    for words in HOSTILE {
        let (survey, _) = poisoned(words);
        for lang in BOTH {
            let text = shown_short(&survey, &catalogue, lang);
            assert!(!text.chars().any(|letter| letter != '\n' && letter.is_control()), "{text:?}");
            assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text:?}");
        }
    }
}

#[test]
fn words_of_others_are_one_short_line_in_a_span_that_holds() {
    assert_eq!(code("plain"), "`plain`");
    assert_eq!(code("a `b` c"), "``a `b` c``");
    assert_eq!(code("`a"), "`` `a ``");
    assert_eq!(code(""), "–");
    assert_eq!(code("a | b"), "`a | b`");
    let row = |words: &str| Grid::with_head([code(words)]).markdown().lines().next().unwrap().to_owned();
    assert_eq!(row("a | b"), "| `a \\| b` |");
    assert_eq!(row("a \\| b"), "| `a \\ \\| b` |");
    assert_eq!(plain("a\r\n\tb\u{202e}c\u{1b}[2J"), "a b c [2J");
    assert_eq!(plain(&"x".repeat(999)).chars().count(), 301);
    assert_eq!(block("sh", "a\n````\nb"), "`````sh\na\n````\nb\n`````\n");
}
