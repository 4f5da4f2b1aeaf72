//! The coats of furry animals: colours, ears, tails and markings.

use crate::plan::{Colour, Kind, Subject};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene::subject) enum Ears {
    Pointed,
    Round,
    Floppy,
    Long,
    Horns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene::subject) enum Tail {
    Long,
    Bushy,
    Short,
    Puff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scene::subject) enum Marks {
    Plain,
    Stripes,
    Mask,
    Panda,
    Blaze,
    Patches,
    Mane,
    Scales,
}

/// How an animal looks.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene::subject) struct Coat {
    pub(in crate::scene::subject) fur: u32,
    pub(in crate::scene::subject) belly: u32,
    pub(in crate::scene::subject) accent: u32,
    pub(in crate::scene::subject) inner_ear: u32,
    pub(in crate::scene::subject) iris: u32,
    pub(in crate::scene::subject) nose: u32,
    pub(in crate::scene::subject) ears: Ears,
    pub(in crate::scene::subject) tail: Tail,
    pub(in crate::scene::subject) marks: Marks,
    /// Half width at the cheeks, of the head's half width.
    pub(in crate::scene::subject) cheek: f32,
    pub(in crate::scene::subject) eye: f32,
    pub(in crate::scene::subject) eye_gap: f32,
    pub(in crate::scene::subject) snout: f32,
    pub(in crate::scene::subject) nose_wide: f32,
    pub(in crate::scene::subject) whiskers: bool,
}

const CAT: Coat = Coat {
    fur: 0xe8a05a,
    belly: 0xfff1de,
    accent: 0xb9642c,
    inner_ear: 0xf2a898,
    iris: 0x6fae5c,
    nose: 0xe8837c,
    ears: Ears::Pointed,
    tail: Tail::Long,
    marks: Marks::Stripes,
    cheek: 1.04,
    eye: 0.215,
    eye_gap: 0.45,
    snout: 1.0,
    nose_wide: 0.075,
    whiskers: true,
};

fn natural(kind: Kind) -> Coat {
    match kind {
        Kind::Dog => DOG,
        Kind::Rabbit => RABBIT,
        Kind::Fox => FOX,
        Kind::Bear => BEAR,
        Kind::Panda => PANDA,
        Kind::Tiger => TIGER,
        Kind::Lion => LION,
        Kind::Mouse => MOUSE,
        Kind::Dragon => DRAGON,
        _ => CAT,
    }
}

const DOG: Coat = Coat {
    fur: 0xd9a566,
    accent: 0xa86a38,
    iris: 0x5a3a26,
    nose: 0x2e2426,
    ears: Ears::Floppy,
    marks: Marks::Blaze,
    cheek: 0.94,
    eye: 0.175,
    eye_gap: 0.42,
    snout: 1.25,
    nose_wide: 0.125,
    whiskers: false,
    ..CAT
};

const RABBIT: Coat = Coat {
    fur: 0xe9dccb,
    belly: 0xffffff,
    accent: 0xc8b49c,
    inner_ear: 0xf5b4b4,
    iris: 0x6a4638,
    nose: 0xea9aa0,
    ears: Ears::Long,
    tail: Tail::Puff,
    marks: Marks::Plain,
    snout: 0.85,
    nose_wide: 0.06,
    ..CAT
};

const FOX: Coat = Coat {
    fur: 0xdd7436,
    belly: 0xfff3e4,
    accent: 0x4a2a22,
    iris: 0x8a5a22,
    nose: 0x2c2224,
    tail: Tail::Bushy,
    marks: Marks::Mask,
    eye: 0.17,
    snout: 0.9,
    nose_wide: 0.09,
    ..CAT
};

const BEAR: Coat = Coat {
    fur: 0x96653f,
    belly: 0xdcb48a,
    accent: 0x6a4428,
    inner_ear: 0xc89a74,
    iris: 0x3a2a20,
    nose: 0x2e2224,
    ears: Ears::Round,
    tail: Tail::Short,
    marks: Marks::Plain,
    cheek: 0.98,
    eye: 0.105,
    eye_gap: 0.37,
    snout: 1.5,
    nose_wide: 0.15,
    whiskers: false,
};

const PANDA: Coat = Coat {
    fur: 0xf4efe8,
    belly: 0xfffaf2,
    accent: 0x2e2c34,
    inner_ear: 0x2e2c34,
    iris: 0x4a3428,
    nose: 0x2c2428,
    ears: Ears::Round,
    tail: Tail::Short,
    marks: Marks::Panda,
    cheek: 1.02,
    eye: 0.13,
    eye_gap: 0.40,
    snout: 1.05,
    nose_wide: 0.10,
    whiskers: false,
};

const TIGER: Coat = Coat {
    fur: 0xdc8230,
    accent: 0x2a1c18,
    iris: 0xc8a040,
    nose: 0xc87a70,
    ears: Ears::Round,
    cheek: 1.1,
    eye: 0.118,
    eye_gap: 0.40,
    snout: 1.5,
    nose_wide: 0.155,
    ..CAT
};

const LION: Coat = Coat {
    fur: 0xe0ac62,
    accent: 0x9a5a2c,
    iris: 0x9a6a2a,
    nose: 0x7a4638,
    ears: Ears::Round,
    marks: Marks::Mane,
    cheek: 0.92,
    eye: 0.112,
    eye_gap: 0.38,
    snout: 1.5,
    nose_wide: 0.16,
    ..CAT
};

const MOUSE: Coat = Coat {
    fur: 0xa8a2a4,
    belly: 0xf0e8e4,
    accent: 0x8a8488,
    inner_ear: 0xeeb0b0,
    iris: 0x2e2628,
    ears: Ears::Round,
    marks: Marks::Plain,
    eye: 0.16,
    snout: 0.8,
    nose_wide: 0.07,
    ..CAT
};

const DRAGON: Coat = Coat {
    fur: 0x5fae7a,
    belly: 0xf4e6b0,
    accent: 0x2f7a5c,
    inner_ear: 0xe8b06a,
    iris: 0xd9902c,
    nose: 0x3f8a62,
    ears: Ears::Horns,
    marks: Marks::Scales,
    eye: 0.2,
    snout: 0.0,
    nose_wide: 0.05,
    whiskers: false,
    ..CAT
};

impl Coat {
    /// Whether it is a great cat: no kitten's blush, but a ruff and pale brows.
    pub(in crate::scene::subject) fn great(&self) -> bool {
        self.ears == Ears::Round && matches!(self.marks, Marks::Stripes | Marks::Mane)
    }
}

/// The coat of a figure, in the colour it was given.
pub(in crate::scene::subject) fn coat(subject: &Subject) -> Coat {
    let natural = natural(subject.kind);
    match subject.colour {
        None => natural,
        // A red fox is orange.
        Some(Colour(0xc83c32)) if subject.kind == Kind::Fox => natural,
        Some(colour) => {
            let darker = colour.0 >> 1 & 0x7f_7f_7f;
            let accent = if subject.kind == Kind::Panda { natural.accent } else { darker + 0x10_10_10 };
            Coat { fur: colour.0, accent, ..natural }
        }
    }
}
