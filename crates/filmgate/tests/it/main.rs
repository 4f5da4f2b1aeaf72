//! filmgate as a whole: the real binary over HTTP and on the command line, and the simulation of its workers.

mod accept;
mod clients;
mod films;
mod gate;
mod generate;
mod kie;
mod operator;
mod refusals;
mod restart;
mod scenarios;
mod sim;
