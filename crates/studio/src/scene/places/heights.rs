//! Mountains, snowfields and deserts.

use super::super::flora;
use super::super::ground::{self, Lawn, Ridge};
use super::super::sheet::{Sheet, corners, flat};
use super::super::stage::Layer;
use super::super::subject::Spot;
use super::Set;
use crate::plan::{Place, Season};

impl Set<'_> {
    pub(super) fn mountains(&mut self) -> Spot {
        let colours = self.palette.ground;
        let snowy = self.plan.place == Place::Snow || self.plan.season == Season::Winter;
        let snow = if snowy { 1.0 } else { 0.4 };
        self.peaks((0.64, 0.44), (0x7f8cae, 0.6), 0.06, snow);
        self.peaks((0.66, 0.28), (0x77859e, 0.4), 0.14, snow);
        let hill = Ridge { height: 0.60, swing: 0.05, pace: 1.6, sharp: 0.0, seed: self.chance.number() };
        self.hills(hill, (if snowy { 0xd4e0ec } else { colours.middle }, 0.34), (0.24, 0.76));
        let light = self.light;
        let mut sheet = self.stage.sheet(0.4, 0.3, Some(0.78));
        let mut x = sheet.left;
        while x < sheet.right {
            let tall = self.chance.within(0.10, 0.28);
            let y = 0.66 + self.chance.near(0.015);
            flora::fir(&mut sheet, &light, ((x, y), tall), (colours.leaf, 0.2, snowy), &mut self.chance);
            x += self.chance.within(0.03, 0.16);
        }
        self.layer(sheet, 0.4);
        let ridge = Ridge { height: 0.67, swing: 0.02, pace: 1.5, sharp: 0.0, seed: self.chance.number() };
        if snowy {
            self.bare(ridge, (0xe4edf5, colours.near));
        } else {
            self.lawn(ridge, 2500.0, 110.0);
        }
        self.spot(0.862)
    }

    /// A range of peaks with light and dark flanks, and snow on their heads.
    pub(super) fn peaks(
        &mut self,
        (foot, height): (f32, f32),
        (natural, distance): (u32, f32),
        depth: f32,
        snow: f32,
    ) {
        let mut sheet = self.stage.sheet(depth, foot - height * 1.3, Some(0.76));
        let mut peaks = Vec::new();
        let mut x = sheet.left - 0.1;
        while x < sheet.right + 0.2 {
            let tall = height * self.chance.within(0.55, 1.15);
            peaks.push((x, tall));
            x += tall * self.chance.within(0.55, 1.0);
        }
        // Lower ones stand before higher ones.
        peaks.sort_by(|a, b| b.1.total_cmp(&a.1));
        for (x, tall) in peaks {
            self.peak(&mut sheet, ((x, foot), tall), (natural, distance), snow);
        }
        let (left, right) = (sheet.left, sheet.right);
        let plain = corners(&[(left, foot - 0.001), (right, foot - 0.001), (right, 0.8), (left, 0.8)]);
        let colour = self.light.aerial(self.light.lit(natural), (distance + 0.3).min(1.0));
        sheet.fill(plain, &flat(colour));
        self.mist(&mut sheet, (foot - height * 0.55, foot + 0.02), 0.75);
        self.add(Layer::new(sheet, depth));
    }

    fn peak(
        &mut self,
        sheet: &mut Sheet,
        ((x, foot), tall): ((f32, f32), f32),
        (natural, distance): (u32, f32),
        snow: f32,
    ) {
        let light = self.light;
        let (half, top) = (tall * 0.85, foot - tall);
        let chance = &mut self.chance;
        let mut flank = |lean: f32, rough: f32| -> Vec<(f32, f32)> {
            (1..9_u8)
                .map(|step| {
                    let down = f32::from(step) / 8.0;
                    let out = lean * half * down.powf(1.15) + chance.near(rough) * tall * (1.1 - down);
                    (x + out, top + tall * down)
                })
                .collect()
        };
        let (sunny, shady) = (flank(light.side, 0.06), flank(-light.side, 0.06));
        let spine = flank(-light.side * 0.12, 0.10);
        let air = |colour| light.aerial(colour, distance);
        for (flank, rock, ice) in [
            (&shady, air(light.shaded(natural, 0.95)), air(light.shaded(0xc2d2ea, 0.55))),
            (&sunny, air(light.bright(natural, 0.35)), air(light.bright(0xfafcff, 0.2))),
        ] {
            let face: Vec<(f32, f32)> = std::iter::once((x, top))
                .chain(flank.iter().copied())
                .chain(spine.iter().rev().copied())
                .collect();
            sheet.fill(corners(&face), &flat(rock));
            let depth = 2 + ground::whole(snow * 3.0);
            let (from, to) = (flank[depth - 1], spine[depth - 1]);
            let teeth = (1..6_u8).map(|tooth| {
                let share = f32::from(tooth) / 6.0;
                let drop = if tooth.is_multiple_of(2) { 0.10 } else { -0.07 };
                (from.0 + (to.0 - from.0) * share, from.1 + drop * tall)
            });
            let cap: Vec<(f32, f32)> = std::iter::once((x, top))
                .chain(flank[..depth].iter().copied())
                .chain(teeth)
                .chain(spine[..depth].iter().rev().copied())
                .collect();
            sheet.fill(corners(&cap), &flat(ice));
        }
    }

    /// Ground on which nothing grows.
    fn bare(&mut self, ridge: Ridge, (far, near): (u32, u32)) {
        let mut sheet = self.stage.sheet(0.92, ridge.height - ridge.swing - 0.04, None);
        let lawn = Lawn { ridge, far, near, blades: 0.0, flowers: &[], blooms: 0.0, distance: 0.08 };
        ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        self.layer(sheet, 0.92);
    }

    pub(super) fn desert(&mut self) -> Spot {
        let colours = self.palette.ground;
        let mesas = Ridge { height: 0.55, swing: 0.09, pace: 1.5, sharp: 0.35, seed: self.chance.number() };
        self.hills(mesas, (0xb0705c, 0.66), (0.08, 0.7));
        for (height, swing, distance, depth, tint) in
            [(0.60, 0.07, 0.42, 0.2, colours.far), (0.655, 0.06, 0.2, 0.45, colours.middle)]
        {
            let ridge = Ridge { height, swing, pace: 1.1, sharp: 0.3, seed: self.chance.number() };
            self.dune(ridge, (tint, distance), depth);
        }
        let ridge = Ridge { height: 0.72, swing: 0.04, pace: 0.9, sharp: 0.1, seed: self.chance.number() };
        self.bare(ridge, (colours.middle, colours.near));
        self.spot(0.862)
    }

    /// A dune with a lit and a shaded flank, and a few cacti on it.
    fn dune(&mut self, ridge: Ridge, (tint, distance): (u32, f32), depth: f32) {
        let light = self.light;
        let mut sheet = self.stage.sheet(depth, ridge.height - ridge.swing * 1.7 - 0.1, Some(0.84));
        let lit = light.aerial(light.bright(tint, 0.35), distance);
        let foot = light.aerial(light.shaded(tint, 0.35), distance);
        ridge.fill(&mut sheet, lit, foot, 0.8);
        let shade = light.aerial(light.shaded(tint, 0.9), distance);
        sheet.inside(|sheet| {
            let mut x = sheet.left;
            while x < sheet.right {
                let y = ridge.at(x);
                let slope = (ridge.at(x + 0.03) - ridge.at(x - 0.03)) * light.side;
                if slope > 0.0 {
                    let deep = (slope * 3.0).min(0.16);
                    let ink =
                        super::super::sheet::fading((0.0, y), (0.0, y + deep), (shade, 0.55), (shade, 0.0));
                    sheet.fill(
                        corners(&[
                            (x, y - 0.01),
                            (x + 0.006, y - 0.01),
                            (x + 0.006, y + deep),
                            (x, y + deep),
                        ]),
                        &ink,
                    );
                }
                x += 0.005;
            }
        });
        for _ in 0..3 {
            let x = self.chance.within(sheet.left, sheet.right);
            let tall = (0.05 + 0.18 * depth) * self.chance.within(0.7, 1.2);
            self.cactus(&mut sheet, (x, ridge.at(x) + 0.012), tall, distance);
        }
        self.layer(sheet, depth);
    }
}
