//! Upstreams as the real binary meets them: plan A and plan B, doubt, callbacks, films, guards, and what the operator is told.

mod callbacks;
mod cancel;
mod cards;
mod command;
mod doctor;
mod doubt;
mod engines;
mod films;
mod guards;
mod months;
mod plans;
mod restored;
mod site;
mod survey;
