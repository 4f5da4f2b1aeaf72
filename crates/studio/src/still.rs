//! Pictures of a film, painted again from its briefs: one still, or a sheet of ten in a row.
#![expect(clippy::cast_possible_truncation, reason = "a mean of bytes is a byte, and sides are small")]

use crate::brief::Brief;
use crate::canvas::Canvas;
use crate::film::{StudioError, spread, typical};

/// The longest side of a still, in pixels.
const STILL_SIDE_MAX: u32 = 640;
/// How many frames a sheet has, in one row.
const SHEET_FRAMES: u32 = 10;
/// The longest side of each of them.
const SHEET_SIDE_MAX: u32 = 320;
/// Of 100.
const JPEG_QUALITY: u8 = 85;

/// A frame from the first shot of these briefs' film, as lossless WebP of at most 640 pixels a side.
///
/// # Errors
///
/// The briefs cannot be filmed.
pub fn still(briefs: &[Brief]) -> Result<Vec<u8>, StudioError> {
    let first = briefs.first().ok_or(StudioError::Brief("there is nothing to paint"))?;
    encode_webp(&small(&typical(first)?, STILL_SIDE_MAX))
}

/// The same frame as JPEG, a tenth as large, for pages that show many: painted small from the start, which takes less than half the time.
///
/// # Errors
///
/// The briefs cannot be filmed.
pub fn card(briefs: &[Brief]) -> Result<Vec<u8>, StudioError> {
    let first = briefs.first().ok_or(StudioError::Brief("there is nothing to paint"))?;
    let step = steps(first.width, first.height, STILL_SIDE_MAX);
    let even = |side: u32| (side / step).next_multiple_of(2);
    encode_jpeg(&typical(&Brief { width: even(first.width), height: even(first.height), ..first.clone() })?)
}

/// Ten frames over the whole of these briefs' film in one row, as JPEG.
///
/// # Errors
///
/// The briefs cannot be filmed.
pub fn sheet(briefs: &[Brief]) -> Result<Vec<u8>, StudioError> {
    let mut cells = Vec::new();
    spread(briefs, SHEET_FRAMES, |canvas| cells.push(small(canvas, SHEET_SIDE_MAX)))?;
    let Some(first) = cells.first() else { return Err(StudioError::Brief("there is nothing to paint")) };
    let (width, height) = (first.width, first.height);
    let mut row = Canvas::new(width * SHEET_FRAMES, height);
    let line = width as usize * 4;
    for (y, whole) in row.rgba.chunks_exact_mut(line * cells.len()).enumerate() {
        for (part, cell) in whole.chunks_exact_mut(line).zip(&cells) {
            part.copy_from_slice(&cell.rgba[y * line..][..line]);
        }
    }
    encode_jpeg(&row)
}

/// The same picture with its longest side at most `side_max`: each pixel is the mean of those that it stands for.
fn small(canvas: &Canvas, side_max: u32) -> Canvas {
    let step = steps(canvas.width, canvas.height, side_max) as usize;
    let (width, height) = (canvas.width as usize / step, canvas.height as usize / step);
    let mut small = Canvas::new(width as u32, height as u32);
    let count = (step * step) as u32;
    for (number, pixel) in small.rgba.chunks_exact_mut(4).enumerate() {
        let (left, top) = (number % width * step, number / width * step);
        let mut sums = [count / 2; 4];
        for y in top..top + step {
            let from = (y * canvas.width as usize + left) * 4;
            for of in canvas.rgba[from..from + step * 4].chunks_exact(4) {
                sums.iter_mut().zip(of).for_each(|(sum, byte)| *sum += u32::from(*byte));
            }
        }
        pixel.iter_mut().zip(sums).for_each(|(byte, sum)| *byte = (sum / count) as u8);
    }
    small
}

/// How many pixels of a frame, in each direction, become one.
fn steps(width: u32, height: u32, side_max: u32) -> u32 {
    width.max(height).div_ceil(side_max).max(1)
}

fn rgb(canvas: &Canvas) -> Vec<u8> {
    canvas.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

fn encode_webp(canvas: &Canvas) -> Result<Vec<u8>, StudioError> {
    let mut webp = Vec::new();
    let encoded = image_webp::WebPEncoder::new(&mut webp).encode(
        &rgb(canvas),
        canvas.width,
        canvas.height,
        image_webp::ColorType::Rgb8,
    );
    encoded.map(|()| webp).map_err(|error| StudioError::Encoder(error.to_string()))
}

fn encode_jpeg(canvas: &Canvas) -> Result<Vec<u8>, StudioError> {
    let mut jpeg = Vec::new();
    let encoded = jpeg_encoder::Encoder::new(&mut jpeg, JPEG_QUALITY).encode(
        &rgb(canvas),
        canvas.width as u16,
        canvas.height as u16,
        jpeg_encoder::ColorType::Rgb,
    );
    encoded.map(|()| jpeg).map_err(|error| StudioError::Encoder(error.to_string()))
}
