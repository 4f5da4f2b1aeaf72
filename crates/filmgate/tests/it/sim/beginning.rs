//! How a world begins: three kinds of upstreams and the studio, with routes, policies and caps as the seed says.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use filmgate::Random;
use filmgate::app::{App, Dev};
use filmgate::config::{Config, Source};
use filmgate_domain::attempt::Repeat;
use filmgate_domain::catalogue::Dialect;
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::UpstreamPolicy;
use filmgate_domain::route::{Offer, RouteName, RoutePolicy};
use filmgate_domain::time::Timestamp;

use super::outside::{MODELS, POLICIES};
use super::remote::{Home, Scripted};
use super::stage::Stage;
use super::studio::ScriptedStudio;
use super::truth::{Manner, Truth};
use super::world::World;

const T0: Timestamp = Timestamp(1_795_305_600_000);
const PLANS: [&[&str]; 10] = [
    &["keyed", "engine"],
    &["kie"],
    &["kie", "keyed", "studio"],
    &["kie", "engine"],
    &["engine", "kie", "studio"],
    &["engine"],
    &["keyed", "kie"],
    &["keyed"],
    &["kie", "engine", "keyed"],
    &["studio", "kie"],
];

/// The draws of a beginning.
struct Dice(Random);

impl Dice {
    fn below(&self, sides: usize) -> usize {
        usize::try_from(self.0.bits() % sides as u128).unwrap()
    }

    fn pick<T: Copy>(&self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

impl World {
    /// The world of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        let folder = folder();
        let empty = folder.path().join("empty.toml");
        std::fs::write(&empty, "").unwrap();
        let source = Source { data: Some(folder.path().to_owned()), ..Source::default() };
        let config = Config::load(source, Some(&empty)).unwrap();
        let dice = Dice(Random::seeded(seed ^ 0xBE61));
        let stage = Arc::new(Stage::new(T0, seed ^ 0x57A6E));
        let truth = Arc::new(Mutex::new(Truth::new(seed ^ 0xF11A)));
        let dev = Dev { first_grant: Credits::whole(1_200), only_key: None, speed: 1 };
        let parts = (NonZeroUsize::MIN, Arc::clone(&stage) as _, Random::seeded(seed));
        let manners = manners(&dice);
        let mut app = App::with_clock(&config, Some(dev), routes(&dice, &manners), parts).unwrap();
        app.deadline_ms = dice.pick(&[20 * 60_000, 3_600_000, 24 * 3_600_000]);
        app.studio = Box::new(ScriptedStudio { random: Random::seeded(seed ^ 0x57D10) });
        let home = Home::default();
        for manner in manners {
            let (truth, stage, home) = (Arc::clone(&truth), Arc::clone(&stage), Arc::clone(&home));
            let remote = Box::new(Scripted { manner, truth, stage, home });
            app.upstreams.add(offer(manner), policy(&dice, manner), dice.pick(&[0, 0, 3]), remote);
        }
        let app = Arc::new(app);
        assert!(home.set(Arc::downgrade(&app)).is_ok());
        Self::of(app, (stage, truth), Random::seeded(seed ^ 0xD1CE), folder)
    }
}

/// In memory where the system has a place for that: durability is tested elsewhere, and a disk is slow.
fn folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

fn manners(dice: &Dice) -> [Manner; 3] {
    let manner = |name, repeat| Manner {
        name,
        repeat,
        is_kie: name == "kie",
        lists: name != "kie" && dice.below(2) == 0,
        stops: name != "kie",
        price: Credits(dice.pick(&[7_500, 60_000])),
    };
    [manner("kie", Repeat::Never), manner("engine", Repeat::Never), manner("keyed", Repeat::Keyed)]
}

fn offer(manner: Manner) -> Offer {
    let dialect = if manner.is_kie { Dialect::Kie } else { Dialect::Openai };
    Offer { name: manner.name.into(), dialect, models: [("*".to_owned(), "a model".to_owned())].into() }
}

fn routes(dice: &Dice, manners: &[Manner]) -> RoutePolicy {
    let plan = || -> Vec<RouteName> { dice.pick(&PLANS).iter().map(|name| RouteName::parse(name)).collect() };
    RoutePolicy {
        models: MODELS.iter().map(|model| ((*model).to_owned(), plan())).collect(),
        offers: manners.iter().map(|manner| offer(*manner)).chain([Offer::studio()]).collect(),
        stops_on_failure: dice.below(3) == 0,
        ..RoutePolicy::default()
    }
}

fn policy(dice: &Dice, manner: Manner) -> UpstreamPolicy {
    UpstreamPolicy {
        repeat: manner.repeat,
        on_doubt: dice.pick(&POLICIES),
        doubt_ms: dice.pick(&[60_000, 600_000, 24 * 3_600_000]),
        max_paid_attempts: dice.pick(&[1, 2, 3]),
        max_cost: dice.pick(&[None, None, None, None, Some(Credits::whole(32))]),
        poll_ms: dice.pick(&[2_500, 20_000]),
        call_ms: dice.pick(&[20_000, 200_000]),
    }
}
