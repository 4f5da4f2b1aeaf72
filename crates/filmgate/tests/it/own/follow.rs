//! A task live: events in order, and the rest of them after a lost connection.

use serde_json::Value;

use super::{KEY, create, short};
use crate::gate::Gate;

/// Follows a task to its end; the events by name, with their numbers and values.
pub(super) fn until_end(gate: &Gate, id: &str, last: Option<&str>) -> Vec<(String, Option<u64>, Value)> {
    let mut headers = vec![KEY];
    headers.extend(last.map(|last| ("Last-Event-ID", last)));
    // The server closes the stream when nothing more can come.
    let reply = gate.call("GET", &format!("/filmgate/v1/tasks/{id}/events"), &headers, b"");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("text/event-stream")));
    let text = unchunked(&reply.body);
    let blocks = text.split("\n\n").filter(|block| block.contains("event: "));
    let event = |block: &str| {
        let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
        let number = line("id: ").map(|number| number.parse().unwrap());
        let value = serde_json::from_str(&line("data: ").unwrap()).unwrap();
        (line("event: ").unwrap(), number, value)
    };
    blocks.map(event).collect()
}

/// The body without the sizes of its chunks.
fn unchunked(body: &[u8]) -> String {
    let (mut text, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        text.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + size + 4..).unwrap_or_default();
    }
    String::from_utf8(text).unwrap()
}

#[test]
fn a_task_is_followed_to_its_end_and_a_lost_connection_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    let events = until_end(&gate, &id, None);
    let moments: Vec<_> = events.iter().filter(|(name, ..)| name == "moment").collect();
    let numbers: Vec<u64> = moments.iter().map(|(_, number, _)| number.unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    assert_eq!(moments[3].2["kind"], "succeeded");
    let percents: Vec<u64> = events
        .iter()
        .filter(|(name, ..)| name == "task")
        .map(|(.., task)| task["percent"].as_u64().unwrap())
        .collect();
    assert!(percents.is_sorted() && percents.last() == Some(&100), "{percents:?}");
    assert_eq!(events.last().unwrap().0, "end");
    let rest = until_end(&gate, &id, Some("3"));
    let names: Vec<&str> = rest.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!((names, rest[0].1), (vec!["moment", "task", "end"], Some(4)));
}
