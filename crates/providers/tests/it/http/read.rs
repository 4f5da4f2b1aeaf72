//! The free calls: kept connections, limits, and every way not to get a reply.

use filmgate_providers::http::{Base, ReadFault, Times};
use hyper::Method;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::origin::{Origin, Then, answer};
use super::peer::Act::{End, ReadAllBut, Send};
use super::peer::Peer;
use super::{call, client, tls};

fn base(origin: &Origin) -> Base {
    Base::parse(&origin.url("/v1")).unwrap()
}

#[tokio::test]
async fn reads_share_a_connection_and_carry_headers_and_body() {
    let origin =
        Origin::start(|_| answer("200 OK\r\nx-own: kept\r\ncontent-length: 2", b"{}", Then::Keep)).await;
    let client = client(&[]);
    for (method, path, body) in [(Method::GET, "/jobs?id=1", ""), (Method::POST, "/upload", "picture")] {
        let reply = client.clone().read(&base(&origin), call(method, path, body), 2).await.unwrap();
        assert_eq!((reply.status, &reply.body[..]), (200, &b"{}"[..]));
        assert_eq!(reply.headers["x-own"], "kept");
    }
    assert_eq!(origin.connections(), 1);
    let [get, post] = &origin.requests()[..] else { panic!("{:?}", origin.requests()) };
    assert!(get.starts_with("GET /v1/jobs?id=1 HTTP/1.1\r\n"), "{get}");
    assert!(get.contains(&format!("host: {}\r\n", origin.address)) && !get.contains("connection:"), "{get}");
    assert!(post.starts_with("POST /v1/upload ") && post.ends_with("\r\n\r\npicture"), "{post}");
    assert!(post.contains("authorization: Bearer secret\r\n"), "{post}");
}

#[tokio::test]
async fn a_kept_connection_that_has_ended_is_replaced() {
    let origin = Origin::start(|_| answer("200 OK\r\ncontent-length: 2", b"{}", Then::End)).await;
    let client = client(&[]);
    for _ in 0..3 {
        let reply = client.read(&base(&origin), call(Method::GET, "/jobs", ""), 2).await;
        assert_eq!(reply.unwrap().body, "{}");
    }
    assert_eq!((origin.connections(), origin.requests().len()), (3, 3));
}

#[tokio::test]
async fn every_status_is_a_reply_and_no_redirect_is_followed() {
    for status in [204, 302, 307, 401, 404, 429, 500, 503] {
        let head = format!("{status} X\r\nlocation: /other\r\ncontent-length: 0");
        let origin = Origin::start(move |_| answer(&head, b"", Then::Keep)).await;
        let reply = client(&[]).read(&base(&origin), call(Method::GET, "/jobs", ""), 100).await.unwrap();
        assert_eq!((reply.status, origin.requests().len()), (status, 1));
    }
}

#[tokio::test]
async fn a_reply_larger_than_the_limit_is_refused() {
    for head in ["200 OK\r\ncontent-length: 101", "200 OK"] {
        let origin = Origin::start(move |_| answer(head, &[b'a'; 101], Then::End)).await;
        let read = async |limit| client(&[]).read(&base(&origin), call(Method::GET, "/", ""), limit).await;
        assert_eq!(read(100).await.unwrap_err(), ReadFault::TooLarge);
        assert_eq!(read(101).await.unwrap().body.len(), 101);
    }
}

#[tokio::test]
async fn a_reply_that_is_cut_or_no_http_is_cut() {
    for (head, body, then) in [
        ("200 OK\r\ncontent-length: 9", "{}", Then::End),
        ("200 OK\r\ntransfer-encoding: chunked", "9\r\n{}", Then::End),
        ("2", "", Then::End),
        ("200 OK\r\nno header", "", Then::Hang),
    ] {
        let origin = Origin::start(move |_| answer(head, body.as_bytes(), then)).await;
        let fault = client(&[]).read(&base(&origin), call(Method::GET, "/", ""), 100).await.unwrap_err();
        assert!(matches!(fault, ReadFault::Cut(_)), "{head}: {fault:?}");
        assert!(!fault.to_string().contains("secret"), "{fault}");
    }
}

#[tokio::test]
async fn a_reply_that_does_not_end_in_time_has_timed_out() {
    for head in ["100 Continue", "200 OK\r\ncontent-length: 9"] {
        let origin = Origin::start(move |_| answer(head, b"", Then::Hang)).await;
        let times = Times { connect_ms: 50, write_ms: 50, read_ms: 50 };
        for body in ["", "picture"] {
            let read = client(&[]).within(times).read(&base(&origin), call(Method::POST, "/", body), 9).await;
            assert_eq!(read.unwrap_err(), ReadFault::TimedOut);
        }
    }
}

#[tokio::test]
async fn an_upstream_without_a_connection_is_unreachable() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    for (address, why) in [
        (format!("http://{closed}"), "the upstream cannot be reached: the connection was refused"),
        ("http://nowhere.test".to_owned(), "the upstream cannot be reached: the name could not be resolved"),
    ] {
        let base = Base::parse(&address).unwrap();
        let fault = client(&[]).read(&base, call(Method::GET, "/jobs", ""), 9).await.unwrap_err();
        assert!(matches!(&fault, ReadFault::Unreachable(_)));
        assert_eq!(fault.to_string(), why);
    }
}

#[tokio::test]
async fn reads_go_over_tls_where_the_address_says_so() {
    let reply = Send(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec());
    let mut post = call(Method::POST, "/jobs", "{}");
    post.headers.insert("x-own", "kept".parse().unwrap());
    let peer = Peer::with_tls(&[ReadAllBut(0), reply, End]);
    let base = Base::parse(&format!("https://films.test:{}", peer.address.port())).unwrap();
    let trusting = client(&[]).trusting(tls().1);
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { trusting.read(&base, post, 2).await });
    assert_eq!(tasks.join_next().await.unwrap().unwrap().unwrap().body, "{}");

    let peer = Peer::with_tls(&[End]);
    let base = Base::parse(&format!("https://films.test:{}", peer.address.port())).unwrap();
    let fault = client(&[]).read(&base, call(Method::GET, "/", ""), 2).await.unwrap_err();
    assert!(matches!(&fault, ReadFault::Unreachable(why) if why.contains("TLS")), "{fault}");
}
