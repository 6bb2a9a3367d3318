//! Asking another server: redirects, caps, signatures and time, around the guarded transport.
//!
//! Redirects are followed by hand, since each hop is a new address to check and a new target to sign
//! (draft-cavage-http-signatures, section 2.3, and RFC 9421 both sign the path and the host).

use super::guard::{Guard, Net};
use super::request::{Answer, Download, Request};
use super::request::{expect_ok, headers_for, nonsense, redirect};
use super::rests::Rests;
use super::slots::{Slot, Slots};
use super::transport::{Headers, Hop, Reply, Timeouts, Transport, body_error};
use crate::error::{Error, Result};
use crate::store;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use url::Url;

const MAX_REDIRECTS: usize = 3;
const MAX_URL_BYTES: usize = 4096;
/// A file is larger than a document and may take this many times longer.
const DOWNLOAD_PATIENCE: u32 = 4;

#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// `Taure/0.1 (+https://host/)`
    pub user_agent: String,
    /// Addresses that may be reached although they are not public.
    pub allow_private: Vec<Net>,
    /// A PEM file of authorities that are trusted besides those of the web.
    pub extra_ca: Option<PathBuf>,
    /// Our own origin is http; then http is spoken to hosts that lie inside `allow_private`.
    pub speaks_http: bool,
    pub timeouts: Timeouts,
}

pub struct Client {
    transport: Transport,
    slots: Slots,
    speaks_http: bool,
    timeouts: Timeouts,
    rests: Rests,
}

impl Client {
    /// Errors: `Invalid` when the file of extra authorities is none.
    pub fn new(settings: Settings) -> Result<Client> {
        let guard = Guard { allowed: settings.allow_private };
        let transport = Transport::new(
            &settings.user_agent,
            guard,
            settings.speaks_http,
            settings.extra_ca.as_deref(),
            settings.timeouts,
        )?;
        Ok(Client {
            transport,
            slots: Slots::default(),
            speaks_http: settings.speaks_http,
            timeouts: settings.timeouts,
            rests: Rests::default(),
        })
    }

    /// Any status is an answer; what it means is for the caller to say.
    ///
    /// A POST is redirected only by 307 and 308, which keep its body; other redirects of it are the
    /// answer, and a body that is too large or breaks off is cut. Errors: `Unavailable` when the host cannot be reached or is too slow, `BadGateway` when
    /// its answer is nonsense or too large, or when its address is not allowed.
    pub fn send(&self, request: &Request<'_>) -> Result<Answer> {
        let mut open = self.open(request, self.timeouts.total)?;
        let mut body = Vec::new();
        let read = open.copy(request.max_bytes, request.cut, &mut body);
        // What was posted has arrived, whatever becomes of the words that follow.
        if request.body.is_none() {
            read?;
        }
        Ok(Answer {
            status: open.reply.status,
            url: open.url,
            moved: open.moved,
            headers: open.reply.headers,
            body,
        })
    }

    /// Fetches a file into `out`, up to `max` bytes. What was written before an error is of no use.
    ///
    /// Errors: as [`Client::send`] and [`Answer::expect_ok`], and those of the writer.
    pub fn download(&self, url: &Url, max: u64, out: &mut dyn Write) -> Result<Download> {
        let time = self.timeouts.total * DOWNLOAD_PATIENCE;
        let mut open = self.open(&Request::get(url), time)?;
        expect_ok(open.reply.status, &open.url)?;
        let bytes = open.copy(max, false, out)?;
        Ok(Download { url: open.url, headers: open.reply.headers, bytes })
    }

    /// Asks for a file that is read as it comes, within `time`; each single read has its own time, too.
    ///
    /// The host's slot is given back with the header: somebody may read for hours, and others have to talk to that
    /// host meanwhile. How many stream at once is the caller's to say. Errors: as [`Client::send`]. Any status is an
    /// answer.
    pub fn stream(&self, request: &Request<'_>, time: Duration) -> Result<Stream> {
        let Open { reply, url, _slot, .. } = self.open(request, time)?;
        Ok(Stream { reply, url })
    }

