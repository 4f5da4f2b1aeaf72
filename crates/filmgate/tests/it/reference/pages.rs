//! The pages of `/docs`: every link leads somewhere, nothing comes from elsewhere, and none is heavy.

use std::collections::BTreeSet;

use super::Document;
use crate::gate::Gate;

/// A page that describes a whole surface has many operations.
const SURFACE_BYTES_MAX: usize = 108 * 1024;
const BYTES_MAX: usize = 60 * 1024;

#[test]
fn every_page_of_the_reference_is_light_and_leads_only_to_pages_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let (mut open, mut seen) = (vec!["/docs".to_owned()], BTreeSet::new());
    while let Some(path) = open.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = gate.call("GET", &path, &[], b"");
        assert_eq!(page.status, 200, "{path}");
        let text = page.text();
        let is_page = page.header("content-type") == Some("text/html; charset=utf-8");
        if is_page {
            let policy = page.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
            assert!(!text.contains("<script") && !text.contains(" style="), "{path} needs nothing of that");
            let is_surface =
                ["/docs/kie", "/docs/openai", "/docs/filmgate", "/docs/server"].contains(&path.as_str());
            let bytes_max = if is_surface { SURFACE_BYTES_MAX } else { BYTES_MAX };
            assert!(text.len() <= bytes_max, "{path} has {} bytes", text.len());
            for address in addresses(&text) {
                match address.split_once('#') {
                    Some(("", part)) => {
                        assert!(text.contains(&format!(" id=\"{part}\"")), "{path} has no {address}");
                    }
                    // The playground is not of the reference.
                    _ if address == "data:," || address == "/" => {}
                    _ => open.push(address.split('#').next().unwrap().to_owned()),
                }
            }
        }
    }
    for page in
        ["/docs/kie", "/docs/openai", "/docs/filmgate", "/docs/server", "/docs/style.css", "/openapi.json"]
    {
        assert!(seen.contains(page), "{page} is not linked: {seen:?}");
    }
    assert!(seen.iter().filter(|path| path.starts_with("/docs/models/")).count() > 15, "{seen:?}");
}

/// What a page's elements point at. An address of another host would be none that the test can open.
fn addresses(html: &str) -> Vec<String> {
    let all = [" href=\"", " src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    all.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn every_operation_and_every_model_has_its_place_in_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let document = Document::of(&gate).0;
    let page = |path: &str| gate.call("GET", path, &[], b"").text();
    let pages = ["kie", "openai", "filmgate", "server"].map(|name| (name, page(&format!("/docs/{name}"))));
    let methods = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values());
    for operation in methods {
        let (tag, id) = (operation["tags"][0].as_str().unwrap(), operation["operationId"].as_str().unwrap());
        let (_, text) = pages.iter().find(|(name, _)| *name == tag).unwrap();
        assert!(text.contains(&format!("id=\"{id}\"")), "{id} on {tag}");
    }
    let video = page("/docs/models/sora-2-text-to-video");
    for fact in ["input.n_frames", "1280x720", "Fifteen seconds of portrait", "45", "Only filmgate"] {
        assert!(video.contains(fact), "{fact}");
    }
    assert!(page("/docs/models/veo/extend").contains("input.task_id"));
    assert_eq!(gate.call("GET", "/docs/models/nothing", &[], b"").status, 404);
    assert_eq!(gate.call("GET", "/docs/nothing", &[], b"").status, 404);
}
