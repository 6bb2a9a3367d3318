//! Webmentions, both ways: <https://www.w3.org/TR/webmention/>.
//!
//! In: whoever links to a post of the owner's may say so; a job looks whether that is true, and keeps a short plain text.
//! Out: what a public post links to is told so, each link once a version.

use super::cards;
use super::deliver::host;
use super::domain_blocks::check_reach;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use crate::remote::{Answer, Request};
use crate::store::webmentions::{self, Sent, Webmention};
use crate::store::{Tx, cards as kept, domain_blocks, instance, jobs, statuses};
use crate::text::{self, Site};
use url::Url;

/// Bytes of a page that are read, letters that are kept of a text and a name, and the longest address.
const PAGE: u64 = 1024 * 1024;
const LETTERS: usize = 1_000;
const NAME: usize = 100;
const ADDRESS: usize = 2_048;
/// Webmentions that are taken within an hour: from one host, and at all.
const OF_HOST: usize = 30;
const OF_ALL: usize = 300;
/// Those that wait at all.
const WAITING: i64 = 1_000;
/// Links of one post that are told.
const LINKS: usize = 20;

/// Says `yes` or `no` to sending; nothing said is yes.
const SILENT: &str = "webmentions_silent";

pub fn sends(c: &rusqlite::Connection) -> Result<bool> {
    Ok(instance::number(c, SILENT)?.unwrap_or(0) == 0)
}

pub fn set_sends(tx: &Tx, on: bool) -> Result<()> {
    instance::set_number(tx, SILENT, i64::from(!on))
}

/// The newest one that the owner has seen in their list.
const SEEN: &str = "webmentions_seen";

/// How many came since the owner looked at them; counting ends at `limit`. They are nobody's account, so that no
/// notification can stand for them.
pub fn unseen(c: &rusqlite::Connection, limit: i64) -> Result<i64> {
    webmentions::newer(c, RowId(instance::number(c, SEEN)?.unwrap_or(0)), limit)
}

/// The owner has seen all that there are.
pub fn see_all(app: &App) -> Result<()> {
    if app.store.read(|c| unseen(c, 1))? == 0 {
        return Ok(());
    }
    app.store.write(|tx| {
        let newest = webmentions::newest(tx, 1)?.first().map_or(0, |one| one.id.0);
        instance::set_number(tx, SEEN, newest)
    })
}

/// Somebody says that `source` links to `target`: that will be looked at.
///
/// Errors: `BadRequest` for what cannot be true, `Forbidden` for a blocked host, `TooManyRequests`.
pub fn receive(app: &App, source: &str, target: &str) -> Result<()> {
    let wrong = |words: &str| Err(Error::bad_request(words));
    let url = match Url::parse(source.trim()) {
        Ok(url) if source.len() <= ADDRESS && app.remote.check_url(&url).is_ok() => url,
        _ => return wrong("The source is no address of a page"),
    };
    if app.instance.owns(url.as_str()) || host(url.as_str()).as_deref() == Some(app.instance.host.as_str()) {
        return wrong("The source is a page of this very server");
    }
    if target.len() > ADDRESS || app.store.read(|c| aim(c, app, target))?.is_none() {
        return wrong("The target is no public post here and no profile");
    }
    let Some(host) = host(url.as_str()) else { return wrong("The source is no address of a page") };
    if app.store.read(|c| domain_blocks::has(c, &host))? {
        return Err(Error::forbidden("This site is not heard here"));
    }
    let (now, target) = (app.now(), bare(target).to_owned());
    // Nothing is noted of what is refused: at most three names a webmention, so that a crowd pushes no name out.
    let free = |name: &str, most: usize| {
        (0..most).map(|n| format!("{name} {n}")).find(|slot| !app.mentioned.is_taken(slot, now, HOUR))
    };
    let pair = format!("{url} {target}");
    let taken = [free("", OF_ALL), free(&host, OF_HOST)];
    let [Some(of_all), Some(of_host)] = taken else { return Err(crate::http::rate::too_many()) };
    if app.mentioned.is_taken(&pair, now, MINUTE)
        || app.store.read(|c| jobs::webmentions_waiting(c, WAITING))? >= WAITING
    {
        return Err(crate::http::rate::too_many());
    }
    for name in [of_all, of_host, pair] {
        app.mentioned.note(&name, now);
    }
    let job = Job::ReceiveWebmention { source: url.into(), target };
    app.store.write(|tx| jobs::push_if_room(tx, &host, &job))
}

