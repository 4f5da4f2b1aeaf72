//! One scene in several shots: where the camera is in each, so that the main figure is seen well, and how a film goes on.

use super::painters::{Source, Take, shares};
use crate::brief::Brief;
use crate::camera::{Camera, Framed, Move, View, smooth};
use crate::plan::shots::{Composition, Framing, Outline, framings};
use crate::plan::{Action, Kind, ScenePlan, Subject};
use crate::scene::{Lead, SharedSky};
use std::ops::Range;
use std::sync::Arc;

/// How much closer the camera is at the end of a shot in which it pushes in.
const PUSH: f32 = 1.07;
/// How often the way of a camera that follows a figure is measured, in seconds.
const STEP_S: f32 = 0.33;
/// How long such a camera takes to come to rest at the end of the film, in seconds.
const HALT_S: f32 = 1.0;

/// One shot of the scene, and the scene's frames that it shows.
struct Shot {
    framing: Framing,
    camera: Camera,
    frames: Range<u32>,
}

impl Shot {
    fn is_wide(&self) -> bool {
        self.framing == Framing::Wide
    }
}

/// One scene and the shots that show it.
pub(super) struct Staging<'a> {
    brief: &'a Brief,
    plan: Arc<ScenePlan>,
    lead: Option<Lead>,
    composition: Composition,
    /// Whether the main figure crosses the scene.
    travels: bool,
    /// Whether close shots show head and chest.
    close_is_bust: bool,
    /// The main figure's outline about its place.
    figure: Option<Outline>,
    /// How many frames the scene's time has: those of the first film that shows it.
    whole: u32,
}

impl<'a> Staging<'a> {
    pub(super) fn new(brief: &'a Brief) -> Self {
        let size = (brief.width, brief.height);
        let plan = Arc::new(ScenePlan::of(brief, &brief.prompt, brief.seed));
        let whole = brief.earlier_s.first().unwrap_or(&brief.seconds) * brief.frames_per_second;
        let lead = Lead::of(&plan, size, brief.seed);
        let aspect = brief.width as f32 / brief.height as f32;
        let composition = Composition::new(aspect, -1.0, None);
        let mut staging =
            Self { brief, plan, lead, composition, travels: false, close_is_bust: true, figure: None, whole };
        staging.travels = staging.way(0.0, whole as f32).is_some_and(|way| way.0.hypot(way.1) > 0.04);
        staging.figure = staging.measure();
        let main = staging.plan.subjects.first();
        // Who travels goes to the right, and company and toys are there, too.
        let alone = staging.plan.subjects.len() == 1
            && main.is_some_and(|main| main.count == 1 && main.action != Action::Play);
        let left = staging.travels || !alone || brief.seed.is_multiple_of(2);
        // A group, wings and a kite are shown whole; who is alone on the ground is shown up to the face.
        let kite = staging.plan.subjects.iter().any(|subject| subject.kind == Kind::Kite);
        let bust = main.filter(|main| {
            let whole = matches!(main.action, Action::Fly | Action::TaiChi | Action::Dance | Action::Wave);
            main.kind.rank() == 0 && !main.kind.lives_in_water() && main.count == 1 && !whole && !kite
        });
        // A person's head is small, and what sits is half a head.
        let bust = bust.map(|main: &Subject| match (main.kind.walks_upright(), main.action.travels()) {
            (true, _) => 1.4,
            (false, true) => 1.7,
            (false, false) => 1.12,
        });
        staging.close_is_bust = bust.is_some() || staging.figure.is_none();
        let figure = staging.figure.as_ref().map(|figure| (figure, bust));
        staging.composition = Composition::new(aspect, if left { -1.0 } else { 1.0 }, figure);
        staging
    }

    /// When a frame of the scene is.
    fn time(&self, frame: f32) -> (f32, f32) {
        (frame / self.whole.saturating_sub(1).max(1) as f32, frame / self.brief.frames_per_second as f32)
    }

    fn frames_of(&self, seconds: f32) -> f32 {
        seconds * self.brief.frames_per_second as f32
    }

    /// How far the main figure gets between two frames.
    fn way(&self, from: f32, to: f32) -> Option<(f32, f32)> {
        let lead = self.lead.as_ref()?;
        let (from, to) = (lead.place(self.time(from))?, lead.place(self.time(to))?);
        Some((to.0 - from.0, to.1 - from.1))
    }

    /// The main figure's outlines at some moments about a frame, each a number of quarters of a second away from it.
    fn outlines(&self, frame: f32, quarters: Range<i8>) -> Vec<Outline> {
        let Some(lead) = &self.lead else { return Vec::new() };
        let near = |quarter: i8| self.time(frame + self.frames_of(f32::from(quarter) / 4.0));
        quarters.filter_map(|quarter| lead.outline(near(quarter))).collect()
    }

