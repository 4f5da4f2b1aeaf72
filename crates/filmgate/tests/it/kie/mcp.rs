//! A public client that knows nothing of us: the MCP server `@felores/kie-ai-mcp-server`, unmodified, makes a film.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::clients::is_there;
use crate::gate::Gate;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/kie-mcp");
const SERVER: &str = "node_modules/@felores/kie-ai-mcp-server/dist/index.js";
/// Its database is a native module that must have been built.
const DATABASE: &str = "node_modules/sqlite3/build/Release/node_sqlite3.node";

/// A program that speaks JSON-RPC over its standard streams, one message a line.
struct Client {
    child: Child,
    replies: std::sync::mpsc::Receiver<Value>,
    number: u64,
}

impl Client {
    fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (say, replies) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for reply in lines.map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok()) {
                drop(say.send(reply));
            }
        });
        Self { child, replies, number: 0 }
    }

    fn tell(&mut self, message: &Value) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.number += 1;
        let number = self.number;
        self.tell(&json!({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}));
        loop {
            let reply = self.replies.recv_timeout(Duration::from_secs(60)).unwrap();
            if reply["id"] == number {
                return reply["result"].clone();
            }
        }
    }

    /// What a tool says, which is JSON in text.
    fn tool(&mut self, name: &str, arguments: &Value) -> Value {
        let result = self.ask("tools/call", &json!({"name": name, "arguments": arguments}));
        let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{name}: {result}"));
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn an_unmodified_mcp_server_for_kie_makes_a_film() {
    let folder = Path::new(FOLDER);
    let how = "run `npm ci` in crates/filmgate/tests/clients/kie-mcp";
    if !is_there(&folder.join(SERVER), how) || !is_there(&folder.join(DATABASE), how) {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let gate = Gate::dev(&data.path().join("data"));
    let mut client = Client::start(
        Command::new("node")
            .arg(folder.join(SERVER))
            .env("KIE_AI_API_KEY", "mcp")
            .env("KIE_AI_BASE_URL", format!("http://{}/api/v1", gate.address))
            .env("KIE_AI_ALLOW_DIRECT_GENERATION", "true")
            .env("KIE_AI_DB_PATH", data.path().join("tasks.db"))
            // Otherwise it names an address of its maker's.
            .env("KIE_AI_CALLBACK_URL", format!("http://{}/healthz", gate.address)),
    );
    client.ask(
        "initialize",
        &json!({
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "filmgate-tests", "version": "1"},
        }),
    );
    client.tell(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    let made = client.tool(
        "veo3_generate_video",
        &json!({"prompt": "A red boat at sea", "model": "veo3_fast", "aspectRatio": "16:9"}),
    );
    let id = made["task_id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let deadline = Instant::now() + Duration::from_secs(180);
    // Its own `status` stays `pending`: it reads a field that Veo's records do not have.
    let status = loop {
        let status = client.tool("get_task_status", &json!({"task_id": id}));
        if status["api_response"]["data"]["successFlag"] == 1 {
            break status;
        }
        assert!(Instant::now() < deadline, "{status}");
        std::thread::sleep(Duration::from_millis(200));
    };
    let link = status["api_response"]["data"]["response"]["resultUrls"][0].as_str().unwrap().to_owned();
    assert_eq!(gate.call("GET", &link, &[], b"").status, 200);
}
