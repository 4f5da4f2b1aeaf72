//! The short report for a terminal: one line for each model, then the plans and what to do next.

use std::fmt::Write as _;

use filmgate_domain::survey::{Certainty, ModelRow, Reason, UpstreamRow, Verdict};

use super::changes::sentences;
use super::conclusion::statuses;
use super::findings::answer;
use super::grid::{Grid, wrapped};
use super::head::{alarms, has_alarm};
use super::next::Step;
use super::text::{moment, plain};
use super::view::{View, deciding, films, grouped, once_each, price};
use super::words::Word;
use super::words::format::Trait;

/// The whole text. Words of others are plain letters here: no control letters, so nothing that moves a cursor.
pub(super) fn text(view: View<'_>) -> String {
    let (survey, lang) = (view.survey, view.lang);
    let mut text = String::new();
    for (headline, to_do) in alarms(view, plain) {
        text += &wrapped(&(headline + &lang.sentence_after(&to_do)), 0);
        text.push('\n');
    }
    let when = format!("{} UTC", moment(survey.at));
    let version = format!("filmgate {}", plain(&survey.version));
    text += &wrapped(&lang.clauses([when, version, lang.spent(survey.spent, has_alarm(view))]), 0);
    for upstream in &survey.upstreams {
        text.push('\n');
        text += &of_upstream(view, upstream);
    }
    text.push('\n');
    text += &plans(view);
    text += &next(view);
    if let Some(changes) = view.report.changes {
        let _ = writeln!(text, "\n{}", lang.word(Word::Changes));
        if changes.is_empty() {
            let _ = writeln!(text, "  {}", lang.no_change());
        }
        for sentence in sentences(view, changes) {
            text += &wrapped(&format!("  {}", unmarked(&sentence)), 4);
        }
    }
    text
}

fn of_upstream(view: View<'_>, upstream: &UpstreamRow) -> String {
    let lang = view.lang;
    let balance = upstream.balance.map(|balance| lang.balance_is(&balance.to_string()));
    let head = [
        plain(&upstream.name),
        plain(&upstream.address),
        lang.requests(upstream.exchanges.len()),
        balance.unwrap_or_else(|| lang.balance_unknown().to_owned()),
    ];
    let mut text = wrapped(&lang.clauses(head), 2);
    if let Some(state) = &upstream.state {
        let said =
            deciding(upstream, state).map(|said| format!("{}{}", lang.colon(), unmarked(&answer(said))));
        let verdict = lang.verdict(state.verdict).to_uppercase();
        text += &wrapped(&format!("  {verdict}{}", said.unwrap_or_default()), 4);
    }
    for row in &upstream.endpoints {
        let path = unmarked(lang.trait_of(Trait::Create, row.endpoint));
        text += &wrapped(&format!("  {path}{}{}", lang.colon(), lang.answers(row.answers)), 4);
    }
    let words = [Word::Model, Word::Verdict, Word::Price, Word::Films, Word::Why];
    let mut grid = Grid::with_head(words.map(|word| lang.column(word)));
    for row in &upstream.models {
        grid.push(line(view, upstream, row));
    }
    text + &grid.lines()
}

fn line(view: View<'_>, upstream: &UpstreamRow, row: &ModelRow) -> Vec<String> {
    let price = price(upstream, row);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    vec![
        model(row),
        view.lang.verdict_short(row.finding.verdict).to_owned(),
        or_dash(price.map(|price| price.to_string())),
        or_dash(films(upstream, row).map(|films| films.to_string())),
        why(view, upstream, row),
    ]
}

/// The upstream's name of a model, and the card's where that is another.
fn model(row: &ModelRow) -> String {
    let (model, card) = (plain(&row.model), plain(&row.card));
    if model == card { model } else { format!("{model} ({card})") }
}

/// Why, in a few words: what the upstream said where it did, else how the verdict follows.
fn why(view: View<'_>, upstream: &UpstreamRow, row: &ModelRow) -> String {
    let lang = view.lang;
    let finding = &row.finding;
    if let Some(since) = finding.since.filter(|_| finding.verdict == Verdict::Retired) {
        return unmarked(&lang.retired(finding, since));
    }
    let reason = match deciding(upstream, finding) {
        Some(said) if finding.reason == Reason::Said => unmarked(&answer(said)),
        _ => lang.reason_short(finding.reason).to_owned(),
    };
    if finding.certainty == Certainty::Inferred { lang.inferred(&reason) } else { reason }
}

fn plans(view: View<'_>) -> String {
    let lang = view.lang;
    let mut text = String::new();
    for (status, to_do) in statuses(view) {
        text += &wrapped(&unmarked(&(status + &lang.sentence_after(&to_do))), 2);
    }
    let mut grid = Grid::default();
    for plan in &view.survey.plans {
        for (word, choice) in [(Word::PlanA, &plan.a), (Word::PlanB, &plan.b)] {
            let Some((upstream, row)) = choice.as_ref().and_then(|choice| view.chosen(choice)) else {
                continue;
            };
            grid.push(vec![
                lang.r#use(plan.r#use).to_owned(),
                lang.word(word).to_owned(),
                lang.model_at(&plain(&row.model), &plain(&upstream.name)),
                unmarked(&lang.finding(&row.finding)),
            ]);
        }
    }
    text + &grid.lines()
}

/// What to do, for each thing that the conclusion has not said.
fn next(view: View<'_>) -> String {
    let lang = view.lang;
    let said: Vec<String> = statuses(view).into_iter().map(|(_, to_do)| to_do).collect();
    let steps = grouped(view.rows().map(|(upstream, row)| (Step::of(upstream, row), row)));
    let mut text = String::new();
    for (step, rows) in steps {
        let advice = lang.step(&step);
        if said.iter().any(|to_do| to_do.contains(&advice)) {
            continue;
        }
        let models = once_each(rows.iter().map(|row| plain(&row.model)));
        text += &wrapped(&format!("  {}{}{}", lang.list(models), lang.colon(), unmarked(&advice)), 4);
    }
    if text.is_empty() { text } else { format!("\n{}\n{text}", lang.word(Word::Next)) }
}

/// Our own Markdown as plain letters.
fn unmarked(markdown: &str) -> String {
    markdown.replace(['`', '*'], "")
}