    /// `http` when our own origin is http and all addresses of this host (with or without port) were
    /// allowed by the operator; else `https`.
    pub fn scheme_for(&self, host: &str) -> &'static str {
        let url = Url::parse(&format!("http://{host}/"));
        match url {
            Ok(url) if self.speaks_http && self.transport.is_allowed_host(&url) => "http",
            _ => "https",
        }
    }

    /// Could this address be asked at all? Says nothing yet about where the host's name leads.
    pub fn check_url(&self, url: &Url) -> Result<()> {
        let scheme = match url.scheme() {
            "https" => true,
            "http" => self.speaks_http,
            _ => false,
        };
        let anonymous = url.username().is_empty() && url.password().is_none();
        let sane = url.has_host() && url.as_str().len() <= MAX_URL_BYTES;
        match scheme && anonymous && sane {
            true => Ok(()),
            false => Err(nonsense("This address is not allowed")),
        }
    }

    /// Follows redirects up to the answer's header; the host's slot is held until it is dropped.
    fn open(&self, request: &Request<'_>, time: Duration) -> Result<Open<'_>> {
        store::assert_no_transaction();
        let until = Instant::now() + time;
        let mut url = request.url.clone();
        let (mut led, mut for_good) = (false, true);
        for _ in 0..=MAX_REDIRECTS {
            url.set_fragment(None);
            self.check_url(&url)?;
            let patience = Instant::now() + self.timeouts.read;
            let host = url.authority().to_owned();
            if request.body.is_none() && self.rests.rests(&host) {
                return Err(Error::unavailable("The other server asked to be left alone for a while"));
            }
            let slot = self.slots.take(url.authority(), until.min(patience))?;
            let reply = self.transport.send(&Hop {
                method: request.method,
                url: &url,
                headers: headers_for(request, &url)?,
                body: request.body,
                time: until.saturating_duration_since(Instant::now()),
            })?;
            self.rests.heed(&host, reply.status, &reply.headers);
            match redirect(request, &url, reply.status, &reply.headers)? {
                Some(next) => {
                    (led, for_good) = (true, for_good && matches!(reply.status, 301 | 308));
                    url = next;
                }
                None => {
                    return Ok(Open { reply, url, moved: led && for_good, _slot: slot });
                }
            }
        }
        Err(nonsense("Too many redirects"))
    }
}

/// An answer whose body was not read yet.
pub struct Stream {
    reply: Reply,
    url: Url,
}

impl Stream {
    pub fn status(&self) -> u16 {
        self.reply.status
    }

    /// Where the answer came from, after redirects.
    pub fn url(&self) -> &Url {
        &self.url
    }

    pub fn headers(&self) -> &Headers {
        &self.reply.headers
    }

    /// Bytes of the body, if it was announced and is not packed.
    pub fn length(&self) -> Option<u64> {
        self.reply.length
    }

    /// As [`Read::read`]. Errors: `Unavailable` when the other server is too slow or breaks off.
    pub fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let host = self.url.host_str().unwrap_or_default();
        self.reply.body.read(buffer).map_err(|e| body_error(host, e))
    }
}

struct Open<'a> {
    reply: Reply,
    url: Url,
    moved: bool,
    _slot: Slot<'a>,
}