    /// The main figure's outline about its place, over its first seconds.
    fn measure(&self) -> Option<Outline> {
        let lead = self.lead.as_ref()?;
        let outlines = (0..10_u8).filter_map(|sample| {
            let time = self.time(self.frames_of((f32::from(sample) + 0.3) / 4.0));
            let (x, y) = lead.place(time)?;
            Some(lead.outline(time)?.shifted((-x, -y)))
        });
        Outline::of_all(&outlines.collect::<Vec<_>>())
    }

    /// Where the main figure is about a frame of the scene.
    fn figure_at(&self, frame: f32) -> Option<Outline> {
        let figure = self.figure?.shifted(self.lead.as_ref()?.place(self.time(frame))?);
        if !self.travels {
            return Some(figure);
        }
        Some(figure.across(&self.outlines(frame, -2..3)))
    }

    /// What a framing sees of the figure while it is there, with the room before it that it moves into.
    fn view(&self, framing: Framing, frame: f32) -> View {
        let Some(figure) = self.figure_at(frame) else { return self.composition.view(framing, None) };
        let mut composition = self.composition;
        if self.travels {
            let second = self.frames_of(1.0);
            let ahead = self.way(frame - second, frame + second).map_or(0.0, |way| way.0);
            // A figure that turns round passes the middle of the frame.
            composition.side = -(ahead / 0.1).clamp(-1.0, 1.0);
        }
        composition.view(framing, Some(&figure))
    }

    /// The camera of a shot that shows these frames of the scene.
    fn camera(&self, framing: Framing, frames: &Range<u32>, is_last: bool) -> Camera {
        if framing == Framing::Single {
            return self.moving(frames, is_last);
        }
        let (start, end) = (frames.start as f32, frames.end as f32);
        if !self.travels {
            let from = self.view(framing, start);
            // Who waves or dances is shown whole to the end.
            let whole = framing == Framing::Close && !self.close_is_bust;
            let push = if whole || framing == Framing::Medium { 1.0 } else { PUSH };
            let to = self.held(View { zoom: from.zoom * push, ..from }, start);
            return Camera::Unhurried { from, to };
        }
        if framing == Framing::Wide {
            // What is wide stands, and the figure crosses it, if there is room for it from the first frame to the last.
            let view = self.view(framing, (start + end) / 2.0);
            let ends = [start, end].map(|frame| self.outlines(frame, -1..2)).concat();
            let held = Outline::of_all(&ends)
                .map(|all| self.composition.within(self.composition.holding(view, &all)))
                .filter(|held| ends.iter().all(|figure| self.composition.holding(*held, figure) == *held));
            if let Some(held) = held {
                return Camera::Unhurried { from: held, to: held };
            }
        }
        self.along(frames, is_last, |frame, _| self.view(framing, frame))
    }

    /// The camera of a film's only shot: it makes the plan's move, and does not lose the figure.
    fn moving(&self, frames: &Range<u32>, is_last: bool) -> Camera {
        let by = self.plan.camera;
        let base = |frame| {
            let view = self.view(Framing::Single, frame);
            // A crane or a tilt begins a little on the other side: it needs room for its way.
            View { down: view.down - 0.3 * by.view(1.0).down / view.zoom, ..view }
        };
        let moved = |base: View, share: f32| {
            let camera = Camera::From { base, by };
            camera.view(share)
        };
        if !self.travels {
            let base = base(frames.start as f32);
            let camera = Camera::From { base, by };
            let shown = camera.samples().all(|view| self.held(view, frames.start as f32) == view);
            if shown || self.lead.is_none() {
                return camera;
            }
        }
        self.along(frames, is_last, |frame, share| self.held(moved(base(frame), share), frame))
    }

    /// A view that holds the figure as it is about a frame.
    fn held(&self, view: View, frame: f32) -> View {
        self.figure_at(frame)
            .map_or(view, |figure| self.composition.within(self.composition.holding(view, &figure)))
    }

