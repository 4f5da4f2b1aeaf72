//! `/_fake/…`: the handle for other processes.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::behaviour::Behaviour;
use crate::handle::Handle;
use crate::http::{Reply, Request};
use crate::world::World;

/// Answers a control request; no key is needed.
pub(crate) fn answer(world: &Arc<World>, request: &Request) -> Reply {
    let handle = Handle::of(Arc::clone(world));
    let query = |name: &str| request.query.get(name).map_or("", String::as_str);
    match (request.method.as_str(), &request.parts()[1..]) {
        ("GET", ["ledger"]) => Reply::json(200, &json!(handle.ledger())),
        ("GET", ["asked"]) => Reply::json(200, &json!(handle.asked())),
        ("GET", ["finished"]) => {
            let ended = handle.jobs().into_iter().filter_map(|job| Some((job.id, job.ended_at_ms?.into())));
            Reply::json(200, &Value::Object(ended.collect::<Map<String, Value>>()))
        }
        ("GET", ["behaviour"]) => Reply::json(200, &json!(handle.behaviour())),
        ("POST", ["behaviour"]) => {
            let mut outcome = Ok(());
            handle.set(|behaviour| outcome = change(behaviour, &request.json()));
            match outcome {
                Ok(()) => Reply::json(200, &json!({})),
                Err(error) => Reply::json(400, &json!({ "error": error.to_string() })),
            }
        }
        ("POST", ["finish"]) => ended(handle.finish(query("job"))),
        ("POST", ["fail"]) => ended(handle.fail(query("job"), query("code"), query("text"))),
        ("POST", ["finish_all"]) => Reply::json(200, &json!({ "ended": handle.finish_all() })),
        _ => Reply::json(404, &json!({ "error": "no such control route" })),
    }
}

fn ended(ended: bool) -> Reply {
    if ended {
        Reply::json(200, &json!({ "ended": 1 }))
    } else {
        Reply::json(404, &json!({ "error": "no such job is running" }))
    }
}

/// Puts the members of an object in place of the behaviour's own; an unknown one is refused and nothing is changed.
fn change(behaviour: &mut Behaviour, change: &Value) -> serde_json::Result<()> {
    let mut fields = json!(behaviour);
    for (name, value) in change.as_object().into_iter().flatten() {
        fields[name] = value.clone();
    }
    let changed: Behaviour = serde_json::from_value(fields)?;
    *behaviour = Behaviour { film: std::mem::take(&mut behaviour.film), ..changed };
    Ok(())
}
