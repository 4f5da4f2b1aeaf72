//! Compares a film's processor time with the bare encoder's over the same frames: `encoder SECONDS PROMPT`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a command that measures, and may fail loudly"
)]

#[path = "../tests/it/mp4.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod mp4;

use filmgate_studio::{Brief, PicturesAre, render};
use openh264::OpenH264API;
use openh264::encoder::{
    Complexity, Encoder, EncoderConfig, FrameRate, Profile, QpRange, RateControlMode, VuiConfig,
};
use std::error::Error;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

/// The studio's finest quantiser.
const QUANTISER: u8 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, prompt] = words.as_slice() else { return Err("usage: encoder SECONDS PROMPT".into()) };
    let brief = Brief {
        prompt: prompt.clone(),
        width: 1280,
        height: 720,
        seconds: seconds.parse()?,
        frames_per_second: 24,
        seed: 7,
        caption: false,
        words: None,
        pictures: Vec::new(),
        pictures_are: PicturesAre::Frames,
        characters: Vec::new(),
        earlier_s: Vec::new(),
        shots: Vec::new(),
    };
    let start_s = process_s()?;
    let film = render(&brief, NonZeroUsize::MIN, &|_| ControlFlow::Continue(()))?;
    let whole_s = process_s()? - start_s;
    let bare_s = encode_again(&film.mp4)?;
    let multiple = whole_s / bare_s;
    println!(
        "film {whole_s:.2} s of one core, bare encoder over its frames {bare_s:.2} s, multiple {multiple:.2}"
    );
    Ok(())
}

/// Seconds that this process has spent on a core, in hundredths: other programs on the machine do not count.
fn process_s() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, behind_the_name) = stat.rsplit_once(')').ok_or("no name in stat")?;
    let ticks = behind_the_name.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
}

/// The same of this thread alone, to the nanosecond.
fn thread_s() -> Result<f64, Box<dyn Error>> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = times.split(' ').next().ok_or("schedstat is empty")?.parse()?;
    Ok(nanoseconds / 1e9)
}

/// Encodes the film's own frames as the studio does, without painting or converting them.
fn encode_again(mp4: &[u8]) -> Result<f64, Box<dyn Error>> {
    let config = EncoderConfig::new()
        .rate_control_mode(RateControlMode::Bufferbased)
        .qp(QpRange::new(QUANTISER, QUANTISER))
        .skip_frames(false)
        .max_frame_rate(FrameRate::from_hz(24.0))
        .profile(Profile::High)
        .complexity(Complexity::Low)
        .scene_change_detect(false)
        .background_detection(false)
        .adaptive_quantization(false)
        .num_threads(1)
        .vui(VuiConfig::bt601());
    let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config)?;
    let mut spent_s = 0.0;
    mp4::watch(mp4, |_, picture| {
        let start_s = thread_s().expect("Linux says what a thread has spent");
        let stream = encoder.encode(picture).expect("a frame that was encoded before");
        assert!(!stream.to_vec().is_empty(), "the bare encoder drops no frame");
        spent_s += thread_s().expect("it has said so before") - start_s;
    });
    Ok(spent_s)
}
