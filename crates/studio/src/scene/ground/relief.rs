//! Pictures painted point by point from what stands at each place of the world: mountains, dunes and water.

use super::super::brush::Brush;
use super::super::colour::Rgb;
use super::super::hidden::Hidden;
use super::super::picture::{Picture, Placement};
use super::super::sheet::Sheet;
use super::super::stage::{Item, Moment, Ripple, Stage};

/// A picture as wide as the camera sees at its depth.
pub(in super::super) struct Relief {
    picture: Picture,
    left: f32,
    top: f32,
    resolution: f32,
    depth: f32,
    ripple: Option<Ripple>,
    swell: Option<Swell>,
}

/// How a row of waves rolls: what it shows repeats after a length, so it never ends.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Swell {
    /// World units from one wave to the next, at the wave's own depth.
    pub(in super::super) length: f32,
    /// World units a second to the right.
    pub(in super::super) speed: f32,
    /// How far it rises and sinks.
    pub(in super::super) heave: f32,
    pub(in super::super) phase: f32,
}

impl Swell {
    /// How far it is from where it was drawn.
    fn shift(&self, second: f32) -> (f32, f32) {
        let aside = (second * self.speed).rem_euclid(self.length);
        (aside, self.heave * (second * 1.3 + self.phase).sin())
    }
}

impl Relief {
    /// Paints from a height down to another (or to the lowest visible); `fineness` of 1.0 is one point for each pixel.
    pub(in super::super) fn new(
        stage: &Stage,
        look: (f32, f32),
        heights: (f32, Option<f32>),
        paint: impl Fn(f32, f32) -> (Rgb, f32),
    ) -> Self {
        Self::wider(stage, look, heights, (0.0, paint))
    }

    /// A row of waves, whose picture must repeat after the swell's length.
    pub(in super::super) fn rolling(
        stage: &Stage,
        look: (f32, f32),
        heights: (f32, Option<f32>),
        (swell, paint): (Swell, impl Fn(f32, f32) -> (Rgb, f32)),
    ) -> Self {
        Self { swell: Some(swell), ..Self::wider(stage, look, heights, (swell.length, paint)) }
    }

    /// With so much more to the left.
    fn wider(
        stage: &Stage,
        (depth, fineness): (f32, f32),
        (top, bottom): (f32, Option<f32>),
        (more, paint): (f32, impl Fn(f32, f32) -> (Rgb, f32)),
    ) -> Self {
        let place = stage.project(depth, &stage.camera.view(0.0));
        let resolution = place.sx.min(SHARPEST) * fineness;
        let (left, reach_top, right, reach_bottom) = stage.reach(depth);
        let left = left - more;
        // Whole pixels from the frame's corner, so that a camera at rest copies pixels as they are.
        let aligned = |corner: f32, edge: f32| corner + ((edge - corner) * resolution).floor() / resolution;
        let margin = 0.02 + 3.0 / resolution;
        let left = aligned(-place.tx / place.sx, left - margin);
        let top = aligned(-place.ty / place.sy, top.max(reach_top - margin));
        let bottom = bottom.unwrap_or(f32::MAX).min(reach_bottom + margin).max(top + margin);
        let mut sheet = Sheet::new((left, top, right + margin, bottom), resolution);
        sheet.shade(paint);
        Self {
            picture: Picture::new(sheet.into_pixmap()),
            left,
            top,
            resolution,
            depth,
            ripple: None,
            swell: None,
        }
    }

    pub(in super::super) fn rippling(self, ripple: Ripple) -> Self {
        Self { ripple: Some(ripple), ..self }
    }

    fn placement(&self, stage: &Stage, moment: &Moment) -> Placement {
        let place = stage.project(self.depth, &moment.view);
        let (aside, down) = self.swell.map_or((0.0, 0.0), |swell| swell.shift(moment.on_twos()));
        Placement {
            left: (-place.tx / place.sx - self.left - aside) * self.resolution,
            top: (-place.ty / place.sy - self.top - down) * self.resolution,
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

/// As layers are: a larger frame enlarges what is drawn this fine.
const SHARPEST: f32 = 1440.0;

impl Item for Relief {
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
