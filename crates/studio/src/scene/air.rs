//! The sky with its sun or moon, the clouds that drift in it, and the light that falls from it.

use tiny_skia::Transform;

use super::colour::{Light, Rgb};
use super::ground::f32_of;
use super::hidden::Hidden;
use super::noise::{Chance, clouded, step};
use super::picture::{Blend, Picture};
use super::puppet::Sprite;
use super::sheet::{Sheet, flat, oval, round, veil};
use super::stage::{Item, Moment, Sky, Stage};
use crate::canvas::Canvas;
use crate::plan::{Hour, Palette, Place, ScenePlan, Weather};

/// Where the sun or moon stands, in world units.
pub(super) fn sun_place(stage: &Stage, light: &Light, palette: &Palette) -> (f32, f32) {
    (light.side * stage.aspect() * 0.29, palette.sky.sun_height)
}

/// The sky's colours with the glow round the sun, and stars by night.
pub(super) fn sky(stage: &Stage, plan: &ScenePlan, light: &Light, chance: &mut Chance) -> Sky {
    let palette = &plan.palette;
    let in_space = plan.place == Place::Space;
    let hour = if in_space { Hour::Night } else { plan.hour };
    let wide = stage.aspect() / 2.0;
    let mut sheet = Sheet::new((-wide, 0.0, wide, 1.0), f32_of(stage.height as usize));
    let [top, middle, low] = [palette.sky.top, palette.sky.middle, palette.sky.low].map(Rgb::hex);
    let sun = sun_place(stage, light, palette);
    let hidden = plan.place == Place::Underwater
        || matches!(plan.weather, Weather::Rain | Weather::Snow | Weather::Storm | Weather::Fog);
    let glow = if matches!(hour, Hour::Night) || hidden { 0.35 } else { 1.0 };
    let wisps = match hour {
        _ if in_space => 0.75,
        Hour::Night => 0.12,
        _ => 0.4,
    };
    let seed = chance.number();
    let cloud = Rgb::hex(palette.sky.cloud);
    sheet.shade(|x, y| {
        let base =
            if y < 0.34 { top.mix(middle, step(-0.1, 0.34, y)) } else { middle.mix(low, step(0.3, 0.66, y)) };
        let wisp = clouded(x * 2.1 + y * 1.3 + 9.0, y * 8.0 - x * 0.6, 4, seed);
        let base = base.mix(cloud, step(0.48, 0.8, wisp) * wisps * step(0.72, 0.2, y));
        let far = ((x - sun.0).powi(2) + (y - sun.1).powi(2)).sqrt();
        let shine = 0.55 * (-far * far / 0.012).exp() + 0.30 * (-far / 0.24).exp();
        (base.mix(light.sun, (shine * glow).min(0.92)), 1.0)
    });
    match hour {
        _ if in_space => stars(&mut sheet, wide, 420, chance),
        Hour::Night => stars(&mut sheet, wide, 150, chance),
        Hour::Dusk => stars(&mut sheet, wide, 40, chance),
        Hour::Dawn | Hour::Day | Hour::Sunset => {}
    }
    if hidden {
        // The sun is only guessed behind the clouds.
    } else if matches!(hour, Hour::Night) {
        moon(&mut sheet, sun, light);
    } else {
        sheet.fill(oval(sun, (0.042, 0.042), 0.0), &round(sun, 0.044, (light.sun, 1.0), (light.sun, 0.75)));
    }
    Sky(Picture::new(sheet.into_pixmap()))
}

fn stars(sheet: &mut Sheet, wide: f32, count: usize, chance: &mut Chance) {
    for _ in 0..count {
        let place = (chance.within(-wide, wide), chance.unit().powf(1.3) * 0.6);
        let size = 0.0007 + 0.0016 * chance.unit().powi(4);
        let tint = Rgb::hex(chance.of(&[0xffffff, 0xfff0d8, 0xd8e6ff]));
        sheet.fill(
            oval(place, (size * 4.0, size * 4.0), 0.0),
            &round(place, size * 4.0, (tint, 0.18), (tint, 0.0)),
        );
        sheet.fill(oval(place, (size, size), 0.0), &veil(tint, chance.within(0.4, 1.0)));
    }
}

fn moon(sheet: &mut Sheet, (x, y): (f32, f32), light: &Light) {
    let pale = light.sun;
    sheet.fill(oval((x, y), (0.2, 0.2), 0.0), &round((x, y), 0.2, (pale, 0.28), (pale, 0.0)));
    sheet.fill(oval((x, y), (0.058, 0.058), 0.0), &flat(pale));
    for (dx, dy, size) in
        [(-0.02, -0.012, 0.014), (0.016, 0.014, 0.017), (0.02, -0.022, 0.008), (-0.012, 0.026, 0.009)]
    {
        let crater = pale.scale(0.78);
        sheet.fill(oval((x + dx, y + dy), (size, size * 0.9), 0.3), &veil(crater, 0.55));
    }
}

