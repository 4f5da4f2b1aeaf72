//! The sky with its sun or moon, its stars and the far clouds that do not move.

mod clouds;
mod kinds;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::colour::{Light, Rgb};
use super::ground::f32_of;
use super::noise::{Chance, clouded, step};
use super::picture::Picture;
use super::sheet::{Sheet, flat, oval, round, veil};
use super::stage::{Sky, Stage};
use crate::plan::{Hour, Palette, Place, ScenePlan, Weather};
pub(super) use clouds::Clouds;
use clouds::{Heap, Paint};
pub(super) use kinds::Cover;

/// Where the sun or moon stands, in world units.
pub(super) fn sun_place(stage: &Stage, light: &Light, palette: &Palette) -> (f32, f32) {
    (light.side * stage.aspect() * 0.29, palette.sky.sun_height)
}

/// The sky of a plan, which never moves: the scenes that show it from near and from far stand under the same picture.
#[derive(Default)]
pub(crate) struct SharedSky(Mutex<Option<(Weak<Picture>, Chance)>>);

impl SharedSky {
    /// The sky as another scene drew it, or as `draw` does; `chance` goes on behind it in the same way.
    pub(super) fn or_draw(&self, chance: &mut Chance, draw: impl FnOnce(&mut Chance) -> Picture) -> Sky {
        // Another thread that wants the same sky waits here until it is drawn.
        let mut shared = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((drawn, after)) = &*shared
            && let Some(sky) = drawn.upgrade()
        {
            *chance = after.clone();
            return Sky(sky);
        }
        let sky = Arc::new(draw(chance));
        *shared = Some((Arc::downgrade(&sky), chance.clone()));
        Sky(sky)
    }
}

/// The sky's colours with the glow round the sun, and stars by night.
pub(super) fn sky(
    stage: &Stage,
    plan: &ScenePlan,
    light: &Light,
    (cover, chance): (Cover, &mut Chance),
) -> Picture {
    let palette = &plan.palette;
    let in_space = plan.place == Place::Space;
    let hour = if in_space { Hour::Night } else { plan.hour };
    let wide = stage.aspect() / 2.0;
    let mut sheet = Sheet::new((-wide, 0.0, wide, 1.0), f32_of(stage.height as usize));
    let sun = sun_place(stage, light, palette);
    let hidden = plan.place == Place::Underwater
        || matches!(plan.weather, Weather::Rain | Weather::Snow | Weather::Storm | Weather::Fog);
    let closed = cover == Cover::Deck;
    let glow = match hour {
        _ if closed || in_space => 0.0,
        Hour::Night => 0.35,
        _ if hidden => 0.35,
        _ => 1.0,
    };
    let wisps = match (hour, cover) {
        _ if in_space => 0.75,
        (Hour::Night, _) => 0.12,
        (_, Cover::Cirrus) => 0.5,
        (_, Cover::Stratus) => 0.3,
        _ => 0.12,
    };
    let seed = chance.number();
    let cloud = Rgb::hex(palette.sky.cloud);
    let storm = plan.weather == Weather::Storm;
    let (bank, low) = (bank(stage, cover, chance), Rgb::hex(palette.sky.low));
    let shade = Rgb::hex(palette.sky.cloud_shade).scale(if storm { 0.45 } else { 0.85 });
    let (paint, clear) = (Paint::new(palette, light), gradient(palette));
    let behind = |x: f32, y: f32| {
        let base = clear(y);
        let base = if y < 0.7 {
            let wisp = clouded(x * 2.1 + y * 1.3 + 9.0, y * 8.0 - x * 0.6, 3, seed) * 1.06;
            base.mix(cloud, step(0.48, 0.8, wisp) * wisps * step(0.7, 0.2, y))
        } else {
            base
        };
        if closed {
            let rain = if storm { kinds::far_rain((x, y), seed ^ 3) * 0.5 } else { 0.0 };
            let roof = cloud.mix(low, 0.5 * step(0.1, 0.6, y)).scale(0.9);
            let deck = roof.mix(shade, kinds::deck((x, y), storm, seed));
            deck.mix(shade.mix(low, 0.25), rain).mix(base, step(0.4, 0.64, y) * 0.8)
        } else {
            base
        }
    };
    // The sun's glow lies before all of it, the less where a cloud does.
    let glowing = |base: Rgb, (x, y): (f32, f32), cover: f32| {
        let far = ((x - sun.0).powi(2) + (y - sun.1).powi(2)).sqrt();
        let shine = 0.55 * (-far * far / 0.012).exp() + 0.30 * (-far / 0.24).exp();
        base.mix(light.sun, (shine * glow * (1.0 - 0.25 * cover)).min(0.92))
    };
    sheet.shade_smoothly(
        |x, y| glowing(behind(x, y), (x, y), 0.0),
        |x, y| {
            let heap = bank.iter().rev().find_map(|(heap, at)| heap.look((x - at.0, y - at.1), &paint));
            heap.map(|(cloud, cover)| {
                // Far clouds stand in the air of the horizon.
                let airy = 0.42 + 0.4 * step(0.3, 0.56, y);
                let base = behind(x, y);
                glowing(base.mix(cloud.mix(base, airy), cover), (x, y), cover)
            })
        },
    );
    lights(&mut sheet, (hour, in_space, hidden), (sun, light), chance);
    Picture::new(sheet.into_pixmap())
}

/// The stars, and the sun or moon, where the weather shows them.
fn lights(
    sheet: &mut Sheet,
    (hour, in_space, hidden): (Hour, bool, bool),
    (sun, light): ((f32, f32), &Light),
    chance: &mut Chance,
) {
    let wide = sheet.right;
    match hour {
        _ if in_space => stars(sheet, wide, 420, chance),
        _ if hidden => {}
        Hour::Night => stars(sheet, wide, 150, chance),
        Hour::Dusk => stars(sheet, wide, 40, chance),
        Hour::Dawn | Hour::Day | Hour::Sunset => {}
    }
    if in_space {
        // What stands in this sky is a planet.
    } else if hidden {
        // The sun is only guessed behind the clouds.
    } else if matches!(hour, Hour::Night) {
        moon(sheet, sun, light);
    } else {
        sheet.fill(oval(sun, (0.042, 0.042), 0.0), &round(sun, 0.044, (light.sun, 1.0), (light.sun, 0.75)));
    }
}

/// The clear sky's colour at a height.
pub(super) fn gradient(palette: &Palette) -> impl Fn(f32) -> Rgb + use<> {
    let [top, middle, low] = [palette.sky.top, palette.sky.middle, palette.sky.low].map(Rgb::hex);
    move |y| if y < 0.34 { top.mix(middle, step(-0.1, 0.34, y)) } else { middle.mix(low, step(0.3, 0.66, y)) }
}

/// Heaps of cloud along the horizon, farther ones first.
fn bank(stage: &Stage, cover: Cover, chance: &mut Chance) -> Vec<(Heap, (f32, f32))> {
    let count = if cover == Cover::Cumulus { chance.of(&[2, 3, 5]) } else { 0 };
    (0..count)
        .map(|index| {
            let half = chance.within(0.2, 0.5);
            let along = (f32_of(index) + chance.unit()) / f32_of(count) - 0.5;
            let heap = Heap::new(half, f32_of(stage.height as usize) * 0.5, chance);
            (heap, (along * (stage.aspect() + 0.3), chance.within(0.5, 0.57)))
        })
        .collect()
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
