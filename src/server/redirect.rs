//! The http side of our own https: leads there, and answers HTTP-01.
//! <https://www.rfc-editor.org/rfc/rfc8555#section-8.3>, <https://www.rfc-editor.org/rfc/rfc9110#section-15.4.9>

use super::house::House;
use crate::http::Res;
use hyper::header::HOST;
use hyper::{Method, Request};
use std::sync::Arc;

const CHALLENGE: &str = "/.well-known/acme-challenge/";

/// `None`: what is answered on http as well, to whoever watches over us.
pub fn answer<B>(house: &Arc<House>, request: &Request<B>) -> Option<Res> {
    let path = request.uri().path();
    if matches!(path, "/health" | "/ready") {
        return None;
    }
    if let Some(token) = path.strip_prefix(CHALLENGE) {
        return Some(match house.certificates().authorization(token) {
            Some(text) => Res::new(200, "application/octet-stream", text),
            None => Res::text(404, "Nobody asked for this token"),
        });
    }
    let asked = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let Some(host) = bare(asked) else { return Some(Res::text(400, "The Host header is missing or wrong")) };
    Some(match https(house, &host) {
        Some(to) => {
            let is_read = [Method::GET, Method::HEAD].contains(request.method());
            Res::text(if is_read { 301 } else { 308 }, "This server speaks https")
                .with("location", format!("https://{to}{target}"))
                .with("connection", "close")
        }
        None => Res::text(421, "There is nobody of this name here"),
    })
}

/// The host of a `Host` header, without its port.
fn bare(host: &str) -> Option<String> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.ends_with(':') && !port.contains(']') => (name, port),
        _ => (host, ""),
    };
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._[]:".contains(&b);
    let right = !name.is_empty() && name.bytes().all(fits) && port.bytes().all(|b| b.is_ascii_digit());
    right.then(|| name.trim_end_matches('.').to_ascii_lowercase())
}

/// Where `host` is on https, if it is a name of ours: never where a stranger wants it.
fn https(house: &House, host: &str) -> Option<String> {
    let tls = house.config().tls.as_ref()?;
    let app = house.app();
    let ours = app.as_ref().map(|app| (app.instance.host.as_str(), app.instance.domain.as_str()));
    let names = ours.into_iter().flat_map(|(host, domain)| [host, domain]);
    let mut names = names.chain(tls.names.iter().map(String::as_str)).filter_map(bare);
    let name = names.find(|name| *name == host)?;
    // The port is that of the address which everybody knows, else that on which we are.
    let port = match ours {
        Some((origin, _)) => {
            let port = origin.rsplit_once(':').map(|(_, port)| port.to_owned());
            port.filter(|port| port.bytes().all(|b| b.is_ascii_digit()))
        }
        None => tls.listen.first().map(|at| at.port()).filter(|port| *port != 443).map(|p| p.to_string()),
    };
    Some(port.map_or(name.clone(), |port| format!("{name}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_and_perhaps_a_port() {
        assert_eq!(bare("Social.Example.:80").unwrap(), "social.example");
        assert_eq!(bare("[::1]:80").unwrap(), "[::1]");
        assert_eq!(bare("[::1]").unwrap(), "[::1]");
        for wrong in ["", ":80", "a b", "x/y", "x@evil", "x:80:80x", "x:8o", "x\\y", "é"] {
            assert_eq!(bare(wrong), None, "{wrong}");
        }
    }
}
