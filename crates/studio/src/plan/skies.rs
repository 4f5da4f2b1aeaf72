//! The curated skies: what the air looks like at each hour, and in places that have a light of their own.

use super::meaning::{Hour, Place, Weather};
use super::palette::Sky;

/// A sky with its name, and where and when it is seen.
#[derive(Debug)]
pub(super) struct Curated {
    pub(super) name: &'static str,
    /// Only in these places, and before any other there; nothing: anywhere else.
    pub(super) places: &'static [Place],
    hours: &'static [Hour],
    air: Air,
    pub(super) sky: Sky,
}

/// What the weather does to the light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Air {
    Fair,
    /// A closed sky by day.
    Grey,
    /// A storm, by day or in the half light.
    Storm,
    /// The same whatever the weather is.
    Any,
}

impl Curated {
    pub(super) fn suits(&self, place: Place, hour: Hour, weather: Weather) -> bool {
        let air = match (hour, weather) {
            (Hour::Night, _) => Air::Fair,
            (_, Weather::Storm) => Air::Storm,
            (Hour::Day, Weather::Rain | Weather::Snow | Weather::Fog) => Air::Grey,
            _ => Air::Fair,
        };
        let here = self.places.is_empty() || self.places.contains(&place);
        here && self.hours.contains(&hour) && (self.air == air || self.air == Air::Any)
    }
}

const LIGHT: &[Hour] = &[Hour::Dawn, Hour::Day, Hour::Sunset, Hour::Dusk];
const ALWAYS: &[Hour] = &[Hour::Dawn, Hour::Day, Hour::Sunset, Hour::Dusk, Hour::Night];
const LOW_SUN: &[Hour] = &[Hour::Dawn, Hour::Sunset, Hour::Dusk];
const DAWN: &[Hour] = &[Hour::Dawn];
const DAY: &[Hour] = &[Hour::Day];
const SUNSET: &[Hour] = &[Hour::Sunset];
const DUSK: &[Hour] = &[Hour::Dusk];
const NIGHT: &[Hour] = &[Hour::Night];

const ANYWHERE: &[Place] = &[];
const HIGH: &[Place] = &[Place::Mountain, Place::Snow];
const SHORE: &[Place] = &[Place::Beach, Place::Sea];
const STILL: &[Place] = &[Place::Forest, Place::Lake, Place::Pagoda];
const WOODS: &[Place] = &[Place::Forest];
const SANDS: &[Place] = &[Place::Desert];
const STREETS: &[Place] = &[Place::City];
const DEEP: &[Place] = &[Place::Underwater];
const STARS: &[Place] = &[Place::Space];
const INDOORS: &[Place] = &[Place::Room];

const fn sky(c: [u32; 9], sun_height: f32) -> Sky {
    let [top, middle, low, sun, cloud, cloud_shade, fog, light, shade] = c;
    Sky { top, middle, low, sun, cloud, cloud_shade, fog, light, shade, sun_height }
}

const fn curated(
    name: &'static str,
    (places, hours, air): (&'static [Place], &'static [Hour], Air),
    colours: [u32; 9],
    sun_height: f32,
) -> Curated {
    Curated { name, places, hours, air, sky: sky(colours, sun_height) }
}

