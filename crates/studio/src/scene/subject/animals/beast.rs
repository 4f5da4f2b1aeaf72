//! Furry four-legged animals: one build, sitting or on the move, in many coats.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{flat, line, oval, smooth, veil};
use super::super::coat::{Coat, Marks, Tail, coat};
use super::super::dragon;
use super::super::flight;
use super::super::head::{Neck, head};
use super::super::motion;
use super::super::upright::upright;
use super::super::walking::walking;
use super::super::workshop::Workshop;
use super::fox;
use crate::plan::{Action, Kind, Subject};

pub(in crate::scene::subject) fn beast(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let coat = coat(subject);
    match subject.action {
        Action::Fly if subject.kind == Kind::Dragon => flight::flying(workshop, &coat),
        Action::TaiChi | Action::Wave => upright(workshop, &coat, subject.action),
        Action::Dance if subject.kind != Kind::Dragon => upright(workshop, &coat, subject.action),
        Action::Walk | Action::Run if subject.kind == Kind::Fox => fox::fox(workshop, &coat),
        Action::Walk | Action::Run => walking(workshop, &coat, subject.action == Action::Run),
        _ => {
            let mut puppet = sitting(workshop, &coat, subject.action);
            if subject.kind == Kind::Dragon {
                dragon::wings(workshop, &mut puppet, &coat);
            }
            puppet
        }
    }
}

pub(in crate::scene::subject) fn limb_fur(coat: &Coat) -> u32 {
    if coat.marks == Marks::Panda { coat.accent } else { coat.fur }
}

/// Facing us on its haunches; paws and tail are free to play.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn sitting(workshop: &Workshop<'_>, coat: &Coat, action: Action) -> Puppet {
    let mut puppet = Puppet::default();
    let slow = if action == Action::Sleep { 0.6 } else { 1.0 };
    let breath = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(move |moment| {
            let breath = (moment.second * 2.6 * slow).sin();
            Pose::stretched(1.0 + 0.010 * breath, 1.0 + 0.014 * breath)
        }),
    );
    tail(workshop, &mut puppet, coat, (breath, (0.17, -0.10), action));
    let mut sheet = workshop.sheet((-0.34, -0.62), (0.34, 0.03));
    let body = smooth(&[
        (0.0, -0.58),
        (0.13, -0.52),
        (0.195, -0.38),
        (0.25, -0.20),
        (0.275, -0.07),
        (0.20, 0.0),
        (0.0, 0.012),
        (-0.20, 0.0),
        (-0.275, -0.07),
        (-0.25, -0.20),
        (-0.195, -0.38),
        (-0.13, -0.52),
    ]);
    if matches!(coat.marks, Marks::Panda) {
        sheet.fill(oval((0.0, -0.2), (0.31, 0.2), 0.0), &workshop.coat(coat.fur, -0.5, 0.05));
    }
    sheet.fill(body, &workshop.coat(coat.fur, -0.56, 0.08));
    sheet.inside(|sheet| {
        if coat.marks == Marks::Stripes {
            for side in [-1.0, 1.0] {
                for (v, long) in [(-0.36_f32, 0.09), (-0.27, 0.11), (-0.18, 0.10)] {
                    sheet.stroke(
                        line(&[(side * 0.28, v), (side * (0.27 - long), v + 0.03)]),
                        0.028,
                        &veil(workshop.dim(coat.accent, 0.2), 0.7),
                    );
                }
            }
        }
        if coat.marks == Marks::Patches {
            sheet.fill(oval((0.16, -0.3), (0.12, 0.15), 0.3), &flat(workshop.dim(coat.accent, 0.2)));
        }
        if coat.marks == Marks::Panda {
            // Down to the forelegs, which are black, too.
            let vest = smooth(&[
                (-0.32, -0.64),
                (0.32, -0.64),
                (0.26, -0.38),
                (0.15, -0.30),
                (0.06, -0.27),
                (0.0, -0.33),
                (-0.06, -0.27),
                (-0.15, -0.30),
                (-0.26, -0.38),
            ]);
            sheet.fill(vest, &workshop.coat(coat.accent, -0.6, -0.2));
        }
        let bib = smooth(&[
            (0.0, -0.52),
            (0.10, -0.44),
            (0.125, -0.28),
            (0.09, -0.12),
            (0.0, -0.06),
            (-0.09, -0.12),
            (-0.125, -0.28),
            (-0.10, -0.44),
        ]);
        if coat.marks != Marks::Panda {
            sheet.fill(bib, &workshop.coat(coat.belly, -0.55, 0.0));
        }
        if coat.marks == Marks::Scales {
            for v in [-0.40_f32, -0.33, -0.26, -0.19, -0.12] {
                let band = line(&[(-0.1, v), (0.0, v + 0.025), (0.1, v)]);
                sheet.stroke(band, 0.012, &veil(workshop.dim(0xd9a860, 0.2), 0.7));
            }
        }
    });
    let sheet = workshop.finish(sheet, 0.06);
    puppet.part(sheet, 10, (Some(breath), (0.0, 0.0)), motion::rest());
    for side in [-1.0, 1.0] {
        haunch(workshop, &mut puppet, coat, (breath, side));
        foreleg(workshop, &mut puppet, coat, (breath, side, action));
    }
    let neck = Neck {
        parent: breath,
        centre: (0.0, if coat.great() { -0.665 } else { -0.70 }),
        half: if coat.great() { 0.235 } else { 0.285 },
        turn: 0.1,
        asleep: action == Action::Sleep,
    };
    head(workshop, &mut puppet, coat, neck);
    puppet
}

