//! Places by, on and under water.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, Lawn, Ridge, f32_of, whole};
use super::super::noise::{clouded, step};
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, smooth, veil};
use super::super::stage::{Layer, Ripple};
use super::super::subject::Spot;
use super::super::weather::{Shafts, Stem, Swaying};
use super::Set;
use crate::plan::Kind;
use std::f32::consts::PI;

impl Set<'_> {
    /// Water from its far shore to a height in the frame; it mirrors the sky and glitters under the sun.
    fn water(&mut self, (shore, bottom): (f32, Option<f32>), deep: u32, depth: f32) {
        let mut sheet = self.stage.sheet(depth, shore, bottom);
        let sky = self.palette.sky;
        let far = Rgb::hex(sky.low).mix(self.light.lit(deep), 0.35);
        let near = self.light.lit(deep).mix(Rgb::hex(sky.top).times(self.light.light), 0.3);
        let edge = corners(&[
            (sheet.left, shore),
            (sheet.right, shore),
            (sheet.right, sheet.bottom + 0.02),
            (sheet.left, sheet.bottom + 0.02),
        ]);
        sheet.fill(edge, &across((0.0, shore), (0.0, 1.0), far, near));
        let span = sheet.bottom - shore;
        let wide = sheet.right - sheet.left;
        for index in 0..whole(900.0 * wide) {
            let down = (f32_of(index) / (900.0 * wide)).powf(1.7);
            let y = shore + 0.003 + span * down;
            let x = self.chance.within(sheet.left, sheet.right);
            let size = 0.008 + 0.11 * down;
            let under_sun = (-((x - self.sun.0) / (0.05 + 0.16 * down)).powi(2)).exp();
            let shine = self.chance.unit() < 0.25 + 0.6 * under_sun;
            let (colour, alpha) = if shine {
                (self.light.sun.mix(Rgb::hex(sky.middle), 0.5 * (1.0 - under_sun)), 0.12 + 0.5 * under_sun)
            } else {
                (near.scale(0.72), 0.16)
            };
            let tall = size * 0.07 + 0.0009;
            sheet.inside(|sheet| sheet.fill(oval((x, y), (size * 0.8, tall), 0.0), &veil(colour, alpha)));
        }
        let layer = Layer::new(sheet, depth).rippling(Ripple { shore, sway: 0.006 });
        self.add(layer);
    }

    pub(super) fn sea(&mut self) -> Spot {
        let deep = self.palette.ground.middle;
        let isle = Ridge { height: 0.565, swing: 0.035, pace: 1.3, sharp: 0.25, seed: self.chance.number() };
        self.hills(isle, (self.palette.ground.far, 0.75), (0.1, 0.62));
        self.water((0.578, None), deep, 0.5);
        Spot { ground: 0.80, air: 0.46 }
    }

    pub(super) fn beach(&mut self) -> Spot {
        let colours = self.palette.ground;
        let isle = Ridge { height: 0.575, swing: 0.05, pace: 1.0, sharp: 0.2, seed: self.chance.number() };
        self.hills(isle, (colours.far, 0.7), (0.1, 0.62));
        self.water((0.565, Some(0.8)), colours.middle, 0.45);
        let mut sheet = self.stage.sheet(0.92, 0.1, None);
        let ridge = Ridge { height: 0.725, swing: 0.018, pace: 1.2, sharp: 0.0, seed: self.chance.number() };
        let lawn = Lawn {
            ridge,
            far: 0xd2b684,
            near: colours.near,
            blades: 0.0,
            flowers: &[],
            blooms: 0.0,
            distance: 0.05,
        };
        ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        self.surf(&mut sheet, ridge);
        let light = self.light;
        ground::pebbles(&mut sheet, &light, (0.77, 0xe6d0b0), 60, &mut self.chance);
        let x = self.light.side * -self.stage.aspect() * 0.43;
        self.palm(&mut sheet, (x, 0.80), 0.5);
        self.palm(&mut sheet, (x * 1.2, 0.78), 0.4);
        self.layer(sheet, 0.92);
        self.spot(0.862)
    }

    /// Foam along the water's edge, and wet sand below it.
    fn surf(&mut self, sheet: &mut Sheet, ridge: Ridge) {
        let wet = self.light.shaded(0xb89468, 0.4);
        let foam = self.light.lit(0xffffff);
        for (down, wide, ink) in
            [(0.016, 0.05, veil(wet, 0.4)), (0.002, 0.012, veil(foam, 0.95)), (0.017, 0.004, veil(foam, 0.6))]
        {
            let mut points = Vec::new();
            let mut x = sheet.left - 0.02;
            while x < sheet.right + 0.05 {
                points.push((x, ridge.at(x) + down + self.chance.near(0.004)));
                x += 0.045;
            }
            sheet.stroke(line(&points), wide, &ink);
        }
    }

    pub(super) fn lake(&mut self) -> Spot {
        let colours = self.palette.ground;
        self.peaks((0.62, 0.34), (0x7f8eae, 0.58), 0.08, 0.4);
        let woods = Ridge { height: 0.565, swing: 0.03, pace: 2.0, sharp: 0.0, seed: self.chance.number() };
        self.hills(woods, (colours.leaf, 0.42), (0.16, 0.66));
        let light = self.light;
        let mut sheet = self.stage.sheet(0.2, 0.4, Some(0.66));
        let mut x = sheet.left;
        while x < sheet.right {
            let leaf = self.leaf();
            let tall = self.chance.within(0.06, 0.14);
            flora::fir(&mut sheet, &light, ((x, 0.612), tall), (leaf, 0.36, false), &mut self.chance);
            x += self.chance.within(0.02, 0.07);
        }
        self.layer(sheet, 0.2);
        let afloat = self.main_is(&[Kind::Boat]);
        self.water((0.607, (!afloat).then_some(0.92)), colours.middle, 0.4);
        if afloat {
            return Spot { ground: 0.80, air: 0.46 };
        }
        let ridge = Ridge { height: 0.79, swing: 0.035, pace: 1.2, sharp: 0.0, seed: self.chance.number() };
        self.lawn(ridge, 2200.0, 80.0);
        self.spot(0.88)
    }

    pub(super) fn underwater(&mut self) -> Spot {
        let colours = self.palette.ground;
        let haze = self.light.haze;
        self.light.haze = 1.0;
        for (height, swing, distance, depth) in [(0.66, 0.22, 0.82, 0.12), (0.76, 0.16, 0.62, 0.3)] {
            let ridge = Ridge { height, swing, pace: 2.1, sharp: 0.45, seed: self.chance.number() };
            self.hills(ridge, (colours.middle, distance), (depth, 0.98));
        }
        let sun = (self.sun.0 * 0.6, -0.08);
        let shafts = Shafts::new(&self.stage, &self.light, sun, (0.35, 0.8), &mut self.chance);
        self.add(shafts);
        let mut sheet = self.stage.sheet(0.9, 0.7, None);
        let ridge = Ridge { height: 0.845, swing: 0.035, pace: 1.7, sharp: 0.0, seed: self.chance.number() };
        let lawn = Lawn {
            ridge,
            far: 0xb8c2a0,
            near: colours.near,
            blades: 0.0,
            flowers: &[],
            blooms: 0.0,
            distance: 0.4,
        };
        ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        self.caustics(&mut sheet);
        self.corals(&mut sheet, ridge);
        self.layer(sheet, 0.9);
        self.weeds();
        self.light.haze = haze;
        Spot { ground: 0.93, air: 0.48 }
    }

    /// The bright net that waves throw on the sand.
    fn caustics(&mut self, sheet: &mut Sheet) {
        let glow = self.light.sun;
        for _ in 0..90 {
            let (x, y) = (self.chance.within(sheet.left, sheet.right), self.chance.within(0.86, 1.05));
            let size = 0.015 + 0.09 * (y - 0.84);
            let bend = [(x - size, y), (x, y - size * 0.2), (x + size, y + size * 0.06)];
            sheet.inside(|sheet| sheet.stroke(line(&bend), size * 0.07, &veil(glow, 0.22)));
        }
    }

    fn corals(&mut self, sheet: &mut Sheet, ridge: Ridge) {
        let light = self.light;
        let mut x = sheet.left;
        while x < sheet.right {
            let tint = self.chance.of(&[0xe8746a, 0xf2a05a, 0xc96ab0, 0xf2c46a, 0xe88aa8]);
            let y = ridge.at(x) + 0.02 + self.chance.unit() * 0.05;
            let tall = self.chance.within(0.05, 0.13);
            let ink = across(
                (x, y - tall),
                (x, y),
                light.aerial(light.bright(tint, 0.3), 0.18),
                light.aerial(light.shaded(tint, 0.8), 0.18),
            );
            for branch in 0..6_u8 {
                let angle = (f32::from(branch) - 2.5) * 0.36 + self.chance.near(0.15);
                let reach = tall * self.chance.within(0.7, 1.1);
                let tip = (x + angle.sin() * reach, y - angle.cos() * reach);
                sheet.stroke(
                    line(&[(x, y), (x + angle.sin() * reach * 0.3, y - reach * 0.45), tip]),
                    tall * 0.16,
                    &ink,
                );
            }
            x += self.chance.within(0.08, 0.34);
        }
    }

    fn weeds(&mut self) {
        let light = self.light;
        let mut stems = Vec::new();
        for _ in 0..whole(9.0 * self.stage.aspect()) {
            let x = self.chance.within(-0.75, 0.75) * self.stage.aspect();
            let tall = self.chance.within(0.12, 0.3) * (0.5 + (x / self.stage.aspect()).abs());
            let mut sheet = Sheet::new((-tall * 0.4, -tall, tall * 0.4, 0.01), self.stage.resolution());
            let tint = self.chance.of(&[0x3f9a6c, 0x2f8a7c, 0x7aa84a]);
            let ink = fading(
                (0.0, -tall),
                (0.0, 0.0),
                (light.bright(tint, 0.4), 0.95),
                (light.shaded(tint, 0.8), 1.0),
            );
            for blade in [-0.14_f32, 0.0, 0.14] {
                let at = |v: f32, swing: f32| (blade * tall + swing * tall * 0.06, -v * tall);
                sheet.fill(
                    smooth(&[
                        at(0.0, -0.3),
                        at(0.3, 0.8),
                        at(0.6, -0.6),
                        at(0.98 - blade.abs(), 0.4),
                        at(0.6, 0.9),
                        at(0.3, 1.9),
                        at(0.0, 0.5),
                    ]),
                    &ink,
                );
            }
            let stem = Stem {
                foot: (x, self.chance.within(0.88, 0.97)),
                depth: 0.95,
                speed: 1.1,
                reach: 0.16,
                phase: x * 3.0,
            };
            stems.push((Sprite::new(sheet), stem));
        }
        stems.sort_by(|a, b| a.1.foot.1.total_cmp(&b.1.foot.1));
        self.add(Swaying { stems });
    }

    /// Above the clouds: banks of white, one before the other.
    pub(super) fn heaven(&mut self) -> Spot {
        let sky = self.palette.sky;
        let (bright, dark) = (Rgb::hex(sky.cloud), Rgb::hex(sky.cloud_shade));
        let fog = self.light.fog;
        for (height, depth, distance, size) in
            [(0.66, 0.14, 0.6, 3.2), (0.76, 0.35, 0.3, 2.2), (0.88, 0.8, 0.0, 1.5)]
        {
            let seed = self.chance.number();
            let mut sheet = self.stage.sheet(depth, height - 0.16, None);
            let side = self.light.side;
            let mass = |x: f32, y: f32| {
                let heap = clouded(x * size + 50.0, 3.0, 3, seed) * 0.34
                    + (clouded(x * size * 4.0 + 50.0, y * size * 4.0 + 50.0, 4, seed) - 0.47) * 0.18;
                y - height + heap - 0.14
            };
            sheet.shade(|x, y| {
                let here = mass(x, y);
                let alpha = step(0.0, 0.018, here);
                if alpha <= 0.0 {
                    return (bright, 0.0);
                }
                let lit =
                    step(-0.04, 0.05, here - mass(x + side * 0.03, y - 0.03) - 0.005) * step(0.34, 0.0, here);
                (dark.mix(bright, 0.25 + 0.75 * lit).mix(fog, distance * 0.6), alpha)
            });
            self.layer(sheet, depth);
        }
        if self.main_flies() { Spot { ground: 0.8, air: 0.47 } } else { Spot { ground: 0.84, air: 0.47 } }
    }

    /// Stars near and far, a planet, and the ground of its moon.
    pub(super) fn space(&mut self) -> Spot {
        let colours = self.palette.ground;
        let planet = (-self.light.side * self.stage.aspect() * 0.27, 0.32);
        let mut sheet = Sheet::new(
            (planet.0 - 0.36, planet.1 - 0.26, planet.0 + 0.36, planet.1 + 0.26),
            self.stage.resolution(),
        );
        self.globe(&mut sheet, planet, 0.19 * self.stage.figure_scale());
        let sprite = Sprite::new(shifted(sheet, planet));
        let stem = Stem { foot: planet, depth: 0.1, speed: 0.0, reach: 0.0, phase: 0.0 };
        self.add(Swaying { stems: vec![(sprite, stem)] });
        let landed = !self.main_flies();
        let height = if landed { 0.74 } else { 0.93 };
        let far =
            Ridge { height: height - 0.03, swing: 0.09, pace: 1.8, sharp: 0.5, seed: self.chance.number() };
        self.hills(far, (colours.middle, 0.35), (0.3, 0.98));
        let mut sheet = self.stage.sheet(0.92, height - 0.06, None);
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
        self.layer(sheet, 0.92);
        Spot { ground: 0.862, air: 0.5 }
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
