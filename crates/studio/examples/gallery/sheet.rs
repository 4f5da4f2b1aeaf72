//! A contact sheet: five moments of a finished film side by side, as its decoder shows them.

use super::mp4::{Frame, watch};
use jpeg_encoder::{ColorType, Encoder};
use std::error::Error;

const MOMENTS: usize = 5;
const BYTES_MAX: usize = 60_000;
/// The longer side of each moment.
const SIDE: usize = 400;
const GAP: usize = 4;
/// The longer side of a picture that a film begins with.
const STILL: usize = 960;

/// A picture as RGB, 8 bits a channel.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

impl Picture {
    pub(crate) fn white(width: usize, height: usize) -> Self {
        Self { width, height, rgb: vec![255; width * height * 3] }
    }

    /// The best JPEG that takes at most `bytes_max`.
    pub(crate) fn jpeg(&self, bytes_max: usize) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut quality = 92;
        loop {
            let mut jpeg = Vec::new();
            let encoder = Encoder::new(&mut jpeg, quality);
            encoder.encode(&self.rgb, self.width as u16, self.height as u16, ColorType::Rgb)?;
            if jpeg.len() <= bytes_max {
                return Ok(jpeg);
            }
            quality = quality.checked_sub(4).ok_or("no quality is low enough")?;
        }
    }

    fn put(&mut self, other: &Self, left: usize) {
        for (row, pixels) in other.rgb.chunks(other.width * 3).enumerate() {
            let at = (row * self.width + left) * 3;
            self.rgb[at..at + pixels.len()].copy_from_slice(pixels);
        }
    }
}

/// The film at 0, 25, 50, 75 and 100 % of its frames.
pub(crate) fn sheet(mp4: &[u8], frames: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let moments: Vec<usize> = (0..MOMENTS).map(|part| part * (frames - 1) / (MOMENTS - 1)).collect();
    let mut cells = Vec::new();
    watch(mp4, |number, picture| {
        if moments.contains(&number) {
            cells.push(smaller(&Frame::of(picture), SIDE));
        }
    });
    let first = cells.first().ok_or("a film without frames")?;
    let mut sheet = Picture::white((first.width + GAP) * MOMENTS - GAP, first.height);
    for (column, cell) in cells.iter().enumerate() {
        sheet.put(cell, column * (cell.width + GAP));
    }
    sheet.jpeg(BYTES_MAX)
}

/// The film's first frame as a JPEG, in the size of the other pictures.
pub(crate) fn first_frame(mp4: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut first = None;
    watch(mp4, |_, picture| {
        first.get_or_insert_with(|| smaller(&Frame::of(picture), STILL));
    });
    first.ok_or("a film without frames")?.jpeg(BYTES_MAX)
}

/// Each pixel is the mean of those that it stands for.
fn smaller(frame: &Frame, side: usize) -> Picture {
    let long = frame.width.max(frame.height);
    let (width, height) = (frame.width * side / long, frame.height * side / long);
    let mut small = Picture::white(width, height);
    for y in 0..height {
        for x in 0..width {
            let rows = y * frame.height / height..(y + 1) * frame.height / height;
            let columns = x * frame.width / width..(x + 1) * frame.width / width;
            let count = rows.len() * columns.len();
            let mut sums = [0; 3];
            for (row, column) in rows.flat_map(|row| columns.clone().map(move |column| (row, column))) {
                let pixel = frame.at(column, row);
                (0..3).for_each(|channel| sums[channel] += usize::from(pixel[channel]));
            }
            let at = (y * width + x) * 3;
            (0..3).for_each(|channel| small.rgb[at + channel] = (sums[channel] / count) as u8);
        }
    }
    small
}
