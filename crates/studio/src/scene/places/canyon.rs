//! A street in perspective between two rows of fronts, with their windows, shops and signs, and what shines there.

use super::super::colour::{Light, Rgb};
use super::super::ground::{f32_of, whole};
use super::super::noise::Chance;
use super::super::sheet::{Sheet, across, corners, flat, oval, pane, round, veil};
use super::signs;
use super::street;

/// The height at which the street vanishes, and how far below it the ground lies at distance 1.0.
const HORIZON: f32 = 0.53;
const EYE: f32 = 0.26;
/// The part of the street's half width that is road.
const KERB: f32 = 0.66;

/// A street that runs to the horizon. Distances are 1.0 where it meets the crossing.
#[derive(Clone, Copy)]
pub(super) struct Canyon {
    /// Where it vanishes.
    pub(super) middle: f32,
    /// Half its width at distance 1.0.
    pub(super) half: f32,
    /// Whether windows and signs shine.
    pub(super) lights: bool,
    /// Whether its ground mirrors.
    pub(super) wet: bool,
}

/// Something that shines, as wet ground shows it.
#[derive(Clone, Copy)]
pub(super) struct Glow {
    pub(super) x: f32,
    /// Where it meets the ground.
    pub(super) foot: f32,
    pub(super) half: f32,
    pub(super) long: f32,
    pub(super) tint: Rgb,
    pub(super) alpha: f32,
}

/// One house of a row.
struct Front {
    side: f32,
    near: f32,
    far: f32,
    /// Its height above the eye at distance 1.0.
    tall: f32,
    wall: u32,
    style: u32,
}

impl Canyon {
    /// A place in the street: across (the fronts stand at 1.0), how far, and how high above the ground.
    pub(super) fn at(&self, across: f32, far: f32, up: f32) -> (f32, f32) {
        (self.middle + across * self.half / far, HORIZON + (EYE - up) / far)
    }

    pub(super) fn draw(&self, sheet: &mut Sheet, light: &Light, tar: u32, chance: &mut Chance) -> Vec<Glow> {
        let mut glows = Vec::new();
        let mut fronts = Vec::new();
        for side in [-1.0_f32, 1.0] {
            let mut near = 0.5;
            while near < 7.0 {
                let far = near * chance.within(1.28, 1.5);
                let tall = chance.within(0.2, 0.62) * if near < 0.9 { 0.8 } else { 1.0 };
                let wall = chance.of(&[0x7a6a74, 0x8a7468, 0x66788c, 0x9a8a7c, 0x6c6484, 0x586478]);
                fronts.push(Front { side, near, far, tall, wall, style: chance.number() % 4 });
                near = far;
            }
        }
        fronts.sort_by(|a, b| b.near.total_cmp(&a.near));
        self.ground(sheet, light, tar);
        for front in &fronts {
            self.front(sheet, light, front, chance);
            self.shop(sheet, light, front, (&mut glows, chance));
        }
        if self.wet {
            for glow in &glows {
                glow.mirror(sheet, glow.foot, chance);
            }
        }
        self.lamps(sheet, light, (&mut glows, chance));
        self.signs(sheet, light, (&mut glows, chance));
        glows
    }

