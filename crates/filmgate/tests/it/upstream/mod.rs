//! Pay once, from outside: the real binary in front of a scripted upstream that keeps the true ledger.

mod kills;
mod rig;
mod sweep;
mod table;