fn haunch(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (breath, side): (usize, f32)) {
    let mut sheet = workshop.sheet((side * 0.215 - 0.16, -0.24), (side * 0.215 + 0.16, 0.035));
    sheet.fill(oval((side * 0.205, -0.10), (0.105, 0.115), 0.0), &workshop.coat(limb_fur(coat), -0.24, 0.04));
    let foot = (side * 0.225, -0.018);
    sheet.fill(
        oval(foot, (0.095, 0.045), 0.0),
        &workshop.coat(if coat.marks == Marks::Panda { coat.accent } else { coat.belly }, -0.07, 0.05),
    );
    toes(workshop, &mut sheet, foot, 0.05);
    let sheet = workshop.finish(sheet, 0.03);
    puppet.part(sheet, 14, (Some(breath), (0.0, 0.0)), motion::rest());
}

fn toes(
    workshop: &Workshop<'_>,
    sheet: &mut super::super::super::sheet::Sheet,
    (x, y): (f32, f32),
    size: f32,
) {
    for toe in [-0.45_f32, 0.45] {
        let at = x + toe * size;
        sheet.stroke(
            line(&[(at, y + size * 0.1), (at, y + size * 0.62)]),
            size * 0.13,
            &veil(workshop.dim(0x6a4034, 0.3), 0.55),
        );
    }
}

