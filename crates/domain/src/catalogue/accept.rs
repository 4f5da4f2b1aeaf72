//! Accepting a request by a card: every rule checked, the film's shape and the price found.

use super::card::{Card, Example, Makes, Mode, PriceRow};
use super::rule::Rule;
use crate::credits::Credits;
use crate::refusal::Refusal;
use crate::remake::Origin;
use crate::request::{Asked, Form, Parameter, Parameters, Promise, Request, Value};
use crate::route::studio_alone;

/// A request that a card has accepted, and what it costs whoever makes the film.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The request as it will be stored.
    pub request: Request,
    /// The card's price, fixed now.
    pub price: Credits,
}

impl Card {
    /// Whether the card takes requests at all, and in this form.
    pub fn open_to(&self, asked: &Asked) -> Result<(), Refusal> {
        // Kie's two forms have models of their own; all others may name every card.
        let takes_all = matches!(asked.form, Form::Cli | Form::Own | Form::OpenAi);
        if !self.offered.contains(&asked.form) && !takes_all {
            return Err(Refusal::UnknownModel { model: asked.model.clone() });
        }
        match &self.refused {
            Some(why) => Err(Refusal::NotServed { model: self.id.clone(), why: why.clone() }),
            None => Ok(()),
        }
    }

    /// Checks a request in the order that Kie's answers show: required fields first, then allowed values.
    pub fn accept(&self, asked: Asked) -> Result<Accepted, Refusal> {
        self.open_to(&asked)?;
        let parameters = self.known(asked.parameters);
        for (parameter, rule) in &self.parameters {
            if rule.required() && !parameters.contains_key(parameter) {
                return Err(Refusal::Missing { parameter: *parameter });
            }
        }
        for (parameter, value) in &parameters {
            if let Some(rule) = self.parameters.get(parameter) {
                rule.check(*parameter, value)?;
            }
        }
        self.check_mode(&parameters)?;
        if self.makes.needs_source() && asked.origin.is_none() {
            return Err(Refusal::SourceUnknown);
        }
        let film = self.promise(&parameters)?;
        let film = asked.origin.as_ref().map_or(Ok(film), |origin| origin.reshape(film))?;
        check_shots(&parameters, film.seconds)?;
        check_timestamps(&parameters)?;
        let price = self.price(&parameters).ok_or_else(|| Refusal::Unpriced { model: self.id.clone() })?;
        let Asked { model, form, callback_url, scenario, on_doubt, origin, .. } = asked;
        let (routes, stops_on_failure) = (studio_alone(), false);
        let request = Request {
            model,
            parameters,
            form,
            callback_url,
            scenario,
            on_doubt,
            routes,
            stops_on_failure,
            origin,
            film,
        };
        Ok(Accepted { request, price })
    }

    /// Drops what this card does not know (unknown fields are ignored, as at Kie) and what was left blank.
    fn known(&self, parameters: Parameters) -> Parameters {
        let mut known = parameters;
        known.retain(|parameter, value| self.parameters.contains_key(parameter) && !Rule::is_blank(value));
        known
    }

    /// The value that holds for a text choice: the client's, else the card's default.
    fn choice<'a>(&'a self, parameter: Parameter, given: &'a Parameters) -> Option<&'a str> {
        match (given.get(&parameter), self.parameters.get(&parameter)) {
            (Some(Value::Text(text)), _) => Some(text),
            (_, Some(Rule::Choice { default, .. })) => Some(default),
            _ => None,
        }
    }

    /// The seconds that hold: the client's, else the card's default.
    fn seconds(&self, given: &Parameters) -> Option<i64> {
        match (given.get(&Parameter::Seconds), self.parameters.get(&Parameter::Seconds)) {
            (Some(Value::Integer(seconds)), _) => Some(*seconds),
            (_, Some(Rule::Integer { default, .. })) => Some(*default),
            _ => None,
        }
    }

