//! What makes a furry animal a dragon: wings, spikes and a snout.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, corners, flat, line, oval};
use super::super::super::stage::Moment;
use super::super::coat::Coat;
use super::super::head::Neck;
use super::super::workshop::{Workshop, piece};

/// A dragon's wings, beating behind its back.
pub(in crate::scene::subject) fn wings(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat) {
    for side in [-1.0_f32, 1.0] {
        let joint =
            piece(0, 0, (side * 0.12, -0.46), ((side * 0.42 - 0.42, -0.98), (side * 0.42 + 0.42, -0.2)));
        let beat = Box::new(move |moment: &Moment| {
            let wave = (moment.second * 4.2).sin();
            Pose { turn: side * 0.28 * wave, stretch: (1.0 - 0.12 * wave, 1.0), ..Pose::REST }
        });
        workshop.add(puppet, joint, beat, |sheet| {
            let at = |u: f32, v: f32| (side * u, v);
            let skin = across(
                at(0.1, -0.4),
                at(0.8, -0.8),
                workshop.dim(0xe8a04c, 0.4),
                workshop.bright(0xf2c06a, 0.4),
            );
            sheet.fill(
                corners(&[
                    at(0.10, -0.48),
                    at(0.40, -0.90),
                    at(0.80, -0.94),
                    at(0.74, -0.66),
                    at(0.60, -0.58),
                    at(0.56, -0.38),
                    at(0.38, -0.42),
                    at(0.26, -0.26),
                    at(0.10, -0.34),
                ]),
                &skin,
            );
            for tip in [at(0.78, -0.92), at(0.60, -0.58), at(0.38, -0.42)] {
                sheet.stroke(
                    line(&[at(0.12, -0.46), at(0.38, -0.84), tip]),
                    0.028,
                    &workshop.coat(coat.fur, -0.9, -0.2),
                );
            }
        });
    }
}

/// A dragon's spikes, from brow to crown.
pub(in crate::scene::subject) fn crest(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, neck: Neck) {
    let at = |u: f32, v: f32| (neck.centre.0 + neck.half * u, neck.centre.1 + neck.half * v);
    for (u, tall) in [(-0.26, 0.20), (0.26, 0.20), (0.0, 0.36)] {
        let spike = corners(&[at(u - 0.15, -0.70), at(u, -0.86 - tall), at(u + 0.15, -0.70)]);
        sheet.fill(spike, &flat(workshop.dim(0xe8a04c, 0.1)));
    }
    for side in [-1.0_f32, 1.0] {
        let fin = [(0.86, -0.30), (1.38, -0.42), (1.22, -0.12), (1.34, 0.14), (0.90, 0.26)];
        let fin = fin.map(|(u, v)| at(side * u, v));
        sheet.fill(corners(&fin), &flat(workshop.dim(coat.accent, 0.0)));
    }
}

/// A dragon's snout: broad, with two nostrils and two small fangs.
pub(in crate::scene::subject) fn snout(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    coat: &Coat,
    (x, y, half): (f32, f32, f32),
) {
    let at = |u: f32, v: f32| (x + half * u, y + half * v);
    sheet.fill(
        oval(at(0.0, 0.52), (half * 0.52, half * 0.30), 0.0),
        &workshop.coat(coat.belly, y + half * 0.1, y + half * 0.95),
    );
    let ink = flat(workshop.dim(coat.accent, 0.6));
    sheet.stroke(
        line(&[at(-0.34, 0.56), at(-0.15, 0.66), at(0.15, 0.66), at(0.34, 0.56)]),
        half * 0.04,
        &ink,
    );
    for side in [-1.0_f32, 1.0] {
        sheet.fill(oval(at(side * 0.15, 0.38), (half * 0.055, half * 0.04), side * 0.5), &ink);
        let fang = [at(side * 0.18, 0.645), at(side * 0.23, 0.76), at(side * 0.28, 0.60)];
        sheet.fill(corners(&fang), &flat(workshop.lit(0xffffff)));
    }
}
