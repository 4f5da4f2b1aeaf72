//! Makes the films of the gallery and writes their contact sheets and its page: `gallery FOLDER [NAME…]`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a command for developers may fail loudly, and its pictures are small"
)]

// The films are taken apart with the tests' own tool: what a sheet shows went through the encoder.
#[path = "../../tests/it/mp4.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod mp4;
mod pictures;
mod prompts;
mod sheet;
mod views;

use filmgate_studio::{Brief, PicturesAre, ScenePlan, render};
use prompts::{CHINESE, ENGLISH, Entry, FRAMES_MAX};
use std::error::Error;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

const SECONDS: u32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: gallery FOLDER [NAME…]")?;
    let (folder, names): (&Path, Vec<String>) = (folder.as_ref(), arguments.collect());
    pictures::draw_missing(&folder.join("pictures"))?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let film = |brief: &Brief| render(brief, threads, &|_| ControlFlow::Continue(()));
    let cat = folder.join("pictures/cat.jpg");
    if !cat.exists() {
        let brief = Brief { seconds: 1, seed: 3, ..brief(&ENGLISH[0], folder)? };
        std::fs::write(&cat, sheet::first_frame(&film(&brief)?.mp4)?)?;
    }
    let asked = |entry: &&Entry| names.is_empty() || names.iter().any(|name| name == entry.name);
    for entry in ENGLISH.iter().chain(&CHINESE).filter(asked) {
        let film = film(&brief(entry, folder)?)?;
        let jpeg = sheet::sheet(&film.mp4, film.frames as usize)?;
        println!("{}.jpg: {} bytes", entry.name, jpeg.len());
        std::fs::write(folder.join(entry.name).with_extension("jpg"), jpeg)?;
    }
    std::fs::write(folder.join("README.md"), page())?;
    Ok(())
}

fn brief(entry: &Entry, folder: &Path) -> Result<Brief, Box<dyn Error>> {
    let are_frames = entry.pictures.len() <= FRAMES_MAX;
    Ok(Brief {
        prompt: entry.prompt.to_owned(),
        width: entry.size.0,
        height: entry.size.1,
        seconds: SECONDS,
        frames_per_second: 24,
        seed: ScenePlan::seed_of([entry.prompt]),
        caption: false,
        words: None,
        pictures: entry
            .pictures
            .iter()
            .map(|name| std::fs::read(folder.join(name)))
            .collect::<Result<_, _>>()?,
        pictures_are: if are_frames { PicturesAre::Frames } else { PicturesAre::References },
        characters: Vec::new(),
        earlier_s: Vec::new(),
        shots: Vec::new(),
    })
}

/// The page that shows all sheets.
fn page() -> String {
    let mut page = String::from(
        "# What the embedded studio makes of a sentence\n\n\
         Each sheet shows one film of 10 seconds at 0, 25, 50, 75 and 100 % of its length, decoded from the finished MP4,\n\
         without the caption. `cargo xtask gallery` makes this page, `cargo xtask gallery cat panda` two sheets of it.\n\
         The pictures that six films begin with are drawn by the same command into [pictures](pictures): they are our own and\n\
         have this repository's licence. What stands under a sheet is the film's plan, as `filmgate generate --plan` prints it.\n",
    );
    for (language, entries) in [("English", &ENGLISH), ("中文", &CHINESE)] {
        page.push_str(&["\n## ", language, "\n"].concat());
        entries.iter().for_each(|entry| page.push_str(&section(entry)));
    }
    page
}

/// One film: its prompt, its sheet, and what was understood or where it began.
fn section(entry: &Entry) -> String {
    let links: Vec<String> = entry.pictures.iter().map(|path| format!("[{path}]({path})")).collect();
    let facts = if links.is_empty() {
        let plan = ScenePlan::from_prompt(entry.prompt, ScenePlan::seed_of([entry.prompt])).to_string();
        let facts = plan.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        facts.collect::<Vec<_>>().join(" · ")
    } else {
        let role = if links.len() > FRAMES_MAX { "References: " } else { "Begins with " };
        format!("{role}{}", links.join(if links.len() > FRAMES_MAX { ", " } else { ", ends with " }))
    };
    format!("\n**{}**\n\n![Five moments of this film]({}.jpg)\n\n{facts}\n", entry.prompt, entry.name)
}
