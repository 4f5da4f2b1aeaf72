//! Programs that order one film of a model, in four languages; their bodies come from the encoders that filmgate itself uses.

mod body;

use std::fmt::Write as _;

use filmgate_domain::catalogue::Card;
use filmgate_domain::survey::{Choice, Endpoint, ModelRow, UpstreamRow, Use, Verdict};

use super::text::{block, code};
use super::view::View;
use super::words::Word;
use body::Body;

/// One program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it is written in, for people: `TypeScript`.
    pub language: &'static str,
    /// The name of a file in which it runs: `film.mjs`.
    pub file: &'static str,
    /// All of it.
    pub code: String,
}

struct Template {
    language: &'static str,
    file: &'static str,
    fence: &'static str,
    kie: &'static str,
    openai: &'static str,
}

/// In the order in which they are shown.
const TEMPLATES: [Template; 4] = [
    Template {
        language: "curl",
        file: "film.sh",
        fence: "sh",
        kie: include_str!("kie.sh"),
        openai: include_str!("openai.sh"),
    },
    Template {
        language: "TypeScript",
        file: "film.mjs",
        fence: "ts",
        kie: include_str!("kie.mjs"),
        openai: include_str!("openai.mjs"),
    },
    Template {
        language: "Python",
        file: "film.py",
        fence: "python",
        kie: include_str!("kie.py"),
        openai: include_str!("openai.py"),
    },
    Template {
        language: "Rust",
        file: "main.rs",
        fence: "rust",
        kie: include_str!("kie.rs.txt"),
        openai: include_str!("openai.rs.txt"),
    },
];

/// The programs for the cheapest film of a card at an upstream that calls it `model`. None where the card has no price, or
/// where a name or an address has letters that a program would have to be careful with.
pub fn examples(upstream: &UpstreamRow, card: &Card, model: &str) -> Vec<Example> {
    let address = upstream.address.trim_end_matches('/');
    if !(is_plain(address) && is_plain(model)) {
        return Vec::new();
    }
    let Some(body) = Body::of(upstream.dialect, card, model) else { return Vec::new() };
    let fill = |template: &Template| {
        let text = match body.endpoint {
            Endpoint::Videos => template.openai,
            Endpoint::Jobs | Endpoint::Veo => template.kie,
        };
        let text = body.fill(text, template.language).replace("__BASE__", address);
        let code = text.replace("__KEY__", variable(&upstream.name));
        Example { language: template.language, file: template.file, code }
    };
    TEMPLATES.iter().map(fill).collect()
}

/// Letters that mean the same inside every language's quotes.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/@+,=%[]".contains(&byte))
        && !text.contains("__")
}

/// The environment variable that holds an upstream's key.
fn variable(upstream: &str) -> &'static str {
    match upstream {
        "kie" => "KIE_API_KEY",
        "engine" => "FILMGATE_ENGINE_KEY",
        _ => "API_KEY",
    }
}

/// The programs of every plan.
pub(super) fn section(view: View<'_>) -> String {
    let choices = view.choices();
    if choices.is_empty() {
        return view.lang.no_example().to_owned();
    }
    choices.into_iter().map(|choice| of_choice(view, choice)).collect::<Vec<_>>().join("\n")
}

fn of_choice(view: View<'_>, (choice, upstream, row): (&Choice, &UpstreamRow, &ModelRow)) -> String {
    let lang = view.lang;
    let Some(card) = view.card(row) else { return String::new() };
    let programs = examples(upstream, card, &row.model);
    let title = lang.model_at(&code(&choice.model), &code(&choice.upstream));
    let mut text = format!(
        "### {}{}{title}\n\n{}",
        places(view, choice),
        lang.colon(),
        lang.example_intro(variable(&upstream.name))
    );
    match row.finding.verdict {
        Verdict::Usable => {}
        Verdict::CreditsInsufficient => text += &lang.sentence_after(lang.example_unpaid()),
        verdict => text += &lang.sentence_after(&lang.example_blocked(lang.verdict(verdict))),
    }
    if !card.takes_words_alone() {
        text += &lang.sentence_after(lang.example_picture(row.endpoint == Endpoint::Videos));
    } else if let Some(field) =
        body::picture_field(upstream.dialect, card).filter(|_| is_for_pictures(view, choice))
    {
        text += &lang.sentence_after(&lang.example_add_picture(&code(&field)));
    }
    text += "\n\n";
    for (program, template) in programs.iter().zip(&TEMPLATES) {
        let _ = writeln!(
            text,
            "**{}** (`{}`)\n\n{}",
            program.language,
            program.file,
            block(template.fence, &program.code)
        );
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Which plans a choice is: plan A for one use, plan B for another.
fn places(view: View<'_>, choice: &Choice) -> String {
    let lang = view.lang;
    let is_it = |other: &Option<Choice>| {
        other.as_ref().is_some_and(|other| other.upstream == choice.upstream && other.card == choice.card)
    };
    let of = |word: Word, is_there: &dyn Fn(&filmgate_domain::survey::Plan) -> bool| {
        let uses: Vec<&str> = view
            .survey
            .plans
            .iter()
            .filter(|plan| is_there(plan))
            .map(|plan| lang.r#use(plan.r#use))
            .collect();
        (!uses.is_empty()).then(|| lang.remark(lang.title_word(word), &lang.list(uses)))
    };
    let places = [of(Word::PlanA, &|plan| is_it(&plan.a)), of(Word::PlanB, &|plan| is_it(&plan.b))];
    lang.list(places.into_iter().flatten())
}

fn is_for_pictures(view: View<'_>, choice: &Choice) -> bool {
    let mut plans = view.survey.plans.iter().filter(|plan| plan.r#use == Use::ImageToVideo);
    plans.any(|plan| {
        let both = [&plan.a, &plan.b].into_iter().flatten();
        both.into_iter().any(|other| other.upstream == choice.upstream && other.card == choice.card)
    })
}
