//! The sweep: every create is cut at eleven points in five ways, and the upstream's ledger says who was paid how often.

use std::time::Duration;

use filmgate_domain::id::TaskId;
use filmgate_fake::{Behaviour, Callbacks, CreateScript, Cut, CutPoint, Ledger};

use super::rig::{Rig, Story, Way};
use super::table::{Kill, Table};

/// A doubt that can be resolved is resolved within this time.
const ADOPTED_WITHIN: Duration = Duration::from_secs(60);
/// So many kills at each of the two last points.
const KILLS: u64 = 6;

/// One dialect, and what can tell the fate of a create whose answer was lost.
struct Variant {
    title: &'static str,
    way: Way,
    callbacks: Callbacks,
    list: bool,
}

impl Variant {
    fn has_oracle(&self) -> bool {
        match self.way {
            Way::KieJobs | Way::KieVeo => self.callbacks != Callbacks::None,
            Way::OpenAi => self.list,
        }
    }
}

const fn variant(title: &'static str, way: Way, callbacks: Callbacks, list: bool) -> Variant {
    Variant { title, way, callbacks, list }
}

const VARIANTS: [Variant; 8] = [
    variant("Kie jobs, called back", Way::KieJobs, Callbacks::Once, false),
    variant("Kie jobs, called back before the reply", Way::KieJobs, Callbacks::BeforeReply, false),
    variant("Kie jobs, no oracle", Way::KieJobs, Callbacks::None, false),
    variant("Kie Veo, called back", Way::KieVeo, Callbacks::Once, false),
    variant("Kie Veo, called back before the reply", Way::KieVeo, Callbacks::BeforeReply, false),
    variant("Kie Veo, no oracle", Way::KieVeo, Callbacks::None, false),
    variant("OpenAI, list", Way::OpenAi, Callbacks::None, true),
    variant("OpenAI, no oracle", Way::OpenAi, Callbacks::None, false),
];

#[test]
fn no_cut_of_a_create_is_paid_twice_or_loses_a_task() {
    let tables: Vec<Table> = std::thread::scope(|scope| {
        let sweeps = VARIANTS.iter().map(|variant| scope.spawn(|| Sweep::new(variant).run()));
        let sweeps: Vec<_> = sweeps.collect();
        sweeps.into_iter().map(|sweep| sweep.join().unwrap()).collect()
    });
    for table in &tables {
        eprintln!("{table}");
        assert!(table.is_whole());
    }
}

/// One variant's gateway and upstream, on the way through all cells.
struct Sweep<'a> {
    variant: &'a Variant,
    rig: Rig,
    table: Table,
    tasks: usize,
}

impl<'a> Sweep<'a> {
    fn new(variant: &'a Variant) -> Self {
        let behaviour = Behaviour {
            callbacks: variant.callbacks,
            list: variant.list,
            // The port is shut until the gateway has met it.
            refuse_ms: 60_000,
            connect_hang_ms: 60_000,
            ..Behaviour::default()
        };
        Self { variant, rig: Rig::start(variant.way, behaviour), table: Table::new(variant.title), tasks: 0 }
    }

    fn run(mut self) -> Table {
        let (late, early): (Vec<Cut>, Vec<Cut>) =
            Cut::all().into_iter().partition(|cut| cut.point.knows_request());
        for cut in early {
            self.cut_early(cut);
        }
        let cells: Vec<(Cut, TaskId)> = late.into_iter().map(|cut| (cut, self.cut(cut))).collect();
        for (cut, id) in cells {
            let what = self.judge_late(cut, id);
            self.table.note(cut, what);
        }
        assert_eq!(self.rig.upstream.creates_seen(), self.tasks as u64, "every create left once");
        self.kill_after_body();
        self.kill_after_commit();
        self.end_doubts();
        self.table
    }

    /// A prompt of its own, too long for the buffers of a peer that does not read.
    fn prompt(&mut self, name: &str) -> String {
        self.tasks += 1;
        format!("{name} {}: {}", self.tasks, "a red boat at sea, ".repeat(480))
    }

