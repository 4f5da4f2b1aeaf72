//! Legs of hoofed animals: a forearm and a cannon before, a thigh, a shank and a cannon behind, and a hoof each.

use super::super::gait::Limb;
use super::super::hindleg::Hindleg;
use super::super::workshop::{Workshop, piece, taper};
use super::breed::Breed;
use crate::plan::Kind;
use crate::scene::puppet::{Motion, Puppet};
use crate::scene::sheet::{Ink, Sheet, across, flat, oval, smooth};

/// The lowest joint's height over the ground.
const FETLOCK: f32 = 0.045;

/// One leg as it is drawn: its colours and where it belongs.
struct Look<'a> {
    workshop: &'a Workshop<'a>,
    fur: u32,
    socks: u32,
    hoof: u32,
    thick: f32,
    layer: i32,
    /// Between which heights it lies on a trunk of its own fur.
    trunk: Option<(f32, f32)>,
}

/// One of four legs: hind or fore, far or near.
pub(super) fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    breed: &Breed,
    (hips, index, phase): (usize, usize, f32),
) {
    let (hind, near) = (index.is_multiple_of(2), index > 1);
    let aside = if near { -0.01 } else { 0.045 };
    let shade = if near { 0.0 } else { 0.5 };
    let look = Look {
        workshop,
        fur: Workshop::under(breed.fur, shade),
        socks: Workshop::under(breed.socks, shade),
        hoof: Workshop::under(breed.hoof, shade),
        thick: breed.leg,
        layer: match breed.kind {
            _ if !near => 2,
            // A fleece hangs over the legs.
            Kind::Sheep => 7,
            _ => 12,
        },
        trunk: near.then_some((-breed.hip - breed.deep * 0.8, -breed.hip + breed.deep * 0.55)),
    };
    if hind {
        let hip = (-breed.long * 0.72 + aside, -breed.hip);
        look.hind(puppet, hips, Hindleg::new((hip, FETLOCK), phase, workshop.gait));
    } else {
        let hip = (breed.long * 0.66 + aside, -breed.hip);
        let height = breed.hip - FETLOCK;
        let gait = workshop.gait;
        let limb =
            Limb { hip, upper: height * 0.58, lower: height * 0.45, ankle: FETLOCK, knee: 1.0, phase, gait };
        look.fore(puppet, hips, limb);
    }
}

/// The box around a bone.
fn around(a: (f32, f32), b: (f32, f32)) -> ((f32, f32), (f32, f32)) {
    ((a.0 - 0.17, a.1 - 0.17), (b.0 + 0.17, b.1 + 0.1))
}

impl Look<'_> {
    fn hind(&self, puppet: &mut Puppet, hips: usize, limb: Hindleg) {
        let (thick, hip) = (self.thick, limb.hip);
        let [knee, hock, fetlock] = limb.joints();
        let sheet = self.workshop.thigh(
            around(hip, knee),
            (hip, knee),
            (self.fur, thick * 2.4, thick * 1.25),
            self.trunk,
        );
        let thigh = puppet.part(sheet, self.layer, (Some(hips), hip), limb.turn(0));
        let shank = piece(self.layer, thigh, knee, around(knee, hock));
        let shank = self.workshop.add(puppet, shank, limb.turn(1), |sheet| {
            let ink = self.workshop.coat(self.fur, knee.1 - 0.16, hock.1 + 0.06);
            sheet.fill(taper(knee, (hock.0, hock.1 - 0.01), (thick * 1.24, thick * 0.54)), &ink);
            // The point of the hock.
            let (x, y) = hock;
            let heel = [
                (x + thick * 0.3, y - 0.07),
                (x - thick * 0.95, y - 0.012),
                (x - thick * 0.5, y + thick * 0.5),
            ];
            sheet.fill(smooth(&[heel[0], heel[1], heel[2], (x + thick * 0.5, y + thick * 0.3)]), &ink);
        });
        let cannon = self.cannon(puppet, (shank, hock, fetlock), limb.turn(2));
        self.foot(puppet, (cannon, fetlock), limb.turn(3));
    }

    fn fore(&self, puppet: &mut Puppet, hips: usize, limb: Limb) {
        let (thick, hip) = (self.thick, limb.hip);
        let (knee, fetlock) = (limb.knee_at(), limb.ankle_at());
        let sheet = self.workshop.thigh(
            around(hip, knee),
            (hip, knee),
            (self.fur, thick * 1.8, thick * 0.6),
            self.trunk,
        );
        let arm = puppet.part(sheet, self.layer, (Some(hips), hip), limb.thigh());
        let cannon = self.cannon(puppet, (arm, knee, fetlock), limb.shin());
        self.foot(puppet, (cannon, fetlock), limb.toes());
    }

    /// The slender bone below the knee of a foreleg or the hock of a hind leg.
    fn cannon(
        &self,
        puppet: &mut Puppet,
        (parent, from, to): (usize, (f32, f32), (f32, f32)),
        motion: Motion,
    ) -> usize {
        let (thick, workshop) = (self.thick, self.workshop);
        let (upper, lower) = (workshop.dim(self.fur, 0.25), workshop.dim(self.socks, 0.35));
        self.workshop.add(puppet, piece(self.layer - 1, parent, from, around(from, to)), motion, |sheet| {
            let ink = across((0.0, from.1), (0.0, from.1 + (to.1 - from.1) * 0.6), upper, lower);
            sheet.fill(oval(from, (thick * 0.66, thick * 0.86), 0.0), &flat(upper));
            sheet.fill(taper(from, to, (thick * 0.56, thick * 0.42)), &ink);
            sheet.fill(oval((to.0 - thick * 0.12, to.1), (thick * 0.58, thick * 0.6), 0.0), &flat(lower));
        })
    }

    /// The pastern, which slopes forward, and the hoof.
    fn foot(&self, puppet: &mut Puppet, (cannon, (x, y)): (usize, (f32, f32)), motion: Motion) {
        let bounds = ((x - 0.09, y - 0.05), (x + 0.11, 0.02_f32.max(y + 0.07)));
        let pastern: Ink = flat(self.workshop.dim(self.socks, 0.4));
        let horn = self.workshop.metal(self.hoof, y - 0.03, y + 0.06);
        let w = self.thick * 0.46;
        let draw = |sheet: &mut Sheet| {
            sheet.fill(taper((x, y), (x + w * 0.9, y + 0.02), (w, w * 0.95)), &pastern);
            let hoof = [
                (x - w * 0.3, y + 0.012),
                (x + w * 1.9, y + 0.008),
                (x + w * 3.0, y + 0.045),
                (x + w * 0.8, y + 0.047),
                (x - w * 0.6, y + 0.045),
            ];
            sheet.fill(smooth(&hoof), &horn);
        };
        self.workshop.add(puppet, piece(self.layer - 1, cannon, (x, y), bounds), motion, draw);
    }
}
