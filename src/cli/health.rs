//! `taure health`: does the server beside us answer? For containers and watchdogs.

use super::Data;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::ops::doctor::reachable;
use clap::Args;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::net::UnixStream;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);

/// Ask the running server whether it is well; exit code 0 if so
#[derive(Debug, Args)]
pub struct Health {
    #[command(flatten)]
    data: Data,
    /// Where it listens [default: as `serve` would]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Vec<String>,
}

impl Health {
    pub fn run(self) -> Result<()> {
        ask(&self.data.config(&self.listen)?)
    }
}

/// Every door on which http is spoken.
pub(super) fn ask(config: &Config) -> Result<()> {
    let mut addresses = config.listen.clone();
    if let Some(tls) = &config.tls {
        addresses.extend(&tls.listen_http);
        if tls.listen_http.is_empty() {
            addresses.push((Ipv4Addr::LOCALHOST, 80).into());
        }
    }
    for address in addresses.into_iter().map(reachable) {
        let name = address.to_string();
        let stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|e| silent(&name, e))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        ask_on(stream, &name, config)?;
    }
    for path in &config.edge.sockets {
        let name = format!("unix:{}", path.display());
        let stream = UnixStream::connect(path).map_err(|e| silent(&name, e))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        ask_on(stream, &name, config)?;
    }
    Ok(())
}

fn silent(name: &str, e: std::io::Error) -> Error {
    Error::unavailable(format!("{name} does not answer")).because(e)
}

fn ask_on(mut stream: impl Read + Write, name: &str, config: &Config) -> Result<()> {
    // A proxy that asks for itself.
    let introduced = if config.edge.proxy_protocol { "PROXY UNKNOWN\r\n" } else { "" };
    let asked =
        write!(stream, "{introduced}GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut answer = [0_u8; 12];
    asked.and_then(|()| stream.read_exact(&mut answer)).map_err(|e| silent(name, e))?;
    if answer != *b"HTTP/1.1 200" {
        let status = String::from_utf8_lossy(&answer[9..]).into_owned();
        return Err(Error::unavailable(format!("{name} answers {status}")));
    }
    Ok(())
}
