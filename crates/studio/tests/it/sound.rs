//! Claims about what a finished film sounds like, measured on its decoded sound as broadcasters measure theirs.

use crate::film::{brief, film};
use crate::mp4::samples;
use filmgate_studio::{Brief, Film, Shot};

const RATE: usize = 48_000;

/// Places, hours, weathers and figures that have little in common.
const PLANS: [&str; 12] = [
    "a red car driving through the desert",
    "heavy rain over the forest at night, thunderstorm",
    "a cat sleeping in a meadow at night",
    "a steam train in the mountains",
    "waves on an empty beach at sunset",
    "一位女子在夜晚的城市街头漫步",
    "a man walks in the snow, snowfall",
    "水下的一条鲸鱼",
    "an astronaut floating in space",
    "a quiet room with a window",
    "清晨的竹林，没有人",
    "a plane in the sky",
];

/// A film whose frames cost next to nothing.
fn heard(prompt: &str, seconds: u32) -> [Vec<f32>; 2] {
    decoded(&film(&small(prompt, seconds)))
}

fn small(prompt: &str, seconds: u32) -> Brief {
    Brief {
        prompt: prompt.to_owned(),
        width: 64,
        height: 64,
        frames_per_second: 2,
        seconds,
        seed: 7,
        ..brief()
    }
}

/// Both channels, as a player would play them.
fn decoded(film: &Film) -> [Vec<f32>; 2] {
    let adts: Vec<u8> = samples(&film.mp4, 1)
        .into_iter()
        .flat_map(|unit| syom::wrap_adts_au(unit, RATE as u32, 2).expect("an ADTS frame"))
        .collect();
    let sound = syom::decode_with(&adts, &syom::DecodeOptions::audio()).expect("clean sound");
    assert_eq!(sound.sample_rate as usize, RATE);
    sound.channels.try_into().expect("two channels")
}

/// Integrated loudness by ITU-R BS.1770-4, in LUFS, with its filters derived for any rate from their analogue forms.
fn lufs(channels: &[Vec<f32>; 2]) -> f64 {
    let weighted: Vec<Vec<f64>> = channels
        .iter()
        .map(|channel| {
            let shelved = biquad(channel.iter().map(|sample| f64::from(*sample)), shelf());
            biquad(shelved.into_iter(), high_pass())
        })
        .collect();
    let power = |from: usize| -> f64 {
        let moment =
            |channel: &Vec<f64>| channel[from..from + RATE * 2 / 5].iter().map(|s| s * s).sum::<f64>();
        weighted.iter().map(moment).sum::<f64>() / (RATE * 2 / 5) as f64
    };
    let last = weighted[0].len() - RATE * 2 / 5;
    let moments: Vec<f64> = (0..=last).step_by(RATE / 10).map(power).collect();
    let loudness = |power: f64| -0.691 + 10.0 * power.log10();
    let mean_above = |gate: f64| {
        let loud: Vec<f64> = moments.iter().copied().filter(|power| loudness(*power) > gate).collect();
        loudness(loud.iter().sum::<f64>() / loud.len() as f64)
    };
    mean_above(mean_above(-70.0) - 10.0)
}

/// The coefficients b0, b1, b2, a1, a2 of a filter.
type Biquad = [f64; 5];

/// 4 dB more above 1.7 kHz, which is what the head does.
fn shelf() -> Biquad {
    let (hz, gain_db, quality) = (1_681.974_450_955_533, 3.999_843_853_973_347, 0.707_175_236_955_419_6);
    let k = (std::f64::consts::PI * hz / RATE as f64).tan();
    let high = 10f64.powf(gain_db / 20.0);
    let band = high.powf(0.499_666_774_154_541_6);
    let a0 = 1.0 + k / quality + k * k;
    [
        (high + band * k / quality + k * k) / a0,
        2.0 * (k * k - high) / a0,
        (high - band * k / quality + k * k) / a0,
        2.0 * (k * k - 1.0) / a0,
        (1.0 - k / quality + k * k) / a0,
    ]
}

/// Nothing below 38 Hz, which hardly anybody hears.
fn high_pass() -> Biquad {
    let (hz, quality) = (38.135_470_876_024_44, 0.500_327_037_323_877_3);
    let k = (std::f64::consts::PI * hz / RATE as f64).tan();
    let a0 = 1.0 + k / quality + k * k;
    [1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / quality + k * k) / a0]
}

fn biquad(samples: impl Iterator<Item = f64>, [b0, b1, b2, a1, a2]: Biquad) -> Vec<f64> {
    let (mut one, mut two) = (0.0, 0.0);
    samples
        .map(|sample| {
            let out = b0 * sample + one;
            one = b1 * sample - a1 * out + two;
            two = b2 * sample - a2 * out;
            out
        })
        .collect()
}

