//! `fake-upstream`: the fake as a process, for demonstrations and for tests of the whole.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to its terminal")]

use std::process::ExitCode;

use filmgate_fake::{Fake, Market, Settings};
use serde_json::Value;

const USAGE: &str = "fake-upstream [--port N] [--run-ms N|none] [--callbacks none|once|twice|before_reply]
    [--engine open_ai|sglang|vllm_omni|tensor_rt|lite_llm|new_api] [--cost N] [--balance N] [--key KEY|none]
    [--no-list] [--film FILE] [--market october_2025|november_2026]
Without a market every Kie model is known and costs the same. With one, Kie has the models of that month with their own
states and prices (--cost is then for /v1/videos only) and refuses what the balance does not cover.
Money is in thousandths of a credit.";

fn main() -> ExitCode {
    match settings(std::env::args().skip(1)) {
        Ok(settings) => {
            let fake = Fake::start(settings);
            println!("the fake upstream listens on {}", fake.url());
            loop {
                std::thread::park();
            }
        }
        Err(what) => {
            eprintln!("{what}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Reads the options; the names of words are those of `POST /_fake/behaviour`.
fn settings(mut options: impl Iterator<Item = String>) -> Result<Settings, String> {
    let mut settings = Settings::default();
    let behaviour = &mut settings.behaviour;
    while let Some(option) = options.next() {
        let mut value = || options.next().ok_or_else(|| format!("{option} needs a value"));
        match option.as_str() {
            "--port" => settings.port = parsed(&value()?)?,
            "--run-ms" => behaviour.run_ms = parsed(&value()?)?,
            "--callbacks" => behaviour.callbacks = parsed(&value()?)?,
            "--engine" => behaviour.engine = parsed(&value()?)?,
            "--cost" => behaviour.cost_thousandths = parsed(&value()?)?,
            "--balance" => {
                behaviour.balance_thousandths = parsed(&value()?)?;
                behaviour.check_balance = true;
            }
            "--key" => behaviour.key = Some(value()?).filter(|key| key != "none"),
            "--market" => {
                let name = value()?;
                let market = Market::named(&name).ok_or_else(|| format!("there is no market {name}"))?;
                behaviour.market = Some(market);
            }
            "--no-list" => behaviour.list = false,
            "--film" => {
                let path = value()?;
                behaviour.film = std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
            }
            _ => return Err(format!("there is no option {option}")),
        }
    }
    Ok(settings)
}

/// A number, a word of an enumeration, or `none` for an optional number.
fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    let number = text.parse::<i64>().map(Value::from);
    let word = Value::from(text);
    let absent = if text == "none" { Value::Null } else { word.clone() };
    let read = serde_json::from_value(number.unwrap_or(word));
    read.or_else(|_| serde_json::from_value(absent)).map_err(|_| format!("{text} is not understood"))
}
