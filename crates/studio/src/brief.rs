//! What the studio is asked to make: the brief, complete and already validated by its caller.

/// One film to make. The same brief gives the same bytes on the same architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// What the film shows, in English or Chinese.
    pub prompt: String,
    /// Frame width in pixels, even.
    pub width: u32,
    /// Frame height in pixels, even.
    pub height: u32,
    /// Length in whole seconds.
    pub seconds: u32,
    /// Frames a second, 24 or 30.
    pub frames_per_second: u32,
    /// Varies composition and details; the prompt alone decides what is shown.
    pub seed: u64,
    /// Whether the prompt is written into the picture as a caption.
    pub caption: bool,
    /// What the caption says instead of the prompt: an extension shows its source's scene, and says its own words.
    pub words: Option<String>,
    /// Encoded PNG, JPEG or WebP files, and what they are for.
    pub pictures: Vec<Vec<u8>>,
    /// What the pictures are for.
    pub pictures_are: PicturesAre,
    /// Characters that appear, by their ids: the same id has the same look in every film.
    pub characters: Vec<String>,
    /// The lengths in seconds of the films that have shown the scene already, one after the other: an extension goes on where
    /// the last of them ended, in the same scene and the same light. From a picture: if any, the camera goes its way back.
    pub earlier_s: Vec<u32>,
    /// A storyboard's shots. Empty: the prompt is the only shot. Lengths add up to at most `seconds`.
    pub shots: Vec<Shot>,
}

impl Brief {
    /// How long the scene has gone on already when the film begins, in seconds.
    pub(crate) fn gone_s(&self) -> u32 {
        self.earlier_s.iter().sum()
    }
}

/// What a brief's pictures are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PicturesAre {
    /// The first is the film's first frame; with two, the second is its last frame.
    #[default]
    Frames,
    /// What the film is to show, one to three of them: each is seen.
    References,
}

/// One shot of a storyboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// What this shot shows.
    pub scene: String,
    /// Length in seconds.
    pub seconds: f64,
}
