//! The embedded studio as an upstream: fetches the pictures, renders on a thread of its own, leaves a part file.

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use filmgate_domain::request::{Parameter, Request};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::Failure;
use filmgate_studio::{Brief, PicturesAre, Shot, StudioError};
use tokio::sync::oneshot;

use crate::pictures::Pictures;
use crate::upstream::{Answer, Making, Upstream, Watch};

/// Renders films in this process. Making one again is free and gives the same bytes.
pub struct Studio {
    pictures: Pictures,
    threads: NonZeroUsize,
}

impl Studio {
    /// A studio that uses `threads` for each film.
    pub fn new(pictures: Pictures, threads: NonZeroUsize) -> Self {
        Self { pictures, threads }
    }

    async fn render(&self, request: &Request, part: &Path, watch: Arc<Watch>) -> Answer {
        let mut pictures = Vec::new();
        for link in request.texts(Parameter::Pictures) {
            match self.pictures.bytes(link).await {
                Ok(bytes) => pictures.push(bytes.to_vec()),
                Err(failure) => return Answer::Faulted(failure),
            }
        }
        let (brief, threads, part) = (brief(request, pictures), self.threads, part.to_owned());
        let (reply, answer) = oneshot::channel();
        let work = move || drop(reply.send(render(&brief, threads, &part, &watch)));
        // A thread of its own and not the blocking pool: a render lasts seconds and the pool is for short waits.
        match std::thread::Builder::new().name("render".into()).spawn(work) {
            Ok(_) => {
                answer.await.unwrap_or_else(|_| Answer::Faulted(fault("The studio stopped unexpectedly.")))
            }
            Err(_) => Answer::Faulted(fault("The machine has no thread left for the studio.")),
        }
    }
}

impl Upstream for Studio {
    fn make<'a>(&'a self, request: &'a Request, part: &'a Path, watch: Arc<Watch>) -> Making<'a> {
        Box::pin(self.render(request, part, watch))
    }
}

fn render(brief: &Brief, threads: NonZeroUsize, part: &Path, watch: &Watch) -> Answer {
    yield_to_the_server();
    match filmgate_studio::render(brief, threads, &|progress| watch.note(progress)) {
        Ok(film) => match write_durably(part, &film.mp4) {
            Ok(()) => Answer::Made,
            Err(error) => Answer::Faulted(fault(&format!("The film could not be written: {error}."))),
        },
        Err(StudioError::Stopped) => Answer::Stopped,
        Err(error @ StudioError::Picture { .. }) => Answer::Faulted(Failure {
            code: "422".into(),
            text: format!("{}. Nothing was charged.", sentence(&error)),
        }),
        Err(error @ (StudioError::Brief(_) | StudioError::Encoder(_))) => {
            Answer::Faulted(fault(&sentence(&error)))
        }
    }
}

/// Films can wait, requests cannot: on Linux a thread may lower its own priority. Threads it starts inherit it.
fn yield_to_the_server() {
    #[cfg(target_os = "linux")]
    // Without the right to do so the film is made at the usual priority.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 10);
}

fn sentence(error: &StudioError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Once an upstream has said that the film is made, it must be there after a power cut.
fn write_durably(part: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    part.parent().map_or(Ok(()), |folder| std::fs::File::open(folder)?.sync_all())
}

fn fault(what: &str) -> Failure {
    tracing::error!("{what}");
    Failure { code: "500".into(), text: format!("{what} Nothing was charged; see the log of filmgate.") }
}

fn brief(request: &Request, pictures: Vec<Vec<u8>>) -> Brief {
    let film = request.film;
    let shots = request.shots();
    let shots_text: Vec<&str> = shots.iter().map(|shot| shot.scene.as_str()).collect();
    let prompt = match request.text(Parameter::Prompt) {
        "" => shots_text.join(" "),
        prompt if request.scenario.is_some() => Scenario::strip(prompt),
        prompt => prompt.to_owned(),
    };
    Brief {
        seed: request.seed().map_or_else(|| seed_of(&prompt, request), i64::unsigned_abs),
        prompt,
        width: film.width,
        height: film.height,
        seconds: film.seconds,
        frames_per_second: film.frames_per_second,
        caption: !request.flag(Parameter::Clean),
        pictures_are: pictures_are(request.text(Parameter::Mode), pictures.len()),
        pictures,
        characters: request.texts(Parameter::Characters).to_vec(),
        starts_at_s: 0,
        shots: shots.iter().map(|shot| Shot { scene: shot.scene.clone(), seconds: shot.seconds }).collect(),
    }
}

/// Without a mode the number of pictures decides: three are never a first and a last frame.
fn pictures_are(mode: &str, pictures: usize) -> PicturesAre {
    match mode {
        "REFERENCE_2_VIDEO" => PicturesAre::References,
        "" if pictures > 2 => PicturesAre::References,
        _ => PicturesAre::Frames,
    }
}

/// Without a seed the request itself is one (FNV-1a), so that the same request gives the same film on every machine.
fn seed_of(prompt: &str, request: &Request) -> u64 {
    let pictures = request.texts(Parameter::Pictures).iter().map(String::as_str);
    std::iter::once(prompt)
        .chain(pictures)
        .flat_map(str::bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_frames_unless_they_are_said_to_be_references_or_are_three() {
        assert_eq!(pictures_are("REFERENCE_2_VIDEO", 1), PicturesAre::References);
        assert_eq!(pictures_are("", 3), PicturesAre::References);
        assert_eq!(pictures_are("", 2), PicturesAre::Frames);
        assert_eq!(pictures_are("FIRST_AND_LAST_FRAMES_2_VIDEO", 2), PicturesAre::Frames);
    }
}
