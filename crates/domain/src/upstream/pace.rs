//! When to look or to try again: back-off with jitter, as pure functions of counts, ages and a random number.

use crate::answer::Evidence;
use crate::attempt::{Attempt, AttemptState, End};
use crate::time::Timestamp;

/// The longest pause between two tries of a route.
const TRY_AGAIN_MAX_MS: i64 = 300_000;
/// How long an attempt that nobody waits for is watched: upstreams keep films for 14 days (kie-api.md 1.5).
pub const LATE_WATCH_MS: i64 = 14 * 86_400_000;
/// How long a film that is made is fetched before it counts as lost; links live a day at least (kie-api.md 1.5).
pub const FETCH_MS: i64 = 20 * 3_600_000;
/// How long a job may be unknown to its upstream before it counts as lost; some records appear seconds after the create.
pub const MISSING_MS: i64 = 120_000;
/// News from outside is acted on at once, and further news of the same task not before this time is over.
pub const NEWS_MS: i64 = 1_000;
/// How many jobs a process reads in a second, so that news of one of them need not wait for the others.
const READS_PER_S: i64 = 500;

/// A link that is dead, or leads to no film, may be so for a while only.
const DEAD_LINK_MS: i64 = 3_600_000;
const DEAD_LINK_TRIES: u32 = 10;

/// Whether a film is given up whose link was dead at every one of so many tries since it was made.
pub fn link_stays_dead(tries: u32, since: Timestamp, now: Timestamp) -> bool {
    tries >= DEAD_LINK_TRIES && now.since_ms(since) >= DEAD_LINK_MS
}

/// When to try a route again after so many failures in a row: the back-off doubles, and never comes before what the
/// upstream asked for.
pub fn try_again(now: Timestamp, failures: u32, retry_after_ms: Option<i64>, chance: u64) -> Timestamp {
    let pause_ms = (1_000_i64 << failures.min(9)).min(TRY_AGAIN_MAX_MS);
    now.after(jittered(pause_ms, chance).max(retry_after_ms.unwrap_or(0).clamp(0, 3_600_000)))
}

/// How many attempts at the end of the list were busy or never left, all on the route of the last one, which itself may
/// still be open.
pub fn failures_in_a_row(attempts: &[Attempt]) -> u32 {
    let route = attempts.last().map(|last| last.route);
    let ended = attempts.iter().rev().skip_while(|attempt| attempt.is_open());
    let in_a_row = ended.take_while(|attempt| {
        Some(attempt.route) == route
            && matches!(attempt.state, AttemptState::Ended(End::Busy { .. } | End::NeverLeft { .. }))
    });
    u32::try_from(in_a_row.count()).unwrap_or(u32::MAX)
}

/// When to read a job again: often while it is young, less often later, and seldom when nobody waits for it. With so many
/// tasks `open` in this process that reads would come one upon the other, each is read less often.
pub fn poll_again(
    now: Timestamp,
    attempt: &Attempt,
    (poll_ms, open): (i64, usize),
    chance: u64,
) -> Timestamp {
    let age_ms = now.since_ms(attempt.began);
    let factor = match (attempt.awaited, age_ms) {
        (true, ..30_000) => 1,
        (true, ..120_000) => 2,
        (true, _) => 6,
        (false, ..3_600_000) => 24,
        (false, _) => 240,
    };
    let share_ms = i64::try_from(open).unwrap_or(i64::MAX).saturating_mul(1_000) / READS_PER_S;
    now.after(jittered(poll_ms.saturating_mul(factor).max(share_ms), chance))
}

/// When to look for a doubtful attempt again, after so many looks.
pub fn seek_again(now: Timestamp, attempt: &Attempt, looks: u32, chance: u64) -> Timestamp {
    let pause_ms = if attempt.awaited { (500_i64 << looks.min(6)).min(30_000) } else { 600_000 };
    now.after(jittered(pause_ms, chance))
}

/// Since when the upstream has not known the job: the first of the readings that say so without another one between.
pub fn missing_since(evidence: &[(Timestamp, Evidence)]) -> Option<Timestamp> {
    let readings = evidence.iter().rev().filter_map(|(at, evidence)| match evidence {
        Evidence::Read(reading) => Some((*at, reading)),
        _ => None,
    });
    let missing = readings.take_while(|(_, reading)| **reading == crate::answer::Reading::Missing);
    missing.last().map(|(at, _)| at)
}