/// Clouds that drift past for ever.
pub(super) struct Clouds {
    sprites: Vec<(Sprite, Drift)>,
}

struct Drift {
    x: f32,
    y: f32,
    speed: f32,
    /// The stretch of sky after which it comes round again.
    round: f32,
    depth: f32,
}

impl Clouds {
    pub(super) fn new(
        stage: &Stage,
        palette: &Palette,
        light: &Light,
        (count, cover, ceiling): (usize, f32, (f32, f32)),
        chance: &mut Chance,
    ) -> Self {
        let sprites = (0..count)
            .map(|index| {
                let share = (f32_of(index) + 0.5) / f32_of(count);
                let near = chance.unit();
                let half = (0.15 + 0.22 * near) * cover;
                let sprite = cloud(stage, palette, light, half, chance);
                let depth = 0.06 + 0.1 * near;
                let round = stage.aspect() * 1.5 + half * 2.4;
                let drift = Drift {
                    x: (share - 0.5) * round + chance.near(0.15),
                    y: ceiling.0 + (ceiling.1 - ceiling.0) * (1.0 - near) + chance.near(0.03),
                    speed: (0.004 + 0.009 * near) * if light.side > 0.0 { 1.0 } else { -1.0 },
                    round,
                    depth,
                };
                (sprite, drift)
            })
            .collect();
        Self { sprites }
    }
}

impl Item for Clouds {
    fn draw(&self, stage: &Stage, moment: &Moment, hidden: &Hidden, canvas: &mut Canvas) {
        for (sprite, drift) in &self.sprites {
            let start = drift.x + drift.round / 2.0 + drift.speed * moment.on_twos();
            let x = start.rem_euclid(drift.round) - drift.round / 2.0;
            let breathe = 1.0 + 0.012 * (moment.on_twos() * 0.5 + drift.x * 9.0).sin();
            let place = stage
                .project(drift.depth, &moment.view)
                .pre_concat(Transform::from_translate(x, drift.y))
                .pre_concat(Transform::from_scale(breathe, breathe));
            sprite.draw(place, (1.0, Blend::Over), hidden, canvas);
        }
    }
}

/// One heap of cloud, lit from the sun's side, drawn about (0, 0).
fn cloud(stage: &Stage, palette: &Palette, light: &Light, half: f32, chance: &mut Chance) -> Sprite {
    let tall = half * 0.62;
    let puffs: Vec<(f32, f32, f32)> = (0..9_u8)
        .map(|index| {
            let along = f32::from(index) / 4.0 - 1.0;
            let bulk = 1.0 - along * along * 0.58;
            let size = half * (0.27 + 0.17 * chance.unit()) * bulk;
            (along * half * 0.64, -size * 0.5 - chance.unit() * half * 0.14 * bulk, size)
        })
        .collect();
    let seed = chance.number();
    let mass = |x: f32, y: f32| {
        let heap = puffs.iter().fold(-1.0_f32, |most, (px, py, size)| {
            let far = ((x - px).powi(2) + ((y - py) * 1.15).powi(2)).sqrt();
            most.max(1.0 - far / size)
        });
        let fray = clouded(x / half * 5.0 + 40.0, y / half * 6.0 + 40.0, 4, seed) - 0.47;
        let flat_base = step(0.1, -0.06, y / half);
        (heap + fray * 1.15) * flat_base - (1.0 - flat_base) * 0.4
    };
    let (bright, dark) = (Rgb::hex(palette.sky.cloud), Rgb::hex(palette.sky.cloud_shade));
    let glow = bright.mix(light.sun, 0.5);
    let mut sheet = Sheet::new((-half, -half * 0.95, half, half * 0.22), stage.resolution() * 0.5);
    sheet.shade(|x, y| {
        let here = mass(x, y);
        let alpha = step(0.02, 0.5, here);
        if alpha <= 0.0 {
            return (bright, 0.0);
        }
        let towards = mass(x + light.side * half * 0.10, y - half * 0.10);
        let lit = step(-0.35, 0.45, here - towards + 0.12 - y / tall * 0.5 - 0.25);
        let edge = step(0.3, 0.0, towards) * 0.5;
        (dark.mix(bright, lit).mix(glow, edge), alpha * 0.96)
    });
    Sprite::new(sheet)
}
