//! The owner reads feeds like people: each is an account, its entries are posts. RSS, Atom (RFC 4287), JSON Feed.
//!
//! A feed is found at its address or by what a page says of itself (`rel="alternate"`), asked for by a job at an interval
//! that fits it (half an hour to a day), and never told anything.

use super::deliver::host;
use super::domain_blocks::check_reach;
use super::resolve::same_host;
use super::{cards, home, notify};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::account::FEED;
use crate::model::time::{DAY, HOUR, MINUTE, SECOND};
use crate::model::*;
use crate::remote::{Answer, Request};
use crate::store::feeds::{self, Feed};
use crate::store::{Tx, accounts, jobs, media, relations, statuses, tags};
use crate::text::{self, FeedEntry};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use url::Url;

/// Bytes of a feed, and entries of it that are read.
const BYTES: u64 = 2 * 1024 * 1024;
const ENTRIES: usize = 50;
/// Feeds of one page that are offered.
const OFFERED: usize = 3;
/// Feeds of one list.
const IMPORTED: usize = 500;
/// Between two looks: at first, at least, at most.
const FIRST: i64 = HOUR;
const SHORTEST: i64 = 30 * MINUTE;
const LONGEST: i64 = DAY;
/// Bytes of an entry that are shown whole; of a longer one the beginning is.
const WHOLE: usize = 20_000;
const BEGINNING: usize = 3_000;
/// An older entry is no news.
const NEWS: i64 = DAY;

const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.1";

/// The feeds at an address: the one that it is, or those that the page there names. They become accounts, which nobody
/// follows yet.
///
/// Errors: as the other server answers; `NotFound` where there is none.
pub fn discover(app: &App, address: &str) -> Result<Vec<Account>> {
    let url = Url::parse(address).map_err(|_| Error::not_found())?;
    if app.instance.owns(url.as_str()) {
        return Err(Error::not_found());
    }
    if let Some(known) = app.store.read(|c| known_at(c, &url))? {
        return Ok(vec![known]);
    }
    let answer = ask(app, &url, &[])?.expect_ok()?;
    let body = decoded(&answer);
    if let Some(feed) = text::feed(&body, 1) {
        return Ok(vec![keep(app, &answer.url, None, &feed)?]);
    }
    let page = text::site(&body);
    let base = answer.url.join(&page.base).unwrap_or(answer.url.clone());
    let named = page.feeds.iter().filter(|(href, _)| !href.contains("/comments/"));
    let mut found = Vec::new();
    for (href, _) in named.take(OFFERED) {
        let Ok(url) = base.join(href) else { continue };
        let Ok(said) = ask(app, &url, &[]).and_then(Answer::expect_ok) else { continue };
        if let Some(feed) = text::feed(&decoded(&said), 1) {
            found.push(keep(app, &url, Some(&answer.url), &feed)?);
        }
    }
    if found.is_empty() { Err(Error::not_found()) } else { Ok(found) }
}

/// Follows the first feed at an address.
///
/// Errors: as [`discover`]; `Forbidden` for a blocked one.
pub fn add(app: &App, address: &str) -> Result<Account> {
    let address = whole(app, address.trim());
    let found = discover(app, &address)?.into_iter().next().ok_or_else(Error::not_found)?;
    super::follows::follow(app, found.id, &Default::default())
}

/// An address as people write it: without the scheme.
pub fn whole(app: &App, address: &str) -> String {
    if address.contains("://") {
        return address.to_owned();
    }
    let host = address.split(['/', '?', '#']).next().unwrap_or(address);
    format!("{}://{address}", app.remote.scheme_for(host))
}

