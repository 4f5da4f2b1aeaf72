//! From a host to a connected stream: resolve once, judge every address of a foreign host, connect to one of those.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Host;

use super::Guard;
use super::address::{Verdict, judge};
use super::url::{Scheme, Target};

/// For the resolution, for each address tried, and for the TLS session.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Of a name with more addresses, the rest is not tried; all are judged.
const ADDRESSES_TRIED_MAX: usize = 4;

/// Name resolution, so that a test can answer differently the second time.
pub trait Resolve: Send + Sync {
    /// All addresses of a name, in the order in which to try them.
    fn resolve(&self, name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;
}

/// The resolver of the operating system.
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(async move {
            let addresses = tokio::net::lookup_host((name, 0)).await?;
            Ok(addresses.map(|address| address.ip()).collect())
        })
    }
}

/// Why nothing was fetched. For the operator's log only: to a client, all of these are one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The name has an address that is refused; the word says which kind.
    Refused(&'static str),
    /// Only a listed address may be reached without TLS or at another port.
    NotListed,
    Resolve,
    /// The host says nothing to the beginning of a TLS session, as one that speaks none.
    TlsTimedOut,
    /// The host says that nobody listens there.
    NobodyListens,
    Connect,
    Tls,
    TimedOut,
    /// The reply was cut or is not HTTP.
    Protocol,
    /// A redirect without a usable target, to a refused one, or one too many.
    Redirect,
    /// A reply other than 200.
    Status(u16),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(word) => write!(f, "the host has a refused address ({word})"),
            Self::NotListed => f.write_str("http and other ports are for addresses of the allow list"),
            Self::Resolve => f.write_str("the name could not be resolved"),
            Self::NobodyListens => f.write_str("the connection was refused"),
            Self::Connect => f.write_str("no connection could be made"),
            Self::Tls => f.write_str("the TLS session could not be opened"),
            Self::TlsTimedOut => f.write_str("the TLS session could not be opened in time"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::Protocol => f.write_str("the reply was cut or is not HTTP"),
            Self::Redirect => f.write_str("a redirect that may not be followed"),
            Self::Status(status) => write!(f, "status {status}"),
        }
    }
}

impl std::error::Error for Cause {}

/// A connected stream, with or without TLS.
pub(crate) trait Line: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// The certificate authorities of the web, compiled in, with a provider that is ours alone and not the process's.
pub(super) fn web_trust() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut trust = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    trust.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(trust)
}

/// Resolves, connects and speaks TLS, and judges nothing: the guard asks it with addresses that it has judged, the
/// client of the upstreams with those of hosts that the operator named.
#[derive(Clone)]
pub(crate) struct Dialler {
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) tls: Arc<ClientConfig>,
}

impl Dialler {
    /// At least one address.
    pub(crate) async fn resolve(&self, host: &Host, limit: Duration) -> Result<Vec<IpAddr>, Cause> {
        let addresses = match host {
            Host::Domain(name) => {
                let answer = timeout(limit, self.resolver.resolve(name.clone()));
                answer.await.map_err(|_| Cause::TimedOut)?.map_err(|_| Cause::Resolve)?
            }
            Host::Ipv4(ip) => vec![(*ip).into()],
            Host::Ipv6(ip) => vec![(*ip).into()],
        };
        if addresses.is_empty() { Err(Cause::Resolve) } else { Ok(addresses) }
    }

    /// TLS over a connected stream where the scheme asks for it.
    pub(crate) async fn secure(
        &self,
        tcp: TcpStream,
        (scheme, host): (Scheme, &Host),
        limit: Duration,
    ) -> Result<Box<dyn Line>, Cause> {
        match scheme {
            Scheme::Http => Ok(Box::new(tcp)),
            Scheme::Https => {
                let name = server_name(host).ok_or(Cause::Tls)?;
                let session = TlsConnector::from(Arc::clone(&self.tls)).connect(name, tcp);
                let session = timeout(limit, session).await.map_err(|_| Cause::TlsTimedOut)?;
                Ok(Box::new(session.map_err(|_| Cause::Tls)?))
            }
        }
    }
}

/// Connects to the first address that answers, with `limit` for each. Small writes are sent at once.
pub(crate) async fn connect(addresses: &[IpAddr], port: u16, limit: Duration) -> Result<TcpStream, Cause> {
    let mut cause = Cause::Connect;
    for address in addresses.iter().take(ADDRESSES_TRIED_MAX) {
        let attempt = TcpStream::connect(SocketAddr::new(*address, port));
        match timeout(limit, attempt).await {
            Ok(Ok(stream)) => {
                stream.set_nodelay(true).map_err(|_| Cause::Connect)?;
                return Ok(stream);
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                cause = Cause::NobodyListens;
            }
            Ok(Err(_)) => cause = Cause::Connect,
            Err(_) => cause = Cause::TimedOut,
        }
    }
    Err(cause)
}

impl Guard {
    /// Connects to the target. The addresses judged here are the only ones tried.
    pub(super) async fn dial(&self, target: &Target) -> Result<Box<dyn Line>, Cause> {
        let addresses = self.judged_addresses(target).await?;
        let tcp = connect(&addresses, target.port, CONNECT_TIMEOUT).await?;
        self.dialler.secure(tcp, (target.scheme, &target.host), CONNECT_TIMEOUT).await
    }

    /// One resolution for each connection. A name with one bad address among good ones is refused whole: which of
    /// them a later step would pick is not ours to guess.
    async fn judged_addresses(&self, target: &Target) -> Result<Vec<IpAddr>, Cause> {
        let addresses = self.dialler.resolve(&target.host, CONNECT_TIMEOUT).await?;
        for address in &addresses {
            match judge(*address, &self.allow) {
                Verdict::Refused(word) => return Err(Cause::Refused(word)),
                Verdict::Public if target.needs_listing().is_some() => return Err(Cause::NotListed),
                Verdict::Public | Verdict::Listed => {}
            }
        }
        Ok(addresses)
    }
}

fn server_name(host: &Host) -> Option<ServerName<'static>> {
    match host {
        Host::Domain(name) => ServerName::try_from(name.clone()).ok(),
        Host::Ipv4(ip) => Some(IpAddr::V4(*ip).into()),
        Host::Ipv6(ip) => Some(IpAddr::V6(*ip).into()),
    }
}
