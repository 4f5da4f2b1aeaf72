//! Dust that floats before a picture and shines where the light falls on it.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places are clamped to the frame before they become indices, a weight is at most 256"
)]

use super::blend::{lerp, pack, spread};
use super::light::{Light, swell};
use crate::camera::View;
use crate::canvas::Canvas;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

const MOTES: u64 = 64;
const BRIGHT: [u8; 4] = [255, 248, 228, 255];

struct Mote {
    x: f32,
    y: f32,
    /// 0.0 is at the picture, 1.0 close to the camera.
    near: f32,
    phase: f32,
}

pub(super) struct Dust(Vec<Mote>);

impl Dust {
    pub(super) fn new() -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(MOTES);
        let mut unit = move || (chance.next_u32() >> 8) as f32 / 16_777_216.0;
        Self((0..MOTES).map(|_| Mote { x: unit(), y: unit(), near: unit(), phase: unit() * 6.3 }).collect())
    }

    pub(super) fn float(&self, (moment, second): (f32, f32), view: View, light: &Light, canvas: &mut Canvas) {
        let shown = swell(moment);
        if shown == 0.0 {
            return;
        }
        for mote in &self.0 {
            let near = 1.0 + mote.near;
            let wander = 0.02 * (second * 0.5 + mote.phase).sin();
            let x = (mote.x + second * 0.006 * near + wander - view.right * near).rem_euclid(1.0);
            let lift = 0.012 * (second * 0.7 + mote.phase * 2.0).cos();
            let y = (mote.y - second * 0.008 * near + lift - view.down * near).rem_euclid(1.0);
            // Who leaves the frame comes in again at the other side, unseen.
            let edge = (x.min(1.0 - x).min(y).min(1.0 - y) * 16.0).min(1.0);
            let glint = 0.5 + 0.5 * (second * 1.3 + mote.phase * 3.0).sin();
            let lit = 0.3 + 0.7 * (light.at((x, y), moment) * 1.6).min(1.0);
            let size = (0.002 + 0.006 * mote.near * mote.near) * view.zoom;
            let opacity = 0.9 * shown * edge * glint * glint * lit * (1.0 - 0.5 * mote.near);
            disc((x, y), size, opacity, canvas);
        }
    }
}

/// A soft disc; `size` is its radius in frame heights.
fn disc((x, y): (f32, f32), size: f32, opacity: f32, canvas: &mut Canvas) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let (x, y, radius) = (x * width, y * height, (size * height.min(width * 0.7)).max(1.0));
    let bright = spread(BRIGHT);
    let range =
        |at: f32, end: f32| ((at - radius).max(0.0) as usize)..((at + radius + 1.0).min(end) as usize);
    let columns = range(x, width);
    for row in range(y, height) {
        let line = row * canvas.width as usize;
        let pixels = &mut canvas.rgba.as_chunks_mut::<4>().0[line..][columns.clone()];
        for (column, pixel) in columns.clone().zip(pixels) {
            let (across, down) = (column as f32 + 0.5 - x, row as f32 + 0.5 - y);
            let inside = (1.0 - (across * across + down * down) / (radius * radius)).max(0.0);
            let weight = (inside * inside * opacity * 256.0) as u64;
            *pixel = pack(lerp(spread(*pixel), bright, weight));
        }
    }
}