/// Follows what a list of feeds names (OPML); says how many there were. Each is looked at by its job.
///
/// Errors: `Invalid` for what is no such list.
pub fn import(app: &App, list: &str) -> Result<usize> {
    let mut count = 0;
    for (address, title, site) in text::opml(list, IMPORTED) {
        let Ok(url) = Url::parse(&address) else { continue };
        if app.remote.check_url(&url).is_err() || app.instance.owns(url.as_str()) {
            continue;
        }
        let feed = text::Feed { title, site, ..text::Feed::default() };
        let done = app.store.write(|tx| {
            let account = keep_in(tx, &url, None, &feed)?;
            super::follows::follow_in(tx, &app.instance, account.id, &Default::default())
        });
        match done {
            Ok(_) => count += 1,
            Err(e) if e.kind == Kind::Internal => return Err(e),
            Err(_) => (), // blocked, or nothing that can be followed
        }
    }
    if count == 0 { Err(Error::invalid("There is no feed in this file")) } else { Ok(count) }
}

/// Takes a feed away with all that came by it.
///
/// Errors: `NotFound` for what is no feed.
pub fn remove(app: &App, id: AccountId) -> Result<()> {
    app.store.write(|tx| {
        let account = accounts::get(tx, id)?;
        if !account.is_feed() {
            return Err(Error::not_found());
        }
        super::follows::end_following(tx, &app.instance, &account)?;
        accounts::delete(tx, id)?;
        Ok(())
    })
}

/// Private feeds have a secret in their address, and apps show the uri.
fn uri_of(url: &Url) -> String {
    format!("{FEED}{}", digest(url.as_str()))
}

/// The account of a feed: by where it is asked for now, or by where it was found at first, which is its name for ever.
fn known_at(c: &Connection, url: &Url) -> Result<Option<Account>> {
    match feeds::by_url(c, url.as_str())? {
        Some(feed) => Ok(Some(accounts::get(c, feed.account)?)),
        None => accounts::by_uri(c, &uri_of(url)),
    }
}

fn ask(app: &App, url: &Url, headers: &[(&str, &str)]) -> Result<Answer> {
    check_reach(app, url.as_str())?;
    app.remote.send(&Request { accept: Some(ACCEPT), max_bytes: BYTES, headers, ..Request::get(url) })
}

/// What the answer says of its letters, else what the XML does.
fn decoded(answer: &Answer) -> String {
    let said = answer.headers.get("content-type").and_then(text::charset).map(str::to_owned);
    let head: String = answer.body.iter().take(200).map(|b| char::from(*b)).collect();
    let declared = head.strip_prefix("<?xml").and_then(|xml| {
        let (_, after) = xml.split_once("?>")?.0.split_once("encoding=")?;
        after.get(1..)?.split(['"', '\'']).next().map(str::to_owned)
    });
    text::decode(&answer.body, said.or(declared).as_deref())
}

/// `page`: the site that names it as its own feed. Where another one than the feed's own does so, it is believed as long
/// as the feed is new here: nobody's page renames what the owner reads already.
fn keep(app: &App, url: &Url, page: Option<&Url>, feed: &text::Feed) -> Result<Account> {
    app.store.write(|tx| keep_in(tx, url, page, feed))
}

fn keep_in(tx: &Tx, url: &Url, page: Option<&Url>, feed: &text::Feed) -> Result<Account> {
    let site = url.join(&feed.site).ok().filter(|site| same_host(site.as_str(), url.as_str()));
    // What a feed says of others' sites is nobody's word.
    let site = page.cloned().or(site).unwrap_or(url.clone());
    let known = known_at(tx, url)?;
    let kept = known.as_ref().and_then(|known| Some((Url::parse(&known.url).ok()?, known.domain.clone()?)));
    let (site, domain) = match kept {
        Some(kept) if !same_host(site.as_str(), url.as_str()) => kept,
        _ => (site.clone(), host(site.as_str()).ok_or_else(Error::not_found)?),
    };
    let icon = url.join(&feed.icon).ok().filter(|icon| !feed.icon.is_empty() && is_web(icon));
    let (uri, username) = match known {
        Some(known) if known.domain.as_deref() == Some(domain.as_str()) => (known.uri, known.username),
        Some(known) => (known.uri, free_name(tx, &domain)?),
        None => (uri_of(url), free_name(tx, &domain)?),
    };
    let account = Account {
        uri,
        url: site.to_string(),
        username,
        display_name: if feed.title.is_empty() { domain.clone() } else { feed.title.clone() },
        domain: Some(domain),
        note: text::sanitise(&feed.description),
        avatar: icon.map(|icon| Picture::Remote(icon.into())),
        kind: ActorKind::Service,
        created_at: tx.now,
        ..Account::default()
    };
    let id = accounts::upsert_remote(tx, &account)?;
    if feeds::get(tx, id)?.is_none() {
        feeds::put(tx, &Feed { account: id, url: url.to_string(), wait: FIRST, ..Feed::default() })?;
    }
    accounts::get(tx, id)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.as_str().len() <= 2_048
}

