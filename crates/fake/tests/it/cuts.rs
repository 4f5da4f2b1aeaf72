//! Every cut does on the wire what it says, and the ledger counts exactly what was accepted.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use filmgate_fake::{CreateScript, Cut, CutPoint, Fake, Fault, Settings};
use serde_json::json;

use crate::client::{
    self, CREATE, End, Heard, SILENCE, SOON, VIDEOS, connect, create_kie, fake, hear, request,
};

/// A create whose head does not fit into one small read.
fn create(path: &str) -> Vec<u8> {
    let body = match path {
        VIDEOS => json!({ "model": "sora-2", "prompt": "a cat", "seconds": "4" }),
        _ => json!({ "model": "sora-2-text-to-video", "input": { "prompt": "a cat" } }),
    };
    request("POST", path, "User-Agent: the-test/1.0\r\nAccept: */*\r\n", body.to_string().as_bytes())
}

fn arm(cut: Cut) -> (Fake, filmgate_fake::Handle) {
    fake(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)))
}

/// Makes a create against a cut after the connect and hears what comes of it.
fn heard(fake: &Fake, cut: Cut, path: &str) -> Heard {
    let mut stream = match connect(fake) {
        // The reset of a new connection may be quicker than the connect's return.
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => {
            return Heard { bytes: Vec::new(), end: End::Rst };
        }
        connected => connected.unwrap(),
    };
    let sent = stream.write_all(&create(path));
    let patience = if cut.fault == Fault::Hang { SILENCE } else { SOON };
    let heard = hear(&stream, patience);
    match sent {
        Ok(()) => heard,
        // A reset that comes while this is written is told once: to the write. The read then sees an end.
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => Heard { end: End::Rst, ..heard },
        // The reset was told to nobody yet if the write came after it, and is told to the read.
        Err(error) => {
            assert_eq!(heard.end, End::Rst, "{cut:?}: {error}");
            heard
        }
    }
}

/// How much of a right answer comes before a cut, in the words of the test.
fn is_right_beginning(point: CutPoint, text: &str) -> bool {
    let has_status_line = text.starts_with("HTTP/1.1 200 OK\r\n");
    let has_head = text.contains("\r\n\r\n");
    match point {
        CutPoint::MidStatusLine => text.starts_with("HTTP/1.1") && !text.contains('\r'),
        CutPoint::MidHeader => has_status_line && text.len() > 20 && !has_head,
        CutPoint::MidBody => has_status_line && has_head && text.contains('{') && !text.ends_with('}'),
        _ => text.is_empty(),
    }
}

fn check_wire(cut: Cut, heard: &Heard) {
    let said = String::from_utf8_lossy(&heard.bytes).into_owned();
    let (beginning, end) = match cut.fault {
        Fault::Rst => (said.as_str(), End::Rst),
        Fault::Fin => (said.as_str(), End::Fin),
        Fault::Hang => (said.as_str(), End::Silence),
        Fault::BadGateway => {
            let start =
                said.find("HTTP/1.1 502 Bad Gateway\r\n").unwrap_or_else(|| panic!("{cut:?}: {said}"));
            assert!(said.contains("<center>nginx</center>"), "{cut:?}: {said}");
            (&said[..start], End::Fin)
        }
        Fault::Garbage => {
            let start = heard.bytes.len() - 64;
            assert!(heard.bytes[start..].iter().all(|byte| *byte >= 0x80), "{cut:?}: {said}");
            (std::str::from_utf8(&heard.bytes[..start]).unwrap(), End::Fin)
        }
    };
    assert_eq!(heard.end, end, "{cut:?}: {said}");
    assert!(is_right_beginning(cut.point, beginning), "{cut:?}: {beginning:?}");
}