    fn ground(&self, sheet: &mut Sheet, light: &Light, tar: u32) {
        let damp = if self.wet { 0.6 } else { 1.0 };
        let strip = |left: f32, right: f32| {
            corners(&[
                self.at(left, 9.0, 0.0),
                self.at(right, 9.0, 0.0),
                self.at(right, 0.6, 0.0),
                self.at(left, 0.6, 0.0),
            ])
        };
        let (top, end) = ((0.0, HORIZON), (0.0, 0.82));
        let paving = light.aerial(light.shaded(0xa8a29c, 0.4).scale(damp), 0.4);
        sheet.fill(strip(-1.02, 1.02), &across(top, end, paving, light.shaded(0xa8a29c, 0.4).scale(damp)));
        let tar = light.shaded(tar, 0.5).scale(damp);
        sheet.fill(strip(-KERB, KERB), &across(top, end, light.aerial(tar, 0.5), tar));
        for side in [-1.0_f32, 1.0] {
            let kerb = light.bright(0xc2bcb4, 0.1).scale(damp);
            sheet.fill(strip(side * KERB - 0.012, side * KERB + 0.012), &veil(kerb, 0.8));
        }
        let paint = veil(light.lit(0xf2ead0), 0.7);
        let mut near = 1.22;
        while near < 6.0 {
            let (far, half) = (near * 1.17, 0.014);
            let dash = [
                self.at(-half, far, 0.0),
                self.at(half, far, 0.0),
                self.at(half, near, 0.0),
                self.at(-half, near, 0.0),
            ];
            sheet.fill(corners(&dash), &paint);
            near *= 1.42;
        }
        for stripe in 0..9_u8 {
            let x = (f32::from(stripe) - 4.0) * 0.14;
            let (far, near) = (1.15, 1.03);
            let bar = [
                self.at(x - 0.04, far, 0.0),
                self.at(x + 0.04, far, 0.0),
                self.at(x + 0.04, near, 0.0),
                self.at(x - 0.04, near, 0.0),
            ];
            sheet.fill(corners(&bar), &paint);
        }
    }

    /// The wall towards the street, the wall towards us above the next house, and their windows.
    fn front(&self, sheet: &mut Sheet, light: &Light, front: &Front, chance: &mut Chance) {
        let Front { side, near, far, tall, wall, .. } = *front;
        let up = tall + EYE;
        let dim = if self.lights { 0.55 } else { 1.0 };
        let away = ((near - 1.0) * 0.13).clamp(0.0, 0.75);
        let air = |colour: Rgb, more: f32| light.aerial(colour.scale(dim), (away + more).min(0.85));
        // The side that faces the sun is lit along the whole street.
        let lit = if (side < 0.0) == (light.side < 0.0) { 0.9 } else { 0.25 };
        let outer = self.at(side * 2.6, near, 0.0).0;
        let (roof, foot) = (self.at(side, near, up), self.at(side, near, 0.0));
        let plain = [roof, (outer, roof.1), (outer, foot.1), foot];
        let towards = air(light.shaded(wall, 0.55), 0.02);
        sheet.fill(corners(&plain), &across(roof, foot, towards, towards.mix(light.fog, 0.2)));
        let (columns, floors) = (5, whole(up / 0.105));
        for floor in 1..floors.min(9) {
            for column in 0..columns {
                let (x, half) = (side * (1.12 + 0.3 * f32_of(column)), 0.075);
                let y = 0.02 + 0.105 * f32_of(floor);
                let quad = [
                    self.at(x - half, near, y + 0.06),
                    self.at(x + half, near, y + 0.06),
                    self.at(x + half, near, y),
                    self.at(x - half, near, y),
                ];
                self.window(sheet, light, (quad, away), (0.3, chance));
            }
        }
        let (roof2, foot2) = (self.at(side, far, up), self.at(side, far, 0.0));
        let ink = across(
            roof,
            roof2,
            air(light.shaded(wall, lit), 0.0),
            air(light.shaded(wall, lit), ((far - near) * 0.12).min(0.25)),
        );
        sheet.fill(corners(&[roof, roof2, foot2, foot]), &ink);
        let ledge = [roof, roof2, self.at(side, far, up - 0.018), self.at(side, near, up - 0.018)];
        sheet.fill(corners(&ledge), &flat(air(light.bright(wall, 0.4), 0.0)));
        self.street_windows(sheet, light, (front, away), chance);
    }

