//! Pictures on their way to upstreams: links untouched, files uploaded for free or sent along.

use serde_json::json;

use super::site::{Site, VEO_GENERATE, engine, fake, kie};

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/picture.png");

#[test]
fn a_link_passes_to_kie_untouched() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let link = "https://example.com/a%20boat.jpg?signature=a%2Fb&x=1";
    let body = json!({ "prompt": "The boat sails away", "model": "veo3_fast", "imageUrls": [link] });
    let id = site.create_with(VEO_GENERATE, &[], &body.to_string());
    site.until(&id, "succeeded");
    assert_eq!(a.handle().jobs()[0].order.body["imageUrls"], json!([link]));
    assert!(a.handle().uploads().is_empty());
}

#[test]
fn a_file_is_uploaded_for_free_before_the_submit_and_its_link_is_sent() {
    let a = fake(|_| {});
    let site = Site::new(&[kie(&a)], "");
    let paid =
        ["generate", "The boat sails away", "--model", "veo3_fast", "--upstream", "kie", "--image", PICTURE];
    let output = site.command(&[&paid[..], &["--yes", "-o", "boat.mp4"]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("veo3_fast asks kie for 60 credits, which are real money there."), "{said}");
    let film = std::fs::read(site.folder.path().join("boat.mp4")).unwrap();
    assert!(film == a.handle().behaviour().film);
    let (uploads, jobs) = (a.handle().uploads(), a.handle().jobs());
    let ([upload], [job]) = (uploads.as_slice(), jobs.as_slice()) else { panic!("one upload and one job") };
    assert!(upload.bytes == std::fs::read(PICTURE).unwrap());
    assert_eq!((upload.content_type.as_str(), upload.route.as_str()), ("image/png", "file-stream-upload"));
    assert_eq!(job.order.body["imageUrls"], json!([upload.download_url]));
    site.verify();
}

#[test]
fn a_file_travels_in_the_submit_to_an_engine() {
    let b = fake(|_| {});
    let site = Site::new(&[engine(&b)], "");
    site.printed(&["generate", "The boat sails away", "--upstream", "engine", "--image", PICTURE, "--yes"]);
    let jobs = b.handle().jobs();
    assert!(jobs[0].order.files[0].bytes == std::fs::read(PICTURE).unwrap());
    assert_eq!((jobs.len(), jobs[0].order.model.as_str()), (1, "sora-2"));
}

#[test]
fn an_upload_that_is_refused_ends_the_film_at_once_and_nothing_is_submitted() {
    let a = fake(|behaviour| behaviour.key = Some("another".into()));
    let site = Site::new(&[kie(&a)], "");
    let paid =
        ["generate", "The boat", "--model", "veo3_fast", "--upstream", "kie", "--image", PICTURE, "--yes"];
    let output = site.command(&paid);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("refuses the operator's key"), "{said}");
    assert_eq!(a.handle().creates_seen(), 0);
    site.verify();
}
