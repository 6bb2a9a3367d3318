//! The cookie of the owner's browser, and what keeps other sites from using or setting it.

use crate::app::App;
use crate::http::{Req, cookies};
use crate::model::Instance;
use url::Url;

/// A year; the server ends a session that is left alone for three months.
const MAX_AGE: i64 = 365 * 24 * 60 * 60;

/// `__Host-` binds a cookie to https, this very host and all of it; plain http has no such cookies.
pub fn cookie_name(instance: &Instance) -> &'static str {
    if instance.is_https() { "__Host-taure" } else { "taure" }
}

/// `Set-Cookie` of a new session.
pub fn set(instance: &Instance, cookie: &str) -> String {
    cookies::write(cookie_name(instance), cookie, MAX_AGE, instance.is_https())
}

/// `Set-Cookie` that takes it away.
pub fn clear(instance: &Instance) -> String {
    cookies::write(cookie_name(instance), "", 0, instance.is_https())
}

/// Whether a form without a session, which has no CSRF token yet, was sent by a page of ours. A client
/// that says nothing about it is no browser.
pub fn is_from_here(app: &App, req: &Req) -> bool {
    match req.header("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => {
            req.header("origin").is_none_or(|origin| origin == app.instance.origin || is_host(origin, req))
        }
    }
}

/// Reached under another name: by its port behind a proxy, say.
fn is_host(origin: &str, req: &Req) -> bool {
    origin.split_once("://").is_some_and(|(_, host)| req.header("host") == Some(host))
}

/// Where to go after signing in: a path of this site, never another one.
pub fn local_path(next: Option<&str>) -> &str {
    let inside = |path: &&str| {
        let Ok(here) = Url::parse("http://here.invalid") else { return false };
        path.starts_with('/')
            && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
            && here.join(path).is_ok_and(|there| there.origin() == here.origin())
    };
    next.filter(inside).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_to_a_page_of_this_site_only() {
        assert_eq!(local_path(Some("/oauth/authorize?client_id=a%20b")), "/oauth/authorize?client_id=a%20b");
        for bad in
            ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/a b", "/\t/evil"]
        {
            assert_eq!(local_path(Some(bad)), "/", "{bad}");
        }
        assert_eq!(local_path(None), "/");
    }
}
