//! The guard over real sockets: what it refuses makes no connection, and what it allows is limited in every way.
#![cfg(test)]

use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use filmgate_providers::guard::line::Resolve;
use filmgate_providers::guard::{Cause, FetchError, Guard, Limits, UrlRefusal};
use hyper::HeaderMap;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use self::server::{Script, Server, ok, redirect};

mod forbidden;
mod server;

const LIMITS: Limits = Limits { bytes_max: 1000, time_max_ms: 20_000 };

/// Answers each resolution with the next list, and counts them.
#[derive(Clone, Default)]
struct Scripted {
    answers: Arc<Mutex<VecDeque<Vec<IpAddr>>>>,
    asked: Arc<AtomicUsize>,
}

impl Scripted {
    fn new(answers: &[&[&str]]) -> Self {
        let parse = |list: &&[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect();
        Self { answers: Arc::new(Mutex::new(answers.iter().map(parse).collect())), asked: Arc::default() }
    }
}

impl Resolve for Scripted {
    fn resolve(&self, _name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        self.asked.fetch_add(1, SeqCst);
        let answer = self.answers.lock().unwrap().pop_front().ok_or_else(|| io::Error::other("no such name"));
        Box::pin(async move { answer })
    }
}

fn guard(allow: &[&str]) -> Guard {
    Guard::new(allow.iter().map(|range| range.parse().unwrap()).collect()).unwrap()
}

fn unavailable(cause: Cause) -> FetchError {
    FetchError::Unavailable(cause)
}

#[tokio::test]
async fn a_listed_address_is_fetched_with_a_plain_request() {
    let server =
        Server::start([("/a?b=c", ok("content-type: image/png\r\ncontent-length: 4", b"film"))]).await;
    let fetched = guard(&["127.0.0.0/8"]).fetch(&server.url("/a?b=c"), LIMITS).await.unwrap();
    assert_eq!((&*fetched.bytes, fetched.content_type.as_deref()), (b"film".as_slice(), Some("image/png")));
    let request = server.requests.lock().unwrap().concat();
    assert!(request.starts_with("GET /a?b=c HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(&format!("host: {}\r\n", server.address)), "{request}");
    assert!(request.contains("accept-encoding: identity\r\n"), "{request}");
}

#[tokio::test]
async fn an_address_that_is_not_listed_is_never_connected_to() {
    let server = Server::start([("/", ok("content-length: 0", b""))]).await;
    let port = server.address.port();
    for guard in [guard(&[]), guard(&["10.0.0.0/8"])] {
        for host in
            ["127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "localhost", "0"]
        {
            for scheme in ["http", "https"] {
                let error = guard.fetch(&format!("{scheme}://{host}:{port}/"), LIMITS).await.unwrap_err();
                assert_eq!(error, unavailable(Cause::Refused("literal address")), "{scheme} {host}");
            }
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_with_one_refused_address_is_never_connected_to() {
    let server = Server::start([("/", ok("content-length: 0", b""))]).await;
    let port = server.address.port();
    let listed = "127.0.0.1";
    for (allow, answer, cause) in [
        (&[][..], &[listed][..], Cause::Refused("loopback")),
        (&["127.0.0.1/32"], &[listed, "10.0.0.1"], Cause::Refused("private")),
        (&["127.0.0.1/32"], &[listed, "::1"], Cause::Refused("outside global unicast")),
        (&["127.0.0.1/32"], &[listed, "169.254.169.254"], Cause::Refused("link-local")),
        (&["127.0.0.1/32"], &[listed, "8.8.8.8"], Cause::NotListed),
        (&["127.0.0.1/32"], &[], Cause::Resolve),
    ] {
        let schemes = if allow.is_empty() {
            vec!["https://films.test:8443/".to_owned()]
        } else {
            vec![format!("https://films.test:{port}/"), format!("http://films.test:{port}/")]
        };
        for url in schemes {
            let guard = guard(allow).resolving_with(Scripted::new(&[answer]));
            assert_eq!(
                guard.fetch(&url, LIMITS).await.unwrap_err(),
                unavailable(cause.clone()),
                "{url} {answer:?}"
            );
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_is_resolved_once_and_reached_at_the_address_that_was_judged() {
    let server = Server::start([("/", ok("content-length: 4", b"film"))]).await;
    let trap = Server::start_on(&format!("127.0.0.2:{}", server.address.port()), [], None).await;
    let resolver = Scripted::new(&[&["127.0.0.1"], &["127.0.0.2"]]);
    let guard = guard(&["127.0.0.1/32"]).resolving_with(resolver.clone());
    let url = format!("http://films.test:{}/", server.address.port());
    assert_eq!(guard.fetch(&url, LIMITS).await.unwrap().bytes, "film");
    assert_eq!((resolver.asked.load(SeqCst), server.connections(), trap.connections()), (1, 1, 0));
    // The second answer, to a second request, is judged anew.
    assert_eq!(guard.fetch(&url, LIMITS).await.unwrap_err(), unavailable(Cause::Refused("loopback")));
    assert_eq!((resolver.asked.load(SeqCst), trap.connections()), (2, 0));
}

#[tokio::test]
async fn a_redirect_is_followed_three_times_and_not_four() {
    let server = Server::start([
        ("/0", redirect("/1")),
        ("/1", redirect("2")),
        ("/2", redirect("/3?x")),
        ("/3?x", ok("content-length: 3", b"end")),
        ("/start", redirect("/0")),
        ("/nowhere", Script::Send(b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n".to_vec())),
    ])
    .await;
    let guard = guard(&["127.0.0.0/8"]);
    assert_eq!(guard.fetch(&server.url("/0"), LIMITS).await.unwrap().bytes, "end");
    assert_eq!(server.connections(), 4);
    for path in ["/start", "/nowhere"] {
        assert_eq!(guard.fetch(&server.url(path), LIMITS).await.unwrap_err(), unavailable(Cause::Redirect));
    }
    assert_eq!(server.connections(), 4 + 4 + 1);
}

#[tokio::test]
async fn a_redirect_to_a_refused_address_makes_no_connection() {
    let trap = Server::start_on("127.0.0.2:0", [], None).await;
    let port = trap.address.port();
    for (location, cause) in [
        (format!("http://127.0.0.2:{port}/"), Cause::Redirect),
        (format!("https://127.0.0.2:{port}/"), Cause::Redirect),
        (format!("//127.0.0.2:{port}/"), Cause::Redirect),
        ("http://169.254.169.254/".to_owned(), Cause::Redirect),
        ("file:///etc/passwd".to_owned(), Cause::Redirect),
        (format!("http://user@127.0.0.1:{port}/"), Cause::Redirect),
        (format!("http://films.test:{port}/"), Cause::Refused("loopback")),
    ] {
        let server = Server::start([("/", redirect(&location))]).await;
        let guard = guard(&["127.0.0.1/32"]).resolving_with(Scripted::new(&[&["127.0.0.2"]]));
        assert_eq!(
            guard.fetch(&server.url("/"), LIMITS).await.unwrap_err(),
            unavailable(cause),
            "{location}"
        );
        assert_eq!(server.connections(), 1);
    }
    assert_eq!(trap.connections(), 0);
}

#[tokio::test]
async fn a_body_is_limited_by_its_announced_length_and_by_its_bytes() {
    let hang = |head: &str, body: usize| Script::SendAndHang([head.as_bytes(), &vec![b'a'; body]].concat());
    let server = Server::start([
        ("/fits", ok("content-length: 1000", &[b'a'; 1000])),
        ("/announced", hang("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n", 0)),
        ("/chunked", hang("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n", 1001)),
        ("/until-close", hang("HTTP/1.1 200 OK\r\n\r\n", 1001)),
    ])
    .await;
    let guard = guard(&["127.0.0.0/8"]);
    assert_eq!(guard.fetch(&server.url("/fits"), LIMITS).await.unwrap().bytes.len(), 1000);
    for path in ["/announced", "/chunked", "/until-close"] {
        let error = guard.fetch(&server.url(path), LIMITS).await.unwrap_err();
        assert_eq!(error, FetchError::TooLarge { bytes_max: 1000 }, "{path}");
    }
}

#[tokio::test]
async fn a_reply_that_is_slow_cut_or_not_200_is_unavailable() {
    let server = Server::start([
        ("/silent", Script::SendAndHang(Vec::new())),
        ("/half-a-head", Script::SendAndHang(b"HTTP/1.1 200 OK\r\ncont".to_vec())),
        ("/slow-body", Script::SendAndHang(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfilm".to_vec())),
        ("/cut", ok("content-length: 9", b"film")),
        ("/cut-chunk", ok("transfer-encoding: chunked", b"9\r\nfilm")),
        ("/nonsense", Script::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())),
        ("/closed", Script::Send(Vec::new())),
        ("/part", Script::Send(b"HTTP/1.1 206 Partial Content\r\ncontent-length: 0\r\n\r\n".to_vec())),
        ("/error", Script::Send(b"HTTP/1.1 500 Oh\r\ncontent-length: 6\r\n\r\nsecret".to_vec())),
    ])
    .await;
    let guard = guard(&["127.0.0.0/8"]);
    for (path, cause) in [
        ("/silent", Cause::TimedOut),
        ("/half-a-head", Cause::TimedOut),
        ("/slow-body", Cause::TimedOut),
        ("/cut", Cause::Protocol),
        ("/cut-chunk", Cause::Protocol),
        ("/nonsense", Cause::Protocol),
        ("/closed", Cause::Protocol),
        ("/part", Cause::Status(206)),
        ("/error", Cause::Status(500)),
        ("/missing", Cause::Status(404)),
    ] {
        let time_max_ms = if cause == Cause::TimedOut { 150 } else { 20_000 };
        let limits = Limits { time_max_ms, ..LIMITS };
        assert_eq!(guard.fetch(&server.url(path), limits).await.unwrap_err(), unavailable(cause), "{path}");
    }
}

#[tokio::test]
async fn a_client_cannot_tell_refused_from_unreachable_from_broken() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let server = Server::start([("/", Script::Send(b"HTTP/1.1 500 x\r\n\r\nsecret".to_vec()))]).await;
    let guard = guard(&["127.0.0.1/32"]).resolving_with(Scripted::new(&[&["10.0.0.1"]]));
    // Long enough for a refusal, too short for a server that does not speak TLS and never answers the greeting.
    let limits = Limits { time_max_ms: 300, ..LIMITS };
    let mut texts = Vec::new();
    for url in [
        "https://10.0.0.1/".to_owned(),
        "https://resolved.test/".to_owned(),
        "https://unknown.test/".to_owned(),
        format!("http://{closed}/"),
        format!("https://{}/", server.address),
        server.url("/"),
    ] {
        texts.push(guard.fetch(&url, limits).await.unwrap_err().to_string());
    }
    assert_eq!(texts.iter().filter(|text| **text != texts[0]).count(), 0, "{texts:#?}");
    assert!(!texts[0].contains("10.0.0.1") && !texts[0].contains("secret"));
}

#[tokio::test]
async fn a_url_that_breaks_a_rule_says_which() {
    let guard = guard(&[]);
    for (url, refusal) in [
        ("http://films.test/", UrlRefusal::Scheme),
        ("https://films.test:22/", UrlRefusal::Port),
        ("https://a:b@films.test/", UrlRefusal::UserInfo),
        ("films.test", UrlRefusal::Invalid),
    ] {
        assert_eq!(guard.fetch(url, LIMITS).await.unwrap_err(), FetchError::Url(refusal));
    }
}

#[tokio::test]
async fn a_post_carries_its_headers_and_body_follows_nothing_and_cuts_the_reply() {
    let server = Server::start([
        (
            "/hook",
            Script::Send(
                [b"HTTP/1.1 503 Later\r\nretry-after: 7\r\n\r\n".as_slice(), &[b'a'; 5000]].concat(),
            ),
        ),
        ("/moved", redirect("/hook")),
    ])
    .await;
    let guard = guard(&["127.0.0.0/8"]);
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", "w1".parse().unwrap());
    let body = Bytes::from_static(b"{\"task\":1}");
    let reply = guard.post(&server.url("/hook"), headers, body, LIMITS).await.unwrap();
    assert_eq!((reply.status, &reply.headers["retry-after"]), (503, &"7".parse().unwrap()));
    assert_eq!(reply.body.len(), 1000);
    let request = server.requests.lock().unwrap().concat();
    assert!(request.starts_with("POST /hook ") && request.ends_with("{\"task\":1}"), "{request}");
    assert!(request.contains("webhook-id: w1\r\n"), "{request}");
    let reply = guard.post(&server.url("/moved"), HeaderMap::new(), Bytes::new(), LIMITS).await.unwrap();
    assert_eq!((reply.status, server.connections()), (302, 2));
    let refused = self::guard(&[]).post(&server.url("/hook"), HeaderMap::new(), Bytes::new(), LIMITS).await;
    assert_eq!((refused.is_err(), server.connections()), (true, 2));
}

/// For `films.test`, self-signed, until 2126.
const CERTIFICATE: &[u8] = include_bytes!("guard/films.test.cert.der");
const KEY: &[u8] = include_bytes!("guard/films.test.key.der");

#[tokio::test]
async fn https_is_fetched_when_the_certificate_is_trusted_and_names_the_host() {
    let certificate = CertificateDer::from(CERTIFICATE);
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let server =
        ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
    let server =
        server.unwrap().with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    let film = [("/", ok("content-length: 4", b"film"))];
    let server = Server::start_on("127.0.0.1:0", film, Some(TlsAcceptor::from(Arc::new(server)))).await;

    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let client = client.unwrap().with_root_certificates(roots).with_no_client_auth();
    let local: &[&str] = &["127.0.0.1"];
    let untrusting = guard(&["127.0.0.1/32"]).resolving_with(Scripted::new(&[local; 3]));
    let trusting = untrusting.clone().trusting(client);
    let url = |name| format!("https://{name}:{}/", server.address.port());

    assert_eq!(trusting.fetch(&url("films.test"), LIMITS).await.unwrap().bytes, "film");
    assert_eq!(trusting.fetch(&url("other.test"), LIMITS).await.unwrap_err(), unavailable(Cause::Tls));
    assert_eq!(untrusting.fetch(&url("films.test"), LIMITS).await.unwrap_err(), unavailable(Cause::Tls));
    assert_eq!((server.connections(), server.requests.lock().unwrap().len()), (3, 1));
}
