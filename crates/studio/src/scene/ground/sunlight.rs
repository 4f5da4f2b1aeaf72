//! How the sun lies on the ground: the pool of its light, long shadows towards us, and dusk before our feet.

use super::super::colour::{Light, Rgb};
use super::super::noise::step;
use super::super::sheet::{Sheet, corners, fading, oval, round, veil};

/// What decides how the ground is lit.
pub(in super::super) struct Sunlight<'a> {
    pub(in super::super) sun: (f32, f32),
    /// The far edge of the ground.
    pub(in super::super) top: f32,
    /// How strong its light is, 0.0 behind clouds.
    pub(in super::super) strength: f32,
    /// How far shadows fall, in frame heights.
    pub(in super::super) long: f32,
    /// What throws a shadow: the foot, and the height above it.
    pub(in super::super) casts: &'a [((f32, f32), f32)],
    /// The ground's natural colour.
    pub(in super::super) natural: u32,
}

pub(in super::super) fn sunlight(sheet: &mut Sheet, light: &Light, lit: &Sunlight<'_>) {
    let (left, right, top) = (sheet.left, sheet.right, lit.top);
    let full = |from: f32, to: f32| corners(&[(left, from), (right, from), (right, to), (left, to)]);
    let dark = dark(light, lit.natural);
    sheet.inside(|sheet| {
        let air = light.haze.min(1.2);
        sheet.fill(
            full(top - 0.1, top + 0.13),
            &fading((0.0, top), (0.0, top + 0.12), (light.fog, 0.55 * air), (light.fog, 0.0)),
        );
        if lit.strength > 0.0 {
            let glow = light.sun.times(light.light).mix(light.lit(0xffe9b0), 0.4);
            let centre = (lit.sun.0, top + 0.02);
            let ink = round(centre, 0.8, (glow, 0.42 * lit.strength), (glow, 0.0));
            sheet.fill(oval(centre, (0.8, 0.8), 0.0), &ink);
            for cast in lit.casts {
                shadow(sheet, lit, *cast, dark);
            }
        }
        if is_snow(lit.natural) {
            sheet.fill(full(top - 0.1, 1.5), &fading((0.0, top), (0.0, 0.9), (dark, 0.06), (dark, 0.26)));
        }
        sheet.fill(full(0.8, 1.5), &fading((0.0, 0.8), (0.0, 1.08), (dark, 0.0), (dark, 0.55)));
        let far = -light.side;
        let ink = fading((far * 0.2, 0.0), (far * 1.0, 0.0), (dark, 0.0), (dark, 0.32));
        sheet.fill(full(top - 0.1, 1.5), &ink);
    });
}

fn is_snow(natural: u32) -> bool {
    let colour = Rgb::hex(natural);
    colour.r.min(colour.b) > 0.6
}

/// The colour of shadow on a kind of ground.
fn dark(light: &Light, natural: u32) -> Rgb {
    let colour = Rgb::hex(natural);
    if is_snow(natural) {
        // Snow shows the sky's blue where the sun does not reach it.
        return super::snow::tones(light).1.scale(0.85);
    }
    // Sand throws light into its shadows.
    light.shaded(natural, 1.0).scale(0.32 + 0.34 * colour.b.min(1.0))
}

/// The shadows alone, on an empty sheet.
pub(in super::super) fn shadows(sheet: &mut Sheet, light: &Light, lit: &Sunlight<'_>) {
    let dark = dark(light, lit.natural);
    for cast in lit.casts {
        let ((x, y), tall) = *cast;
        let foot = (x, y.max(lit.top) + 0.002);
        for grow in [1.0_f32, 0.82, 0.66, 0.5, 0.36] {
            let reach = (tall * 0.15 * grow, tall * 0.022 * grow);
            sheet.fill(oval(foot, reach, 0.0), &veil(dark, 0.045 + 0.05 * lit.strength));
        }
        if lit.strength > 0.0 {
            shadow(sheet, lit, *cast, dark);
        }
    }
}

/// The soft shadow of something upright, away from the sun and towards us: a low sun draws it out into a streak.
fn shadow(sheet: &mut Sheet, lit: &Sunlight<'_>, ((x, y), tall): ((f32, f32), f32), dark: Rgb) {
    let long = lit.long * (tall / 0.3).min(1.6);
    let slide = (x - lit.sun.0).clamp(-0.9, 0.9) * 1.1;
    let foot = y.max(lit.top) + 0.004;
    let streak = step(0.06, 0.16, lit.long);
    for grow in [0.3_f32, 0.45, 0.6, 0.75, 0.9, 1.05, 1.2, 1.35] {
        let alpha = 0.085 * lit.strength;
        let half = tall * 0.3 * grow;
        if streak > 0.0 {
            let (near, far) = (tall * 0.05 * grow + half * 0.25, half);
            let end = (x + slide * long, foot + long * 1.25);
            let shape = [(x - near, foot), (x + near, foot), (end.0 + far, end.1), (end.0 - far, end.1)];
            let ink = fading((x, foot), end, (dark, alpha * 1.15 * streak), (dark, 0.0));
            sheet.fill(corners(&shape), &ink);
        }
        // It begins at the foot.
        let centre = (x + slide * long * 0.35, foot + long * 0.34 * grow);
        sheet.fill(oval(centre, (half * 1.1, long * 0.36 * grow), 0.0), &veil(dark, alpha * (1.0 - streak)));
    }
}
