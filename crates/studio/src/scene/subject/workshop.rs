//! What every figure is made with: sheets in figure units, fur and metal inks, and the finishing light.

use super::super::colour::{Light, Rgb};
use super::super::noise::Chance;
use super::super::puppet::{Motion, Puppet, Sprite};
use super::super::sheet::{Ink, Sheet, across, corners, fading, line, oval, round, smooth, veil};
use super::gait::Gait;
use tiny_skia::Path;

/// Where a part belongs in its figure.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Higher ones are drawn later.
    pub(super) layer: i32,
    pub(super) parent: Option<usize>,
    pub(super) pivot: (f32, f32),
    /// Upper left and lower right corner of everything it shows.
    pub(super) bounds: ((f32, f32), (f32, f32)),
}

pub(super) fn piece(layer: i32, parent: usize, pivot: (f32, f32), bounds: ((f32, f32), (f32, f32))) -> Piece {
    Piece { layer, parent: Some(parent), pivot, bounds }
}

/// Draws the parts of one figure. Figure units: feet at (0, 0), about 1.0 tall, `y` downwards.
pub(super) struct Workshop<'a> {
    pub(super) light: &'a Light,
    /// Picture pixels for a figure unit.
    resolution: f32,
    seed: u32,
    /// How it walks.
    pub(super) gait: Gait,
}

impl<'a> Workshop<'a> {
    pub(super) fn new(light: &'a Light, resolution: f32, seed: u32, gait: Gait) -> Self {
        Self { light, resolution: resolution * 1.1, seed, gait }
    }

    pub(super) fn chance(&self) -> Chance {
        Chance::new(u64::from(self.seed), 0)
    }

    /// An empty sheet for the box around a part.
    pub(super) fn sheet(&self, (left, top): (f32, f32), (right, bottom): (f32, f32)) -> Sheet {
        // Two clear pixels around, so that turned edges stay smooth.
        let rim = 2.5 / self.resolution;
        Sheet::new((left - rim, top - rim, right + rim, bottom + rim), self.resolution)
    }

    /// Figures stand a little clearer in the light than the ground does.
    pub(super) fn lit(&self, natural: u32) -> Rgb {
        self.light.lit(natural).mix(Rgb::hex(natural), 0.4)
    }

    pub(super) fn dim(&self, natural: u32, shadow: f32) -> Rgb {
        self.light.shaded(natural, shadow).mix(Rgb::hex(natural).scale(1.0 - 0.5 * shadow), 0.35)
    }

    pub(super) fn bright(&self, natural: u32, gain: f32) -> Rgb {
        self.light.bright(natural, gain).mix(Rgb::hex(natural), 0.25)
    }

    /// A rounded surface between two heights, lit from above.
    pub(super) fn coat(&self, natural: u32, top: f32, bottom: f32) -> Ink {
        let lean = self.light.side * 0.12;
        across((lean, top), (-lean, bottom), self.bright(natural, 0.28), self.dim(natural, 0.55))
    }

    /// A limb or a trunk, rounded between its left and its right edge.
    pub(super) fn barrel(&self, natural: u32, (left, right): (f32, f32)) -> Ink {
        let (from, to) = if self.light.side < 0.0 { (left, right) } else { (right, left) };
        across((from, 0.0), (to, 0.0), self.bright(natural, 0.22), self.dim(natural, 0.6))
    }

    /// Something smooth and hard: a bright sky over a dark edge that mirrors the ground.
    pub(super) fn metal(&self, natural: u32, top: f32, bottom: f32) -> Ink {
        let lean = self.light.side * 0.06;
        across((lean, top), (-lean, bottom), self.bright(natural, 0.75), self.dim(natural, 0.75))
    }

