//! The figures: who is drawn how, how large, where it stands and how it gets about.

mod animals;
mod flight;
mod gait;
mod hindleg;
mod hoofed;
mod motion;
mod people;
mod scenery;
mod still;
mod upright;
mod vehicles;
mod walking;
mod workshop;

use super::brush::Brush;
use super::colour::Light;
use super::ground::f32_of;
use super::hidden::Hidden;
use super::noise::Chance;
use super::puppet::{Actor, Puppet};
use super::stage::{Item, Moment, Stage};
use crate::plan::{Action, Kind, Place, ScenePlan, Size, Subject, Weather};
use animals::{aquatic, beast, coat, dragon, elephant, head, hunters, koi, loong, mane, owl, whale, winged};
use vehicles::{aircraft, balloon, craft, cycle, hover, road, rowboat, ship, steam, transit};
use workshop::Workshop;

/// Where figures may stand, in the place they are in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The ground under the main figure's feet.
    pub(super) ground: f32,
    /// The height that flying and swimming figures keep to.
    pub(super) air: f32,
}

/// The plan's figures, from back to front.
pub(super) fn actors(
    plan: &ScenePlan,
    stage: &Stage,
    light: &Light,
    spot: Spot,
    chance: &mut Chance,
) -> Vec<Box<dyn Item>> {
    let mut items: Vec<Box<dyn Item>> = Vec::new();
    let open_water = plan.place.has_open_water();
    let main = plan.subjects.first();
    let laid = main.is_some_and(|main| main.kind.is_still());
    // A room that shows a thing has a table by its window.
    if laid && plan.place != Place::Room {
        items.push(Box::new(still::table(stage, light, (spot.ground - 0.155, chance.unit()))));
    }
    // Who stands or walks holds the kite.
    let kite = plan.subjects.iter().find(|subject| subject.kind == Kind::Kite);
    let kite = kite.filter(|_| main.is_some_and(|main| main.kind.wears_clothes()));
    let held = |subject: &Subject| kite.is_some() && subject.kind == Kind::Kite;
    let shown = || {
        let all = plan.subjects.iter().enumerate();
        all.filter(|(_, subject)| subject.action != Action::Ride && !held(subject))
    };
    let rider = plan.subjects.iter().find(|subject| subject.action == Action::Ride);
    let mut order = shown().map(|(_, subject)| subject.count).sum::<u32>();
    let pace = main.and_then(|main| pace(main, (stage, spot), kite.is_some()));
    for (index, subject) in shown().rev() {
        // Beside figures on land, swimmers and boats show on the water, not in the air or on the grass.
        let swims = subject.kind.lives_in_water() && subject.action == Action::Swim;
        let ashore = index > 0 || plan.place == Place::Beach;
        let afloat = open_water && ashore && (swims || subject.kind.is_boat());
        let spot = if afloat { Spot { ground: 0.76, air: 0.69 } } else { spot };
        for copy in (0..subject.count).rev() {
            order -= 1;
            let cast = Cast {
                subject,
                rider: rider.filter(|_| index == 0 && copy == 0),
                kite: kite.filter(|_| index == 0 && copy == 0),
                watches: kite.is_some() && index == 0 && copy > 0,
                laid,
                copy,
                rain: plan.weather == Weather::Rain,
                storm: plan.weather == Weather::Storm,
                wet: matches!(plan.weather, Weather::Rain | Weather::Storm),
                dusty: plan.place == Place::Desert,
                pace,
            };
            let actor = actor(&cast, (index, copy, order), (stage, light, spot), chance);
            let together = index == 0 || main.is_some_and(|main| keeps_company(main, subject));
            items.push(if together && !(afloat && index > 0) {
                Box::new(actor)
            } else {
                Box::new(Passer(actor))
            });
        }
    }
    if plan.subjects.is_empty() {
        items.extend(passers(plan, (stage, light, spot), chance));
    }
    if let Some(main) = plan.subjects.first() {
        let alone = plan.subjects.len() == 1;
        if alone && main.action == Action::Play && main.kind.rank() == 0 {
            let toy = Subject {
                kind: Kind::Butterfly,
                action: Action::Fly,
                colour: None,
                size: Size::Usual,
                count: 1,
            };
            let toy = actor(&Cast::alone(&toy, laid), (1, 0, 1), (stage, light, spot), chance);
            items.push(Box::new(Passer(toy)));
        }
    }
    items
}

