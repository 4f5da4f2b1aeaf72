//! Places by, on and under water.

use super::super::super::colour::Rgb;
use super::super::super::flora;
use super::super::super::ground::{self, Lawn, Relief, Ridge, Water, whole};
use super::super::super::noise::{clouded, step};
use super::super::super::puppet::Sprite;
use super::super::super::sheet::{Sheet, across, fading, flat, line, oval, smooth, veil};
use super::super::super::stage::{Layer, Ripple};
use super::super::super::subject::Spot;
use super::super::super::weather::{Shafts, Sparks, Stem, Swaying};
use super::super::Set;
use crate::plan::Kind;

use std::f32::consts::PI;

impl Set<'_> {
    /// Water from its far shore to a height in the frame; it mirrors the sky and what `behind` shows before it.
    fn water(
        &mut self,
        (shore, bottom): (f32, Option<f32>),
        (deep, depth, swell): (u32, f32, f32),
        behind: impl Fn(f32, f32) -> Option<Rgb>,
    ) {
        let light = self.light;
        let glitter = self.sunshine() * if self.night() { 0.9 } else { 1.0 };
        let water = Water {
            shore,
            deep: light.lit(deep).scale(0.62),
            sun: self.sun,
            glitter,
            swell,
            seed: self.chance.number(),
        };
        let sky = super::super::super::air::gradient(self.palette);
        let relief = Relief::new(&self.stage, (depth, 0.6), (shore, bottom), |x, y| {
            let mirrored = |x: f32, y: f32| behind(x, y).unwrap_or_else(|| sky(y));
            (water.look(&light, (x, y), mirrored), 1.0)
        });
        self.add(relief.rippling(Ripple { shore, sway: 0.004 }));
        if glitter > 0.1 {
            let band = (shore + 0.004, bottom.unwrap_or(1.0));
            let glints = Sparks::glints(&self.stage, &light, (self.sun.0, depth), band, &mut self.chance);
            self.add(glints);
        }
    }

    pub(in crate::scene::places) fn sea(&mut self) -> Spot {
        let deep = self.palette.ground.middle;
        let isle = Ridge { height: 0.572, swing: 0.05, pace: 1.5, sharp: 0.3, seed: self.chance.number() };
        self.hills(isle, (self.palette.ground.far, 0.7), (0.1, 0.62), true);
        let mirror = self.ridge_mirror(isle, (self.palette.ground.far, 0.7));
        self.water((0.578, None), (deep, 0.5, 1.0), mirror);
        if self.plan.weather == crate::plan::Weather::Storm {
            self.storm_waves();
        }
        Spot { ground: 0.80, air: 0.46 }
    }

    /// A hill as water shows it.
    fn ridge_mirror(
        &self,
        ridge: Ridge,
        (natural, distance): (u32, f32),
    ) -> impl Fn(f32, f32) -> Option<Rgb> + use<> {
        let colour = self.light.aerial(self.light.shaded(natural, 0.45), distance);
        move |x, y| (y > ridge.at(x)).then_some(colour)
    }

    pub(in crate::scene::places) fn beach(&mut self) -> Spot {
        let colours = self.palette.ground;
        let isle = Ridge { height: 0.575, swing: 0.05, pace: 1.0, sharp: 0.2, seed: self.chance.number() };
        self.hills(isle, (colours.far, 0.7), (0.1, 0.62), true);
        let mirror = self.ridge_mirror(isle, (colours.far, 0.7));
        self.water((0.565, Some(0.8)), (colours.middle, 0.45, 0.9), mirror);
        let mut sheet = ground::field(&self.stage, 0.92, 0.1, None);
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
        // Who walks along the beach leaves them behind.
        let walks = self.plan.subjects.first().is_some_and(|main| main.action.travels());
        let x = self.stage.aspect() * if walks { -0.84 } else { self.light.side * -0.43 };
        let palms = [(x * 1.14, 0.775, 0.42), (x, 0.79, 0.52)];
        self.casts.extend(palms.map(|(x, y, tall)| ((x, y), tall * 0.7)));
        ground::wind_lines(&mut sheet, &self.light, (0.77, colours.near), &mut self.chance);
        self.sunlit(&mut sheet, ridge.height, colours.near);
        self.wet_sand(&mut sheet, ridge);
        let light = self.light;
        ground::pebbles(&mut sheet, &light, (0.77, 0xe6d0b0), 60, &mut self.chance);
        self.layer(sheet, 0.92);
        self.surf(ridge);
        let mut sheet = ground::field(&self.stage, 0.92, 0.1, Some(0.83));
        for (x, y, tall) in palms {
            self.palm(&mut sheet, (x, y), tall);
            let wide = tall * 0.13;
            flora::bush(&mut sheet, &light, ((x, y + 0.012), wide), (0x6fa04a, 0.0, &[]), &mut self.chance);
        }
        self.layer(sheet, 0.92);
        self.spot(0.862)
    }

    /// Sand that the last wave left: dark, and a mirror of the sky.
    fn wet_sand(&mut self, sheet: &mut Sheet, ridge: Ridge) {
        let sky = Rgb::hex(self.palette.sky.low);
        let wet = self.light.shaded(0xa8865e, 0.5);
        for (down, wide, ink) in
            [(0.016, 0.085, veil(wet, 0.35)), (0.010, 0.055, veil(sky, 0.28)), (0.004, 0.03, veil(sky, 0.3))]
        {
            let points = shoreline(sheet, ridge, down);
            sheet.inside(|sheet| sheet.stroke(line(&points), wide, &ink));
        }
    }

    /// Foam along the water's edge; it moves with the waves.
    fn surf(&mut self, ridge: Ridge) {
        let mut sheet = ground::field(&self.stage, 0.92, ridge.height - 0.05, Some(ridge.height + 0.09));
        let foam = self.light.lit(0xffffff).mix(Rgb::hex(self.palette.sky.low), 0.15);
        for (down, wide, alpha) in [
            (-0.014, 0.005, 0.5),
            (-0.005, 0.010, 0.5),
            (0.004, 0.014, 0.92),
            (0.018, 0.005, 0.55),
            (0.026, 0.0025, 0.4),
        ] {
            let points = shoreline(&sheet, ridge, down);
            sheet.stroke(line(&points), wide, &veil(foam, alpha));
        }
        for _ in 0..whole((sheet.right - sheet.left) * 60.0) {
            let x = self.chance.within(sheet.left, sheet.right);
            let y = ridge.at(x) + self.chance.within(-0.012, 0.024);
            let size = self.chance.within(0.002, 0.005);
            sheet.fill(oval((x, y), (size * 1.8, size * 0.7), 0.0), &veil(foam, 0.6));
        }
        let ripple = Ripple { shore: ridge.height - 0.05, sway: 0.035 };
        self.add(Layer::new(sheet, 0.92).rippling(ripple));
    }

    pub(in crate::scene::places) fn lake(&mut self) -> Spot {
        let colours = self.palette.ground;
        let range = self.range((0.60, 0.36), (0x76859f, 0.5, 0.42));
        self.peaks(&range, 0.08);
        let woods = Ridge { height: 0.57, swing: 0.035, pace: 2.0, sharp: 0.0, seed: self.chance.number() };
        self.hills(woods, (colours.leaf, 0.42), (0.16, 0.66), true);
        let light = self.light;
        let mut sheet = ground::field(&self.stage, 0.2, 0.4, Some(0.66));
        let mut firs = Vec::new();
        let mut x = sheet.left;
        while x < sheet.right {
            let leaf = self.leaf();
            let tall = self.chance.within(0.05, 0.15);
            flora::fir(&mut sheet, &light, ((x, 0.612), tall), (leaf, 0.3, false), &mut self.chance);
            firs.push((x, tall));
            x += self.chance.within(0.015, 0.06);
        }
        self.lit_layer(sheet, 0.2);
        let afloat = self.main_floats() || self.has_viaduct();
        let dark = light.aerial(light.shaded(colours.leaf, 0.85), 0.3);
        let wood = self.ridge_mirror(woods, (colours.leaf, 0.42));
        self.water((0.607, (!afloat).then_some(0.92)), (colours.middle, 0.4, 0.32), |x, y| {
            let near = firs.partition_point(|(at, _)| *at < x - 0.035);
            let shadowed = firs[near..].iter().take_while(|(at, _)| *at < x + 0.035);
            let up = 0.607 - y;
            let mut shadowed = shadowed.filter(|(at, tall)| (x - at).abs() < (tall - up) * 0.22);
            let fir = shadowed.next().map(|_| dark);
            let peak = || Some(range.look((x, y), 0.004)).filter(|look| look.1 > 0.5).map(|look| look.0);
            fir.or_else(|| wood(x, y)).or_else(peak)
        });
        if self.has_viaduct() {
            return self.on_the_way(0.70);
        }
        if afloat {
            return Spot { ground: 0.80, air: 0.46 };
        }
        let ridge = Ridge { height: 0.79, swing: 0.035, pace: 1.2, sharp: 0.0, seed: self.chance.number() };
        self.lawn(ridge, 2200.0, 80.0);
        self.spot(0.88)
    }

    pub(in crate::scene::places) fn underwater(&mut self) -> Spot {
        let colours = self.palette.ground;
        let haze = self.light.haze;
        self.light.haze = 1.0;
        if self.main_is(&[Kind::Whale]) {
            self.deep();
            self.light.haze = haze;
            return Spot { ground: 0.93, air: 0.48 };
        }
        for (height, swing, distance, depth) in [(0.66, 0.22, 0.82, 0.12), (0.76, 0.16, 0.62, 0.3)] {
            let ridge = Ridge { height, swing, pace: 2.1, sharp: 0.45, seed: self.chance.number() };
            self.hills(ridge, (colours.middle, distance), (depth, 0.98), false);
        }
        let sun = (self.sun.0 * 0.6, -0.08);
        self.kelp();
        let shafts = Shafts::new(&self.stage, &self.light, sun, (0.5, 0.9), &mut self.chance);
        self.add(shafts);
        let mut sheet = ground::field(&self.stage, 0.9, 0.7, None);
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
        ground::wind_lines(&mut sheet, &self.light, (0.85, colours.near), &mut self.chance);
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

    /// Forests of kelp in the blue distance, and rocks between them.
    fn kelp(&mut self) {
        for (depth, distance, foot) in [(0.2, 0.8, 0.80), (0.42, 0.58, 0.87)] {
            let mut sheet = ground::field(&self.stage, depth, 0.1, Some(0.95));
            let light = self.light;
            for _ in 0..whole((sheet.right - sheet.left) * 7.0) {
                let (x, tall) = (self.chance.within(sheet.left, sheet.right), self.chance.within(0.14, 0.5));
                let tint = light.aerial(light.shaded(0x3f7f5a, 0.6), distance);
                let lean = self.chance.near(0.06);
                let points = [(x, foot), (x + lean, foot - tall * 0.5), (x - lean * 0.5, foot - tall)];
                sheet.stroke(line(&points), 0.004, &flat(tint));
                for leaf in 1..whole(tall * 60.0) {
                    let up = ground::f32_of(leaf) / (tall * 60.0);
                    let side = if leaf.is_multiple_of(2) { 1.0 } else { -1.0 };
                    let bend = lean * (up * PI).sin() - lean * 0.5 * up * up;
                    let at = (x + bend + side * 0.012, foot - tall * up - 0.004);
                    sheet.fill(oval(at, (0.014, 0.0045), -side * 0.6), &flat(tint));
                }
            }
            for _ in 0..6 {
                let (x, wide) = (self.chance.within(sheet.left, sheet.right), self.chance.within(0.06, 0.16));
                let tint = self.chance.of(&[0x4a6a7c, 0x7a5a7c, 0x5a7a6c]);
                flora::foliage(
                    &mut sheet,
                    &light,
                    ((x, foot + 0.02), (wide, wide * 0.6)),
                    (tint, distance),
                    &mut self.chance,
                );
            }
            self.layer(sheet, depth);
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
            if self.chance.unit() < 0.5 {
                let (at, wide) =
                    ((x + self.chance.within(0.05, 0.12), y + 0.005), self.chance.within(0.035, 0.075));
                let tint = self.chance.of(&[0xd8685f, 0xe0a050, 0x9a5aa8, 0xd87a9a]);
                flora::foliage(sheet, &light, (at, (wide, wide * 0.62)), (tint, 0.14), &mut self.chance);
            }
            x += self.chance.within(0.08, 0.3);
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
    pub(in crate::scene::places) fn heaven(&mut self) -> Spot {
        let sky = self.palette.sky;
        let (bright, dark) = (Rgb::hex(sky.cloud), Rgb::hex(sky.cloud_shade));
        let fog = self.light.fog;
        for (height, depth, distance, size) in
            [(0.66, 0.14, 0.6, 3.2), (0.76, 0.35, 0.3, 2.2), (0.88, 0.8, 0.0, 1.5)]
        {
            let seed = self.chance.number();
            let mut sheet = ground::field(&self.stage, depth, height - 0.16, None);
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
}

/// The water's edge a little further down the beach, with its bays.
fn shoreline(sheet: &Sheet, ridge: Ridge, down: f32) -> Vec<(f32, f32)> {
    let count = whole((sheet.right - sheet.left) / 0.03) + 2;
    let at = |index| sheet.left - 0.02 + 0.03 * ground::f32_of(index);
    let bay = |x: f32| (clouded(x * 4.0 + 30.0, down * 40.0, 2, ridge.seed) - 0.4) * 0.022;
    (0..count).map(at).map(|x| (x, ridge.at(x) + down + bay(x))).collect()
}
