//! What was found, upstream by upstream and family by family: is the API there, what does it say, is it documented.

use std::fmt::Write as _;

use filmgate_domain::survey::{Endpoint, Exchange, Finding, ModelRow, Reason, UpstreamRow};

use super::text::{code, numbers};
use super::view::{View, deciding, grouped, once_each};
use super::words::Word;
use super::words::format::Trait;

/// The questions about one model; other answers are about the endpoint or the upstream.
const ABOUT_A_MODEL: [&str; 2] = ["complete_create", "incomplete_create"];

/// A point for each upstream, below it one for each family, below that one for each verdict.
pub(super) fn section(view: View<'_>) -> String {
    view.survey.upstreams.iter().map(|upstream| of_upstream(view, upstream)).collect()
}

fn of_upstream(view: View<'_>, upstream: &UpstreamRow) -> String {
    let lang = view.lang;
    let mut clauses = Vec::new();
    if let Some(state) = &upstream.state {
        clauses.push(format!("**{}**", lang.finding(state)));
        clauses.extend(deciding(upstream, state).map(|exchange| says(view, exchange, &[exchange.number])));
    }
    let balance = upstream.balance.map(|balance| lang.balance_is(&balance.to_string()));
    clauses.push(balance.unwrap_or_else(|| lang.balance_unknown().to_owned()));
    if let Some(listed) = &upstream.listed {
        let is_listed = |row: &&ModelRow| listed.contains(&row.model);
        let asked: Vec<String> =
            once_each(upstream.models.iter().filter(is_listed).map(|row| code(&row.model)));
        clauses.push(lang.own_list(listed.len(), &asked));
    }
    let own: Vec<&ModelRow> =
        upstream.models.iter().filter(|row| row.finding.reason != Reason::WholeUpstream).collect();
    let mut text =
        format!("- {}{}{}{}", code(&upstream.name), lang.colon(), lang.clauses(clauses), lang.stop());
    if upstream.state.is_some() && own.is_empty() {
        text += &lang.sentence_after(&lang.whole(upstream.models.len()));
    }
    text.push('\n');
    let families = grouped(own.into_iter().map(|row| ((view.family(row), row.endpoint), row)));
    for ((family, endpoint), rows) in families {
        text += &of_family(view, upstream, (family.as_deref(), endpoint), &rows);
    }
    text
}

fn of_family(
    view: View<'_>,
    upstream: &UpstreamRow,
    (family, endpoint): (Option<&str>, Endpoint),
    rows: &[&ModelRow],
) -> String {
    let lang = view.lang;
    let family = match (family, endpoint) {
        (None, _) => lang.without_card().to_owned(),
        (Some(family), Endpoint::Videos) => lang.asked_as(family),
        (Some(family), Endpoint::Jobs | Endpoint::Veo) => family.to_owned(),
    };
    let answers = upstream.endpoints.iter().find(|row| row.endpoint == endpoint).and_then(|row| row.answers);
    let clauses = [lang.answers(answers).to_owned(), lang.documentation(&documented(view, rows))];
    let place = lang.trait_of(Trait::Create, endpoint);
    let mut text = format!(
        "  - **{family}**{}{place}{}{}{}\n",
        lang.comma(),
        lang.colon(),
        lang.clauses(clauses),
        lang.stop()
    );
    for (verdict, rows) in grouped(rows.iter().map(|row| (lang.finding(&row.finding), *row))) {
        let models = lang.list(once_each(rows.iter().map(|row| code(&row.model))));
        let mut clauses = answers_about(view, upstream, &rows);
        clauses.extend(rows.iter().find_map(|row| contrast(view, upstream, &row.finding)));
        clauses.insert(0, models);
        let _ = writeln!(text, "    - **{verdict}**{}{}{}", lang.colon(), lang.clauses(clauses), lang.stop());
    }
    text
}

/// What the upstream says of these models, each answer once; where it was not asked about them, how the verdict follows.
fn answers_about(view: View<'_>, upstream: &UpstreamRow, rows: &[&ModelRow]) -> Vec<String> {
    let lang = view.lang;
    let mut clauses = Vec::new();
    let is_about = |exchange: &&Exchange| ABOUT_A_MODEL.contains(&exchange.question.as_str());
    let said = rows.iter().filter_map(|row| deciding(upstream, &row.finding).filter(is_about));
    for (_, exchanges) in grouped(said.map(|said| ((said.code, said.http_status, said.words.as_str()), said)))
    {
        let evidence: Vec<u32> = exchanges.iter().map(|exchange| exchange.number).collect();
        clauses.extend(exchanges.first().map(|first| says(view, first, &evidence)));
    }
    let others = rows.iter().filter(|row| deciding(upstream, &row.finding).filter(is_about).is_none());
    for (reason, evidence) in grouped(others.map(|row| (row.finding.reason, &row.finding.evidence))) {
        let mut evidence: Vec<u32> = evidence.into_iter().flatten().copied().collect();
        evidence.sort_unstable();
        evidence.dedup();
        let reason = lang.reason(reason);
        let remark = (!evidence.is_empty()).then(|| lang.remark(reason, &lang.evidence(&numbers(&evidence))));
        clauses.push(remark.unwrap_or_else(|| reason.to_owned()));
    }
    clauses
}

fn says(view: View<'_>, exchange: &Exchange, evidence: &[u32]) -> String {
    let (lang, numbers) = (view.lang, view.lang.evidence(&numbers(evidence)));
    match exchange.http_status {
        Some(_) => lang.says(&exchange.question, &answer(exchange), &numbers),
        // Nobody said anything: these are our own words about why not.
        None => lang.remark(&answer(exchange), &numbers),
    }
}

/// What the upstream says of a model that does not exist, where the verdict rests on the difference.
fn contrast(view: View<'_>, upstream: &UpstreamRow, finding: &Finding) -> Option<String> {
    let rests_on = |exchange: &&Exchange| {
        exchange.question == "unknown_model" && finding.evidence.contains(&exchange.number)
    };
    let exchange = upstream.exchanges.iter().find(rests_on)?;
    Some(says(view, exchange, &[exchange.number]))
}

/// The code or else the status, and the upstream's own words.
pub(super) fn answer(exchange: &Exchange) -> String {
    let number = match (exchange.code, exchange.http_status) {
        (Some(number), _) => format!("`code` {number}"),
        (None, Some(status)) => format!("HTTP {status}"),
        (None, None) => return code(&exchange.words),
    };
    if exchange.words.trim().is_empty() { number } else { format!("{number} {}", code(&exchange.words)) }
}

/// How well the models of a family are documented, each way once.
fn documented(view: View<'_>, rows: &[&ModelRow]) -> String {
    let lang = view.lang;
    let ways = grouped(rows.iter().map(|row| (documented_words(view, row), ())));
    let known: Vec<String> = ways.into_iter().filter_map(|(way, _)| way).collect();
    if known.is_empty() { lang.no_page().to_owned() } else { lang.clauses(known) }
}

/// How well a model is documented, in a few words; none where no page is known.
pub(super) fn documented_words(view: View<'_>, row: &ModelRow) -> Option<String> {
    let page = row.documentation.as_ref()?;
    Some(view.lang.documented(view.documented(row)?, &code(&page.url), page.first_seen))
}

/// The head of a column or line.
pub(super) fn head<const N: usize>(view: View<'_>, words: [Word; N]) -> Vec<String> {
    words.map(|word| view.lang.word(word).to_owned()).to_vec()
}
