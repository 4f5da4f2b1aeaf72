//! A survey's questions over real sockets: what was asked in one line, and every way not to be answered.

use filmgate_domain::request::Form;
use filmgate_domain::survey::{Endpoint, Heard, Question, Says};
use filmgate_providers::guard::Guard;
use filmgate_providers::http::{Base, Client, Times};
use filmgate_providers::kie::Kie;
use filmgate_providers::openai::{Encoding, OpenAi};
use filmgate_providers::pictures::Pictures;
use filmgate_providers::remote::{HttpRemote, Remote};
use tokio::net::TcpListener;

use super::client;
use super::origin::{Origin, Then, answer};
use super::peer::Act::{End, Hang, ReadAllBut, ReadHalfTheBody, Reset, Send};
use super::peer::Peer;
use crate::adapters::survey::incomplete;
use crate::adapters::{KEY, card, order, prompt, request};

const SHORT: Times = Times { connect_ms: 100, write_ms: 100, read_ms: 100 };

fn parts(base: &str) -> ((Base, Base), Pictures, String) {
    let base = Base::parse(base).unwrap();
    let pictures = Pictures::new(Guard::new(vec![]).unwrap(), "/nowhere".into());
    ((base.clone(), base), pictures, "1.1 filmgate".to_owned())
}

fn kie_with(client: Client, base: &str, key: &str) -> HttpRemote<Kie> {
    let (bases, pictures, via) = parts(base);
    HttpRemote::new(Kie::new(key.into()), client, bases, pictures, via)
}

fn kie(base: &str) -> HttpRemote<Kie> {
    kie_with(client(&[]), base, KEY)
}

fn engine(base: &str) -> HttpRemote<OpenAi> {
    let (bases, pictures, via) = parts(base);
    let adapter = OpenAi::new(Some(KEY.into()), Encoding::Multipart, [].into(), false);
    HttpRemote::new(adapter, client(&[]), bases, pictures, via)
}

async fn balance(remote: &impl Remote) -> Heard {
    remote.ask(&Question::Balance).await.unwrap()
}

/// What a complete create comes to.
async fn complete(remote: &impl Remote) -> Heard {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    remote.ask_complete(&order(&card, &request, &[])).await
}

/// An answer of status 200 with this body.
fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn url(peer: &Peer) -> String {
    format!("http://{}", peer.address)
}

#[tokio::test]
async fn a_question_is_asked_once_and_told_in_one_line() {
    let body = br#"{"code":500,"msg":"This field is required","data":null}"#;
    let origin = Origin::start(|_| answer("200 OK\r\ncontent-length: 55", body, Then::Keep)).await;
    let remote = kie(&origin.url("/proxy/"));
    let expected = |says, request: &str| Heard {
        says,
        request: request.to_owned(),
        http_status: Some(200),
        code: Some(500),
        words: "This field is required".to_owned(),
    };
    let question = incomplete(Form::KieJobs, "x");
    let line = r#"POST /proxy/api/v1/jobs/createTask {"model":"x","input":{}}"#;
    assert_eq!(remote.ask(&question).await, Some(expected(Says::FieldMissing, line)));
    let line = "GET /proxy/api/v1/jobs/recordInfo?taskId=00000000000000000000000000000000";
    assert_eq!(remote.ask(&Question::Record(Endpoint::Jobs)).await, Some(expected(Says::FieldMissing, line)));
    assert_eq!(remote.ask(&Question::Record(Endpoint::Videos)).await, None);
    let [create, record] = &origin.requests()[..] else { panic!("{:?}", origin.requests()) };
    assert!(
        create.contains("authorization: Bearer sk-secret\r\n") && create.contains("via: 1.1 filmgate\r\n")
    );
    assert!(create.ends_with("\r\n\r\n{\"model\":\"x\",\"input\":{}}"), "{create}");
    assert!(record.starts_with("GET /proxy/api/v1/jobs/recordInfo?taskId=0000"), "{record}");
}

#[tokio::test]
async fn an_engine_is_asked_below_its_base() {
    let body = br#"{"object":"list","data":[{"id":"wan"}]}"#;
    let origin = Origin::start(|_| answer("200 OK\r\ncontent-length: 39", body, Then::Keep)).await;
    let remote = engine(&origin.url("/v1"));
    let heard = remote.ask(&Question::Models).await.unwrap();
    assert_eq!((heard.says, heard.request.as_str()), (Says::Models(vec!["wan".into()]), "GET /v1/models"));
    assert_eq!((heard.http_status, heard.code), (Some(200), None));
    assert_eq!(remote.ask(&Question::Balance).await, None);
    assert_eq!(remote.ask(&incomplete(Form::KieJobs, "x")).await, None);
    assert_eq!(origin.requests().len(), 1, "what cannot be asked is not sent");
}

#[tokio::test]
async fn the_key_is_shown_nowhere() {
    let body = r#"{"code":401,"msg":"no such key: Bearer sk-secret","data":null}"#;
    let head = format!("200 OK\r\ncontent-length: {}", body.len());
    let origin = Origin::start(move |_| answer(&head, body.as_bytes(), Then::Keep)).await;
    let remote = kie(&origin.url("/sk-secret"));
    let heard = remote.ask(&incomplete(Form::KieJobs, "model-sk-secret")).await.unwrap();
    let line = r#"POST /[key]/api/v1/jobs/createTask {"model":"model-[key]","input":{}}"#;
    assert_eq!((heard.says, heard.request.as_str()), (Says::KeyRefused, line));
    assert_eq!(heard.words, "no such key: Bearer [key]");
}

