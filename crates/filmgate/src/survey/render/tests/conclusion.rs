//! Claims about what stands where: the conclusion first, alarms before it, changes behind it.

use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Incident, Says, changes};

use super::scene::{OCTOBER_2025, Script, answer, catalogue, interview, november, october, survey};
use super::{BOTH, shown, shown_short};
use crate::survey::render::{Lang, Report, markdown};

#[test]
fn who_stops_after_five_lines_knows_the_plan_whether_it_works_and_what_to_do() {
    let catalogue = catalogue();
    let text = shown(&october(&catalogue, false, true), &catalogue, Lang::En);
    let first: Vec<&str> = text.lines().filter(|line| !line.is_empty()).take(7).collect();
    let first = first.join("\n");
    for part in [
        "2025-10-28 08:26 UTC",
        "nothing was spent",
        "Text to video and image to video: plan A does not work today: exists, credits insufficient (`code` 402).",
        "Top up in your account at https://kie.ai. At least 30 credits (0.15 USD) are missing",
        "`sora-2-text-to-video` at `kie`: **exists, credits insufficient**",
        "`veo3_fast` at `kie`",
    ] {
        assert!(first.contains(part), "{part} is missing in:\n{first}");
    }
}

#[test]
fn what_is_inferred_is_marked_where_it_is_said() {
    let catalogue = catalogue();
    let text = shown(&october(&catalogue, false, false), &catalogue, Lang::En);
    assert!(
        text.contains(
            "| `kie` | `sora-2-text-to-video` | exists, credits insufficient (inferred) | 30 | 0 |"
        ),
        "{text}"
    );
    assert!(text.contains("**exists, credits insufficient (inferred)**: "), "{text}");
    assert!(text.contains(
        "it asks for its missing field, so it is there and on, and the balance is below its price"
    ));
    let text = shown(&november(&catalogue), &catalogue, Lang::En);
    assert!(text.contains("plan A works today, as far as free questions can tell."), "{text}");
}

#[test]
fn what_a_film_proved_is_not_called_a_guess() {
    use filmgate_domain::survey::{Certainty, Reason};
    let catalogue = catalogue();
    let mut survey = november(&catalogue);
    for row in &mut survey.upstreams[0].models {
        row.finding.certainty = Certainty::Verified;
        row.finding.reason = Reason::FilmMade;
        row.spent = Some(Credits::whole(60));
    }
    assert!(
        shown(&survey, &catalogue, Lang::En).contains("Only questions that cannot make a film were asked")
    );
    survey.spent = Credits::whole(60);
    let text = shown(&survey, &catalogue, Lang::En);
    assert!(text.contains("Besides orders that were asked for, only questions"), "{text}");
    assert!(text.contains("plan A works today.**"), "{text}");
    assert!(text.contains("60 credits were spent") && !text.contains("nothing was spent"), "{text}");
    assert!(text.contains("One film of `veo3_fast` at `kie` really cost 60 credits."), "{text}");
}

#[test]
fn an_alarm_stands_before_everything_and_says_what_to_do() {
    let catalogue = catalogue();
    let mut survey = october(&catalogue, false, false);
    let job = "0123456789abcdef0123456789abcdef".to_owned();
    let model = "veo3".to_owned();
    survey.upstreams[0].incidents = vec![
        Incident::Created { job, model: model.clone(), exchange: 9 },
        Incident::Lost { model, exchange: 12 },
    ];
    for lang in BOTH {
        let text = shown(&survey, &catalogue, lang);
        let [created, lost] = ["0123456789abcdef0123456789abcdef", "12"].map(|part| text.find(part).unwrap());
        let heading = text.find("## ").unwrap();
        assert!(created < heading && lost < heading, "{text}");
        assert_eq!(text.matches("\n> **").count(), 2, "{text}");
        assert!(!text.contains("nothing was spent") && !text.contains("未花费任何积分"), "{text}");
        let short = shown_short(&survey, &catalogue, lang);
        assert!(short.starts_with(lang.pick("WARNING: A TASK WAS CREATED", "警告：")), "{short}");
    }
}

#[test]
fn a_refused_key_is_one_finding_and_no_plan() {
    let catalogue = catalogue();
    let words = "Unauthorized – Authentication failed.";
    let kie = interview(&catalogue, &Script::default(), |_, _| answer(Says::KeyRefused, 401, words));
    let survey = survey(vec![kie], &catalogue, OCTOBER_2025);
    let text = shown(&survey, &catalogue, Lang::En);
    assert!(
        text.contains("there is no plan; no model that was asked about can be used today.** Why: key refused (7 models at `kie`): "),
        "{text}"
    );
    assert!(text.contains("https://kie.ai/api-key"), "{text}");
    assert!(text.contains("- `kie`: **key refused**; it says `code` 401"), "{text}");
    assert!(text.contains("This holds for all 11 models"), "{text}");
    assert!(text.contains("There is no plan, so there is nothing to show."), "{text}");
}

#[test]
fn changes_stand_behind_the_conclusion_and_only_where_something_was_compared() {
    let catalogue = catalogue();
    let (old, new) = (october(&catalogue, false, false), november(&catalogue));
    let changes = changes(&old, &new);
    let mut report =
        Report { survey: &new, changes: Some(&changes), catalogue: &catalogue, lang: Lang::En, config: "" };
    let text = markdown(&report);
    let places =
        ["## Conclusion", "## What changed", "## Findings"].map(|heading| text.find(heading).unwrap());
    assert!(places.is_sorted(), "{text}");
    assert!(
        text.contains("`sora-2-text-to-video`, `sora-2-text-to-video-stable` at `kie`: was “exists, credits"),
        "{text}"
    );
    assert!(text.contains("- `kie`: the balance was 0 and is 130 credits."), "{text}");
    report.changes = Some(&[]);
    assert!(markdown(&report).contains("Nothing has changed."));
    report.changes = None;
    assert!(!markdown(&report).contains("What changed"));
}

#[test]
fn the_plans_formats_stand_beside_each_other() {
    let catalogue = catalogue();
    let text = shown(&october(&catalogue, false, true), &catalogue, Lang::En);
    let table = text.split("## Formats side by side").nth(1).unwrap().split("\n## ").next().unwrap();
    let line =
        |start: &str| table.lines().find(|line| line.starts_with(start)).unwrap_or_default().to_owned();
    assert!(
        line("| models |")
            .starts_with("| models | `sora-2-text-to-video` | `sora-2-image-to-video` | `veo3_fast`")
    );
    let length = line("| length |");
    assert!(
        length.contains(r#"`n_frames` (string): `"10" \| "15"`"#)
            && length.contains("`duration` (integer): `4"),
        "{length}"
    );
    assert!(line("| create |").contains("`POST /api/v1/jobs/createTask` |"), "{table}");
    assert!(line("| success of a create |").contains("`code === 200` in the body"), "{table}");
    assert!(line("| pictures |").contains("`imageUrls` (string[]): at most 3"), "{table}");
}
