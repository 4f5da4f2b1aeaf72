//! From a brief to a finished film: the reel is painted and encoded in segments, the sound is made, both are muxed.

mod encoder;
mod frames;
mod joined;
mod mux;
mod painters;
mod reel;
mod segments;
mod sound;
mod staging;

use crate::brief::{Brief, PicturesAre};
use crate::picture::PictureError;
use crate::plan::ScenePlan;
pub(crate) use frames::{spread, typical};
pub use joined::render_joined;
use reel::Reel;
use sound::Ambience;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

/// A finished film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// The whole MP4 file: H.264 and AAC-LC, the index in front of the media.
    pub mp4: Vec<u8>,
    /// Frame width in pixels.
    pub width: u32,
    /// Frame height in pixels.
    pub height: u32,
    /// How many frames the film has.
    pub frames: u32,
    /// Frames a second.
    pub frames_per_second: u32,
}

/// How far a film is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Frames that are painted and encoded.
    pub frames_done: u32,
    /// Frames that the film will have.
    pub frames_total: u32,
}

/// Why there is no film.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    /// The watcher asked to stop.
    #[error("the film was stopped before it was finished")]
    Stopped,
    /// The brief asks for a film that the studio cannot make.
    #[error("the studio cannot make this film: {0}")]
    Brief(&'static str),
    /// One of the pictures cannot be used; `number` counts from 0.
    #[error("picture {} cannot be used: {why}", number + 1)]
    Picture {
        number: usize,
        #[source]
        why: PictureError,
    },
    /// The encoder, the muxer or the sound failed. It is a defect of the studio, not of the brief.
    #[error("the studio's encoder failed: {0}")]
    Encoder(String),
}

/// Makes the film. The bytes depend on the brief alone: `threads` only says how many processors may help.
///
/// `watch` is called after every frame, from any of the threads; when it breaks, the film ends as [`StudioError::Stopped`].
pub fn render(
    brief: &Brief,
    threads: NonZeroUsize,
    watch: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Result<Film, StudioError> {
    check(brief)?;
    let reel = Reel::new(brief)?;
    let frames = brief.seconds * brief.frames_per_second;
    let mut desk = reel.desk();
    let format = segments::rehearsed(&reel, frames, &mut desk)?;
    let video = segments::encode((&reel, desk), frames, (format, threads), watch)?;
    let gone_s = gone_s(brief);
    let score: sound::Score = score(brief, gone_s).into_iter().collect();
    let audio = sound::track(score, brief.seed, (gone_s, brief.seconds))?;
    let mp4 = mux::mp4(brief, &video, &audio)?;
    Ok(Film {
        mp4,
        width: brief.width,
        height: brief.height,
        frames,
        frames_per_second: brief.frames_per_second,
    })
}

/// How much of the scene's time is over when the film begins. A storyboard and pictures do not go on: they begin.
fn gone_s(brief: &Brief) -> u32 {
    if brief.shots.is_empty() && brief.pictures.is_empty() { brief.gone_s() } else { 0 }
}

/// What is heard: each scene of a storyboard while it is seen, or the scene that goes on after some seconds.
fn score(brief: &Brief, gone_s: u32) -> Vec<(Ambience, f32)> {
    let starts =
        brief.shots.iter().scan(0.0, |next, shot| Some(std::mem::replace(next, *next + shot.seconds)));
    let scenes = painters::scenes(brief).into_iter().zip(0..).zip(starts.chain([0.0]));
    scenes
        .map(|((scene, number), start)| {
            #[expect(clippy::cast_possible_truncation, reason = "a film is at most a minute long")]
            let start = start as f32;
            let ambience = Ambience::of(&ScenePlan::of(brief, scene, brief.seed.wrapping_add(number)));
            (if gone_s > 0 { ambience.beyond(gone_s as f32) } else { ambience }, start)
        })
        .collect()
}

fn check(brief: &Brief) -> Result<(), StudioError> {
    let (long, short) = (brief.width.max(brief.height), brief.width.min(brief.height));
    let lengths = || brief.shots.iter().map(|shot| shot.seconds);
    let complaint = if short < 64 {
        "each side of the frame needs at least 64 pixels"
    } else if long > 3840 || short > 2160 {
        "the frame is larger than 3840 by 2160 pixels"
    } else if !brief.width.is_multiple_of(2) || !brief.height.is_multiple_of(2) {
        "width and height must be even"
    } else if !(1..=60).contains(&brief.seconds) {
        "a film is 1 to 60 seconds long"
    } else if !(1..=60).contains(&brief.frames_per_second) {
        "a film has 1 to 60 frames a second"
    } else if !lengths().all(|seconds| seconds >= 0.1) {
        "each shot lasts at least a tenth of a second"
    } else if lengths().sum::<f64>() > f64::from(brief.seconds) + 1e-3 {
        "the shots are longer than the film"
    } else if brief.pictures_are == PicturesAre::Frames && brief.pictures.len() > 2 {
        "a film starts from at most two pictures"
    } else if brief.pictures.len() > 3 {
        "a film shows at most three reference pictures"
    } else {
        return Ok(());
    };
    Err(StudioError::Brief(complaint))
}
