//! Facts of decoded frames: what a viewer would notice first if it failed.

use crate::film::{brief, film, film_with};
use crate::mp4::{Frame, difference, frames, watch};
use filmgate_studio::{Brief, Film};
use openh264::formats::YUVSource as _;
use std::sync::OnceLock;

/// Scenes that differ in light, weather and in how the subject moves.
const PROMPTS: [&str; 8] = [
    "A cute cat playing in a sunny garden",
    "一只熊猫在雪山上",
    "A woman in a red dress walking through a rainy city street at night",
    "A whale gliding through the deep ocean",
    "An astronaut walking on the moon",
    "秋天的森林，一只小鹿在晨雾中行走",
    "A sailing ship in a storm at sea, heavy rain",
    "雨天的咖啡馆窗边坐着一只猫",
];

/// A film's frames as brightness at half their size: enough to see motion and flicker.
struct Looks {
    size: (usize, usize),
    small: Vec<Vec<u8>>,
    means: Vec<f64>,
}

fn look(film: &Film) -> Looks {
    let mut looks = Looks { size: (0, 0), small: Vec::new(), means: Vec::new() };
    watch(&film.mp4, |_, picture| {
        looks.size = picture.dimensions();
        let (width, height) = looks.size;
        let rows = picture.y().chunks(picture.strides().0).take(height).step_by(2);
        let small: Vec<u8> = rows.flat_map(|row| row[..width].iter().step_by(2).copied()).collect();
        looks.means.push(small.iter().map(|part| f64::from(*part)).sum::<f64>() / small.len() as f64);
        looks.small.push(small);
    });
    looks
}

/// The ten seconds that each prompt makes. Several claims look at them, one renders them.
fn all() -> impl Iterator<Item = (&'static str, &'static Looks)> {
    static ALL: [OnceLock<Looks>; PROMPTS.len()] = [const { OnceLock::new() }; PROMPTS.len()];
    let look = |(prompt, looks): (&'static str, &'static OnceLock<Looks>)| {
        (prompt, looks.get_or_init(|| look(&film(&of(prompt, 10)))))
    };
    PROMPTS.into_iter().zip(&ALL).map(look)
}

fn of(prompt: &str, seconds: u32) -> Brief {
    Brief { prompt: prompt.to_owned(), seconds, ..brief() }
}

#[test]
fn every_length_of_the_cards_has_exactly_its_frames() {
    for (seconds, frames_per_second) in
        [(4, 24), (6, 24), (8, 24), (10, 30), (12, 24), (15, 30), (16, 24), (20, 24), (25, 30)]
    {
        let brief = Brief { width: 192, height: 108, frames_per_second, ..of(PROMPTS[0], seconds) };
        let looks = look(&film(&brief));
        assert_eq!(looks.small.len(), (seconds * frames_per_second) as usize, "{seconds} s");
    }
}

#[test]
fn every_size_of_the_cards_comes_out_of_the_decoder_as_it_was_asked_for() {
    for (long, short) in [(1280, 720), (1920, 1080), (1792, 1024)] {
        for (width, height) in [(long, short), (short, long)] {
            let looks = look(&film_with(&Brief { width, height, ..of(PROMPTS[1], 1) }, 2));
            assert_eq!(looks.size, (width as usize, height as usize));
            assert_eq!(looks.small.len(), 24);
        }
    }
}

#[test]
fn something_moves_in_every_second() {
    for (prompt, looks) in all() {
        for (second, frames) in looks.small.chunks(24).enumerate() {
            // Part by part, so that a still place around a small figure does not hide that it moves.
            let most = frames[0]
                .chunks(160 * 6)
                .zip(frames[frames.len() - 1].chunks(160 * 6))
                .map(|(first, last)| difference(first, last))
                .fold(0.0, f64::max);
            assert!(most > 0.5, "{prompt}: second {second} stands still ({most:.2})");
        }
    }
}

#[test]
fn no_frame_is_black_or_of_one_colour() {
    for (prompt, looks) in all() {
        for (number, (small, mean)) in looks.small.iter().zip(&looks.means).enumerate() {
            let spread =
                small.iter().map(|part| (f64::from(*part) - mean).abs()).sum::<f64>() / small.len() as f64;
            // Black is 16.
            assert!(*mean > 24.0, "{prompt}: frame {number} is black ({mean:.1})");
            assert!(spread > 4.0, "{prompt}: frame {number} is of one colour ({spread:.1})");
        }
    }
}

