//! Faces and hair of people, turned a little to the right.

use super::{Build, Look, hair};
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece};

/// A head whose centre and half width are known: `at` takes its own units to figure units.
#[derive(Clone, Copy)]
pub(super) struct Skull {
    pub(super) centre: (f32, f32),
    pub(super) half: f32,
    pub(super) young: bool,
}

impl Skull {
    pub(super) fn at(&self, u: f32, v: f32) -> (f32, f32) {
        (self.centre.0 + u * self.half, self.centre.1 + v * self.half)
    }

    pub(super) fn path<const N: usize>(&self, points: [(f32, f32); N]) -> [(f32, f32); N] {
        points.map(|(u, v)| self.at(u, v))
    }

    /// Where the eyes are; the far one is nearer to the nose.
    fn eyes(&self) -> [(f32, f32, f32); 2] {
        let v = if self.young { 0.14 } else { 0.04 };
        [(-0.16, v, 1.0), (0.56, v, 0.84)]
    }
}

pub(super) fn portrait(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (look, build): (&Look, &Build),
    trunk: usize,
) {
    let half = build.head.1;
    let skull = Skull { centre: (0.012, -build.head.0), half, young: half > 0.1 };
    let (gait, gaze) = (workshop.gait, look.gaze);
    let nod = puppet.joint(
        Some(trunk),
        skull.at(-0.1, 1.1),
        Box::new(move |moment: &Moment| {
            let (t, step) = (moment.second, gait.at(moment.second));
            let beat = ((step.cycle - 0.08) * std::f32::consts::TAU * 2.0).sin();
            let turn = gaze + 0.035 * (t * 0.7).sin() + 0.02 * (t * 1.9).sin() + 0.018 * step.vigour * beat;
            // It looks a little to one side and to the other.
            let aside = (t * 0.8 + 0.6).sin();
            Pose { turn, stretch: (1.0 + 0.035 * aside, 1.0), ..Pose::shifted(0.05 * half * aside, 0.0) }
        }),
    );
    if look.long_hair {
        hair::locks(workshop, puppet, look, (nod, skull));
    } else if look.windy {
        hair::tufts(workshop, puppet, look, (nod, skull));
    }
    let bounds = (skull.at(-1.6, -1.8), skull.at(1.5, 1.6));
    workshop.add_round(
        puppet,
        piece(16, nod, skull.centre, bounds),
        (motion::rest(), half * 0.42),
        |sheet| {
            sheet.fill(
                smooth(&skull.path(if skull.young { CHUBBY } else { GROWN })),
                &workshop.coat(look.skin, skull.at(0.0, -1.3).1, skull.at(0.0, 1.8).1),
            );
            sheet.inside(|sheet| cheeks(workshop, sheet, look, skull));
            ear(workshop, sheet, look, skull);
            features(workshop, sheet, look, skull);
            hair::crown(workshop, sheet, look, skull);
            if look.beard {
                hair::beard(workshop, sheet, look, skull);
            }
        },
    );
    if look.hat {
        hair::straw_hat(workshop, puppet, (nod, skull));
    }
    if look.helmet {
        hair::helmet(workshop, puppet, look, (nod, skull));
    }
    for (u, v, wide) in skull.eyes() {
        let at = skull.at(u, v);
        let bounds = ((at.0 - half * 0.4, at.1 - half * 0.35), (at.0 + half * 0.4, at.1 + half * 0.35));
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        eye(workshop, &mut sheet, (look, skull), (at, wide));
        let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
        puppet.part(sheet, 17, (Some(nod), (at.0, at.1 + half * 0.06)), blink);
    }
}

const GROWN: [(f32, f32); 13] = [
    (0.0, -1.22),
    (0.58, -1.08),
    (0.92, -0.58),
    (0.93, -0.1),
    (0.95, 0.22),
    (0.86, 0.68),
    (0.60, 1.06),
    (0.34, 1.22),
    (0.04, 1.12),
    (-0.42, 0.80),
    (-0.78, 0.30),
    (-1.0, -0.35),
    (-0.62, -1.02),
];

