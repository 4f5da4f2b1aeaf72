//! Claims about the two languages: both are whole, and neither speaks the other.

use filmgate_domain::survey::{Certainty, Reason, Survey, Verdict, changes};
use filmgate_domain::time::Day;
use unicode_width::UnicodeWidthStr as _;

use super::scene::{catalogue, november, october};
use super::{BOTH, shown, shown_short, without_code};
use crate::survey::render::{Lang, Report, markdown};

const VERDICTS: [Verdict; 11] = [
    Verdict::Usable,
    Verdict::CreditsInsufficient,
    Verdict::Paused,
    Verdict::Retired,
    Verdict::NotOffered,
    Verdict::KeyRefused,
    Verdict::NotPermitted,
    Verdict::RateLimited,
    Verdict::Maintenance,
    Verdict::Unreachable,
    Verdict::NotVerified,
];

const REASONS: [Reason; 16] = [
    Reason::Said,
    Reason::FilmMade,
    Reason::Taken,
    Reason::AsksAndBalanceCovers,
    Reason::AsksAndBalanceShort,
    Reason::AsksAndBalanceUnknown,
    Reason::ListedAndAnswers,
    Reason::NotListed,
    Reason::WholeUpstream,
    Reason::MayCreate,
    Reason::NoCard,
    Reason::NotToldApart,
    Reason::LimitReached,
    Reason::Failed,
    Reason::Lost,
    Reason::Unclear,
];

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

/// A survey whose first model has every verdict for every reason, one after the other.
fn every_finding(base: &Survey) -> Survey {
    let mut survey = base.clone();
    let row = survey.upstreams[0].models[0].clone();
    for verdict in VERDICTS {
        for reason in REASONS {
            let mut row = row.clone();
            row.finding.verdict = verdict;
            row.finding.reason = reason;
            row.finding.certainty =
                if verdict == Verdict::NotVerified { Certainty::Unknown } else { Certainty::Inferred };
            row.finding.since = Day::try_from("2026-06-11".to_owned()).ok();
            row.finding.replacement = Some("veo-3-1".to_owned());
            survey.upstreams[0].models.push(row);
        }
    }
    survey
}

#[test]
fn every_verdict_and_reason_has_words_in_both_languages() {
    for verdict in VERDICTS {
        assert!(Lang::Zh.verdict(verdict).chars().any(is_chinese), "{verdict:?}");
        assert!(Lang::En.verdict(verdict).is_ascii(), "{verdict:?}");
        for lang in BOTH {
            assert!(lang.verdict_short(verdict).width() <= 26, "{verdict:?}");
        }
    }
    for reason in REASONS {
        assert!(Lang::Zh.reason(reason).chars().any(is_chinese), "{reason:?}");
        assert!(Lang::Zh.reason_short(reason).chars().any(is_chinese), "{reason:?}");
        assert!(Lang::En.reason(reason).is_ascii() && Lang::En.reason_short(reason).is_ascii(), "{reason:?}");
    }
}

/// All that reports can be made of: every verdict for every reason, changes, alarms, an engine.
fn rich_reports(lang: Lang) -> Vec<String> {
    use filmgate_domain::survey::{Change, Incident};
    let catalogue = catalogue();
    let verified = october(&catalogue, true, true);
    let mut every = every_finding(&november(&catalogue));
    let (job, model) = ("1a2b".to_owned(), "veo3".to_owned());
    every.upstreams[0].incidents = vec![
        Incident::Created { job, model: model.clone(), exchange: 3 },
        Incident::Lost { model, exchange: 4 },
    ];
    let mut all_changes = changes(&verified, &every);
    let upstream = || "kie".to_owned();
    let names = || vec!["a/b".to_owned(); 25];
    all_changes.extend([
        Change::NewUpstream(upstream()),
        Change::GoneUpstream(upstream()),
        Change::Price { upstream: upstream(), card: "veo3".to_owned(), was: None, is: None },
        Change::Listed { upstream: upstream(), added: names(), removed: Vec::new() },
    ]);
    let mut reports = Vec::new();
    for survey in [&verified, &every, &october(&catalogue, false, false)] {
        let changes = Some(all_changes.as_slice());
        reports.push(markdown(&Report { survey, changes, catalogue: &catalogue, lang, config: "a = 1\n" }));
        reports.push(shown_short(survey, &catalogue, lang));
    }
    reports
}

#[test]
fn the_chinese_report_has_no_english_sentence() {
    for report in rich_reports(Lang::Zh).iter().step_by(2) {
        for line in without_code(report).lines() {
            let words =
                line.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_./:[]{}'".contains(letter)));
            let mut run = 0;
            for word in words.collect::<Vec<_>>() {
                let is_english = word.len() > 1 && word.chars().all(|letter| letter.is_ascii_lowercase());
                run = if is_english { run + 1 } else { 0 };
                assert!(run < 2, "English in: {line}");
            }
        }
    }
}

#[test]
fn the_english_report_has_no_chinese_letter() {
    for report in rich_reports(Lang::En) {
        assert!(!report.chars().any(is_chinese), "{report}");
    }
}

#[test]
fn marks_of_emphasis_are_seen_as_such_beside_chinese_letters() {
    // CommonMark: `**` beside a mark of punctuation opens and closes only where a blank or another mark is on its other side.
    for report in rich_reports(Lang::Zh).iter().step_by(2) {
        for line in without_code(report).lines().filter(|line| line.contains("**")) {
            let parts: Vec<&str> = line.split("**").collect();
            for (place, pair) in parts.windows(2).enumerate() {
                let (before, after) = (pair[0].chars().last(), pair[1].chars().next());
                let (inside, outside) = if place % 2 == 0 { (after, before) } else { (before, after) };
                let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric());
                assert!(is_letter(inside) || !is_letter(outside), "not emphasised: {line}");
            }
        }
    }
}

#[test]
fn no_line_of_the_short_report_is_longer_than_a_hundred_places() {
    let catalogue = catalogue();
    for lang in BOTH {
        for survey in [october(&catalogue, true, true), every_finding(&november(&catalogue))] {
            let text = shown_short(&survey, &catalogue, lang);
            let longest = text.lines().max_by_key(|line| line.width()).unwrap();
            assert!(longest.width() <= 100, "{} places: {longest}", longest.width());
            assert!(!text.contains(['`', '*']), "{text}");
        }
    }
}

#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    let catalogue = catalogue();
    for lang in BOTH {
        let text = shown(&every_finding(&october(&catalogue, true, true)), &catalogue, lang);
        super::foreign::assert_tables_hold(&text);
    }
}
