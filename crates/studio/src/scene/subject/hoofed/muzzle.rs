//! Heads of hoofed animals from the side: muzzle, eye, ears, mane, antlers and horns.

use super::super::motion;
use super::super::workshop::{Workshop, piece};
use super::breed::Breed;
use crate::plan::Kind;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, fading, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;

/// Takes a head's units to figure units: `u` from the poll to the nose, `v` from the brow down to the jaw.
#[derive(Clone, Copy)]
struct Skull {
    poll: (f32, f32),
    long: f32,
    turn: (f32, f32),
    snout: f32,
}

impl Skull {
    fn at(&self, u: f32, v: f32) -> (f32, f32) {
        let (sin, cos) = self.turn;
        // The muzzle may be thicker or finer than a horse's; the skull is not.
        let v = v * (1.0 + (self.snout - 1.0) * ((u - 0.2) / 0.8).clamp(0.0, 1.0));
        (self.poll.0 + self.long * (u * cos - v * sin), self.poll.1 + self.long * (u * sin + v * cos))
    }

    fn path<const N: usize>(&self, points: [(f32, f32); N]) -> [(f32, f32); N] {
        points.map(|(u, v)| self.at(u, v))
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn head(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    breed: &Breed,
    (neck, poll): (usize, (f32, f32)),
) {
    let skull = Skull { poll, long: breed.head, turn: breed.tilt.sin_cos(), snout: breed.snout };
    let long = breed.head;
    let gait = workshop.gait;
    let nod = puppet.joint(
        Some(neck),
        poll,
        Box::new(move |moment: &Moment| {
            // A neck that is stretched out carries its head higher.
            let lifted = if gait.gallops { 0.2 * gait.at(moment.second).vigour } else { 0.0 };
            Pose::turned(0.05 * (moment.second * 0.8).sin() + 0.02 * (moment.second * 2.3).sin() - lifted)
        }),
    );
    ear(workshop, puppet, breed, (nod, skull, false));
    if matches!(breed.kind, Kind::Deer | Kind::Cow) && !breed.young {
        let bounds = ((poll.0 - 0.34, poll.1 - 0.5), (poll.0 + 0.34, poll.1 + 0.1));
        workshop.add(puppet, piece(11, nod, poll, bounds), motion::rest(), |sheet| {
            if breed.kind == Kind::Deer {
                antlers(workshop, sheet, skull);
            } else {
                horns(workshop, sheet, skull);
            }
        });
    }
    let bounds = ((poll.0 - long * 0.5, poll.1 - long * 0.5), (poll.0 + long * 1.3, poll.1 + long * 1.25));
    workshop.add_round(puppet, piece(13, nod, poll, bounds), (motion::rest(), long * 0.16), |sheet| {
        let face = if breed.kind == Kind::Sheep { 0x4a3e3a } else { breed.fur };
        let outline = skull.path([
            (-0.08, -0.06),
            (0.08, -0.17),
            (0.30, -0.19),
            (0.56, -0.15),
            (0.82, -0.125),
            (0.98, -0.09),
            (1.04, 0.02),
            (1.0, 0.11),
            (0.90, 0.15),
            (0.70, 0.135),
            (0.46, 0.22),
            (0.24, 0.30),
            (0.02, 0.24),
            (-0.10, 0.1),
        ]);
        sheet.fill(smooth(&outline), &workshop.coat(face, poll.1 - long * 0.3, poll.1 + long * 1.1));
        sheet.inside(|sheet| details(workshop, sheet, (breed, face), skull));
        if breed.kind == Kind::Pig {
            let disc = skull.at(1.0, 0.01);
            let pink = workshop.coat(breed.nose, disc.1 - long * 0.16, disc.1 + long * 0.2);
            sheet.fill(oval(disc, (long * 0.1, long * 0.22), breed.tilt), &pink);
            for v in [-0.045, 0.05] {
                sheet.fill(
                    oval(skull.at(1.03, v), (long * 0.025, long * 0.038), breed.tilt),
                    &flat(workshop.dim(0x7a3c3c, 0.3)),
                );
            }
        }
        if breed.kind == Kind::Sheep {
            for (u, v, size) in
                [(-0.06, -0.1, 0.16), (0.08, -0.2, 0.13), (-0.1, 0.1, 0.15), (0.0, 0.26, 0.12)]
            {
                let curl = skull.at(u, v);
                sheet.fill(
                    oval(curl, (long * size, long * size), 0.0),
                    &workshop.coat(breed.fur, curl.1 - long * 0.2, curl.1 + long * 0.3),
                );
            }
        }
        if breed.kind == Kind::Horse {
            let lock = [
                (-0.12, -0.16),
                (0.04, -0.26),
                (0.26, -0.22),
                (0.40, -0.06),
                (0.24, -0.1),
                (0.26, 0.02),
                (0.1, -0.06),
            ];
            sheet.fill(
                smooth(&skull.path(lock)),
                &workshop.coat(breed.mane, poll.1 - long * 0.3, poll.1 + long * 0.4),
            );
        }
    });
    ear(workshop, puppet, breed, (nod, skull, true));
    eye(workshop, puppet, breed, (nod, skull));
}

/// Cheek, nostril, mouth and the shades between them.
fn details(workshop: &Workshop<'_>, sheet: &mut Sheet, (breed, face): (&Breed, u32), skull: Skull) {
    let long = breed.head;
    let dark = workshop.dim(face, 1.0);
    if breed.kind == Kind::Cow {
        let patch =
            skull.path([(-0.2, -0.1), (0.2, -0.3), (0.5, -0.04), (0.42, 0.16), (0.2, 0.4), (-0.2, 0.4)]);
        sheet.fill(
            smooth(&patch),
            &workshop.coat(breed.mane, skull.poll.1 - long * 0.3, skull.poll.1 + long * 0.8),
        );
    }
    if breed.kind == Kind::Deer {
        sheet.fill(
            oval(skull.at(0.7, 0.16), (long * 0.22, long * 0.08), breed.tilt),
            &veil(workshop.lit(breed.belly), 0.8),
        );
    }
    let cheek = skull.at(0.22, 0.08);
    let glow = workshop.bright(face, 0.7);
    sheet.fill(
        oval(cheek, (long * 0.2, long * 0.18), breed.tilt),
        &crate::scene::sheet::round(cheek, long * 0.2, (glow, 0.35), (glow, 0.0)),
    );
    sheet.stroke(
        line(&skull.path([(0.38, 0.02), (0.40, 0.14), (0.30, 0.25)])),
        long * 0.03,
        &veil(dark, 0.3),
    );
    sheet.stroke(
        line(&skull.path([(0.44, -0.04), (0.66, 0.0), (0.8, 0.02)])),
        long * 0.03,
        &veil(dark, 0.25),
    );
    // The soft nose.
    let nose = skull.at(1.0, 0.03);
    let soft = if breed.kind == Kind::Cow { 0.3 } else { 0.22 };
    let tint = workshop.dim(breed.nose, 0.2);
    sheet.fill(
        oval(nose, (long * soft, long * soft), 0.0),
        &crate::scene::sheet::round(nose, long * soft, (tint, 0.95), (tint, 0.15)),
    );
    if breed.kind != Kind::Pig {
        sheet.fill(
            oval(skull.at(0.945, -0.01), (long * 0.038, long * 0.024), breed.tilt - 0.7),
            &flat(workshop.dim(0x1c1414, 0.3)),
        );
    }
    sheet.stroke(
        line(&skull.path([(1.02, 0.085), (0.9, 0.075), (0.76, 0.09)])),
        long * 0.022,
        &veil(workshop.dim(0x2a1a18, 0.4), 0.8),
    );
    if breed.kind == Kind::Horse {
        sheet.fill(
            smooth(&skull.path([(0.2, -0.22), (0.4, -0.16), (0.86, -0.14), (0.7, -0.1), (0.4, -0.12)])),
            &veil(workshop.lit(0xfaf2e6), 0.75),
        );
    }
    if breed.kind != Kind::Horse {
        workshop.hairs(
            sheet,
            face,
            (skull.at(0.3, 0.05), (long * 0.36, long * 0.18)),
            ((0.6, 0.5), long * 0.12),
        );
    }
}

fn eye(workshop: &Workshop<'_>, puppet: &mut Puppet, breed: &Breed, (nod, skull): (usize, Skull)) {
    let at = skull.at(0.29, -0.055);
    let size = match breed.kind {
        Kind::Deer if breed.young => 0.09,
        Kind::Deer => 0.068,
        _ => 0.054,
    } * breed.head;
    let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
    let reach = size * 2.2;
    let mut sheet = workshop.sheet((at.0 - reach, at.1 - reach), (at.0 + reach, at.1 + reach));
    let lid = veil(workshop.dim(breed.fur, 1.0).scale(0.5), 0.75);
    sheet.fill(oval((at.0, at.1 - size * 0.06), (size * 1.4, size * 1.16), 0.25), &lid);
    sheet.fill(oval(at, (size * 1.1, size), 0.2), &flat(workshop.dim(0x1a1210, 0.1)));
    sheet.fill(
        oval((at.0 + size * 0.1, at.1 + size * 0.3), (size * 0.7, size * 0.5), 0.2),
        &veil(workshop.bright(0x6a4228, 0.5), 0.8),
    );
    sheet.fill(
        oval((at.0 + size * 0.3, at.1 - size * 0.36), (size * 0.3, size * 0.26), 0.0),
        &flat(workshop.lit(0xffffff)),
    );
    let lash = flat(workshop.dim(0x1a1412, 0.2));
    sheet.stroke(
        line(&[
            (at.0 - size * 1.3, at.1 + size * 0.1),
            (at.0 - size * 0.2, at.1 - size * 1.1),
            (at.0 + size * 1.3, at.1 - size * 0.1),
        ]),
        size * 0.34,
        &lash,
    );
    puppet.part(sheet, 14, (Some(nod), at), blink);
}

fn ear(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    breed: &Breed,
    (nod, skull, near): (usize, Skull, bool),
) {
    let (tall, lean) = match breed.kind {
        Kind::Deer if breed.young => (0.68, -0.7),
        Kind::Deer => (0.58, -0.5),
        Kind::Cow => (0.42, -1.5),
        Kind::Sheep => (0.38, -1.7),
        Kind::Pig => (0.40, 0.5),
        _ => (0.34, 0.05),
    };
    let root = skull.at(if near { 0.03 } else { 0.10 }, -0.12);
    let long = breed.head * tall;
    let (sin, cos) = f32::sin_cos(lean + if near { 0.0 } else { 0.25 });
    let at = |u: f32, v: f32| (root.0 + long * (u * cos + v * sin), root.1 + long * (u * sin - v * cos));
    let flick = move |t: f32| {
        let beat = (t * 0.31 + if near { 0.4 } else { 0.0 }).fract();
        if beat < 0.07 { (beat / 0.07 * std::f32::consts::TAU * 2.0).sin() * 0.22 } else { 0.0 }
    };
    let motion = Box::new(move |moment: &Moment| {
        Pose::turned(0.05 * (moment.second * 1.7).sin() + flick(moment.second))
    });
    let bounds = ((root.0 - long * 1.2, root.1 - long * 1.2), (root.0 + long * 1.2, root.1 + long * 1.2));
    workshop.add(puppet, piece(if near { 15 } else { 9 }, nod, root, bounds), motion, |sheet| {
        let face = if breed.kind == Kind::Sheep { 0x4a3e3a } else { breed.fur };
        let fur = if breed.kind == Kind::Cow {
            breed.mane
        } else {
            Workshop::under(face, if near { 0.0 } else { 0.4 })
        };
        sheet.fill(
            smooth(&[at(-0.2, 0.0), at(-0.26, 0.5), at(0.02, 1.0), at(0.24, 0.5), at(0.16, -0.02)]),
            &workshop.coat(fur, root.1 - long, root.1 + long * 0.5),
        );
        if near {
            let inner =
                smooth(&[at(-0.06, 0.14), at(-0.1, 0.5), at(0.04, 0.84), at(0.14, 0.48), at(0.1, 0.12)]);
            sheet.fill(inner, &veil(workshop.dim(0xb07a6a, 0.4), 0.7));
        }
    });
}

/// Antlers of four points each.
fn antlers(workshop: &Workshop<'_>, sheet: &mut Sheet, skull: Skull) {
    for (shift, shade) in [(0.05, 0.7), (0.0, 0.15)] {
        let (x, y) = skull.at(0.1, -0.13);
        let at = |u: f32, v: f32| (x + shift + u, y - v);
        let ink = flat(workshop.dim(0x8a6a48, shade));
        sheet.stroke(line(&[at(0.0, 0.0), at(-0.06, 0.11), at(-0.10, 0.22), at(-0.05, 0.34)]), 0.022, &ink);
        for (from, to) in
            [((-0.03, 0.07), (0.05, 0.13)), ((-0.075, 0.15), (0.02, 0.23)), ((-0.095, 0.23), (-0.17, 0.31))]
        {
            let middle = at((from.0 + to.0) * 0.5 + 0.012, (from.1 + to.1) * 0.5 - 0.012);
            sheet.stroke(line(&[at(from.0, from.1), middle, at(to.0, to.1)]), 0.016, &ink);
        }
    }
}

fn horns(workshop: &Workshop<'_>, sheet: &mut Sheet, skull: Skull) {
    for (shift, shade) in [(0.05, 0.7), (-0.01, 0.1)] {
        let (x, y) = skull.at(0.05, -0.13);
        let (x, y) = (x + shift, y);
        let ink = fading(
            (x, y),
            (x + 0.05, y - 0.09),
            (workshop.dim(0xe8dcc0, shade), 1.0),
            (workshop.dim(0x4a3e34, shade), 1.0),
        );
        let horn = [
            (x - 0.022, y + 0.015),
            (x - 0.03, y - 0.035),
            (x + 0.0, y - 0.07),
            (x + 0.05, y - 0.082),
            (x + 0.02, y - 0.045),
            (x + 0.016, y + 0.01),
        ];
        sheet.fill(smooth(&horn), &ink);
    }
}
