//! Callbacks: how often, when, and what they say.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use filmgate_fake::{Callbacks, CreateScript, Cut, CutPoint, Fake, Fault};
use serde_json::{Value, json};

use crate::client::{CREATE, End, SOON, connect, fake, hear, post, request};

/// Takes one callback, answers it, and returns head and body.
fn take(receiver: &TcpListener, status: &str) -> (String, Value) {
    let (mut stream, _) = receiver.accept().unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    let (head, body) = loop {
        let count = stream.read(&mut piece).unwrap();
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        if let Ok(body) = serde_json::from_str(body) {
            break (head.to_owned(), body);
        }
    };
    stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes()).unwrap();
    (head, body)
}

fn receiver() -> (TcpListener, String) {
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?a=1", receiver.local_addr().unwrap());
    (receiver, url)
}

fn create(fake: &Fake, url: &str) -> String {
    let body = json!({ "model": "m", "input": { "prompt": "a cat" }, "callBackUrl": url });
    post(fake, CREATE, &body).json()["data"]["taskId"].as_str().unwrap().to_owned()
}

#[test]
fn the_end_of_a_job_is_called_back_in_the_documented_shape() {
    let (receiver, url) = receiver();
    let (fake, handle) = fake(|behaviour| {
        behaviour.run_ms = None;
        behaviour.callbacks = Callbacks::Once;
    });
    let id = create(&fake, &url);
    handle.finish(&id);
    let (head, body) = take(&receiver, "200 OK");
    assert!(head.starts_with("POST /hook?a=1 HTTP/1.1\r\n") && !head.contains("X-Webhook"), "{head}");
    assert_eq!(
        (&body["code"], &body["msg"]),
        (&json!(200), &json!("Playground task completed successfully."))
    );
    for name in
        ["param", "resultJson", "failCode", "failMsg", "costTime", "completeTime", "createTime", "updateTime"]
    {
        assert!(body["data"].get(name).is_some(), "{name}");
    }
    assert_eq!((&body["data"]["taskId"], &body["data"]["state"]), (&json!(id), &json!("success")));
    assert!(handle.wait_until(SOON, |ledger| ledger.seen.callbacks_taken == 1));

    let id = create(&fake, &url);
    handle.fail(&id, "500", "it broke");
    let (_, body) = take(&receiver, "200 OK");
    assert_eq!((&body["code"], &body["data"]["failMsg"]), (&json!(501), &json!("it broke")));
    assert_eq!(body["data"]["resultJson"], Value::Null);

    let veo = json!({ "prompt": "a cat", "callBackUrl": url });
    let id = post(&fake, "/api/v1/veo/generate", &veo).json()["data"]["taskId"].as_str().unwrap().to_owned();
    handle.finish(&id);
    let (_, body) = take(&receiver, "200 OK");
    assert_eq!(body["msg"], "Veo3.1 video generated successfully.");
    assert_eq!(body["data"]["info"]["resultUrls"][0], format!("{}/film/{id}.mp4", fake.url()));
}

#[test]
fn with_a_key_the_task_and_the_time_are_signed() {
    let (receiver, url) = receiver();
    let (fake, _handle) = fake(|behaviour| {
        behaviour.run_ms = Some(0);
        behaviour.callbacks = Callbacks::Once;
        behaviour.webhook_hmac_key = Some("secret".into());
    });
    create(&fake, &url);
    let (head, _) = take(&receiver, "200 OK");
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    assert!(header("X-Webhook-Timestamp: ").parse::<i64>().unwrap() > 1_700_000_000);
    // 32 bytes in Base64; that the digest itself is right is tested beside it.
    assert_eq!(header("X-Webhook-Signature: ").len(), 44);
}

#[test]
fn a_callback_that_is_refused_is_tried_three_times_more() {
    let (receiver, url) = receiver();
    let (fake, handle) = fake(|behaviour| {
        behaviour.run_ms = Some(0);
        behaviour.callbacks = Callbacks::Once;
    });
    create(&fake, &url);
    let bodies: Vec<Value> = (0..4).map(|_| take(&receiver, "500 No").1).collect();
    assert!(bodies.iter().all(|body| body == &bodies[0]));
    assert!(handle.wait_until(SOON, |ledger| ledger.seen.callbacks == 4));
    assert_eq!(handle.seen().callbacks_taken, 0);
}

#[test]
fn twice_is_twice() {
    let (receiver, url) = receiver();
    let (fake, handle) = fake(|behaviour| {
        behaviour.run_ms = Some(0);
        behaviour.callbacks = Callbacks::Twice;
    });
    let id = create(&fake, &url);
    for _ in 0..2 {
        assert_eq!(take(&receiver, "200 OK").1["data"]["taskId"], json!(id));
    }
    assert!(handle.wait_until(SOON, |ledger| ledger.seen.callbacks_taken == 2));
}

#[test]
fn a_callback_before_the_reply_comes_even_if_there_is_no_reply() {
    let (receiver, url) = receiver();
    let (fake, handle) = fake(|behaviour| {
        behaviour.run_ms = None;
        behaviour.callbacks = Callbacks::BeforeReply;
        let cut = Cut { point: CutPoint::AfterAccept, fault: Fault::Fin };
        behaviour.creates.push_back(CreateScript::Cut(cut));
    });
    let body = json!({ "model": "m", "input": { "prompt": "a cat" }, "callBackUrl": url });
    let mut stream: TcpStream = connect(&fake).unwrap();
    stream.write_all(&request("POST", CREATE, "", body.to_string().as_bytes())).unwrap();
    let (_, called) = take(&receiver, "200 OK");
    let heard = hear(&stream, SOON);
    assert_eq!((heard.end, heard.bytes.len()), (End::Fin, 0));
    assert_eq!(called["data"]["taskId"], json!(handle.ledger()[0].job));
    assert_eq!(handle.seen().callbacks_taken, 1, "it was answered before the cut");
}
