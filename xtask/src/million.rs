//! `cargo xtask bench million`: a million finished tasks on disk, and how soon a crashed server serves again.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::bail;

use crate::run::{filmgate, now, run, target, timed};

const ADDRESS: &str = "127.0.0.1:24242";

pub(crate) fn million() -> anyhow::Result<()> {
    let data = target().join("bench-million");
    drop(std::fs::remove_dir_all(&data));
    let fill = target().join("release/examples/fill");
    let ((), took) = timed(|| run(&fill.to_string_lossy(), &[&data.to_string_lossy(), "1000000"], &[]))?;
    println!("1,000,000 tasks created, made, stored and captured in {:.0} s", took.as_secs_f64());
    let bytes: u64 = std::fs::read_dir(&data)?
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|file| file.len())
        .sum();
    println!("on disk: {:.2} GiB (goal 3)", gibibytes(bytes));
    let ((), took) = timed(|| {
        run(&filmgate().to_string_lossy(), &["credits", "verify", "--data", &data.to_string_lossy()], &[])
    })?;
    println!("credits verify: {:.1} s", took.as_secs_f64());
    serve_and_crash(&data)?;
    let served = serve_and_crash(&data)?;
    println!("serving again after kill -9: {:.2} s (goal 3)", served.as_secs_f64());
    std::fs::remove_dir_all(data)?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn gibibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 30)
}

/// Starts the server, waits for its first good answer, creates tasks so that the log is not empty, and kills it.
fn serve_and_crash(data: &std::path::Path) -> anyhow::Result<Duration> {
    let start = now();
    let mut server = Command::new(filmgate());
    server.args(["serve", "--dev", "--dev-credits", "1000000", "--listen", ADDRESS, "--data"]).arg(data);
    let mut server =
        server.env("FILMGATE_STUDIO_RENDERS", "0").stderr(std::process::Stdio::null()).spawn()?;
    let create =
        r#"{"model":"sora-2-text-to-video","input":{"prompt":"A cute cat playing in a sunny garden"}}"#;
    let request = format!(
        "POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: {ADDRESS}\r\nAuthorization: Bearer crash\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{create}",
        create.len()
    );
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(ADDRESS)?;
        stream.write_all(request.as_bytes())?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply)?;
        Ok(reply)
    };
    let served = loop {
        match ask() {
            Ok(reply) if reply.contains("\"code\":200") => break start.elapsed(),
            _ if start.elapsed() > Duration::from_secs(60) => {
                bail!("the server does not serve after a minute")
            }
            _ => std::thread::yield_now(),
        }
    };
    for _ in 0..1_000 {
        ask()?;
    }
    server.kill()?;
    server.wait()?;
    Ok(served)
}
