//! Picture-to-video: the first frame is the picture, then the camera moves over it; further pictures dissolve in.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a mix is clamped to 0..=256 before it is cut to an integer"
)]

use super::Picture;
use super::still::{Reach, Still};
use crate::camera::{Move, View, smooth};
use crate::canvas::{Canvas, Painter};

/// Closer than this only to follow the prompt: a pan within a tight crop closes in at most so far to gain room.
const CLOSEST: f32 = 1.32;
/// How much of a move away from the picture is made: beyond its edges there is little to show.
const RETREAT: f32 = 0.5;
/// How many moments of a path are looked at to know what it sees.
const MOMENTS: u16 = 64;

/// Paints a film, or a shot of it, from pictures.
pub(crate) struct PicturePainter {
    first: Option<(Path, Still)>,
    /// The picture of the last frame, which settles from a little closer.
    last: Option<Still>,
}

impl PicturePainter {
    /// Starts at `first`, over which the camera moves, and ends at `last`; one of them may be missing.
    pub(crate) fn new(first: Option<(&Picture, Move)>, last: Option<&Picture>, frame: (u32, u32)) -> Self {
        let first = first.map(|(picture, camera)| {
            let path = Path::new(camera, Reach::of(picture, frame));
            let views: Vec<View> =
                (0..=MOMENTS).map(|n| path.view(f32::from(n) / f32::from(MOMENTS))).collect();
            let still = Still::new(picture, frame, &views);
            (path, still)
        });
        let last = last.map(|picture| Still::new(picture, frame, &[settling(0.0), settling(1.0)]));
        Self { first, last }
    }
}

impl Painter for PicturePainter {
    fn paint(&self, at: f32, _second: f32, canvas: &mut Canvas) {
        let mix = match (&self.first, &self.last) {
            (None, _) => 256,
            (_, None) => 0,
            _ => (256.0 * smooth((at - 0.3) / 0.4)).round() as u16,
        };
        if let Some((path, first)) = &self.first
            && mix < 256
        {
            first.draw(path.view(at), 256, canvas);
        }
        if let Some(last) = &self.last
            && mix > 0
        {
            last.draw(settling(at), mix, canvas);
        }
    }
}

/// The camera on a film's last picture comes to rest at its plain crop.
fn settling(at: f32) -> View {
    View { zoom: 1.08 - 0.08 * smooth(at), right: 0.0, down: 0.0 }
}

/// A camera move that starts at the plain crop and stays inside the picture.
struct Path {
    camera: Move,
    reach: Reach,
    /// How much closer the path ends than the move itself, to have room for its shift.
    closing: f32,
    /// How much of the move's shift there is room for.
    shift: f32,
}

impl Path {
    fn new(camera: Move, reach: Reach) -> Self {
        let end = camera.view(1.0);
        let room = |zoom: f32, reach: f32| (reach - 0.5 / zoom).max(0.0);
        let fits = |zoom: f32| {
            let fit =
                |shift: f32, reach: f32| if shift == 0.0 { 1.0 } else { room(zoom, reach) / shift.abs() };
            fit(end.right, reach.right).min(fit(end.down, reach.down)).min(1.0)
        };
        // The smallest of a few closing steps that gives the whole shift, or else the closest view allowed.
        let zoom = (0..=16u8)
            .map(|n| end.zoom + (CLOSEST.max(end.zoom) - end.zoom) * f32::from(n) / 16.0)
            .find(|zoom| fits(*zoom) >= 1.0)
            .unwrap_or_else(|| CLOSEST.max(end.zoom));
        Self { camera, reach, closing: zoom / end.zoom, shift: fits(zoom) }
    }

    fn view(&self, at: f32) -> View {
        let view = self.camera.view(at);
        let zoom = if view.zoom < 1.0 { 1.0 - (1.0 - view.zoom) * RETREAT } else { view.zoom };
        let zoom = zoom * (1.0 + (self.closing - 1.0) * smooth(at));
        let inside = |shift: f32, reach: f32| {
            let room = (reach - 0.5 / zoom).max(0.0);
            (shift * self.shift).clamp(-room, room)
        };
        View { zoom, right: inside(view.right, self.reach.right), down: inside(view.down, self.reach.down) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_starts_at_the_plain_crop_and_stays_inside_the_picture() {
        for camera in Move::ALL.into_iter().filter(|camera| *camera != Move::ZoomOut) {
            for reach in
                [(0.5, 0.5), (1.2, 0.5), (0.5, 0.9), (0.56, 0.5)].map(|(right, down)| Reach { right, down })
            {
                let path = Path::new(camera, reach);
                assert_eq!(path.view(0.0), View { zoom: 1.0, right: 0.0, down: 0.0 });
                for n in 0..=100u8 {
                    let view = path.view(f32::from(n) / 100.0);
                    let (across, along) =
                        (view.right.abs() + 0.5 / view.zoom, view.down.abs() + 0.5 / view.zoom);
                    assert!(
                        across <= reach.right + 1e-5 && along <= reach.down + 1e-5,
                        "{camera:?} {view:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_pan_over_a_wide_picture_does_not_close_in() {
        let path = Path::new(Move::PanRight, Reach { right: 1.0, down: 0.5 });
        assert_eq!(path.view(1.0), Move::PanRight.view(1.0));
    }

    #[test]
    fn a_pan_over_a_tight_crop_closes_in_to_gain_room() {
        let end = Path::new(Move::PanLeft, Reach { right: 0.5, down: 0.5 }).view(1.0);
        assert!(end.right < -0.1 && end.zoom > 1.2, "{end:?}");
    }
}
