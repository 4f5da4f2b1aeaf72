//! Green places: gardens, parks, meadows, farms, villages, eastern gardens and forests.

use super::super::colour::Rgb;
use super::super::flora;
use super::super::ground::{self, Lawn, Ridge};
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, smooth, veil};
use super::super::subject::Spot;
use super::super::town;
use super::super::weather::{Stem, Swaying};
use super::Set;
use crate::plan::{Place, Season};

impl Set<'_> {
    pub(super) fn green(&mut self) -> Spot {
        let colours = self.palette.ground;
        let ridge = |height, swing, pace, seed| Ridge { height, swing, pace, sharp: 0.0, seed };
        let seeds: [u32; 3] = std::array::from_fn(|_| self.chance.number());
        let farthest = Ridge { sharp: 0.3, ..ridge(0.475, 0.12, 1.5, seeds[0]) };
        self.hills(farthest, (0x7f96b8, 0.72), (0.07, 0.7), false);
        self.hills(ridge(0.515, 0.13, 1.15, seeds[1]), (colours.far, 0.5), (0.13, 0.72), true);
        self.hills(ridge(0.565, 0.12, 1.5, seeds[2]), (colours.middle, 0.3), (0.22, 0.74), true);
        let near = ridge(0.615, 0.075, 1.05, seeds[2] ^ 0x5a5a);
        self.hills(near, (colours.middle, 0.14), (0.32, 0.76), self.plan.place != Place::Farm);
        self.behind_the_lawn();
        self.cast_depth = Some(0.42);
        if matches!(self.plan.place, Place::Garden | Place::Park | Place::Meadow) {
            self.shafts(0.26);
        }
        let ridge = Ridge { height: 0.665, swing: 0.012, pace: 1.4, sharp: 0.0, seed: self.chance.number() };
        let blooms = match self.plan.place {
            Place::Garden => 150.0,
            Place::Meadow => 190.0,
            _ => 60.0,
        };
        let blooms = if self.plan.season == Season::Winter { 0.0 } else { blooms };
        self.lawn(ridge, 2600.0, blooms);
        self.on_the_way(0.862)
    }

    pub(super) fn lawn(&mut self, ridge: Ridge, blades: f32, blooms: f32) {
        let colours = self.palette.ground;
        let flowers = self.palette.flowers;
        let mut sheet = ground::field(&self.stage, 0.92, ridge.height - ridge.swing - 0.04, None);
        let lawn = Lawn {
            ridge,
            far: colours.middle,
            near: colours.near,
            blades,
            flowers: &flowers,
            blooms,
            distance: 0.08,
        };
        if self.plan.season == Season::Winter {
            ground::snow(&mut sheet, &self.light, ridge, &mut self.chance);
        } else {
            ground::lawn(&mut sheet, &self.light, lawn, &mut self.chance);
        }
        if matches!(self.plan.place, Place::Park | Place::Village | Place::Pagoda | Place::Farm) {
            self.path(&mut sheet, ridge.height);
        }
        if self.drives() {
            self.road(&mut sheet);
        }
        self.sunlit(&mut sheet, ridge.height, colours.near);
        self.layer(sheet, 0.92);
        self.cast_shadows(ridge.height, colours.near);
    }

    /// A sandy path that winds towards us.
    fn path(&mut self, sheet: &mut Sheet, top: f32) {
        let (far, near) =
            if self.plan.season == Season::Winter { (0xd4dfea, 0xc2d0de) } else { (0xe6d3ac, 0xc9a878) };
        let sand = across((0.0, top), (0.0, 1.0), self.light.lit(far), self.light.shaded(near, 0.3));
        let lean = self.light.side * 0.3;
        let winds = [
            (0.30 - lean, top + 0.004),
            (0.22 - lean, top + 0.04),
            (0.26, top + 0.10),
            (0.08, top + 0.2),
            (0.1, 1.1),
            (-0.62, 1.1),
            (-0.34, top + 0.2),
            (0.04, top + 0.10),
            (0.12 - lean, top + 0.04),
            (0.28 - lean, top + 0.004),
        ];
        sheet.inside(|sheet| sheet.fill(smooth(&winds), &sand));
    }

    fn behind_the_lawn(&mut self) {
        let colours = self.palette.ground;
        let mut sheet = ground::field(&self.stage, 0.42, 0.14, Some(0.78));
        let (place, light) = (self.plan.place, self.light);
        let base = 0.662;
        match place {
            Place::Village => self.houses(&mut sheet, base),
            Place::Farm => {
                let x = self.light.side * -self.stage.aspect() * 0.25;
                town::house(&mut sheet, &light, ((x, base), 0.24), (0xc2493c, 0x6a4a44, 0.14));
            }
            Place::Pagoda => {
                let x = self.light.side * -self.stage.aspect() * 0.24;
                town::pagoda(&mut sheet, &light, ((x, base), 0.46), 0.16);
            }
            _ => {}
        }
        let density = match place {
            Place::Garden | Place::Park | Place::Pagoda => 0.55,
            Place::Meadow => 0.18,
            _ => 0.3,
        };
        let blossom = self.plan.weather == crate::plan::Weather::Petals;
        let mut x = sheet.left;
        while x < sheet.right {
            if self.chance.unit() < density && !self.behind_the_figure(x) {
                let y = base + self.chance.near(0.01);
                let tall = self.chance.within(0.24, 0.46);
                let leaf = if blossom || (place == Place::Pagoda && self.chance.unit() < 0.4) {
                    0xf2a6bc
                } else {
                    self.leaf()
                };
                flora::tree(
                    &mut sheet,
                    &light,
                    ((x, y), tall),
                    (leaf, colours.trunk, 0.17),
                    &mut self.chance,
                );
                self.casts.push(((x, y), tall));
            }
            x += self.chance.within(0.12, 0.24);
        }
        if matches!(place, Place::Garden | Place::Village | Place::Farm) {
            town::fence(
                &mut sheet,
                &light,
                (base + 0.012, 0.062),
                (if place == Place::Farm { 0xa8805a } else { 0xfbf6ec }, 0.1),
            );
        }
        if matches!(place, Place::Garden | Place::Park | Place::Pagoda) {
            let flowers = self.palette.flowers;
            let mut x = sheet.left;
            while x < sheet.right {
                let wide = self.chance.within(0.045, 0.095);
                if self.chance.unit() < 0.75 {
                    let leaf = self.leaf();
                    flora::bush(
                        &mut sheet,
                        &light,
                        ((x, base + 0.02), wide),
                        (leaf, 0.1, &flowers),
                        &mut self.chance,
                    );
                }
                x += wide * self.chance.within(1.2, 2.1);
            }
        }
        self.lit_layer(sheet, 0.42);
    }

    /// The place's leaf colour, a little different for each plant.
    pub(super) fn leaf(&mut self) -> u32 {
        let base = self.palette.ground.leaf;
        match (self.plan.season, self.chance.number() % 3) {
            (Season::Autumn, 0) => 0xe0a840,
            (Season::Autumn, 1) => 0xc85a38,
            (Season::Autumn, _) => base,
            (Season::Winter, 0) => 0xd3dee6,
            (Season::Winter, _) => 0xb9c9d2,
            (_, 0) => base,
            (_, 1) => 0x6fae48,
            _ => 0x459a5c,
        }
    }

    fn houses(&mut self, sheet: &mut Sheet, base: f32) {
        let light = self.light;
        let mut x = sheet.left + 0.05;
        while x < sheet.right {
            let wall = self.chance.of(&[0xf6e7cc, 0xf2d3b8, 0xe4ddd0, 0xe9c9a0]);
            let roof = self.chance.of(&[0xc2583f, 0xa84a3c, 0x7a6a8a, 0xb8743f]);
            // Snow lies on it.
            let roof = if self.plan.season == Season::Winter { 0xe6edf4 } else { roof };
            let tall = self.chance.within(0.15, 0.23);
            town::house(sheet, &light, ((x, base + self.chance.near(0.008)), tall), (wall, roof, 0.14));
            x += tall + self.chance.within(0.06, 0.3);
        }
    }

    /// Trunks behind trunks, each row paler, under a roof of leaves.
    pub(super) fn forest(&mut self) -> Spot {
        let colours = self.palette.ground;
        let light = self.light;
        let ridge = Ridge { height: 0.56, swing: 0.05, pace: 1.6, sharp: 0.0, seed: self.chance.number() };
        self.hills(ridge, (colours.far, 0.75), (0.12, 0.75), true);
        for (depth, distance, base, tall) in
            [(0.2, 0.78, 0.63, 0.5), (0.36, 0.46, 0.65, 0.75), (0.55, 0.12, 0.675, 1.0)]
        {
            let mut sheet = ground::field(&self.stage, depth, -0.1, Some(0.76));
            let mut x = sheet.left;
            while x < sheet.right {
                let height = tall * self.chance.within(0.8, 1.2);
                let y = base + self.chance.near(0.012);
                let leaf = self.leaf();
                if depth > 0.5 && self.behind_the_figure(x) {
                    // A clearing: the nearest row leaves the figure its outline.
                } else if self.plan.season != Season::Autumn && self.chance.unit() < 0.24 {
                    flora::fir(
                        &mut sheet,
                        &light,
                        ((x, y), height * 0.7),
                        (leaf, distance, self.plan.season == Season::Winter),
                        &mut self.chance,
                    );
                } else {
                    flora::tree(
                        &mut sheet,
                        &light,
                        ((x, y), height),
                        (leaf, colours.trunk, distance),
                        &mut self.chance,
                    );
                    if depth > 0.5 {
                        self.casts.push(((x, y), 0.5));
                    }
                }
                x += height * self.chance.within(0.22, 0.5);
            }
            let mut x = sheet.left;
            while x < sheet.right {
                let wide = self.chance.within(0.04, 0.1);
                let leaf = self.leaf();
                flora::bush(
                    &mut sheet,
                    &light,
                    ((x, base + 0.025), wide),
                    (leaf, distance, &[]),
                    &mut self.chance,
                );
                x += wide * 1.4;
            }
            self.lit_layer(sheet, depth);
        }
        self.cast_depth = Some(0.55);
        self.shafts(0.62);
        let ridge = Ridge { height: 0.675, swing: 0.015, pace: 1.8, sharp: 0.0, seed: self.chance.number() };
        let blooms = if self.plan.season == Season::Winter { 0.0 } else { 40.0 };
        self.lawn(ridge, 2400.0, blooms);
        self.on_the_way(0.862)
    }

    /// Trunks right before the lens, out of focus: they frame the clearing and pass by when the camera moves.
    pub(super) fn near_trunks(&mut self) {
        let (light, bark) = (self.light, self.palette.ground.trunk);
        let snowy = self.plan.season == Season::Winter;
        let mut stems = Vec::new();
        let half = self.stage.aspect() * 0.5;
        if self.plan.subjects.first().is_some_and(|main| main.action.travels()) {
            // They would hide who passes behind them.
            return;
        }
        for x in [-2.0 * half, -0.99 * half, 1.7 * half] {
            let wide = 0.07 * self.chance.within(0.8, 1.15);
            let edge = wide * 2.4;
            let mut sheet = Sheet::new((-edge, -0.3, edge, 1.06), self.stage.resolution().min(900.0) * 0.4);
            let dark = light.shaded(bark, 1.0).scale(0.5);
            let lit = light.shaded(bark, 0.35).scale(0.8);
            let ink = across((light.side * wide, 0.0), (-light.side * wide, 0.0), lit, dark);
            let lean = self.chance.near(wide * 0.5);
            let outline = [
                (lean - wide * 0.8, -0.3),
                (lean + wide * 0.8, -0.3),
                (wide * 0.85, 0.4),
                (wide * 1.05, 0.85),
                (wide * 1.7, 1.04),
                (-wide * 1.7, 1.04),
                (-wide * 1.05, 0.85),
                (-wide * 0.85, 0.4),
            ];
            sheet.fill(smooth(&outline), &ink);
            sheet.inside(|sheet| {
                for _ in 0..14 {
                    let at = (self.chance.near(wide), self.chance.within(-0.2, 0.95));
                    let groove = [at, (at.0 + self.chance.near(0.01), at.1 + 0.12)];
                    sheet.stroke(line(&groove), 0.008, &veil(dark.scale(0.6), 0.5));
                }
                if snowy {
                    let white = light.lit(0xe8f0f8);
                    let side = -light.side * wide * 0.9;
                    let drift =
                        [(side - 0.02, -0.3), (side + 0.015, 0.1), (side + 0.012, 0.6), (side - 0.03, 1.0)];
                    sheet.stroke(line(&drift), wide * 0.5, &veil(white, 0.6));
                }
            });
            sheet.blur(0.012);
            let stem = Stem { foot: (x, 0.0), depth: 1.45, speed: 0.0, reach: 0.0, phase: 0.0 };
            stems.push((Sprite::new(sheet), stem));
        }
        self.add(Swaying { stems });
    }

    /// A cactus on the ground at (x, y).
    pub(super) fn cactus(&mut self, sheet: &mut Sheet, (x, y): (f32, f32), tall: f32, distance: f32) {
        let light = self.light;
        let ink = across(
            (x + light.side * tall * 0.12, 0.0),
            (x - light.side * tall * 0.12, 0.0),
            light.aerial(light.bright(0x6a9a5c, 0.3), distance),
            light.aerial(light.shaded(0x4f7f50, 0.8), distance),
        );
        sheet.stroke(line(&[(x, y), (x, y - tall)]), tall * 0.2, &ink);
        for (side, low, high) in [(-1.0, 0.4, 0.75), (1.0, 0.55, 0.9)] {
            sheet.stroke(
                line(&[
                    (x, y - tall * low),
                    (x + side * tall * 0.26, y - tall * low),
                    (x + side * tall * 0.3, y - tall * (low + 0.1)),
                    (x + side * tall * 0.3, y - tall * high),
                ]),
                tall * 0.13,
                &ink,
            );
        }
    }

    /// A palm on the beach at (x, y).
    pub(super) fn palm(&mut self, sheet: &mut Sheet, (x, y): (f32, f32), tall: f32) {
        let light = self.light;
        let lean = -x.signum() * tall * 0.22;
        let bark = across(
            (x + light.side * 0.03, 0.0),
            (x - light.side * 0.03, 0.0),
            light.bright(0xa8845c, 0.2),
            light.shaded(0x8a6a4c, 0.8),
        );
        let top = (x + lean, y - tall);
        sheet.fill(
            smooth(&[
                (x - tall * 0.04, y),
                (x + lean * 0.2 - tall * 0.022, y - tall * 0.5),
                (top.0 - tall * 0.016, top.1),
                (top.0 + tall * 0.016, top.1),
                (x + lean * 0.2 + tall * 0.026, y - tall * 0.5),
                (x + tall * 0.045, y),
            ]),
            &bark,
        );
        for frond in 0..11_u8 {
            let angle = -3.3 + f32::from(frond) * 0.36;
            let reach = tall * self.chance.within(0.4, 0.52);
            let tip = (top.0 + angle.cos() * reach, top.1 + angle.sin() * reach * 0.55 + reach * 0.34);
            let crest =
                (top.0 + angle.cos() * reach * 0.55, top.1 + angle.sin() * reach * 0.55 - reach * 0.05);
            let colour = light.bright(0x5fa04c, 0.3).mix(light.shaded(0x3f7f48, 0.8), self.chance.unit());
            sheet.fill(
                smooth(&[top, (crest.0, crest.1 - tall * 0.035), tip, (crest.0, crest.1 + tall * 0.045)]),
                &flat(colour),
            );
        }
        for nut in [-0.03_f32, 0.0, 0.03] {
            sheet.fill(
                oval((top.0 + nut * tall * 1.2, top.1 + tall * 0.03), (tall * 0.026, tall * 0.028), 0.0),
                &flat(light.shaded(0x7a5236, 0.4)),
            );
        }
    }

    /// A veil of fog that thickens towards a line, for the foot of distant things.
    pub(super) fn mist(&self, sheet: &mut Sheet, (top, bottom): (f32, f32), alpha: f32) {
        let fog: Rgb = self.light.fog;
        let ink = fading((0.0, top), (0.0, bottom), (fog, 0.0), (fog, alpha));
        let strip =
            corners(&[(sheet.left, top), (sheet.right, top), (sheet.right, bottom), (sheet.left, bottom)]);
        sheet.inside(|sheet| sheet.fill(strip, &ink));
    }
}
