//! Where connections come in: addresses, Unix sockets, and what the system has opened for us.

use super::Wire;
use crate::config::Config;
use crate::error::{Error, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use tokio::net::{TcpListener, UnixListener};

/// What is spoken at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// HTTP.
    Plain,
    /// TLS, and HTTP in it.
    Https,
    /// HTTP that leads to https.
    Redirect,
}

/// One that the system opened, already bound.
pub enum Handed {
    Tcp(std::net::TcpListener),
    Unix(std::os::unix::net::UnixListener),
}

pub struct Listener {
    pub role: Role,
    socket: Socket,
}

enum Socket {
    Tcp(TcpListener),
    Unix(UnixListener, Option<Made>),
}

impl Listener {
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.socket {
            Socket::Tcp(listener) => listener.local_addr().ok(),
            Socket::Unix(..) => None,
        }
    }

    /// For a person: `127.0.0.1:8080`, `https [::]:443`, `unix:/run/taure.sock`.
    pub fn name(&self) -> String {
        let at = match &self.socket {
            Socket::Tcp(_) => self.address().map_or_else(String::new, |at| at.to_string()),
            Socket::Unix(_, Some(made)) => format!("unix:{}", made.path.display()),
            Socket::Unix(..) => "unix".to_owned(),
        };
        match self.role {
            Role::Plain => at,
            Role::Https => format!("https {at}"),
            Role::Redirect => format!("http {at}"),
        }
    }

    /// The next connection, and its other end; `None` for one that has no address: it came through a file that only
    /// those may open who were given leave.
    pub async fn accept(&self) -> std::io::Result<(Wire, Option<IpAddr>)> {
        match &self.socket {
            Socket::Tcp(listener) => {
                let (stream, client) = listener.accept().await?;
                let _ = stream.set_nodelay(true); // only a delay is lost
                Ok((Wire::Tcp(stream), Some(client.ip().to_canonical())))
            }
            Socket::Unix(listener, _) => Ok((Wire::Unix(listener.accept().await?.0), None)),
        }
    }
}

/// Opens what the configuration names; nothing of it when the system has opened anything for us. Port 0 takes a free
/// one.
///
/// Errors: an address is taken or is not ours, with the fix.
pub async fn bind(config: &Config, handed: Vec<(Role, Handed)>) -> Result<Vec<Listener>> {
    let mut all = Vec::new();
    if !handed.is_empty() {
        for (role, handed) in handed {
            all.push(Listener { role, socket: taken_over(handed)? });
        }
        return Ok(all);
    }
    for address in &config.listen {
        all.push(tcp(*address, Role::Plain).await?);
    }
    for path in &config.edge.sockets {
        let (listener, made) = unix(path, config.edge.socket_mode)?;
        all.push(Listener { role: Role::Plain, socket: Socket::Unix(listener, Some(made)) });
    }
    if let Some(tls) = &config.tls {
        for (role, addresses, port) in
            [(Role::Https, &tls.listen, 443), (Role::Redirect, &tls.listen_http, 80)]
        {
            for address in addresses {
                all.push(tcp(*address, role).await?);
            }
            if addresses.is_empty() {
                all.push(everywhere(port, role).await?);
            }
        }
    }
    Ok(all)
}

/// Both families at once; IPv4 alone where there is no other.
async fn everywhere(port: u16, role: Role) -> Result<Listener> {
    match tcp((Ipv6Addr::UNSPECIFIED, port).into(), role).await {
        Ok(listener) => Ok(listener),
        Err(first) => tcp((Ipv4Addr::UNSPECIFIED, port).into(), role).await.map_err(|_| first),
    }
}

async fn tcp(address: SocketAddr, role: Role) -> Result<Listener> {
    let listener = TcpListener::bind(address).await.map_err(|e| {
        let fix = match (e.kind(), role) {
            (std::io::ErrorKind::PermissionDenied, _) => {
                "ports below 1024 need AmbientCapabilities=CAP_NET_BIND_SERVICE in the systemd unit, or its socket"
            }
            (_, Role::Plain) => "choose another address with --listen",
            (_, Role::Https) => "choose another address with tls.listen in taure.toml",
            (_, Role::Redirect) => "choose another address with tls.listen_http in taure.toml",
        };
        Error::invalid(format!("cannot listen on {address}: {e}; {fix}"))
    })?;
    Ok(Listener { role, socket: Socket::Tcp(listener) })
}

fn taken_over(handed: Handed) -> Result<Socket> {
    Ok(match handed {
        Handed::Tcp(listener) => {
            listener.set_nonblocking(true)?;
            Socket::Tcp(TcpListener::from_std(listener)?)
        }
        Handed::Unix(listener) => {
            listener.set_nonblocking(true)?;
            Socket::Unix(UnixListener::from_std(listener)?, None)
        }
    })
}

/// A socket's file of ours, which goes with the listener.
struct Made {
    path: PathBuf,
    inode: u64,
}

impl Drop for Made {
    fn drop(&mut self) {
        // Unless somebody has put another one there.
        if std::fs::symlink_metadata(&self.path).is_ok_and(|found| found.ino() == self.inode) {
            let _ = std::fs::remove_file(&self.path); // the next start replaces it
        }
    }
}

/// Made beside its place, and moved there once nobody can open it who may not: that also replaces what a crash left.
fn unix(path: &Path, mode: u32) -> Result<(UnixListener, Made)> {
    let shown = path.display();
    let wrong = |e: std::io::Error| Error::invalid(format!("cannot listen on unix:{shown}: {e}"));
    if let Ok(found) = std::fs::symlink_metadata(path) {
        if !found.file_type().is_socket() {
            return Err(Error::invalid(format!("cannot listen on unix:{shown}: there is another file")));
        }
        if std::os::unix::net::UnixStream::connect(path).is_ok() {
            return Err(Error::invalid(format!("cannot listen on unix:{shown}: another program does")));
        }
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    if std::fs::symlink_metadata(&beside).is_ok_and(|found| found.file_type().is_socket()) {
        std::fs::remove_file(&beside).map_err(wrong)?;
    }
    let listener = UnixListener::bind(&beside).map_err(wrong)?;
    let moved = std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(mode))
        .and_then(|()| std::fs::symlink_metadata(&beside))
        .and_then(|made| std::fs::rename(&beside, path).map(|()| made.ino()));
    match moved {
        Ok(inode) => Ok((listener, Made { path: path.to_owned(), inode })),
        Err(e) => {
            let _ = std::fs::remove_file(&beside); // the error says more
            Err(wrong(e))
        }
    }
}
