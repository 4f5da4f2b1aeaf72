//! Hoofed animals from the side, heading right: horses, deer, cows, sheep and pigs.

mod breed;
mod legs;
mod mane;
mod muzzle;

use super::motion;
use super::people::{Posture, Seat, aboard};
use super::workshop::{Workshop, piece};
use crate::plan::{Action, Kind, Subject};
use crate::scene::noise::step;
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, across, fading, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;
use breed::{Breed, breed};

pub(super) fn hoofed(workshop: &Workshop<'_>, subject: &Subject, rider: Option<&Subject>) -> Puppet {
    let breed = breed(subject);
    let gait = workshop.gait;
    let runs = subject.action == Action::Run;
    let mut puppet = Puppet::default();
    let trunk = puppet.joint(
        None,
        (0.0, -breed.hip),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let rock = if runs { 0.085 } else { 0.008 };
            // The forehand rises while the hind legs push, and sinks on to the forelegs.
            let turn = -rock * step.vigour * ((step.cycle - 0.08) * std::f32::consts::TAU).cos();
            let breath = 1.0 + 0.006 * (moment.second * 1.9).sin();
            Pose { turn, stretch: (1.0, breath), ..Pose::shifted(0.0, gait.sink(moment.second)) }
        }),
    );
    // Legs hang from a joint that only rises and falls: a foot on the ground keeps to it.
    let hips = puppet.joint(
        None,
        (0.0, -breed.hip),
        Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second))),
    );
    // In the order far hind, far fore, near hind, near fore; a gallop ends on one foreleg, and then all four are in the air.
    let steps = if runs { [0.0, 0.62, 0.88, 0.5] } else { [0.5, 0.75, 0.0, 0.25] };
    for (index, phase) in steps.into_iter().enumerate() {
        legs::leg(workshop, &mut puppet, &breed, (hips, index, phase));
    }
    tail(workshop, &mut puppet, &breed, trunk);
    body(workshop, &mut puppet, &breed, trunk);
    neck(workshop, &mut puppet, &breed, (trunk, subject.action));
    if rider.is_some() {
        let seat =
            Seat { parent: trunk, at: (-0.05, -breed.hip - 0.12), scale: 0.76, backwards: false, layer: 30 };
        aboard(workshop, &mut puppet, rider, seat, Posture::Astride);
    }
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn body(workshop: &Workshop<'_>, puppet: &mut Puppet, breed: &Breed, trunk: usize) {
    let (l, d, h) = (breed.long, breed.deep, breed.hip);
    // `u` along the back, `v` from the belly (0.0) up to the back (1.0).
    let low = h - d * 0.30;
    let at = |u: f32, v: f32| (u * l, -(low + v * d));
    let bounds = ((-l * 1.35, -(low + d * 1.3)), (l * 1.35, -low + d * 0.3));
    workshop.add_round(puppet, piece(8, trunk, (0.0, -h), bounds), (motion::rest(), d * 0.24), |sheet| {
        let ink = workshop.coat(breed.fur, -(low + d * 1.1), -low + d * 0.25);
        if breed.kind == Kind::Cow {
            sheet.fill(oval(at(-0.46, -0.02), (l * 0.2, d * 0.16), 0.0), &flat(workshop.dim(0xe0a49a, 0.3)));
        }
        sheet.fill(
            smooth(&[
                at(-1.06, 0.62),
                at(-0.92, 0.92),
                at(-0.62, 1.02),
                at(-0.2, 0.94),
                at(0.2, 0.92),
                at(0.55, 1.02),
                at(0.86, 0.92),
                at(1.06, 0.56),
                at(0.96, 0.2),
                at(0.62, 0.0),
                at(0.1, -0.03),
                at(-0.36, 0.08),
                at(-0.66, 0.14),
                at(-0.98, 0.28),
            ]),
            &ink,
        );
        if breed.kind == Kind::Sheep {
            wool(workshop, sheet, breed, at);
        }
        sheet.inside(|sheet| {
            if breed.kind == Kind::Cow {
                for spot in [
                    [(-0.9, 1.1), (-0.3, 1.1), (-0.22, 0.66), (-0.5, 0.42), (-0.84, 0.6)],
                    [(0.06, 0.5), (0.34, 0.72), (0.46, 0.4), (0.3, 0.1), (0.04, 0.2)],
                    [(0.6, 1.1), (1.1, 1.0), (1.0, 0.5), (0.74, 0.62), (0.62, 0.84)],
                ] {
                    sheet.fill(
                        smooth(&spot.map(|(u, v)| at(u, v))),
                        &workshop.coat(breed.mane, -(low + d * 1.1), -low),
                    );
                }
            }
            sheet.fill(
                oval(at(0.1, -0.1), (l * 0.85, d * 0.2), 0.0),
                &veil(workshop.dim(breed.belly, 0.5), 0.7),
            );
            // Shoulder and flank: the muscles under the coat.
            let (light, dark) = (workshop.bright(breed.fur, 0.6), workshop.dim(breed.fur, 1.0));
            for (u, v, wide, tall) in [(0.66, 0.56, 0.22, 0.36), (-0.72, 0.62, 0.24, 0.36)] {
                let centre = at(u, v);
                let glow = crate::scene::sheet::round(centre, d * tall, (light, 0.28), (light, 0.0));
                sheet.fill(oval(centre, (l * wide, d * tall), 0.0), &glow);
            }
            sheet.stroke(line(&[at(0.44, 0.72), at(0.40, 0.42), at(0.5, 0.14)]), d * 0.05, &veil(dark, 0.12));
            sheet.stroke(
                line(&[at(-0.44, 0.6), at(-0.42, 0.34), at(-0.52, 0.14)]),
                d * 0.05,
                &veil(dark, 0.12),
            );
            if breed.kind == Kind::Deer {
                for (index, u) in [-0.86_f32, -0.66, -0.46, -0.24, -0.04, 0.18].into_iter().enumerate() {
                    let v = if index.is_multiple_of(2) { 0.82 } else { 0.68 };
                    sheet.fill(oval(at(u, v), (0.013, 0.011), 0.0), &veil(workshop.lit(0xfff2dc), 0.7));
                }
            }
            if matches!(breed.kind, Kind::Deer | Kind::Pig) {
                workshop.hairs(sheet, breed.fur, (at(0.0, 0.5), (l, d * 0.45)), ((-0.9, 0.4), 0.04));
            }
        });
    });
}

