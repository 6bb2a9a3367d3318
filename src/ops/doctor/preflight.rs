//! Before there is a server: whether it could be reached at the address that it is to have.

use super::{Finding, client, fault, fine, folder, house, note, warning, way};
use super::{Here, Patient};
use crate::config::Config;
use crate::remote::is_public;
use serde_json::json;
use std::cell::OnceCell;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use url::Url;

/// Let's Encrypt's directory: who is to give us a certificate must agree with us on the time.
const DIRECTORY: &str = "acme-v02.api.letsencrypt.org";

/// DNS, ports, clock, disk, and the redirect of the domain where that is another machine's. `origin` is `https://host`; the
/// folder of `config` need not be there yet. Ports are for those who speak https themselves ([`Config::tls`]): they must be
/// free, and the name must lead to this machine.
pub fn preflight(config: &Config, origin: &str, domain: &str) -> Vec<Finding> {
    let mut there = config.clone();
    while !there.data.is_dir() && there.data.pop() {}
    if there.data.as_os_str().is_empty() {
        there.data.push(".");
    }
    let of = Patient {
        config: &there,
        app: None,
        here: Here::Stopped,
        deep: false,
        client: OnceCell::new(),
        addresses: OnceCell::new(),
    };
    let https = origin.starts_with("https://");
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut found = folder::disk(&of);
    let own = config.tls.is_some();
    found.push(name(origin, host, own));
    let apex_address = format!("{}://{domain}", if https { "https" } else { "http" });
    if domain != host {
        found.push(name(&apex_address, domain, false));
    }
    let ports: &[u16] = if own && !host.contains(':') { &[80, 443] } else { &[] };
    found.extend(ports.iter().map(|port| free(*port)));
    let Ok(client) = client(config, !https) else { return found };
    if https {
        let directory = config.tls.as_ref().and_then(|tls| Url::parse(&tls.directory).ok());
        let directory = directory.map_or_else(|| DIRECTORY.to_owned(), |url| url.authority().to_owned());
        found.push(house::judge(house::off_by(&client, &[directory], || config.clock.now())));
    }
    // Where the domain leads here, too, both are ours to answer.
    let answered = own && way::addresses(&apex_address).iter().any(|at| is_here(at.ip()));
    if domain != host && !answered {
        found.push(apex(&client, origin, host, domain));
    }
    found
}

/// Only an address of this machine can be listened on.
fn is_here(ip: IpAddr) -> bool {
    TcpListener::bind((ip, 0)).is_ok()
}

/// By which address this machine would speak to that one; nothing is sent.
fn our_side(to: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = if to.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(to).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Whether a name leads here. A router at home has the public address, and we another.
fn name(origin: &str, host: &str, must: bool) -> Finding {
    let found = way::addresses(origin);
    let ours = found.first().and_then(|at| our_side(*at));
    let behind_router = ours.is_none_or(|ip| !is_public(ip)) && found.iter().any(|at| is_public(at.ip()));
    let here = ours.map(|ip| ip.to_string()).unwrap_or_default();
    let args = json!({"host": host, "addresses": way::shown(&found), "here": here});
    match found.is_empty() {
        true => fault("dns", "doctor-dns-none", "doctor-dns-none-fix", args),
        false if found.iter().any(|at| is_here(at.ip())) => fine("dns", "doctor-dns-fine", args),
        false if must && !behind_router => fault("dns", "doctor-dns-elsewhere", "doctor-dns-here-fix", args),
        false => note("dns", "doctor-dns-elsewhere", "doctor-dns-elsewhere-fix", args),
    }
}

/// Whether a port can be listened on, or who does.
fn free(port: u16) -> Finding {
    let args = json!({"port": port.to_string(), "who": who(port).unwrap_or_else(|| "0".to_owned())});
    match TcpListener::bind(("::", port)).or_else(|_| TcpListener::bind(("0.0.0.0", port))) {
        Ok(_) => fine("port", "doctor-port-free", args),
        Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
            warning("port", "doctor-port-forbidden", "doctor-port-forbidden-fix", args)
        }
        Err(_) => fault("port", "doctor-port-taken", "doctor-port-taken-fix", args),
    }
}

/// Which program listens there, as far as we may see: <https://docs.kernel.org/networking/proc_net_tcp.html>
fn who(port: u16) -> Option<String> {
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"].iter().find_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        text.lines().skip(1).find_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            // 0A: it listens.
            let listens = fields.get(3) == Some(&"0A") && fields.get(1)?.ends_with(&format!(":{port:04X}"));
            listens.then(|| fields.get(9).map(|inode| format!("socket:[{inode}]")))?
        })
    })?;
    fs::read_dir("/proc").ok()?.flatten().find_map(|process| {
        let mut open = fs::read_dir(process.path().join("fd")).ok()?.flatten();
        let has = open.any(|fd| fs::read_link(fd.path()).is_ok_and(|to| to.as_os_str() == inode.as_str()));
        has.then(|| fs::read_to_string(process.path().join("comm")).ok())?.map(|name| name.trim().to_owned())
    })
}

/// Whether the domain already sends those on who ask it for a handle.
fn apex(client: &crate::remote::Client, origin: &str, host: &str, domain: &str) -> Finding {
    let args =
        |why: &str| json!({"domain": domain, "host": host, "origin": origin, "why": why, "handle": domain});
    let address = format!(
        "{}://{domain}/.well-known/webfinger?resource=acct:doctor@{domain}",
        client.scheme_for(domain)
    );
    let answer = Url::parse(&address).ok().map(|url| {
        client.send(&crate::remote::Request { follow: false, ..crate::remote::Request::get(&url) })
    });
    match answer {
        Some(Ok(answer)) if answer.headers.get("location").is_some_and(|to| to.starts_with(origin)) => {
            fine("apex", "doctor-apex-fine", args(""))
        }
        Some(Ok(answer)) => fault("apex", "doctor-apex", "doctor-apex-fix", args(&answer.status.to_string())),
        Some(Err(e)) => fault("apex", "doctor-apex", "doctor-apex-fix", args(&e.public)),
        None => fault("apex", "doctor-apex", "doctor-apex-fix", args("")),
    }
}
