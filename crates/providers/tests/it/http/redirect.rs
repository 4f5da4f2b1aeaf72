//! Where a film may come from: the upstream's own host with the key, anywhere else through the guard without it.

use filmgate_providers::http::{DownloadFault, DownloadLimits, Source};

use super::client;
use super::download::{Place, film, own};
use super::origin::{Answer, Origin, Then, answer};

fn redirect(location: &str) -> Answer {
    answer(&format!("302 Found\r\nlocation: {location}\r\ncontent-length: 0"), b"", Then::End)
}

fn serve_film(_: &str) -> Answer {
    answer(&format!("200 OK\r\ncontent-length: {}", film(0).len()), &film(0), Then::End)
}

async fn download(allow: &[&str], from: &Source) -> (Result<u64, DownloadFault>, Place) {
    let place = Place::new();
    let outcome = client(allow).download(from, place.part(), DownloadLimits::default()).await;
    (outcome.map(|downloaded| downloaded.bytes), place)
}

#[tokio::test]
async fn the_key_goes_to_the_own_host_and_never_further() {
    let foreign = Origin::start_on("127.0.0.2", serve_film).await;
    let link = foreign.url("/film.mp4?signature=x");
    let own_host = Origin::start(move |request| match request.split(' ').nth(1).unwrap() {
        "/v1/content" => redirect("/v1/elsewhere?a=b"),
        _ => redirect(&link),
    })
    .await;
    let (outcome, place) = download(&["127.0.0.2/32"], &own(&own_host)).await;
    assert_eq!((outcome.unwrap(), place.bytes()), (film(0).len() as u64, film(0)));
    let asked = own_host.requests();
    assert!(asked[1].starts_with("GET /v1/elsewhere?a=b "), "{asked:?}");
    assert!(asked.len() == 2 && asked.iter().all(|request| request.contains("Bearer secret")), "{asked:?}");
    let asked = foreign.requests().concat();
    assert!(asked.starts_with("GET /film.mp4?signature=x "), "{asked}");
    assert!(!asked.contains("secret") && !asked.contains("authorization"), "{asked}");
}

#[tokio::test]
async fn another_port_of_the_own_host_is_foreign() {
    let other = Origin::start(serve_film).await;
    let link = other.url("/film.mp4");
    let own_host = Origin::start(move |_| redirect(&link)).await;
    let (outcome, _) = download(&[], &own(&own_host)).await;
    assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{outcome:?}");
    assert_eq!(other.connections(), 0);
    let (outcome, _) = download(&["127.0.0.1/32"], &own(&own_host)).await;
    assert_eq!(outcome.unwrap(), film(0).len() as u64);
    assert!(!other.requests().concat().contains("secret"));
}

#[tokio::test]
async fn a_foreign_host_that_leads_back_is_still_not_told_the_key() {
    let own_host = Origin::start(serve_film).await;
    let back = own_host.url("/film.mp4");
    let foreign = Origin::start_on("127.0.0.2", move |_| redirect(&back)).await;
    let from = Source::Foreign { url: foreign.url("/film.mp4") };
    let (outcome, _) = download(&["127.0.0.0/8"], &from).await;
    assert_eq!(outcome.unwrap(), film(0).len() as u64);
    assert!(!own_host.requests().concat().contains("authorization"));
}

#[tokio::test]
async fn a_foreign_link_to_a_private_address_is_never_connected_to() {
    let private = Origin::start_on("127.0.0.2", serve_film).await;
    let port = private.address.port();
    for url in [
        private.url("/film.mp4"),
        format!("https://films.test:{port}/film.mp4"),
        format!("https://films.test:8443/{port}"),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "file:///etc/passwd".to_owned(),
        "no link".to_owned(),
    ] {
        let link = url.clone();
        let own_host = Origin::start(move |_| redirect(&link)).await;
        for from in [Source::Foreign { url: url.clone() }, own(&own_host)] {
            let (outcome, place) = download(&["127.0.0.3/32"], &from).await;
            // What is no URL is a path of the own host, which answers with the same redirect for ever.
            assert!(matches!(outcome, Err(DownloadFault::Passing(_))), "{from:?}: {outcome:?}");
            assert!(!place.part().exists());
        }
    }
    assert_eq!(private.connections(), 0);
}

#[tokio::test]
async fn a_foreign_film_that_is_cut_is_resumed_through_its_redirect() {
    let store = Origin::start_on("127.0.0.2", |request| {
        let (head, rest) = match request.contains("range: bytes=1000-\r\n") {
            false => ("200 OK\r\netag: \"a\"\r\ncontent-length: 300536", &film(0)[..1000]),
            true => (
                "206 Partial Content\r\ncontent-range: bytes 1000-300535/300536\r\ncontent-length: 299536",
                &film(0)[1000..],
            ),
        };
        answer(head, rest, Then::End)
    })
    .await;
    let link = store.url("/film.mp4");
    let own_host = Origin::start(move |_| redirect(&link)).await;
    let (outcome, place) = download(&["127.0.0.2/32"], &own(&own_host)).await;
    assert_eq!((outcome.unwrap(), place.bytes()), (300_536, film(0)));
    assert_eq!((own_host.requests().len(), store.requests().len()), (2, 2));
}

#[tokio::test]
async fn a_redirect_on_the_own_host_is_followed_three_times_and_not_four() {
    for (hops, requests) in [(3, 4), (4, 4)] {
        let own_host = Origin::start(move |request| {
            let path = request.split(' ').nth(1).unwrap();
            match path.strip_prefix("/hop/").map_or(0, |hop| hop.parse().unwrap()) {
                hop if hop == hops => serve_film(request),
                hop => redirect(&format!("/hop/{}", hop + 1)),
            }
        })
        .await;
        let (outcome, _) = download(&[], &own(&own_host)).await;
        assert_eq!((outcome.is_ok(), own_host.requests().len()), (hops == 3, requests), "{outcome:?}");
    }
}