/// Three quarters to five quarters of the pause, so that many tasks do not come at once.
fn jittered(pause_ms: i64, chance: u64) -> i64 {
    let quarter = pause_ms / 4;
    pause_ms - quarter + i64::try_from(chance % (u64::try_from(quarter).unwrap_or(0) * 2 + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_is_jittered_and_is_never_shorter_than_asked() {
        let now = Timestamp(0);
        for chance in [0, 7, u64::MAX] {
            assert!((750..=1_250).contains(&try_again(now, 0, None, chance).0));
            assert!((3_000..=5_000).contains(&try_again(now, 2, None, chance).0));
            assert!(try_again(now, 40, None, chance).0 <= TRY_AGAIN_MAX_MS * 5 / 4);
            assert!(try_again(now, 0, Some(60_000), chance).0 >= 60_000);
        }
    }

    fn attempt(number: u32, route: usize, state: AttemptState) -> Attempt {
        Attempt {
            number,
            route,
            upstream: "kie".into(),
            payee: 1,
            repeat: crate::attempt::Repeat::Never,
            token: 0,
            began: Timestamp(0),
            deadline: Timestamp(1),
            awaited: true,
            moves_on: false,
            suspended: false,
            state,
            report: String::new(),
        }
    }

    #[test]
    fn failures_are_counted_on_one_route_and_the_open_attempt_is_none() {
        let busy = || AttemptState::Ended(End::Busy { why: String::new() });
        let never_left = || AttemptState::Ended(End::NeverLeft { why: String::new() });
        let mut attempts = vec![
            attempt(1, 0, busy()),
            attempt(2, 1, busy()),
            attempt(3, 1, AttemptState::Ended(End::Interrupted)),
            attempt(4, 1, busy()),
            attempt(5, 1, never_left()),
        ];
        assert_eq!(failures_in_a_row(&attempts), 2);
        attempts.push(attempt(6, 1, AttemptState::Sending));
        assert_eq!(failures_in_a_row(&attempts), 2, "the one that is answered now comes on top");
        attempts.push(attempt(7, 2, AttemptState::Sending));
        assert_eq!(failures_in_a_row(&attempts), 0, "another route starts anew");
        assert_eq!(failures_in_a_row(&[]), 0);
    }

    #[test]
    fn a_job_is_read_less_often_the_older_it_is_and_seldom_when_nobody_waits() {
        let mut job = attempt(1, 0, AttemptState::Running { job: Some("j".into()) });
        let pause_ms = |job: &Attempt, age_ms: i64| {
            let now = Timestamp(age_ms);
            poll_again(now, job, (1_000, 0), 125).since_ms(now)
        };
        let awaited = [0, 30_000, 120_000].map(|age_ms| pause_ms(&job, age_ms));
        job.awaited = false;
        let late = [0, 3_600_000].map(|age_ms| pause_ms(&job, age_ms));
        assert!(awaited[0] < awaited[1] && awaited[1] < awaited[2], "{awaited:?}");
        assert!(awaited[2] < late[0] && late[0] < late[1], "{late:?}");
    }

    #[test]
    fn ten_thousand_open_tasks_are_read_in_turns() {
        let job = attempt(1, 0, AttemptState::Running { job: Some("j".into()) });
        let pause_ms = |open| poll_again(Timestamp(0), &job, (2_500, open), 0).0;
        assert_eq!((pause_ms(1_000), pause_ms(10_000)), (pause_ms(0), 15_000));
    }

    #[test]
    fn a_doubtful_attempt_is_sought_often_at_first_and_seldom_when_given_up() {
        let mut doubtful = attempt(1, 0, AttemptState::Doubtful);
        let pause_ms = |doubtful: &Attempt, looks| seek_again(Timestamp(0), doubtful, looks, 0).0;
        assert!(pause_ms(&doubtful, 0) < 1_000 && (20_000..=37_500).contains(&pause_ms(&doubtful, 60)));
        doubtful.awaited = false;
        assert!(pause_ms(&doubtful, 0) >= 450_000);
    }

    #[test]
    fn a_job_is_missing_since_the_first_of_the_last_readings_that_say_so() {
        use crate::answer::Reading;
        let read = |at, reading| (Timestamp(at), Evidence::Read(reading));
        let mut evidence = vec![read(1, Reading::Missing), read(2, Reading::Running { percent: None })];
        assert_eq!(missing_since(&evidence), None);
        evidence.push(read(3, Reading::Missing));
        evidence.push((Timestamp(4), Evidence::CalledBack { job: "j".into() }));
        evidence.push(read(5, Reading::Missing));
        assert_eq!(missing_since(&evidence), Some(Timestamp(3)));
        assert_eq!(missing_since(&[]), None);
    }
}
