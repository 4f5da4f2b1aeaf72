//! The soundtrack: what the scene would sound like under a quiet pad, at broadcast loudness, as AAC-LC frames.

mod ambience;
mod bed;
mod echo;
mod grain;
mod lead;
mod life;
mod loudness;
mod noise;
mod pad;
mod stereo;
mod surface;
mod tone;
mod way;

use super::StudioError;
pub(super) use ambience::Ambience;
use noise::Chance;
use pad::Pad;
use stereo::Stereo;

pub(super) const SAMPLE_RATE: u32 = 48_000;
/// Samples in one AAC-LC frame.
pub(super) const BLOCK: usize = 1024;
/// The sample rate for arithmetic.
const RATE: f32 = 48_000.0;
/// How long the film's sound takes to come and to go.
const FADE_S: f32 = 0.5;
/// How long one scene's sound takes to give way to the next one's.
const CROSS_S: f32 = 1.0;

/// The scenes that are heard one after the other, each with the second at which it begins. A single [`Ambience`] is one,
/// and an iterator of scenes can be collected into one.
pub(super) struct Score(Vec<(Ambience, f32)>);

impl From<Ambience> for Score {
    fn from(ambience: Ambience) -> Self {
        Self(vec![(ambience, 0.0)])
    }
}

impl FromIterator<(Ambience, f32)> for Score {
    fn from_iter<T: IntoIterator<Item = (Ambience, f32)>>(scenes: T) -> Self {
        Self(scenes.into_iter().collect())
    }
}

/// Stereo AAC frames with ADTS headers, together at most one frame shorter than the film and never longer. A film that goes on
/// from another one is heard from the second `gone_s` of its scene on.
pub(super) fn track(
    score: impl Into<Score>,
    seed: u64,
    (gone_s, seconds): (u32, u32),
) -> Result<Vec<Vec<u8>>, StudioError> {
    encode(&mix(&score.into(), seed, (gone_s, seconds)))
        .map_err(|error| StudioError::Encoder(error.to_string()))
}

/// The whole film's sound before it is encoded.
fn mix(score: &Score, seed: u64, (gone_s, seconds): (u32, u32)) -> Stereo {
    // A decoder is one block late, so the last block of the film is the encoder's own.
    let blocks = (seconds as usize * SAMPLE_RATE as usize / BLOCK).saturating_sub(1);
    let gone_s = gone_s as f32;
    let end_s = gone_s + (blocks * BLOCK) as f32 / RATE;
    let mut film = Stereo::silent(end_s);
    for (number, (ambience, start_s)) in score.0.iter().enumerate() {
        let next_s = score.0.get(number + 1).map(|(_, next_s)| *next_s);
        let from_s = if number == 0 { 0.0 } else { (start_s - 0.5 * CROSS_S).max(0.0) };
        let until_s = next_s.map_or(end_s, |next_s| (next_s + 0.5 * CROSS_S).min(end_s));
        let mut scene = perform(ambience, (seed, number), (from_s, until_s));
        scene.fade(if number > 0 { CROSS_S } else { 0.0 }, if next_s.is_some() { CROSS_S } else { 0.0 });
        film.lay(&scene, from_s);
    }
    // All that is over has to be played nevertheless: what goes on depends on it.
    film.drop_first(gone_s);
    film.fade(FADE_S, FADE_S);
    loudness::level(&mut film);
    film
}

/// One scene's sound, from one second of the film to another. What is near echoes; the air, the weather and the pad do not.
fn perform(ambience: &Ambience, (seed, number): (u64, usize), (from_s, until_s): (f32, f32)) -> Stereo {
    let mut sound = Stereo::silent(until_s - from_s);
    // Each part has its own chance: how long a scene lasts changes none of its beginning.
    let chance = |part: u64| Chance::new(seed.wrapping_add(number as u64) ^ part << 40);
    lead::add(ambience, &mut chance(0), &mut sound);
    life::add(ambience, &mut chance(1), &mut sound);
    echo::add(ambience.place, &mut sound);
    bed::add(&bed::bands(ambience), &mut chance(2), &mut sound);
    // All scenes of a film are in one key.
    Pad::new(ambience, seed).add(from_s, &mut sound);
    sound
}

fn encode(sound: &Stereo) -> Result<Vec<Vec<u8>>, syom::AacError> {
    let mut encoder = syom::Encoder::new(SAMPLE_RATE, 2, &syom::EncodeOptions::adts())?;
    let mut frames = Vec::with_capacity(sound.left.len() / BLOCK + 1);
    let mut keep = |frame: syom::EncodedFrame<'_>| {
        frames.push(frame.au.to_vec());
        Ok(())
    };
    encoder.feed(&[&sound.left, &sound.right], &mut keep)?;
    encoder.finish(&mut keep)?;
    Ok(frames)
}

#[cfg(test)]
mod tests;
