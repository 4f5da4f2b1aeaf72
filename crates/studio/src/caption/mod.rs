//! The prompt in the picture: set once in small type, then laid over each frame.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "lengths are bounded by the frame, blends of bytes stay bytes"
)]

mod face;
mod lines;
mod mask;

use crate::canvas::Canvas;
use face::Face;
use mask::Mask;

/// Type size, for each pixel of the geometric mean of the frame's sides.
const TYPE_SIZE: f32 = 0.031;
/// Distance of baselines, in type sizes.
const LEADING: f32 = 1.4;
/// The widest a line may be, of the frame's width.
const MEASURE: f32 = 0.8;
/// Where the lowest baseline stands, of the frame's height.
const FOOT: f32 = 0.953;
/// How long a caption takes to appear and to go, in seconds.
const FADE_S: f32 = 0.35;

/// A caption, ready to be laid over any frame of its size.
pub(crate) struct Caption {
    top: u32,
    /// For each pixel of the rows from `top`: how much of the frame is left, and the light that is added; 255 is all.
    pixels: Vec<[u8; 2]>,
    width: u32,
}

impl Caption {
    /// Sets the text. There is no caption when the text has nothing that can be drawn.
    pub(crate) fn new(text: &str, width: u32, height: u32) -> Option<Self> {
        let size = ((width as f32 * height as f32).sqrt() * TYPE_SIZE).max(9.0);
        let face = Face::new(size)?;
        let most = if width > height { 2 } else { 3 };
        let lines = lines::broken(text, &face, width as f32 * MEASURE, most);
        if lines.is_empty() {
            return None;
        }
        let leading = size * LEADING;
        let rows = (leading * (lines.len() as f32 + 1.6)).ceil();
        let lowest = rows - leading;
        let top = (height as f32 * FOOT - lowest).max(0.0) as u32;
        let mut ink = Mask::new(width as usize, (rows as u32).min(height - top) as usize);
        for (number, line) in lines.iter().rev().enumerate() {
            let left = (width as f32 - face.width(line)) / 2.0;
            face.set(line, left.round(), (lowest - leading * number as f32).round(), &mut ink);
        }
        let halo = ink.blurred(size * 0.09).stronger(1.3);
        let glow = ink.blurred(size * 0.45).stronger(1.1);
        let pixels = ink
            .coverage()
            .zip(halo.coverage())
            .zip(glow.coverage())
            .map(|((ink, halo), glow)| {
                let shade = 1.0 - (1.0 - 0.78 * halo) * (1.0 - 0.6 * glow);
                let left = (1.0 - shade) * (1.0 - ink);
                [(left * 255.0).round() as u8, (ink * 245.0).round() as u8]
            })
            .collect();
        Some(Self { top, pixels, width })
    }

    /// The first row that it may change.
    pub(crate) fn top(&self) -> u32 {
        self.top
    }

    /// Lays the caption over a frame that stands `second` seconds into a shot of `seconds`.
    pub(crate) fn lay(&self, second: f32, seconds: f32, canvas: &mut Canvas) {
        let opacity = (second / FADE_S).min((seconds - second) / FADE_S).clamp(0.0, 1.0);
        let opacity = (opacity * 256.0) as u32;
        if opacity == 0 {
            return;
        }
        let start = self.top as usize * self.width as usize;
        for (pixel, [left, light]) in canvas.rgba.as_chunks_mut::<4>().0[start..].iter_mut().zip(&self.pixels)
        {
            if *left == 255 {
                continue;
            }
            let left = 255 * 256 - (255 - u32::from(*left)) * opacity;
            let light = u32::from(*light) * opacity / 256;
            for channel in &mut pixel[..3] {
                *channel = (light + (u32::from(*channel) * left + 32_640) / 65_280).min(255) as u8;
            }
        }
    }
}
