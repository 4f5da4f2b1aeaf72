//! Puts video and sound into one MP4 with the index in front, marked as test footage.

use super::StudioError;
use super::encoder::AccessUnit;
use super::sound::{BLOCK, SAMPLE_RATE};
use crate::brief::Brief;
use muxide::api::{AacProfile, AudioCodec, Metadata, Muxer, MuxerBuilder, MuxerError, VideoCodec};

/// The mark that every film of the studio carries as its title.
const MARK: &str = "Test footage made by the filmgate studio";

/// Interleaves the frames by time and writes the file.
pub(super) fn mp4(brief: &Brief, video: &[AccessUnit], audio: &[Vec<u8>]) -> Result<Vec<u8>, StudioError> {
    let rate = f64::from(brief.frames_per_second);
    let mut muxer = MuxerBuilder::new(Vec::new())
        .video(VideoCodec::H264, brief.width, brief.height, rate)
        .audio(AudioCodec::Aac(AacProfile::Lc), SAMPLE_RATE, 2)
        .with_metadata(Metadata::new().with_title(MARK))
        .with_fast_start(true)
        .build()
        .map_err(failed)?;
    write(&mut muxer, rate, video, audio).map_err(failed)?;
    Ok(muxer.into_writer())
}

fn write(
    muxer: &mut Muxer<Vec<u8>>,
    rate: f64,
    video: &[AccessUnit],
    audio: &[Vec<u8>],
) -> Result<(), MuxerError> {
    for (frame, unit) in (0u32..).zip(video) {
        muxer.write_video(f64::from(frame) / rate, &unit.annex_b, unit.keyframe)?;
    }
    let block_s = BLOCK as f64 / f64::from(SAMPLE_RATE);
    for (block, adts) in (0u32..).zip(audio) {
        muxer.write_audio(f64::from(block) * block_s, adts)?;
    }
    muxer.finish_in_place()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: MuxerError) -> StudioError {
    StudioError::Encoder(error.to_string())
}
