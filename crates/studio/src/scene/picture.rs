//! A drawn picture, and the fast bilinear ways to put it on the canvas: whole layers, and turned sprites.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "pixel positions in 16.16 fixed point, clipped to the picture before they become indices"
)]

mod rows;
pub(super) mod swar;
mod turned;

use std::ops::Range;

use tiny_skia::Pixmap;

use super::hidden::Hidden;
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
    /// The longest opaque stretch of each row, and the longest of all.
    dense: (Vec<Range<u32>>, u32),
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
        let dense: Vec<Range<u32>> = rgba.chunks_exact(width * 4).map(dense_columns).collect();
        let longest = dense.iter().map(|columns| columns.end - columns.start).max().unwrap_or(0);
        Self { width, height, rgba, covers, solid, drawn, dense: (dense, longest) }
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
}

/// The columns of a row of pixels between which something is drawn.
fn drawn_columns(row: &[u8]) -> Range<u32> {
    let pixels = row.as_chunks::<4>().0;
    let first = pixels.iter().position(|pixel| *pixel != [0; 4]).unwrap_or(0);
    let end = pixels.iter().rposition(|pixel| *pixel != [0; 4]).map_or(0, |last| last + 1);
    first as u32..end as u32
}

/// The longest stretch of opaque pixels of a row.
fn dense_columns(row: &[u8]) -> Range<u32> {
    let pixels = row.as_chunks::<4>().0;
    let (mut longest, mut start) = (0..0, 0);
    for (column, pixel) in pixels.iter().enumerate() {
        if pixel[3] < 255 {
            start = column + 1;
        } else if column + 1 - start > longest.len() {
            longest = start..column + 1;
        }
    }
    longest.start as u32..longest.end as u32
}
