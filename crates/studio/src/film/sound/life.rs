//! What lives and falls around the main figure: birds, crickets, drops, bubbles, a thunder far away.

use super::ambience::Ambience;
use super::grain::Grain;
use super::noise::Chance;
use super::stereo::Stereo;
use crate::plan::{Hour, Place, Weather};

/// Adds all that is heard now and then.
pub(super) fn add(ambience: &Ambience, chance: &mut Chance, sound: &mut Stereo) {
    let seconds = sound.seconds();
    let mut grains = Vec::new();
    let outside = !matches!(ambience.place, Place::Room | Place::Space | Place::Underwater);
    if ambience.is_green() {
        match ambience.hour {
            Hour::Dawn | Hour::Day | Hour::Sunset => birds(ambience.hour, seconds, chance, &mut grains),
            Hour::Dusk | Hour::Night => crickets(seconds, chance, &mut grains),
        }
    }
    if outside && matches!(ambience.weather, Weather::Rain | Weather::Storm) {
        drops(seconds, chance, &mut grains);
    }
    if outside && ambience.weather == Weather::Storm {
        thunder(seconds, chance, &mut grains);
    }
    if ambience.place == Place::Underwater {
        bubbles((0.0, seconds), |_, chance| chance.within(-0.7, 0.7), chance, &mut grains);
    }
    let mut noise = chance.noise();
    grains.iter().for_each(|grain| grain.add(&mut noise, sound));
}

/// Three birds in turn, each with its own voice and its own branch; at sunset they are half asleep.
fn birds(hour: Hour, seconds: f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    let pause = match hour {
        Hour::Dawn => 2.4,
        Hour::Sunset => 5.5,
        _ => 3.6,
    };
    for _ in 0..3 {
        let (hz, pan) = (chance.within(2300.0, 3900.0), chance.within(-0.85, 0.85));
        let far = chance.within(0.35, 1.0);
        let mut at_s = chance.within(0.2, pause);
        while at_s < seconds {
            at_s = song((at_s, hz, pan), 0.026 * far, chance, grains) + chance.within(0.6, 1.4) * pause;
        }
    }
}

/// A few notes of one bird; gives when it ends.
pub(super) fn song(
    (mut at_s, hz, pan): (f32, f32, f32),
    level: f32,
    chance: &mut Chance,
    grains: &mut Vec<Grain>,
) -> f32 {
    let notes = chance.within(2.0, 5.5).floor();
    // Some birds repeat a note, others climb.
    let (climb, bend) = (chance.within(-0.06, 0.09), chance.within(0.82, 1.22));
    for note in 0..8 {
        let note = note as f32;
        if note >= notes {
            break;
        }
        let hz = hz * (1.0 + climb * note) * chance.within(0.98, 1.02);
        let length_s = chance.within(0.07, 0.15);
        let fade = 1.0 - 0.5 * (note / notes - 0.4).abs();
        grains.push(Grain {
            at_s,
            length_s,
            hz: (hz, hz * bend),
            noise: 0.0,
            attack: 0.35,
            level: level * fade,
            pan,
        });
        at_s += length_s + chance.within(0.02, 0.08);
    }
    at_s
}

/// Three crickets that chirp three times at a time.
fn crickets(seconds: f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    for _ in 0..3 {
        let (hz, pan) = (chance.within(4000.0, 4700.0), chance.within(-0.9, 0.9));
        let (every_s, level) = (chance.within(0.62, 0.95), chance.within(0.004, 0.011));
        let mut at_s = chance.within(0.0, every_s);
        while at_s < seconds {
            for pulse in [0.0, 0.034, 0.068] {
                let hz = (hz, hz * 0.985);
                let at_s = at_s + pulse;
                grains.push(Grain { at_s, length_s: 0.03, hz, noise: 0.0, attack: 0.4, level, pan });
            }
            at_s += every_s * chance.within(0.97, 1.03);
        }
    }
}

/// Soft drops all around; one in six falls into a puddle.
fn drops(seconds: f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    let mut at_s = 0.0;
    while at_s < seconds {
        let pan = chance.within(-0.9, 0.9);
        let level = chance.within(0.012, 0.045);
        grains.push(if chance.within(0.0, 6.0) < 1.0 {
            let hz = chance.within(700.0, 1500.0);
            Grain {
                at_s,
                length_s: 0.04,
                hz: (hz, hz * 1.5),
                noise: 0.0,
                attack: 0.2,
                level: 0.5 * level,
                pan,
            }
        } else {
            let hz = chance.within(1800.0, 5000.0);
            Grain { at_s, length_s: 0.012, hz: (hz, hz), noise: 0.9, attack: 0.15, level, pan }
        });
        at_s += chance.within(0.002, 0.045);
    }
}

/// One long roll in the distance.
fn thunder(seconds: f32, chance: &mut Chance, grains: &mut Vec<Grain>) {
    let (first_s, pan) = (seconds * chance.within(0.2, 0.4), chance.within(-0.5, 0.5));
    for (late_s, level) in [(0.0, 0.35), (0.5, 0.5), (1.1, 0.4)] {
        let at_s = first_s + late_s * chance.within(0.8, 1.2);
        grains.push(Grain { at_s, length_s: 3.4, hz: (75.0, 55.0), noise: 1.0, attack: 0.12, level, pan });
    }
}

/// Strings of bubbles that rise, from one second to another.
pub(super) fn bubbles(
    (from_s, until_s): (f32, f32),
    pan: impl Fn(f32, &mut Chance) -> f32,
    chance: &mut Chance,
    grains: &mut Vec<Grain>,
) {
    let mut at_s = from_s + chance.within(0.3, 1.5);
    while at_s < until_s {
        let (pan, hz) = (pan(at_s, chance), chance.within(280.0, 520.0));
        for bubble in 0..4 {
            let hz = hz * (1.0 + 0.17 * bubble as f32) * chance.within(0.9, 1.1);
            let level = chance.within(0.01, 0.03);
            grains.push(Grain {
                at_s,
                length_s: 0.075,
                hz: (hz, hz * 1.8),
                noise: 0.0,
                attack: 0.3,
                level,
                pan,
            });
            at_s += chance.within(0.05, 0.13);
        }
        at_s += chance.within(1.2, 3.0);
    }
}
