//! A drawn picture, and the fast bilinear ways to put it on the canvas: whole layers, and turned sprites.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "pixel positions in 16.16 fixed point, clipped to the picture before they become indices"
)]

mod rows;

use std::ops::Range;

use tiny_skia::{Pixmap, Transform};

use super::hidden::Hidden;
use super::swar::{add, between, fade, lay, pack, spread};
use crate::canvas::Canvas;
use rows::{along, resample};

/// Pixels are classed in blocks of this many, so that empty stretches cost nothing and opaque ones no blending.
const BLOCK: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cover {
    Empty,
    Mixed,
    Opaque,
}

/// Premultiplied RGBA pixels.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    rgba: Vec<u8>,
    /// One class for each block of each row.
    covers: Vec<Cover>,
    /// The class of each row that has only one.
    solid: Vec<Option<Cover>>,
    /// The columns of each row between which something is drawn.
    drawn: Vec<Range<u32>>,
}

/// Where a layer's pixels lie under the canvas: the position under the canvas' upper left pixel, and the step between two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placement {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) step: f32,
}

/// One row of a layer under a canvas row: the picture row above it, the share of the next one, the first sample and the step.
#[derive(Clone, Copy)]
struct Line {
    source: usize,
    weight: u16,
    x: i64,
    step: i64,
}

/// How a sprite's light meets what is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blend {
    Over,
    Add,
}

