//! The conclusion: does plan A work today, what to do if not, and both plans beside each other.

use std::fmt::Write as _;

use filmgate_domain::catalogue::Card;
use filmgate_domain::survey::{Certainty, Choice, Plan, Reason, Use};

use super::grid::Grid;
use super::next::{self, Step};
use super::text::code;
use super::view::{Seller, View, deciding, grouped, missing, price};
use super::words::Word;

/// One sentence for uses that fare alike, then a table of the plans.
pub(super) fn section(view: View<'_>) -> String {
    let lang = view.lang;
    let mut text = String::new();
    for (status, to_do) in statuses(view) {
        let _ = writeln!(text, "**{status}** {to_do}\n");
    }
    let plans: Vec<&Plan> = view.survey.plans.iter().filter(|plan| plan.a.is_some()).collect();
    if plans.is_empty() {
        return text;
    }
    let mut grid = Grid::with_head([Word::Use, Word::PlanA, Word::PlanB].map(|word| lang.word(word)));
    for plan in plans {
        let cell = |choice: &Option<Choice>| {
            choice.as_ref().map_or_else(|| lang.nothing().to_owned(), |choice| choice_words(view, choice))
        };
        grid.push(vec![lang.r#use(plan.r#use).to_owned(), cell(&plan.a), cell(&plan.b)]);
    }
    text + &grid.markdown()
}

/// How the uses fare, and what to do about it; uses that fare alike are told together.
pub(super) fn statuses(view: View<'_>) -> Vec<(String, String)> {
    let lang = view.lang;
    if view.survey.plans.is_empty() {
        return vec![(lang.no_use().to_owned(), String::new())];
    }
    let groups = grouped(view.survey.plans.iter().map(|plan| (status(view, plan), plan.r#use)));
    let sentence = |((status, to_do), uses): ((String, String), Vec<Use>)| {
        (lang.uses(&uses) + lang.colon() + &status, to_do)
    };
    groups.into_iter().map(sentence).collect()
}

fn status(view: View<'_>, plan: &Plan) -> (String, String) {
    let lang = view.lang;
    let Some((upstream, row)) = plan.a.as_ref().and_then(|choice| view.chosen(choice)) else {
        return (lang.no_plan().to_owned(), why_no_plan(view, plan.r#use));
    };
    if plan.works() {
        return (lang.plan_works(row.finding.certainty).to_owned(), lang.step(&Step::Use));
    }
    let said = deciding(upstream, &row.finding).filter(|_| row.finding.reason == Reason::Said);
    let number = said.and_then(|said| said.code).map(|number| format!("`code` {number}"));
    let verdict = lang.verdict(row.finding.verdict);
    let inferred = (row.finding.certainty == Certainty::Inferred).then(|| lang.inferred_word().to_owned());
    let verdict =
        number.or(inferred).map_or_else(|| verdict.to_owned(), |remark| lang.remark(verdict, &remark));
    let status = lang.plan_fails(&verdict);
    let lacking = missing(upstream, row).map(|missing| next::lacking(view, upstream, missing));
    let to_do = lang.to_do().to_owned() + &lang.step(&Step::of(upstream, row)) + &lacking.unwrap_or_default();
    (status, to_do)
}

/// What was found of the models that could have been a plan, and what to do about each.
fn why_no_plan(view: View<'_>, r#use: Use) -> String {
    let lang = view.lang;
    let serves = |card: &Card| match r#use {
        Use::TextToVideo => card.takes_words_alone(),
        Use::ImageToVideo => card.pictures_max() > 0,
    };
    let rows = view.rows().filter(|(_, row)| view.card(row).is_some_and(serves));
    let groups =
        grouped(rows.map(|(upstream, row)| {
            ((row.finding.verdict, upstream.name.as_str(), Step::of(upstream, row)), ())
        }));
    let clause = |((verdict, upstream, step), rows): &((_, &str, Step), Vec<()>)| {
        let what =
            lang.remark(lang.verdict(*verdict), &lang.models_at(&lang.models(rows.len()), &code(upstream)));
        format!("{what}{}{}", lang.colon(), lang.step(step))
    };
    lang.why().to_owned() + &groups.iter().map(clause).collect::<Vec<_>>().join(" ")
}

/// What a plan is, what was found of it, what it costs and what speaks for it.
fn choice_words(view: View<'_>, choice: &Choice) -> String {
    let lang = view.lang;
    let name = lang.model_at(&code(&choice.model), &code(&choice.upstream));
    let Some((upstream, row)) = view.chosen(choice) else { return name };
    let mut clauses = vec![
        format!("**{}**", lang.finding(&row.finding)),
        lang.price(price(upstream, row), Seller::of(upstream) == Seller::Kie),
    ];
    if !choice.strengths.is_empty() {
        clauses.push(lang.in_its_favour(&choice.strengths));
    }
    name + lang.colon() + &lang.clauses(clauses)
}
