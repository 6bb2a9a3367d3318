//! Plain bytes to one address of ours: what a client of http hides is what the doctor looks at. The certificate is taken as it
//! comes, since it is judged elsewhere; nothing secret goes this way.

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// From the connection to the last byte: who answers there may be anybody, and send a byte now and then for ever.
const WHOLE: Duration = Duration::from_secs(30);
const MOST_HEAD: usize = 16 * 1024;
const MOST_BODY: u64 = 64 * 1024;

pub struct Wire {
    line: Line,
    until: Instant,
}

enum Line {
    Plain(TcpStream),
    Safe(Box<StreamOwned<ClientConnection, TcpStream>>),
}

/// The head of an answer.
pub struct Head {
    pub status: u16,
    /// As it came.
    pub text: String,
}

impl Head {
    pub fn get(&self, name: &str) -> Option<&str> {
        let lines = self.text.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

impl Wire {
    /// `name`: whom to ask for by TLS; `None` speaks http.
    ///
    /// Errors: as the system says it, or that there is no TLS.
    pub fn dial(at: SocketAddr, name: Option<&str>, patience: Duration) -> std::io::Result<Wire> {
        let until = Instant::now() + WHOLE;
        let stream = TcpStream::connect_timeout(&at, patience)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        let Some(name) = name else { return Ok(Wire { line: Line::Plain(stream), until }) };
        let name = ServerName::try_from(name.to_owned()).map_err(std::io::Error::other)?;
        let mut session = ClientConnection::new(config()?, name).map_err(std::io::Error::other)?;
        let mut stream = stream;
        while session.is_handshaking() {
            session.complete_io(&mut stream)?;
        }
        Ok(Wire { line: Line::Safe(Box::new(StreamOwned::new(session, stream))), until })
    }

    /// The server's own certificate, in DER.
    pub fn certificate(&self) -> Option<&[u8]> {
        match &self.line {
            Line::Plain(_) => None,
            Line::Safe(stream) => stream.conn.peer_certificates()?.first().map(|c| c.as_ref()),
        }
    }

    pub fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match &mut self.line {
            Line::Plain(stream) => stream.write_all(bytes),
            Line::Safe(stream) => stream.write_all(bytes).and_then(|()| stream.flush()),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if Instant::now() > self.until {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        match &mut self.line {
            Line::Plain(stream) => stream.read(buffer),
            Line::Safe(stream) => stream.read(buffer),
        }
    }

    /// The head of the answer; those that only say that one may go on are left out.
    pub fn head(&mut self) -> std::io::Result<Head> {
        loop {
            let mut text = Vec::new();
            let mut byte = [0];
            while !text.ends_with(b"\r\n\r\n") && text.len() < MOST_HEAD {
                if self.read(&mut byte)? == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                text.push(byte[0]);
            }
            let text = String::from_utf8_lossy(&text).into_owned();
            let status = text.split(' ').nth(1).and_then(|n| n.parse().ok());
            match status.filter(|_| text.starts_with("HTTP/1.")) {
                Some(100) => {}
                Some(status) => return Ok(Head { status, text }),
                None => return Err(std::io::ErrorKind::InvalidData.into()),
            }
        }
    }

    /// The JSON that follows, however it is framed.
    pub fn json(&mut self) -> Value {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(read) = self.read(&mut buffer) {
            bytes.extend_from_slice(&buffer[..read]);
            if read == 0 || bytes.len() as u64 > MOST_BODY {
                break;
            }
        }
        let begin = bytes.iter().position(|b| *b == b'{').unwrap_or(0);
        let end = bytes.iter().rposition(|b| *b == b'}').map_or(begin, |at| at + 1);
        serde_json::from_slice(bytes.get(begin..end).unwrap_or_default()).unwrap_or_default()
    }
}

/// One GET, with its answer's head; the connection closes behind it.
pub fn get(wire: &mut Wire, host: &str, path: &str) -> std::io::Result<Head> {
    wire.write(
        format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\nConnection: close\r\n\r\n"
        )
        .as_bytes(),
    )?;
    wire.head()
}

/// A server that listens on every address is asked on this machine's own.
pub fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => (),
    }
    address
}

fn config() -> std::io::Result<Arc<ClientConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AsItComes))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Looks at nothing: what comes is looked at afterwards.
#[derive(Debug)]
struct AsItComes;

impl ServerCertVerifier for AsItComes {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
