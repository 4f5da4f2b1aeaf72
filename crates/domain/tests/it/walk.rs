//! Random walks over everything that can happen to a task, with upstreams that keep their own truth of what they took.

use std::collections::BTreeSet;

use filmgate_domain::answer::{Cause, Evidence, Order, Setback, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End, Repeat};
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{CALL_MS, Desk, HOUR_MS, accepted, busy, failure, film, never_left, refused, unknown};

/// A small generator of numbers (xorshift64*): the same seed gives the same walk.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % most
    }

    fn one_in(&mut self, most: u64) -> bool {
        self.below(most) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }
}

/// What really became of an attempt's submit, which filmgate can only hear of.
#[derive(Clone, Debug, Default)]
struct Truth {
    taken: bool,
    /// The answer is on its way to somebody who lost the task meanwhile.
    unheard: Option<Submitted>,
    ended: bool,
}

struct Walk {
    chance: Chance,
    desk: Desk,
    truths: Vec<Truth>,
    /// Attempts for which a second payment was allowed, by policy or order.
    allowed: BTreeSet<u32>,
    resubmit_ordered: bool,
    most: u32,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let plans: [&[&str]; 8] = [
            &["kie"],
            &["kie", "engine"],
            &["kie", "engine", "studio"],
            &["keyed", "kie"],
            &["kie", "keyed"],
            &["safe", "kie"],
            &["studio"],
            &["studio", "kie"],
        ];
        let acts = [OnDoubt::Park, OnDoubt::Fail, OnDoubt::NextRoute, OnDoubt::Resubmit];
        let (act, most) = (chance.pick(&acts), 1 + u32::try_from(chance.below(3)).unwrap());
        let doubt_ms = HOUR_MS * i64::try_from(1 + chance.below(60)).unwrap();
        let mut desk = Desk::new(chance.pick(&plans)).with_policy(|policy| {
            (policy.on_doubt, policy.max_paid_attempts, policy.doubt_ms) = (act, most, doubt_ms);
        });
        desk.case.request.on_doubt = chance.one_in(3).then(|| chance.pick(&acts));
        desk.case.request.stops_on_failure = chance.one_in(4);
        let (allowed, truths) = (BTreeSet::new(), vec![]);
        Self { chance, desk, truths, allowed, resubmit_ordered: false, most }
    }

    /// Walks until nothing can come any more.
    fn run(mut self) -> Self {
        for _ in 0..20_000 {
            if self.chance.one_in(6) {
                self.something_happens();
            }
            match self.desk.next() {
                Move::Rest => return self,
                decided => self.act(decided),
            }
            self.check();
        }
        panic!("a walk without end: {:?}", self.desk.case);
    }

    fn check(&self) {
        let paid = self.desk.case.paid();
        assert!(self.resubmit_ordered || paid <= self.most, "{paid} attempts may be billed");
    }

    fn act(&mut self, decided: Move) {
        match decided {
            Move::Report(event) => self.report(&event),
            Move::Begin { route } => self.begin(route),
            Move::SendAgain { attempt } => self.send_again(attempt),
            Move::Render { attempt } => match self.chance.below(6) {
                0 => self.desk.taken_over = true,
                1 => self.faulted(attempt, None),
                _ => self.made(attempt, None),
            },
            Move::Look { attempt, job } => self.look(attempt, &job),
            Move::Confirm { attempt, job } => self.confirm(attempt, job),
            Move::Seek { attempt } => self.seek(attempt),
            Move::Stop { attempt, .. } => {
                self.desk.pace.asked_to_stop();
                if self.chance.one_in(3) {
                    self.truth(attempt).ended = true;
                    self.desk.take(&Event::Stopped { attempt });
                }
            }
            Move::Store { attempt, .. } => {
                let made = self.desk.case.attempt(attempt).unwrap();
                let is_here = matches!(made.state, AttemptState::Made { job: None, .. });
                match self.chance.below(4) {
                    0 if is_here => drop(self.desk.take(&Event::PartLost { attempt })),
                    0 | 1 => self.desk.looked(attempt, HOUR_MS),
                    _ => drop(self.desk.take(&Event::Stored { attempt, film: film() })),
                }
            }
            Move::Wait(until) => {
                assert!(until > self.desk.now, "a wait that ends at once: {:?}", self.desk.case);
                self.desk.now = until;
            }
            Move::Rest => {}
        }
    }

    /// What is reported is legal; a second payment is only allowed by those who may.
    fn report(&mut self, event: &Event) {
        if let Event::DoubtEnded { attempt, act } = event {
            let doubtful = self.desk.case.attempt(*attempt).unwrap().clone();
            let said = |wanted: &Evidence| {
                self.desk.known.iter().any(|known| known.attempt == *attempt && known.evidence == *wanted)
            };
            let ordered = said(&Evidence::Ordered(Order::Resubmit));
            let has_ended = self.desk.known.iter().any(|known| {
                known.attempt == *attempt
                    && matches!(known.evidence, Evidence::Submitted(Submitted::Unknown { .. }))
            });
            assert!(self.desk.now >= doubtful.deadline || has_ended, "the call may still be answered");
            if act.may_pay_again() {
                let paid = self.desk.case.paid();
                assert!(ordered || (self.desk.now >= doubtful.deadline && paid < self.most));
                self.allowed.insert(*attempt);
                self.resubmit_ordered |= ordered;
            }
        }
        self.desk.take(event);
    }

    /// The heart of it: nobody is paid while another one may have the task and no one allowed it.
    fn begin(&mut self, route: usize) {
        for other in self.desk.case.open() {
            let allowed = other.state == AttemptState::Doubtful && self.allowed.contains(&other.number);
            assert!(allowed, "a second payment beside attempt {}: {:?}", other.number, self.desk.case);
        }
        assert!(!self.desk.case.task.cancel_wished && self.desk.now < self.desk.case.task.deadline);
        if self.chance.one_in(8) {
            return drop(self.desk.take(&Event::Waits(self.desk.now.after(30_000))));
        }
        let mut attempt = self.desk.attempt(route);
        if self.chance.one_in(8) {
            let setback = Setback { cause: Cause::TooDear, text: "max_cost".into() };
            attempt.state = AttemptState::Ended(End::Refused(setback));
        }
        let is_sent = attempt.state == AttemptState::Sending;
        let number = attempt.number;
        self.desk.take(&Event::Began(attempt));
        self.truths.push(Truth::default());
        if is_sent {
            self.send(number);
        }
    }

    /// A submit: what the upstream does with it, and who hears of that.
    fn send(&mut self, number: u32) {
        let answer = match self.chance.below(8) {
            0..4 => accepted(&job(number)),
            4 => refused(self.chance.pick(&[Cause::NoBalance, Cause::Invalid, Cause::Paused])),
            5 => busy(self.chance.one_in(2).then_some(9_000)),
            6 => never_left(),
            _ => unknown(),
        };
        let truth = self.truth(number);
        truth.taken |= matches!(answer, Submitted::Accepted { .. });
        if matches!(answer, Submitted::Unknown { .. }) && self.chance.one_in(2) {
            self.truth(number).taken = true;
        }
        match self.chance.below(4) {
            // The worker dies, and whoever takes over knows nothing.
            0 => {}
            // It has lost its lease, but it still lives and will hear the answer.
            1 => self.truth(number).unheard = Some(answer),
            // The worker tells what it heard at once, or its successor finds it among the evidence.
            2 => {
                self.desk.learn(number, Evidence::Submitted(answer.clone()));
                let again = self.desk.now.after(5_000);
                drop(self.desk.try_take(&Event::Submitted { attempt: number, answer, again }));
            }
            _ => self.desk.learn(number, Evidence::Submitted(answer)),
        }
    }

    fn send_again(&mut self, number: u32) {
        let attempt = self.desk.case.attempt(number).unwrap();
        assert_eq!(attempt.repeat, Repeat::Keyed);
        self.desk.take(&Event::SentAgain { attempt: number, deadline: self.desk.now.after(CALL_MS) });
        self.send(number);
        self.desk.looked(number, 30_000);
    }

    fn look(&mut self, number: u32, seen: &str) {
        assert_eq!(seen, job(number));
        assert!(self.truth(number).taken, "a job that was never taken is read");
        let cost = self.chance.one_in(2).then(|| Credits(i64::try_from(self.chance.below(90_000)).unwrap()));
        match self.chance.below(12) {
            0..3 => self.made(number, cost),
            3 => {
                let billed = self.chance.one_in(4);
                self.faulted(number, cost.filter(|_| billed));
            }
            4 => {
                self.truth(number).ended = true;
                self.desk.take(&Event::Lost { attempt: number, why: "422".into() });
            }
            _ => self.desk.looked(number, HOUR_MS),
        }
    }

    fn confirm(&mut self, attempt: u32, said: String) {
        let is_it = said == job(attempt) && self.truth(attempt).taken;
        match (self.chance.one_in(3), is_it) {
            (true, _) => self.desk.looked(attempt, HOUR_MS),
            (_, true) => drop(self.desk.take(&Event::Adopted { attempt, job: said })),
            (_, false) => {
                let why = "another prompt".into();
                self.desk.learn(attempt, Evidence::NotIt { job: said, why });
            }
        }
    }

    fn seek(&mut self, attempt: u32) {
        if self.truth(attempt).taken && self.chance.one_in(6) {
            self.desk.learn(attempt, Evidence::Found { job: job(attempt) });
        } else {
            self.desk.looked(attempt, HOUR_MS);
        }
    }

    fn made(&mut self, attempt: u32, cost: Option<Credits>) {
        self.desk.take(&Event::Made { attempt, key: film().key, cost });
    }

    fn faulted(&mut self, attempt: u32, cost: Option<Credits>) {
        self.truth(attempt).ended = true;
        self.desk.take(&Event::Faulted { attempt, failure: failure(), cost });
    }

    /// Something from outside: a client, an operator, an upstream, another worker, or only time.
    fn something_happens(&mut self) {
        let attempts = self.desk.case.task.attempts;
        match self.chance.below(8) {
            0 if self.chance.one_in(4) => drop(self.desk.try_take(&Event::CancelWished)),
            1 => {
                self.desk.pace = Default::default();
                self.desk.taken_over = true;
            }
            2 => self.desk.pass(i64::try_from(self.chance.below(10_000_000)).unwrap()),
            _ if attempts == 0 => {}
            3 => {
                let number = 1 + u32::try_from(self.chance.below(attempts.into())).unwrap();
                self.zombie_hears(number);
            }
            4 | 5 => {
                let number = 1 + u32::try_from(self.chance.below(attempts.into())).unwrap();
                let is_true = self.truth(number).taken && !self.chance.one_in(4);
                let said = if is_true { job(number) } else { "job of another".into() };
                self.desk.learn(number, Evidence::CalledBack { job: said });
            }
            6 if self.chance.one_in(4) => self.operator_decides(attempts),
            _ => {}
        }
    }

    fn zombie_hears(&mut self, number: u32) {
        let deadline = self.desk.case.attempt(number).unwrap().deadline;
        if let Some(answer) = self.truth(number).unheard.take()
            && self.desk.now < deadline
        {
            self.desk.learn(number, Evidence::Submitted(answer));
        }
    }

    fn operator_decides(&mut self, newest: u32) {
        let order = match self.chance.below(3) {
            0 => Order::Fail,
            1 => Order::Resubmit,
            _ if self.truth(newest).taken => Order::Adopt { job: job(newest) },
            _ => return,
        };
        self.desk.learn(newest, Evidence::Ordered(order));
    }

    fn truth(&mut self, number: u32) -> &mut Truth {
        &mut self.truths[usize::try_from(number).unwrap() - 1]
    }

    /// How many attempts of one task upstreams have really taken and not failed cleanly, of those that are paid each time.
    fn really_paid(&self) -> usize {
        let attempts = self.desk.case.attempts.iter().zip(&self.truths);
        let is_paid = |(attempt, truth): &(&Attempt, &Truth)| {
            let failed = matches!(attempt.state, AttemptState::Ended(End::Failed(_) | End::Stopped));
            attempt.repeat == Repeat::Never && truth.taken && !(truth.ended && failed)
        };
        attempts.filter(is_paid).count()
    }
}