    /// A natural colour as it is on a figure's far side.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "encoded channels are 0.0 to 1.0"
    )]
    pub(super) fn under(natural: u32, shade: f32) -> u32 {
        let [r, g, b] = Rgb::hex(natural).scale(1.0 - shade * 0.6).encoded();
        [r, g, b].iter().fold(0, |whole, channel| whole << 8 | u32::from((channel * 255.0).round() as u8))
    }

    /// Rounds a part off with the scene's light.
    pub(super) fn finish(&self, mut sheet: Sheet, roundness: f32) -> Sheet {
        let towards = (self.light.side * 0.75, -0.66);
        let bright =
            self.light.sun.mix(Rgb { r: 1.0, g: 1.0, b: 1.0 }, 0.3).times(self.light.light.scale(1.15));
        sheet.model(towards, roundness, (0.75, bright), 0.24);
        sheet
    }

    /// Draws a part, rounds it off with light and joins it to the figure.
    pub(super) fn add(
        &self,
        puppet: &mut Puppet,
        piece: Piece,
        motion: Motion,
        draw: impl FnOnce(&mut Sheet),
    ) -> usize {
        self.add_round(puppet, piece, (motion, 0.035), draw)
    }

    /// The same for a part that is rounder or flatter than most.
    pub(super) fn add_round(
        &self,
        puppet: &mut Puppet,
        piece: Piece,
        (motion, roundness): (Motion, f32),
        draw: impl FnOnce(&mut Sheet),
    ) -> usize {
        let mut sheet = self.sheet(piece.bounds.0, piece.bounds.1);
        draw(&mut sheet);
        puppet.part(self.finish(sheet, roundness), piece.layer, (piece.parent, piece.pivot), motion)
    }

    /// The upper part of a leg between two joints, `top` thick at the first. Where it lies on a trunk of the same fur between
    /// two heights, no rim of light and no shadow shows.
    pub(super) fn thigh(
        &self,
        bounds: ((f32, f32), (f32, f32)),
        (hip, knee): ((f32, f32), (f32, f32)),
        (fur, top, thin): (u32, f32, f32),
        trunk: Option<(f32, f32)>,
    ) -> Sheet {
        let mut sheet = self.sheet(bounds.0, bounds.1);
        let path = taper((hip.0, hip.1 + top * 0.18), knee, (top, thin));
        let Some((back, belly)) = trunk else {
            sheet.fill(path, &self.coat(fur, hip.1 - 0.1, knee.1 + 0.2));
            return self.finish(sheet, 0.035);
        };
        let (light, dark) = (self.bright(fur, 0.28), self.dim(fur, 0.55));
        let share = |y: f32| ((y - back) / (belly - back)).clamp(0.0, 1.0);
        let skin = |y: f32| light.mix(dark, share(y));
        // All of it shows where it leaves the trunk.
        let low = (hip.1 + 0.5 * (belly - hip.1)).min(knee.1);
        let ink = fading((0.0, hip.1 - top * 0.5), (0.0, low), (skin(hip.1), 0.0), (skin(low), 1.0));
        sheet.fill(path, &ink);
        self.finish(sheet, 0.035)
    }

    /// Rounds a bone of a leg off across its width. Joints would show where each bone has a rim of light of its own.
    pub(super) fn round_bone(&self, sheet: &mut Sheet, natural: u32, (x, half): (f32, f32)) {
        let side = if self.light.side < 0.0 { -1.0 } else { 1.0 };
        let (dark, light) = (self.dim(natural, 1.0), self.bright(natural, 0.8));
        let (left, top, right, bottom) = (sheet.left, sheet.top, sheet.right, sheet.bottom);
        let all = || corners(&[(left, top), (right, top), (right, bottom), (left, bottom)]);
        let at = |share: f32| (x + side * half * share, 0.0);
        sheet.inside(|sheet| {
            sheet.fill(all(), &fading(at(-0.1), at(-1.0), (dark, 0.0), (dark, 0.34)));
            sheet.fill(all(), &fading(at(0.4), at(1.0), (light, 0.0), (light, 0.22)));
        });
    }

    /// Hairs over an oval patch of fur, combed from `way`, some in light and some in shadow.
    pub(super) fn hairs(
        &self,
        sheet: &mut Sheet,
        natural: u32,
        ((x, y), (wide, tall)): ((f32, f32), (f32, f32)),
        (way, long): ((f32, f32), f32),
    ) {
        let mut chance = self.chance();
        let (light, dark) = (self.bright(natural, 0.9), self.dim(natural, 1.0));
        for index in 0..130_u8 {
            let (sin, cos) = (chance.unit() * std::f32::consts::TAU).sin_cos();
            let far = chance.unit().sqrt();
            let from = (x + cos * far * wide, y + sin * far * tall);
            let size = long * chance.within(0.6, 1.2);
            let bend = chance.near(0.35);
            let to = (from.0 + (way.0 - way.1 * bend) * size, from.1 + (way.1 + way.0 * bend) * size);
            let middle = ((from.0 + to.0) * 0.5 + way.1 * size * 0.08, (from.1 + to.1) * 0.5);
            let ink = if index % 3 == 0 { veil(light, 0.34) } else { veil(dark, 0.17) };
            sheet.stroke(line(&[from, middle, to]), long * 0.09, &ink);
        }
    }

    /// A soft shadow on the ground, `half` wide, drawn about (0, 0).
    pub(super) fn shadow(&self, half: f32) -> Sprite {
        let tall = half * 0.24;
        let slide = -self.light.side * half * 0.2;
        let mut sheet = Sheet::new((-half * 1.8, -tall * 2.0, half * 1.8, tall * 2.0), self.resolution * 0.5);
        let dark = self.light.shade.scale(0.12);
        for (wide, alpha) in [(1.1, 0.17), (0.85, 0.22), (0.6, 0.26)] {
            let ink = round((slide, 0.0), half * wide, (dark, alpha), (dark, alpha));
            sheet.fill(oval((slide * wide, 0.0), (half * wide, tall * wide), 0.0), &ink);
        }
        sheet.blur(half * 0.08);
        Sprite::new(sheet)
    }
}

