//! What an example sends: the cheapest film of a card, encoded by filmgate's own encoders, and how each language writes it.

use filmgate_domain::catalogue::{Card, Dialect};
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::survey::Endpoint;
use filmgate_providers::kie::{fields, form_of};
use filmgate_wire::kie::{self, Create};

/// What the film shows.
const PROMPT: &str = "A cute cat playing in a sunny garden";
/// An address that stands for the reader's own picture.
const PICTURE: &str = "https://example.com/picture.jpg";
/// A file that stands for it where pictures are sent themselves.
const PICTURE_FILE: &str = "picture.png";

/// One create.
pub(super) struct Body {
    pub(super) endpoint: Endpoint,
    /// JSON, indented; empty where the create is a form.
    json: String,
    /// The texts of a form, in their order.
    form: Vec<(&'static str, String)>,
    /// Whether the form has a picture.
    picture: bool,
}

impl Body {
    /// The cheapest film of a card; none where the card has no price or refuses its own cheapest film.
    pub(super) fn of(dialect: Dialect, card: &Card, model: &str) -> Option<Self> {
        let parameters = card.smallest(PROMPT, PICTURE)?;
        let endpoint = Endpoint::of(card, dialect);
        let mut body = Self { endpoint, json: String::new(), form: Vec::new(), picture: false };
        if endpoint == Endpoint::Videos {
            body.picture = parameters.contains_key(&Parameter::Pictures);
            body.form = form(card, parameters, model)?;
        } else {
            body.json = json(card, &parameters, model);
        }
        Some(body)
    }

    /// A template with this create in it, as the language writes it.
    pub(super) fn fill(&self, template: &str, language: &str) -> String {
        let mut text = template.to_owned();
        let mut put = |place: &str, with: &str| text = text.replace(place, with);
        if self.endpoint == Endpoint::Videos {
            self.fill_form(&mut put, language);
            return text;
        }
        let [create, record] = match self.endpoint {
            Endpoint::Veo => [kie::VEO_GENERATE, kie::VEO_RECORD_INFO],
            Endpoint::Jobs | Endpoint::Videos => [kie::CREATE_TASK, kie::RECORD_INFO],
        };
        put("__BODY__", &indented(&self.json, language));
        put("__CREATE__", create);
        put("__RECORD__", record);
        for (place, with) in if self.endpoint == Endpoint::Veo { VEO_ENDS } else { JOBS_ENDS } {
            put(place, with);
        }
        text
    }

