//! Every cut of a paid call: before its last byte it never left, after it nobody knows, and no third case exists.

use filmgate_providers::http::{Base, Client, Submission, Times};
use hyper::Method;
use tokio::task::JoinSet;

use super::peer::Act::{self, End, Hang, Peek, ReadAllBut, ReadHalfTheBody, ReadHalfTheHead, Reset, Send};
use super::peer::Peer;
use super::{call, client, tls};

const BODY: &str = "{\"model\":\"seedance\",\"prompt\":\"a quiet harbour\"}";
/// Longer than any test lasts, so that a slow machine cannot let the last byte go before the cut is seen.
const PATIENT_MS: u64 = 300_000;
const GARBAGE: &[u8] = b"\x16\x03\x01\x00\xa5SSH-2.0-OpenSSH_9.2\r\n\x00\x7f\r\n\r\n";
const BAD_GATEWAY: &str =
    "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 13\r\nconnection: close\r\n\r\n<h1>502</h1>\n";

async fn submit(client: &Client, base: &str, body: &str, grace_ms: Option<u64>) -> Submission {
    let ready = client.dial(&Base::parse(base).unwrap()).await.unwrap();
    let ready = if let Some(ms) = grace_ms { ready.with_grace_ms(ms) } else { ready };
    ready.submit(call(Method::POST, "/jobs", body.to_owned())).await
}

fn holds(heard: &[u8], body: &str) -> bool {
    heard.windows(body.len()).any(|bytes| bytes == body.as_bytes())
}

fn status(submission: &Submission) -> Option<(u16, bool)> {
    match submission {
        Submission::Replied { reply, request_left } => Some((reply.status, *request_left)),
        Submission::NeverLeft { .. } | Submission::Unknown { .. } => None,
    }
}

