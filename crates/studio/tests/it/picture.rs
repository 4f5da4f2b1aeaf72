//! Claims about films that start from pictures, and about the pictures themselves.

use crate::film::{brief, film};
use crate::mp4::{Frame, difference, frames};
use filmgate_studio::{Brief, PictureError, PictureFormat, PicturesAre, StudioError, look_at, render};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

/// Red and green over blue and white, 160 by 120.
const QUARTERS: &[u8] = include_bytes!("pictures/quarters.jpg");

/// A picture with detail everywhere, as RGB.
fn landscape(width: u32, height: u32) -> Vec<u8> {
    let mut rgb = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let wave = ((x as f32 / 9.0).sin() * (y as f32 / 7.0).cos() * 60.0) as i32;
            let red = 60 + (x * 140 / width) as i32;
            let blue = 200 - (y * 140 / height) as i32;
            rgb.extend(
                [red + wave / 2, 110 + wave, blue - wave / 3].map(|channel| channel.clamp(0, 255) as u8),
            );
        }
    }
    rgb
}

fn png(width: u32, height: u32, rgb: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().expect("a header").write_image_data(rgb).expect("pixels");
    file
}

fn webp(width: u32, height: u32, rgb: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut file);
    encoder.encode(rgb, width, height, image_webp::ColorType::Rgb8).expect("a picture");
    file
}

/// A JPEG with the orientation tag put in behind its start marker.
fn turned(orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut file = QUARTERS[..2].to_vec();
    file.extend([0xff, 0xe1]);
    file.extend((exif.len() as u16 + 2).to_be_bytes());
    file.extend(exif);
    file.extend(&QUARTERS[2..]);
    file
}

fn filmed(prompt: &str, pictures: Vec<Vec<u8>>) -> Vec<Frame> {
    frames(&film(&Brief { prompt: prompt.to_owned(), seconds: 2, pictures, ..brief() }).mp4)
}

#[test]
fn the_first_frame_is_the_picture() {
    let rgb = landscape(320, 180);
    for picture in [png(320, 180, &rgb), webp(320, 180, &rgb)] {
        for prompt in ["static shot", "zoom in", "zoom out", "pan left", "tilt up", "orbit"] {
            let frames = filmed(prompt, vec![picture.clone()]);
            let off = difference(&frames[0].rgb, &rgb);
            assert!(off < 4.0, "{prompt}: the first frame is {off} off");
        }
    }
}

#[test]
fn a_picture_is_cropped_in_its_middle_without_distortion() {
    // A grey picture, three times too wide, with a white square in its middle.
    let (width, height) = (960, 180);
    let mut rgb = vec![60; width * height * 3];
    for y in 40..140 {
        rgb[(y * width + 430) * 3..(y * width + 530) * 3].fill(255);
    }
    let first = &filmed("static", vec![png(960, 180, &rgb)])[0];
    let white = |x, y| first.at(x, y)[1] > 160;
    assert_eq!((0..320).filter(|x| white(*x, 90)).count().abs_diff(100), 0);
    assert_eq!((0..180).filter(|y| white(160, *y)).count().abs_diff(100), 0);
    assert!(white(111, 41) && !white(107, 90) && !white(212, 90));
}

#[test]
fn the_camera_moves_as_the_prompt_says() {
    let rgb = landscape(320, 180);
    let frames = |prompt: &str| filmed(prompt, vec![png(320, 180, &rgb)]);
    let last_off = |prompt: &str| difference(&frames(prompt)[47].rgb, &rgb);
    assert!(last_off("static shot") < 4.0);
    for prompt in ["zoom in", "zoom out", "pan left", "pan right", "tilt up", "tilt down", "a quiet morning"]
    {
        assert!(last_off(prompt) > 6.0, "{prompt}: nothing moved");
    }
    // Panning to the right shows more of what is redder.
    let red = |frame: &Frame| frame.rgb.iter().step_by(3).map(|red| u64::from(*red)).sum::<u64>();
    let (left, right) = (frames("pan left"), frames("pan right"));
    assert!(red(&left[47]) < red(&left[0]) && red(&right[47]) > red(&right[0]));
}

