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

/// How the film's shots show the main figure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Composition {
    /// Frame width in frame heights.
    pub(crate) aspect: f32,
    /// -1.0 puts the figure on the left third, 1.0 on the right one.
    pub(crate) side: f32,
    zooms: Zooms,
}

#[derive(Clone, Copy, Debug)]
struct Zooms {
    single: f32,
    wide: f32,
    medium: f32,
    close: f32,
}

/// What a figure takes up of the area of a film's only frame, of a wide and of a medium one, about.
const SINGLE_AREA: f32 = 0.105;
const WIDE_AREA: f32 = 0.06;
const MEDIUM_AREA: f32 = 0.13;
/// Who may be less tall than this in a close shot, in frame heights, is an animal that sits.
const SEATED: f32 = 1.2;
/// Who may be taller than this walks on four legs.
const STRIDING: f32 = 1.6;
/// What is left free between a figure and the frame's edges, of the frame's width or height, and below its feet.
const MARGIN: f32 = 0.04;
const FOOTING: f32 = 0.075;

/// The leftmost and the rightmost part of the scene that a camera may show at the main figure's depth, in frame widths. An
/// upright frame is so narrow that a walker has more of them to cross.
pub(crate) fn edges(aspect: f32) -> (f32, f32) {
    if aspect < 1.0 { (-1.2, 1.4) } else { (-0.68, 0.8) }
}

impl Composition {
    /// For a figure with this outline, or for a scene without figures. A figure may be so tall in a close shot, in frame
    /// heights, that head and chest are seen.
    pub(crate) fn new(aspect: f32, side: f32, figure: Option<(&Outline, Option<f32>)>) -> Self {
        let nobody = Zooms { single: 1.0, wide: 1.0, medium: 1.3, close: 1.6 };
        let zooms = figure.map_or(nobody, |(figure, bust)| {
            let (wide, tall) = (figure.right - figure.left, figure.bottom - figure.top);
            let fills = |share: f32| (share * aspect / figure.area).sqrt();
            let fits = |broad: f32, high: f32| (broad * aspect / wide).min(high / tall);
            let upright = aspect < 1.0;
            let single = fills(SINGLE_AREA).min(fits(if upright { 0.87 } else { 0.66 }, 0.8)).clamp(0.9, 2.4);
            // An upright frame has room above and below for a nearer wide shot.
            let whole = fills(WIDE_AREA).min(fits(0.6, 0.72)).max(1.0).min(fits(0.8, 0.8));
            let whole = whole.clamp(0.8, if upright { 1.9 } else { 1.25 });
            // What sits is half head: it is shown whole, with air around it.
            let seated = bust.is_some_and(|bust| bust < SEATED);
            // What walks on four legs is not cut at any of them.
            let on_all_fours = bust.is_some_and(|bust| bust > STRIDING);
            let air = match bust {
                Some(_) if seated => (0.86, 0.7),
                Some(_) if on_all_fours => (0.82, 0.76),
                Some(_) => (0.86, 0.84),
                None => (0.86, 0.8),
            };
            let medium = fills(MEDIUM_AREA).min(fits(air.0, air.1)).min(2.9);
            let medium = medium.max(whole * 1.03);
            // Head and chest, or nearer as long as nothing is cut.
            let near = match bust {
                None => fits(0.9, 0.85).min(medium * 1.5),
                Some(_) if seated => fits(0.9, 0.84),
                Some(_) if on_all_fours => fits(0.86, 0.84),
                Some(bust) => fits(1.15, bust),
            };
            let close = near.min(3.8).max(medium);
            Zooms { single, wide: whole, medium, close }
        });
        Self { aspect, side, zooms }
    }

    fn zoom(&self, framing: Framing) -> f32 {
        match framing {
            Framing::Single => self.zooms.single,
            Framing::Wide => self.zooms.wide,
            Framing::Medium => self.zooms.medium,
            Framing::Close => self.zooms.close,
        }
    }

    /// The zoom of the widest of the wide shots, or of the near ones.
    pub(crate) fn widest(&self, wide: bool) -> f32 {
        if wide { self.zooms.wide } else { self.zooms.medium }
    }

    /// The view of a shot while the figure is there.
    pub(crate) fn view(&self, framing: Framing, figure: Option<&Outline>) -> View {
        let zoom = self.zoom(framing);
        let Some(figure) = figure else { return self.without_figure(framing, zoom) };
        let third = self.aspect * self.side / 6.0;
        // Where the figure's middle, or its face, is in the frame: on a third, if it does not leave the frame there.
        let (looked_at, room) = if framing == Framing::Close {
            (figure.head, self.aspect * 0.16)
        } else {
            let half = (figure.right - figure.left) * zoom / 2.0;
            ((figure.left + figure.right) / 2.0, (self.aspect * (0.5 - MARGIN) - half).max(0.0))
        };
        let x = third.clamp(-room, room);
        let tall = (figure.bottom - figure.top) * zoom;
        // Nearer shots look at the figure; the others keep the horizon where it is, and grass before the lens low.
        let down = if matches!(framing, Framing::Single | Framing::Wide) {
            0.0
        } else {
            (figure.top + figure.bottom) / 2.0 - FOCUS - (0.53 - FOCUS) / zoom
        };
        let near = View { zoom, right: (looked_at - x / zoom) / self.aspect, down };
        // A figure that is too tall for the frame shows its head.
        let near =
            if tall < 0.9 { near } else { View { down: figure.top - FOCUS - (0.1 - FOCUS) / zoom, ..near } };
        self.within(self.holding(near, figure))
    }

    /// The nearest view of the same size that holds all of a figure; of a figure that is too large, its head.
    pub(crate) fn holding(&self, view: View, figure: &Outline) -> View {
        let across = (0.5 - MARGIN) / view.zoom;
        let (left, right) = (figure.left / self.aspect, figure.right / self.aspect);
        let head = figure.head / self.aspect;
        let sides = (right - across, left + across);
        let sides = if sides.0 < sides.1 { sides } else { (head - across * 0.5, head + across * 0.5) };
        let top = figure.top - FOCUS + (FOCUS - MARGIN) / view.zoom;
        let bottom = figure.bottom - FOCUS - (1.0 - FOCUS - FOOTING) / view.zoom;
        let down = view.down.max(if bottom < top { bottom } else { f32::MIN }).min(top);
        View { right: view.right.clamp(sides.0, sides.1), down, ..view }
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
    pub(crate) fn within(&self, view: View) -> View {
        let half = 0.5 / view.zoom;
        let (above, below) = (FOCUS / view.zoom, (1.0 - FOCUS) / view.zoom);
        let (left, right) = edges(self.aspect);
        View {
            right: view.right.clamp(left + half, right - half),
            down: view.down.clamp(above - FOCUS - 0.1, (1.08 - FOCUS - below).max(above - FOCUS - 0.1)),
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
