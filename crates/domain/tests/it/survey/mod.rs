//! Surveys of scripted upstreams: the verdict in each state, and what is never asked.

mod after;

use filmgate_domain::catalogue::{Card, Catalogue, Dialect};
use filmgate_domain::credits::Credits;
use filmgate_domain::route::Offer;
use filmgate_domain::survey::{
    Certainty, Endpoint, Finding, Heard, Incident, Interview, InterviewLimits, ModelRow, Next, NoQuestion,
    Question, Reason, Says, Subject, Target, UpstreamRow, Verdict,
};
use filmgate_domain::time::{Day, Timestamp};

use crate::walk::Chance;

const TODAY: &str = "2026-11-22";
const OCTOBER_2025: &str = "2025-10-20";
const LIMITS: InterviewLimits = InterviewLimits { requests_max: 40, verify_402: false };

fn catalogue() -> Catalogue {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
    let cards = std::fs::read_dir(folder).unwrap().map(|file| {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        toml::from_str::<Card>(&text).unwrap()
    });
    Catalogue::new(cards.collect()).unwrap()
}

fn day(text: &str) -> Day {
    Day::try_from(text.to_owned()).unwrap()
}

fn subject(dialect: Dialect) -> Subject {
    let name = if dialect == Dialect::Kie { "kie" } else { "engine" };
    let offer = Offer { name: name.into(), dialect, models: Default::default() };
    let catalogue = catalogue();
    let cards = catalogue.cards().iter().filter(|card| card.refused.is_none());
    let targets = cards.filter_map(|card| Target::of(card, &offer, false)).collect();
    Subject {
        name: name.into(),
        dialect,
        is_filmgate: false,
        address: "https://x.test".into(),
        is_distrusted: false,
        targets,
    }
}

fn heard(says: Says) -> Heard {
    Heard { says, request: "GET /".into(), http_status: Some(200), code: Some(200), words: "words".into() }
}

/// Interviews somebody who answers by a function, on a day.
fn interview(
    subject: Subject,
    limits: InterviewLimits,
    today: &str,
    mut answer: impl FnMut(&Next) -> Heard,
) -> UpstreamRow {
    let mut interview = Interview::new(subject, limits, day(today));
    loop {
        match interview.next_step() {
            Next::Done => return interview.row(),
            step => interview.hear(&step, answer(&step), (Timestamp(0), 1)),
        }
    }
}

/// A Kie account that is well, with a balance: all models are there, and there is a list of models.
fn well(balance: i64) -> impl FnMut(&Next) -> Heard {
    move |step| {
        heard(match step {
            Next::Ask(Question::Identity) => Says::Answered,
            Next::Ask(Question::Balance) => Says::Balance(Credits::whole(balance)),
            Next::Ask(Question::Models) => {
                Says::Models(vec!["veo-3-1".into(), "sora-2-text-to-video".into()])
            }
            Next::Ask(Question::Record(_)) => Says::UnknownTask,
            Next::Ask(Question::UnknownModel(_)) => Says::UnknownModel,
            Next::Ask(Question::Incomplete(_)) => Says::FieldMissing,
            Next::Complete(_) => Says::NoBalance,
            Next::Done => Says::Answered,
        })
    }
}

/// The same, and one kind of step is answered otherwise.
fn but(mut otherwise: impl FnMut(&Next) -> Option<Says>, balance: i64) -> impl FnMut(&Next) -> Heard {
    let mut well = well(balance);
    move |step| otherwise(step).map_or_else(|| well(step), heard)
}

fn creates(says: Says) -> impl FnMut(&Next) -> Option<Says> {
    move |step| matches!(step, Next::Ask(Question::Incomplete(_))).then(|| says.clone())
}

fn finding<'a>(row: &'a UpstreamRow, card: &str) -> &'a Finding {
    &model(row, card).finding
}

fn model<'a>(row: &'a UpstreamRow, card: &str) -> &'a ModelRow {
    row.models.iter().find(|row| row.card == card).unwrap()
}

fn kie(otherwise: impl FnMut(&Next) -> Option<Says>, balance: i64) -> UpstreamRow {
    interview(subject(Dialect::Kie), LIMITS, TODAY, but(otherwise, balance))
}

#[test]
fn what_asks_for_its_field_is_usable_when_the_balance_covers_it() {
    let row = kie(|_| None, 45);
    let fast = finding(&row, "veo3_lite");
    assert_eq!((fast.verdict, fast.certainty), (Verdict::Usable, Certainty::Inferred));
    assert_eq!(model(&row, "veo3_lite").films, Some(1));
    let quality = finding(&row, "veo3");
    assert_eq!(
        (quality.verdict, quality.reason),
        (Verdict::CreditsInsufficient, Reason::AsksAndBalanceShort)
    );
    assert_eq!(quality.evidence.len(), 3, "the balance, the control and the answer");
}

