//! What to make, as flags: shared by `generate` and `quote`.

use std::io::Read as _;

use clap::Args;
use filmgate_domain::catalogue::{Card, Catalogue, Rule};
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Shot, Value};
use filmgate_domain::route::{Route, STUDIO};

use super::Failure;

/// What to make.
#[derive(Debug, Args)]
pub(super) struct RequestFlags {
    /// What the film shows; `-` reads it from stdin
    pub(super) prompt: Option<String>,
    /// The model [default: sora-2-text-to-video, or sora-2-image-to-video with an image]
    #[arg(long, value_name = "ID")]
    pub(super) model: Option<String>,
    /// A picture to begin with (PNG, JPEG or WebP), a file or a link; again for the last frame
    #[arg(long, value_name = "PATH_OR_URL")]
    pub(super) image: Vec<String>,
    /// The frame's shape
    #[arg(long, value_parser = ["landscape", "portrait", "16:9", "9:16"])]
    pub(super) aspect: Option<String>,
    /// The film's length
    #[arg(long, value_name = "N")]
    pub(super) seconds: Option<i64>,
    /// The film's size: 720p, 1080p or 4k, as far as the model has it
    #[arg(long, value_name = "SIZE")]
    pub(super) resolution: Option<String>,
    /// A number that varies the film; the same number gives the same film
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u32>,
    /// Write no caption into the film
    #[arg(long)]
    pub(super) clean: bool,
}

impl RequestFlags {
    /// Reads the prompt from stdin if it is `-`.
    pub(super) fn read_prompt(&mut self) -> Result<(), Failure> {
        if self.prompt.as_deref() == Some("-") {
            let mut text = String::new();
            let read = std::io::stdin().lock().take(1024 * 1024).read_to_string(&mut text);
            read.map_err(|error| {
                Failure::Usage(format!("the prompt could not be read from stdin: {error}"))
            })?;
            self.prompt = Some(text.trim().to_owned());
        }
        Ok(())
    }

    /// The card that is meant.
    pub(super) fn card<'a>(&self, catalogue: &'a Catalogue) -> Result<&'a Card, Failure> {
        let default = if self.image.is_empty() { "sora-2-text-to-video" } else { "sora-2-image-to-video" };
        let name = self.model.as_deref().unwrap_or(default);
        catalogue
            .find(name)
            .ok_or_else(|| filmgate_domain::refusal::Refusal::UnknownModel { model: name.to_owned() }.into())
    }

    /// The request in the domain's words. `pictures` are the links or stored names of the images.
    pub(super) fn asked(&self, card: &Card, pictures: Vec<String>) -> Result<Asked, Failure> {
        let mut parameters = Parameters::new();
        let mut give = |parameter: Parameter, value: Value| {
            if !card.parameters.contains_key(&parameter) {
                let hint =
                    format!("{} takes no --{}; see `filmgate models {}`", card.id, parameter.word(), card.id);
                return Err(Failure::Usage(hint));
            }
            parameters.insert(parameter, value);
            Ok(())
        };
        if let Some(prompt) = &self.prompt {
            match card.parameters.get(&Parameter::Shots) {
                None => give(Parameter::Prompt, Value::Text(prompt.clone()))?,
                Some(_) => give(Parameter::Shots, Value::Shots(self.storyboard(card, prompt)))?,
            }
        }
        if !pictures.is_empty() {
            give(Parameter::Pictures, Value::Texts(pictures))?;
        }
        if let Some(aspect) = &self.aspect {
            give(Parameter::Aspect, Value::Text(card.spell_aspect(aspect)))?;
        }
        if let Some(seconds) = self.seconds {
            give(Parameter::Seconds, Value::Integer(seconds))?;
        }
        if let Some(resolution) = &self.resolution {
            let (parameter, value) = spell_resolution(card, resolution);
            give(parameter, Value::Text(value))?;
        }
        if let Some(seed) = self.seed {
            give(Parameter::Seed, Value::Integer(card.fold_seed(seed)))?;
        }
        if self.clean {
            give(Parameter::Clean, Value::Flag(true))?;
        }
        let model = self.model.clone().unwrap_or_else(|| card.id.clone());
        Ok(Asked::new(model, parameters, Form::Cli))
    }

    /// These flags as they are typed.
    fn typed(self) -> Vec<String> {
        let valued = [
            ("--model", self.model),
            ("--aspect", self.aspect),
            ("--seconds", self.seconds.map(|seconds| seconds.to_string())),
            ("--resolution", self.resolution),
            ("--seed", self.seed.map(|seed| seed.to_string())),
        ];
        let images = self.image.into_iter().map(|image| ("--image", Some(image)));
        let valued = valued.into_iter().chain(images);
        let mut typed: Vec<String> =
            valued.filter_map(|(flag, value)| Some([flag.to_owned(), value?])).flatten().collect();
        typed.extend(self.clean.then(|| "--clean".to_owned()));
        // What begins with a dash is a prompt nevertheless.
        let is_dashed = self.prompt.as_ref().is_some_and(|prompt| prompt.starts_with('-'));
        typed.extend(is_dashed.then(|| "--".to_owned()));
        typed.extend(self.prompt);
        typed
    }

    /// A storyboard from a prompt: one shot for each of its lines, all equally long.
    fn storyboard(&self, card: &Card, prompt: &str) -> Vec<Shot> {
        let default = match card.parameters.get(&Parameter::Seconds) {
            Some(Rule::Integer { default, .. }) => *default,
            _ => 15,
        };
        let scenes: Vec<&str> = prompt.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let seconds = f64::from(u32::try_from(self.seconds.unwrap_or(default)).unwrap_or(15));
        let each = (seconds / f64::from(u32::try_from(scenes.len().max(1)).unwrap_or(1))).min(15.0);
        scenes.into_iter().map(|scene| Shot { scene: scene.to_owned(), seconds: each }).collect()
    }
}