    /// Creates a task whose create is cut, and waits until the cut has been made.
    fn cut(&mut self, cut: Cut) -> TaskId {
        let prompt = self.prompt(&format!("{:?} {:?}", cut.point, cut.fault));
        let hits = self.rig.upstream.hits().len();
        self.rig.upstream.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
        let id = self.rig.create(&prompt);
        if cut.point == CutPoint::BeforeConnect {
            self.rig.await_story(id, ADOPTED_WITHIN, |story| !story.attempts.is_empty());
            self.rig.upstream.set(|behaviour| behaviour.creates.clear());
            return id;
        }
        let is_hit = self.rig.upstream.wait_until(Duration::from_secs(30), |ledger| ledger.hits.len() > hits);
        assert!(is_hit, "{}, {cut:?}: the cut was not made", self.variant.title);
        id
    }

    /// Cut before the last byte of the body: the film arrives without any doubt. Nothing else is going on meanwhile,
    /// because such a cut may hit any connection.
    fn cut_early(&mut self, cut: Cut) {
        let id = self.cut(cut);
        let story = self.rig.await_story(id, ADOPTED_WITHIN, |story| story.record.task.phase.is_terminal());
        let title = self.variant.title;
        assert_eq!(story.phase(), "succeeded", "{title}, {cut:?}: {story}");
        assert!(story.attempts.len() > 1 && !story.was_in_doubt(), "{title}, {cut:?}: {story}");
        assert_eq!(self.rig.jobs_of(&story).len(), 1, "{title}, {cut:?}: {story}");
        self.table.note(cut, "film".to_owned());
    }

    /// Cut when the upstream may have the whole request: in doubt, and adopted where anybody can tell.
    fn judge_late(&self, cut: Cut, id: TaskId) -> String {
        let story = self.settled(id);
        let (title, jobs) = (self.variant.title, self.rig.jobs_of(&story).len());
        assert!(story.was_in_doubt(), "{title}, {cut:?}: {story}");
        assert_eq!(jobs, usize::from(cut.point.is_billed()), "{title}, {cut:?}: {story}");
        match story.phase() {
            "succeeded" => format!("adopted {:.1} s", story.seconds()),
            _ if jobs == 0 => "parked (not there)".to_owned(),
            _ => "parked".to_owned(),
        }
    }

    /// The task when nothing more will become of it by itself: its film is there, or it is in doubt and nobody can tell.
    fn settled(&self, id: TaskId) -> Story {
        let can_tell = |story: &Story| self.variant.has_oracle() && !self.rig.jobs_of(story).is_empty();
        self.rig.await_story(id, ADOPTED_WITHIN, |story| {
            story.phase() == "succeeded" || (story.doubtful().is_some() && !can_tell(story))
        })
    }

    /// The upstream's answer has come, and the gateway dies before it is kept: certainly, where its process stood still,
    /// or perhaps, some milliseconds later.
    fn kill_after_body(&mut self) {
        let limit = Duration::from_secs(30);
        // The job ends when the gateway is back, so that it can be called.
        self.rig.upstream.set(|behaviour| (behaviour.slow_ms, behaviour.run_ms) = (60, Some(1_500)));
        let mut stories = Vec::new();
        for kill in 0..KILLS {
            let prompt = self.prompt("killed after the body");
            let seen = self.rig.upstream.seen();
            let calls_first = u64::from(self.variant.callbacks == Callbacks::BeforeReply);
            let (answered, called) = (seen.creates_answered + 1, seen.callbacks_taken + calls_first);
            let id = self.rig.create(&prompt);
            let is_there = |ledger: &Ledger| {
                let mut jobs = ledger.jobs.values();
                jobs.any(|job| job.order.prompt == prompt) && ledger.seen.callbacks_taken >= called
            };
            assert!(self.rig.upstream.wait_until(limit, is_there));
            let stands_still = kill % 2 == 0;
            if stands_still {
                self.rig.freeze();
            }
            let is_answered = |ledger: &Ledger| ledger.seen.creates_answered == answered;
            assert!(self.rig.upstream.wait_until(limit, is_answered));
            if !stands_still {
                std::thread::sleep(Duration::from_millis(kill * 5));
            }
            self.rig.kill();
            self.rig.start_again();
            let story = self.settled(id);
            assert_eq!(self.rig.jobs_of(&story).len(), 1, "{}: {story}", self.variant.title);
            assert!(story.was_in_doubt() || !stands_still, "{}: {story}", self.variant.title);
            stories.push(story);
        }
        self.rig.upstream.set(|behaviour| behaviour.slow_ms = 0);
        self.table.note_kill(Kill::AfterBody, format!("{KILLS} times: {}", tally(&stories)));
    }

