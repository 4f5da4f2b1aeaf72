//! The margin beyond a picture's edges: its mirrored rest, so far out of focus that nothing is seen twice.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "blends of bytes stay bytes, a mix is at most 256"
)]

use super::decode::Picture;
use super::resample::{Window, resample};

/// A margin's pixels keep no detail smaller than this part of what is prepared.
const BLUR: u32 = 64;
/// How far from the edge focus is wholly lost, of the prepared width.
const RAMP: f32 = 0.022;

/// Takes what lies beyond the picture's edges out of focus, the more the farther from the edge.
pub(super) fn defocus(picture: &Picture, window: Window, (width, height): (u32, u32), rgba: &mut [u8]) {
    let size = picture.size();
    let columns = mixes((window.left, window.width), size.0, (width, width));
    let rows = mixes((window.top, window.height), size.1, (height, width));
    if columns.iter().chain(&rows).all(|mix| *mix == 0) {
        return;
    }
    let small = ((width / BLUR).max(2), (height / BLUR).max(2));
    let whole = Window { left: 0.0, top: 0.0, width: small.0 as f32, height: small.1 as f32 };
    let blurred = Picture::of_rows(small, resample(picture, window, small.0, small.1));
    let blurred = resample(&blurred, whole, width, height);
    let lines = rgba.chunks_exact_mut(width as usize * 4).zip(blurred.chunks_exact(width as usize * 4));
    for ((line, soft), row) in lines.zip(&rows) {
        for ((pixel, soft), column) in line.chunks_exact_mut(4).zip(soft.chunks_exact(4)).zip(&columns) {
            let mix = (*row).max(*column);
            for (byte, soft) in pixel.iter_mut().zip(soft) {
                *byte = ((u32::from(*byte) * (256 - mix) + u32::from(*soft) * mix + 128) >> 8) as u8;
            }
        }
    }
}

/// How far out of focus each of `count` lines is, in 256 parts; 0 within the picture.
fn mixes((start, length): (f32, f32), picture: u32, (count, width): (u32, u32)) -> Vec<u32> {
    let step = length / count as f32;
    let ramp = width as f32 * RAMP;
    (0..count)
        .map(|n| {
            let at = start + (n as f32 + 0.5) * step;
            let beyond = (-at).max(at - picture as f32) / step;
            let far = (beyond / ramp).clamp(0.0, 1.0);
            (far * far * (3.0 - 2.0 * far) * 256.0) as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_seen_twice() {
        // White, with a black post close to the left edge.
        let (width, height) = (400, 225);
        let row: Vec<u8> =
            (0..width).flat_map(|x| [if (12..20).contains(&x) { 0 } else { 255 }; 4]).collect();
        let mut samples = row.repeat(height as usize);
        samples.iter_mut().skip(3).step_by(4).for_each(|alpha| *alpha = 255);
        let picture = Picture::of_rows((width, height), samples);
        let window = Window { left: -40.0, top: 0.0, width: 440.0, height: 225.0 };
        let mut rgba = resample(&picture, window, 440, 225);
        let posts = |rgba: &[u8]| {
            let dark = |x: usize| rgba[(112 * 440 + x) * 4] < 128;
            (1..440).filter(|x| dark(*x) && !dark(*x - 1)).count()
        };
        assert_eq!(posts(&rgba), 2);
        defocus(&picture, window, (440, 225), &mut rgba);
        assert_eq!(posts(&rgba), 1);
    }
}