    fn street_windows(
        &self,
        sheet: &mut Sheet,
        light: &Light,
        (front, away): (&Front, f32),
        chance: &mut Chance,
    ) {
        let Front { side, near, far, tall, style, .. } = *front;
        let up = tall + EYE;
        // Bands of glass, tall slots, or windows of two sizes; offices are lit by the floor, homes one by one.
        let (pitch, high, count, part) =
            [(0.085, 0.045, 5, 0.62), (0.075, 0.05, 1, 0.94), (0.13, 0.10, 6, 0.4), (0.10, 0.06, 4, 0.5)]
                [style as usize];
        let mut y = 0.135;
        while y + high < up - 0.03 {
            let busy = chance.unit();
            for column in 0..count {
                let share = |u: f32| {
                    let u = (f32_of(column) + 0.5 + (u - 0.5) * part) / f32_of(count);
                    // Equal steps along the street, not in the picture.
                    near + (far - near) * (0.05 + 0.9 * u)
                };
                let quad = [
                    self.at(side, share(0.0), y + high),
                    self.at(side, share(1.0), y + high),
                    self.at(side, share(1.0), y),
                    self.at(side, share(0.0), y),
                ];
                let lit = if style == 1 { f32::from(busy < 0.35) } else { 0.12 + 0.5 * busy * busy };
                self.window(sheet, light, (quad, away), (lit, chance));
            }
            y += pitch;
        }
    }

    fn window(
        &self,
        sheet: &mut Sheet,
        light: &Light,
        (quad, away): ([(f32, f32); 4], f32),
        (lit, chance): (f32, &mut Chance),
    ) {
        let shines = self.lights && chance.unit() < lit;
        let colour = if shines {
            let tint = chance.of(&[0xffd08a, 0xffc070, 0xffe6b8, 0xffd9a0, 0xb8dcf0]);
            Rgb::hex(tint).scale(chance.within(0.45, 0.95))
        } else if self.lights {
            light.shaded(0x3a4a66, 1.0).scale(0.8)
        } else {
            light.shaded(0x5f7890, chance.within(0.1, 0.7)).mix(light.fog, 0.22)
        };
        sheet.fill(corners(&quad), &veil(light.aerial(colour, away * 0.8), if shines { 1.0 } else { 0.7 }));
    }

    /// Shop windows along the pavement, with their boards above.
    fn shop(
        &self,
        sheet: &mut Sheet,
        light: &Light,
        front: &Front,
        (glows, chance): (&mut Vec<Glow>, &mut Chance),
    ) {
        let Front { side, near, far, .. } = *front;
        if far > 5.0 {
            return;
        }
        let shops = 2;
        for shop in 0..shops {
            let share = |u: f32| near + (far - near) * (f32_of(shop) + u) / f32_of(shops);
            let (a, b) = (share(0.08), share(0.92));
            let quad = |low: f32, high: f32| {
                corners(&[
                    self.at(side, a, high),
                    self.at(side, b, high),
                    self.at(side, b, low),
                    self.at(side, a, low),
                ])
            };
            let tint = chance.of(&[0xffcf8a, 0xffe0b0, 0xffb872, 0xf6e8d8, 0xa8e0e8]);
            let warm = Rgb::hex(tint);
            let glass = if self.lights { warm.scale(0.85) } else { light.shaded(0x6f8aa0, 0.4) };
            sheet.fill(quad(0.004, 0.085), &flat(glass));
            sheet.fill(quad(0.004, 0.022), &flat(light.shaded(0x4a4448, 0.8)));
            let board = chance.of(&[0x9a3f4a, 0x2f6a78, 0xb8863a, 0x3f5f4a, 0x5a4a7c]);
            let paint = Rgb::hex(board).times(light.light.mix(warm, if self.lights { 0.5 } else { 0.0 }));
            sheet.fill(quad(0.085, 0.112), &flat(paint));
            if self.lights && a > 0.7 {
                let foot = self.at(side, (a + b) * 0.5, 0.0);
                let half = ((self.at(side, a, 0.0).0 - self.at(side, b, 0.0).0).abs() * 0.5).min(0.07);
                glows.push(Glow {
                    x: foot.0 - side * half * 0.4,
                    foot: foot.1,
                    half,
                    long: 0.15 / a,
                    tint: warm,
                    alpha: 0.34,
                });
            }
        }
    }

