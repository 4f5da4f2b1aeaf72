//! Which painter paints each shot: a scene from its words, or the pictures that the brief brings.

use super::StudioError;
use crate::brief::Brief;
use crate::camera::Move;
use crate::canvas::Painter;
use crate::picture::{Picture, PicturePainter};
use crate::plan::{Meaning, ScenePlan, meanings_of};
use crate::scene::paint_scene;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// What each shot shows, in words.
pub(super) fn scenes(brief: &Brief) -> Vec<&str> {
    if brief.shots.is_empty() {
        return vec![&brief.prompt];
    }
    let said = |scene: &'_ str| !scene.trim().is_empty();
    brief
        .shots
        .iter()
        .map(|shot| if said(&shot.scene) { &shot.scene } else { &brief.prompt }.as_str())
        .collect()
}

/// A painter that threads share.
pub(super) type SharedPainter = Arc<dyn Painter + Send>;

/// Where a shot's painter comes from. A scene is drawn when the film gets there and dropped behind it: a storyboard of
/// many shots needs no more memory than one of two.
pub(super) enum Source {
    Pictures(SharedPainter),
    Scene { plan: ScenePlan, size: (u32, u32), seed: u64, drawn: Mutex<Weak<dyn Painter + Send>> },
}

impl Source {
    fn scene(scene: &str, size: (u32, u32), seed: u64) -> Self {
        let nothing: Weak<PicturePainter> = Weak::new();
        Self::Scene { plan: ScenePlan::from_prompt(scene, seed), size, seed, drawn: Mutex::new(nothing) }
    }

    /// The painter, for as long as the caller keeps it.
    pub(super) fn painter(&self) -> SharedPainter {
        match self {
            Self::Pictures(painter) => Arc::clone(painter),
            Self::Scene { plan, size, seed, drawn } => {
                // Another thread that wants the same scene waits here until it is drawn.
                let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
                drawn.upgrade().unwrap_or_else(|| {
                    let painter = SharedPainter::from(paint_scene(plan, size.0, size.1, *seed));
                    *drawn = Arc::downgrade(&painter);
                    painter
                })
            }
        }
    }
}

/// What paints each shot. The first picture is where the first shot starts, the second is where the last shot ends.
pub(super) fn sources(brief: &Brief) -> Result<Vec<Source>, StudioError> {
    let scenes = scenes(brief);
    let last = scenes.len() - 1;
    let size = (brief.width, brief.height);
    let source = |(number, scene): (usize, &str)| {
        let start = if number == 0 { picture(brief, 0)? } else { None };
        let end = if number == last { picture(brief, 1)? } else { None };
        if start.is_none() && end.is_none() {
            return Ok(Source::scene(scene, size, brief.seed.wrapping_add(number as u64)));
        }
        let start = start.as_ref().map(|picture| (picture, camera_over_picture(scene)));
        Ok(Source::Pictures(Arc::new(PicturePainter::new(start, end.as_ref(), size))))
    };
    scenes.into_iter().enumerate().map(source).collect()
}

/// The camera move that the prompt names, or a gentle one.
fn camera_over_picture(scene: &str) -> Move {
    let named = meanings_of(scene).into_iter().find_map(|meaning| match meaning {
        Meaning::Camera(camera) => Some(camera),
        _ => None,
    });
    named.unwrap_or(Move::ZoomIn)
}

fn picture(brief: &Brief, number: usize) -> Result<Option<Picture>, StudioError> {
    let decode = |bytes: &Vec<u8>| Picture::decode(bytes).map_err(|why| StudioError::Picture { number, why });
    brief.pictures.get(number).map(decode).transpose()
}
