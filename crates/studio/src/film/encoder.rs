//! One segment of the film as H.264 access units, each segment from an encoder of its own.

use super::StudioError;
use crate::canvas::Canvas;
use openh264::OpenH264API;
use openh264::encoder::{
    BitRate, Complexity, Encoder, EncoderConfig, FrameRate, FrameType, IntraFramePeriod, Profile, QpRange,
    RateControlMode, VuiConfig,
};
use openh264::formats::{RgbaSliceU8, YUVBuffer};

/// The finest quantiser: skies stay smooth.
const FINEST: u8 = 20;
/// The coarsest quantiser, for pictures full of noise.
const COARSEST: u8 = 32;
/// What a film may take for each pixel of each frame: about 4 Mbit/s at 1280 by 720 with 24 frames a second.
const BITS_A_PIXEL: f64 = 0.136;

/// One encoded frame in Annex B form. A keyframe brings its parameter sets along.
pub(super) struct AccessUnit {
    pub(super) annex_b: Vec<u8>,
    pub(super) keyframe: bool,
}

/// What all segments of a film have in common. One quantiser for all frames: no seam can be seen where two segments meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) frames_per_second: u32,
    pub(super) quantiser: u8,
}

impl Format {
    /// The format that a few frames are rehearsed in.
    pub(super) fn finest(width: u32, height: u32, frames_per_second: u32) -> Self {
        Self { width, height, frames_per_second, quantiser: FINEST }
    }

    /// Coarser if the rehearsal's frames after the keyframe are larger than a film may be.
    pub(super) fn after(self, rehearsal: &[AccessUnit]) -> Self {
        let sizes = rehearsal.iter().filter(|unit| !unit.keyframe).map(|unit| unit.annex_b.len());
        let bytes: usize = sizes.clone().sum();
        let bits = bytes as f64 * 8.0 / sizes.count().max(1) as f64;
        let allowed = f64::from(self.width) * f64::from(self.height) * BITS_A_PIXEL;
        // Six steps of the quantiser halve the bits, roughly.
        let coarser = (6.0 * (bits / allowed).log2()).ceil().clamp(0.0, f64::from(COARSEST - FINEST));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a few steps")]
        let coarser = coarser as u8;
        Self { quantiser: self.quantiser + coarser, ..self }
    }

    fn config(self) -> EncoderConfig {
        let bits = self.width * self.height * self.frames_per_second / 4;
        EncoderConfig::new()
            // The only mode that keeps its quantiser within the range, skips no frame, and does not write to stderr.
            .rate_control_mode(RateControlMode::Bufferbased)
            .qp(QpRange::new(self.quantiser, self.quantiser))
            .skip_frames(false)
            // It only chooses the level.
            .bitrate(BitRate::from_bps(bits))
            .max_frame_rate(FrameRate::from_hz(self.frames_per_second as f32))
            .profile(Profile::High)
            .complexity(Complexity::Low)
            .intra_frame_period(IntraFramePeriod::auto())
            .scene_change_detect(false)
            .background_detection(false)
            .adaptive_quantization(false)
            .num_threads(1)
            // The converter from RGBA computes BT.601 in the limited range.
            .vui(VuiConfig::bt601())
    }
}

/// Encodes the frames of one segment in order. The first one is a keyframe, and no other frame refers across it.
pub(super) struct SegmentEncoder {
    encoder: Encoder,
    yuv: YUVBuffer,
}

impl SegmentEncoder {
    pub(super) fn new(format: Format) -> Result<Self, StudioError> {
        let encoder =
            Encoder::with_api_config(OpenH264API::from_source(), format.config()).map_err(failed)?;
        Ok(Self { encoder, yuv: YUVBuffer::new(format.width as usize, format.height as usize) })
    }

    pub(super) fn encode(&mut self, canvas: &Canvas) -> Result<AccessUnit, StudioError> {
        let size = (canvas.width as usize, canvas.height as usize);
        self.yuv.read_rgba8(RgbaSliceU8::new(&canvas.rgba, size));
        let stream = self.encoder.encode(&self.yuv).map_err(failed)?;
        let keyframe = matches!(stream.frame_type(), FrameType::IDR);
        let annex_b = stream.to_vec();
        if annex_b.is_empty() {
            return Err(StudioError::Encoder("a frame was dropped".to_owned()));
        }
        Ok(AccessUnit { annex_b, keyframe })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn failed(error: openh264::Error) -> StudioError {
    StudioError::Encoder(error.to_string())
}
