//! The breeds of hoofed animals: their build and their colours.

use crate::plan::{Kind, Size, Subject};

/// How a hoofed animal is built. Lengths are in figure units.
#[derive(Clone, Copy)]
pub(super) struct Breed {
    pub(super) kind: Kind,
    pub(super) fur: u32,
    pub(super) mane: u32,
    pub(super) belly: u32,
    pub(super) socks: u32,
    pub(super) hoof: u32,
    pub(super) nose: u32,
    /// The hip's height over the ground.
    pub(super) hip: f32,
    /// Half the trunk's length, and its depth.
    pub(super) long: f32,
    pub(super) deep: f32,
    /// How thick a leg is at the knee.
    pub(super) leg: f32,
    /// From the neck's root to the poll: forward and up.
    pub(super) neck: (f32, f32),
    /// The head's length, and how far it points down.
    pub(super) head: f32,
    pub(super) tilt: f32,
    /// The muzzle's thickness, of a horse's.
    pub(super) snout: f32,
    /// How far the neck bends down to graze.
    pub(super) grazes: f32,
    /// A fawn: large ears, and no antlers.
    pub(super) young: bool,
}

const HORSE: Breed = Breed {
    kind: Kind::Horse,
    fur: 0x8c5330,
    mane: 0x2c201e,
    belly: 0x6e4128,
    socks: 0x2e2422,
    hoof: 0x3a322e,
    nose: 0x4a3430,
    hip: 0.52,
    long: 0.37,
    deep: 0.30,
    leg: 0.044,
    neck: (0.20, 0.30),
    head: 0.32,
    tilt: 0.72,
    snout: 1.0,
    grazes: 0.9,
    young: false,
};

const DEER: Breed = Breed {
    fur: 0xa86c3e,
    mane: 0x6e4a30,
    belly: 0xf0dcc0,
    socks: 0x8a5a38,
    nose: 0x2e2422,
    hip: 0.47,
    long: 0.30,
    deep: 0.235,
    leg: 0.032,
    neck: (0.14, 0.25),
    head: 0.225,
    tilt: 0.5,
    snout: 0.9,
    grazes: 0.8,
    ..HORSE
};

const FAWN: Breed = Breed {
    fur: 0xb87a46,
    hip: 0.52,
    long: 0.245,
    deep: 0.205,
    leg: 0.028,
    neck: (0.10, 0.20),
    head: 0.225,
    tilt: 0.42,
    snout: 0.86,
    young: true,
    ..DEER
};

const COW: Breed = Breed {
    fur: 0xefe8de,
    mane: 0x3c2e2a,
    belly: 0xe8c8b8,
    socks: 0xe6dccf,
    nose: 0xd89a92,
    hip: 0.42,
    long: 0.42,
    deep: 0.36,
    leg: 0.05,
    neck: (0.20, 0.12),
    head: 0.31,
    tilt: 0.62,
    snout: 1.6,
    grazes: 0.5,
    ..HORSE
};

const SHEEP: Breed = Breed {
    fur: 0xefe7d8,
    mane: 0xe8dcc8,
    belly: 0xd8c8b0,
    socks: 0x4a3e3a,
    nose: 0x2e2624,
    hip: 0.34,
    long: 0.37,
    deep: 0.36,
    leg: 0.038,
    neck: (0.14, 0.12),
    head: 0.25,
    tilt: 0.6,
    snout: 1.0,
    grazes: 0.5,
    ..HORSE
};

const PIG: Breed = Breed {
    fur: 0xe8a8a0,
    mane: 0xd08a84,
    belly: 0xf0bcb2,
    socks: 0xd89890,
    hoof: 0x6a4c48,
    nose: 0xdc8a88,
    hip: 0.28,
    long: 0.40,
    deep: 0.36,
    leg: 0.052,
    neck: (0.11, 0.03),
    head: 0.27,
    tilt: 0.34,
    snout: 1.85,
    grazes: 0.35,
    ..HORSE
};

/// The breed of a figure, in the colour it was given.
pub(super) fn breed(subject: &Subject) -> Breed {
    let natural = match subject.kind {
        Kind::Deer if subject.size == Size::Small => FAWN,
        Kind::Deer => DEER,
        Kind::Cow => COW,
        Kind::Sheep => SHEEP,
        Kind::Pig => PIG,
        _ => HORSE,
    };
    let natural = Breed { kind: subject.kind, ..natural };
    match subject.colour {
        None => natural,
        Some(colour) => {
            let darker = (colour.0 >> 1 & 0x7f_7f_7f) + 0x10_10_10;
            let pale = colour.0 >> 16 & 255 > 200 && colour.0 >> 8 & 255 > 200;
            let mane = match natural.kind {
                Kind::Cow => natural.mane,
                // A white horse has a mane of silver.
                _ if pale => 0xa39a94,
                _ => darker,
            };
            let socks = if pale { 0xd8d0c8 } else { darker };
            Breed { fur: colour.0, mane, socks, belly: colour.0, ..natural }
        }
    }
}
