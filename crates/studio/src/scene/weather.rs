//! What falls and floats in the air at several depths: snow, petals, leaves, fireflies, dust, bubbles.

mod drops;
mod lightning;
mod rain;
mod splashes;

use tiny_skia::Transform;

use super::brush::Brush;
use super::colour::{Light, Rgb};
use super::noise::Chance;
use super::picture::Blend;
use super::puppet::Sprite;
use super::sheet::{Sheet, across, flat, line, oval, round, smooth, veil};
use super::stage::{Item, Moment, Stage};
pub(super) use drops::Drops;
pub(super) use lightning::Lightning;
pub(super) use rain::Rain;
pub(super) use splashes::Sparks;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mote {
    Snow,
    Petal,
    Leaf,
    Firefly,
    Dust,
    Bubble,
    Twinkle,
}

/// How a kind of mote moves, in frame heights a second for one of full size.
struct Manner {
    count: f32,
    fall: f32,
    wind: f32,
    sway: f32,
    turn: f32,
    /// Largest size, in frame heights.
    size: f32,
    glow: bool,
}

impl Mote {
    #[rustfmt::skip]
    fn manner(self) -> Manner {
        match self {
            Self::Snow => Manner { count: 150.0, fall: 0.13, wind: 0.04, sway: 0.03, turn: 0.3, size: 0.013, glow: false },
            Self::Petal => Manner { count: 60.0, fall: 0.12, wind: 0.10, sway: 0.05, turn: 1.6, size: 0.017, glow: false },
            Self::Leaf => Manner { count: 34.0, fall: 0.16, wind: 0.22, sway: 0.06, turn: 2.2, size: 0.026, glow: false },
            Self::Firefly => Manner { count: 46.0, fall: -0.012, wind: 0.01, sway: 0.07, turn: 0.0, size: 0.03, glow: true },
            Self::Dust => Manner { count: 36.0, fall: -0.008, wind: 0.012, sway: 0.03, turn: 0.0, size: 0.010, glow: true },
            Self::Bubble => Manner { count: 34.0, fall: -0.12, wind: 0.0, sway: 0.025, turn: 0.0, size: 0.018, glow: false },
            Self::Twinkle => Manner { count: 40.0, fall: 0.0, wind: 0.0, sway: 0.0, turn: 0.0, size: 0.012, glow: true },
        }
    }
}

struct Fleck {
    x: f32,
    y: f32,
    depth: f32,
    size: f32,
    phase: f32,
}

/// Many motes of one kind.
pub(super) struct Motes {
    mote: Mote,
    sprite: Sprite,
    flecks: Vec<Fleck>,
    top: f32,
    bottom: f32,
}

impl Motes {
    /// Motes between two heights of the frame, nearer and larger ones in front.
    pub(super) fn new(
        stage: &Stage,
        light: &Light,
        mote: Mote,
        (top, bottom): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let manner = mote.manner();
        let sprite = Sprite::new(draw(mote, light, manner.size, stage.resolution()));
        let wide = stage.aspect() * 1.5;
        let count = super::ground::whole(manner.count * (0.35 + 0.35 * stage.aspect()));
        let mut flecks: Vec<Fleck> = (0..count)
            .map(|_| {
                let near = chance.unit();
                Fleck {
                    x: chance.within(-wide / 2.0, wide / 2.0),
                    y: chance.unit(),
                    depth: 0.3 + near * 1.1,
                    size: 0.3 + 0.7 * near * near,
                    phase: chance.unit() * 6.3,
                }
            })
            .collect();
        flecks.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        Self { mote, sprite, flecks, top, bottom }
    }
}

impl Item for Motes {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let manner = self.mote.manner();
        let wide = stage.aspect() * 1.5;
        let tall = self.bottom - self.top;
        // What hangs in the air only stirs.
        let stirs = matches!(self.mote, Mote::Dust | Mote::Firefly | Mote::Twinkle);
        let t = if stirs { moment.on_twos() } else { moment.second };
        for fleck in &self.flecks {
            let speed = 0.45 + 0.55 * fleck.size;
            let sway = manner.sway * (t * (0.7 + 0.5 * fleck.size) + fleck.phase).sin();
            let lift = manner.sway * 0.5 * (t * 0.9 + fleck.phase * 2.0).cos();
            let x = (fleck.x + manner.wind * speed * t + wide / 2.0).rem_euclid(wide) - wide / 2.0 + sway;
            let y = self.top + (fleck.y * tall + manner.fall * speed * t).rem_euclid(tall) + lift;
            let (turn, squeeze) = if manner.turn > 0.0 {
                let spin = t * manner.turn + fleck.phase;
                (spin * 0.7, 0.45 + 0.55 * (spin * 1.3).sin().abs())
            } else {
                (0.0, 1.0)
            };
            let (sin, cos) = turn.sin_cos();
            let size = fleck.size;
            let place = stage.project(fleck.depth, &moment.view).pre_concat(Transform::from_row(
                cos * size,
                sin * size,
                -sin * size * squeeze,
                cos * size * squeeze,
                x,
                y,
            ));
            let (opacity, blend) = if manner.glow {
                let pulse = 0.5 + 0.5 * (t * 1.7 + fleck.phase * 3.0).sin();
                (pulse * pulse * if self.mote == Mote::Dust { 0.5 } else { 1.0 }, Blend::Add)
            } else {
                (0.45 + 0.5 * fleck.size, Blend::Over)
            };
            self.sprite.draw(place, (opacity, blend), brush);
        }
    }
}

