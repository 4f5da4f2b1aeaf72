//! Drops that run down a window pane, stop, and run on.

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::colour::Rgb;
use super::super::ground::{f32_of, whole};
use super::super::noise::Chance;
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, fading, oval, smooth, veil};
use super::super::stage::{Item, Moment, Stage};

/// Drops between a window's edges.
pub(in super::super) struct Drops {
    sprite: Sprite,
    runners: Vec<Runner>,
    /// Left, right, top and sill of the window.
    window: (f32, f32, f32, f32),
    depth: f32,
}

struct Runner {
    x: f32,
    phase: f32,
    /// Panes a second.
    pace: f32,
    size: f32,
}

impl Drops {
    pub(in super::super) fn new(
        stage: &Stage,
        window: (f32, f32, f32, f32),
        depth: f32,
        chance: &mut Chance,
    ) -> Self {
        let (size, trail) = (0.0062, 0.13);
        let mut sheet = Sheet::new((-size * 1.6, -trail, size * 1.6, size * 2.0), stage.resolution());
        let (pale, dark) = (Rgb::hex(0xeef4f8), Rgb::hex(0x1c2836));
        // The trail is wiped glass: a little brighter than the mist beside it.
        let wake = fading((0.0, -trail), (0.0, 0.0), (pale, 0.0), (pale, 0.3));
        sheet.fill(
            smooth(&[(-size * 0.2, -trail), (size * 0.2, -trail), (size * 0.55, 0.0), (-size * 0.55, 0.0)]),
            &wake,
        );
        let body =
            [(0.0, -size * 2.2), (size * 0.9, size * 0.2), (0.0, size * 1.5), (-size * 0.9, size * 0.2)];
        sheet.fill(smooth(&body), &fading((0.0, -size * 2.0), (0.0, size * 1.5), (dark, 0.4), (pale, 0.75)));
        sheet.fill(oval((-size * 0.25, -size * 0.3), (size * 0.22, size * 0.4), 0.0), &veil(pale, 0.9));
        let runners = (0..whole((window.1 - window.0) * 26.0).max(8))
            .map(|_| Runner {
                x: chance.unit(),
                phase: chance.unit(),
                pace: chance.within(0.09, 0.24),
                size: chance.within(0.45, 1.15),
            })
            .collect();
        Self { sprite: Sprite::new(sheet), runners, window, depth }
    }
}

impl Item for Drops {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let world = stage.project(self.depth, &moment.view);
        let (left, right, top, sill) = self.window;
        for (index, runner) in self.runners.iter().enumerate() {
            let time = moment.on_twos() * runner.pace + runner.phase;
            let (round, way) = (time.floor(), time.fract());
            // It gathers, runs, and gathers again: slow where the sine falls back.
            let turns = std::f32::consts::TAU * 3.0;
            let way = way - (way * turns).sin() / turns * 0.95;
            let share = (runner.x + round * 0.618 + f32_of(index) * 0.11).fract();
            let x = left + (right - left) * share + 0.004 * (way * 23.0 + runner.phase * 9.0).sin();
            let y = top - 0.02 + (sill + 0.06 - top) * way;
            let place = Transform::from_row(runner.size, 0.0, 0.0, runner.size, x, y);
            self.sprite.draw(world.pre_concat(place), (1.0, Blend::Over), brush);
        }
    }
}
