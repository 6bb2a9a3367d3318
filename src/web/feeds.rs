//! What the owner lets everybody read, for feed readers and search engines. Atom:
//! <https://www.rfc-editor.org/rfc/rfc4287>, RSS: <https://www.rssboard.org/rss-specification>, JSON Feed:
//! <https://www.jsonfeed.org/version/1.1/>, sitemaps: <https://www.sitemaps.org/protocol.html>
//!
//! Whoever asks, the owner too, gets what a stranger may read: a feed has one address and many caches.

use super::assets::{INERT, unless_known};
use super::layout::fingerprint;
use super::parts::account::avatar_address;
use super::{layout, thread};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::visibility;
use crate::store::timelines::{self, OfAccount, Public, Tagged};
use crate::store::{accounts, instance, media, polls, tags};
use crate::text;
use crate::words::{self, Language, fill, say};
use maud::{Markup, PreEscaped, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::Connection;
use serde_json::{Value, json};

/// `/@alice.atom` and `/@alice.rss` come through the row of the profile, since the router cannot tell them from it.
/// `/@alice.json` is the actor's in Mastodon, so the feed has another address.
pub const ROUTES: &[Route<App>] = &[
    get("/@{name}/feed.json", own_json, Auth::Public),
    get("/tags/{name}.atom", tag_atom, Auth::Public),
    get("/tags/{name}.rss", tag_rss, Auth::Public),
    get("/tags/{name}.json", tag_json, Auth::Public),
    get("/sitemap.xml", sitemap, Auth::Public),
];

/// Posts of a feed, as in Mastodon's.
const POSTS: i64 = 20;
/// Posts that a search engine is told of; a sitemap may have 50,000.
const SITEMAP: i64 = 1_000;
/// Letters of the bio.
const ABOUT: usize = 200;
/// What of a hashtag is escaped in an address.
const BEYOND_WORDS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'_');

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Atom,
    Rss,
    Json,
}

impl Format {
    fn mime(self) -> &'static str {
        match self {
            Format::Atom => "application/atom+xml",
            Format::Rss => "application/rss+xml",
            Format::Json => "application/feed+json",
        }
    }

    /// The path of the feed of a page.
    fn path(self, page: &str) -> String {
        let ending = match self {
            Format::Atom => ".atom",
            Format::Rss => ".rss",
            Format::Json if page.starts_with("/@") => "/feed.json",
            Format::Json => ".json",
        };
        format!("{page}{ending}")
    }
}

struct Feed<'a> {
    me: &'a Instance,
    owner: Account,
    said: Place,
    title: String,
    about: String,
    /// The path of the page that shows the same.
    page: String,
    items: Vec<Item>,
}

struct Item {
    status: Status,
    title: String,
    url: String,
    html: String,
    media: Vec<Media>,
    tags: Vec<Tag>,
}

impl Item {
    fn updated(&self) -> Timestamp {
        self.status.edited_at.unwrap_or(self.status.created_at)
    }
}

/// For the head of the page whose path is `page`.
pub fn links(page: &str) -> Markup {
    html! {
        @for (format, name) in [(Format::Atom, "Atom"), (Format::Rss, "RSS"), (Format::Json, "JSON Feed")] {
            link rel="alternate" type=(format.mime()) title=(name) href=(format.path(page));
        }
    }
}

/// The path of a hashtag's page.
pub fn tag_page(name: &str) -> String {
    format!("/tags/{}", utf8_percent_encode(name, BEYOND_WORDS))
}

/// `alice.atom`: whose feed is asked for by the name of a profile.
pub fn asked(name: &str) -> Option<(&str, Format)> {
    let atom = name.strip_suffix(".atom").map(|name| (name, Format::Atom));
    atom.or_else(|| Some((name.strip_suffix(".rss")?, Format::Rss)))
}

fn own_json(app: &App, req: &Req) -> Result<Res> {
    if !super::profile::is_own(app, req.param("name")) {
        return Err(Error::not_found());
    }
    own(app, req, Format::Json)
}

/// The owner's posts, without answers to others and boosts.
pub fn own(app: &App, req: &Req, format: Format) -> Result<Res> {
    let feed = app.store.read(|c| {
        let owner = accounts::owner(c)?;
        let list = public(c, &owner, true, POSTS)?;
        let settings = speak(c)?;
        Ok(Feed {
            me: &app.instance,
            title: owner.name().to_owned(),
            about: text::line(&text::plain(&owner.note), ABOUT),
            page: format!("/@{}", owner.username),
            items: items(c, list)?,
            said: settings.place,
            owner,
        })
    })?;
    answer(req, format, &feed)
}

fn tag_atom(app: &App, req: &Req) -> Result<Res> {
    tag(app, req, Format::Atom)
}

fn tag_rss(app: &App, req: &Req) -> Result<Res> {
    tag(app, req, Format::Rss)
}

fn tag_json(app: &App, req: &Req) -> Result<Res> {
    tag(app, req, Format::Json)
}

