//! Previews of links: <https://docs.joinmastodon.org/entities/PreviewCard/>
//!
//! Only the links of posts that somebody looks at are followed: the owner's own, those in home, those that
//! are opened. A page is asked for once a week at most, whoever links to it, and a little later than the
//! post came, so that not all servers that got the post ask in the same second. A page that offers oEmbed is asked for
//! that, too: photos, and players in a frame.

mod oembed;

use super::deliver::host;
use super::resolve::{self, Errand};
use super::webmentions;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::*;
use crate::remote::Request;
use crate::store::{Tx, accounts, cards, domain_blocks, instance, jobs, quotes, statuses};
use crate::text;
use serde_json::Value;
use url::Url;

/// A card is as good as new for so long.
const FRESH: i64 = 7 * DAY;
/// A page that had no preview, or did not answer, is left alone for so long.
const PATIENCE: i64 = DAY;
/// Others' links wait up to so long, each by its own chance.
const SPREAD: i64 = MINUTE;
/// Bytes of a page that are read: what it says of itself stands at its beginning.
const PAGE: u64 = 512 * 1024;
/// The longest address that is followed, in bytes.
const ADDRESS: usize = 2_048;

/// When a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The owner waits.
    Now,
    /// The post came from elsewhere, and to many servers at once.
    Spread,
}

/// Gives a post the preview of its first link: at once if it is known, else by a job.
pub fn attach_later(tx: &Tx, status: &Status, when: When) -> Result<()> {
    if status.reblog_of.is_some() || status.card.is_some() || !status.content.contains("<a ") {
        return Ok(());
    }
    let Some(me) = instance::get(tx)? else { return Ok(()) };
    let Some(url) = link(&me, &status.content) else { return Ok(()) };
    if quotes::of_status(tx, status.id)?.is_some() {
        return Ok(()); // what it quotes is the picture; Mastodon shows no second one
    }
    match cards::by_url(tx, &url)?.filter(|card| is_fresh(card, tx.now)) {
        Some(card) => attach(tx, status.id, &card),
        None => {
            let Some(host) = host(&url) else { return Ok(()) };
            let at = match when {
                When::Now => tx.now,
                When::Spread => tx.now.plus(chance(SPREAD)),
            };
            jobs::push_card(tx, &host, status.id, at)
        }
    }
}

/// The text of a post changed, so its first link may be another one.
pub fn renew(tx: &Tx, before: &Status, after: &Status, when: When) -> Result<()> {
    let Some(me) = instance::get(tx)? else { return Ok(()) };
    if link(&me, &before.content) == link(&me, &after.content) {
        return Ok(());
    }
    cards::attach(tx, after.id, None)?;
    attach_later(tx, &Status { card: None, ..after.clone() }, when)
}

/// The owner opened a post that came without a preview: nobody saw it before.
pub fn opened(app: &App, status: &Status) -> Result<()> {
    let due = status.reblog_of.is_none()
        && status.card.is_none()
        && link(&app.instance, &status.content).is_some()
        && app.recent.take(&format!("card {}", status.id), app.now(), HOUR);
    if due { app.store.write(|tx| attach_later(tx, status, When::Now)) } else { Ok(()) }
}

/// Fetches the preview of a post's first link, unless another post brought it here meanwhile.
///
/// Errors: our own; what another server does wrong is remembered as a page without a preview.
pub fn fetch(app: &App, id: StatusId) -> Result<()> {
    let found = app.store.read(|c| {
        let Some(status) = statuses::many(c, &[id])?.remove(&id) else { return Ok(None) };
        let Some(url) = link(&app.instance, &status.content) else { return Ok(None) };
        let known = cards::by_url(c, &url)?.filter(|card| is_fresh(card, app.now()));
        Ok(Some((status, url, known)))
    })?;
    let Some((status, url, known)) = found.filter(|(status, ..)| status.card.is_none()) else {
        return Ok(());
    };
    let card = match known {
        Some(card) => card,
        None => match look(app, &url) {
            Ok(card) => card,
            Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => return Err(e),
            Err(e) => {
                tracing::debug!(url, error = %e, "a link has no preview");
                Card { url: url.clone(), ..Card::default() }
            }
        },
    };
    app.store.write(|tx| {
        let card = if card.id.0 == 0 { Card { id: cards::put(tx, &card)?, ..card } } else { card };
        // Its link may be another one by now.
        let now = statuses::many(tx, &[status.id])?.remove(&status.id);
        match now.is_some_and(|s| {
            s.card.is_none() && link(&app.instance, &s.content).as_deref() == Some(url.as_str())
        }) {
            true => attach(tx, status.id, &card),
            false => Ok(()),
        }
    })
}

