//! Tests of the domain that need its data files: model cards and the state table.

mod cards;
mod states;
