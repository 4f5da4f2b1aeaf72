//! What something would cost, and what is asked for.

use filmgate_wire::own::refused::Refused;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{
    described, flag, link, links, list, number, object, one_of, or_null, reference, says, whole,
};
use super::{closed, invalid_body, too_large};

const BODY_BYTES_MAX: usize = 1024 * 1024;

pub(super) fn operations() -> Vec<Operation> {
    let several = json!({"requests": [example(), example()]});
    let quote = operation(("post", "/filmgate/v1/quote"), "quote", "Ask for a price")
        .says("Refused exactly as the create would be, except that nobody needs the credits yet. `calls` are the same request in each dialect that can say all of it.")
        .body(
            "application/json",
            reference("AskQuote"),
            &[("one film", example()), ("several", several)],
        )
        .answers(200, "The price of one film, or of each of several.", json!({"oneOf": [reference("Quote"), reference("Quotes")]}), &[]);
    vec![closed(quote, &refusals())]
}

/// A request that is taken.
pub(super) fn example() -> Value {
    json!({"model": "sora-2-text-to-video", "input": {"prompt": "A cute cat playing in a sunny garden", "seconds": 10}})
}

/// Why a request for a film is refused, whether it is to be priced or made.
pub(super) fn refusals() -> Vec<Refused> {
    vec![
        invalid_body(),
        Refused::new(400, "invalid_value", "requests must hold 1 to 24 requests. Nothing was changed.")
            .about("requests"),
        Refused::new(403, "key_limited", "This key may not ask for this model."),
        Refused::new(404, "unknown_model", "There is no model \"x\"."),
        too_large(BODY_BYTES_MAX),
        Refused::new(422, "unknown_parameter", "No model has a parameter \"promt\". Nothing was created.")
            .about("promt"),
        Refused::new(422, "refused", "The prompt is missing.").about("prompt"),
    ]
}

pub(super) fn schemas() -> Schemas {
    let either = [
        ("model?", says("The model's id or alias.")),
        ("input?", reference("Input")),
        ("callback_url?", or_null(link("Where the end is told."))),
        ("requests?", several()),
    ];
    let ask = object(&[
        ("model", says("The model's id or alias.")),
        ("input?", reference("Input")),
        ("callback_url?", or_null(link("Where the end is told."))),
    ]);
    let shape = object(&[
        ("width", whole("In pixels.")),
        ("height", whole("In pixels.")),
        ("seconds", whole("Its length.")),
        ("frames_per_second", whole("Its rate.")),
    ]);
    let call = object(&[
        ("method", one_of(&["POST"], "How.")),
        ("path", says("Such as `/v1/videos`.")),
        ("body", json!({"type": "object", "description": "The body."})),
    ]);
    let maybe = json!({"oneOf": [{"type": "null"}, reference("Call")], "description": "`null` where this dialect cannot say all of it."});
    let words = json!({"type": ["array", "null"], "items": {"type": "string"}, "description": "What follows `filmgate` on the command line."});
    let calls =
        object(&[("kie", maybe.clone()), ("openai", maybe), ("filmgate", reference("Call")), ("cli", words)]);
    let quote = object(&[
        ("price", number("In credits; set aside by the create, paid for a film only.")),
        ("available", number("What the account can spend now.")),
        ("film", shape),
        ("made_by", says("Who would be asked first.")),
        ("calls", calls),
    ]);
    let quotes = object(&[
        ("quotes", list(json!({"oneOf": [reference("Quote"), reference("Refused")]}))),
        ("total", number("The prices of those that are not refused.")),
        ("available", number("What the account can spend now.")),
    ]);
    vec![
        ("Ask".into(), described(ask, "What a create asks for.")),
        ("AskQuote".into(), described(object(&either), "One film, or several in `requests`.")),
        ("Input".into(), input()),
        // Requests of other dialects came through other readers, so nothing is promised of a value.
        (
            "InputGiven".into(),
            json!({"type": "object", "description": "What was asked for, by the names of `Input`."}),
        ),
        ("Call".into(), described(call, "One HTTP request with a body in JSON.")),
        ("Quote".into(), described(quote, "What one film would cost.")),
        ("Quotes".into(), described(quotes, "What several would cost together.")),
    ]
}

/// The requests of a batch or of a quote for several.
pub(super) fn several() -> Value {
    json!({"type": "array", "items": reference("Ask"), "minItems": 1, "maxItems": 24})
}

/// Every parameter of every model; each model takes some.
fn input() -> Value {
    let shot = object(&[("scene", says("What it shows.")), ("seconds", number("Its length."))]);
    let texts = |description: &str| described(list(json!({"type": "string"})), description);
    let input = object(&[
        ("prompt?", says("What the film shows.")),
        ("shots?", described(list(shot), "A storyboard; the lengths add up to the film's.")),
        ("pictures?", links("Links to pictures, such as those of uploads.")),
        ("mode?", says("What the pictures are for.")),
        ("origin_task?", says("The finished task that something is made from.")),
        ("tier?", says("Which of the model's tiers.")),
        ("aspect?", says("The shape of the frame.")),
        ("size?", says("The frame in pixels, as `1280x720`.")),
        ("seconds?", whole("The film's length.")),
        ("quality?", says("Sora's two sizes.")),
        ("resolution?", says("Veo's sizes.")),
        ("seed?", whole("Varies the film.")),
        ("characters?", texts("Ids of characters that appear.")),
        ("character_video?", links("The video that a character is taken from.")),
        ("character_name?", says("The name of a new character.")),
        ("character_prompt?", says("What it is like.")),
        ("safety_instruction?", says("What it must not do.")),
        ("timestamps?", says("Which seconds of a film, as `3.55,5.55`.")),
        ("video?", link("A video.")),
        ("clean?", flag("Whether the film is to be free of caption and watermark.")),
        ("watermark?", says("A text to be written into the film.")),
        ("translate?", flag("Whether the prompt may be translated.")),
        ("upload_store?", says("Where the upstream keeps its uploads.")),
        ("fallback?", flag("Whether another model may step in.")),
    ]);
    described(input, "Every parameter of every model; `GET /filmgate/v1/models` says which a model takes.")
}
