//! Claims about the sound before it is encoded. `tests/it/sound.rs` has those about whole films.

use super::*;
use crate::plan::ScenePlan;

fn ambience(prompt: &str) -> Ambience {
    Ambience::of(&ScenePlan::from_prompt(prompt, 7))
}

/// The whole film's sound.
fn film(prompt: &str, seconds: u32) -> Stereo {
    mix(&ambience(prompt).into(), 7, (0, seconds))
}

fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32
}

/// The power above about 2 kHz, by the differences of neighbours.
fn treble(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum::<f32>() / samples.len() as f32
}

/// What is heard of a scene around its main figure, without wind and pad.
fn life_of(prompt: &str) -> Stereo {
    let mut sound = Stereo::silent(8.0);
    life::add(&ambience(prompt), &mut Chance::new(7), &mut sound);
    sound
}

/// What is heard of the main figure alone.
fn lead_of(prompt: &str) -> Stereo {
    let mut sound = Stereo::silent(8.0);
    lead::add(&ambience(prompt), &mut Chance::new(7), &mut sound);
    sound
}

#[test]
fn the_same_scene_sounds_the_same_twice_and_another_seed_does_not() {
    let scene = || Score::from(ambience("a storm over the forest, a horse runs"));
    assert!(mix(&scene(), 7, (0, 4)) == mix(&scene(), 7, (0, 4)));
    assert!(mix(&scene(), 7, (0, 4)) != mix(&scene(), 8, (0, 4)));
}

#[test]
fn both_ends_fade_for_half_a_second() {
    for prompt in ["heavy rain in the city at night", "a red car in the desert"] {
        let sound = film(prompt, 6);
        let end = sound.left.len();
        for channel in [&sound.left, &sound.right] {
            assert!(
                channel[0].abs() < 1e-3 && channel[end - 1].abs() < 1e-3,
                "{prompt} begins or ends with a click"
            );
            let [first, second] = [&channel[..2400], &channel[24_000..48_000]].map(power);
            assert!(first < 0.05 * second, "{prompt} does not fade in");
            let [before, last] = [&channel[end - 48_000..end - 24_000], &channel[end - 2400..]].map(power);
            assert!(last < 0.05 * before, "{prompt} does not fade out");
        }
    }
}

#[test]
fn a_film_of_one_second_has_sound_too() {
    let sound = film("a lake at dawn", 1);
    assert!(power(&sound.left) > 1e-6 && power(&sound.right) > 1e-6);
}

#[test]
fn birds_sing_by_day_and_crickets_by_night_and_neither_in_the_rain() {
    let empty = |prompt| life_of(prompt).left.iter().all(|sample| *sample == 0.0);
    for heard in ["a meadow at noon", "a meadow at night", "a forest at dawn"] {
        assert!(!empty(heard), "nothing lives in {heard}");
    }
    for silent in ["a desert at noon", "a quiet room at night", "a forest in winter", "planets in space"] {
        assert!(empty(silent), "something lives in {silent}");
    }
    let [day, night] = ["a meadow at noon", "a meadow at night"].map(|prompt| {
        let sound = life_of(prompt);
        treble(&sound.left) / power(&sound.left)
    });
    assert!(night > 1.3 * day, "crickets are not higher than birds: {night} and {day}");
}

#[test]
fn figures_are_heard_by_what_they_do() {
    let heard = |prompt| {
        let sound = lead_of(prompt);
        power(&sound.left) + power(&sound.right)
    };
    for prompt in [
        "a red car in the desert",
        "a steam train in the mountains",
        "a man walks through the city",
        "a whale under water",
        "a bird sings in the forest",
        "a cat sleeping in a room",
        "an astronaut in space",
    ] {
        assert!(heard(prompt) > 1e-7, "{prompt} is silent");
    }
    for prompt in ["a castle in the mountains", "a flower in a garden"] {
        assert!(heard(prompt) == 0.0, "{prompt} makes a noise");
    }
}

#[test]
fn a_vehicle_is_heard_where_it_drives() {
    let sound = lead_of("a red car driving through the desert, static shot");
    let balance =
        |range: std::ops::Range<usize>| power(&sound.left[range.clone()]) / power(&sound.right[range]);
    let (begin, end) = (balance(0..48_000), balance(7 * 48_000..8 * 48_000));
    assert!(begin > 2.0 && end < 0.5, "left to right is {begin} at first and {end} at last");
}

#[test]
fn shots_give_way_to_each_other_within_a_second() {
    let quiet = || (ambience("a quiet room with a window"), 0.0);
    let wet = || (ambience("heavy rain in the city"), 4.0);
    let both: Score = [quiet(), wet()].into_iter().collect();
    let sound = mix(&both, 7, (0, 8));
    let second = |from: f32| {
        let from = stereo::sample_at(from);
        treble(&sound.left[from..from + 24_000])
    };
    let (before, after) = (second(2.5), second(5.0));
    assert!(after > 4.0 * before, "the second shot is not heard: {before} and {after}");
    let middle = second(3.75);
    assert!(middle > before && middle < 1.2 * after, "{before}, {middle}, {after} is no cross-fade");
}

#[test]
fn peaks_are_rounded_and_never_clipped() {
    let mut sound = Stereo::silent(2.0);
    // A click a second, over next to nothing: as loud as a film, its clicks would be far beyond 1.0.
    for (n, sample) in sound.left.iter_mut().enumerate() {
        *sample = if n % 48_000 == 24_000 { 1.0 } else { 1e-4 * (n as f32 * 0.13).sin() };
    }
    loudness::level(&mut sound);
    let peak = sound.left.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((0.5..=0.6).contains(&peak), "the peak is {peak}");
}

#[test]
fn a_film_that_goes_on_is_heard_where_the_one_before_it_ended() {
    // What a film that lasted longer would sound like there, and what one that starts anew would.
    for prompt in ["waves on a beach", "a red car driving through the desert, static shot", "a storm at sea"]
    {
        let scene = || Score::from(ambience(prompt).beyond(6.0));
        let (longer, on, anew) =
            (mix(&scene(), 7, (0, 10)), mix(&scene(), 7, (6, 4)), mix(&scene(), 7, (0, 4)));
        // Away from the fades; the loudness of each film is its own.
        let part = |sound: &Stereo, from: f32| {
            let part = sound.left[stereo::sample_at(from)..stereo::sample_at(from + 2.0)].to_vec();
            let level = power(&part).sqrt();
            part.into_iter().map(|sample| sample / level).collect::<Vec<_>>()
        };
        let alike = |one: &[f32], other: &[f32]| {
            one.iter().zip(other).map(|(a, b)| a * b).sum::<f32>() / one.len() as f32
        };
        let expected = part(&longer, 7.0);
        let (goes_on, starts) = (alike(&expected, &part(&on, 1.0)), alike(&expected, &part(&anew, 1.0)));
        assert!(goes_on > 0.95, "{prompt}: {goes_on}");
        assert!(starts < 0.7, "{prompt}: it starts anew ({starts})");
    }
}
