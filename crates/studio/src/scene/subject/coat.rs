//! The coats of furry animals: colours, ears, tails and markings.

use crate::plan::{Kind, Subject};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ears {
    Pointed,
    Round,
    Floppy,
    Long,
    Horns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    Long,
    Bushy,
    Short,
    Puff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
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
pub(super) struct Coat {
    pub(super) fur: u32,
    pub(super) belly: u32,
    pub(super) accent: u32,
    pub(super) inner_ear: u32,
    pub(super) iris: u32,
    pub(super) nose: u32,
    pub(super) ears: Ears,
    pub(super) tail: Tail,
    pub(super) marks: Marks,
    /// Half width at the cheeks, of the head's half width.
    pub(super) cheek: f32,
    pub(super) eye: f32,
    pub(super) eye_gap: f32,
    pub(super) snout: f32,
    pub(super) nose_wide: f32,
    pub(super) whiskers: bool,
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
        Kind::Pig => PIG,
        Kind::Sheep => SHEEP,
        Kind::Cow => COW,
        Kind::Deer => DEER,
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
    eye: 0.13,
    eye_gap: 0.40,
    snout: 1.3,
    nose_wide: 0.13,
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
    fur: 0xe8923a,
    accent: 0x33231f,
    iris: 0xc29a3a,
    ears: Ears::Round,
    eye: 0.17,
    snout: 1.2,
    nose_wide: 0.10,
    ..CAT
};

const LION: Coat = Coat {
    fur: 0xe0ac62,
    accent: 0x9a5a2c,
    iris: 0x9a6a2a,
    nose: 0x7a4638,
    ears: Ears::Round,
    marks: Marks::Mane,
    eye: 0.16,
    snout: 1.2,
    nose_wide: 0.11,
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

const PIG: Coat = Coat {
    fur: 0xf2b4b0,
    belly: 0xf8cdc6,
    accent: 0xe09a98,
    inner_ear: 0xe59a9c,
    iris: 0x4a3230,
    nose: 0xe38d90,
    tail: Tail::Short,
    marks: Marks::Plain,
    eye: 0.14,
    snout: 1.0,
    nose_wide: 0.17,
    whiskers: false,
    ..CAT
};

const SHEEP: Coat = Coat {
    fur: 0xf6f0e4,
    belly: 0xf0d6c0,
    accent: 0x5a4a48,
    inner_ear: 0xe0b4a8,
    iris: 0x3a2c28,
    nose: 0xc88a80,
    ears: Ears::Floppy,
    tail: Tail::Puff,
    marks: Marks::Plain,
    eye: 0.15,
    snout: 1.1,
    nose_wide: 0.08,
    whiskers: false,
    ..CAT
};

const COW: Coat = Coat {
    fur: 0xf6efe6,
    belly: 0xf2c4b4,
    accent: 0x4a3a38,
    inner_ear: 0xe8b0a4,
    iris: 0x3a2a26,
    nose: 0xdd9a92,
    ears: Ears::Floppy,
    marks: Marks::Patches,
    eye: 0.16,
    snout: 1.45,
    nose_wide: 0.14,
    whiskers: false,
    ..CAT
};

const DEER: Coat = Coat {
    fur: 0xc48a58,
    belly: 0xf6e2c8,
    accent: 0x8a5a38,
    iris: 0x3e2a1e,
    nose: 0x382a28,
    tail: Tail::Short,
    marks: Marks::Plain,
    cheek: 0.88,
    eye: 0.18,
    snout: 1.0,
    nose_wide: 0.09,
    whiskers: false,
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

/// The coat of a figure, in the colour it was given.
pub(super) fn coat(subject: &Subject) -> Coat {
    let natural = natural(subject.kind);
    match subject.colour {
        None => natural,
        Some(colour) => {
            let darker = colour.0 >> 1 & 0x7f_7f_7f;
            let accent = if matches!(subject.kind, Kind::Panda | Kind::Cow) {
                natural.accent
            } else {
                darker + 0x10_10_10
            };
            Coat { fur: colour.0, accent, ..natural }
        }
    }
}
