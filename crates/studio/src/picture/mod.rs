//! Pictures that a film starts from: known by their first bytes, measured before they are decoded.

mod blend;
mod course;
mod crop;
mod decode;
mod depth;
mod dust;
mod light;
mod mat;
mod orientation;
mod painter;
mod resample;
mod still;
mod warp;

pub(crate) use decode::Picture;
pub use decode::look_at;
pub(crate) use painter::PicturePainter;

/// The largest file that is looked at, in bytes.
pub(crate) const MAX_BYTES: usize = 10_000_000;
/// The longest side that is decoded, in pixels.
pub(crate) const MAX_SIDE: u32 = 8192;
/// The most pixels that are decoded.
pub(crate) const MAX_PIXELS: u64 = 40_000_000;

/// What a picture's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    /// Width in pixels as the picture is shown, after its EXIF orientation.
    pub width: u32,
    /// Height in pixels as the picture is shown, after its EXIF orientation.
    pub height: u32,
    /// The format, known by content.
    pub format: PictureFormat,
}

/// The picture formats that the studio reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    Png,
    Jpeg,
    WebP,
}

impl PictureFormat {
    /// The media type, as in a `Content-Type` header.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }

    /// The format of these bytes, by their signature.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ => None,
        }
    }
}

/// Why a picture cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither a PNG, a JPEG nor a WebP file.
    #[error("it is neither a PNG, a JPEG nor a WebP picture")]
    Unknown,
    /// The file has more than 10 MB.
    #[error("the file has {bytes} bytes, more than {MAX_BYTES}")]
    TooManyBytes { bytes: usize },
    /// A side is longer than 8192 pixels, or the picture has more than 40 megapixels.
    #[error("it has {width} by {height} pixels, more than {MAX_SIDE} on a side or {MAX_PIXELS} in all")]
    TooManyPixels { width: u32, height: u32 },
    /// The file is damaged, or uses a part of its format that is not supported.
    #[error("it cannot be decoded: {0}")]
    Broken(String),
}
