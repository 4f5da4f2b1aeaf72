//! The client of the upstreams over real sockets that are cut wherever a connection can be cut.
#![cfg(test)]

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use filmgate_providers::guard::Guard;
use filmgate_providers::guard::line::Resolve;
use filmgate_providers::http::{Call, Client};
use hyper::Method;
use hyper::header::{AUTHORIZATION, HeaderMap};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;

mod cuts;
mod download;
mod origin;
mod peer;
mod read;
mod redirect;
mod submit;
mod survey;

/// Every name is this machine.
struct Here;

impl Resolve for Here {
    fn resolve(&self, name: String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> {
        Box::pin(async move {
            if name == "nowhere.test" {
                Err(io::Error::other("no such name"))
            } else {
                Ok(vec![[127, 0, 0, 1].into()])
            }
        })
    }
}

/// A client whose guard opens these ranges to the links of upstreams.
fn client(allow: &[&str]) -> Client {
    let guard = Guard::new(allow.iter().map(|range| range.parse().unwrap()).collect()).unwrap();
    Client::new(guard.resolving_with(Here))
}

fn key() -> HeaderMap {
    [(AUTHORIZATION, "Bearer secret".parse().unwrap())].into_iter().collect()
}

fn call(method: Method, path: &str, body: impl Into<bytes::Bytes>) -> Call {
    Call { method, path: path.to_owned(), headers: key(), body: body.into() }
}

/// For `films.test`, self-signed, until 2126.
const CERTIFICATE: &[u8] = include_bytes!("guard/films.test.cert.der");
const KEY: &[u8] = include_bytes!("guard/films.test.key.der");

/// Both ends of a TLS session in which the client trusts the certificate of `films.test` and no other.
fn tls() -> (TlsAcceptor, ClientConfig) {
    let certificate = CertificateDer::from(CERTIFICATE);
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(KEY));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let server =
        ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
    let server =
        server.unwrap().with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let client = client.unwrap().with_root_certificates(roots).with_no_client_auth();
    (TlsAcceptor::from(Arc::new(server)), client)
}
