//! Where a request came from: which neighbours may say for whom they speak, and what is believed of what they say.
//!
//! <https://www.rfc-editor.org/rfc/rfc7239> (Forwarded), and the older `X-Forwarded-*`, which most proxies send.

use super::listen::Role;
use super::seats::is_near;
use crate::error::Result;
use crate::remote::Net;
use hyper::Request;
use hyper::header::{COOKIE, FORWARDED, HOST, HeaderMap, HeaderName, HeaderValue};
use std::net::IpAddr;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Proxies behind each other that are followed back.
const HOPS: usize = 16;
/// Bytes of a request's name that a proxy gave it.
const ID: usize = 64;

const X_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const X_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
pub const X_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Who may speak for others.
pub struct Trust(Option<Vec<Net>>);

impl Trust {
    /// `ranges` as in `Edge::trusted_proxies`.
    ///
    /// Errors: a range that is none.
    pub fn new(ranges: &[String]) -> Result<Trust> {
        if ranges.is_empty() {
            return Ok(Trust(None));
        }
        let ranges = ranges.iter().filter(|text| *text != "none").map(|text| Net::parse(text));
        Ok(Trust(Some(ranges.collect::<Result<_>>()?)))
    }

    /// Whether this end of a connection to a door may. A proxy in front of our own TLS has to be named: where ports are
    /// forwarded into a container, strangers come from a private address, too.
    pub fn lets(&self, role: Role, ip: IpAddr) -> bool {
        (role == Role::Plain || self.0.is_some()) && self.holds(ip)
    }

    pub fn holds(&self, ip: IpAddr) -> bool {
        match &self.0 {
            None => is_near(ip),
            Some(ranges) => ranges.iter().any(|net| net.contains(ip) || net.contains(ip.to_canonical())),
        }
    }
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    pub ip: IpAddr,
    pub trusted: bool,
    pub role: Role,
}

/// Who asks, and the name of the request. What a stranger says of others is taken out of the header, and what a proxy
/// says is in `X-Forwarded-Host` and `-Proto`, whichever way it said it.
pub fn look<B>(trust: &Trust, peer: &Peer, request: &mut Request<B>) -> (IpAddr, HeaderValue) {
    // HTTP/2 has it apart, and so has a request in the form for proxies, which outdoes the header.
    let host = request.uri().authority().map(|a| a.as_str().rsplit('@').next().unwrap_or_default());
    let host = host.and_then(|host| HeaderValue::from_str(host).ok());
    let headers = request.headers_mut();
    if let Some(host) = host {
        headers.insert(HOST, host);
    }
    join_cookies(headers);
    let client = if peer.trusted {
        named(trust, peer.ip, headers)
    } else {
        for name in [FORWARDED, X_FOR, X_HOST, X_PROTO] {
            headers.remove(name);
        }
        peer.ip
    };
    if peer.role == Role::Https && !headers.contains_key(X_PROTO) {
        headers.insert(X_PROTO, HeaderValue::from_static("https"));
    }
    let given = headers.get(X_ID).filter(|id| peer.trusted && is_plain(id.as_bytes())).cloned();
    let id = given.unwrap_or_else(fresh);
    headers.insert(X_ID, id.clone());
    (client, id)
}

/// HTTP/2 may send each cookie in a line of its own: <https://www.rfc-editor.org/rfc/rfc9113#section-8.2.3>
fn join_cookies(headers: &mut HeaderMap) {
    if headers.get_all(COOKIE).iter().nth(1).is_some() {
        let all: Vec<&[u8]> = headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes).collect();
        if let Ok(joined) = HeaderValue::from_bytes(&all.join(&b"; "[..])) {
            headers.insert(COOKIE, joined);
        }
    }
}

/// The last address that nobody we trust has: what stands before it may be invented. `Forwarded` counts only where
/// there is no `X-Forwarded-For`: a proxy that writes one of them often lets the other through as it came.
fn named(trust: &Trust, peer: IpAddr, headers: &mut HeaderMap) -> IpAddr {
    let lines = |name: &HeaderName| -> Vec<String> {
        let lines = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        lines.flat_map(|line| line.rsplit(',').map(|part| part.trim().to_owned()).rev()).collect()
    };
    let forwarded_for = lines(&X_FOR);
    if !forwarded_for.is_empty() {
        return last_stranger(trust, peer, forwarded_for.iter().rev().map(|text| address(text)));
    }
    let steps = lines(&FORWARDED);
    let client = last_stranger(
        trust,
        peer,
        steps.iter().rev().map(|step| pair(step, "for").and_then(|text| address(&text))),
    );
    // What the first of our proxies saw is what the client asked for; without a chain it is the only one.
    let step = steps.last().cloned().unwrap_or_default();
    for (name, word) in [(X_HOST, "host"), (X_PROTO, "proto")] {
        let value = pair(&step, word).and_then(|text| HeaderValue::from_str(&text).ok());
        if let (Some(value), false) = (value, headers.contains_key(&name)) {
            headers.insert(name, value);
        }
    }
    client
}

/// `hops`: the nearest first.
fn last_stranger(trust: &Trust, peer: IpAddr, hops: impl Iterator<Item = Option<IpAddr>>) -> IpAddr {
    let mut client = peer;
    for hop in hops.take(HOPS) {
        let Some(ip) = hop else { break }; // `unknown`, or a name of their own: whoever told us is all we know
        client = ip;
        if !trust.holds(ip) {
            break;
        }
    }
    client
}

/// One value of a step of `Forwarded`, out of its quotes.
fn pair(step: &str, wanted: &str) -> Option<String> {
    step.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.to_owned())
    })
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if text.matches(':').count() == 1 => text.split_once(':')?.0,
        None => text,
    };
    bare.parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

