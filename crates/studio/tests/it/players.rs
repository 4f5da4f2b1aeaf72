//! What programs of others say about a film. They may be missing on a laptop, not in CI.

use crate::film::{brief, film};
use filmgate_studio::Brief;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs a program on the film; `None` if it is not installed.
fn run(program: &str, arguments: &[&str], mp4: &[u8]) -> Option<Output> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("film.mp4");
    std::fs::File::create(&path).expect("a file").write_all(mp4).expect("room");
    let path = path.to_str().expect("a plain path");
    let arguments: Vec<&str> =
        arguments.iter().map(|argument| if *argument == "FILM" { path } else { argument }).collect();
    match Command::new(program).args(arguments).stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(error) => {
            #[expect(clippy::disallowed_methods, reason = "a missing program is an error in CI only")]
            let in_ci = std::env::var("CI").is_ok_and(|value| value == "true");
            assert!(!in_ci, "{program} is needed in CI: {error}");
            eprintln!("SKIPPED: {program} is not installed ({error})");
            None
        }
    }
}

#[test]
fn ffprobe_finds_the_exact_film_and_nothing_to_complain_about() {
    for (width, height, seconds, frames_per_second) in [(1280, 720, 5, 24), (1080, 1920, 2, 30)] {
        let film = film(&Brief { width, height, seconds, frames_per_second, caption: true, ..brief() });
        let entries = "stream=codec_name,width,height,r_frame_rate,nb_frames,duration:format=duration:format_tags=title";
        let arguments = ["-v", "error", "-show_entries", entries, "-of", "default=nw=1", "FILM"];
        let Some(output) = run("ffprobe", &arguments, &film.mp4) else { return };
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = [
            "codec_name=h264".to_owned(),
            format!("width={width}\nheight={height}"),
            format!("r_frame_rate={frames_per_second}/1"),
            format!("duration={seconds}.000000\nnb_frames={}", seconds * frames_per_second),
            "codec_name=aac".to_owned(),
            "TAG:title=Test footage made by the filmgate studio".to_owned(),
        ];
        for line in expected {
            assert!(report.contains(&line), "no {line} in\n{report}");
        }
    }
}

#[test]
fn ffmpeg_decodes_every_frame_without_a_word() {
    let film = film(&Brief { seconds: 6, caption: true, ..brief() });
    let arguments = ["-v", "warning", "-xerror", "-i", "FILM", "-f", "null", "-"];
    let Some(output) = run("ffmpeg", &arguments, &film.mp4) else { return };
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
