//! Surveys for tests: real interviews with upstreams that answer from a script.

use std::collections::BTreeMap;

use filmgate_domain::catalogue::{Catalogue, Dialect};
use filmgate_domain::credits::Credits;
use filmgate_domain::route::Offer;
use filmgate_domain::survey::{
    Heard, Interview, InterviewLimits, Next, Question, SCHEMA, Says, Subject, Survey, Target, UpstreamRow,
    plans,
};
use filmgate_domain::time::Timestamp;

/// 2025-10-28 08:26 UTC.
pub(super) const OCTOBER_2025: i64 = 1_761_640_000_000 - 1_761_640_000_000 % 86_400_000 + 30_360_000;
/// 2026-11-22 08:26 UTC.
pub(super) const NOVEMBER_2026: i64 = 1_795_305_600_000 + 30_360_000;

/// An answer: what it says, the HTTP status, the code, the words.
pub(super) type Answer = (Says, Option<u16>, Option<i64>, String);

pub(super) fn answer(says: Says, code: i64, words: &str) -> Answer {
    (says, Some(200), Some(code), words.to_owned())
}

/// What is known of an upstream before it is asked.
pub(super) struct Script<'a> {
    pub(super) name: &'a str,
    pub(super) dialect: Dialect,
    pub(super) address: &'a str,
    pub(super) models: &'a [(&'a str, &'a str)],
    pub(super) unknown: &'a [&'a str],
    pub(super) limits: InterviewLimits,
    pub(super) at: i64,
}

impl Default for Script<'_> {
    fn default() -> Self {
        Self {
            name: "kie",
            dialect: Dialect::Kie,
            address: "https://api.kie.ai",
            models: &[],
            unknown: &[],
            limits: InterviewLimits { requests_max: 40, verify_402: false },
            at: OCTOBER_2025,
        }
    }
}

/// The whole interview, answered by `says`.
pub(super) fn interview(
    catalogue: &Catalogue,
    script: &Script<'_>,
    says: impl Fn(&Next, &str) -> Answer,
) -> UpstreamRow {
    let own = script.models.iter().map(|(card, model)| ((*card).to_owned(), (*model).to_owned()));
    let models: BTreeMap<String, String> = own.collect();
    let offer = Offer { name: script.name.to_owned(), dialect: script.dialect, models };
    let mut targets: Vec<Target> = catalogue
        .cards()
        .iter()
        .filter(|card| card.makes_films())
        .filter_map(|card| Target::of(card, &offer, false))
        .collect();
    for target in &mut targets {
        let card = catalogue.find(&target.card).unwrap();
        target.fields = filmgate_providers::facts::facts(card, script.dialect);
    }
    targets.extend(script.unknown.iter().map(|model| Target::unknown(model, script.dialect)));
    let names: Vec<String> = targets.iter().map(|target| target.model.clone()).collect();
    let subject = Subject {
        is_distrusted: false,
        name: script.name.to_owned(),
        dialect: script.dialect,
        is_filmgate: false,
        address: script.address.to_owned(),
        targets,
    };
    let mut at = Timestamp(script.at);
    let mut interview = Interview::new(subject, script.limits, at.day());
    loop {
        let step = interview.next_step();
        let model = match &step {
            Next::Done => return interview.row(),
            Next::Ask(Question::Incomplete(incomplete)) => incomplete.model().to_owned(),
            Next::Complete(target) => names[*target].clone(),
            Next::Ask(_) => String::new(),
        };
        let (says, http_status, code, words) = says(&step, &model);
        let request = request(&step, &model);
        interview.hear(&step, Heard { says, request, http_status, code, words }, (at, 312));
        at = at.after(700);
    }
}

