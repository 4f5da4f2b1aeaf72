//! A sea in a storm: rows of waves that roll, the nearer the higher, with foam on their crests.

use std::f32::consts::{PI, TAU};

use super::super::super::ground::{Relief, Swell};
use super::super::super::noise::{noise, step};
use super::super::Set;

/// A row of waves: where its foot is, how long and high its waves are, and its depth.
#[rustfmt::skip]
const ROWS: [[f32; 4]; 4] = [
    [0.635, 0.60, 0.036, 0.22],
    [0.690, 0.86, 0.070, 0.42],
    [0.775, 1.15, 0.118, 0.72],
    [0.900, 1.60, 0.100, 1.10],
];

/// How long a tall ship takes from crest to crest.
const WAVE_S: f32 = TAU / 1.3;

impl Set<'_> {
    /// The rows behind the figures.
    pub(in crate::scene::places) fn storm_waves(&mut self) {
        for number in 0..3 {
            self.wave_row(number);
        }
    }

    /// The row before the figures' feet.
    pub(in crate::scene::places) fn wave_before(&mut self) {
        self.wave_row(3);
    }

    fn wave_row(&mut self, number: u8) {
        let [foot, length, high, depth] = ROWS[usize::from(number)];
        let (light, seed) = (self.light, self.chance.number());
        let near = f32::from(number) / 3.0;
        let deep = light.lit(self.palette.ground.near).scale(0.42);
        let glassy = light.lit(0x3f8a94).mix(light.fog, 0.2);
        let foam = light.lit(0xffffff).mix(light.fog, 0.25);
        let side = light.side;
        // The crest of the row behind the ship is under it when it is at its highest; the one before it comes later.
        let start = [0.2, 0.9, 0.56, 1.0][usize::from(number)];
        let crest = move |x: f32| {
            let u = (x / length - start).rem_euclid(1.0);
            // Round troughs and sharp crests, one larger wave and two smaller ones in each length.
            let sharp = |u: f32| 1.0 - (u * PI).sin().abs();
            sharp(u) * 0.6 + sharp(u * 2.0 + 0.31) * 0.3 + 0.1 * (u * TAU * 5.0).sin()
        };
        let far = (1.0 - near) * 0.5;
        let paint = move |x: f32, y: f32| {
            let top = foot - high * crest(x);
            let down = y - top;
            let cover = step(-0.002, 0.002, down);
            if cover <= 0.0 {
                return (deep, 0.0);
            }
            let turn = x / length * TAU;
            // Streaks of foam run down the face; on a ring of noise, so that they repeat.
            let (ring, fine) = ((turn.cos() * 3.0 + 9.0, turn.sin() * 3.0 + 9.0), 5.0 + 5.0 * near);
            let streak = noise(ring.0 * fine, ring.1 * fine + down * 60.0, seed);
            let slope = (crest(x + length * 0.02) - crest(x - length * 0.02)) * -side;
            let face = glassy.mix(deep, step(0.0, high * 1.3, down));
            let face = face.scale(0.85 + slope * 0.9);
            let peak = step(0.35, 0.85, crest(x));
            let lip = step(high * (0.10 + 0.3 * peak * streak), 0.0, down) * (0.25 + 0.75 * peak);
            let veins = step(0.68, 0.86, streak) * step(high * 2.2, 0.0, down) * 0.22;
            let colour = face.mix(foam, (lip + veins).clamp(0.0, 0.9));
            (colour.mix(light.fog, far * 0.55), cover)
        };
        let swell = Swell {
            length,
            // The nearer ones come as often as the ship climbs, from ahead.
            speed: -length / WAVE_S * (0.45 + 0.55 * step(0.2, 0.6, near)),
            heave: 0.008 + 0.016 * near,
            phase: if number >= 2 { 1.2 } else { f32::from(number) * 1.9 },
        };
        let top = foot - high * 1.3 - 0.02;
        let bottom = if number == 3 { None } else { Some(ROWS[usize::from(number) + 1][0] + 0.08) };
        let bottom = if number == 2 { None } else { bottom };
        let relief = Relief::rolling(&self.stage, (depth, 0.7), (top, bottom), (swell, paint));
        self.add(relief);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_overlap_so_that_no_gap_shows_between_them() {
        for pair in ROWS.windows(2) {
            assert!(pair[1][0] - pair[1][2] < pair[0][0] + 0.08);
        }
    }
}