    /// A camera through the views at some frames of a shot, each of which is also told as a share of it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a shot lasts a minute at most"
    )]
    fn along(&self, frames: &Range<u32>, is_last: bool, view: impl Fn(f32, f32) -> View) -> Camera {
        let (start, end) = (frames.start as f32, frames.end as f32);
        let steps = ((end - start) / self.frames_of(STEP_S)).ceil().clamp(4.0, 200.0) as u8;
        let halt = self.frames_of(HALT_S).min((end - start) / 2.0);
        let at = |step: u8| {
            let share = f32::from(step) / f32::from(steps);
            let frame = start + (end - start) * share;
            // The film's last frame is at rest: the camera lets the figure go a little.
            let late = if is_last { (frame - (end - halt)).max(0.0) } else { 0.0 };
            view(frame - late * late / (2.0 * halt), share)
        };
        Camera::Track((0..=steps).map(at).collect())
    }

    /// The shots of one of the films of `seconds` each that show the scene in a row, when `gone` frames of it are over. A film
    /// that goes on begins with the shot that the film before it ended with.
    fn filmed(&self, seconds: u32, gone: u32, before: Option<&Shot>) -> Vec<Shot> {
        let mut framings = framings(&self.brief.prompt, seconds);
        if let Some(before) = before {
            framings[0] = before.framing;
        }
        let last = framings.len() - 1;
        let shown = shares(seconds * self.brief.frames_per_second, framings.len());
        let shots = framings.into_iter().zip(shown).enumerate().map(|(number, (framing, shown))| {
            let frames = gone + shown.start..gone + shown.end;
            let camera = match before.filter(|_| number == 0) {
                Some(before) => self.going_on(&before.camera, framing, &frames, number == last),
                None => self.camera(framing, &frames, number == last),
            };
            Shot { framing, camera, frames }
        });
        shots.collect()
    }

    /// The scene's shots in this film.
    pub(super) fn shots(&self) -> (Vec<Source>, Vec<Take>) {
        // What the films before it showed at last.
        let mut before: Vec<Shot> = Vec::new();
        let mut gone = 0;
        for seconds in &self.brief.earlier_s {
            before.extend(self.filmed(*seconds, gone, before.last()).pop());
            gone += seconds * self.brief.frames_per_second;
        }
        let shots = self.filmed(self.brief.seconds, gone, before.last());
        // The wide shots are drawn as one scene, the near ones as another, in which they find each their part.
        let (mut sources, sky) = (Vec::new(), Arc::default());
        let single = before.first().unwrap_or(&shots[0]).framing == Framing::Single;
        for wide in [true, false] {
            // Between a longer lens and a camera that stands nearer: what is far grows less, and still meets the ground
            // before it.
            let far = if single { self.plan.camera.far() } else { (0.5, 0.1, 0.5) };
            // A film that goes on is drawn for that, too: with the same pixels.
            let drawn = shots.iter().chain(&before).filter(|shot| shot.is_wide() == wide);
            let views = drawn.flat_map(|shot| shot.camera.samples());
            let widest = if single { f32::MAX } else { self.composition.widest(wide) };
            if let Some(framed) = framed(views, widest, far) {
                sources.push(self.source(Move::Framed(framed), &sky));
            }
        }
        let has_wide = shots.iter().any(Shot::is_wide);
        let takes = shots.into_iter().map(|shot| Take {
            source: usize::from(has_wide && !shot.is_wide()),
            frames: shot.frames.end - shot.frames.start,
            gone: shot.frames.start,
            whole: self.whole,
            camera: shot.camera,
        });
        let takes = takes.collect();
        (sources, takes)
    }

    /// The camera of the first shot of a film that goes on: it starts at rest where the film before it ended.
    fn going_on(&self, before: &Camera, framing: Framing, frames: &Range<u32>, is_last: bool) -> Camera {
        let end = before.view(1.0);
        if !self.travels {
            let to = if framing == Framing::Single {
                end
            } else {
                self.camera(framing, frames, is_last).view(1.0)
            };
            return Camera::Unhurried { from: end, to: View { zoom: end.zoom, ..to } };
        }
        // The move is over; what is left of it is how near it came.
        let offset = self.view(framing, frames.start as f32);
        let follow = |frame: f32| {
            let view = self.view(framing, frame);
            let view = View { zoom: end.zoom, right: view.right, down: view.down + end.down - offset.down };
            self.held(view, frame)
        };
        self.along(frames, is_last, |frame, share| end.towards(follow(frame), smooth(share * 2.0)))
    }

    fn source(&self, camera: Move, sky: &Arc<SharedSky>) -> Source {
        Source::scene((&self.plan, sky), (self.brief.width, self.brief.height), camera, self.brief.seed)
    }
}

/// All that some shots see, the widest of which has this zoom, in this film or in the one that it goes on from.
fn framed(views: impl Iterator<Item = View>, widest: f32, far: (f32, f32, f32)) -> Option<Framed> {
    let views: Vec<View> = views.collect();
    let rest = *views.iter().min_by(|a, b| a.zoom.total_cmp(&b.zoom))?;
    let rest = View { zoom: rest.zoom.min(widest), ..rest };
    let range = |side: fn(&View) -> f32| {
        let sides = views.iter().map(side);
        (sides.clone().fold(f32::MAX, f32::min), sides.fold(f32::MIN, f32::max))
    };
    let closest = range(|view| view.zoom).1;
    Some(Framed { rest, right: range(|view| view.right), down: range(|view| view.down), closest, far })
}

#[cfg(test)]
mod tests;