/// The highest peak in dBFS, also between the samples: three more are interpolated after each by a windowed sinc.
fn true_peak(channel: &[f32]) -> f64 {
    const REACH: i32 = 8;
    let tap = |at: f64| {
        let window = 0.5 + 0.5 * (std::f64::consts::PI * at / f64::from(REACH)).cos();
        let turn = std::f64::consts::PI * at;
        if turn == 0.0 { 1.0 } else { window * turn.sin() / turn }
    };
    let phases: Vec<Vec<f64>> = (0..4)
        .map(|phase| (1 - REACH..=REACH).map(|n| tap(f64::from(n) - f64::from(phase) / 4.0)).collect())
        .collect();
    let peak = channel.windows(2 * REACH as usize).flat_map(|near| {
        phases.iter().map(|taps| near.iter().zip(taps).map(|(s, tap)| f64::from(*s) * tap).sum::<f64>().abs())
    });
    20.0 * peak.fold(0.0, f64::max).log10()
}

fn power(samples: &[f32]) -> f32 {
    samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32
}

#[test]
fn the_measure_hears_the_tone_that_defines_it() {
    let tone = |level: f64| -> Vec<f32> {
        let turn = std::f64::consts::TAU * 997.0 / RATE as f64;
        (0..5 * RATE).map(|n| (level * (turn * n as f64).sin()) as f32).collect()
    };
    // Full scale on one side is -3.01 LUFS; -23 dBFS on both is -23 LUFS.
    assert!((lufs(&[tone(1.0), tone(0.0)]) + 3.01).abs() < 0.05);
    let quiet = 10f64.powf(-23.0 / 20.0);
    assert!((lufs(&[tone(quiet), tone(quiet)]) + 23.0).abs() < 0.05);
    assert!((true_peak(&tone(0.5)) + 6.02).abs() < 0.1);
}

#[test]
fn twelve_different_films_are_as_loud_as_broadcasts_and_never_clip() {
    for prompt in PLANS {
        let sound = heard(prompt, 8);
        let (lufs, peak) = (lufs(&sound), true_peak(&sound[0]).max(true_peak(&sound[1])));
        assert!((lufs + 23.0).abs() < 1.5, "{prompt}: {lufs:.1} LUFS");
        assert!(peak < -3.0, "{prompt}: a true peak of {peak:.1} dBFS");
    }
}

#[test]
fn no_second_of_a_film_is_silent() {
    for prompt in [PLANS[1], PLANS[8], PLANS[9]] {
        for channel in heard(prompt, 6) {
            let seconds = channel[RATE / 2..channel.len() - RATE / 2].chunks_exact(RATE);
            for (second, samples) in seconds.enumerate() {
                assert!(power(samples) > 1e-5, "{prompt}: half past second {second} is silent");
            }
        }
    }
}

#[test]
fn sound_fades_in_and_out_for_half_a_second() {
    for prompt in [PLANS[0], PLANS[1]] {
        for channel in heard(prompt, 6) {
            let last = channel.len() - RATE / 20;
            let (edge, inside) = (power(&channel[..RATE / 20]), power(&channel[RATE / 2..RATE]));
            assert!(edge < 0.05 * inside, "{prompt} begins at once: {edge} and {inside}");
            let (inside, edge) = (power(&channel[last - RATE..last - RATE / 2]), power(&channel[last..]));
            assert!(edge < 0.05 * inside, "{prompt} breaks off: {inside} and {edge}");
        }
    }
}

#[test]
fn a_car_that_drives_by_is_heard_from_left_to_right() {
    let [left, right] = heard("a red car driving through the desert, static shot", 8);
    let balance = |second: usize| {
        let samples = second * RATE..(second + 1) * RATE;
        power(&left[samples.clone()]) / power(&right[samples])
    };
    let (begin, end) = (balance(1), balance(6));
    assert!(begin > 1.3 && end < 0.77, "left to right is {begin} at first and {end} at last");
}

#[test]
fn films_of_one_brief_sound_alike_to_the_byte() {
    let brief = small(PLANS[1], 4);
    assert!(samples(&film(&brief).mp4, 1) == samples(&film(&brief).mp4, 1));
    let other = Brief { seed: 8, ..brief.clone() };
    assert!(samples(&film(&brief).mp4, 1) != samples(&film(&other).mp4, 1));
}

#[test]
fn a_storyboard_is_as_loud_as_any_film() {
    let shot = |scene: &str| Shot { scene: scene.to_owned(), seconds: 4.0 };
    let shots = vec![shot("heavy rain in the city at night"), shot("a whale under water")];
    let sound = decoded(&film(&Brief { shots, ..small("", 8) }));
    assert!((lufs(&sound) + 23.0).abs() < 1.5);
}
