//! One scene in several shots: where the camera is in each, so that the main figure is seen well, and how a film goes on.

use super::painters::{Source, Take, shares};
use crate::brief::Brief;
use crate::camera::{Camera, Framed, Move, View, smooth};
use crate::plan::shots::{Composition, Framing, Outline, framings};
use crate::plan::{Action, ScenePlan};
use crate::scene::Lead;
use std::ops::Range;
use std::sync::Arc;

/// How much closer the camera is at the end of a shot in which it pushes in.
const PUSH: f32 = 1.07;
/// In so many steps a camera follows a figure through a shot.
const STEPS: u8 = 10;

/// One scene and the shots that show it.
pub(super) struct Staging<'a> {
    brief: &'a Brief,
    plan: Arc<ScenePlan>,
    lead: Option<Lead>,
    composition: Composition,
    /// Whether the main figure crosses the scene.
    travels: bool,
    /// The main figure's outline about its place.
    figure: Option<Outline>,
    /// The scene's frames that are over when the film begins.
    gone: u32,
    /// How many frames the scene's time has: those of this film, or of the one that it goes on from.
    whole: u32,
}

impl<'a> Staging<'a> {
    pub(super) fn new(brief: &'a Brief) -> Self {
        let size = (brief.width, brief.height);
        let plan = Arc::new(ScenePlan::of(brief, &brief.prompt, brief.seed));
        let main = plan.subjects.first();
        let travels = main.is_some_and(|main| main.action.travels());
        // Who travels goes to the right, and company and toys are there, too.
        let alone = plan.subjects.len() == 1
            && main.is_some_and(|main| main.count == 1 && main.action != Action::Play);
        let left = travels || !alone || brief.seed.is_multiple_of(2);
        let side = if left { -1.0 } else { 1.0 };
        let seconds = if brief.starts_at_s > 0 { brief.starts_at_s } else { brief.seconds };
        let gone = brief.starts_at_s * brief.frames_per_second;
        let whole = seconds * brief.frames_per_second;
        let aspect = brief.width as f32 / brief.height as f32;
        let composition = Composition::new(aspect, side, None);
        let mut staging = Self { brief, plan, lead: None, composition, travels, figure: None, gone, whole };
        staging.lead = Lead::of(&staging.plan, size, brief.seed);
        staging.figure = staging.measure();
        staging.composition = Composition::new(aspect, side, staging.figure.as_ref());
        staging
    }

    fn framings(&self) -> Vec<Framing> {
        framings(&self.brief.prompt, self.brief.seconds)
    }

    /// When a frame of the scene is.
    fn time(&self, frame: f32) -> (f32, f32) {
        (frame / self.whole.saturating_sub(1).max(1) as f32, frame / self.brief.frames_per_second as f32)
    }

    /// The main figure's outline about its place, over its first seconds.
    fn measure(&self) -> Option<Outline> {
        let lead = self.lead.as_ref()?;
        let quarter = self.brief.frames_per_second as f32 / 4.0;
        let outlines = (0..10_u8).filter_map(|sample| {
            let time = self.time(quarter * (f32::from(sample) + 0.3));
            let (x, y) = lead.place(time)?;
            Some(lead.outline(time)?.shifted((-x, -y)))
        });
        Outline::of_all(&outlines.collect::<Vec<_>>())
    }

    /// Where the main figure is about a frame of the scene.
    fn figure_at(&self, frame: f32) -> Option<Outline> {
        let lead = self.lead.as_ref()?;
        let figure = self.figure?.shifted(lead.place(self.time(frame))?);
        if !self.travels {
            return Some(figure);
        }
        let near = |quarter: i8| frame + f32::from(quarter) * self.brief.frames_per_second as f32 / 4.0;
        let outlines = (-2..=2).filter_map(|quarter| lead.outline(self.time(near(quarter))));
        Some(figure.across(&outlines.collect::<Vec<_>>()))
    }

