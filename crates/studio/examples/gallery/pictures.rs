//! Draws the pictures that films of the gallery begin with: small ray-traced views that look like photos, and are our own.

use super::sheet::Picture;
use super::views::{self, Rgb};
use std::error::Error;
use std::path::Path;

/// Rays a pixel, as a square of this side.
const SAMPLES: usize = 3;
const BYTES_MAX: usize = 90_000;
const LYING: (usize, usize) = (960, 540);
const UPRIGHT: (usize, usize) = (540, 960);

/// The light that comes from `(x, y)`, where the frame's height is 2, its middle 0, and y points up.
type View = fn(f32, f32) -> Rgb;

const PICTURES: [(&str, (usize, usize), View); 5] = [
    ("sea.jpg", LYING, views::sea),
    ("oranges.jpg", LYING, views::oranges),
    ("lantern.jpg", UPRIGHT, views::lantern),
    ("valley-day.jpg", LYING, views::valley_by_day),
    ("valley-night.jpg", LYING, views::valley_by_night),
];

/// Pictures that are there already stay: delete one to draw it again.
pub(crate) fn draw_missing(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    for (name, size, view) in PICTURES {
        let path = folder.join(name);
        if !path.exists() {
            std::fs::write(&path, draw(size, view).jpeg(BYTES_MAX)?)?;
            println!("{}", path.display());
        }
    }
    Ok(())
}

fn draw((width, height): (usize, usize), view: View) -> Picture {
    let mut picture = Picture::white(width, height);
    let scale = 2.0 / height as f32;
    for (number, pixel) in picture.rgb.chunks_mut(3).enumerate() {
        let (column, row) = (number % width, number / width);
        let mut light = [0.0_f32; 3];
        for sample in 0..SAMPLES * SAMPLES {
            let within = |part: usize| (part as f32 + 0.5) / SAMPLES as f32;
            let x = (column as f32 + within(sample % SAMPLES) - width as f32 / 2.0) * scale;
            let y = (height as f32 / 2.0 - row as f32 - within(sample / SAMPLES)) * scale;
            let seen = view(x, y);
            (0..3).for_each(|channel| light[channel] += film(seen[channel]));
        }
        let darker = vignette(column as f32 / width as f32, row as f32 / height as f32);
        for (channel, value) in pixel.iter_mut().enumerate() {
            let mean = light[channel] / (SAMPLES * SAMPLES) as f32;
            *value = (mean * darker * 255.0).round().clamp(0.0, 255.0) as u8;
        }
    }
    picture
}

/// Light to brightness on the page: highlights roll off as on film, then the screen's gamma.
fn film(light: f32) -> f32 {
    let light = light.max(0.0);
    let rolled = light * (2.51 * light + 0.03) / (light * (2.43 * light + 0.59) + 0.14);
    rolled.clamp(0.0, 1.0).powf(1.0 / 2.2)
}

fn vignette(x: f32, y: f32) -> f32 {
    1.0 - 0.5 * ((x - 0.5).powi(2) + (y - 0.5).powi(2))
}
