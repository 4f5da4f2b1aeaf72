//! Animals of the water, the air and the land, and those that never were.

pub(super) mod aquatic;
pub(super) mod beast;
pub(super) mod coat;
pub(super) mod dragon;
pub(super) mod elephant;
mod fox;
pub(super) mod head;
pub(super) mod hunters;
pub(super) mod koi;
pub(super) mod loong;
pub(super) mod mane;
pub(super) mod owl;
pub(super) mod whale;
pub(super) mod winged;
