//! Downloads of films: cut and resumed, limited, and checked before they count.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use filmgate_providers::http::{Base, DownloadFault, DownloadLimits, Source};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::origin::{Answer, Origin, Then, answer};
use super::{client, key};

const LIMITS: DownloadLimits =
    DownloadLimits { bytes_max: 1_000_000, time_max_ms: 60_000, idle_max_ms: 60_000 };

/// A film of some 300 KB whose bytes all differ from their neighbours'.
pub(super) fn film(seed: usize) -> Vec<u8> {
    let boxed = |kind: [u8; 4], content: &[u8]| {
        let size = u32::try_from(8 + content.len()).unwrap();
        [&size.to_be_bytes()[..], &kind, content].concat()
    };
    let media: Vec<u8> =
        (0..300_000).map(|n| u8::try_from((n * 31 + n / 251 + seed) % 256).unwrap()).collect();
    [boxed(*b"ftyp", b"isom0000isom"), boxed(*b"moov", &[0; 500]), boxed(*b"mdat", &media)].concat()
}

pub(super) struct Place {
    _folder: TempDir,
    part: PathBuf,
}

impl Place {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        Self { part: folder.path().join("film.part"), _folder: folder }
    }

    pub(super) fn part(&self) -> &Path {
        &self.part
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.part).unwrap()
    }
}

pub(super) fn own(origin: &Origin) -> Source {
    let base = Base::parse(&origin.url("/v1")).unwrap();
    Source::Own { base, path: "/content".to_owned(), headers: key() }
}

async fn download(origin: &Origin, limits: DownloadLimits) -> (Result<u64, DownloadFault>, Place) {
    let place = Place::new();
    std::fs::write(place.part(), "the rest of another film").unwrap();
    let outcome = client(&[]).download(&own(origin), place.part(), limits).await;
    assert_eq!(outcome.is_ok(), place.part().exists(), "a part file stays only with a film");
    (outcome.map(|downloaded| downloaded.bytes), place)
}

fn asked_from(request: &str) -> Option<usize> {
    let range = request.lines().find_map(|line| line.strip_prefix("range: bytes="))?;
    Some(range.strip_suffix('-').unwrap().parse().unwrap())
}

/// Serves a film as asked, but of the first `cuts` answers only so much.
fn resumable(film: Vec<u8>, cuts: usize, cut_at: usize) -> impl Fn(&str) -> Answer {
    let served = AtomicUsize::new(0);
    move |request| {
        let from = asked_from(request).unwrap_or(0);
        let rest = &film[from..];
        let status = if from == 0 { "200 OK" } else { "206 Partial Content" };
        let head = format!(
            "{status}\r\netag: \"a\"\r\ncontent-length: {}\r\ncontent-range: bytes {from}-{}/{}",
            rest.len(),
            film.len() - 1,
            film.len()
        );
        let sent = if served.fetch_add(1, SeqCst) < cuts { &rest[..cut_at.min(rest.len())] } else { rest };
        answer(&head, sent, Then::End)
    }
}

