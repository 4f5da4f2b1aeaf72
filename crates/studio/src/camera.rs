//! Camera moves: what a prompt can ask for, and the eased path each one takes.

use std::sync::Arc;

/// The height in the frame around which a zoom closes in.
pub(crate) const FOCUS: f32 = 0.6;

/// A camera move, found in the prompt by the scene plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Static,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    /// The camera itself goes nearer or farther: what stands before it grows more than what lies behind.
    DollyIn,
    DollyOut,
    /// The camera itself rises or sinks.
    CraneUp,
    CraneDown,
    Orbit,
    Follow,
    Handheld,
    /// What the studio does when nobody asks: closer, or a little aside, and at rest for more than half of the shot.
    /// A camera at rest leaves the eye to the subject, and its frames cost a third less.
    PushIn,
    DriftLeft,
    DriftRight,
    /// What the nearer shots of a film see of its scene. No prompt asks for it.
    Framed(Framed),
}

/// Where the camera looks at one moment, relative to the first frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// 1.0 is the first frame's framing; larger is closer.
    pub zoom: f32,
    /// Shift of the camera to the right, as a fraction of the frame width.
    pub right: f32,
    /// Shift of the camera downwards, as a fraction of the frame height.
    pub down: f32,
}

impl View {
    /// The first frame's framing.
    pub const WIDE: Self = Self { zoom: 1.0, right: 0.0, down: 0.0 };

    /// A part of the way to another view.
    pub(crate) fn towards(self, other: Self, share: f32) -> Self {
        let mix = |from: f32, to: f32| from + (to - from) * share;
        Self {
            zoom: mix(self.zoom, other.zoom),
            right: mix(self.right, other.right),
            down: mix(self.down, other.down),
        }
    }
}

/// Everything that several near framings of one scene see. Its numbers are never NaN, so it equals itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Framed {
    /// The widest of the framings.
    pub(crate) rest: View,
    /// From the leftmost shift to the rightmost one.
    pub(crate) right: (f32, f32),
    /// From the highest shift to the lowest one.
    pub(crate) down: (f32, f32),
    /// The zoom of the closest framing.
    pub(crate) closest: f32,
    /// What shows of it infinitely far away, see [`Move::far`].
    pub(crate) far: (f32, f32, f32),
}

impl Eq for Framed {}

/// The camera of one shot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Camera {
    /// A move that begins at a framing.
    From { base: View, by: Move },
    /// From one framing to another, at rest for more than half of the shot, as in [`Move::PushIn`].
    Unhurried { from: View, to: View },
    /// Through views that are equally far apart in time.
    Track(Arc<[View]>),
}

impl Camera {
    /// The view at a fraction of the shot.
    pub(crate) fn view(&self, at: f32) -> View {
        match self {
            Self::From { base, by } => {
                let View { zoom, right, down } = by.view(at);
                View {
                    zoom: base.zoom * zoom,
                    right: base.right + right / base.zoom,
                    down: base.down + down / base.zoom,
                }
            }
            Self::Unhurried { from, to } => from.towards(*to, smooth((at - 0.3) / 0.4)),
            Self::Track(views) => through(views, at),
        }
    }

    /// The views that it passes, close enough to know what it sees.
    pub(crate) fn samples(&self) -> impl Iterator<Item = View> {
        (0..=32_u8).map(|sample| self.view(f32::from(sample) / 32.0))
    }
}

/// A smooth curve through views (Catmull and Rom's).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short list")]
fn through(views: &[View], at: f32) -> View {
    let Some(last) = views.len().checked_sub(1) else { return View::WIDE };
    let place = at.clamp(0.0, 1.0) * last as f32;
    let index = (place as usize).min(last.saturating_sub(1));
    let t = place - index as f32;
    let view = |number: usize| views[number.min(last)];
    let (a, b, c, d) = (view(index.saturating_sub(1)), view(index), view(index + 1), view(index + 2));
    let mix = |side: fn(&View) -> f32| {
        let (a, b, c, d) = (side(&a), side(&b), side(&c), side(&d));
        let cubic = 3.0 * (b - c) + d - a;
        0.5 * (2.0 * b + t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * cubic)))
    };
    View { zoom: mix(|view| view.zoom), right: mix(|view| view.right), down: mix(|view| view.down) }
}