/// What a target is of: a public post, or the profile (`None` inside).
fn aim(c: &rusqlite::Connection, app: &App, target: &str) -> Result<Option<Option<StatusId>>> {
    let me = &app.instance;
    let Ok(url) = Url::parse(target) else { return Ok(None) };
    if !me.owns(target) {
        return Ok(None);
    }
    let path = url.path().trim_end_matches('/');
    let (page, actor) = (format!("/@{}", me.username), format!("/users/{}", me.username));
    let is = |path: &str| [page.as_str(), actor.as_str(), ""].iter().any(|p| path.eq_ignore_ascii_case(p));
    if is(path) {
        return Ok(Some(None));
    }
    let Some((above, id)) = path.rsplit_once('/') else { return Ok(None) };
    let above = above.strip_suffix("/statuses").unwrap_or(above);
    let Some(id) = id.parse::<StatusId>().ok().filter(|_| !above.is_empty() && is(above)) else {
        return Ok(None);
    };
    let status = statuses::many(c, &[id])?.remove(&id);
    let open = status.filter(|s| s.local && s.reblog_of.is_none() && s.visibility.is_open());
    Ok(open.map(|s| Some(s.id)))
}

/// Without what names no other page: one target has one name.
fn bare(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// Looks at the source: keeps what it says, or forgets it where it links here no longer.
///
/// Errors: as the other server answers.
pub fn check(app: &App, source: &str, target: &str) -> Result<()> {
    let url = Url::parse(source).map_err(|_| Error::not_found())?;
    if check_reach(app, source).is_err() {
        return app.store.write(|tx| webmentions::delete(tx, source, target));
    }
    let answer = read(app, &url)?;
    if matches!(answer.status, 404 | 410) {
        return app.store.write(|tx| webmentions::delete(tx, source, target));
    }
    let answer = answer.expect_ok()?;
    let site = text::site(&body(&answer));
    let base = answer.url.join(&site.base).unwrap_or(answer.url.clone());
    let leads = |href: &str| base.join(href).is_ok_and(|url| same_page(url.as_str(), target));
    let links = site.links.iter().any(|href| leads(href));
    app.store.write(|tx| {
        let aim = aim(tx, app, target)?;
        // The word is that of the site which was asked, whatever the page says of itself.
        let from = host(source).unwrap_or_default();
        let at = host(answer.url.as_str()).unwrap_or_default();
        let blocked = from.is_empty() || domain_blocks::has(tx, &from)? || domain_blocks::has(tx, &at)?;
        match aim.filter(|_| links && !blocked) {
            Some(status) => {
                let new = Webmention {
                    status,
                    source: source.to_owned(),
                    target: target.to_owned(),
                    ..said(&site, from, &base, &leads)
                };
                webmentions::put(tx, &new)
            }
            None => webmentions::delete(tx, source, target),
        }
    })
}

/// The same page here, whatever stands behind its path.
fn same_page(a: &str, b: &str) -> bool {
    bare(a).trim_end_matches('/') == bare(b).trim_end_matches('/')
}

/// What a page of `host` says, in plain words that are safe to show. `base`: from where its links lead.
fn said(site: &Site, host: String, base: &Url, leads: &dyn Fn(&str) -> bool) -> Webmention {
    let none = Default::default();
    let entry = site.entry.as_ref().unwrap_or(&none);
    let web = |href: &str| {
        let url = base.join(href).ok().filter(|_| !href.is_empty())?;
        (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= ADDRESS).then(|| url.to_string())
    };
    let kind = entry.about.iter().find(|(_, href)| leads(href)).map(|(kind, _)| *kind);
    let kind = match kind {
        Some("in-reply-to") => "reply",
        Some("like-of") => "like",
        Some("repost-of") => "repost",
        _ => "mention",
    };
    let text = match (kind, entry.content.trim(), entry.summary.trim()) {
        ("like" | "repost", ..) => "",
        // A page that only mentions is told by its title; an article is not repeated here.
        ("mention", ..) if !entry.name.is_empty() && !entry.content.trim().starts_with(&entry.name) => {
            &entry.name
        }
        (_, "", "") if entry.name.is_empty() => site.title.trim(),
        (_, "", "") => &entry.name,
        (_, "", summary) => summary,
        (_, content, _) => content,
    };
    let name = if entry.author_name.is_empty() {
        host.split(':').next().unwrap_or_default()
    } else {
        &entry.author_name
    };
    Webmention {
        kind: kind.to_owned(),
        author_name: text::line(name, NAME),
        author_url: web(&entry.author_url).unwrap_or_default(),
        author_photo: web(&entry.author_photo).unwrap_or_default(),
        text: text::lines(text, LETTERS),
        published_at: Timestamp::parse_rfc3339(&entry.published).filter(|at| at.0 > 0),
        host,
        ..Webmention::default()
    }
}

fn read(app: &App, url: &Url) -> Result<Answer> {
    check_reach(app, url.as_str())?;
    app.remote.send(&Request { accept: Some("text/html"), max_bytes: PAGE, cut: true, ..Request::get(url) })
}

fn body(answer: &Answer) -> String {
    match answer.headers.media_type().as_str() {
        "text/html" | "application/xhtml+xml" => {
            text::decode(&answer.body, answer.headers.get("content-type").and_then(text::charset))
        }
        _ => String::new(),
    }
}

/// The owner forgets one.
pub fn forget(app: &App, id: RowId) -> Result<()> {
    app.store.write(|tx| webmentions::delete_one(tx, id))
}

/// The owner wants nothing of its whole site any more.
///
/// Errors: `NotFound`.
pub fn block_host(app: &App, id: RowId) -> Result<()> {
    app.store.write(|tx| {
        let host = webmentions::delete_host_of(tx, id)?.ok_or_else(Error::not_found)?;
        super::domain_blocks::hide_in(tx, &app.instance, &host)
    })
}

// --- out

/// Queues what the links of an own post are told: those of now, and those that were there `before`.
pub fn tell_later(tx: &Tx, me: &Instance, status: &Status, before: Option<&Status>) -> Result<()> {
    let Some(source) = status.url.as_deref().filter(|_| status.local && status.reblog_of.is_none()) else {
        return Ok(());
    };
    if !status.visibility.is_open() || !sends(tx)? {
        return Ok(());
    }
    let mut told: Vec<String> = Vec::new();
    for href in before.into_iter().chain([status]).flat_map(|s| text::links(&s.content)) {
        let Some(target) = cards::tidy(me, &href).and(Url::parse(&href).ok()) else { continue };
        let target = target.to_string();
        let Some(host) = host(&target).filter(|_| !told.contains(&target) && told.len() < LINKS) else {
            continue;
        };
        jobs::push_if_room(
            tx,
            &host,
            &Job::SendWebmention { source: source.to_owned(), target: target.clone() },
        )?;
        told.push(target);
    }
    Ok(())
}

/// Tells one page, if it wants to hear. `last`: nobody tries again, so what went wrong is noted.
///
/// Errors: `Unavailable` when trying again may help; our own.
pub fn send(app: &App, source: &str, target: &str, last: bool) -> Result<()> {
    let outcome = match tell(app, source, target, last) {
        Ok(None) => return Ok(()),
        Ok(Some(told)) => told,
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => return Err(e),
        Err(e) if e.kind == Kind::Unavailable && !last => return Err(e),
        Err(_) => return Ok(()),
    };
    app.store.write(|tx| webmentions::note_sent(tx, &outcome))
}

fn tell(app: &App, source: &str, target: &str, last: bool) -> Result<Option<Sent>> {
    let endpoint = match endpoint(app, target) {
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace | Kind::Unavailable) => return Err(e),
        // The page cannot be had, so nobody knows whether it wants to hear.
        Err(_) | Ok(None) => return Ok(None),
        Ok(Some(endpoint)) => endpoint,
    };
    if check_reach(app, endpoint.as_str()).is_err() {
        return Ok(None);
    }
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("source", source), ("target", target)])
        .finish();
    let answer = app.remote.send(&Request {
        max_bytes: 64 * 1024,
        cut: true,
        ..Request::post(&endpoint, "application/x-www-form-urlencoded", form.as_bytes())
    });
    let status = match answer {
        Ok(answer) if !last && (answer.status >= 500 || answer.status == 429) => {
            return Err(Error::unavailable("The other site cannot take it now"));
        }
        Ok(answer) => answer.status,
        Err(e) if !last && e.kind == Kind::Unavailable => return Err(e),
        Err(_) => 0,
    };
    let outcome = match status {
        200..=299 => "accepted",
        0 | 429 | 500.. => "unreachable",
        _ => "refused",
    };
    Ok(Some(Sent {
        source: source.to_owned(),
        target: target.to_owned(),
        endpoint: endpoint.into(),
        outcome: outcome.to_owned(),
        ..Sent::default()
    }))
}

