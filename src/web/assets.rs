//! The files that are part of the program (`assets/`), and the pictures of the blob store.
//!
//! What is asked for with its content hash may be kept for ever (RFC 8246); everything has an ETag.

use super::layout::fingerprint;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::range;
use crate::http::route::get;
use crate::http::{Auth, Body, Req, Res, Route};
use crate::media::blobs;
use crate::media::shelf::Place;
use crate::model::unpacked;
use crate::store::{accounts, instance};
use rust_embed::Embed;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

pub const ROUTES: &[Route<App>] = &[
    get("/assets/{*path}", asset, Auth::Public),
    get("/favicon.ico", favicon, Auth::Public),
    get("/apple-touch-icon.png", touch_icon, Auth::Public),
    get("/robots.txt", robots, Auth::Public),
    get("/avatars/original/missing.png", missing_avatar, Auth::Public),
    get("/headers/original/missing.png", missing_header, Auth::Public),
    get("/media/{*key}", blob, Auth::Public),
];

/// A year: the longest that caches honour.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";
pub const FOR_A_DAY: &str = "public, max-age=86400";
/// What is no page of ours runs nothing and shows nothing else, even when it is opened by itself.
pub const INERT: &str = "default-src 'none'; sandbox";

/// What lies in `assets/`, as `build.rs` left it: `.z` is deflated.
#[derive(Embed)]
#[folder = "$OUT_DIR/assets"]
struct Packed;

struct File {
    name: String,
    bytes: Cow<'static, [u8]>,
    /// Sixteen digits tell the versions of one file apart.
    hash: String,
}

static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
    let file = |path: Cow<'static, str>| {
        let bytes = Packed::get(&path)?.data;
        let (name, bytes) = match path.strip_suffix(".z") {
            Some(name) => (name.to_owned(), Cow::Owned(unpacked(&bytes).into_bytes())),
            None => (path.into_owned(), bytes),
        };
        let mut hash = String::with_capacity(16);
        for byte in &Sha256::digest(&bytes)[..8] {
            let _ = write!(hash, "{byte:02x}"); // writing to a String cannot fail
        }
        Some(File { name, bytes, hash })
    };
    Packed::iter().filter_map(file).collect()
});

fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

/// The address of a file below `assets/` with its content hash, which pages link.
pub fn address(name: &str) -> String {
    match file(name) {
        Some(file) => format!("/assets/{name}?v={}", file.hash),
        None => format!("/assets/{name}"),
    }
}

/// A file below `assets/` as text.
pub fn text(name: &str) -> String {
    file(name).map_or_else(String::new, |file| String::from_utf8_lossy(&file.bytes).into_owned())
}

/// Answers with a file of the program. Without an `App`, since the first-run wizard has pages, too.
///
/// Errors: `NotFound`.
pub fn answer(req: &Req, name: &str) -> Result<Res> {
    let file = file(name).ok_or_else(Error::not_found)?;
    let cache = if req.query_text("v").as_deref() == Some(&file.hash) { FOR_EVER } else { FOR_A_DAY };
    let etag = format!("\"{}\"", file.hash);
    let headers = vec![("content-type", mime(name).to_owned())];
    let res = Res { status: 200, headers, body: Body::Static(&file.bytes) };
    let res = res.with("x-content-type-options", "nosniff").with("content-security-policy", INERT);
    Ok(unless_known(req, &etag, res.with("cache-control", cache)))
}

/// 304 instead of `res` when the browser has that very version (RFC 9110, 13.1.2).
pub fn unless_known(req: &Req, etag: &str, res: Res) -> Res {
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = req.header("if-none-match").unwrap_or("");
    let res = res.with("etag", etag);
    if !known.split(',').any(|tag| tag.trim() == "*" || plain(tag) == plain(etag)) {
        return res;
    }
    let kept = |name: &str| matches!(name, "etag" | "cache-control" | "vary" | "content-security-policy");
    Res {
        status: 304,
        headers: res.headers.into_iter().filter(|(name, _)| kept(name)).collect(),
        body: Body::Static(b""),
    }
}

fn asset(_: &App, req: &Req) -> Result<Res> {
    answer(req, req.param("path"))
}

fn favicon(_: &App, req: &Req) -> Result<Res> {
    answer(req, "favicon.ico")
}

fn touch_icon(_: &App, req: &Req) -> Result<Res> {
    answer(req, "icon-192.png")
}

/// The file, the crawlers that the owner wants to keep out, and the address of the sitemap, which must be absolute:
/// <https://www.rfc-editor.org/rfc/rfc9309>, <https://www.sitemaps.org/protocol.html#submit_robots>
fn robots(app: &App, req: &Req) -> Result<Res> {
    let (me, said) = app.store.read(|c| Ok((accounts::owner(c)?, instance::settings(c)?.place)))?;
    let mut text = format!("{}\n", text("robots.txt").trim_end());
    if !said.crawlers.is_empty() {
        text.push('\n');
        said.crawlers.iter().for_each(|name| text.push_str(&format!("User-agent: {name}\n")));
        text.push_str("Disallow: /\n");
    }
    if me.discoverable {
        text.push_str(&format!("\nSitemap: {}\n", app.instance.at("/sitemap.xml")));
    }
    // An hour: whoever changes the list waits for it.
    let res = Res::text(200, text)
        .with("cache-control", "public, max-age=3600")
        .with("content-security-policy", INERT);
    let etag = format!("W/\"{}\"", fingerprint(&res));
    Ok(unless_known(req, &etag, res))
}

