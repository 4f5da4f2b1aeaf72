//! Built places: city streets and rooms.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{f32_of, whole};
use super::super::sheet::{across, corners, fading, flat, line, oval, pane, round, smooth, veil};
use super::super::subject::Spot;
use super::Set;
use super::street::{self, Skyline};
use crate::plan::{Hour, Weather};

impl Set<'_> {
    pub(super) fn city(&mut self) -> Spot {
        let colours = self.palette.ground;
        let lights = matches!(self.plan.hour, Hour::Night | Hour::Dusk);
        for (depth, distance, tall, wide) in [
            (0.08, 0.74, (0.22, 0.46), (0.05, 0.10)),
            (0.20, 0.48, (0.20, 0.42), (0.08, 0.14)),
            (0.42, 0.2, (0.14, 0.36), (0.13, 0.24)),
        ] {
            let mut sheet = self.stage.sheet(depth, 0.08, Some(0.80));
            let row = Skyline { foot: 0.70, tall, wide, natural: colours.far, distance, lights };
            street::skyline(&mut sheet, &self.light, row, &mut self.chance);
            self.mist(&mut sheet, (0.45, 0.74), 0.35 * distance);
            if lights && depth > 0.3 {
                street::neon(&mut sheet, (0.44, 0.62), whole(9.0 * self.stage.aspect()), &mut self.chance);
            }
            self.layer(sheet, depth);
        }
        self.street(lights);
        self.spot(0.862)
    }

    fn street(&mut self, lights: bool) {
        let light = self.light;
        let colours = self.palette.ground;
        let mut sheet = self.stage.sheet(0.92, 0.3, None);
        let (kerb, road) = (0.70, 0.755);
        let full = |top: f32, bottom: f32, sheet: &super::super::sheet::Sheet| {
            corners(&[(sheet.left, top), (sheet.right, top), (sheet.right, bottom), (sheet.left, bottom)])
        };
        let pavement = full(kerb, road, &sheet);
        sheet.fill(
            pavement,
            &across((0.0, kerb), (0.0, road), light.shaded(0xb8b2ac, 0.5), light.lit(0xc6c0b8)),
        );
        let asphalt = full(road, sheet.bottom + 0.02, &sheet);
        sheet.fill(
            asphalt,
            &across((0.0, road), (0.0, 1.0), light.shaded(colours.near, 0.5), light.lit(colours.near)),
        );
        let edge = full(road - 0.004, road + 0.008, &sheet);
        sheet.fill(edge, &flat(light.bright(0xd2ccc4, 0.1)));
        let wet = lights || matches!(self.plan.weather, Weather::Rain | Weather::Storm);
        if wet {
            self.reflections(&mut sheet, road);
        }
        let mut x = sheet.left;
        while x < sheet.right {
            let dash = corners(&[(x, 0.835), (x + 0.13, 0.835), (x + 0.125, 0.846), (x - 0.006, 0.846)]);
            sheet.fill(dash, &veil(light.lit(0xf2ead0), 0.75));
            x += 0.3;
        }
        let mut x = sheet.left + self.chance.within(0.0, 0.2);
        while x < sheet.right {
            if self.chance.unit() < 0.5 {
                let leaf = self.leaf();
                flora::tree(
                    &mut sheet,
                    &light,
                    ((x, 0.735), 0.26),
                    (leaf, colours.trunk, 0.05),
                    &mut self.chance,
                );
            } else {
                street::lamp(&mut sheet, &light, ((x, 0.735), 0.34), lights);
            }
            x += self.chance.within(0.28, 0.46);
        }
        self.layer(sheet, 0.92);
    }

    /// Long soft lights on a wet road.
    fn reflections(&mut self, sheet: &mut super::super::sheet::Sheet, road: f32) {
        for _ in 0..whole((sheet.right - sheet.left) * 13.0) {
            let x = self.chance.within(sheet.left, sheet.right);
            let tint = Rgb::hex(self.chance.of(&[0xff5fa8, 0x5fd8ff, 0xffb45f, 0x9a7aff, 0xffd98a]));
            let long = self.chance.within(0.08, 0.24);
            let wide = self.chance.within(0.008, 0.026);
            let ink = fading((0.0, road), (0.0, road + long), (tint, 0.34), (tint, 0.0));
            sheet.inside(|sheet| {
                sheet.fill(
                    smooth(&[
                        (x - wide, road),
                        (x + wide, road),
                        (x + wide * 0.7, road + long),
                        (x - wide * 0.7, road + long),
                    ]),
                    &ink,
                );
            });
        }
    }

    pub(super) fn room(&mut self) -> Spot {
        let light = self.light;
        let colours = self.palette.ground;
        let floor = 0.70;
        let low_sun = matches!(self.plan.hour, Hour::Dawn | Hour::Sunset);
        let x = self.light.side * (self.stage.aspect() * 0.22).min(0.4);
        let half = 0.2_f32.min(self.stage.aspect() * 0.22);
        let mut sheet = self.stage.sheet(0.3, -0.2, Some(0.82));
        street::wall(&mut sheet, &light, (colours.far, floor), ((x, 0.3), (half, 0.19)), low_sun);
        self.furnish(&mut sheet, floor, -x);
        self.layer(sheet, 0.3);
        let mut sheet = self.stage.sheet(0.9, floor, None);
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
        let glow = light.sun;
        let pool = (x - self.light.side * 0.45, 0.83);
        sheet.fill(
            oval(pool, (0.36, 0.07), 0.0),
            &round(pool, 0.36, (glow, if self.night() { 0.1 } else { 0.34 }), (glow, 0.0)),
        );
        self.layer(sheet, 0.9);
        self.spot(0.875)
    }

    /// A shelf with books, a plant and a lamp on the window's other side.
    #[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
    fn furnish(&mut self, sheet: &mut super::super::sheet::Sheet, floor: f32, x: f32) {
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
