//! The way to us: from the name to an address, to a port that is open, to whoever answers there.

use super::wire::{self, Wire};
use super::{Finding, Here, Patient, fault, fine, note, probe, warning};
use crate::app::App;
use crate::remote::is_public;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use url::Url;

/// Dialling, and each read.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// Addresses of one name that are looked at.
const MOST: usize = 8;

/// Where a name leads, with the port.
pub fn addresses(origin: &str) -> Vec<SocketAddr> {
    let found = Url::parse(origin).ok().and_then(|url| url.socket_addrs(|| None).ok());
    let mut found = found.unwrap_or_default();
    found.sort_unstable();
    found.dedup();
    // Both names of this machine are one, and a server there listens on one as a rule.
    if found.iter().any(|at| at.ip() == Ipv4Addr::LOCALHOST) {
        found.retain(|at| at.ip() != Ipv6Addr::LOCALHOST);
    }
    found.truncate(MOST);
    found
}

/// Whom to ask for by TLS.
pub fn tls_name(app: &App) -> Option<String> {
    let url = Url::parse(&app.instance.origin).ok().filter(|url| url.scheme() == "https")?;
    Some(url.host_str()?.trim_matches(['[', ']']).to_owned())
}

pub fn shown(addresses: &[SocketAddr]) -> String {
    addresses.iter().map(|at| at.ip().to_string()).collect::<Vec<_>>().join(", ")
}

pub fn dns(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let host = &app.instance.host;
    let found = of.addresses();
    let args = json!({"host": host, "addresses": shown(found)});
    if found.is_empty() {
        return vec![fault("dns", "doctor-dns-none", "doctor-dns-none-fix", args)];
    }
    let mut findings = vec![fine("dns", "doctor-dns-fine", args.clone())];
    if found.iter().all(|at| !is_public(at.ip())) && app.instance.is_https() {
        findings.push(note("dns", "doctor-dns-private", "doctor-dns-private-fix", args));
    }
    let domain = &app.instance.domain;
    if domain != host && addresses(&format!("https://{domain}")).is_empty() {
        let args = json!({"host": domain});
        findings.push(fault("dns", "doctor-dns-none", "doctor-dns-none-fix", args));
    }
    findings
}

/// Whether each address lets one in.
pub fn port(of: &Patient) -> Vec<Finding> {
    let mut findings = Vec::new();
    for at in of.addresses() {
        let Err(e) = std::net::TcpStream::connect_timeout(at, PATIENCE) else { continue };
        let args =
            json!({"address": at.ip().to_string(), "port": at.port().to_string(), "why": e.to_string()});
        // Whoever is stopped need not be let in.
        if !matches!(of.here, Here::Runs(_)) {
            findings.push(note("port", "doctor-port-closed", "doctor-server-stopped-fix", args));
            continue;
        }
        findings.push(match e.kind() {
            ErrorKind::ConnectionRefused => fault("port", "doctor-port-closed", "doctor-port-fix", args),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                fault("port", "doctor-port-silent", "doctor-port-fix", args)
            }
            // No way to the whole family of addresses from here says nothing of others.
            _ if at.is_ipv6() && of.addresses().len() > 1 => warning("port", "doctor-port-six", "", args),
            _ => fault("port", "doctor-port-unreachable", "doctor-port-fix", args),
        });
    }
    if findings.is_empty() {
        let ports = of.addresses().first().map_or(0, SocketAddr::port);
        findings.push(fine("port", "doctor-port-fine", json!({"port": ports.to_string()})));
    }
    findings
}

/// Whether it is us who answer, at each address.
pub fn ours(of: &Patient) -> Vec<Finding> {
    let (Some(app), Here::Runs(_)) = (of.app, of.here) else { return Vec::new() };
    let mut findings = Vec::new();
    for at in of.addresses() {
        findings.extend(asked(app, *at, of));
    }
    if findings.is_empty() {
        findings.push(fine("proxy", "doctor-ours", json!({"host": app.instance.host})));
    }
    findings
}

fn asked(app: &App, at: SocketAddr, of: &Patient) -> Option<Finding> {
    let ticket = probe::new(app).ok()?;
    let mut wire = Wire::dial(at, tls_name(app).as_deref(), PATIENCE).ok()?; // was looked at before
    let head = wire::get(&mut wire, &app.instance.host, &format!("{}/{ticket}", probe::PATH));
    let listen = of.config.listen.first().map(ToString::to_string).unwrap_or_default();
    let args = |status: u16| json!({"host": app.instance.host, "address": at.ip().to_string(), "status": status.to_string(), "listen": listen});
    let Ok(head) = head else {
        return Some(fault("proxy", "doctor-proxy-silent", "doctor-proxy-fix", args(0)));
    };
    let answer = wire.json();
    match probe::run_of(app, &ticket, &answer) {
        Some(run) => probe::another(app, run, &app.instance.host).or_else(|| unnamed(app, of, &answer)),
        None if matches!(head.status, 502..=504) => {
            Some(fault("proxy", "doctor-proxy-away", "doctor-proxy-fix", args(head.status)))
        }
        None => Some(fault("dns", "doctor-dns-foreign", "doctor-dns-foreign-fix", args(head.status))),
    }
}

/// A proxy that does not say for whom it asks makes one visitor of all.
fn unnamed(app: &App, of: &Patient, answer: &Value) -> Option<Finding> {
    let near = answer["seen"]["client"].as_str().is_some_and(|ip| ip.parse().is_ok_and(|ip| !is_public(ip)));
    let told = answer["seen"]["headers"].get("x-forwarded-for").is_some();
    let asked_from_outside = of.addresses().iter().any(|at| is_public(at.ip()));
    let proxied = app.instance.is_https() && of.config.tls.is_none();
    (proxied && near && !told && asked_from_outside)
        .then(|| warning("proxy", "doctor-proxy-unnamed", "doctor-proxy-unnamed-fix", Value::Null))
}

/// http leads to https, for those who type the bare name.
pub fn redirect(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app.filter(|app| app.instance.is_https() && !app.instance.host.contains(':')) else {
        return Vec::new();
    };
    let Some(at) = of.addresses().first() else { return Vec::new() };
    let host = &app.instance.host;
    let args = json!({"host": host});
    let Ok(mut wire) = Wire::dial(SocketAddr::new(at.ip(), 80), None, PATIENCE) else {
        return vec![note("redirect", "doctor-redirect-closed", "doctor-redirect-fix", args)];
    };
    let leads = wire::get(&mut wire, host, "/").is_ok_and(|head| {
        matches!(head.status, 301 | 302 | 307 | 308)
            && head.get("location").is_some_and(|to| to.starts_with("https://"))
    });
    vec![match leads {
        true => fine("redirect", "doctor-redirect-fine", args),
        false => warning("redirect", "doctor-redirect-none", "doctor-redirect-fix", args),
    }]
}
