//! A picture prepared for one course over it: cropped, scaled once, and seen through any warp, a mesh of small cells a frame.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "places are 16.16 fixed point, clamped to the prepared picture before they become indices"
)]

use super::blend::{HALVES, LANES, lerp, pack, spread};
use super::course::{Course, Lean, Look, PLAIN};
use super::crop::{Crop, Edges};
use super::decode::Picture;
use super::depth::Depth;
use super::resample::resample;
use super::warp::{DISPARITY, Warp};
use crate::camera::View;
use crate::canvas::Canvas;

/// The warp is computed at the corners of cells of so many pixels and goes straight between them.
pub(super) const CELL: usize = 16;
/// How many moments of a course are looked at to know what it sees.
const MOMENTS: u16 = 64;

/// The part of the picture that a course sees, in pixels about as dense as its closest view.
pub(super) struct Still {
    course: Course,
    depth: Depth,
    reach: Edges,
    /// What is prepared.
    part: Edges,
    width: u32,
    height: u32,
    /// Spread out, as every frame needs them.
    pixels: Vec<u64>,
    /// The plain crop, pixel for pixel, if the course starts from it or ends at it.
    plain: Vec<u8>,
}

impl Still {
    pub(super) fn new(picture: &Picture, frame: (u32, u32), course: impl FnOnce(Edges) -> Course) -> Self {
        let crop = Crop::of(picture.size(), frame);
        let reach = crop.reach();
        let course = course(reach);
        let looks: Vec<Look> =
            (0..=MOMENTS).map(|n| course.look(f32::from(n) / f32::from(MOMENTS))).collect();
        let part = seen(&looks, reach);
        let density = looks.iter().map(|look| look.view.zoom).fold(1.0, f32::max);
        let pixels = |length: f32, frame: u32| (length * frame as f32 * density).round().max(2.0) as u32;
        let (width, height) =
            (pixels(part.right - part.left, frame.0), pixels(part.bottom - part.top, frame.1));
        let rgba = resample(picture, crop.window(part), width, height);
        let depth = Depth::of(&rgba, (width, height), part);
        let ends = [0.0, 1.0].map(|at| course.look(at).view);
        let whole = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        let plain = if ends.contains(&PLAIN) {
            resample(picture, crop.window(whole), frame.0, frame.1)
        } else {
            Vec::new()
        };
        let pixels = rgba.as_chunks::<4>().0.iter().map(|pixel| spread(*pixel)).collect();
        Self { course, depth, reach, part, width, height, pixels, plain }
    }

    /// The view at a moment of the course.
    pub(super) fn view(&self, at: f32) -> View {
        self.course.look(at).view
    }

    /// Whether the picture is brighter on its right.
    pub(super) fn brighter_on_the_right(&self) -> bool {
        self.depth.brighter_on_the_right
    }

    /// Blends the moment over the canvas; `mix` goes from 0 (nothing) to 256 (the moment alone). `plain` of 256 parts of it
    /// are the plain crop.
    pub(super) fn draw(&self, at: f32, mix: u16, plain: u16, canvas: &mut Canvas) {
        let warp = Warp { look: self.course.look(at), depth: &self.depth, reach: self.reach };
        let plain = if self.plain.is_empty() { 0 } else { plain };
        if plain < 256 {
            self.draw_warped(&warp, u64::from(mix), canvas);
        }
        if plain > 0 {
            let mix = u64::from(plain) * u64::from(mix) / 256;
            for (pixel, exact) in
                canvas.rgba.as_chunks_mut::<4>().0.iter_mut().zip(self.plain.as_chunks::<4>().0)
            {
                *pixel = pack(lerp(spread(*pixel), spread(*exact), mix));
            }
        }
    }

