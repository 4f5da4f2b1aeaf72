//! The emulator's protection against DNS rebinding: it answers only requests that name this machine.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::{Response, StatusCode};
use axum::middleware::Next;

use super::router::{is_kie, is_own, plain};
use crate::app::App;
use crate::dialect::{kie, openai, own};

pub(super) async fn only_this_machine(request: Request, next: Next) -> Response<Body> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    if host.is_some_and(names_this_machine) {
        return next.run(request).await;
    }
    if is_kie(&request) {
        kie::foreign_host()
    } else if request.uri().path().starts_with("/v1/") {
        openai::foreign_host()
    } else if is_own(&request) {
        own::refused(403, "foreign_host", super::FOREIGN_HOST)
    } else {
        plain(StatusCode::FORBIDDEN, super::FOREIGN_HOST)
    }
}

/// Whether a `Host` can only mean this server: an address in digits, this machine, or the public address. Names that others
/// control can be pointed at us.
pub(crate) fn is_ours(app: &App, host: &str) -> bool {
    let name = name(host).unwrap_or_default();
    let public = app.public_url.as_deref().map(filmgate_domain::delivery::host);
    names_this_machine(host)
        || name.parse::<IpAddr>().is_ok()
        || public.is_some_and(|public| public.eq_ignore_ascii_case(name) || public.eq_ignore_ascii_case(host))
}

pub(super) fn names_this_machine(host: &str) -> bool {
    let name = name(host).unwrap_or_default();
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The port in a `Host`, unless it is one that browsers leave out.
pub(crate) fn port(host: &str) -> Option<u16> {
    host.rsplit_once(':')?.1.parse().ok().filter(|port| ![80, 443].contains(port))
}

/// The name in a `Host`, which has nothing after it but a port.
fn name(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split_once(']')?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{names_this_machine, port};

    #[test]
    fn a_port_is_what_stands_behind_the_last_colon_but_for_those_that_browsers_leave_out() {
        let ports = ["localhost:2424", "[::1]:81", "localhost", "[::1]", "films.example:443"].map(port);
        assert_eq!(ports, [Some(2424), Some(81), None, None, None]);
    }

    #[test]
    fn only_loopback_names_are_this_machine() {
        for host in ["localhost", "LOCALHOST:2424", "127.0.0.1:2424", "127.9.9.9", "[::1]:2424", "[::1]"] {
            assert!(names_this_machine(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:2424",
            "10.0.0.1",
            "[::2]:1",
            "",
            "127.0.0.1.evil.example",
            "127.0.0.1:80@evil.example",
            "[::1]evil.example",
            "localhost:",
        ] {
            assert!(!names_this_machine(host), "{host}");
        }
    }
}