#[test]
fn each_answer_to_a_create_has_its_verdict() {
    for (says, verdict) in [
        (Says::Paused, Verdict::Paused),
        (Says::UnknownModel, Verdict::NotOffered),
        (Says::NotPermitted, Verdict::NotPermitted),
        (Says::KeyLimited, Verdict::NotPermitted),
        (Says::KeyRefused, Verdict::KeyRefused),
        (Says::RateLimited, Verdict::RateLimited),
        (Says::Maintenance, Verdict::Maintenance),
        (Says::NoBalance, Verdict::CreditsInsufficient),
        (Says::Fault, Verdict::NotVerified),
        (Says::Invalid, Verdict::NotVerified),
        (Says::NotThisApi, Verdict::Unreachable),
        (Says::Unreachable, Verdict::Unreachable),
    ] {
        let row = kie(creates(says.clone()), 1_000);
        assert_eq!(finding(&row, "veo3_fast").verdict, verdict, "{says:?}");
    }
}

#[test]
fn what_is_not_there_and_was_once_is_retired() {
    let row = kie(creates(Says::UnknownModel), 1_000);
    let sora = finding(&row, "sora-2-text-to-video");
    assert_eq!((sora.verdict, sora.since), (Verdict::Retired, Some(day("2026-06-11"))));
    assert_eq!(sora.replacement.as_deref(), Some("veo-3-1"));
    let before =
        interview(subject(Dialect::Kie), LIMITS, OCTOBER_2025, but(creates(Says::UnknownModel), 1_000));
    assert_eq!(finding(&before, "sora-2-text-to-video").verdict, Verdict::NotOffered);
}

#[test]
fn a_model_that_may_make_a_film_of_nothing_is_never_asked() {
    let target =
        subject(Dialect::Kie).targets.into_iter().find(|target| target.card == "sora-2-pro-storyboard");
    assert_eq!(target.unwrap().incomplete, Err(NoQuestion::MayCreate));
    let row = kie(|step| matches!(step, Next::Ask(Question::Models)).then_some(Says::NotThisApi), 1_000);
    let storyboard = finding(&row, "sora-2-pro-storyboard");
    assert_eq!((storyboard.verdict, storyboard.reason), (Verdict::NotVerified, Reason::MayCreate));
    assert!(row.exchanges.iter().all(|exchange| !exchange.request.contains("storyboard")));
}

#[test]
fn a_key_that_is_refused_is_asked_nothing_more() {
    for says in [Says::KeyRefused, Says::KeyLimited, Says::RateLimited, Says::Maintenance, Says::Unreachable]
    {
        let row = kie(|_| Some(says.clone()), 0);
        assert_eq!(row.exchanges.len(), 1, "{says:?}");
        assert!(row.models.iter().all(|row| row.finding.reason == Reason::WholeUpstream));
        assert!(
            row.models
                .iter()
                .all(|model| Some(model.finding.verdict) == row.state.as_ref().map(|whole| whole.verdict))
        );
    }
    let pages = kie(|_| Some(Says::NotThisApi), 0);
    assert_eq!(pages.exchanges.len(), 2, "one missing path would prove nothing");
    assert_eq!(finding(&pages, "veo3").verdict, Verdict::Unreachable);
}

#[test]
fn an_endpoint_that_does_not_tell_models_apart_verifies_none_that_is_not_listed() {
    let control = |step: &Next| {
        matches!(step, Next::Ask(Question::UnknownModel(Endpoint::Veo))).then_some(Says::FieldMissing)
    };
    let row = kie(control, 1_000);
    let fast = finding(&row, "veo3_fast");
    assert_eq!((fast.verdict, fast.reason), (Verdict::NotVerified, Reason::NotToldApart));
    assert_eq!(finding(&row, "veo-3-1").verdict, Verdict::Usable, "the jobs tell them apart");
}

#[test]
fn nothing_is_created_after_something_was_created() {
    let mut seen = 0;
    let row = kie(
        |step| {
            matches!(step, Next::Ask(Question::Incomplete(_))).then(|| {
                seen += 1;
                Says::Created("job-1".into())
            })
        },
        1_000,
    );
    assert_eq!(seen, 1);
    assert!(matches!(&row.incidents[..], [Incident::Created { job, .. }] if job == "job-1"));
}

#[test]
fn complete_creates_follow_a_balance_of_zero_only() {
    let limits = InterviewLimits { verify_402: true, ..LIMITS };
    for balance in [0, 1] {
        let mut last = None;
        let mut completes = 0;
        let mut well = well(balance);
        let row = interview(subject(Dialect::Kie), limits, OCTOBER_2025, |step| {
            if let Next::Complete(_) = step {
                completes += 1;
                assert_eq!(last, Some(Says::Balance(Credits::ZERO)));
            }
            let heard = well(step);
            last = Some(heard.says.clone());
            heard
        });
        assert_eq!(completes > 0, balance == 0);
        let sora = finding(&row, "sora-2-text-to-video");
        assert_eq!(sora.verdict, Verdict::CreditsInsufficient);
        let certainty = if balance == 0 { Certainty::Verified } else { Certainty::Inferred };
        assert_eq!(sora.certainty, certainty);
    }
}

