//! The stage: the world's coordinates, how the camera shows each depth, and what can stand on it.
//!
//! World units are frame heights. `x` is 0.0 in the frame's middle, `y` is 0.0 at its upper edge and 1.0 at its lower one.
#![expect(clippy::cast_precision_loss, reason = "frame sizes are far below what an f32 holds exactly")]

use std::any::Any;
use std::sync::Arc;

use tiny_skia::Transform;

use super::brush::Brush;
use super::hidden::Hidden;
use super::picture::{Picture, Placement};
use super::sheet::Sheet;
use crate::camera::{FOCUS, Framed, Move, View};
use crate::plan::shots::edges;

/// Layers are drawn at most this tall a frame and enlarged beyond: a 4K frame costs no more memory than this.
const SHARPEST: f32 = 1440.0;
/// The views that every drawn layer has room for. What a layer shows where depends on them alone: the shots of a film, and the
/// film that goes on where it ended, show the same trees.
fn room(aspect: f32) -> [View; 4] {
    let (left, right) = edges(aspect);
    let side = |right: f32, zoom: f32| View { right, zoom, ..View::WIDE };
    [
        View { zoom: 0.8, ..View::WIDE },
        side(left + 0.38, 1.3),
        side(right - 0.35, 1.4),
        View { down: 0.15, ..View::WIDE },
    ]
}

/// One moment of the shot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) at: f32,
    pub(super) second: f32,
    pub(super) view: View,
}

impl Moment {
    /// The second for everything that only stirs, such as clouds, stems and water: twelve times a second, "on twos", as
    /// animators have always drawn what is not the subject. The eye does not see it, and the encoder rests.
    pub(super) fn on_twos(&self) -> f32 {
        (self.second * 12.0 + 0.01).floor() / 12.0
    }
}

/// The frame and the camera's path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) camera: Move,
}

/// Anything that paints itself at a moment, where nothing in front hides it.
pub(super) trait Item: Any + Send + Sync {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>);

    /// Notes what this hides of everything behind it.
    fn hide(&self, _stage: &Stage, _moment: &Moment, _hidden: &mut Hidden) {}
}

impl Stage {
    /// Frame width in frame heights.
    pub(super) fn aspect(&self) -> f32 {
        self.width as f32 / self.height as f32
    }

    /// How large figures are drawn: full size in a wide frame, smaller in a tall one.
    pub(super) fn figure_scale(&self) -> f32 {
        (self.aspect() * 1.1).min(1.0)
    }

    /// Picture pixels for a world unit, for what stands near the main figure.
    pub(super) fn resolution(&self) -> f32 {
        let closest = if let Move::Framed(framed) = self.camera { framed.closest } else { 1.0 };
        (self.height as f32).min(SHARPEST) * closest
    }

    /// Picture pixels for a world unit of a layer: at rest, one for each pixel of the frame.
    fn resolution_at(&self, depth: f32) -> f32 {
        (self.height as f32).min(SHARPEST) * self.zoom(depth, self.camera.view(0.0).zoom)
    }

    fn zoom(&self, depth: f32, zoom: f32) -> f32 {
        let far = self.camera.far().0;
        1.0 + (zoom - 1.0) * (far + (1.0 - far) * depth)
    }

    /// World to canvas pixels at a depth: 0.0 is infinitely far, 1.0 the main figure, more is nearer.
    pub(super) fn project(&self, depth: f32, view: &View) -> Transform {
        let zoom = self.zoom(depth, view.zoom);
        let (_, aside, down) = self.camera.far();
        let share = |far: f32| far + (1.0 - far) * depth;
        let right = view.right * self.aspect() * share(aside);
        let down = view.down * share(down);
        let height = self.height as f32;
        let scale = zoom * height;
        Transform::from_row(
            scale,
            0.0,
            0.0,
            scale,
            (self.aspect() / 2.0 - right * zoom) * height,
            (FOCUS - (down + FOCUS) * zoom) * height,
        )
    }

    /// The world's edges (left, top, right, bottom) that the camera ever shows at a depth.
    pub(super) fn reach(&self, depth: f32) -> (f32, f32, f32, f32) {
        if let Move::Framed(Framed { rest, right, down, .. }) = self.camera {
            let corners = [(right.0, down.0), (right.1, down.1)];
            return self.hull(depth, corners.map(|(right, down)| View { zoom: rest.zoom, right, down }));
        }
        self.hull(depth, (0..=48).map(|sample| self.camera.view(sample as f32 / 48.0)))
    }

