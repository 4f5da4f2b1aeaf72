//! The embedded studio as an upstream: fetches the pictures, renders on a thread of its own, leaves a part file.

use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use filmgate_domain::remake::Remake;
use filmgate_domain::request::{Parameter, Promise, Request};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::{CopyKind, Failure};
use filmgate_studio::{Brief, Film, PicturesAre, Shot, StudioError};
use tokio::sync::oneshot;

use crate::pictures::Pictures;
use crate::upstream::{Answer, Making, Parts, Upstream, Watch};

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

    async fn render(&self, request: &Request, parts: &Parts, watch: Arc<Watch>) -> Answer {
        let mut pictures = Vec::new();
        for link in request.first().texts(Parameter::Pictures) {
            match self.pictures.bytes(link).await {
                Ok(bytes) => pictures.push(bytes.to_vec()),
                Err(failure) => return Answer::Faulted(failure),
            }
        }
        let (request, threads, parts) = (request.clone(), self.threads, parts.clone());
        let (reply, answer) = oneshot::channel();
        let work = move || drop(reply.send(render(&request, &pictures, threads, (&parts, &watch))));
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
    fn make<'a>(&'a self, request: &'a Request, parts: &'a Parts, watch: Arc<Watch>) -> Making<'a> {
        Box::pin(self.render(request, parts, watch))
    }
}

/// Renders the copies first, so that whoever finds the film finds them, too.
fn render(
    request: &Request,
    pictures: &[Vec<u8>],
    threads: NonZeroUsize,
    (parts, watch): (&Parts, &Watch),
) -> Answer {
    yield_to_the_server();
    let film = brief(request, pictures);
    let watch_frames = |progress| watch.note(progress);
    for (kind, path) in &parts.copies {
        let copy = match kind {
            CopyKind::Joined => {
                filmgate_studio::render_joined(&briefs_in_all(request, pictures), threads, &watch_frames)
            }
            CopyKind::Watermarked => {
                filmgate_studio::render(&Brief { caption: true, ..film.clone() }, threads, &watch_frames)
            }
        };
        match written(copy, path) {
            Answer::Made => watch.again(),
            other => return other,
        }
    }
    written(filmgate_studio::render(&film, threads, &watch_frames), &parts.film)
}

fn written(film: Result<Film, StudioError>, part: &Path) -> Answer {
    match film {
        Ok(film) => match write_durably(part, &film.mp4) {
            Ok(()) => Answer::Made,
            Err(error) => Answer::Faulted(fault(&format!("The film could not be written: {error}."))),
        },
        Err(StudioError::Stopped) => Answer::Stopped,
        Err(error) => Answer::Faulted(failure(&error)),
    }
}

/// What to tell the client of a film that the studio cannot make.
pub(crate) fn failure(error: &StudioError) -> Failure {
    match error {
        StudioError::Picture { .. } => {
            Failure { code: "422".into(), text: format!("{}. Nothing was charged.", sentence(error)) }
        }
        StudioError::Stopped | StudioError::Brief(_) | StudioError::Encoder(_) => fault(&sentence(error)),
    }
}

