//! Light that comes and goes over a picture: a soft fan of beams from its brighter upper corner.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a strength is never negative and at most 40 of 256, a cell has few lines"
)]

use super::blend::{lerp, pack, spread};
use super::still::CELL;
use crate::camera::smooth;
use crate::canvas::Canvas;

/// The colour that light brings dark places closer to, by how much of 256 at most.
const WARM: [u8; 4] = [255, 240, 208, 255];
const STRONGEST: f32 = 36.0;
/// Thresholds that turn fractions of a level into a fine pattern: no bands in a clear sky.
const PATTERN: [[i32; 4]; 4] =
    [[8, 136, 40, 168], [200, 72, 232, 104], [56, 184, 24, 152], [248, 120, 216, 88]];

/// Where the light comes from.
pub(super) struct Light {
    from_right: bool,
}

impl Light {
    pub(super) fn new(from_right: bool) -> Self {
        Self { from_right }
    }

    /// How much light falls on a point of the frame (0.0 to 1.0 across and down), from 0.0 to 1.0.
    pub(super) fn at(&self, (x, y): (f32, f32), moment: f32) -> f32 {
        let across = if self.from_right { 1.0 - x } else { x } + 0.12;
        let down = y + 0.16;
        let far = (across * across + down * down).sqrt();
        // Where it would be less than a level it is nothing, which costs nothing.
        let fall = (1.0 - far / 1.25).max(0.0).powi(2) - 0.06;
        if fall <= 0.0 {
            return 0.0;
        }
        let angle = down.atan2(across);
        let beams = (angle * 9.0 + moment * 1.6).sin() * (angle * 5.0 - moment * 1.1).cos();
        fall * (0.62 + 0.38 * beams) * swell(moment)
    }

    pub(super) fn fall(&self, moment: f32, canvas: &mut Canvas) {
        if swell(moment) == 0.0 {
            return;
        }
        let (width, height) = (canvas.width as usize, canvas.height as usize);
        let strengths = |line: usize| -> Vec<i32> {
            (0..=width.div_ceil(CELL))
                .map(|cell| {
                    let point = ((cell * CELL) as f32 / width as f32, line as f32 / height as f32);
                    (self.at(point, moment) * STRONGEST * 256.0) as i32
                })
                .collect()
        };
        let warm = spread(WARM);
        let mut above = strengths(0);
        for (number, lines) in canvas.rgba.chunks_mut(width * 4 * CELL).enumerate() {
            let below = strengths((number + 1) * CELL);
            for (n, line) in lines.chunks_exact_mut(width * 4).enumerate() {
                let part = n as i32;
                let between = |cell: usize| above[cell] + (below[cell] - above[cell]) * part / CELL as i32;
                let pattern = &PATTERN[n % 4];
                for (cell, pixels) in line.as_chunks_mut::<4>().0.chunks_mut(CELL).enumerate() {
                    let (mut strength, end) = (between(cell), between(cell + 1));
                    if strength.max(end) < 8 {
                        continue;
                    }
                    let step = (end - strength) / CELL as i32;
                    for (pixel, threshold) in pixels.iter_mut().zip(pattern.iter().cycle()) {
                        let weight = ((strength + threshold) >> 8) as u64;
                        *pixel = pack(lerp(spread(*pixel), warm, weight));
                        strength += step;
                    }
                }
            }
            above = below;
        }
    }
}

/// There is no light of ours in the first and the last frame.
pub(super) fn swell(moment: f32) -> f32 {
    smooth(moment / 0.4) * smooth((1.0 - moment) / 0.4)
}
