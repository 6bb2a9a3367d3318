//! An app that listens: over a WebSocket, or by server-sent events on a bare connection.

use crate::harness::Taure;
use hyper_tungstenite::tungstenite::client::IntoClientRequest;
use hyper_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use hyper_tungstenite::tungstenite::protocol::WebSocket;
use hyper_tungstenite::tungstenite::{Error, HandshakeError, Message, client};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use taure::model::Event;

/// What is late after that will not come.
const PATIENCE: Duration = Duration::from_secs(30);

fn connect(taure: &Taure) -> TcpStream {
    let address = taure.base.replace("http://localhost", "127.0.0.1");
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// A WebSocket of an app.
pub struct Socket {
    pub socket: WebSocket<TcpStream>,
    /// The subprotocol that the server chose.
    pub protocol: Option<String>,
}

impl Socket {
    /// Opens with the owner's token in the address.
    #[track_caller]
    pub fn open(taure: &Taure, query: &str) -> Socket {
        Socket::with(taure, &format!("access_token={}&{query}", taure.token), &[]).unwrap()
    }

    /// Opens with any query and headers; a refusal is its status and body.
    pub fn with(taure: &Taure, query: &str, headers: &[(&str, &str)]) -> Result<Socket, (u16, String)> {
        let url = format!("{}/api/v1/streaming?{query}", taure.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        }
        match client(request, connect(taure)) {
            Ok((socket, response)) => {
                let protocol = response.headers().get("sec-websocket-protocol");
                let protocol = protocol.map(|value| value.to_str().unwrap().to_owned());
                Ok(Socket { socket, protocol })
            }
            Err(HandshakeError::Failure(Error::Http(response))) => {
                let body = response.body().clone().unwrap_or_default();
                Err((response.status().as_u16(), String::from_utf8_lossy(&body).into_owned()))
            }
            Err(e) => panic!("{e}"),
        }
    }

    pub fn says(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).unwrap();
    }

    /// Subscribes, and waits until it is done: the answer to what is no stream comes after it.
    #[track_caller]
    pub fn subscribes(&mut self, what: &Value) {
        self.asks("subscribe", what);
    }

    #[track_caller]
    pub fn unsubscribes(&mut self, what: &Value) {
        self.asks("unsubscribe", what);
    }

    #[track_caller]
    fn asks(&mut self, kind: &str, what: &Value) {
        let mut message = what.clone();
        message["type"] = json!(kind);
        self.says(&message);
        self.says(&json!({"type": "subscribe", "stream": "no such stream"}));
        assert_eq!(self.next(), json!({"error": "Unknown stream type", "status": 400}));
    }

    /// The next frame; `None` when the server closed or is gone.
    pub fn try_next(&mut self) -> Option<Value> {
        let until = Instant::now() + PATIENCE;
        loop {
            // Pings keep a quiet stream awake, so the time-out of the connection alone says nothing.
            assert!(Instant::now() < until, "nothing came");
            match self.socket.read() {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(_)) => return None,
                Ok(_) => (),
                Err(Error::Io(e)) if e.kind() == std::io::ErrorKind::WouldBlock => panic!("nothing came"),
                Err(_) => return None,
            }
        }
    }

    #[track_caller]
    pub fn next(&mut self) -> Value {
        self.try_next().expect("the stream ended")
    }

    /// The next frame, which is of that event; the payload is read as JSON.
    #[track_caller]
    pub fn hears(&mut self, stream: &[&str], event: &str) -> Value {
        let frame = self.next();
        assert_eq!((&frame["stream"], &frame["event"]), (&json!(stream), &json!(event)), "{frame}");
        serde_json::from_str(frame["payload"].as_str().expect("the payload is no string")).unwrap()
    }
}

/// Server-sent events.
pub struct Events {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    wire: BufReader<TcpStream>,
    /// What came and was not read yet, without the chunks.
    left: String,
}

impl Events {
    /// Asks with the owner's token.
    pub fn open(taure: &Taure, path: &str) -> Events {
        Events::with(taure, path, &[("authorization", &format!("Bearer {}", taure.token))])
    }

    pub fn with(taure: &Taure, path: &str, headers: &[(&str, &str)]) -> Events {
        Events::at(taure, &format!("/api/v1/streaming/{path}"), headers)
    }

    pub fn at(taure: &Taure, path: &str, headers: &[(&str, &str)]) -> Events {
        let mut stream = connect(taure);
        let mut request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n", taure.domain);
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        let mut wire = BufReader::new(stream);
        let mut line = || {
            let mut line = String::new();
            wire.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        };
        let status = line().split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = line();
            let Some((name, value)) = line.split_once(": ") else { break };
            headers.push((name.to_owned(), value.to_owned()));
        }
        Events { status, headers, wire, left: String::new() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The next event and its data; `None` at the end.
    pub fn try_next(&mut self) -> Option<(String, String)> {
        let until = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < until, "nothing came but thumps");
            while let Some((block, rest)) = self.left.split_once("\n\n") {
                let lines: Vec<&str> = block.lines().filter(|line| !line.starts_with(':')).collect();
                let found = match lines[..] {
                    [event, data] => Some((
                        event.strip_prefix("event: ").unwrap().to_owned(),
                        data.strip_prefix("data: ").unwrap().to_owned(),
                    )),
                    [] => None,
                    _ => panic!("{block}"),
                };
                self.left = rest.to_owned();
                if found.is_some() {
                    return found;
                }
            }
            let mut size = String::new();
            self.wire.read_line(&mut size).ok()?;
            let size = usize::from_str_radix(size.trim_end(), 16).ok()?;
            let mut chunk = vec![0; size + 2];
            self.wire.read_exact(&mut chunk).ok()?;
            if size == 0 {
                return None;
            }
            self.left.push_str(std::str::from_utf8(&chunk[..size]).unwrap());
        }
    }

    #[track_caller]
    pub fn hears(&mut self, event: &str) -> Value {
        let (name, data) = self.try_next().expect("the stream ended");
        assert_eq!(name, event, "{data}");
        serde_json::from_str(&data).unwrap_or(Value::Null)
    }

    /// The body of a refusal.
    pub fn body(mut self) -> String {
        let length = self.header("content-length").unwrap().parse().unwrap();
        let mut body = vec![0; length];
        self.wire.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap()
    }
}

pub fn id(of: &Value) -> String {
    of["id"].as_str().unwrap().to_owned()
}

/// Emits an event as the operation that belongs to it would.
pub fn emits(taure: &Taure, event: Event) {
    let told = taure.app().store.write(|tx| {
        tx.after_commit(event);
        Ok(())
    });
    told.unwrap();
}

/// Tries until it is so.
#[track_caller]
pub fn soon(mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < until, "it never came to that");
        std::thread::sleep(Duration::from_millis(5));
    }
}
