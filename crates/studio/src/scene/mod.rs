//! The scene: draws a plan's layers once and moves them for every frame.

mod air;
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
mod swar;
mod town;
mod weather;

use crate::canvas::{Canvas, Painter};
use crate::plan::ScenePlan;
use hidden::Hidden;
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
        // From the front to the back: what each item's foreground leaves to be seen of it.
        let mut hidden = Hidden::nothing(self.stage.width as usize, self.stage.height as usize);
        let mut before: Vec<Hidden> = Vec::with_capacity(self.items.len());
        for item in self.items.iter().rev() {
            before.push(hidden.clone());
            item.hide(&self.stage, &moment, &mut hidden);
        }
        for (item, hidden) in self.items.iter().zip(before.iter().rev()) {
            item.draw(&self.stage, &moment, hidden, canvas);
        }
    }
}

#[cfg(test)]
mod tests;
