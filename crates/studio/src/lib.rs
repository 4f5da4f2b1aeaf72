//! The embedded studio: a prompt and pictures in, a real MP4 out, always the same bytes for the same brief.

mod brief;
mod camera;
mod canvas;
mod caption;
mod film;
mod picture;
mod plan;
mod scene;
mod still;

pub use brief::{Brief, PicturesAre, Shot};
pub use camera::{Move, View};
pub use canvas::{Canvas, Painter};
pub use film::{Film, Progress, StudioError, render, render_joined};
pub use picture::{PictureError, PictureFormat, PictureInfo, look_at};
pub use plan::ScenePlan;
pub use scene::paint_scene;
pub use still::{card, sheet, still};