/// What follows `filmgate` to have this film made by its first route; `None` where the flags cannot say all of it.
pub(crate) fn generate_arguments(
    card: &Card,
    parameters: &Parameters,
    route: Option<&Route>,
) -> Option<Vec<String>> {
    let text = |parameter: &Parameter| match parameters.get(parameter) {
        Some(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let whole = |parameter: &Parameter| match parameters.get(parameter) {
        Some(Value::Integer(number)) => Some(*number),
        _ => None,
    };
    let pictures = match parameters.get(&Parameter::Pictures) {
        Some(Value::Texts(links)) => links.clone(),
        _ => Vec::new(),
    };
    let lines = match parameters.get(&Parameter::Shots) {
        Some(Value::Shots(shots)) => {
            Some(shots.iter().map(|shot| shot.scene.as_str()).collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    };
    let quality =
        text(&Parameter::Quality).map(|quality| if quality == "high" { "1080p" } else { "720p" }.to_owned());
    let flags = RequestFlags {
        prompt: text(&Parameter::Prompt).or(lines),
        model: Some(card.id.clone()),
        image: pictures.clone(),
        aspect: text(&Parameter::Aspect),
        seconds: whole(&Parameter::Seconds),
        resolution: text(&Parameter::Resolution).or(quality),
        seed: whole(&Parameter::Seed).and_then(|seed| u32::try_from(seed).ok()),
        clean: parameters.get(&Parameter::Clean) == Some(&Value::Flag(true)),
    };
    // A lone dash would read the prompt from stdin.
    let is_said = flags.prompt.as_deref() != Some("-")
        && flags.asked(card, pictures).is_ok_and(|asked| card.means_the_same(&asked.parameters, parameters));
    // The command line makes films in the studio unless it is told otherwise.
    let paid = route.filter(|route| route.upstream != STUDIO).map(Route::name);
    let upstream = paid.map(|name| ["--upstream".to_owned(), name]);
    is_said.then(|| {
        let begins = ["generate".to_owned()].into_iter().chain(upstream.into_iter().flatten());
        begins.chain(flags.typed()).collect()
    })
}

/// The parameter by which a card sets its size, and its word for this one.
fn spell_resolution(card: &Card, resolution: &str) -> (Parameter, String) {
    if card.parameters.contains_key(&Parameter::Quality) {
        let word = match resolution {
            "720p" => "standard",
            "1080p" => "high",
            other => other,
        };
        return (Parameter::Quality, word.to_owned());
    }
    (Parameter::Resolution, resolution.to_owned())
}

/// A refusal with what the card allows, for somebody at the keyboard.
pub(super) fn explain(refusal: filmgate_domain::refusal::Refusal, card: &Card) -> Failure {
    use filmgate_domain::refusal::Refusal;
    match refusal {
        Refusal::NotAllowed { parameter } | Refusal::Missing { parameter } => {
            let allowed = card.parameters.get(&parameter).map(Rule::describe).unwrap_or_default();
            Failure::Usage(format!("{refusal}: {} takes {allowed}", card.id))
        }
        refusal => refusal.into(),
    }
}
