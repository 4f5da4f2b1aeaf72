//! Callbacks of Kie's jobs: planned when a job ends, sent by a few threads with a client of their own.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::behaviour::Callbacks;
use crate::digest;
use crate::kie;
use crate::ledger::JobState;
use crate::world::{State, World, now_ms};

/// Kie waits 15 s for an answer and gives up after 3 retries (kie-api.md 2.4).
const TIMEOUT: Duration = Duration::from_secs(15);
const RETRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(200);

/// One call that is to be made.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) job: String,
    url: String,
    body: String,
    /// Timestamp and signature.
    signature: Option<(i64, String)>,
}

/// Puts the calls for the end of a job into the outbox.
pub(crate) fn plan(state: &mut State, id: &str) {
    let count = match state.behaviour.callbacks {
        Callbacks::None => 0,
        Callbacks::Once | Callbacks::BeforeReply => 1,
        Callbacks::Twice => 2,
    };
    let Some(job) = state.ledger.jobs.get(id) else { return };
    let Some(url) = job.order.call_back_url.clone() else { return };
    if !matches!(job.state, JobState::Success | JobState::Fail) {
        return;
    }
    let timestamp_s = now_ms() / 1000;
    let signature = state.behaviour.webhook_hmac_key.as_ref().map(|key| {
        let signed = format!("{id}.{timestamp_s}");
        (timestamp_s, digest::base64(&digest::hmac_sha256(key.as_bytes(), signed.as_bytes())))
    });
    let body = kie::callback_body(job, &state.url).to_string();
    let call = Call { job: id.to_owned(), url, body, signature };
    state.outbox.extend(std::iter::repeat_n(call, count));
}

/// Makes calls until the fake stops.
pub(crate) fn work(world: &World) {
    while let Some(call) = world.next_call() {
        for _ in 0..=RETRIES {
            let status = call.send();
            let taken = matches!(status, Ok(200..=299));
            let mut state = world.lock();
            state.ledger.seen.callbacks += 1;
            state.ledger.seen.callbacks_taken += u64::from(taken);
            drop(state);
            world.tell();
            if taken || world.pause(PAUSE) {
                break;
            }
        }
        if let Some(job) = world.lock().ledger.jobs.get_mut(&call.job) {
            job.calls_under_way -= 1;
        }
        world.tell();
    }
}

impl Call {
    /// Posts it and returns the HTTP status.
    fn send(&self) -> io::Result<u16> {
        let no_url = || io::Error::new(io::ErrorKind::InvalidInput, "only http:// links are called");
        let rest = self.url.strip_prefix("http://").ok_or_else(no_url)?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let with_port =
            if authority.contains(':') { authority.to_owned() } else { format!("{authority}:80") };
        let address = with_port.to_socket_addrs()?.next().ok_or_else(no_url)?;
        let stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        let signed = self.signature.as_ref().map_or_else(String::new, |(timestamp_s, signature)| {
            format!("X-Webhook-Timestamp: {timestamp_s}\r\nX-Webhook-Signature: {signature}\r\n")
        });
        let head = format!(
            "POST /{path} HTTP/1.1\r\nHost: {authority}\r\nContent-Type: application/json\r\n{signed}\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            self.body.len()
        );
        (&stream).write_all(&[head.as_bytes(), self.body.as_bytes()].concat())?;
        let mut line = String::new();
        BufReader::new(&stream).read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no status line"))
    }
}
