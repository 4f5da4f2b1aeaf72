//! Short sounds that come and go: a drop, a chirp, a step.

use super::RATE;
use super::noise::Noise;
use super::stereo::{Stereo, sample_at, sides};

/// One short sound: a gliding tone, noise around that tone, or some of both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grain {
    pub(super) at_s: f32,
    pub(super) length_s: f32,
    /// The tone glides from one frequency to the other.
    pub(super) hz: (f32, f32),
    /// 0.0 is a tone, 1.0 noise.
    pub(super) noise: f32,
    /// The share of the length in which it rises; what is left dies away.
    pub(super) attack: f32,
    pub(super) level: f32,
    /// From -1.0, left, to 1.0, right.
    pub(super) pan: f32,
}

impl Grain {
    pub(super) fn add(&self, noise: &mut Noise, sound: &mut Stereo) {
        let start = sample_at(self.at_s).min(sound.left.len());
        let samples = sample_at(self.length_s).min(sound.left.len() - start);
        let whole = self.length_s * RATE;
        let sides = sides(self.pan).map(|side| side * self.level);
        let mut tone = Turn { turns: 0.0 };
        let mut band = Resonator::new(0.5 * (self.hz.0 + self.hz.1));
        let channels = sound.left[start..].iter_mut().zip(&mut sound.right[start..]);
        for (n, (left, right)) in channels.take(samples).enumerate() {
            let gone = n as f32 / whole;
            let level = if gone < self.attack {
                let risen = gone / self.attack;
                risen * risen * (3.0 - 2.0 * risen)
            } else {
                let left = (1.0 - gone) / (1.0 - self.attack);
                left * left
            };
            let pitched =
                if self.noise < 1.0 { tone.next(self.hz.0 + (self.hz.1 - self.hz.0) * gone) } else { 0.0 };
            let hiss = if self.noise > 0.0 { band.pass(noise.pair()[1]) } else { 0.0 };
            let sample = level * (pitched + (hiss - pitched) * self.noise);
            *left += sample * sides[0];
            *right += sample * sides[1];
        }
    }
}

/// A sine by a parabola, near enough for a moment.
struct Turn {
    turns: f32,
}

impl Turn {
    fn next(&mut self, hz: f32) -> f32 {
        self.turns += hz / RATE;
        self.turns -= self.turns.floor();
        let bow = 2.0 * self.turns - 1.0;
        let sine = -4.0 * bow * (1.0 - bow.abs());
        sine + 0.225 * (sine * sine.abs() - sine)
    }
}

/// Lets a band about one and a half octaves wide pass.
struct Resonator {
    tuned: f32,
    band: f32,
    low: f32,
}

impl Resonator {
    const DAMPING: f32 = 1.1;

    fn new(hz: f32) -> Self {
        let tuned = (std::f32::consts::PI * hz.min(0.3 * RATE) / RATE).tan();
        Self { tuned, band: 0.0, low: 0.0 }
    }

    /// A state-variable filter, integrated by the trapezoidal rule.
    fn pass(&mut self, sample: f32) -> f32 {
        let g = self.tuned;
        let high = (sample - (Self::DAMPING + g) * self.band - self.low) / (1.0 + g * (g + Self::DAMPING));
        let band = g * high + self.band;
        let low = g * band + self.low;
        self.band = g * high + band;
        self.low = g * band + low;
        band * Self::DAMPING
    }
}
