//! systemd, where it started us: sockets that it opened, and how we are.
//! <https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html>,
//! <https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html>

use super::House;
use super::listen::{Handed, Role};
use crate::error::{Error, Result};
use rustix::io::{FdFlags, fcntl_setfd};
use std::os::fd::OwnedFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixListener};
use std::sync::Arc;
use std::time::Duration;

/// What systemd opened for us, by `FileDescriptorName=`: `https`, `http` (which leads there), anything else is plain.
///
/// Errors: one that is not for streams.
pub fn sockets() -> Result<Vec<(Role, Handed)>> {
    let passed = sd_listen_fds::get().map_err(|e| Error::invalid(format!("systemd's sockets: {e}")))?;
    let mut all = Vec::new();
    for (name, socket) in passed {
        let role = match name.as_deref() {
            Some("https") => Role::Https,
            Some("http") => Role::Redirect,
            _ => Role::Plain,
        };
        let socket = socket.into_std();
        fcntl_setfd(&socket, FdFlags::CLOEXEC).map_err(std::io::Error::from)?;
        // Which of them it is shows when it is asked for its address.
        let tcp = std::net::TcpListener::from(socket);
        if tcp.local_addr().is_ok() {
            all.push((role, Handed::Tcp(tcp)));
            continue;
        }
        let unix = UnixListener::from(OwnedFd::from(tcp));
        if role == Role::Https || unix.local_addr().is_err() {
            let name = name.unwrap_or_default();
            return Err(Error::invalid(format!("systemd's socket {name} is none that we can listen on")));
        }
        all.push((role, Handed::Unix(unix)));
    }
    Ok(all)
}

/// Tells whoever started us, if they asked for it: `READY=1`, `STOPPING=1`.
pub fn tell(state: &str) {
    let Some(path) = std::env::var_os("NOTIFY_SOCKET") else { return };
    let told = match path.as_encoded_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name),
        _ => SocketAddr::from_pathname(&path),
    };
    let told = told.and_then(|to| UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &to));
    if let Err(e) = told {
        tracing::warn!(error = %e, "systemd could not be told: {state}");
    }
}

/// Says that we are alive for as long as we are, where that is asked for. Runs among the connections: when nothing of
/// that gets on, nothing is said.
pub async fn watchdog(house: Arc<House>) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let ours = number("WATCHDOG_PID").is_none_or(|pid| pid == u64::from(std::process::id()));
    let Some(every) = number("WATCHDOG_USEC").filter(|every| ours && *every > 0) else { return };
    loop {
        let asked = Arc::clone(&house);
        if tokio::task::spawn_blocking(move || asked.is_alive()).await.unwrap_or(false) {
            tell("WATCHDOG=1");
        }
        tokio::time::sleep(Duration::from_micros(every / 2)).await;
    }
}
