//! A steady tone: a sine that is carried on by a rotation, eight samples at once.

use super::{BLOCK, SAMPLE_RATE};
use std::f64::consts::TAU;

/// Samples that are turned together, which the compiler does in vectors.
const LANES: usize = 8;

/// A tone that goes on from block to block.
pub(super) struct Tone {
    pub(super) hz: f64,
    /// Turns since the start.
    turns: f64,
}

impl Tone {
    pub(super) fn new(hz: f64) -> Self {
        Self { hz, turns: 0.0 }
    }

    /// The next block of it, from -1.3 to 1.3. A little of the octave, which is twice sine times cosine, gives the bare sine
    /// some warmth.
    pub(super) fn block(&mut self) -> [f32; BLOCK] {
        let turn = self.hz / f64::from(SAMPLE_RATE);
        let start: [Rotor; LANES] = std::array::from_fn(|lane| Rotor::new(self.turns + turn * lane as f64));
        let mut sin: [f32; LANES] = std::array::from_fn(|lane| start[lane].sin);
        let mut cos: [f32; LANES] = std::array::from_fn(|lane| start[lane].cos);
        let step = Rotor::new(turn * LANES as f64);
        let mut block = [0.0; BLOCK];
        for eight in block.as_chunks_mut::<LANES>().0 {
            for lane in 0..LANES {
                eight[lane] = sin[lane] * (1.0 + 0.5 * cos[lane]);
                let turned = sin[lane] * step.cos + cos[lane] * step.sin;
                cos[lane] = cos[lane] * step.cos - sin[lane] * step.sin;
                sin[lane] = turned;
            }
        }
        self.skip();
        block
    }

    /// A block that nobody hears.
    pub(super) fn skip(&mut self) {
        self.turns = (self.turns + self.hz / f64::from(SAMPLE_RATE) * BLOCK as f64).fract();
    }
}

/// Adds a block to a channel, which may end before it, going from one level to another.
pub(super) fn blend(block: &[f32; BLOCK], (from, to): (f32, f32), channel: &mut [f32]) {
    let rise = (to - from) / BLOCK as f32;
    for ((sample, wave), n) in channel.iter_mut().zip(block).zip(0_u16..) {
        *sample += wave * (from + rise * f32::from(n));
    }
}

/// A place on the circle.
struct Rotor {
    sin: f32,
    cos: f32,
}

impl Rotor {
    #[expect(clippy::cast_possible_truncation, reason = "samples are f32")]
    fn new(turns: f64) -> Self {
        let (sin, cos) = (turns * TAU).sin_cos();
        Self { sin: sin as f32, cos: cos as f32 }
    }
}
