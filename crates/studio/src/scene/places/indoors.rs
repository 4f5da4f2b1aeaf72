//! Rooms: a wall with a window, furniture, and the light that falls on the floor.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, f32_of};
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, pane, round, veil};
use super::super::subject::Spot;
use super::super::weather::{Shafts, Stem, Swaying};
use super::Set;
use super::street;
use crate::plan::Hour;

impl Set<'_> {
    pub(super) fn room(&mut self) -> Spot {
        let light = self.light;
        let colours = self.palette.ground;
        let floor = 0.70;
        let low_sun = matches!(self.plan.hour, Hour::Dawn | Hour::Sunset);
        let x = self.light.side * (self.stage.aspect() * 0.22).min(0.4);
        let half = 0.2_f32.min(self.stage.aspect() * 0.22);
        let mut sheet = ground::field(&self.stage, 0.3, -0.2, Some(0.82));
        street::wall(&mut sheet, &light, (colours.far, floor), ((x, 0.3), (half, 0.19)), low_sun);
        self.furnish(&mut sheet, floor, -x);
        self.mood(&mut sheet, (x, floor));
        self.layer(sheet, 0.3);
        let curtains = [-1.0_f32, 1.0].map(|side| {
            let foot = (x + side * (half + 0.04), 0.07);
            let stem = Stem { foot, depth: 0.3, speed: 0.9, reach: 0.02 * -side, phase: foot.0 };
            (self.curtain((0.1, 0.5), -side), stem)
        });
        self.add(Swaying { stems: curtains.into() });
        let mut sheet = ground::field(&self.stage, 0.9, floor, None);
        let boards =
            across((0.0, floor), (0.0, 1.0), light.shaded(colours.middle, 0.45), light.lit(colours.near));
        let whole_floor = corners(&[
            (sheet.left, floor),
            (sheet.right, floor),
            (sheet.right, sheet.bottom + 0.02),
            (sheet.left, sheet.bottom + 0.02),
        ]);
        sheet.fill(whole_floor, &boards);
        for board in 0..40_u8 {
            let at = (f32::from(board) - 20.0) * 0.11;
            sheet.stroke(
                line(&[(at, floor), (at * 3.4, floor + 0.5)]),
                0.0025,
                &veil(light.shaded(colours.trunk, 0.9), 0.35),
            );
        }
        let rug = self.chance.of(&[0xc8645a, 0x5f86a8, 0x8a78b0, 0x6a9a88]);
        for (size, tint) in [(1.0_f32, rug), (0.88, 0xf4e6cc), (0.8, rug)] {
            let wide = (0.62 * size).min(self.stage.aspect() * 0.6 * size);
            sheet.fill(oval((0.0, 0.885), (wide, 0.088 * size), 0.0), &flat(light.shaded(tint, 0.25)));
        }
        self.window_on_the_floor(&mut sheet, (x, half), low_sun);
        self.layer(sheet, 0.9);
        if !self.night() && self.sunshine() > 0.5 {
            let shafts = Shafts::new(&self.stage, &light, (x, 0.1), (0.3, 0.85), &mut self.chance);
            self.add(shafts);
        }
        self.spot(0.875)
    }

    /// The window's panes of light on the floor; at night a lamp's pool instead.
    fn window_on_the_floor(&self, sheet: &mut Sheet, (x, half): (f32, f32), low_sun: bool) {
        let light = self.light;
        if self.night() {
            let (glow, pool) = (Rgb::hex(0xffc27a), (-x * 1.2, 0.80));
            sheet.inside(|sheet| {
                let ink = round(pool, 0.7, (glow, 0.42), (glow, 0.0));
                sheet.fill(oval(pool, (0.7, 0.4), 0.0), &ink);
            });
        } else if self.sunshine() > 0.5 {
            let (slide, long) = (-light.side * if low_sun { 0.34 } else { 0.22 }, 0.17);
            for (row, top) in [(0.0_f32, 0.735_f32), (1.0, 0.735 + long * 0.56)] {
                for column in [-1.0_f32, 0.0] {
                    let at = |u: f32, v: f32| {
                        let y = top + v * long * 0.48;
                        let wide = half * (1.1 + (y - 0.7) * 1.6);
                        (x + slide * (0.4 + row * 0.55 + v * 0.5) + (column + u) * wide, y)
                    };
                    let pane = [at(0.05, 0.0), at(0.95, 0.0), at(0.95, 1.0), at(0.05, 1.0)];
                    for grow in [0.004_f32, 0.0] {
                        let grown = pane.map(|(px, py)| (px + (px - pane[0].0 - 0.05).signum() * grow, py));
                        sheet.inside(|sheet| sheet.fill(corners(&grown), &veil(light.sun, 0.3)));
                    }
                }
            }
        }
        let dusk = light.shaded(0x4a3428, 1.0).scale(0.3);
        let (l, r) = (sheet.left, sheet.right);
        let strip = corners(&[(l, 0.8), (r, 0.8), (r, 1.4), (l, 1.4)]);
        sheet.inside(|sheet| sheet.fill(strip, &fading((0.0, 0.82), (0.0, 1.1), (dusk, 0.0), (dusk, 0.5))));
    }

    /// Light on the wall: bright round the window by day, warm round a lamp by night, dim in the corners.
    fn mood(&self, sheet: &mut Sheet, (x, floor): (f32, f32)) {
        let light = self.light;
        let dim = light.shaded(0x6a4a3c, 1.0).scale(0.4);
        let (l, r) = (sheet.left, sheet.right);
        let whole = |sheet: &Sheet| corners(&[(l, sheet.top), (r, sheet.top), (r, 1.0), (l, 1.0)]);
        sheet.inside(|sheet| {
            let ceiling = fading((0.0, 0.28), (0.0, -0.1), (dim, 0.0), (dim, 0.45));
            let path = whole(sheet);
            sheet.fill(path, &ceiling);
            let far = fading((x * 0.1, 0.0), (-x * 2.6, 0.0), (dim, 0.0), (dim, 0.5));
            let path = whole(sheet);
            sheet.fill(path, &far);
        });
        let lamp = (-x * 1.75, 0.41);
        let iron = flat(light.shaded(0x4a3a34, 0.6));
        sheet.stroke(line(&[(lamp.0, floor - 0.005), (lamp.0, lamp.1)]), 0.008, &iron);
        sheet.fill(oval((lamp.0, floor - 0.004), (0.045, 0.008), 0.0), &iron);
        let shines = self.night() || self.plan.hour == Hour::Dusk;
        let shade = [
            (lamp.0 - 0.04, lamp.1 - 0.06),
            (lamp.0 + 0.04, lamp.1 - 0.06),
            (lamp.0 + 0.065, lamp.1 + 0.03),
            (lamp.0 - 0.065, lamp.1 + 0.03),
        ];
        let cloth = if shines {
            across((0.0, lamp.1 - 0.06), (0.0, lamp.1 + 0.03), Rgb::hex(0xf2b266), Rgb::hex(0xfff0c4))
        } else {
            across(shade[0], shade[1], light.lit(0xf2e2c4), light.shaded(0xd8c0a0, 0.6))
        };
        sheet.fill(corners(&shade), &cloth);
        if shines {
            let glow = Rgb::hex(0xffb866);
            for (reach, alpha) in [(0.75_f32, 0.5), (0.3, 0.4)] {
                let ink = round(lamp, reach, (glow, alpha), (glow, 0.0));
                sheet.inside(|sheet| sheet.fill(oval(lamp, (reach, reach), 0.0), &ink));
            }
        }
    }

    /// A shelf with books, a plant and a lamp on the window's other side.
    #[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
    fn furnish(&mut self, sheet: &mut Sheet, floor: f32, x: f32) {
        let light = self.light;
        let wood = self.palette.ground.trunk;
        let half = 0.17_f32.min(self.stage.aspect() * 0.2);
        let (left, right, top) = (x - half, x + half, 0.26);
        sheet.fill(
            pane((left, top), (right, floor), 0.008),
            &across((left, top), (right, floor), light.bright(wood, 0.1), light.shaded(wood, 0.6)),
        );
        for shelf in 0..3_u8 {
            let y = top + 0.018 + f32::from(shelf) * 0.142;
            sheet.fill(
                pane((left + 0.014, y), (right - 0.014, y + 0.124), 0.004),
                &across(
                    (0.0, y),
                    (0.0, y + 0.12),
                    light.shaded(wood, 1.0).scale(0.45),
                    light.shaded(wood, 0.9).scale(0.7),
                ),
            );
            let mut at = left + 0.02;
            while at < right - 0.05 {
                let wide = self.chance.within(0.012, 0.026);
                let tall = self.chance.within(0.07, 0.105);
                let tint = self.chance.of(&[0xc8584c, 0x4f7f9c, 0xe0b45a, 0x6a9a6c, 0x8a6aa0, 0xe6d8c0]);
                if self.chance.unit() < 0.85 {
                    sheet.fill(
                        pane((at, y + 0.122 - tall), (at + wide, y + 0.122), 0.002),
                        &across((at, 0.0), (at + wide, 0.0), light.lit(tint), light.shaded(tint, 0.6)),
                    );
                }
                at += wide + 0.002;
            }
        }
        let pot = (x + half + 0.1, floor + 0.01);
        flora::foliage(
            sheet,
            &light,
            ((pot.0, pot.1 - 0.2), (0.085, 0.12)),
            (0x5a9a58, 0.0),
            &mut self.chance,
        );
        sheet.fill(
            corners(&[
                (pot.0 - 0.05, pot.1 - 0.1),
                (pot.0 + 0.05, pot.1 - 0.1),
                (pot.0 + 0.036, pot.1),
                (pot.0 - 0.036, pot.1),
            ]),
            &across(
                (pot.0 - 0.05, 0.0),
                (pot.0 + 0.05, 0.0),
                light.lit(0xd98a60),
                light.shaded(0xc06a48, 0.6),
            ),
        );
        let frames = [(x - 0.06, 0.13, 0xe8b46a), (x + 0.07, 0.12, 0x7fa8c0)];
        for (index, (at, y, tint)) in frames.into_iter().enumerate() {
            let size = 0.045 + 0.008 * f32_of(index);
            sheet.fill(
                pane((at - size, y - size * 0.8), (at + size, y + size * 0.8), 0.003),
                &flat(light.lit(0xfdf6ea)),
            );
            sheet.fill(
                pane((at - size * 0.82, y - size * 0.62), (at + size * 0.82, y + size * 0.62), 0.002),
                &flat(light.lit(tint)),
            );
            sheet.fill(
                oval((at, y + size * 0.5), (size * 0.6, size * 0.4), 0.0),
                &veil(light.shaded(tint, 0.8), 0.8),
            );
        }
    }
}