/// Every hour has a sky for fair weather anywhere, so that there is always one to choose.
#[rustfmt::skip]
pub(super) const SKIES: &[Curated] = &[
    //                                                                 top       middle    low       sun       cloud     c. shade  fog       light     shade
    curated("peach dawn", (ANYWHERE, DAWN, Air::Fair),                [0x7f9fcf, 0xf2c4b8, 0xffe6c2, 0xfff3d0, 0xfff0e4, 0xd9a9b4, 0xf3d3c4, 0xffe9d2, 0x8f8fb8], 0.44),
    curated("linen dawn", (ANYWHERE, DAWN, Air::Fair),                [0x86b2d8, 0xf7d3c0, 0xfff0cf, 0xfff6da, 0xfff6ea, 0xcfb0bf, 0xf4dfc9, 0xfff0d8, 0x8c98bc], 0.40),
    curated("alpenglow", (HIGH, DAWN, Air::Fair),                     [0x5f7fc0, 0xc9a2c4, 0xffc9b0, 0xffeccb, 0xffd9cf, 0xb08ab4, 0xdcb6c8, 0xffd8c4, 0x7f7fb8], 0.46),
    curated("honeyed mist", (STILL, DAWN, Air::Fair),                 [0x8fb0bc, 0xe2d6bc, 0xfdeac0, 0xfff4d0, 0xfaf2e0, 0xc0b8b4, 0xe8dcc0, 0xffe8bc, 0x8094a0], 0.43),

    curated("blue noon", (ANYWHERE, DAY, Air::Fair),                  [0x3f8fd6, 0x86c3ee, 0xd9f0f6, 0xfffbe6, 0xffffff, 0xbfd3e6, 0xcfe6f0, 0xfffaf0, 0x8aa3c8], 0.17),
    curated("celadon noon", (ANYWHERE, DAY, Air::Fair),               [0x4aa3d8, 0x97d3ea, 0xe8f4e6, 0xfffbdc, 0xffffff, 0xc5d8e2, 0xd9ecea, 0xfff8e6, 0x8fa9c4], 0.20),
    curated("cornflower and milk", (ANYWHERE, DAY, Air::Fair),        [0x5b8fd8, 0xa3c4f0, 0xf3ecdf, 0xfff4d8, 0xfffdf8, 0xc9cfe4, 0xe3e6ea, 0xfff4e2, 0x96a0cc], 0.22),
    curated("glacier noon", (HIGH, DAY, Air::Fair),                   [0x2f74c0, 0x7fb4e4, 0xdceaf4, 0xfffbec, 0xffffff, 0xb4cbe4, 0xc8dcee, 0xfff8ee, 0x7f9ccc], 0.16),
    curated("green gold", (WOODS, DAY, Air::Fair),                    [0x7fb8c4, 0xb8d8b8, 0xf2efc4, 0xfff6cc, 0xfbfbe8, 0xc0d0bc, 0xd2e2bc, 0xfff4cf, 0x7f9f8c], 0.20),
    curated("lagoon", (SHORE, DAY, Air::Fair),                        [0x2f97d0, 0x78cbe6, 0xdff5ee, 0xfffbe0, 0xffffff, 0xbcd8e6, 0xcdecec, 0xfffaea, 0x84a8c8], 0.18),
    curated("bleached sand", (SANDS, DAY, Air::Fair),                 [0x5a9cc4, 0xa8cfd4, 0xf6e6c4, 0xfff6d4, 0xfffaf0, 0xd8cdc0, 0xf0dcbc, 0xfff2d6, 0xa58f9c], 0.18),

    curated("apricot and plum", (ANYWHERE, SUNSET, Air::Fair),        [0x5c5fa8, 0xf09a7a, 0xffd694, 0xfff0b8, 0xffc9a0, 0xb0688e, 0xf4b48e, 0xffd2a0, 0x7a62a0], 0.46),
    curated("honey hour", (ANYWHERE, SUNSET, Air::Fair),              [0x4f7fb4, 0xf2b27e, 0xffdf9c, 0xfff2c0, 0xffd7ac, 0xb87a86, 0xf2c294, 0xffdcaa, 0x7a70a4], 0.42),
    curated("rose and violet", (ANYWHERE, SUNSET, Air::Fair),         [0x6a4f98, 0xe68888, 0xffc890, 0xffe6ae, 0xffb69a, 0x94528c, 0xe89a94, 0xffc69c, 0x6c549a], 0.49),
    curated("coral tide", (SHORE, SUNSET, Air::Fair),                 [0x4a6fae, 0xee9f96, 0xffd7a4, 0xfff0c4, 0xffc8b4, 0xa8709c, 0xf0b8a4, 0xffd6b0, 0x6f68a4], 0.47),
    curated("terracotta", (SANDS, SUNSET, Air::Fair),                 [0x6b5a94, 0xdc8a68, 0xffcb86, 0xffeab0, 0xf8b48c, 0xa05c70, 0xe8a680, 0xffcd98, 0x7c5a88], 0.47),
    curated("alpine rose", (HIGH, SUNSET, Air::Fair),                 [0x5878b4, 0xd8a4ac, 0xffd4a8, 0xfff0c8, 0xffd2bc, 0xa880a8, 0xe4bcb4, 0xffd8b4, 0x7a74ac], 0.46),
    curated("copper skyline", (STREETS, SUNSET, Air::Fair),           [0x46588e, 0xcf8f86, 0xffc98c, 0xffe8b4, 0xf4b49c, 0x7f5a84, 0xd8a08c, 0xffcfa0, 0x5f5a92], 0.48),

    curated("ember dusk", (ANYWHERE, DUSK, Air::Fair),                [0x232b5c, 0x6a5a9c, 0xe89a98, 0xffd9b8, 0xb48cb4, 0x5a4f86, 0x8f7aa8, 0xb9a6cc, 0x4c4a80], 0.54),
    curated("slate dusk", (ANYWHERE, DUSK, Air::Fair),                [0x1f3a62, 0x54779c, 0xf0b498, 0xffe0c0, 0xa49ab8, 0x4c5a86, 0x7f8fac, 0xb0b4d0, 0x465484], 0.54),
    curated("blue hour", (HIGH, DUSK, Air::Fair),                     [0x1c2f5c, 0x4a6ca4, 0xd8b4b8, 0xffe4cc, 0x94a2c4, 0x445a8c, 0x7890b8, 0xa8b4d8, 0x40548c], 0.54),
    curated("violet hour", (STREETS, DUSK, Air::Fair),                [0x1c2250, 0x5c4a8c, 0xd88aa0, 0xffd4bc, 0x9a7cae, 0x453f78, 0x77669c, 0xb4a2cc, 0x42407a], 0.54),

    curated("moonlit blue", (ANYWHERE, NIGHT, Air::Fair),             [0x0a1230, 0x1c2c5e, 0x3d5488, 0xf4f0dc, 0x4c5f92, 0x24335f, 0x32487a, 0x7f95cc, 0x2a3464], 0.20),
    curated("indigo night", (ANYWHERE, NIGHT, Air::Fair),             [0x0d1433, 0x26285e, 0x51508c, 0xfff0d6, 0x585a96, 0x2a2c60, 0x3f4480, 0x8a92cc, 0x2e3068], 0.22),
    curated("polar night", (HIGH, NIGHT, Air::Fair),                  [0x08142e, 0x153a5c, 0x3f7f88, 0xeef6ec, 0x4a7f96, 0x1f4262, 0x2f5f78, 0x86b4cc, 0x243e66], 0.20),
    curated("neon", (STREETS, NIGHT, Air::Fair),                      [0x10102e, 0x2c1c56, 0x743a80, 0xf0d8f0, 0x5a3c7c, 0x2a1f52, 0x54306f, 0x9a86c8, 0x30285e], 0.20),

    curated("overcast pearl", (ANYWHERE, DAY, Air::Grey),             [0x7d90a6, 0xa9b8c6, 0xd6dcdc, 0xf4f2ea, 0xe4e8ea, 0x96a4b4, 0xc4ced4, 0xe2e6ea, 0x7f8ea4], 0.16),
    curated("rain grey", (ANYWHERE, DAY, Air::Grey),                  [0x6a7f9a, 0x9aaebf, 0xced8d8, 0xf0f0ea, 0xd8dfe4, 0x8496aa, 0xb6c4cc, 0xd8e0e8, 0x74869f], 0.16),
    curated("first snow", (HIGH, DAY, Air::Grey),                     [0x8fa4be, 0xb9c8d8, 0xe6eaee, 0xfaf6ee, 0xf0f3f6, 0xa8b6c8, 0xd4dde6, 0xeef0f4, 0x8c9cb8], 0.16),
    curated("gunmetal storm", (ANYWHERE, LIGHT, Air::Storm),          [0x2c3648, 0x566274, 0x9aa2a0, 0xe0e4e0, 0x7c8896, 0x3c4656, 0x7a868e, 0xb4c0cc, 0x4a5870], 0.16),

    curated("violet nebula", (STARS, ALWAYS, Air::Any),               [0x070a1e, 0x16143c, 0x2c2258, 0xfff0d0, 0x7a4f9c, 0x2f2a66, 0x241f4c, 0xd8d8f0, 0x3a3a70], 0.24),
    curated("teal nebula", (STARS, ALWAYS, Air::Any),                 [0x050d1c, 0x0d2240, 0x1c3f5c, 0xe8f6ff, 0x3f8a9c, 0x1f3f66, 0x14304c, 0xd4e4f0, 0x2e4870], 0.24),
    curated("sunlit deep", (DEEP, DAY, Air::Any),                   [0x7fdce4, 0x1f9ec0, 0x0c5688, 0xe8fff6, 0xbff4f0, 0x2a8fae, 0x1f7ca6, 0xd0f4f0, 0x2a6a98], 0.02),
    curated("cobalt deep", (DEEP, DAY, Air::Any),                   [0x64c8dc, 0x1a84b4, 0x0b3f74, 0xe0fff8, 0xa8e8ee, 0x2478a0, 0x185f92, 0xc4e8ee, 0x265a90], 0.02),
    curated("amber shallows", (DEEP, LOW_SUN, Air::Any),              [0xf2dca8, 0x5fb0b4, 0x14567c, 0xfff4d0, 0xf6e6c4, 0x3a8c9c, 0x2a7894, 0xf0e4c8, 0x2f5f88], 0.02),
    curated("midnight deep", (DEEP, NIGHT, Air::Any),                 [0x2a7f9c, 0x0f4674, 0x061f48, 0xcff4f0, 0x6fc0d0, 0x174f7c, 0x0e3a66, 0x8fc4d8, 0x1a3c70], 0.02),
    curated("late sun on the wall", (INDOORS, SUNSET, Air::Any),      [0x6a74b0, 0xeaa08c, 0xffd49c, 0xfff0c0, 0xffccac, 0xa87898, 0xf0bc98, 0xffe2c0, 0x8c7aa2], 0.46),
    curated("lamp at dusk", (INDOORS, DUSK, Air::Any),                [0x232b5c, 0x6a5a9c, 0xe89a98, 0xffd9b8, 0xb48cb4, 0x5a4f86, 0x8f7aa8, 0xe4bc94, 0x66527c], 0.50),
    curated("lamplight", (INDOORS, NIGHT, Air::Any),                  [0x0f1738, 0x28305f, 0x4f5488, 0xffe6c0, 0x585a92, 0x2c2f62, 0x4a4670, 0xcc9c6c, 0x40345a], 0.22),
];