    /// The world's edges that some views show at a depth.
    fn hull(&self, depth: f32, views: impl IntoIterator<Item = View>) -> (f32, f32, f32, f32) {
        views.into_iter().fold((f32::MAX, f32::MAX, f32::MIN, f32::MIN), |edges, view| {
            let place = self.project(depth, &view);
            let left = -place.tx / place.sx;
            let top = -place.ty / place.sy;
            let right = (self.width as f32 - place.tx) / place.sx;
            let bottom = (self.height as f32 - place.ty) / place.sy;
            (edges.0.min(left), edges.1.min(top), edges.2.max(right), edges.3.max(bottom))
        })
    }

    /// The left edge of everything drawn at a depth: whole pixels from the frame's corner, so that a camera at rest copies
    /// pixels as they are.
    fn left(&self, depth: f32) -> f32 {
        let resolution = self.resolution_at(depth);
        let place = self.project(depth, &self.camera.view(0.0));
        let corner = -place.tx / place.sx;
        let margin = ((corner - self.reach(depth).0) * resolution).ceil() + (0.012 * resolution).ceil();
        corner - margin / resolution
    }

    /// An empty sheet for a depth, from a height down to another (or to the lowest visible). It has pixels for all that the
    /// camera sees; its edges are those of the room that every camera has, so that whatever is strewn between them lies
    /// where it lies in the film's other shots.
    pub(super) fn sheet(&self, depth: f32, top: f32, bottom: Option<f32>) -> Sheet {
        let (_, reach_top, right, reach_bottom) = self.reach(depth);
        let room = Self { camera: Move::ZoomOut, ..*self }.hull(depth, room(self.aspect()));
        let resolution = self.resolution_at(depth);
        let place = self.project(depth, &self.camera.view(0.0));
        let corner = -place.ty / place.sy;
        let top = top.max(reach_top - 2.0 / resolution);
        let top = corner + ((top - corner) * resolution).floor() / resolution;
        let lowest = (reach_bottom + 4.0 / resolution).max(top + 4.0 / resolution);
        let end = bottom.unwrap_or(f32::MAX).min(lowest).max(top + 4.0 / resolution);
        let right = right + 0.012 + 2.0 / resolution;
        let mut sheet = Sheet::new((self.left(depth), top, right, end), resolution);
        (sheet.left, sheet.right) = (room.0.min(sheet.left), room.2.max(right));
        sheet.bottom = bottom.unwrap_or(room.3).max(end);
        sheet
    }
}

/// A wide picture at one depth.
pub(super) struct Layer {
    picture: Picture,
    top: f32,
    resolution: f32,
    depth: f32,
    ripple: Option<Ripple>,
}

/// Water: rows move to and fro, more the nearer they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ripple {
    /// The world height of the far shore, where nothing moves.
    pub(super) shore: f32,
    /// Sway at one unit below the shore, in world units.
    pub(super) sway: f32,
}

impl Layer {
    /// `sheet` is [`Stage::sheet`] of the same depth.
    pub(super) fn new(sheet: Sheet, depth: f32) -> Self {
        let (top, resolution) = (sheet.top, sheet.resolution);
        let picture = Picture::new(sheet.into_pixmap());
        Self { picture, top, resolution, depth, ripple: None }
    }

    pub(super) fn rippling(self, ripple: Ripple) -> Self {
        Self { ripple: Some(ripple), ..self }
    }
}

impl Layer {
    fn placement(&self, stage: &Stage, moment: &Moment) -> Placement {
        let place = stage.project(self.depth, &moment.view);
        Placement {
            left: (-place.tx / place.sx - stage.left(self.depth)) * self.resolution,
            top: (-place.ty / place.sy - self.top) * self.resolution,
            step: self.resolution / place.sx,
        }
    }

    /// How far a row is shifted to the right, in picture pixels.
    fn sway(&self, row: f32, second: f32) -> f32 {
        self.ripple.map_or(0.0, |ripple| {
            let below = (row / self.resolution + self.top - ripple.shore).max(0.0).sqrt();
            let wave = (below * 150.0 - second * 2.4).sin() + 0.6 * (below * 67.0 + second * 1.5).sin();
            ripple.sway * below * wave * self.resolution
        })
    }
}

impl Item for Layer {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let second = moment.on_twos();
        let wave = if self.ripple.is_some() { second } else { 0.0 };
        brush.lay(&self.picture, self.placement(stage, moment), (&|row| self.sway(row, second), wave));
    }

    fn hide(&self, stage: &Stage, moment: &Moment, hidden: &mut Hidden) {
        let sway = |row| self.sway(row, moment.on_twos());
        let size = (stage.width as usize, stage.height as usize);
        self.picture.hide(self.placement(stage, moment), &sway, size, hidden);
    }
}

/// The sky: a picture of the frame's own size that never moves.
pub(super) struct Sky(pub(super) Arc<Picture>);

impl Item for Sky {
    fn draw(&self, _: &Stage, _: &Moment, brush: &mut Brush<'_>) {
        brush.copy(&self.0);
    }
}
