//! The main figure: its engine, its steps, its song or its breath, heard where it is seen.

use super::ambience::Ambience;
use super::bed::{self, Band, Swell};
use super::grain::Grain;
use super::life;
use super::noise::Chance;
use super::stereo::{Stereo, sides};
use super::surface;
use super::tone::{self, Tone};
use super::way::Way;
use super::{BLOCK, RATE};
use crate::plan::{Action, Kind, Place};

/// Adds the main figure, if there is one and it can be heard.
pub(super) fn add(ambience: &Ambience, chance: &mut Chance, sound: &mut Stereo) {
    let Some((lead, way)) = ambience.lead else { return };
    // A helmet has air in it.
    let clear = if lead.kind == Kind::Astronaut { 1.0 } else { ambience.clearness() };
    let bands: Vec<Band> = bands(lead.kind.sounds_like(), lead.action)
        .into_iter()
        .map(|band| Band { below_hz: band.below_hz * clear, way: Some(way), ..band })
        .collect();
    bed::add(&bands, chance, sound);
    if let Some((hz, level)) = engine(lead.kind.sounds_like()) {
        hum((hz, level * clear), way, sound);
    }
    let seconds = sound.seconds();
    let pan = |second: f32| way.pan(second, seconds);
    let mut grains = Vec::new();
    match (lead.kind.sounds_like(), lead.action) {
        (Kind::Bird, _) => songs(seconds, pan, chance, &mut grains),
        (Kind::Whale, _) => calls(seconds, pan, chance, &mut grains),
        (Kind::Fish | Kind::Turtle, _) if ambience.place == Place::Underwater => {
            life::bubbles((0.0, seconds), |second, _| pan(second), chance, &mut grains);
        }
        (Kind::Train, _) => clacks(seconds, pan, &mut grains),
        _ if ambience.place == Place::Space => {}
        (kind, action) => surface::steps((kind, action), (ambience, way), seconds, chance, &mut grains),
    }
    let mut noise = chance.noise();
    grains.iter().for_each(|grain| grain.add(&mut noise, sound));
}

/// What rushes, splashes or breathes.
fn bands(kind: Kind, action: Action) -> Vec<Band> {
    let band = |(above_hz, below_hz), level, swell| Band { above_hz, below_hz, level, swell, way: None };
    let breath = |period_s| Swell { floor: 0.0, period_s, crest: 1.8, open: 1.3 };
    match (kind, action) {
        // Tyres on the road.
        (Kind::Car, _) => {
            vec![band((300.0, 1100.0), 0.07, Swell::NONE), band((40.0, 160.0), 0.2, Swell::NONE)]
        }
        (Kind::Train, _) => {
            vec![band((50.0, 220.0), 0.3, Swell::NONE), band((500.0, 1500.0), 0.03, breath(0.46))]
        }
        // Water along the hull.
        (Kind::Boat, _) => vec![band((300.0, 1300.0), 0.13, Swell { floor: 0.25, ..breath(1.9) })],
        (Kind::Rocket, _) => {
            vec![
                band((30.0, 240.0), 0.5, Swell::NONE),
                band((400.0, 1800.0), 0.06, Swell { floor: 0.5, ..breath(0.31) }),
            ]
        }
        (Kind::Plane, _) => vec![band((200.0, 900.0), 0.08, Swell::NONE)],
        // The burner.
        (Kind::Balloon, _) => {
            vec![band((200.0, 900.0), 0.16, Swell { floor: 0.0, crest: 5.0, ..breath(4.4) })]
        }
        // Cloth in the wind.
        (Kind::Kite, _) => vec![band((350.0, 1200.0), 0.14, Swell { floor: 0.15, ..breath(0.13) })],
        // Wings.
        (Kind::Dragon, Action::Fly) => vec![band((60.0, 420.0), 0.7, breath(0.95))],
        // Somebody in a helmet.
        (Kind::Astronaut, _) => vec![band((350.0, 1500.0), 0.1, breath(2.9))],
        (Kind::Cat, Action::Sit | Action::Rest | Action::Sleep) => {
            vec![band((70.0, 260.0), 0.26, Swell { floor: 0.1, crest: 1.0, ..breath(0.042) })]
        }
        (
            Kind::Bear | Kind::Panda | Kind::Tiger | Kind::Lion | Kind::Dragon | Kind::Horse | Kind::Cow,
            Action::Sit | Action::Rest | Action::Sleep,
        ) => vec![band((200.0, 800.0), 0.11, breath(3.4))],
        (Kind::Robot, _) => vec![band((700.0, 1100.0), 0.03, breath(0.69))],
        _ => Vec::new(),
    }
}

