//! Claims about every film: its shape, its determinism, its sound, its caption, its shots.

use crate::mp4::{boxes, difference, frames, parameter_sets, samples, track_seconds};
use filmgate_studio::{Brief, Film, PicturesAre, Shot, StudioError, render};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};

pub(crate) fn brief() -> Brief {
    Brief {
        prompt: "a sailing boat on a calm sea at sunset".to_owned(),
        width: 320,
        height: 180,
        seconds: 4,
        frames_per_second: 24,
        seed: 1,
        caption: false,
        words: None,
        pictures: Vec::new(),
        pictures_are: PicturesAre::Frames,
        characters: Vec::new(),
        earlier_s: Vec::new(),
        shots: Vec::new(),
    }
}

pub(crate) fn film_with(brief: &Brief, threads: usize) -> Film {
    let threads = NonZeroUsize::new(threads).expect("not zero");
    render(brief, threads, &|_| ControlFlow::Continue(())).expect("a film")
}

pub(crate) fn film(brief: &Brief) -> Film {
    film_with(brief, 1)
}

#[test]
fn a_film_has_the_size_the_length_and_the_rate_it_was_asked_for() {
    for (width, height, seconds, rate) in [(320, 180, 4, 24), (180, 320, 1, 30), (1920, 1080, 1, 24)] {
        let brief = Brief { width, height, seconds, frames_per_second: rate, ..brief() };
        let film = film(&brief);
        assert_eq!((film.width, film.height, film.frames), (width, height, seconds * rate));
        assert!((track_seconds(&film.mp4, 0) - f64::from(seconds)).abs() < 1e-9);
        let frames = frames(&film.mp4);
        assert_eq!(frames.len(), (seconds * rate) as usize);
        assert!(frames.iter().all(|frame| (frame.width, frame.height) == (width as usize, height as usize)));
    }
}

#[test]
fn the_largest_frames_are_taken_upright_and_lying() {
    for (width, height) in [(3840, 2160), (2160, 3840)] {
        let film = film(&Brief { width, height, seconds: 1, frames_per_second: 4, ..brief() });
        assert_eq!((frames(&film.mp4)[0].width, film.frames), (width as usize, 4));
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let brief = Brief { seconds: 6, caption: true, ..brief() };
    let one = film_with(&brief, 1);
    assert!(one == film_with(&brief, 2), "two threads make other bytes than one");
    assert!(one == film_with(&brief, 5), "five threads make other bytes than one");
}

#[test]
fn another_seed_is_another_film() {
    assert!(film(&brief()) != film(&Brief { seed: 2, ..brief() }));
}

#[test]
fn the_picture_moves() {
    let frames = frames(&film(&brief()).mp4);
    assert!(frames[0].difference(&frames[frames.len() - 1]) > 0.5);
}

#[test]
fn the_index_comes_before_the_media() {
    let film = film(&brief());
    let kinds: Vec<[u8; 4]> = boxes(&film.mp4).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [*b"ftyp", *b"moov", *b"mdat"]);
}

#[test]
fn all_segments_share_their_parameter_sets() {
    let film = film(&Brief { seconds: 6, ..brief() });
    let sets = parameter_sets(&film.mp4);
    assert_eq!(sets.len(), 4, "two keyframes with two sets each");
    assert!(sets.chunks(2).all(|pair| pair == &sets[..2]));
}

#[test]
fn the_sound_lasts_as_long_as_the_picture() {
    for seconds in [1, 4, 5] {
        let film = film(&Brief { seconds, ..brief() });
        let sound = track_seconds(&film.mp4, 1);
        let missing = f64::from(seconds) - sound;
        assert!((0.0..1024.0 / 48_000.0).contains(&missing), "{sound} s of sound for {seconds} s");
        assert!(samples(&film.mp4, 1).iter().any(|frame| frame.len() > 60), "the sound is not silence");
    }
}

#[test]
fn a_caption_appears_in_the_lower_third_after_the_first_frame() {
    for prompt in ["a sailing boat on a calm sea at sunset", "夕阳下平静的海面上有一艘帆船"] {
        let clean = Brief { prompt: prompt.to_owned(), seconds: 2, ..brief() };
        let captioned = frames(&film(&Brief { caption: true, ..clean.clone() }).mp4);
        let clean = frames(&film(&clean).mp4);
        let third = clean[0].rgb.len() / 3;
        let (with, without) = (&captioned[24].rgb, &clean[24].rgb);
        assert!(difference(&with[2 * third..], &without[2 * third..]) > 2.0, "no caption for {prompt}");
        assert!(
            difference(&with[..2 * third], &without[..2 * third]) < 0.2,
            "more than a caption for {prompt}"
        );
        assert!(captioned[0].difference(&clean[0]) < 1.0, "a caption in the first frame for {prompt}");
    }
}

#[test]
fn shots_are_cut_to_their_lengths_and_the_last_one_fills_the_film() {
    let shot = |scene: &str, seconds| Shot { scene: scene.to_owned(), seconds };
    let shots = vec![shot("a red car in the desert at noon", 1.5), shot("a whale under water at night", 1.0)];
    let frames = frames(&film(&Brief { shots, ..brief() }).mp4);
    assert_eq!(frames.len(), 96);
    let steps: Vec<f64> = frames.windows(2).map(|pair| pair[0].difference(&pair[1])).collect();
    let (cut, _) = steps.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).expect("steps");
    assert!((35..44).contains(&cut), "the largest change is at frame {cut}, the cut at 36");
}

#[test]
fn a_watcher_sees_every_frame_and_can_stop_the_film() {
    let most = AtomicU32::new(0);
    let brief = brief();
    let watch = |progress: filmgate_studio::Progress| {
        assert_eq!(progress.frames_total, 96);
        most.fetch_max(progress.frames_done, Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    render(&brief, NonZeroUsize::MIN, &watch).expect("a film");
    assert_eq!(most.load(Ordering::Relaxed), 96);
    let stop = |progress: filmgate_studio::Progress| {
        if progress.frames_done >= 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let threads = NonZeroUsize::new(2).expect("two");
    assert!(matches!(render(&brief, threads, &stop), Err(StudioError::Stopped)));
}

#[test]
fn impossible_briefs_are_refused() {
    let impossible = [
        Brief { width: 321, ..brief() },
        Brief { height: 0, ..brief() },
        Brief { width: 4096, ..brief() },
        Brief { width: 2400, height: 2400, ..brief() },
        Brief { seconds: 0, ..brief() },
        Brief { frames_per_second: 0, ..brief() },
        Brief {
            shots: vec![
                Shot { scene: String::new(), seconds: 9.0 },
                Shot { scene: String::new(), seconds: f64::NAN },
            ],
            ..brief()
        },
    ];
    for brief in impossible {
        let result = render(&brief, NonZeroUsize::MIN, &|_| ControlFlow::Continue(()));
        assert!(matches!(result, Err(StudioError::Brief(_))), "{brief:?}");
    }
}
