//! What items paint with, and what a canvas shows already: of a frame like the last one only what changed is painted.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "frame edges, clamped to the frame before they become indices"
)]

use std::ops::Range;

use tiny_skia::{Point, Transform};

use super::hidden::Hidden;
use super::picture::{Blend, Picture, Placement};
use crate::canvas::Canvas;

/// Paints pictures, or only notes which ones would be painted where.
pub(super) enum Brush<'a> {
    /// Where nothing in front hides them.
    Paint(&'a Hidden, &'a mut Canvas),
    /// On a frame of this size.
    Note((usize, usize), &'a mut Vec<Mark>),
    /// Only notes what turned pictures on a frame of this size hide.
    Hide((usize, usize), &'a mut Hidden),
}

/// One picture on a frame. Equal ones show the same.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    picture: usize,
    place: [f32; 8],
    columns: Range<usize>,
    rows: Range<usize>,
}

impl PartialEq for Mark {
    fn eq(&self, other: &Self) -> bool {
        (self.picture, self.place) == (other.picture, other.place)
    }
}

impl Brush<'_> {
    /// A picture as large as the frame.
    pub(super) fn copy(&mut self, picture: &Picture) {
        match self {
            Self::Paint(hidden, canvas) => picture.copy(hidden, canvas),
            Self::Hide(..) => {}
            Self::Note(size, marks) => {
                marks.push(Mark::new(picture, [0.0; 8], (0.0..size.0 as f32, 0.0..size.1 as f32), *size));
            }
        }
    }

    /// A picture whose rows a wave moves; `wave` tells apart how.
    pub(super) fn lay(
        &mut self,
        picture: &Picture,
        placement: Placement,
        (sway, wave): (&dyn Fn(f32) -> f32, f32),
    ) {
        match self {
            Self::Paint(hidden, canvas) => picture.lay(placement, sway, hidden, canvas),
            Self::Hide(..) => {}
            Self::Note(size, marks) => {
                let Placement { left, top, step } = placement;
                let rows = -top / step - 2.0..(picture.height as f32 - top) / step + 2.0;
                let place = [left, top, step, wave, 0.0, 0.0, 0.0, 0.0];
                marks.push(Mark::new(picture, place, (0.0..size.0 as f32, rows), *size));
            }
        }
    }

    /// A picture turned and scaled by `place`.
    pub(super) fn stamp(&mut self, picture: &Picture, place: Transform, look: (f32, Blend)) {
        match self {
            Self::Paint(hidden, canvas) => {
                let upright = place.ky == 0.0 && (place.sx - place.sy).abs() < 1e-4 * place.sx;
                if upright && look.1 == Blend::Over && look.0 >= 1.0 {
                    // Neither turned nor stretched: rows stay rows, which is several times quicker. A shear shifts them.
                    let placement = Placement {
                        left: -place.tx / place.sx,
                        top: -place.ty / place.sy,
                        step: 1.0 / place.sx,
                    };
                    picture.lay(placement, &|row| row * place.kx / place.sx, hidden, canvas);
                } else {
                    picture.stamp(place, look, hidden, canvas);
                }
            }
            Self::Hide(size, hidden) => {
                if look.1 == Blend::Over && look.0 >= 1.0 {
                    picture.hide_turned(place, *size, hidden);
                }
            }
            Self::Note(size, marks) => {
                let (w, h) = (picture.width as f32, picture.height as f32);
                let mut corners = [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)].map(Point::from);
                place.map_points(&mut corners);
                let range = |side: fn(&Point) -> f32| {
                    let sides = corners.iter().map(side);
                    sides.clone().fold(f32::MAX, f32::min) - 2.0..sides.fold(f32::MIN, f32::max) + 2.0
                };
                let bounds = (range(|corner| corner.x), range(|corner| corner.y));
                let Transform { sx, kx, ky, sy, tx, ty } = place;
                let added = f32::from(u8::from(look.1 == Blend::Add));
                marks.push(Mark::new(picture, [sx, kx, ky, sy, tx, ty, look.0, added], bounds, *size));
            }
        }
    }
}

impl Mark {
    fn new(
        picture: &Picture,
        place: [f32; 8],
        (columns, rows): (Range<f32>, Range<f32>),
        (width, height): (usize, usize),
    ) -> Self {
        let within = |range: Range<f32>, limit: usize| {
            let edge = |at: f32| at.clamp(0.0, limit as f32) as usize;
            edge(range.start.floor())..edge(range.end.ceil())
        };
        let picture = std::ptr::from_ref(picture).addr();
        Self { picture, place, columns: within(columns, width), rows: within(rows, height) }
    }
}

/// What a canvas shows of a scene: the marks of each item. Nothing at first.
#[derive(Default)]
pub(crate) struct Shown {
    marks: Option<Vec<Vec<Mark>>>,
    /// Rows that something else was painted over.
    spoiled: Range<usize>,
}

impl Shown {
    /// Something was painted over all rows from this one on.
    pub(crate) fn spoil_from(&mut self, row: u32) {
        self.spoiled = row as usize..usize::MAX;
    }

    /// The canvas will show these marks; returns what need not be painted for that.
    pub(super) fn turn_into(&mut self, marks: Vec<Vec<Mark>>, (width, height): (usize, usize)) -> Hidden {
        let mut clean = Hidden::nothing(width, height);
        if let Some(before) = &self.marks {
            clean.hide_all();
            for row in self.spoiled.start..self.spoiled.end.min(height) {
                clean.show(row, 0..width);
            }
            let pairs = before.iter().zip(&marks);
            for changed in pairs.flat_map(|(before, now)| changed(before, now)) {
                for row in changed.rows.clone() {
                    clean.show(row, changed.columns.clone());
                }
            }
        }
        self.marks = Some(marks);
        self.spoiled = 0..0;
        clean
    }
}

/// The marks of one item that are not the same in two frames.
fn changed<'a>(before: &'a [Mark], now: &'a [Mark]) -> impl Iterator<Item = &'a Mark> {
    let same = before.len() == now.len();
    let differ = move |number: usize| !same || before[number] != now[number];
    let of = move |marks: &'a [Mark]| {
        marks.iter().enumerate().filter(move |(number, _)| differ(*number)).map(|(_, mark)| mark)
    };
    of(before).chain(of(now))
}
