//! `filmgate probe`: what a key can really do, found out for free, judged from evidence, and told so that it can be handed on.

mod choose;
mod spend;

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{Args, ValueEnum};
use filmgate_domain::catalogue::Catalogue;
use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Choice, Lines, Survey, Verdict, changes, lines, plans};
use filmgate_providers::guard::Guard;
use filmgate_providers::pictures::Pictures;
use indicatif::ProgressBar;

use self::choose::{Chosen, chosen};
use super::{Everywhere, Failure, Outcome, output, session};
use crate::app::lock;
use crate::config::{Config, UpstreamConfig};
use crate::survey::ask::{self, Desk, Terms};
use crate::survey::render::{self, Lang, Report};
use crate::survey::{follow, keep};
use crate::upstreams::{Gate, Upstreams};
use crate::{Random, SystemClock, catalogue};

#[derive(Debug, Args)]
#[command(after_help = "Asks only what cannot create a task, and spends nothing unless --spend is given.\n\
                        Exit status: 0 plan A is usable, 1 it is not, 2 usage.")]
pub(super) struct Arguments {
    /// Only this upstream of the configuration [default: all of them]
    #[arg(long, value_name = "NAME", conflicts_with = "url")]
    upstream: Option<String>,
    /// An upstream that is not configured; for OpenAI's dialect with /v1
    #[arg(long, value_name = "URL", requires = "dialect")]
    url: Option<String>,
    /// How that one is spoken to
    #[arg(long, value_name = "DIALECT", requires = "url", value_parser = ["kie", "openai", "filmgate"])]
    dialect: Option<String>,
    /// The key; without --url and --upstream it is one for Kie [env: `FILMGATE_PROBE_KEY`]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Only these models: ids, patterns such as `veo*`, or the upstream's own names
    #[arg(long, value_name = "ID,…", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    models: Vec<String>,
    /// The form of the report [default: table; into a file Markdown, or what its ending says]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The language of the report
    #[arg(long, value_enum, default_value = "en")]
    lang: Language,
    /// Write the report into a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say what has changed since an earlier report in JSON
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,
    /// Make the smallest real film of each chosen model (plan A's if none is chosen), for at most so many credits in all
    #[arg(long, value_name = "CREDITS", value_parser = credits)]
    spend: Option<Credits>,
    /// While the balance is exactly 0, send one complete create for each model, to see code 402
    #[arg(long)]
    verify_402: bool,
    /// How many requests each upstream gets at most [default: 20; with --verify-402 two more for each model]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    max_requests: Option<u32>,
    /// Add the routes of the plans to the configuration file, after asking
    #[arg(long, conflicts_with_all = ["url", "models"])]
    write_config: bool,
    /// Agree to what would be asked
    #[arg(long)]
    yes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Table,
    /// To be handed on
    Markdown,
    /// For programs; docs/survey.schema.json describes it
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Language {
    /// English
    En,
    /// Simplified Chinese
    Zh,
}

fn credits(text: &str) -> Result<Credits, String> {
    Credits::parse(text)
        .filter(|credits| credits.0 > 0)
        .ok_or_else(|| "credits are a number such as 60 or 0.5".into())
}

pub(super) fn run(everywhere: &Everywhere, arguments: &Arguments) -> Outcome {
    let config = everywhere.load()?;
    let usage = |error: anyhow::Error| Failure::Usage(format!("{error:#}"));
    writable(arguments.output.as_deref())?;
    let old = arguments.compare.as_deref().map(keep::read).transpose().map_err(usage)?;
    let catalogue = catalogue::load()?;
    let chosen = chosen(&config, arguments)?;
    let mut survey = asked(&config, &catalogue, &chosen, arguments)?;
    // What was found is told also when a film's fate is unknown.
    let spent = match arguments.spend {
        Some(budget) => {
            let spender = spend::Spender { everywhere, config: &config, chosen: &chosen };
            let spent = spender.spend(&mut survey, budget, &arguments.models);
            survey.plans = plans(&survey.upstreams, &catalogue);
            spent
        }
        None => Ok(()),
    };
    // What a server follows is about its own accounts, and about all of their models.
    let is_whole =
        arguments.upstream.is_none() && arguments.models.is_empty() && arguments.max_requests.is_none();
    if is_whole
        && chosen.iter().all(|chosen| chosen.is_configured)
        && let Err(error) = keep::write(&config.data, &survey)
    {
        output::note(&format!("{error:#}"));
    }
    survey.changes = old.as_ref().map(|old| changes(old, &survey));
    let lines = lines(&survey.upstreams, &survey.plans);
    tell(everywhere, arguments, &survey, (&catalogue, &lines))?;
    if arguments.write_config {
        write_config(everywhere, (&survey, &lines), (&catalogue, arguments.yes))?;
    }
    spent?;
    verdict(&survey)
}

/// Asks all of them.
fn asked(
    config: &Config,
    catalogue: &Catalogue,
    chosen: &[Chosen],
    arguments: &Arguments,
) -> Result<Survey, Failure> {
    let other = |error: anyhow::Error| Failure::Other(error);
    let guard = Guard::new(config.upstream_network_allow.clone()).map_err(|error| other(error.into()))?;
    let pictures = Pictures::new(guard.clone(), config.data.join("pictures"));
    let via = format!("1.1 filmgate-{:016x}", Random::from_system().map_err(other)?.bits() >> 64);
    let configured: Vec<UpstreamConfig> = chosen.iter().map(|chosen| chosen.config.clone()).collect();
    let upstreams = Upstreams::new(&configured, &guard, &pictures, &via);
    let is_filmgate = |gate: &Gate| {
        chosen.iter().any(|chosen| chosen.is_filmgate && chosen.config.offer.name == gate.offer.name)
    };
    let gates: Vec<(&Gate, bool)> = upstreams.all().map(|gate| (gate.as_ref(), is_filmgate(gate))).collect();
    let models = |(gate, _): &(&Gate, bool)| ask::models_max(catalogue, gate.offer.dialect);
    let most = gates.iter().map(models).max().unwrap_or(0).max(arguments.models.len());
    let terms = Terms {
        models: arguments.models.clone(),
        requests_max: ask::requests_max(arguments.max_requests, arguments.verify_402, most),
        verify_402: arguments.verify_402,
        pace: config.survey.pace,
    };
    let bar = ProgressBar::new_spinner();
    let under_way = Mutex::new(None);
    let progress = |upstream: &str, made: usize, ahead: usize, is_create: bool| {
        let most = made + ahead;
        // Where nobody sees a spinner, a line for each upstream is enough.
        if bar.is_hidden() && made == 0 {
            output::note(&format!("{upstream}: at most {most} requests, all of them free"));
        }
        *lock(&under_way) = is_create.then(|| upstream.to_owned());
        bar.set_message(format!("{upstream}: {made} of at most {most} free requests"));
        bar.tick();
    };
    let clock = SystemClock::new(1);
    let taken = keep::Taken::of(&config.data);
    let desk = Desk { catalogue, clock: &clock, taken: &taken, progress: &progress };
    let survey = session::runtime()?.block_on(async {
        let interrupted = session::hear_signals()?;
        tokio::select! {
            survey = ask::survey(desk, &gates, &terms) => survey.map_err(|error| Failure::Usage(format!("{error:#}"))),
            () = interrupted => Err(Failure::Interrupted(match lock(&under_way).take() {
                Some(upstream) => format!(
                    "interrupted while {upstream} held a create that it should refuse; if its task log shows a task of this minute, it took it"
                ),
                None => "interrupted; nothing was created".into(),
            })),
        }
    });
    bar.finish_and_clear();
    survey
}

/// Prints the report, or writes it and prints where.
fn tell(
    everywhere: &Everywhere,
    arguments: &Arguments,
    survey: &Survey,
    (catalogue, lines): (&Catalogue, &Lines),
) -> Outcome {
    let lang = match arguments.lang {
        Language::En => Lang::En,
        Language::Zh => Lang::Zh,
    };
    let config = follow::toml(lines);
    let changes = survey.changes.as_deref();
    let report = Report { survey, changes, catalogue, lang, config: &config };
    let text = match format(everywhere.json, arguments) {
        Format::Table => render::table(&report),
        Format::Markdown => render::markdown(&report),
        Format::Json => json(survey)?,
    };
    let Some(path) = to_file(arguments.output.as_deref()) else { return output::print(&text) };
    if let Err(error) = std::fs::write(path, &text) {
        // What was found, and perhaps paid for, is not lost.
        output::print(&text)?;
        return Err(Failure::Task(format!("{} cannot be written: {error}", path.display())));
    }
    output::line(path.display().to_string())
}

/// The file, unless `-` means stdout.
fn to_file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}