fn draw(mote: Mote, light: &Light, size: f32, resolution: f32) -> Sheet {
    let edge = size * 1.1 + 2.0 / resolution;
    let mut sheet = Sheet::new((-edge, -edge, edge, edge), resolution);
    let white = light.lit(0xf4f8fc).mix(Rgb::hex(0xffffff), 0.3);
    match mote {
        Mote::Snow => sheet
            .fill(oval((0.0, 0.0), (size, size), 0.0), &round((0.0, 0.0), size, (white, 1.0), (white, 0.0))),
        Mote::Petal => {
            let (pale, deep) = (light.bright(0xfbc6d6, 0.2), light.shaded(0xf08fb0, 0.2));
            let shape = [
                (-size, 0.0),
                (-size * 0.2, -size * 0.55),
                (size * 0.85, -size * 0.32),
                (size * 0.7, 0.0),
                (size * 0.85, size * 0.32),
                (-size * 0.2, size * 0.55),
            ];
            sheet.fill(smooth(&shape), &across((-size, 0.0), (size, 0.0), deep, pale));
        }
        Mote::Leaf => {
            let (pale, deep) = (light.bright(0xe8a43c, 0.2), light.shaded(0xc05a2c, 0.2));
            let shape = [(-size, 0.0), (-size * 0.2, -size * 0.42), (size, 0.0), (-size * 0.2, size * 0.42)];
            sheet.fill(smooth(&shape), &across((-size, -size), (size, size), pale, deep));
            sheet.stroke(line(&[(-size, 0.0), (size * 0.9, 0.0)]), size * 0.07, &veil(deep.scale(0.7), 0.8));
        }
        Mote::Firefly | Mote::Dust | Mote::Twinkle => {
            let tint = match mote {
                Mote::Firefly => Rgb::hex(0xe6f56a),
                Mote::Dust => light.sun.mix(Rgb::hex(0xffe9b0), 0.5),
                _ => Rgb::hex(0xe8eeff),
            };
            sheet.fill(
                oval((0.0, 0.0), (size, size), 0.0),
                &round((0.0, 0.0), size, (tint, 0.5), (tint, 0.0)),
            );
            sheet.fill(
                oval((0.0, 0.0), (size * 0.45, size * 0.45), 0.0),
                &round((0.0, 0.0), size * 0.45, (tint, 0.7), (tint, 0.0)),
            );
            sheet.fill(
                oval((0.0, 0.0), (size * 0.13, size * 0.13), 0.0),
                &flat(tint.mix(Rgb::hex(0xffffff), 0.6)),
            );
        }
        Mote::Bubble => {
            sheet.fill(
                oval((0.0, 0.0), (size, size), 0.0),
                &round((0.0, 0.0), size, (white, 0.04), (white, 0.32)),
            );
            sheet.stroke(oval((0.0, 0.0), (size * 0.92, size * 0.92), 0.0), size * 0.09, &veil(white, 0.5));
            sheet
                .fill(oval((-size * 0.35, -size * 0.4), (size * 0.2, size * 0.14), -0.6), &veil(white, 0.85));
        }
    }
    sheet
}

/// Plants and other things that lean to and fro on their foot.
pub(super) struct Swaying {
    pub(super) stems: Vec<(Sprite, Stem)>,
}

#[derive(Clone, Copy)]
pub(super) struct Stem {
    pub(super) foot: (f32, f32),
    pub(super) depth: f32,
    pub(super) speed: f32,
    pub(super) reach: f32,
    pub(super) phase: f32,
}

impl Item for Swaying {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        for (sprite, stem) in &self.stems {
            let lean = stem.reach
                * ((moment.on_twos() * stem.speed + stem.phase).sin()
                    + 0.3 * (moment.on_twos() * stem.speed * 2.3 + stem.phase).sin());
            // A shear: the foot stays, the tip moves most.
            let place = stage.project(stem.depth, &moment.view).pre_concat(Transform::from_row(
                1.0,
                0.0,
                -lean,
                1.0,
                stem.foot.0,
                stem.foot.1,
            ));
            sprite.draw(place, (1.0, Blend::Over), brush);
        }
    }
}

/// Shafts of light that slant down from the sun and sway a little.
pub(super) struct Shafts {
    sprite: Sprite,
    from: (f32, f32),
}

impl Shafts {
    pub(super) fn new(
        stage: &Stage,
        light: &Light,
        from: (f32, f32),
        (strength, long): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let mut sheet = Sheet::new((-long, 0.0, long, long), stage.resolution() * 0.2);
        let tint = light.sun.mix(Rgb::hex(0xfff0c0), 0.3);
        for _ in 0..8 {
            let angle = chance.within(-0.5, 0.75) * -light.side;
            let half = chance.within(0.02, 0.055);
            let at = |angle: f32, far: f32| (angle.sin() * far, angle.cos() * far);
            let ink = round((0.0, 0.0), long * 0.95, (tint, strength * chance.within(0.4, 1.0)), (tint, 0.0));
            let shaft = [
                at(angle - half, long * 0.1),
                at(angle + half, long * 0.1),
                at(angle + half, long),
                at(angle - half, long),
            ];
            sheet.fill(super::sheet::corners(&shaft), &ink);
        }
        sheet.blur(0.014);
        Self { sprite: Sprite::new(sheet), from }
    }
}

impl Item for Shafts {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let lean = 0.05 * (moment.on_twos() * 0.4).sin();
        let place = stage.project(0.0, &moment.view).pre_concat(Transform::from_row(
            1.0,
            0.0,
            lean,
            1.0,
            self.from.0,
            self.from.1,
        ));
        self.sprite.draw(place, (1.0, Blend::Over), brush);
    }
}
