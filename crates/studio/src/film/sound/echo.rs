//! The place's echo: four delays that feed each other, so that what is near sounds as if it were there.

use super::stereo::Stereo;
use crate::plan::Place;

/// Samples of each delay; they share no factor, so that no tone rings.
const DELAYS: [usize; 4] = [1559, 1999, 2503, 3203];

/// How much of the echo is heard, how much of it goes round again, and how much of its treble is lost on the way.
fn character(place: Place) -> (f32, f32, f32) {
    match place {
        Place::Room => (0.25, 0.55, 0.5),
        Place::City | Place::Village | Place::Pagoda => (0.3, 0.68, 0.5),
        Place::Forest | Place::Mountain => (0.4, 0.74, 0.6),
        Place::Underwater | Place::Space => (0.4, 0.8, 0.75),
        _ => (0.2, 0.6, 0.6),
    }
}

/// Adds the echo of all that is in `sound` so far.
pub(super) fn add(place: Place, sound: &mut Stereo) {
    let (wet, round, dull) = character(place);
    let mut lines = DELAYS.map(|delay| vec![0.0_f32; delay]);
    let mut heads = [0_usize; 4];
    let mut dulled = [0.0_f32; 4];
    for (left, right) in sound.left.iter_mut().zip(&mut sound.right) {
        let near = [*left, *right];
        let mut late = [0.0_f32; 4];
        for (number, line) in lines.iter().enumerate() {
            dulled[number] += (1.0 - dull) * (line[heads[number]] - dulled[number]);
            late[number] = dulled[number];
        }
        // Each line gets back what came out of all of them, mirrored: nothing is lost but what `round` takes.
        let half = 0.5 * late.iter().sum::<f32>();
        for (number, line) in lines.iter_mut().enumerate() {
            line[heads[number]] = near[number % 2] + round * (late[number] - half);
            heads[number] = if heads[number] + 1 == line.len() { 0 } else { heads[number] + 1 };
        }
        *left += wet * (late[0] + late[2]);
        *right += wet * (late[1] + late[3]);
    }
}