/// A report that cannot be written is told before anybody is asked.
fn writable(output: Option<&Path>) -> Outcome {
    let Some(path) = to_file(output) else { return Ok(()) };
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.map(drop).map_err(|error| Failure::Usage(format!("{} cannot be written: {error}", path.display())))
}

fn format(json: bool, arguments: &Arguments) -> Format {
    let ending = arguments.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match (arguments.format, ending) {
        (Some(format), _) => format,
        (None, _) if json => Format::Json,
        (None, Some(ending)) if ending.eq_ignore_ascii_case("json") => Format::Json,
        (None, Some(ending)) if ending.eq_ignore_ascii_case("txt") => Format::Table,
        // Whoever wants a file wants to hand it on.
        (None, _) if to_file(arguments.output.as_deref()).is_some() => Format::Markdown,
        (None, _) => Format::Table,
    }
}

fn json(survey: &Survey) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(survey).map_err(|error| Failure::Other(error.into()))?;
    Ok(format!("{text}\n"))
}

fn write_config(
    everywhere: &Everywhere,
    (survey, lines): (&Survey, &Lines),
    (catalogue, yes): (&Catalogue, bool),
) -> Outcome {
    let text = follow::toml(lines);
    if text.is_empty() {
        return Err(Failure::Task(
            "no plan works, so there is nothing to write into the configuration".into(),
        ));
    }
    let Some(file) = Config::file(everywhere.config.as_deref()) else {
        return Err(Failure::Usage("there is no home folder; name a file with --config".into()));
    };
    output::note(&format!("These lines go into {}:\n\n{text}", file.display()));
    dearer(survey, catalogue).iter().for_each(|sentence| output::note(sentence));
    output::note(
        "They name upstreams: keep what configures them (such as KIE_API_KEY) where every filmgate that reads this file finds it.\n",
    );
    if !yes {
        match output::agreed()? {
            Some(true) => {}
            Some(false) => return Err(Failure::Interrupted("the configuration is as it was".into())),
            None => return Err(Failure::Usage("add --yes to agree".into())),
        }
    }
    let written = follow::write(&file, lines).map_err(|error| Failure::Task(format!("{error:#}")))?;
    output::note(if written {
        "written; a server follows it from its next start"
    } else {
        "they stand there already"
    });
    Ok(())
}