fn attach(tx: &Tx, status: StatusId, card: &Card) -> Result<()> {
    if !card.is_empty() && cards::attach(tx, status, Some(card.id))?.made() {
        tx.after_commit(Event::StatusChanged(status));
    }
    Ok(())
}

pub fn is_fresh(card: &Card, now: Timestamp) -> bool {
    card.fetched_at.plus(if card.is_empty() { PATIENCE } else { FRESH }) > now
}

/// Up to `most` milliseconds. Without randomness everything still works, only more in step.
fn chance(most: i64) -> i64 {
    let mut bytes = [0_u8; 2];
    let _ = getrandom::fill(&mut bytes);
    most * i64::from(u16::from_le_bytes(bytes)) / i64::from(u16::MAX)
}

/// The first link of a post to a page that is not ours, without what only counts visitors.
pub fn link(me: &Instance, html: &str) -> Option<String> {
    text::links(html).find_map(|href| tidy(me, &href))
}

/// The address by which a card is kept.
pub fn tidy(me: &Instance, href: &str) -> Option<String> {
    let mut url = Url::parse(href.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host() && href.len() <= ADDRESS;
    if !is_web || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    if me.owns(url.as_str()) || host(url.as_str()).as_deref() == Some(me.host.as_str()) {
        return None;
    }
    url.set_fragment(None);
    let counts = |name: &str| {
        name.starts_with("utm_") || matches!(name, "fbclid" | "gclid" | "igshid" | "mc_cid" | "mc_eid")
    };
    if url.query_pairs().any(|(name, _)| counts(&name)) {
        let kept: Vec<(String, String)> =
            url.query_pairs().filter(|(name, _)| !counts(name)).map(|(k, v)| (k.into(), v.into())).collect();
        match kept.is_empty() {
            true => url.set_query(None),
            false => drop(url.query_pairs_mut().clear().extend_pairs(kept)),
        }
    }
    Some(url.into())
}

/// Asks the page. Errors: as the other server answers; `NotFound` for what is no page or has no title.
fn look(app: &App, address: &str) -> Result<Card> {
    let mut url = Url::parse(address).map_err(|_| Error::not_found())?;
    if app.store.read(|c| domain_blocks::gives_no_media(c, address))? {
        return Err(Error::not_found());
    }
    if url.scheme() == "http" && app.remote.check_url(&url).is_err() {
        let _ = url.set_scheme("https"); // both are web schemes, so it can be set
    }
    let request = Request { accept: Some("text/html"), max_bytes: PAGE, cut: true, ..Request::get(&url) };
    let answer = app.remote.send(&request)?.expect_ok()?;
    if app.store.read(|c| domain_blocks::gives_no_media(c, answer.url.as_str()))? {
        return Err(Error::not_found());
    }
    if !matches!(answer.headers.media_type().as_str(), "text/html" | "application/xhtml+xml") {
        return Err(Error::not_found());
    }
    let declared = answer.headers.get("content-type").and_then(text::charset);
    let html = text::decode(&answer.body, declared);
    let page = text::page(&html);
    let webmention =
        webmentions::announced(&answer, &text::site(&html)).map(String::from).unwrap_or_default();
    let from = answer.url;
    // A character set that is not known here would be shown as rubbish.
    let garbled = |text: &str| text.contains('\u{FFFD}');
    let offered = match page.oembed.is_empty() {
        true => None,
        false => oembed::look(app, &from, &page.oembed)?,
    };
    let title = if page.title.is_empty() { offered.as_ref().map_or("", |o| &o.title) } else { &page.title };
    if title.is_empty() || garbled(title) {
        return Err(Error::not_found());
    }
    let title = title.to_owned();
    let site = from.host_str().unwrap_or_default().to_owned();
    let author = author(app, &page.creator, &site)?;
    let image = picture(&from, &page.image);
    let card = Card {
        id: CardId::default(),
        url: address.to_owned(),
        title,
        description: if garbled(&page.description) { String::new() } else { page.description },
        language: page.language,
        author_name: page.author,
        author_url: picture(&from, &page.author_url).unwrap_or_default(),
        author,
        provider_name: page.site,
        provider_url: from.origin().ascii_serialization(),
        image_description: if image.is_some() { page.image_description } else { String::new() },
        width: if image.is_some() { page.width } else { 0 },
        height: if image.is_some() { page.height } else { 0 },
        image,
        published_at: Timestamp::parse_rfc3339(&page.published).filter(|at| at.0 > 0),
        fetched_at: app.now(),
        webmention,
        ..Card::default()
    };
    let card = match offered {
        Some(offered) => offered.onto(card),
        None => card,
    };
    Ok(Card { provider_name: if card.provider_name.is_empty() { site } else { card.provider_name }, ..card })
}

/// An address of the page's, absolute, if it leads to the web.
fn picture(from: &Url, address: &str) -> Option<String> {
    if address.trim().is_empty() {
        return None;
    }
    let url = from.join(address.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.as_str().len() <= ADDRESS).then(|| url.into())
}

/// The account that a page names as its author, if that account says that the site may: else any page could put
/// words in anybody's mouth. <https://docs.joinmastodon.org/spec/activitypub/#attributionDomains>
fn author(app: &App, creator: &str, site: &str) -> Result<Option<AccountId>> {
    let Some((username, domain)) = creator.trim_start_matches('@').split_once('@') else { return Ok(None) };
    let me = &app.instance;
    if domain.eq_ignore_ascii_case(&me.domain) || domain.eq_ignore_ascii_case(&me.host) {
        let own = username.eq_ignore_ascii_case(&me.username)
            && is_inside(site, me.domain.split(':').next().unwrap_or(""));
        return Ok(own.then_some(me.owner));
    }
    let errand = Errand::new(app);
    let Ok(account) = resolve::account_by_handle(app, username, domain) else { return Ok(None) };
    let Ok(document) = errand.fetch(&account.uri) else { return Ok(None) };
    let domains =
        document.json.get("attributionDomains").or_else(|| document.json.get("toot:attributionDomains"));
    let allowed = match domains {
        Some(Value::Array(list)) => {
            list.iter().take(200).filter_map(Value::as_str).any(|d| is_inside(site, d))
        }
        Some(Value::String(one)) => is_inside(site, one),
        _ => false,
    };
    let known = app.store.read(|c| accounts::by_uri(c, &account.uri))?;
    Ok(known.filter(|_| allowed).map(|a| a.id))
}

/// The domain itself or one below it.
fn is_inside(site: &str, domain: &str) -> bool {
    let (site, domain) = (site.to_lowercase(), domain.trim().to_lowercase());
    !domain.is_empty()
        && (site == domain || site.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Instance {
        Instance::of_tests()
    }

    #[test]
    fn the_first_link_that_is_a_page_elsewhere_is_followed() {
        let html = "<a href=\"https://a.test/@alice/1\">own</a><a href=\"magnet:?x\">m</a>\
            <a href=\"https://me:pw@b.test/\">p</a><a href=\"https://b.test/x?utm_source=y&amp;id=7#top\">b</a>";
        assert_eq!(link(&me(), html).as_deref(), Some("https://b.test/x?id=7"));
        assert_eq!(tidy(&me(), "https://b.test/?utm_medium=x").as_deref(), Some("https://b.test/"));
        for none in ["https://a.test", "mailto:x@b.test", "javascript:1", "//b.test", "https://"] {
            assert_eq!(tidy(&me(), none), None, "{none}");
        }
    }

    #[test]
    fn a_site_is_inside_its_domain_and_no_other() {
        assert!(is_inside("blog.b.test", "b.test") && is_inside("B.test", "b.TEST"));
        assert!(
            !is_inside("evilb.test", "b.test")
                && !is_inside("b.test", "blog.b.test")
                && !is_inside("b.test", "")
        );
    }
}
