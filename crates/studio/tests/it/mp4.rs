//! Takes a film apart: its boxes, its samples, its decoded frames.

use openh264::decoder::{DecodedYUV, Decoder};
use openh264::formats::YUVSource as _;

/// One box: its type and its payload.
pub(crate) fn boxes(mut bytes: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut found = Vec::new();
    while let Some((size, rest)) = bytes.split_first_chunk::<4>() {
        let (kind, _) = rest.split_first_chunk::<4>().expect("a box has a type");
        let (this, next) = bytes.split_at(u32::from_be_bytes(*size) as usize);
        found.push((*kind, &this[8..]));
        bytes = next;
    }
    found
}

/// The payload of the nested box at `path`, taking the `number`th track where the path says `trak`.
fn inner<'a>(mp4: &'a [u8], number: usize, path: &str) -> &'a [u8] {
    path.split('/').fold(mp4, |payload, kind| {
        let number = if kind == "trak" { number } else { 0 };
        let mut fitting = boxes(payload).into_iter().filter(|(found, _)| found == kind.as_bytes());
        fitting.nth(number).unwrap_or_else(|| panic!("no {kind} in {path}")).1
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_be_bytes(*number)).collect()
}

/// Track 0 is the picture, track 1 the sound.
pub(crate) fn track_seconds(mp4: &[u8], track: usize) -> f64 {
    let header = numbers(inner(mp4, track, "moov/trak/mdia/mdhd"));
    f64::from(header[4]) / f64::from(header[3])
}

/// The samples of a track, in order. The muxer writes each into a chunk of its own.
pub(crate) fn samples(mp4: &[u8], track: usize) -> Vec<&[u8]> {
    let sizes = numbers(inner(mp4, track, "moov/trak/mdia/minf/stbl/stsz"));
    let offsets = numbers(inner(mp4, track, "moov/trak/mdia/minf/stbl/stco"));
    offsets[2..].iter().zip(&sizes[3..]).map(|(at, size)| &mp4[*at as usize..][..*size as usize]).collect()
}

/// The units of a sample, each of which stands behind its length.
fn units(mut sample: &[u8]) -> Vec<&[u8]> {
    let mut units = Vec::new();
    while let Some((length, rest)) = sample.split_first_chunk::<4>() {
        let (unit, next) = rest.split_at(u32::from_be_bytes(*length) as usize);
        units.push(unit);
        sample = next;
    }
    units
}

/// The same with start codes, as decoders want it.
fn annex_b(sample: &[u8]) -> Vec<u8> {
    units(sample).into_iter().flat_map(|unit| [&[0, 0, 0, 1], unit].concat()).collect()
}

/// The parameter sets (types 7 and 8) of all samples, in order.
pub(crate) fn parameter_sets(mp4: &[u8]) -> Vec<&[u8]> {
    let all = samples(mp4, 0).into_iter().flat_map(units);
    all.filter(|unit| matches!(unit[0] & 31, 7 | 8)).collect()
}

/// A decoded frame.
pub(crate) struct Frame {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

impl Frame {
    pub(crate) fn of(picture: &DecodedYUV<'_>) -> Self {
        let (width, height) = picture.dimensions();
        let mut rgb = vec![0; picture.rgb8_len()];
        picture.write_rgb8(&mut rgb);
        Self { width, height, rgb }
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.width + x) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// The mean difference of all samples.
    pub(crate) fn difference(&self, other: &Self) -> f64 {
        difference(&self.rgb, &other.rgb)
    }
}

pub(crate) fn difference(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len(), "both have the same size");
    let sum: u64 = one.iter().zip(other).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}

/// Shows each decoded frame of a film to `see`, with its number: a long film needs no more memory than a short one.
pub(crate) fn watch(mp4: &[u8], mut see: impl FnMut(usize, &DecodedYUV<'_>)) {
    let mut decoder = Decoder::new().expect("a decoder");
    for (number, sample) in samples(mp4, 0).into_iter().enumerate() {
        let stream = annex_b(sample);
        let picture = decoder.decode(&stream).expect("a clean frame").expect("each sample is one frame");
        see(number, &picture);
    }
}

/// All frames of a film.
pub(crate) fn frames(mp4: &[u8]) -> Vec<Frame> {
    let mut frames = Vec::new();
    watch(mp4, |_, picture| frames.push(Frame::of(picture)));
    frames
}
