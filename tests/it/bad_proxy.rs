//! A proxy before a server, with one illness of those that proxies have; by http, or by https with a certificate that openssl
//! made.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ill {
    Not,
    /// It reaches nobody.
    Away,
    /// It asks by its own name for us.
    Host,
    Drops(&'static str),
    /// Bodies of more bytes are refused.
    Caps(usize),
    /// It passes nothing on before it has everything.
    Buffers,
}

pub struct Proxy {
    pub port: u16,
}

impl Proxy {
    pub fn new(behind: u16, ill: Ill, tls: Option<Arc<ServerConfig>>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let tls = tls.clone();
                std::thread::spawn(move || {
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(8)));
                    match tls {
                        None => pass(stream, behind, ill),
                        Some(config) => pass(
                            StreamOwned::new(ServerConnection::new(config).unwrap(), stream),
                            behind,
                            ill,
                        ),
                    }
                });
            }
        });
        Proxy { port }
    }
}

/// One request a connection.
fn pass(mut client: impl Read + Write, behind: u16, ill: Ill) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let value = |name: &str| {
        head.lines()
            .filter_map(|l| l.split_once(':'))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.trim().to_owned())
    };
    let length: usize = value("content-length").map_or(0, |n| n.parse().unwrap());
    let mut refuse = |status: &str| {
        let page = "<h1>No</h1>";
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
            page.len()
        );
        let _ = client.write_all(answer.as_bytes());
        let _ = client.flush();
        // What still comes is read, so that the answer is, too.
        let _ = std::io::copy(&mut (&mut client).take(length as u64), &mut std::io::sink());
    };
    match ill {
        Ill::Away => {
            refuse("502 Bad Gateway");
            return None;
        }
        Ill::Caps(most) if length > most => {
            refuse("413 Request Entity Too Large");
            return None;
        }
        _ => {}
    }
    let mut lines = String::new();
    for (n, line) in head.lines().enumerate() {
        let name = line.split(':').next().unwrap_or("").to_ascii_lowercase();
        let upgrades = line.to_ascii_lowercase().contains("upgrade") && ill != Ill::Drops("upgrade");
        match name.as_str() {
            _ if n == 0 => lines += &format!("{line}\r\n"),
            "" => {}
            "connection" if !upgrades => {}
            "host" if ill == Ill::Host => lines += &format!("Host: 127.0.0.1:{behind}\r\n"),
            name if ill == Ill::Drops(leak(name)) => {}
            _ => lines += &format!("{line}\r\n"),
        }
    }
    if !lines.to_ascii_lowercase().contains("\r\nconnection:") {
        lines += "Connection: close\r\n";
    }
    let mut body = vec![0; length];
    client.read_exact(&mut body).ok()?;
    let mut server = TcpStream::connect(("127.0.0.1", behind)).ok()?;
    server.write_all(format!("{lines}\r\n").as_bytes()).ok()?;
    server.write_all(&body).ok()?;
    let (mut held, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read) = server.read(&mut buffer) {
        if read == 0 {
            break;
        }
        held.extend_from_slice(&buffer[..read]);
        if ill != Ill::Buffers {
            client.write_all(&held).ok()?;
            client.flush().ok()?;
            held.clear();
        }
    }
    client.write_all(&held).ok()?;
    client.flush().ok()
}

/// A few header names of a test.
fn leak(name: &str) -> &'static str {
    ["digest", "content-digest", "date", "signature", "upgrade"]
        .into_iter()
        .find(|n| *n == name)
        .unwrap_or("")
}

/// Made by openssl, as people make them.
pub mod certificate {
    use super::*;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    fn openssl(args: &[&str]) {
        let done = Command::new("openssl").args(args).output().unwrap();
        assert!(done.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn path(folder: &Path, name: &str) -> String {
        folder.join(name).to_str().unwrap().to_owned()
    }

    const KEY: [&str; 5] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

    /// The certificate in PEM; its key lies beside it.
    pub fn authority(folder: &Path, name: &str) -> PathBuf {
        let (key, pem) = (path(folder, &format!("{name}.key")), path(folder, &format!("{name}.pem")));
        let subject = format!("/CN={name}");
        let mut args = vec!["req", "-x509", "-days", "90", "-subj", &subject, "-keyout", &key, "-out", &pem];
        args.extend(KEY);
        openssl(&args);
        PathBuf::from(pem)
    }

    /// What a server shows that has a certificate of `by` for these names, good for so many days.
    pub fn server(folder: &Path, by: &Path, names: &str, days: i64) -> Arc<ServerConfig> {
        let [key, request, pem, wanted] = ["s.key", "s.csr", "s.pem", "s.ext"].map(|name| path(folder, name));
        let (by, by_key, days) = (by.to_str().unwrap(), by.with_extension("key"), days.to_string());
        std::fs::write(&wanted, format!("subjectAltName={names}\nbasicConstraints=CA:FALSE\n")).unwrap();
        let mut args = vec!["req", "-new", "-subj", "/CN=server", "-keyout", &key, "-out", &request];
        args.extend(KEY);
        openssl(&args);
        openssl(&[
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            by,
            "-CAkey",
            by_key.to_str().unwrap(),
            "-CAcreateserial",
            "-days",
            &days,
            "-extfile",
            &wanted,
            "-out",
            &pem,
        ]);
        let chain = vec![CertificateDer::from_pem_file(&pem).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&key).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap())
    }
}
