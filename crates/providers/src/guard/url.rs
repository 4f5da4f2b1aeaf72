//! Judging a URL by its text, before anything is resolved or connected.

use std::net::IpAddr;

use ipnet::IpNet;
use url::{Host, Position, Url};

use super::address::{Verdict, judge};

/// Longer than any signed link of the object stores, short enough to keep in a row.
const URL_BYTES_MAX: usize = 8192;
const PORTS: [u16; 3] = [80, 443, 8443];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

impl Scheme {
    #[must_use]
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// Where a request would go. Made by [`check`], so whoever holds one holds a URL that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    pub scheme: Scheme,
    pub host: Host,
    pub port: u16,
    /// Begins with `/`; the fragment is gone.
    pub path_and_query: String,
}

/// The rule that a URL breaks, told to whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefusal {
    #[error("the URL is not valid; it must be absolute, such as https://example.com/path")]
    Invalid,
    #[error("the URL is longer than {URL_BYTES_MAX} bytes")]
    TooLong,
    #[error("the URL must begin with https://")]
    Scheme,
    #[error("the URL must not contain a user name or password")]
    UserInfo,
    #[error("the port of the URL must be 443, 8443 or 80")]
    Port,
    #[error("the URL must lead to a public host")]
    Address,
}

/// Judges a URL by its text. A literal address is decided here; a name is decided when it is resolved.
///
/// # Errors
/// The first rule that the URL breaks.
pub fn check(text: &str, allow: &[IpNet]) -> Result<Target, UrlRefusal> {
    target_of(&parse(text)?, allow)
}

pub(super) fn parse(text: &str) -> Result<Url, UrlRefusal> {
    if text.len() > URL_BYTES_MAX {
        return Err(UrlRefusal::TooLong);
    }
    Url::parse(text).map_err(|_| UrlRefusal::Invalid)
}

/// The same for a URL that is parsed already, such as the next hop of a redirect.
pub(super) fn target_of(url: &Url, allow: &[IpNet]) -> Result<Target, UrlRefusal> {
    let scheme = match url.scheme() {
        "https" => Scheme::Https,
        "http" => Scheme::Http,
        _ => return Err(UrlRefusal::Scheme),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(UrlRefusal::UserInfo);
    }
    let host = url.host().ok_or(UrlRefusal::Invalid)?.to_owned();
    let port = url.port().unwrap_or_else(|| scheme.default_port());
    let path_and_query = url[Position::BeforePath..Position::AfterQuery].to_owned();
    let target = Target { scheme, host, port, path_and_query };
    target.refusal(allow).map_or(Ok(target), Err)
}

impl Target {
    /// The address, when the URL names one.
    #[must_use]
    pub fn literal(&self) -> Option<IpAddr> {
        match &self.host {
            Host::Ipv4(ip) => Some((*ip).into()),
            Host::Ipv6(ip) => Some((*ip).into()),
            Host::Domain(_) => None,
        }
    }

    /// The rule that only a listed address may break, if this target breaks one.
    #[must_use]
    pub fn needs_listing(&self) -> Option<UrlRefusal> {
        match self.scheme {
            Scheme::Http => Some(UrlRefusal::Scheme),
            Scheme::Https if !PORTS.contains(&self.port) => Some(UrlRefusal::Port),
            Scheme::Https => None,
        }
    }

    fn refusal(&self, allow: &[IpNet]) -> Option<UrlRefusal> {
        let literal = match &self.host {
            // Names that never leave this machine (RFC 6761) need no resolver to be judged.
            Host::Domain(name) if is_localhost(name) => Some(IpAddr::from([127, 0, 0, 1])),
            _ => self.literal(),
        };
        match literal.map(|ip| judge(ip, allow)) {
            Some(Verdict::Listed) => None,
            Some(Verdict::Refused(_)) => Some(UrlRefusal::Address),
            Some(Verdict::Public) => self.needs_listing(),
            None if allow.is_empty() => self.needs_listing(),
            None => None,
        }
    }
}

fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the URL is to a guard, as a word of the corpus.
    fn word(text: &str, allow: &[IpNet]) -> &'static str {
        match check(text, allow) {
            Ok(target) if target.literal().is_some() => "public",
            Ok(_) => "name",
            Err(UrlRefusal::Address) => "address",
            Err(UrlRefusal::Invalid) => "invalid",
            Err(UrlRefusal::Scheme) => "scheme",
            Err(UrlRefusal::UserInfo) => "userinfo",
            Err(UrlRefusal::Port) => "port",
            Err(UrlRefusal::TooLong) => "long",
        }
    }

    #[test]
    fn every_spelling_of_the_corpus_is_judged_as_written_there() {
        let lines =
            include_str!("corpus.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut wrong = Vec::new();
        let mut judged = 0;
        for line in lines {
            let (expected, url) = line.split_once(' ').expect(line);
            let found = word(url, &[]);
            if found != expected {
                wrong.push(format!("{url}: {found} instead of {expected}"));
            }
            judged += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(judged >= 200, "only {judged} lines");
    }

    #[test]
    fn the_allow_list_opens_its_ranges_to_any_port_and_to_http_and_nothing_else() {
        let allow = ["127.0.0.0/8".parse().unwrap(), "10.1.0.0/16".parse().unwrap()];
        for (url, expected) in [
            ("http://127.0.0.1:9/", "public"),
            ("https://10.1.255.255:22/", "public"),
            ("http://localhost:3000/hook", "name"),
            ("http://0x7f000001/", "public"),
            ("http://10.2.0.0/", "address"),
            ("http://[::1]/", "address"),
            ("http://[::ffff:127.0.0.1]/", "address"),
            ("http://[64:ff9b::7f00:1]/", "address"),
            ("http://8.8.8.8/", "scheme"),
            ("https://8.8.8.8:22/", "port"),
            ("https://user@127.0.0.1/", "userinfo"),
            // Whether a name leads into the list shows when it is resolved.
            ("http://films.example:9000/", "name"),
        ] {
            assert_eq!(word(url, &allow), expected, "{url}");
        }
    }

    #[test]
    fn a_target_keeps_path_and_query_and_drops_the_fragment() {
        let target = check("https://Example.com:8443/a%20b/../c?d=e&f#g", &[]).unwrap();
        assert_eq!(target.scheme, Scheme::Https);
        assert_eq!(target.host, Host::Domain("example.com".to_owned()));
        assert_eq!((target.port, target.path_and_query.as_str()), (8443, "/c?d=e&f"));
        assert_eq!(check("https://example.com", &[]).unwrap().path_and_query, "/");
    }

    #[test]
    fn a_url_may_be_8192_bytes_long_and_no_longer() {
        let url = format!("https://example.com/{}", "a".repeat(URL_BYTES_MAX - 20));
        assert_eq!(word(&url, &[]), "name");
        assert_eq!(word(&(url + "a"), &[]), "long");
    }
}