/// Where a plan costs the operator more than clients pay, whose price is that of the model that they ask for.
fn dearer(survey: &Survey, catalogue: &Catalogue) -> Vec<String> {
    let choices = survey.plans.iter().flat_map(|plan| {
        [&plan.a, &plan.b].into_iter().flatten().map(move |choice| (plan.r#use.model(), choice))
    });
    let sentence = |(model, choice): (&str, &Choice)| {
        let (_, asked) = catalogue.find(model)?.cheapest()?;
        let price = choice.price.filter(|price| *price > asked)?;
        let Choice { upstream, card, .. } = choice;
        Some(format!(
            "Clients pay {asked} credits for {model}, whoever makes it; {card} at {upstream} takes {price}. The difference is yours; \
             max_cost of the upstream limits it."
        ))
    };
    choices.filter_map(sentence).collect()
}

/// The exit status: whether plan A works for every use that was asked about.
fn verdict(survey: &Survey) -> Outcome {
    if survey.upstreams.iter().any(|upstream| !upstream.incidents.is_empty()) {
        return Err(Failure::Task(
            "something happened that should not have; the report begins with it".into(),
        ));
    }
    let Some(plan) = survey.plans.iter().find(|plan| !plan.works()) else {
        return if survey.plans.is_empty() {
            Err(Failure::Task(
                "there is no plan A: no model here makes a film of words or of a picture".into(),
            ))
        } else {
            Ok(())
        };
    };
    let what = plan.r#use.model();
    Err(Failure::Task(match &plan.a {
        Some(choice) => {
            let why = if choice.verdict == Verdict::CreditsInsufficient {
                "the credits are insufficient"
            } else {
                choice.verdict.word()
            };
            format!("plan A for {what} ({} at {}) does not work today: {why}", choice.card, choice.upstream)
        }
        None => format!("nothing here makes what clients ask {what} for"),
    }))
}
