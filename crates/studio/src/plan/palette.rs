//! Curated palettes: the colours of sky, light and air for each hour, and of the ground for each place.

use super::meaning::{Hour, Place, Season, Weather};
use super::skies::{Curated, SKIES};

/// The colours a scene is mixed from, sRGB `0xRRGGBB`. `light` and `shade` tint what they fall on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Palette {
    /// What a person calls it.
    pub(crate) name: &'static str,
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

const fn ground(c: [u32; 5]) -> Ground {
    Ground { far: c[0], middle: c[1], near: c[2], leaf: c[3], trunk: c[4] }
}

impl Palette {
    /// The palette of a place at an hour; `choice` picks among those that suit.
    pub(super) fn choose(place: Place, hour: Hour, weather: Weather, season: Season, choice: u64) -> Self {
        let suits = |curated: &&Curated| curated.suits(place, hour, weather);
        let own = SKIES.iter().filter(suits).filter(|curated| curated.places.contains(&place));
        let usual = SKIES.iter().filter(suits).filter(|curated| curated.places.is_empty());
        let mut fitting: Vec<&Curated> = own.collect();
        if fitting.is_empty() {
            fitting = usual.collect();
        }
        let chosen = fitting[usize::try_from(choice % fitting.len() as u64).unwrap_or(0)];
        let flowers = match season {
            Season::Autumn => [0xe8a03c, 0xd9653c, 0xf2cc6a, 0xc24a3c],
            Season::Winter => [0xd8e4f0, 0xc24a4a, 0xf2f4f8, 0xa8c0dc],
            Season::Spring => [0xf6b8cc, 0xfff4f0, 0xf2d45e, 0xc9a0e0],
            Season::Summer => [0xf2766a, 0xfff6ec, 0xf7c948, 0xb48ae0],
        };
        Self { name: chosen.name, sky: chosen.sky, ground: ground_of(place, season), flowers }
    }
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
        Place::Pond => ground([0x3f6a5c, 0x24584c, 0x3a7a62, 0x5a9a4e, 0x6b4f3c]),
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
