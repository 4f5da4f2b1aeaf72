//! A picture prepared for one camera path: cropped, scaled once, and sampled at any sub-pixel view of the path.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "coordinates are clamped to the prepared picture, blends of bytes stay bytes"
)]

use super::decode::Picture;
use super::margin;
use super::resample::{Window, resample};
use crate::camera::View;
use crate::canvas::Canvas;

/// The part of the picture that a camera path sees, in pixels about as dense as the path's closest view.
pub(super) struct Still {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
    /// Prepared pixels for each pixel of a frame at zoom 1.
    density: f32,
    /// The prepared part's top left corner from the frame's middle, in frame widths and heights.
    left: f32,
    top: f32,
}

/// How far a picture reaches from the middle of its centred crop, in frame widths and heights; at least 0.5 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reach {
    pub(super) right: f32,
    pub(super) down: f32,
}

impl Reach {
    pub(super) fn of(picture: &Picture, frame: (u32, u32)) -> Self {
        let (crop_width, crop_height) = centred_crop(picture.size(), frame);
        let (width, height) = picture.size();
        Self { right: width as f32 / crop_width / 2.0, down: height as f32 / crop_height / 2.0 }
    }
}

/// Width and height of the largest part of a picture with the frame's aspect, in the picture's pixels.
fn centred_crop((width, height): (u32, u32), frame: (u32, u32)) -> (f32, f32) {
    let scale = (width as f32 / frame.0 as f32).min(height as f32 / frame.1 as f32);
    (frame.0 as f32 * scale, frame.1 as f32 * scale)
}

impl Still {
    /// Prepares what is seen from any of the views.
    pub(super) fn new(picture: &Picture, frame: (u32, u32), views: &[View]) -> Self {
        let (width, height) = picture.size();
        let (crop_width, crop_height) = centred_crop((width, height), frame);
        let seen = |edge: &dyn Fn(&View) -> f32| views.iter().map(edge).fold(0.5, f32::max);
        let left = seen(&|view| 0.5 / view.zoom - view.right);
        let right = seen(&|view| 0.5 / view.zoom + view.right);
        let top = seen(&|view| 0.5 / view.zoom - view.down);
        let bottom = seen(&|view| 0.5 / view.zoom + view.down);
        let density = views.iter().map(|view| view.zoom).fold(1.0, f32::max);
        let prepared_width = ((left + right) * frame.0 as f32 * density).round().max(2.0);
        let prepared_height = ((top + bottom) * frame.1 as f32 * density).round().max(2.0);
        let window = Window {
            left: width as f32 / 2.0 - left * crop_width,
            top: height as f32 / 2.0 - top * crop_height,
            width: (left + right) * crop_width,
            height: (top + bottom) * crop_height,
        };
        let (prepared_width, prepared_height) = (prepared_width as u32, prepared_height as u32);
        let mut rgba = resample(picture, window, prepared_width, prepared_height);
        margin::defocus(picture, window, (prepared_width, prepared_height), &mut rgba);
        Self { width: prepared_width, height: prepared_height, rgba, density, left: -left, top: -top }
    }

    /// Blends the view over the canvas; `mix` goes from 0 (nothing) to 256 (the view alone).
    pub(super) fn draw(&self, view: View, mix: u16, canvas: &mut Canvas) {
        let columns = self.line(canvas.width, view.zoom, view.right - self.left, self.width);
        let rows = self.line(canvas.height, view.zoom, view.down - self.top, self.height);
        let mut above = Band::new(&columns);
        let mut below = Band::new(&columns);
        let line_bytes = canvas.width as usize * 4;
        for (line, row) in canvas.rgba.chunks_exact_mut(line_bytes).zip(&rows) {
            if above.at != row.first && below.at == row.first {
                std::mem::swap(&mut above, &mut below);
            }
            above.fill(self, &columns, row.first);
            below.fill(self, &columns, row.first + 1);
            let (near, far) = (256 - u32::from(row.weight), u32::from(row.weight));
            let lines = above.samples.iter().zip(&below.samples);
            if mix == 256 {
                for (byte, (a, b)) in line.iter_mut().zip(lines) {
                    *byte = ((u32::from(*a) * near + u32::from(*b) * far + 0x8000) >> 16) as u8;
                }
            } else {
                let mix = u32::from(mix);
                for (byte, (a, b)) in line.iter_mut().zip(lines) {
                    let sample = (u32::from(*a) * near + u32::from(*b) * far + 0x8000) >> 16;
                    *byte = ((u32::from(*byte) * (256 - mix) + sample * mix + 128) >> 8) as u8;
                }
            }
        }
    }

    /// Where each pixel of a frame's line falls between two prepared ones.
    fn line(&self, count: u32, zoom: f32, middle: f32, prepared: u32) -> Vec<Between> {
        let step = self.density / zoom;
        let middle = middle * count as f32 * self.density;
        let last = (prepared - 1) as f32;
        (0..count)
            .map(|n| {
                let at = (middle + (n as f32 + 0.5 - count as f32 / 2.0) * step - 0.5).clamp(0.0, last);
                let fixed = ((at * 256.0).round() as u32).min((prepared - 1) * 256 - 1);
                Between { first: fixed >> 8, weight: (fixed & 255) as u16 }
            })
            .collect()
    }
}

/// Between prepared pixel `first` and the next one; `weight` of 256 parts are the next one's.
struct Between {
    first: u32,
    weight: u16,
}

/// One prepared row, already resampled across, each sample times 256.
struct Band {
    at: u32,
    samples: Vec<u16>,
}

impl Band {
    fn new(columns: &[Between]) -> Self {
        Self { at: u32::MAX, samples: vec![0; columns.len() * 4] }
    }

    fn fill(&mut self, still: &Still, columns: &[Between], row: u32) {
        if self.at == row {
            return;
        }
        self.at = row;
        let line_bytes = still.width as usize * 4;
        let line = &still.rgba[row as usize * line_bytes..][..line_bytes];
        for (pixel, column) in self.samples.as_chunks_mut::<4>().0.iter_mut().zip(columns) {
            let at = column.first as usize * 4;
            let Some((pair, _)) = line[at..].split_first_chunk::<8>() else { return };
            let pair = u64::from_le_bytes(*pair);
            // All four channels at once: a byte times at most 256 stays within its 16 bits.
            let blend = spread(pair & 0xffff_ffff) * u64::from(256 - column.weight)
                + spread(pair >> 32) * u64::from(column.weight);
            *pixel = [blend as u16, (blend >> 16) as u16, (blend >> 32) as u16, (blend >> 48) as u16];
        }
    }
}

/// Four bytes, each in 16 bits of its own.
fn spread(bytes: u64) -> u64 {
    let pairs = (bytes | (bytes << 16)) & 0x0000_ffff_0000_ffff;
    (pairs | (pairs << 8)) & 0x00ff_00ff_00ff_00ff
}
