//! What to do next about each verdict that occurs, and why documentation may be missing.

use std::fmt::Write as _;

use filmgate_domain::catalogue::Documented;
use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{ModelRow, Reason, Says, UpstreamRow, Verdict};

use super::text::{block, code};
use super::view::{Seller, View, deciding, grouped, missing, once_each};
use super::words::Word;

/// Kie's code for a sub-key that is over a cap of its own (reference, 1.4).
const KEY_OVER_ITS_CAP: i64 = 433;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Use,
    TopUp(Seller),
    WaitForSwitch(Option<String>),
    Replace(Option<String>),
    Elsewhere,
    CheckKey(Seller),
    RaiseCap(Seller),
    AskForRight(Seller),
    SlowDown(Seller),
    WaitForService,
    Reach,
    OtherApi,
    AskFewer,
    MakeFilm(Seller),
    SeeTask,
    SeeIncident,
}

impl Step {
    /// What follows from a row.
    pub(super) fn of(upstream: &UpstreamRow, row: &ModelRow) -> Self {
        let (finding, seller) = (&row.finding, Seller::of(upstream));
        let exchange = deciding(upstream, finding);
        match finding.verdict {
            Verdict::Usable => Self::Use,
            Verdict::CreditsInsufficient => Self::TopUp(seller),
            Verdict::Paused => Self::WaitForSwitch(finding.replacement.clone()),
            Verdict::Retired => Self::Replace(finding.replacement.clone()),
            Verdict::NotOffered => Self::Elsewhere,
            Verdict::KeyRefused => Self::CheckKey(seller),
            Verdict::NotPermitted => {
                let is_cap = exchange
                    .is_some_and(|said| said.says == Says::KeyLimited || said.code == Some(KEY_OVER_ITS_CAP));
                if is_cap { Self::RaiseCap(seller) } else { Self::AskForRight(seller) }
            }
            Verdict::RateLimited => Self::SlowDown(seller),
            Verdict::Maintenance => Self::WaitForService,
            Verdict::Unreachable if exchange.is_some_and(|said| said.says == Says::NotThisApi) => {
                Self::OtherApi
            }
            Verdict::Unreachable => Self::Reach,
            Verdict::NotVerified if finding.reason == Reason::LimitReached => Self::AskFewer,
            Verdict::NotVerified => match finding.reason {
                Reason::Ordered => Self::SeeTask,
                Reason::Taken | Reason::Lost | Reason::Stopped => Self::SeeIncident,
                _ => Self::MakeFilm(seller),
            },
        }
    }
}

/// The whole section.
pub(super) fn section(view: View<'_>) -> String {
    let lang = view.lang;
    let mut text = String::new();
    for (verdict, rows) in grouped(by_verdict(view)) {
        let what = format!("**{}**", lang.verdict(verdict));
        for (step, rows) in grouped(rows) {
            let least = rows.iter().filter_map(|(upstream, row)| missing(upstream, row)).min();
            let least = least.map(|least| lang.lacking(least, is_kie(&step))).unwrap_or_default();
            let advice = lang.step(&step);
            let _ = writeln!(
                text,
                "- {what}{}{}{}{advice}{least}",
                lang.comma(),
                names(view, &rows),
                lang.colon()
            );
        }
    }
    text += &documentation(view);
    if !view.report.config.trim().is_empty() {
        let _ =
            writeln!(text, "\n### {}\n\n{}\n", lang.word(Word::Configuration), lang.configuration_intro());
        text += &block("toml", view.report.config);
    }
    text
}

fn is_kie(step: &Step) -> bool {
    *step == Step::TopUp(Seller::Kie)
}

type Row<'a> = (&'a UpstreamRow, &'a ModelRow);

fn by_verdict(view: View<'_>) -> Vec<(Verdict, (Step, Row<'_>))> {
    let mut rows: Vec<_> = view
        .rows()
        .map(|(upstream, row)| (row.finding.verdict, (Step::of(upstream, row), (upstream, row))))
        .collect();
    rows.sort_by_key(|(verdict, _)| *verdict);
    rows
}

/// The models of rows, upstream by upstream.
pub(super) fn names(view: View<'_>, rows: &[Row<'_>]) -> String {
    let lang = view.lang;
    let groups = grouped(rows.iter().map(|(upstream, row)| (upstream.name.as_str(), code(&row.model))));
    let of = |(upstream, models): (&str, Vec<String>)| {
        lang.models_at(&lang.list(once_each(models)), &code(upstream))
    };
    lang.clauses(groups.into_iter().map(of))
}

/// How much is missing, with its worth where the account is with Kie.
pub(super) fn lacking(view: View<'_>, upstream: &UpstreamRow, missing: Credits) -> String {
    view.lang.lacking(missing, Seller::of(upstream) == Seller::Kie)
}

/// Why a page may be missing, for each way that occurs.
fn documentation(view: View<'_>) -> String {
    let lang = view.lang;
    let state = |(upstream, row)| Some((view.documented(row).map(Gap::of)?, (upstream, row)));
    let groups = grouped(view.rows().filter_map(state).filter_map(|(gap, row)| Some((gap?, row))));
    if groups.is_empty() {
        return String::new();
    }
    let mut text = format!("\n### {}\n\n", lang.word(Word::Documentation));
    for (gap, rows) in groups {
        let _ = writeln!(text, "- {}{}{}", names(view, &rows), lang.colon(), lang.gap(gap));
    }
    text
}

/// Why a page is not where one looks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    NotYet,
    Superseded(filmgate_domain::time::Day),
    Gone(filmgate_domain::time::Day),
}

impl Gap {
    fn of(documented: Documented) -> Option<Self> {
        match documented {
            Documented::Published => None,
            Documented::NotYet => Some(Self::NotYet),
            Documented::Superseded(day) => Some(Self::Superseded(day)),
            Documented::Gone(day) => Some(Self::Gone(day)),
        }
    }
}
