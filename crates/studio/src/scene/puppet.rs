//! Puppets: figures of drawn parts that turn, stretch and move about their joints, drawn once and posed per frame.

use tiny_skia::Transform;

use super::brush::Brush;
use super::hidden::Hidden;
use super::picture::{Blend, Picture};
use super::sheet::Sheet;
use super::stage::{Item, Moment, Stage};

/// A picture with its place in the coordinates it was drawn in.
pub(super) struct Sprite {
    picture: Picture,
    left: f32,
    top: f32,
    resolution: f32,
}

impl Sprite {
    pub(super) fn new(sheet: Sheet) -> Self {
        let (left, top, resolution) = (sheet.left, sheet.top, sheet.resolution);
        let (picture, (columns, rows)) = Picture::cropped(&sheet.into_pixmap());
        Self { picture, left: left + columns / resolution, top: top + rows / resolution, resolution }
    }

    /// Draws the sprite; `place` takes the coordinates it was drawn in to canvas pixels.
    pub(super) fn draw(&self, place: Transform, look: (f32, Blend), brush: &mut Brush<'_>) {
        let unit = 1.0 / self.resolution;
        let place = place.pre_concat(Transform::from_row(unit, 0.0, 0.0, unit, self.left, self.top));
        brush.stamp(&self.picture, place, look);
    }
}

/// How a part stands at a moment, relative to how it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pose {
    pub(super) turn: f32,
    pub(super) stretch: (f32, f32),
    pub(super) shift: (f32, f32),
    pub(super) opacity: f32,
}

impl Pose {
    pub(super) const REST: Self = Self { turn: 0.0, stretch: (1.0, 1.0), shift: (0.0, 0.0), opacity: 1.0 };

    pub(super) fn turned(turn: f32) -> Self {
        Self { turn, ..Self::REST }
    }

    pub(super) fn shifted(x: f32, y: f32) -> Self {
        Self { shift: (x, y), ..Self::REST }
    }

    pub(super) fn stretched(x: f32, y: f32) -> Self {
        Self { stretch: (x, y), ..Self::REST }
    }

    fn about(self, pivot: (f32, f32)) -> Transform {
        let (sin, cos) = self.turn.sin_cos();
        let (wide, tall) = self.stretch;
        let turned = Transform::from_row(cos * wide, sin * wide, -sin * tall, cos * tall, 0.0, 0.0);
        Transform::from_translate(self.shift.0 + pivot.0, self.shift.1 + pivot.1)
            .pre_concat(turned)
            .pre_concat(Transform::from_translate(-pivot.0, -pivot.1))
    }
}

/// A motion: the pose of a part at a moment.
pub(super) type Motion = Box<dyn Fn(&Moment) -> Pose + Send + Sync>;

struct Part {
    sprite: Option<Sprite>,
    parent: Option<usize>,
    pivot: (f32, f32),
    motion: Motion,
}

/// A figure in its own units: feet at (0, 0), about 1.0 tall, `y` downwards.
#[derive(Default)]
pub(super) struct Puppet {
    parts: Vec<Part>,
    /// The order in which parts are drawn, when it is not the order of their joints.
    order: Vec<(i32, usize)>,
    /// What is added to the layer of each new part.
    base: i32,
}

impl Puppet {
    /// Adds a joint that only moves others.
    pub(super) fn joint(&mut self, parent: Option<usize>, pivot: (f32, f32), motion: Motion) -> usize {
        self.parts.push(Part { sprite: None, parent, pivot, motion });
        self.parts.len() - 1
    }

    /// Puts the parts that come next on layers from this one; returns the layer from which they were before.
    pub(super) fn raise(&mut self, base: i32) -> i32 {
        std::mem::replace(&mut self.base, base)
    }

