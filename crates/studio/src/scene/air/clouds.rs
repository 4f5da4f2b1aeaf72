//! Clouds: heaps of round puffs, lit where they face the sun, and how they drift.

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::colour::{Light, Rgb};
use super::super::ground::{f32_of, whole};
use super::super::noise::{Chance, clouded, step};
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, oval, round, veil};
use super::super::stage::{Item, Moment, Stage};
use super::kinds::{Cover, flat_cloud};
use crate::plan::Palette;

/// Clouds that drift past for ever.
pub(in super::super) struct Clouds {
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
    pub(in super::super) fn new(
        stage: &Stage,
        palette: &Palette,
        light: &Light,
        cover: Cover,
        chance: &mut Chance,
    ) -> Self {
        let (count, sizes, ceiling) = cover.drifting(chance);
        let sprites = (0..count)
            .map(|index| {
                let share = (f32_of(index) + 0.5) / f32_of(count);
                let near = chance.unit();
                let half = sizes.0 + (sizes.1 - sizes.0) * near;
                let sheet = if cover == Cover::Cumulus {
                    Heap::new(half, stage.resolution() * 0.5, chance).sheet(palette, light)
                } else {
                    flat_cloud(cover, half, (palette, light), stage.resolution(), chance)
                };
                let depth = 0.06 + 0.1 * near;
                let round = stage.aspect() * 1.5 + half * 2.4;
                let (x, gap) = ((share - 0.5) * round + chance.near(0.15), half + 0.13);
                // The sun or moon stays in sight of heaps.
                let sun = light.side * stage.aspect() * 0.29;
                let clear = cover != Cover::Cumulus || (x - sun).abs() >= gap;
                let x = if clear { x } else { sun + gap.copysign(x - sun) };
                // Nearer clouds stand higher, and all heaps show their heads.
                let y = ceiling.0 + (ceiling.1 - ceiling.0) * (1.0 - near) + chance.near(0.05);
                let y = if cover == Cover::Cumulus { y.max(half * 0.5) } else { y };
                let quick = if cover == Cover::Deck { 2.6 } else { 1.0 };
                let speed = (0.004 + 0.009 * near) * quick * light.side;
                (Sprite::new(sheet), Drift { x, y, speed, round, depth })
            })
            .collect();
        Self { sprites }
    }

    /// The lights of cars that pass far behind a window, out of focus.
    pub(in super::super) fn headlights(
        stage: &Stage,
        (kerb, count): (f32, usize),
        chance: &mut Chance,
    ) -> Self {
        let sprites = (0..count)
            .map(|index| {
                let leaves = index.is_multiple_of(2);
                let tint = Rgb::hex(if leaves { 0xff5a4a } else { 0xfff0cc });
                let size = chance.within(0.018, 0.028);
                let edge = size * 3.6;
                let mut sheet = Sheet::new((-edge, -edge, edge, edge), stage.resolution() * 0.35);
                for side in [-1.5_f32, 1.5] {
                    let at = (side * size, 0.0);
                    let ink = round(at, size * 2.0, (tint, 0.35), (tint, 0.0));
                    sheet.fill(oval(at, (size * 2.0, size * 2.0), 0.0), &ink);
                    sheet.fill(oval(at, (size, size), 0.0), &veil(tint, 0.6));
                    let below = (at.0, size * 2.0);
                    let ink = round(below, size * 1.5, (tint, 0.4), (tint, 0.0));
                    sheet.fill(oval(below, (size * 0.6, size * 1.5), 0.0), &ink);
                }
                let round = stage.aspect() * 1.7;
                let drift = Drift {
                    x: (f32_of(index) / f32_of(count) - 0.5 + chance.near(0.1)) * round,
                    y: kerb + if leaves { 0.0 } else { 0.02 },
                    speed: chance.within(0.05, 0.1) * if leaves { 1.0 } else { -1.0 },
                    round,
                    depth: 0.06,
                };
                (Sprite::new(sheet), drift)
            })
            .collect();
        Self { sprites }
    }

    /// Shoals of small fish that pass in the distance.
    pub(in super::super) fn shoals(
        stage: &Stage,
        light: &Light,
        (top, bottom): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let sprites = (0..4_u8)
            .map(|index| {
                let (near, half) = (f32::from(index) / 3.0, chance.within(0.12, 0.2));
                let way = if chance.unit() < 0.5 { -1.0 } else { 1.0 };
                let mut sheet = Sheet::new((-half, -half * 0.5, half, half * 0.5), stage.resolution());
                let tone = light.aerial(light.shaded(0x24587c, 0.8), 0.72 - 0.3 * near);
                for _ in 0..26 {
                    let (x, y) = (chance.near(half * 0.85), chance.near(half * 0.38));
                    let size = (0.006 + 0.006 * near) * chance.within(0.7, 1.2);
                    sheet.fill(oval((x, y), (size, size * 0.32), chance.near(0.2)), &veil(tone, 0.9));
                    let tail = (x - way * size * 1.15, y);
                    sheet.fill(oval(tail, (size * 0.3, size * 0.34), 0.0), &veil(tone, 0.9));
                }
                let drift = Drift {
                    x: chance.within(-0.5, 0.5) * stage.aspect(),
                    y: top + (bottom - top) * chance.unit(),
                    speed: way * chance.within(0.025, 0.05),
                    round: stage.aspect() * 1.4 + half * 2.0,
                    depth: 0.15 + 0.25 * near,
                };
                (Sprite::new(sheet), drift)
            })
            .collect();
        Self { sprites }
    }