const CHUBBY: [(f32, f32); 13] = [
    (0.0, -1.1),
    (0.58, -0.98),
    (0.94, -0.5),
    (0.98, 0.0),
    (1.0, 0.36),
    (0.84, 0.76),
    (0.52, 0.98),
    (0.26, 1.03),
    (-0.1, 0.98),
    (-0.56, 0.78),
    (-0.9, 0.34),
    (-1.0, -0.3),
    (-0.62, -0.9),
];

/// Warmth in the cheeks, and shadow under the hair and along the jaw.
fn cheeks(workshop: &Workshop<'_>, sheet: &mut Sheet, look: &Look, skull: Skull) {
    let shadow = workshop.dim(look.skin, 1.0);
    let jaw = skull.at(-0.55, 0.75);
    let wide = skull.half * 0.75;
    sheet.fill(oval(jaw, (wide, wide), 0.0), &round(jaw, wide, (shadow, 0.45), (shadow, 0.0)));
    let brow = skull.at(-0.1, -0.75);
    sheet.fill(
        oval(brow, (wide * 1.5, wide * 0.8), 0.0),
        &round(brow, wide * 1.3, (shadow, 0.4), (shadow, 0.0)),
    );
    let strength = if skull.young { 0.5 } else { 0.3 };
    for (u, v) in [(-0.38, 0.42), (0.76, 0.42)] {
        let at = skull.at(u, v);
        let blush = workshop.lit(0xe2786c);
        let wide = skull.half * 0.26;
        sheet.fill(oval(at, (wide, wide * 0.8), 0.0), &round(at, wide, (blush, strength), (blush, 0.0)));
    }
}

fn ear(workshop: &Workshop<'_>, sheet: &mut Sheet, look: &Look, skull: Skull) {
    let ear =
        skull.path([(-0.72, -0.1), (-0.58, -0.14), (-0.52, 0.06), (-0.6, 0.34), (-0.7, 0.38), (-0.78, 0.12)]);
    sheet.fill(smooth(&ear), &flat(workshop.dim(look.skin, 0.4)));
    let fold = skull.path([(-0.70, 0.0), (-0.60, 0.0), (-0.62, 0.2)]);
    sheet.stroke(line(&fold), skull.half * 0.04, &veil(workshop.dim(look.skin, 1.0), 0.6));
}

/// Brows, nose and mouth.
fn features(workshop: &Workshop<'_>, sheet: &mut Sheet, look: &Look, skull: Skull) {
    let half = skull.half;
    let young = skull.young;
    let shade = veil(workshop.dim(look.skin, 1.0).scale(0.8), 0.75);
    let brow = veil(workshop.dim(look.hair, 0.5), if look.long_hair { 0.6 } else { 0.85 });
    let lift = if young { -0.02 } else { 0.0 };
    let thick = if look.long_hair || young { 0.055 } else { 0.085 };
    // The inner ends are high: it is a friendly look.
    for (outer, inner, up) in [(-0.42, 0.02, -0.36), (0.78, 0.42, -0.36)] {
        let way = skull.path([
            (outer, up + 0.08 + lift),
            ((outer + inner) / 2.0, up - 0.02 + lift),
            (inner, up + lift),
        ]);
        sheet.stroke(line(&way), half * thick, &brow);
    }
    // The nose is told by its shadow, its tip and a nostril.
    let (tip, low) = if young { (0.38, 0.46) } else { (0.40, 0.48) };
    let bridge = if young { 0.28 } else { 0.06 };
    sheet.stroke(
        line(&skull.path([(0.36, bridge), (0.43, tip - 0.12), (0.48, tip)])),
        half * 0.045,
        &veil(workshop.dim(look.skin, 1.0), if look.long_hair { 0.18 } else { 0.38 }),
    );
    sheet.stroke(
        line(&skull.path([(0.20, low - 0.03), (0.27, low + 0.02), (0.36, low + 0.01), (0.45, low)])),
        half * 0.045,
        &shade,
    );
    let tip_at = skull.at(0.38, tip);
    let gleam = workshop.bright(look.skin, 0.8);
    sheet.fill(
        oval(tip_at, (half * 0.12, half * 0.1), 0.0),
        &round(tip_at, half * 0.12, (gleam, 0.7), (gleam, 0.0)),
    );
    // A quiet smile.
    let v = if young { 0.68 } else { 0.74 };
    let lips = if look.long_hair { 0xb8404a } else { 0xb0685a };
    let full = if look.long_hair { 0.8 } else { 0.55 };
    let upper = skull.path([
        (0.08, v - 0.02),
        (0.26, v - 0.07 * full),
        (0.34, v - 0.05 * full),
        (0.42, v - 0.07 * full),
        (0.58, v - 0.03),
        (0.34, v + 0.03),
    ]);
    let lower = skull.path([
        (0.10, v - 0.01),
        (0.34, v + 0.02),
        (0.57, v - 0.02),
        (0.46, v + 0.10 * full),
        (0.32, v + 0.12 * full),
        (0.2, v + 0.09 * full),
    ]);
    sheet.fill(smooth(&lower), &veil(workshop.bright(lips, 0.2), 0.8));
    sheet.fill(smooth(&upper), &veil(workshop.dim(lips, 0.35), 0.85));
    sheet.stroke(
        line(&skull.path([(0.04, v - 0.05), (0.2, v + 0.02), (0.36, v + 0.025), (0.5, v), (0.62, v - 0.06)])),
        half * 0.03,
        &veil(workshop.dim(0x5a2a26, 0.4), 0.85),
    );
}

