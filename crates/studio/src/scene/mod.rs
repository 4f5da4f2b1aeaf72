//! The scene: draws a plan's layers once and moves them for every frame.

mod air;
mod colour;
mod flora;
mod ground;
mod noise;
mod picture;
mod places;
mod puppet;
mod sheet;
mod stage;
mod street;
mod subject;
mod swar;
mod town;
mod weather;

use crate::canvas::{Canvas, Painter};
use crate::plan::ScenePlan;
use stage::{Item, Moment, Stage};

/// Draws everything that does not change between frames; the painter then only moves it.
pub fn paint_scene(plan: &ScenePlan, width: u32, height: u32, seed: u64) -> Box<dyn Painter + Send> {
    let stage = Stage { width, height, camera: plan.camera };
    Box::new(Scene { items: places::build(plan, stage, seed), stage })
}

/// The items from the back to the front.
struct Scene {
    stage: Stage,
    items: Vec<Box<dyn Item>>,
}

impl Painter for Scene {
    fn paint(&self, at: f32, second: f32, canvas: &mut Canvas) {
        let moment = Moment { at, second, view: self.stage.camera.view(at) };
        let mut floor = self.stage.height as usize;
        let mut visible = vec![0; self.items.len()];
        for (item, rows) in self.items.iter().zip(&mut visible).rev() {
            *rows = floor;
            floor = item.solid_from(&self.stage, &moment).map_or(floor, |row| row.min(floor));
        }
        for (item, rows) in self.items.iter().zip(visible) {
            item.draw(&self.stage, &moment, 0..rows, canvas);
        }
    }
}

#[cfg(test)]
mod tests;
