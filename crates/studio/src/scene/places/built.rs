//! City streets: a road that runs away from us between house fronts, and the crossing in front of it.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, f32_of};
use super::super::sheet::{Sheet, across, corners, fading, flat, smooth, veil};
use super::super::subject::Spot;
use super::Set;
use super::canyon::{Canyon, Glow};
use super::street::{self, Skyline};
use crate::plan::Hour;

/// Where the crossing street begins.
const CROSSING: f32 = 0.792;

impl Set<'_> {
    pub(super) fn city(&mut self) -> Spot {
        let colours = self.palette.ground;
        let lights = matches!(self.plan.hour, Hour::Night | Hour::Dusk);
        for (depth, distance, tall, wide) in
            [(0.08, 0.74, (0.12, 0.42), (0.05, 0.10)), (0.20, 0.5, (0.06, 0.26), (0.08, 0.14))]
        {
            let mut sheet = ground::field(&self.stage, depth, 0.08, Some(0.70));
            let row = Skyline { foot: 0.60, tall, wide, natural: colours.far, distance, lights };
            street::skyline(&mut sheet, &self.light, row, &mut self.chance);
            self.mist(&mut sheet, (0.35, 0.62), 0.5 * distance);
            self.lit_layer(sheet, depth);
        }
        let mut sheet = ground::field(&self.stage, 0.45, -0.12, Some(0.86));
        let aspect = self.stage.aspect();
        let canyon = Canyon {
            middle: -self.light.side * aspect * 0.05,
            half: (aspect * 0.46).max(0.34),
            lights,
            wet: lights || self.wet(),
        };
        let glows = canyon.draw(&mut sheet, &self.light, colours.near, &mut self.chance);
        self.street_trees(&mut sheet, &canyon);
        self.lit_layer(sheet, 0.45);
        self.crossing(&canyon, &glows);
        self.spot(0.862)
    }

    /// Trees along the kerb, where the street is not all stone.
    fn street_trees(&mut self, sheet: &mut Sheet, canyon: &Canyon) {
        let (light, trunk) = (self.light, self.palette.ground.trunk);
        if canyon.lights {
            return;
        }
        for far in [3.4_f32, 2.3, 1.55] {
            for side in [-1.0_f32, 1.0] {
                let leaf = self.leaf();
                let place = canyon.at(side * 0.80, far, 0.0);
                let tree = (place, 0.30 / far);
                flora::tree(sheet, &light, tree, (leaf, trunk, 0.06 * far), &mut self.chance);
            }
        }
    }

    /// The street in front, on which the figures are: a pavement, or a road for who drives.
    fn crossing(&mut self, canyon: &Canyon, glows: &[Glow]) {
        let light = self.light;
        let colours = self.palette.ground;
        let mut sheet = ground::field(&self.stage, 0.92, 0.1, None);
        let (l, r) = (sheet.left, sheet.right);
        let band = |top: f32, bottom: f32| corners(&[(l, top), (r, top), (r, bottom), (l, bottom)]);
        let drives = self.drives();
        let damp = if canyon.wet { 0.62 } else { 1.0 };
        let stone = if drives { colours.near } else { 0x9a948e };
        let far = light.aerial(light.shaded(stone, 0.5).scale(damp), 0.1);
        sheet.fill(
            band(CROSSING, 1.6),
            &across((0.0, CROSSING), (0.0, 1.0), far, light.lit(stone).scale(damp)),
        );
        sheet.inside(|sheet| {
            if drives {
                let mut x = l;
                while x < r {
                    let dash = [(x, 0.905), (x + 0.2, 0.905), (x + 0.198, 0.917), (x - 0.012, 0.917)];
                    sheet.fill(corners(&dash), &veil(light.lit(0xf2ead0), 0.7));
                    x += 0.46;
                }
            } else {
                slabs(sheet, canyon.middle, light.shaded(stone, 1.0).scale(0.5));
            }
        });
        sheet.fill(band(CROSSING - 0.006, CROSSING + 0.004), &flat(light.bright(0xb8b2aa, 0.1).scale(damp)));
        sheet.fill(band(CROSSING + 0.004, CROSSING + 0.010), &flat(light.shaded(0x4a4a50, 0.9)));
        if canyon.wet {
            let sky = Rgb::hex(self.palette.sky.low).scale(0.7);
            let shine = fading((0.0, CROSSING), (0.0, 0.96), (sky, 0.35), (sky, 0.05));
            sheet.inside(|sheet| sheet.fill(band(CROSSING, 0.96), &shine));
            for glow in glows {
                glow.mirror(&mut sheet, CROSSING + 0.01, &mut self.chance);
            }
        }
        let posts = if self.stage.aspect() > 1.0 { [-0.78, 0.80] } else { [-0.30, 1.4] };
        for x in posts {
            let foot = (x, CROSSING + 0.012);
            street::lamp(&mut sheet, &light, (foot, 0.46), canyon.lights);
            if canyon.lights {
                let warm = Rgb::hex(0xffdc9a);
                let at = x - x.signum() * 0.07;
                let glow = Glow { x: at, foot: foot.1, half: 0.03, long: 0.2, tint: warm, alpha: 0.5 };
                glow.mirror(&mut sheet, foot.1, &mut self.chance);
            }
            self.casts.push((foot, 0.12));
        }
        self.sunlit(&mut sheet, CROSSING, stone);
        self.layer(sheet, 0.92);
    }
}

/// The joints between paving stones, in perspective.
fn slabs(sheet: &mut Sheet, middle: f32, dark: Rgb) {
    let (top, bottom) = (CROSSING, 1.3);
    let mut down = 0.026_f32;
    let (l, r) = (sheet.left, sheet.right);
    while down < 0.5 {
        let y = top + down;
        let wide = 0.0012 + down * 0.006;
        sheet.fill(corners(&[(l, y), (r, y), (r, y + wide), (l, y + wide)]), &veil(dark, 0.5));
        down *= 1.55;
    }
    for number in 0..44_u8 {
        let u = (f32_of(usize::from(number)) - 21.5) * 0.1;
        let far = middle + u;
        let near = middle + u * (bottom - 0.52) / (top - 0.52);
        let line = [(far, top), (far + 0.0016, top), (near + 0.005, bottom), (near, bottom)];
        sheet.fill(corners(&line), &veil(dark, 0.34));
    }
}

impl Glow {
    /// Its long soft image on wet ground, from a height down, a little broken by the ground's grain.
    pub(super) fn mirror(&self, sheet: &mut Sheet, top: f32, chance: &mut super::super::noise::Chance) {
        let end = self.foot + self.long;
        if end <= top + 0.01 {
            return;
        }
        let gone = ((top - self.foot) / self.long).max(0.0);
        let ink =
            fading((0.0, top), (0.0, end), (self.tint, self.alpha * (1.0 - gone) * 0.42), (self.tint, 0.0));
        let shake = self.half * 0.28;
        sheet.inside(|sheet| {
            for share in [1.0_f32, 0.8, 0.6, 0.4, 0.2] {
                let mut edge = |side: f32, down: f32| {
                    let half = self.half * share;
                    (self.x + side * half + chance.near(shake * share), top + (end - top) * down)
                };
                let rim = [
                    edge(-1.0, 0.0),
                    edge(1.0, 0.0),
                    edge(0.8, 0.33),
                    edge(1.0, 0.66),
                    edge(0.4, 1.0),
                    edge(-0.4, 1.0),
                    edge(-0.9, 0.66),
                    edge(-0.8, 0.33),
                ];
                sheet.fill(smooth(&rim), &ink);
            }
        });
    }
}