#[test]
fn the_light_changes_by_less_than_three_percent_between_neighbours_except_at_cuts() {
    for (prompt, looks) in all() {
        let step = |pair: &[f64]| (pair[1] - pair[0]).abs() / pair[0];
        let jumps: Vec<usize> = looks
            .means
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| step(pair) >= 0.03)
            .map(|(at, _)| at)
            .collect();
        // Three shots have two dissolves, each of which lasts less than half a second.
        let cuts = jumps.chunk_by(|one, next| next - one < 12);
        let (count, longest) =
            cuts.fold((0, 0), |(count, longest), cut| (count + 1, longest.max(cut[cut.len() - 1] - cut[0])));
        assert!(count <= 2 && longest < 12, "{prompt}: it flickers after the frames {jumps:?}");
    }
}

#[test]
fn nothing_flickers_up_and_down_again() {
    for prompt in PROMPTS {
        let looks = look(&film(&of(prompt, 4)));
        for (number, three) in looks.means.windows(3).enumerate() {
            let (up, down) = (three[1] - three[0], three[2] - three[1]);
            let reversed = if up * down < 0.0 { up.abs().min(down.abs()) / three[1] } else { 0.0 };
            assert!(reversed < 0.005, "{prompt}: frame {} flickers by {:.2} %", number + 1, reversed * 100.0);
        }
    }
}

/// The same film twice, but for the colour of the coat: what differs is the figure. Returns its largest share of a frame.
fn share_of_the_figure(of_colour: impl Fn(&str) -> String, colours: [&str; 2]) -> f64 {
    let [one, other] = colours.map(|colour| look(&film(&of(&of_colour(colour), 10))));
    let shares = one.small.iter().zip(&other.small).map(|(one, other)| {
        let differing = one.iter().zip(other).filter(|(a, b)| a.abs_diff(**b) > 10).count();
        differing as f64 / one.len() as f64
    });
    shares.fold(0.0, f64::max)
}

#[test]
fn the_subject_fills_at_least_eight_percent_of_its_nearest_shot() {
    let english = ["white", "black"];
    let chinese = ["白色", "黑色"];
    for share in [
        share_of_the_figure(|colour| format!("A {colour} cat in a sunny garden"), english),
        share_of_the_figure(|colour| format!("A {colour} car driving along a desert road"), english),
        share_of_the_figure(|colour| format!("一匹{colour}的马在草原上奔跑"), chinese),
    ] {
        assert!(share >= 0.08, "the figure fills only {:.1} % of the frame", share * 100.0);
    }
}

/// A smooth picture of our own with detail in every corner.
fn painted(width: u32, height: u32, tint: u8) -> (Vec<u8>, Vec<u8>) {
    let mut rgb = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let wave = ((x as f32 / 23.0).sin() * (y as f32 / 17.0).cos() * 50.0) as i32;
        let shades =
            [70 + (x * 100 / width) as i32 + wave, 120 - wave, i32::from(tint) + (y * 50 / height) as i32];
        rgb.extend(shades.map(|shade| shade.clamp(0, 255) as u8));
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().expect("a header").write_image_data(&rgb).expect("pixels");
    (file, rgb)
}

#[test]
fn the_first_frame_is_the_first_picture_and_the_last_frame_the_second() {
    for (width, height) in [(640, 360), (360, 640)] {
        let ((first, first_rgb), (second, second_rgb)) =
            (painted(width, height, 40), painted(width, height, 160));
        for prompt in ["zoom out", "镜头环绕", "static shot"] {
            let pictures = vec![first.clone(), second.clone()];
            let frames: Vec<Frame> = frames(&film(&Brief { width, height, pictures, ..of(prompt, 4) }).mp4);
            let off = difference(&frames[0].rgb, &first_rgb);
            assert!(off < 4.0, "{prompt}: the first frame is {off:.1} off");
            let off = difference(&frames[frames.len() - 1].rgb, &second_rgb);
            assert!(off < 4.0, "{prompt}: the last frame is {off:.1} off");
        }
    }
}
