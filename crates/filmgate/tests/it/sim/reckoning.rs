//! The reckoning: what the upstreams have billed and what our books say of it, explained job by job.

use std::collections::BTreeMap;

use filmgate::app::App;
use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{Book, UpstreamNumber};
use filmgate_domain::time::Timestamp;
use filmgate_store::Record;

use super::truth::{Fate, Truth};

/// What the books should hold, by the ends of all attempts.
#[derive(Default)]
pub(crate) struct Reckoning {
    cost: BTreeMap<UpstreamNumber, Credits>,
    loss: Credits,
    written_off: Credits,
    /// How each job ended for us, by its id.
    jobs: BTreeMap<String, (TaskId, End)>,
    /// How each attempt ended, by its token.
    tokens: BTreeMap<u128, (TaskId, End)>,
    pub(crate) seen: Vec<&'static str>,
}

impl Reckoning {
    /// An attempt has ended: what follows for the books, by what was known of it a moment before.
    pub(crate) fn ended(
        &mut self,
        record: &Record,
        before: Option<&Attempt>,
        after: &Attempt,
        (truth, now): (&Truth, Timestamp),
    ) {
        let (id, price) = (record.task.id, record.task.price);
        let AttemptState::Ended(end) = &after.state else { panic!("it has not ended") };
        let job = before.and_then(Attempt::job);
        let told = match before.map(|before| &before.state) {
            Some(AttemptState::Made { cost, .. }) => *cost,
            _ => None,
        };
        let taken = match end {
            End::Delivered => {
                let cost = self.cost.entry(after.payee).or_default();
                cost.0 += told.unwrap_or_default().0;
                Credits::ZERO
            }
            End::Late if job.is_none() => Credits::ZERO,
            End::Late | End::Lost { .. } => told.unwrap_or(price),
            End::WrittenOff => price,
            End::Failed(_) => match job.and_then(|job| truth.jobs.get(job)) {
                Some(job) if job.fate == (Fate::Fault { is_billed: true }) => job.billed(now),
                _ => Credits::ZERO,
            },
            _ => Credits::ZERO,
        };
        match before.is_some_and(|before| before.suspended) {
            true if taken > Credits::ZERO => self.written_off.0 += price.0,
            true => {}
            false => self.loss.0 += taken.0,
        }
        if let Some(job) = job {
            let owner = self.jobs.insert(job.to_owned(), (id, end.clone()));
            assert!(owner.is_none(), "the job {job} belonged to two attempts: {owner:?} and {id}");
        }
        self.tokens.insert(after.token, (id, end.clone()));
    }

    /// When everything has come to its end: the books hold what they should, and every job that was billed is explained.
    pub(crate) fn close(&mut self, app: &App, truth: &Truth, now: Timestamp) {
        let mut flows = BTreeMap::new();
        for flow in app.store.facts().unwrap().flows {
            flows.insert((flow.debit, flow.credit), flow.amount);
        }
        let flow = |debit, credit| flows.get(&(debit, credit)).copied().unwrap_or_default();
        for (upstream, cost) in &self.cost {
            assert_eq!(flow(Book::Owner, Book::Cost(*upstream)), *cost, "the costs at upstream {upstream}");
        }
        assert_eq!(flow(Book::Owner, Book::Loss), self.loss, "the losses");
        assert_eq!(flow(Book::Suspense, Book::Loss), self.written_off, "what was written off");
        let cleared = flow(Book::Owner, Book::Suspense).0 - self.written_off.0;
        assert_eq!(flow(Book::Suspense, Book::Owner).0, cleared, "the suspense is empty");
        self.explain(app, truth, now);
    }

    fn explain(&mut self, app: &App, truth: &Truth, now: Timestamp) {
        let mut billed: BTreeMap<TaskId, Vec<&str>> = BTreeMap::new();
        for (id, job) in &truth.jobs {
            let place = app.store.attempt_by_token(job.token).unwrap().expect("every job has an attempt");
            let of_token = self.tokens.get(&job.token).map(|(_, end)| end);
            let nobody_took_it = matches!(
                of_token.unwrap(),
                End::Refused(_) | End::Busy { .. } | End::NeverLeft { .. } | End::Interrupted
            );
            assert!(!nobody_took_it, "task {}: nobody took {id}, we believe: {of_token:?}", place.id);
            self.seen.extend((job.repeats > 0).then_some("sent again under its key"));
            if job.billed(now) == Credits::ZERO {
                continue;
            }
            let (task, end) = self.jobs.get(id).unwrap_or_else(|| &self.tokens[&job.token]);
            let is_explained = matches!(
                end,
                End::Delivered | End::Late | End::Lost { .. } | End::WrittenOff | End::Failed(_)
            );
            assert!(is_explained, "task {task}: {id} was billed, and its attempt is {end:?}");
            let is_told = matches!(job.fate, Fate::Fault { .. });
            assert!(*end != End::Delivered || !is_told, "task {task}: {id} made no film");
            // A failure that we were told of may be paid for by the operator, and the next route is asked all the same.
            if !matches!(end, End::Failed(_)) {
                billed.entry(*task).or_default().push(id);
            }
        }
        for (task, jobs) in billed {
            self.seen.extend((jobs.len() > 1).then_some("paid again, as allowed"));
            let most = most_paid(app, task);
            assert!(jobs.len() <= most, "task {task}: {jobs:?} were billed, {most} may be");
        }
    }
}

/// How often a task may be paid: by the widest cap of those who were asked, and once more by every order to send it again.
fn most_paid(app: &App, task: TaskId) -> usize {
    use filmgate_domain::answer::{Evidence, Order};
    let record = app.store.record(task).unwrap().unwrap();
    let policies = app.upstreams.policies();
    let attempts = app.store.attempts(record.seq).unwrap();
    let cap = |attempt: &Attempt| {
        let policy = policies.get(&attempt.upstream)?;
        let may = record.request.on_doubt.unwrap_or(policy.on_doubt).may_pay_again();
        Some(if may { policy.max_paid_attempts as usize } else { 1 })
    };
    let known = app.store.known(record.seq).unwrap();
    let orders = known.iter().filter(|known| known.evidence == Evidence::Ordered(Order::Resubmit));
    attempts.iter().filter_map(cap).max().unwrap_or(1) + orders.count()
}
