//! How the camera goes over a picture: its view at each moment, and how far it leans to look around what is near.

use super::crop::Edges;
use super::warp::DISPARITY;
use crate::camera::{Move, View, smooth};

/// Closer than this only to follow the prompt: a pan within a tight crop closes in at most so far to gain room.
const CLOSEST: f32 = 1.32;
/// How much of a move away from the picture is made: beyond its edges there is nothing to show.
const RETREAT: f32 = 0.5;
/// How much of the room beside a closer view a straight way uses to swing aside.
const ASIDE: f32 = 0.4;
/// How much a shift of the camera, and a step towards the picture, lean.
const LEAN: f32 = 0.065;
const CLOSER: f32 = 0.085;

/// Where the camera is at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) view: View,
    pub(super) lean: Lean,
}

/// How much more than the middle depth the nearest part moves: to the sides in frame widths and heights, and closer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lean {
    pub(super) right: f32,
    pub(super) down: f32,
    pub(super) closer: f32,
}

/// The camera's way over one picture.
pub(super) enum Course {
    /// Starts at the plain crop, without leaning.
    From(Path),
    /// From one look to another, at rest in the beginning, in the end or in both.
    Glide(Look, Look, (bool, bool)),
}

pub(super) const PLAIN: View = View { zoom: 1.0, right: 0.0, down: 0.0 };

impl Course {
    /// A move that starts at the plain crop.
    pub(super) fn from_plain(camera: Move, reach: Edges) -> Self {
        Self::From(Path::new(camera, reach))
    }

    /// Comes to rest at the plain crop.
    pub(super) fn to_plain() -> Self {
        let closer = View { zoom: 1.08, ..PLAIN };
        let rest = Look { view: PLAIN, lean: Lean::default() };
        Self::Glide(Look { view: closer, lean: leaning(closer, -0.8 * DISPARITY) }, rest, (true, true))
    }

    /// One slow push through all of a film's reference pictures, which starts in the first one and rests after the last one.
    pub(super) fn for_reference(rests: (bool, bool)) -> Self {
        let look = |zoom: f32, right: f32, arc: f32| {
            let view = View { zoom, right, down: 0.0 };
            Look { view, lean: leaning(view, arc * DISPARITY) }
        };
        Self::Glide(look(1.035, -0.012, -0.5), look(1.12, 0.022, 0.5), rests)
    }

    pub(super) fn look(&self, at: f32) -> Look {
        match self {
            Self::From(path) => {
                let view = path.view(at);
                Look { view, lean: leaning(view, path.arc * swing(at)) }
            }
            Self::Glide(from, to, rests) => {
                let mix = eased(at, *rests);
                let go = |from: f32, to: f32| from + (to - from) * mix;
                let (a, b) = (from.view, to.view);
                let view =
                    View { zoom: go(a.zoom, b.zoom), right: go(a.right, b.right), down: go(a.down, b.down) };
                let (a, b) = (from.lean, to.lean);
                let lean = Lean {
                    right: go(a.right, b.right),
                    down: go(a.down, b.down),
                    closer: go(a.closer, b.closer),
                };
                Look { view, lean }
            }
        }
    }
}

/// How far a straight way has swung: a little to one side and then to the other, at rest at both ends.
fn swing(at: f32) -> f32 {
    2.0 * smooth((at - 0.4) / 0.6) - smooth(at / 0.45)
}

/// From 0 to 1, at rest at the ends that are told and at an even pace at the others.
fn eased(at: f32, (first, last): (bool, bool)) -> f32 {
    let pace = |rests: bool| if rests { 0.0 } else { 1.0 };
    let (t, left) = (at.clamp(0.0, 1.0), 1.0 - at.clamp(0.0, 1.0));
    smooth(t) + pace(first) * t * left * left - pace(last) * t * t * left
}

/// The camera leans the way it goes; `arc` is how far it swings round the picture besides.
fn leaning(view: View, arc: f32) -> Lean {
    Lean { right: view.right * LEAN + arc, down: view.down * LEAN, closer: (view.zoom - 1.0) * CLOSER }
}

/// A camera move that starts at the plain crop and stays inside the picture.
pub(super) struct Path {
    camera: Move,
    reach: Edges,
    /// How much closer the path ends than the move itself, to have room for its shift.
    closing: f32,
    /// How much of the move's shift there is room for.
    shift: f32,
    /// A straight way to the picture or from it swings a little, so that depth is seen.
    arc: f32,
}

