//! What the verdicts rest on: what was not verified, every exchange, and how the survey was done.

use std::fmt::Write as _;

use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Certainty, Exchange, UpstreamRow, Verdict};

use super::findings::head;
use super::grid::Grid;
use super::next::names;
use super::text::{code, second};
use super::view::{View, grouped};
use super::words::Word;

/// The models without a verdict, by reason; then those whose verdict is inferred, by reason.
pub(super) fn not_verified(view: View<'_>) -> String {
    let lang = view.lang;
    let by_reason = |is_meant: &dyn Fn(Verdict, Certainty) -> bool| {
        let rows = view.rows().filter(|(_, row)| is_meant(row.finding.verdict, row.finding.certainty));
        let groups = grouped(rows.map(|(upstream, row)| (row.finding.reason, (upstream, row))));
        let point = |(reason, rows): &(_, Vec<_>)| {
            format!("- {}{}{}{}\n", names(view, rows), lang.colon(), lang.reason(*reason), lang.stop())
        };
        groups.iter().map(point).collect::<String>()
    };
    let unknown = by_reason(&|verdict, _| verdict == Verdict::NotVerified);
    let inferred =
        by_reason(&|verdict, certainty| verdict != Verdict::NotVerified && certainty == Certainty::Inferred);
    let mut text = if unknown.is_empty() { format!("{}\n", lang.all_verified()) } else { unknown };
    if !inferred.is_empty() {
        let _ =
            write!(text, "\n### {}\n\n{}\n\n{inferred}", lang.word(Word::Inferred), lang.inferred_intro());
    }
    text
}

/// Every exchange with every upstream.
pub(super) fn section(view: View<'_>) -> String {
    let asked = view.survey.upstreams.iter().filter(|upstream| !upstream.exchanges.is_empty());
    asked.map(|upstream| of_upstream(view, upstream)).collect::<Vec<_>>().join("\n")
}

fn of_upstream(view: View<'_>, upstream: &UpstreamRow) -> String {
    let words = [Word::Number, Word::Request].map(|word| view.lang.word(word));
    let fixed = ["HTTP", "`code`", "`msg`"];
    let rest = head(view, [Word::Latency, Word::Time]);
    let mut grid = Grid::with_head(words.into_iter().chain(fixed).map(str::to_owned).chain(rest));
    for exchange in &upstream.exchanges {
        grid.push(line(exchange));
    }
    format!("### {}\n\n{}", code(&upstream.name), grid.markdown())
}

fn line(exchange: &Exchange) -> Vec<String> {
    let number = |number: Option<i64>| number.map_or_else(|| "–".to_owned(), |number| number.to_string());
    vec![
        exchange.number.to_string(),
        code(&exchange.request),
        number(exchange.http_status.map(i64::from)),
        number(exchange.code),
        code(&exchange.words),
        format!("{} ms", exchange.latency_ms),
        second(exchange.at),
    ]
}

/// The questions that cannot make a film.
const FREE: [&str; 5] = ["balance", "models", "record", "unknown_model", "incomplete_create"];

/// Which questions were asked, and what the words of the report mean.
pub(super) fn method(view: View<'_>) -> String {
    let lang = view.lang;
    let was_asked = |question: &str| {
        let mut exchanges = view.survey.upstreams.iter().flat_map(|upstream| &upstream.exchanges);
        exchanges.any(|exchange| exchange.question == question)
    };
    let asked = lang.method().into_iter().filter(|(question, _)| was_asked(question));
    let points: String = asked
        .map(|(question, what)| format!("- `{question}`{}{what}{}\n", lang.colon(), lang.stop()))
        .collect();
    // A question by any other name is an order: a complete create, or a film that was paid for.
    let mut exchanges = view.survey.upstreams.iter().flat_map(|upstream| &upstream.exchanges);
    let has_orders = exchanges.any(|exchange| !FREE.contains(&exchange.question.as_str()));
    let intro = if points.is_empty() {
        String::new()
    } else {
        format!("{}\n\n{points}\n", lang.method_intro(has_orders || view.survey.spent > Credits::ZERO))
    };
    intro + &lang.method_end().map(|line| format!("{line}\n")).concat()
}
