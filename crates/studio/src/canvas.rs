//! One frame's pixels, and the trait of everything that can paint one.

/// An RGBA picture, 8 bits a channel, rows from the top, fully opaque when a painter is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canvas {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl Canvas {
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, rgba: vec![0; width as usize * height as usize * 4] }
    }
}

/// Paints any frame of a shot, in any order and from several threads, always the same for the same arguments.
pub trait Painter: Sync {
    /// Overwrites the whole canvas with the frame at `at`, a fraction of the shot from 0.0 (first) to 1.0 (last),
    /// which is `second` seconds after the shot's start.
    fn paint(&self, at: f32, second: f32, canvas: &mut Canvas);
}
