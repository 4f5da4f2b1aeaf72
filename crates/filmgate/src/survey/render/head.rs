//! The head of a report: when, by which version, at what cost, who was asked; and before all of it, what went wrong.

use std::fmt::Write as _;

use filmgate_domain::survey::{Incident, UpstreamRow};

use super::text::{code, moment};
use super::view::View;

/// The title, the alarms and one line about the survey.
pub(super) fn section(view: View<'_>) -> String {
    let (survey, lang) = (view.survey, view.lang);
    let names = survey.upstreams.iter().map(|upstream| code(&upstream.name));
    let mut text = format!("# {}\n\n", lang.title(&lang.list(names)));
    for (headline, to_do) in alarms(view, code) {
        let _ = writeln!(text, "> **{headline}** {to_do}\n");
    }
    let asked = |upstream: &UpstreamRow| {
        let requests = lang.requests(upstream.exchanges.len());
        let what = format!("{}{}{requests}", code(&upstream.address), lang.comma());
        lang.remark(&code(&upstream.name), &what)
    };
    let asked: Vec<String> = survey.upstreams.iter().map(asked).collect();
    text += &lang.clauses([
        format!("{} UTC", moment(survey.at)),
        format!("filmgate {}", super::text::plain(&survey.version)),
        lang.spent(survey.spent, has_alarm(view)),
        lang.asked(&asked),
    ]);
    text + lang.stop() + "\n"
}

/// Whether something happened that should not have.
pub(super) fn has_alarm(view: View<'_>) -> bool {
    view.survey.upstreams.iter().any(|upstream| !upstream.incidents.is_empty())
}

/// Everything that should not have happened: a headline and what to do. `mark` makes foreign words harmless.
pub(super) fn alarms(view: View<'_>, mark: fn(&str) -> String) -> Vec<(String, String)> {
    let of = |upstream: &UpstreamRow| {
        let name = mark(&upstream.name);
        let alarm = move |incident: &Incident| match incident {
            Incident::Created { job, model, exchange } => {
                view.lang.created(&mark(job), &mark(model), &name, *exchange)
            }
            Incident::Ordered { task, model, price, command } => {
                view.lang.ordered((&mark(task), &mark(model), &name), *price, &mark(command))
            }
            Incident::Lost { model, exchange } => view.lang.lost(&mark(model), &name, *exchange),
        };
        upstream.incidents.iter().map(alarm).collect::<Vec<_>>()
    };
    view.survey.upstreams.iter().flat_map(of).collect()
}
