//! What clients keep with us beside their films: files, and characters.

mod character;
mod upload;

pub use character::Character;
pub use upload::UploadRow;
