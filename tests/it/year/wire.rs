//! A small web server on a free port: a thread a connection, and the connection stays open for the next request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

pub struct Reply {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status: 200, kind, body: body.into() }
    }

    pub fn empty(status: u16) -> Reply {
        Reply { status, kind: "text/plain", body: Vec::new() }
    }
}

/// Answers method and target; gives the origin, without a slash at its end. It listens until the process ends.
pub fn listen(answer: impl Fn(&str, &str, &str) -> Reply + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let (answer, own) = (Arc::new(answer), base.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (answer, own) = (Arc::clone(&answer), own.clone());
            std::thread::spawn(move || {
                let _ = talk(&stream, |method, target| answer(&own, method, target)); // or the other side left
            });
        }
    });
    base
}

fn talk(stream: &TcpStream, answer: impl Fn(&str, &str) -> Reply) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let (method, target) = {
            let mut words = line.split_whitespace().map(str::to_owned);
            (words.next().unwrap_or_default(), words.next().unwrap_or_default())
        };
        let mut length = 0;
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        std::io::copy(&mut (&mut reader).take(length), &mut std::io::sink())?;
        let reply = answer(&method, &target);
        let mut bytes = format!(
            "HTTP/1.1 {} Fine\r\ncontent-type: {}\r\ncontent-length: {}\r\n\r\n",
            reply.status,
            reply.kind,
            reply.body.len()
        )
        .into_bytes();
        if method != "HEAD" {
            bytes.extend(reply.body);
        }
        (&mut &*stream).write_all(&bytes)?;
    }
}