impl Move {
    /// Every move, so that a test that means all of them cannot forget one.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 17] = [
        Self::Static,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::PanLeft,
        Self::PanRight,
        Self::TiltUp,
        Self::TiltDown,
        Self::DollyIn,
        Self::DollyOut,
        Self::CraneUp,
        Self::CraneDown,
        Self::Orbit,
        Self::Follow,
        Self::Handheld,
        Self::PushIn,
        Self::DriftLeft,
        Self::DriftRight,
    ];

    /// The view at a fraction of the shot. Starts and ends at rest; at 0.0 every move that a prompt can name has zoom 1
    /// without shift.
    pub fn view(self, at: f32) -> View {
        let ease = smooth(at);
        let unhurried = smooth((at - 0.3) / 0.35);
        let still = View::WIDE;
        match self {
            Self::Static => still,
            Self::ZoomIn => View { zoom: 1.0 + 0.28 * ease, ..still },
            Self::ZoomOut => View { zoom: 1.0 - 0.2 * ease, ..still },
            Self::PanLeft => View { right: -0.18 * ease, ..still },
            Self::PanRight => View { right: 0.18 * ease, ..still },
            Self::TiltUp => View { down: -0.14 * ease, ..still },
            Self::TiltDown => View { down: 0.14 * ease, ..still },
            Self::DollyIn => View { zoom: 1.0 + 0.3 * ease, ..still },
            Self::DollyOut => View { zoom: 1.0 - 0.2 * ease, ..still },
            Self::CraneUp => View { zoom: 1.0 - 0.04 * ease, right: 0.0, down: -0.24 * ease },
            Self::CraneDown => View { zoom: 1.0 + 0.06 * ease, right: 0.0, down: 0.2 * ease },
            Self::Orbit => View { zoom: 1.0 + 0.06 * ease, right: 0.14 * ease, down: 0.0 },
            Self::Follow => View { zoom: 1.0 + 0.08 * ease, right: 0.1 * ease, down: 0.0 },
            Self::PushIn => View { zoom: 1.0 + 0.16 * unhurried, ..still },
            Self::DriftLeft => View { right: -0.12 * unhurried, ..still },
            Self::DriftRight => View { right: 0.12 * unhurried, ..still },
            Self::Handheld => {
                let held = smooth(at * 8.0) * smooth((1.0 - at) * 8.0);
                let sway = held * (at * std::f32::consts::TAU * 3.0).sin() * 0.002;
                let bob = held * (at * std::f32::consts::TAU * 2.0).sin() * 0.002;
                View { zoom: 1.0 + 0.03 * ease, right: sway, down: bob }
            }
            Self::Framed(framed) => framed.rest,
        }
    }
}

impl Move {
    /// How much of a zoom, and of a shift aside and down, shows infinitely far away; the main figure, at depth 1.0, shows all of them.
    ///
    /// A lens enlarges everything nearly alike; a camera that comes nearer enlarges what is near. A tilt turns the camera,
    /// which moves what is far nearly as much as what is near.
    pub(crate) fn far(self) -> (f32, f32, f32) {
        match self {
            Self::ZoomIn | Self::ZoomOut => (0.45, 0.08, 0.08),
            Self::DollyIn | Self::DollyOut => (0.08, 0.08, 0.08),
            Self::TiltUp | Self::TiltDown => (0.2, 0.08, 0.35),
            Self::Framed(framed) => framed.far,
            _ => (0.2, 0.08, 0.08),
        }
    }
}

/// From 0 to 1 with rest at both ends.
pub(crate) fn smooth(at: f32) -> f32 {
    let at = at.clamp(0.0, 1.0);
    at * at * (3.0 - 2.0 * at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(camera: &Camera, from: f32, to: f32) -> f32 {
        let (from, to) = (camera.view(from), camera.view(to));
        (from.zoom - to.zoom).abs().max((from.right - to.right).abs()).max((from.down - to.down).abs())
    }

    #[test]
    fn every_camera_is_at_rest_in_the_first_and_in_the_last_frame() {
        let (base, to) = (View::WIDE, View { zoom: 2.0, right: 0.2, down: 0.1 });
        let moves = Move::ALL.map(|by| Camera::From { base, by });
        for camera in moves.into_iter().chain([Camera::Unhurried { from: base, to }]) {
            // A frame of a film of ten seconds moves less than a third of a pixel of 1280.
            for (frame, next) in [(0.0, 1.0 / 240.0), (1.0 - 1.0 / 240.0, 1.0)] {
                assert!(step(&camera, frame, next) < 0.0003, "{camera:?} from {frame}");
            }
            let steps =
                (0..240_u8).map(|n| step(&camera, f32::from(n) / 240.0, (f32::from(n) + 1.0) / 240.0));
            assert!(steps.fold(0.0, f32::max) < 0.02, "{camera:?} jumps");
        }
    }

    #[test]
    fn a_track_passes_its_views() {
        let views: Vec<View> = [0.0, 0.1, 0.15, 0.1, 0.3].map(|right| View { right, ..View::WIDE }).to_vec();
        let camera = Camera::Track(views.clone().into());
        for (number, view) in (0_u8..).zip(&views) {
            assert!((camera.view(f32::from(number) / 4.0).right - view.right).abs() < 1e-6);
        }
    }

    #[test]
    fn a_hand_shakes_less_than_three_pixels() {
        for n in 0..=255_u8 {
            let view = Move::Handheld.view(f32::from(n) / 255.0);
            assert!(view.right.abs() * 1280.0 < 3.0 && view.down.abs() * 720.0 < 3.0, "{view:?}");
        }
    }

    #[test]
    fn every_named_move_goes_its_own_way() {
        for (number, one) in Move::ALL.iter().enumerate() {
            for other in &Move::ALL[number + 1..] {
                let seen =
                    |camera: &Move| (0..=8_u8).map(|n| camera.view(f32::from(n) / 8.0)).collect::<Vec<_>>();
                assert!(seen(one) != seen(other) || one.far() != other.far(), "{one:?} is {other:?}");
            }
        }
    }
}