/// How fast the main figure walks, in frame heights a second.
fn pace(main: &Subject, (stage, spot): (&Stage, Spot), kite: bool) -> Option<f32> {
    let size = size(main, (true, false), stage);
    let (index, copy, order, phase, pace) = (0, 0, 0, 0.0, None);
    motion::pace(main, &motion::Place { stage: *stage, spot, index, copy, order, size, phase, pace, kite })
}

/// One figure, who sits on it, and whether a table is there for it.
struct Cast<'a> {
    subject: &'a Subject,
    rider: Option<&'a Subject>,
    /// What it flies on a string.
    kite: Option<&'a Subject>,
    /// Whether it looks at the kite of another one.
    watches: bool,
    laid: bool,
    /// Its number among several of its kind: no two are alike.
    copy: u32,
    rain: bool,
    storm: bool,
    wet: bool,
    dusty: bool,
    /// How fast the main figure walks, in frame heights a second.
    pace: Option<f32>,
}

impl<'a> Cast<'a> {
    /// Nobody else belongs to it.
    fn alone(subject: &'a Subject, laid: bool) -> Self {
        let (rider, kite) = (None, None);
        let (rain, storm, wet, dusty) = (false, false, false, false);
        Self { subject, rider, kite, watches: false, laid, copy: 0, rain, storm, wet, dusty, pace: None }
    }
}

/// Whether a figure stays with the main one, so that a camera shows both.
fn keeps_company(main: &Subject, other: &Subject) -> bool {
    let together = main.action == other.action || !(main.action.travels() || other.action.travels());
    together && other.kind.rank() <= 1
}

/// What passes by where nobody was named, so that no scene is empty: a cup is left in a room, fish or birds elsewhere.
fn passers(
    plan: &ScenePlan,
    (stage, light, spot): (&Stage, &Light, Spot),
    chance: &mut Chance,
) -> Vec<Box<dyn Item>> {
    let (kind, action, count) = match plan.place {
        Place::Room => (Kind::Cup, Action::Sit, 1),
        Place::Space => (Kind::Spaceship, Action::Fly, 1),
        Place::Underwater => (Kind::Fish, Action::Swim, 4),
        Place::Pond => (Kind::Koi, Action::Swim, 3),
        Place::Sea if plan.weather != Weather::Storm => (Kind::Boat, Action::Swim, 1),
        _ => (Kind::Bird, Action::Fly, 4),
    };
    let subject = Subject { kind, action, colour: None, size: Size::Usual, count };
    if kind.is_still() {
        let cup = actor(&Cast::alone(&subject, true), (0, 0, 0), (stage, light, spot), chance);
        return vec![Box::new(cup)];
    }
    // Small and far: they pass by, and the camera does not follow them.
    let far = Spot { ground: if kind == Kind::Boat { 0.66 } else { spot.ground }, air: spot.air - 0.16 };
    let passer = |copy| {
        let cast = Cast { copy, ..Cast::alone(&subject, false) };
        let mut actor = actor(&cast, (1, copy, copy), (stage, light, far), chance);
        actor.size *= 0.42;
        let item: Box<dyn Item> = Box::new(Passer(actor));
        item
    };
    (0..count).map(passer).collect()
}

/// A figure that is no subject.
struct Passer(Actor);

impl Item for Passer {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        self.0.draw(stage, moment, brush);
    }

    fn hide(&self, stage: &Stage, moment: &Moment, hidden: &mut Hidden) {
        self.0.hide(stage, moment, hidden);
    }
}

