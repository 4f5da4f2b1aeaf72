//! Load by Debian's `wrk`, and what it reports.

use std::process::Command;

use anyhow::{Context as _, ensure};

use crate::run::output;
use crate::talk::Line;

/// The request of the README.
const CREATE: &str = r#"wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer bench"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [[{"model":"sora-2-text-to-video","input":{"prompt":"A cute cat playing in a sunny garden","aspect_ratio":"landscape","n_frames":"10","remove_watermark":true}}]]
"#;

/// The same film through OpenAI's dialect, as its SDKs write it; it costs as much.
const CREATE_VIDEO: &str = r#"wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer bench"
wrk.headers["Content-Type"] = "multipart/form-data; boundary=bench"
local function part(name, text)
  return "--bench\r\nContent-Disposition: form-data; name=\"" .. name .. "\"\r\n\r\n" .. text .. "\r\n"
end
wrk.body = part("prompt", "A cute cat playing in a sunny garden") .. part("model", "sora-2-pro") .. part("seconds", "4")
  .. part("size", "1280x720") .. "--bench--\r\n"
"#;

/// What one run of `wrk` found.
pub(crate) struct Load {
    pub(crate) per_second: f64,
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    /// The mean of a reply with its headers.
    reply_bytes: f64,
}

/// Creates tasks for `seconds` over `connections`.
pub(crate) fn create(address: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    wrk(&format!("http://{address}/api/v1/jobs/createTask"), CREATE, connections, seconds)
}

/// Reads one task's record for `seconds` over `connections`.
pub(crate) fn read(address: &str, id: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    get(address, &format!("/api/v1/jobs/recordInfo?taskId={id}"), connections, seconds)
}

/// Creates videos in OpenAI's dialect for `seconds` over `connections`.
pub(crate) fn create_video(address: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    wrk(&format!("http://{address}/v1/videos"), CREATE_VIDEO, connections, seconds)
}

/// Reads one video for `seconds` over `connections`.
pub(crate) fn read_video(address: &str, id: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    get(address, &format!("/v1/videos/video_{id}"), connections, seconds)
}

/// A refusal is shorter than what was asked for, and quicker: a run of them is no figure.
fn get(address: &str, path: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    let whole = Line::to(address, "bench")?.get(path)?.to_string().len();
    let script = "wrk.headers[\"Authorization\"] = \"Bearer bench\"\n";
    let load = wrk(&format!("http://{address}{path}"), script, connections, seconds)?;
    ensure!(
        load.reply_bytes >= whole as f64,
        "{path}: replies of {:.0} bytes, one has {whole}",
        load.reply_bytes
    );
    Ok(load)
}

fn wrk(url: &str, script: &str, connections: u32, seconds: u32) -> anyhow::Result<Load> {
    let file = crate::run::target().join("wrk.lua");
    std::fs::write(&file, script)?;
    let mut command = Command::new("wrk");
    command
        .args(["-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "--latency", "-s"])
        .arg(&file)
        .arg(url);
    let text = output(&mut command).context("wrk is Debian's package wrk: apt-get install wrk")?;
    let field = |name: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(name));
        let value = line.and_then(|line| line.split_whitespace().nth(1));
        value.map(str::to_owned).with_context(|| format!("wrk said nothing of {name}:\n{text}"))
    };
    let (requests, read) = text
        .lines()
        .find_map(|line| line.trim().strip_suffix(" read")?.split_once(" requests in "))
        .with_context(|| format!("wrk said nothing of what it read:\n{text}"))?;
    let read = read.rsplit(' ').next().unwrap_or_default();
    Ok(Load {
        reply_bytes: bytes(read)? / requests.parse::<f64>()?,
        per_second: field("Requests/sec")?.parse()?,
        p50_ms: milliseconds(&field("50%")?)?,
        p99_ms: milliseconds(&field("99%")?)?,
    })
}

/// `1.20KB`, `3.40MB` and `1.02GB` as bytes.
fn bytes(text: &str) -> anyhow::Result<f64> {
    let (number, unit) = text.split_at(text.len().saturating_sub(2));
    let power = ["KB", "MB", "GB"].iter().position(|known| *known == unit);
    let power = power.with_context(|| format!("\"{text}\" is no size"))?;
    Ok(number.parse::<f64>()? * 1024_f64.powi(i32::try_from(power)? + 1))
}

/// `1.20ms`, `340.00us` and `1.02s` as milliseconds.
fn milliseconds(text: &str) -> anyhow::Result<f64> {
    let (number, factor) = match text {
        text if text.ends_with("us") => (&text[..text.len() - 2], 0.001),
        text if text.ends_with("ms") => (&text[..text.len() - 2], 1.0),
        text => (text.trim_end_matches('s'), 1000.0),
    };
    Ok(number.parse::<f64>().with_context(|| format!("\"{text}\" is no time"))? * factor)
}