impl Path {
    fn new(camera: Move, reach: Edges) -> Self {
        let end = camera.view(1.0);
        let fits = |zoom: f32| {
            let fit = |shift: f32, low: f32, high: f32| {
                let room = if shift < 0.0 { -low } else { high } - 0.5 / zoom;
                if shift == 0.0 { 1.0 } else { room.max(0.0) / shift.abs() }
            };
            fit(end.right, reach.left, reach.right).min(fit(end.down, reach.top, reach.bottom)).min(1.0)
        };
        // The smallest of a few closing steps that gives the whole shift, or else the closest view allowed.
        let zoom = (0..=16u8)
            .map(|n| end.zoom + (CLOSEST.max(end.zoom) - end.zoom) * f32::from(n) / 16.0)
            .find(|zoom| fits(*zoom) >= 1.0)
            .unwrap_or_else(|| CLOSEST.max(end.zoom));
        let straight = end.right == 0.0 && end.down == 0.0 && end.zoom != 1.0;
        let arc = if straight { (end.zoom - 1.0).signum() * 0.9 * DISPARITY } else { 0.0 };
        Self { camera, reach, closing: zoom / end.zoom, shift: fits(zoom), arc }
    }

    fn view(&self, at: f32) -> View {
        let view = self.camera.view(at);
        let zoom = if view.zoom < 1.0 { 1.0 - (1.0 - view.zoom) * RETREAT } else { view.zoom };
        let zoom = zoom * (1.0 + (self.closing - 1.0) * smooth(at));
        let inside = |shift: f32, low: f32, high: f32| {
            let (low, high) = (low + 0.5 / zoom, high - 0.5 / zoom);
            (shift * self.shift).clamp(low.min(0.0), high.max(0.0))
        };
        let aside = self.arc / DISPARITY * swing(at) * ASIDE * (0.5 - 0.5 / zoom).max(0.0);
        let (right, down) = (
            inside(view.right + aside, self.reach.left, self.reach.right),
            inside(view.down, self.reach.top, self.reach.bottom),
        );
        View { zoom, right, down }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(right: f32, down: f32) -> Edges {
        Edges { left: -right, top: -down, right, bottom: down }
    }

    #[test]
    fn every_move_starts_at_the_plain_crop_and_stays_inside_the_picture() {
        for camera in Move::ALL.into_iter().filter(|camera| camera.view(1.0).zoom >= 1.0) {
            for reach in [(0.5, 0.5), (1.2, 0.5), (0.5, 0.9), (0.56, 0.5)].map(|(x, y)| edges(x, y)) {
                let course = Course::from_plain(camera, reach);
                assert_eq!(course.look(0.0), Look { view: PLAIN, lean: Lean::default() });
                for n in 0..=100u8 {
                    let view = course.look(f32::from(n) / 100.0).view;
                    let (across, along) =
                        (view.right.abs() + 0.5 / view.zoom, view.down.abs() + 0.5 / view.zoom);
                    assert!(
                        across <= reach.right + 1e-5 && along <= reach.bottom + 1e-5,
                        "{camera:?} {view:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_pan_over_a_wide_picture_does_not_close_in() {
        let path = Path::new(Move::PanRight, edges(1.0, 0.5));
        assert_eq!(path.view(1.0), Move::PanRight.view(1.0));
    }

    #[test]
    fn a_pan_over_a_tight_crop_closes_in_to_gain_room() {
        let end = Path::new(Move::PanLeft, edges(0.5, 0.5)).view(1.0);
        assert!(end.right < -0.1 && end.zoom > 1.2, "{end:?}");
    }

    #[test]
    fn the_move_through_references_goes_on_between_them_and_stays_inside() {
        let course = |ends| Course::for_reference(ends);
        let step = |ends, at: f32| course(ends).look(at + 0.01).view.zoom - course(ends).look(at).view.zoom;
        let (first, between, last) = ((true, false), (false, false), (false, true));
        assert!(step(first, 0.0) < 0.0001 && step(last, 0.99) < 0.0001);
        for there in [step(first, 0.99), step(between, 0.0), step(between, 0.99), step(last, 0.0)] {
            assert!((0.0007..0.001).contains(&there), "{there}");
        }
        for view in [0.0, 0.3, 0.6, 1.0].map(|at| course(between).look(at).view) {
            assert!(view.right.abs() + 0.5 / view.zoom <= 0.5 + 1e-6, "{view:?}");
        }
    }
}
