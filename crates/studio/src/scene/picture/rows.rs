//! The inner loops of a layer: one row of pixels mixed with its neighbours and laid over another.

use super::super::swar::{blend, pack, spread};

/// So many pixels are mixed at once: the compiler makes vector instructions of a loop over their channels.
const PIXELS: usize = 16;

/// Lays pixels side by side with a constant part of a pixel between them.
pub(super) fn along(source: &[u8], weight: u16, target: &mut [u8], opaque: bool) {
    let mix = |(a, b): (&u8, &u8)| ((u16::from(*a) * (256 - weight) + u16::from(*b) * weight) >> 8) as u8;
    if opaque && weight == 0 {
        target.copy_from_slice(&source[..target.len()]);
    } else if opaque {
        for (target, pair) in target.iter_mut().zip(source.iter().zip(&source[4..])) {
            *target = mix(pair);
        }
    } else if weight == 0 {
        lay_all(source, target);
    } else {
        let mut mixed = [0; PIXELS * 4];
        for (number, target) in target.chunks_mut(mixed.len()).enumerate() {
            let from = &source[number * mixed.len()..];
            let length = target.len();
            let out = &mut mixed[..length];
            // The last pixel of a picture has no neighbour on the right, and is its own.
            let count = length.min(from.len() - 4);
            out[count..].copy_from_slice(&from[count..length]);
            for (out, pair) in out[..count].iter_mut().zip(from[..count].iter().zip(&from[4..count + 4])) {
                *out = mix(pair);
            }
            lay_all(out, target);
        }
    }
}

/// Lays pixels with a step between them that is not one.
pub(super) fn resample(source: &[u8], (mut x, step): (u32, u32), target: &mut [u8], opaque: bool) {
    let pixels = source.as_chunks::<4>().0;
    let (mut left, mut right) = ([[0; 4]; PIXELS], [[0; 4]; PIXELS]);
    let mut weights = [[0_u16; 4]; PIXELS];
    let mut mixed = [0; PIXELS * 4];
    for target in target.chunks_mut(mixed.len()) {
        for (number, weight) in weights.iter_mut().enumerate().take(target.len() / 4) {
            let at = (x >> 16) as usize;
            let Some([a, b]) = pixels.get(at..at + 2) else { break };
            (left[number], right[number]) = (*a, *b);
            *weight = [((x >> 8) & 255) as u16; 4];
            x += step;
        }
        let pairs = left.as_flattened().iter().zip(right.as_flattened());
        for (out, ((a, b), weight)) in mixed.iter_mut().zip(pairs.zip(weights.as_flattened())) {
            *out = ((u16::from(*a) * (256 - weight) + u16::from(*b) * weight) >> 8) as u8;
        }
        if opaque {
            target.copy_from_slice(&mixed[..target.len()]);
        } else {
            lay_all(&mixed, target);
        }
    }
}

/// Lays pixels over as many others.
fn lay_all(source: &[u8], target: &mut [u8]) {
    for (target, over) in target.as_chunks_mut::<4>().0.iter_mut().zip(source.as_chunks::<4>().0) {
        match over[3] {
            0 if *over == [0; 4] => {}
            255 => *target = *over,
            _ => *target = pack(blend(spread(*target), spread(*over))),
        }
    }
}
