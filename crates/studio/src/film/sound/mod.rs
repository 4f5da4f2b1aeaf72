//! The soundtrack: a quiet pad and a breath of wind, rain or waves, faded in and out, as AAC-LC frames.

mod air;
mod ambience;
mod pad;

use super::StudioError;
use air::{Air, Breath};
pub(super) use ambience::Ambience;
use pad::{Pad, Temper};

pub(super) const SAMPLE_RATE: u32 = 48_000;
/// Samples in one AAC-LC frame, which is also one block of the generators.
pub(super) const BLOCK: usize = 1024;

const FADE_IN_S: f32 = 0.8;
const FADE_OUT_S: f32 = 1.4;

/// One block of both channels.
type Block = [[f32; BLOCK]; 2];

/// Stereo AAC frames with ADTS headers, together at most one frame shorter than the film and never longer.
pub(super) fn track(ambience: Ambience, seed: u64, seconds: u32) -> Result<Vec<Vec<u8>>, StudioError> {
    let mut encoder = syom::Encoder::new(SAMPLE_RATE, 2, &syom::EncodeOptions::adts()).map_err(failed)?;
    let mut pad = Pad::new(ambience.temper, seed);
    let mut breath = Breath::new(ambience.air, seed);
    let blocks = seconds as usize * SAMPLE_RATE as usize / BLOCK;
    let mut frames = Vec::with_capacity(blocks);
    for number in 0..blocks {
        let mut block = [[0.0; BLOCK]; 2];
        let second = second_of(number);
        pad.add(second, &mut block);
        breath.add(second, &mut block);
        fade(number, blocks, &mut block);
        let keep = |frame: syom::EncodedFrame<'_>| {
            frames.push(frame.au.to_vec());
            Ok(())
        };
        encoder.feed(&[&block[0], &block[1]], keep).map_err(failed)?;
    }
    Ok(frames)
}

/// When a block starts.
fn second_of(block: usize) -> f32 {
    (block * BLOCK) as f32 / SAMPLE_RATE as f32
}

/// Fades one of `blocks` blocks. The decoder is one block late, so the fade is over one block before the end.
fn fade(number: usize, blocks: usize, block: &mut Block) {
    let end = second_of(blocks.saturating_sub(1));
    for channel in block {
        for (n, sample) in channel.iter_mut().enumerate() {
            let second = second_of(number) + n as f32 / SAMPLE_RATE as f32;
            let level = (second / FADE_IN_S).min((end - second) / FADE_OUT_S).clamp(0.0, 1.0);
            *sample *= level * level * (3.0 - 2.0 * level);
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: syom::AacError) -> StudioError {
    StudioError::Encoder(error.to_string())
}
