//! What comes before the first request where more is spoken than HTTP: the PROXY protocol, and the handshake of TLS.

use super::listen::Role;
use super::origin::Peer;
use super::seats::{SEATS, Seat};
use super::{Shared, Wire, proxy_protocol};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// From the connection to the end of the handshake. How many are at it is bounded as connections are, and by their
/// addresses: a bound of its own would be held by two of them, and keep all others out.
const TIME: Duration = Duration::from_secs(10);

/// Our end of TLS.
pub struct Secure {
    acceptor: TlsAcceptor,
    /// That there is no certificate was said.
    said: AtomicBool,
}

impl Secure {
    pub fn new(config: Arc<rustls::ServerConfig>) -> Secure {
        Secure { acceptor: config.into(), said: AtomicBool::new(false) }
    }
}

/// A connection on which requests may come.
pub struct Met {
    pub wire: Wire,
    pub peer: Peer,
    pub seat: Seat,
    /// HTTP/2 was agreed on.
    #[cfg_attr(not(feature = "http2"), expect(dead_code))]
    pub h2: bool,
}

/// `None`: there is nothing to serve, and why was said.
pub async fn meet(shared: &Shared, mut wire: Wire, mut peer: Peer, seat: Option<Seat>) -> Option<Met> {
    if shared.house.config().edge.proxy_protocol {
        if !peer.trusted {
            tracing::debug!(client = %peer.ip, "the PROXY protocol is for proxies; see trusted_proxies");
            return None;
        }
        match proxy_protocol::read(&mut wire).await {
            Ok(None) => (),
            Ok(Some(ip)) => {
                peer.ip = ip.to_canonical();
                peer.trusted = shared.trust.holds(peer.ip);
            }
            Err(e) => {
                tracing::debug!(proxy = %peer.ip, error = %e, "a connection was not introduced");
                return None;
            }
        }
    }
    let Some(seat) = seat.or_else(|| shared.seats.take(peer.ip, peer.trusted, SEATS)) else {
        tracing::debug!(client = %peer.ip, "too many connections of one address");
        return None;
    };
    if peer.role != Role::Https {
        return Some(Met { wire, peer, seat, h2: false });
    }
    let secure = &shared.secure;
    match timeout(TIME, secure.handshake(wire)).await {
        Ok(Ok((wire, h2))) => wire.map(|wire| Met { wire, peer, seat, h2 }),
        Ok(Err(e)) => {
            if shared.house.certificates().is_ready() {
                tracing::debug!(client = %peer.ip, error = %e, "a handshake failed");
            } else if !secure.said.swap(true, Ordering::Relaxed) {
                tracing::warn!("https cannot be spoken yet: there is no certificate");
            }
            None
        }
        Err(_) => {
            tracing::debug!(client = %peer.ip, "a handshake took too long");
            None
        }
    }
}

impl Secure {
    /// Gives no wire where the handshake was all that was wanted: TLS-ALPN-01.
    async fn handshake(&self, wire: Wire) -> std::io::Result<(Option<Wire>, bool)> {
        let Wire::Tcp(stream) = wire else { return Err(std::io::ErrorKind::Unsupported.into()) };
        let mut stream = self.acceptor.accept(stream).await?;
        match stream.get_ref().1.alpn_protocol() {
            Some(b"acme-tls/1") => {
                tokio::io::AsyncWriteExt::shutdown(&mut stream).await?;
                Ok((None, false))
            }
            spoken => {
                let h2 = spoken == Some(b"h2");
                Ok((Some(Wire::Tls(Box::new(stream))), h2))
            }
        }
    }
}