    fn check_mode(&self, given: &Parameters) -> Result<(), Refusal> {
        if self.modes.is_empty() {
            return Ok(());
        }
        let pictures = match given.get(&Parameter::Pictures) {
            Some(Value::Texts(links)) => links.len(),
            _ => 0,
        };
        let fits = |mode: &&Mode| (mode.pictures_min..=mode.pictures_max).contains(&pictures);
        let Some(Value::Text(name)) = given.get(&Parameter::Mode) else {
            // Without a name the first mode that takes this many pictures is meant.
            let found = self.modes.iter().find(fits).map(|mode| self.check_mode_limits(mode, given));
            return found.unwrap_or(Err(Refusal::NotAllowed { parameter: Parameter::Pictures }));
        };
        match self.modes.iter().find(|mode| mode.name == *name) {
            None => Err(Refusal::NotAllowed { parameter: Parameter::Mode }),
            Some(mode) if pictures < mode.pictures_min => {
                Err(Refusal::Missing { parameter: Parameter::Pictures })
            }
            Some(mode) if !fits(&mode) => {
                Err(Refusal::TooMany { parameter: Parameter::Pictures, items_max: mode.pictures_max })
            }
            Some(mode) => self.check_mode_limits(mode, given),
        }
    }

    fn check_mode_limits(&self, mode: &Mode, given: &Parameters) -> Result<(), Refusal> {
        if let (Some(tiers), Some(tier)) = (&mode.tiers, self.choice(Parameter::Tier, given))
            && !tiers.iter().any(|offered| offered == tier)
        {
            return Err(Refusal::NotAllowed { parameter: Parameter::Mode });
        }
        if let (Some(lengths), Some(seconds)) = (&mode.seconds, self.seconds(given))
            && !lengths.contains(&seconds)
        {
            return Err(Refusal::NotAllowed { parameter: Parameter::Seconds });
        }
        Ok(())
    }

    fn promise(&self, given: &Parameters) -> Result<Promise, Refusal> {
        let short_side = match self.choice(Parameter::Resolution, given) {
            Some("1080p") => 1080,
            Some("4k") => 2160,
            _ if self.choice(Parameter::Quality, given) == Some("high") => 1080,
            _ => 720,
        };
        if let Some(size) = self.choice(Parameter::Size, given) {
            let (width, height) = pixels(size).ok_or(Refusal::NotAllowed { parameter: Parameter::Size })?;
            return Ok(Promise {
                width,
                height,
                seconds: self.promised_seconds(given)?,
                frames_per_second: self.frames_per_second,
            });
        }
        if self.makes == Makes::Character {
            // Nobody sees it, and it costs its client nothing, so it must cost nobody else a wait.
            return Ok(Promise {
                width: 64,
                height: 64,
                seconds: 1,
                frames_per_second: self.frames_per_second,
            });
        }
        let (long_side, short_side) = (short_side * 16 / 9, short_side);
        let portrait = matches!(self.choice(Parameter::Aspect, given), Some("portrait" | "9:16"));
        let (width, height) = if portrait { (short_side, long_side) } else { (long_side, short_side) };
        let seconds = self.promised_seconds(given)?;
        Ok(Promise { width, height, seconds, frames_per_second: self.frames_per_second })
    }

    fn promised_seconds(&self, given: &Parameters) -> Result<u32, Refusal> {
        let seconds = self.seconds(given).unwrap_or(8);
        u32::try_from(seconds).map_err(|_| Refusal::NotAllowed { parameter: Parameter::Seconds })
    }

    /// The price of a request with these parameters; `None` if no row of the table fits.
    pub fn price(&self, given: &Parameters) -> Option<Credits> {
        let is = |wanted: &Option<String>, parameter| {
            wanted.is_none() || wanted.as_deref() == self.choice(parameter, given)
        };
        let fits = |row: &&PriceRow| {
            (row.seconds.is_none() || row.seconds == self.seconds(given))
                && is(&row.quality, Parameter::Quality)
                && is(&row.resolution, Parameter::Resolution)
                && row.sizes.as_ref().is_none_or(|sizes| {
                    self.choice(Parameter::Size, given).is_some_and(|size| sizes.iter().any(|of| of == size))
                })
                && is(&row.tier, Parameter::Tier)
        };
        self.price.iter().find(fits).and_then(|row| Credits::parse(&row.credits))
    }

    /// A seed that the card allows, made from any number: kept if it is allowed, else folded into the card's range.
    pub fn fold_seed(&self, seed: u32) -> i64 {
        let seed = i64::from(seed);
        match self.parameters.get(&Parameter::Seed) {
            Some(Rule::Range { min, max }) if !(min..=max).contains(&&seed) => min + seed % (max - min + 1),
            _ => seed,
        }
    }

