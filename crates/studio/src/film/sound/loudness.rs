//! How loud a film is, as ITU-R BS.1770 measures it, and how it becomes as loud as films should be.

use super::SAMPLE_RATE;
use super::stereo::Stereo;

/// What EBU R 128 asks of a programme, in LUFS.
const TARGET_LUFS: f64 = -23.0;
/// Nothing is louder than this; 0.6 is -4.4 dBFS, which leaves room for what the encoder adds between samples.
const CEILING: f32 = 0.6;
/// Where peaks begin to be rounded.
const KNEE: f32 = 0.4;

/// Brings a film to the target, and rounds the few peaks that are too high then.
pub(super) fn level(sound: &mut Stereo) {
    let Some(lufs) = integrated(sound) else { return };
    #[expect(clippy::cast_possible_truncation, reason = "samples are f32")]
    let gain = 10f64.powf((TARGET_LUFS - lufs) / 20.0) as f32;
    for sample in sound.left.iter_mut().chain(&mut sound.right) {
        *sample *= gain;
        if sample.abs() > KNEE {
            let room = CEILING - KNEE;
            *sample = (KNEE + room * ((sample.abs() - KNEE) / room).tanh()).copysign(*sample);
        }
    }
}

/// The integrated loudness in LUFS: the mean over all moments that are not far quieter than the rest. Silence has none.
fn integrated(sound: &Stereo) -> Option<f64> {
    // Moments of 400 ms begin every 100 ms.
    let step = SAMPLE_RATE as usize / 10;
    let mut ears = [Ear::default(), Ear::default()];
    let steps: Vec<f64> = sound
        .left
        .chunks_exact(step)
        .zip(sound.right.chunks_exact(step))
        .map(|(left, right)| ears[0].energy(left) + ears[1].energy(right))
        .collect();
    let moments: Vec<f64> =
        steps.windows(4).map(|four| four.iter().sum::<f64>() / (4 * step) as f64).collect();
    let mean_above = |gate: f64| {
        let loud = || moments.iter().filter(|energy| **energy > gate);
        (loud().count() > 0).then(|| loud().sum::<f64>() / loud().count() as f64)
    };
    let heard = mean_above(10f64.powf((-70.0 + 0.691) / 10.0))?;
    mean_above(heard * 0.1).map(|energy| -0.691 + 10.0 * energy.log10())
}

/// The weighting of one channel: the head lifts treble, and nobody hears the deepest bass.
#[derive(Default)]
struct Ear {
    shelf: [f64; 2],
    pass: [f64; 2],
}

impl Ear {
    fn energy(&mut self, samples: &[f32]) -> f64 {
        let mut energy = 0.0;
        for sample in samples {
            // The coefficients of the recommendation's tables 1 and 2, for 48 kHz.
            let sample = f64::from(*sample);
            let shelved = 1.535_124_859_586_97 * sample + self.shelf[0];
            self.shelf[0] = -2.691_696_189_406_38 * sample + 1.690_659_293_182_41 * shelved + self.shelf[1];
            self.shelf[1] = 1.198_392_810_852_85 * sample - 0.732_480_774_215_85 * shelved;
            let passed = shelved + self.pass[0];
            self.pass[0] = -2.0 * shelved + 1.990_047_454_833_98 * passed + self.pass[1];
            self.pass[1] = shelved - 0.990_072_250_366_21 * passed;
            energy += passed * passed;
        }
        energy
    }
}
