//! More than two hundred spellings of addresses that nobody may reach, each tried as a picture, a callback, a redirect and a
//! result: not one connection arrives at the canary.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use bytes::Bytes;
use filmgate_providers::http::{Client, DownloadLimits, Source};
use hyper::HeaderMap;

use super::server::{Server, ok, redirect};
use super::{LIMITS, Scripted, guard};

const V4: &[&str] = &[
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
];

/// Every way in which people write these addresses.
fn hosts() -> Vec<String> {
    let mut hosts: Vec<String> = V4.iter().flat_map(|text| spellings(text.parse().unwrap())).collect();
    let v6 = [
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:0:127.0.0.1",
        "100::1",
        "2001:db8::1",
    ];
    hosts.extend(v6.iter().map(|text| format!("[{}]", text.parse::<Ipv6Addr>().unwrap())));
    let names = [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "127.0.0.1.",
        "0",
        "1",
        "metadata.google.internal",
        "canary.test",
    ];
    hosts.extend(names.map(str::to_owned));
    hosts
}

fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let number = u32::from(address);
    let (high, low) = (number >> 16, number & 0xFFFF);
    let wide: String = address
        .to_string()
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0xFF10 + digit).unwrap(),
            None => '。',
        })
        .collect();
    vec![
        format!("{address}"),
        format!("{address}."),
        format!("{number}"),
        format!("0x{number:08x}"),
        format!("0X{number:X}"),
        format!("0{number:o}"),
        format!("0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("{a}.{b}.{}", low),
        format!("{a}.{}", number & 0xFF_FFFF),
        format!("0{a:o}.{b}.0x{c:x}.{d}"),
        format!("%{:02x}{}", address.to_string().as_bytes()[0], &address.to_string()[1..]),
        wide,
        format!("[::ffff:{address}]"),
        format!("[::ffff:{high:x}:{low:x}]"),
        format!("[0:0:0:0:0:ffff:{high:x}:{low:x}]"),
        format!("[::{address}]"),
        format!("[64:ff9b::{high:x}:{low:x}]"),
        format!("[2002:{high:x}:{low:x}::1]"),
        format!("[2001:0:{high:x}:{low:x}::1]"),
    ]
}

/// Answers every name with the canary's own addresses, as somebody who controls a domain could.
fn lying() -> Scripted {
    let canary: &[&str] = &["127.0.0.1", "::1"];
    Scripted::new(&vec![canary; 64])
}

#[tokio::test]
async fn two_hundred_spellings_of_forbidden_addresses_make_no_connection() {
    let canary = Server::start([("/", ok("content-length: 0", b""))]).await;
    let port = canary.address.port();
    let v6 = Server::start_on(&format!("[::1]:{port}"), [("/", ok("content-length: 0", b""))], None).await;
    let hosts = hosts();
    assert!(hosts.len() > 200, "{}", hosts.len());
    let folder = tempfile::tempdir().unwrap();
    let limits = DownloadLimits { bytes_max: 1_000, time_max_ms: 5_000, idle_max_ms: 5_000 };
    for host in &hosts {
        for url in [format!("http://{host}:{port}/"), format!("https://{host}:{port}/")] {
            let closed = || guard(&[]).resolving_with(lying());
            assert!(closed().fetch(&url, LIMITS).await.is_err(), "as a picture: {url}");
            let post = closed().post(&url, HeaderMap::new(), Bytes::new(), LIMITS).await;
            assert!(post.is_err(), "as a callback: {url}");
            let from = Source::Foreign { url: url.clone() };
            let film = Client::new(closed()).download(&from, &folder.path().join("film"), limits).await;
            assert!(film.is_err(), "as a result: {url}");
        }
    }
    // Whoever may be reached may not send us on to somebody who may not.
    for host in hosts {
        let location = format!("http://{host}:{port}/");
        let sender = Server::start_on("127.0.0.9:0", [("/", redirect(&location))], None).await;
        let open = guard(&["127.0.0.9/32"]).resolving_with(lying());
        assert!(open.fetch(&sender.url("/"), LIMITS).await.is_err(), "as a redirect: {location}");
    }
    assert_eq!((canary.connections(), v6.connections()), (0, 0));
    // The canary does sing when somebody comes.
    let seen = guard(&["127.0.0.0/8"]).fetch(&canary.url("/"), LIMITS).await;
    assert_eq!((seen.is_ok(), canary.connections()), (true, 1));
    let own: IpAddr = canary.address.ip();
    assert!(own.is_loopback());
}
