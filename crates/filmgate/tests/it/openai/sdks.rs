//! OpenAI's official SDKs, unmodified and pinned, against the emulator.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;

use crate::clients::is_there;
use crate::gate::Gate;
use crate::webhooks::{failing, rig};

const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/openai");
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/picture.png");

/// How one SDK's programs are run.
struct Sdk {
    interpreter: PathBuf,
    ending: &'static str,
}

impl Sdk {
    fn python() -> Option<Self> {
        let interpreter = Path::new(CLIENTS).join("python/bin/python");
        let how = "run `python3 -m venv python && python/bin/pip install -r requirements.txt` in crates/filmgate/tests/clients";
        is_there(&interpreter, how).then_some(Self { interpreter, ending: "py" })
    }

    fn node() -> Option<Self> {
        let modules = Path::new(CLIENTS).join("node_modules");
        let interpreter = modules.join("node/bin/node");
        let how = "run `npm ci` in crates/filmgate/tests/clients";
        let is_there = is_there(&interpreter, how) && is_there(&modules.join("openai"), how);
        is_there.then_some(Self { interpreter, ending: "mjs" })
    }

    /// Runs a program of this folder to its end, which must be a good one.
    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let path = Path::new(HERE).join(format!("{program}.{}", self.ending));
        let ran =
            Command::new(&self.interpreter).arg(path).args(arguments).current_dir(CLIENTS).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
        said
    }
}

fn works(sdk: Option<Sdk>) {
    let Some(sdk) = sdk else { return };
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    assert!(
        sdk.run("client", &[&format!("http://{}/v1", gate.address), PICTURE]).contains("is content with")
    );
}

#[test]
fn the_python_sdk_works() {
    works(Sdk::python());
}

#[test]
fn the_node_sdk_works() {
    works(Sdk::node());
}

/// An endpoint that the SDK has made is told, and the SDK's own `unwrap` takes the delivery and nothing else.
fn unwraps(sdk: Option<Sdk>) {
    let Some(sdk) = sdk else { return };
    let (folder, gate, receiver) = rig();
    let base = format!("http://{}/v1", gate.address);
    let secret = sdk.run("webhook", &[&base, &receiver.url("/")]);
    let task = failing(&gate, "https://example.invalid/");
    let got = receiver.wait(1).remove(0);
    let (headers, body) = (folder.path().join("headers"), folder.path().join("body"));
    std::fs::write(&headers, serde_json::to_vec(&got.headers).unwrap()).unwrap();
    std::fs::write(&body, &got.body).unwrap();
    let told = sdk.run("webhook", &[secret.trim(), headers.to_str().unwrap(), body.to_str().unwrap()]);
    assert_eq!(told.trim(), format!("video.failed video_{task}"));
}

#[test]
fn the_python_sdk_unwraps_what_its_endpoint_is_sent() {
    unwraps(Sdk::python());
}

#[test]
fn the_node_sdk_unwraps_what_its_endpoint_is_sent() {
    unwraps(Sdk::node());
}

/// A line to the server on which the replies to the first requests are lost: each connection ends when its reply comes.
fn line_that_loses(replies: usize, server: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = server.to_owned();
    std::thread::spawn(move || {
        for (number, client) in listener.incoming().enumerate() {
            let (mut client, mut server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
            let (mut asked, mut asking) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            std::thread::spawn(move || drop(std::io::copy(&mut asked, &mut asking)));
            std::thread::spawn(move || {
                if number >= replies {
                    drop(std::io::copy(&mut server, &mut client));
                } else {
                    let mut reply = [0; 1024];
                    assert!(server.read(&mut reply).unwrap() > 0);
                }
                drop((client.flush(), client.shutdown(Shutdown::Both), server.shutdown(Shutdown::Both)));
            });
        }
    });
    address
}

fn pays_once(sdk: Option<Sdk>) {
    let Some(sdk) = sdk else { return };
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    // Three replies in a row, then the one reply that the emulator loses by itself.
    for (address, key) in
        [(line_that_loses(3, &gate.address), "test"), (gate.address.clone(), "dev-lost-reply")]
    {
        let id = sdk.run("lost", &[&format!("http://{address}/v1"), PICTURE, key]);
        let bearer = ("Authorization", &*format!("Bearer {key}"));
        let videos = gate.call("GET", "/v1/videos", &[bearer], b"").json();
        let ids: Vec<_> = videos["data"].as_array().unwrap().iter().map(|it| it["id"].clone()).collect();
        assert_eq!(ids, [json!(id.trim())], "one task");
        let credit = gate.call("GET", "/api/v1/chat/credit", &[bearer], b"").json();
        assert_eq!(credit["data"], json!(988.0), "one charge");
    }
}

#[test]
fn the_python_sdk_leaves_one_task_and_one_charge_when_three_replies_are_lost() {
    pays_once(Sdk::python());
}

#[test]
fn the_node_sdk_leaves_one_task_and_one_charge_when_three_replies_are_lost() {
    pays_once(Sdk::node());
}
