//! The server's edge: https of its own, and every way to stand behind something else.

use crate::harness::{Folder, PASSWORD, free_port};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use taure::config::{Config, Tls};
use taure::ops::auth;
use taure::ops::setup::{self, NewInstance};
use taure::server::Running;
use taure::store::Store;

const BINARY: &str = env!("CARGO_BIN_EXE_taure");
const PATIENCE: Duration = Duration::from_secs(30);
const YEAR: &str = "strict-transport-security: max-age=31536000\r\n";

/// A server and what a test needs to know of it.
struct House {
    running: Option<Running>,
    plain: SocketAddr,
    https: SocketAddr,
    http: SocketAddr,
    origin: String,
    token: String,
    folder: Folder,
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

impl House {
    /// One that speaks https as well, its certificate in hand.
    fn secure() -> House {
        let house = House::new(true, |_| ());
        house.certify();
        house
    }

    fn plain(change: impl FnOnce(&mut Config)) -> House {
        House::new(false, change)
    }

    fn new(secure: bool, change: impl FnOnce(&mut Config)) -> House {
        let folder = Folder::new();
        let [plain, https, http] = [free_port(), free_port(), free_port()].map(local);
        let origin = if secure {
            format!("https://localhost:{}", https.port())
        } else {
            format!("http://localhost:{}", plain.port())
        };
        let mut config = Config::load(folder.path(), &[plain.to_string()]).unwrap();
        config.snapshots = 0;
        config.tls = secure.then(|| Tls {
            names: vec!["social.example".to_owned()],
            listen: vec![https],
            listen_http: vec![http],
            certificate: fixture("chain.pem").into(),
            key: fixture("key.pem").into(),
            ..Tls::default()
        });
        change(&mut config);
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ())).unwrap();
        let new = NewInstance {
            origin: origin.clone(),
            domain: None,
            username: "alice".to_owned(),
            display_name: "Alice".to_owned(),
            password: Some(PASSWORD.to_owned()),
            seed: None,
            recovered: false,
        };
        setup::create(&store, &new).unwrap();
        let token = auth::issue_token(&store, "tests", "read write follow push").unwrap();
        drop(store);
        let running = Some(Running::start(config).unwrap());
        House { running, plain, https, http, origin, token, folder }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    fn certify(&self) {
        let names = ["localhost".to_owned()];
        self.running().house().certificates().put(&names, &certificate());
    }

    fn asks(&self, request: &str) -> Told {
        ask(connect(self.plain), request)
    }

