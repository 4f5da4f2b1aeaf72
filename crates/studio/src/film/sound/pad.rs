//! Two slow chords of soft voices, which the mood chooses; the seed chooses the key.

use super::ambience::Ambience;
use super::stereo::Stereo;
use super::tone::{self, Tone};
use super::{BLOCK, RATE};
use crate::plan::{Mood, Place};

/// How long a chord is held before the other one takes over, in seconds.
const CHORD_S: f32 = 5.0;
/// The loudest a single voice gets.
const LEVEL: f32 = 0.0065;
/// Both channels are apart from each other by this much, which makes the pad wide and lets it beat slowly.
const DETUNE: f64 = 1.0016;

/// Semitones above the key of each chord's voices.
type Chord = [u8; 4];

/// Which two chords take turns.
fn chords(mood: Mood) -> [Chord; 2] {
    match mood {
        // A major seventh and the one on the fourth step above it.
        Mood::Calm => [[0, 7, 11, 16], [5, 12, 16, 21]],
        // Tonic and dominant, open and bright.
        Mood::Joyful => [[0, 7, 12, 16], [7, 14, 19, 23]],
        // A minor chord and the one below it, over the same dark fifth.
        Mood::Tense => [[0, 7, 12, 15], [0, 8, 12, 17]],
    }
}

pub(super) struct Pad {
    voices: Vec<Voice>,
}

struct Voice {
    /// Which of the two chords this voice belongs to.
    chord: usize,
    level: f32,
    sides: [Tone; 2],
}

impl Pad {
    pub(super) fn new(ambience: &Ambience, seed: u64) -> Self {
        // From A2 upwards, within a fifth; deeper where it is deep.
        let deep = matches!(ambience.place, Place::Space | Place::Underwater);
        let key_hz = if deep { 82.5 } else { 110.0 } * 2f64.powf((seed % 7) as f64 / 12.0);
        let mut voices = Vec::with_capacity(8);
        for (chord, notes) in chords(ambience.mood).into_iter().enumerate() {
            for note in notes {
                let hz = key_hz * 2f64.powf(f64::from(note) / 12.0);
                // Higher notes are softer.
                let level = LEVEL * (1.0 - 0.025 * f32::from(note));
                voices.push(Voice { chord, level, sides: [Tone::new(hz), Tone::new(hz * DETUNE)] });
            }
        }
        Self { voices }
    }

    /// Adds the pad to the part of the film that begins at `from_s`.
    pub(super) fn add(&mut self, from_s: f32, sound: &mut Stereo) {
        let blocks = sound.left.chunks_mut(BLOCK).zip(sound.right.chunks_mut(BLOCK));
        for (number, (left, right)) in blocks.enumerate() {
            let second = from_s + (number * BLOCK) as f32 / RATE;
            let end = second + BLOCK as f32 / RATE;
            for voice in &mut self.voices {
                let [from, to] = [second, end].map(|second| voice.level * presence(voice.chord, second));
                for (tone, channel) in voice.sides.iter_mut().zip([&mut *left, &mut *right]) {
                    if from == 0.0 && to == 0.0 {
                        tone.skip();
                    } else {
                        tone::blend(&tone.block(), (from, to), channel);
                    }
                }
            }
        }
    }
}

/// How present a chord is: the film begins with the first, the two overlap, and their powers add up to 1.
fn presence(chord: usize, second: f32) -> f32 {
    let turn = second / (2.0 * CHORD_S) - 0.15 - 0.5 * chord as f32;
    let away = (turn - turn.round()).abs() * 2.0;
    let held = ((1.0 - away) * 2.2 - 0.6).clamp(0.0, 1.0);
    (held * std::f32::consts::FRAC_PI_2).sin()
}