/// The lowest tone of an engine, and how loud it is.
fn engine(kind: Kind) -> Option<(f64, f32)> {
    match kind {
        Kind::Car => Some((58.0, 0.02)),
        Kind::Train => Some((43.0, 0.02)),
        Kind::Plane => Some((92.0, 0.016)),
        Kind::Rocket => Some((36.0, 0.03)),
        _ => None,
    }
}

/// An engine: a few harmonics whose pitch wanders a little and falls as it drives away.
fn hum((hz, level): (f64, f32), way: Way, sound: &mut Stereo) {
    const HARMONICS: [(f64, f32); 5] = [(1.0, 1.0), (1.5, 0.55), (2.0, 0.6), (3.0, 0.3), (4.5, 0.14)];
    let seconds = sound.seconds();
    let mut tones = HARMONICS.map(|(times, level)| (Tone::new(hz * times), times, level));
    let mut before = None;
    let blocks = sound.left.chunks_mut(BLOCK).zip(sound.right.chunks_mut(BLOCK));
    for (number, (left, right)) in blocks.enumerate() {
        let second = (number * BLOCK) as f32 / RATE;
        let pan = way.pan(second, seconds);
        let wander =
            f64::from(1.0 + 0.012 * (second * 2.1).sin() + 0.006 * (second * 5.3).sin() - 0.03 * pan);
        let to = sides(pan);
        let from = before.replace(to).unwrap_or(to);
        for (tone, times, share) in &mut tones {
            tone.hz = hz * *times * wander;
            let level = level * *share;
            let block = tone.block();
            tone::blend(&block, (from[0] * level, to[0] * level), left);
            tone::blend(&block, (from[1] * level, to[1] * level), right);
        }
    }
}

/// The main figure is a bird: it sings more than those in the trees do.
fn songs(seconds: f32, pan: impl Fn(f32) -> f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    let hz = chance.within(2500.0, 3400.0);
    let mut at_s = chance.within(0.3, 0.9);
    while at_s < seconds {
        at_s = life::song((at_s, hz, pan(at_s)), 0.028, chance, grains) + chance.within(0.8, 2.0);
    }
}

/// A whale calls, long and low; the sea's echo carries it.
fn calls(seconds: f32, pan: impl Fn(f32) -> f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    let mut at_s = chance.within(0.5, 1.1);
    while at_s < seconds {
        let hz = chance.within(130.0, 190.0);
        let (up, length_s) = (chance.within(1.3, 1.9), chance.within(1.1, 1.7));
        let pan = pan(at_s);
        for (times, level) in [(1.0, 0.032), (2.0, 0.012)] {
            let hz = hz * times;
            grains.push(Grain { at_s, length_s, hz: (hz, hz * up), noise: 0.0, attack: 0.45, level, pan });
        }
        let late_s = at_s + length_s * 0.85;
        let hz = (hz * up, hz * up * 0.7);
        grains.push(Grain { at_s: late_s, length_s, hz, noise: 0.0, attack: 0.3, level: 0.02, pan });
        at_s = late_s + length_s + chance.within(1.0, 2.2);
    }
}

/// Wheels over the joints of the rails, two by two.
fn clacks(seconds: f32, pan: impl Fn(f32) -> f32, grains: &mut Vec<Grain>) {
    let mut at_s = 0.25;
    while at_s < seconds {
        for (late_s, level) in [(0.0, 0.1), (0.16, 0.075)] {
            let at_s = at_s + late_s;
            let pan = pan(at_s);
            grains.push(Grain {
                at_s,
                length_s: 0.07,
                hz: (420.0, 420.0),
                noise: 0.9,
                attack: 0.06,
                level,
                pan,
            });
        }
        at_s += 0.92;
    }
}
