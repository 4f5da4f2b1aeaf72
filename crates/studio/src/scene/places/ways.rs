//! What carries who travels: roads with their marks, the bed of a railway, and a viaduct over a valley.

use super::super::colour::Rgb;
use super::super::ground::{self, f32_of};
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, veil};
use super::Set;
use crate::plan::{Kind, Place, Season};

/// The edges of a road that we see from its side.
const ROAD: (f32, f32) = (0.806, 0.958);

impl Set<'_> {
    /// Whether the main figure crosses a valley on a viaduct.
    pub(super) fn has_viaduct(&self) -> bool {
        self.main_is(&[Kind::Train])
            && matches!(self.plan.place, Place::Lake | Place::Mountain | Place::Snow | Place::Meadow)
    }

    /// A road across the ground, with worn verges, edge lines and a dashed middle.
    pub(super) fn road(&mut self, sheet: &mut Sheet) {
        let light = self.light;
        let (l, r) = (sheet.left, sheet.right);
        let (top, bottom) = ROAD;
        let desert = self.plan.place == Place::Desert;
        let snowy = self.plan.season == Season::Winter;
        let verge = if desert {
            0xc99a68
        } else if snowy {
            0xc8d4e0
        } else {
            0xb09a6c
        };
        let seed = self.chance.number();
        let rough = |x: f32, reach: f32| {
            (super::super::noise::clouded(x * 9.0 + 60.0, reach * 30.0, 3, seed) - 0.44) * reach
        };
        let count = ground::whole((r - l) / 0.02) + 2;
        let edge = |y: f32, reach: f32| -> Vec<(f32, f32)> {
            (0..count).map(|index| l + f32_of(index) * 0.02).map(|x| (x, y + rough(x, reach))).collect()
        };
        let strip = |top: (f32, f32), bottom: (f32, f32)| {
            let mut points = edge(top.0, top.1);
            points.extend(edge(bottom.0, bottom.1).into_iter().rev());
            corners(&points)
        };
        sheet.inside(|sheet| {
            let dust = light.shaded(verge, 0.2);
            sheet.fill(strip((top - 0.014, 0.012), (bottom + 0.03, 0.03)), &veil(dust, 0.75));
            sheet.fill(strip((top - 0.005, 0.005), (bottom + 0.012, 0.012)), &flat(light.shaded(verge, 0.5)));
            let (far, near) = if desert { (0x8a7a74, 0x6a5f60) } else { (0x80828a, 0x5c5f68) };
            let tar = across((0.0, top), (0.0, bottom), light.shaded(far, 0.15), light.shaded(near, 0.35));
            sheet.fill(strip((top, 0.002), (bottom, 0.005)), &tar);
            let worn = light.bright(far, 0.2);
            for (y, tall) in [(0.845, 0.008), (0.915, 0.013)] {
                sheet.fill(strip((y - tall, 0.006), (y + tall, 0.006)), &veil(worn, 0.22));
            }
        });
        let white = light.lit(0xf4eedc);
        for (y, tall) in [(top + 0.009, 0.0035), (bottom - 0.014, 0.006)] {
            let paint = corners(&[(l, y), (r, y), (r, y + tall), (l, y + tall)]);
            sheet.fill(paint, &veil(white, 0.75));
        }
        if desert && self.passes() {
            return;
        }
        let (mut x, amber) = (l, light.lit(if desert { 0xf2c65a } else { 0xf4eedc }));
        while x < r {
            let dash = [(x, 0.872), (x + 0.17, 0.872), (x + 0.168, 0.879), (x - 0.006, 0.879)];
            sheet.fill(corners(&dash), &veil(amber, 0.85));
            x += 0.42;
        }
        let mut x = l + 0.1;
        while x < r {
            self.marker_post(sheet, (x, top - 0.004));
            x += 0.66;
        }
    }

    /// A low white post beside a road.
    pub(super) fn marker_post(&self, sheet: &mut Sheet, (x, y): (f32, f32)) {
        let light = self.light;
        let post = [(x - 0.004, y), (x - 0.004, y - 0.044), (x + 0.004, y - 0.048), (x + 0.004, y)];
        sheet.fill(corners(&post), &flat(light.lit(0xf2ede0)));
        let band =
            [(x - 0.004, y - 0.036), (x + 0.004, y - 0.036), (x + 0.004, y - 0.026), (x - 0.004, y - 0.026)];
        sheet.fill(corners(&band), &flat(light.lit(0xc4503c)));
    }

    /// A bed of gravel with sleepers under a train on level ground.
    pub(super) fn railway(&mut self, foot: f32) {
        let light = self.light;
        let mut sheet = ground::field(&self.stage, 1.0, foot - 0.02, Some(foot + 0.10));
        let (l, r) = (sheet.left, sheet.right);
        let bank = corners(&[(l, foot + 0.012), (r, foot + 0.012), (r, foot + 0.075), (l, foot + 0.075)]);
        let gravel = across(
            (0.0, foot),
            (0.0, foot + 0.075),
            light.shaded(0x9a9088, 0.2),
            light.shaded(0x7a7068, 0.7),
        );
        sheet.fill(bank, &gravel);
        for _ in 0..ground::whole((r - l) * 260.0) {
            let at = (self.chance.within(l, r), foot + 0.014 + 0.064 * self.chance.unit());
            let size = self.chance.within(0.0015, 0.004);
            let shade = self.chance.within(0.0, 0.9);
            sheet.fill(oval(at, (size * 1.3, size), 0.0), &veil(light.shaded(0xa89c92, shade), 0.8));
        }
        self.layer(sheet, 1.0);
    }

    /// A stone viaduct whose deck is at a height: arches on tall piers, down into the valley.
    pub(super) fn viaduct(&mut self, deck: f32) {
        let light = self.light;
        let mut sheet = ground::field(&self.stage, 1.0, deck - 0.06, None);
        let (l, r, bottom) = (sheet.left, sheet.right, 1.6);
        let (pitch, pier, spring) = (0.42, 0.042, deck + 0.19);
        let natural = 0xb09c88;
        let stone = across(
            (0.0, deck),
            (0.0, 1.05),
            light.bright(natural, 0.15),
            light.shaded(natural, 0.45).mix(light.fog, 0.18),
        );
        let (inner, joint) = (light.shaded(natural, 1.0).scale(0.55), light.shaded(0x5a4c44, 0.8));
        let reach = pitch * 0.5 - pier;
        let mut x = (l / pitch).floor() * pitch;
        while x < r + pitch {
            // One bay from the middle of a pier to the middle of the next one.
            let middle = x + pitch * 0.5;
            let arch = |grow: f32| -> Vec<(f32, f32)> {
                (0..=16_u8)
                    .map(|step| {
                        let (sin, cos) = (f32::from(step) / 16.0 * std::f32::consts::PI).sin_cos();
                        (middle + cos * (reach + grow), spring - sin * (reach + grow) * 0.92)
                    })
                    .collect()
            };
            // The thickness of the vault, seen from a little aside.
            let aside = -light.side * 0.022;
            let mut vault = arch(0.0);
            vault.extend(arch(0.0).into_iter().rev().map(|(u, v)| (u + aside, v + 0.012)));
            let mut bay = vec![
                (x + pitch + 0.001, deck + 0.03),
                (x - 0.001, deck + 0.03),
                (x - 0.001, bottom),
                (x + pier, bottom),
            ];
            bay.extend(arch(0.0).into_iter().rev());
            bay.extend([(x + pitch - pier, bottom), (x + pitch + 0.001, bottom)]);
            let shade = if aside > 0.0 { x + pier } else { x + pitch - pier };
            let wall =
                [(shade, spring), (shade + aside, spring + 0.012), (shade + aside, bottom), (shade, bottom)];
            sheet.fill(corners(&wall), &flat(inner));
            sheet.fill(corners(&vault), &flat(inner));
            sheet.fill(corners(&bay), &stone);
            sheet.stroke(line(&arch(0.012)), 0.012, &veil(light.bright(0xc8b6a2, 0.2), 0.8));
            sheet.stroke(line(&arch(0.019)), 0.0018, &veil(joint, 0.5));
            let cap = [
                (x - pier - 0.008, spring - 0.004),
                (x + pier + 0.008, spring - 0.004),
                (x + pier + 0.008, spring + 0.012),
                (x - pier - 0.008, spring + 0.012),
            ];
            sheet.fill(corners(&cap), &flat(light.bright(0xc0ae9a, 0.2)));
            x += pitch;
        }
        sheet.inside(|sheet| {
            let mut y = deck + 0.055;
            while y < 1.1 {
                sheet.stroke(line(&[(l, y), (r, y)]), 0.0014, &veil(joint, 0.22));
                y += 0.024;
            }
            let shade = light.shaded(0x4a4a58, 1.0).scale(0.5);
            let all = corners(&[(l, deck), (r, deck), (r, bottom), (l, bottom)]);
            sheet.fill(all, &fading((0.0, deck + 0.1), (0.0, 1.0), (shade, 0.0), (shade, 0.35)));
        });
        let ledge = |top: f32, bottom: f32| corners(&[(l, top), (r, top), (r, bottom), (l, bottom)]);
        sheet.fill(ledge(deck + 0.018, deck + 0.044), &flat(light.bright(0xc4b29e, 0.25)));
        sheet.fill(ledge(deck + 0.044, deck + 0.052), &veil(inner, 0.8));
        self.layer(sheet, 1.0);
    }

    /// Buttes and mesas far away, with their layers of stone.
    pub(super) fn mesas(&mut self, (foot, depth): (f32, f32), distance: f32) {
        let light = self.light;
        let mut sheet = ground::field(&self.stage, depth, 0.2, Some(0.72));
        let mut x = sheet.left - 0.1;
        while x < sheet.right {
            let wide = self.chance.within(0.05, 0.24);
            let tall = self.chance.within(0.07, 0.2) * (1.0 - distance * 0.35);
            if self.chance.unit() < 0.7 {
                self.mesa(&mut sheet, (x + wide, foot), (wide, tall), distance);
            }
            x += wide * self.chance.within(1.6, 3.4);
        }
        let sand: Rgb = light.fog;
        let haze = corners(&[
            (sheet.left, foot - 0.06),
            (sheet.right, foot - 0.06),
            (sheet.right, 0.72),
            (sheet.left, 0.72),
        ]);
        sheet.inside(|sheet| {
            sheet.fill(haze, &fading((0.0, foot - 0.06), (0.0, foot + 0.02), (sand, 0.0), (sand, 0.6)));
        });
        self.lit_layer(sheet, depth);
    }

    fn mesa(&mut self, sheet: &mut Sheet, (x, foot): (f32, f32), (half, tall): (f32, f32), distance: f32) {
        let light = self.light;
        let air = |colour: Rgb| light.aerial(colour, distance);
        let natural = self.chance.of(&[0xb8644a, 0xc27650, 0xa85c4c]);
        let (lit, dark) = (air(light.bright(natural, 0.35)), air(light.shaded(natural, 1.0).scale(0.75)));
        let top = foot - tall;
        let mut left = vec![(x - half * 0.72, top)];
        let mut right = vec![(x + half * 0.7, top + tall * self.chance.within(0.0, 0.08))];
        for step in 1..=6_u8 {
            let down = f32::from(step) / 6.0;
            // Steep walls above, a slope of rubble below.
            let spread = half * (0.72 + 0.10 * down + 0.75 * (down - 0.55).max(0.0));
            left.push((x - spread + self.chance.near(half * 0.06), top + tall * down));
            right.push((x + spread + self.chance.near(half * 0.06), top + tall * down));
        }
        let mut outline = left.clone();
        outline.extend(right.iter().rev());
        let (from, to) = ((x + light.side * half * 0.7, 0.0), (x - light.side * half * 0.7, 0.0));
        sheet.fill(corners(&outline), &across(from, to, lit, dark));
        for band in [0.12_f32, 0.24, 0.42, 0.5] {
            let (y, wide) = (top + tall * band, half * (0.7 + 0.1 * band));
            let stroke = [(x - wide, y), (x, y + self.chance.near(0.003)), (x + wide * 0.98, y)];
            sheet.stroke(line(&stroke), tall * 0.03, &veil(dark, 0.35));
        }
        for _ in 0..ground::whole(half * 60.0) {
            let at = x + self.chance.near(half * 0.75);
            let crack = [(at, top + tall * 0.02), (at + self.chance.near(0.004), top + tall * 0.55)];
            sheet.stroke(line(&crack), tall * 0.02, &veil(dark, 0.4));
        }
    }
}
