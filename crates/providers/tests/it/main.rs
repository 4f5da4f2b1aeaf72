//! Tests of the providers from outside: real sockets, no internet.

mod adapters;
mod guard;
mod http;
