//! The shots of a film: how many, how near each one is, and where it puts the main figure.

use serde::Serialize;

use super::{Meaning, meanings_of};
use crate::camera::{FOCUS, View};

/// How near a shot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Framing {
    /// The whole film in one shot, with the plan's camera move.
    Single,
    Wide,
    Medium,
    Close,
}

/// Words that ask for one shot.
const SINGLE: [&str; 12] = [
    "one take",
    "one-take",
    "single take",
    "long take",
    "single shot",
    "single continuous",
    "continuous shot",
    "one continuous",
    "一镜到底",
    "长镜头",
    "单镜头",
    "一个镜头",
];

/// The shots of a film of one scene, all of the same length. A prompt that names a camera move or asks for one shot has one,
/// and so has a film of five seconds; longer ones have a shot for each three or four seconds.
pub(crate) fn framings(prompt: &str, seconds: u32) -> Vec<Framing> {
    let prompt = prompt.to_lowercase();
    let spaced = format!(" {prompt} ");
    let single = SINGLE.iter().any(|words| {
        if words.is_ascii() {
            spaced.contains(&format!(" {words} ")) || spaced.contains(&format!(" {words},"))
        } else {
            prompt.contains(words)
        }
    });
    let moved = || meanings_of(&prompt).iter().any(|meaning| matches!(meaning, Meaning::Camera(_)));
    let count = match seconds {
        0..=5 => 1,
        6..=8 => 2,
        9..=12 => 3,
        _ => (seconds * 2 + 4) / 7,
    };
    if count == 1 || single || moved() {
        return vec![Framing::Single];
    }
    [Framing::Wide, Framing::Medium, Framing::Close].into_iter().cycle().take(count as usize).collect()
}

/// What a figure takes up of the first frame's framing, in frame heights: `x` from the frame's middle, `y` from its upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Outline {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
    /// The middle of its upper part: where its face is, most likely.
    pub(crate) head: f32,
    /// Its area, in squares of the frame's height.
    pub(crate) area: f32,
}

impl Outline {
    /// Around all points that are drawn, each of which stands for an `area`.
    pub(crate) fn around(points: &[(f32, f32)], area: f32) -> Option<Self> {
        let low = |side: fn(&(f32, f32)) -> f32| points.iter().map(side).fold(f32::MAX, f32::min);
        let high = |side: fn(&(f32, f32)) -> f32| points.iter().map(side).fold(f32::MIN, f32::max);
        let (top, bottom) = (low(|point| point.1), high(|point| point.1));
        let upper = points.iter().filter(|point| point.1 < top + 0.4 * (bottom - top));
        let (sum, count) = upper.fold((0.0, 0.0), |(sum, count), point| (sum + point.0, count + 1.0));
        let area = area * points.len() as f32;
        (count > 0.0).then(|| Self {
            left: low(|point| point.0),
            top,
            right: high(|point| point.0),
            bottom,
            head: sum / count,
            area,
        })
    }

    /// All that several outlines take up, with their mean area and head.
    pub(crate) fn of_all(outlines: &[Self]) -> Option<Self> {
        let count = outlines.len() as f32;
        let mean = |side: fn(&Self) -> f32| outlines.iter().map(side).sum::<f32>() / count;
        let first = *outlines.first()?;
        let all = outlines.iter().fold(first, |all, one| Self {
            left: all.left.min(one.left),
            top: all.top.min(one.top),
            right: all.right.max(one.right),
            bottom: all.bottom.max(one.bottom),
            ..all
        });
        Some(Self { head: mean(|one| one.head), area: mean(|one| one.area), ..all })
    }

    /// The same height with the mean width and head of several outlines: where a figure is that turns and swings its limbs.
    pub(crate) fn across(self, outlines: &[Self]) -> Self {
        let count = outlines.len().max(1) as f32;
        let mean = |side: fn(&Self) -> f32| outlines.iter().map(side).sum::<f32>() / count;
        Self { left: mean(|one| one.left), right: mean(|one| one.right), head: mean(|one| one.head), ..self }
    }

    /// The same somewhere else.
    pub(crate) fn shifted(self, (x, y): (f32, f32)) -> Self {
        let Self { left, top, right, bottom, head, area } = self;
        Self { left: left + x, top: top + y, right: right + x, bottom: bottom + y, head: head + x, area }
    }
}

/// How the film's near shots show the main figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Composition {
    /// Frame width in frame heights.
    pub(crate) aspect: f32,
    /// -1.0 puts the figure on the left third, 1.0 on the right one.
    pub(crate) side: f32,
    /// The zooms of the wide, of the medium and of the close shot.
    zooms: (f32, f32, f32),
}

