//! Fresh snow: drifts with lit crests and blue hollows, and a glint here and there.

use super::super::colour::{Light, Rgb};
use super::super::noise::Chance;
use super::super::sheet::{Sheet, corners, fading, oval, smooth, veil};
use super::{Ridge, f32_of, whole};

/// Snow in the light and in its own shadow. It keeps some of its white and its blue whatever the colour of the light.
pub(in super::super) fn tones(light: &Light) -> (Rgb, Rgb) {
    let Rgb { r, g, b } = light.light;
    let strength = (r + g + b) / 3.0;
    let tone = |natural: Rgb, lamp: Rgb| natural.times(lamp).mix(natural.scale(strength), 0.55);
    (tone(Rgb::hex(0xf8fbff), light.light), tone(Rgb::hex(0x86a6de), light.light.mix(light.shade, 0.4)))
}

/// A snowfield from its ridge down to the frame's lower edge.
pub(in super::super) fn snow(sheet: &mut Sheet, light: &Light, ridge: Ridge, chance: &mut Chance) {
    let (white, blue) = tones(light);
    let top = ridge.height - ridge.swing;
    ridge.fill(sheet, white.mix(blue, 0.08), white.mix(blue, 0.45), 1.05);
    let (left, right) = (sheet.left, sheet.right);
    let drifts = whole((right - left) * 13.0);
    sheet.inside(|sheet| {
        for index in 0..drifts {
            // From far to near: a nearer drift hides the foot of a farther one.
            let down = (f32_of(index) / f32_of(drifts)).powf(1.4);
            let y = top + 0.02 + (1.06 - top) * down;
            let x = chance.within(left, right);
            let (wide, tall) = ((0.1 + 0.3 * down) * chance.within(0.7, 1.5), 0.01 + 0.05 * down);
            let lean = light.side * 0.3;
            let crest = [
                (x - wide, y),
                (x - wide * (0.5 - lean), y - tall * 0.7),
                (x + wide * lean, y - tall),
                (x + wide * (0.5 + lean), y - tall * 0.6),
                (x + wide, y),
                (x, y + tall * 0.1),
            ];
            let lit = white.mix(Rgb { r: 1.0, g: 1.0, b: 1.0 }, 0.25);
            let ink = fading((x, y - tall), (x, y), (lit, 0.85), (lit, 0.0));
            sheet.fill(smooth(&crest), &ink);
        }
        for _ in 0..whole((right - left) * 46.0) {
            let down = chance.unit();
            let (x, y) = (chance.within(left, right), top + 0.02 + (1.0 - top) * down);
            let size = (0.0008 + 0.0012 * down) * chance.within(0.6, 1.4);
            sheet.fill(oval((x, y), (size, size), 0.0), &veil(Rgb { r: 1.0, g: 1.0, b: 1.0 }, 0.7));
        }
    });
}

/// Snow heaped up right before the lens, out of focus, higher towards the frame's sides.
pub(in super::super) fn bank(sheet: &mut Sheet, light: &Light, half: f32) {
    let (white, blue) = tones(light);
    let (left, right, bottom) = (sheet.left, sheet.right, sheet.bottom);
    let mut outline = vec![(right, bottom + 0.1), (left, bottom + 0.1)];
    let count = whole((right - left) / 0.03);
    outline.extend((0..=count).map(|index| {
        let x = left + 0.03 * f32_of(index);
        let edge = (x.abs() / half - 0.4).clamp(0.0, 0.8);
        (x, 0.975 - 0.15 * edge - 0.012 * (x * 7.0).sin() - 0.008 * (x * 17.0 + 1.0).sin())
    }));
    let ink = fading((0.0, 0.86), (0.0, 1.04), (white.mix(blue, 0.12), 1.0), (white.mix(blue, 0.7), 1.0));
    sheet.fill(corners(&outline), &ink);
    sheet.blur(0.006);
}
