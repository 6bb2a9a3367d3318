//! Certificates from files: taken into use, changed while the server runs, broken, and of somebody else. Those of an authority
//! are in `tests/peers/acme.py`.

use crate::harness::{Folder, PASSWORD, free_port};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use taure::config::{Config, Tls};
use taure::ops::certificates::{Report, report};
use taure::ops::setup::{self, NewInstance};
use taure::server::Running;
use taure::store::Store;

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(name)).unwrap()
}

struct Server {
    running: Option<Running>,
    config: Config,
    https: u16,
    folder: Folder,
}

impl Server {
    /// `names` are wanted; the files are those of the folder, as far as they are there.
    fn start(names: &[&str], files: &[(&str, &str)]) -> Server {
        let folder = Folder::new();
        let [plain, https, http] =
            [free_port(), free_port(), free_port()].map(|p| (Ipv4Addr::LOCALHOST, p).into());
        let data = folder.path().join("data");
        let mut config = Config::load(&data, &[]).unwrap();
        config.listen = vec![plain];
        config.snapshots = 0;
        config.tls = Some(Tls {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            listen: vec![https],
            listen_http: vec![http],
            certificate: folder.path().join("own.pem"),
            key: folder.path().join("own.key"),
            ..Tls::default()
        });
        config.make_folder().unwrap();
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ())).unwrap();
        let new = NewInstance {
            origin: format!("https://social.example.org:{}", https.port()),
            domain: None,
            username: "alice".to_owned(),
            display_name: "Alice".to_owned(),
            password: Some(PASSWORD.to_owned()),
            ..NewInstance::default()
        };
        setup::create(&store, &new).unwrap();
        drop(store);
        let mut server = Server { running: None, config, https: https.port(), folder };
        for (file, from) in files {
            server.puts(file, &fixture(from));
        }
        server.running = Some(Running::start(server.config.clone()).unwrap());
        server
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn puts(&self, file: &str, text: &[u8]) {
        std::fs::write(self.path(file), text).unwrap();
        if let Some(running) = &self.running {
            running.house().wake();
        }
    }

    /// What a visitor is shown; `None`: nobody is answered.
    fn shown(&self) -> Option<Vec<u8>> {
        let provider = Arc::new(default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.dangerous().with_custom_certificate_verifier(Arc::new(Anybody));
        let name = ServerName::try_from("social.example.org").unwrap();
        let mut tls = ClientConnection::new(Arc::new(config.with_no_client_auth()), name).unwrap();
        let mut wire = TcpStream::connect((Ipv4Addr::LOCALHOST, self.https)).unwrap();
        wire.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        while tls.is_handshaking() {
            tls.complete_io(&mut wire).ok()?;
        }
        Some(tls.peer_certificates()?[0].to_vec())
    }

    #[track_caller]
    fn until(&self, what: impl Fn(&Report) -> bool) -> Report {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let found = report(&self.config);
            if what(&found) {
                return found;
            }
            assert!(Instant::now() < until, "{found:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[track_caller]
    fn shows(&self, name: &str) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.shown() != Some(der(name)) {
            assert!(Instant::now() < until, "{name} is not shown");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The exit code of `taure certificate`, and what it says.
    fn asks(&self, arguments: &[&str]) -> (bool, String) {
        let tls = self.config.tls.as_ref().unwrap();
        let lines = format!(
            "[tls]\nnames = {:?}\ncertificate = {:?}\nkey = {:?}\n",
            tls.names, tls.certificate, tls.key
        );
        std::fs::write(self.config.data.join("taure.toml"), lines).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_taure"))
            .args(["certificate", "--data"])
            .arg(&self.config.data)
            .args(arguments)
            .output()
            .unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&said).into_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}

fn der(name: &str) -> Vec<u8> {
    CertificateDer::from_pem_slice(&fixture(name)).unwrap().to_vec()
}

/// Believes everything: it is only looked at what is shown.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
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
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[test]
fn own_files_are_used_and_a_change_is_seen_while_it_runs() {
    let server = Server::start(&["localhost"], &[("own.pem", "chain.pem"), ("own.key", "key.pem")]);
    server.shows("chain.pem");
    let found = server.until(|r| r.missing.is_empty());
    assert!(found.names.contains(&"localhost".to_owned()) && found.last_error.is_none(), "{found:?}");
    assert_eq!(found.source, server.path("own.pem").display().to_string());
    assert!(found.not_after > Some(server.config.clock.now()) && found.next_try.is_none());
    assert!(server.asks(&[]).0, "{:?}", server.asks(&[]));

    // One after the other, as a program that renews would do it: in between they do not belong together.
    server.puts("own.pem", &fixture("years.pem"));
    let found = server.until(|r| r.last_error.is_some());
    assert!(found.last_error.unwrap().contains("the key is another certificate's"));
    assert_eq!(server.shown(), Some(der("chain.pem")));
    server.puts("own.key", &fixture("years_key.pem"));
    server.shows("years.pem");
    let found = server.until(|r| r.last_error.is_none());
    assert_eq!((found.missing, found.issuer), (vec!["localhost".to_owned()], "Example Trust, E7".to_owned()));
    let (good, said) = server.asks(&[]);
    assert!(!good && said.contains("valid now"), "{said}");
}

#[test]
fn broken_files_leave_the_old_ones_in_use_and_say_what_is_wrong() {
    let server = Server::start(&[], &[("own.pem", "chain.pem"), ("own.key", "key.pem")]);
    server.shows("chain.pem");
    let cut = &fixture("chain.pem")[..200];
    for (file, text, why) in [
        ("own.pem", cut, "holds no certificate in PEM"),
        ("own.pem", b"", "holds no certificate in PEM"),
        ("own.pem", b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", "cannot be read"),
        (
            "own.key",
            b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "not encrypted",
        ),
        ("own.key", b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "not known"),
    ] {
        server.puts(file, text);
        let found = server.until(|r| r.last_error.as_deref().is_some_and(|e| e.contains(why)));
        assert!(found.last_error.unwrap().contains(file), "{why}");
        assert_eq!(server.shown(), Some(der("chain.pem")), "{why}");
        server.puts("own.pem", &fixture("chain.pem"));
        server.puts("own.key", &fixture("key.pem"));
        server.until(|r| r.last_error.is_none());
    }
    std::fs::remove_file(server.path("own.key")).unwrap();
    server.running.as_ref().unwrap().house().wake();
    server.until(|r| r.last_error.as_deref().is_some_and(|e| e.contains("own.key cannot be read")));
    assert_eq!(server.shown(), Some(der("chain.pem")));
}

#[test]
fn files_that_are_not_there_yet_are_waited_for() {
    let server = Server::start(&[], &[]);
    server.until(|r| r.last_error.as_deref().is_some_and(|e| e.contains("own.pem cannot be read")));
    assert_eq!(server.shown(), None);
    let (good, said) = server.asks(&[]);
    assert!(!good && said.contains("own.pem cannot be read"), "{said}");
    server.puts("own.pem", &fixture("years.pem"));
    server.puts("own.key", &fixture("years_key.pem"));
    server.shows("years.pem");
    // For the host of the origin, since no names were chosen.
    assert!(server.until(|r| r.last_error.is_none()).missing.is_empty());
}

#[test]
fn nobody_is_asked_for_a_certificate_that_is_a_file_of_ones_own() {
    let server = Server::start(&[], &[("own.pem", "chain.pem"), ("own.key", "key.pem")]);
    let (good, said) = server.asks(&["--renew"]);
    assert!(!good && said.contains("renew it where it came from"), "{said}");
    let without = Config { tls: None, ..server.config.clone() };
    assert_eq!(report(&without), Report::default());
}