/// `feed`, or with a number where another one of that site has that name.
fn free_name(tx: &Tx, domain: &str) -> Result<String> {
    for n in 1..1_000 {
        let name = if n == 1 { "feed".to_owned() } else { format!("feed{n}") };
        if accounts::by_acct(tx, &name, Some(domain))?.is_none() {
            return Ok(name);
        }
    }
    Err(Error::invalid("This site has too many feeds"))
}

/// The owner follows it now: there is nobody to ask.
pub fn begin(tx: &Tx, id: AccountId) -> Result<()> {
    relations::follow_accepted(tx, id)?;
    if let Some(feed) = feeds::get(tx, id)? {
        feeds::put(tx, &Feed { next_at: Some(tx.now), wait: FIRST, fault: None, ..feed })?;
        jobs::set_alarm(tx, &Job::FetchFeed { account: id }, tx.now)?;
    }
    Ok(())
}

/// The owner follows it no longer. Should that change, all of it is news again.
pub fn end(tx: &Tx, id: AccountId) -> Result<()> {
    jobs::drop_alarm(tx, &Job::FetchFeed { account: id })?;
    if let Some(feed) = feeds::get(tx, id)? {
        let url = feed.url;
        feeds::put(tx, &Feed { account: id, url, fetched_at: feed.fetched_at, ..Feed::default() })?;
    }
    Ok(())
}

/// Looks now, whenever the next look was to be.
pub fn look_now(app: &App, id: AccountId) -> Result<()> {
    app.store.write(|tx| {
        let account = accounts::get(tx, id)?;
        match feeds::get(tx, id)?.filter(|_| account.relation.following == Follow::Yes) {
            Some(_) => jobs::set_alarm(tx, &Job::FetchFeed { account: id }, tx.now),
            None => Err(Error::not_found()),
        }
    })
}

/// How a look ended: with a new version, its marks, and where it is for good from now on.
enum Seen {
    New(Box<text::Feed>, Option<String>, Option<String>, Option<Url>),
    Same,
    /// Words for the owner, and how long to wait at least; `None`: for ever.
    Fault(String, Option<i64>),
}

/// Asks for a feed, takes what is new, and sets the next alarm.
///
/// Errors: our own.
pub fn look(app: &App, id: AccountId) -> Result<()> {
    let found = app.store.read(|c| {
        let Some(feed) = feeds::get(c, id)? else { return Ok(None) };
        Ok(Some((feed, accounts::get(c, id)?)))
    })?;
    let Some((feed, account)) = found.filter(|(_, a)| a.relation.following == Follow::Yes) else {
        return Ok(());
    };
    let seen = match fetch(app, &feed) {
        Ok(seen) => seen,
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => return Err(e),
        Err(e) => Seen::Fault(e.public, Some(0)),
    };
    app.store.write(|tx| {
        // It may have gone meanwhile.
        let Some(before) = feeds::get(tx, id)?.filter(|f| f.next_at.is_some()) else { return Ok(()) };
        let mut after = Feed { fetched_at: Some(tx.now), fault: None, ..before.clone() };
        match seen {
            Seen::New(read, etag, modified, moved) => {
                if let (Ok(url), Ok(site)) = (Url::parse(&feed.url), Url::parse(&account.url)) {
                    keep_in(tx, &url, Some(&site), &read)?; // it may call itself something else by now
                }
                let news = take(tx, &account, &feed, &read)?;
                after.wait = if news > 0 { before.wait / 2 } else { before.wait * 3 / 2 };
                after.seen = read.entries.iter().map(|e| digest(&e.id)).collect::<Vec<_>>().join(" ");
                (after.etag, after.modified) = (etag, modified);
                if let Some(moved) = moved.filter(is_web)
                    && known_at(tx, &moved)?.is_none()
                {
                    after.url = moved.into();
                }
            }
            Seen::Same => after.wait = before.wait * 3 / 2,
            Seen::Fault(words, wait) => {
                after.wait = (before.wait * 2).max(wait.unwrap_or(0));
                after.fault = Some(words);
                if wait.is_none() {
                    after.next_at = None;
                    return feeds::put(tx, &after);
                }
            }
        }
        after.wait = after.wait.clamp(SHORTEST, LONGEST);
        // Not all of them at the same minute.
        let at = tx.now.plus(after.wait + (id.0 >> 16).rem_euclid(30) * SECOND);
        after.next_at = Some(at);
        feeds::put(tx, &after)?;
        jobs::set_alarm(tx, &Job::FetchFeed { account: id }, at)
    })
}

