//! One connection: reads requests, sends each to its dialect, and cuts creates where the script says.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use crate::behaviour::{Always, CreateScript};
use crate::cut::{self, Cut, CutPoint, Fault};
use crate::http::{Reply, Request, Wire};
use crate::ledger::Asked;
use crate::world::{World, now_ms};
use crate::{control, film, kie, openai};

const IDLE: Duration = Duration::from_secs(300);
const WRITE: Duration = Duration::from_secs(30);
const STACK_BYTES: usize = 512 * 1024;
/// How much is read at once from a request that may be cut in its middle.
const SMALL_PIECE: usize = 64;
const LARGE_PIECE: usize = 16 * 1024;
/// What a content network shows in place of the upstream.
const CHALLENGE: &str = "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head>\n\
                         <body><h1>Sorry, you cannot get in right now</h1><p>Cloudflare Ray ID: 8f00000000000000</p></body>\
                         </html>\n";

/// Serves a connection on a thread of its own.
pub(crate) fn start(world: &Arc<World>, stream: TcpStream, number: u64) {
    world.lock().ledger.seen.connections += 1;
    world.tell_watchers();
    let arrived = bytes_waiting(&stream);
    let fault = world.claim(CutPoint::AfterConnect, arrived);
    let stream = Arc::new(stream);
    world.remember(number, &stream);
    let world = Arc::clone(world);
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    // Without a thread the connection is closed, like by a server that has no room.
    drop(thread.spawn(move || {
        // An error is the peer's: it is gone or speaks no HTTP.
        drop(match fault {
            Some(fault) => hit(&world, &stream, fault),
            None => serve(&world, stream),
        });
        world.forget(number);
    }));
}

fn bytes_waiting(stream: &TcpStream) -> usize {
    let peeked = stream.set_nonblocking(true).and_then(|()| stream.peek(&mut [0; 64 * 1024]));
    // It is the same socket that blocked a moment ago.
    stream.set_nonblocking(false).ok();
    peeked.unwrap_or_default()
}

fn serve(world: &Arc<World>, stream: Arc<TcpStream>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(WRITE))?;
    let mut wire = Wire::new(stream);
    while wire.await_request()? {
        let goes_on = exchange(world, &mut wire)?;
        if !goes_on {
            break;
        }
    }
    Ok(())
}

/// One request and its answer; says whether the connection goes on.
fn exchange(world: &Arc<World>, wire: &mut Wire) -> io::Result<bool> {
    let is_careful = world.lock().behaviour.next_cut().is_some_and(Cut::is_within_request);
    wire.piece = if is_careful { SMALL_PIECE } else { LARGE_PIECE };
    let (method, target) = wire.first_line()?;
    let is_create = is_create(&method, &target);
    if is_create && let Some(fault) = world.claim(CutPoint::MidRequestHeader, wire.request_bytes()) {
        wire.read_into_head()?;
        hit(world, &wire.stream, fault)?;
        return Ok(false);
    }
    let head = wire.head()?;
    if is_create && world.lock().behaviour.next_cut().is_some_and(|cut| cut.point == CutPoint::MidRequestBody)
    {
        wire.half_body(&head)?;
        if let Some(fault) = world.claim(CutPoint::MidRequestBody, wire.request_bytes()) {
            hit(world, &wire.stream, fault)?;
            return Ok(false);
        }
    }
    wire.piece = LARGE_PIECE;
    let body = wire.body(&head)?;
    let request = head.into_request(body);
    note(world, &request, target);
    let reply =
        if is_create { create(world, &request, wire.request_bytes()) } else { answer(world, &request) };
    let slow_ms = world.lock().behaviour.slow_ms;
    if slow_ms > 0 && world.pause(Duration::from_millis(slow_ms)) {
        return Ok(false);
    }
    let encoded = reply.encode(request.keep_alive && reply.cut.is_none(), request.method == "HEAD");
    if let Some(cut) = reply.cut {
        cut.make(world, &wire.stream, &encoded)?;
        return Ok(false);
    }
    (&*wire.stream).write_all(&encoded.bytes)?;
    if is_create {
        world.lock().ledger.seen.creates_answered += 1;
        world.tell_watchers();
    }
    Ok(request.keep_alive)
}

/// Does a fault; the script that comes next may close the port, and has to before the peer can connect again.
fn hit(world: &World, stream: &Arc<TcpStream>, fault: Fault) -> io::Result<()> {
    world.await_door();
    cut::strike(world, stream, fault)
}

/// The three requests that cost money.
fn is_create(method: &str, target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    method == "POST" && matches!(path, "/api/v1/jobs/createTask" | "/api/v1/veo/generate" | "/v1/videos")
}

/// Writes down what was asked, before it is answered: whoever has the answer finds it written.
fn note(world: &World, request: &Request, path: String) {
    if matches!(request.parts()[..], ["_fake" | "film", ..]) {
        return;
    }
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let (method, has_key) = (request.method.clone(), request.header("authorization").starts_with("Bearer "));
    let mut state = world.lock();
    state.ledger.asked.push(Asked { method, path, body, at_ms: now_ms(), has_key });
    world.tell_watchers();
}

fn create(world: &Arc<World>, request: &Request, request_bytes: usize) -> Reply {
    let script = world.script_of_create(request_bytes);
    if let Some(reply) = always(world, request) {
        return reply;
    }
    let cut = match script {
        CreateScript::Cut(cut) => Some(cut),
        _ => None,
    };
    if cut.is_some_and(|cut| !cut.point.is_billed()) {
        return Reply { cut, ..Reply::new(500, "text/plain", "") };
    }
    let reply = match request.parts()[..] {
        ["v1", ..] => openai::create(world, request, &script),
        _ => kie::create(world, request, &script),
    };
    Reply { cut, ..reply }
}

fn answer(world: &Arc<World>, request: &Request) -> Reply {
    match request.parts()[..] {
        ["_fake", ..] => return control::answer(world, request),
        ["film", ..] => return film::answer(world, request),
        _ => {}
    }
    if let Some(reply) = always(world, request) {
        return reply;
    }
    match request.parts()[..] {
        ["upload", ..] => kie::upload::read_again(world, request),
        ["v1", ..] => openai::answer(world, request),
        _ => kie::answer(world, request),
    }
}

/// The one answer to everything, if there is one.
fn always(world: &World, request: &Request) -> Option<Reply> {
    let always = world.lock().behaviour.always.clone()?;
    Some(match (always, &request.parts()[..]) {
        (Always::Html { http_status }, _) => Reply::new(http_status, "text/html; charset=UTF-8", CHALLENGE)
            .with("Server", "cloudflare")
            .with("CF-RAY", "8f00000000000000-FRA"),
        (Always::Envelope { code, text, .. }, ["v1", ..]) => openai::refuse(world, code, &text),
        (Always::Envelope { http_status, code, text }, _) => kie::refuse(world, http_status, code, &text),
    })
}