#[tokio::test]
async fn an_upstream_that_does_not_answer_is_unreachable_for_a_reason() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let hung = Peer::start(&[Hang]);
    let silent = Peer::start(&[Hang]);
    let plain = Peer::start(&[Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()), End]);
    let cut = Peer::start(&[Send(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}".to_vec()), End]);
    let reset = Peer::start(&[Reset]);
    for (base, words) in [
        (format!("http://{closed}"), "the upstream cannot be reached: the connection was refused"),
        ("http://nowhere.test".to_owned(), "the upstream cannot be reached: the name could not be resolved"),
        (
            format!("https://{}", plain.address),
            "the upstream cannot be reached: the TLS session could not be opened",
        ),
        (
            format!("https://{}", silent.address),
            "the upstream cannot be reached: the TLS session could not be opened in time",
        ),
        (url(&hung), "the upstream did not answer in time"),
        (url(&cut), "the upstream's reply was cut: "),
        (url(&reset), "the upstream's reply was cut: "),
    ] {
        let times = if words.ends_with("in time") { SHORT } else { Times::default() };
        let heard = balance(&kie_with(client(&[]).within(times), &base, KEY)).await;
        assert_eq!(heard.says, Says::Unreachable, "{base} {heard:?}");
        assert!(heard.words.starts_with(words), "{base} {heard:?}");
        assert_eq!((heard.http_status, heard.code), (None, None));
        assert_eq!(heard.request, "GET /api/v1/chat/credit");
    }
}

#[tokio::test]
async fn a_complete_create_is_heard_like_any_other_and_its_line_is_not_endless() {
    let refused = r#"{"code":402,"msg":"Credits insufficient","data":null}"#;
    let peer = Peer::start(&[ReadAllBut(0), Send(ok(refused)), End]);
    let heard = complete(&kie(&url(&peer))).await;
    assert_eq!((heard.says, heard.http_status, heard.code), (Says::NoBalance, Some(200), Some(402)));
    assert_eq!(heard.words, "Credits insufficient");
    let line = r#"POST /api/v1/jobs/createTask {"model":"their-model","callBackUrl":"https://gate.example/in/5f0c","input":{"prompt":"A fox"}}"#;
    assert_eq!(heard.request, line);

    let created = r#"{"code":200,"msg":"success","data":{"taskId":"5f0c"}}"#;
    // Also where a worker would not dare to say so.
    for answer in [ok(created), String::from_utf8(ok(created)).unwrap().replace("200 OK", "502 X").into()] {
        let peer = Peer::start(&[ReadAllBut(0), Send(answer), End]);
        assert_eq!(complete(&kie(&url(&peer))).await.says, Says::Created("5f0c".into()));
    }

    let peer = Peer::start(&[ReadAllBut(0), Send(ok(r#"{"id":"video_7"}"#)), End]);
    let heard = complete(&engine(&url(&peer))).await;
    assert_eq!(heard.says, Says::Created("video_7".into()));
    assert!(heard.request.starts_with("POST /videos --filmgate-5f0c Content-Disposition: "), "{heard:?}");
    assert!(heard.request.chars().count() <= "POST /videos ".len() + 301);
}

#[tokio::test]
async fn a_complete_create_that_nobody_knows_of_is_lost() {
    let known = "nobody knows whether the upstream has it: ";
    for acts in [
        vec![ReadAllBut(0), Reset],
        vec![ReadAllBut(0), End],
        vec![
            ReadAllBut(0),
            Send(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>".to_vec()),
            End,
        ],
        vec![ReadAllBut(0), Send(ok(r#"{"code":200,"msg":"success","data":null}"#)), End],
        vec![ReadAllBut(0), Send(ok(r#"{"code":408,"msg":"","data":null}"#)), End],
        vec![ReadHalfTheBody, Send(ok("<html>")), End],
    ] {
        let peer = Peer::start(&acts);
        let heard = complete(&kie(&url(&peer))).await;
        assert_eq!((heard.says.clone(), heard.http_status), (Says::Lost, None), "{acts:?} {heard:?}");
        assert!(heard.words.starts_with(known) && heard.words.len() > known.len(), "{heard:?}");
    }
}

#[tokio::test]
async fn a_complete_create_that_never_left_is_unreachable() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let heard = complete(&kie(&format!("http://{closed}"))).await;
    let words = "127.0.0.1 cannot be reached: the connection was refused";
    assert_eq!((heard.says, heard.words.as_str()), (Says::Unreachable, words));

    let plain = Peer::start(&[Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()), End]);
    let heard = complete(&kie(&format!("https://{}", plain.address))).await;
    let words = "127.0.0.1 cannot be reached: the TLS session could not be opened";
    assert_eq!((heard.says, heard.words.as_str()), (Says::Unreachable, words));

    let early = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 6\r\n\r\n<html>".to_vec();
    let peer = Peer::start(&[ReadHalfTheBody, Send(early), End]);
    let heard = complete(&kie(&url(&peer))).await;
    let words = "status 502 came before the request had left";
    assert_eq!((heard.says, heard.words.as_str()), (Says::Unreachable, words));
}

#[tokio::test]
async fn a_complete_create_is_sent_once_whatever_happens() {
    let origin = Origin::start(|_| answer("200 OK\r\ncontent-length: 9", b"{}", Then::End)).await;
    assert_eq!(complete(&kie(&origin.url(""))).await.says, Says::Lost);
    assert_eq!((origin.connections(), origin.requests().len()), (1, 1));
}
