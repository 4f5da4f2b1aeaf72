//! The studio from outside: films are taken apart, decoded and compared with what was asked for.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a test may fail loudly, and its pictures are small"
)]

mod film;
mod frames;
mod mp4;
mod picture;
mod plans;
mod players;
mod shots;
mod sound;
