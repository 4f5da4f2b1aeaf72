//! City streets.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, whole};
use super::super::sheet::{across, corners, fading, flat, smooth, veil};
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
            let mut sheet = ground::field(&self.stage, depth, 0.08, Some(0.80));
            let row = Skyline { foot: 0.70, tall, wide, natural: colours.far, distance, lights };
            street::skyline(&mut sheet, &self.light, row, &mut self.chance);
            self.mist(&mut sheet, (0.45, 0.74), 0.35 * distance);
            if depth > 0.3 {
                street::shops(&mut sheet, &self.light, (0.622, 0.70), lights, &mut self.chance);
            }
            if lights && depth > 0.3 {
                street::neon(&mut sheet, (0.44, 0.62), whole(9.0 * self.stage.aspect()), &mut self.chance);
            }
            self.lit_layer(sheet, depth);
        }
        self.street(lights);
        self.spot(0.862)
    }

    fn street(&mut self, lights: bool) {
        let light = self.light;
        let colours = self.palette.ground;
        let mut sheet = ground::field(&self.stage, 0.92, 0.3, None);
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
            self.reflections(&mut sheet, road, lights);
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
                self.casts.push(((x, 0.74), 0.12));
            }
            x += self.chance.within(0.28, 0.46);
        }
        self.sunlit(&mut sheet, kerb, colours.near);
        self.layer(sheet, 0.92);
    }

    /// Long soft lights on a wet road.
    fn reflections(&mut self, sheet: &mut super::super::sheet::Sheet, road: f32, lights: bool) {
        for _ in 0..whole((sheet.right - sheet.left) * 13.0) {
            let x = self.chance.within(sheet.left, sheet.right);
            let neon = self.chance.of(&[0xff5fa8, 0x5fd8ff, 0xffb45f, 0x9a7aff, 0xffd98a]);
            let tint = if lights { Rgb::hex(neon) } else { self.light.fog };
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
}