fn eye(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    (look, skull): (&Look, Skull),
    ((x, y), wide): ((f32, f32), f32),
) {
    let size = skull.half * if skull.young { 0.235 } else { 0.2 };
    let open = if skull.young { 0.95 } else { 0.66 };
    let at = |u: f32, v: f32| (x + u * size * wide, y + v * size);
    let almond = [
        at(-1.05, 0.12),
        at(-0.55, -0.62 * open),
        at(0.1, -0.85 * open),
        at(0.7, -0.55 * open),
        at(1.0, 0.06),
        at(0.5, 0.55 * open),
        at(-0.4, 0.6 * open),
    ];
    sheet.fill(smooth(&almond), &flat(workshop.dim(0xf6f1ea, 0.15)));
    sheet.inside(|sheet| {
        let iris = workshop.bright(if skull.young { 0x5a3c28 } else { 0x5a4632 }, 0.3);
        let centre = at(0.14, -0.08);
        let ring = size * 0.62;
        sheet.fill(oval(centre, (ring * wide, ring), 0.0), &flat(workshop.dim(0x241812, 0.3)));
        let low = (centre.0, centre.1 + ring * 0.3);
        sheet.fill(
            oval(low, (ring * 0.8 * wide, ring * 0.66), 0.0),
            &round(low, ring * 0.8, (iris, 1.0), (iris, 0.2)),
        );
        sheet.fill(oval(centre, (ring * 0.46 * wide, ring * 0.46), 0.0), &flat(workshop.dim(0x0e0a0a, 0.1)));
        // The lid's shadow on the eye.
        sheet.stroke(
            line(&[
                at(-1.0, -0.1),
                at(-0.5, -0.6 * open),
                at(0.1, -0.8 * open),
                at(0.7, -0.5 * open),
                at(1.0, 0.0),
            ]),
            size * 0.34,
            &veil(workshop.dim(0x3a2820, 0.6), 0.35),
        );
        sheet.fill(oval(at(-0.06, -0.34), (size * 0.17, size * 0.17), 0.0), &flat(workshop.lit(0xffffff)));
        sheet.fill(oval(at(0.34, 0.2), (size * 0.08, size * 0.08), 0.0), &veil(workshop.lit(0xffffff), 0.7));
    });
    let lash = flat(workshop.dim(look.hair, 0.4).scale(0.6));
    let lid = [
        at(-1.12, 0.14),
        at(-0.6, -0.62 * open),
        at(0.1, -0.9 * open),
        at(0.72, -0.58 * open),
        at(1.06, 0.02),
    ];
    sheet.stroke(line(&lid), size * 0.17, &lash);
    if look.long_hair {
        sheet.stroke(line(&[at(-0.8, -0.3 * open), at(-1.28, -0.3)]), size * 0.11, &lash);
    } else {
        let low = [at(-0.8, 0.4 * open), at(0.0, 0.66 * open), at(0.8, 0.36 * open)];
        sheet.stroke(line(&low), size * 0.08, &veil(workshop.dim(look.skin, 1.0), 0.5));
    }
}
