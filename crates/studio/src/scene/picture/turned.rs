//! A picture turned and scaled onto the canvas, and what it hides there.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    reason = "pixel positions in 16.16 fixed point, clipped to the picture before they become indices"
)]

use std::ops::Range;

use tiny_skia::Transform;

use super::super::hidden::Hidden;
use super::super::swar::{add, between, fade, lay, pack, spread};
use super::{Blend, Picture};
use crate::canvas::Canvas;

impl Picture {
    /// Notes what the picture hides when it is drawn turned and scaled by `place`, with a pixel to spare on each side.
    pub(in super::super) fn hide_turned(&self, place: Transform, size: (usize, usize), hidden: &mut Hidden) {
        // What hides no stretch of a row is not worth the way.
        if (self.dense.1 as f32) * place.sx.hypot(place.ky) < 48.0 {
            return;
        }
        let Some(back) = place.invert() else { return };
        let (columns, rows) = reached(place, (self.width, self.height), size);
        let step = (fixed(back.sx), fixed(back.ky));
        for row in rows {
            let centre = (columns.start as f32 + 0.5, row as f32 + 0.5);
            let u = fixed(back.sx * centre.0 + back.kx * centre.1 + back.tx - 0.5);
            let v = fixed(back.ky * centre.0 + back.sy * centre.1 + back.ty - 0.5);
            let (first, after) = inside(v, step.1, self.height, (0, columns.len() as i64));
            if first >= after || hidden.row(row) {
                continue;
            }
            let ends = [first, after - 1].map(|at| (v + at * step.1) >> 16);
            let lines = (ends[0].min(ends[1]) - 1).max(0)..(ends[0].max(ends[1]) + 3).min(self.height as i64);
            let lines = &self.dense.0[lines.start as usize..lines.end as usize];
            let left = lines.iter().map(|line| i64::from(line.start)).max().unwrap_or(0) + 1;
            let right = lines.iter().map(|line| i64::from(line.end)).min().unwrap_or(0) - 1;
            if left + 1 >= right {
                continue;
            }
            let (first, after) = inside(u - (left << 16), step.0, (right - left) as usize, (first, after));
            if first < after {
                hidden.hide(row, columns.start + first as usize..columns.start + after as usize);
            }
        }
    }

    /// Draws the picture turned and scaled by `place` (picture pixels to canvas pixels).
    pub(in super::super) fn stamp(
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
        let (columns, rows) =
            reached(place, (self.width, self.height), (canvas.width as usize, canvas.height as usize));
        let step = (fixed(back.sx), fixed(back.ky));
        let stride = canvas.width as usize * 4;
        for row in rows {
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
        (u, v): (i32, i32),
        step: (i32, i32),
        target: &mut [u8],
        mix: impl Fn(&mut [u8; 4], u64),
    ) {
        // No position lies left of the picture or above it, or has no pixel below it.
        let (mut u, mut v) = (u.cast_unsigned(), v.cast_unsigned());
        let (pixels, _) = self.rgba.as_chunks::<4>();
        let lower = &pixels[self.width..];
        let upper = &pixels[..lower.len()];
        for target in target.as_chunks_mut::<4>().0 {
            let at = (v >> 16) as usize * self.width + (u >> 16) as usize;
            if let (Some([a, b]), Some([c, d])) = (upper[at..].first_chunk(), lower[at..].first_chunk()) {
                let near = [*a, *b, *c, *d];
                if near != [[0; 4]; 4] {
                    let place = (u64::from(u >> 8) & 255, u64::from(v >> 8) & 255);
                    mix(target, between(near.map(spread), place));
                }
            }
            u = u.wrapping_add_signed(step.0);
            v = v.wrapping_add_signed(step.1);
        }
    }
}

fn fixed(value: f32) -> i64 {
    (f64::from(value) * 65536.0).round() as i64
}

/// The columns and rows of a canvas that a picture reaches.
fn reached(
    place: Transform,
    (width, height): (usize, usize),
    canvas: (usize, usize),
) -> (Range<usize>, Range<usize>) {
    let (w, h) = (width as f32, height as f32);
    let mut corners = [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)].map(tiny_skia::Point::from);
    place.map_points(&mut corners);
    let range = |side: fn(&tiny_skia::Point) -> f32, limit: usize| {
        let sides = corners.iter().map(side);
        let low = sides.clone().fold(f32::MAX, f32::min).floor();
        let high = sides.fold(f32::MIN, f32::max).ceil() + 1.0;
        low.clamp(0.0, limit as f32) as usize..high.clamp(0.0, limit as f32) as usize
    };
    (range(|corner| corner.x, canvas.0), range(|corner| corner.y, canvas.1))
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
