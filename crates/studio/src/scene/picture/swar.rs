//! Arithmetic on the four channels of a premultiplied pixel at once, spread out in one 64-bit word.

const LANES: u64 = 0x00ff_00ff_00ff_00ff;

/// A pixel (red in the lowest byte) with room above each channel.
#[inline(always)]
pub(in crate::scene) fn spread(pixel: [u8; 4]) -> u64 {
    let pixel = u64::from(u32::from_le_bytes(pixel));
    (pixel | pixel << 24) & LANES
}

#[inline(always)]
pub(in crate::scene) fn pack(spread: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = (spread | spread >> 24).to_le_bytes();
    [a, b, c, d]
}

/// What lies between four pixels, `across` and `down` from the first one, each of 256.
#[inline(always)]
pub(in crate::scene) fn between([a, b, c, d]: [u64; 4], (across, down): (u64, u64)) -> u64 {
    // The weights add up to 256, so no lane overflows.
    let both = (across * down) >> 8;
    let first = 256 + both - across - down;
    ((a * first + b * (across - both) + c * (down - both) + d * both) >> 8) & LANES
}

/// A pixel at `opacity` of 256.
#[inline(always)]
pub(in crate::scene) fn fade(pixel: u64, opacity: u64) -> u64 {
    ((pixel * opacity) >> 8) & LANES
}

/// A premultiplied pixel over an opaque one, which stays opaque.
#[inline(always)]
pub(in crate::scene) fn blend(under: u64, over: u64) -> u64 {
    over + fade(under, 256 - (over >> 48))
}

/// A premultiplied pixel laid over an opaque one: most are either clear or opaque, and cost no blending.
#[inline(always)]
pub(in crate::scene) fn lay(target: &mut [u8; 4], over: u64) {
    match over >> 48 {
        0 => {}
        255 => *target = pack(over),
        _ => *target = pack(blend(spread(*target), over)),
    }
}

/// Light added to an opaque pixel, each channel ending at white.
#[inline(always)]
pub(in crate::scene) fn add(under: u64, light: u64) -> u64 {
    let sum = under + light;
    (sum | (((sum >> 8) & 0x0001_0001_0001_0001) * 255)) & LANES
}