    /// A wrong password, and what it led to: 401, or 429 for an address that tried too often.
    fn tries(&self, before: &[u8], headers: &str) -> Told {
        let mut stream = connect(self.plain);
        stream.write_all(before).unwrap();
        let (body, origin) = ("password=wrong", &self.origin);
        ask(
            stream,
            &format!(
                "POST /auth/sign_in HTTP/1.1\r\nOrigin: {origin}\r\n{headers}Content-Length: {}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
                body.len()
            ),
        )
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/tls/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn certificate() -> Arc<CertifiedKey> {
    let chain =
        CertificateDer::pem_file_iter(fixture("chain.pem")).unwrap().collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_file(fixture("key.pem")).unwrap();
    let provider = rustls::crypto::ring::default_provider();
    Arc::new(CertifiedKey::from_der(chain, key, &provider).unwrap())
}

fn trusting(alpn: &[&str]) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(fixture("ca.pem")).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
    Arc::new(config)
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A client of TLS; the handshake comes with the first byte.
fn over_tls(stream: TcpStream, alpn: &[&str]) -> StreamOwned<ClientConnection, TcpStream> {
    let name = ServerName::try_from("localhost").unwrap();
    StreamOwned::new(ClientConnection::new(trusting(alpn), name).unwrap(), stream)
}

/// An answer as it came; all empty when there was none.
#[derive(Debug, Default)]
struct Told {
    status: u16,
    /// In lower case.
    head: String,
    body: String,
}

impl Told {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Sends a request that begins `GET /path HTTP/1.1` or so, and reads until the end.
fn ask(mut stream: impl Read + Write, request: &str) -> Told {
    let (line, rest) = request.split_once("\r\n").unwrap_or((request, "\r\n"));
    let host = if rest.to_ascii_lowercase().contains("host:") { "" } else { "Host: localhost\r\n" };
    if write!(stream, "{line}\r\n{host}Connection: close\r\n{rest}").and_then(|()| stream.flush()).is_err() {
        return Told::default();
    }
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes); // what came before an error counts
    let text = String::from_utf8_lossy(&bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return Told::default() };
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Told { status, head: format!("{}\r\n", head.to_ascii_lowercase()), body: body.to_owned() }
}

// --- https

#[test]
fn https_speaks_http_1_1_and_says_that_it_stays() {
    let house = House::secure();
    let told = ask(over_tls(connect(house.https), &["http/1.1"]), "GET /about HTTP/1.1\r\n\r\n");
    assert_eq!(told.status, 200, "{told:?}");
    assert!(told.head.contains(YEAR) && told.header("x-request-id").is_some(), "{}", told.head);
    let none = ask(over_tls(connect(house.https), &[]), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!((none.status, none.body.as_str()), (200, "OK"), "without ALPN");
    let plain = house.asks("GET /about HTTP/1.1\r\n\r\n");
    assert_eq!(plain.status, 200);
    assert!(!plain.head.contains("strict-transport"), "on a door without TLS: {}", plain.head);
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .tls_config(
            ureq::tls::TlsConfig::builder()
                .root_certs(ureq::tls::RootCerts::new_with_certs(&[ureq::tls::Certificate::from_pem(
                    &std::fs::read(fixture("ca.pem")).unwrap(),
                )
                .unwrap()]))
                .build(),
        )
        .build()
        .into();
    let mut answer = agent.get(format!("{}/api/v1/instance", house.origin)).call().unwrap();
    assert!(answer.body_mut().read_to_string().unwrap().contains("localhost"));
}

#[test]
fn https_waits_for_a_certificate_and_closes_cleanly_until_there_is_one() {
    let house = House::new(true, |config| {
        let tls = config.tls.as_mut().unwrap();
        (tls.certificate, tls.key) = Default::default();
        tls.directory = "https://127.0.0.1:1/directory".to_owned(); // where nobody is
    });
    let mut stream = over_tls(connect(house.https), &["h2", "http/1.1"]);
    let e = stream.write_all(b"x").unwrap_err();
    assert!(e.to_string().contains("alert"), "{e}");
    house.certify();
    let told = ask(over_tls(connect(house.https), &["http/1.1"]), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!(told.status, 200);
}

#[test]
fn a_challenge_is_answered_by_the_handshake_and_nothing_else() {
    let house = House::secure();
    let certificates = house.running().house().certificates();
    certificates.challenge("localhost", Some(certificate()));
    let mut stream = over_tls(connect(house.https), &["acme-tls/1"]);
    stream.conn.complete_io(&mut stream.sock).unwrap();
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"acme-tls/1"[..]));
    let mut rest = Vec::new();
    assert_eq!(stream.read_to_end(&mut rest).unwrap(), 0);
    certificates.challenge("localhost", None);
    assert!(over_tls(connect(house.https), &["acme-tls/1"]).write_all(b"x").is_err());
}

#[test]
fn who_does_not_come_to_the_end_of_a_handshake_is_cut_and_holds_up_nobody() {
    let house = House::secure();
    let began = Instant::now();
    let mut silent: Vec<TcpStream> = (0..40).map(|_| connect(house.https)).collect();
    silent[0].write_all(&[0x16, 0x03, 0x01, 0x02, 0x00]).unwrap(); // a record that does not come
    let told = ask(over_tls(connect(house.https), &["http/1.1"]), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!(told.status, 200);
    assert!(began.elapsed() < Duration::from_secs(9), "{:?}", began.elapsed());
    for stream in &mut silent {
        let _ = stream.read_to_end(&mut Vec::new());
    }
    let waited = began.elapsed();
    assert!((9..20).contains(&waited.as_secs()), "{waited:?}");
    let mut http = connect(house.https);
    http.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut said = Vec::new();
    let _ = http.read_to_end(&mut said);
    assert!(!said.starts_with(b"HTTP"), "{said:?}");
}

#[test]
fn a_websocket_runs_over_https() {
    use hyper_tungstenite::tungstenite::client;
    let house = House::secure();
    let stream = over_tls(connect(house.https), &["http/1.1"]);
    let url = format!("wss://localhost/api/v1/streaming?stream=user&access_token={}", house.token);
    let (mut socket, _) = client(url, stream).unwrap();
    let body = r#"{"status": "heard over TLS"}"#;
    let posted = house.asks(&format!(
        "POST /api/v1/statuses HTTP/1.1\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        house.token,
        body.len()
    ));
    assert_eq!(posted.status, 200, "{}", posted.body);
    let heard = socket.read().unwrap().into_text().unwrap();
    assert!(heard.contains("heard over TLS"), "{heard}");
}

#[test]
fn with_https_no_other_door_is_open_unless_somebody_asks_for_it() {
    let folder = Folder::new();
    let doors = |text: &str| {
        std::fs::write(folder.path().join("taure.toml"), text).unwrap();
        let config = Config::load(folder.path(), &[]).unwrap();
        let listen = config.listen.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        (listen, config.edge.sockets.len())
    };
    assert_eq!(doors(""), ("127.0.0.1:8080".to_owned(), 0));
    assert_eq!(doors("[tls]\n"), (String::new(), 0));
    assert_eq!(doors("listen = [\"[::1]:81\"]\n[tls]\n"), ("[::1]:81".to_owned(), 0));
    assert_eq!(doors("listen = [\"unix:/run/a\", \"[::1]:81\"]\n"), ("[::1]:81".to_owned(), 1));
    std::fs::write(folder.path().join("taure.toml"), "socket_mode = \"rw\"\n").unwrap();
    assert!(Config::load(folder.path(), &[]).is_err());
}

// --- http beside https

#[test]
fn http_leads_to_https_and_nowhere_else() {
    let house = House::secure();
    let port = house.https.port();
    let told = |request: &str| ask(connect(house.http), request);
    for (host, to) in [
        ("localhost", format!("https://localhost:{port}")),
        ("LocalHost.:80", format!("https://localhost:{port}")),
        ("social.example", format!("https://social.example:{port}")),
    ] {
        let res = told(&format!("GET /@alice?page=2 HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!((res.status, res.header("location")), (301, Some(format!("{to}/@alice?page=2").as_str())));
        assert!(!res.head.contains("strict-transport"), "{}", res.head);
    }
    let post = told("POST /inbox HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    assert_eq!((post.status, post.header("location").is_some()), (308, true));
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 421),
        ("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\nHost: localhost@evil.example\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: \r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n\r\n", 421),
    ] {
        let res = told(request);
        assert_eq!((res.status, res.header("location")), (status, None), "{request}");
    }
    let tricky = told("GET //evil.example/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(tricky.header("location"), Some(format!("https://localhost:{port}//evil.example/x").as_str()));
    assert_eq!(told("GET /health HTTP/1.1\r\n\r\n").status, 200);
    assert_eq!(told("GET /ready HTTP/1.1\r\n\r\n").status, 200);
}

#[test]
fn http_answers_the_challenge_of_an_authority() {
    let house = House::secure();
    let certificates = house.running().house().certificates();
    certificates.expect("a-token", Some("a-token.thumb".to_owned()));
    let path = "/.well-known/acme-challenge/a-token";
    let told = |path: &str| ask(connect(house.http), &format!("GET {path} HTTP/1.1\r\nHost: other\r\n\r\n"));
    assert_eq!((told(path).status, told(path).body.as_str()), (200, "a-token.thumb"));
    assert_eq!(told("/.well-known/acme-challenge/another").status, 404);
    certificates.expect("a-token", None);
    assert_eq!(told(path).status, 404);
}

// --- behind a proxy

/// Five wrong passwords are free for an address.
const FREE: usize = 5;

#[test]
fn a_neighbour_names_the_client_and_a_stranger_does_not() {
    let house = House::plain(|_| ());
    for i in 0..=FREE {
        let told = house.tries(b"", &format!("X-Forwarded-For: 198.51.100.{i}, 203.0.113.{i}, 10.0.0.7\r\n"));
        assert_eq!(told.status, 401, "each of these is somebody else");
    }
    for i in 0..FREE {
        let made_up = format!("Forwarded: for=198.51.100.{i}, for=\"[2001:db8::5]:99\"\r\n");
        assert_eq!(house.tries(b"", &made_up).status, 401);
    }
    assert_eq!(house.tries(b"", "Forwarded: for=\"[2001:db8::5]\"\r\n").status, 429, "the same client");

    let house = House::plain(|config| config.edge.trusted_proxies = vec!["203.0.113.0/24".to_owned()]);
    for i in 0..FREE {
        assert_eq!(house.tries(b"", &format!("X-Forwarded-For: 198.51.100.{i}\r\n")).status, 401);
    }
    assert_eq!(house.tries(b"", "X-Forwarded-For: 198.51.100.99\r\n").status, 429, "we are the stranger");
    assert_eq!(house.tries(b"", "Forwarded: for=198.51.100.98\r\n").status, 429);
}

fn second_version(from: [u8; 4]) -> Vec<u8> {
    let mut header = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
    header.extend_from_slice(&from);
    header.extend_from_slice(&[10, 0, 0, 1, 0x9c, 0x40, 0, 80]);
    header
}

#[test]
fn the_proxy_protocol_names_the_client() {
    let house = House::plain(|config| config.edge.proxy_protocol = true);
    let first = |i: usize| format!("PROXY TCP4 203.0.113.{i} 10.0.0.1 40000 80\r\n").into_bytes();
    for i in 0..=FREE {
        assert_eq!(house.tries(&first(i), "").status, 401);
    }
    for i in 0..FREE {
        let made_up = format!("X-Forwarded-For: 198.51.100.{i}\r\n");
        assert_eq!(house.tries(&second_version([203, 0, 113, 200]), &made_up).status, 401);
    }
    let told = house.tries(&second_version([203, 0, 113, 200]), "X-Forwarded-For: 198.51.100.77\r\n");
    assert_eq!(told.status, 429, "the client is who was named, and a stranger");

    // A client has so many seats, and others have theirs.
    let seated = |i: usize| {
        let mut stream = connect(house.plain);
        stream.write_all(&first(i)).unwrap();
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = [0; 12];
        let served = stream.read_exact(&mut answer).is_ok();
        (stream, served)
    };
    let greedy: Vec<_> = (0..128).map(|_| seated(201)).collect();
    assert!(greedy.iter().all(|(_, served)| *served));
    assert!(!seated(201).1);
    assert!(seated(202).1);

    let health = |introduced: &str| {
        let done = Command::new(BINARY)
            .args(["health", "--listen", &house.plain.to_string()])
            .args(["--data", house.folder.path().to_str().unwrap()])
            .env("TAURE_PROXY_PROTOCOL", introduced)
            .output()
            .unwrap();
        done.status.success()
    };
    assert!(health("true") && !health("false"));
}

#[test]
fn a_connection_that_is_not_introduced_as_it_should_is_closed() {
    let house = House::plain(|config| config.edge.proxy_protocol = true);
    let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(200));
    let announced = [&b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff"[..], &[0; 64]].concat();
    let hostile: [&[u8]; 6] = [
        b"",
        b"PROXY TCP4 203.0.113.1 10.0.0.1 1\r\n",
        b"PROXY TCP4 localhost localhost 1 2\r\n",
        b"\r\n\r\n\0\r\nQUIT\n\x31\x11\0\x0c\0\0\0\0\0\0\0\0\0\0\0\0",
        long.as_bytes(),
        &announced,
    ];
    for header in hostile {
        let mut stream = connect(house.plain);
        stream.write_all(header).unwrap();
        assert_eq!(ask(stream, "GET /health HTTP/1.1\r\n\r\n").status, 0, "{header:?}");
    }
    let strangers = House::plain(|config| {
        config.edge.proxy_protocol = true;
        config.edge.trusted_proxies = vec!["203.0.113.0/24".to_owned()];
    });
    let mut stream = connect(strangers.plain);
    stream.write_all(b"PROXY UNKNOWN\r\n").unwrap();
    assert_eq!(ask(stream, "GET /health HTTP/1.1\r\n\r\n").status, 0, "from nobody we trust");
}

#[test]
fn https_is_spoken_behind_the_proxy_protocol() {
    let house = House::new(true, |config| {
        config.edge.proxy_protocol = true;
        config.edge.trusted_proxies = vec!["127.0.0.1".to_owned()];
    });
    house.certify();
    let mut stream = connect(house.https);
    stream.write_all(&second_version([203, 0, 113, 5])).unwrap();
    let told = ask(over_tls(stream, &["http/1.1"]), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!(told.status, 200);
    assert!(over_tls(connect(house.https), &["http/1.1"]).write_all(b"x").is_err());
}

#[test]
fn a_proxy_in_front_of_our_https_has_to_be_named() {
    let folder = Folder::new();
    let load = |more: &str| {
        std::fs::write(folder.path().join("taure.toml"), format!("proxy_protocol = true\n{more}")).unwrap();
        Config::load(folder.path(), &[])
    };
    let e = load("[tls]").err().unwrap();
    assert!(e.to_string().contains("trusted_proxies"), "{e}");
    assert!(load("trusted_proxies = [\"192.0.2.1\"]\n[tls]").is_ok() && load("").is_ok());
}

#[test]
fn ranges_that_are_none_are_refused_at_the_start() {
    let folder = Folder::new();
    let mut config = Config::load(folder.path(), &[local(free_port()).to_string()]).unwrap();
    config.edge.trusted_proxies = vec!["proxy.local".to_owned()];
    let e = Running::start(config).err().unwrap();
    assert!(e.to_string().contains("proxy.local"), "{e}");
}

// --- a file instead of an address

#[test]
fn a_unix_socket_is_a_door_for_those_who_may_open_it() {
    let sockets = Folder::new();
    let path = sockets.path().join("taure.sock");
    // What a crash left.
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    let house = House::plain(|config| config.edge.sockets = vec![path.clone()]);
    let made = std::fs::symlink_metadata(&path).unwrap();
    assert!(made.file_type().is_socket());
    assert_eq!(made.permissions().mode() & 0o777, 0o660);
    assert_eq!(std::fs::read_dir(sockets.path()).unwrap().count(), 1, "nothing is left beside it");
    let told = ask(UnixStream::connect(&path).unwrap(), "GET /health HTTP/1.1\r\n\r\n");
    assert_eq!((told.status, told.body.as_str()), (200, "OK"));
    let named =
        ask(UnixStream::connect(&path).unwrap(), "GET /health HTTP/1.1\r\nX-Request-Id: abc-1\r\n\r\n");
    assert_eq!(named.header("x-request-id"), Some("abc-1"), "whoever opens it is trusted");
    let well = Command::new(BINARY)
        .args(["health", "--listen", &format!("unix:{}", path.display())])
        .args(["--data", house.folder.path().to_str().unwrap()])
        .output()
        .unwrap();
    assert!(well.status.success(), "{}", String::from_utf8_lossy(&well.stderr));

    let taken = |path: &Path| {
        let folder = Folder::new();
        let place = format!("unix:{}", path.display());
        let config = Config::load(folder.path(), &[place]).unwrap();
        assert!(config.listen.is_empty(), "nobody asked for an address");
        Running::start(config).err().unwrap().to_string()
    };
    assert!(taken(&path).contains("another program does"));
    let file = sockets.path().join("file");
    std::fs::write(&file, "mine").unwrap();
    assert!(taken(&file).contains("there is another file"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");

    drop(house);
    assert!(!path.exists());
    assert!(Config::load(sockets.path(), &["unix:taure.sock".to_owned()]).is_err());
}

// --- systemd

/// The binary, started as systemd does it: `sockets` are its third file and those that follow.
fn started(folder: &Path, socket: std::net::TcpListener, notify: &Path) -> Child {
    let script = "export LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=plain; exec \"$0\" serve 3<&0 0</dev/null";
    Command::new("sh")
        .args(["-c", script, BINARY])
        .env("TAURE_DATA", folder)
        .env("NOTIFY_SOCKET", notify)
        .env("WATCHDOG_USEC", "200000")
        .stdin(Stdio::from(std::os::fd::OwnedFd::from(socket)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn systemd_opens_the_door_and_hears_how_we_are() {
    let folder = Folder::new();
    let notify = folder.path().join("notify");
    let ear = UnixDatagram::bind(&notify).unwrap();
    ear.set_read_timeout(Some(PATIENCE)).unwrap();
    let hears = |wanted: &str| {
        let until = Instant::now() + PATIENCE;
        let mut said = [0; 64];
        while Instant::now() < until {
            let n = ear.recv(&mut said).unwrap();
            if &said[..n] == wanted.as_bytes() {
                return;
            }
        }
        panic!("{wanted} was not heard");
    };
    let socket = std::net::TcpListener::bind(local(0)).unwrap();
    let address = socket.local_addr().unwrap();
    let early = connect(address); // before anybody serves
    let mut child = started(&folder.path().join("data"), socket, &notify);
    hears("READY=1");
    assert_eq!(ask(early, "GET /health HTTP/1.1\r\n\r\n").status, 200);
    hears("WATCHDOG=1");
    hears("WATCHDOG=1");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    hears("STOPPING=1");
    assert!(child.wait().unwrap().success());
    assert!(TcpStream::connect(address).is_err(), "no other address was opened, and this one is closed");
}

// --- names, and health

#[test]
fn each_request_has_a_name() {
    let house = House::plain(|_| ());
    let named = |given: &str| {
        let told = house.asks(&format!("GET /nothing HTTP/1.1\r\n{given}\r\n"));
        assert_eq!(told.status, 404);
        told.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(named("X-Request-Id: f058-a.b_c\r\n"), "f058-a.b_c");
    let made = [named(""), named("X-Request-Id: <script>\r\n"), named("X-Request-Id: \r\n")];
    assert!(made.iter().all(|id| id.len() == 16), "{made:?}");
    assert_ne!(made[0], made[1]);
    let kept = [house.asks("GET /about HTTP/1.1\r\n\r\n"), house.asks("GET /about HTTP/1.1\r\n\r\n")];
    assert_ne!(kept[0].header("x-request-id").unwrap(), kept[1].header("x-request-id").unwrap());
}

#[test]
fn a_server_is_ready_while_it_can_work() {
    let house = House::plain(|_| ());
    let ready = house.asks("GET /ready HTTP/1.1\r\n\r\n");
    assert_eq!((ready.status, ready.body.as_str()), (200, "OK"));
    house.running().house().close();
    let unready = house.asks("GET /ready HTTP/1.1\r\n\r\n");
    assert_eq!(unready.status, 503, "nobody works through what is queued");
    assert_eq!(house.asks("GET /health HTTP/1.1\r\n\r\n").status, 200, "it is still there");
}

#[cfg(feature = "http2")]
#[path = "edge_http2.rs"]
mod http2;
