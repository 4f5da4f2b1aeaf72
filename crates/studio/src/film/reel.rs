//! What is on each frame: the shots with their painters, the dissolves between them, the captions over them.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "frame numbers are small, a mix is between 0 and 256"
)]

use super::StudioError;
use super::painters::{SharedPainter, Source, scenes, sources};
use crate::brief::Brief;
use crate::canvas::Canvas;
use crate::caption::Caption;
use std::collections::BTreeMap;

/// How long one shot takes to dissolve into the next, in seconds.
const DISSOLVE_S: f32 = 0.3;

/// All shots of a film, ready to paint any frame.
pub(super) struct Reel {
    width: u32,
    height: u32,
    frames_per_second: u32,
    takes: Vec<Take>,
}

/// One shot with its place in the film.
struct Take {
    source: Source,
    caption: Option<Caption>,
    /// The shot's first frame in the film.
    start: u32,
    /// How many frames it fills, without the dissolve into the next shot.
    frames: u32,
}

/// What one thread works with: the frame itself, the shot that it dissolves from, and the painters of both.
pub(super) struct Desk {
    pub(super) canvas: Canvas,
    under: Canvas,
    painters: BTreeMap<usize, SharedPainter>,
}

impl Reel {
    pub(super) fn new(brief: &Brief) -> Result<Self, StudioError> {
        let caption = |text: &str| {
            let text = if brief.caption { text } else { "" };
            Caption::new(text, brief.width, brief.height)
        };
        let shots = sources(brief)?.into_iter().zip(scenes(brief)).zip(cuts(brief));
        let take =
            |((source, scene), (start, frames))| Take { source, caption: caption(scene), start, frames };
        let takes = shots.map(take).collect();
        Ok(Self {
            width: brief.width,
            height: brief.height,
            frames_per_second: brief.frames_per_second,
            takes,
        })
    }

    pub(super) fn frames_per_second(&self) -> u32 {
        self.frames_per_second
    }

    pub(super) fn desk(&self) -> Desk {
        // Most films are one shot: their second canvas is never painted, so the system never maps its pages.
        let canvas = || Canvas::new(self.width, self.height);
        Desk { canvas: canvas(), under: canvas(), painters: BTreeMap::new() }
    }

    /// Paints one frame of the film.
    pub(super) fn paint(&self, frame: u32, desk: &mut Desk) {
        let next = self.takes.partition_point(|take| take.start <= frame);
        let Some(number) = next.checked_sub(1) else { return };
        let take = &self.takes[number];
        let gone = (frame - take.start) as f32 / (DISSOLVE_S * self.frames_per_second as f32);
        let dissolves = number > 0 && gone < 1.0;
        desk.painters.retain(|held, _| *held == number || (dissolves && held + 1 == number));
        self.paint_take(number, frame, &mut desk.painters, &mut desk.canvas);
        if dissolves {
            self.paint_take(number - 1, frame, &mut desk.painters, &mut desk.under);
            let mix = ((gone * 256.0) as u32).max(16);
            for (over, under) in desk.canvas.rgba.iter_mut().zip(&desk.under.rgba) {
                *over = ((u32::from(*over) * mix + u32::from(*under) * (256 - mix)) >> 8) as u8;
            }
        }
        if let Some(caption) = &take.caption {
            let seconds = |frames: u32| frames as f32 / self.frames_per_second as f32;
            caption.lay(
                seconds(frame - take.start),
                seconds(take.frames.saturating_sub(1)),
                &mut desk.canvas,
            );
        }
    }

    /// One shot alone. While it dissolves into the next one it keeps moving, so its path is that much longer.
    fn paint_take(
        &self,
        number: usize,
        frame: u32,
        painters: &mut BTreeMap<usize, SharedPainter>,
        canvas: &mut Canvas,
    ) {
        let take = &self.takes[number];
        let is_last = number + 1 == self.takes.len();
        let tail = if is_last { 0.0 } else { DISSOLVE_S * self.frames_per_second as f32 };
        let last = (take.frames.saturating_sub(1) as f32 + tail).max(1.0);
        let gone = (frame - take.start) as f32;
        let painter = painters.entry(number).or_insert_with(|| take.source.painter());
        painter.paint((gone / last).min(1.0), gone / self.frames_per_second as f32, canvas);
    }
}

/// First frame and number of frames of each shot. The last shot lasts to the end of the film.
fn cuts(brief: &Brief) -> Vec<(u32, u32)> {
    let end = brief.seconds * brief.frames_per_second;
    let mut starts = vec![0];
    let mut gone_s = 0.0;
    for shot in brief.shots.iter().take(brief.shots.len().saturating_sub(1)) {
        gone_s += shot.seconds;
        starts.push((gone_s * f64::from(brief.frames_per_second)).round() as u32);
    }
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| (*start, end.saturating_sub(*start))).collect()
}