/// Curls of wool all around the body, and over it.
fn wool(workshop: &Workshop<'_>, sheet: &mut Sheet, breed: &Breed, at: impl Fn(f32, f32) -> (f32, f32)) {
    let mut chance = workshop.chance();
    for curl in 0..76_u8 {
        let (sin, cos) = (f32::from(curl) * 2.399).sin_cos();
        let far = 1.04 * (f32::from(76 - curl) / 76.0).sqrt();
        let centre = at(cos * far * 1.0, 0.52 + sin * far * 0.5);
        let size = breed.deep * chance.within(0.12, 0.16);
        sheet.fill(
            oval(centre, (size, size * 0.95), 0.0),
            &workshop.coat(breed.fur, centre.1 - size * 1.1, centre.1 + size * 2.0),
        );
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn tail(workshop: &Workshop<'_>, puppet: &mut Puppet, breed: &Breed, trunk: usize) {
    let root = (-breed.long * 1.0, -(breed.hip + breed.deep * 0.52));
    let gait = workshop.gait;
    let swish = |reach: f32, lag: f32| -> Motion {
        Box::new(move |moment: &Moment| {
            let (t, step) = (moment.second, gait.at(moment.second));
            let stream = if gait.runs() { 0.95 } else { 0.1 };
            Pose::turned(reach * ((t * 1.7 - lag).sin() + 0.4 * (t * 4.1 - lag).sin()) + stream * step.vigour)
        })
    };
    let (x, y) = root;
    let bounds = ((x - 0.4, y - 0.12), (x + 0.1, y + 0.55));
    let part = piece(7, trunk, root, bounds);
    match breed.kind {
        Kind::Horse if gait.runs() => streaming_tail(workshop, puppet, breed, (trunk, root)),
        Kind::Horse => {
            let upper = workshop.add(puppet, part, swish(0.10, 0.0), |sheet| {
                let hair = [
                    (x + 0.03, y),
                    (x - 0.08, y + 0.0),
                    (x - 0.15, y + 0.1),
                    (x - 0.16, y + 0.26),
                    (x - 0.08, y + 0.26),
                    (x - 0.04, y + 0.1),
                ];
                sheet.fill(smooth(&hair), &workshop.coat(breed.mane, y - 0.1, y + 0.5));
            });
            let low = piece(6, upper, (x - 0.12, y + 0.2), bounds);
            workshop.add(puppet, low, swish(0.14, 0.9), |sheet| {
                let hair = [
                    (x - 0.07, y + 0.14),
                    (x - 0.16, y + 0.15),
                    (x - 0.19, y + 0.32),
                    (x - 0.15, y + 0.5),
                    (x - 0.12, y + 0.4),
                    (x - 0.08, y + 0.46),
                    (x - 0.06, y + 0.28),
                ];
                sheet.fill(smooth(&hair), &workshop.coat(breed.mane, y - 0.1, y + 0.6));
                for lock in [-0.15_f32, -0.12, -0.09] {
                    let strand = [(x + lock, y + 0.2), (x + lock - 0.01, y + 0.32), (x + lock, y + 0.42)];
                    sheet.stroke(line(&strand), 0.008, &veil(workshop.bright(breed.mane, 1.0), 0.35));
                }
            });
        }
        Kind::Cow => {
            workshop.add(puppet, part, swish(0.12, 0.0), |sheet| {
                sheet.stroke(
                    line(&[(x + 0.02, y), (x - 0.05, y + 0.05), (x - 0.05, y + 0.3)]),
                    0.026,
                    &workshop.coat(breed.fur, y, y + 0.4),
                );
                sheet.fill(
                    oval((x - 0.05, y + 0.34), (0.032, 0.075), 0.0),
                    &workshop.coat(breed.mane, y + 0.2, y + 0.45),
                );
            });
        }
        Kind::Pig => {
            workshop.add(puppet, part, swish(0.2, 0.0), |sheet| {
                let curl = [
                    (x + 0.02, y + 0.03),
                    (x - 0.05, y + 0.0),
                    (x - 0.09, y + 0.04),
                    (x - 0.06, y + 0.08),
                    (x - 0.03, y + 0.04),
                    (x - 0.08, y - 0.02),
                ];
                sheet.stroke(line(&curl), 0.02, &workshop.coat(breed.fur, y - 0.05, y + 0.15));
            });
        }
        _ => {
            workshop.add(puppet, part, swish(0.16, 0.0), |sheet| {
                let scut = [
                    (x + 0.04, y - 0.01),
                    (x - 0.06, y + 0.0),
                    (x - 0.09, y + 0.08),
                    (x - 0.04, y + 0.13),
                    (x + 0.03, y + 0.1),
                ];
                sheet.fill(smooth(&scut), &workshop.coat(breed.fur, y - 0.05, y + 0.2));
                sheet.fill(
                    oval((x - 0.03, y + 0.09), (0.034, 0.045), 0.4),
                    &flat(workshop.dim(breed.belly, 0.2)),
                );
            });
        }
    }
}

/// The tail of a horse that gallops: it lifts from the croup and streams as one plume, its end later than its root.
fn streaming_tail(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    breed: &Breed,
    (trunk, (x, y)): (usize, (f32, f32)),
) {
    let gait = workshop.gait;
    let wave = |reach: f32, lag: f32, hangs: f32| -> Motion {
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let beat = ((step.cycle - lag) * std::f32::consts::TAU).sin();
            Pose::turned(reach * beat - hangs * (1.0 - step.vigour))
        })
    };
    // Of one colour along its length, and without rims of light: nothing shows where its two parts meet.
    let (light, dark) = (workshop.bright(breed.mane, 0.25), workshop.dim(breed.mane, 0.6));
    let hair = across((0.0, y - 0.07), (0.0, y + 0.13), light, dark);
    let strands = |sheet: &mut Sheet, from: f32, to: f32| {
        sheet.inside(|sheet| {
            for index in 0..7_u8 {
                let drop = 0.021 * f32::from(index);
                let at = |share: f32, sag: f32| (x - from - (to - from) * share, y - 0.055 + drop + sag);
                let strand = [at(0.0, 0.012), at(0.4, 0.0), at(0.75, 0.012 + drop * 0.2), at(1.0, 0.035)];
                let tone = if index.is_multiple_of(2) { veil(dark, 0.4) } else { veil(light, 0.5) };
                sheet.stroke(line(&strand), 0.006, &tone);
            }
        });
    };
    let bounds = ((x - 0.62, y - 0.14), (x + 0.14, y + 0.26));
    let mut dock = workshop.sheet(bounds.0, bounds.1);
    let plume = [
        (x + 0.1, y - 0.03),
        (x + 0.0, y - 0.055),
        (x - 0.1, y - 0.075),
        (x - 0.2, y - 0.068),
        (x - 0.27, y - 0.02),
        (x - 0.27, y + 0.04),
        (x - 0.2, y + 0.075),
        (x - 0.1, y + 0.06),
        (x - 0.0, y + 0.035),
        (x + 0.1, y + 0.04),
    ];
    dock.fill(smooth(&plume), &hair);
    strands(&mut dock, -0.04, 0.26);
    let dock = puppet.part(dock, 7, (Some(trunk), (x, y)), wave(0.09, 0.1, 0.7));
    let mut end = workshop.sheet(bounds.0, bounds.1);
    // From the highest lock to the lowest: how far down it begins and ends, and how long it is.
    for (root, fall, long) in
        [(-0.02, 0.015, 0.46), (0.005, 0.075, 0.52), (0.02, 0.125, 0.44), (0.03, 0.15, 0.36)]
    {
        let lock = [
            (x - 0.12, y + root - 0.045),
            (x - 0.22, y + root - 0.05),
            (x - long * 0.72, y + fall * 0.55 - 0.04),
            (x - long, y + fall),
            (x - long * 0.74, y + fall * 0.75 + 0.02),
            (x - 0.24, y + root + 0.048),
            (x - 0.13, y + root + 0.03),
        ];
        end.fill(smooth(&lock), &hair);
    }
    strands(&mut end, 0.14, 0.5);
    puppet.part(end, 6, (Some(dock), (x - 0.17, y)), wave(0.12, 0.28, 0.4));
}

