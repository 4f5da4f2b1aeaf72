//! Reads headers and pixels of PNG, JPEG and WebP files, within limits that are checked before anything is decoded.

use super::orientation::Orientation;
use super::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, PictureError, PictureFormat, PictureInfo};
use std::fmt::Display;
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A decoded picture, its samples as they were stored.
pub(crate) struct Picture {
    stored: (u32, u32),
    orientation: Orientation,
    /// Samples for each pixel: grey, grey and alpha, RGB, or RGB and alpha.
    channels: usize,
    samples: Vec<u8>,
}

impl Picture {
    /// Decodes a whole picture. An animated one gives its first image.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, PictureError> {
        match format_within_limits(bytes)? {
            PictureFormat::Png => png_pixels(bytes),
            PictureFormat::Jpeg => jpeg_pixels(bytes),
            PictureFormat::WebP => webp_pixels(bytes),
        }
    }

    /// A picture of RGBA rows.
    pub(super) fn of_rows(stored: (u32, u32), samples: Vec<u8>) -> Self {
        Self { stored, orientation: Orientation::from_exif(None), channels: 4, samples }
    }

    /// The size as the picture is shown.
    pub(crate) fn size(&self) -> (u32, u32) {
        self.orientation.size(self.stored)
    }

    /// One row as the picture is shown. What is transparent becomes white.
    pub(super) fn row(&self, y: u32, into: &mut Vec<[f32; 3]>) {
        let width = self.size().0;
        into.clear();
        into.extend((0..width).map(|x| {
            let (x, y) = self.orientation.stored_at((x, y), self.stored);
            let at = (y as usize * self.stored.0 as usize + x as usize) * self.channels;
            let sample = |n: usize| f32::from(self.samples[at + n]);
            let over_white = |n: usize, alpha: usize| 255.0 + (sample(n) - 255.0) * sample(alpha) / 255.0;
            match self.channels {
                1 => [sample(0); 3],
                2 => [over_white(0, 1); 3],
                3 => [sample(0), sample(1), sample(2)],
                _ => [over_white(0, 3), over_white(1, 3), over_white(2, 3)],
            }
        }));
    }
}

/// Size and format of a picture, from its header alone, within the studio's limits.
pub fn look_at(bytes: &[u8]) -> Result<PictureInfo, PictureError> {
    let format = format_within_limits(bytes)?;
    let (stored, orientation) = match format {
        PictureFormat::Png => {
            let decoder = png_header(bytes)?;
            let reader = decoder.read_info().map_err(broken)?;
            let info = reader.info();
            ((info.width, info.height), Orientation::from_exif(info.exif_metadata.as_deref()))
        }
        PictureFormat::Jpeg => {
            let decoder = jpeg_header(bytes)?;
            (jpeg_size(&decoder)?, Orientation::from_exif(decoder.exif().map(Vec::as_slice)))
        }
        PictureFormat::WebP => {
            let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
            let exif = decoder.exif_metadata().map_err(broken)?;
            (decoder.dimensions(), Orientation::from_exif(exif.as_deref()))
        }
    };
    within_limits(stored)?;
    let (width, height) = orientation.size(stored);
    Ok(PictureInfo { width, height, format })
}

fn format_within_limits(bytes: &[u8]) -> Result<PictureFormat, PictureError> {
    if bytes.len() > MAX_BYTES {
        return Err(PictureError::TooManyBytes { bytes: bytes.len() });
    }
    PictureFormat::of(bytes).ok_or(PictureError::Unknown)
}

fn within_limits((width, height): (u32, u32)) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken("it has no pixels".to_owned()));
    }
    if width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height });
    }
    Ok(())
}

/// A PNG whose header is within the limits.
fn png_header(bytes: &[u8]) -> Result<png::Decoder<Cursor<&[u8]>>, PictureError> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let info = decoder.read_header_info().map_err(broken)?;
    within_limits((info.width, info.height))?;
    Ok(decoder)
}

fn png_pixels(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut reader = png_header(bytes)?.read_info().map_err(broken)?;
    let stored = (reader.info().width, reader.info().height);
    let mut samples = vec![0; reader.output_buffer_size().ok_or_else(|| broken("it is too large"))?];
    let frame = reader.next_frame(&mut samples).map_err(broken)?;
    let orientation = Orientation::from_exif(reader.info().exif_metadata.as_deref());
    whole(Picture { stored, orientation, channels: frame.color_type.samples(), samples })
}

type Jpeg<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

fn jpeg_header(bytes: &[u8]) -> Result<Jpeg<'_>, PictureError> {
    let options = DecoderOptions::default()
        .set_max_width(MAX_SIDE as usize)
        .set_max_height(MAX_SIDE as usize)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    Ok(decoder)
}

fn jpeg_size(decoder: &Jpeg<'_>) -> Result<(u32, u32), PictureError> {
    let info = decoder.info().ok_or_else(|| broken("it has no header"))?;
    Ok((info.width.into(), info.height.into()))
}

fn jpeg_pixels(bytes: &[u8]) -> Result<Picture, PictureError> {
    // The decoder would fill what is missing with grey. Both markers never occur within the pixels' data.
    let ends = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xff, marker]);
    if ends(0xd9) < ends(0xda) {
        return Err(broken("the file ends before the picture does"));
    }
    let mut decoder = jpeg_header(bytes)?;
    let stored = jpeg_size(&decoder)?;
    within_limits(stored)?;
    let samples = decoder.decode().map_err(broken)?;
    let orientation = Orientation::from_exif(decoder.exif().map(Vec::as_slice));
    let channels = decoder.output_colorspace().map_or(3, |space| space.num_components());
    whole(Picture { stored, orientation, channels, samples })
}

fn webp_pixels(bytes: &[u8]) -> Result<Picture, PictureError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    let stored = decoder.dimensions();
    within_limits(stored)?;
    let mut samples = vec![0; decoder.output_buffer_size().ok_or_else(|| broken("it is too large"))?];
    if decoder.is_animated() {
        decoder.read_frame(&mut samples).map_err(broken)?;
    } else {
        decoder.read_image(&mut samples).map_err(broken)?;
    }
    let exif = decoder.exif_metadata().map_err(broken)?;
    let orientation = Orientation::from_exif(exif.as_deref());
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    whole(Picture { stored, orientation, channels, samples })
}

/// Every later index relies on this.
fn whole(picture: Picture) -> Result<Picture, PictureError> {
    let pixels = picture.stored.0 as usize * picture.stored.1 as usize;
    let complete = picture.samples.len() == pixels * picture.channels && (1..=4).contains(&picture.channels);
    complete.then_some(picture).ok_or_else(|| broken("it has fewer pixels than its header says"))
}

fn broken(error: impl Display) -> PictureError {
    PictureError::Broken(error.to_string())
}
