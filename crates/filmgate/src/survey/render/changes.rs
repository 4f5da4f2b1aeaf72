//! What changed since the survey that this one was compared with.

use filmgate_domain::survey::Change;

use super::text::code;
use super::view::{View, grouped};

/// One point for each difference; nothing where nothing was compared.
pub(super) fn section(view: View<'_>) -> String {
    match view.report.changes {
        None => String::new(),
        Some([]) => view.lang.no_change().to_owned(),
        Some(changes) => {
            sentences(view, changes).into_iter().map(|sentence| format!("- {sentence}\n")).collect()
        }
    }
}

/// A sentence for each difference; models of one upstream whose verdict changed alike share one.
pub(super) fn sentences(view: View<'_>, changes: &[Change]) -> Vec<String> {
    let lang = view.lang;
    let verdicts = changes.iter().filter_map(|change| match change {
        Change::Verdict { upstream, card, was, is } => Some(((upstream, *was, *is), code(card))),
        _ => None,
    });
    let alike = grouped(verdicts).into_iter().map(|((upstream, was, is), cards)| {
        lang.verdict_change(&lang.models_at(&lang.list(cards), &code(upstream)), was, is)
    });
    let others = changes.iter().filter(|change| !matches!(change, Change::Verdict { .. }));
    alike.chain(others.map(|change| lang.change(change))).collect()
}
