//! Signatures against vectors that other programs made, and what is not accepted.

use filmgate_wire::signature::{Delivered, Invalid, Now, secret_text, sign, sign_kie, verify, verify_kie};

const TASK: &str = "5f0c2d9e8b7a46139c1d2e3f4a5b6c7d";
/// Python's `hmac` over `5f0c2d9e8b7a46139c1d2e3f4a5b6c7d.1785999477` under `whk_5f0c2d9e`.
const KIE: &str = "/Gbl8Tb5B6v6xxBBv9AT6k8VUOI9DcMIFklc5/tvsyM=";

/// The example of the Standard Webhooks specification, which all of its libraries test themselves by.
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const EXAMPLE: Delivered<'_> = Delivered {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    signatures: SIGNATURE,
    body: br#"{"test": 2432232314}"#,
};
const NOW: Now = Now::at(1_614_265_330);

#[test]
fn kies_signature_covers_the_task_and_the_second() {
    assert_eq!(sign_kie("whk_5f0c2d9e", TASK, 1_785_999_477), KIE);
    let at = Now::at(1_785_999_500);
    assert_eq!(verify_kie(&["other", "whk_5f0c2d9e"], TASK, "1785999477", KIE, at), Ok(()));
    for (secret, task, timestamp, signature) in [
        ("other", TASK, "1785999477", KIE),
        ("whk_5f0c2d9e", "another task", "1785999477", KIE),
        ("whk_5f0c2d9e", TASK, "1785999478", KIE),
        ("whk_5f0c2d9e", TASK, "1785999477", ""),
        ("whk_5f0c2d9e", TASK, "1785999477", "no base64!"),
        ("whk_5f0c2d9e", TASK, "1785999477", &KIE[..40]),
    ] {
        assert_eq!(
            verify_kie(&[secret], task, timestamp, signature, at),
            Err(Invalid::Signature),
            "{signature}"
        );
    }
    assert_eq!(verify_kie(&[], TASK, "1785999477", KIE, at), Err(Invalid::Signature));
}

#[test]
fn the_specifications_own_example_is_made_and_verified() {
    assert_eq!(sign(&[SECRET], EXAMPLE.id, 1_614_265_330, EXAMPLE.body), SIGNATURE);
    assert_eq!(verify(&[SECRET], EXAMPLE, NOW), Ok(()));
    // Python's `hmac` under the raw bytes: what does not begin with `whsec_` is its own key.
    let raw = sign(&["plain secret"], EXAMPLE.id, 1_614_265_330, EXAMPLE.body);
    assert_eq!(raw, "v1,gke7k785FD6W2FuaDcrvG3sQcmFE9YVaaAmarK4oi68=");
}

#[test]
fn one_right_signature_among_many_is_enough() {
    let old = secret_text(&[7; 32]);
    let both = sign(&[&old, SECRET], EXAMPLE.id, 1_614_265_330, EXAMPLE.body);
    assert_eq!(both.split(' ').count(), 2);
    let delivered = Delivered { signatures: &both, ..EXAMPLE };
    for secrets in [&[SECRET][..], &[&old], &["whsec_AAAA", SECRET]] {
        assert_eq!(verify(secrets, delivered, NOW), Ok(()), "{secrets:?}");
    }
    let others = format!("v1a,AAAA v2,BBBB v1,Q0NDQw== nonsense {SIGNATURE}");
    assert_eq!(verify(&[SECRET], Delivered { signatures: &others, ..EXAMPLE }, NOW), Ok(()));
}

#[test]
fn a_changed_byte_is_not_accepted() {
    for delivered in [
        Delivered { id: "msg_other", ..EXAMPLE },
        Delivered { timestamp: "1614265331", ..EXAMPLE },
        Delivered { body: br#"{"test": 2432232315}"#, ..EXAMPLE },
        Delivered { signatures: "", ..EXAMPLE },
        Delivered { signatures: "v1,", ..EXAMPLE },
        Delivered { signatures: &SIGNATURE[3..], ..EXAMPLE },
        Delivered { signatures: &SIGNATURE[..30], ..EXAMPLE },
    ] {
        assert_eq!(verify(&[SECRET], delivered, NOW), Err(Invalid::Signature), "{delivered:?}");
    }
    assert_eq!(verify(&[], EXAMPLE, NOW), Err(Invalid::Signature));
}

#[test]
fn the_time_may_be_off_by_the_tolerance_and_no_more() {
    let at = |unix_s| verify(&[SECRET], EXAMPLE, Now::at(unix_s));
    assert_eq!((at(1_614_265_630), at(1_614_265_030)), (Ok(()), Ok(())));
    assert_eq!((at(1_614_265_631), at(1_614_265_029)), (Err(Invalid::TooOld), Err(Invalid::TooNew)));
    let wide = Now { unix_s: 1_614_265_630, tolerance_s: 10 };
    assert_eq!(verify(&[SECRET], EXAMPLE, wide), Err(Invalid::TooOld));
    for timestamp in ["", "now", "1614265330.5", "99999999999999999999"] {
        assert_eq!(verify(&[SECRET], Delivered { timestamp, ..EXAMPLE }, NOW), Err(Invalid::Timestamp));
    }
    let far = Delivered { timestamp: "-9223372036854775808", ..EXAMPLE };
    assert_eq!(verify(&[SECRET], far, NOW), Err(Invalid::TooOld));
}
