//! What stands before the figures: tufts at their feet, and, out of focus, what is right before the lens.

use super::super::flora;
use super::super::ground;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, corners, flat, line, veil};
use super::super::subject::Spot;
use super::super::weather::{Stem, Swaying};
use super::Set;
use crate::plan::{Kind, Place, Season, Weather};

impl Set<'_> {
    /// Plants before the figures' feet and, out of focus, right before the lens.
    pub(super) fn front(&mut self, spot: Spot) {
        let place = self.plan.place;
        if matches!(place, Place::Desert | Place::Beach) {
            let sheet = self.fringe(0xb89a58, 0.35, false);
            return self.layer(sheet, 1.7);
        }
        if self.aloft() {
            return;
        }
        if place == Place::Pond {
            return self.lilies();
        }
        if place == Place::Underwater {
            if !self.main_is(&[Kind::Whale]) {
                self.reef();
            }
            return;
        }
        if place == Place::Sea && self.plan.weather == Weather::Storm {
            return self.wave_before();
        }
        if matches!(place, Place::Sea | Place::Snow | Place::City | Place::Room | Place::Space | Place::Sky) {
            return;
        }
        self.boughs();
        if place == Place::Forest {
            self.near_trunks();
        }
        let afloat = place == Place::Lake && self.main_floats();
        if self.plan.season == Season::Winter {
            let mut sheet = ground::field(&self.stage, 1.7, 0.74, None);
            ground::bank(&mut sheet, &self.light, self.stage.aspect() / 2.0);
            return self.layer(sheet, 1.7);
        }
        let laid = self.plan.subjects.first().is_some_and(|main| main.kind.is_still());
        if !afloat && !laid && !self.drives() && !self.has_viaduct() {
            self.tufts(spot.ground);
        }
        let sheet = self.fringe(self.palette.ground.leaf, 1.0, true);
        self.layer(sheet, 1.7);
    }

    /// Leaves that hang into the upper corner away from the sun, out of focus, and stir.
    fn boughs(&mut self) {
        let fits = matches!(
            self.plan.place,
            Place::Garden | Place::Park | Place::Village | Place::Pagoda | Place::Lake
        );
        if !fits || self.plan.season == Season::Winter || self.main_flies() {
            return;
        }
        let light = self.light;
        let size = 0.4 * self.stage.figure_scale();
        let side = -light.side;
        let blossom = self.plan.weather == Weather::Petals || self.plan.place == Place::Pagoda;
        let mut sheet = Sheet::new(
            (-size * 1.3, -size * 0.25, size * 1.3, size),
            self.stage.resolution().min(1440.0) * 0.5,
        );
        let bark = flat(light.shaded(self.palette.ground.trunk, 1.0).scale(0.35));
        for (reach, drop) in [(1.0_f32, 0.2), (0.62, 0.5), (0.3, 0.66)] {
            let tip = (-side * size * reach, size * drop);
            let bend = (tip.0 * 0.5, tip.1 * 0.2);
            sheet.stroke(line(&[(side * size * 0.2, -size * 0.1), bend, tip]), size * 0.022, &bark);
            for along in [0.25_f32, 0.5, 0.75, 1.0] {
                let at = (
                    tip.0 * along,
                    (bend.1 * (1.0 - along) + tip.1 * along) * along + self.chance.near(size * 0.06),
                );
                let wide = size * self.chance.within(0.10, 0.17);
                let leaf = if blossom { 0xe894b0 } else { self.leaf() };
                flora::foliage(&mut sheet, &light, (at, (wide, wide * 0.7)), (leaf, 0.0), &mut self.chance);
            }
        }
        // Before the lens it is in the shade.
        let shade = veil(light.shaded(0x2c4a34, 1.0).scale(0.3), if self.night() { 0.5 } else { 0.36 });
        let whole = corners(&[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]);
        sheet.inside(|sheet| sheet.fill(whole, &shade));
        sheet.blur(0.006);
        let foot = (side * self.stage.aspect() * 0.5, -0.02);
        let stem = Stem { foot, depth: 1.3, speed: 0.8, reach: 0.03, phase: 1.0 };
        self.add(Swaying { stems: vec![(Sprite::new(sheet), stem)] });
    }

    /// Corals and weeds right before the lens, at the frame's lower corners.
    fn reef(&mut self) {
        let mut sheet = ground::field(&self.stage, 1.5, 0.6, None);
        let light = self.light;
        for side in [-1.0_f32, 1.0] {
            for _ in 0..5 {
                let x = side * self.stage.aspect() * self.chance.within(0.40, 0.56);
                let wide = self.chance.within(0.08, 0.16);
                let tint = self.chance.of(&[0x7a3f6a, 0x2f6a7c, 0x8a4a4f, 0x2f7a5f]);
                flora::foliage(
                    &mut sheet,
                    &light,
                    ((x, 1.03), (wide, wide * 0.9)),
                    (tint, 0.1),
                    &mut self.chance,
                );
            }
        }
        let shade = veil(light.shaded(0x103050, 1.0).scale(0.4), 0.45);
        let whole = corners(&[(-3.0, -1.0), (3.0, -1.0), (3.0, 2.0), (-3.0, 2.0)]);
        sheet.inside(|sheet| sheet.fill(whole, &shade));
        sheet.blur(0.006);
        self.layer(sheet, 1.5);
    }

    /// Swaying tufts of grass beside and before the main figure.
    fn tufts(&mut self, ground: f32) {
        let mut stems = Vec::new();
        for index in 0..12_u8 {
            let side = if index.is_multiple_of(2) { -1.0 } else { 1.0 };
            let x = side * self.chance.within(0.05, 0.62) * self.stage.aspect();
            let foot = (x, ground + 0.012 + self.chance.unit() * 0.10);
            let tall = 0.055 + 0.03 * self.chance.unit();
            let blooms = index % 3 == 0;
            let sprite = self.tuft(tall, 11, blooms);
            let stem =
                Stem { foot, depth: 1.02, speed: self.chance.within(1.3, 2.0), reach: 0.14, phase: x * 4.0 };
            stems.push((sprite, stem));
        }
        stems.sort_by(|a, b| a.1.foot.1.total_cmp(&b.1.foot.1));
        self.add(Swaying { stems });
    }

    /// A tuft of blades with its foot at (0, 0), and perhaps a flower in it.
    fn tuft(&mut self, tall: f32, blades: usize, blooms: bool) -> Sprite {
        let mut sheet = Sheet::new((-tall, -tall * 1.5, tall, tall * 0.1), self.stage.resolution());
        for _ in 0..blades {
            let x = self.chance.near(tall * 0.5);
            let shade = self.chance.within(0.1, 0.7);
            let colour = self.light.shaded(self.palette.ground.near, shade);
            let height = tall * self.chance.within(0.6, 1.1);
            flora::blade(&mut sheet, (x, 0.0), height, self.chance.near(0.5) + x / tall * 0.5, colour);
        }
        if blooms {
            let natural = self.chance.of(&self.palette.flowers);
            flora::flower(
                &mut sheet,
                &self.light,
                ((0.0, -tall * 0.3), tall * 0.3),
                natural,
                &mut self.chance,
            );
        }
        Sprite::new(sheet)
    }

    /// Blurred grass and flowers, higher towards the frame's sides.
    fn fringe(&mut self, natural: u32, dense: f32, blooms: bool) -> Sheet {
        let mut sheet = ground::field(&self.stage, 1.7, 0.74, None);
        let bottom = sheet.bottom;
        let wide = self.stage.aspect() / 2.0;
        for _ in 0..ground::whole((sheet.right - sheet.left) * 110.0 * dense) {
            let x = self.chance.within(sheet.left, sheet.right);
            let edge = ((x.abs() / wide) - 0.4).clamp(0.0, 0.8);
            if dense < 1.0 && edge < 0.25 {
                continue;
            }
            let tall = (0.03 + 0.2 * edge) * self.chance.within(0.6, 1.2) + (bottom - 1.0);
            let colour = self.light.shaded(natural, self.chance.within(0.3, 0.95));
            flora::blade(&mut sheet, (x, bottom + 0.01), tall, self.chance.near(0.4), colour);
            if self.chance.unit() < 0.14 * edge && blooms {
                let size = self.chance.within(0.018, 0.032);
                let natural = self.chance.of(&self.palette.flowers);
                flora::flower(
                    &mut sheet,
                    &self.light,
                    ((x, bottom - tall * 0.6), size),
                    natural,
                    &mut self.chance,
                );
            }
        }
        sheet.blur(0.005);
        sheet
    }
}
