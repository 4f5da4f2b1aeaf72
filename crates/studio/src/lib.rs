//! The embedded studio: a prompt and pictures in, a real MP4 out, always the same bytes for the same brief.

mod brief;
mod camera;
mod canvas;

pub use brief::{Brief, Shot};
pub use camera::{Move, View};
pub use canvas::{Canvas, Painter};
