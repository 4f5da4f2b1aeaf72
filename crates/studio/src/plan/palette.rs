//! Curated palettes: the colours of sky, light and air for each hour, and of the ground for each place.

use super::meaning::{Hour, Place, Season, Weather};

/// The colours a scene is mixed from, sRGB `0xRRGGBB`. `light` and `shade` tint what they fall on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Palette {
    pub(crate) sky: Sky,
    pub(crate) ground: Ground,
    pub(crate) flowers: [u32; 4],
}

/// The colours of one hour's sky, its light and its air.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sky {
    pub(crate) top: u32,
    pub(crate) middle: u32,
    pub(crate) low: u32,
    /// The disc of the sun or moon and its glow.
    pub(crate) sun: u32,
    pub(crate) cloud: u32,
    pub(crate) cloud_shade: u32,
    pub(crate) fog: u32,
    pub(crate) light: u32,
    pub(crate) shade: u32,
    /// Height of the sun in the sky: 0.0 is the upper edge, 0.6 the horizon.
    pub(crate) sun_height: f32,
}

/// The natural colours of one place, before light and air.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ground {
    pub(crate) far: u32,
    pub(crate) middle: u32,
    pub(crate) near: u32,
    pub(crate) leaf: u32,
    pub(crate) trunk: u32,
}

#[rustfmt::skip]
const fn sky(c: [u32; 9], sun_height: f32) -> Sky {
    Sky {
        top: c[0], middle: c[1], low: c[2], sun: c[3], cloud: c[4], cloud_shade: c[5], fog: c[6], light: c[7], shade: c[8],
        sun_height,
    }
}

//                                top       middle    low       sun       cloud     c. shade  fog       light     shade
const DAWN: [Sky; 2] = [
    sky([0x7f9fcf, 0xf2c4b8, 0xffe6c2, 0xfff3d0, 0xfff0e4, 0xd9a9b4, 0xf3d3c4, 0xffe9d2, 0x8f8fb8], 0.44),
    sky([0x86b2d8, 0xf7d3c0, 0xfff0cf, 0xfff6da, 0xfff6ea, 0xcfb0bf, 0xf4dfc9, 0xfff0d8, 0x8c98bc], 0.40),
];
const DAY: [Sky; 3] = [
    sky([0x3f8fd6, 0x86c3ee, 0xd9f0f6, 0xfffbe6, 0xffffff, 0xbfd3e6, 0xcfe6f0, 0xfffaf0, 0x8aa3c8], 0.17),
    sky([0x4aa3d8, 0x97d3ea, 0xe8f4e6, 0xfffbdc, 0xffffff, 0xc5d8e2, 0xd9ecea, 0xfff8e6, 0x8fa9c4], 0.20),
    sky([0x5b8fd8, 0xa3c4f0, 0xf3ecdf, 0xfff4d8, 0xfffdf8, 0xc9cfe4, 0xe3e6ea, 0xfff4e2, 0x96a0cc], 0.22),
];
const SUNSET: [Sky; 3] = [
    sky([0x5c5fa8, 0xf09a7a, 0xffd694, 0xfff0b8, 0xffc9a0, 0xb0688e, 0xf4b48e, 0xffd2a0, 0x7a62a0], 0.46),
    sky([0x4f7fb4, 0xf2b27e, 0xffdf9c, 0xfff2c0, 0xffd7ac, 0xb87a86, 0xf2c294, 0xffdcaa, 0x7a70a4], 0.42),
    sky([0x6a4f98, 0xe87c84, 0xffc48a, 0xffe6ae, 0xffb69a, 0x94528c, 0xe89a94, 0xffc69c, 0x6c549a], 0.49),
];
const DUSK: [Sky; 2] = [
    sky([0x232b5c, 0x6a5a9c, 0xe89a98, 0xffd9b8, 0xb48cb4, 0x5a4f86, 0x8f7aa8, 0xb9a6cc, 0x4c4a80], 0.54),
    sky([0x1f3a62, 0x54779c, 0xf0b498, 0xffe0c0, 0xa49ab8, 0x4c5a86, 0x7f8fac, 0xb0b4d0, 0x465484], 0.54),
];
const NIGHT: [Sky; 2] = [
    sky([0x0a1230, 0x1c2c5e, 0x3d5488, 0xf4f0dc, 0x4c5f92, 0x24335f, 0x32487a, 0x7f95cc, 0x2a3464], 0.20),
    sky([0x0d1433, 0x26285e, 0x51508c, 0xfff0d6, 0x585a96, 0x2a2c60, 0x3f4480, 0x8a92cc, 0x2e3068], 0.22),
];
const NEON: Sky =
    sky([0x10102e, 0x2c1c56, 0x743a80, 0xf0d8f0, 0x5a3c7c, 0x2a1f52, 0x54306f, 0x9a86c8, 0x30285e], 0.20);
