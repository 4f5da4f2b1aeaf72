//! Umbrellas of clear film, which grown-ups hold over their heads when it rains.

use super::super::workshop::Workshop;
use super::Build;
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, fading, line, smooth, veil};
use crate::scene::stage::Moment;

/// The turns of the far arm's two parts: the forearm stands up before the shoulder.
const ARM: (f32, f32) = (-0.3, -2.55);

pub(super) fn holding() -> (Motion, Motion) {
    (Box::new(|_| Pose::turned(ARM.0)), Box::new(|_| Pose::turned(ARM.1)))
}

/// The umbrella in the far hand, its shaft behind the fingers and its dome before the hair.
pub(super) fn umbrella(workshop: &Workshop<'_>, puppet: &mut Puppet, build: &Build, trunk: usize) {
    let whole = ARM.0 + ARM.1;
    let lower = build.arm * 0.92 + 0.03;
    let grip = (
        build.half * 0.86 - build.arm * ARM.0.sin() - lower * whole.sin(),
        -build.shoulder + 0.03 + build.arm * ARM.0.cos() + lower * whole.cos(),
    );
    let gait = workshop.gait;
    let sway = Box::new(move |moment: &Moment| {
        let step = gait.at(moment.second);
        let beat = (step.cycle * std::f32::consts::TAU * 2.0 - 0.6).sin();
        Pose::turned(-0.1 + 0.014 * (moment.second * 1.3).sin() + 0.012 * step.vigour * beat)
    });
    let held = puppet.joint(Some(trunk), grip, sway);
    let rest = || -> Motion { Box::new(|_| Pose::REST) };
    // The dome is about the top of the shaft.
    let top = (grip.0, -build.head.0 - build.head.1 * 1.4 - 0.135);
    let rim = top.1 + 0.17;
    let at = |u: f32, v: f32| (top.0 + u * 0.32, top.1 + v * 0.17);
    let bounds = (at(-1.1, -0.3), (at(1.1, 0.0).0, grip.1 + 0.12));
    let mut sheet = workshop.sheet(bounds.0, bounds.1);
    sheet.stroke(line(&[top, (grip.0, grip.1 + 0.05)]), 0.011, &veil(workshop.dim(0xc8ccd8, 0.3), 1.0));
    let handle = [(grip.0, grip.1 + 0.03), (grip.0, grip.1 + 0.075), (grip.0 + 0.02, grip.1 + 0.1)];
    sheet.stroke(line(&handle), 0.017, &veil(workshop.dim(0x3a3440, 0.1), 1.0));
    // What shows of the far side, under the rim.
    let inside = [at(-1.0, 1.0), at(-0.5, 0.72), at(0.0, 0.64), at(0.5, 0.72), at(1.0, 1.0), at(0.0, 1.1)];
    sheet.fill(smooth(&inside), &veil(workshop.bright(0xaab4dc, 0.2), 0.2));
    puppet.part(sheet, -1, (Some(held), grip), rest());
    let mut sheet = workshop.sheet(at(-1.1, -0.3), (at(1.1, 0.0).0, rim + 0.05));
    dome(workshop, &mut sheet, at);
    puppet.part(sheet, 19, (Some(held), grip), rest());
}

/// The near side: clear film with ribs, whose rim hangs in bows between them.
fn dome(workshop: &Workshop<'_>, sheet: &mut Sheet, at: impl Fn(f32, f32) -> (f32, f32)) {
    let pale = workshop.bright(0xdfe6ff, 0.4);
    let ribs = [-1.0_f32, -0.52, 0.02, 0.56, 1.0];
    let mut outline = vec![at(-0.86, 0.44), at(-0.5, 0.1), at(0.0, -0.04), at(0.5, 0.1), at(0.86, 0.44)];
    let mut rim = Vec::new();
    for (index, pair) in ribs.windows(2).enumerate() {
        let hangs = if index == 0 || index == 3 { 1.0 } else { 1.1 };
        let half = (pair[0] + pair[1]) / 2.0;
        rim.extend([at(pair[0], if index == 0 { 1.0 } else { 1.16 }), at(half, hangs)]);
    }
    rim.push(at(1.0, 1.0));
    outline.extend(rim.iter().rev());
    let film = fading(at(0.0, 0.0), at(0.0, 1.15), (pale, 0.5), (pale, 0.24));
    sheet.fill(smooth(&outline), &film);
    sheet.inside(|sheet| {
        let shine = [at(-0.62, 0.4), at(-0.4, 0.2), at(-0.14, 0.12)];
        sheet.stroke(line(&shine), 0.03, &veil(pale, 0.4));
    });
    for rib in ribs {
        let foot = at(rib, if rib.abs() < 0.9 { 1.16 } else { 1.0 });
        let way = [at(0.0, -0.02), at(rib * 0.62, 0.22), foot];
        sheet.stroke(line(&way), 0.006, &veil(pale, 0.7));
    }
    sheet.stroke(line(&rim), 0.009, &veil(pale, 0.85));
    sheet.stroke(line(&[at(0.0, -0.02), at(0.0, -0.16)]), 0.012, &veil(workshop.dim(0xc8ccd8, 0.2), 1.0));
}