fn job(attempt: u32) -> String {
    format!("job-{attempt}")
}

const SEEDS: u64 = 4_000;

fn walk(seed: u64) -> Walk {
    // The seed is shown where a walk fails; `walk(seed)` walks the same way again.
    let walked = std::panic::catch_unwind(|| Walk::new(seed).run());
    walked.unwrap_or_else(|_| panic!("the walk of seed {seed} failed"))
}

#[test]
fn no_walk_pays_twice_unless_somebody_allowed_it() {
    let mut ends: BTreeSet<&'static str> = BTreeSet::new();
    let (mut paid_twice, mut lates, mut settled) = (0, 0, 0);
    for seed in 0..SEEDS {
        let walk = walk(seed);
        let (paid, desk) = (walk.really_paid(), &walk.desk);
        let may_pay_again = !walk.allowed.is_empty();
        assert!(paid <= 1 || may_pay_again, "seed {seed}: {paid} were paid: {:?}", desk.case);
        let most = usize::try_from(walk.most).unwrap();
        assert!(paid <= most || walk.resubmit_ordered, "seed {seed}: {paid} were paid, {most} may be");
        assert!(desk.case.task.phase.is_terminal() && desk.case.open().count() == 0, "seed {seed}");
        assert!(desk.case.attempts.iter().all(|attempt| !attempt.suspended), "seed {seed}");
        ends.insert(desk.phase());
        ends.extend(desk.case.attempts.iter().map(Attempt::word));
        paid_twice += usize::from(paid > 1);
        lates += usize::from(desk.films.len() > 1 || (desk.films.len() == 1 && desk.phase() != "succeeded"));
        settled += usize::from(desk.money().contains(&"clear"));
    }
    // The walks have seen every end that there is, or they would prove little.
    let all = ["succeeded", "failed", "cancelled", "delivered", "late", "refused", "busy", "never_left"];
    let more = ["interrupted", "stopped", "lost", "written_off"];
    assert_eq!(ends.into_iter().collect::<Vec<_>>(), {
        let mut words: Vec<_> = all.into_iter().chain(more).collect();
        words.sort_unstable();
        words
    });
    let seen = format!("{paid_twice} were paid twice as allowed, {lates} had late films, {settled} settled");
    assert!(paid_twice > 10 && lates > 10 && settled > 10, "{seen}");
}

#[test]
fn a_seed_walks_the_same_way_again() {
    let (first, second) = (walk(7), walk(7));
    assert_eq!((first.desk.case, first.desk.entries), (second.desk.case, second.desk.entries));
}
