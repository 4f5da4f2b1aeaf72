//! Tasks: created alone or together, listed, read, followed, cancelled.

use filmgate_wire::own::refused::Refused;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{
    described, flag, link, list, number, object, one_of, or_null, reference, says, text, whole,
};
use super::quote::{example, refusals, several};
use super::{closed, limited, not_found, wrong_limit};

const ID: &str = "01999f6c7d3b8c1e2f4a5b6c7d8e9f00";
const TASKS: &str = "/filmgate/v1/tasks";

pub(super) fn operations() -> Vec<Operation> {
    vec![create(), batch(), list_all(), read(), follow(), thumbnail(), cancel()]
}

fn create() -> Operation {
    let create = operation(("post", TASKS), "makeFilm", "Make a film")
        .with("IdempotencyKey")
        .with("Deduplicate")
        .with("Scenario")
        .body("application/json", reference("Ask"), &[("a film", example())])
        .answers(201, "The task, durable by now.", reference("TaskSummary"), &[])
        .costs("The model's price is set aside, taken when the film is stored, and given back when there is none.")
        .replies(200, "", ("text/html", text()));
    closed(create, &make_refusals())
}

fn batch() -> Operation {
    let body = object(&[
        ("requests", several()),
        ("total_max?", or_null(number("Nothing is made if all together would cost more."))),
    ]);
    let answer = object(&[
        ("tasks", list(json!({"oneOf": [reference("TaskSummary"), reference("Refused")]}))),
        ("total", number("The price of those that were created.")),
    ]);
    let exceeded = Refused::new(
        409,
        "total_exceeded",
        "All together cost 60 credits, more than total_max. Nothing was created.",
    );
    let batch = operation(("post", "/filmgate/v1/batches"), "makeFilms", "Make several films")
        .says("Each request is answered on its own, in order: its task, or why there is none. They are created no faster than the account may create, so it may take some seconds.")
        .with("IdempotencyKey")
        .body("application/json", body, &[("two films", json!({"requests": [example(), example()], "total_max": 60}))])
        .answers(201, "What became of each.", answer, &[])
        .costs("As each create by itself.");
    let mut all = make_refusals();
    all.push(exceeded);
    closed(batch, &all)
}

fn make_refusals() -> Vec<Refused> {
    let mut all = refusals();
    all.extend([
        Refused::new(402, "credits_insufficient", "The account has not enough credits. Nothing was created."),
        Refused::new(
            409,
            "idempotency_key_reused",
            "The Idempotency-Key was used with another request. Nothing was created.",
        ),
        Refused::new(429, "rate_limited", "Creates come too fast. Nothing was created; wait a few seconds."),
    ]);
    all
}

fn list_all() -> Operation {
    let page = object(&[
        ("tasks", list(reference("TaskSummary"))),
        ("next", or_null(says("What `before` takes for the next page."))),
    ]);
    let list = operation(("get", TASKS), "listTasks", "List and search the tasks")
        .says("Those of every dialect, the newest first, without those that were deleted.")
        .takes(
            "query",
            "search",
            json!({"type": "string", "maxLength": 200}),
            "Only those whose prompt or scenes hold this text.",
        )
        .takes("query", "model", text(), "Only those of this model.")
        .takes(
            "query",
            "phase",
            one_of(&["open", "queued", "running", "storing", "succeeded", "failed", "cancelled"], ""),
            "Only those in this phase; `open` is every one that is no end.",
        )
        .takes("query", "before", text(), "Only those older than this task.");
    let list = limited(list, (24, 100)).answers(200, "A page.", page, &[]);
    closed(list, &[wrong_limit(100)])
}

fn at(method: &'static str, path: &'static str, id: &'static str, summary: &str) -> Operation {
    operation((method, path), id, summary).needs("path", "id", (text(), ID), "The task.")
}

fn read() -> Operation {
    let read = at("get", "/filmgate/v1/tasks/{id}", "readTask", "Read a task")
        .says("With everything that is known of it: its timeline, its attempts, its credits, who was told.")
        .answers(200, "The task.", reference("Task"), &[]);
    closed(read, &[not_found("task")])
}

fn follow() -> Operation {
    let event = object(&[
        ("event", one_of(&["moment", "task", "end"], "What it tells.")),
        ("data", says("A `Moment`, a `TaskSummary`, or `null`, as JSON.")),
        ("id?", says("Of a moment: its number.")),
    ]);
    let follow = at("get", "/filmgate/v1/tasks/{id}/events", "followTask", "Follow a task live")
        .says("Server-sent events: `moment` with a number as its id and something that happened, `task` with the summary whenever it changes, `end` when nothing more can come. A lost connection goes on after `Last-Event-ID`.")
        .takes("header", "Last-Event-ID", json!({"type": "string", "pattern": "^[0-9]+$"}), "The number of the last moment that was heard.")
        .replies(200, "The events, until there are no more.", ("text/event-stream", event));
    let crowded =
        Refused::new(429, "too_many_watchers", "Too many tasks are watched at once; close some pages.");
    closed(follow, &[not_found("task"), crowded])
}

