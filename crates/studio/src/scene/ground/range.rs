//! A range of mountains: peaks with lit and shadowed faces, gullies, snow on their heads and mist at their feet.

use super::super::colour::{Light, Rgb};
use super::super::ground::{f32_of, whole};
use super::super::noise::{Chance, clouded, step};

struct Peak {
    x: f32,
    top: f32,
    tall: f32,
    half: f32,
    /// How far its spine leans to the right, from the top down in steps.
    spine: [f32; 33],
}

/// Peaks from the nearest (lowest) to the farthest, and the colours of their faces.
pub(in super::super) struct Range {
    peaks: Vec<Peak>,
    foot: f32,
    height: f32,
    side: f32,
    seed: u32,
    snow: f32,
    rock: (Rgb, Rgb),
    ice: (Rgb, Rgb),
    fog: Rgb,
}

impl Range {
    /// Peaks between two edges; `snow` is the share of each peak that it covers.
    pub(in super::super) fn new(
        light: &Light,
        (left, right): (f32, f32),
        (foot, height): (f32, f32),
        (natural, distance, snow): (u32, f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let mut peaks = Vec::new();
        let mut x = left - height * 0.4;
        while x < right + height * 0.4 {
            let tall = height * chance.within(0.5, 1.15);
            let half = tall * chance.within(0.75, 1.1);
            let seed = chance.number();
            let spine = std::array::from_fn(|step| {
                let down = f32_of(step) / 32.0;
                (clouded(down * 5.0 + 8.0, 2.5, 3, seed) - 0.44) * 0.8 * down
            });
            peaks.push(Peak { x, top: foot - tall, tall, half, spine });
            x += tall * chance.within(0.5, 0.95);
        }
        peaks.sort_by(|a, b| b.top.total_cmp(&a.top));
        let air = |colour| light.aerial(colour, distance);
        Self {
            peaks,
            foot,
            height,
            side: light.side,
            seed: chance.number(),
            snow,
            rock: (air(light.shaded(natural, 1.0).scale(0.55)), air(light.bright(natural, 0.45))),
            ice: (air(light.shaded(0xb4c8ea, 0.75)), air(light.bright(0xfcfdff, 0.25))),
            fog: light.fog,
        }
    }

    pub(in super::super) fn top(&self) -> f32 {
        self.foot - self.height * 1.25
    }

    /// Colour and opacity at a place; `blur` is the softness of the edges in world units.
    pub(in super::super) fn look(&self, (x, y): (f32, f32), blur: f32) -> (Rgb, f32) {
        let mist = step(self.foot - self.height * 0.5, self.foot + 0.03, y) * 0.8;
        if y > self.foot {
            return (self.rock.1.mix(self.fog, mist), 1.0);
        }
        let grain = 3.4 / self.height;
        let crag = |x: f32, y: f32| clouded(x * grain + 60.0, y * grain * 0.8 + 60.0, 3, self.seed) - 0.44;
        let mut rough = None;
        let (mut colour, mut cover) = (Rgb { r: 0.0, g: 0.0, b: 0.0 }, 0.0);
        for peak in &self.peaks {
            let (dx, down) = (x - peak.x, (y - peak.top) / peak.tall);
            if down < -0.12 || dx.abs() > peak.half * (down + 0.3) {
                continue;
            }
            let (here, ahead) = *rough.get_or_insert_with(|| {
                let reach = 0.035 * self.height;
                (crag(x, y), crag(x + self.side * reach, y - reach * 0.7))
            });
            let width = peak.half * down.max(0.0).powf(1.12);
            let edge = width - dx.abs() + here * peak.half * 0.55 * (down + 0.02).max(0.0).sqrt();
            let over = step(-blur, blur, edge).min(step(-0.01, 0.01, down)) * (1.0 - cover);
            if over <= 0.0 {
                continue;
            }
            let place = (down * 32.0).clamp(0.0, 31.99);
            let (above, below) = (peak.spine[whole(place)], peak.spine[whole(place) + 1]);
            let bend = above + (below - above) * place.fract();
            let face = (dx / peak.half - bend) * self.side;
            // The great faces first, then the gullies in them.
            let lit = step(-0.05, 0.06, face + (here - ahead) * 0.9 - 0.02);
            let lit = lit * 0.7 + step(-0.14, 0.14, here - ahead) * 0.3;
            let white = step(0.0, 0.07, self.snow - down + here * 0.9 + (lit - 0.5) * 0.1);
            let rock = self.rock.0.mix(self.rock.1, lit);
            let look = rock.mix(self.ice.0.mix(self.ice.1, lit), white);
            colour = colour.plus(look.scale(over));
            cover += over;
            if cover > 0.99 {
                break;
            }
        }
        if cover <= 0.0 { (self.fog, 0.0) } else { (colour.scale(1.0 / cover).mix(self.fog, mist), cover) }
    }
}
