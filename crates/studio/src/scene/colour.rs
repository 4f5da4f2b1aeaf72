//! Colours in linear light, and how a palette lights what it falls on.

use std::sync::LazyLock;

use tiny_skia::Color;

use crate::plan::Palette;

/// A colour in linear light; 1.0 is the display's white.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rgb {
    pub(super) r: f32,
    pub(super) g: f32,
    pub(super) b: f32,
}

impl Rgb {
    pub(super) fn hex(srgb: u32) -> Self {
        let [_, r, g, b] = srgb.to_be_bytes();
        Self { r: decode(r), g: decode(g), b: decode(b) }
    }

    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        let blend = |a: f32, b: f32| a + (b - a) * share;
        Self { r: blend(self.r, other.r), g: blend(self.g, other.g), b: blend(self.b, other.b) }
    }

    pub(super) fn times(self, light: Self) -> Self {
        Self { r: self.r * light.r, g: self.g * light.g, b: self.b * light.b }
    }

    pub(super) fn scale(self, gain: f32) -> Self {
        Self { r: self.r * gain, g: self.g * gain, b: self.b * gain }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self { r: self.r + other.r, g: self.g + other.g, b: self.b + other.b }
    }

    /// The display's colour with this opacity.
    pub(super) fn ink(self, alpha: f32) -> Color {
        let [r, g, b] = self.encoded();
        Color::from_rgba(r, g, b, alpha.clamp(0.0, 1.0)).unwrap_or(Color::BLACK)
    }

    /// The sRGB channels, 0.0 to 1.0. Square roots are quicker than a power and the same on every machine; fitted to 1/30,000.
    pub(super) fn encoded(self) -> [f32; 3] {
        [self.r, self.g, self.b].map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let half = channel.sqrt();
            let quarter = half.sqrt();
            if channel <= 0.003_130_8 {
                channel * 12.92
            } else {
                0.653_972_3 * half + 0.688_745_9 * quarter
                    - 0.318_503_1 * quarter.sqrt()
                    - 0.020_186_47 * channel
                    - 0.004_060_18
            }
        })
    }
}

fn decode(channel: u8) -> f32 {
    static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
        let mut levels = [0.0; 256];
        for (level, channel) in levels.iter_mut().zip(0_u8..=255) {
            let channel = f32::from(channel) / 255.0;
            *level =
                if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) };
        }
        levels
    });
    LINEAR[usize::from(channel)]
}

/// The scene's one light, and the air between things and the eye.
#[derive(Clone, Copy, Debug)]
pub(super) struct Light {
    /// Where the light comes from: -1.0 left, 1.0 right.
    pub(super) side: f32,
    pub(super) light: Rgb,
    pub(super) shade: Rgb,
    pub(super) fog: Rgb,
    pub(super) sun: Rgb,
    /// How thick the air is; 1.0 is a clear day.
    pub(super) haze: f32,
}

impl Light {
    pub(super) fn new(palette: &Palette, side: f32, haze: f32) -> Self {
        let sky = &palette.sky;
        Self {
            side,
            light: Rgb::hex(sky.light),
            shade: Rgb::hex(sky.shade),
            fog: Rgb::hex(sky.fog),
            sun: Rgb::hex(sky.sun),
            haze,
        }
    }

    /// A natural colour in full light.
    pub(super) fn lit(&self, natural: u32) -> Rgb {
        Rgb::hex(natural).times(self.light)
    }

    /// A natural colour with this share of shadow on it.
    pub(super) fn shaded(&self, natural: u32, shadow: f32) -> Rgb {
        let natural = Rgb::hex(natural);
        natural.times(self.light).mix(natural.times(self.shade), shadow)
    }

    /// A natural colour turned towards the light.
    pub(super) fn bright(&self, natural: u32, gain: f32) -> Rgb {
        let lit = self.lit(natural);
        lit.mix(self.sun.times(self.light), gain * 0.2).plus(lit.scale(gain * 0.5))
    }

    /// What is left of a colour after the air up to a distance, 0.0 near and 1.0 at the horizon.
    pub(super) fn aerial(&self, colour: Rgb, distance: f32) -> Rgb {
        colour.mix(self.fog, (distance * self.haze).clamp(0.0, 0.94))
    }
}
