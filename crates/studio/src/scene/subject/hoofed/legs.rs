//! Legs of hoofed animals: a forearm and a cannon before, a thigh, a shank and a cannon behind, and a hoof each.

use super::super::gait::Limb;
use super::super::hindleg::Hindleg;
use super::super::workshop::{Workshop, bone, piece, taper};
use super::breed::Breed;
use crate::plan::Kind;
use crate::scene::colour::Rgb;
use crate::scene::puppet::{Motion, Puppet};
use crate::scene::sheet::{Ink, Sheet, across, fading, flat, oval, smooth};

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
    /// Whether its upper part lies on the trunk, and comes out of it.
    near: bool,
    /// The back's height, and the belly's: the coat is lit above and in shadow below.
    trunk: (f32, f32),
    /// Where a leg leaves the trunk.
    belly: f32,
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
        near: near && breed.kind != Kind::Sheep,
        trunk: (-breed.hip - breed.deep * 0.8, -breed.hip + breed.deep * 0.55),
        belly: -breed.hip + breed.deep * 0.1,
    };
    // Hips and shoulders are inside of the trunk: what hangs below it begins at the stifle and the elbow.
    if hind {
        let hip = (-breed.long * 0.72 + aside, -breed.hip - breed.deep * 0.25);
        look.hind(puppet, hips, Hindleg::new((hip, FETLOCK), phase, workshop.gait));
    } else {
        let hip = (breed.long * 0.68 + aside, -breed.hip - breed.deep * 0.12);
        let height = -hip.1 - FETLOCK;
        let gait = workshop.gait;
        let limb =
            Limb { hip, upper: height * 0.59, lower: height * 0.44, ankle: FETLOCK, knee: 1.0, phase, gait };
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
        let thigh = self.upper((hip, knee), (thick * 2.5, thick * 1.1));
        let thigh = puppet.part(thigh, self.layer, (Some(hips), hip), limb.turn(0));
        let bounds = around(knee, hock);
        let mut sheet = self.workshop.sheet(bounds.0, bounds.1);
        // The gaskin's muscle is behind the bone, and the hock has a point.
        let (x, y) = hock;
        let gaskin = [
            (x + thick * 1.06, knee.1),
            (x + thick * 1.02, knee.1 + thick * 0.5),
            (x + thick * 0.72, knee.1 + (y - knee.1) * 0.45),
            (x + thick * 0.44, y - thick * 0.6),
            (x + thick * 0.5, y + thick * 0.2),
            (x, y + thick * 0.6),
            (x - thick * 0.56, y + thick * 0.4),
            (x - thick * 0.78, y - thick * 0.25),
            (x - thick * 0.5, y - thick * 1.3),
            (x - thick * 0.9, knee.1 + (y - knee.1) * 0.4),
            (x - thick * 1.06, knee.1 + thick * 0.5),
            (x - thick * 1.08, knee.1),
            (x - thick * 0.76, knee.1 - thick * 0.76),
            (x, knee.1 - thick * 1.06),
            (x + thick * 0.74, knee.1 - thick * 0.74),
        ];
        let (low, high) = (self.workshop.dim(self.fur, 0.3), self.skin(knee.1));
        sheet.fill(smooth(&gaskin), &across((0.0, knee.1), (0.0, hock.1), high, low));
        self.workshop.round_bone(&mut sheet, self.fur, (x, thick * 1.1));
        let shank = puppet.part(sheet, self.layer, (Some(thigh), knee), limb.turn(1));
        let cannon = self.cannon(puppet, (shank, hock, fetlock), limb.turn(2));
        self.foot(puppet, (cannon, fetlock), limb.turn(3));
    }

    fn fore(&self, puppet: &mut Puppet, hips: usize, limb: Limb) {
        let (thick, hip) = (self.thick, limb.hip);
        let (knee, fetlock) = (limb.knee_at(), limb.ankle_at());
        let arm = self.upper((hip, knee), (thick * 1.9, thick * 0.56));
        let arm = puppet.part(arm, self.layer, (Some(hips), hip), limb.thigh());
        let cannon = self.cannon(puppet, (arm, knee, fetlock), limb.shin());
        self.foot(puppet, (cannon, fetlock), limb.toes());
    }

    /// The coat's colour at a height of the trunk.
    fn skin(&self, y: f32) -> Rgb {
        let (back, belly) = self.trunk;
        let down = ((y - back) / (belly - back)).clamp(0.0, 1.0);
        self.workshop.bright(self.fur, 0.28).mix(self.workshop.dim(self.fur, 0.4), down)
    }

    /// A thigh or a forearm, which has no upper end where it lies on the trunk.
    fn upper(&self, (hip, knee): ((f32, f32), (f32, f32)), (top, thin): (f32, f32)) -> Sheet {
        let bounds = around(hip, knee);
        let mut sheet = self.workshop.sheet(bounds.0, bounds.1);
        let from = if self.near { 0.0 } else { 1.0 };
        // All of it shows where it leaves the trunk.
        let low = hip.1 + (self.belly - hip.1).min((knee.1 - hip.1) * 0.8);
        let ink =
            fading((0.0, hip.1 - top * 0.3), (0.0, low), (self.skin(hip.1), from), (self.skin(low), 1.0));
        sheet.fill(bone(hip, knee, (top, thin)), &ink);
        self.workshop.round_bone(&mut sheet, self.fur, (knee.0, (top + thin) * 0.5));
        sheet
    }

    /// The slender bone below the knee of a foreleg or the hock of a hind leg.
    fn cannon(
        &self,
        puppet: &mut Puppet,
        (parent, from, to): (usize, (f32, f32), (f32, f32)),
        motion: Motion,
    ) -> usize {
        let (thick, workshop) = (self.thick, self.workshop);
        let (upper, lower) = (workshop.dim(self.fur, 0.3), workshop.dim(self.socks, 0.35));
        let bounds = around(from, to);
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        let ink = across((0.0, from.1), (0.0, from.1 + (to.1 - from.1) * 0.6), upper, lower);
        sheet.fill(oval(from, (thick * 0.58, thick * 0.8), 0.0), &flat(upper));
        sheet.fill(bone(from, to, (thick * 0.46, thick * 0.38)), &ink);
        sheet.fill(oval((to.0 - thick * 0.1, to.1), (thick * 0.52, thick * 0.56), 0.0), &flat(lower));
        workshop.round_bone(&mut sheet, self.fur, (from.0, thick * 0.5));
        puppet.part(sheet, self.layer - 1, (Some(parent), from), motion)
    }

    /// The pastern, which slopes forward, and the hoof.
    fn foot(&self, puppet: &mut Puppet, (cannon, (x, y)): (usize, (f32, f32)), motion: Motion) {
        let bounds = ((x - 0.09, y - 0.05), (x + 0.11, 0.02_f32.max(y + 0.07)));
        let pastern: Ink = flat(self.workshop.dim(self.socks, 0.4));
        let (pale, dark) = (self.workshop.bright(self.hoof, 0.3), self.workshop.dim(self.hoof, 0.6));
        let horn = across((x, y), (x, y + 0.05), pale, dark);
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
