//! The command line: one file for each command, one place for exit codes.

mod attempts;
mod credits;
mod doctor;
mod generate;
mod keys;
mod models;
mod output;
mod probe;
mod progress;
mod quote;
mod request;
mod resolve;
mod serve;
mod session;
mod tasks;
mod webhooks;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use filmgate_domain::refusal::Refusal;

use crate::config::{Config, Source};
use crate::service::tasks::AcceptError;

pub(crate) use request::generate_arguments;

/// One gateway for generative video that you own.
#[derive(Debug, Parser)]
#[command(name = "filmgate", version, about, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done, 1 the task failed, 2 usage, 3 authentication, 4 credits or quota,\n\
                        5 time ran out (the task goes on), 6 in doubt, 130 interrupted (the task goes on)."
)]
struct Cli {
    #[command(flatten)]
    everywhere: Everywhere,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Everywhere {
    /// Folder of everything that filmgate keeps [env: `FILMGATE_DATA`] [default: ~/.local/share/filmgate]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Configuration file [env: `FILMGATE_CONFIG`] [default: ~/.config/filmgate/config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON for programs instead of text for people
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a film from a sentence, in this process, without a server
    Generate(generate::Arguments),
    /// Run the gateway, or with --dev the emulator
    Serve(serve::Arguments),
    /// Say what is configured, reachable and sound, without spending anything
    Doctor,
    /// Find out what a key can really do, without spending anything
    Probe(Box<probe::Arguments>),
    /// List, read, wait for, cancel and resolve tasks
    #[command(subcommand)]
    Tasks(tasks::Action),
    /// Show the models: parameters, prices, who makes them
    Models(models::Arguments),
    /// Say what a film would cost, without making it
    Quote(quote::Arguments),
    /// Create, list and revoke keys
    #[command(subcommand)]
    Keys(keys::Action),
    /// List, replay and verify what clients were told, and show secrets
    #[command(subcommand)]
    Webhooks(webhooks::Action),
    /// Show, grant and verify credits
    #[command(subcommand)]
    Credits(credits::Action),
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How a command can end other than well.
#[derive(Debug)]
enum Failure {
    /// The task failed, or what was asked for is not there.
    Task(String),
    /// The command was used wrongly.
    Usage(String),
    /// The account cannot pay.
    Credits(String),
    /// Time ran out; the task goes on.
    Timeout(String),
    /// Nobody knows whether an upstream has the task; it is kept.
    InDoubt(String),
    /// Ctrl-C; the task goes on.
    Interrupted(String),
    /// Anything else.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<filmgate_store::StoreError> for Failure {
    fn from(error: filmgate_store::StoreError) -> Self {
        match error {
            filmgate_store::StoreError::Name(text) => Self::Task(text),
            error => Self::Other(error.into()),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::CreditsInsufficient { .. } => Self::Credits(refusal.to_string()),
            refusal => Self::Usage(refusal.to_string()),
        }
    }
}

impl From<AcceptError> for Failure {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::Refused(refusal) => refusal.into(),
            AcceptError::Store(error) => error.into(),
        }
    }
}

type Outcome = Result<(), Failure>;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    output::log();
    let outcome = dispatch(cli);
    let (code, text) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Task(text)) => (1, text),
        Err(Failure::Usage(text)) => (2, text),
        Err(Failure::Credits(text)) => (4, text),
        Err(Failure::Timeout(text)) => (5, text),
        Err(Failure::InDoubt(text)) => (6, text),
        Err(Failure::Interrupted(text)) => (130, text),
        Err(Failure::Other(error)) => (1, format!("{error:#}")),
    };
    if !text.is_empty() {
        output::complain(&text);
    }
    ExitCode::from(code)
}

fn dispatch(cli: Cli) -> Outcome {
    let Cli { everywhere, command } = cli;
    match command {
        Command::Generate(arguments) => generate::run(&everywhere, arguments),
        Command::Serve(arguments) => serve::run(&everywhere, arguments),
        Command::Doctor => doctor::run(&everywhere),
        Command::Probe(arguments) => probe::run(&everywhere, &arguments),
        Command::Tasks(action) => tasks::run(&everywhere, action),
        Command::Models(arguments) => models::run(&everywhere, &arguments),
        Command::Quote(arguments) => quote::run(&everywhere, arguments),
        Command::Keys(action) => keys::run(&everywhere, action),
        Command::Webhooks(action) => webhooks::run(&everywhere, action),
        Command::Credits(action) => credits::run(&everywhere, action),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "filmgate", &mut text);
            output::print(&String::from_utf8_lossy(&text))
        }
    }
}

impl Everywhere {
    /// Another command on the same data folder, as the person would type it.
    fn command(&self, words: &str) -> String {
        match &self.data {
            Some(data) => format!("filmgate {words} --data {}", data.display()),
            None => format!("filmgate {words}"),
        }
    }

    fn load(&self) -> Result<Config, Failure> {
        self.load_with(Source::default())
    }

    fn load_with(&self, flags: Source) -> Result<Config, Failure> {
        let flags = Source { data: self.data.clone(), ..flags };
        Config::load(flags, self.config.as_deref()).map_err(|error| Failure::Usage(format!("{error:#}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
