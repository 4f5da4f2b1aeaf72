//! Feet on the ground: who steps how often, and what the ground says to it.

use super::ambience::Ambience;
use super::grain::Grain;
use super::noise::Chance;
use super::way::Way;
use crate::plan::{Action, Kind, Place, Weather};

/// The sound of one step.
#[derive(Clone, Copy)]
struct Ground {
    /// The middle of the noise.
    hz: f32,
    length_s: f32,
    attack: f32,
    level: f32,
    /// How much of the step is a thud.
    thud: f32,
}

impl Ground {
    fn of(ambience: &Ambience) -> Self {
        if ambience.weather == Weather::Snow || ambience.place == Place::Snow {
            return Self { hz: 1700.0, length_s: 0.15, attack: 0.35, level: 0.11, thud: 0.03 };
        }
        match ambience.place {
            Place::City | Place::Village | Place::Pagoda | Place::Room => {
                Self { hz: 1000.0, length_s: 0.05, attack: 0.08, level: 0.13, thud: 0.09 }
            }
            Place::Beach | Place::Desert | Place::Lake | Place::Sea => {
                Self { hz: 700.0, length_s: 0.13, attack: 0.3, level: 0.12, thud: 0.045 }
            }
            _ => Self { hz: 1200.0, length_s: 0.12, attack: 0.3, level: 0.1, thud: 0.05 },
        }
    }
}

/// How many times a second the feet come down, and how heavy they are; `None` keeps still or is not on its feet.
fn tread(kind: Kind, action: Action) -> Option<(f32, f32)> {
    let weight = match kind {
        Kind::Horse | Kind::Cow | Kind::Bear | Kind::Robot | Kind::Dragon | Kind::Elephant => 1.25,
        Kind::Man | Kind::Woman | Kind::Deer | Kind::Panda | Kind::Tiger | Kind::Lion | Kind::Astronaut => {
            0.9
        }
        Kind::Child | Kind::Sheep | Kind::Pig | Kind::Ball => 0.7,
        // Paws.
        _ => 0.45,
    };
    if kind.is_vehicle() || kind.is_scenery() || kind.lives_in_water() {
        return None;
    }
    let kind = kind.sounds_like();
    let hoofed = matches!(kind, Kind::Horse | Kind::Cow | Kind::Deer);
    let a_second = match (kind, action) {
        (Kind::Butterfly | Kind::Kite, _) => return None,
        (_, Action::Walk) if hoofed => 2.48,
        (_, Action::Walk) if kind == Kind::Penguin => 1.9,
        (_, Action::Walk) if kind == Kind::Child => 1.7,
        (_, Action::Walk) => 1.46,
        (_, Action::Run) if hoofed => 4.0,
        (_, Action::Run) => 2.35,
        (_, Action::Jump) => 1.25,
        (_, Action::Dance) => 1.8,
        (_, Action::Play) => 0.3125,
        _ => return None,
    };
    Some((a_second, weight))
}

/// The steps of the main figure, while it is under way.
pub(super) fn steps(
    (kind, action): (Kind, Action),
    (ambience, way): (&Ambience, Way),
    seconds: f32,
    chance: &mut Chance,
    grains: &mut Vec<Grain>,
) {
    let Some((a_second, weight)) = tread(kind, action) else { return };
    let ground = Ground::of(ambience);
    let mut at_s = chance.within(0.1, 1.0 / a_second);
    while at_s < seconds {
        if way.steps(at_s) {
            let pan = way.pan(at_s, seconds);
            let weight = weight * chance.within(0.75, 1.0);
            let hz = ground.hz * chance.within(0.85, 1.15);
            let Ground { length_s, attack, level, thud, .. } = ground;
            grains.push(Grain {
                at_s,
                length_s,
                hz: (hz, hz),
                noise: 1.0,
                attack,
                level: level * weight,
                pan,
            });
            let hz = (105.0, 60.0);
            grains.push(Grain {
                at_s,
                length_s: 0.08,
                hz,
                noise: 0.0,
                attack: 0.15,
                level: thud * weight,
                pan,
            });
        }
        at_s += chance.within(0.97, 1.03) / a_second;
    }
}
