//! One request, one answer: the only file that knows ureq, beside the one for the operator's bucket.
//!
//! The address that was checked is the address that is dialled: ureq asks our resolver for every new
//! connection, IP literals included, and connects to what it returns and to nothing else. So a name
//! that resolves differently the second time (DNS rebinding) gains nothing. `Resolver` and
//! `Connector` are outside ureq's version promise, hence the pinned minor version.

use super::guard::Guard;
use crate::error::{Error, Kind, Result};
use std::path::Path;
use std::time::Duration;
use ureq::http::{self, Uri};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, AsSendBody};
use url::Url;

/// Status line and headers of an answer, in bytes. Sites with long security policies send 10 KiB.
const MAX_HEADER_BYTES: usize = 24 * 1024;
/// Per connection and direction, kept while a connection idles. More than a whole header must fit in,
/// or one that is too large would look like a connection that broke off.
const BUFFER_BYTES: usize = 32 * 1024;
/// Idle connections kept for the next request: enough to read a thread from one server.
const MAX_IDLE: usize = 4;
const MAX_IDLE_PER_HOST: usize = 2;
const MAX_IDLE_AGE: Duration = Duration::from_secs(30);

/// How long another server may take. The defaults are Mastodon's.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Lookup of the name; then dialling it, TLS included.
    pub connect: Duration,
    /// Each single read and write.
    pub read: Duration,
    /// The whole request with its redirects and its body.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(10),
            total: Duration::from_secs(30),
        }
    }
}

/// Header names in lower case, values as text.
#[derive(Debug, Clone, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// The first header of this name, in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let same = move |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.0.iter().filter(same).map(|(_, value)| value.as_str())
    }

    /// `content-type` without its parameters, in lower case; empty when there is none.
    pub fn media_type(&self) -> String {
        let value = self.get("content-type").unwrap_or_default();
        let essence = value.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }
}

/// What goes out in one hop. `time` is what is left of the total.
pub struct Hop<'a> {
    pub method: &'a str,
    pub url: &'a Url,
    pub headers: Vec<(String, String)>,
    pub body: Option<&'a [u8]>,
    pub time: Duration,
}

/// What comes back. The body is unpacked, has no cap of its own and fails with [`body_error`].
pub struct Reply {
    pub status: u16,
    pub headers: Headers,
    /// As announced; `None` when it was not, or when the body is packed.
    pub length: Option<u64>,
    pub body: ureq::BodyReader<'static>,
}

pub struct Transport {
    agent: Agent,
    /// Trusts only the operator's own authority; asked when the web's authorities do not vouch for a
    /// server. ureq has the web's as bare trust anchors, to which no certificate can be added.
    extra: Option<Agent>,
    guard: Guard,
    total: Duration,
}

impl Transport {
    /// Errors: `Invalid` when the file of authorities cannot be read or holds no certificate.
    pub fn new(
        user_agent: &str,
        guard: Guard,
        speaks_http: bool,
        extra_ca: Option<&Path>,
        timeouts: Timeouts,
    ) -> Result<Transport> {
        let agent = |roots: RootCerts| {
            let config = Agent::config_builder()
                .user_agent(user_agent)
                .http_status_as_error(false)
                // A proxy from the environment would dial for us, past the guard.
                .proxy(None)
                // Each hop has to be checked and signed again, so they are followed by hand.
                .max_redirects(0)
                .timeout_resolve(Some(timeouts.connect))
                .timeout_connect(Some(timeouts.connect))
                .timeout_per_read(Some(timeouts.read))
                .timeout_per_write(Some(timeouts.read))
                .timeout_global(Some(timeouts.total))
                .max_response_header_size(MAX_HEADER_BYTES)
                .input_buffer_size(BUFFER_BYTES)
                .output_buffer_size(BUFFER_BYTES)
                .max_idle_connections(MAX_IDLE)
                .max_idle_connections_per_host(MAX_IDLE_PER_HOST)
                .max_idle_age(MAX_IDLE_AGE)
                .tls_config(TlsConfig::builder().root_certs(roots).build())
                .build();
            let resolver = GuardedResolver { guard: guard.clone(), speaks_http };
            Agent::with_parts(config, DefaultConnector::default(), resolver)
        };
        let extra = match extra_ca {
            Some(file) => Some(agent(RootCerts::new_with_certs(&authorities(file)?))),
            None => None,
        };
        Ok(Transport { agent: agent(RootCerts::WebPki), extra, guard, total: timeouts.total })
    }

    /// Sends one request and reads the header of its answer. Redirects are answers too.
    pub fn send(&self, hop: &Hop<'_>) -> Result<Reply> {
        let host = hop.url.host_str().unwrap_or_default();
        let sent = match (self.run(&self.agent, hop), &self.extra) {
            (Err(e), Some(extra)) if is_untrusted(&e) => self.run(extra, hop),
            (sent, _) => sent,
        };
        let (head, body) = sent.map_err(|e| explain(host, e))?.into_parts();
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into();
        let headers = head.headers.iter();
        Ok(Reply {
            status: head.status.as_u16(),
            headers: Headers(headers.map(|(k, v)| (k.to_string(), text(v))).collect()),
            length: body.content_length(),
            body: body.into_reader(),
        })
    }

    /// Are all addresses of this host among those that the operator allowed?
    pub fn is_allowed_host(&self, url: &Url) -> bool {
        let Ok(found) = url.socket_addrs(|| None) else {
            return false;
        };
        !found.is_empty() && found.iter().all(|at| self.guard.allows(at.ip()))
    }

