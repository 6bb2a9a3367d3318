//! A push service on loopback: keeps what is posted to it, and an app's keys to open it with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::elliptic_curve::Generate as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Pushed {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Pushed {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

pub struct PushService {
    pub base: String,
    shared: Arc<Shared>,
}

struct Shared {
    seen: Mutex<Vec<Pushed>>,
    /// Status, and a header line or nothing.
    answer: Mutex<(u16, String)>,
    stop: AtomicBool,
}

impl PushService {
    pub fn new() -> PushService {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let shared = Arc::new(Shared {
            seen: Mutex::default(),
            answer: Mutex::new((201, String::new())),
            stop: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if serving.stop.load(Ordering::Relaxed) {
                    return;
                }
                let serving = Arc::clone(&serving);
                std::thread::spawn(move || while serve(&serving, &stream).is_some() {});
            }
        });
        PushService { base, shared }
    }

    /// From now on it answers this.
    pub fn answers(&self, status: u16, header: &str) {
        *self.shared.answer.lock().unwrap() = (status, header.to_owned());
    }

    pub fn seen(&self) -> Vec<Pushed> {
        self.shared.seen.lock().unwrap().clone()
    }
}

impl Drop for PushService {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.base.replace("http://localhost", "127.0.0.1"));
    }
}

fn serve(shared: &Shared, mut stream: &TcpStream) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|n| *n > 0)?;
    let path = line.split_whitespace().nth(1)?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(n, _)| n == "content-length").and_then(|(_, v)| v.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    shared.seen.lock().unwrap().push(Pushed { path, headers, body });
    let (status, header) = shared.answer.lock().unwrap().clone();
    write!(stream, "HTTP/1.1 {status} X\r\nContent-Length: 0\r\n{header}\r\n").ok()
}

/// An app's half of a subscription.
pub struct Keys {
    secret: SecretKey,
    auth: [u8; 16],
}

impl Keys {
    pub fn new() -> Keys {
        let mut auth = [0; 16];
        getrandom::fill(&mut auth).unwrap();
        Keys { secret: SecretKey::try_generate().unwrap(), auth }
    }

    pub fn p256dh(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.secret.public_key().to_sec1_point(false))
    }

    pub fn auth(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.auth)
    }

    /// `subscription` as an app sends it.
    pub fn subscription(&self, endpoint: &str) -> Value {
        json!({"endpoint": endpoint, "standard": true, "keys": {"p256dh": self.p256dh(), "auth": self.auth()}})
    }

    /// Opens an `aes128gcm` body as the RFC tells the receiver to; the sender's code is not asked.
    pub fn opens(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (record, rest) = rest.split_at(4);
        assert_eq!((record, rest[0]), (&[0, 0, 16, 0][..], 65));
        let (theirs, sealed) = rest[1..].split_at(65);
        let shared = self.secret.diffie_hellman(&PublicKey::from_sec1_bytes(theirs).unwrap());
        let own = self.secret.public_key().to_sec1_point(false);
        let mac = |key: &[u8], parts: &[&[u8]]| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &parts.concat()).as_ref().to_vec()
        };
        let extracted = mac(&self.auth, &[shared.raw_secret_bytes()]);
        let secret = mac(&extracted, &[b"WebPush: info\0", own.as_bytes(), theirs, &[1]]);
        let extracted = mac(salt, &[&secret]);
        let key = mac(&extracted, &[b"Content-Encoding: aes128gcm\0\x01"]);
        let nonce = mac(&extracted, &[b"Content-Encoding: nonce\0\x01"]);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let mut sealed = sealed.to_vec();
        let plain = key.open_in_place(nonce, Aad::empty(), &mut sealed).unwrap();
        let (end, text) = plain.split_last().unwrap();
        assert_eq!(*end, 2, "the end of the last record");
        serde_json::from_slice(text).unwrap()
    }
}