fn actor(
    cast: &Cast<'_>,
    (index, copy, order): (usize, u32, u32),
    (stage, light, spot): (&Stage, &Light, Spot),
    chance: &mut Chance,
) -> Actor {
    let subject = cast.subject;
    let lead = index == 0 && copy == 0;
    let depth = if lead || subject.kind == Kind::Butterfly { 1.0 } else { 0.86 };
    let stands = subject.kind.is_still() && !cast.laid;
    // Each balloon of several is farther away than the one before it.
    let away = if subject.kind == Kind::Balloon { 0.74_f32.powf(f32_of(copy as usize)) } else { 1.0 };
    let (depth, size) = (depth * away, size(subject, (lead, stands), stage) * away);
    let seed = chance.number();
    let place = motion::Place {
        stage: *stage,
        spot,
        index,
        copy,
        order,
        size,
        phase: chance.unit() * 6.0,
        pace: cast.pace,
        kite: cast.kite.is_some() || cast.watches,
    };
    let workshop = Workshop::new(light, size * stage.resolution(), seed, motion::gait(subject, &place));
    let mut puppet = puppet(&workshop, cast);
    if cast.dusty && subject.kind.is_car() && subject.action == Action::Drive {
        road::dust(&workshop, &mut puppet, -1.15);
    }
    let grounded = !floats(subject.kind)
        && !subject.kind.is_boat()
        && !matches!(subject.action, Action::Fly | Action::Swim)
        && (stands || !subject.kind.is_still());
    let shadow = grounded.then(|| workshop.shadow(footprint(subject.kind)));
    // A rough sea mirrors nothing; a wet road mirrors what drives on it, from its tyres on.
    let mirrored = if subject.kind.is_boat() {
        (!cast.storm).then_some(0.04)
    } else {
        (cast.wet && subject.kind.is_car()).then_some(0.024)
    };
    let path = motion::path(subject, place);
    Actor { puppet, shadow, depth, size, path, ground: place.ground(), mirrored }
}

/// Height in the frame of one unit of the main figure or of another one, which may stand on the ground though it belongs on a
/// table.
fn size(subject: &Subject, (lead, stands): (bool, bool), stage: &Stage) -> f32 {
    let grown = match subject.size {
        Size::Small => 0.8,
        Size::Usual => 1.0,
        Size::Large => 1.25,
    };
    let natural = natural_size(subject) * if stands { 0.55 } else { 1.0 };
    natural * stage.figure_scale() * grown * if lead { 1.0 } else { 0.82 }
}

/// Height in the frame of one figure unit.
fn natural_size(subject: &Subject) -> f32 {
    match subject.kind {
        Kind::Dragon if subject.action == Action::Fly => 0.42,
        Kind::Loong => 0.4,
        Kind::Butterfly => 0.085,
        Kind::Ball => 0.12,
        Kind::Bird => 0.21,
        Kind::Fish => 0.2,
        Kind::Koi => 0.25,
        Kind::Car | Kind::VintageCar | Kind::Taxi => 0.27,
        Kind::Train => 0.225,
        Kind::Tram | Kind::Bus => 0.24,
        Kind::Truck | Kind::Drone => 0.26,
        Kind::Spaceship | Kind::Jellyfish | Kind::Kite => 0.3,
        Kind::Turtle | Kind::Plane | Kind::Dolphin => 0.32,
        Kind::Mouse | Kind::Shark => 0.34,
        Kind::Whale => 0.31,
        Kind::Rocket => 0.39,
        Kind::Flower | Kind::Bowl => 0.4,
        Kind::Owl | Kind::Book => 0.38,
        Kind::Child | Kind::Penguin => 0.42,
        Kind::Boat | Kind::Balloon | Kind::Rowboat | Kind::Motorcycle => 0.44,
        Kind::Cup | Kind::Cake | Kind::Candle => 0.5,
        Kind::Bottle | Kind::Watch | Kind::Vase => 0.48,
        Kind::Woman | Kind::Man | Kind::OldMan | Kind::House | Kind::Bicycle | Kind::Ship => 0.5,
        Kind::Horse | Kind::Robot | Kind::Astronaut | Kind::Dragon | Kind::Elephant => 0.52,
        Kind::Tree | Kind::Castle => 0.6,
        _ => 0.47,
    }
}