const SPACE: [Sky; 2] = [
    sky([0x070a1e, 0x16143c, 0x2c2258, 0xfff0d0, 0x7a4f9c, 0x2f2a66, 0x241f4c, 0xd8d8f0, 0x3a3a70], 0.24),
    sky([0x050d1c, 0x0d2240, 0x1c3f5c, 0xe8f6ff, 0x3f8a9c, 0x1f3f66, 0x14304c, 0xd4e4f0, 0x2e4870], 0.24),
];
const DEEP: [Sky; 2] = [
    sky([0x7fdce4, 0x1f9ec0, 0x0c5688, 0xe8fff6, 0xbff4f0, 0x2a8fae, 0x1f7ca6, 0xd0f4f0, 0x2a6a98], 0.02),
    sky([0x64c8dc, 0x1a84b4, 0x0b3f74, 0xe0fff8, 0xa8e8ee, 0x2478a0, 0x185f92, 0xc4e8ee, 0x265a90], 0.02),
];
const OVERCAST: [Sky; 2] = [
    sky([0x7d90a6, 0xa9b8c6, 0xd6dcdc, 0xf4f2ea, 0xe4e8ea, 0x96a4b4, 0xc4ced4, 0xe2e6ea, 0x7f8ea4], 0.16),
    sky([0x6a7f9a, 0x9aaebf, 0xced8d8, 0xf0f0ea, 0xd8dfe4, 0x8496aa, 0xb6c4cc, 0xd8e0e8, 0x74869f], 0.16),
];
const STORM: Sky =
    sky([0x2c3648, 0x566274, 0x9aa2a0, 0xe0e4e0, 0x7c8896, 0x3c4656, 0x7a868e, 0xb4c0cc, 0x4a5870], 0.16);

const fn ground(c: [u32; 5]) -> Ground {
    Ground { far: c[0], middle: c[1], near: c[2], leaf: c[3], trunk: c[4] }
}

impl Palette {
    /// The palette of a place at an hour; `choice` picks among the hour's variants.
    pub(super) fn choose(place: Place, hour: Hour, weather: Weather, season: Season, choice: u64) -> Self {
        let sky = match (place, hour, weather) {
            (Place::Space, ..) => variant(&SPACE, choice),
            (Place::Underwater, ..) => variant(&DEEP, choice),
            (Place::City, Hour::Night, _) => NEON,
            (_, Hour::Night, _) => variant(&NIGHT, choice),
            (_, _, Weather::Storm) => STORM,
            (_, Hour::Day, Weather::Rain | Weather::Snow | Weather::Fog) => variant(&OVERCAST, choice),
            (_, Hour::Dawn, _) => variant(&DAWN, choice),
            (_, Hour::Day, _) => variant(&DAY, choice),
            (_, Hour::Sunset, _) => variant(&SUNSET, choice),
            (_, Hour::Dusk, _) => variant(&DUSK, choice),
        };
        let flowers = match season {
            Season::Autumn => [0xe8a03c, 0xd9653c, 0xf2cc6a, 0xc24a3c],
            Season::Winter => [0xd8e4f0, 0xc24a4a, 0xf2f4f8, 0xa8c0dc],
            Season::Spring => [0xf6b8cc, 0xfff4f0, 0xf2d45e, 0xc9a0e0],
            Season::Summer => [0xf2766a, 0xfff6ec, 0xf7c948, 0xb48ae0],
        };
        Self { sky, ground: ground_of(place, season), flowers }
    }
}

fn variant<const N: usize>(skies: &[Sky; N], choice: u64) -> Sky {
    skies[usize::try_from(choice % N as u64).unwrap_or(0)]
}

fn ground_of(place: Place, season: Season) -> Ground {
    let natural = match place {
        Place::Beach => ground([0x6f9a84, 0x2f93b0, 0xe9cf9e, 0x5f9a54, 0x8a6a4c]),
        Place::Sea => ground([0x6a90a0, 0x2a84a8, 0x1f6f9a, 0x5f9a54, 0x8a6a4c]),
        Place::Underwater => ground([0x2a7f9c, 0x2a6f7c, 0xd9c598, 0x3f9a7c, 0xd0647a]),
        Place::Mountain => ground([0x7f8fae, 0x6a8470, 0x7ba45a, 0x3f7a50, 0x6b4f3c]),
        Place::Snow => ground([0xa8bcd8, 0xdfe9f2, 0xf4f8fb, 0x5f8a80, 0x5f4c44]),
        Place::City => ground([0x9aa4b8, 0x78839a, 0x6c6f7c, 0x5f9458, 0x6a5648]),
        Place::Desert => ground([0xc98f70, 0xd99f68, 0xe8b878, 0x7f9a5a, 0x8a6048]),
        Place::Space => ground([0x4a4478, 0x8a6f9c, 0xb09ab0, 0x6a8ac0, 0x5a4c7a]),
        Place::Room => ground([0xe8d6be, 0xcfae86, 0xb98a60, 0x6a9a62, 0x8a5f40]),
        Place::Forest => ground([0x5f8f78, 0x4f8a50, 0x6a9f48, 0x4a8a48, 0x5f4636]),
        Place::Lake => ground([0x6f94a4, 0x4f8f9c, 0x78a850, 0x4f8f50, 0x6b4f3c]),
        Place::Farm | Place::Village => ground([0x7fa878, 0x9ab85c, 0x86b04e, 0x579a4c, 0x74543e]),
        Place::Garden | Place::Park | Place::Meadow | Place::Sky | Place::Pagoda => {
            ground([0x6fa585, 0x74b05a, 0x86bd4c, 0x4f9a4c, 0x6f5240])
        }
    };
    match (place, season) {
        (Place::Sea | Place::Underwater | Place::Space | Place::Room | Place::City | Place::Desert, _) => {
            natural
        }
        (_, Season::Autumn) => {
            Ground { far: 0xa0906a, middle: 0xb8984a, near: 0xb9a24c, leaf: 0xd4803a, ..natural }
        }
        (Place::Beach, _) => natural,
        (_, Season::Winter) => {
            Ground { far: 0xa8bcd0, middle: 0xdbe6ee, near: 0xf0f5f8, leaf: 0x7a9a94, ..natural }
        }
        (_, Season::Spring) => Ground { leaf: 0x8ab85a, ..natural },
        (_, Season::Summer) => natural,
    }
}
