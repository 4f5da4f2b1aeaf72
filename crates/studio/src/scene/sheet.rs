//! A sheet to draw on: shapes in world units with gradients, and the soft light that is laid over them afterwards.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    reason = "sheet sizes are far below what an f32 holds exactly, and clamped to at least one pixel"
)]

use tiny_skia::{
    BlendMode, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder, Pixmap,
    Point, RadialGradient, Shader, SpreadMode, Stroke, Transform,
};

use super::colour::Rgb;

/// What a shape is filled with.
#[derive(Clone, Debug)]
pub(super) struct Ink(Shader<'static>);

/// One colour.
pub(super) fn flat(colour: Rgb) -> Ink {
    veil(colour, 1.0)
}

/// One colour, partly transparent.
pub(super) fn veil(colour: Rgb, alpha: f32) -> Ink {
    Ink(Shader::SolidColor(colour.ink(alpha)))
}

/// From one colour at a point to another at a second point, mixed in linear light.
pub(super) fn across(from: (f32, f32), to: (f32, f32), start: Rgb, end: Rgb) -> Ink {
    fading(from, to, (start, 1.0), (end, 1.0))
}

/// The same with opacities.
pub(super) fn fading(from: (f32, f32), to: (f32, f32), start: (Rgb, f32), end: (Rgb, f32)) -> Ink {
    let shader = LinearGradient::new(
        Point::from_xy(from.0, from.1),
        Point::from_xy(to.0, to.1),
        stops(start, end),
        SpreadMode::Pad,
        Transform::identity(),
    );
    Ink(shader.unwrap_or_else(|| Shader::SolidColor(start.0.ink(start.1))))
}

/// From one colour in the centre to another at a radius.
pub(super) fn round(centre: (f32, f32), radius: f32, inner: (Rgb, f32), outer: (Rgb, f32)) -> Ink {
    let centre = Point::from_xy(centre.0, centre.1);
    let shader = RadialGradient::new(
        centre,
        0.0,
        centre,
        radius.max(1e-4),
        stops(inner, outer),
        SpreadMode::Pad,
        Transform::identity(),
    );
    Ink(shader.unwrap_or_else(|| Shader::SolidColor(inner.0.ink(inner.1))))
}

/// The display mixes gradients in its own encoding: steps mixed in linear light keep them clean.
fn stops(start: (Rgb, f32), end: (Rgb, f32)) -> Vec<GradientStop> {
    (0..=4)
        .map(|step| {
            let share = step as f32 / 4.0;
            let alpha = start.1 + (end.1 - start.1) * share;
            GradientStop::new(share, start.0.mix(end.0, share).ink(alpha))
        })
        .collect()
}

/// A closed curve through the points.
pub(super) fn smooth(points: &[(f32, f32)]) -> Option<Path> {
    curve(points, true)
}

/// An open curve through the points.
pub(super) fn line(points: &[(f32, f32)]) -> Option<Path> {
    curve(points, false)
}

fn curve(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let count = points.len();
    if count < 2 {
        return None;
    }
    let point = |index: isize| {
        let last = count as isize;
        let index = if closed { index.rem_euclid(last) } else { index.clamp(0, last - 1) };
        points[index as usize]
    };
    let mut path = PathBuilder::new();
    path.move_to(points[0].0, points[0].1);
    for index in 0..(if closed { count } else { count - 1 }) as isize {
        let (a, b, c, d) = (point(index - 1), point(index), point(index + 1), point(index + 2));
        let first = (b.0 + (c.0 - a.0) / 6.0, b.1 + (c.1 - a.1) / 6.0);
        let second = (c.0 - (d.0 - b.0) / 6.0, c.1 - (d.1 - b.1) / 6.0);
        path.cubic_to(first.0, first.1, second.0, second.1, c.0, c.1);
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// A closed shape with corners.
pub(super) fn corners(points: &[(f32, f32)]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::new();
    path.move_to(first.0, first.1);
    for point in rest {
        path.line_to(point.0, point.1);
    }
    path.close();
    path.finish()
}

/// A rectangle with round corners.
pub(super) fn pane((left, top): (f32, f32), (right, bottom): (f32, f32), radius: f32) -> Option<Path> {
    let r = radius.min((right - left) / 2.0).min((bottom - top) / 2.0).max(0.0);
    let k = r * 0.45;
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - k, top, right, top + k, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + k, left + k, top, left + r, top);
    path.close();
    path.finish()
}

/// An ellipse turned by an angle.
pub(super) fn oval((x, y): (f32, f32), (wide, tall): (f32, f32), turn: f32) -> Option<Path> {
    const ROUND: f32 = 0.552_284_8;
    let (sin, cos) = turn.sin_cos();
    let at = |u: f32, v: f32| (x + u * wide * cos - v * tall * sin, y + u * wide * sin + v * tall * cos);
    let mut path = PathBuilder::new();
    let start = at(1.0, 0.0);
    path.move_to(start.0, start.1);
    for (a, b, c) in [
        (at(1.0, ROUND), at(ROUND, 1.0), at(0.0, 1.0)),
        (at(-ROUND, 1.0), at(-1.0, ROUND), at(-1.0, 0.0)),
        (at(-1.0, -ROUND), at(-ROUND, -1.0), at(0.0, -1.0)),
        (at(ROUND, -1.0), at(1.0, -ROUND), start),
    ] {
        path.cubic_to(a.0, a.1, b.0, b.1, c.0, c.1);
    }
    path.close();
    path.finish()
}

/// A drawing surface over a part of the world.
pub(super) struct Sheet {
    pixmap: Pixmap,
    transform: Transform,
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) resolution: f32,
    blend: BlendMode,
}

impl Sheet {
    pub(super) fn new((left, top, right, bottom): (f32, f32, f32, f32), resolution: f32) -> Self {
        let size = |length: f32| (length * resolution).ceil().clamp(2.0, 16_000.0) as u32;
        let (width, height) = (size(right - left), size(bottom - top));
        // A pixmap is refused only for sizes of zero or beyond i32, which the clamp excludes.
        let pixmap = Pixmap::new(width, height).unwrap_or_else(Self::smallest);
        let transform =
            Transform::from_row(resolution, 0.0, 0.0, resolution, -left * resolution, -top * resolution);
        Self { pixmap, transform, left, top, right, bottom, resolution, blend: BlendMode::SourceOver }
    }

    #[expect(clippy::expect_used, reason = "one pixel by one is always a valid pixmap")]
    fn smallest() -> Pixmap {
        Pixmap::new(1, 1).expect("one pixel is a valid size")
    }

    /// Draws what follows only on what is there already.
    pub(super) fn inside(&mut self, draw: impl FnOnce(&mut Self)) {
        self.blend = BlendMode::SourceAtop;
        draw(self);
        self.blend = BlendMode::SourceOver;
    }

    /// Takes away what is there, as much as an ink is opaque.
    pub(super) fn erase(&mut self, path: Option<Path>, ink: &Ink) {
        self.blend = BlendMode::DestinationOut;
        self.fill(path, ink);
        self.blend = BlendMode::SourceOver;
    }

    pub(super) fn fill(&mut self, path: Option<Path>, ink: &Ink) {
        if let Some(path) = path.filter(|path| self.shows(path, 0.0)) {
            let paint = self.paint(ink);
            self.pixmap.fill_path(&path, &paint, FillRule::Winding, self.transform, None);
        }
    }

    pub(super) fn stroke(&mut self, path: Option<Path>, width: f32, ink: &Ink) {
        if let Some(path) = path.filter(|path| self.shows(path, width)) {
            let paint = self.paint(ink);
            let stroke =
                Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
            self.pixmap.stroke_path(&path, &paint, &stroke, self.transform, None);
        }
    }

    /// Whether anything of a path is on the sheet, whose pixels are fewer than the room in which things are strewn.
    fn shows(&self, path: &Path, margin: f32) -> bool {
        let bounds = path.bounds();
        let pixel = 2.0 / self.resolution + margin;
        let (width, height) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let (right, bottom) = (
            width / self.resolution - self.transform.tx / self.resolution,
            height / self.resolution - self.transform.ty / self.resolution,
        );
        bounds.right() + pixel > -self.transform.tx / self.resolution
            && bounds.left() - pixel < right
            && bounds.bottom() + pixel > -self.transform.ty / self.resolution
            && bounds.top() - pixel < bottom
    }

    fn paint(&self, ink: &Ink) -> Paint<'static> {
        Paint { shader: ink.0.clone(), blend_mode: self.blend, ..Paint::default() }
    }

    /// Blurs the sheet; `radius` in world units.
    pub(super) fn blur(&mut self, radius: f32) {
        let width = self.pixmap.width() as usize;
        let height = self.pixmap.height() as usize;
        let reach = ((radius * self.resolution) as usize).max(1);
        let mut planes: Vec<u8> = self.pixmap.data().to_vec();
        for _ in 0..2 {
            box_blur(&mut planes, (width, height), reach, (4, width * 4));
            box_blur(&mut planes, (height, width), reach, (width * 4, 4));
        }
        self.pixmap.data_mut().copy_from_slice(&planes);
    }

    /// Lays soft light on the side that faces it and shadow on the other, as if every shape were rounded.
    ///
    /// `roundness` is the width of the lit edge in world units, `rim` how bright it gets, `core` how dark the other side.
    pub(super) fn model(
        &mut self,
        towards: (f32, f32),
        roundness: f32,
        (rim, bright): (f32, Rgb),
        core: f32,
    ) {
        let width = self.pixmap.width() as usize;
        let height = self.pixmap.height() as usize;
        let reach = ((roundness * self.resolution) as usize).max(1);
        let mut soft: Vec<u8> = self.pixmap.data().iter().skip(3).step_by(4).copied().collect();
        for _ in 0..2 {
            box_blur_plane(&mut soft, (width, height), reach, (1, width));
            box_blur_plane(&mut soft, (height, width), reach, (width, 1));
        }
        let shift = |part: f32| (part * reach as f32 * 0.9).round() as isize;
        let (dx, dy) = (shift(towards.0), shift(towards.1));
        let sample = |x: isize, y: isize| {
            if x < 0 || y < 0 || x >= width as isize || y >= height as isize {
                0.0
            } else {
                f32::from(soft[y as usize * width + x as usize]) / 255.0
            }
        };
        let bright = bright.encoded();
        for (index, pixel) in self.pixmap.data_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let alpha = f32::from(pixel[3]) / 255.0;
            if alpha == 0.0 {
                continue;
            }
            let (x, y) = ((index % width) as isize, (index / width) as isize);
            // Thinner towards the light: a lit edge. Thinner away from it: the shadow side.
            let (facing, behind) = (sample(x + dx, y + dy), sample(x - dx, y - dy));
            let edge = (behind - facing).clamp(-1.0, 1.0);
            let lit = (edge.max(0.0).powi(2) * rim).min(0.9);
            let dark = 1.0 - (-edge).max(0.0) * core;
            for (channel, bright) in pixel.iter_mut().zip(bright) {
                let value = f32::from(*channel) * dark;
                *channel = (value + (bright * alpha * 255.0 - value).max(0.0) * lit).min(alpha * 255.0) as u8;
            }
        }
    }

    pub(super) fn into_pixmap(self) -> Pixmap {
        self.pixmap
    }

    /// Paints every pixel from its world position, in colours that change so little between neighbours that only some of each
    /// row are worked out; `detail` is what stands before them here and there.
    pub(super) fn shade_smoothly(
        &mut self,
        colour: impl Fn(f32, f32) -> Rgb,
        detail: impl Fn(f32, f32) -> Option<Rgb>,
    ) {
        let width = self.pixmap.width() as usize;
        let (left, top, resolution) = (self.left, self.top, self.resolution);
        for (row, line) in self.pixmap.data_mut().chunks_exact_mut(width * 4).enumerate() {
            let y = top + row as f32 / resolution;
            let x = |column: usize| left + column as f32 / resolution;
            let mut next = colour(x(0), y).encoded();
            for (number, pixels) in line.chunks_mut(SMOOTH * 4).enumerate() {
                let first = number * SMOOTH;
                let from = std::mem::replace(&mut next, colour(x(first + SMOOTH), y).encoded());
                for (index, pixel) in pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                    let share = index as f32 / SMOOTH as f32;
                    let between = |channel: usize| from[channel] + (next[channel] - from[channel]) * share;
                    let detail = detail(x(first + index), y).map(Rgb::encoded);
                    let channels = detail.unwrap_or_else(|| std::array::from_fn(between));
                    let dither = threshold(first + index, row);
                    let [r, g, b] =
                        channels.map(|channel| (channel * 255.0 + dither).clamp(0.0, 255.0) as u8);
                    *pixel = [r, g, b, 255];
                }
            }
        }
    }

    /// Paints every pixel from its world position: premultiplied is the painter's affair.
    pub(super) fn shade(&mut self, colour: impl Fn(f32, f32) -> (Rgb, f32)) {
        let width = self.pixmap.width() as usize;
        let (left, top, resolution) = (self.left, self.top, self.resolution);
        for (index, pixel) in self.pixmap.data_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let (column, row) = (index % width, index / width);
            let (colour, alpha) = colour(left + column as f32 / resolution, top + row as f32 / resolution);
            let alpha = alpha.clamp(0.0, 1.0);
            let dither = threshold(column, row);
            let top = (alpha * 255.0).round();
            let [r, g, b] =
                colour.encoded().map(|channel| (channel * alpha * 255.0 + dither).clamp(0.0, top) as u8);
            *pixel = [r, g, b, top as u8];
        }
    }
}