    /// Adds a drawn part; parts with a higher `layer` are drawn later.
    pub(super) fn part(
        &mut self,
        sheet: Sheet,
        layer: i32,
        (parent, pivot): (Option<usize>, (f32, f32)),
        motion: Motion,
    ) -> usize {
        let index = self.joint(parent, pivot, motion);
        self.parts[index].sprite = Some(Sprite::new(sheet));
        self.order.push((self.base + layer, index));
        self.order.sort_by_key(|(layer, _)| *layer);
        index
    }

    /// Draws the figure; `place` takes its units to canvas pixels.
    pub(super) fn draw(&self, moment: &Moment, (place, opacity): (Transform, f32), brush: &mut Brush<'_>) {
        let shown = opacity;
        let poses: Vec<Pose> = self.parts.iter().map(|part| (part.motion)(moment)).collect();
        let placed = self.order.iter().filter_map(|(_, index)| {
            let mut opacity = shown;
            let mut chain = Transform::identity();
            let mut next = Some(*index);
            while let Some(index) = next {
                let part = &self.parts[index];
                chain = poses[index].about(part.pivot).pre_concat(chain);
                opacity *= poses[index].opacity;
                next = part.parent;
            }
            let sprite = self.parts[*index].sprite.as_ref()?;
            Some((sprite, place.pre_concat(chain), (opacity, Blend::Over)))
        });
        let Brush::Paint(hidden, canvas) = brush else {
            placed.for_each(|(sprite, place, look)| sprite.draw(place, look, brush));
            return;
        };
        // From the front to the back: what nearer parts leave to be seen of each.
        let size = (canvas.width as usize, canvas.height as usize);
        let mut hidden = hidden.clone();
        let placed: Vec<_> = placed.collect();
        let before = placed.iter().rev().map(|(sprite, place, look)| {
            let before = hidden.clone();
            sprite.draw(*place, *look, &mut Brush::Hide(size, &mut hidden));
            before
        });
        let before: Vec<Hidden> = before.collect();
        for ((sprite, place, look), hidden) in placed.iter().zip(before.iter().rev()) {
            sprite.draw(*place, *look, &mut Brush::Paint(hidden, canvas));
        }
    }
}

/// A puppet on the stage.
pub(super) struct Actor {
    pub(super) puppet: Puppet,
    /// A soft shadow that stays on the ground.
    pub(super) shadow: Option<Sprite>,
    pub(super) depth: f32,
    pub(super) size: f32,
    /// Where its feet are, in world units, and how it is turned and stretched there.
    pub(super) path: Motion,
    /// The ground under it, for the shadow.
    pub(super) ground: f32,
    /// If what it floats or drives on mirrors it: how far below its origin the two meet, and a little more.
    pub(super) mirrored: Option<f32>,
}

/// How tall a reflection is, of what it mirrors, and how clear.
const MIRROR: (f32, f32) = (-0.62, 0.3);

impl Item for Actor {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let world = stage.project(self.depth, &moment.view);
        let pose = (self.path)(moment);
        if let Some(shadow) = &self.shadow {
            let height = (self.ground - pose.shift.1).max(0.0) / self.size;
            let spread = 1.0 - (height * 0.6).min(0.5);
            let place = Transform::from_row(
                self.size * spread,
                0.0,
                0.0,
                self.size * spread,
                pose.shift.0,
                self.ground,
            );
            shadow.draw(world.pre_concat(place), (spread * spread, Blend::Over), brush);
        }
        let place =
            world.pre_concat(pose.about((0.0, 0.0))).pre_concat(Transform::from_scale(self.size, self.size));
        if let Some(below) = self.mirrored {
            let ripple = 0.05 * (moment.on_twos() * 1.9).sin();
            let mirror = Transform::from_row(1.0, 0.0, ripple, MIRROR.0, 0.0, below);
            self.puppet.draw(moment, (place.pre_concat(mirror), MIRROR.1), brush);
        }
        self.puppet.draw(moment, (place, 1.0), brush);
    }

    fn hide(&self, stage: &Stage, moment: &Moment, hidden: &mut Hidden) {
        self.draw(stage, moment, &mut Brush::Hide((stage.width as usize, stage.height as usize), hidden));
    }
}
