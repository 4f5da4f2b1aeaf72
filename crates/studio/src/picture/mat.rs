//! A reference of another shape than the film: it fades out into a mat made of itself, far out of focus and darker.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are clamped to the frame, dimmed and mixed bytes stay bytes"
)]

use super::crop::Crop;
use super::decode::Picture;
use super::resample::{Window, resample};
use crate::camera::smooth;

/// A picture of which less than this part fits the frame is shown on a mat.
const FITS: f32 = 0.62;
/// The mat is blurred on a grid with cells of so many pixels, three times over so many cells to each side.
const CELL: u32 = 40;
const BLUR: usize = 3;
/// How much of the mat's light is left.
const DIM: f32 = 0.62;
/// How wide the picture's edge is where it fades out, as a part of the frame's shorter side.
const FADE: f32 = 0.2;

/// The picture on its mat with the frame's shape, if it needs one.
pub(super) fn matted(picture: &Picture, frame: (u32, u32)) -> Option<Picture> {
    let crop = Crop::of(picture.size(), frame);
    if crop.share() >= FITS {
        return None;
    }
    // A little denser than the frame, for the camera comes closer.
    let (width, height) = (frame.0 * 9 / 8, frame.1 * 9 / 8);
    let (across, along) = (picture.size().0 as f32, picture.size().1 as f32);
    let scale = (width as f32 / across).min(height as f32 / along);
    let mut rgba = mat(picture, scale, (width, height));
    let pixels = |length: f32, limit: u32| ((length * scale).round() as u32).clamp(1, limit);
    let inner = (pixels(across, width), pixels(along, height));
    let (left, top) = ((width - inner.0) / 2, (height - inner.1) / 2);
    let whole = Window { left: 0.0, top: 0.0, width: across, height: along };
    let shown = resample(picture, whole, inner.0, inner.1);
    // It fades only where the mat is beside it.
    let fade = FADE * width.min(height) as f32;
    let edge = |at: u32, length: u32, limit: u32| {
        if length == limit { 1.0 } else { smooth(at.min(length - 1 - at) as f32 / fade) }
    };
    let lines = rgba.chunks_exact_mut(width as usize * 4).skip(top as usize);
    for (y, (line, row)) in (0..).zip(lines.zip(shown.chunks_exact(inner.0 as usize * 4))) {
        let pairs = line[left as usize * 4..].as_chunks_mut::<4>().0.iter_mut().zip(row.as_chunks::<4>().0);
        for (x, (under, over)) in (0..).zip(pairs) {
            let share = edge(x, inner.0, width).min(edge(y, inner.1, height));
            for (low, high) in under.iter_mut().zip(over) {
                *low = (f32::from(*low) + (f32::from(*high) - f32::from(*low)) * share + 0.5) as u8;
            }
        }
    }
    Some(Picture::of_rows((width, height), rgba))
}

/// The picture and, beyond its edges, what they mirror: far out of focus and dimmed, so that it goes on where the picture ends.
fn mat(picture: &Picture, scale: f32, (width, height): (u32, u32)) -> Vec<u8> {
    let small = ((width / CELL).max(2), (height / CELL).max(2));
    let (across, along) = (width as f32 / scale, height as f32 / scale);
    let beyond = |picture: u32, whole: f32| (picture as f32 - whole) / 2.0;
    let (left, top) = (beyond(picture.size().0, across), beyond(picture.size().1, along));
    let mut rgba = resample(picture, Window { left, top, width: across, height: along }, small.0, small.1);
    let (across, down) = (small.0 as usize, small.1 as usize);
    for _ in 0..3 {
        rgba = blurred(&rgba, 4, across);
        rgba = blurred(&rgba, across * 4, down);
    }
    for pixel in rgba.as_chunks_mut::<4>().0 {
        for channel in &mut pixel[..3] {
            *channel = (f32::from(*channel) * DIM) as u8;
        }
    }
    let whole = Window { left: 0.0, top: 0.0, width: small.0 as f32, height: small.1 as f32 };
    resample(&Picture::of_rows(small, rgba), whole, width, height)
}

/// Each byte becomes the mean of its neighbours along one direction: `step` apart, `length` in a line.
fn blurred(bytes: &[u8], step: usize, length: usize) -> Vec<u8> {
    let mean = |n: usize| {
        let place = n / step % length;
        let line = place.saturating_sub(BLUR)..(place + BLUR + 1).min(length);
        let start = n - place * step;
        let count = line.len();
        (line.map(|place| usize::from(bytes[start + place * step])).sum::<usize>() / count) as u8
    };
    (0..bytes.len()).map(mean).collect()
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
        assert!((8..=16).contains(&white.count()));
        assert!(matted(&picture, (180, 320)).is_none());
    }
}
