//! Slow chords of soft sine voices; the seed chooses the key and where the progression starts.

use super::{BLOCK, Block, SAMPLE_RATE};
use std::f64::consts::TAU;

/// How the chords feel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    Calm,
    Joyful,
    Tense,
}

/// How long a chord is held before the next one takes over, in seconds.
const CHORD_S: f32 = 4.5;
/// The loudest a single voice gets.
const LEVEL: f32 = 0.016;
/// Both channels are apart from each other by this much, which makes the pad wide and lets it beat slowly.
const DETUNE: f64 = 1.0016;

/// Semitones above the key of each chord's voices.
type Chord = [u8; 4];

impl Temper {
    fn chords(self) -> [Chord; 4] {
        match self {
            Self::Calm => [[0, 7, 14, 16], [9, 16, 12, 19], [5, 12, 16, 21], [7, 14, 17, 23]],
            Self::Joyful => [[0, 7, 12, 16], [5, 12, 17, 21], [7, 14, 19, 23], [9, 16, 12, 24]],
            Self::Tense => [[0, 7, 12, 15], [8, 12, 15, 20], [5, 8, 12, 17], [2, 8, 14, 17]],
        }
    }
}

/// All chords' voices; each one is a pair of oscillators that never stop.
pub(super) struct Pad {
    voices: Vec<Voice>,
}

struct Voice {
    /// Which of the four chords this voice belongs to.
    chord: usize,
    /// Higher notes are softer.
    level: f32,
    sides: [Oscillator; 2],
}

impl Pad {
    pub(super) fn new(temper: Temper, seed: u64) -> Self {
        // From A2 upwards, within a fifth.
        let key_hz = 110.0 * 2f64.powf((seed % 7) as f64 / 12.0);
        let first = (seed / 7 % 4) as usize;
        let mut voices = Vec::with_capacity(16);
        for (place, chord) in temper.chords().into_iter().enumerate() {
            for note in chord {
                let hz = key_hz * 2f64.powf(f64::from(note) / 12.0);
                voices.push(Voice {
                    chord: (place + first) % 4,
                    level: LEVEL * (1.0 - 0.025 * f32::from(note)),
                    sides: [Oscillator::new(hz), Oscillator::new(hz * DETUNE)],
                });
            }
        }
        Self { voices }
    }

    /// Adds the block that starts at `second`.
    pub(super) fn add(&mut self, second: f32, block: &mut Block) {
        let end = second + BLOCK as f32 / SAMPLE_RATE as f32;
        for voice in &mut self.voices {
            let (from, to) =
                (voice.level * swell(voice.chord, second), voice.level * swell(voice.chord, end));
            for (side, channel) in voice.sides.iter_mut().zip(block.iter_mut()) {
                side.add(from, to, channel);
            }
        }
    }
}

/// How present a chord is: it overlaps with its neighbours by half, and their powers add up to about 1.
fn swell(chord: usize, second: f32) -> f32 {
    let place = second / CHORD_S - chord as f32;
    // The nearest of this chord's turns, which come round every fourth chord.
    let away = (place - 4.0 * (place / 4.0).round()).abs();
    if away >= 1.0 { 0.0 } else { (away * std::f32::consts::FRAC_PI_2).cos() }
}

/// A sine that is carried from sample to sample by a rotation.
struct Oscillator {
    turn: (f64, f64),
    now: (f64, f64),
}

impl Oscillator {
    fn new(hz: f64) -> Self {
        let (sin, cos) = (TAU * hz / f64::from(SAMPLE_RATE)).sin_cos();
        Self { turn: (cos, sin), now: (1.0, 0.0) }
    }

    /// Adds one block, going from one level to another. A silent block is left out: nobody hears its phase.
    fn add(&mut self, from: f32, to: f32, channel: &mut [f32; BLOCK]) {
        if from == 0.0 && to == 0.0 {
            return;
        }
        let step = (to - from) / BLOCK as f32;
        let mut level = from;
        for sample in channel {
            let (cos, sin) = self.now;
            self.now = (cos * self.turn.0 - sin * self.turn.1, cos * self.turn.1 + sin * self.turn.0);
            #[expect(clippy::cast_possible_truncation, reason = "samples are f32")]
            let (sine, cosine) = (sin as f32, cos as f32);
            // A little of the octave, which is twice sine times cosine, gives the bare sine some warmth.
            *sample += level * sine * (1.0 + 0.5 * cosine);
            level += step;
        }
    }
}
