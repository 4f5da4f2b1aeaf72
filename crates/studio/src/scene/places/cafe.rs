//! A table by a window: in the rain the street's blurred lights and drops on the panes, else a garden; a lamp and a curtain.

use super::super::air::Clouds;
use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, Relief, f32_of, whole};
use super::super::noise::{noise, step};
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, pane, round, smooth, veil};
use super::super::subject::Spot;
use super::super::weather::{Drops, Stem, Swaying};
use super::Set;
use crate::plan::Hour;

/// Where the table begins.
const TABLE: f32 = 0.745;
/// Where the street meets the house fronts behind the window.
const KERB: f32 = 0.49;

/// A light of the street, out of focus.
struct Bokeh {
    at: (f32, f32),
    size: f32,
    tint: Rgb,
    alpha: f32,
}

/// The window's edges.
#[derive(Clone, Copy)]
struct Window {
    left: f32,
    right: f32,
    top: f32,
    sill: f32,
}

impl Set<'_> {
    pub(super) fn table_by_a_window(&mut self) -> Spot {
        let half = self.stage.aspect() * 0.5;
        let aside = self.light.side * half * 0.16;
        let window = Window { left: aside - half * 0.74, right: aside + half * 0.74, top: 0.05, sill: 0.585 };
        let lights = if self.on_a_street() { self.street_lights() } else { self.leaf_lights() };
        if self.on_a_street() {
            self.blurred_street(&lights);
            let cars = Clouds::headlights(&self.stage, (KERB + 0.015, 5), &mut self.chance);
            self.add(cars);
        } else {
            self.blurred_garden(&lights);
        }
        if self.wet() {
            self.wet_panes(window);
        }
        self.window_wall(window);
        self.table(&lights);
        self.pendant();
        self.spot(0.875)
    }

    /// Whether the window looks on a street's lights; on a fair day it looks on a garden.
    fn on_a_street(&self) -> bool {
        self.wet() || matches!(self.plan.hour, Hour::Night | Hour::Dusk)
    }

    /// A colour in the lamps' light and a little of the day's.
    fn indoors(&self, natural: u32, shade: f32) -> Rgb {
        let day = self.light.light.mix(self.light.shade, shade);
        let glow = Rgb::hex(0xffd2a0).scale(0.95 - 0.6 * shade);
        let fair = if self.on_a_street() { 0.35 } else { 0.75 };
        Rgb::hex(natural).times(glow.mix(day, fair))
    }

    fn street_lights(&mut self) -> Vec<Bokeh> {
        let wide = self.stage.aspect() * 0.9;
        let mut lights: Vec<Bokeh> = (0..whole(30.0 * self.stage.aspect().max(0.8)))
            .map(|_| {
                let tint =
                    self.chance.of(&[0xffc878, 0xffb45a, 0xffe0b0, 0xff8a6a, 0x8fd0e8, 0xf2f4ff, 0xff6a6a]);
                Bokeh {
                    at: (self.chance.within(-wide, wide), self.chance.within(0.14, KERB - 0.02)),
                    size: self.chance.within(0.012, 0.036),
                    tint: Rgb::hex(tint),
                    alpha: self.chance.within(0.25, 0.7),
                }
            })
            .collect();
        // Lamps in a row, and the windows of a shop.
        for index in 0..7_u8 {
            let x = (f32::from(index) - 3.0) * 0.34;
            lights.push(Bokeh { at: (x, 0.25), size: 0.03, tint: Rgb::hex(0xffe2b0), alpha: 0.75 });
        }
        lights
    }

    /// The sun between leaves, out of focus.
    fn leaf_lights(&mut self) -> Vec<Bokeh> {
        let wide = self.stage.aspect() * 0.9;
        (0..whole(26.0 * self.stage.aspect().max(0.8)))
            .map(|_| Bokeh {
                at: (self.chance.within(-wide, wide), self.chance.within(0.2, 0.56)),
                size: self.chance.within(0.014, 0.04),
                tint: Rgb::hex(self.leaf()).mix(self.light.sun, self.chance.within(0.2, 0.8)),
                alpha: self.chance.within(0.12, 0.5),
            })
            .collect()
    }

    /// A garden behind the glass, out of focus: sky, crowns of trees, a lawn.
    fn blurred_garden(&mut self, lights: &[Bokeh]) {
        let (light, seed, colours) = (self.light, self.chance.number(), self.palette.ground);
        let sky = super::super::air::gradient(self.palette);
        let (leaf, dark) = (light.bright(colours.leaf, 0.3), light.shaded(colours.leaf, 1.0).scale(0.8));
        let lawn = light.bright(0x9cc468, 0.3);
        let relief = Relief::new(&self.stage, (0.06, 0.25), (-0.1, Some(0.72)), |x, y| {
            let crown = 0.12 + 0.42 * noise(x * 1.7 + 40.0, 1.5, seed);
            let tone =
                noise(x * 6.0 + 40.0, y * 7.0 + 9.5, seed) * 0.7 + noise(x * 2.0 + 9.0, y * 3.0, seed) * 0.3;
            let trees = dark.mix(leaf, step(0.2, 0.85, tone + (0.45 - y) * 0.4)).mix(light.fog, 0.18);
            let colour = sky(y * 0.8).mix(trees, step(crown - 0.06, crown + 0.06, y));
            let colour = colour.mix(lawn.mix(light.fog, 0.1), step(0.47, 0.53, y));
            let colour = lights.iter().fold(colour, |colour, spot| {
                let (dx, dy) = (x - spot.at.0, y - spot.at.1);
                let far = (dx * dx + dy * dy).sqrt() / spot.size;
                colour.mix(spot.tint, step(1.06, 0.85, far) * spot.alpha)
            });
            (colour, 1.0)
        });
        self.add(relief);
    }

    /// The street behind the glass, as an eye sees it that rests on the table.
    fn blurred_street(&mut self, lights: &[Bokeh]) {
        let light = self.light;
        let seed = self.chance.number();
        let dim = if self.night() { 0.5 } else { 0.62 };
        let (sky, haze) =
            (Rgb::hex(self.palette.sky.middle).scale(dim), Rgb::hex(self.palette.sky.low).scale(dim));
        let wall = light.shaded(0x5a6478, 0.9).scale(0.55);
        let road = light.shaded(0x4a525e, 0.9).scale(0.45);
        let relief = Relief::new(&self.stage, (0.06, 0.4), (-0.1, Some(0.72)), |x, y| {
            let mut colour = sky.mix(haze, step(0.0, 0.5, y));
            let roof = 0.08 + 0.3 * noise(x * 2.3 + 40.0, 1.5, seed);
            let front = noise(x * 7.0 + 40.0, 9.5, seed);
            colour = colour.mix(wall.scale(0.7 + 0.7 * front), step(roof - 0.03, roof + 0.03, y) * 0.9);
            let wet = step(KERB - 0.02, KERB + 0.03, y);
            colour = colour.mix(road.mix(haze, 0.3 * step(0.66, KERB, y)), wet);
            for spot in lights {
                let (dx, dy) = (x - spot.at.0, y - spot.at.1);
                let far = (dx * dx + dy * dy).sqrt() / spot.size;
                let disc = step(1.1, 0.84, far) * (0.75 + 0.25 * far.min(1.0)) * spot.alpha;
                // What shines above the road lies drawn out upon it.
                let down = (y - KERB) / (0.06 + (KERB - spot.at.1) * 0.5);
                let smear =
                    step(spot.size * 1.1, 0.0, dx.abs()) * wet * step(1.0, 0.0, down) * spot.alpha * 0.5;
                colour = colour.mix(spot.tint, (disc + smear).min(0.9));
            }
            (colour, 1.0)
        });
        self.add(relief);
    }

    /// Drops on the glass: most of them hang, some run.
    fn wet_panes(&mut self, window: Window) {
        let mut sheet = ground::field(&self.stage, 0.3, window.top, Some(window.sill));
        let (pale, dark) = (Rgb::hex(0xe8f0f6), Rgb::hex(0x1c2836));
        for _ in 0..whole((window.right - window.left) * 330.0) {
            let at =
                (self.chance.within(window.left, window.right), self.chance.within(window.top, window.sill));
            let size = 0.0014 + 0.0042 * self.chance.unit().powi(3);
            drop_of_water(&mut sheet, at, (size, size * 1.15), (pale, dark));
        }
        self.layer(sheet, 0.3);
        let place = (window.left, window.right, window.top, window.sill);
        let drops = Drops::new(&self.stage, place, 0.3, &mut self.chance);
        self.add(drops);
    }

    /// The wall round the window, its frame, its sill with a plant, and the curtain beside it.
    fn window_wall(&mut self, window: Window) {
        let Window { left, right, top, sill } = window;
        let mut sheet = ground::field(&self.stage, 0.34, -0.2, Some(0.86));
        let natural = self.chance.of(&[0x8a6a56, 0x5f7a70, 0x7a5a52, 0x5a6684]);
        let glow_x = -self.light.side * self.stage.aspect() * 0.3;
        let ink = across(
            (glow_x, 0.3),
            (glow_x + self.light.side * 1.4, 0.8),
            self.indoors(natural, 0.15),
            self.indoors(natural, 0.75),
        );
        let (l, t, r, b) = (sheet.left, sheet.top, sheet.right, sheet.bottom);
        for (from, to) in [
            ((l, t), (left, b)),
            ((right, t), (r, b)),
            ((left - 0.004, t), (right + 0.004, top)),
            ((left, sill), (right, b)),
        ] {
            sheet.fill(corners(&[from, (to.0, from.1), to, (from.0, to.1)]), &ink);
        }
        let (wood, edge) = (flat(self.indoors(0x6a4630, 0.45)), flat(self.indoors(0x9a6c48, 0.1)));
        sheet.stroke(pane((left, top), (right, sill), 0.004), 0.03, &wood);
        sheet.stroke(pane((left + 0.012, top + 0.012), (right - 0.012, sill - 0.012), 0.003), 0.003, &edge);
        let third = (right - left) / 3.0;
        for bar in [left + third, right - third] {
            sheet.stroke(line(&[(bar, top), (bar, sill)]), 0.017, &wood);
            sheet.stroke(line(&[(bar - 0.007, top), (bar - 0.007, sill)]), 0.002, &edge);
        }
        sheet.stroke(line(&[(left, 0.185), (right, 0.185)]), 0.012, &wood);
        let board =
            across((0.0, sill), (0.0, sill + 0.03), self.indoors(0xb8845a, 0.0), self.indoors(0x8a5c3c, 0.5));
        sheet.fill(pane((left - 0.05, sill + 0.004), (right + 0.05, sill + 0.032), 0.006), &board);
        let under = fading(
            (0.0, sill + 0.03),
            (0.0, sill + 0.09),
            (Rgb::hex(0x140c08), 0.24),
            (Rgb::hex(0x140c08), 0.0),
        );
        sheet.fill(
            corners(&[
                (left - 0.05, sill + 0.032),
                (right + 0.05, sill + 0.032),
                (right + 0.05, 0.69),
                (left - 0.05, 0.69),
            ]),
            &under,
        );
        let warm = Rgb::hex(0xffb866);
        let lamp = (glow_x, 0.2);
        sheet.inside(|sheet| {
            sheet.fill(oval(lamp, (0.6, 0.6), 0.0), &round(lamp, 0.6, (warm, 0.34), (warm, 0.0)));
        });
        let third_pane = if self.light.side > 0.0 { 0.35 } else { 2.65 };
        let pot = (left + third * third_pane, sill + 0.006);
        self.clay_pot(&mut sheet, pot);
        self.layer(sheet, 0.34);
        let leaves = self.pot_plant();
        let curtains = [(left - 0.03, 1.0), (right + 0.03, -1.0)].map(|(x, side)| {
            let stem = Stem { foot: (x, top - 0.02), depth: 0.36, speed: 0.9, reach: 0.022 * side, phase: x };
            (self.curtain((0.1, sill + 0.06 - top), side), stem)
        });
        let stem = Stem { foot: (pot.0, pot.1 - 0.055), depth: 0.34, speed: 1.1, reach: 0.05, phase: 0.0 };
        let mut stems = vec![(leaves, stem)];
        stems.extend(curtains);
        self.add(Swaying { stems });
    }

    fn clay_pot(&self, sheet: &mut Sheet, pot: (f32, f32)) {
        let clay = across(
            (pot.0 - 0.04, 0.0),
            (pot.0 + 0.04, 0.0),
            self.indoors(0xd08a62, 0.1),
            self.indoors(0xa0583c, 0.6),
        );
        let shape = [
            (pot.0 - 0.036, pot.1 - 0.062),
            (pot.0 + 0.036, pot.1 - 0.062),
            (pot.0 + 0.026, pot.1),
            (pot.0 - 0.026, pot.1),
        ];
        sheet.fill(corners(&shape), &clay);
    }

    /// Leaves above (0, 0).
    fn pot_plant(&mut self) -> Sprite {
        let mut sheet = Sheet::new((-0.13, -0.2, 0.13, 0.02), self.stage.resolution());
        let light = self.light;
        for leaf in 0..9_u8 {
            let angle = (f32::from(leaf) - 4.0) * 0.3 + self.chance.near(0.15);
            let reach = self.chance.within(0.09, 0.16);
            let tip = (angle.sin() * reach, -angle.cos() * reach);
            let (dx, dy) = (angle.cos() * 0.018, angle.sin() * 0.018);
            let middle = (tip.0 * 0.55, tip.1 * 0.6);
            let shape = [(0.0, 0.0), (middle.0 - dx, middle.1 - dy), tip, (middle.0 + dx, middle.1 + dy)];
            let shade = self.chance.within(0.0, 0.7);
            let tone = self.indoors(0x6aa05a, shade);
            sheet.fill(smooth(&shape), &flat(tone));
            sheet.stroke(line(&[(0.0, 0.0), middle, tip]), 0.0018, &veil(self.indoors(0xb0d090, 0.2), 0.6));
        }
        flora::foliage(&mut sheet, &light, ((0.0, -0.01), (0.03, 0.018)), (0x4f7f48, 0.1), &mut self.chance);
        Sprite::new(sheet)
    }

    /// A gathered curtain that hangs from (0, 0); `side` is the way to the window's middle.
    pub(super) fn curtain(&mut self, (wide, long): (f32, f32), side: f32) -> Sprite {
        let mut sheet = Sheet::new((-wide, -0.01, wide, long + 0.01), self.stage.resolution() * 0.7);
        let natural = self.chance.of(&[0xd8b088, 0xc89a86, 0xd2c0a0]);
        let folds = 7;
        for fold in 0..folds {
            let at = |share: f32| (share - 0.5) * wide * 1.1;
            let (a, b) = (at(f32_of(fold) / f32_of(folds)), at(f32_of(fold + 1) / f32_of(folds)));
            // Gathered in a soft waist, and wider again at the hem.
            let at_height = |x: f32, v: f32| {
                let gathered = step(0.0, 0.6, v) * (1.0 - 0.6 * step(0.6, 1.0, v));
                (x * (1.0 - 0.36 * gathered) - side * wide * 0.12 * gathered, long * v)
            };
            let rows = || (0..=10_u8).map(|row| f32::from(row) / 10.0);
            let mut shape: Vec<(f32, f32)> = rows().map(|v| at_height(a, v)).collect();
            shape.extend(rows().rev().map(|v| at_height(b + 0.002, v)));
            let ink = across((a, 0.0), (b, 0.0), self.indoors(natural, 0.1), self.indoors(natural, 0.75));
            sheet.fill(corners(&shape), &ink);
        }
        Sprite::new(sheet)
    }

    /// The table's top with its grain, and on it what the window and the lamp throw.
    fn table(&mut self, lights: &[Bokeh]) {
        let mut sheet = ground::field(&self.stage, 0.92, TABLE - 0.02, None);
        let (l, r) = (sheet.left, sheet.right);
        let natural = self.chance.of(&[0xa8703f, 0x96603c, 0xb07a4a]);
        let top = corners(&[(l, TABLE), (r, TABLE), (r, 1.6), (l, 1.6)]);
        sheet.fill(
            top,
            &across((0.0, TABLE), (0.0, 1.05), self.indoors(natural, 0.2), self.indoors(natural, 0.55)),
        );
        let dark = self.indoors(0x5a3820, 0.7);
        sheet.inside(|sheet| {
            for _ in 0..130 {
                let down = self.chance.unit().powf(1.6);
                let y = TABLE + 0.006 + 0.36 * down;
                let (x, long) = (self.chance.within(l, r), self.chance.within(0.1, 0.5) * (0.4 + down));
                let bend = [(x - long, y), (x, y + self.chance.near(0.004)), (x + long, y)];
                sheet.stroke(line(&bend), 0.0008 + 0.002 * down, &veil(dark, 0.18));
            }
            for board in [0.045_f32, 0.125, 0.245] {
                sheet.stroke(
                    line(&[(l, TABLE + board), (r, TABLE + board)]),
                    0.0022 + board * 0.008,
                    &veil(dark, 0.5),
                );
            }
            let shine = Rgb::hex(self.palette.sky.low);
            let gleam = corners(&[(l, TABLE), (r, TABLE), (r, TABLE + 0.14), (l, TABLE + 0.14)]);
            sheet.fill(gleam, &fading((0.0, TABLE), (0.0, TABLE + 0.14), (shine, 0.34), (shine, 0.0)));
            for spot in lights.iter().filter(|spot| spot.alpha > 0.4) {
                let at = (spot.at.0, TABLE + 0.02 + (KERB - spot.at.1) * 0.3);
                let ink = round(at, spot.size * 2.2, (spot.tint, spot.alpha * 0.3), (spot.tint, 0.0));
                sheet.fill(oval(at, (spot.size * 1.4, spot.size * 2.2), 0.0), &ink);
            }
            let (warm, pool) = (Rgb::hex(0xffc078), (-self.light.side * self.stage.aspect() * 0.2, 0.87));
            sheet.fill(oval(pool, (0.7, 0.24), 0.0), &round(pool, 0.7, (warm, 0.4), (warm, 0.0)));
            let gloom = self.indoors(0x3a2214, 1.0);
            let edge = corners(&[(l, 0.86), (r, 0.86), (r, 1.6), (l, 1.6)]);
            sheet.fill(edge, &fading((0.0, 0.88), (0.0, 1.12), (gloom, 0.0), (gloom, 0.6)));
        });
        sheet.stroke(
            line(&[(l, TABLE + 0.002), (r, TABLE + 0.002)]),
            0.005,
            &flat(self.indoors(0xe0a870, 0.0)),
        );
        self.layer(sheet, 0.92);
    }

    /// A lamp on a cord, and its warm light.
    fn pendant(&mut self) {
        let mut sheet = Sheet::new((-0.34, -0.3, 0.34, 0.54), self.stage.resolution() * 0.6);
        let warm = Rgb::hex(0xffbe6e);
        for (reach, alpha) in [(0.32_f32, 0.30), (0.14, 0.4)] {
            let ink = round((0.0, 0.2), reach, (warm, alpha), (warm, 0.0));
            sheet.fill(oval((0.0, 0.2), (reach, reach), 0.0), &ink);
        }
        sheet.stroke(line(&[(0.0, -0.3), (0.0, 0.12)]), 0.004, &flat(Rgb::hex(0x241a16)));
        sheet.fill(oval((0.0, 0.192), (0.03, 0.018), 0.0), &flat(Rgb::hex(0xfff4d8)));
        let shade =
            [(-0.014, 0.1), (0.014, 0.1), (0.04, 0.135), (0.088, 0.185), (-0.088, 0.185), (-0.04, 0.135)];
        let metal =
            across((-0.09, 0.0), (0.09, 0.0), self.indoors(0x3f6a64, 0.1), self.indoors(0x24403e, 0.7));
        sheet.fill(smooth(&shade), &metal);
        sheet.fill(oval((0.0, 0.184), (0.085, 0.011), 0.0), &flat(Rgb::hex(0xffe2a8)));
        let foot = (-self.light.side * self.stage.aspect() * 0.3, -0.03);
        let stem = Stem { foot, depth: 0.5, speed: 0.7, reach: 0.012, phase: 0.4 };
        self.add(Swaying { stems: vec![(Sprite::new(sheet), stem)] });
    }
}

/// A drop on glass shows the world upside down: bright below, dark above, and a glint.
fn drop_of_water(sheet: &mut Sheet, (x, y): (f32, f32), (wide, tall): (f32, f32), (pale, dark): (Rgb, Rgb)) {
    let ink = fading((x, y - tall), (x, y + tall), (dark, 0.38), (pale, 0.55));
    sheet.fill(oval((x, y), (wide, tall), 0.0), &ink);
    sheet.fill(oval((x - wide * 0.3, y - tall * 0.35), (wide * 0.25, tall * 0.25), 0.0), &veil(pale, 0.8));
}
