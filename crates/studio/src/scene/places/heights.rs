//! Mountains, snowfields and deserts.

use super::super::flora;
use super::super::ground::{self, Lawn, Range, Relief, Ridge};
use super::super::noise::{clouded, step};
use super::super::subject::Spot;
use super::Set;
use crate::plan::{Kind, Place, Season};

impl Set<'_> {
    pub(super) fn mountains(&mut self) -> Spot {
        let colours = self.palette.ground;
        let snowy = self.plan.place == Place::Snow || self.plan.season == Season::Winter;
        let snow = if snowy { 0.95 } else { 0.42 };
        let far = self.range((0.63, 0.42), (0x6f7f9c, 0.44, snow));
        self.peaks(&far, 0.06);
        let near = self.range((0.65, 0.23), (0x5f6e84, 0.28, snow * 0.8));
        self.peaks(&near, 0.14);
        let hill = Ridge { height: 0.60, swing: 0.05, pace: 1.6, sharp: 0.0, seed: self.chance.number() };
        self.hills(hill, (if snowy { 0xd4e0ec } else { colours.middle }, 0.34), (0.24, 0.76), !snowy);
        let light = self.light;
        let mut sheet = ground::field(&self.stage, 0.4, 0.3, Some(0.78));
        let mut x = sheet.left;
        while x < sheet.right {
            let tall = self.chance.within(0.10, 0.28);
            let y = 0.66 + self.chance.near(0.015);
            flora::fir(&mut sheet, &light, ((x, y), tall), (colours.leaf, 0.2, snowy), &mut self.chance);
            self.casts.push(((x, y), tall * 0.7));
            x += self.chance.within(0.03, 0.16);
        }
        self.lit_layer(sheet, 0.4);
        self.cast_depth = Some(0.4);
        let ridge = Ridge { height: 0.67, swing: 0.02, pace: 1.5, sharp: 0.0, seed: self.chance.number() };
        if snowy {
            self.bare(ridge, (0xe4edf5, colours.near));
        } else {
            self.lawn(ridge, 2500.0, 110.0);
        }
        self.on_the_way(0.862)
    }

    /// A range of peaks, painted once as wide as every camera sees it.
    pub(super) fn range(&mut self, place: (f32, f32), (natural, distance, snow): (u32, f32, f32)) -> Range {
        let edge = self.stage.aspect() * 0.5 + 0.45;
        Range::new(&self.light, (-edge, edge), place, (natural, distance, snow), &mut self.chance)
    }

    pub(super) fn peaks(&mut self, range: &Range, depth: f32) {
        let blur = 1.0 / self.stage.resolution();
        let (sun, tint, strength) = (self.sun, self.light.sun, self.sunshine() * 0.4);
        let relief = Relief::new(&self.stage, (depth, 1.0), (range.top(), Some(0.76)), |x, y| {
            let (colour, cover) = range.look((x, y), blur);
            let far = ((x - sun.0).powi(2) + (y - sun.1).powi(2)) * 9.0;
            (colour.mix(tint, strength * (-far).exp()), cover)
        });
        self.add(relief);
    }

    /// Ground on which nothing grows.
    fn bare(&mut self, ridge: Ridge, (far, near): (u32, u32)) {
        let mut sheet = ground::field(&self.stage, 0.92, ridge.height - ridge.swing - 0.04, None);
        let lawn = Lawn { ridge, far, near, blades: 0.0, flowers: &[], blooms: 0.0, distance: 0.08 };
        ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        ground::wind_lines(&mut sheet, &self.light, (ridge.height, near), &mut self.chance);
        if self.plan.place == Place::Desert {
            let light = self.light;
            ground::pebbles(&mut sheet, &light, (ridge.height + 0.03, 0xb08a64), 70, &mut self.chance);
        }
        if self.drives() {
            self.road(&mut sheet);
        }
        self.sunlit(&mut sheet, ridge.height, near);
        self.layer(sheet, 0.92);
        self.cast_shadows(ridge.height, near);
    }

    /// The usual spot, and under a train its way.
    pub(super) fn on_the_way(&mut self, ground: f32) -> Spot {
        if self.has_viaduct() {
            self.viaduct(0.70);
            return self.spot(0.70);
        }
        if self.main_is(&[Kind::Train]) {
            self.railway(ground);
        }
        self.spot(ground)
    }

    pub(super) fn desert(&mut self) -> Spot {
        let colours = self.palette.ground;
        self.mesas((0.585, 0.06), 0.72);
        self.mesas((0.60, 0.12), 0.45);
        for (height, swing, distance, depth, tint) in
            [(0.60, 0.07, 0.42, 0.2, colours.far), (0.655, 0.06, 0.2, 0.45, colours.middle)]
        {
            let ridge = Ridge { height, swing, pace: 1.1, sharp: 0.3, seed: self.chance.number() };
            self.dune(ridge, (tint, distance), depth);
        }
        let ridge = Ridge { height: 0.72, swing: 0.04, pace: 0.9, sharp: 0.1, seed: self.chance.number() };
        self.bare(ridge, (colours.middle, colours.near));
        if self.passes() {
            self.roadside();
        }
        self.on_the_way(0.862)
    }

    /// A dune: its lee lies in the shadow of the crest, and the wind has combed it.
    fn dune(&mut self, ridge: Ridge, (tint, distance): (u32, f32), depth: f32) {
        let light = self.light;
        let edge = self.stage.aspect() * 0.5 + 0.5;
        let heights: Vec<f32> = (0..=ground::whole(edge * 2.0 / STEP) + 12)
            .map(|index| ridge.at(ground::f32_of(index) * STEP - edge))
            .collect();
        let at = |x: f32| {
            let place = ((x + edge) / STEP).max(0.0);
            let index = ground::whole(place).min(heights.len() - 2);
            heights[index] + (heights[index + 1] - heights[index]) * (place - ground::f32_of(index)).min(1.0)
        };
        let (lit, shade) = (light.bright(tint, 0.4), light.shaded(tint, 1.0).scale(0.8));
        let (lit, shade) = (light.aerial(lit, distance), light.aerial(shade, distance));
        let (blur, seed) = (1.2 / self.stage.resolution(), self.chance.number());
        let top = ridge.height - ridge.swing * 1.7 - 0.02;
        let relief = Relief::new(&self.stage, (depth, 1.0), (top, Some(0.84)), |x, y| {
            let down = y - at(x);
            let cover = step(-blur, blur, down);
            if cover <= 0.0 {
                return (lit, 0.0);
            }
            let slope = (at(x + 0.05) - at(x - 0.05)) * light.side;
            let deep = (slope * 2.6 + 0.012).clamp(0.0, 0.2);
            let lee = step(deep, deep * 0.75, down) * step(0.0, 0.008, slope);
            let combed =
                ((down * 190.0 + clouded(x * 3.0, y * 9.0, 2, seed) * 16.0).sin() * 0.5 + 0.5) * 0.10;
            let colour = lit.mix(shade, (lee * 0.85 + combed * (1.0 - lee) + down * 0.8).min(0.9));
            (colour.mix(light.fog, step(0.02, 0.16, down) * distance * 0.6), cover)
        });
        self.add(relief);
        let mut sheet = ground::field(&self.stage, depth, top - 0.1, Some(0.84));
        // Who drives would wear them on the roof: there they stand beside the road and pass by.
        for _ in 0..if self.drives() { 0 } else { 4 } {
            let x = self.chance.within(sheet.left, sheet.right);
            let tall = (0.05 + 0.18 * depth) * self.chance.within(0.7, 1.2);
            self.cactus(&mut sheet, (x, at(x) + 0.012), tall, distance);
        }
        self.lit_layer(sheet, depth);
    }
}

/// Width between two heights of a dune's crest, in world units.
const STEP: f32 = 0.004;
