//! Type for any script: outlines for what Ubuntu Light has, GNU Unifont's bitmaps, drawn smoothly, for the rest.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "positions are bounded by the frame"
)]

use super::mask::Mask;
use ab_glyph::{Font as _, FontRef, PxScaleFont, ScaleFont as _};
use unicode_width::UnicodeWidthChar as _;

/// Rows of a Unifont cell, and how many of them stand above the baseline.
const CELL: f32 = 16.0;
const CELL_ASCENT: f32 = 14.0;
/// Between these blurred values an edge of a bitmap glyph passes; the middle keeps strokes as wide as they are drawn.
const EDGE: f32 = 0.405;

/// The caption's type at one size.
pub(super) struct Face {
    outlines: PxScaleFont<FontRef<'static>>,
    /// Frame pixels for each Unifont pixel.
    cell_scale: f32,
}

/// What a character looks like.
enum Look {
    Outline(ab_glyph::GlyphId),
    Bitmap(&'static unifont::Glyph),
}

impl Face {
    pub(super) fn new(size: f32) -> Option<Self> {
        let font = FontRef::try_from_slice(epaint_default_fonts::UBUNTU_LIGHT).ok()?;
        let scale = font.pt_to_px_scale(size * 0.75)?;
        Some(Self { outlines: font.into_scaled(scale), cell_scale: size / CELL })
    }

    /// Whether the character has a shape. What only steers text, and what no font has, is not drawn.
    pub(super) fn has(&self, character: char) -> bool {
        self.look(character).is_some()
    }

    pub(super) fn width(&self, line: &str) -> f32 {
        line.chars().map(|character| self.advance(character)).sum()
    }

    fn advance(&self, character: char) -> f32 {
        match self.look(character) {
            Some(Look::Outline(id)) => self.outlines.h_advance(id),
            Some(Look::Bitmap(_)) if character.width() == Some(0) => 0.0,
            Some(Look::Bitmap(glyph)) => glyph.get_width() as f32 * self.cell_scale,
            None => 0.0,
        }
    }

    /// Draws a line that is already in visual order.
    pub(super) fn set(&self, line: &str, left: f32, baseline: f32, ink: &mut Mask) {
        let mut pen = left;
        let mut last_advance = 0.0;
        for character in line.chars() {
            let advance = self.advance(character);
            match self.look(character) {
                Some(Look::Outline(id)) => self.draw_outline(id, pen, baseline, ink),
                // A combining mark is drawn over the character before it.
                Some(Look::Bitmap(glyph)) if advance == 0.0 => {
                    self.draw_bitmap(glyph, pen - last_advance, baseline, ink);
                }
                Some(Look::Bitmap(glyph)) => self.draw_bitmap(glyph, pen, baseline, ink),
                None => {}
            }
            pen += advance;
            if advance > 0.0 {
                last_advance = advance;
            }
        }
    }

    fn look(&self, character: char) -> Option<Look> {
        if steers_text(character) {
            return None;
        }
        let id = self.outlines.glyph_id(character);
        if id.0 != 0 {
            return Some(Look::Outline(id));
        }
        unifont::get_glyph(character).map(Look::Bitmap)
    }

    fn draw_outline(&self, id: ab_glyph::GlyphId, pen: f32, baseline: f32, ink: &mut Mask) {
        let glyph = id.with_scale_and_position(self.outlines.scale(), ab_glyph::point(pen, baseline));
        let Some(outline) = self.outlines.outline_glyph(glyph) else { return };
        let corner = outline.px_bounds().min;
        let (left, top) = (corner.x as i32, corner.y as i32);
        outline.draw(|x, y, coverage| ink.add((left + x as i32, top + y as i32), coverage.clamp(0.0, 1.0)));
    }

    fn draw_bitmap(&self, glyph: &unifont::Glyph, pen: f32, baseline: f32, ink: &mut Mask) {
        let top = baseline - CELL_ASCENT * self.cell_scale;
        let width = glyph.get_width() as f32 * self.cell_scale;
        let softness = 0.4 / self.cell_scale.max(0.5);
        for y in (top.floor() as i32)..=((top + CELL * self.cell_scale).ceil() as i32) {
            for x in (pen.floor() as i32)..=((pen + width).ceil() as i32) {
                let at = |pixel: i32, origin: f32| (pixel as f32 + 0.5 - origin) / self.cell_scale;
                let field = smooth_bits(glyph, at(x, pen), at(y, top));
                let coverage = ((field - EDGE) / (2.0 * softness) + 0.5).clamp(0.0, 1.0);
                ink.add((x, y), coverage);
            }
        }
    }
}

/// The bitmap under a soft round brush at a point in its own pixels: 1 is well inside a stroke, 0 well outside.
fn smooth_bits(glyph: &unifont::Glyph, x: f32, y: f32) -> f32 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for row in (y - 1.5).floor() as i32..=(y + 0.5).floor() as i32 + 1 {
        for column in (x - 1.5).floor() as i32..=(x + 0.5).floor() as i32 + 1 {
            let (dx, dy) = (column as f32 + 0.5 - x, row as f32 + 0.5 - y);
            let weight = (-1.9 * (dx * dx + dy * dy)).exp();
            weights += weight;
            let (Ok(column), Ok(row)) = (usize::try_from(column), usize::try_from(row)) else { continue };
            if glyph.get_pixel(column, row) {
                sum += weight;
            }
        }
    }
    sum / weights
}

/// Controls, joiners, variation selectors and private characters: Unifont draws a labelled box for them.
fn steers_text(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}
