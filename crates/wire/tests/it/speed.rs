//! How long the hot path takes; run by hand with `cargo test --release -p filmgate-wire -- --ignored --nocapture`.

use std::hint::black_box;
use std::time::Instant;

use filmgate_wire::form::Reading;
use filmgate_wire::kie::{DecodeError, decode_jobs, decode_veo, read_jobs, read_veo};

use crate::golden;

#[test]
#[ignore = "a figure for the release profile, not a claim about every machine"]
#[expect(
    clippy::disallowed_methods,
    reason = "this measures real time and decides nothing by it but its own claim"
)]
fn the_readme_request_decodes_within_three_microseconds() {
    const ROUNDS: u32 = 200_000;
    type Decode = fn(&[u8]) -> Result<(), DecodeError>;
    let (jobs, veo) = (golden!("request_sora_text"), golden!("request_veo_generate"));
    let all: [(&str, &str, Decode); 4] = [
        ("jobs", jobs, |body| decode_jobs(body).map(drop)),
        ("veo", veo, |body| decode_veo(body).map(drop)),
        ("jobs, read leniently", jobs, |body| read_jobs(body, Reading::Lenient).map(drop)),
        ("veo, read leniently", veo, |body| read_veo(body, Reading::Lenient).map(drop)),
    ];
    for (name, body, decode) in all {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            assert!(black_box(decode(black_box(body.as_bytes()))).is_ok());
        }
        let each = start.elapsed() / ROUNDS;
        println!("{name}: {each:?} for {} bytes", body.len());
        assert!(each.as_nanos() < 3_000, "{name} took {each:?}");
    }
}
