//! What is on each frame: the shots with their painters, the dissolves between them, the captions over them.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "frame numbers are small, a mix is between 0 and 256"
)]

use super::StudioError;
use super::painters::{Instant, Painted, Source, Take, scenes, shots};
use crate::brief::Brief;
use crate::camera::smooth;
use crate::canvas::Canvas;
use crate::caption::Caption;
use crate::scene::Shown;
use std::collections::BTreeMap;
use std::ops::Range;

/// How long one shot takes to dissolve into the next, in seconds.
const DISSOLVE_S: f32 = 0.3;
/// Pictures that have nothing in common melt into each other, for so long and at most for this part of a shot.
const MELT_S: f32 = 1.2;
const MELT: f32 = 0.4;

/// All shots of a film, ready to paint any frame.
pub(super) struct Reel {
    width: u32,
    height: u32,
    frames_per_second: u32,
    sources: Vec<Source>,
    takes: Vec<Take>,
    /// The first frame of each shot.
    starts: Vec<u32>,
    /// The captions and the frames that they are shown in: one for each scene of a storyboard, or one for the whole film.
    captions: Vec<(Caption, Range<u32>)>,
}

/// What one thread works with: the frame itself, the shot that it dissolves from, and the painters that are still needed.
pub(super) struct Desk {
    pub(super) canvas: Canvas,
    under: Canvas,
    painters: BTreeMap<usize, Painted>,
    /// The source that the canvas shows, and what it shows of it, as long as nothing is mixed with it.
    shown: (usize, Shown),
}

impl Reel {
    pub(super) fn new(brief: &Brief) -> Result<Self, StudioError> {
        let (sources, takes) = shots(brief)?;
        let end = brief.seconds * brief.frames_per_second;
        let starts: Vec<u32> =
            takes.iter().scan(0, |next, take| Some(std::mem::replace(next, *next + take.frames))).collect();
        let scenes = scenes(brief);
        let shown = |number: usize| {
            if scenes.len() == 1 { 0..end } else { starts[number]..starts[number] + takes[number].frames }
        };
        let caption = |(number, text): (usize, &&str)| {
            let text = brief.words.as_deref().unwrap_or(text);
            let text = if brief.caption { text } else { "" };
            Some((Caption::new(text, brief.width, brief.height)?, shown(number)))
        };
        let captions = scenes.iter().enumerate().filter_map(caption).collect();
        Ok(Self {
            width: brief.width,
            height: brief.height,
            frames_per_second: brief.frames_per_second,
            sources,
            takes,
            starts,
            captions,
        })
    }

    pub(super) fn frames_per_second(&self) -> u32 {
        self.frames_per_second
    }

    pub(super) fn desk(&self) -> Desk {
        // Most films are one shot: their second canvas is never painted, so the system never maps its pages.
        let canvas = || Canvas::new(self.width, self.height);
        Desk { canvas: canvas(), under: canvas(), painters: BTreeMap::new(), shown: (0, Shown::default()) }
    }

    /// A frame that tells how much detail the film has. It is in the first shot, which is needed first.
    pub(super) fn typical_frame(&self) -> u32 {
        self.takes.first().map_or(0, |take| take.frames / 2)
    }

    /// Paints one frame of the film.
    pub(super) fn paint(&self, frame: u32, desk: &mut Desk) {
        self.paint_clean(frame, desk);
        if let Some((caption, shown)) = self.captions.iter().find(|(_, shown)| shown.contains(&frame)) {
            desk.shown.1.spoil_from(caption.top());
            let last = (shown.end - shown.start).saturating_sub(1);
            caption.lay(self.seconds(frame - shown.start), self.seconds(last), &mut desk.canvas);
        }
    }

    /// The same without its caption.
    pub(super) fn paint_clean(&self, frame: u32, desk: &mut Desk) {
        let next = self.starts.partition_point(|start| *start <= frame);
        let Some(number) = next.checked_sub(1) else { return };
        let gone = (frame - self.starts[number]) as f32 / self.dissolve(number);
        let dissolves = number > 0 && gone < 1.0;
        let needed = if dissolves { number - 1 } else { number };
        desk.painters.retain(|held, _| self.takes[needed..].iter().any(|take| take.source == *held));
        let source = self.takes[number].source;
        if desk.shown.0 != source {
            desk.shown = (source, Shown::default());
        }
        self.paint_take(number, frame, &mut desk.painters, (&mut desk.canvas, &mut desk.shown.1));
        if dissolves {
            let under = (&mut desk.under, &mut Shown::default());
            self.paint_take(number - 1, frame, &mut desk.painters, under);
            desk.shown.1 = Shown::default();
            let mix = ((smooth(gone) * 256.0) as u16).max(4);
            for (over, under) in desk.canvas.rgba.iter_mut().zip(&desk.under.rgba) {
                *over = ((u16::from(*over) * mix + u16::from(*under) * (256 - mix)) >> 8) as u8;
            }
        }
    }

    /// How many frames it takes to dissolve into a shot.
    fn dissolve(&self, number: usize) -> f32 {
        let is_picture = |take: &Take| matches!(self.sources[take.source], Source::Pictures(_));
        let rate = self.frames_per_second as f32;
        if self.takes[number.saturating_sub(1)..=number].iter().all(is_picture) {
            (MELT_S * rate).min(MELT * self.takes[number].frames as f32).max(1.0)
        } else {
            DISSOLVE_S * rate
        }
    }

    fn seconds(&self, frames: u32) -> f32 {
        frames as f32 / self.frames_per_second as f32
    }

    /// One shot alone. While it dissolves into the next one it keeps moving, so its path is that much longer.
    fn paint_take(
        &self,
        number: usize,
        frame: u32,
        painters: &mut BTreeMap<usize, Painted>,
        canvas: (&mut Canvas, &mut Shown),
    ) {
        let take = &self.takes[number];
        let tail = if number + 1 == self.takes.len() { 0.0 } else { self.dissolve(number + 1) };
        let last = |frames: u32, tail: f32| (frames.saturating_sub(1) as f32 + tail).max(1.0);
        let here = frame - self.starts[number];
        let instant = Instant {
            of_shot: (here as f32 / last(take.frames, tail)).min(1.0),
            at: (take.gone + here) as f32
                / last(take.whole, if take.whole == take.frames { tail } else { 0.0 }),
            second: self.seconds(take.gone + here),
        };
        let painter = painters.entry(take.source).or_insert_with(|| self.sources[take.source].painter());
        painter.paint(&take.camera, instant, canvas);
    }
}
