//! `kill -9` a hundred times while fifty jobs are under way: the upstream's ledger and ours agree to the last attempt.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

use filmgate_domain::answer::Evidence;
use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::id::TaskId;
use filmgate_fake::{Behaviour, Callbacks, Job, JobState};

use super::rig::{Client, Rig, Story, Way};

const KILLS: u64 = 100;
/// So many jobs run at the upstream when the gateway is killed.
const UNDER_WAY: usize = 50;
const CLIENTS: usize = 4;

#[test]
fn a_hundred_kills_pay_nobody_twice_and_lose_no_task() {
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().subsec_nanos();
    eprintln!("seed {seed}");
    let mut chance = Chance(u64::from(seed) | 1);
    let behaviour = Behaviour { callbacks: Callbacks::Once, slow_ms: 10, ..Behaviour::default() };
    let mut rig = Rig::start(Way::KieJobs, behaviour);
    let mut told = fill(&rig, &mut chance);
    for kill in 0..KILLS {
        let life = Duration::from_millis(chance.between(50, 300));
        let clients = clients(&rig, &mut chance, kill);
        told.extend(live_and_die(&mut rig, &clients, life));
        rig.start_again();
    }
    let stories = settled(&rig);
    let known: Vec<TaskId> = stories.iter().map(|story| story.record.task.id).collect();
    assert!(told.iter().all(|id| known.contains(id)), "a task that a client knows is lost");
    let parked = compare(&rig, &stories);
    let adopted = stories.iter().filter(|story| story.phase() == "succeeded" && story.was_in_doubt()).count();
    eprintln!(
        "{KILLS} kills, {} tasks ({} told to clients), {} jobs upstream: {} films, {adopted} of them after a doubt; {parked} parked",
        stories.len(),
        told.len(),
        rig.upstream.ledger().len(),
        stories.len() - parked,
    );
}

/// Gives the upstream its jobs.
fn fill(rig: &Rig, chance: &mut Chance) -> Vec<TaskId> {
    rig.upstream.set(|behaviour| behaviour.run_ms = Some(chance.between(1_000, 8_000)));
    let told = (0..UNDER_WAY).map(|number| rig.create(&format!("first {number}"))).collect();
    let limit = Duration::from_secs(60);
    assert!(rig.upstream.wait_until(limit, |ledger| ledger.jobs.len() >= UNDER_WAY));
    told
}

/// Clients for the jobs that have ended meanwhile.
fn clients(rig: &Rig, chance: &mut Chance, kill: u64) -> Vec<Vec<Client>> {
    rig.upstream.set(|behaviour| behaviour.run_ms = Some(chance.between(1_000, 8_000)));
    let running = rig.upstream.jobs().iter().filter(|job| job.state == JobState::Running).count();
    let wanted = UNDER_WAY.saturating_sub(running).max(CLIENTS);
    let mut clients: Vec<Vec<Client>> = (0..CLIENTS).map(|_| vec![]).collect();
    for number in 0..wanted {
        clients[number % CLIENTS].push(rig.client(&format!("{kill} {number}")));
    }
    clients
}

/// Lets clients create for as long as the gateway lives. The moment of its end is what varies; nothing is waited for.
fn live_and_die(rig: &mut Rig, clients: &[Vec<Client>], life: Duration) -> Vec<TaskId> {
    std::thread::scope(|scope| {
        let create = |clients: &[Client]| clients.iter().map_while(Client::create).collect::<Vec<_>>();
        let creates = clients.iter().map(|clients| scope.spawn(move || create(clients)));
        let creates: Vec<_> = creates.collect();
        std::thread::sleep(life);
        rig.kill();
        creates.into_iter().flat_map(|create| create.join().unwrap()).collect()
    })
}

/// All tasks when each has its film, or is in doubt and nobody has said which job it is.
fn settled(rig: &Rig) -> Vec<Story> {
    let is_told =
        |story: &Story| story.known.iter().any(|known| matches!(known.evidence, Evidence::CalledBack { .. }));
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let stories = rig.stories();
        let is_settled =
            |story: &&Story| story.phase() == "succeeded" || (story.doubtful().is_some() && !is_told(story));
        let Some(open) = stories.iter().find(|story| !is_settled(story)) else { return stories };
        assert!(Instant::now() < end, "after a minute a task is neither made nor parked: {open}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Both ledgers, job by job and attempt by attempt. Returns how many tasks are parked.
fn compare(rig: &Rig, stories: &[Story]) -> usize {
    let attempts: Vec<(&Story, &Attempt)> =
        stories.iter().flat_map(|story| story.attempts.iter().map(move |attempt| (story, attempt))).collect();
    let mut jobs_of: BTreeMap<u128, Vec<Job>> = BTreeMap::new();
    for job in rig.upstream.jobs() {
        let token = job.order.call_back_url.as_deref().and_then(|url| url.rsplit('/').next());
        let token = u128::from_str_radix(token.unwrap(), 16).unwrap();
        let owners = attempts.iter().filter(|(_, attempt)| attempt.token == token).count();
        assert_eq!(owners, 1, "job {} is one attempt's of ours", job.id);
        jobs_of.entry(token).or_default().push(job);
    }
    let mut jobs_of_task: BTreeMap<i64, usize> = BTreeMap::new();
    for (story, attempt) in &attempts {
        let jobs = jobs_of.get(&attempt.token).map_or(0, Vec::len);
        let fits = match &attempt.state {
            AttemptState::Ended(End::Delivered) => jobs == 1,
            AttemptState::Doubtful => jobs <= 1,
            AttemptState::Ended(End::NeverLeft { .. }) => jobs == 0,
            _ => false,
        };
        assert!(fits, "{jobs} jobs of attempt {} of {story}", attempt.number);
        *jobs_of_task.entry(story.record.seq).or_default() += jobs;
    }
    assert!(jobs_of_task.values().all(|jobs| *jobs <= 1), "no task was sent twice");
    let (parked, made): (Vec<&Story>, Vec<&Story>) =
        stories.iter().partition(|story| story.doubtful().is_some());
    made.iter().for_each(|story| rig.check_film(story));
    let sum = |stories: &[&Story]| stories.iter().map(|story| story.record.task.price.0).sum();
    rig.check_books(sum(&parked), sum(&made));
    parked.len()
}

/// Random numbers of which the seed is told (xorshift64).
struct Chance(u64);

impl Chance {
    fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        least + self.0 % (most - least + 1)
    }
}
