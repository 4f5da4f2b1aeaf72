//! What every painted scene promises.

use super::*;
use crate::camera::Move;

const PLACES: [&str; 18] = [
    "garden",
    "park",
    "meadow",
    "farm",
    "forest",
    "beach",
    "sea",
    "underwater",
    "mountain",
    "glacier",
    "city",
    "village",
    "desert",
    "lake",
    "room",
    "space",
    "sky",
    "pagoda",
];
fn frame(painter: &dyn Painter, (width, height): (u32, u32), at: f32) -> Canvas {
    let mut canvas = Canvas::new(width, height);
    painter.paint(at, at * 4.0, &mut canvas);
    canvas
}

#[test]
fn a_frame_is_the_same_from_any_thread_and_order() {
    let size = (192, 108);
    let plan = ScenePlan::from_prompt("a cat playing in a sunny garden, zoom in", 5);
    let painter = paint_scene(&plan, size.0, size.1, 5);
    let again = paint_scene(&plan, size.0, size.1, 5);
    let moments = [0.0, 0.3, 0.7, 1.0];
    let forward: Vec<Canvas> = moments.iter().map(|at| frame(painter.as_ref(), size, *at)).collect();
    let threaded: Vec<Canvas> = std::thread::scope(|scope| {
        let again = again.as_ref();
        let threads: Vec<_> =
            moments.iter().rev().map(|at| scope.spawn(move || frame(again, size, *at))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).rev().collect()
    });
    assert!(forward == threaded);
}

#[test]
fn a_frame_painted_over_another_one_is_that_frame() {
    let size = (192, 108);
    for (number, place) in (0..).zip(PLACES) {
        let prompt = format!("a cat plays in the {place} in the rain");
        let plan = ScenePlan::from_prompt(&prompt, number);
        let scene = Scene::draw((&plan, &SharedSky::default()), size, Move::PushIn, number);
        let mut canvas = Canvas::new(size.0, size.1);
        let mut shown = Shown::default();
        // At rest, moving, and back again.
        for (at, second) in [(0.0, 0.0), (0.01, 0.04), (0.02, 0.1), (0.5, 2.0), (0.52, 2.1), (0.01, 0.04)] {
            let view = Move::PushIn.view(at);
            scene.paint_view(view, (at, second), (&mut canvas, &mut shown));
            let mut anew = Canvas::new(size.0, size.1);
            scene.paint_view(view, (at, second), (&mut anew, &mut Shown::default()));
            assert!(canvas == anew, "{prompt} at {at}");
            canvas.rgba[80 * 192 * 4..].fill(7);
            shown.spoil_from(80);
        }
    }
}

#[test]
fn every_place_covers_the_frame_for_every_move() {
    for size in [(128, 72), (72, 128)] {
        for place in PLACES {
            for camera in Move::ALL {
                let plan = ScenePlan { camera, ..ScenePlan::from_prompt(place, 11) };
                let painter = paint_scene(&plan, size.0, size.1, 11);
                for at in [0.0, 0.5, 1.0] {
                    let canvas = frame(painter.as_ref(), size, at);
                    let bare = canvas.rgba.chunks_exact(4).filter(|pixel| pixel[3] != 255).count();
                    assert_eq!(bare, 0, "{place} {camera:?} {size:?} at {at}");
                }
            }
        }
    }
}

#[test]
fn layers_reach_past_the_frame_for_every_move() {
    for camera in Move::ALL {
        let stage = Stage { width: 128, height: 72, camera };
        for depth in [0.05, 0.4, 0.92, 1.7] {
            let (left, top, right, bottom) = stage.reach(depth);
            assert!(left <= -stage.aspect() / 2.0 && right >= stage.aspect() / 2.0, "{camera:?} {depth}");
            assert!(top <= 0.0 && bottom >= 1.0, "{camera:?} {depth}");
        }
    }
}

#[test]
fn frames_differ_over_time() {
    for prompt in ["a cat sitting in the garden, static shot", "the sea, static shot", "the sky, static shot"]
    {
        let size = (192, 108);
        let painter = paint_scene(&ScenePlan::from_prompt(prompt, 2), size.0, size.1, 2);
        assert!(frame(painter.as_ref(), size, 0.1) != frame(painter.as_ref(), size, 0.6), "{prompt}");
    }
}

#[test]
fn the_figure_is_drawn_where_nothing_was() {
    let size = (192, 108);
    let with = ScenePlan::from_prompt("a cat sitting in the garden, static shot", 2);
    let mut without = ScenePlan::from_prompt("a cat sitting in the garden, static shot", 2);
    without.subjects.clear();
    let [with, without] =
        [with, without].map(|plan| frame(paint_scene(&plan, size.0, size.1, 2).as_ref(), size, 0.0));
    let changed = with.rgba.chunks_exact(4).zip(without.rgba.chunks_exact(4)).filter(|(a, b)| a != b).count();
    assert!(changed > 192 * 108 / 20, "{changed} pixels");
}

#[test]
fn what_is_strewn_lies_between_the_same_edges_for_every_camera() {
    for depth in [0.07, 0.42, 0.92, 1.7] {
        let edges: Vec<(f32, f32)> = Move::ALL
            .iter()
            .map(|camera| ground::field(&Stage { width: 128, height: 72, camera: *camera }, depth, 0.5, None))
            .map(|sheet| (sheet.left, sheet.right))
            .collect();
        assert!(edges.iter().all(|edge| *edge == edges[0]), "{depth}: {edges:?}");
    }
}

#[test]
fn water_mirrors_what_stands_behind_it() {
    let plan = ScenePlan::from_prompt("a lake by day", 3);
    let light = colour::Light::new(&plan.palette, 1.0, 0.7);
    let water = ground::Water {
        shore: 0.6,
        deep: colour::Rgb::hex(0x205060),
        sun: (9.0, 0.2),
        glitter: 0.0,
        swell: 0.3,
        seed: 1,
    };
    let [red, blue] =
        [0xff0000, 0x0000ff].map(|behind| water.look(&light, (0.0, 0.65), |_, _| colour::Rgb::hex(behind)));
    assert!(red.r > blue.r * 2.0 && blue.b > red.b * 2.0, "{red:?} {blue:?}");
}
