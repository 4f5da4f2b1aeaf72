//! What is filmed, shot by shot: a scene as its framings show it, a storyboard's scenes, or the pictures that a brief brings.

use super::StudioError;
use super::staging::Staging;
use crate::brief::{Brief, PicturesAre};
use crate::camera::{Camera, Move, View};
use crate::canvas::{Canvas, Painter};
use crate::picture::{Picture, PicturePainter};
use crate::plan::{Meaning, ScenePlan, meanings_of};
use crate::scene::{Scene, SharedSky, Shown};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// What each shot of the storyboard shows, in words; without one the prompt is the only scene.
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

/// One shot of the film.
pub(super) struct Take {
    /// The number of its source; several shots may show one scene.
    pub(super) source: usize,
    pub(super) camera: Camera,
    /// How many frames it fills, without the dissolve into the next shot.
    pub(super) frames: u32,
    /// The scene's frames that are over when the shot begins.
    pub(super) gone: u32,
    /// How many frames the scene's whole time has; a scene that goes on is beyond it.
    pub(super) whole: u32,
}

/// Where a shot's painter comes from. A scene is drawn when the film gets there and dropped behind it: a storyboard of
/// many shots needs no more memory than one of two.
pub(super) enum Source {
    Pictures(Arc<PicturePainter>),
    Scene {
        plan: Arc<ScenePlan>,
        sky: Arc<SharedSky>,
        size: (u32, u32),
        camera: Move,
        seed: u64,
        drawn: Mutex<Weak<Scene>>,
    },
}

/// A painter that threads share.
pub(super) enum Painted {
    Pictures(Arc<PicturePainter>),
    Scene(Arc<Scene>),
}

/// A moment of a shot: a fraction of the shot, and of the scene's whole time, which is `second` seconds after its start.
#[derive(Clone, Copy)]
pub(super) struct Instant {
    pub(super) of_shot: f32,
    pub(super) at: f32,
    pub(super) second: f32,
}

impl Painted {
    /// `shown` is what the canvas shows of a scene, which is this one or nothing.
    pub(super) fn paint(
        &self,
        camera: &Camera,
        instant: Instant,
        (canvas, shown): (&mut Canvas, &mut Shown),
    ) {
        match self {
            Self::Pictures(painter) => painter.paint(instant.of_shot, instant.second, canvas),
            Self::Scene(scene) => {
                let view = camera.view(instant.of_shot);
                scene.paint_view(view, (instant.at, instant.second), (canvas, shown));
            }
        }
    }
}

impl Source {
    /// Scenes of one plan may share their sky.
    pub(super) fn scene(
        (plan, sky): (&Arc<ScenePlan>, &Arc<SharedSky>),
        size: (u32, u32),
        camera: Move,
        seed: u64,
    ) -> Self {
        let (plan, sky) = (Arc::clone(plan), Arc::clone(sky));
        Self::Scene { plan, sky, size, camera, seed, drawn: Mutex::new(Weak::new()) }
    }

    /// The painter, for as long as the caller keeps it.
    pub(super) fn painter(&self) -> Painted {
        match self {
            Self::Pictures(painter) => Painted::Pictures(Arc::clone(painter)),
            Self::Scene { plan, sky, size, camera, seed, drawn } => {
                // Another thread that wants the same scene waits here until it is drawn.
                let mut drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner);
                Painted::Scene(drawn.upgrade().unwrap_or_else(|| {
                    let scene = Arc::new(Scene::draw((plan, sky), *size, *camera, *seed));
                    *drawn = Arc::downgrade(&scene);
                    scene
                }))
            }
        }
    }
}

/// Everything that is filmed, in order.
pub(super) fn shots(brief: &Brief) -> Result<(Vec<Source>, Vec<Take>), StudioError> {
    if brief.pictures_are == PicturesAre::References && !brief.pictures.is_empty() {
        return references(brief);
    }
    if brief.shots.is_empty() && brief.pictures.is_empty() {
        return Ok(Staging::new(brief).shots());
    }
    let scenes = scenes(brief);
    let last = scenes.len() - 1;
    let mut sources = Vec::new();
    let mut takes = Vec::new();
    for ((number, scene), frames) in scenes.into_iter().enumerate().zip(lengths(brief)) {
        let start = if number == 0 { picture(brief, 0)? } else { None };
        let end = if number == last { picture(brief, 1)? } else { None };
        let mut camera = camera_over_picture(scene);
        sources.push(if start.is_none() && end.is_none() {
            let seed = brief.seed.wrapping_add(number as u64);
            let plan = Arc::new(ScenePlan::of(brief, scene, seed));
            camera = plan.camera;
            Source::scene((&plan, &Arc::default()), (brief.width, brief.height), camera, seed)
        } else {
            let start = start.as_ref().map(|picture| (picture, camera));
            let mut painter = PicturePainter::new(start, end.as_ref(), (brief.width, brief.height));
            if !brief.earlier_s.is_empty() {
                #[expect(clippy::cast_precision_loss, reason = "a film is at most a minute long")]
                let seconds = frames as f32 / brief.frames_per_second as f32;
                painter = painter.backwards(seconds);
            }
            Source::Pictures(Arc::new(painter))
        });
        takes.push(Take {
            source: number,
            camera: Camera::From { base: View::WIDE, by: camera },
            frames,
            gone: 0,
            whole: frames,
        });
    }
    Ok((sources, takes))
}

/// Each reference picture in turn.
fn references(brief: &Brief) -> Result<(Vec<Source>, Vec<Take>), StudioError> {
    let count = brief.pictures.len();
    let mut sources = Vec::new();
    let mut takes = Vec::new();
    for (number, frames) in shares(brief.seconds * brief.frames_per_second, count).enumerate() {
        let Some(picture) = picture(brief, number)? else { continue };
        let ends = (number == 0, number + 1 == count);
        let painter = PicturePainter::reference(&picture, (brief.width, brief.height), ends);
        sources.push(Source::Pictures(Arc::new(painter)));
        let frames = frames.end - frames.start;
        takes.push(Take {
            source: number,
            camera: Camera::From { base: View::WIDE, by: Move::Static },
            frames,
            gone: 0,
            whole: frames,
        });
    }
    Ok((sources, takes))
}

/// Some frames in nearly equal parts.
#[expect(clippy::cast_possible_truncation, reason = "a film has few shots")]
pub(super) fn shares(frames: u32, count: usize) -> impl Iterator<Item = Range<u32>> {
    let count = count as u32;
    (0..count).map(move |part| frames * part / count..frames * (part + 1) / count)
}

/// How many frames each shot of a storyboard fills. The last one lasts to the end of the film.
fn lengths(brief: &Brief) -> Vec<u32> {
    let end = brief.seconds * brief.frames_per_second;
    let mut starts = vec![0];
    let mut gone_s = 0.0;
    for shot in brief.shots.iter().take(brief.shots.len().saturating_sub(1)) {
        gone_s += shot.seconds;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a film has few frames")]
        starts.push((gone_s * f64::from(brief.frames_per_second)).round() as u32);
    }
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| end.saturating_sub(*start)).collect()
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
