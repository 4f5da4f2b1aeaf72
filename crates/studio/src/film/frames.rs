//! Single frames of a film, painted again from its briefs without encoding the rest.

use super::reel::Reel;
use super::{StudioError, check};
use crate::brief::Brief;
use crate::canvas::Canvas;

/// The frame that shows best what a film is about: the middle of its first shot.
pub(crate) fn typical(brief: &Brief) -> Result<Canvas, StudioError> {
    check(brief)?;
    let reel = Reel::new(brief)?;
    let mut desk = reel.desk();
    reel.paint(reel.typical_frame(), &mut desk);
    Ok(desk.canvas)
}

/// Paints `count` frames, evenly over the films of these briefs in a row, and hands them over in their order.
pub(crate) fn spread(briefs: &[Brief], count: u32, mut each: impl FnMut(&Canvas)) -> Result<(), StudioError> {
    let frames = |brief: &Brief| brief.seconds * brief.frames_per_second;
    let total: u32 = briefs.iter().map(frames).sum();
    // The middle of each part, so that neither the first nor the last frame is among them.
    let mut wanted = (0..count).map(|part| total * (2 * part + 1) / (2 * count)).peekable();
    let mut start = 0;
    for brief in briefs {
        check(brief)?;
        let end = start + frames(brief);
        let mut reel = None;
        while let Some(frame) = wanted.next_if(|frame| *frame < end) {
            let (reel, desk) = match &mut reel {
                Some(made) => made,
                none => {
                    let made = Reel::new(brief)?;
                    let desk = made.desk();
                    none.insert((made, desk))
                }
            };
            reel.paint(frame - start, desk);
            each(&desk.canvas);
        }
        start = end;
    }
    Ok(())
}