impl Open<'_> {
    fn copy(&mut self, max: u64, cut: bool, out: &mut dyn Write) -> Result<u64> {
        let host = self.url.host_str().unwrap_or_default();
        let too_large = || nonsense(format!("The answer of {host} is too large"));
        if !cut && self.reply.length.is_some_and(|length| length > max) {
            return Err(too_large());
        }
        let mut buffer = [0; 16 * 1024];
        let mut copied = 0;
        loop {
            let read = match self.reply.body.read(&mut buffer) {
                Ok(0) => return Ok(copied),
                Ok(read) => read,
                Err(e) => return Err(body_error(host, e)),
            };
            copied += read as u64;
            if copied > max {
                let kept = read.saturating_sub(usize::try_from(copied - max).unwrap_or(read));
                out.write_all(&buffer[..kept])?;
                return if cut { Ok(max) } else { Err(too_large()) };
            }
            out.write_all(&buffer[..read])?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, answer, client};
    use super::*;
    use crate::error::Kind;

    /// 60,000 zeros in 93 bytes of gzip; such members may follow each other.
    fn packed() -> Vec<u8> {
        let head = b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1\x31\x01\0\0\0\xc2\xa0\xf5\x4f\x6d\x0d\x0f\xa0";
        let tail = b"\xbe\x0c\x05\xaa\x27\x51\x60\xea\0\0";
        [&head[..], &[0; 58], tail].concat()
    }

    fn get(url: &Url) -> Result<Answer> {
        client().send(&Request::get(url))
    }

    #[test]
    fn a_host_that_asks_for_less_is_left_alone() {
        for (status, header, asked) in [
            (429, "Retry-After: 120", 1),
            (503, "Retry-After: 120", 1),
            (503, "X: y", 2),
            (404, "Retry-After: 120", 2),
        ] {
            let peer = Fake::start(move |_, _| answer(status, header, ""));
            let client = client();
            let url = peer.url("/a");
            assert_eq!(client.send(&Request::get(&url)).unwrap().status, status);
            let second = client.send(&Request::get(&url));
            assert_eq!(second.is_err_and(|e| e.kind == Kind::Unavailable), asked == 1, "{status} {header}");
            // What is delivered keeps its own times.
            assert!(client.send(&Request::post(&url, "text/plain", b"x")).is_ok());
        }
    }

    #[test]
    fn redirects_are_followed_relative_and_signed_at_each_hop() {
        let peer = Fake::start(|path, _| match path {
            "/a/1" => answer(302, "Location: ../b/2?x=1#frag", ""),
            "/b/2?x=1" => answer(308, "Location: /c", ""),
            _ => answer(200, "X-Path: yes", path),
        });
        let sign = |method: &str, url: &Url, _: Option<&[u8]>| {
            Ok(vec![
                ("Signature".to_owned(), format!("{method} {}", url.path())),
                ("Host".to_owned(), "dropped.example".to_owned()),
                ("Accept".to_owned(), "signed/type".to_owned()),
            ])
        };
        let url = peer.url("/a/1#me");
        let request = Request { sign: Some(&sign), accept: Some("unsigned/type"), ..Request::get(&url) };
        let answer = client().send(&request).unwrap();
        assert_eq!((answer.status, answer.url), (200, peer.url("/c")));
        assert_eq!(answer.headers.get("x-PATH"), Some("yes"));
        assert_eq!(answer.body, b"/c");
        let seen = peer.seen();
        for (seen, path) in seen.iter().zip(["/a/1", "/b/2", "/c"]) {
            assert!(seen.contains(&format!("signature: GET {path}\r\n")), "{seen}");
            assert!(seen.contains(&format!("host: 127.0.0.1:{}\r\n", peer.port)), "{seen}");
            assert!(seen.contains("user-agent: Taure/test\r\n"), "{seen}");
            assert!(seen.contains("accept: signed/type\r\n"), "{seen}");
            assert!(!seen.contains("unsigned/type"), "{seen}");
        }
    }

    #[test]
    fn the_fourth_redirect_is_one_too_many() {
        let peer = Fake::start(|path, _| answer(302, &format!("Location: {path}x"), ""));
        assert_eq!(get(&peer.url("/")).unwrap_err().kind, Kind::BadGateway);
        assert_eq!(peer.seen().len(), 4);
    }

    #[test]
    fn a_redirect_to_an_address_that_is_not_allowed_is_refused() {
        let other = Fake::start(|_, _| answer(200, "X: y", "secret"));
        for target in [
            // The only one of them where somebody listens, and not in this client's range.
            format!("http://[::1]:{}/", other.port),
            "http://10.0.0.1/".to_owned(),
            "https://169.254.169.254/".to_owned(),
            format!("http://user:pass@127.0.0.1:{}/", other.port),
            "file:///etc/passwd".to_owned(),
            "http://".to_owned(),
        ] {
            let location = format!("Location: {target}");
            let peer = Fake::start(move |_, _| answer(301, &location, ""));
            let e = get(&peer.url("/")).unwrap_err();
            assert_eq!(e.kind, Kind::BadGateway, "{target}: {e}");
        }
        assert!(other.seen().is_empty());
    }

    #[test]
    fn a_client_whose_origin_is_https_speaks_no_http() {
        let client = Client::new(Settings::default()).unwrap();
        for url in ["http://a.example/", "ftp://a.example/", "https://me@a.example/", "data:,x"] {
            let e = client.send(&Request::get(&url.parse().unwrap())).unwrap_err();
            assert_eq!(e.kind, Kind::BadGateway, "{url}");
        }
        assert_eq!(client.scheme_for("127.0.0.1:8080"), "https");
        assert_eq!(super::super::fake::client().scheme_for("127.0.0.1:8080"), "http");
    }

    #[test]
    fn a_post_keeps_its_body_through_307_and_stops_at_302() {
        let peer = Fake::start(|path, _| match path {
            "/307" => answer(307, "Location: /inbox", ""),
            "/302" => answer(302, "Location: /inbox", ""),
            _ => answer(202, "X: y", ""),
        });
        let post = |path: &str| {
            let url = peer.url(path);
            let request = Request::post(&url, "application/activity+json", b"{}");
            client().send(&request).unwrap().status
        };
        assert_eq!(post("/307"), 202);
        assert_eq!(post("/302"), 302);
        let seen = peer.seen();
        assert!(seen[1].starts_with("POST /inbox") && seen[1].ends_with("\r\n\r\n{}"));
        assert!(seen[1].contains("content-type: application/activity+json\r\n"));
        assert_eq!(seen.len(), 3);
    }

    #[test]
    fn what_was_posted_has_arrived_however_long_the_answer_is() {
        let peer = Fake::start(|_, _| answer(202, "X: y", vec![b'x'; 2 << 20]));
        let url = peer.url("/inbox");
        let request = Request::post(&url, "application/activity+json", b"{}");
        assert_eq!(client().send(&request).unwrap().status, 202);
    }

    #[test]
    fn extra_headers_stay_with_the_first_origin() {
        let other = Fake::start(|_, _| answer(200, "X: y", ""));
        let location = format!("Location: {}", other.url("/"));
        let peer = Fake::start(move |_, _| answer(307, &location, ""));
        let url = peer.url("/");
        let request = Request { headers: &[("Authorization", "vapid")], ..Request::get(&url) };
        client().send(&request).unwrap();
        assert!(peer.seen()[0].contains("authorization: vapid\r\n"));
        assert!(!other.seen()[0].contains("authorization"));
    }

    #[test]
    fn a_part_is_asked_for_wherever_redirects_lead() {
        let bucket = Fake::start(|_, _| answer(206, "Content-Range: bytes 5-9/100", "parts"));
        let location = format!("Location: {}", bucket.url("/film"));
        let peer = Fake::start(move |_, _| answer(302, &location, ""));
        let url = peer.url("/film");
        let request = Request { range: Some("bytes=5-9"), ..Request::get(&url) };
        assert_eq!(client().stream(&request, Duration::from_secs(3)).unwrap().status(), 206);
        for seen in [&peer.seen()[0], &bucket.seen()[0]] {
            assert!(seen.contains("range: bytes=5-9\r\n"), "{seen}");
            assert!(seen.contains("accept-encoding: identity\r\n") && !seen.contains("gzip"), "{seen}");
        }
    }

    #[test]
    fn who_watches_two_films_keeps_nobody_from_their_server() {
        let peer = Fake::start(|_, _| answer(200, "X: y", "film"));
        let (client, url) = (client(), peer.url("/film"));
        let watch = || client.stream(&Request::get(&url), Duration::from_secs(3)).unwrap();
        let films = [watch(), watch()];
        assert_eq!(client.send(&Request::get(&url)).unwrap().status, 200);
        drop(films);
    }

    #[test]
    fn a_header_that_trickles_is_not_waited_for_as_long_as_a_film() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        std::thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"a: b\r\n").is_ok() {
                std::thread::sleep(Duration::from_millis(500));
            }
        });
        let began = Instant::now();
        let asked = client().stream(&Request::get(&url), Duration::from_secs(60));
        assert!(asked.is_err_and(|e| e.kind == Kind::Unavailable));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }

    #[test]
    fn a_body_over_the_cap_is_refused_announced_streamed_or_packed() {
        let peer = Fake::start(|path, _| match path {
            "/announced" => answer(200, "X: y", vec![b'x'; 2 << 20]),
            "/streamed" => [&b"HTTP/1.0 200 OK\r\n\r\n"[..], &vec![b'x'; 2 << 20]].concat(),
            "/packed" => answer(200, "Content-Encoding: gzip", packed().repeat(40)),
            "/small" => answer(200, "Content-Encoding: gzip", packed().repeat(10)),
            _ => answer(200, &format!("X: {}", "x".repeat(100_000)), ""),
        });
        for path in ["/announced", "/streamed", "/packed", "/header"] {
            let e = get(&peer.url(path)).unwrap_err();
            assert_eq!(e.kind, Kind::BadGateway, "{path}: {e}");
        }
        assert_eq!(get(&peer.url("/small")).unwrap().body.len(), 600_000);
    }

    #[test]
    fn a_download_is_capped_and_only_a_200_is_one() {
        let peer = Fake::start(|path, _| match path {
            "/picture" => answer(200, "Content-Type: image/PNG; x=y", vec![b'x'; 100_000]),
            _ => answer(410, "X: y", "gone"),
        });
        let mut out = Vec::new();
        let url = peer.url("/picture");
        let done = client().download(&url, 100_000, &mut out).unwrap();
        assert_eq!((done.bytes, out.len()), (100_000, 100_000));
        assert_eq!(done.headers.media_type(), "image/png");
        let e = client().download(&url, 99_999, &mut Vec::new()).unwrap_err();
        assert_eq!(e.kind, Kind::BadGateway);
        let e = client().download(&peer.url("/"), 9, &mut Vec::new()).unwrap_err();
        assert_eq!(e.kind, Kind::Gone);
    }

    #[test]
    fn a_slow_server_costs_no_more_than_the_total_time() {
        // One says nothing; one redirects just in time, again and again.
        let silent = Fake::start(|_, _| {
            std::thread::sleep(Duration::from_secs(9));
            Vec::new()
        });
        let hops = Fake::start(|path, _| {
            std::thread::sleep(Duration::from_millis(900));
            answer(302, &format!("Location: {path}x"), "")
        });
        for peer in [silent, hops] {
            let start = Instant::now();
            let e = get(&peer.url("/")).unwrap_err();
            assert_eq!(e.kind, Kind::Unavailable, "{e}");
            assert!(start.elapsed() < Duration::from_secs(6));
        }
    }

    #[test]
    fn a_body_that_breaks_off_is_no_answer() {
        let peer = Fake::start(|_, _| b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec());
        assert_eq!(get(&peer.url("/")).unwrap_err().kind, Kind::Unavailable);
        let peer = Fake::start(|_, _| b"SSH-2.0-OpenSSH\r\n\r\n".to_vec());
        assert_eq!(get(&peer.url("/")).unwrap_err().kind, Kind::BadGateway);
    }
}
