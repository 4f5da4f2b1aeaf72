//! The metrics as Prometheus reads them: what this process knows of its upstreams, and the newest survey.

use std::fmt::Write as _;

use filmgate_domain::survey::{Survey, Verdict};

use crate::app::App;

/// One family of metrics with its samples.
struct Family {
    text: String,
    name: &'static str,
}

impl Family {
    fn new(name: &'static str, help: &str) -> Self {
        Self { text: format!("# HELP {name} {help}\n# TYPE {name} gauge\n"), name }
    }

    fn sample(&mut self, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> =
            labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "{}{labels} {value}", self.name);
    }
}

/// Everything, in the order of its names.
pub(super) fn text(app: &App) -> String {
    let now = app.now();
    let mut info = Family::new("filmgate_info", "The version of this filmgate.");
    info.sample(&[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    let mut held = Family::new("filmgate_tasks_held", "Tasks that this process works on or waits for.");
    held.sample(&[], u32::try_from(app.waiting()).map_or(f64::MAX, f64::from));
    let mut balance = Family::new("filmgate_upstream_balance_credits", "The balance when it was last read.");
    let mut circuit = Family::new("filmgate_upstream_circuit_open", "1 while the upstream is left alone.");
    for gate in app.upstreams.all() {
        let labels = [("upstream", gate.offer.name.as_str())];
        if let Some((_, credits)) = gate.balance() {
            balance.sample(&labels, credits.as_f64());
        }
        circuit.sample(&labels, f64::from(u8::from(gate.circuit(now).is_some())));
    }
    let survey = app.newest.survey();
    let families =
        [info, held, balance, circuit].into_iter().chain(survey.iter().flat_map(|survey| of_survey(survey)));
    families.map(|family| family.text).collect()
}

fn of_survey(survey: &Survey) -> [Family; 3] {
    let mut at = Family::new("filmgate_survey_timestamp_seconds", "When the newest survey began.");
    #[expect(clippy::cast_precision_loss, reason = "a time in seconds, as Prometheus wants it")]
    at.sample(&[], survey.at.0 as f64 / 1_000.0);
    let mut plan = Family::new("filmgate_survey_plan_usable", "1 while plan A for this use works.");
    for one in &survey.plans {
        plan.sample(&[("use", one.r#use.model())], f64::from(u8::from(one.works())));
    }
    let mut models =
        Family::new("filmgate_survey_model_usable", "1 where the newest survey found the model usable.");
    for upstream in &survey.upstreams {
        for row in &upstream.models {
            let verdict = row.finding.verdict;
            let labels = [
                ("upstream", upstream.name.as_str()),
                ("model", row.card.as_str()),
                ("verdict", verdict.word()),
            ];
            models.sample(&labels, f64::from(u8::from(verdict == Verdict::Usable)));
        }
    }
    [at, plan, models]
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_end_its_line() {
        let mut family = Family::new("x", "An example.");
        family.sample(&[("upstream", "a\"b\\c\nd")], 1.5);
        assert!(family.text.ends_with("x{upstream=\"a\\\"b\\\\c\\nd\"} 1.5\n"), "{}", family.text);
    }
}