/// Errors: `NotFound` where the owner wrote nothing for everybody, so that nobody learns of the rest.
fn tag(app: &App, req: &Req, format: Format) -> Result<Res> {
    let name = text::normalise_tag(req.param("name"));
    let which = Public { local: true, ..Public::default() };
    let tagged = Tagged { name: name.clone(), which, ..Tagged::default() };
    let feed = app.store.read(|c| {
        let owner = accounts::owner(c)?;
        let list = open(c, &owner, timelines::tagged(c, &tagged, &Page::newest(POSTS), app.now())?)?;
        if list.is_empty() {
            return Err(Error::not_found());
        }
        let settings = speak(c)?;
        Ok(Feed {
            me: &app.instance,
            title: format!("#{name} · {}", owner.name()),
            about: fill(
                "profile-feed-tag",
                &[("name", owner.name().into()), ("tag", format!("#{name}").into())],
            ),
            page: tag_page(&name),
            items: items(c, list)?,
            said: settings.place,
            owner,
        })
    })?;
    answer(req, format, &feed)
}

/// A feed is read by programs: it speaks as its owner chose, and to each as asked only where nothing was chosen.
fn speak(c: &Connection) -> Result<Settings> {
    let settings = instance::settings(c)?;
    if let Some(language) = settings.locale.as_deref().and_then(Language::of) {
        words::speak(language);
    }
    Ok(settings)
}

/// The profile, what this place is, and the posts, of an owner who wants to be found.
fn sitemap(app: &App, req: &Req) -> Result<Res> {
    let me = &app.instance;
    let (owner, list) = app.store.read(|c| {
        let owner = accounts::owner(c)?;
        let list = if owner.discoverable { public(c, &owner, false, SITEMAP)? } else { Vec::new() };
        Ok((owner, list))
    })?;
    let markup = html! {
        urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {
            @if owner.discoverable {
                url { loc { (me.at(&format!("/@{}", owner.username))) } }
                url { loc { (me.at("/about")) } }
            }
            @for status in &list {
                url { loc { (page_of(status)) } lastmod { (status.edited_at.unwrap_or(status.created_at)) } }
            }
        }
    };
    Ok(finish(req, Res::new(200, "application/xml; charset=utf-8", xml(markup))))
}

fn public(c: &Connection, owner: &Account, exclude_replies: bool, limit: i64) -> Result<Vec<Status>> {
    let which = OfAccount {
        exclude_replies,
        exclude_reblogs: true,
        up_to: Visibility::Public,
        ..OfAccount::default()
    };
    open(c, owner, timelines::of_account(c, owner.id, &which, &Page::newest(limit))?)
}

/// Those that stand in lists for everybody. Errors: `NotFound` when the owner shows strangers nothing.
fn open(c: &Connection, owner: &Account, mut list: Vec<Status>) -> Result<Vec<Status>> {
    if owner.suspended || visibility::up_to(c, Viewer::Stranger, owner)?.is_none() {
        return Err(Error::not_found());
    }
    list.retain(|status| status.visibility == Visibility::Public);
    visibility::only_visible(c, Viewer::Stranger, owner.id, list)
}

fn page_of(status: &Status) -> &str {
    status.url.as_deref().unwrap_or(&status.uri)
}

fn items(c: &Connection, list: Vec<Status>) -> Result<Vec<Item>> {
    let ids: Vec<StatusId> = list.iter().map(|s| s.id).collect();
    let (mut media, mut tags) = (media::of_statuses(c, &ids)?, tags::of_statuses(c, &ids)?);
    let polls = polls::of_statuses(c, &ids)?;
    let item = |status: Status| {
        // A reader has no cover that is lifted by a click.
        let covered = status.sensitive || !status.spoiler_text.is_empty();
        let mut media = media.remove(&status.id).unwrap_or_default();
        let hint =
            (covered && !(status.spoiler_text.is_empty() && media.is_empty())).then(|| page_of(&status));
        media.retain(|m| !covered && m.blob.is_some());
        let poll = polls.get(&status.id).filter(|_| status.spoiler_text.is_empty());
        let html = html! {
            @if status.spoiler_text.is_empty() { (PreEscaped(&status.content)) }
            @else { p { b { (status.spoiler_text) } } }
            @if let Some(poll) = poll { ul { @for title in poll.titles() { li { (title) } } } }
            @if let Some(page) = hint { p { a href=(page) { (say("profile-feed-covered")) } } }
        };
        Item {
            title: thread::title(&status, &text::plain(&status.content)),
            url: page_of(&status).to_owned(),
            html: html.into_string(),
            media,
            tags: tags.remove(&status.id).unwrap_or_default(),
            status,
        }
    };
    Ok(list.into_iter().map(item).collect())
}

fn answer(req: &Req, format: Format, feed: &Feed) -> Result<Res> {
    let robots = layout::robots(&feed.owner, &feed.said);
    let content_type = format!("{}; charset=utf-8", format.mime());
    let res = match format {
        Format::Atom => Res::new(200, &content_type, xml(feed.atom())),
        Format::Rss => Res::new(200, &content_type, xml(feed.rss())),
        Format::Json => Res::json_as(&content_type, &feed.json())?,
    };
    let res = res.with_some("x-robots-tag", Some(robots).filter(|robots| !robots.is_empty()));
    Ok(finish(req, res))
}

