//! What carries people: on roads and rails, on water, through the air.

pub(super) mod aircraft;
pub(super) mod balloon;
pub(super) mod craft;
pub(super) mod cycle;
pub(super) mod hover;
pub(super) mod road;
pub(super) mod rowboat;
pub(super) mod ship;
pub(super) mod steam;
pub(super) mod transit;
