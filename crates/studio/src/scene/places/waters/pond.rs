//! A pond from right above: dark clear water over stones, and lilies between which fish swim.

use std::f32::consts::TAU;

use super::super::super::colour::Rgb;
use super::super::super::ground::{self, f32_of};
use super::super::super::sheet::{Sheet, across, corners, flat, line, oval, round, smooth, veil};
use super::super::super::stage::{Layer, Ripple};
use super::super::super::subject::Spot;
use super::super::Set;

impl Set<'_> {
    pub(in crate::scene::places) fn pond(&mut self) -> Spot {
        let light = self.light;
        let colours = self.palette.ground;
        let mut sheet = ground::field(&self.stage, 0.8, -0.4, None);
        let (left, right, top, bottom) = (sheet.left, sheet.right, sheet.top, sheet.bottom + 0.02);
        let whole = || corners(&[(left, top), (right, top), (right, bottom), (left, bottom)]);
        let deep = light.shaded(colours.far, 0.9).scale(0.5);
        sheet.fill(whole(), &across((0.0, -0.1), (0.0, 1.1), deep, light.shaded(colours.middle, 0.45)));
        // Stones and weeds on the bottom, out of focus.
        for _ in 0..90 {
            let at = (self.chance.within(left, right), self.chance.within(-0.2, 1.2));
            let size = self.chance.within(0.02, 0.09);
            let tint = self.chance.of(&[0x4a6a5c, 0x6a7a64, 0x3c5a54, 0x7c8468]);
            let stone = light.shaded(tint, 0.7).mix(deep, 0.5);
            let blurred = round(at, size, (stone, 0.7), (stone, 0.0));
            sheet.fill(oval(at, (size, size * 0.72), self.chance.near(1.5)), &blurred);
        }
        // The sky's light lies on one side, the net of the waves' light on the bottom.
        let glow = light.sun.mix(Rgb::hex(0xd8f0e8), 0.5);
        let side = light.side * self.stage.aspect() * 0.45;
        sheet.fill(whole(), &round((side, 0.05), 1.1, (glow, 0.34), (glow, 0.0)));
        self.layer(sheet, 0.8);
        let mut net = ground::field(&self.stage, 0.85, -0.4, None);
        for _ in 0..150 {
            let (x, y) = (self.chance.within(left, right), self.chance.within(-0.1, 1.1));
            let size = self.chance.within(0.03, 0.1);
            let turn = self.chance.near(1.2);
            let arc =
                [(x - size, y + size * turn * 0.3), (x, y - size * 0.22), (x + size, y - size * turn * 0.2)];
            net.stroke(line(&arc), size * 0.07, &veil(glow, 0.16));
        }
        self.add(Layer::new(net, 0.85).rippling(Ripple { shore: -0.4, sway: 0.012 }));
        Spot { ground: 0.62, air: 0.5 }
    }

    /// Lily pads and flowers on the water, above the fish and out of their way.
    pub(in crate::scene::places) fn lilies(&mut self) {
        let mut sheet = ground::field(&self.stage, 1.06, -0.4, None);
        let (left, right) = (sheet.left, sheet.right);
        let mut shade = ground::field(&self.stage, 1.0, -0.4, None);
        let mut pads = Vec::new();
        for _ in 0..60 {
            let x = self.chance.within(left, right);
            let upper = self.chance.unit() < 0.5;
            let y = if upper { self.chance.within(-0.12, 0.2) } else { self.chance.within(0.82, 1.12) };
            let size = self.chance.within(0.05, 0.12);
            let free = pads
                .iter()
                .all(|(px, py, other): &(f32, f32, f32)| (px - x).hypot(py - y) > (size + other) * 0.92);
            if free {
                pads.push((x, y, size));
            }
        }
        let dark = self.light.shaded(0x14302c, 1.0).scale(0.4);
        for (x, y, size) in &pads {
            shade.fill(oval((x + 0.02, y + 0.04), (*size, size * 0.9), 0.0), &veil(dark, 0.5));
        }
        shade.blur(0.01);
        for (number, pad) in pads.iter().enumerate() {
            self.pad(&mut sheet, *pad);
            if number % 4 == 1 {
                self.lily(&mut sheet, *pad);
            }
        }
        self.layer(shade, 1.0);
        self.layer(sheet, 1.06);
    }

    fn pad(&mut self, sheet: &mut Sheet, (x, y, size): (f32, f32, f32)) {
        let light = self.light;
        let tint = self.chance.of(&[0x5a9a4e, 0x6aa856, 0x4a8a52, 0x86a850]);
        let turn = self.chance.unit() * TAU;
        let at = |angle: f32, far: f32| {
            (x + (turn + angle).cos() * size * far, y + (turn + angle).sin() * size * far * 0.92)
        };
        let mut rim = vec![at(0.0, 0.12)];
        rim.extend((0..=22_usize).map(|step| {
            let angle = 0.16 + f32_of(step) / 22.0 * (TAU - 0.32);
            at(angle, 1.0 + 0.02 * (angle * 7.0).sin())
        }));
        let side = light.side * size;
        let ink = across(
            (x + side, y - size),
            (x - side, y + size),
            light.bright(tint, 0.45),
            light.shaded(tint, 0.75),
        );
        sheet.fill(corners(&rim), &ink);
        for vein in 1..12_usize {
            let angle = f32_of(vein) / 12.0 * TAU;
            sheet.stroke(
                line(&[at(0.0, 0.1), at(angle, 0.5), at(angle, 0.9)]),
                size * 0.018,
                &veil(light.lit(0xc8dc9a), 0.35),
            );
        }
        rim.push(rim[0]);
        sheet.stroke(corners(&rim), size * 0.03, &veil(light.bright(tint, 0.9), 0.55));
    }

    fn lily(&mut self, sheet: &mut Sheet, (x, y, size): (f32, f32, f32)) {
        let light = self.light;
        let tint = self.chance.of(&[0xf2b8cc, 0xfaf0ea, 0xe890b4]);
        for (ring, petals) in [(0.62_f32, 9_usize), (0.42, 8), (0.24, 6)] {
            for petal in 0..petals {
                let angle = (f32_of(petal) + ring * 3.0) / f32_of(petals) * TAU;
                let (sin, cos) = angle.sin_cos();
                let long = size * ring;
                let tip = (x + cos * long, y + sin * long);
                let (wx, wy) = (-sin * long * 0.3, cos * long * 0.3);
                let half = (x + cos * long * 0.55, y + sin * long * 0.55);
                let shape = smooth(&[(x, y), (half.0 + wx, half.1 + wy), tip, (half.0 - wx, half.1 - wy)]);
                sheet.fill(shape, &across((x, y), tip, light.shaded(tint, 0.6), light.bright(tint, 0.3)));
            }
        }
        sheet.fill(oval((x, y), (size * 0.1, size * 0.1), 0.0), &flat(light.lit(0xf2c84a)));
    }
}
