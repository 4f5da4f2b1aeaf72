//! The paid call when all is well, and what it refuses to begin.

use filmgate_providers::http::{Base, Client, Submission, Times};
use hyper::Method;
use hyper::header::{CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TRANSFER_ENCODING};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::peer::Act::{self, End, Hang, ReadAllBut, ReadHalfTheBody, Reset, Send};
use super::peer::Peer;
use super::{call, client, tls};

const BODY: &str = "{\"prompt\":\"a quiet harbour\"}";

fn base(peer: &Peer) -> Base {
    Base::parse(&format!("http://{}/v1/", peer.address)).unwrap()
}

async fn submit(client: &Client, base: &Base) -> Submission {
    client.dial(base).await.unwrap().submit(call(Method::POST, "/jobs?x=y", BODY)).await
}

fn answering(reply: impl Into<Vec<u8>>) -> [Act; 3] {
    [ReadAllBut(0), Send(reply.into()), End]
}

fn replied(submission: Submission) -> (u16, Vec<u8>) {
    match submission {
        Submission::Replied { reply, request_left: true } => (reply.status, reply.body.to_vec()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_whole_reply_is_handed_over_whatever_its_status_and_framing() {
    for (reply, status, body) in [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", 200, "{}"),
        ("HTTP/1.1 200 OK\r\n\r\n{}", 200, "{}"),
        ("HTTP/1.0 200 OK\r\n\r\n{\"id", 200, "{\"id"),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 422 No\r\ncontent-length: 2\r\n\r\nno", 422, "no"),
        ("HTTP/1.1 307 Elsewhere\r\nlocation: /other\r\ncontent-length: 0\r\n\r\n", 307, ""),
        ("HTTP/1.1 503 Later\r\nretry-after: 1\r\ncontent-length: 0\r\n\r\n", 503, ""),
    ] {
        let peer = Peer::start(&answering(reply));
        let submission = submit(&client(&[]), &base(&peer)).await;
        assert_eq!(replied(submission), (status, body.as_bytes().to_vec()), "{reply}");
        peer.heard().await;
    }
}

#[tokio::test]
async fn a_reply_that_is_too_large_or_changes_the_protocol_leaves_doubt() {
    let large = [&b"HTTP/1.1 200 OK\r\n\r\n"[..], &vec![b' '; (1 << 20) + 1]].concat();
    let switch = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n".to_vec();
    for reply in [large, switch] {
        let peer = Peer::start(&answering(reply));
        let submission = submit(&client(&[]), &base(&peer)).await;
        assert!(matches!(submission, Submission::Unknown { .. }), "{submission:?}");
    }
}

#[tokio::test]
async fn an_informational_reply_before_the_last_byte_does_not_hold_it_back() {
    let early = Send(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".to_vec());
    let reply = Send(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec());
    let peer = Peer::start(&[ReadHalfTheBody, early, ReadAllBut(0), reply, End]);
    let ready = client(&[]).dial(&base(&peer)).await.unwrap().with_grace_ms(300);
    let submission = ready.submit(call(Method::POST, "/jobs", BODY)).await;
    assert_eq!(replied(submission), (200, b"{}".to_vec()));
}

#[tokio::test]
async fn the_request_is_framed_by_the_client_alone() {
    let peer = Peer::start(&answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    let mut call = call(Method::POST, "/jobs?x=y", BODY);
    for (name, value) in [
        (CONTENT_LENGTH, "3"),
        (TRANSFER_ENCODING, "chunked"),
        (EXPECT, "100-continue"),
        (CONNECTION, "keep-alive"),
        (HOST, "elsewhere.test"),
    ] {
        call.headers.insert(name, value.parse().unwrap());
    }
    call.headers.insert("x-own", "kept".parse().unwrap());
    let base = base(&peer);
    let ready = client(&[]).dial(&base).await.unwrap();
    assert!(ready.connect_ms() < 10_000);
    assert_eq!(replied(ready.submit(call).await).0, 200);
    let address = peer.address;
    let heard = String::from_utf8(peer.heard().await).unwrap();
    let (head, body) = heard.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<_> = head.lines().collect();
    assert_eq!((lines.remove(0), body), ("POST /v1/jobs?x=y HTTP/1.1", BODY));
    lines.sort_unstable();
    let agent = concat!("user-agent: filmgate/", env!("CARGO_PKG_VERSION"));
    let (host, length) = (format!("host: {address}"), format!("content-length: {}", BODY.len()));
    let expected = [
        "accept-encoding: identity",
        "accept: */*",
        "authorization: Bearer secret",
        "connection: close",
        &length,
        &host,
        agent,
        "x-own: kept",
    ];
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn a_dialled_connection_says_nothing_until_it_is_used() {
    let peer = Peer::start(&[Hang]);
    drop(client(&[]).dial(&base(&peer)).await.unwrap());
    assert_eq!(peer.heard().await, b"");
    let peer = Peer::with_tls(&[Hang]);
    let base = Base::parse(&format!("https://films.test:{}", peer.address.port())).unwrap();
    drop(client(&[]).trusting(tls().1).dial(&base).await.unwrap());
    assert_eq!(peer.heard().await, b"");
}

#[tokio::test]
async fn a_request_that_cannot_be_made_never_left() {
    for (path, body) in [("/jobs", ""), ("/jo bs", BODY), ("/jobs\r\nx: y", BODY)] {
        let peer = Peer::start(&[Hang]);
        let ready = client(&[]).dial(&base(&peer)).await.unwrap();
        let submission = ready.submit(call(Method::POST, path, body)).await;
        assert!(matches!(submission, Submission::NeverLeft { .. }), "{path:?} {submission:?}");
        assert_eq!(peer.heard().await, b"");
    }
}

#[tokio::test]
async fn a_connection_that_ends_before_it_is_used_never_carried_anything() {
    for end in [Reset, End] {
        let peer = Peer::start(&[end]);
        let base = base(&peer);
        let ready = client(&[]).dial(&base).await.unwrap();
        let submission = ready.with_grace_ms(300_000).submit(call(Method::POST, "/jobs", BODY)).await;
        assert!(matches!(submission, Submission::NeverLeft { .. }), "{submission:?}");
    }
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_named_with_the_cause() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let stranger = Peer::with_tls(&[Hang]);
    // Accepts, and never says anything in TLS.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for (address, fault) in [
        (format!("http://{closed}"), "127.0.0.1 cannot be reached: the connection was refused"),
        ("http://nowhere.test".to_owned(), "nowhere.test cannot be reached: the name could not be resolved"),
        (
            format!("https://other.test:{}", stranger.address.port()),
            "other.test cannot be reached: the TLS session could not be opened",
        ),
        (
            format!("https://{}", silent.local_addr().unwrap()),
            "127.0.0.1 cannot be reached: the TLS session could not be opened in time",
        ),
    ] {
        let times =
            Times { connect_ms: if fault.ends_with("in time") { 100 } else { 10_000 }, ..Times::default() };
        let client = client(&[]).trusting(tls().1).within(times);
        let base = Base::parse(&address).unwrap();
        assert_eq!(client.dial(&base).await.err().unwrap().to_string(), fault);
    }
}

#[tokio::test]
async fn a_submit_may_run_in_a_task_of_its_own() {
    let peer = Peer::start(&answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
    let (client, base) = (client(&[]), base(&peer));
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { submit(&client, &base).await });
    assert_eq!(replied(tasks.join_next().await.unwrap().unwrap()).0, 200);
}
