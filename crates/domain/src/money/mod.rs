//! Money: amounts, the ledger's entries, and the rules that hold over all of them.

pub mod audit;
pub mod credits;
pub mod ledger;
