//! EXIF orientation: which way up a camera held the picture.

/// How stored pixels are turned for showing. The eight values of EXIF tag 0x0112.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Orientation {
    /// Rows and columns change places, before the flips.
    transposed: bool,
    flipped_x: bool,
    flipped_y: bool,
}

impl Orientation {
    /// From a TIFF structure as it stands in a JPEG's APP1, a PNG's eXIf or a WebP's EXIF chunk. Upright if it says nothing.
    pub(super) fn from_exif(exif: Option<&[u8]>) -> Self {
        let value = exif.and_then(tag).unwrap_or(1);
        Self {
            transposed: (5..=8).contains(&value),
            flipped_x: matches!(value, 2 | 3 | 6 | 7),
            flipped_y: matches!(value, 3 | 4 | 7 | 8),
        }
    }

    /// The size as shown, from the stored size, or the other way round.
    pub(super) fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.transposed { (height, width) } else { (width, height) }
    }

    /// Where the pixel that is shown at `(x, y)` is stored. `stored` is the stored size.
    pub(super) fn stored_at(self, (x, y): (u32, u32), stored: (u32, u32)) -> (u32, u32) {
        let (width, height) = self.size(stored);
        let x = if self.flipped_x { width - 1 - x } else { x };
        let y = if self.flipped_y { height - 1 - y } else { y };
        if self.transposed { (y, x) } else { (x, y) }
    }
}

/// The value of tag 0x0112 in the first directory, if it is one of the eight.
fn tag(exif: &[u8]) -> Option<u16> {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let u16_at = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let first: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = if little { u32::from_le_bytes(first) } else { u32::from_be_bytes(first) } as usize;
    let entries = usize::from(u16_at(first)?);
    let value = (0..entries)
        .map(|entry| first.saturating_add(2 + entry * 12))
        .find(|at| u16_at(*at) == Some(0x0112))
        .and_then(|at| u16_at(at.checked_add(8)?))?;
    (1..=8).contains(&value).then_some(value)
}
