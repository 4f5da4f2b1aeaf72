//! One operation of the document: what is said of a route, put together piece by piece.

use filmgate_wire::kie::Refusal;
use serde_json::{Map, Value, json};

use super::shape::{reference, text};

/// What is said of one method of one path.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    costs: Option<String>,
    value: Value,
}

/// Begins an operation: its method and path, its id, and one line about it.
pub(super) fn operation(
    (method, path): (&'static str, &'static str),
    id: &'static str,
    summary: &str,
) -> Operation {
    let value = json!({
        "operationId": id, "summary": summary, "description": "", "parameters": [], "responses": {}, "security": [{"key": []}],
    });
    Operation { method, path, costs: None, value }
}

impl Operation {
    /// What it does, in Markdown without headings.
    pub(super) fn says(mut self, text: &str) -> Self {
        self.value["description"] = text.into();
        self
    }

    /// What it costs, which the description ends with.
    pub(super) fn costs(mut self, text: &str) -> Self {
        self.costs = Some(format!("**Credits.** {text}"));
        self
    }

    /// The same as another operation, for people.
    pub(super) fn same_as(mut self, id: &str) -> Self {
        self.value["x-same-as"] = id.into();
        self
    }

    /// The page of the reference that it stands on.
    pub(super) fn of(mut self, tag: &str) -> Self {
        self.value["tags"] = json!([tag]);
        self
    }

    /// No key is needed.
    pub(super) fn open(mut self) -> Self {
        self.value["security"] = json!([]);
        self
    }

    /// A browser's session does as well as a key.
    pub(super) fn or_session(mut self) -> Self {
        self.value["security"] = json!([{"key": []}, {"session": []}]);
        self
    }

    /// Needs the operator.
    pub(super) fn for_the_operator(mut self) -> Self {
        self.value["security"] = json!([{"operator": []}, {}]);
        self
    }

    /// A parameter in the `query` or a `header`, which may be left out.
    pub(super) fn takes(mut self, place: &str, name: &str, schema: Value, says: &str) -> Self {
        let mut parameter = json!({"name": name, "in": place, "required": false, "description": says});
        parameter["schema"] = schema;
        self.push(parameter);
        self
    }

    /// A parameter that must be given, with a value that shows its form.
    pub(super) fn needs(
        mut self,
        place: &str,
        name: &str,
        (schema, example): (Value, &str),
        says: &str,
    ) -> Self {
        self.push(json!({
            "name": name, "in": place, "required": true, "description": says, "schema": schema, "example": example,
        }));
        self
    }

    /// A parameter or header that is described once for all.
    pub(super) fn with(mut self, name: &str) -> Self {
        self.push(json!({"$ref": format!("#/components/parameters/{name}")}));
        self
    }

    fn push(&mut self, parameter: Value) {
        if let Some(parameters) = self.value["parameters"].as_array_mut() {
            parameters.push(parameter);
        }
    }

    /// A body of this type, with examples by what they show.
    pub(super) fn body(mut self, kind: &str, schema: Value, examples: &[(&str, Value)]) -> Self {
        let is_empty = self.value["requestBody"].is_null();
        if is_empty {
            self.value["requestBody"] = json!({"required": true, "content": {}});
        }
        self.value["requestBody"]["content"][kind] = content(schema, examples);
        self
    }

    /// The body may be left out.
    pub(super) fn or_none(mut self) -> Self {
        self.value["requestBody"]["required"] = false.into();
        self
    }

    /// A reply with this status and type.
    pub(super) fn replies(mut self, status: u16, says: &str, (kind, schema): (&str, Value)) -> Self {
        self.reply(status, says)["content"][kind] = content(schema, &[]);
        self
    }

    /// A reply in JSON, with examples by what they show.
    pub(super) fn answers(
        mut self,
        status: u16,
        says: &str,
        schema: Value,
        examples: &[(&str, Value)],
    ) -> Self {
        self.reply(status, says)["content"]["application/json"] = content(schema, examples);
        self
    }

    /// A reply without a body.
    pub(super) fn nothing(mut self, status: u16, says: &str) -> Self {
        self.reply(status, says);
        self
    }

    /// A header of a reply, described once for all.
    pub(super) fn tells(mut self, status: u16, header: &str) -> Self {
        let name = format!("#/components/headers/{header}");
        self.value["responses"][status.to_string()]["headers"][header] = json!({"$ref": name});
        self
    }

    fn reply(&mut self, status: u16, says: &str) -> &mut Value {
        let reply = &mut self.value["responses"][status.to_string()];
        if reply.is_null() {
            *reply = json!({"description": says});
        }
        reply
    }

    /// Kie's one reply: HTTP 200 with the result in `code`. Refusals are told in their own words.
    pub(super) fn says_kie(self, data: &str, example: (&str, Value), refusals: &[Refusal]) -> Self {
        self.says_kie_of(&[data], &[example], refusals)
    }

    /// The same where a success has several shapes.
    pub(super) fn says_kie_of(self, data: &[&str], examples: &[(&str, Value)], refusals: &[Refusal]) -> Self {
        let mut shapes: Vec<Value> = data.iter().map(|name| reference(name)).collect();
        shapes.extend([reference("KieRefused"), reference("KieKeyRefused")]);
        let mut examples = examples.to_vec();
        let told: Vec<(String, Value)> = refusals.iter().map(refused).collect();
        examples.extend(told.iter().map(|(name, value)| (name.as_str(), value.clone())));
        self.answers(200, "The result is in `code`: 200, or the code of a refusal.", json!({"oneOf": shapes}), &examples)
            .replies(200, "", ("text/html", text()))
            .answers(429, "A limit, where the operator has set `FILMGATE_LIMITS_HTTP_429`; otherwise it comes with status 200.", reference("KieRefused"), &[])
    }

    pub(super) fn into_value(mut self) -> Value {
        let said = self.value["description"].as_str().map(str::to_owned).filter(|said| !said.is_empty());
        let whole: Vec<String> = said.into_iter().chain(self.costs).collect();
        self.value["description"] = whole.join("\n\n").into();
        self.value
    }
}

/// A refusal as it comes over the wire, under its own words.
fn refused(refusal: &Refusal) -> (String, Value) {
    let body = serde_json::from_str(&refusal.encode()).unwrap_or_default();
    (format!("{}: {}", refusal.code, refusal.msg), body)
}

fn content(schema: Value, examples: &[(&str, Value)]) -> Value {
    let mut content = json!({});
    content["schema"] = schema;
    if !examples.is_empty() {
        let all: Map<String, Value> = examples
            .iter()
            .enumerate()
            .map(|(number, (says, value))| (key(number, says), json!({"summary": says, "value": value})))
            .collect();
        content["examples"] = all.into();
    }
    content
}

/// Keys of examples keep their order by a number, because objects are sorted.
fn key(number: usize, says: &str) -> String {
    let word: String = says
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .take(32)
        .collect();
    format!("{:02}-{}", number + 1, word.trim_matches('-'))
}
