//! Other worlds: stars, a planet, and the ground of its moon.

use std::f32::consts::PI;

use super::super::colour::Rgb;
use super::super::ground::{self, Lawn, Ridge};
use super::super::noise::{clouded, step};
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, across, fading, flat, line, oval, veil};
use super::super::subject::Spot;
use super::super::weather::{Stem, Swaying};
use super::Set;

impl Set<'_> {
    /// Stars near and far, a planet, and the ground of its moon.
    pub(super) fn space(&mut self) -> Spot {
        let colours = self.palette.ground;
        // On the way that the figure goes, not behind its head.
        let planet = (self.stage.aspect() * 0.24, 0.28);
        let mut sheet = Sheet::new(
            (planet.0 - 0.36, planet.1 - 0.26, planet.0 + 0.36, planet.1 + 0.26),
            self.stage.resolution(),
        );
        let landed = !self.main_flies();
        let size = 0.19 * self.stage.figure_scale();
        if landed {
            self.earth(&mut sheet, planet, size);
        } else {
            self.globe(&mut sheet, planet, size);
        }
        let sprite = Sprite::new(shifted(sheet, planet));
        let stem = Stem { foot: planet, depth: 0.1, speed: 0.0, reach: 0.0, phase: 0.0 };
        self.add(Swaying { stems: vec![(sprite, stem)] });
        let height = if landed { 0.74 } else { 0.93 };
        // Hills without air or water are round, and as pitted as the plain before them.
        for (rise, swing, pace, tint, depth) in
            [(0.075, 0.17, 1.7, 0x57506f, 0.16), (0.025, 0.075, 2.1, 0x746b8a, 0.34)]
        {
            let seed = self.chance.number();
            let ridge = Ridge { height: height - rise, swing, pace, sharp: 0.0, seed };
            let look = (tint, if depth < 0.2 { 0.16 } else { 0.06 });
            let mut sheet = ground::hills(&self.stage, &self.light, ridge, look, (depth, height + 0.14));
            self.pits(&mut sheet, ridge, tint);
            self.lit_layer(sheet, depth);
        }
        let mut sheet = ground::field(&self.stage, 0.92, height - 0.06, None);
        let ridge = Ridge { height, swing: 0.03, pace: 1.2, sharp: 0.1, seed: self.chance.number() };
        let lawn = Lawn {
            ridge,
            far: colours.middle,
            near: colours.near,
            blades: 0.0,
            flowers: &[],
            blooms: 0.0,
            distance: 0.05,
        };
        ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        self.craters(&mut sheet, height);
        let light = self.light;
        ground::pebbles(&mut sheet, &light, (height + 0.02, colours.near), 110, &mut self.chance);
        self.sunlit(&mut sheet, height, colours.near);
        self.layer(sheet, 0.92);
        Spot { ground: 0.862, air: 0.5 }
    }

    /// Craters on the slope of a far hill.
    fn pits(&mut self, sheet: &mut Sheet, ridge: Ridge, natural: u32) {
        let (light, side) = (self.light, self.light.side);
        for _ in 0..22 {
            let x = self.chance.within(sheet.left, sheet.right);
            let y = ridge.at(x) + self.chance.within(0.012, 0.1);
            let size = self.chance.within(0.006, 0.024);
            sheet.inside(|sheet| {
                let rim = veil(light.bright(natural, 0.7), 0.35);
                sheet.fill(
                    oval((x - side * size * 0.16, y + size * 0.08), (size * 1.1, size * 0.46), 0.0),
                    &rim,
                );
                sheet.fill(oval((x, y), (size, size * 0.38), 0.0), &veil(light.shaded(natural, 1.0), 0.42));
            });
        }
    }

    fn craters(&mut self, sheet: &mut Sheet, top: f32) {
        let natural = self.palette.ground.near;
        for _ in 0..24 {
            let (x, y) =
                (self.chance.within(sheet.left, sheet.right), top + 0.05 + 0.25 * self.chance.unit());
            let size = (0.01 + 0.2 * (y - top)) * self.chance.within(0.4, 1.0);
            let dark = across(
                (x, y - size * 0.3),
                (x, y + size * 0.3),
                self.light.shaded(natural, 1.0),
                self.light.shaded(natural, 0.3),
            );
            sheet.inside(|sheet| {
                sheet.fill(
                    oval((x, y + size * 0.03), (size * 1.08, size * 0.34), 0.0),
                    &veil(self.light.bright(natural, 0.6), 0.6),
                );
                sheet.fill(oval((x, y), (size, size * 0.29), 0.0), &dark);
            });
        }
    }

    /// The Earth as the moon's sky has it: seas, land, clouds, a rim of air, and night on one side.
    fn earth(&mut self, sheet: &mut Sheet, (x, y): (f32, f32), size: f32) {
        let (seed, side) = (self.chance.number(), self.light.side);
        let hex = Rgb::hex;
        let (sea, shallow, air) = (hex(0x123f8c), hex(0x2f7fc4), hex(0x8fc8ff));
        let (green, brown) = (hex(0x4f8a4a), hex(0xb09a68));
        sheet.shade(|px, py| {
            let (u, v) = ((px - x) / size, (py - y) / size);
            let far = (u * u + v * v).sqrt();
            if far > 1.0 {
                // The air's glow, on the side of the day.
                let day = step(-0.5, 0.8, u * side - v * 0.4);
                return (air, step(1.14, 1.0, far).powi(2) * 0.55 * day);
            }
            let depth = (1.0 - far * far).max(0.0).sqrt();
            // Across the ball: what is near its edge is foreshortened.
            let (long, lat) = ((u / (0.35 + 0.65 * depth)) * 1.15, (v / (0.45 + 0.55 * depth)) * 1.15);
            let land = clouded(long * 1.7 + 20.0, lat * 1.7 + 20.0, 5, seed);
            let dry = clouded(long * 3.0 + 70.0, lat * 3.0 + 20.0, 3, seed ^ 9);
            let ground = green.mix(brown, step(0.35, 0.6, dry));
            let ice = step(0.86, 0.94, v.abs() + (land - 0.45) * 0.3);
            let surface = sea.mix(shallow, step(0.40, 0.53, land)).mix(ground, step(0.52, 0.545, land));
            let surface = surface.mix(hex(0xf4f8fc), ice);
            let swirl = clouded(long * 2.2 + lat * 1.2 + 40.0, lat * 4.6 - long * 0.7 + 40.0, 5, seed ^ 21);
            let surface = surface.mix(hex(0xffffff), step(0.5, 0.68, swirl) * 0.92);
            let surface = surface.mix(air, step(0.75, 1.0, far) * 0.5);
            let day = step(-0.35, 0.45, u * side * 0.85 - v * 0.4 + depth * 0.25);
            (surface.scale(0.05 + 0.95 * day), step(1.0, 0.985, far))
        });
    }

    fn globe(&mut self, sheet: &mut Sheet, (x, y): (f32, f32), size: f32) {
        let tint = self.chance.of(&[0xd98a5a, 0x5a9ac8, 0xb87ac0, 0xe0b06a]);
        let (bright, dark) = (Rgb::hex(tint), Rgb::hex(tint).scale(0.06));
        let side = self.light.side;
        // The far half of the ring lies behind the globe, the near half before it.
        let pale = bright.mix(Rgb::hex(0xffffff), 0.5);
        let ring = |sheet: &mut Sheet, start: f32| {
            for (reach, wide, alpha) in [(1.72, 0.12, 0.7), (1.48, 0.07, 0.45)] {
                let points: Vec<(f32, f32)> = (0..=24_u8)
                    .map(|index| {
                        let (sin, cos) = (start + f32::from(index) / 24.0 * PI).sin_cos();
                        let (u, v) = (cos * reach * size, sin * reach * 0.2 * size);
                        (x + u * 0.966 + v * 0.259, y - u * 0.259 + v * 0.966)
                    })
                    .collect();
                sheet.stroke(line(&points), size * wide, &veil(pale, alpha));
            }
        };
        ring(sheet, PI);
        sheet.fill(oval((x, y), (size, size), 0.0), &flat(bright));
        let seed = self.chance.number();
        sheet.inside(|sheet| {
            for band in 0..9_u8 {
                let v = y - size + size * 2.0 * f32::from(band) / 8.0;
                let shade = clouded(f32::from(band) * 1.7, 2.0, 2, seed);
                sheet.fill(
                    oval((x, v), (size * 1.1, size * 0.1), -0.16),
                    &veil(bright.scale(0.5 + shade), 0.5),
                );
            }
            let ink = fading(
                (x + side * size * 0.3, y - size * 0.3),
                (x - side * size * 0.8, y + size * 0.7),
                (dark, 0.0),
                (dark, 0.94),
            );
            sheet.fill(oval((x, y), (size * 1.01, size * 1.01), 0.0), &ink);
        });
        ring(sheet, 0.0);
    }
}

/// The same drawing with its origin moved to a point.
fn shifted(mut sheet: Sheet, (x, y): (f32, f32)) -> Sheet {
    sheet.left -= x;
    sheet.top -= y;
    sheet
}
