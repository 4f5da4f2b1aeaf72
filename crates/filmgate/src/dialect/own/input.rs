//! This dialect's `input` to the domain's parameters and back: names in `snake_case`, values as plain JSON.

use filmgate_domain::request::{Parameter, Parameters, Shot, Value};
use filmgate_wire::own::refused::Refused;
use serde_json::{Map, Value as Json, json};

use super::call::Answer;

/// A parameter's name on this wire, such as `character_video`.
pub(crate) fn name(parameter: Parameter) -> String {
    json!(parameter).as_str().unwrap_or_default().to_owned()
}

/// What a client gave. `null` is nothing; a name that no model has is refused, because a typing error would be paid for.
pub(super) fn parameters(input: &Map<String, Json>) -> Answer<Parameters> {
    let mut parameters = Parameters::new();
    for (name, given) in input.iter().filter(|(_, given)| !given.is_null()) {
        let parameter = serde_json::from_value::<Parameter>(json!(name)).map_err(|_| {
            Refused::new(
                422,
                "unknown_parameter",
                format!("No model has a parameter \"{name}\". Nothing was created."),
            )
            .about(name)
        })?;
        let value = value(given).ok_or_else(|| {
            let text = format!("{name} must be a text, a whole number, true or false, a list of texts, or a list of shots {{\"scene\",\"seconds\"}}. Nothing was created.");
            Refused::new(422, "wrong_type", text).about(name)
        })?;
        parameters.insert(parameter, value);
    }
    Ok(parameters)
}

fn value(given: &Json) -> Option<Value> {
    match given {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        Json::Number(number) => number.as_i64().map(Value::Integer),
        Json::Array(items) if items.iter().all(Json::is_string) => {
            Some(Value::Texts(items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()))
        }
        Json::Array(items) => items.iter().map(shot).collect::<Option<_>>().map(Value::Shots),
        Json::Object(_) | Json::Null => None,
    }
}

fn shot(given: &Json) -> Option<Shot> {
    let (scene, seconds) = (given["scene"].as_str()?, given["seconds"].as_f64()?);
    Some(Shot { scene: scene.to_owned(), seconds })
}

/// What a client gave, in this dialect's words.
pub(super) fn input(parameters: &Parameters) -> Map<String, Json> {
    let plain = |value: &Value| match value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Texts(texts) => json!(texts),
        Value::Shots(shots) => {
            shots.iter().map(|shot| json!({"scene": shot.scene, "seconds": shot.seconds})).collect()
        }
    };
    parameters.iter().map(|(parameter, value)| (name(*parameter), plain(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again() {
        let given = json!({
            "prompt": "A cat", "seconds": 10, "clean": true, "pictures": ["https://example.com/1.png"],
            "shots": [{"scene": "one", "seconds": 2.5}],
        });
        let given = given.as_object().unwrap();
        assert_eq!(&input(&parameters(given).unwrap()), given);
    }

    #[test]
    fn what_no_model_has_is_refused_by_name() {
        for (given, field) in [
            (json!({"promt": "A cat"}), "promt"),
            (json!({"seconds": 2.5}), "seconds"),
            (json!({"shots": [{"scene": "one"}]}), "shots"),
            (json!({"prompt": {"text": "A cat"}}), "prompt"),
        ] {
            let refused = parameters(given.as_object().unwrap()).unwrap_err();
            assert_eq!((refused.status, refused.parameter.as_deref()), (422, Some(field)), "{given}");
        }
        assert!(parameters(json!({"prompt": null}).as_object().unwrap()).unwrap().is_empty());
    }
}