/// May stand in a log.
fn is_plain(id: &[u8]) -> bool {
    (1..=ID).contains(&id.len()) && id.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
}

/// Names that no two requests share, and that do not tell how many there were. No secrets.
fn fresh() -> HeaderValue {
    static NEXT: LazyLock<AtomicU64> = LazyLock::new(|| {
        let mut start = [0; 8];
        let _ = getrandom::fill(&mut start); // without it they begin anew with each start
        AtomicU64::new(u64::from_le_bytes(start))
    });
    // SplitMix64, <https://prng.di.unimi.it/splitmix64.c>: different numbers stay different.
    let mut z = NEXT.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    let digits = std::array::from_fn::<u8, 16, _>(|i| b"0123456789abcdef"[(z >> (60 - 4 * i)) as usize & 15]);
    HeaderValue::from_bytes(&digits).unwrap_or(HeaderValue::from_static("none")) // digits are always fine
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(trust: &[&str], peer: &str, headers: &[(&str, &str)]) -> (String, Request<()>) {
        let trust = Trust::new(&trust.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>()).unwrap();
        let mut request = Request::new(());
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().append(name, HeaderValue::from_str(value).unwrap());
        }
        let ip = peer.parse().unwrap();
        let peer = Peer { ip, trusted: trust.holds(ip), role: Role::Plain };
        let (client, _) = look(&trust, &peer, &mut request);
        (client.to_string(), request)
    }

    #[test]
    fn the_last_stranger_wins_and_what_stands_before_is_not_believed() {
        let client = |trust: &[&str], peer: &str, headers: &[(&str, &str)]| asked(trust, peer, headers).0;
        let xff = "X-Forwarded-For";
        for (told, seen) in [
            ("203.0.113.9", "203.0.113.9"),
            ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, 10.0.0.3", "203.0.113.9"),
            ("10.9.9.9, 203.0.113.9, 10.0.0.3, 192.168.1.1", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8::9]:4711", "2001:db8::9"),
            ("2001:db8::9", "2001:db8::9"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, unknown", "127.0.0.1"),
            ("203.0.113.9, unknown, 10.0.0.3", "10.0.0.3"),
            ("10.0.0.3", "10.0.0.3"),
            ("", "127.0.0.1"),
        ] {
            assert_eq!(client(&[], "127.0.0.1", &[(xff, told)]), seen, "{told}");
            assert_eq!(client(&[], "203.0.113.77", &[(xff, told)]), "203.0.113.77", "a stranger says {told}");
        }
        let two = [(xff, "198.51.100.1"), (xff, "203.0.113.9")];
        assert_eq!(client(&[], "127.0.0.1", &two), "203.0.113.9", "in two lines");
        let ranges = ["198.51.100.0/24"];
        assert_eq!(client(&ranges, "127.0.0.1", &two), "127.0.0.1", "the ranges replace what is near");
        assert_eq!(client(&ranges, "198.51.100.200", &two), "203.0.113.9");
        assert_eq!(client(&["none"], "127.0.0.1", &two), "127.0.0.1");
        assert!(Trust::new(&["10.0.0.0/40".to_owned()]).is_err());
    }

    #[test]
    fn forwarded_is_read_where_there_is_nothing_older() {
        let told = r#"for=198.51.100.1;host=evil.example, For="[2001:db8:cafe::17]:4711"; Proto=https;Host="social.example""#;
        let (client, request) = asked(&[], "10.0.0.1", &[("Forwarded", told)]);
        assert_eq!(client, "2001:db8:cafe::17");
        assert_eq!(request.headers()[X_HOST], "social.example");
        assert_eq!(request.headers()[X_PROTO], "https");
        let both = [("Forwarded", "for=198.51.100.1"), ("X-Forwarded-For", "203.0.113.9")];
        assert_eq!(asked(&[], "10.0.0.1", &both).0, "203.0.113.9");
        assert_eq!(asked(&[], "10.0.0.1", &[("Forwarded", "for=_hidden")]).0, "10.0.0.1");
        assert_eq!(asked(&[], "10.0.0.1", &[("Forwarded", "for=unknown, for=;;=,\"")]).0, "10.0.0.1");
    }

    #[test]
    fn a_stranger_does_not_speak_for_others_at_all() {
        let says = [
            ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https"),
            ("Forwarded", "host=evil"),
        ];
        let (_, request) = asked(&[], "203.0.113.77", &says);
        assert_eq!(request.headers().len(), 1, "{:?}", request.headers());
        assert!(request.headers().contains_key(X_ID));
    }

    #[test]
    fn a_request_has_a_name() {
        let name = |peer: &str, given: &str| {
            asked(&[], peer, &[("X-Request-Id", given)]).1.headers()[X_ID].to_str().unwrap().to_owned()
        };
        assert_eq!(name("127.0.0.1", "F-5.a_B"), "F-5.a_B");
        for (peer, given) in [("203.0.113.7", "abc"), ("127.0.0.1", "a b"), ("127.0.0.1", &"x".repeat(65))] {
            let made = name(peer, given);
            assert!(
                made.len() == 16 && made != given && made.bytes().all(|b| b.is_ascii_hexdigit()),
                "{made}"
            );
        }
        assert_ne!(fresh(), fresh());
    }

    #[test]
    fn cookies_in_several_lines_are_one() {
        let (_, request) = asked(&[], "127.0.0.1", &[("Cookie", "a=1"), ("Cookie", "b=2")]);
        assert_eq!(request.headers()[COOKIE], "a=1; b=2");
        assert_eq!(request.headers().get_all(COOKIE).iter().count(), 1);
    }
}