    fn draw_warped(&self, warp: &Warp<'_>, mix: u64, canvas: &mut Canvas) {
        let (width, height) = (canvas.width as usize, canvas.height as usize);
        let mut above = self.corners(warp, 0, (width, height));
        let mut samples = [0; CELL];
        for (number, lines) in canvas.rgba.chunks_mut(width * 4 * CELL).enumerate() {
            let top = number * CELL;
            let bottom = (top + CELL).min(height - 1);
            let below = self.corners(warp, bottom, (width, height));
            let tall = (bottom - top).max(1) as i32;
            let slopes: Vec<Place> = above.iter().zip(&below).map(|(a, b)| b.less(*a).over(tall)).collect();
            for line in lines.chunks_exact_mut(width * 4) {
                let cells = line.as_chunks_mut::<4>().0.chunks_mut(CELL);
                for (cell, (pixels, ends)) in cells.zip(above.windows(2)).enumerate() {
                    let way = ends[1].less(ends[0]);
                    // A line's last cell ends with its last pixel, all others with the next one's first.
                    let is_last = (cell + 1) * CELL >= width;
                    let step = if is_last {
                        way.over((pixels.len() as i32 - 1).max(1))
                    } else {
                        way.over(CELL as i32)
                    };
                    let samples = &mut samples[..pixels.len()];
                    sample(&self.pixels, self.width as usize, (ends[0], step), samples);
                    for (pixel, sample) in pixels.iter_mut().zip(samples) {
                        *pixel = pack(if mix == 256 { *sample } else { lerp(spread(*pixel), *sample, mix) });
                    }
                }
                for (place, slope) in above.iter_mut().zip(&slopes) {
                    *place = Place { x: place.x + slope.x, y: place.y + slope.y };
                }
            }
            above = below;
        }
    }

    /// The places in the prepared picture of a frame line's cell corners.
    fn corners(&self, warp: &Warp<'_>, line: usize, (width, height): (usize, usize)) -> Vec<Place> {
        let unit = |pixel: usize, count: usize| (pixel as f32 + 0.5) / count as f32 - 0.5;
        let fixed = |at: f32, low: f32, high: f32, count: u32| {
            let at = (at - low) / (high - low) * count as f32 - 0.5;
            // Half a 256th is added so that a place that means a pixel is that pixel.
            ((at * 65536.0) as i32 + 128).clamp(0, (count as i32 - 1) * 65536 - 1)
        };
        (0..=width.div_ceil(CELL))
            .map(|cell| {
                let pixel = (cell * CELL).min(width - 1);
                let (x, y) = warp.source((unit(pixel, width), unit(line, height)));
                let part = self.part;
                Place {
                    x: fixed(x, part.left, part.right, self.width),
                    y: fixed(y, part.top, part.bottom, self.height),
                }
            })
            .collect()
    }
}

/// Samples a line of places, `step` apart, from the prepared picture. A function of its own keeps all it needs in registers.
#[inline(never)]
fn sample(pixels: &[u64], line: usize, (from, step): (Place, Place), into: &mut [u64]) {
    let Place { mut x, mut y } = from;
    for sample in into {
        let at = (y >> 16) as usize * line + (x >> 16) as usize;
        let (right, down) = (u64::from((x >> 8) as u8), u64::from((y >> 8) as u8));
        let both = (right * down) >> 8;
        let (upper, lower) = (pair(pixels, at), pair(pixels, at + line));
        let sum = upper[0] * (256 + both - right - down)
            + upper[1] * (right - both)
            + lower[0] * (down - both)
            + lower[1] * both;
        *sample = ((sum + HALVES) >> 8) & LANES;
        x += step.x;
        y += step.y;
    }
}

/// A place in the prepared picture, in 16.16 fixed point.
#[derive(Clone, Copy)]
struct Place {
    x: i32,
    y: i32,
}

impl Place {
    fn less(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }

    /// Rounded towards zero, so that as many steps never lead too far.
    #[inline(always)]
    fn over(self, steps: i32) -> Self {
        Self { x: self.x / steps, y: self.y / steps }
    }
}

/// Two pixels beside each other.
#[inline(always)]
fn pair(pixels: &[u64], at: usize) -> [u64; 2] {
    pixels[at..].first_chunk().copied().unwrap_or_default()
}

/// What the looks see of a picture, with room for the depth if any of them leans.
fn seen(looks: &[Look], reach: Edges) -> Edges {
    let leans = looks.iter().any(|look| look.lean != Lean::default());
    let room = if leans { DISPARITY } else { 0.0 };
    let most =
        |edge: &dyn Fn(View) -> f32| looks.iter().map(|look| edge(look.view)).fold(0.5, f32::max) + room;
    Edges {
        left: (-most(&|view| 0.5 / view.zoom - view.right)).max(reach.left),
        top: (-most(&|view| 0.5 / view.zoom - view.down)).max(reach.top),
        right: most(&|view| 0.5 / view.zoom + view.right).min(reach.right),
        bottom: most(&|view| 0.5 / view.zoom + view.down).min(reach.bottom),
    }
}
