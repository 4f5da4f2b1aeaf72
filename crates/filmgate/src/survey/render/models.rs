//! The table over all models, and the balance with what it buys.

use std::fmt::Write as _;

use filmgate_domain::survey::{ModelRow, UpstreamRow};

use super::findings::{documented_words, head};
use super::grid::Grid;
use super::text::{code, dollars, numbers};
use super::view::{Seller, View, films, price};
use super::words::Word;

/// One table over all upstreams and models.
pub(super) fn section(view: View<'_>) -> String {
    let mut grid = Grid(vec![head(
        view,
        [
            Word::Upstream,
            Word::Model,
            Word::Verdict,
            Word::Price,
            Word::Films,
            Word::Seconds,
            Word::Sizes,
            Word::Documented,
            Word::Numbers,
        ],
    )]);
    for (upstream, row) in view.rows() {
        grid.push(vec![
            code(&upstream.name),
            model(row),
            view.lang.finding(&row.finding),
            or_dash(price(upstream, row).map(|price| price.to_string())),
            or_dash(films(upstream, row).map(|films| films.to_string())),
            or_dash(some(view.lang.list(row.seconds.iter().map(i64::to_string)))),
            or_dash(some(sizes(view, &row.sizes))),
            or_dash(documented_words(view, row)),
            or_dash(some(numbers(&row.finding.evidence))),
        ]);
    }
    grid.markdown()
}

/// The upstream's name of a model, and the card's where that is another.
fn model(row: &ModelRow) -> String {
    if row.card == row.model {
        code(&row.model)
    } else {
        format!("{} ({})", code(&row.model), code(&row.card))
    }
}

/// Sizes, where those that differ by being upright only are told once.
pub(super) fn sizes(view: View<'_>, sizes: &[String]) -> String {
    let turned = |size: &str| size.split_once('x').map(|(width, height)| format!("{height}x{width}"));
    let is_pair = |size: &String| turned(size).is_some_and(|other| other != *size && sizes.contains(&other));
    let is_wide = |size: &str| {
        let numbers =
            size.split_once('x').map(|(width, height)| (width.parse::<u32>(), height.parse::<u32>()));
        matches!(numbers, Some((Ok(width), Ok(height))) if width >= height)
    };
    if sizes.is_empty() || !sizes.iter().all(is_pair) {
        return view.lang.list(sizes.iter().cloned());
    }
    let wide = view.lang.list(sizes.iter().filter(|size| is_wide(size)).cloned());
    view.lang.also_upright(&wide)
}

fn or_dash(text: Option<String>) -> String {
    text.unwrap_or_else(|| "–".to_owned())
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The balance of each upstream and what it buys.
pub(super) fn balances(view: View<'_>) -> String {
    let lang = view.lang;
    let mut text: String = view.survey.upstreams.iter().map(|upstream| balance(view, upstream)).collect();
    for (upstream, row) in view.rows() {
        if let Some(spent) = row.spent {
            let _ = writeln!(text, "- {}", lang.was_spent(&code(&row.model), &code(&upstream.name), spent));
        }
    }
    if view.survey.upstreams.iter().any(|upstream| Seller::of(upstream) == Seller::Kie) {
        let _ = writeln!(text, "\n{}", lang.worth());
    }
    text
}

fn balance(view: View<'_>, upstream: &UpstreamRow) -> String {
    let lang = view.lang;
    let Some(balance) = upstream.balance else {
        return format!(
            "- {}{}{}{}\n",
            code(&upstream.name),
            lang.colon(),
            lang.balance_unknown(),
            lang.stop()
        );
    };
    let mut amount = lang.balance_is(&balance.to_string());
    if Seller::of(upstream) == Seller::Kie {
        amount = lang.remark(&amount, &dollars(balance));
    }
    let mut clauses = vec![amount];
    let priced: Vec<(&ModelRow, i64)> =
        upstream.models.iter().filter_map(|row| Some((row, films(upstream, row)?))).collect();
    let (some, none): (Vec<_>, Vec<_>) = priced.into_iter().partition(|(_, films)| *films > 0);
    if !some.is_empty() {
        let films = some.iter().map(|(row, films)| format!("{films} × {}", code(&row.model)));
        clauses.push(lang.buys(&lang.list(films)));
    }
    if !none.is_empty() {
        let models = none.iter().map(|(row, _)| match row.price {
            Some(price) => lang.remark(&code(&row.model), &price.to_string()),
            None => code(&row.model),
        });
        clauses.push(lang.buys_none(&lang.list(models)));
    }
    format!("- {}{}{}{}\n", code(&upstream.name), lang.colon(), lang.clauses(clauses), lang.stop())
}
