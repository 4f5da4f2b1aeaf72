//! What passes by while the camera keeps with a car: cacti, posts and the marks of the road.

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::ground::f32_of;
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, corners, veil};
use super::super::stage::{Item, Moment, Stage};
use super::Set;
use crate::camera::Move;

/// How fast the roadside passes, in frame heights a second.
const SPEED: f32 = 0.42;
/// How far it is from where things come into being to where they vanish, in frame widths.
const WAY: f32 = 3.2;

/// Things in a row that goes to the left, each with its place at first.
struct Passing {
    sprites: Vec<Sprite>,
    /// Which sprite, how far along, and its foot's height.
    places: Vec<(usize, f32, f32)>,
}

impl Item for Passing {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let way = WAY * stage.aspect();
        let place = stage.project(1.0, &moment.view);
        let half = stage.aspect() * 0.7 / moment.view.zoom;
        let middle = moment.view.right * stage.aspect();
        for (sprite, along, foot) in &self.places {
            let x = (along - SPEED * moment.second).rem_euclid(way) - way * 0.5;
            if (x - middle).abs() < half {
                let place = place.pre_concat(Transform::from_translate(x, *foot));
                self.sprites[*sprite].draw(place, (1.0, Blend::Over), brush);
            }
        }
    }
}

impl Set<'_> {
    /// Whether the film is one shot that goes along with a car.
    pub(super) fn passes(&self) -> bool {
        self.drives() && !matches!(self.plan.camera, Move::Static)
    }

    /// What stands beside a desert's road, and the road's dashes.
    pub(super) fn roadside(&mut self) {
        let resolution = self.stage.resolution();
        let way = WAY * self.stage.aspect();
        let (mut sprites, mut places) = (Vec::new(), Vec::new());
        for number in 0..5_usize {
            let tall = self.chance.within(0.1, 0.15);
            let mut sheet = Sheet::new((-tall * 0.5, -tall * 1.15, tall * 0.5, tall * 0.12), resolution);
            self.cactus(&mut sheet, (0.0, 0.0), tall, 0.06);
            sprites.push(Sprite::new(sheet));
            let along = (f32_of(number) + self.chance.within(0.1, 0.7)) / 5.0 * way;
            places.push((number, along, 0.772 + 0.1 * (0.15 - tall)));
        }
        let mut post = Sheet::new((-0.02, -0.06, 0.02, 0.01), resolution);
        self.marker_post(&mut post, (0.0, 0.0));
        sprites.push(Sprite::new(post));
        let mut dash = Sheet::new((-0.02, -0.01, 0.2, 0.02), resolution);
        let paint = veil(self.light.lit(0xf2c65a), 0.85);
        dash.fill(corners(&[(0.0, 0.0), (0.17, 0.0), (0.168, 0.007), (-0.006, 0.007)]), &paint);
        sprites.push(Sprite::new(dash));
        places.extend((0..9).map(|number| (5, f32_of(number) / 9.0 * way, 0.802)));
        places.extend((0..14).map(|number| (6, f32_of(number) / 14.0 * way, 0.872)));
        self.add(Passing { sprites, places });
    }
}