/// Half the width of the shadow a figure casts, in figure units.
fn footprint(kind: Kind) -> f32 {
    match kind {
        _ if kind.is_car() => 1.3,
        Kind::Train | Kind::Tram => 2.4,
        Kind::Child | Kind::Woman | Kind::Man | Kind::OldMan => 0.24,
        Kind::Elephant => 0.6,
        Kind::Cup | Kind::Bowl | Kind::Cake | Kind::Candle => 0.36,
        Kind::Flower => 0.16,
        _ => 0.42,
    }
}

/// Whether a figure is drawn about its middle and not on its feet.
fn floats(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Butterfly
            | Kind::Bird
            | Kind::Fish
            | Kind::Koi
            | Kind::Loong
            | Kind::Shark
            | Kind::Dolphin
            | Kind::Whale
            | Kind::Turtle
            | Kind::Jellyfish
            | Kind::Rocket
            | Kind::Plane
            | Kind::Balloon
            | Kind::Kite
            | Kind::Drone
            | Kind::Spaceship
    )
}

fn puppet(workshop: &Workshop<'_>, cast: &Cast<'_>) -> Puppet {
    let subject = cast.subject;
    match subject.kind {
        Kind::Butterfly => winged::butterfly(workshop, subject),
        Kind::Owl if subject.action != Action::Fly => owl::owl(workshop, subject),
        Kind::Bird | Kind::Owl => winged::bird(workshop, subject),
        Kind::Penguin => winged::penguin(workshop, subject),
        Kind::Koi => koi::koi(workshop, subject, cast.copy),
        Kind::Fish => aquatic::fish(workshop, subject),
        Kind::Shark | Kind::Dolphin => hunters::hunter(workshop, subject),
        Kind::Whale => whale::whale(workshop, subject),
        Kind::Turtle => aquatic::turtle(workshop, subject),
        Kind::Jellyfish => aquatic::jellyfish(workshop, subject),
        Kind::Elephant => elephant::elephant(workshop, subject, cast.rider),
        Kind::Horse | Kind::Deer | Kind::Cow | Kind::Sheep | Kind::Pig => {
            hoofed::hoofed(workshop, subject, cast.rider)
        }
        Kind::Child | Kind::Woman | Kind::Man | Kind::OldMan => people::person(workshop, cast),
        Kind::Robot | Kind::Astronaut => people::suited(workshop, subject),
        Kind::VintageCar | Kind::Taxi | Kind::Truck | Kind::Bus | Kind::Tram => road::road(workshop, subject),
        Kind::Bicycle => cycle::bicycle(workshop, subject, cast.rider),
        Kind::Motorcycle => cycle::motorcycle(workshop, subject, cast.rider),
        Kind::Car => craft::car(workshop, subject),
        Kind::Train => steam::train(workshop, subject),
        Kind::Rowboat => rowboat::rowboat(workshop, subject, cast.rider),
        Kind::Ship => ship::ship(workshop, subject, cast.storm),
        Kind::Boat => craft::boat(workshop, subject),
        Kind::Spaceship => hover::spaceship(workshop, subject),
        Kind::Drone => hover::drone(workshop, subject),
        Kind::Rocket => aircraft::rocket(workshop, subject),
        Kind::Plane => aircraft::plane(workshop, subject),
        Kind::Loong => loong::loong(workshop, subject),
        Kind::Balloon => balloon::balloon(workshop, subject, cast.copy),
        Kind::Kite => aircraft::kite(workshop, subject),
        Kind::Tree | Kind::Flower | Kind::House | Kind::Castle => scenery::scenery(workshop, subject),
        Kind::Ball => scenery::ball(workshop, subject),
        Kind::Cat
        | Kind::Dog
        | Kind::Rabbit
        | Kind::Fox
        | Kind::Bear
        | Kind::Panda
        | Kind::Tiger
        | Kind::Lion
        | Kind::Mouse
        | Kind::Dragon => beast::beast(workshop, subject),
        // The rest are still things.
        _ => still::still(workshop, subject, !cast.laid),
    }
}
