//! Places of water: seas with their waves, ponds, the deep.

mod deep;
mod pond;
mod water;
mod waves;