    /// The cameras of shots that show these frames of the scene. A figure that travels is followed when the shot is near.
    fn camera(&self, framing: Framing, frames: &Range<u32>, is_last: bool) -> Camera {
        let (start, end) = (frames.start as f32, frames.end as f32);
        let mut composition = self.composition;
        let view =
            |composition: &Composition, frame| composition.view(framing, self.figure_at(frame).as_ref());
        if !self.travels {
            let from = view(&composition, start);
            let push = if framing == Framing::Medium { 1.0 } else { PUSH };
            return Camera::Unhurried { from, to: View { zoom: from.zoom * push, ..from } };
        }
        if framing == Framing::Wide {
            // What is wide stands, and the figure crosses it.
            let from = view(&composition, (start + end) / 2.0);
            return Camera::Unhurried { from, to: from };
        }
        let place = |frame| self.lead.as_ref().and_then(|lead| lead.place(self.time(frame)));
        let way = place(start).zip(place(end)).map_or(0.0, |(start, end)| end.0 - start.0);
        if way < -0.02 {
            // It has turned round: the room before it is on the other side.
            composition.side = -composition.side;
        }
        let at = |step: u8| {
            let share = f32::from(step) / f32::from(STEPS);
            // The film's last frame is at rest: the camera lets the figure go a little.
            let left = (share - 0.65).max(0.0);
            let share = if is_last { share - left * left / 0.7 } else { share };
            view(&composition, start + (end - start) * share)
        };
        Camera::Track((0..=STEPS).map(at).collect())
    }

    /// The scene's shots. A film that goes on begins with the framing that the film before it ended with.
    pub(super) fn shots(&self) -> (Vec<Source>, Vec<Take>) {
        let mut framings = self.framings();
        let frames = self.brief.seconds * self.brief.frames_per_second;
        let mut before = None;
        if self.gone > 0 {
            let earlier = self::framings(&self.brief.prompt, self.brief.starts_at_s);
            let last = earlier.last().copied().unwrap_or(Framing::Single);
            if last != Framing::Single {
                let shown = shares(self.gone, earlier.len()).last().unwrap_or(0..self.gone);
                before = Some(self.camera(last, &shown, true).view(1.0));
            }
            framings[0] = last;
        }
        if framings[0] == Framing::Single {
            return self.single_shot();
        }
        let shown: Vec<Range<u32>> = shares(frames, framings.len()).collect();
        let last = framings.len() - 1;
        let cameras = framings.iter().zip(&shown).enumerate().map(|(number, (framing, shown))| {
            let camera =
                self.camera(*framing, &(self.gone + shown.start..self.gone + shown.end), number == last);
            before.take().map_or_else(|| camera.clone(), |end| taking_over(end, &camera))
        });
        let cameras: Vec<Camera> = cameras.collect();
        // The wide shots are drawn as one scene, the near ones as another, in which they find each their part.
        let is_wide = |framing: &Framing| *framing == Framing::Wide;
        let mut sources = Vec::new();
        for wide in [true, false] {
            let kind = framings.iter().zip(&cameras).filter(|shot| is_wide(shot.0) == wide);
            // Between a longer lens and a camera that stands nearer: what is far grows less, and still meets the ground
            // before it.
            let views = kind.flat_map(|shot| shot.1.samples());
            if let Some(framed) = framed(views, self.composition.widest(wide), (0.5, 0.1, 0.5)) {
                sources.push(self.source(Move::Framed(framed)));
            }
        }
        let has_wide = framings.iter().any(is_wide);
        let takes = framings.iter().zip(cameras).zip(shown).map(|((framing, camera), shown)| {
            self.take(usize::from(has_wide && !is_wide(framing)), camera, shown)
        });
        let takes = takes.collect();
        (sources, takes)
    }

    /// The whole film in one shot. When it goes on, the camera rests where its move ended, or goes on with the main figure.
    fn single_shot(&self) -> (Vec<Source>, Vec<Take>) {
        let frames = 0..self.brief.seconds * self.brief.frames_per_second;
        let base = self.composition.view(Framing::Single, self.figure_at(0.0).as_ref());
        // Who travels has the whole frame to cross.
        let base = if self.travels { View { right: 0.0, zoom: base.zoom.min(1.15), ..base } } else { base };
        let by = self.plan.camera;
        let mut camera = Camera::From { base, by };
        let mut views: Vec<View> = camera.samples().collect();
        if self.gone > 0 {
            let end = camera.view(1.0);
            let place = |frame: f32| self.lead.as_ref().and_then(|lead| lead.place(self.time(frame)));
            let follow = |step: u8| {
                let share = f32::from(step) / f32::from(STEPS);
                let here = self.gone as f32 + frames.end as f32 * share;
                let way =
                    place(self.gone as f32).zip(place(here)).map_or(0.0, |(start, here)| here.0 - start.0);
                let right = end.right + way / self.composition.aspect;
                View { right: Composition::within(View { right, ..end }).right, ..end }
            };
            let track = Camera::Track((0..=STEPS).map(follow).collect());
            camera = taking_over(end, &track);
            views.extend(camera.samples());
        }
        let widest = views.iter().map(|view| view.zoom).fold(f32::MAX, f32::min);
        let seen = framed(views.into_iter(), widest, by.far()).map_or(by, Move::Framed);
        (vec![self.source(seen)], vec![self.take(0, camera, frames)])
    }

