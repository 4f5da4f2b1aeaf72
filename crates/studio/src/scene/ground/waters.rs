//! Water seen from above: waves in perspective, the mirrored world in them, and the sun's road.

use super::super::colour::{Light, Rgb};
use super::super::noise::{clouded, noise, step};

/// The look of a stretch of water.
pub(in super::super) struct Water {
    pub(in super::super) shore: f32,
    /// Its own colour, lit.
    pub(in super::super) deep: Rgb,
    pub(in super::super) sun: (f32, f32),
    /// How brightly the sun or moon glitters.
    pub(in super::super) glitter: f32,
    /// Wave height: a lake is near 0.3, the sea 1.0.
    pub(in super::super) swell: f32,
    pub(in super::super) seed: u32,
}

impl Water {
    /// The water's colour at a place; `behind` is what stands above the shore, to be mirrored.
    pub(in super::super) fn look(
        &self,
        light: &Light,
        (x, y): (f32, f32),
        behind: impl Fn(f32, f32) -> Rgb,
    ) -> Rgb {
        let near = (y - self.shore).max(0.0);
        // The plane of the water in perspective: rows crowd together towards the shore.
        let far = 0.13 / (near + 0.04);
        let (u, v) = ((x - self.sun.0 * 0.2) * far, far * 11.0);
        let wave = |u: f32, v: f32| clouded(u * 7.0 + 90.0, v * 2.4 + 90.0, 3, self.seed);
        let here = wave(u, v);
        let slope = here - wave(u + 0.02, v + 0.22);
        let tilt = slope * self.swell * (0.04 + 0.30 * near);
        let mirrored =
            behind(x + tilt * 0.35, (self.shore - near * 0.92 - 0.004 + tilt).min(self.shore - 0.002));
        let facing = (0.80 - near * 1.1 + slope * 1.1 * self.swell).clamp(0.16, 0.9);
        let deep = self.deep.scale(0.8 + 0.9 * (here - 0.44) * self.swell);
        let water = deep.mix(mirrored, facing);
        let road = (-((x - self.sun.0) / (0.035 + 0.2 * near)).powi(2)).exp();
        let spark = step(0.50, 0.62, here + slope * 0.6 + road * 0.13) * road;
        let twinkle = step(0.72, 0.80, noise(u * 23.0 + 9.0, v * 5.0, self.seed)) * 0.25 * (0.15 + road);
        let shine = (spark * 0.8 + twinkle + road * 0.14) * self.glitter;
        let foam = light.lit(0xffffff);
        let crest = step(0.70, 0.82, here) * step(0.5, 1.0, self.swell) * step(0.02, 0.3, near) * 0.3;
        water.mix(foam, crest).mix(light.sun, shine.min(0.94))
    }
}
