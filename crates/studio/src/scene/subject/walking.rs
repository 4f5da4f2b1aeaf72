//! Furry animals on the move, from the side, heading right.

use super::super::puppet::{Pose, Puppet};
use super::super::sheet::{flat, line, oval, smooth, veil};
use super::beast::limb_fur;
use super::coat::{Coat, Marks, Tail};
use super::head::{Neck, head};
use super::motion;
use super::workshop::Workshop;

/// From the side, on four legs, heading right.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn walking(workshop: &Workshop<'_>, coat: &Coat, runs: bool) -> Puppet {
    let mut puppet = Puppet::default();
    let pace = if runs { 9.0 } else { 5.2 };
    let lean = if runs { 0.05 } else { 0.02 };
    let trunk = puppet.joint(
        None,
        (0.0, -0.3),
        Box::new(move |moment| {
            let beat = moment.second * pace;
            Pose {
                turn: lean * beat.sin(),
                stretch: (1.0 + lean * 0.6 * (beat * 2.0).sin(), 1.0),
                ..Pose::REST
            }
        }),
    );
    tail_up(workshop, &mut puppet, coat, (trunk, pace));
    for (x, layer, phase) in
        [(-0.22, 4, 0.0), (0.20, 4, 2.4), (-0.17, 16, std::f32::consts::PI), (0.26, 16, 5.5)]
    {
        let far = layer == 4;
        let mut sheet = workshop.sheet((x - 0.1, -0.36), (x + 0.13, 0.03));
        let fur = limb_fur(coat);
        let ink = if far { flat(workshop.dim(fur, 0.75)) } else { workshop.coat(fur, -0.4, 0.05) };
        sheet.fill(
            smooth(&[
                (x - 0.075, -0.28),
                (x, -0.33),
                (x + 0.075, -0.28),
                (x + 0.055, -0.14),
                (x + 0.05, -0.03),
                (x, 0.0),
                (x - 0.05, -0.03),
                (x - 0.05, -0.14),
            ]),
            &ink,
        );
        let sock = if coat.marks == Marks::Panda { coat.accent } else { coat.belly };
        let foot = if far { flat(workshop.dim(sock, 0.7)) } else { workshop.coat(sock, -0.08, 0.05) };
        sheet.fill(oval((x + 0.015, -0.022), (0.066, 0.036), 0.0), &foot);
        let sheet = workshop.finish(sheet, 0.03);
        let reach = if runs { 0.75 } else { 0.42 };
        puppet.part(sheet, layer, (Some(trunk), (x, -0.26)), motion::swing(pace, reach, phase));
    }
    let mut sheet = workshop.sheet((-0.42, -0.58), (0.42, -0.1));
    let body = smooth(&[
        (-0.33, -0.34),
        (-0.27, -0.46),
        (-0.08, -0.485),
        (0.14, -0.50),
        (0.30, -0.46),
        (0.345, -0.33),
        (0.27, -0.20),
        (0.05, -0.165),
        (-0.2, -0.175),
        (-0.31, -0.24),
    ]);
    sheet.fill(body, &workshop.coat(coat.fur, -0.52, -0.12));
    sheet.inside(|sheet| {
        sheet.fill(oval((0.03, -0.15), (0.3, 0.07), 0.0), &veil(workshop.lit(coat.belly), 0.85));
        let accent = workshop.dim(coat.accent, 0.2);
        if coat.marks == Marks::Stripes {
            for x in [-0.24_f32, -0.14, -0.04, 0.06, 0.16] {
                sheet.stroke(
                    line(&[(x, -0.5), (x - 0.015, -0.42), (x + 0.01, -0.34)]),
                    0.028,
                    &veil(accent, 0.7),
                );
            }
        }
        if coat.marks == Marks::Patches {
            sheet.fill(oval((-0.14, -0.4), (0.13, 0.1), 0.3), &flat(accent));
            sheet.fill(oval((0.16, -0.3), (0.08, 0.07), 0.0), &flat(accent));
        }
        if coat.marks == Marks::Panda {
            sheet.fill(oval((0.22, -0.36), (0.11, 0.3), 0.1), &flat(accent));
        }
    });
    let sheet = workshop.finish(sheet, 0.06);
    puppet.part(sheet, 10, (Some(trunk), (0.0, -0.3)), motion::rest());
    head(
        workshop,
        &mut puppet,
        coat,
        Neck { parent: trunk, centre: (0.31, -0.62), half: 0.235, turn: 0.45, asleep: false },
    );
    puppet
}

fn tail_up(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (trunk, pace): (usize, f32)) {
    let (wide, long) = match coat.tail {
        Tail::Long => (0.06, 1.0),
        Tail::Bushy => (0.14, 1.0),
        Tail::Short => (0.06, 0.3),
        Tail::Puff => (0.14, 0.22),
    };
    let (x, y) = (-0.30, -0.40);
    let mut sheet = workshop.sheet((x - 0.36, y - 0.42), (x + 0.1, y + 0.1));
    let path = line(&[
        (x, y),
        (x - 0.12 * long, y - 0.06 * long),
        (x - 0.19 * long, y - 0.2 * long),
        (x - 0.16 * long, y - 0.31 * long),
    ]);
    sheet.stroke(path, wide, &workshop.coat(coat.fur, y - 0.4, y + 0.1));
    let sheet = workshop.finish(sheet, 0.03);
    puppet.part(sheet, 2, (Some(trunk), (x, y)), motion::swing(pace * 0.6, 0.22, 0.0));
}
