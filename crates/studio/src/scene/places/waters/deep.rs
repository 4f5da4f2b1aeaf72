//! The deep sea: no ground, only beams of light, rocks far below and shoals of fish.

use super::super::super::air::Clouds;
use super::super::super::colour::Rgb;
use super::super::super::ground::{self, Ridge};
use super::super::super::sheet::{corners, fading};
use super::super::super::weather::Shafts;
use super::super::Set;

impl Set<'_> {
    /// Where no ground is seen: beams from above that fade into the dark, rocks far below, and fish in shoals.
    pub(in crate::scene::places) fn deep(&mut self) {
        let colours = self.palette.ground;
        for (height, swing, distance, depth) in [(0.86, 0.2, 0.8, 0.10), (0.95, 0.22, 0.6, 0.24)] {
            let ridge = Ridge { height, swing, pace: 1.7, sharp: 0.6, seed: self.chance.number() };
            self.hills(ridge, (colours.middle, distance), (depth, 1.06), false);
        }
        let shoals = Clouds::shoals(&self.stage, &self.light, (0.24, 0.66), &mut self.chance);
        self.add(shoals);
        let mut sheet = ground::field(&self.stage, 0.3, 0.38, None);
        let (l, r) = (sheet.left, sheet.right);
        let night = Rgb::hex(self.palette.sky.low).scale(0.16);
        let dark = corners(&[(l, 0.36), (r, 0.36), (r, 1.6), (l, 1.6)]);
        sheet.fill(dark, &fading((0.0, 0.4), (0.0, 1.08), (night, 0.0), (night, 0.82)));
        self.layer(sheet, 0.3);
        // From far above, so that the beams are nearly parallel.
        let from = (self.sun.0 * 0.5, -0.42);
        let shafts = Shafts::new(&self.stage, &self.light, from, (0.8, 1.5), &mut self.chance);
        self.add(shafts);
    }
}