fn thumbnail() -> Operation {
    let thumbnail = at("get", "/filmgate/v1/tasks/{id}/thumbnail", "taskThumbnail", "A picture of a film")
        .says("Of the embedded studio's films; of others the film itself has to do.")
        .replies(200, "A frame of it.", ("image/jpeg", text()));
    let elsewhere = Refused::new(
        404,
        "no_thumbnail",
        "filmgate paints pictures of its own studio's films only, and decodes no others. Watch the film itself.",
    );
    closed(thumbnail, &[not_found("film"), elsewhere])
}

fn cancel() -> Operation {
    let cancel = at("post", "/filmgate/v1/tasks/{id}/cancel", "cancelTask", "Cancel a task")
        .says("A wish: what is made already and paid for stays. A task that has ended stays as it is.")
        .answers(200, "The task as it is now.", reference("TaskSummary"), &[])
        .costs("What was set aside is given back if the task ends without a film.");
    closed(cancel, &[not_found("task")])
}

fn summary() -> Vec<(&'static str, Value)> {
    let failure = object(&[("code", says("For programs.")), ("message", says("For people."))]);
    vec![
        ("id", says("Its id.")),
        ("model", says("The model's id.")),
        ("title", says("What people call the model.")),
        ("phase", says("Such as `running`.")),
        ("percent", json!({"type": "integer", "minimum": 0, "maximum": 100, "description": "How far."})),
        ("prompt", says("What the film shows, of a storyboard its scenes.")),
        ("upstream", says("Who makes it, or tried last.")),
        ("credits", number("Its price.")),
        ("created_ms", whole("When it was accepted, in Unix milliseconds.")),
        ("finished_ms", or_null(whole("When it ended."))),
        (
            "form",
            one_of(
                &["kie.jobs", "kie.veo", "openai.videos", "filmgate", "cli"],
                "The dialect in which it was asked for.",
            ),
        ),
        ("error", described(or_null(failure), "Why there is no film.")),
        ("film", maybe("Film")),
        ("thumbnail", or_null(says("Where a picture of it is."))),
        (
            "character",
            or_null(says("The id of the character that it made; later requests name it in `characters`.")),
        ),
        ("can_cancel", flag("Whether a cancel can still be wished.")),
    ]
}

fn maybe(name: &str) -> Value {
    json!({"oneOf": [{"type": "null"}, reference(name)]})
}

fn task() -> Value {
    let origin = object(&[
        ("task", says("Its task.")),
        ("what", one_of(&["extension", "enlargement", "remix", "edit"], "What is made of it.")),
    ]);
    let copy = object(&[
        ("kind", one_of(&["joined", "watermarked"], "Which.")),
        ("url", says("Its path on this server.")),
    ]);
    let attempt = object(&[
        ("number", whole("From 1 on.")),
        ("upstream", says("Whom.")),
        ("model", says("The upstream's own name of the model.")),
        ("state", says("Such as `running`.")),
        ("job", or_null(says("The upstream's id of it."))),
        ("began_ms", whole("When it began.")),
        ("text", says("How it ended, in words.")),
    ]);
    let call = object(&[
        ("method", says("Such as `POST`.")),
        ("path", says("Below the upstream's address.")),
        ("status", or_null(whole("The answer's status; null where no whole answer came."))),
        ("took_ms", whole("How long it took.")),
    ]);
    let exchange = object(&[
        ("attempt", whole("In which attempt.")),
        ("at_ms", whole("When.")),
        ("text", says("In a sentence.")),
        ("call", described(or_null(call), "The call that was answered so, where there was one.")),
    ]);
    let entry = object(&[
        ("at_ms", whole("When.")),
        ("kind", says("`hold`, `capture`, `release` and so on.")),
        ("amount", number("How many credits.")),
    ]);
    let mut fields = summary();
    fields.extend([
        ("input", reference("InputGiven")),
        ("callback_url", or_null(link("Where its end is told."))),
        ("cancel_wished", flag("Whether a cancel is wished.")),
        ("origin", described(or_null(origin), "The film that it is made from.")),
        ("copies", described(list(copy), "What is kept beside the film.")),
        ("late_film", maybe("Film")),
        ("timeline", described(list(reference("Moment")), "What happened, oldest first.")),
        ("attempts", described(list(attempt), "Each try of an upstream.")),
        ("exchanges", described(list(exchange), "What was answered, without secrets and links.")),
        ("ledger", described(list(entry), "The movements of its credits.")),
        ("deliveries", described(list(reference("Delivery")), "Who is told, and what they answered.")),
    ]);
    object(&fields)
}

pub(super) fn schemas() -> Schemas {
    let film = object(&[
        ("url", says("Its path on this server, which needs no key.")),
        ("sha256", says("Of its bytes, in hex.")),
        ("bytes", whole("Its size.")),
        ("width", whole("In pixels.")),
        ("height", whole("In pixels.")),
        ("seconds", whole("Its length.")),
        ("frames_per_second", whole("Its rate.")),
    ]);
    let moment = object(&[
        ("number", whole("Its place, from 1 on.")),
        ("at_ms", whole("When.")),
        ("kind", says("Such as `accepted`, `began`, `running`, `succeeded`, `delivered`.")),
        ("upstream", or_null(says("Whom it is about."))),
        ("text", says("In a sentence.")),
    ]);
    vec![
        ("TaskSummary".into(), described(object(&summary()), "A task in a list.")),
        ("Task".into(), described(task(), "Everything about a task.")),
        ("Film".into(), described(film, "A stored film.")),
        ("Moment".into(), described(moment, "Something that happened to a task.")),
    ]
}
