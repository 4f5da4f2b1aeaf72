//! The address of an upstream as its operator configured it: trusted, parsed once, free of secrets.

use std::fmt;
use std::time::Duration;

use url::{Host, Url};

use crate::guard::Cause;
use crate::guard::line::{Dialler, Line, connect};
use crate::guard::url::Scheme;

/// Where an upstream lives: scheme, host, port and the beginning of every path.
#[derive(Clone, PartialEq, Eq)]
pub struct Base {
    pub(super) scheme: Scheme,
    pub(super) host: Host,
    pub(super) port: u16,
    /// Empty, or begins with `/` and does not end with one.
    prefix: String,
}

impl Base {
    /// Parses an address such as `https://api.example.com/v1/`; the `/` at its end makes no difference.
    ///
    /// # Errors
    /// A sentence that says what is wrong, without the address, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text)
            .map_err(|_| "the address of an upstream must be whole, such as https://api.example.com")?;
        let scheme = match url.scheme() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err("the address of an upstream must begin with https:// or http://".into()),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the address of an upstream must not contain a user name or password".into());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the address of an upstream must not contain `?` or `#`".into());
        }
        let host = url.host().ok_or("the address of an upstream must name a host")?.to_owned();
        let port = url.port().unwrap_or_else(|| scheme.default_port());
        Ok(Self { scheme, host, port, prefix: url.path().trim_end_matches('/').to_owned() })
    }

    /// The name or the literal address, without the port.
    #[must_use]
    pub fn host(&self) -> String {
        self.host.to_string()
    }

    /// Whether a URL leads to the very same scheme, host and port, so that it may be told the key.
    #[must_use]
    pub fn same_host(&self, url: &Url) -> bool {
        url.scheme() == self.scheme_name()
            && url.host().is_some_and(|host| host.to_owned() == self.host)
            && url.port_or_known_default() == Some(self.port)
            && url.username().is_empty()
            && url.password().is_none()
    }

    /// Whether this is the address on which somebody listens here; a listener on all interfaces is reached by any local one.
    #[must_use]
    pub fn leads_to(&self, listener: &std::net::SocketAddr) -> bool {
        let ip = match &self.host {
            Host::Ipv4(ip) => std::net::IpAddr::V4(*ip),
            Host::Ipv6(ip) => std::net::IpAddr::V6(*ip),
            Host::Domain(name) if name.trim_end_matches('.') == "localhost" => {
                std::net::Ipv4Addr::LOCALHOST.into()
            }
            Host::Domain(_) => return false,
        };
        // Whoever connects to no address in particular reaches this machine.
        let is_local = |ip: std::net::IpAddr| ip.is_loopback() || ip.is_unspecified();
        let (ip, own) = (ip.to_canonical(), listener.ip().to_canonical());
        let same = ip == own || (is_local(ip) && is_local(own));
        same && self.port == listener.port()
    }

    /// Whether this is the very host and port of a URL.
    #[must_use]
    pub fn is_at(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.same_host(&url))
    }

    /// The URL of a path that begins with `/`.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{}", self.scheme_name(), self.authority(), self.target(path))
    }

    /// What stands in the request line. The path cannot add to the authority, however it begins.
    pub(crate) fn target(&self, path: &str) -> String {
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        format!("{}{slash}{path}", self.prefix)
    }

    /// What stands in the `Host` header.
    pub(super) fn authority(&self) -> String {
        if self.port == self.scheme.default_port() {
            self.host.to_string()
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// A fresh connection to it, wherever it is.
    pub(super) async fn open(&self, dialler: &Dialler, limit: Duration) -> Result<Box<dyn Line>, Cause> {
        let addresses = dialler.resolve(&self.host, limit).await?;
        let tcp = connect(&addresses, self.port, limit).await?;
        dialler.secure(tcp, (self.scheme, &self.host), limit).await
    }

    fn scheme_name(&self) -> &'static str {
        match self.scheme {
            Scheme::Http => "http",
            Scheme::Https => "https",
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url(""))
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_keeps_its_path_and_loses_the_slash_at_its_end() {
        for (text, url) in [
            ("https://api.example.com", "https://api.example.com/jobs?a=b"),
            ("https://api.example.com:443/", "https://api.example.com/jobs?a=b"),
            ("http://10.0.0.7:8000/v1//", "http://10.0.0.7:8000/v1/jobs?a=b"),
            ("http://[::1]:80/a/b", "http://[::1]/a/b/jobs?a=b"),
            ("HTTP://Engine.Local:9/", "http://engine.local:9/jobs?a=b"),
        ] {
            assert_eq!(Base::parse(text).unwrap().url("/jobs?a=b"), url, "{text}");
        }
        let base = Base::parse("https://films.test:8443/v1/").unwrap();
        assert_eq!(base.to_string(), "https://films.test:8443/v1");
        assert_eq!(
            Base::parse("https://films.test").unwrap().url("@evil.test"),
            "https://films.test/@evil.test"
        );
    }

    #[test]
    fn an_address_with_secrets_or_without_http_is_refused_and_not_repeated() {
        for text in [
            "https://name:secret@films.test",
            "https://secret@films.test",
            "https://films.test/?key=secret",
            "https://films.test/?",
            "https://films.test/#secret",
            "ftp://films.test/secret",
            "films.test/secret",
            "https://",
        ] {
            let error = Base::parse(text).unwrap_err();
            assert!(!error.contains("secret"), "{text}: {error}");
        }
    }

    #[test]
    fn only_the_same_scheme_host_and_port_are_the_same_host() {
        let base = Base::parse("https://films.test/v1").unwrap();
        for (url, same) in [
            ("https://films.test/other?x", true),
            ("https://FILMS.test:443/", true),
            ("https://films.test:8443/", false),
            ("http://films.test/", false),
            ("http://films.test:443/", false),
            ("https://films.test.evil.test/", false),
            ("https://cdn.films.test/", false),
            ("https://user@films.test/", false),
        ] {
            assert_eq!(base.same_host(&Url::parse(url).unwrap()), same, "{url}");
        }
    }
}