    /// Clients have sent their creates, and the gateway dies before or after it answers them.
    fn kill_after_commit(&mut self) {
        let first = self.rig.stories().len();
        let mut replied = Vec::new();
        for kill in 0..KILLS {
            let clients: Vec<_> = (0..4).map(|_| self.prompt("killed after the commit")).collect();
            let clients: Vec<_> = clients.iter().map(|prompt| self.rig.client(prompt)).collect();
            let rig = &mut self.rig;
            std::thread::scope(|scope| {
                let creates: Vec<_> = clients.iter().map(|client| scope.spawn(|| client.create())).collect();
                std::thread::sleep(Duration::from_millis(3 + kill * 6));
                rig.kill();
                replied.extend(creates.into_iter().filter_map(|create| create.join().unwrap()));
            });
            self.rig.start_again();
        }
        let ids: Vec<TaskId> =
            self.rig.stories().iter().skip(first).map(|story| story.record.task.id).collect();
        assert!(
            replied.iter().all(|id| ids.contains(id)),
            "{}: a task that a client knows is lost",
            self.variant.title
        );
        let stories: Vec<Story> = ids.into_iter().map(|id| self.settled(id)).collect();
        let (sent, replied, unheard) = (KILLS * 4, replied.len(), stories.len() - replied.len());
        let what =
            format!("{sent} creates, {replied} replied, {unheard} only committed: {}", tally(&stories));
        self.table.note_kill(Kill::AfterCommit, what);
    }

    /// Nobody was paid twice, every credit is held or paid; and when the doubts end the holds go back to the client and
    /// the operator's suspense has them.
    fn end_doubts(&mut self) {
        let title = self.variant.title;
        let stories = self.rig.stories();
        let jobs: Vec<usize> = stories.iter().map(|story| self.rig.jobs_of(story).len()).collect();
        assert!(jobs.iter().all(|jobs| *jobs <= 1), "{title}: {jobs:?}");
        assert_eq!(
            jobs.iter().sum::<usize>(),
            self.rig.upstream.ledger().len(),
            "{title}: every job is a task's"
        );
        let (doubtful, made): (Vec<&Story>, Vec<&Story>) =
            stories.iter().partition(|story| story.doubtful().is_some());
        assert!(made.iter().all(|story| story.phase() == "succeeded"), "{title}");
        made.iter().for_each(|story| self.rig.check_film(story));
        let sum = |stories: &[&Story]| stories.iter().map(|story| story.record.task.price.0).sum();
        let (held, spent) = (sum(&doubtful), sum(&made));
        self.rig.check_books(held, spent);
        let creates = self.rig.upstream.creates_seen();
        self.rig.kill();
        self.rig.configure("DOUBT_S", "1");
        self.rig.start_again();
        for story in doubtful {
            let id = story.record.task.id;
            let story = self.rig.await_story(id, Duration::from_secs(60), |story| story.phase() == "failed");
            assert!(story.doubtful().is_some_and(|attempt| attempt.suspended), "{title}: {story}");
        }
        self.rig.check_books(0, spent);
        assert_eq!(self.rig.upstream.creates_seen(), creates, "{title}: nothing was sent again");
    }
}

/// What became of tasks, in words.
fn tally(stories: &[Story]) -> String {
    let count = |what: &dyn Fn(&Story) -> bool| stories.iter().filter(|story| what(story)).count();
    let adopted = |story: &Story| story.phase() == "succeeded" && story.was_in_doubt();
    let slowest = stories.iter().filter(|story| adopted(story)).map(Story::seconds).fold(0.0, f64::max);
    format!(
        "film {}, adopted {} (in {slowest:.1} s at most), parked {}",
        count(&|story| story.phase() == "succeeded" && !story.was_in_doubt()),
        count(&adopted),
        count(&|story| story.doubtful().is_some())
    )
}
