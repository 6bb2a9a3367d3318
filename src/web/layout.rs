//! The frame around every page, and the headers that keep it safe.
//!
//! [`page`] is for the rooms of an instance, [`door`] and [`bare`] for pages that are one question.
//! Policy: <https://www.w3.org/TR/CSP3/>; no inline style or script is ever needed.

use super::assets::{address, unless_known};
use super::settings;
use super::webmentions;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::{Req, Res};
use crate::model::{Access, Account, Look, Place};
use crate::ops::{appearance, notify};
use crate::store::{accounts, conversations, instance, relations};
use crate::words::{fault, rich, say};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Symbols that pages use by name; 24 units wide, drawn with the line of `svg.icon`.
const ICONS: &[(&str, &str)] = &[
    ("home", "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z"),
    ("bell", "M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20.3a2.3 2.3 0 0 0 4 0"),
    ("search", "M11 4.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M16 16l4.5 4.5"),
    ("pen", "M4 20l1-4.5L15.5 5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5"),
    ("user", "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20c.8-3.8 3.7-5.5 7.5-5.5s6.7 1.7 7.5 5.5"),
    ("ask", "M10 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M3 20c.7-3.8 3.3-5.5 7-5.5 1.5 0 2.8.3 4 .9M18 14v6M15 17h6"),
    (
        "settings",
        "M4 8h8M18 8h2M4 16h2M12 16h8M15 5.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5M9 13.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5",
    ),
    ("reply", "M9 6l-5 5 5 5M4 11h9.5c4 0 6.5 2.5 6.5 7"),
    ("boost", "M4 9l3-3 3 3M7 6v8a3 3 0 0 0 3 3h3M20 15l-3 3-3-3M17 18v-8a3 3 0 0 0-3-3h-3"),
    ("star", "M12 4l2.4 5.2 5.6.7-4.1 3.9 1 5.7-4.9-2.8-4.9 2.8 1-5.700L4 9.900l5.6-.7z"),
    ("bookmark", "M7 4h10v16l-5-4-5 4z"),
    (
        "dots",
        "M5 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1M12 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1M19 11.5a.5.5 0 1 1 0 1 .5.5 0 0 1 0-1",
    ),
    ("trash", "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"),
    ("pin", "M9 4h6l-.8 6 3.3 3H6.500l3.3-3zM12 13v7"),
    (
        "link",
        "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1",
    ),
    (
        "globe",
        "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M4 12h16M12 4c3.3 4.5 3.3 11.5 0 16M12 4c-3.3 4.5-3.3 11.5 0 16",
    ),
    ("moon", "M19 14.500A7.5 7.5 0 0 1 9.5 5 7.5 7.5 0 1 0 19 14.5"),
    ("lock", "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    ("mail", "M4 6h16v12H4zM4 7l8 6 8-6"),
    ("warning", "M12 4.5l8.5 15h-17zM12 10v4.5M12 17h.01"),
    ("picture", "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 8.500h.01"),
    ("poll", "M5 6h14M5 12h9M5 18h6"),
    ("list", "M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01"),
    ("hash", "M10 4L8 20M16 4l-2 16M4.500 9.500h16M3.500 14.500h16"),
    ("clock", "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 8v4.500l3 2"),
    ("draft", "M6 4h8l4 4v12H6zM14 4v4h4M9 13h6M9 16.500h4"),
    ("block", "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M6.5 6.500l11 11"),
];

/// Above the pages of a dark scheme, and behind the icon while the app starts.
pub const DARK: &str = "#191829";
const LIGHT: &str = "#fffefb";

/// In every page of an instance; before set-up there is nothing to install.
const MANIFEST: PreEscaped<&str> = PreEscaped("<link rel=\"manifest\" href=\"/manifest.webmanifest\">");

pub fn icon(name: &str) -> Markup {
    PreEscaped(format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>"))
}

/// A page of the instance: a visitor's with the name above and a way in below, the owner's with the rooms.
///
/// `title` is of this page alone; `head` goes into the head: descriptions, alternates.
/// A visitor's page carries an ETag and answers 304; the owner's is nobody else's to keep.
pub fn page(app: &App, req: &Req, title: &str, head: Markup, body: Markup) -> Result<Res> {
    let signed_in = matches!(req.access, Access::Session { .. });
    let (me, robots, asked, unread) = app.store.read(|c| {
        let me = accounts::get(c, app.instance.owner)?;
        let robots = if signed_in { String::new() } else { robots(&me, &instance::settings(c)?.place) };
        let asked = if signed_in { relations::request_count(c)? } else { 0 };
        let unread = if signed_in { notify::unread(c, 99)? } else { 0 };
        Ok((me, robots, asked, unread))
    })?;
    let class = if signed_in { "owner" } else { "visitor" };
    let full_title = if title == me.name() { title.to_owned() } else { format!("{title} · {}", me.name()) };
    let inside = html! {
        a.skip href="#main" { (say("rooms-skip")) }
        (bar(&me))
        @if signed_in { (rooms(app, req, &me, asked, unread)?) }
        @if signed_in && req.path.starts_with("/settings/") { (settings::side(req)) }
        main #main tabindex="-1" { (body) }
        @if !signed_in { (foot()) }
        (super::parts::tools::tools(signed_in))
    };
    let mut look = appearance::look(app).as_ref().clone();
    if !signed_in {
        look = look.for_visitors();
    }
    // What the owner wrote there must not hide where it is taken back.
    if req.path.starts_with("/settings") {
        look.sheet.clear();
    }
    let head = html! { (MANIFEST) (webmentions::links(req)) (head) };
    let res = finish(document(&full_title, class, &look, head, inside), &elsewhere(Some(app)));
    if signed_in {
        return Ok(res.with("cache-control", "private, no-store"));
    }
    let etag = format!("W/\"{}\"", fingerprint(&res));
    let res = res.with("cache-control", "public, no-cache").with("vary", "Accept, Accept-Language, Cookie");
    let res = res.with_some("x-robots-tag", Some(robots).filter(|robots| !robots.is_empty()));
    Ok(unless_known(req, &etag, res))
}

/// What crawlers may do with a page: <https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag>;
/// `noai` is what DeviantArt began and others read.
pub fn robots(me: &Account, said: &Place) -> String {
    let index = (!me.discoverable).then_some("noindex");
    let ai = (!said.crawlers.is_empty()).then_some("noai, noimageai");
    [index, ai].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The head of a page that everybody may find at `path`.
pub fn described(app: &App, path: &str, about: &str) -> Markup {
    html! {
        link rel="canonical" href=(app.instance.at(path));
        meta name="description" content=(about);
    }
}

/// A data block, which is never run, so that the policy has nothing to say of it: <https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents>
pub fn linked_data(data: &serde_json::Value) -> Markup {
    // Nothing in it can end the element, or begin a comment.
    let text = data.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}

/// A page that is one question of a set-up instance, in a card: sign in, authorise.
pub fn door(app: &App, title: &str, body: Markup) -> Res {
    let look = plain(app);
    finish(single(title, &look, html! { (MANIFEST) }, body), &elsewhere(Some(app)))
        .with("cache-control", "no-store")
}

/// The same where there is no instance yet: the first run.
pub fn bare(title: &str, body: Markup) -> Res {
    finish(single(title, &Look::default(), html! {}, body), "").with("cache-control", "no-store")
}

/// Lets the forms of a page end at `uri`, too: Chromium holds an answer's redirect against `form-action`,
/// and an app's redirect address may have any scheme. An address that is none changes nothing.
pub fn may_end_at(mut res: Res, uri: &str) -> Res {
    let Ok(url) = url::Url::parse(uri) else { return res };
    // A custom scheme has no origin: the scheme is all that can be allowed.
    let source = match url.scheme() {
        "http" | "https" => url.origin().ascii_serialization(),
        scheme => format!("{scheme}:"),
    };
    for (name, value) in &mut res.headers {
        if *name == "content-security-policy" {
            *value = value.replace("form-action 'self'", &format!("form-action 'self' {source}"));
        }
    }
    res
}

/// An error as a page, in words and without a trace of its cause: a visitor's, with the owner's name and the way to the
/// profile, since whoever comes to a page that went is a guest, too.
///
/// `app` is `None` before set-up, and where nothing may wait for the file. Never fails: it must work when the store does not.
pub fn error_page(app: Option<&App>, error: &Error) -> Res {
    let status = error.kind.status();
    let (title, text) = explain(error);
    let me = app.and_then(|app| app.store.read(accounts::owner).ok());
    let body = html! {
        div.card.stack {
            p.big { (status) }
            h1 { (title) }
            p { (text) }
            p.row {
                @if error.kind == Kind::Unauthorized {
                    a.btn.primary href="/auth/sign_in" { (say("errors-sign-in")) }
                }
                @if let Some(me) = &me {
                    a.btn href={ "/@" (me.username) } {
                        (rich("errors-to-profile", &[("name", html! { bdi { (me.name()) } }.into())]))
                    }
                }
                a.btn href="/" { (say("errors-to-front")) }
            }
        }
    };
    let head = html! { meta name="robots" content="noindex"; @if app.is_some() { (MANIFEST) } };
    let look = app.map(plain).unwrap_or_default();
    let page = match &me {
        Some(me) => document(
            &format!("{title} · {}", me.name()),
            "visitor",
            &look,
            head,
            html! { a.skip href="#main" { (say("rooms-skip")) } (bar(me)) main #main tabindex="-1" { (body) } (foot()) },
        ),
        None => document(title, "door", &look, head, html! { main #main { (body) } }),
    };
    finish(page, &elsewhere(app)).status(status).with("cache-control", "no-store")
}

fn explain(error: &Error) -> (&'static str, String) {
    let shown = fault(&error.public);
    match error.kind {
        Kind::NotFound => (say("errors-not-found"), say("errors-not-found-why").to_owned()),
        Kind::Gone => (say("errors-gone"), say("errors-gone-why").to_owned()),
        Kind::Unauthorized => (say("errors-unauthorized"), say("errors-unauthorized-why").to_owned()),
        Kind::Forbidden => (say("errors-forbidden"), shown),
        Kind::MethodNotAllowed => (say("errors-method"), say("errors-method-why").to_owned()),
        Kind::NotAcceptable => (say("errors-not-acceptable"), shown),
        Kind::Conflict => (say("errors-conflict"), shown),
        Kind::TooLarge => (say("errors-too-large"), shown),
        Kind::BadRequest | Kind::Invalid => (say("errors-invalid"), shown),
        Kind::TooManyRequests => (say("errors-too-many"), say("errors-too-many-why").to_owned()),
        Kind::BadGateway => (say("errors-bad-gateway"), shown),
        Kind::Unavailable => (say("errors-unavailable"), shown),
        Kind::NoSpace => (say("errors-no-space"), shown),
        Kind::Internal => (say("errors-internal"), say("errors-internal-why").to_owned()),
    }
}

/// The brand links home; the name is the owner's, since this is their place.
fn bar(me: &Account) -> Markup {
    html! {
        header.top {
            a.brand href="/" { img src=(address("icon.svg")) alt="" width="30" height="30"; span { (me.name()) } }
        }
    }
}

/// The five main rooms, and the others: on a phone they fold out of the bar, on a desk they stand below the five.
fn rooms(app: &App, req: &Req, me: &Account, asked: i64, unread: i64) -> Result<Markup> {
    let letters = app.store.read(|c| conversations::unread(c, 99))?;
    let others = html! {
        (room(req, "/conversations", "mail", say("rooms-conversations"), letters))
        (room(req, "/lists", "list", say("rooms-lists"), 0))
        (room(req, "/tags", "hash", say("rooms-tags"), 0))
        (room(req, "/bookmarks", "bookmark", say("rooms-bookmarks"), 0))
        (room(req, "/favourites", "star", say("rooms-favourites"), 0))
        (room(req, "/drafts", "draft", say("rooms-drafts"), 0))
        (room(req, "/scheduled", "clock", say("rooms-scheduled"), 0))
        @if me.locked || asked > 0 { (room(req, "/follow_requests", "ask", say("rooms-follow-requests"), asked)) }
        (room(req, "/settings", "settings", say("rooms-settings"), 0))
    };
    Ok(html! {
        nav.nav.rooms aria-label=(say("rooms-nav")) {
            (room(req, "/", "home", say("rooms-home"), 0))
            (room(req, "/notifications", "bell", say("rooms-notifications"), unread))
            (room(req, "/compose", "pen", say("rooms-write"), 0))
            (room(req, "/search", "search", say("rooms-search"), 0))
            (room(req, &format!("/@{}", me.username), "user", say("rooms-profile"), 0))
            details.menu {
                summary { (icon("dots")) span.hide { (say("rooms-more")) } (count(letters + asked)) }
                div { (others) }
            }
        }
        nav.nav.more aria-label=(say("rooms-more")) { (others) }
    })
}

/// What a room leads to has no place of its own among the rooms.
const WINGS: [&str; 5] = ["/notifications", "/settings", "/lists", "/conversations", "/tags"];

fn room(req: &Req, to: &str, symbol: &str, label: &str, new: i64) -> Markup {
    let inside = |wing: &&str| to.starts_with(*wing) && req.path.starts_with(*wing);
    let here = match req.path == to {
        true => Some("page"),
        false => WINGS.iter().any(inside).then_some("true"),
    };
    html! { a href=(to) aria-current=[here] { (icon(symbol)) span.label { (label) } (count(new)) } }
}

fn count(new: i64) -> Markup {
    html! { @if new > 0 { span.count { (new.min(99)) span.hide { " " (say("rooms-new")) } } } }
}

fn foot() -> Markup {
    html! {
        footer.foot {
            a href="/about" { (say("rooms-about")) }
            a href="/privacy-policy" { (say("rooms-privacy")) }
            a href="/terms-of-service" { (say("rooms-terms")) }
            a href="/auth/sign_in" { (say("rooms-sign-in")) }
            span { (say("rooms-runs-on")) }
        }
    }
}

/// The look of pages that nobody may be locked out of: without the owner's own sheet.
fn plain(app: &App) -> Look {
    Look { sheet: String::new(), ..appearance::look(app).for_visitors() }
}

fn single(title: &str, look: &Look, head: Markup, body: Markup) -> Markup {
    let inside = html! {
        main #main { div.card { img.mark src=(address("icon.svg")) alt=""; h1 { (title) } (body) } }
    };
    document(title, "door", look, head, inside)
}

fn document(title: &str, class: &str, look: &Look, head: Markup, body: Markup) -> Markup {
    let theme = look.get("theme");
    let (light, dark) = if theme == Some("contrast") { ("#ffffff", "#000000") } else { (LIGHT, DARK) };
    html! {
        (DOCTYPE)
        html lang=(crate::words::spoken().code()) data-theme=[theme] data-accent=[look.get("accent")]
            data-density=[look.get("density")] data-size=[look.get("size")] data-motion=[look.get("motion")]
            data-font=[look.get("font")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                title { (title) }
                link rel="stylesheet" href=(address("style.css"));
                @if !look.sheet.is_empty() { link rel="stylesheet" href={ "/custom.css?v=" (look.sheet) }; }
                link rel="icon" href=(address("icon.svg")) type="image/svg+xml";
                link rel="apple-touch-icon" href="/apple-touch-icon.png";
                @match theme {
                    Some("light") => {
                        meta name="color-scheme" content="light";
                        meta name="theme-color" content=(light);
                    }
                    Some("dark") => {
                        meta name="color-scheme" content="dark";
                        meta name="theme-color" content=(dark);
                    }
                    _ => {
                        meta name="color-scheme" content="light dark";
                        meta name="theme-color" content=(light) media="(prefers-color-scheme: light)";
                        meta name="theme-color" content=(dark) media="(prefers-color-scheme: dark)";
                    }
                }
                (head)
                script src=(address("taure.js")) defer {}
                @if class == "owner" { script src=(address("owner.js")) defer {} }
            }
            body class=(class) data-keys=[(class == "owner" && look.no_keys).then_some("off")] {
                (body)
                (sprite(class == "visitor", &body))
            }
        }
    }
}

/// All symbols, since an owner's page gets more while it is open; for a visitor those that stand in it.
fn sprite(only_used: bool, body: &Markup) -> Markup {
    let mut svg = String::from("<svg class=\"sprite\" aria-hidden=\"true\">");
    for (name, path) in ICONS {
        if only_used && !body.0.contains(&format!("#i-{name}\"")) {
            continue;
        }
        let _ = write!(svg, "<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\"><path d=\"{path}\"/></symbol>");
    }
    PreEscaped(svg + "</svg>")
}

/// From where pages show pictures beside our own origin. Others' come through us, unless the operator wants them from
/// their servers, which on an http-only (test) instance may be http, too.
pub fn elsewhere(app: Option<&App>) -> String {
    let Some(app) = app else { return String::new() };
    let others = match (app.config.hotlink, app.instance.is_https()) {
        (false, _) => "",
        (true, true) => "https: ",
        (true, false) => "https: http: ",
    };
    // A redirect is held against the policy, too.
    let bucket = app.media.bucket().map_or("", |bucket| bucket.readers());
    format!("{others}{bucket}").trim_end().to_owned()
}

fn finish(markup: Markup, elsewhere: &str) -> Res {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
         img-src 'self' data: {elsewhere}; media-src 'self' {elsewhere}; manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    Res::html(markup.into_string())
        .with("content-security-policy", policy)
        .with("referrer-policy", "same-origin")
        .with("x-content-type-options", "nosniff")
        .with("x-frame-options", "DENY")
}

/// Tells the versions of a page apart.
pub fn fingerprint(res: &Res) -> String {
    let crate::http::Body::Bytes(bytes) = &res.body else { return String::new() };
    let mut text = String::with_capacity(20);
    for byte in &Sha256::digest(bytes)[..10] {
        let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(res: &Res) -> &str {
        res.header("content-security-policy").unwrap()
    }

    #[test]
    fn no_page_needs_inline_script_or_style() {
        let res = bare("Hello", html! { p { "x" } });
        assert!(!policy(&res).contains("unsafe"));
        let crate::http::Body::Bytes(bytes) = &res.body else { panic!("not bytes") };
        let page = String::from_utf8(bytes.clone()).unwrap();
        assert!(!page.contains(" style=") && !page.contains("<script>") && !page.contains("onclick"));
    }

    #[test]
    fn an_authorise_page_may_end_at_the_app_and_nowhere_else() {
        let end = |uri: &str| policy(&may_end_at(bare("x", html! {}), uri)).to_owned();
        assert!(end("com.example.app://callback").contains("form-action 'self' com.example.app:;"));
        assert!(end("https://app.example/cb?x=1").contains("form-action 'self' https://app.example;"));
        assert!(end("https://a.example/;script-src *").contains("form-action 'self' https://a.example;"));
        assert!(end("urn:ietf:wg:oauth:2.0:oob").contains("form-action 'self' urn:;"));
        assert!(end("no address").contains("form-action 'self';"));
    }

    #[test]
    fn an_error_is_a_page_in_words() {
        let res = error_page(None, &Error::internal("secret cause"));
        let crate::http::Body::Bytes(bytes) = &res.body else { panic!("not bytes") };
        assert_eq!(res.status, 500);
        assert!(!String::from_utf8_lossy(bytes).contains("secret cause"));
    }
}