#[test]
fn the_second_picture_is_the_last_frame() {
    let (first, last) = (landscape(320, 180), vec![90; 320 * 180 * 3]);
    let frames = filmed("zoom in", vec![png(320, 180, &first), png(320, 180, &last)]);
    assert!(difference(&frames[0].rgb, &first) < 4.0);
    assert!(difference(&frames[47].rgb, &last) < 4.0);
}

#[test]
fn the_first_frame_of_a_captioned_film_is_still_the_picture() {
    let rgb = landscape(320, 180);
    let brief = Brief { caption: true, pictures: vec![png(320, 180, &rgb)], ..brief() };
    assert!(difference(&frames(&film(&brief).mp4)[0].rgb, &rgb) < 4.0);
}

#[test]
fn exif_orientation_is_honoured() {
    let (red, green, blue, white) = ([255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]);
    // The corners as shown, from the top left clockwise, for each of the eight orientations.
    let shown = [
        [red, green, white, blue],
        [green, red, blue, white],
        [white, blue, red, green],
        [blue, white, green, red],
        [red, blue, white, green],
        [blue, red, green, white],
        [white, green, red, blue],
        [green, white, blue, red],
    ];
    for (orientation, corners) in (1..).zip(shown) {
        let file = turned(orientation);
        let info = look_at(&file).expect("a picture");
        let (width, height) = if orientation < 5 { (160, 120) } else { (120, 160) };
        assert_eq!((info.width, info.height, info.format), (width, height, PictureFormat::Jpeg));
        let brief = Brief { width, height, seconds: 1, pictures: vec![file], ..brief() };
        let first = &frames(&film(&brief).mp4)[0];
        let (right, bottom) = (width as usize - 20, height as usize - 20);
        for ((x, y), colour) in
            [(20, 20), (right, 20), (right, bottom), (20, bottom)].into_iter().zip(corners)
        {
            let off = difference(&first.at(x, y), &colour);
            assert!(
                off < 24.0,
                "orientation {orientation}: {:?} at {x},{y} is not {colour:?}",
                first.at(x, y)
            );
        }
    }
}

/// One picture in all the forms that people have it in.
fn odd_pictures() -> Vec<(&'static str, Vec<u8>)> {
    let (width, height) = (320, 180);
    let rgb = landscape(width, height);
    let encoded = |colour: png::ColorType, (width, height): (u32, u32), samples: &[u8]| {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        encoder.write_header().expect("a header").write_image_data(samples).expect("pixels");
        file
    };
    let half_clear: Vec<u8> = rgb.chunks(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 128]).collect();
    let grey: Vec<u8> = rgb.chunks(3).map(|rgb| rgb[1]).collect();
    let mut animated = Vec::new();
    let mut encoder = png::Encoder::new(&mut animated, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_animated(2, 0).expect("two images");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&rgb).expect("the first image");
    writer.write_image_data(&vec![0; rgb.len()]).expect("the second image");
    drop(writer);
    vec![
        ("half transparent", encoded(png::ColorType::Rgba, (width, height), &half_clear)),
        ("grey", encoded(png::ColorType::Grayscale, (width, height), &grey)),
        ("animated", animated),
        ("tiny", png(64, 64, &landscape(64, 64))),
        ("a pixel", png(1, 1, &[200, 60, 60])),
        ("a line", png(1, 3000, &landscape(1, 3000))),
        ("upright", png(180, 320, &landscape(180, 320))),
        ("wide", png(900, 180, &landscape(900, 180))),
    ]
}

#[test]
fn every_odd_picture_gives_a_film_without_a_black_edge() {
    for (name, picture) in odd_pictures() {
        for pictures_are in [PicturesAre::Frames, PicturesAre::References] {
            let pictures = vec![picture.clone()];
            let prompt = "zoom out".to_owned();
            let film = film(&Brief { prompt, seconds: 2, pictures, pictures_are, ..brief() });
            for frame in [0, 24, 47].map(|number| frames(&film.mp4).remove(number)) {
                let (right, bottom) = (frame.width - 1, frame.height - 1);
                let across = (0..frame.width).flat_map(|x| [(x, 0), (x, bottom)]);
                let edge = across.chain((0..frame.height).flat_map(|y| [(0, y), (right, y)]));
                let dark = edge.filter(|(x, y)| frame.at(*x, *y).iter().all(|channel| *channel < 16));
                assert_eq!(dark.count(), 0, "{name}: the edge is black");
            }
        }
    }
}

