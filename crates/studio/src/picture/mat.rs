//! A reference of another shape than the film: shown whole, on a mat made of itself, far out of focus and darker.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are clamped to the frame, dimmed bytes stay bytes"
)]

use super::crop::{Crop, Edges};
use super::decode::Picture;
use super::resample::{Window, resample};

/// A picture of which less than this part fits the frame is shown on a mat.
const FITS: f32 = 0.62;
/// The mat keeps no detail smaller than this part of the frame.
const BLUR: u32 = 40;
/// How much of the frame's height, or width, the picture takes.
const SIZE: f32 = 0.9;
/// How much of the mat's light is left.
const DIM: f32 = 0.6;
/// How wide the shadow around the picture is, in frame heights.
const SHADOW: f32 = 0.05;

/// The picture on its mat with the frame's shape, if it needs one.
pub(super) fn matted(picture: &Picture, frame: (u32, u32)) -> Option<Picture> {
    let crop = Crop::of(picture.size(), frame);
    if crop.share() >= FITS {
        return None;
    }
    // A little denser than the frame, for the camera comes closer.
    let (width, height) = (frame.0 * 9 / 8, frame.1 * 9 / 8);
    let mut rgba = mat(picture, crop, (width, height));
    let (across, along) = (picture.size().0 as f32, picture.size().1 as f32);
    let scale = SIZE * (width as f32 / across).min(height as f32 / along);
    let pixels = |length: f32, limit: u32| ((length * scale).round() as u32).clamp(1, limit);
    let inner = (pixels(across, width), pixels(along, height));
    let (left, top) = ((width - inner.0) / 2, (height - inner.1) / 2);
    shade(&mut rgba, (width, height), (left, top), inner);
    let whole = Window { left: 0.0, top: 0.0, width: across, height: along };
    let shown = resample(picture, whole, inner.0, inner.1);
    let lines = rgba.chunks_exact_mut(width as usize * 4).skip(top as usize);
    for (line, row) in lines.zip(shown.chunks_exact(inner.0 as usize * 4)) {
        line[left as usize * 4..][..row.len()].copy_from_slice(row);
    }
    Some(Picture::of_rows((width, height), rgba))
}

/// The picture's crop, far out of focus.
fn mat(picture: &Picture, crop: Crop, (width, height): (u32, u32)) -> Vec<u8> {
    let small = ((width / BLUR).max(2), (height / BLUR).max(2));
    let window = crop.window(Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 });
    let small_rows = Picture::of_rows(small, resample(picture, window, small.0, small.1));
    let whole = Window { left: 0.0, top: 0.0, width: small.0 as f32, height: small.1 as f32 };
    resample(&small_rows, whole, width, height)
}

/// Dims the mat, the more the closer to the picture that will lie on it.
fn shade(rgba: &mut [u8], (width, height): (u32, u32), (left, top): (u32, u32), inner: (u32, u32)) {
    let ramp = SHADOW * height as f32;
    let beyond = |at: u32, start: u32, length: u32| {
        (start.saturating_sub(at)).max(at.saturating_sub(start + length - 1)) as f32
    };
    for (y, line) in (0..).zip(rgba.chunks_exact_mut(width as usize * 4)) {
        let down = beyond(y, top, inner.1);
        for (x, pixel) in (0..).zip(line.as_chunks_mut::<4>().0) {
            let far = beyond(x, left, inner.0).hypot(down) / ramp;
            let light = DIM * (1.0 - 0.55 * (1.0 - far).max(0.0).powi(2));
            for channel in &mut pixel[..3] {
                *channel = (f32::from(*channel) * light) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tall_reference_is_seen_whole_in_a_wide_film() {
        // A grey picture whose topmost and lowest rows are white.
        let rows = (0..400).flat_map(|y| [if (12..388).contains(&y) { 90 } else { 255 }; 200 * 4]);
        let picture = Picture::of_rows((200, 400), rows.collect());
        let whole = matted(&picture, (320, 180)).expect("a mat");
        let (width, height) = whole.size();
        let mut row = Vec::new();
        let white = (0..height).filter(|y| {
            whole.row(*y, &mut row);
            row[width as usize / 2][0] > 200.0
        });
        assert!((8..=14).contains(&white.count()));
        assert!(matted(&picture, (180, 320)).is_none());
    }
}
