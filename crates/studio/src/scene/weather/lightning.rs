//! Lightning far away, now and then: a soft glow within the clouds, and the bolt below it.

use std::f32::consts::PI;

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::colour::Rgb;
use super::super::noise::Chance;
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, flat, line, oval, round, veil};
use super::super::stage::{Item, Moment, Stage};

/// Seconds from one to the next, and how long one glows: it swells and fades, since flashes hurt eyes and encoders.
const EVERY: f32 = 3.7;
const GLOWS: f32 = 1.5;

pub(in super::super) struct Lightning {
    glow: Sprite,
    bolt: Sprite,
    phase: f32,
    /// Where the first one strikes, across the frame.
    first: f32,
}

impl Lightning {
    pub(in super::super) fn new(stage: &Stage, chance: &mut Chance) -> Self {
        let tint = Rgb::hex(0xcfdcff);
        let reach = 0.6;
        let mut glow = Sheet::new((-reach, -reach, reach, reach), stage.resolution() * 0.12);
        for (size, alpha) in [(reach, 0.34), (reach * 0.5, 0.32)] {
            let ink = round((0.0, 0.0), size, (tint, alpha), (tint, 0.0));
            glow.fill(oval((0.0, 0.0), (size, size * 0.7), 0.0), &ink);
        }
        glow.blur(0.03);
        let mut bolt = Sheet::new((-0.16, -0.03, 0.16, 0.36), stage.resolution());
        let mut points = vec![(0.0_f32, 0.0_f32)];
        for step in 1..=7_u8 {
            let last = points[points.len() - 1];
            points.push((last.0 + chance.near(0.035), f32::from(step) * 0.047));
        }
        let fork: Vec<(f32, f32)> = [0.0_f32, 1.0, 2.0]
            .map(|s| (points[3].0 + s * 0.024 + chance.near(0.012), points[3].1 + s * 0.04))
            .to_vec();
        let fork = [vec![points[3]], fork[1..].to_vec()].concat();
        for (path, wide) in [(&points, 1.0_f32), (&fork, 0.6)] {
            bolt.stroke(line(path), 0.014 * wide, &veil(tint, 0.14));
            bolt.stroke(line(path), 0.0032 * wide, &flat(Rgb::hex(0xf4f6ff)));
        }
        Self {
            glow: Sprite::new(glow),
            bolt: Sprite::new(bolt),
            phase: chance.within(0.6, 1.4),
            first: chance.unit(),
        }
    }
}

impl Item for Lightning {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let time = (moment.second - self.phase) / EVERY;
        let age = time.fract() * EVERY / GLOWS;
        if time < 0.0 || age >= 1.0 {
            return;
        }
        let x = ((self.first + time.floor() * 0.618).fract() - 0.5) * stage.aspect() * 0.9;
        let place = stage.project(0.03, &moment.view).pre_concat(Transform::from_translate(x, 0.27));
        let shine = (age * PI).sin().powi(2);
        self.glow.draw(place, (shine * 0.9, Blend::Add), brush);
        self.bolt.draw(place, ((shine * 1.6 - 0.6).clamp(0.0, 0.99), Blend::Over), brush);
    }
}