#[test]
fn what_is_transparent_is_white() {
    let clear = [40, 80, 120, 0].repeat(320 * 180);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 320, 180);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().expect("a header").write_image_data(&clear).expect("pixels");
    let first = &filmed("static", vec![file])[0];
    assert!(first.rgb.iter().all(|channel| *channel > 248));
}

#[test]
fn an_animated_picture_gives_its_first_image() {
    let (_, animated) = odd_pictures().remove(2);
    assert!(difference(&filmed("static", vec![animated])[0].rgb, &landscape(320, 180)) < 4.0);
}

#[test]
fn each_reference_is_seen_and_moves() {
    let colours = [[220, 40, 40], [40, 200, 60], [50, 70, 220]];
    let pictures = colours.map(|colour| {
        let striped = (0..320 * 180).flat_map(|n| if n % 320 / 8 % 2 == 0 { colour } else { [90; 3] });
        png(320, 180, &striped.collect::<Vec<u8>>())
    });
    let pictures_are = PicturesAre::References;
    let film = film(&Brief { seconds: 6, pictures: pictures.into(), pictures_are, ..brief() });
    let frames = frames(&film.mp4);
    let mean = |frame: &Frame, channel: usize| -> u64 {
        frame.rgb.iter().skip(channel).step_by(3).map(|sample| u64::from(*sample)).sum()
    };
    for number in 0..3 {
        let frame = &frames[number * 48 + 24];
        let others = (0..3).filter(|channel| *channel != number);
        assert!(others.clone().all(|other| mean(frame, number) > mean(frame, other)), "picture {number}");
        assert!(frame.difference(&frames[number * 48 + 30]) > 0.3, "picture {number} does not move");
    }
}

#[test]
fn a_look_at_the_header_tells_size_and_format() {
    let rgb = landscape(48, 32);
    let looks = [(png(48, 32, &rgb), "image/png"), (webp(48, 32, &rgb), "image/webp")];
    for (file, media_type) in looks {
        let info = look_at(&file).expect("a picture");
        assert_eq!((info.width, info.height, info.format.media_type()), (48, 32, media_type));
    }
    assert_eq!(look_at(QUARTERS).expect("a picture").format.media_type(), "image/jpeg");
}

#[test]
fn pictures_that_cannot_be_used_are_refused_for_the_right_reason() {
    let good = png(48, 32, &landscape(48, 32));
    let mut wide = good.clone();
    wide[16..20].copy_from_slice(&8193u32.to_be_bytes());
    let fix = png_checksum(&wide[12..29]);
    wide[29..33].copy_from_slice(&fix.to_be_bytes());
    let reason = |bytes: &[u8]| look_at(bytes).expect_err("a refusal");
    assert_eq!(reason(b"GIF89a"), PictureError::Unknown);
    assert_eq!(reason(b""), PictureError::Unknown);
    assert_eq!(reason(&wide), PictureError::TooManyPixels { width: 8193, height: 32 });
    let long = [good.as_slice(), &vec![0; 10_000_001 - good.len()]].concat();
    assert_eq!(reason(&long), PictureError::TooManyBytes { bytes: 10_000_001 });
    assert!(matches!(reason(&good[..20]), PictureError::Broken(_)));

    let brief = Brief { pictures: vec![good.clone(), good[..good.len() / 2].to_vec()], ..brief() };
    let result = render(&brief, NonZeroUsize::MIN, &|_| ControlFlow::Continue(()));
    assert!(
        matches!(result, Err(StudioError::Picture { number: 1, why: PictureError::Broken(_) })),
        "{result:?}"
    );
}

/// CRC-32 as PNG chunks carry it.
fn png_checksum(chunk: &[u8]) -> u32 {
    !chunk.iter().fold(u32::MAX, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
        }
        crc
    })
}
