//! Makes one film and says how long each frame took: `film OUT.mp4 WIDTHxHEIGHT SECONDS THREADS PROMPT [PICTURE…]`.
#![expect(clippy::print_stdout, reason = "it is a command")]
#![expect(clippy::disallowed_methods, reason = "it measures wall time")]

use filmgate_studio::{Brief, PicturesAre, Shot, render};
use std::error::Error;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next =
        || arguments.next().ok_or("usage: film OUT.mp4 WIDTHxHEIGHT SECONDS THREADS PROMPT [PICTURE…]");
    let (out, size, seconds, threads, prompt) = (next()?, next()?, next()?, next()?, next()?);
    let (width, height) = size.split_once('x').ok_or("the size is WIDTHxHEIGHT")?;
    // A prompt with bars is a storyboard, cut into equal shots.
    let scenes: Vec<&str> = prompt.split('|').collect();
    let seconds: u32 = seconds.parse()?;
    let length = f64::from(seconds) / scenes.len() as f64;
    let shots = scenes.iter().map(|scene| Shot { scene: (*scene).to_owned(), seconds: length }).collect();
    let brief = Brief {
        shots: if scenes.len() > 1 { shots } else { Vec::new() },
        prompt: prompt.clone(),
        width: width.parse()?,
        height: height.parse()?,
        seconds,
        frames_per_second: 24,
        seed: 7,
        caption: true,
        words: None,
        pictures: arguments.map(std::fs::read).collect::<Result<_, _>>()?,
        pictures_are: PicturesAre::Frames,
        characters: Vec::new(),
        earlier_s: Vec::new(),
    };
    let threads: NonZeroUsize = threads.parse()?;
    let start = Instant::now();
    let film = render(&brief, threads, &|_| ControlFlow::Continue(()))?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    println!("{out}: {ms:.0} ms, {:.2} ms a frame, {} bytes", ms / f64::from(film.frames), film.mp4.len());
    std::fs::write(out, film.mp4)?;
    Ok(())
}
