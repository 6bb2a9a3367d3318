//! `taure health`: does the server beside us answer? For containers and watchdogs.

use super::Data;
use crate::error::{Error, Result};
use crate::ops::doctor::reachable;
use clap::Args;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
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
        let config = self.data.config(&self.listen)?;
        for address in config.listen {
            ask(reachable(address))?;
        }
        Ok(())
    }
}

pub(super) fn ask(address: SocketAddr) -> Result<()> {
    let unwell = |e: std::io::Error| Error::unavailable(format!("{address} does not answer")).because(e);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(unwell)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").map_err(unwell)?;
    let mut answer = [0_u8; 12];
    stream.read_exact(&mut answer).map_err(unwell)?;
    if answer != *b"HTTP/1.1 200" {
        return Err(Error::unavailable(format!(
            "{address} answers {}",
            String::from_utf8_lossy(&answer[9..])
        )));
    }
    Ok(())
}