/// The neck with its mane, and the head at its end. It nods with each step, and at rest it now and then bends to graze.
fn neck(workshop: &Workshop<'_>, puppet: &mut Puppet, breed: &Breed, (trunk, action): (usize, Action)) {
    let gait = workshop.gait;
    let root = (breed.long * 0.72, -(breed.hip + breed.deep * 0.34));
    let poll = (root.0 + breed.neck.0, root.1 - breed.neck.1);
    let grazes = !matches!(action, Action::Run | Action::Jump | Action::Dance) && breed.grazes > 0.0;
    let graze = breed.grazes;
    let bend = Box::new(move |moment: &Moment| {
        let (t, walk) = (moment.second, gait.at(moment.second));
        let nod = if gait.gallops {
            // Stretched out, and against the trunk's rocking: the head keeps its height.
            0.24 + 0.11 * ((walk.cycle - 0.14) * std::f32::consts::TAU).cos()
        } else {
            0.05 * ((walk.cycle * 2.0 + 0.1) * std::f32::consts::TAU).sin()
        };
        let nod = nod * walk.vigour;
        let beat = (t / 7.0 + 0.1).fract();
        let down = step(0.25, 0.42, beat) * step(0.92, 0.78, beat);
        let low = if grazes { graze * down * (1.0 - walk.vigour) } else { 0.0 };
        Pose::turned(nod + low + 0.025 * (t * 1.1).sin() + 0.02 * (t * 5.0).sin() * low)
    });
    let bounds = ((root.0 - 0.3, poll.1 - 0.16), (poll.0 + 0.16, root.1 + breed.deep * 0.55));
    let slender = if breed.kind == Kind::Deer { 0.84 } else { 1.0 };
    let (w, top) = (breed.deep * 0.46 * slender, breed.head * 0.30 * slender);
    let (dx, dy) = (poll.0 - root.0, poll.1 - root.1);
    let along = |s: f32, aside: f32| (root.0 + dx * s - dy * aside, root.1 + dy * s + dx * aside);
    let long = dx.hypot(dy);
    let side = |wide: f32| wide / long;
    let neck = workshop.add_round(puppet, piece(10, trunk, root, bounds), (bend, 0.06), |sheet| {
        let ink = workshop.coat(breed.fur, poll.1 - 0.1, root.1 + w * 1.6);
        sheet.fill(
            smooth(&[
                along(-0.25, -side(w * 0.8)),
                along(0.2, -side(w * 0.72)),
                along(0.62, -side(top * 1.15)),
                along(1.0, -side(top)),
                along(1.14, 0.0),
                along(0.96, side(top * 1.1)),
                along(0.55, side(top * 1.2)),
                along(0.2, side(w * 0.86)),
                along(-0.2, side(w * 0.95)),
                along(-0.5, side(w * 0.3)),
            ]),
            &ink,
        );
        sheet.inside(|sheet| {
            let dark = workshop.dim(breed.fur, 1.0);
            sheet.stroke(
                line(&[along(0.9, side(top * 0.3)), along(0.4, side(top * 0.5)), along(0.0, side(w * 0.5))]),
                0.02,
                &veil(dark, 0.1),
            );
        });
        // It comes out of the trunk, with no edge on the shoulder.
        let (whole, gone) = (along(0.14, 0.0), along(-0.26, -side(w * 0.75)));
        let none = workshop.dim(breed.fur, 0.0);
        sheet.erase(oval(gone, (long, long), 0.0), &fading(whole, gone, (none, 0.0), (none, 1.0)));
        if !(breed.kind == Kind::Horse && gait.runs()) {
            mane::mane(workshop, sheet, breed, |s, aside| along(s, side(top) * aside));
        }
    });
    if breed.kind == Kind::Horse && gait.runs() {
        mane::streaming(workshop, puppet, breed, (neck, &|s, aside| along(s, side(top) * aside)));
    }
    muzzle::head(workshop, puppet, breed, (neck, poll));
}