/// Films can wait, requests cannot: on Linux a thread may lower its own priority. Threads it starts inherit it.
pub(crate) fn yield_to_the_server() {
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

pub(crate) fn fault(what: &str) -> Failure {
    tracing::error!("{what}");
    Failure { code: "500".into(), text: format!("{what} Nothing was charged; see the log of filmgate.") }
}

/// What the studio is asked for: by the request itself, or by the request of the film that it goes back to.
fn brief(request: &Request, pictures: &[Vec<u8>]) -> Brief {
    let Some(origin) = &request.origin else { return first_brief(request, pictures) };
    let source = brief(&origin.request, pictures);
    let Promise { width, height, seconds, frames_per_second } = request.film;
    let caption = !request.flag(Parameter::Clean);
    let source_s = source.seconds;
    let mut own = Brief { width, height, seconds, frames_per_second, caption, ..source };
    match origin.remake {
        Remake::Enlargement => own,
        Remake::Extension => {
            if own.pictures_are == PicturesAre::Frames && !own.pictures.is_empty() {
                // The camera has left the last picture, or it ended on it: there and back, one way for each film.
                let is_there = own.pictures.len() > 1 || !own.earlier_s.is_empty();
                own.pictures.drain(..own.pictures.len() - 1);
                own.earlier_s = if is_there { vec![] } else { vec![source_s] };
            } else {
                own.earlier_s.push(source_s);
            }
            // It shows its source's scene, and says what it was asked for itself.
            let said = Some(words(request)).filter(|said| !said.is_empty());
            Brief { words: said.or(own.words), shots: vec![], ..own }
        }
        Remake::Remix | Remake::Edit if request.shots().is_empty() => {
            let and_more = |said: String| format!("{said} {}", words(request));
            Brief { prompt: and_more(own.prompt), words: own.words.map(and_more), ..own }
        }
        Remake::Remix | Remake::Edit => Brief { shots: shots(request), words: None, ..own },
    }
}

/// The film that was extended, its earlier extensions, and this one.
pub(crate) fn briefs_in_all(request: &Request, pictures: &[Vec<u8>]) -> Vec<Brief> {
    let mut briefs = match &request.origin {
        Some(origin) if origin.remake == Remake::Extension => briefs_in_all(&origin.request, pictures),
        _ => vec![],
    };
    briefs.push(brief(request, pictures));
    briefs
}

fn first_brief(request: &Request, pictures: &[Vec<u8>]) -> Brief {
    let film = request.film;
    let prompt = words(request);
    Brief {
        seed: request.seed().map_or_else(|| seed_of(&prompt, request), i64::unsigned_abs),
        prompt,
        width: film.width,
        height: film.height,
        seconds: film.seconds,
        frames_per_second: film.frames_per_second,
        caption: !request.flag(Parameter::Clean),
        words: None,
        pictures_are: pictures_are(request.text(Parameter::Mode), pictures.len()),
        pictures: pictures.to_vec(),
        characters: request.texts(Parameter::Characters).to_vec(),
        earlier_s: vec![],
        shots: shots(request),
    }
}

fn words(request: &Request) -> String {
    match request.text(Parameter::Prompt) {
        "" if request.shots().is_empty() => request.text(Parameter::CharacterPrompt).to_owned(),
        "" => request.shots().iter().map(|shot| shot.scene.as_str()).collect::<Vec<_>>().join(" "),
        prompt if request.scenario.is_some() => Scenario::strip(prompt),
        prompt => prompt.to_owned(),
    }
}

fn shots(request: &Request) -> Vec<Shot> {
    let shots = request.shots().iter();
    shots.map(|shot| Shot { scene: shot.scene.clone(), seconds: shot.seconds }).collect()
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
    use filmgate_domain::id::TaskId;
    use filmgate_domain::remake::Origin;
    use filmgate_domain::request::{Form, Value};

    use super::*;

    #[test]
    fn pictures_are_frames_unless_they_are_said_to_be_references_or_are_three() {
        assert_eq!(pictures_are("REFERENCE_2_VIDEO", 1), PicturesAre::References);
        assert_eq!(pictures_are("", 3), PicturesAre::References);
        assert_eq!(pictures_are("", 2), PicturesAre::Frames);
        assert_eq!(pictures_are("FIRST_AND_LAST_FRAMES_2_VIDEO", 2), PicturesAre::Frames);
    }

    fn request(pictures: usize) -> Request {
        let links = (0..pictures).map(|number| format!("https://example.com/{number}.png")).collect();
        let parameters =
            [(Parameter::Prompt, Value::Text("A cat".into())), (Parameter::Pictures, Value::Texts(links))];
        Request {
            model: "veo3".into(),
            parameters: parameters.into(),
            form: Form::KieVeo,
            callback_url: None,
            scenario: None,
            on_doubt: None,
            routes: vec![],
            stops_on_failure: false,
            origin: None,
            film: Promise { width: 1280, height: 720, seconds: 8, frames_per_second: 24 },
        }
    }

    fn remade(source: &Request, remake: Remake, prompt: &str) -> Request {
        let origin = Origin {
            task: TaskId([0; 16]),
            remake,
            upstream: "studio".into(),
            request: Box::new(source.clone()),
        };
        let parameters = [(Parameter::Prompt, Value::Text(prompt.into()))].into();
        Request { parameters, origin: Some(origin), ..source.clone() }
    }

    #[test]
    fn an_extension_goes_on_in_its_sources_scene_after_all_that_lies_before_it() {
        let source = request(0);
        let longer = remade(&source, Remake::Extension, "It jumps");
        let longest = remade(&longer, Remake::Extension, "It sleeps");
        let (first, second, third) = (brief(&source, &[]), brief(&longer, &[]), brief(&longest, &[]));
        assert_eq!([&first, &second, &third].map(|brief| brief.earlier_s.len()), [0, 1, 2]);
        assert_eq!(third.earlier_s, [8, 8]);
        assert!(
            [&second, &third].iter().all(|later| later.prompt == first.prompt && later.seed == first.seed)
        );
        assert_eq!(briefs_in_all(&longest, &[]), [first, second, third]);
    }

    #[test]
    fn an_extensions_caption_is_its_own_prompt() {
        let source = request(0);
        let longer = remade(&source, Remake::Extension, "It jumps");
        let (large, other) =
            (remade(&longer, Remake::Enlargement, ""), remade(&longer, Remake::Remix, "at night"));
        let said = [&source, &longer, &large, &other].map(|request| brief(request, &[]).words);
        assert_eq!(
            said.each_ref().map(Option::as_deref),
            [None, Some("It jumps"), Some("It jumps"), Some("It jumps at night")]
        );
    }

    #[test]
    fn from_one_picture_the_camera_goes_there_and_back_and_from_two_it_starts_at_the_last() {
        let way = |pictures: usize| {
            let files: Vec<Vec<u8>> =
                (0..pictures).map(|number| vec![u8::try_from(number).unwrap()]).collect();
            let source = request(pictures);
            let longer = remade(&source, Remake::Extension, "on");
            let longest = remade(&longer, Remake::Extension, "on");
            [&longer, &longest].map(|request| {
                let brief = brief(request, &files);
                (brief.pictures, brief.earlier_s)
            })
        };
        assert_eq!(way(1), [(vec![vec![0]], vec![8]), (vec![vec![0]], vec![])]);
        assert_eq!(way(2), [(vec![vec![1]], vec![]), (vec![vec![1]], vec![8])]);
    }

    #[test]
    fn a_remix_has_both_prompts_and_the_sources_seed_and_an_enlargement_only_its_own_size() {
        let source = request(0);
        let remix = brief(&remade(&source, Remake::Remix, "at night"), &[]);
        assert_eq!((remix.prompt.as_str(), remix.seed), ("A cat at night", brief(&source, &[]).seed));
        let film = Promise { width: 3840, height: 2160, ..source.film };
        let large = Request { film, ..remade(&source, Remake::Enlargement, "") };
        assert_eq!(brief(&large, &[]), Brief { width: 3840, height: 2160, ..brief(&source, &[]) });
    }
}