    fn fill_form(&self, put: &mut dyn FnMut(&str, &str), language: &str) {
        let lines = |line: &dyn Fn(&str, &str) -> String, picture: &str, between: &str| {
            let mut lines: Vec<String> = self.form.iter().map(|(name, value)| line(name, value)).collect();
            lines.extend(self.picture.then(|| picture.to_owned()));
            lines.join(between)
        };
        let form = match language {
            "curl" => {
                let picture = format!("-F 'input_reference=@{PICTURE_FILE}'");
                lines(&|name, value| format!("-F '{name}={value}'"), &picture, " \\\n  ")
            }
            "TypeScript" => {
                let file =
                    format!("new Blob([await readFile(\"{PICTURE_FILE}\")], {{ type: \"image/png\" }})");
                let picture = format!("body.set(\"input_reference\", {file}, \"{PICTURE_FILE}\");");
                lines(&|name, value| format!("body.set(\"{name}\", \"{value}\");"), &picture, "\n")
            }
            _ => {
                let picture = format!(".file(\"input_reference\", \"{PICTURE_FILE}\")?");
                lines(&|name, value| format!(".text(\"{name}\", \"{value}\")"), &picture, "\n        ")
            }
        };
        put("__FORM__", &form);
        let import = if self.picture { "import { readFile } from \"node:fs/promises\";\n\n" } else { "" };
        put("__JS_IMPORT__", import);
        put("__PICTURE__", &if self.picture { python_picture() } else { String::new() });
        let fields = self.form.iter().map(|(name, value)| format!("    \"{name}\": \"{value}\",\n"));
        put("__FIELDS__", &format!("{{\n{}}}", fields.collect::<String>()));
    }
}

fn python_picture() -> String {
    format!(
        "form += f'{{disposition}}\"input_reference\"; filename=\"{PICTURE_FILE}\"\\r\\nContent-Type: image/png\\r\\n\\r\\n'.encode()\n\
         with open(\"{PICTURE_FILE}\", \"rb\") as picture:\n    form += picture.read() + b\"\\r\\n\"\n"
    )
}

type Ends = [(&'static str, &'static str); 12];

/// How a record of the jobs family says that the film is there, or that there will be none.
const JOBS_ENDS: Ends = [
    ("__STATE__", "state"),
    ("__SH_DONE__", "success"),
    ("__SH_FAILED__", "fail"),
    ("__JS_DONE__", "data.state === \"success\""),
    ("__JS_FAILED__", "data.state === \"fail\""),
    ("__JS_LINK__", "JSON.parse(data.resultJson).resultUrls[0]"),
    ("__PY_DONE__", "data[\"state\"] == \"success\""),
    ("__PY_FAILED__", "data[\"state\"] == \"fail\""),
    ("__PY_LINK__", "json.loads(data[\"resultJson\"])[\"resultUrls\"][0]"),
    ("__RS_DONE__", "data[\"state\"] == \"success\""),
    ("__RS_FAILED__", "data[\"state\"] == \"fail\""),
    (
        "__RS_LINK__",
        "serde_json::from_str::<Value>(data[\"resultJson\"].as_str().unwrap_or_default())?[\"resultUrls\"][0].as_str().unwrap_or_default()",
    ),
];

/// The same for Veo's records.
const VEO_ENDS: Ends = [
    ("__STATE__", "successFlag"),
    ("__SH_DONE__", "1"),
    ("__SH_FAILED__", "2 | 3"),
    ("__JS_DONE__", "data.successFlag === 1"),
    ("__JS_FAILED__", "data.successFlag > 1"),
    ("__JS_LINK__", "data.response.resultUrls[0]"),
    ("__PY_DONE__", "data[\"successFlag\"] == 1"),
    ("__PY_FAILED__", "data[\"successFlag\"] > 1"),
    ("__PY_LINK__", "data[\"response\"][\"resultUrls\"][0]"),
    ("__RS_DONE__", "data[\"successFlag\"] == 1"),
    ("__RS_FAILED__", "data[\"successFlag\"] == 2 || data[\"successFlag\"] == 3"),
    ("__RS_LINK__", "data[\"response\"][\"resultUrls\"][0].as_str().unwrap_or_default()"),
];

fn json(card: &Card, parameters: &Parameters, model: &str) -> String {
    let form = form_of(card);
    let fields = fields::fields(parameters, form, Some(card));
    let create = Create { model: model.to_owned(), fields, call_back_url: None };
    spread(&match form {
        Form::KieVeo => kie::encode_veo(&create),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => kie::encode_jobs(&create),
    })
}

/// Compact JSON over several lines, its members in their own order.
fn spread(compact: &str) -> String {
    let (mut text, mut open) = (String::new(), Vec::new());
    let (mut is_text, mut is_escaped) = (false, false);
    for letter in compact.chars() {
        if is_text {
            text.push(letter);
            is_text = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        // Objects are spread, lists stay on their line.
        let was_object = open.last() == Some(&'{');
        match letter {
            '{' | '[' => open.push(letter),
            '}' | ']' => drop(open.pop()),
            _ => is_text = letter == '"',
        }
        let depth = open.iter().filter(|bracket| **bracket == '{').count();
        let new_line = format!("\n{}", "  ".repeat(depth));
        let (before, after) = match letter {
            '{' => ("", new_line.as_str()),
            '}' => (new_line.as_str(), ""),
            ',' if was_object => ("", new_line.as_str()),
            ',' | ':' => ("", " "),
            _ => ("", ""),
        };
        text += before;
        text.push(letter);
        text += after;
    }
    text
}

/// The texts that all engines take, in the words of the film that the card promises.
fn form(card: &Card, parameters: Parameters, model: &str) -> Option<Vec<(&'static str, String)>> {
    let (model_id, form) = (card.id.clone(), Form::Cli);
    let asked = Asked::new(model_id, parameters, form);
    let film = card.accept(asked).ok()?.request.film;
    Some(vec![
        ("prompt", PROMPT.to_owned()),
        ("model", model.to_owned()),
        ("seconds", film.seconds.to_string()),
        ("size", format!("{}x{}", film.width, film.height)),
    ])
}

/// JSON as it stands in a program: Rust's macro begins deeper than the others.
fn indented(json: &str, language: &str) -> String {
    if language == "Rust" { json.replace('\n', "\n    ") } else { json.to_owned() }
}

/// What a create gains by a picture, as it stands in JSON; none where the picture is a file, or the card takes none.
pub(super) fn picture_field(dialect: Dialect, card: &Card) -> Option<String> {
    if dialect != Dialect::Kie || card.pictures_max() == 0 {
        return None;
    }
    let form = form_of(card);
    let picture = Parameters::from([(Parameter::Pictures, Value::Texts(vec![PICTURE.to_owned()]))]);
    let (field, value) = fields::fields(&picture, form, Some(card)).into_iter().next()?;
    let name = if form == Form::KieVeo { field.veo_name()? } else { field.jobs_name() };
    Some(format!("\"{name}\": {}", serde_json::to_string(&value).ok()?))
}