/// A front leg; the one on the light's far side bats when the animal plays.
fn foreleg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    coat: &Coat,
    (breath, side, action): (usize, f32, Action),
) {
    let x = side * 0.085;
    let mut sheet = workshop.sheet((x - 0.1, -0.40), (x + 0.1, 0.035));
    let leg = smooth(&[
        (x - 0.055, -0.34),
        (x, -0.38),
        (x + 0.055, -0.34),
        (x + 0.058, -0.16),
        (x + 0.062, -0.03),
        (x, 0.0),
        (x - 0.062, -0.03),
        (x - 0.058, -0.16),
    ]);
    sheet.fill(leg, &workshop.coat(limb_fur(coat), -0.40, 0.06));
    let foot = (x, -0.022);
    let sock = if coat.marks == Marks::Panda { coat.accent } else { coat.belly };
    sheet.fill(oval(foot, (0.070, 0.045), 0.0), &workshop.coat(sock, -0.08, 0.05));
    toes(workshop, &mut sheet, foot, 0.045);
    let sheet = workshop.finish(sheet, 0.03);
    let bats = action == Action::Play && side > 0.0;
    let dances = action == Action::Dance;
    puppet.part(
        sheet,
        if bats { 35 } else { 18 },
        (Some(breath), (x + 0.01, -0.33)),
        Box::new(move |moment| {
            let t = moment.second;
            if bats {
                let beat = (t / 1.6).fract();
                let raised = super::super::super::noise::step(0.0, 0.16, beat)
                    * super::super::super::noise::step(0.95, 0.72, beat);
                let swat = (t * 9.0).sin() * 0.28 * raised;
                Pose::turned(-2.05 * raised + swat)
            } else if dances {
                Pose::turned(-side * (0.9 + 0.5 * (t * 5.65).sin()))
            } else {
                Pose::REST
            }
        }),
    );
}

/// A tail of two joints, so that its tip lags behind.
fn tail(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    coat: &Coat,
    (breath, (x, y), action): (usize, (f32, f32), Action),
) {
    let (speed, reach) = match action {
        Action::Sleep => (0.9, 0.06),
        Action::Play | Action::Run | Action::Dance => (3.4, 0.24),
        _ => (2.0, 0.17),
    };
    let fur = workshop.coat(coat.fur, y - 0.4, y + 0.1);
    let tip = if coat.marks == Marks::Stripes || coat.great() { coat.accent } else { coat.belly };
    match coat.tail {
        Tail::Long | Tail::Bushy => {
            let wide = if coat.tail == Tail::Bushy { 0.15 } else { 0.072 };
            let elbow = (x + 0.21, y - 0.13);
            let mut sheet = workshop.sheet((x - 0.1, y - 0.3), (x + 0.36, y + 0.12));
            sheet.stroke(line(&[(x, y), (x + 0.12, y + 0.0), elbow]), wide, &fur);
            let sheet = workshop.finish(sheet, 0.03);
            let base = puppet.part(sheet, 2, (Some(breath), (x, y)), motion::swing(speed, reach, 0.0));
            let mut sheet = workshop.sheet((x + 0.0, y - 0.56), (x + 0.48, y + 0.02));
            let curl = [elbow, (x + 0.255, y - 0.24), (x + 0.235, y - 0.35), (x + 0.285, y - 0.43)];
            sheet.stroke(line(&curl), wide, &fur);
            if coat.tail == Tail::Bushy {
                sheet.fill(oval((x + 0.245, y - 0.27), (0.1, 0.17), 0.1), &fur);
                sheet.fill(
                    oval((x + 0.275, y - 0.42), (0.075, 0.09), 0.3),
                    &workshop.coat(coat.belly, y - 0.5, y - 0.2),
                );
            } else {
                sheet.inside(|sheet| {
                    sheet.fill(oval((x + 0.285, y - 0.45), (0.07, 0.07), 0.0), &flat(workshop.dim(tip, 0.1)));
                });
            }
            let sheet = workshop.finish(sheet, 0.03);
            puppet.part(sheet, 1, (Some(base), elbow), motion::swing(speed, reach * 1.5, -0.9));
        }
        Tail::Short | Tail::Puff => {
            let size = if coat.tail == Tail::Puff { 0.1 } else { 0.06 };
            let mut sheet = workshop.sheet((x - 0.1, y - 0.2), (x + 0.25, y + 0.15));
            sheet.fill(oval((x + 0.09, y - 0.02), (size, size), 0.0), &fur);
            let sheet = workshop.finish(sheet, 0.03);
            puppet.part(sheet, 2, (Some(breath), (x, y)), motion::swing(speed * 2.0, reach * 0.6, 0.0));
        }
    }
}
