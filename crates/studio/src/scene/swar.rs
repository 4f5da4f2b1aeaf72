//! Arithmetic on the four channels of a premultiplied pixel at once, within one 32-bit word.

const EVEN: u32 = 0x00ff_00ff;

/// `a` to `b` by `weight` of 256.
#[inline(always)]
pub(super) fn lerp(a: u32, b: u32, weight: u32) -> u32 {
    let rest = 256 - weight;
    let even = ((a & EVEN) * rest + (b & EVEN) * weight) >> 8 & EVEN;
    let odd = (((a >> 8) & EVEN) * rest + ((b >> 8) & EVEN) * weight) & !EVEN;
    even | odd
}

/// A pixel at `opacity` of 256.
#[inline(always)]
pub(super) fn fade(pixel: u32, opacity: u32) -> u32 {
    ((((pixel & EVEN) * opacity) >> 8) & EVEN) | ((((pixel >> 8) & EVEN) * opacity) & !EVEN)
}

/// A premultiplied pixel over an opaque one, which stays opaque.
#[inline(always)]
pub(super) fn blend(under: u32, over: u32) -> u32 {
    over + fade(under, 256 - (over >> 24))
}

/// Light added to an opaque pixel, each channel ending at white.
#[inline(always)]
pub(super) fn add(under: u32, light: u32) -> u32 {
    let even = (under & EVEN) + (light & EVEN);
    let odd = ((under >> 8) & EVEN) + ((light >> 8) & EVEN);
    let end = |sum: u32| (sum | (((sum >> 8) & 0x0001_0001) * 255)) & EVEN;
    end(even) | end(odd) << 8
}
