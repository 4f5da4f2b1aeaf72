//! The scene: draws a plan's layers once and moves them for every frame.

mod air;
mod brush;
mod colour;
mod flora;
mod ground;
mod hidden;
mod noise;
mod picture;
mod places;
mod puppet;
mod sheet;
mod stage;
mod subject;
mod town;
mod weather;

use std::any::Any;

use crate::camera::{self, View};
use crate::canvas::{Canvas, Painter};
use crate::plan::ScenePlan;
use crate::plan::shots::Outline;
pub(crate) use air::SharedSky;
use brush::Brush;
pub(crate) use brush::Shown;
use hidden::Hidden;
use picture::swar;
use puppet::Actor;
use stage::{Item, Moment, Stage};

/// Draws everything that does not change between frames; the painter then only moves it.
pub fn paint_scene(plan: &ScenePlan, width: u32, height: u32, seed: u64) -> Box<dyn Painter + Send> {
    Box::new(Scene::draw((plan, &SharedSky::default()), (width, height), plan.camera, seed))
}

/// The items from the back to the front.
pub(crate) struct Scene {
    stage: Stage,
    items: Vec<Box<dyn Item>>,
}

impl Scene {
    /// Draws the scene for a frame of this size and all that `camera` ever sees.
    pub(crate) fn draw(
        (plan, shared_sky): (&ScenePlan, &SharedSky),
        (width, height): (u32, u32),
        camera: camera::Move,
        seed: u64,
    ) -> Self {
        let stage = Stage { width, height, camera };
        Self { items: places::build((plan, shared_sky), stage, seed), stage }
    }

    /// Paints the moment `at` of the scene's whole time, which is `second` seconds after its start, as `view` shows it.
    /// What the canvas shows already is not painted again.
    pub(crate) fn paint_view(
        &self,
        view: View,
        (at, second): (f32, f32),
        (canvas, shown): (&mut Canvas, &mut Shown),
    ) {
        let moment = Moment { at, second, view };
        let size = (self.stage.width as usize, self.stage.height as usize);
        let noted = self.items.iter().map(|item| {
            let mut marks = Vec::new();
            item.draw(&self.stage, &moment, &mut Brush::Note(size, &mut marks));
            marks
        });
        let marks = noted.collect();
        // From the front to the back: what each item's foreground leaves to be seen of it.
        let mut hidden = shown.turn_into(marks, size);
        let mut before: Vec<Hidden> = Vec::with_capacity(self.items.len());
        for item in self.items.iter().rev() {
            before.push(hidden.clone());
            item.hide(&self.stage, &moment, &mut hidden);
        }
        for (item, hidden) in self.items.iter().zip(before.iter().rev()) {
            item.draw(&self.stage, &moment, &mut Brush::Paint(hidden, canvas));
        }
    }
}

impl Painter for Scene {
    fn paint(&self, at: f32, second: f32, canvas: &mut Canvas) {
        let shown = &mut Shown::default();
        self.paint_view(self.stage.camera.view(at), (at, second), (canvas, shown));
    }
}

/// The frame that the main figure is measured in is this tall, and shows a little more than the world's height.
const RULER: u32 = 96;
const RULED: f32 = 0.6;

/// The main figure and its company alone, drawn small, to see where they are and how large.
pub(crate) struct Lead {
    scene: Scene,
    /// The main figure's number among the items.
    number: usize,
    /// The numbers of all that are framed together.
    group: Vec<usize>,
}

impl Lead {
    /// The plan's main figure in a frame of this size. A scene without figures has none.
    pub(crate) fn of(plan: &ScenePlan, (width, height): (u32, u32), seed: u64) -> Option<Self> {
        let wide = (RULER * width).div_ceil(height).max(8);
        let scene = Scene::draw((plan, &SharedSky::default()), (wide, RULER), camera::Move::Static, seed);
        // The main figure is the nearest one; what plays around it is as near, but smaller.
        let actors =
            scene.items.iter().enumerate().filter_map(|(number, item)| Some((number, actor(item.as_ref())?)));
        let rank = |actor: &Actor| (actor.depth, actor.size);
        let lead =
            actors.max_by(|a, b| rank(a.1).partial_cmp(&rank(b.1)).unwrap_or(std::cmp::Ordering::Equal));
        let number = lead?.0;
        let group = (0..scene.items.len()).filter(|at| actor(scene.items[*at].as_ref()).is_some()).collect();
        Some(Self { scene, number, group })
    }

    /// Where the figure is on its way at a moment (a fraction of the scene's whole time, and the second), in frame heights
    /// from the first frame's middle and upper edge: without the ups and downs of its gait.
    pub(crate) fn place(&self, (at, second): (f32, f32)) -> Option<(f32, f32)> {
        const SAMPLES: u8 = 12;
        let actor = actor(self.scene.items[self.number].as_ref())?;
        let step = |sample| f32::from(sample) * 0.2 - 1.1;
        let shifts = (0..SAMPLES).map(|sample| {
            (actor.path)(&Moment { at, second: second + step(sample), view: View::WIDE }).shift
        });
        let sum = shifts.fold((0.0, 0.0), |sum, shift| (sum.0 + shift.0, sum.1 + shift.1));
        Some((sum.0 / f32::from(SAMPLES), sum.1 / f32::from(SAMPLES)))
    }

    /// What the figure and its company take up at a moment, as the first frame's framing would show it, even beyond the frame's edges.
    pub(crate) fn outline(&self, (at, second): (f32, f32)) -> Option<Outline> {
        let stage = &self.scene.stage;
        let actor = actor(self.scene.items[self.number].as_ref())?;
        let feet = (actor.path)(&Moment { at, second, view: View::WIDE }).shift;
        // What lies on the ground, such as rails, is no part of it.
        let floor = if actor.shadow.is_some() { feet.1 - 0.007 } else { f32::MAX };
        let view = View { zoom: RULED, right: feet.0 / stage.aspect(), down: 0.0 };
        let mut canvas = Canvas::new(stage.width, stage.height);
        let nothing = Hidden::nothing(stage.width as usize, stage.height as usize);
        for number in &self.group {
            let brush = &mut Brush::Paint(&nothing, &mut canvas);
            self.scene.items[*number].draw(stage, &Moment { at, second, view }, brush);
        }
        let place = stage.project(1.0, &view);
        // The shadow on the ground is too faint to count.
        let wide = stage.width as usize;
        let drawn = canvas.rgba.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 160);
        let points = drawn.map(|(number, _)| {
            let (column, row) = (number % wide, number / wide);
            ((column as f32 + 0.5 - place.tx) / place.sx, (row as f32 + 0.5 - place.ty) / place.sy)
        });
        let drawn = points.filter(|point| point.1 < floor);
        Outline::around(&drawn.collect::<Vec<_>>(), 1.0 / (place.sx * place.sy))
    }
}

fn actor(item: &dyn Item) -> Option<&Actor> {
    (item as &dyn Any).downcast_ref()
}

#[cfg(test)]
mod tests;