#[test]
fn only_cuts_without_a_connection_and_with_an_answer_do_not_exist() {
    let missing = [Fault::Fin, Fault::BadGateway, Fault::Garbage];
    assert_eq!(Cut::all().len(), 42);
    for fault in Fault::ALL {
        let exists = Cut { point: CutPoint::BeforeConnect, fault }.exists();
        assert_eq!(exists, !missing.contains(&fault));
    }
}

#[test]
fn every_cut_after_the_connect_is_what_it_says_and_the_ledger_counts_what_was_accepted() {
    let connected = Cut::all().into_iter().filter(|cut| cut.point != CutPoint::BeforeConnect);
    for cut in connected {
        for path in [CREATE, VIDEOS] {
            let (fake, handle) = arm(cut);
            check_wire(cut, &heard(&fake, cut, path));
            let hits: Vec<Cut> = handle.hits().into_iter().map(|hit| hit.cut).collect();
            assert_eq!(hits, [cut], "{path}");
            assert_eq!(handle.ledger().len(), usize::from(cut.point.is_billed()), "{cut:?} {path}");
            assert_eq!(handle.creates_seen(), u64::from(cut.point.knows_request()), "{cut:?} {path}");
            // The script is used up, and the next create is served.
            create_kie(&fake);
            assert_eq!(handle.ledger().len(), usize::from(cut.point.is_billed()) + 1, "{cut:?} {path}");
        }
    }
}

#[test]
fn a_refused_port_is_refused_at_once_and_comes_back() {
    let (fake, handle) = fake(|_| ());
    let cut = Cut { point: CutPoint::BeforeConnect, fault: Fault::Rst };
    handle.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
    let error = connect(&fake).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    assert!(handle.wait_until(SOON, |ledger| ledger.hits.len() == 1));
    handle.set(|_| ());
    create_kie(&fake);
    assert_eq!((handle.ledger().len(), handle.creates_seen()), (1, 1));
}

#[test]
fn a_port_that_hangs_lets_connects_wait_and_comes_back() {
    let (fake, handle) = fake(|behaviour| behaviour.connect_hang_ms = 700);
    let cut = Cut { point: CutPoint::BeforeConnect, fault: Fault::Hang };
    handle.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
    let waits = TcpStream::connect_timeout(&client::address(&fake.url()), SILENCE).unwrap_err();
    assert_eq!(waits.kind(), io::ErrorKind::TimedOut);
    assert!(handle.wait_until(SOON, |ledger| ledger.hits.len() == 1));
    handle.set(|_| ());
    create_kie(&fake);
    assert_eq!((handle.ledger().len(), handle.creates_seen()), (1, 1));
}

