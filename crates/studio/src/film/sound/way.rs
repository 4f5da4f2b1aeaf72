//! Where the main figure is heard: where the wide shot shows it.

use crate::camera::{Move, View};
use crate::plan::{Action, Kind, Subject};

/// How long a walker takes to gather speed, and how long it stands before it turns round.
const EASE_S: f32 = 0.7;
const PAUSE_S: f32 = 1.9;
/// How far from the middle a walker turns round, in half widths of the frame: the camera goes along.
const TURN: f32 = 0.3;

/// The way of the main figure across the frame, as the scene's figures move.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    kind: WayKind,
    camera: Move,
    /// How long the scene's whole time is, if it goes on beyond it.
    whole_s: Option<f32>,
}

#[derive(Clone, Copy, Debug)]
enum WayKind {
    /// From as much left of the middle to as much right of it, in half widths of the frame.
    Across(f32),
    /// On foot, to and fro: how long one way takes at full speed.
    ToAndFro { walk_s: f32 },
}

impl Way {
    pub(super) fn of(lead: &Subject, camera: Move) -> Self {
        let kind = match (lead.action, lead.kind.sounds_like()) {
            (Action::Run | Action::Walk, _) => WayKind::ToAndFro { walk_s: 11.0 },
            (_, Kind::Balloon | Kind::Jellyfish) => WayKind::Across(0.08),
            (_, Kind::Rocket) => WayKind::Across(0.1),
            (_, Kind::Boat) | (Action::Fly | Action::Swim, _) => WayKind::Across(0.25),
            (Action::Drive, _) => WayKind::Across(0.5),
            _ => WayKind::Across(0.0),
        };
        Self { kind, camera, whole_s: None }
    }

    /// The same in a film that goes on from one of so many seconds.
    pub(super) fn beyond(self, whole_s: f32) -> Self {
        Self { whole_s: Some(whole_s), ..self }
    }

    /// Between -1.0, the frame's left edge, and 1.0, its right one, at a second of a scene that lasts `seconds`.
    pub(super) fn pan(&self, second: f32, seconds: f32) -> f32 {
        let at = second / self.whole_s.unwrap_or(seconds);
        let across = match self.kind {
            WayKind::Across(reach) => (2.0 * at - 1.0) * reach,
            WayKind::ToAndFro { walk_s } => {
                let (leg, gone) = leg(second, walk_s);
                let onward = if leg % 2.0 < 0.5 { 1.0 } else { -1.0 };
                onward * (2.0 * gone - 1.0) * TURN
            }
        };
        let View { zoom, right, .. } = self.camera.view(at);
        // A figure that drives out of the frame is still heard, from its edge.
        ((across - 2.0 * right) * zoom).clamp(-0.9, 0.9)
    }

    /// Whether a walker is on its feet at a second, not waiting to turn round.
    pub(super) fn steps(&self, second: f32) -> bool {
        match self.kind {
            WayKind::Across(_) => true,
            WayKind::ToAndFro { walk_s } => (0.03..0.97).contains(&leg(second, walk_s).1),
        }
    }
}

/// Which of its ways a walker is on, and how much of it is behind it. The film begins in mid-stride.
fn leg(second: f32, walk_s: f32) -> (f32, f32) {
    let leg_s = walk_s + EASE_S + PAUSE_S;
    let clock = second + EASE_S;
    let leg = (clock / leg_s).floor();
    (leg, ((clock - leg * leg_s - 0.5 * EASE_S) / walk_s).clamp(0.0, 1.0))
}
