//! A peer for unit tests: one small HTTP server on a port of its own, one answer per connection.

use super::{Client, Net, Settings, Timeouts};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;

pub struct Fake {
    pub port: u16,
    /// Every request as it came: request line, headers, an empty line, the body.
    seen: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    /// `answer` gets the path with its query and the peer's own origin.
    pub fn start(answer: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let origin = format!("http://127.0.0.1:{port}");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let answer = Arc::new(answer);
        // Ends with the test process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (log, answer, origin) = (Arc::clone(&log), Arc::clone(&answer), origin.clone());
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let request = read(&stream);
                    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                    log.lock().unwrap().push(request);
                    // The client may have hung up on purpose.
                    let _ = stream.write_all(&answer(&path, &origin));
                });
            }
        });
        Fake { port, seen }
    }

    pub fn url(&self, path: &str) -> Url {
        format!("http://127.0.0.1:{}{path}", self.port).parse().unwrap()
    }

    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request).unwrap_or(0) == 0 {
            return request;
        }
    }
    let length = request
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    request + &String::from_utf8(body).unwrap()
}

/// `headers` is one or more lines without the last line break.
pub fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Said\r\n{headers}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

pub fn json(media_type: &str, body: &str) -> Vec<u8> {
    answer(200, &format!("Content-Type: {media_type}"), body)
}

/// A client that reaches loopback and has little patience.
pub fn client() -> Client {
    Client::new(Settings {
        user_agent: "Taure/test".into(),
        allow_private: vec![Net::parse("127.0.0.0/8").unwrap()],
        speaks_http: true,
        timeouts: Timeouts {
            connect: Duration::from_secs(2),
            read: Duration::from_millis(1500),
            total: Duration::from_secs(3),
        },
        ..Settings::default()
    })
    .unwrap()
}