/// What a figure takes up of a wide and of a medium frame's area, about.
const WIDE_AREA: f32 = 0.06;
const MEDIUM_AREA: f32 = 0.13;
/// The leftmost and the rightmost part of the scene that a camera may show at the main figure's depth, in frame widths.
const EDGES: (f32, f32) = (-0.68, 0.8);

impl Composition {
    /// For a figure with this outline, or for a scene without figures.
    pub(crate) fn new(aspect: f32, side: f32, figure: Option<&Outline>) -> Self {
        let zooms = figure.map_or((1.0, 1.3, 1.6), |figure| {
            let (wide, tall) = (figure.right - figure.left, figure.bottom - figure.top);
            let fills = |share: f32| (share * aspect / figure.area).sqrt();
            // An upright frame has room above and below for a nearer wide shot.
            let whole = fills(WIDE_AREA).clamp(1.0, if aspect < 1.0 { 1.4 } else { 1.25 });
            let fits = (0.86 / tall).min(0.76 * aspect / wide);
            let medium = fills(MEDIUM_AREA).min(fits).clamp(whole * 1.2, 2.9);
            // Nearer, as long as a wide figure is not cut on both sides.
            let close = (medium * 1.5).min(0.95 * aspect / wide).clamp(medium * 1.12, 4.0);
            (whole, medium, close)
        });
        Self { aspect, side, zooms }
    }

    /// The zoom of the widest of the wide shots, or of the near ones.
    pub(crate) fn widest(&self, wide: bool) -> f32 {
        if wide { self.zooms.0 } else { self.zooms.1 }
    }

    /// The view of a shot while the figure is there.
    pub(crate) fn view(&self, framing: Framing, figure: Option<&Outline>) -> View {
        let zoom = match framing {
            Framing::Single | Framing::Wide => self.zooms.0,
            Framing::Medium => self.zooms.1,
            Framing::Close => self.zooms.2,
        };
        let Some(figure) = figure else { return self.without_figure(framing, zoom) };
        let third = self.aspect * self.side / 6.0;
        // Where the figure's middle, or its face, is in the frame: on a third, if it does not leave the frame there.
        let (looked_at, room) = if framing == Framing::Close {
            (figure.head, self.aspect * 0.16)
        } else {
            let half = (figure.right - figure.left) * zoom / 2.0;
            ((figure.left + figure.right) / 2.0, (self.aspect * 0.48 - half).max(0.0))
        };
        let x = third.clamp(-room, room);
        let (tall, top) = ((figure.bottom - figure.top) * zoom, figure.top);
        // A figure that is too tall for the frame shows its head.
        let down = if matches!(framing, Framing::Single | Framing::Wide) {
            0.0
        } else if tall < 0.9 {
            let y = 0.53;
            (figure.top + figure.bottom) / 2.0 - FOCUS - (y - FOCUS) / zoom
        } else {
            top - FOCUS - (0.1 - FOCUS) / zoom
        };
        Self::within(View { zoom, right: (looked_at - x / zoom) / self.aspect, down })
    }

    /// A scene alone: nearer to one side of it, then to the other.
    fn without_figure(&self, framing: Framing, zoom: f32) -> View {
        let right = match framing {
            Framing::Medium => self.side * 0.09,
            Framing::Close => self.side * -0.13,
            Framing::Single | Framing::Wide => 0.0,
        };
        View { zoom, right, down: 0.0 }
    }

    /// Neither beside nor below nor above what there is to see.
    pub(crate) fn within(view: View) -> View {
        let half = 0.5 / view.zoom;
        let (above, below) = (FOCUS / view.zoom, (1.0 - FOCUS) / view.zoom);
        View {
            right: view.right.clamp(EDGES.0 + half, EDGES.1 - half),
            down: view.down.clamp(above - FOCUS - 0.1, 1.04 - FOCUS - below),
            ..view
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_the_film_the_more_shots() {
        let count = |seconds| framings("a cat in a garden", seconds).len();
        assert_eq!([4, 5, 6, 8, 10, 12, 15, 16, 20, 25].map(count), [1, 1, 2, 2, 3, 3, 4, 5, 6, 7]);
        let names = framings("花园里的猫", 10);
        assert_eq!(names, [Framing::Wide, Framing::Medium, Framing::Close]);
    }

    #[test]
    fn a_camera_move_or_the_wish_for_one_shot_is_one_shot() {
        for prompt in [
            "a cat, zoom in",
            "orbit around a castle",
            "A cat in a garden, in One Take",
            "a single shot, of a cat",
            "花园里的猫，镜头推近",
            "花园里的猫，一镜到底",
        ] {
            assert_eq!(framings(prompt, 10), [Framing::Single], "{prompt}");
        }
        assert_eq!(framings("a cat nobody mistakes", 10).len(), 3);
    }
}