    fn source(&self, camera: Move) -> Source {
        Source::scene(&self.plan, (self.brief.width, self.brief.height), camera, self.brief.seed)
    }

    fn take(&self, source: usize, camera: Camera, shown: Range<u32>) -> Take {
        let frames = shown.end - shown.start;
        Take { source, camera, frames, gone: self.gone + shown.start, whole: self.whole }
    }
}

/// A camera that starts from another view at rest.
fn taking_over(end: View, camera: &Camera) -> Camera {
    if let Camera::Unhurried { to, .. } = camera {
        return Camera::Unhurried { from: end, to: View { zoom: end.zoom, ..*to } };
    }
    let view = |step: u8| {
        let share = f32::from(step) / f32::from(STEPS);
        end.towards(camera.view(share), smooth(share * 2.0))
    };
    Camera::Track((0..=STEPS).map(view).collect())
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
mod tests {
    use super::*;
    use crate::brief::PicturesAre;
    use crate::camera::FOCUS;

    fn brief(prompt: &str, (width, height): (u32, u32)) -> Brief {
        Brief {
            prompt: prompt.to_owned(),
            width,
            height,
            seconds: 10,
            frames_per_second: 24,
            seed: 7,
            caption: false,
            pictures: Vec::new(),
            pictures_are: PicturesAre::Frames,
            characters: Vec::new(),
            starts_at_s: 0,
            shots: Vec::new(),
        }
    }

    /// What is seen of the main figure in the middle of a shot: its share of the frame, and where its middle is across it.
    fn seen(staging: &Staging<'_>, take: &Take) -> (f32, f32) {
        let frame = (take.gone + take.frames / 2) as f32;
        let figure = staging.figure_at(frame).expect("a figure");
        let (view, aspect) = (take.camera.view(0.5), staging.composition.aspect);
        let across = |x: f32| 0.5 + (x / aspect - view.right) * view.zoom;
        let along = |y: f32| FOCUS + (y - FOCUS - view.down) * view.zoom;
        let part = |from: f32, to: f32| (to.min(1.0) - from.max(0.0)) / (to - from);
        let (left, right) = (across(figure.left), across(figure.right));
        let shown = part(left, right) * part(along(figure.top), along(figure.bottom));
        (figure.area * view.zoom.powi(2) / aspect * shown, (left + right) / 2.0)
    }

    #[test]
    fn the_main_figure_fills_the_near_shots_and_stands_on_a_third() {
        for prompt in [
            "a cat sitting in a garden",
            "a woman walking on a beach",
            "a red car driving in the city",
            "a whale swimming in the sea",
            "a bird flying over the clouds",
            "一只熊猫在雪山上",
        ] {
            for size in [(1280, 720), (720, 1280)] {
                let brief = brief(prompt, size);
                let staging = Staging::new(&brief);
                let (_, takes) = staging.shots();
                let [wide, medium, close] = [0, 1, 2].map(|number| seen(&staging, &takes[number]));
                assert!(medium.0 >= 0.08, "{prompt} {size:?}: {medium:?} in the medium shot");
                assert!(
                    close.0 > medium.0 && medium.0 > wide.0,
                    "{prompt} {size:?}: {wide:?} {medium:?} {close:?}"
                );
                let third = (medium.1 - 1.0 / 3.0).abs().min((medium.1 - 2.0 / 3.0).abs());
                assert!(third < 0.17, "{prompt} {size:?}: at {} of the medium frame", medium.1);
            }
        }
    }

    #[test]
    fn time_goes_on_through_the_cuts() {
        let brief = brief("a red car driving in the city", (1280, 720));
        let (_, takes) = Staging::new(&brief).shots();
        let mut gone = 0;
        for take in takes {
            assert_eq!((take.gone, take.whole), (gone, 240));
            gone += take.frames;
        }
        assert_eq!(gone, 240);
    }

    #[test]
    fn an_extension_starts_with_the_last_framing_of_the_film_before_it() {
        for prompt in ["a red car driving in the city", "a cat sitting in a garden", "a castle, zoom in"] {
            let before = brief(prompt, (1280, 720));
            let after = Brief { starts_at_s: 10, seconds: 7, ..before.clone() };
            let (_, earlier) = Staging::new(&before).shots();
            let (_, later) = Staging::new(&after).shots();
            let end = earlier.last().expect("a shot").camera.view(1.0);
            let start = later[0].camera.view(0.0);
            assert!(
                (end.zoom - start.zoom).abs() < 1e-4 && (end.right - start.right).abs() < 1e-2,
                "{prompt}"
            );
            assert_eq!((later[0].gone, later[0].whole), (240, 240));
        }
    }
}
