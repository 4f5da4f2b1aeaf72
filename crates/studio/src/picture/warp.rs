//! The depth warp: which point of the picture each point of the frame looks at.

use super::course::Look;
use super::crop::Edges;
use super::depth::Depth;
use crate::camera::smooth;

/// How far the nearest and the farthest part move from the middle depth, at most: 2 % of the frame between them.
pub(super) const DISPARITY: f32 = 0.01;
/// So close to the picture's edges the depth fades out: what is beyond them is never needed.
const EDGE: f32 = 0.12;

/// One moment's way from the frame to the picture, both in frame widths and heights from the middle of the crop.
pub(super) struct Warp<'a> {
    pub(super) look: Look,
    pub(super) depth: &'a Depth,
    pub(super) reach: Edges,
}

impl Warp<'_> {
    /// The point of the picture that is seen at a point of the frame. It is never beyond the picture's edges.
    pub(super) fn source(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let view = self.look.view;
        let half = 0.5 / view.zoom;
        let at = (
            bent(x / view.zoom, half, (view.right - self.reach.left, self.reach.right - view.right)),
            bent(y / view.zoom, half, (view.down - self.reach.top, self.reach.bottom - view.down)),
        );
        let lean = self.look.lean;
        let near = self.depth.at((view.right + at.0, view.down + at.1));
        let shown = smooth(self.reach.inside((view.right + at.0, view.down + at.1)) / EDGE);
        let moved = |by: f32| (by * near).clamp(-DISPARITY, DISPARITY) * shown;
        (
            view.right + at.0 + moved(lean.right - lean.closer * at.0),
            view.down + at.1 + moved(lean.down - lean.closer * at.1),
        )
    }
}

/// A camera that steps back sees more than the picture has: the outer parts give way, the more the farther out, so that
/// the picture's edge stays the frame's. `half` is what the camera sees to each side, `room` what there is (left, right).
fn bent(at: f32, half: f32, room: (f32, f32)) -> f32 {
    let room = if at < 0.0 { room.0 } else { room.1 };
    if room >= half {
        return at;
    }
    let far = (at / half).abs();
    at * (1.0 - (1.0 - room / half) * far * far * far)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::Move;
    use crate::picture::course::Course;

    #[test]
    fn no_move_tears_the_picture_or_looks_beyond_it() {
        // As rough as depth can be.
        let depth = Depth::of_cells(&|x, y| if (x / 6 + y / 6) % 2 == 0 { 1.0 } else { -1.0 });
        let reach = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        let unit = |n: u16| (f32::from(n) + 0.5) / 160.0 - 0.5;
        for camera in Move::ALL {
            for at in [0.3, 0.6, 1.0] {
                let warp = Warp { look: Course::from_plain(camera, reach).look(at), depth: &depth, reach };
                for y in (0..160).map(unit) {
                    let line: Vec<(f32, f32)> = (0..160).map(|x| warp.source((unit(x), y))).collect();
                    assert!(line.windows(2).all(|pair| pair[1].0 > pair[0].0), "{camera:?} tears at {y}");
                    assert!(line.iter().all(|point| reach.inside(*point) >= 0.0), "{camera:?} at {y}");
                }
            }
        }
    }

    #[test]
    fn near_and_far_move_apart_by_two_percent_at_most() {
        let depth = Depth::of_cells(&|_, y| y as f32 / 12.0 - 1.0);
        let reach = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        for camera in Move::ALL.into_iter().filter(|camera| camera.view(1.0).zoom >= 1.0) {
            let look = Course::from_plain(camera, reach).look(1.0);
            let warp = Warp { look, depth: &depth, reach };
            for (x, y) in [(0.0, -0.4), (0.0, 0.4), (0.4, 0.3), (-0.4, -0.2)] {
                let (seen, view) = (warp.source((x, y)), look.view);
                let moved = (seen.0 - view.right - x / view.zoom, seen.1 - view.down - y / view.zoom);
                assert!(moved.0.abs().max(moved.1.abs()) <= DISPARITY + 1e-6, "{camera:?}: {moved:?}");
            }
        }
    }

    #[test]
    fn a_camera_that_steps_back_keeps_the_pictures_edge_at_the_frames() {
        let depth = Depth::of_cells(&|_, _| 0.0);
        let reach = Edges { left: -0.5, top: -0.5, right: 0.5, bottom: 0.5 };
        let look = Course::from_plain(Move::ZoomOut, reach).look(1.0);
        let warp = Warp { look, depth: &depth, reach };
        assert!((warp.source((0.5, 0.0)).0 - 0.5).abs() < 1e-6);
        assert!(warp.source((0.1, 0.0)).0 > 0.108, "the middle did not recede");
    }
}