impl Picture {
    pub(super) fn new(pixmap: Pixmap) -> Self {
        let width = pixmap.width() as usize;
        let height = pixmap.height() as usize;
        let rgba = pixmap.take();
        let covers: Vec<Cover> = rgba
            .chunks_exact(width * 4)
            .flat_map(|row| {
                (0..width.div_ceil(BLOCK)).map(move |block| {
                    // One pixel more, since the last sample of a block reads its right neighbour.
                    let end = ((block + 1) * BLOCK + 1).min(width);
                    let pixels = &row[block * BLOCK * 4..end * 4];
                    if pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == 255) {
                        Cover::Opaque
                    } else if pixels.iter().all(|channel| *channel == 0) {
                        Cover::Empty
                    } else {
                        Cover::Mixed
                    }
                })
            })
            .collect();
        let solid = covers
            .chunks_exact(width.div_ceil(BLOCK))
            .map(|row| row.first().copied().filter(|first| row.iter().all(|cover| cover == first)))
            .collect();
        let drawn = rgba.chunks_exact(width * 4).map(drawn_columns).collect();
        Self { width, height, rgba, covers, solid, drawn }
    }

    /// Only what is drawn of a pixmap, with two clear pixels around it, and where that lies in the pixmap.
    pub(super) fn cropped(pixmap: &Pixmap) -> (Self, (f32, f32)) {
        let (width, height) = (pixmap.width() as usize, pixmap.height() as usize);
        let rows: Vec<&[u8]> = pixmap.data().chunks_exact(width * 4).collect();
        let drawn_row = |row: &&[u8]| row.iter().any(|channel| *channel != 0);
        let drawn_column = |column: usize| rows.iter().any(|row| row[column * 4 + 3] != 0);
        let top = rows.iter().position(drawn_row).unwrap_or(0).saturating_sub(2);
        let bottom = (rows.iter().rposition(drawn_row).unwrap_or(0) + 3).min(height);
        let left = (0..width).find(|column| drawn_column(*column)).unwrap_or(0).saturating_sub(2);
        let right = ((0..width).rev().find(|column| drawn_column(*column)).unwrap_or(0) + 3).min(width);
        let (wide, tall) = ((right - left) as u32, (bottom - top) as u32);
        let Some(mut crop) = Pixmap::new(wide, tall) else { return (Self::new(pixmap.clone()), (0.0, 0.0)) };
        for (target, row) in crop.data_mut().chunks_exact_mut(wide as usize * 4).zip(&rows[top..bottom]) {
            target.copy_from_slice(&row[left * 4..right * 4]);
        }
        (Self::new(crop), (left as f32, top as f32))
    }

    fn row(&self, row: usize) -> &[u8] {
        &self.rgba[row * self.width * 4..(row + 1) * self.width * 4]
    }

    /// Copies the picture, which is as large as the canvas.
    pub(super) fn copy(&self, hidden: &Hidden, canvas: &mut Canvas) {
        for row in 0..self.height {
            for columns in hidden.visible(row, 0..self.width) {
                let bytes = (row * self.width + columns.start) * 4..(row * self.width + columns.end) * 4;
                canvas.rgba[bytes.clone()].copy_from_slice(&self.rgba[bytes]);
            }
        }
    }

    /// Lays the picture over the canvas; `sway` shifts a row of the picture to the right, in its pixels.
    pub(super) fn lay(
        &self,
        placement: Placement,
        sway: &dyn Fn(f32) -> f32,
        hidden: &Hidden,
        canvas: &mut Canvas,
    ) {
        let size = (canvas.width as usize, canvas.height as usize);
        let mut buffer = vec![0_u8; self.width * 4];
        self.scan(placement, sway, size, |row, line| {
            if hidden.row(row) {
                return;
            }
            let target = &mut canvas.rgba[row * size.0 * 4..(row + 1) * size.0 * 4];
            self.runs(line, size.0, |cover, columns| {
                for columns in hidden.visible(row, columns) {
                    let x = line.x + columns.start as i64 * line.step;
                    let run = &mut target[columns.start * 4..columns.end * 4];
                    self.lay_run(Line { x, ..line }, &mut buffer, (run, cover == Cover::Opaque));
                }
            });
        });
    }

    /// Notes what the picture hides when it is laid over the canvas.
    pub(super) fn hide(
        &self,
        placement: Placement,
        sway: &dyn Fn(f32) -> f32,
        size: (usize, usize),
        hidden: &mut Hidden,
    ) {
        self.scan(placement, sway, size, |row, line| {
            if self.solid[line.source] != Some(Cover::Empty) && !hidden.row(row) {
                self.runs(line, size.0, |cover, columns| {
                    if cover == Cover::Opaque {
                        hidden.hide(row, columns);
                    }
                });
            }
        });
    }

    /// Visits each canvas row that the picture reaches.
    fn scan(
        &self,
        placement: Placement,
        sway: &dyn Fn(f32) -> f32,
        (_, height): (usize, usize),
        mut visit: impl FnMut(usize, Line),
    ) {
        let step = (placement.step * 65536.0).round() as i64;
        let half = placement.step * 0.5 - 0.5;
        let top = ((placement.top + half) * 65536.0).round() as i64;
        let limit = (self.height as i64 - 1) << 16;
        let row_at = |edge: i64| ((edge - top + step - 1).div_euclid(step)).clamp(0, height as i64) as usize;
        for row in row_at(0)..row_at(limit) {
            let y = top + row as i64 * step;
            let source = (y >> 16) as usize;
            let x = ((placement.left + half - sway(source as f32)) * 65536.0).round() as i64;
            visit(row, Line { source, weight: ((y >> 8) & 255) as u16, x, step });
        }
    }

    /// Visits the runs of a canvas row whose blocks are of one class and not empty.
    fn runs(&self, line: Line, width: usize, mut visit: impl FnMut(Cover, Range<usize>)) {
        let Line { source, weight, x, step } = line;
        let blocks = self.width.div_ceil(BLOCK);
        let upper = &self.covers[source * blocks..(source + 1) * blocks];
        let lower = &self.covers[(source + 1) * blocks..(source + 2) * blocks];
        let class = |block: usize| match (upper[block], lower[block]) {
            (same, other) if same == other => same,
            (only, _) if weight == 0 => only,
            _ => Cover::Mixed,
        };
        let block_at = |pixel: i64| (pixel.clamp(0, self.width as i64 - 1) as usize) / BLOCK;
        let last = block_at((x + (width as i64 - 1) * step) >> 16);
        let same = self.solid[source].filter(|cover| self.solid[source + 1] == Some(*cover));
        let mut block = block_at(x >> 16);
        while block <= last {
            let cover = class(block);
            let mut end = if same.is_some() { last + 1 } else { block + 1 };
            while end <= last && class(end) == cover {
                end += 1;
            }
            if cover != Cover::Empty {
                let from = (block * BLOCK) as i64;
                let to = (end * BLOCK).min(self.width - 1) as i64;
                // The canvas pixels whose left sample lies in from..to.
                let column =
                    |pixel: i64| (((pixel << 16) - x + step - 1).div_euclid(step)).clamp(0, width as i64);
                let columns = column(from) as usize..column(to) as usize;
                if !columns.is_empty() {
                    visit(cover, columns);
                }
            }
            block = end;
        }
    }

    fn lay_run(&self, line: Line, buffer: &mut [u8], (target, opaque): (&mut [u8], bool)) {
        let Line { source, weight, x, step } = line;
        let count = target.len() / 4;
        if count == 0 {
            return;
        }
        let from = (x >> 16) as usize;
        let to = (((x + (count as i64 - 1) * step) >> 16) as usize + 2).min(self.width);
        let mixed: &[u8] = if weight == 0 {
            &self.row(source)[from * 4..to * 4]
        } else {
            let mixed = &mut buffer[..(to - from) * 4];
            let rows = self.row(source)[from * 4..to * 4].iter().zip(&self.row(source + 1)[from * 4..to * 4]);
            for (out, (a, b)) in mixed.iter_mut().zip(rows) {
                *out = ((u16::from(*a) * (256 - weight) + u16::from(*b) * weight) >> 8) as u8;
            }
            mixed
        };
        let x = x - ((from as i64) << 16);
        if step == 1 << 16 {
            along(mixed, ((x >> 8) & 255) as u16, target, opaque);
        } else {
            resample(mixed, (x as u32, step as u32), target, opaque);
        }
    }

    /// Draws the picture turned and scaled by `place` (picture pixels to canvas pixels).
    pub(super) fn stamp(
        &self,
        place: Transform,
        (opacity, blending): (f32, Blend),
        hidden: &Hidden,
        canvas: &mut Canvas,
    ) {
        let Some(back) = place.invert() else { return };
        let opacity = (opacity * 256.0).round().clamp(0.0, 256.0) as u64;
        if opacity == 0 || self.width < 2 || self.height < 2 {
            return;
        }
        let (w, h) = (self.width as f32, self.height as f32);
        let mut corners =
            [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)].map(|(x, y)| tiny_skia::Point::from_xy(x, y));
        place.map_points(&mut corners);
        let low =
            |side: fn(&tiny_skia::Point) -> f32| corners.iter().map(side).fold(f32::MAX, f32::min).floor();
        let high =
            |side: fn(&tiny_skia::Point) -> f32| corners.iter().map(side).fold(f32::MIN, f32::max).ceil();
        let clip = |edge: f32, limit: u32| edge.clamp(0.0, limit as f32) as usize;
        let columns = clip(low(|p| p.x), canvas.width)..clip(high(|p| p.x) + 1.0, canvas.width);
        let top = clip(low(|p| p.y), canvas.height);
        let bottom = clip(high(|p| p.y) + 1.0, canvas.height);
        let fixed = |value: f32| (f64::from(value) * 65536.0).round() as i64;
        let step = (fixed(back.sx), fixed(back.ky));
        let stride = canvas.width as usize * 4;
        for row in top..bottom {
            let centre = (columns.start as f32 + 0.5, row as f32 + 0.5);
            let u = fixed(back.sx * centre.0 + back.kx * centre.1 + back.tx - 0.5);
            let v = fixed(back.ky * centre.0 + back.sy * centre.1 + back.ty - 0.5);
            let count = columns.len() as i64;
            let (first, after) = inside(u, step.0, self.width, (0, count));
            let (first, after) = inside(v, step.1, self.height, (first, after));
            if first >= after || hidden.row(row) {
                continue;
            }
            let ends = [first, after - 1].map(|at| ((v + at * step.1) >> 16) as usize);
            let rows = &self.drawn[ends[0].min(ends[1])..(ends[0].max(ends[1]) + 2).min(self.height)];
            let left = rows.iter().map(|row| i64::from(row.start)).min().unwrap_or(0);
            let right = rows.iter().map(|row| i64::from(row.end)).max().unwrap_or(0);
            if left >= right {
                continue;
            }
            // A pixel before what is drawn still mixes with it.
            let (u_drawn, wide) = (u - ((left - 1) << 16), (right - left + 2) as usize);
            let (first, after) = inside(u_drawn, step.0, wide, (first, after));
            if first >= after {
                continue;
            }
            let reached = columns.start + first as usize..columns.start + after as usize;
            for visible in hidden.visible(row, reached) {
                let run = &mut canvas.rgba[row * stride + visible.start * 4..row * stride + visible.end * 4];
                let at = (visible.start - columns.start) as i64;
                let start = ((u + at * step.0) as i32, (v + at * step.1) as i32);
                let step = (step.0 as i32, step.1 as i32);
                match blending {
                    Blend::Over if opacity == 256 => self.stamp_run(start, step, run, lay),
                    Blend::Over => {
                        self.stamp_run(start, step, run, |under, over| lay(under, fade(over, opacity)));
                    }
                    Blend::Add => self.stamp_run(start, step, run, |under, over| {
                        *under = pack(add(spread(*under), fade(over, opacity)));
                    }),
                }
            }
        }
    }

    fn stamp_run(
        &self,
        (mut u, mut v): (i32, i32),
        step: (i32, i32),
        target: &mut [u8],
        mix: impl Fn(&mut [u8; 4], u64),
    ) {
        let (pixels, _) = self.rgba.as_chunks::<4>();
        for target in target.as_chunks_mut::<4>().0 {
            let at = (v >> 16) as usize * self.width + (u >> 16) as usize;
            if let (Some([a, b]), Some([c, d])) =
                (pixels.get(at..at + 2), pixels.get(at + self.width..at + self.width + 2))
            {
                let [left, right, below, aside] = [a, b, c, d].map(|pixel| u32::from_le_bytes(*pixel));
                if left | right | below | aside != 0 {
                    let place = ((u >> 8) as u64 & 255, (v >> 8) as u64 & 255);
                    mix(target, between([a, b, c, d].map(|pixel| spread(*pixel)), place));
                }
            }
            u += step.0;
            v += step.1;
        }
    }
}

/// The columns of a row of pixels between which something is drawn.
fn drawn_columns(row: &[u8]) -> Range<u32> {
    let pixels = row.as_chunks::<4>().0;
    let first = pixels.iter().position(|pixel| *pixel != [0; 4]).unwrap_or(0);
    let end = pixels.iter().rposition(|pixel| *pixel != [0; 4]).map_or(0, |last| last + 1);
    first as u32..end as u32
}

/// Narrows a run of steps to those whose position has both neighbours inside `0..size`.
fn inside(start: i64, step: i64, size: usize, (first, after): (i64, i64)) -> (i64, i64) {
    let limit = ((size as i64 - 1) << 16) - 1;
    let reach = |edge: i64| (edge - start).div_euclid(step);
    match step {
        0 if start < 0 || start > limit => (first, first),
        0 => (first, after),
        1.. => (first.max(reach(-1) + 1), after.min(reach(limit) + 1)),
        _ => (first.max(-((limit - start).div_euclid(-step))), after.min(start.div_euclid(-step) + 1)),
    }
}