fn endings() -> [(&'static str, Vec<Act>); 4] {
    [
        ("reset", vec![Reset]),
        ("end", vec![End]),
        ("garbage", vec![Send(GARBAGE.to_vec()), End]),
        ("502", vec![Send(BAD_GATEWAY.into()), End]),
    ]
}

async fn cut_early(over_tls: bool) {
    let points = [
        ("after connect", vec![]),
        ("mid head", vec![ReadHalfTheHead]),
        ("mid body", vec![ReadHalfTheBody]),
        ("before the last byte", vec![ReadAllBut(1)]),
    ];
    for (point, start) in points {
        for (fault, end) in endings() {
            let acts = [start.clone(), end].concat();
            let (peer, host) = if over_tls {
                (Peer::with_tls(&acts), "https://films.test")
            } else {
                (Peer::start(&acts), "http://127.0.0.1")
            };
            let client = client(&[]).trusting(tls().1);
            let base = format!("{host}:{}", peer.address.port());
            let submission = submit(&client, &base, BODY, Some(PATIENT_MS)).await;
            let heard = peer.heard().await;
            match (point, fault) {
                // Depending on which comes first, the reply was no answer to any request.
                ("after connect", "502") => {
                    let never_left = matches!(submission, Submission::NeverLeft { .. });
                    assert!(never_left || status(&submission) == Some((502, false)), "{submission:?}");
                }
                (_, "502") => assert_eq!(status(&submission), Some((502, false)), "{point}: {submission:?}"),
                _ => assert!(
                    matches!(submission, Submission::NeverLeft { .. }),
                    "{fault} {point}: {submission:?}"
                ),
            }
            assert!(!holds(&heard, BODY), "{fault} {point}: the whole request left");
        }
    }
}

#[tokio::test]
async fn a_request_that_is_cut_before_its_last_byte_never_left() {
    cut_early(false).await;
}

#[tokio::test]
async fn a_request_that_is_cut_before_its_last_byte_never_left_over_tls_either() {
    cut_early(true).await;
}

async fn cut_late(over_tls: bool) {
    let points = [
        ("after the request", ""),
        ("mid status line", "HTTP/1.1 2"),
        ("mid head", "HTTP/1.1 200 OK\r\ncontent-type: applic"),
        ("mid body", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"code\":200,\"da"),
        ("mid chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"cod"),
        ("before the last chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    ];
    for (point, sent) in points {
        for (fault, end) in endings().into_iter().chain([("hang", vec![Hang])]) {
            let acts = [vec![ReadAllBut(0), Send(sent.into())], end].concat();
            let (peer, host) = if over_tls {
                (Peer::with_tls(&acts), "https://films.test")
            } else {
                (Peer::start(&acts), "http://127.0.0.1")
            };
            // Only a peer that hangs uses up its time.
            let read_ms = if fault == "hang" { 50 } else { PATIENT_MS };
            let client = client(&[]).trusting(tls().1).within(Times { read_ms, ..Times::default() });
            let base = format!("{host}:{}", peer.address.port());
            let submission = submit(&client, &base, BODY, None).await;
            match (point, fault) {
                ("after the request", "502") => assert_eq!(status(&submission), Some((502, true))),
                // The rest of a header, its end, and a body: for whoever reads it this is a reply of status 200.
                ("mid head", "502") => assert_eq!(status(&submission), Some((200, true))),
                _ => assert!(
                    matches!(submission, Submission::Unknown { .. }),
                    "{fault} {point}: {submission:?}"
                ),
            }
            assert!(holds(&peer.heard().await, BODY), "{fault} {point}");
        }
    }
}

#[tokio::test]
async fn of_a_request_that_is_cut_after_its_last_byte_nobody_knows() {
    cut_late(false).await;
}

#[tokio::test]
async fn of_a_request_that_is_cut_after_its_last_byte_nobody_knows_over_tls_either() {
    cut_late(true).await;
}

#[tokio::test]
async fn a_request_to_a_peer_that_stops_reading_never_left() {
    let times = Times { write_ms: 300, read_ms: 300, ..Times::default() };
    let client = client(&[]).trusting(tls().1).within(times);
    for bytes in [20_000, 100_000, 3_000_000] {
        let body = format!("{{\"picture\":\"{}\"}}", "a".repeat(bytes));
        for over_tls in [false, true] {
            let peer = Peer::narrow(&[Hang], over_tls.then(|| tls().0));
            let host = if over_tls { "https://films.test" } else { "http://127.0.0.1" };
            let base = format!("{host}:{}", peer.address.port());
            let submission = submit(&client, &base, &body, None).await;
            assert!(matches!(submission, Submission::NeverLeft { .. }), "{bytes} {over_tls}: {submission:?}");
            let heard = peer.heard().await;
            assert!(!heard.ends_with(b"}"), "{bytes} {over_tls}: the last byte left");
        }
    }
}

#[tokio::test]
async fn the_last_byte_is_released_only_when_the_others_were_really_sent() {
    let times = Times { write_ms: 300, read_ms: 300, ..Times::default() };
    let mut tasks = JoinSet::new();
    // Some fit into the peer's buffer; of others, the rest waits in our own system, which took it all.
    for bytes in (200..8_000).step_by(50) {
        tasks.spawn(async move {
            let body = format!("{{\"picture\":\"{}\"}}", "a".repeat(bytes));
            let peer = Peer::narrow(&[Peek], None);
            let base = format!("http://{}", peer.address);
            let submission = submit(&client(&[]).within(times), &base, &body, None).await;
            let heard = String::from_utf8(peer.heard().await).unwrap();
            let (arrived, sent) = (heard.split_once("\r\n\r\n").unwrap().1.len(), body.len());
            match submission {
                Submission::NeverLeft { .. } => assert!(arrived < sent, "{arrived} of {sent}"),
                other => assert!(arrived >= sent - 1, "{arrived} of {sent}: {other:?}"),
            }
            arrived < sent - 1
        });
    }
    let outcomes = tasks.join_all().await;
    assert!(outcomes.contains(&true) && outcomes.contains(&false));
}

#[tokio::test]
async fn a_multipart_body_is_held_back_before_its_last_boundary_ends() {
    let body = "--b\r\ncontent-disposition: form-data; name=\"prompt\"\r\n\r\na harbour\r\n--b--\r\n";
    let peer = Peer::start(&[ReadAllBut("b--\r\n".len()), Send(GARBAGE.to_vec()), End]);
    let base = format!("http://{}", peer.address);
    let submission = submit(&client(&[]), &base, body, Some(PATIENT_MS)).await;
    assert!(matches!(submission, Submission::NeverLeft { .. }), "{submission:?}");
    assert!(peer.heard().await.ends_with(b"a harbour\r\n--"));
}