    /// The card's own spelling of a frame's orientation, for callers that only know `landscape` and `portrait`.
    pub fn spell_aspect(&self, text: &str) -> String {
        let same: &[&str] = match text {
            "landscape" | "16:9" => &["landscape", "16:9"],
            "portrait" | "9:16" => &["portrait", "9:16"],
            _ => &[],
        };
        match self.parameters.get(&Parameter::Aspect) {
            Some(Rule::Choice { values, .. }) => values
                .iter()
                .find(|value| same.contains(&value.as_str()))
                .cloned()
                .unwrap_or_else(|| text.into()),
            _ => text.into(),
        }
    }

    /// A frame size such as `1280x720` in the card's own parameters. `None` for what is no size.
    pub fn spell_size(&self, size: &str) -> Option<Parameters> {
        let (width, height) = pixels(size)?;
        if self.parameters.contains_key(&Parameter::Size) {
            return Some(Parameters::from([(Parameter::Size, Value::Text(size.to_owned()))]));
        }
        let aspect = self.spell_aspect(if width < height { "portrait" } else { "landscape" });
        let (high, largest) = (width.min(height) > 720, width.min(height) > 1080);
        let sharpness = match (high, largest) {
            (false, _) => "720p",
            (true, false) => "1080p",
            (true, true) => "4k",
        };
        let quality = if high { "high" } else { "standard" };
        let spelt = [
            (Parameter::Aspect, aspect.as_str()),
            (Parameter::Resolution, sharpness),
            (Parameter::Quality, quality),
        ];
        let known = |(parameter, _): &(Parameter, &str)| self.parameters.contains_key(parameter);
        Some(
            spelt
                .into_iter()
                .filter(known)
                .map(|(name, text)| (name, Value::Text(text.to_owned())))
                .collect(),
        )
    }

    /// Compares what the card answers to one of its examples with what the example says.
    pub(super) fn check_example(&self, example: &Example) -> Result<(), String> {
        let mut asked = Asked::new(&self.id, example.request.clone(), Form::Cli);
        asked.origin = self.makes.remake().map(Origin::example);
        let answer = self.accept(asked);
        match (&example.refused, answer) {
            (Some(words), Err(refusal)) if refusal.to_string().contains(words) => Ok(()),
            (Some(words), Err(refusal)) => {
                Err(format!("it is refused with \"{refusal}\", not with \"{words}\""))
            }
            (Some(_), Ok(_)) => Err("it is accepted".into()),
            (None, Err(refusal)) => Err(format!("it is refused: {refusal}")),
            (None, Ok(Accepted { request: Request { film, .. }, price })) => {
                let film = format!("{}x{}, {} s", film.width, film.height, film.seconds);
                if example.credits.as_deref() != Some(price.to_string().as_str()) {
                    return Err(format!("it costs {price} credits"));
                }
                if example.film.as_ref().is_some_and(|expected| *expected != film) {
                    return Err(format!("its film is {film}"));
                }
                Ok(())
            }
        }
    }
}

/// A character is taken from one to four seconds, as `3.55,5.55` (reference, 3.2).
fn check_timestamps(given: &Parameters) -> Result<(), Refusal> {
    let Some(Value::Text(text)) = given.get(&Parameter::Timestamps) else { return Ok(()) };
    let span = text.split_once(',').and_then(|(from, to)| {
        let (from, to) = (from.trim().parse::<f64>().ok()?, to.trim().parse::<f64>().ok()?);
        (from >= 0.0).then_some(to - from)
    });
    match span {
        Some(span) if (1.0..=4.0).contains(&span) => Ok(()),
        _ => Err(Refusal::NotAllowed { parameter: Parameter::Timestamps }),
    }
}

/// Reads `1280x720`.
pub(super) fn pixels(size: &str) -> Option<(u32, u32)> {
    let (width, height) = size.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// A storyboard's shots fit into its film.
fn check_shots(given: &Parameters, seconds: u32) -> Result<(), Refusal> {
    match given.get(&Parameter::Shots) {
        // A tenth of a millisecond forgives sums such as 0.1 + 0.2.
        Some(Value::Shots(shots))
            if shots.iter().map(|shot| shot.seconds).sum::<f64>() > f64::from(seconds) + 1e-4 =>
        {
            Err(Refusal::ShotsTooLong { seconds })
        }
        _ => Ok(()),
    }
}
