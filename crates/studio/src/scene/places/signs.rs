//! Strokes that look like writing from a distance, and say nothing.

use super::super::colour::Rgb;
use super::super::noise::Chance;
use super::super::sheet::{Sheet, flat, line};

/// One character in a square of `half` its width: a few strokes on a grid, most of them level, as in Chinese.
pub(super) fn glyph(sheet: &mut Sheet, ((x, y), half): ((f32, f32), f32), tint: Rgb, chance: &mut Chance) {
    let at = |u: f32, v: f32| (x + u * half, y + v * half * 0.9);
    let ink = flat(tint);
    let wide = (half * 0.2).max(0.8 / sheet.resolution);
    let mut stroke = |from: (f32, f32), to: (f32, f32)| {
        let bend = ((from.0 + to.0) * 0.5, (from.1 + to.1) * 0.5);
        sheet.stroke(line(&[at(from.0, from.1), at(bend.0, bend.1), at(to.0, to.1)]), wide, &ink);
    };
    let reach = chance.within(0.6, 0.9);
    match chance.number() % 4 {
        0 => {
            for v in [-0.75_f32, 0.0, 0.8] {
                stroke((-reach, v), (reach, v));
            }
            stroke((0.0, -0.75), (0.0, 0.8));
        }
        1 => {
            for (from, to) in
                [((-0.7, -0.7), (0.7, -0.7)), ((-0.7, 0.7), (0.7, 0.7)), ((-0.7, 0.0), (0.7, 0.0))]
            {
                stroke(from, to);
            }
            stroke((-0.7, -0.7), (-0.7, 0.7));
            stroke((0.7, -0.7), (0.7, 0.7));
        }
        2 => {
            stroke((-reach, -0.45), (reach, -0.45));
            stroke((0.0, -0.95), (0.0, -0.2));
            stroke((0.0, -0.2), (-0.8, 0.9));
            stroke((0.0, -0.2), (0.8, 0.9));
        }
        _ => {
            stroke((-0.75, -0.9), (-0.75, 0.9));
            stroke((-0.1, -0.6), (0.85, -0.6));
            stroke((0.35, -0.6), (0.35, 0.8));
            stroke((-0.1, 0.1), (0.85, 0.1));
            stroke((-0.1, 0.8), (0.85, 0.8));
        }
    }
}
