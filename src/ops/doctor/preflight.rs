//! Before there is a server: whether it could be reached at the address that it is to have.

use super::{Finding, client, fault, fine, folder, house, note, warning, way};
use super::{Here, Patient};
use crate::config::Config;
use serde_json::json;
use std::cell::OnceCell;
use std::fs;
use std::net::{IpAddr, TcpListener};
use url::Url;

/// Let's Encrypt's directory: who is to give us a certificate must agree with us on the time.
const DIRECTORY: &str = "acme-v02.api.letsencrypt.org";

/// DNS, ports, clock, disk, and the redirect of the domain where that is not the host. `origin` is `https://host`.
pub fn preflight(config: &Config, origin: &str, domain: &str) -> Vec<Finding> {
    let of = Patient {
        config,
        app: None,
        here: Here::Stopped,
        deep: false,
        client: OnceCell::new(),
        addresses: OnceCell::new(),
    };
    let https = origin.starts_with("https://");
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let mut found = folder::disk(&of);
    found.push(name(origin, host));
    if domain != host {
        found.push(name(&format!("https://{domain}"), domain));
    }
    let ports: &[u16] = if https && !host.contains(':') { &[80, 443] } else { &[] };
    found.extend(ports.iter().map(|port| free(*port)));
    let Ok(client) = client(config, !https) else { return found };
    if https {
        let directory = config.tls.as_ref().and_then(|tls| Url::parse(&tls.directory).ok());
        let directory = directory.map_or_else(|| DIRECTORY.to_owned(), |url| url.authority().to_owned());
        found.push(house::judge(house::off_by(&client, &[directory], || config.clock.now())));
    }
    if domain != host {
        found.push(apex(&client, origin, host, domain));
    }
    found
}

/// Whether a name leads here.
fn name(origin: &str, host: &str) -> Finding {
    let found = way::addresses(origin);
    let args = json!({"host": host, "addresses": way::shown(&found)});
    // Only an address of this machine can be listened on.
    let here = |ip: IpAddr| TcpListener::bind((ip, 0)).is_ok();
    match found.is_empty() {
        true => fault("dns", "doctor-dns-none", "doctor-dns-none-fix", args),
        false if found.iter().any(|at| here(at.ip())) => fine("dns", "doctor-dns-fine", args),
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
        Err(_) => warning("port", "doctor-port-taken", "doctor-port-taken-fix", args),
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