/// A limb that is rounded at both ends, thicker at one than at the other.
pub(super) fn taper(from: (f32, f32), to: (f32, f32), (thick, thin): (f32, f32)) -> Option<Path> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = dx.hypot(dy).max(1e-4);
    let (dx, dy) = (dx / long, dy / long);
    let at = |(x, y): (f32, f32), along: f32, aside: f32| {
        (x + dx * along - dy * aside, y + dy * along + dx * aside)
    };
    smooth(&[
        at(from, -thick, 0.0),
        at(from, -thick * 0.7, thick * 0.72),
        at(from, 0.0, thick),
        at(to, 0.0, thin),
        at(to, thin * 0.7, thin * 0.72),
        at(to, thin, 0.0),
        at(to, thin * 0.7, -thin * 0.72),
        at(to, 0.0, -thin),
        at(from, 0.0, -thick),
        at(from, -thick * 0.7, -thick * 0.72),
    ])
}

/// The same for a bone, whose ends are round whatever the length between them: another bone turns about each.
pub(super) fn bone(from: (f32, f32), to: (f32, f32), (thick, thin): (f32, f32)) -> Option<Path> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = dx.hypot(dy).max(1e-4);
    let (dx, dy) = (dx / long, dy / long);
    let at = |along: f32, aside: f32| (from.0 + dx * along - dy * aside, from.1 + dy * along + dx * aside);
    let wide = |along: f32| thick + (thin - thick) * along / long;
    let (first, last) = ((thick * 0.5).min(long * 0.3), long - (thin * 0.5).min(long * 0.3));
    smooth(&[
        at(-thick, 0.0),
        at(-thick * 0.71, thick * 0.71),
        at(0.0, thick),
        at(first, wide(first)),
        at(last, wide(last)),
        at(long, thin),
        at(long + thin * 0.71, thin * 0.71),
        at(long + thin, 0.0),
        at(long + thin * 0.71, -thin * 0.71),
        at(long, -thin),
        at(last, -wide(last)),
        at(first, -wide(first)),
        at(0.0, -thick),
        at(-thick * 0.71, -thick * 0.71),
    ])
}
