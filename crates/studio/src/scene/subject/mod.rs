//! The figures: who is drawn how, how large, where it stands and how it gets about.

mod aircraft;
mod aquatic;
mod beast;
mod coat;
mod craft;
mod dragon;
mod gait;
mod head;
mod hoofed;
mod mane;
mod motion;
mod people;
mod scenery;
mod walking;
mod winged;
mod workshop;

use super::colour::Light;
use super::noise::Chance;
use super::puppet::{Actor, Puppet};
use super::stage::{Item, Stage};
use crate::plan::{Action, Kind, ScenePlan, Size, Subject};
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
    let mut order = plan.subjects.iter().map(|subject| subject.count).sum::<u32>();
    for (index, subject) in plan.subjects.iter().enumerate().rev() {
        // Beside figures on land, swimmers and boats show on the water, not in the air or on the grass.
        let swims = subject.kind.lives_in_water() && subject.action == Action::Swim;
        let afloat = open_water && index > 0 && (swims || subject.kind == Kind::Boat);
        let spot = if afloat { Spot { ground: 0.76, air: 0.69 } } else { spot };
        for copy in (0..subject.count).rev() {
            order -= 1;
            items.push(Box::new(actor(subject, (index, copy, order), (stage, light, spot), chance)));
        }
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
            items.push(Box::new(actor(&toy, (1, 0, 1), (stage, light, spot), chance)));
        }
    }
    items
}

fn actor(
    subject: &Subject,
    (index, copy, order): (usize, u32, u32),
    (stage, light, spot): (&Stage, &Light, Spot),
    chance: &mut Chance,
) -> Actor {
    let lead = index == 0 && copy == 0;
    let depth = if lead || subject.kind == Kind::Butterfly { 1.0 } else { 0.86 };
    let grown = match subject.size {
        Size::Small => 0.8,
        Size::Usual => 1.0,
        Size::Large => 1.25,
    };
    let size = natural_size(subject) * stage.figure_scale() * grown * if lead { 1.0 } else { 0.82 };
    let seed = chance.number();
    let place = motion::Place { stage: *stage, spot, index, copy, order, size, phase: chance.unit() * 6.0 };
    let workshop = Workshop::new(light, size * stage.resolution(), seed, motion::gait(subject, &place));
    let puppet = puppet(&workshop, subject);
    let grounded = !floats(subject.kind) && !matches!(subject.action, Action::Fly | Action::Swim);
    let shadow = grounded.then(|| workshop.shadow(footprint(subject.kind)));
    let mirrored = subject.kind == Kind::Boat;
    let path = motion::path(subject, place);
    Actor { puppet, shadow, depth, size, path, ground: place.ground(), mirrored }
}

/// Height in the frame of one figure unit.
fn natural_size(subject: &Subject) -> f32 {
    match subject.kind {
        Kind::Butterfly => 0.085,
        Kind::Ball => 0.12,
        Kind::Mouse => 0.34,
        Kind::Bird => 0.21,
        Kind::Fish => 0.2,
        Kind::Car => 0.27,
        Kind::Train => 0.19,
        Kind::Whale => 0.36,
        Kind::Turtle | Kind::Plane => 0.32,
        Kind::Jellyfish | Kind::Kite => 0.3,
        Kind::Flower => 0.4,
        Kind::Rocket => 0.39,
        Kind::Boat | Kind::Balloon => 0.44,
        Kind::Child | Kind::Penguin => 0.42,
        Kind::Woman | Kind::Man | Kind::House => 0.5,
        Kind::Horse | Kind::Robot | Kind::Astronaut | Kind::Dragon => 0.52,
        Kind::Tree | Kind::Castle => 0.6,
        _ => 0.47,
    }
}

/// Half the width of the shadow a figure casts, in figure units.
fn footprint(kind: Kind) -> f32 {
    match kind {
        Kind::Car => 1.3,
        Kind::Train => 2.4,
        Kind::Child | Kind::Woman | Kind::Man => 0.24,
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
            | Kind::Whale
            | Kind::Turtle
            | Kind::Jellyfish
            | Kind::Rocket
            | Kind::Plane
            | Kind::Balloon
            | Kind::Kite
    )
}

fn puppet(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    match subject.kind {
        Kind::Butterfly => winged::butterfly(workshop, subject),
        Kind::Bird => winged::bird(workshop, subject),
        Kind::Penguin => winged::penguin(workshop, subject),
        Kind::Fish => aquatic::fish(workshop, subject),
        Kind::Whale => aquatic::whale(workshop, subject),
        Kind::Turtle => aquatic::turtle(workshop, subject),
        Kind::Jellyfish => aquatic::jellyfish(workshop, subject),
        Kind::Horse | Kind::Deer | Kind::Cow | Kind::Sheep | Kind::Pig => hoofed::hoofed(workshop, subject),
        Kind::Child | Kind::Woman | Kind::Man => people::person(workshop, subject),
        Kind::Robot | Kind::Astronaut => people::suited(workshop, subject),
        Kind::Car => craft::car(workshop, subject),
        Kind::Train => craft::train(workshop, subject),
        Kind::Boat => craft::boat(workshop, subject),
        Kind::Rocket => aircraft::rocket(workshop, subject),
        Kind::Plane => aircraft::plane(workshop, subject),
        Kind::Balloon => aircraft::balloon(workshop, subject),
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
    }
}
