//! Finding a doubtful attempt in an upstream's list of jobs.

use crate::answer::Listed;
use crate::attempt::Attempt;

/// Clocks differ, and upstreams round to seconds.
const SKEW_MS: i64 = 30_000;

/// The jobs that can be this attempt: created while its submit was on its way, with the very prompt that was sent. A job
/// whose prompt the list does not tell is nobody's: it may be another client's of the same upstream.
pub fn candidates(listed: &[Listed], attempt: &Attempt, prompt: &str) -> Vec<String> {
    let in_time = |job: &&Listed| {
        job.created.is_some_and(|created| {
            (attempt.began.after(-SKEW_MS)..=attempt.deadline.after(SKEW_MS)).contains(&created)
        })
    };
    let same = |job: &&Listed| job.prompt.as_deref().is_some_and(|told| told.trim() == prompt.trim());
    listed.iter().filter(in_time).filter(same).map(|job| job.job.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::{AttemptState, Repeat};
    use crate::time::Timestamp;

    const BEGAN: Timestamp = Timestamp(1_000_000);
    const DEADLINE: Timestamp = Timestamp(1_200_000);

    fn found(created: Option<Timestamp>, prompt: Option<&str>) -> bool {
        let attempt = Attempt {
            number: 1,
            route: 0,
            upstream: "engine".into(),
            payee: 1,
            repeat: Repeat::Never,
            token: 0,
            began: BEGAN,
            deadline: DEADLINE,
            awaited: true,
            moves_on: false,
            suspended: false,
            state: AttemptState::Doubtful,
            report: String::new(),
        };
        let prompt = prompt.map(str::to_owned);
        let listed = [Listed { job: "j".into(), created, prompt, model: None }];
        candidates(&listed, &attempt, "a cat") == ["j"]
    }

    #[test]
    fn a_job_is_a_candidate_by_its_prompt_and_its_time() {
        for created in [BEGAN, DEADLINE, BEGAN.after(-SKEW_MS), DEADLINE.after(SKEW_MS)] {
            assert!(found(Some(created), Some("a cat")) && found(Some(created), Some(" a cat\n")));
            assert!(!found(Some(created), Some("a dog")) && !found(Some(created), None));
        }
        for created in [BEGAN.after(-SKEW_MS - 1), DEADLINE.after(SKEW_MS + 1)] {
            assert!(!found(Some(created), Some("a cat")));
        }
        assert!(!found(None, Some("a cat")), "a list without times proves nothing");
    }
}