/// So many pixels of a row lie between two that are worked out.
const SMOOTH: usize = 4;

/// A fixed pattern that breaks up the steps between 8-bit values (interleaved gradient noise).
fn threshold(column: usize, row: usize) -> f32 {
    let phase = 0.067_110_56 * column as f32 + 0.005_837_15 * row as f32;
    (52.982_918 * phase.fract()).fract()
}

/// Running means over each line of a picture with 4 channels; `steps` are the distances between pixels and lines.
fn box_blur(data: &mut [u8], (length, lines): (usize, usize), reach: usize, steps: (usize, usize)) {
    let mut source = vec![[0_u32; 4]; length];
    let window = (2 * reach + 1) as u32;
    for line in 0..lines {
        let start = line * steps.1;
        for (index, pixel) in source.iter_mut().enumerate() {
            let at = start + index * steps.0;
            *pixel = std::array::from_fn(|channel| u32::from(data[at + channel]));
        }
        let mut sum = [0_u32; 4];
        for index in 0..length + reach {
            for channel in 0..4 {
                sum[channel] += source.get(index).map_or(0, |pixel| pixel[channel]);
                if index >= window as usize {
                    sum[channel] -= source[index - window as usize][channel];
                }
                if index >= reach {
                    data[start + (index - reach) * steps.0 + channel] = (sum[channel] / window) as u8;
                }
            }
        }
    }
}

/// The same for one channel.
fn box_blur_plane(data: &mut [u8], (length, lines): (usize, usize), reach: usize, steps: (usize, usize)) {
    let mut source = vec![0_u32; length];
    let window = 2 * reach + 1;
    for line in 0..lines {
        let start = line * steps.1;
        for (index, value) in source.iter_mut().enumerate() {
            *value = u32::from(data[start + index * steps.0]);
        }
        let mut sum = 0;
        for index in 0..length + reach {
            sum += source.get(index).copied().unwrap_or(0);
            if index >= window {
                sum -= source[index - window];
            }
            if index >= reach {
                data[start + (index - reach) * steps.0] = (sum / window as u32) as u8;
            }
        }
    }
}
