//! Several films in a row as one: a film and its extensions, seen and heard without a seam.

use super::reel::Reel;
use super::{Film, Progress, StudioError, check, gone_s, mux, score, segments, sound};
use crate::brief::Brief;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes one film of briefs that follow each other, all of one size and frame rate. Its frames are those of the single films,
/// encoded with one setting, and its sound goes on where theirs would fade.
pub fn render_joined(
    briefs: &[Brief],
    threads: NonZeroUsize,
    watch: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Result<Film, StudioError> {
    let Some(first) = briefs.first() else { return Err(StudioError::Brief("there is nothing to join")) };
    let shape = |brief: &Brief| (brief.width, brief.height, brief.frames_per_second);
    if briefs.iter().any(|brief| shape(brief) != shape(first)) {
        return Err(StudioError::Brief("films of different shapes cannot be joined"));
    }
    let frames_total = briefs.iter().map(frames).sum();
    let before = AtomicU32::new(0);
    let (mut video, mut scenes, mut seconds, mut format) = (Vec::new(), Vec::new(), 0, None);
    let mut heard = None;
    for brief in briefs {
        check(brief)?;
        let reel = Reel::new(brief)?;
        let of_all = |progress: Progress| {
            let frames_done = before.load(Ordering::Relaxed) + progress.frames_done;
            watch(Progress { frames_done, frames_total })
        };
        let mut desk = reel.desk();
        // One setting for all, because players read it once, from the first frame.
        let format = match format {
            Some(format) => format,
            None => *format.insert(segments::rehearsed(&reel, frames(brief), &mut desk)?),
        };
        video.extend(segments::encode((&reel, desk), frames(brief), (format, threads), &of_all)?);
        // The sound of a scene that goes on does so, too.
        let goes_on = heard == Some((&brief.prompt, gone_s(brief)));
        if !goes_on {
            let scores = score(brief, gone_s(brief)).into_iter();
            scenes.extend(scores.map(|(ambience, start_s)| (ambience, start_s + seconds as f32)));
        }
        heard = Some((&brief.prompt, gone_s(brief) + brief.seconds));
        seconds += brief.seconds;
        before.fetch_add(frames(brief), Ordering::Relaxed);
    }
    let audio = sound::track(scenes.into_iter().collect::<sound::Score>(), first.seed, (0, seconds))?;
    let mp4 = mux::mp4(first, &video, &audio)?;
    let Brief { width, height, frames_per_second, .. } = *first;
    Ok(Film { mp4, width, height, frames: frames_total, frames_per_second })
}

fn frames(brief: &Brief) -> u32 {
    brief.seconds * brief.frames_per_second
}