fn missing_avatar(_: &App, req: &Req) -> Result<Res> {
    answer(req, "avatars/missing.png")
}

fn missing_header(_: &App, req: &Req) -> Result<Res> {
    answer(req, "headers/missing.png")
}

/// Of the way to a file in the bucket: a signed link works for longer, and one picture stays in caches for as long.
const FOR_A_WHILE: u32 = 1800;

/// A picture of ours. Its key is the hash of its content and cannot be guessed.
fn blob(app: &App, req: &Req) -> Result<Res> {
    let key = req.param("key");
    let mime = blobs::mime(key).ok_or_else(Error::not_found)?;
    let (file, length) = match app.media.find(if req.is_head { "HEAD" } else { "GET" }, key)? {
        Place::Here(file, length) => (file, length),
        Place::There(link) => return Ok(elsewhere(app, link)),
    };
    let res =
        Res { status: 200, headers: vec![("content-type", mime.to_owned())], body: Body::File(file, length) };
    let res = res
        .with("cache-control", FOR_EVER)
        .with("content-security-policy", INERT)
        .with("x-content-type-options", "nosniff")
        .with("content-disposition", format!("inline; filename=\"{}\"", file_name(key)))
        // Web clients on other origins draw pictures into a canvas.
        .with("access-control-allow-origin", "*")
        .with("cross-origin-resource-policy", "cross-origin");
    range::answer(req, unless_known(req, &format!("\"{key}\""), res))
}

/// The file is in the bucket. A signed link is for the one who asked, an open address for all.
fn elsewhere(app: &App, link: String) -> Res {
    let open = app.config.s3.as_ref().is_some_and(|s3| !s3.public_url.is_empty());
    let caches = if open { "public" } else { "private" };
    Res::redirect(302, link)
        .with("cache-control", format!("{caches}, max-age={FOR_A_WHILE}"))
        .with("access-control-allow-origin", "*")
        .with("cross-origin-resource-policy", "cross-origin")
}

/// What a browser calls the file when it is kept: the last part of its key, which has no character that needs quoting.
fn file_name(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key)
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;
    use crate::http::req::tests::request;

    #[test]
    fn a_file_with_its_hash_is_kept_for_ever_and_not_sent_twice() {
        let address = address("style.css");
        let res = answer(&request(Method::Get, &address, "", b""), "style.css").unwrap();
        assert_eq!(res.header("cache-control"), Some(FOR_EVER));
        let mut again = request(Method::Get, "/assets/style.css", "", b"");
        again.headers.push(("if-none-match".to_owned(), format!("W/{}", res.header("etag").unwrap())));
        let second = answer(&again, "style.css").unwrap();
        assert_eq!((second.status, second.header("cache-control")), (304, Some(FOR_A_DAY)));
    }

    /// Scripts of one page share their outermost names: a second `const` of one name keeps the whole file from running.
    #[test]
    fn no_two_scripts_have_the_same_name_for_something() {
        let mut seen = std::collections::HashSet::new();
        for file in ["taure.js", "owner.js", "compose.js"] {
            for line in text(file).lines() {
                let Some(rest) = ["const ", "let "].iter().find_map(|word| line.strip_prefix(word)) else {
                    continue;
                };
                // `const a = 1, b = (x, y = 2) => x;`: what stands in brackets is no name of the page.
                let mut depth = 0;
                let outside = |c: &char| {
                    let (opens, closes) = ("([{".contains(*c), ")]}".contains(*c));
                    depth += i32::from(opens) - i32::from(closes);
                    depth == 0 && !closes
                };
                let outer: String = rest.chars().filter(outside).collect();
                for name in outer.split(", ").filter_map(|part| part.split([' ', ';']).next()) {
                    assert!(seen.insert(name.to_owned()), "{file} has another {name}");
                }
            }
        }
        assert!(seen.contains("send") && seen.contains("waiting"), "{seen:?}");
    }

    #[test]
    fn sheet_and_script_stay_small() {
        let size = |name| file(name).unwrap().bytes.len();
        assert!(size("style.css") <= 30 * 1024);
        assert!(size("taure.js") <= 12_000 && size("owner.js") <= 12_000);
        assert!(size("compose.js") <= 6_000);
        assert!(size("doors.js") <= 4_500);
        assert!(size("sw.js") <= 2_500);
        let all = ["taure.js", "owner.js", "compose.js", "doors.js", "sw.js"];
        assert!(all.map(size).iter().sum::<usize>() <= 30_000, "all scripts together");
    }
}
