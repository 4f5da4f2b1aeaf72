//! What every figure is made with: sheets in figure units, fur and metal inks, and the finishing light.

use super::super::colour::{Light, Rgb};
use super::super::noise::Chance;
use super::super::puppet::{Motion, Puppet, Sprite};
use super::super::sheet::{Ink, Sheet, across, oval, round};

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
}

impl<'a> Workshop<'a> {
    pub(super) fn new(light: &'a Light, resolution: f32, seed: u32) -> Self {
        Self { light, resolution: resolution * 1.1, seed }
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
        let mut sheet = self.sheet(piece.bounds.0, piece.bounds.1);
        draw(&mut sheet);
        puppet.part(self.finish(sheet, 0.035), piece.layer, (piece.parent, piece.pivot), motion)
    }

    /// A soft shadow on the ground, `half` wide, drawn about (0, 0).
    pub(super) fn shadow(&self, half: f32) -> Sprite {
        let tall = half * 0.24;
        let slide = -self.light.side * half * 0.2;
        let mut sheet = Sheet::new((-half * 1.8, -tall * 2.0, half * 1.8, tall * 2.0), self.resolution * 0.5);
        let dark = self.light.shade.scale(0.12);
        for (wide, alpha) in [(1.1, 0.26), (0.85, 0.3), (0.6, 0.3)] {
            let ink = round((slide, 0.0), half * wide, (dark, alpha), (dark, alpha));
            sheet.fill(oval((slide * wide, 0.0), (half * wide, tall * wide), 0.0), &ink);
        }
        sheet.blur(half * 0.08);
        Sprite::new(sheet)
    }
}