#[test]
fn an_engine_is_usable_when_it_lists_the_model_and_its_videos_answer() {
    let engine = |models: &'static [&'static str], record: Says| {
        interview(subject(Dialect::Openai), LIMITS, TODAY, move |step| {
            heard(match step {
                Next::Ask(Question::Models) => {
                    Says::Models(models.iter().map(|id| (*id).to_owned()).collect())
                }
                Next::Ask(Question::Record(Endpoint::Videos)) => record.clone(),
                step => panic!("{step:?} is no question to an engine"),
            })
        })
    };
    let row = engine(&["sora-2"], Says::UnknownTask);
    let sora = finding(&row, "sora-2-text-to-video");
    assert_eq!((sora.verdict, sora.reason), (Verdict::Usable, Reason::ListedAndAnswers));
    assert_eq!(finding(&row, "sora-2-pro-text-to-video").reason, Reason::NotListed);
    assert_eq!(
        finding(&engine(&["sora-2"], Says::NotThisApi), "sora-2-text-to-video").verdict,
        Verdict::NotOffered
    );
}

#[test]
fn no_walk_through_an_interview_breaks_its_promises() {
    let says = [
        Says::Answered,
        Says::Balance(Credits::ZERO),
        Says::Balance(Credits::whole(100)),
        Says::FieldMissing,
        Says::Fault,
        Says::Invalid,
        Says::KeyLimited,
        Says::KeyRefused,
        Says::Maintenance,
        Says::NoBalance,
        Says::NotPermitted,
        Says::NotThisApi,
        Says::Paused,
        Says::RateLimited,
        Says::UnknownModel,
        Says::UnknownTask,
        Says::Unreachable,
    ];
    let subjects = [Dialect::Openai, Dialect::Kie, Dialect::Kie].map(subject);
    for seed in 1..3_000_u64 {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let limits = InterviewLimits {
            requests_max: u32::try_from(chance.below(45)).unwrap(),
            verify_402: chance.below(2) == 0,
        };
        let subject = subjects[usize::try_from(chance.below(3)).unwrap()].clone();
        let mut well = well(0);
        let mut completed = Vec::new();
        let row = interview(subject, limits, TODAY, |step| {
            if let Next::Complete(target) = step {
                assert!(limits.verify_402, "seed {seed}");
                assert!(!completed.contains(target), "seed {seed}: one complete create a model");
                completed.push(*target);
            }
            if chance.below(3) > 0 {
                well(step)
            } else {
                heard(says[usize::try_from(chance.below(17)).unwrap()].clone())
            }
        });
        assert!(row.exchanges.len() <= limits.requests_max as usize, "seed {seed}");
        for number in row.models.iter().flat_map(|row| &row.finding.evidence) {
            assert!((1..=row.exchanges.len()).contains(&(*number as usize)), "seed {seed}: {number}");
        }
        let usable = row.models.iter().filter(|row| row.finding.verdict == Verdict::Usable);
        assert!(
            usable.clone().all(|row| !row.finding.evidence.is_empty()),
            "seed {seed}: hope is no evidence"
        );
    }
}

#[test]
fn a_card_speaks_for_its_own_model_only() {
    let models = [("veo-3-1".to_owned(), "grok-imagine/image-to-video".to_owned())].into_iter().collect();
    let offer = Offer { name: "kie".into(), dialect: Dialect::Kie, models };
    let target = Target::of(catalogue().find("veo-3-1").unwrap(), &offer, false).unwrap();
    assert_eq!(
        target.incomplete,
        Err(NoQuestion::MayCreate),
        "nobody knows what that model does with nothing"
    );
}

#[test]
fn a_create_whose_reply_is_lost_is_the_last() {
    let mut creates = 0;
    let lost = heard(Says::Lost);
    let mut well = well(1_000);
    let row = interview(subject(Dialect::Kie), LIMITS, TODAY, |step| match step {
        Next::Ask(Question::Incomplete(_)) => {
            creates += 1;
            lost.clone()
        }
        step => well(step),
    });
    assert_eq!(creates, 1);
    assert!(matches!(row.incidents[..], [Incident::Lost { .. }]));
    assert_eq!(row.models.iter().filter(|row| row.finding.reason == Reason::Lost).count(), 1);
    assert!(row.models.iter().any(|row| row.finding.reason == Reason::Stopped));
}

#[test]
fn whether_it_can_be_paid_is_not_hoped_for() {
    let no_balance = |step: &Next| matches!(step, Next::Ask(Question::Balance)).then_some(Says::Fault);
    let row = kie(no_balance, 0);
    let fast = finding(&row, "veo3_fast");
    assert_eq!((fast.verdict, fast.reason), (Verdict::NotVerified, Reason::AsksAndBalanceUnknown));
}

#[test]
fn who_is_said_to_be_a_filmgate_says_so_first() {
    let mut gate = subject(Dialect::Kie);
    gate.is_filmgate = true;
    let row = interview(gate, LIMITS, TODAY, |step| {
        assert_eq!(*step, Next::Ask(Question::Identity));
        heard(Says::NotThisApi)
    });
    assert!(row.models.iter().all(|row| row.finding.verdict == Verdict::Unreachable));
}