#[tokio::test]
async fn a_film_that_is_cut_three_times_arrives_whole() {
    let origin = Origin::start(resumable(film(0), 3, 70_001)).await;
    let (outcome, place) = download(&origin, LIMITS).await;
    assert_eq!(outcome.unwrap(), film(0).len() as u64);
    assert_eq!(place.bytes(), film(0));
    let requests = origin.requests();
    let asked: Vec<_> = requests.iter().map(|request| asked_from(request)).collect();
    assert_eq!(asked, [None, Some(70_001), Some(140_002), Some(210_003)]);
    for request in &requests {
        assert!(request.starts_with("GET /v1/content HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("authorization: Bearer secret\r\n"), "{request}");
        assert!(request.contains("accept-encoding: identity\r\n"), "{request}");
        assert_eq!(request.contains("if-range: \"a\"\r\n"), asked_from(request).is_some(), "{request}");
    }
}

#[tokio::test]
async fn a_film_is_resumed_ten_times_and_not_eleven() {
    let origin = Origin::start(resumable(film(0), 10, 5_000)).await;
    let (outcome, place) = download(&origin, LIMITS).await;
    assert_eq!((outcome.unwrap(), place.bytes()), (film(0).len() as u64, film(0)));
    let origin = Origin::start(resumable(film(0), 11, 5_000)).await;
    let (outcome, _) = download(&origin, LIMITS).await;
    assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{outcome:?}");
    assert_eq!(origin.requests().len(), 11);
}

#[tokio::test]
async fn a_resume_that_brings_nothing_is_the_last_one() {
    let origin = Origin::start(resumable(film(0), 3, 0)).await;
    let (outcome, _) = download(&origin, LIMITS).await;
    assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{outcome:?}");
    assert_eq!(origin.requests().len(), 1);
}

/// The first answer is cut in the middle, the second is whole, whatever was asked for.
fn cut_once(validator: &'static str, first: Vec<u8>, second: Vec<u8>) -> impl Fn(&str) -> Answer {
    let served = AtomicUsize::new(0);
    move |_| {
        let is_first = served.fetch_add(1, SeqCst) == 0;
        let film = if is_first { &first } else { &second };
        let sent = if is_first { film.len() / 2 } else { film.len() };
        answer(&format!("200 OK{validator}\r\ncontent-length: {}", film.len()), &film[..sent], Then::End)
    }
}

#[tokio::test]
async fn a_server_that_sends_everything_again_is_heard_from_the_beginning() {
    for (validator, range) in [
        ("\r\netag: \"a\"", true),
        ("\r\nlast-modified: Sun, 22 Nov 2026 10:00:00 GMT", true),
        ("\r\netag: W/\"a\"", false),
        ("", false),
    ] {
        // The second film is another one, and shorter than what was there of the first.
        let other = [&film(7)[..528], &8_u32.to_be_bytes(), b"mdat"].concat();
        let origin = Origin::start(cut_once(validator, film(0), other.clone())).await;
        let (outcome, place) = download(&origin, LIMITS).await;
        assert_eq!(outcome.unwrap(), other.len() as u64);
        assert_eq!(place.bytes(), other);
        let second = &origin.requests()[1];
        assert_eq!(second.contains("range: bytes=150268-\r\n"), range, "{second}");
        assert_eq!(second.contains("if-range: "), range, "{second}");
    }
}

#[tokio::test]
async fn a_resume_at_another_place_or_of_another_film_is_refused() {
    for range in ["bytes 0-300535/300536", "bytes 100-300535/300536", "bytes 100000-300536/300537", "", "x"] {
        let served = AtomicUsize::new(0);
        let origin = Origin::start(move |_| match served.fetch_add(1, SeqCst) {
            0 => answer("200 OK\r\netag: \"a\"\r\ncontent-length: 300536", &film(0)[..100_000], Then::End),
            _ => answer(
                &format!("206 Partial Content\r\ncontent-range: {range}\r\ncontent-length: 200536"),
                &film(0)[100_000..],
                Then::End,
            ),
        })
        .await;
        let (outcome, _) = download(&origin, LIMITS).await;
        assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{range}: {outcome:?}");
        assert_eq!(origin.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_link_is_dead_or_passing_by_its_status() {
    for status in [401, 403, 404, 410, 206, 400, 408, 416, 429, 500, 503] {
        let head = format!("{status} X\r\ncontent-length: 0");
        let origin = Origin::start(move |_| answer(&head, b"", Then::End)).await;
        match download(&origin, LIMITS).await.0 {
            Err(DownloadFault::Gone { status: gone }) => {
                assert!(gone == status && [401, 403, 404, 410].contains(&status), "{status}");
            }
            Err(DownloadFault::Passing(why)) => assert_eq!(why, format!("status {status}")),
            other => panic!("{status}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_whole_film_are_none() {
    let half = || film(0)[..100_000].to_vec();
    for (head, body, found) in [
        ("200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 15", b"<html>404</html"[..].into(), "HTML"),
        ("200 OK\r\ncontent-length: 2", b"{}".to_vec(), "JSON"),
        ("200 OK\r\ncontent-length: 0", Vec::new(), "empty"),
        ("200 OK", half(), "cut at byte 100000"),
        ("200 OK\r\ncontent-length: 100000", half(), "cut at byte 100000"),
        ("200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 300536", film(0), "gzip"),
    ] {
        let origin = Origin::start(move |_| answer(head, &body, Then::End)).await;
        let (outcome, _) = download(&origin, LIMITS).await;
        let Err(DownloadFault::NotAFilm(why)) = outcome else { panic!("{head}: {outcome:?}") };
        assert!(why.contains(found), "{why}");
    }
}

#[tokio::test]
async fn a_film_is_limited_by_its_announced_length_and_by_its_bytes() {
    let length = film(0).len();
    let announced = format!("200 OK\r\ncontent-length: {length}");
    for (head, body) in [(announced.as_str(), Vec::new()), ("200 OK", film(0))] {
        let head = head.to_owned();
        let origin = Origin::start(move |_| answer(&head, &body, Then::Hang)).await;
        let limits = DownloadLimits { bytes_max: length as u64 - 1, ..LIMITS };
        assert!(matches!(download(&origin, limits).await.0, Err(DownloadFault::TooLarge)));
    }
    let origin = Origin::start(resumable(film(0), 0, 0)).await;
    let limits = DownloadLimits { bytes_max: length as u64, ..LIMITS };
    assert_eq!(download(&origin, limits).await.0.unwrap(), length as u64);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_asked_again_for_the_rest() {
    let served = AtomicUsize::new(0);
    let rest = resumable(film(0), 0, 0);
    let origin = Origin::start(move |request| match served.fetch_add(1, SeqCst) {
        0 => answer("200 OK\r\netag: \"a\"\r\ncontent-length: 300536", &film(0)[..100_000], Then::Hang),
        _ => rest(request),
    })
    .await;
    let (outcome, place) = download(&origin, DownloadLimits { idle_max_ms: 1_000, ..LIMITS }).await;
    assert_eq!((outcome.unwrap(), place.bytes()), (300_536, film(0)));
    assert!(asked_from(&origin.requests()[1]).is_some());
}

#[tokio::test]
async fn a_download_ends_with_its_time_or_with_silence() {
    for limits in
        [DownloadLimits { idle_max_ms: 100, ..LIMITS }, DownloadLimits { time_max_ms: 100, ..LIMITS }]
    {
        for head in ["100 Continue", "200 OK\r\ncontent-length: 9"] {
            let origin = Origin::start(move |_| answer(head, b"", Then::Hang)).await;
            let (outcome, _) = download(&origin, limits).await;
            assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn a_disk_that_takes_no_more_is_our_own_fault() {
    let origin = Origin::start(resumable(film(0), 0, 0)).await;
    let place = Place::new();
    std::os::unix::fs::symlink("/dev/full", place.part()).unwrap();
    let full = client(&[]).download(&own(&origin), place.part(), LIMITS).await.unwrap_err();
    let DownloadFault::Disk(error) = full else { panic!("{full:?}") };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    let nowhere = place.part().join("film.part");
    let missing = client(&[]).download(&own(&origin), &nowhere, LIMITS).await;
    assert!(matches!(missing, Err(DownloadFault::Disk(_))), "{missing:?}");
}

#[tokio::test]
async fn a_download_may_run_in_a_task_of_its_own() {
    let origin = Origin::start(resumable(film(0), 1, 1)).await;
    let (client, from, place) = (client(&[]), own(&origin), Place::new());
    let part = place.part().to_owned();
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { client.download(&from, &part, LIMITS).await });
    tasks.join_next().await.unwrap().unwrap().unwrap();
    assert_eq!(place.bytes(), film(0));
}
