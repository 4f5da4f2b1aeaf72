//! A plausible depth of a picture: what is low, sharp and dark is taken to be near; smooth enough never to tear it.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions are clamped to the grid before they become indices"
)]

use super::crop::Edges;
use std::ops::Range;

/// Cells across and down.
const ACROSS: usize = 48;
const DOWN: usize = 27;
/// How far the depth is smoothed, in cells, three times over.
const SOFT: usize = 3;
/// The largest step of nearness between neighbours: with it the warp stretches a place by an eighth at most.
const STEEPEST: f32 = 0.25;

/// How near each part of a picture is, from -1.0 (far) to 1.0 (near).
pub(super) struct Depth {
    cells: Vec<f32>,
    part: Edges,
    /// Where light would come from.
    pub(super) brighter_on_the_right: bool,
}

/// What one cell of a picture looks like, each from 0.0 to 1.0.
#[derive(Clone, Copy, Default)]
struct Cell {
    bright: f32,
    sharp: f32,
}

impl Depth {
    /// From RGBA rows, which show `part` of the picture.
    pub(super) fn of(rgba: &[u8], (width, height): (u32, u32), part: Edges) -> Self {
        let cells = looked_at(rgba, width as usize, height as usize);
        let sharpest = cells.iter().map(|cell| cell.sharp).fold(1e-3, f32::max);
        let nearness = |x: usize, y: usize| {
            let cell = cells[y * ACROSS + x];
            let low = (y as f32 + 0.5) / DOWN as f32;
            0.5 * low + 0.32 * (cell.sharp / sharpest).sqrt() + 0.18 * (1.0 - cell.bright)
        };
        let light = |columns: Range<usize>| -> f32 {
            (0..DOWN / 2)
                .flat_map(|y| columns.clone().map(move |x| y * ACROSS + x))
                .map(|n| cells[n].bright)
                .sum()
        };
        let brighter_on_the_right = light(ACROSS / 2..ACROSS) > light(0..ACROSS / 2);
        Self { part, brighter_on_the_right, ..Self::of_cells(&nearness) }
    }

    /// From the nearness of each cell, in any unit.
    pub(super) fn of_cells(nearness: &dyn Fn(usize, usize) -> f32) -> Self {
        let mut cells: Vec<f32> = (0..ACROSS * DOWN).map(|n| nearness(n % ACROSS, n / ACROSS)).collect();
        for _ in 0..3 {
            cells = softened(&cells, 1, ACROSS);
            cells = softened(&cells, ACROSS, DOWN);
        }
        let low = cells.iter().copied().fold(f32::MAX, f32::min);
        let high = cells.iter().copied().fold(f32::MIN, f32::max);
        let half = ((high - low) / 2.0).max(1e-6);
        for cell in &mut cells {
            *cell = (*cell - low) / half - 1.0;
        }
        let rise = |n: usize, next: usize| cells.get(next).map_or(0.0, |cell| (cell - cells[n]).abs());
        let steepest = (0..cells.len())
            .map(|n| rise(n, n + ACROSS).max(if (n + 1) % ACROSS == 0 { 0.0 } else { rise(n, n + 1) }))
            .fold(STEEPEST, f32::max);
        for cell in &mut cells {
            *cell *= STEEPEST / steepest;
        }
        let part = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        Self { cells, part, brighter_on_the_right: false }
    }

    /// How near the picture is at a point.
    pub(super) fn at(&self, (x, y): (f32, f32)) -> f32 {
        let part = self.part;
        let place = |at: f32, low: f32, high: f32, count: usize| {
            let at = ((at - low) / (high - low) * count as f32 - 0.5).clamp(0.0, (count - 1) as f32);
            let first = (at as usize).min(count - 2);
            (first, at - first as f32)
        };
        let (column, right) = place(x, part.left, part.right, ACROSS);
        let (row, below) = place(y, part.top, part.bottom, DOWN);
        let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
        let line = |row: usize| {
            let at = row * ACROSS + column;
            mix(self.cells[at], self.cells[at + 1], right)
        };
        mix(line(row), line(row + 1), below)
    }
}

/// Brightness of every cell, and how much it changes from pixel to pixel; every other row tells enough.
fn looked_at(rgba: &[u8], width: usize, height: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); ACROSS * DOWN];
    let mut counts = vec![0.0_f32; ACROSS * DOWN];
    for (y, line) in rgba.chunks_exact(width * 4).enumerate().step_by(2) {
        let row = y * DOWN / height;
        let mut before = None;
        for (x, pixel) in line.as_chunks::<4>().0.iter().enumerate() {
            let [r, g, b, _] = pixel.map(f32::from);
            let bright = (0.3 * r + 0.6 * g + 0.1 * b) / 255.0;
            let at = row * ACROSS + x * ACROSS / width;
            cells[at].bright += bright;
            cells[at].sharp += (bright - before.unwrap_or(bright)).abs();
            counts[at] += 1.0;
            before = Some(bright);
        }
    }
    for (cell, count) in cells.iter_mut().zip(counts) {
        let count = count.max(1.0);
        *cell = Cell { bright: cell.bright / count, sharp: cell.sharp / count };
    }
    cells
}

/// Each cell becomes the mean of its neighbours along one direction: `step` apart, `length` in a line.
fn softened(cells: &[f32], step: usize, length: usize) -> Vec<f32> {
    (0..cells.len())
        .map(|n| {
            let place = n / step % length;
            let start = n - place * step;
            let line = place.saturating_sub(SOFT)..(place + SOFT + 1).min(length);
            let count = line.len() as f32;
            line.map(|place| cells[start + place * step]).sum::<f32>() / count
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bright_sky_is_farther_than_the_ground() {
        // A pale sky over dark, detailed ground.
        let rgba: Vec<u8> = (0..320 * 180)
            .flat_map(|n| {
                let (x, y) = (n % 320, n / 320);
                [if y < 80 { 220 } else { ((x * 37 + y * 91) % 120) as u8 }; 4]
            })
            .collect();
        let part = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        let depth = Depth::of(&rgba, (320, 180), part);
        assert!(depth.at((0.0, -0.45)) < -0.6 && depth.at((0.0, 0.45)) > 0.6);
    }
}