    fn run(&self, agent: &Agent, hop: &Hop<'_>) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let mut request = http::Request::builder().method(hop.method).uri(hop.url.as_str());
        for (name, value) in &hop.headers {
            request = request.header(name, value);
        }
        match hop.body {
            Some(body) => self.start(agent, request.body(body)?, hop.time),
            None => self.start(agent, request.body(())?, hop.time),
        }
    }

    fn start(
        &self,
        agent: &Agent,
        request: http::Request<impl AsSendBody>,
        time: Duration,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        // Only a request with the agent's own settings fills its cache of TLS settings and tickets,
        // so the usual case, where nothing was spent yet, does not override them.
        if time <= self.total && self.total - time < Duration::from_millis(50) {
            return agent.run(request);
        }
        let request = agent.configure_request(request);
        // A film may take hours, and its header may not.
        agent.run(request.timeout_global(Some(time)).timeout_recv_response(Some(self.total)).build())
    }
}

/// Why reading a body stopped, for the caller of [`Reply::body`].
pub fn body_error(host: &str, e: std::io::Error) -> Error {
    explain(host, ureq::Error::from(e))
}

#[derive(Debug)]
struct GuardedResolver {
    guard: Guard,
    speaks_http: bool,
}

impl Resolver for GuardedResolver {
    /// Only the addresses that may be reached; when there is none, [`Refused`].
    ///
    /// Plain http needs all of them inside the allowed ranges, an odd port the one that is dialled.
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        let plain = uri.scheme_str() != Some("https");
        let all_allowed = found.iter().all(|at| self.guard.allows(at.ip()));
        if plain && !(self.speaks_http && all_allowed) {
            return Err(ureq::Error::Other(Box::new(Refused)));
        }
        for at in found.iter() {
            let usual_port = matches!(at.port(), 80 | 443);
            if self.guard.allows(at.ip()) || (usual_port && self.guard.permits(at.ip())) {
                kept.push(*at);
            }
        }
        if kept.is_empty() {
            return Err(ureq::Error::Other(Box::new(Refused)));
        }
        Ok(kept)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("no address of this host may be reached")]
struct Refused;

fn authorities(file: &Path) -> Result<Vec<Certificate<'static>>> {
    let wrong = || Error::invalid(format!("{} holds no PEM certificate", file.display()));
    let pem = std::fs::read(file).map_err(|e| wrong().because(e))?;
    let mut found = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|e| wrong().because(e))? {
            found.push(certificate);
        }
    }
    match found.is_empty() {
        true => Err(wrong()),
        false => Ok(found),
    }
}

/// rustls says so in an `io::Error`, and its types are not ours to name.
fn is_untrusted(e: &ureq::Error) -> bool {
    e.to_string().contains("invalid peer certificate")
}

/// The host's fault for now (`Unavailable`), or for good (`BadGateway`)?
fn explain(host: &str, e: ureq::Error) -> Error {
    use ureq::Error as E;
    match &e {
        E::Other(why) if why.is::<Refused>() => {
            Error::new(Kind::BadGateway, format!("The address of {host} is not allowed")).because(e)
        }
        E::Timeout(_) => Error::unavailable(format!("{host} took too long to answer")).because(e),
        E::Http(_) | E::BadUri(_) | E::Protocol(_) | E::LargeResponseHeader(..) | E::Decompress(..) => {
            Error::new(Kind::BadGateway, format!("The answer of {host} cannot be read")).because(e)
        }
        _ => Error::unavailable(format!("{host} cannot be reached")).because(e),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Net;
    use super::*;

    fn transport(allowed: &[&str], speaks_http: bool) -> Transport {
        let allowed = allowed.iter().map(|net| Net::parse(net).unwrap()).collect();
        let guard = Guard { allowed };
        Transport::new("test", guard, speaks_http, None, Timeouts::default()).unwrap()
    }

    fn refusal(transport: &Transport, url: &str) -> Error {
        let hop = Hop {
            method: "GET",
            url: &url.parse().unwrap(),
            headers: Vec::new(),
            body: None,
            time: Duration::from_secs(5),
        };
        match transport.send(&hop) {
            Ok(_) => panic!("{url} was answered"),
            Err(e) => e,
        }
    }

    #[test]
    fn no_way_of_writing_a_private_address_reaches_it() {
        let transport = transport(&[], false);
        for url in [
            "https://127.0.0.1/",
            "https://localhost/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.1/",
            "https://0177.0.0.01/",
            "https://127.1/",
            "https://0.0.0.0/",
            "https://0/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://①②⑦.0.0.1/",
            "https://1.1.1.1:22/",
            "https://1.1.1.1:8443/",
            "http://1.1.1.1/",
        ] {
            let e = refusal(&transport, url);
            assert_eq!(e.kind, Kind::BadGateway, "{url}: {e}");
            assert!(e.public.ends_with("is not allowed"), "{url}: {e}");
        }
    }

    #[test]
    fn plain_http_reaches_only_what_was_allowed() {
        let speaking = transport(&["127.0.0.0/8"], true);
        assert!(refusal(&speaking, "http://1.1.1.1/").public.contains("is not allowed"));
        let silent = transport(&["127.0.0.0/8"], false);
        assert!(refusal(&silent, "http://127.0.0.1/").public.contains("is not allowed"));
        // Nobody listens at port 9, which is a different answer from not being allowed to ask.
        let e = refusal(&speaking, "http://127.0.0.1:9/");
        assert_eq!(e.kind, Kind::Unavailable, "{e}");
    }

    #[test]
    fn a_file_without_a_certificate_is_no_authority() {
        for file in ["/nonexistent/ca.pem", "Cargo.toml"] {
            let file = Some(Path::new(file));
            let made = Transport::new("test", Guard::default(), false, file, Timeouts::default());
            assert_eq!(made.err().unwrap().kind, Kind::Invalid);
        }
    }
}
