//! What can be downloaded of a video, and when.

use serde_json::json;

use super::{KEY, create, get, short, wait};
use crate::gate::Gate;

#[test]
fn the_film_is_served_whole_and_in_parts_with_its_length_and_tag() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    wait(&gate, &id);
    let path = format!("/v1/videos/{id}/content");
    let whole = get(&gate, &path);
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(whole.header("content-length"), Some(whole.body.len().to_string().as_str()));
    assert_eq!(&whole.body[4..8], b"ftyp");
    assert_eq!(get(&gate, &format!("{path}?variant=video")).body, whole.body);

    let part = gate.call("GET", &path, &[KEY, ("Range", "bytes=4-7")], b"");
    assert_eq!((part.status, part.body.as_slice()), (206, b"ftyp".as_slice()));
    assert_eq!(part.header("content-range"), Some(format!("bytes 4-7/{}", whole.body.len()).as_str()));
    let tag = whole.header("etag").unwrap();
    assert_eq!(gate.call("GET", &path, &[KEY, ("If-None-Match", tag)], b"").status, 304);
    let head = gate.call("HEAD", &path, &[KEY], b"");
    assert_eq!((head.status, head.header("content-length")), (200, whole.header("content-length")));
}

#[test]
fn thumbnail_and_spritesheet_are_pictures_of_the_film() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    wait(&gate, &id);
    let of = |variant: &str| get(&gate, &format!("/v1/videos/{id}/content?variant={variant}"));
    for (variant, media_type, size) in
        [("thumbnail", "image/webp", (640, 360)), ("spritesheet", "image/jpeg", (3200, 180))]
    {
        let reply = of(variant);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some(media_type)), "{}", reply.head);
        let seen = filmgate_studio::look_at(&reply.body).unwrap();
        assert_eq!((seen.width, seen.height), size, "{variant}");
        assert_eq!(seen.format.media_type(), media_type);
        assert_eq!(of(variant).body, reply.body, "painted once");
    }
    let wrong = of("poster");
    assert_eq!((wrong.status, &wrong.json()["error"]["param"]), (400, &json!("variant")));
}

#[test]
fn content_that_is_not_there_is_not_found_and_the_text_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    for (prompt, status, why) in
        [("[[slow]] a boat", None, "is not ready"), ("[[fail]]", Some("failed"), "failed")]
    {
        let id = create(&gate, &json!({ "prompt": prompt }));
        if let Some(status) = status {
            assert_eq!(wait(&gate, &id)["status"], status);
        }
        let reply = get(&gate, &format!("/v1/videos/{id}/content"));
        let error = reply.json()["error"].clone();
        assert_eq!((reply.status, &error["code"]), (404, &json!("video_not_ready")), "{error}");
        assert!(error["message"].as_str().unwrap().contains(why), "{error}");
    }
}

#[test]
fn a_video_that_plays_a_lost_film_is_completed_and_its_content_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    for (scenario, code) in [("no-url", "no_content"), ("expired-url", "expired")] {
        let body =
            json!({ "prompt": format!("[[{scenario}]] A boat"), "model": "veo3_fast", "seconds": "4" });
        let id = create(&gate, &body);
        assert_eq!(wait(&gate, &id)["status"], "completed");
        let reply = get(&gate, &format!("/v1/videos/{id}/content"));
        assert_eq!((reply.status, &reply.json()["error"]["code"]), (404, &json!(code)), "{}", reply.text());
        assert!(reply.text().contains(scenario), "{}", reply.text());
    }
}

#[test]
fn a_deleted_video_is_gone_with_its_film_and_its_credits_stay_explained() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    wait(&gate, &id);
    let path = format!("/v1/videos/{id}");
    get(&gate, &format!("{path}/content?variant=thumbnail"));
    let deleted = gate.call("DELETE", &path, &[KEY, super::JSON], b"");
    assert_eq!(deleted.json(), json!({ "id": id, "object": "video.deleted", "deleted": true }));
    for path in [path.clone(), format!("{path}/content")] {
        assert_eq!(get(&gate, &path).status, 404);
    }
    assert_eq!(gate.call("DELETE", &path, &[KEY], b"").status, 404);
    let films = std::fs::read_dir(folder.path().join("films")).unwrap();
    let left: usize = films.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum();
    assert_eq!(left, 0, "files of a deleted film");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(988.0));
    let verified =
        crate::gate::filmgate().args(["credits", "verify", "--data"]).arg(folder.path()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn a_video_that_waits_is_cancelled_by_its_deletion_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = create(&gate, &short());
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(988.0));
    assert_eq!(gate.call("DELETE", &format!("/v1/videos/{id}"), &[KEY], b"").status, 200);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
    assert_eq!(get(&gate, "/v1/videos").json()["data"], json!([]));
}