    /// Banks of mist that creep over the ground, the nearer the quicker.
    pub(in super::super) fn mist(
        stage: &Stage,
        light: &Light,
        (count, thick): (usize, f32),
        (top, bottom): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let fog = light.fog.mix(Rgb { r: 1.0, g: 1.0, b: 1.0 }, 0.22 * light.light.g);
        let sprites = (0..count)
            .map(|index| {
                let share = (f32_of(index) + 0.5) / f32_of(count);
                let half = chance.within(0.55, 0.85);
                let tall = 0.05 + 0.07 * share;
                let mut sheet = Sheet::new((-half, -tall, half, tall), stage.resolution() * 0.12);
                let seed = chance.number();
                sheet.shade(|x, y| {
                    let wisp = clouded(x * 4.0 + 20.0, y * 14.0 + 20.0, 3, seed);
                    let edge = step(1.0, 0.1, (x / half).abs()) * step(1.0, 0.1, (y / tall).abs());
                    (fog, (wisp * 1.25 - 0.05) * edge * thick)
                });
                let round = stage.aspect() * 1.5 + half * 2.0;
                let drift = Drift {
                    x: chance.within(-0.5, 0.5) * round,
                    y: top + (bottom - top) * share,
                    speed: (0.012 + 0.03 * share) * light.side,
                    round,
                    depth: 0.3 + 0.8 * share,
                };
                (Sprite::new(sheet), drift)
            })
            .collect();
        Self { sprites }
    }
}

impl Item for Clouds {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        for (sprite, drift) in &self.sprites {
            let moved = drift.x + drift.speed * moment.on_twos() + drift.round / 2.0;
            let x = moved.rem_euclid(drift.round) - drift.round / 2.0;
            let place = stage
                .project(drift.depth, &moment.view)
                .pre_concat(Transform::from_row(1.0, 0.0, 0.0, 1.0, x, drift.y));
            sprite.draw(place, (1.0, Blend::Over), brush);
        }
    }
}

/// What one cell of a heap shows: how thick the cloud is, and which way its surface looks.
#[derive(Clone, Copy, Default)]
struct Cell {
    cover: f32,
    height: f32,
    normal: (f32, f32),
}

impl Cell {
    /// Lets a puff stand here if it is higher than what stood here before; (dx, dy) is the way from its middle, in its sizes.
    fn swell(&mut self, puff: &Puff, (dx, dy): (f32, f32), fray: f32) {
        let far = (dx * dx + dy * dy).sqrt() + fray;
        if far >= 1.0 {
            return;
        }
        self.cover = self.cover.max(step(1.0, 0.42, far));
        let height = puff.z + puff.size * (1.0 - far.max(0.0).powi(2)).sqrt();
        if height > self.height {
            // Over a short way a puff's surface passes into that of the one behind it.
            let share = ((height - self.height) / (puff.size * 0.75)).min(1.0);
            let turn = |old: f32, new: f32| old + (new - old) * share;
            self.normal = (turn(self.normal.0, dx), turn(self.normal.1, dy));
            self.height = height;
        }
    }
}

/// A cloud as a relief, drawn around (0, 0) with its base a little below.
pub(super) struct Heap {
    half: f32,
    resolution: f32,
    columns: usize,
    cells: Vec<Cell>,
}

struct Puff {
    x: f32,
    y: f32,
    z: f32,
    size: f32,
}

/// Height over width of the stretch of sky that a heap is drawn on, above and below its base.
const ABOVE: f32 = 0.95;
const BELOW: f32 = 0.2;

impl Heap {
    pub(super) fn new(half: f32, resolution: f32, chance: &mut Chance) -> Self {
        let columns = whole(half * 2.0 * resolution).max(2);
        let rows = whole(half * (ABOVE + BELOW) * resolution).max(2);
        let seed = chance.number();
        let mut heap = Self { half, resolution, columns, cells: vec![Cell::default(); columns * rows] };
        let fray: Vec<f32> = (0..columns * rows)
            .map(|index| {
                let (x, y) = heap.place(index);
                clouded(x / half * 6.5 + 40.0, y / half * 7.5 + 40.0, 3, seed) - 0.44
            })
            .collect();
        for puff in puffs(half, chance) {
            heap.stamp(&puff, &fray);
        }
        for (index, fray) in fray.iter().enumerate() {
            let (_, y) = heap.place(index);
            heap.cells[index].cover *= step(0.11, -0.05, y / half - fray * 0.4);
        }
        heap
    }

