//! How long the hot path takes; run by hand with `cargo test --release -p filmgate-wire -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;

use filmgate_wire::kie::{decode_jobs, decode_veo};

use crate::golden;

#[test]
#[ignore = "a figure for the release profile, not a claim about every machine"]
#[expect(
    clippy::disallowed_methods,
    reason = "this measures real time and decides nothing by it but its own claim"
)]
fn the_readme_request_decodes_within_three_microseconds() {
    const ROUNDS: u32 = 200_000;
    for (name, body, decode) in [
        ("jobs", golden!("request_sora_text"), decode_jobs as fn(&[u8]) -> _),
        ("veo", golden!("request_veo_generate"), decode_veo),
    ] {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            assert!(black_box(decode(black_box(body.as_bytes()))).is_ok());
        }
        let each = start.elapsed() / ROUNDS;
        println!("{name}: {each:?} for {} bytes", body.len());
        assert!(each.as_nanos() < 3_000, "{name} took {each:?}");
    }
}