#[test]
fn the_port_is_closed_before_the_create_that_comes_before_is_answered() {
    let cut = Cut { point: CutPoint::BeforeConnect, fault: Fault::Rst };
    let (fake, _handle) = fake(|behaviour| {
        behaviour.creates.extend([CreateScript::Accept, CreateScript::Cut(cut)]);
        behaviour.refuse_ms = 5_000;
    });
    create_kie(&fake);
    assert_eq!(connect(&fake).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
}

#[test]
fn a_cut_before_the_connection_can_be_taken_back() {
    let cut = Cut { point: CutPoint::BeforeConnect, fault: Fault::Rst };
    let (fake, handle) = fake(|behaviour| behaviour.create_always = Some(CreateScript::Cut(cut)));
    handle.set(|behaviour| behaviour.refuse_ms = 20);
    assert!(handle.wait_until(SOON, |ledger| ledger.hits.len() > 1), "for always means again and again");
    assert_eq!(connect(&fake).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    handle.set(|behaviour| behaviour.create_always = None);
    create_kie(&fake);
}

#[test]
fn cuts_within_the_request_leave_polls_alone() {
    for point in [CutPoint::MidRequestHeader, CutPoint::MidRequestBody] {
        let (fake, handle) = fake(|_| ());
        let id = create_kie(&fake);
        let cut = Cut { point, fault: Fault::Rst };
        handle.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
        let record = client::get(&fake, &format!("/api/v1/jobs/recordInfo?taskId={id}"));
        assert_eq!(record.json()["code"], 200);
        assert_eq!(handle.hits(), []);
        assert_eq!(heard(&fake, cut, CREATE).end, End::Rst);
    }
}

#[test]
fn a_cut_in_the_head_reads_half_of_it_and_one_in_the_body_half_of_that() {
    for (point, body_bytes) in [(CutPoint::MidRequestHeader, 0), (CutPoint::MidRequestBody, 50_000)] {
        let cut = Cut { point, fault: Fault::Fin };
        let (fake, handle) = arm(cut);
        let whole =
            request("POST", CREATE, &format!("X-Long: {}\r\n", "x".repeat(400)), &vec![b'x'; 100_000]);
        let mut stream = connect(&fake).unwrap();
        stream.write_all(&whole).unwrap();
        assert_eq!(hear(&stream, SOON).end, End::Fin);
        let head = whole.len() - 100_000;
        let read = handle.hits()[0].request_bytes;
        let wanted = if body_bytes == 0 { 30..head } else { head + body_bytes..head + body_bytes + 100 };
        assert!(wanted.contains(&read), "{point:?}: {read} of {head}");
    }
}

#[test]
fn a_hanging_connection_stops_a_peer_that_has_more_to_send() {
    for point in [CutPoint::AfterConnect, CutPoint::MidRequestHeader, CutPoint::MidRequestBody] {
        let (fake, _handle) = arm(Cut { point, fault: Fault::Hang });
        let stream = connect(&fake).unwrap();
        stream.set_write_timeout(Some(SILENCE)).unwrap();
        let body = vec![b'x'; 32 * 1024 * 1024];
        let error = (&stream).write_all(&request("POST", CREATE, "", &body)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::WouldBlock, "{point:?}");
    }
}

#[test]
fn a_create_over_an_open_connection_passes_a_cut_that_waits_for_a_new_one() {
    let (fake, handle) = fake(|_| ());
    let stream = connect(&fake).unwrap();
    assert_eq!(client::over(&stream, &create(CREATE)).json()["code"], 200);
    let cut = Cut { point: CutPoint::AfterConnect, fault: Fault::Fin };
    handle.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
    assert_eq!(client::over(&stream, &create(CREATE)).json()["code"], 200);
    assert_eq!(handle.hits(), []);
    assert_eq!(hear(&connect(&fake).unwrap(), SOON).end, End::Fin);
    assert_eq!(handle.hits().len(), 1);
}

#[test]
fn a_fake_that_is_dropped_closes_its_port_and_its_connections() {
    let (fake, handle) = arm(Cut { point: CutPoint::AfterRequest, fault: Fault::Hang });
    let idle = connect(&fake).unwrap();
    let mut hangs = connect(&fake).unwrap();
    hangs.write_all(&create(CREATE)).unwrap();
    assert!(handle.wait_until(SOON, |ledger| ledger.hits.len() == 1 && ledger.seen.connections == 2));
    let address = client::address(&fake.url());
    let started = Instant::now();
    drop(fake);
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    assert_eq!((hear(&idle, SOON).end, hear(&hangs, SOON).end), (End::Fin, End::Fin));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn two_fakes_never_share_a_port() {
    let (fake, handle) = fake(|behaviour| behaviour.refuse_ms = 10);
    let port = client::address(&fake.url()).port();
    let is_refused =
        || std::panic::catch_unwind(|| Fake::start(Settings { port, ..Settings::default() })).is_err();
    assert!(is_refused());
    let cut = Cut { point: CutPoint::BeforeConnect, fault: Fault::Rst };
    handle.set(|behaviour| behaviour.creates.push_back(CreateScript::Cut(cut)));
    assert!(handle.wait_until(SOON, |ledger| ledger.hits.len() == 1));
    handle.set(|_| ());
    assert!(is_refused(), "it is kept by the spare too");
    drop(fake);
    assert!(!is_refused(), "it is free again");
}
