//! `filmgate webhooks verify`: whether the signatures of a delivery are right, for people who write receivers.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use filmgate_domain::time::Clock as _;
use filmgate_wire::{kie, signature};
use serde::Serialize;

use crate::SystemClock;
use crate::cli::{Everywhere, Failure, Outcome, output};
use crate::webhooks::message::DEV_SECRET;

#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The file with the raw body; standard input without one
    file: Option<PathBuf>,
    /// A header as it was received, such as `webhook-id: wh_…`
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", required = true)]
    headers: Vec<String>,
    /// The secret; the emulator's without one
    #[arg(long, value_name = "SECRET")]
    secret: Vec<String>,
    /// Accept a delivery of any age
    #[arg(long)]
    any_age: bool,
}

/// What was said of one kind of signature.
#[derive(Serialize)]
struct Said {
    standard_webhooks: Option<String>,
    kie: Option<String>,
}

pub(super) fn run(everywhere: &Everywhere, arguments: &Arguments) -> Outcome {
    let header = |name: &str| {
        let mut headers = arguments.headers.iter().filter_map(|header| header.split_once(':'));
        headers.find(|(known, _)| known.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    };
    let body = read(arguments.file.as_deref())?;
    let known: Vec<&str> = arguments.secret.iter().map(String::as_str).collect();
    let secrets = if known.is_empty() { vec![DEV_SECRET] } else { known };
    let now = signature::Now {
        unix_s: SystemClock::new(1).now().0.div_euclid(1_000),
        tolerance_s: if arguments.any_age { i64::MAX } else { signature::TOLERANCE_S },
    };
    let standard = header(signature::WEBHOOK_SIGNATURE).map(|signatures| {
        let (id, timestamp) = (header(signature::WEBHOOK_ID), header(signature::WEBHOOK_TIMESTAMP));
        let (id, timestamp) = (id.unwrap_or_default(), timestamp.unwrap_or_default());
        signature::verify(&secrets, signature::Delivered { id, timestamp, signatures, body: &body }, now)
    });
    let kie = header(signature::KIE_SIGNATURE).map(|given| {
        let task = kie::called_back(&body).unwrap_or_default();
        let timestamp = header(signature::KIE_TIMESTAMP).unwrap_or_default();
        signature::verify_kie(&secrets, &task, timestamp, given, now)
    });
    if standard.is_none() && kie.is_none() {
        let names = [signature::WEBHOOK_SIGNATURE, signature::KIE_SIGNATURE].join(" or ");
        return Err(Failure::Usage(format!("there is no signature; give the header {names} with -H")));
    }
    let is_right = [&standard, &kie].into_iter().flatten().all(Result::is_ok);
    let word = |outcome: Result<(), signature::Invalid>| {
        outcome.map_or_else(|why| why.to_string(), |()| "right".into())
    };
    let said = Said { standard_webhooks: standard.map(word), kie: kie.map(word) };
    if everywhere.json {
        output::json(&said)?;
    } else {
        let lines = [("Standard Webhooks", &said.standard_webhooks), ("Kie", &said.kie)];
        for (name, said) in lines {
            output::line(format!("{name}: {}", said.as_deref().unwrap_or("no signature")))?;
        }
    }
    if is_right { Ok(()) } else { Err(Failure::Task("a signature is not right".into())) }
}

fn read(file: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    let read = match file {
        Some(path) => std::fs::read(path).map(|bytes| body = bytes),
        None => std::io::stdin().lock().read_to_end(&mut body).map(|_| ()),
    };
    read.map_err(|error| Failure::Usage(format!("the body cannot be read: {error}")))?;
    Ok(body)
}
