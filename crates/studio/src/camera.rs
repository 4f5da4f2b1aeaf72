//! Camera moves: what a prompt can ask for, and the eased path each one takes.

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
    Orbit,
    Follow,
    Handheld,
    /// What the studio does when nobody asks: closer, or a little aside, and at rest for more than half of the shot.
    /// A camera at rest leaves the eye to the subject, and its frames cost a third less.
    PushIn,
    DriftLeft,
    DriftRight,
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

impl Move {
    /// Every move, so that a test that means all of them cannot forget one.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 13] = [
        Self::Static,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::PanLeft,
        Self::PanRight,
        Self::TiltUp,
        Self::TiltDown,
        Self::Orbit,
        Self::Follow,
        Self::Handheld,
        Self::PushIn,
        Self::DriftLeft,
        Self::DriftRight,
    ];

    /// The view at a fraction of the shot. Starts and ends at rest; at 0.0 it is always zoom 1 without shift.
    pub fn view(self, at: f32) -> View {
        let ease = smooth(at);
        let unhurried = smooth((at - 0.3) / 0.35);
        let still = View { zoom: 1.0, right: 0.0, down: 0.0 };
        match self {
            Self::Static => still,
            Self::ZoomIn => View { zoom: 1.0 + 0.28 * ease, ..still },
            Self::ZoomOut => View { zoom: 1.0 - 0.2 * ease, ..still },
            Self::PanLeft => View { right: -0.18 * ease, ..still },
            Self::PanRight => View { right: 0.18 * ease, ..still },
            Self::TiltUp => View { down: -0.14 * ease, ..still },
            Self::TiltDown => View { down: 0.14 * ease, ..still },
            Self::Orbit => View { zoom: 1.0 + 0.06 * ease, right: 0.14 * ease, down: 0.0 },
            Self::Follow => View { zoom: 1.0 + 0.08 * ease, right: 0.1 * ease, down: 0.0 },
            Self::PushIn => View { zoom: 1.0 + 0.16 * unhurried, ..still },
            Self::DriftLeft => View { right: -0.12 * unhurried, ..still },
            Self::DriftRight => View { right: 0.12 * unhurried, ..still },
            Self::Handheld => {
                let sway = (at * std::f32::consts::TAU * 3.0).sin() * 0.002;
                let bob = (at * std::f32::consts::TAU * 2.0).sin() * 0.002;
                View { zoom: 1.0 + 0.03 * ease, right: sway, down: bob }
            }
        }
    }
}

/// From 0 to 1 with rest at both ends.
pub(crate) fn smooth(at: f32) -> f32 {
    let at = at.clamp(0.0, 1.0);
    at * at * (3.0 - 2.0 * at)
}
