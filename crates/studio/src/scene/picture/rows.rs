//! The inner loops of a layer: one row of pixels mixed with its neighbours and laid over another.

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
    let mut pairs = [[0; 8]; PIXELS];
    let mut weights = [[0_u16; 4]; PIXELS];
    let mut mixed = [[0; 4]; PIXELS];
    for target in target.chunks_mut(PIXELS * 4) {
        for (pair, weight) in pairs.iter_mut().zip(&mut weights).take(target.len() / 4) {
            let at = (x >> 16) as usize * 4;
            let Some(neighbours) = source.get(at..at + 8).and_then(<[u8]>::first_chunk) else { break };
            *pair = *neighbours;
            *weight = [((x >> 8) & 255) as u16; 4];
            x += step;
        }
        for (out, (pair, weight)) in mixed.iter_mut().zip(pairs.iter().zip(&weights)) {
            for (channel, out) in out.iter_mut().enumerate() {
                let (a, b) = (u16::from(pair[channel]), u16::from(pair[channel + 4]));
                *out = ((a * (256 - weight[channel]) + b * weight[channel]) >> 8) as u8;
            }
        }
        let mixed = &mixed.as_flattened()[..target.len()];
        if opaque {
            target.copy_from_slice(mixed);
        } else {
            lay_all(mixed, target);
        }
    }
}

/// Lays pixels over as many others, which are opaque. Clear and opaque ones are mixed like all others: where they take turns,
/// as in grass and leaves, a processor that guesses wrong loses more than that.
fn lay_all(source: &[u8], target: &mut [u8]) {
    let (overs, last_over) = source[..target.len()].as_chunks::<{ PIXELS * 4 }>();
    let (targets, last) = target.as_chunks_mut::<{ PIXELS * 4 }>();
    for (target, over) in targets.iter_mut().zip(overs) {
        lay_some(over, target);
    }
    lay_some(last_over, last);
}

#[inline(always)]
fn lay_some(source: &[u8], target: &mut [u8]) {
    let mut left = [[0; 4]; PIXELS];
    for (left, over) in left.iter_mut().zip(source.as_chunks::<4>().0) {
        *left = [256 - u16::from(over[3]); 4];
    }
    for (target, (over, left)) in target.iter_mut().zip(source.iter().zip(left.as_flattened())) {
        // No channel of a premultiplied pixel is more than its opacity: the sum stays a byte.
        *target = over.wrapping_add(((u16::from(*target) * left) >> 8) as u8);
    }
}