fn fetch(app: &App, feed: &Feed) -> Result<Seen> {
    let url = Url::parse(&feed.url).map_err(|_| Error::not_found())?;
    let mut headers: Vec<(&str, &str)> = Vec::new();
    headers.extend(feed.etag.as_deref().map(|tag| ("if-none-match", tag)));
    headers.extend(feed.modified.as_deref().map(|at| ("if-modified-since", at)));
    let answer = ask(app, &url, &headers)?;
    let fault = |words: &str, wait| Ok(Seen::Fault(words.to_owned(), wait));
    match answer.status {
        304 => return Ok(Seen::Same),
        410 => return fault("The site says that this feed is gone for good", None),
        429 | 503 => {
            let asked = answer.headers.get("retry-after").and_then(|text| {
                let seconds = text.trim().parse::<i64>().ok().map(|s| s.saturating_mul(SECOND));
                seconds.or_else(|| Timestamp::parse_http_date(text).map(|at| at.0 - app.now().0))
            });
            return fault("The site asks to be asked less often", Some(asked.unwrap_or(0)));
        }
        _ => (),
    }
    let answer = answer.expect_ok()?;
    let Some(read) = text::feed(&decoded(&answer), ENTRIES) else {
        return fault("This is no feed any more", Some(0));
    };
    let header = |name| answer.headers.get(name).filter(|v: &&str| v.len() <= 500).map(str::to_owned);
    let (etag, modified) = (header("etag"), header("last-modified"));
    Ok(Seen::New(Box::new(read), etag, modified, answer.moved.then_some(answer.url)))
}

