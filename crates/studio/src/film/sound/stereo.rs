//! Two channels of sound, and what can be done with all of it.
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "films have few samples")]

use super::RATE;

/// Samples of both channels, of the same length.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stereo {
    pub(super) left: Vec<f32>,
    pub(super) right: Vec<f32>,
}

/// The sample at a second.
pub(super) fn sample_at(second: f32) -> usize {
    (second.max(0.0) * RATE).round() as usize
}

/// How loud something at a place between -1.0 (left) and 1.0 (right) is on each side; both powers add up to 1.
pub(super) fn sides(pan: f32) -> [f32; 2] {
    let (right, left) = ((pan.clamp(-1.0, 1.0) + 1.0) * std::f32::consts::FRAC_PI_4).sin_cos();
    [left, right]
}

impl Stereo {
    pub(super) fn silent(seconds: f32) -> Self {
        let samples = sample_at(seconds);
        Self { left: vec![0.0; samples], right: vec![0.0; samples] }
    }

    pub(super) fn seconds(&self) -> f32 {
        self.left.len() as f32 / RATE
    }

    /// Lays another sound over this one, from a second on.
    pub(super) fn lay(&mut self, other: &Self, from_s: f32) {
        let start = sample_at(from_s).min(self.left.len());
        for (under, over) in [(&mut self.left, &other.left), (&mut self.right, &other.right)] {
            under[start..].iter_mut().zip(over).for_each(|(sample, other)| *sample += other);
        }
    }

    /// Takes away the first seconds.
    pub(super) fn drop_first(&mut self, seconds: f32) {
        for channel in [&mut self.left, &mut self.right] {
            channel.drain(..sample_at(seconds).min(channel.len()));
        }
    }

    /// Lets the sound come from nothing and go to nothing; two sounds that cross keep their power.
    pub(super) fn fade(&mut self, in_s: f32, out_s: f32) {
        for channel in [&mut self.left, &mut self.right] {
            let rise =
                |samples: usize, n: usize| (n as f32 / samples as f32 * std::f32::consts::FRAC_PI_2).sin();
            let (coming, going) = (sample_at(in_s), sample_at(out_s));
            channel.iter_mut().take(coming).enumerate().for_each(|(n, sample)| *sample *= rise(coming, n));
            channel
                .iter_mut()
                .rev()
                .take(going)
                .enumerate()
                .for_each(|(n, sample)| *sample *= rise(going, n));
        }
    }
}