fn request(step: &Next, model: &str) -> String {
    match step {
        Next::Ask(Question::Balance) => "GET /api/v1/chat/credit".to_owned(),
        Next::Ask(Question::Models) => "GET /api/v1/models".to_owned(),
        Next::Ask(Question::Record(_)) => "GET /api/v1/jobs/recordInfo?taskId=0000".to_owned(),
        Next::Ask(Question::UnknownModel(_)) => {
            r#"POST /api/v1/jobs/createTask {"model":"filmgate-probe-no-such-model","input":{}}"#.to_owned()
        }
        Next::Ask(Question::Incomplete(_)) => {
            format!(r#"POST /api/v1/jobs/createTask {{"model":"{model}","input":{{}}}}"#)
        }
        Next::Complete(_) => {
            format!(r#"POST /api/v1/jobs/createTask {{"model":"{model}","input":{{"prompt":"…"}}}}"#)
        }
        Next::Ask(Question::Identity) | Next::Done => String::new(),
    }
}

/// Kie as it was in October 2025 to an account without credits.
pub(super) fn kie(step: &Next, model: &str) -> Answer {
    match step {
        Next::Ask(Question::Balance) => answer(Says::Balance(Credits::ZERO), 200, "success"),
        Next::Ask(Question::Models) => answer(Says::NotThisApi, 404, "Not Found"),
        Next::Ask(Question::Record(_)) => answer(Says::UnknownTask, 422, "recordInfo is null"),
        Next::Ask(Question::UnknownModel(_)) => {
            answer(Says::UnknownModel, 422, "The page does not exist or is not published")
        }
        Next::Ask(Question::Incomplete(_)) | Next::Complete(_)
            if ["veo-3-1", "veo3_lite"].contains(&model) =>
        {
            answer(Says::UnknownModel, 422, "The page does not exist or is not published")
        }
        Next::Ask(Question::Incomplete(_)) => answer(Says::FieldMissing, 500, "This field is required"),
        Next::Complete(_) => {
            answer(Says::NoBalance, 402, "The current credits are insufficient. Please top up.")
        }
        Next::Ask(Question::Identity) | Next::Done => unreachable!("nothing is asked"),
    }
}

/// An engine of one's own that lists its one model.
pub(super) fn engine(step: &Next, _model: &str) -> Answer {
    match step {
        Next::Ask(Question::Models) => {
            (Says::Models(vec!["wan2.2-t2v-a14b".to_owned()]), Some(200), None, String::new())
        }
        _ => (Says::UnknownTask, Some(404), None, "Video not found".to_owned()),
    }
}

pub(super) fn catalogue() -> Catalogue {
    crate::catalogue::load().unwrap()
}

pub(super) fn survey(upstreams: Vec<UpstreamRow>, catalogue: &Catalogue, at: i64) -> Survey {
    let plans = plans(&upstreams, catalogue);
    let version = "0.1.0".to_owned();
    Survey {
        schema: SCHEMA,
        version,
        at: Timestamp(at),
        upstreams,
        plans,
        spent: Credits::ZERO,
        changes: None,
    }
}

/// Sora and Veo without credits at Kie, verified by complete creates; an engine that works besides.
pub(super) fn october(catalogue: &Catalogue, with_engine: bool, verify_402: bool) -> Survey {
    let limits = InterviewLimits { requests_max: 60, verify_402 };
    let mut upstreams =
        vec![interview(catalogue, &Script { limits, unknown: &["sora-2-remix"], ..Script::default() }, kie)];
    if with_engine {
        let models = [("sora-2-text-to-video", "wan2.2-t2v-a14b")];
        let script = Script {
            name: "engine",
            dialect: Dialect::Openai,
            address: "http://127.0.0.1:8000/v1",
            models: &models,
            ..Script::default()
        };
        upstreams.push(interview(catalogue, &script, engine));
    }
    survey(upstreams, catalogue, OCTOBER_2025)
}

/// Kie in November 2026 with some credits: Sora is paused, Veo works.
pub(super) fn november(catalogue: &Catalogue) -> Survey {
    let answers = |step: &Next, model: &str| match step {
        Next::Ask(Question::Balance) => answer(Says::Balance(Credits::whole(130)), 200, "success"),
        Next::Ask(Question::Models) => {
            answer(Says::Models(vec!["veo-3-1".to_owned(), "kling-3.0".to_owned()]), 200, "success")
        }
        Next::Ask(Question::Incomplete(_)) if model.starts_with("sora") => {
            answer(Says::Paused, 500, "This interface is temporarily paused.")
        }
        Next::Ask(Question::Incomplete(_)) => answer(Says::FieldMissing, 500, "prompt is required"),
        step => kie(step, model),
    };
    let script = Script { at: NOVEMBER_2026, ..Script::default() };
    survey(vec![interview(catalogue, &script, answers)], catalogue, NOVEMBER_2026)
}
