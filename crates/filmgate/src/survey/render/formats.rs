//! The formats of requests side by side: what a thing is called, of which type it is and where it goes, at each endpoint.

use std::fmt::Write as _;

use filmgate_domain::catalogue::Dialect;
use filmgate_domain::survey::{Endpoint, FieldFact, ModelRow, UpstreamRow};

use super::grid::Grid;
use super::text::code;
use super::view::View;
use super::words::Word;
use super::words::format::Trait;

/// How many formats stand side by side.
const FORMATS_MAX: usize = 4;
const BEFORE_FIELDS: [Trait; 3] = [Trait::Models, Trait::Create, Trait::ModelGoes];
const AFTER_FIELDS: [Trait; 5] =
    [Trait::Success, Trait::TaskId, Trait::Record, Trait::Finished, Trait::Result];

/// One way of asking, and who is asked so.
struct Format<'a> {
    dialect: Dialect,
    family: String,
    endpoint: Endpoint,
    fields: &'a [FieldFact],
    models: Vec<&'a str>,
}

/// The comparison; the formats of the plans come first.
pub(super) fn section(view: View<'_>) -> String {
    let lang = view.lang;
    let formats = formats(view);
    if formats.is_empty() {
        return String::new();
    }
    let (shown, left_out) = formats.split_at(formats.len().min(FORMATS_MAX));
    let title = |format: &Format<'_>| lang.format(&format.family, format.endpoint);
    let mut grid =
        Grid::with_head(std::iter::once(lang.word(Word::Meaning).to_owned()).chain(shown.iter().map(title)));
    let line = |line: Trait| {
        let cells = shown.iter().map(|format| match line {
            Trait::Models => lang.list(format.models.iter().map(|model| code(model))),
            line => lang.trait_of(line, format.endpoint).to_owned(),
        });
        std::iter::once(lang.r#trait(line).to_owned()).chain(cells).collect::<Vec<_>>()
    };
    BEFORE_FIELDS.into_iter().for_each(|before| grid.push(line(before)));
    for meaning in meanings(view, shown) {
        let cells = shown.iter().map(|format| {
            let fields = format.fields.iter().filter(|field| meaning_of(view, field) == meaning);
            let fields: Vec<String> = fields.map(|field| field_words(view, field)).collect();
            if fields.is_empty() { "–".to_owned() } else { lang.clauses(fields) }
        });
        grid.push(std::iter::once(meaning.clone()).chain(cells).collect());
    }
    AFTER_FIELDS.into_iter().for_each(|after| grid.push(line(after)));
    let mut text = grid.markdown();
    if !left_out.is_empty() {
        let models = left_out.iter().flat_map(|format| &format.models).map(|model| code(model));
        let _ = writeln!(text, "\n{}", lang.formats_left_out(&lang.list(models)));
    }
    text
}

/// The formats of the plans first, then other endpoints and families, then variants of those; what is not there last.
fn formats<'a>(view: View<'a>) -> Vec<Format<'a>> {
    let planned: Vec<(&UpstreamRow, &ModelRow)> =
        view.choices().into_iter().map(|(_, upstream, row)| (upstream, row)).collect();
    let mut others: Vec<(&UpstreamRow, &ModelRow)> = view.rows().collect();
    others.sort_by_key(|(_, row)| {
        let is_variant = planned
            .iter()
            .any(|(_, other)| other.endpoint == row.endpoint && view.family(other) == view.family(row));
        (row.finding.verdict.is_out(), is_variant)
    });
    let mut formats: Vec<Format<'a>> = Vec::new();
    for (upstream, row) in planned.into_iter().chain(others).filter(|(_, row)| !row.fields.is_empty()) {
        let family = view.family(row).unwrap_or_default();
        let is_it = |format: &&mut Format<'_>| is_format(format, upstream, row, &family);
        match formats.iter_mut().find(is_it) {
            Some(format) if format.models.contains(&row.model.as_str()) => {}
            Some(format) => format.models.push(&row.model),
            None => formats.push(Format {
                dialect: upstream.dialect,
                family,
                endpoint: row.endpoint,
                fields: &row.fields,
                models: vec![&row.model],
            }),
        }
    }
    formats
}

fn is_format(format: &Format<'_>, upstream: &UpstreamRow, row: &ModelRow, family: &str) -> bool {
    format.dialect == upstream.dialect
        && format.endpoint == row.endpoint
        && format.family == family
        && format.fields == row.fields
}

/// What the fields of these formats mean: the things that everybody asks for first, each once.
fn meanings(view: View<'_>, formats: &[Format<'_>]) -> Vec<String> {
    const FIRST: [&str; 6] = ["prompt", "pictures", "aspect", "seconds", "size", "mode"];
    let there = || formats.iter().flat_map(|format| format.fields);
    let first = FIRST.iter().filter_map(|parameter| view.lang.meaning(parameter)).map(str::to_owned);
    let first = first.filter(|meaning| there().any(|field| meaning_of(view, field) == *meaning));
    let mut meanings: Vec<String> = Vec::new();
    for meaning in first.chain(there().map(|field| meaning_of(view, field))) {
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }
    meanings
}

fn meaning_of(view: View<'_>, field: &FieldFact) -> String {
    view.lang.meaning(&field.parameter).map_or_else(|| code(&field.parameter), str::to_owned)
}

/// A field's name, type and values.
fn field_words(view: View<'_>, field: &FieldFact) -> String {
    let lang = view.lang;
    let mut text = lang.remark(&code(&field.name), &field.kind);
    if field.required {
        text = lang.clauses([text, lang.required().to_owned()]);
    }
    if !field.values.trim().is_empty() {
        text += lang.colon();
        text += &lang.values(&field.values, code);
    }
    text
}
