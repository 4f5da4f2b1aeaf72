//! What clients keep with us beside their films: files, characters, and the sessions of their browsers.

mod character;
mod session;
mod upload;

pub use character::Character;
pub use session::SessionOf;
pub use upload::UploadRow;