fn finish(req: &Req, res: Res) -> Res {
    let etag = format!("W/\"{}\"", fingerprint(&res));
    let res = res
        .with("cache-control", "public, max-age=300")
        .with("vary", "Accept-Language")
        .with("content-security-policy", INERT)
        .with("access-control-allow-origin", "*");
    unless_known(req, &etag, res)
}

/// A document without the characters that XML 1.0 has no way to write, not even escaped (2.2, Char).
fn xml(markup: Markup) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.extend(markup.0.chars().filter(allowed));
    text
}

/// Every element is closed: `link {}` and not `link;`, which is HTML.
impl Feed<'_> {
    fn updated(&self) -> Timestamp {
        self.items.iter().map(Item::updated).max().unwrap_or(self.owner.created_at)
    }

    fn here(&self, format: Format) -> String {
        self.me.at(&format.path(&self.page))
    }

    fn icon(&self) -> String {
        let path = avatar_address(self.me, &self.owner);
        if path.starts_with('/') { self.me.at(&path) } else { path }
    }

    /// The address of a file of ours.
    fn file(&self, media: &Media) -> String {
        self.me.at(&format!("/media/{}", media.blob.as_deref().unwrap_or_default()))
    }

    fn atom(&self) -> Markup {
        let here = self.here(Format::Atom);
        html! {
            feed xmlns="http://www.w3.org/2005/Atom" {
                id { (here) }
                title { (self.title) }
                @if !self.about.is_empty() { subtitle { (self.about) } }
                updated { (self.updated()) }
                icon { (self.icon()) }
                link rel="self" type=(Format::Atom.mime()) href=(here) {}
                link rel="alternate" type="text/html" href=(self.me.at(&self.page)) {}
                author { name { (self.owner.name()) } uri { (self.owner.url) } }
                generator { "Taure" }
                @for item in &self.items {
                    entry xml:lang=[item.status.language.as_deref()] {
                        id { (item.status.uri) }
                        title { (item.title) }
                        link rel="alternate" type="text/html" href=(item.url) {}
                        published { (item.status.created_at) }
                        updated { (item.updated()) }
                        content type="html" { (item.html) }
                        @for tag in &item.tags { category term=(tag.name) label={ "#" (tag.display_name) } {} }
                        @for m in &item.media {
                            link rel="enclosure" type=(m.mime) length=(m.bytes) title=[m.description.as_deref()] href=(self.file(m)) {}
                        }
                    }
                }
            }
        }
    }

    fn rss(&self) -> Markup {
        let page = self.me.at(&self.page);
        html! {
            rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" {
                channel {
                    title { (self.title) }
                    link { (page) }
                    description { (self.about) }
                    atom:link rel="self" type=(Format::Rss.mime()) href=(self.here(Format::Rss)) {}
                    image { url { (self.icon()) } title { (self.title) } link { (page) } }
                    lastBuildDate { (self.updated().to_http_date()) }
                    generator { "Taure" }
                    @for item in &self.items {
                        item {
                            title { (item.title) }
                            link { (item.url) }
                            guid isPermaLink="true" { (item.status.uri) }
                            pubDate { (item.status.created_at.to_http_date()) }
                            @if item.status.edited_at.is_some() { atom:updated { (item.updated()) } }
                            dc:creator { (self.owner.name()) }
                            description { (item.html) }
                            @for tag in &item.tags { category { (tag.name) } }
                            @for m in &item.media { enclosure url=(self.file(m)) length=(m.bytes) type=(m.mime) {} }
                        }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        let item = |item: &Item| {
            let file = |m: &Media| {
                json!({"url": self.file(m), "mime_type": m.mime, "size_in_bytes": m.bytes,
                       "title": m.description, "duration_in_seconds": m.duration})
            };
            json!({
                "id": item.status.uri,
                "url": item.url,
                "title": item.title,
                "content_html": item.html,
                "date_published": item.status.created_at.to_string(),
                "date_modified": item.updated().to_string(),
                "language": item.status.language,
                "tags": item.tags.iter().map(|tag| &tag.name).collect::<Vec<_>>(),
                "attachments": item.media.iter().map(file).collect::<Vec<_>>(),
            })
        };
        let icon = self.icon();
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "description": self.about,
            "home_page_url": self.me.at(&self.page),
            "feed_url": self.here(Format::Json),
            "icon": icon,
            "authors": [{"name": self.owner.name(), "url": self.owner.url, "avatar": icon}],
            "items": self.items.iter().map(item).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_write_is_left_out() {
        let hostile = "a\0b\u{8}c\u{1f}d\u{fffe}e\u{ffff}f]]>\t<&\"🦀\u{fffd}";
        let text = xml(html! { t a=(hostile) { (hostile) } });
        let inside = "abcdef]]&gt;\t&lt;&amp;&quot;🦀\u{fffd}";
        assert!(text.ends_with(&format!("<t a=\"{inside}\">{inside}</t>")), "{text}");
    }
}
