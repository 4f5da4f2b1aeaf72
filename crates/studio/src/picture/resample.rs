//! Cuts a window out of a picture and brings it to another size, sharp and without aliasing, once for each film.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "coordinates are bounded by the picture limits, colours are clamped before they are cut to bytes"
)]

use super::decode::Picture;
use std::collections::VecDeque;

/// A part of a picture in its pixels; it may reach beyond the edges, where the picture is mirrored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

/// For one pixel of the result: the first source pixel and the weights from there on, which add up to 1.
struct Taps {
    first: i32,
    weights: Vec<f32>,
}

/// The window as RGBA rows of `width` by `height` pixels.
pub(super) fn resample(picture: &Picture, window: Window, width: u32, height: u32) -> Vec<u8> {
    let columns = taps(window.left, window.width, width);
    let rows = taps(window.top, window.height, height);
    let (source_width, source_height) = picture.size();
    let mut source = Vec::with_capacity(source_width as usize);
    let mut narrow: VecDeque<Vec<[f32; 3]>> = VecDeque::new();
    let mut next = rows.first().map_or(0, |row| row.first);
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for row in &rows {
        let end = row.first + row.weights.len() as i32;
        while next < end {
            picture.row(mirrored(next, source_height), &mut source);
            narrow.push_back(columns.iter().map(|column| weighted(column, &source)).collect());
            next += 1;
        }
        // Rows before this one's first are not needed again: the windows only move down.
        narrow.drain(..narrow.len() - row.weights.len());
        for x in 0..width as usize {
            let mut colour = [0.5; 3];
            for (weight, line) in row.weights.iter().zip(&narrow) {
                for (sum, sample) in colour.iter_mut().zip(line[x]) {
                    *sum += weight * sample;
                }
            }
            let [r, g, b] = colour.map(|channel| channel.clamp(0.0, 255.0) as u8);
            rgba.extend_from_slice(&[r, g, b, 255]);
        }
    }
    rgba
}

fn weighted(taps: &Taps, row: &[[f32; 3]]) -> [f32; 3] {
    let mut colour = [0.0; 3];
    for (offset, weight) in (0..).zip(&taps.weights) {
        let source = row[mirrored(taps.first + offset, row.len() as u32) as usize];
        for (sum, sample) in colour.iter_mut().zip(source) {
            *sum += weight * sample;
        }
    }
    colour
}

/// The taps of each result pixel. All have the same number of weights, so rows can be dropped in order.
fn taps(start: f32, length: f32, count: u32) -> Vec<Taps> {
    let step = length / count as f32;
    let stretch = step.max(1.0);
    let reach = 2.0 * stretch;
    let number = (2.0 * reach).ceil() as i32 + 1;
    (0..count)
        .map(|n| {
            let centre = start + (n as f32 + 0.5) * step - 0.5;
            let first = (centre - reach).ceil() as i32;
            let mut weights: Vec<f32> =
                (first..first + number).map(|at| catmull_rom((at as f32 - centre) / stretch)).collect();
            let sum: f32 = weights.iter().sum();
            for weight in &mut weights {
                *weight /= sum;
            }
            Taps { first, weights }
        })
        .collect()
}

/// A cubic that passes through the samples, so that a picture at its own size stays what it is.
fn catmull_rom(x: f32) -> f32 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

/// The index inside `0..length` that `at` falls on when the line is mirrored at its ends again and again.
fn mirrored(at: i32, length: u32) -> u32 {
    let length = length as i32;
    let at = at.rem_euclid(2 * length);
    (if at < length { at } else { 2 * length - 1 - at }) as u32
}
