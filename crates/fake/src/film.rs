//! Films: a small MP4 made in code, and its delivery with ranges and every way to go wrong.

use crate::cut::{Cut, CutPoint, Fault};
use crate::http::{Reply, Request};
use crate::ledger::Job;
use crate::world::{State, World};

const MDAT_BYTES: u32 = 200_000;

/// A structurally valid MP4 without tracks: `ftyp`, `moov` with its `mvhd`, and an `mdat` of 200,000 fixed bytes.
pub fn default_film() -> Vec<u8> {
    let ftyp = boxed(b"ftyp", &[&b"isom"[..], &512_u32.to_be_bytes(), b"isomiso2mp41"].concat());
    let mut mvhd = vec![0; 100];
    mvhd[12..16].copy_from_slice(&1000_u32.to_be_bytes()); // the time scale,
    mvhd[16..20].copy_from_slice(&4000_u32.to_be_bytes()); // 4 s,
    mvhd[20..24].copy_from_slice(&0x1_0000_u32.to_be_bytes()); // at normal speed
    mvhd[24..26].copy_from_slice(&0x100_u16.to_be_bytes()); // and volume,
    for (place, one) in [(36, 0x1_0000_u32), (52, 0x1_0000), (68, 0x4000_0000), (96, 1)] {
        mvhd[place..place + 4].copy_from_slice(&one.to_be_bytes()); // the unity matrix and the next track.
    }
    let moov = boxed(b"moov", &boxed(b"mvhd", &mvhd));
    let noise = (0..MDAT_BYTES).map(|place| place.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    let mdat = boxed(b"mdat", &noise.collect::<Vec<u8>>());
    [ftyp, moov, mdat].concat()
}

fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    [&length.to_be_bytes()[..], kind, body].concat()
}

/// The link that a record gives.
pub(crate) fn link(url: &str, job: &str) -> String {
    format!("{url}/film/{}.mp4", encoded(job))
}

/// `GET /film/{job}.mp4` and `GET /film/fresh/{job}.mp4`.
pub(crate) fn answer(world: &World, request: &Request) -> Reply {
    let (name, is_fresh) = match request.parts()[..] {
        ["film", name] => (name, false),
        ["film", "fresh", name] => (name, true),
        _ => return gone(),
    };
    let id = name.strip_suffix(".mp4").unwrap_or_default();
    let mut state = world.lock();
    state.ledger.seen.downloads += 1;
    world.tell_watchers();
    match state.ledger.jobs.get_mut(id).filter(|job| job.has_film()) {
        Some(job) => {
            job.downloads += 1;
            deliver(&mut state, request, is_fresh)
        }
        None => gone(),
    }
}

/// The film of a job that has one, or what is scripted instead.
pub(crate) fn deliver(state: &mut State, request: &Request, is_fresh: bool) -> Reply {
    let behaviour = &mut state.behaviour;
    if !is_fresh && behaviour.film_gone {
        return gone();
    }
    if !is_fresh && behaviour.film_gone_first > 0 {
        behaviour.film_gone_first -= 1;
        return gone();
    }
    if behaviour.film_html {
        return Reply::new(
            200,
            "text/html; charset=utf-8",
            "<!doctype html><title>Sign in</title><p>Please sign in.</p>",
        );
    }
    let film = &behaviour.film;
    let tag = format!("\"{}\"", fingerprint(film));
    let if_range = request.header("if-range");
    let asks = request.header("range");
    let is_part = behaviour.film_range && !asks.is_empty() && (if_range.is_empty() || if_range == tag);
    let part = if is_part { range(asks, film.len()) } else { Range::Whole };
    let reply = match part {
        Range::Whole => Reply::new(200, "video/mp4", film.clone()),
        Range::Part(start, end) => Reply::new(206, "video/mp4", &film[start..end])
            .with("Content-Range", format!("bytes {start}-{}/{}", end - 1, film.len())),
        Range::Outside => {
            return Reply::new(416, "text/plain", "")
                .with("Content-Range", format!("bytes */{}", film.len()));
        }
    };
    let accepts = if behaviour.film_range { "bytes" } else { "none" };
    let mut reply = reply.with("ETag", tag).with("Accept-Ranges", accepts);
    if behaviour.film_cuts > 0 {
        behaviour.film_cuts -= 1;
        reply.cut = Some(Cut { point: CutPoint::MidBody, fault: Fault::Fin });
    }
    reply
}

enum Range {
    Whole,
    /// From the first byte to the one after the last.
    Part(usize, usize),
    Outside,
}

/// `bytes=a-b`, `bytes=a-` and `bytes=-n`; what is none of these gets the whole film (RFC 9110, 14.2).
fn range(asks: &str, length: usize) -> Range {
    let Some((from, to)) = asks.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Range::Whole;
    };
    let (start, end) = match (from.trim().parse::<usize>(), to.trim().parse::<usize>()) {
        (Ok(start), Ok(last)) => (start, last.saturating_add(1).min(length)),
        (Ok(start), Err(_)) if to.is_empty() => (start, length),
        (Err(_), Ok(count)) if from.is_empty() => (length.saturating_sub(count), length),
        _ => return Range::Whole,
    };
    if start < end { Range::Part(start, end) } else { Range::Outside }
}

/// FNV-1a: different films have different tags.
fn fingerprint(film: &[u8]) -> String {
    let hash = film.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn gone() -> Reply {
    Reply::new(404, "application/xml", "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>")
}

/// Whether a link is one of ours to a film, and the fresh link in its place.
pub(crate) fn fresh_link(url: &str, link: &str) -> Option<String> {
    let name = link.strip_prefix(url)?.strip_prefix("/film/")?;
    name.ends_with(".mp4").then(|| format!("{url}/film/fresh/{}", name.trim_start_matches("fresh/")))
}

/// Percent-encodes what has a meaning in a path.
fn encoded(id: &str) -> String {
    id.replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
}

impl Job {
    /// The link of its film, if it has one.
    pub(crate) fn film_link(&self, url: &str) -> Option<String> {
        self.has_film().then(|| link(url, &self.id))
    }
}
