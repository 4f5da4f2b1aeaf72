//! The guard on every URL that a client or an upstream gives us: judged, resolved once, and reached at the address judged.
//!
//! Two guards exist, each with its own allow list: one for the URLs of clients (callback, image), one for the result
//! links of upstreams. Never one list for both.

pub mod address;
pub(crate) mod exchange;
pub mod fetch;
pub mod line;
pub mod url;

use std::sync::Arc;

use ipnet::IpNet;
use rustls::ClientConfig;

use self::line::{Dialler, Resolve, SystemResolver, web_trust};

pub use self::fetch::{FetchError, Fetched, Limits};
pub use self::line::Cause;
pub use self::url::{Target, UrlRefusal};

/// Decides where requests to foreign URLs may go, and makes them.
#[derive(Clone)]
pub struct Guard {
    allow: Arc<[IpNet]>,
    pub(crate) dialler: Dialler,
}

impl Guard {
    /// A guard that reaches the public internet over https, and besides it the ranges of `allow`, with any port and
    /// without TLS.
    ///
    /// # Errors
    /// When the TLS library supports no protocol version, which is a fault of the build.
    pub fn new(allow: Vec<IpNet>) -> Result<Self, rustls::Error> {
        let dialler = Dialler { resolver: Arc::new(SystemResolver), tls: Arc::new(web_trust()?) };
        Ok(Self { allow: allow.into(), dialler })
    }

    /// The same guard with other name resolution.
    #[must_use]
    pub fn resolving_with(mut self, resolver: impl Resolve + 'static) -> Self {
        self.dialler.resolver = Arc::new(resolver);
        self
    }

    /// The same guard with other trusted certificates.
    #[must_use]
    pub fn trusting(mut self, tls: ClientConfig) -> Self {
        self.dialler.tls = Arc::new(tls);
        self
    }

    /// Judges a URL by its text alone: literal addresses are decided here, names only when they are reached.
    ///
    /// # Errors
    /// The rule that the URL breaks.
    pub fn check(&self, text: &str) -> Result<Target, UrlRefusal> {
        url::check(text, &self.allow)
    }
}