    /// Lamps on both kerbs.
    fn lamps(&self, sheet: &mut Sheet, light: &Light, (glows, _): (&mut Vec<Glow>, &mut Chance)) {
        for far in [3.6_f32, 2.4, 1.6] {
            for side in [-1.0_f32, 1.0] {
                let foot = self.at(side * (KERB + 0.06), far, 0.0);
                street::lamp(sheet, light, (foot, 0.40 / far), self.lights);
                if self.lights {
                    let tint = Rgb::hex(0xffdc9a);
                    let x = foot.0 - side * 0.064 / far;
                    glows.push(Glow {
                        x,
                        foot: foot.1,
                        half: 0.02 / far,
                        long: 0.26 / far,
                        tint,
                        alpha: 0.45,
                    });
                }
            }
        }
    }

    /// Signs that stand out from the fronts towards us: few, in rows, each with its own strokes.
    fn signs(&self, sheet: &mut Sheet, light: &Light, (glows, chance): (&mut Vec<Glow>, &mut Chance)) {
        let hues = [0xff5aa4, 0x58d4f4, 0xffb45a, 0x9a7cff, 0x62f0c0, 0xff6a5a];
        let mut hue = chance.number() as usize;
        for (far, high) in [(3.1_f32, 0.20_f32), (2.2, 0.27), (1.6, 0.17), (1.17, 0.24)] {
            for side in [-1.0_f32, 1.0] {
                let far = far * if side < 0.0 { 1.0 } else { 1.13 };
                hue += 1;
                let tint = Rgb::hex(hues[hue % hues.len()]);
                let glyphs = 2 + chance.number() % 3;
                let size = 0.064 / far;
                let tall = size * (f32_of(glyphs as usize) * 0.98 + 0.25);
                let from = self.at(side, far, 0.0);
                let x = from.0 - side * (size * 0.72 + 0.008 / far);
                let top = self.at(side, far, high + EYE * 0.5).1;
                let panel = ((x - size * 0.62, top), (x + size * 0.62, top + tall));
                let reach = tall * 1.05;
                if self.lights {
                    let centre = (x, top + tall * 0.5);
                    sheet.fill(
                        oval(centre, (reach, reach), 0.0),
                        &round(centre, reach, (tint, 0.42), (tint, 0.0)),
                    );
                }
                let arm = [
                    (from.0, top + tall * 0.2),
                    (x, top + tall * 0.2),
                    (x, top + tall * 0.23),
                    (from.0, top + tall * 0.23),
                ];
                sheet.fill(corners(&arm), &flat(light.shaded(0x3a3a44, 0.7)));
                let back = if self.lights {
                    tint.scale(0.10)
                } else {
                    light.lit(hues[hue % hues.len()]).scale(0.55)
                };
                sheet.fill(pane(panel.0, panel.1, size * 0.12), &flat(back));
                let ink = if self.lights { tint.mix(Rgb::hex(0xffffff), 0.35) } else { light.lit(0xfaf4e6) };
                sheet.stroke(pane(panel.0, panel.1, size * 0.12), size * 0.07, &veil(ink, 0.8));
                for glyph in 0..glyphs as usize {
                    let at = (x, top + size * (0.62 + 0.98 * f32_of(glyph)));
                    signs::glyph(sheet, (at, size * 0.42), ink, chance);
                }
                if self.lights {
                    let foot = from.1 + 0.01;
                    glows.push(Glow { x, foot, half: size * 0.6, long: 0.30 / far, tint, alpha: 0.5 });
                }
            }
        }
    }
}