    fn place(&self, index: usize) -> (f32, f32) {
        let (column, row) = (index % self.columns, index / self.columns);
        (f32_of(column) / self.resolution - self.half, f32_of(row) / self.resolution - self.half * ABOVE)
    }

    fn stamp(&mut self, puff: &Puff, fray: &[f32]) {
        let reach = puff.size * 1.25;
        let column = |x: f32| whole((x + self.half) * self.resolution).min(self.columns);
        let rows = self.cells.len() / self.columns;
        let row = |y: f32| whole((y + self.half * ABOVE) * self.resolution).min(rows);
        let (left, right) = (column(puff.x - reach), column(puff.x + reach));
        for row in row(puff.y - reach)..row(puff.y + reach) {
            let run = row * self.columns + left..row * self.columns + right;
            for (index, fray) in run.clone().zip(&fray[run]) {
                let (x, y) = self.place(index);
                let (dx, dy) = ((x - puff.x) / puff.size, (y - puff.y) / puff.size);
                self.cells[index].swell(puff, (dx, dy), fray * 0.8);
            }
        }
    }

    /// Colour and opacity at a place relative to the heap's middle, or nothing beyond its edges.
    pub(super) fn look(&self, (x, y): (f32, f32), paint: &Paint) -> Option<(Rgb, f32)> {
        let (column, row) = ((x + self.half) * self.resolution, (y + self.half * ABOVE) * self.resolution);
        if column < 0.0 || row < 0.0 || column >= f32_of(self.columns) {
            return None;
        }
        let cell = self.cells.get(whole(row) * self.columns + whole(column))?;
        (cell.cover > 0.0).then(|| paint.cell(cell, (x / self.half, y / self.half)))
    }

    fn sheet(&self, palette: &Palette, light: &Light) -> Sheet {
        let half = self.half;
        let mut sheet = Sheet::new((-half, -half * ABOVE, half, half * BELOW), self.resolution);
        let paint = Paint::new(palette, light);
        sheet.shade(|x, y| self.look((x, y), &paint).unwrap_or((paint.bright, 0.0)));
        sheet.blur(half * 0.016);
        sheet
    }
}

/// A heap's puffs: a few large ones in a row, smaller ones upon them, and smaller ones upon those.
fn puffs(half: f32, chance: &mut Chance) -> Vec<Puff> {
    let mut puffs = Vec::new();
    let peak = chance.near(0.5);
    for index in 0..8_u8 {
        let along = (f32::from(index) - 3.5) / 3.5;
        let bulk = (1.0 - along.abs().powi(2)).max(0.0) * 0.6 + (-(along - peak).powi(2) * 5.0).exp() * 0.55;
        let size = half * (0.13 + 0.15 * bulk * chance.within(0.7, 1.2));
        let (x, y) = (along * half * 0.72, -size * 0.35 - bulk * half * chance.within(0.05, 0.2));
        puffs.push(Puff { x, y, z: 0.0, size });
        for _ in 0..3 {
            let child = sprout(&Puff { x, y, z: 0.0, size }, 0.58, chance);
            puffs.push(sprout(&child, 0.6, chance));
            puffs.push(child);
        }
    }
    puffs
}

fn sprout(on: &Puff, share: f32, chance: &mut Chance) -> Puff {
    let angle = chance.within(-3.3, 0.15);
    let size = on.size * share * chance.within(0.75, 1.25);
    let far = on.size * chance.within(0.55, 0.95);
    Puff { x: on.x + angle.cos() * far, y: on.y + angle.sin() * far * 0.9, z: on.z + on.size * 0.25, size }
}

/// The colours of lit and shaded cloud, and where the light comes from.
pub(super) struct Paint {
    bright: Rgb,
    dark: Rgb,
    glow: Rgb,
    towards: (f32, f32),
}

impl Paint {
    pub(super) fn new(palette: &Palette, light: &Light) -> Self {
        let (bright, dark) = (Rgb::hex(palette.sky.cloud), Rgb::hex(palette.sky.cloud_shade));
        // A low sun lights clouds from the side and a little from below.
        let low = step(0.24, 0.5, palette.sky.sun_height);
        let towards = (light.side * (0.55 + 0.35 * low), -0.8 + 0.85 * low);
        Self { bright, dark, glow: bright.mix(light.sun, 0.55), towards }
    }

    fn cell(&self, cell: &Cell, (u, v): (f32, f32)) -> (Rgb, f32) {
        let (nx, ny) = (cell.normal.0 * 0.62 + u * 0.5, cell.normal.1 * 0.62 + (v + 0.3) * 0.75);
        let facing = nx * self.towards.0 + ny * self.towards.1;
        let lit = step(-0.9, 0.6, facing);
        let rim = step(0.75, 0.1, cell.cover) * 0.3 + step(0.35, 0.95, facing) * 0.5;
        (self.dark.mix(self.bright, lit).mix(self.glow, rim.min(0.9)), cell.cover * 0.97)
    }
}
