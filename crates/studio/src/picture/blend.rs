//! Arithmetic on the four channels of an opaque pixel at once, spread out in one 64-bit word: red, blue, green, alpha.

pub(super) const LANES: u64 = 0x00ff_00ff_00ff_00ff;
/// Half a level in each channel, to round by.
pub(super) const HALVES: u64 = 0x0080_0080_0080_0080;

/// A pixel with room above each channel.
#[inline(always)]
pub(super) fn spread(pixel: [u8; 4]) -> u64 {
    let pixel = u64::from(u32::from_le_bytes(pixel));
    (pixel | pixel << 24) & LANES
}

#[inline(always)]
pub(super) fn pack(spread: u64) -> [u8; 4] {
    let [a, b, c, d, ..] = (spread | spread >> 24).to_le_bytes();
    [a, b, c, d]
}

/// `a` to `b` by `weight` of 256, rounded.
#[inline(always)]
pub(super) fn lerp(a: u64, b: u64, weight: u64) -> u64 {
    ((a * (256 - weight) + b * weight + HALVES) >> 8) & LANES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_do_not_touch_each_other() {
        for (weight, mixed) in [(0, [255, 0, 255, 255]), (256, [0, 255, 1, 255]), (128, [128, 128, 128, 255])]
        {
            let sum = lerp(spread([255, 0, 255, 255]), spread([0, 255, 1, 255]), weight);
            assert_eq!(pack(sum), mixed);
        }
    }
}