fn digest(id: &str) -> String {
    Sha256::digest(id.as_bytes())[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Stores what is new, and newer versions of what is known; says how much was new.
fn take(tx: &Tx, account: &Account, feed: &Feed, read: &text::Feed) -> Result<usize> {
    let Ok(base) = Url::parse(&feed.url) else { return Ok(0) };
    let first = feed.seen.is_empty();
    let mut news = 0;
    for (n, entry) in (0_i64..).zip(&read.entries) {
        let digest = digest(&entry.id);
        let uri = format!("{}#{digest}", account.uri);
        let known = statuses::by_uri(tx, &uri)?;
        // What was here and was forgotten stays so.
        if known.is_none() && feed.seen.split(' ').any(|seen| seen == digest) {
            continue;
        }
        let (mut status, files) = post(tx.now.plus(-n), account, &base, entry);
        status.uri = uri;
        if let Some(known) = known {
            edit(tx, &known, &status)?;
            continue;
        }
        let topics: Vec<(String, String)> = entry
            .topics
            .iter()
            .map(|topic| (text::normalise_tag(topic), topic.clone()))
            .filter(|(key, topic)| {
                key.chars().any(char::is_alphabetic) && !topic.contains(char::is_whitespace)
            })
            .collect();
        let place = home::of_post(tx, &status, account, &topics)?;
        if !statuses::insert_at(tx, &status, place)?.made() {
            continue;
        }
        news += 1;
        tags::set(tx, status.id, &topics)?;
        for (position, file) in (0_i64..).zip(files) {
            media::insert(
                tx,
                &Media { id: MediaId::at(tx.now), status_id: Some(status.id), ..file },
                position,
            )?;
        }
        if first || status.created_at < tx.now.plus(-NEWS) {
            continue;
        }
        cards::attach_later(tx, &status, cards::When::Spread)?;
        if account.relation.notify {
            notify::notify(tx, NotificationKind::Status, account, Some(&status))?;
        }
        tx.after_commit(Event::StatusCreated(status.id));
    }
    Ok(news)
}

fn edit(tx: &Tx, known: &Status, new: &Status) -> Result<()> {
    let newer = new.edited_at.is_some_and(|at| at > known.edited_at.unwrap_or(known.created_at));
    if newer && new.content != known.content {
        let after = Status {
            content: new.content.clone(),
            url: new.url.clone(),
            edited_at: new.edited_at,
            ..known.clone()
        };
        statuses::edit(tx, known, &after)?;
        tx.after_commit(Event::StatusEdited(known.id));
    }
    Ok(())
}

/// An entry as a post; `latest` is the time of one that has none.
fn post(latest: Timestamp, account: &Account, base: &Url, entry: &FeedEntry) -> (Status, Vec<Media>) {
    let created_at = entry.published.or(entry.updated).unwrap_or(latest).min(latest);
    let link = base.join(&entry.link).ok().filter(|link| !entry.link.is_empty() && is_web(link));
    let (body, mut files) = text::pictures(&entry.content);
    if !entry.files.is_empty() {
        files.clear();
    }
    let media = entry.files.iter().chain(&files).filter_map(|file| {
        let url = base.join(&file.url).ok().filter(|url| !file.url.is_empty() && is_web(url))?;
        let kind = match file.mime.split('/').next().unwrap_or_default() {
            "image" => MediaKind::Image,
            "video" => MediaKind::Video,
            "audio" => MediaKind::Audio,
            _ => MediaKind::Unknown,
        };
        Some(Media {
            kind,
            mime: if file.mime.contains('/') { file.mime.clone() } else { String::new() },
            remote_url: Some(url.into()),
            description: Some(file.description.clone()).filter(|d| !d.is_empty()),
            created_at,
            ..Media::default()
        })
    });
    let status = Status {
        id: StatusId::at(created_at),
        // An address elsewhere would pass for somebody else's page.
        url: link
            .as_ref()
            .map(Url::as_str)
            .filter(|url| same_host(url, &account.url) || same_host(url, base.as_str()))
            .or(Some(account.url.as_str()))
            .map(str::to_owned),
        account_id: account.id,
        visibility: Visibility::Public,
        content: content(entry, &body, link.as_ref().map(Url::as_str)),
        created_at,
        edited_at: entry.updated.filter(|at| *at > created_at).map(|at| at.min(latest)),
        ..Status::default()
    };
    (status, media.collect())
}

/// The title in bold, as a link to the entry, and what it says.
fn content(entry: &FeedEntry, body: &str, link: Option<&str>) -> String {
    let mut html = String::new();
    let shown = if entry.title.is_empty() { link.unwrap_or_default() } else { &entry.title };
    match link {
        Some(link) => html.push_str(&format!(
            "<p><a href=\"{}\"><strong>{}</strong></a></p>",
            escape(link),
            escape(shown)
        )),
        None if !shown.is_empty() => html.push_str(&format!("<p><strong>{}</strong></p>", escape(shown))),
        None => (),
    }
    let mut said = text::sanitise(body);
    if said.len() > WHOLE {
        let beginning = text::lines(&text::plain(&said), BEGINNING);
        let paragraphs = beginning.split('\n').filter(|l| !l.trim().is_empty());
        said = paragraphs.map(|line| format!("<p>{}</p>", escape(line))).collect();
    }
    // Feeds of short posts have their beginning as the title.
    let title = entry.title.trim_end_matches('…').trim();
    if !title.is_empty() && text::plain(&said).trim_start().starts_with(title) {
        html = link.map(|link| format!("<p><a href=\"{0}\">{0}</a></p>", escape(link))).unwrap_or_default();
        return text::sanitise(&(said + &html));
    }
    text::sanitise(&(html + &said))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