/// Where a page wants to hear of links: <https://www.w3.org/TR/webmention/#sender-discovers-receiver-webmention-endpoint>.
/// A page whose preview is known, or that had none, is not asked again for as long as that holds.
fn endpoint(app: &App, target: &str) -> Result<Option<Url>> {
    let known = match cards::tidy(&app.instance, target) {
        Some(tidy) => app.store.read(|c| kept::by_url(c, &tidy))?,
        None => None,
    };
    if let Some(card) = known.filter(|card| cards::is_fresh(card, app.now())) {
        return Ok(Url::parse(&card.webmention).ok());
    }
    let url = Url::parse(target).map_err(|_| Error::not_found())?;
    let answer = read(app, &url)?.expect_ok()?;
    let page = text::site(&body(&answer));
    Ok(announced(&answer, &page))
}

/// The endpoint that a page names in its header or its HTML.
pub fn announced(answer: &Answer, page: &Site) -> Option<Url> {
    let in_header = answer.headers.all("link").flat_map(crate::remote::links::in_header);
    let found = match in_header.into_iter().find(|link| link.has_rel("webmention")) {
        Some(link) => answer.url.join(&link.href).ok()?,
        None => {
            let base = answer.url.join(&page.base).unwrap_or(answer.url.clone());
            base.join(page.webmention.as_deref()?).ok()?
        }
    };
    (found.as_str().len() <= ADDRESS).then_some(found)
}
