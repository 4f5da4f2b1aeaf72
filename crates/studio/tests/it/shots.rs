//! Claims about a film's shots: how many there are, and that each length and size has the frames it should have.

use crate::film::{brief, film};
use crate::mp4::{Frame, frames, samples};
use filmgate_studio::{Brief, PicturesAre, Shot, StudioError, render};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

const RATE: usize = 24;
/// A dissolve is over after so many frames.
const DISSOLVED: usize = 8;

fn small(prompt: &str, seconds: u32) -> Brief {
    Brief { prompt: prompt.to_owned(), width: 256, height: 144, seconds, ..brief() }
}

/// Whether the picture is another one before and after the dissolve that starts at a frame.
fn changes_at(frames: &[Frame], start: usize) -> bool {
    let change = |at: usize| frames[at - 1].difference(&frames[at + DISSOLVED]);
    change(start) > 4.0 * change(start - RATE / 2 - DISSOLVED) + 2.0
}

#[test]
fn ten_seconds_are_seen_in_three_shots() {
    let frames = frames(&film(&small("a cat sitting in a garden", 9)).mp4);
    assert!(changes_at(&frames, 3 * RATE), "no cut to the medium shot");
    assert!(changes_at(&frames, 6 * RATE), "no cut to the close shot");
}

#[test]
fn one_take_is_not_cut() {
    for prompt in ["a cat sitting in a garden, one take", "花园里坐着一只猫，一镜到底"] {
        let frames = frames(&film(&small(prompt, 9)).mp4);
        for second in 1..8 {
            assert!(!changes_at(&frames, second * RATE), "{prompt} is cut after {second} s");
        }
    }
}

#[test]
fn the_camera_rests_in_the_first_and_in_the_last_frame() {
    let frames = frames(&film(&small("an old castle on a hill, clear day", 10)).mp4);
    let step = |at: usize| frames[at].difference(&frames[at + 1]);
    assert!(step(0) < 1.0 && step(frames.len() - 2) < 1.0, "{} {}", step(0), step(frames.len() - 2));
}

#[test]
fn each_reference_is_seen() {
    let flat = |rgb: [u8; 3]| {
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, 64, 36);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(&rgb.repeat(64 * 36)).expect("pixels");
        writer.finish().expect("an end");
        png
    };
    let colours = [[200, 40, 40], [40, 180, 60], [50, 60, 200]];
    let references = Brief {
        pictures: colours.map(flat).to_vec(),
        pictures_are: PicturesAre::References,
        ..small("three friends in a garden", 6)
    };
    let frames = frames(&film(&references).mp4);
    for (number, colour) in colours.into_iter().enumerate() {
        let seen = frames[number * 2 * RATE + RATE].at(128, 72);
        let far = seen.iter().zip(colour).map(|(a, b)| a.abs_diff(b)).max();
        assert!(far < Some(70), "picture {number} is {colour:?} and is seen as {seen:?}");
    }
    let four = Brief { pictures: vec![flat([9, 9, 9]); 4], ..references.clone() };
    let three_frames = Brief { pictures_are: PicturesAre::Frames, ..references };
    for brief in [four, three_frames] {
        let refused = render(&brief, NonZeroUsize::MIN, &|_| ControlFlow::Continue(()));
        assert!(matches!(refused, Err(StudioError::Brief(_))));
    }
}

#[test]
fn every_length_and_rate_has_its_frames() {
    for seconds in 4..=25 {
        // The cards that know 30 frames a second have lengths of 10 and 15 seconds.
        for rate in if matches!(seconds, 10 | 15) { vec![24, 30] } else { vec![24] } {
            let tiny = Brief { width: 64, height: 64, frames_per_second: rate, ..small("a whale", seconds) };
            let film = film(&tiny);
            assert_eq!(
                (film.frames, samples(&film.mp4, 0).len()),
                (seconds * rate, (seconds * rate) as usize)
            );
        }
    }
}

#[test]
fn a_storyboard_with_odd_lengths_has_every_frame() {
    let shots = [1.3, 0.75, 2.111].map(|seconds| Shot { scene: "the sea".to_owned(), seconds }).to_vec();
    let film = film(&Brief { shots, frames_per_second: 30, ..small("the sky", 6) });
    assert_eq!((film.frames, samples(&film.mp4, 0).len()), (180, 180));
}

#[test]
fn every_size_of_the_cards_has_its_frames() {
    for (long, short) in [(1280, 720), (1920, 1080), (1792, 1024), (3840, 2160)] {
        for (width, height) in [(long, short), (short, long)] {
            // So few frames a second only to be quick: a film's second shot is in it nevertheless.
            let film = film(&Brief { width, height, seconds: 6, frames_per_second: 1, ..brief() });
            let frames = frames(&film.mp4);
            assert_eq!(frames.len(), 6);
            assert!(
                frames.iter().all(|frame| (frame.width, frame.height) == (width as usize, height as usize))
            );
        }
    }
}
