//! Finding people, posts and hashtags: by words here, by handle or address anywhere.
//!
//! <https://docs.joinmastodon.org/methods/search/>; the app and the search page ask here. Posts are found by the
//! owner alone, in everything that is stored; a stranger finds the owner and the owner's hashtags.

mod query;

use super::visibility::is_known_to;
use super::{feeds, resolve};
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::*;
use crate::store::search::People;
use crate::store::{self, accounts, statuses, tags};
use crate::text;
use rusqlite::Connection;

/// Longer queries are cut: nobody types more.
const QUERY: usize = 500;
/// How far one can page down: behind that, a better query helps more.
const DEEPEST: i64 = 5_000;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub text: &'a str,
    pub viewer: Viewer,
    pub accounts: bool,
    pub statuses: bool,
    pub hashtags: bool,
    /// Other servers may be asked.
    pub resolve: bool,
    /// Only people whom the owner follows.
    pub only_followed: bool,
    /// Only posts by this account.
    pub by: Option<AccountId>,
    /// Bounds of the ids of posts.
    pub page: Page,
    pub offset: i64,
}

impl<'a> Ask<'a> {
    /// Everything that the owner can find under `text`.
    pub fn all(text: &'a str, limit: i64) -> Ask<'a> {
        Ask {
            text,
            viewer: Viewer::Owner,
            accounts: true,
            statuses: true,
            hashtags: true,
            resolve: true,
            only_followed: false,
            by: None,
            page: Page::newest(limit),
            offset: 0,
        }
    }
}

#[derive(Debug, Default)]
pub struct Found {
    pub accounts: Vec<Account>,
    pub statuses: Vec<Status>,
    pub tags: Vec<Tag>,
    /// Another server was asked, and why that led to nothing.
    pub fault: Option<crate::error::Error>,
}

/// Finds what `ask` wants. An address or a whole handle leads to the one that it belongs to (pitfall 95), fetched
/// if need be; what cannot be had is no error but nothing.
///
/// Errors: our own.
pub fn find(app: &App, ask: &Ask<'_>) -> Result<Found> {
    let text: String = ask.text.trim().chars().take(QUERY).collect();
    let ask = Ask { text: &text, offset: ask.offset.clamp(0, DEEPEST), ..ask.clone() };
    let mut found = match address(app, &text) {
        Some(url) => by_address(app, &ask, &url)?,
        None => by_words(app, &ask)?,
    };
    found.accounts.retain(|account| is_known_to(ask.viewer, account));
    Ok(found)
}

/// An address as it is asked for; `None` for anything else. `web+ap:` leads to our server's apps from pages that know nothing of it:
/// <https://codeberg.org/fediverse/fep/src/branch/main/fep/07d7/fep-07d7.md>
pub fn address(app: &App, text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    if let Some(rest) = text.strip_prefix("web+ap://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let scheme = if host == app.instance.host && !app.instance.is_https() {
            "http"
        } else {
            app.remote.scheme_for(host)
        };
        return Some(format!("{scheme}://{rest}"));
    }
    (text.starts_with("https://") || text.starts_with("http://")).then(|| text.to_owned())
}

/// Exactly the one that it belongs to.
fn by_address(app: &App, ask: &Ask<'_>, url: &str) -> Result<Found> {
    let mut found = Found::default();
    if ask.offset > 0 {
        return Ok(found);
    }
    let known = app.store.read(|c| known_at(c, url))?;
    let known = match known {
        None if ask.resolve => match resolve::by_url(app, url) {
            Ok(known) => Some(known),
            Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => return Err(e),
            Err(e) => {
                // No person and no post: perhaps a site with a feed.
                if ask.accounts && ask.viewer == Viewer::Owner && e.kind != Kind::Unavailable {
                    found.accounts = feeds::discover(app, url).unwrap_or_default();
                }
                found.fault = Some(e).filter(|_| found.accounts.is_empty());
                None
            }
        },
        known => known,
    };
    match known {
        Some(resolve::Found::Account(account)) if ask.accounts => found.accounts.push(account),
        Some(resolve::Found::Status(status)) if ask.statuses => found.statuses.push(status),
        _ => (),
    }
    Ok(found)
}

/// By id or page, with or without what follows the path.
fn known_at(c: &Connection, url: &str) -> Result<Option<resolve::Found>> {
    let bare = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
    for address in [url, bare] {
        if let Some(status) = statuses::by_uri(c, address)?.filter(|s| s.reblog_of.is_none()) {
            return Ok(Some(resolve::Found::Status(status)));
        }
        if let Some(status) = statuses::by_url(c, address)? {
            return Ok(Some(resolve::Found::Status(status)));
        }
        if let Some(account) = accounts::by_uri(c, address)?.or(accounts::by_url(c, address)?) {
            return Ok(Some(resolve::Found::Account(account)));
        }
    }
    Ok(None)
}

fn by_words(app: &App, ask: &Ask<'_>) -> Result<Found> {
    let text = ask.text;
    let mut found = Found::default();
    let bare = text.strip_prefix("acct:").unwrap_or(text);
    let one_word = !text.contains(char::is_whitespace);
    let is_handle = one_word && bare.trim_start_matches('@').contains('@');
    let exact = match ask.offset {
        0 if ask.accounts && (is_handle || text.starts_with('@')) => {
            by_handle(app, text, ask.resolve, &mut found.fault)?
        }
        _ => None,
    };
    let is_tag = text.starts_with('#');
    app.store.read(|c| {
        if ask.accounts && !is_tag {
            found.accounts = people(c, ask, bare, exact)?;
        }
        if ask.hashtags && one_word && (is_tag || !is_handle && !text.starts_with('@')) {
            let name = text::normalise_tag(text.trim_start_matches('#'));
            if !name.is_empty() {
                found.tags = match ask.viewer {
                    Viewer::Owner => tags::search(c, &name, ask.page.limit, ask.offset)?,
                    _ => tags::search_open(c, &name, ask.page.limit)?,
                };
                // Counting costs for each tag, and apps of the owner show it beside the name.
                if ask.viewer == Viewer::Owner {
                    tags::add_history(c, &mut found.tags, app.now())?;
                }
            }
        }
        if ask.statuses
            && ask.viewer == Viewer::Owner
            && !is_handle
            && let Some(mut wanted) = query::wanted(c, text)?
        {
            query::narrow(&mut wanted, &ask.page, ask.by);
            found.statuses = store::search::statuses(c, &wanted, ask.page.limit, ask.offset, app.now())?;
        }
        Ok(found)
    })
}

/// People whose names begin so, the one of that very handle first.
fn people(c: &Connection, ask: &Ask<'_>, name: &str, exact: Option<Account>) -> Result<Vec<Account>> {
    let mut found = match ask.viewer {
        Viewer::Owner => {
            let who =
                People { name, only_followed: ask.only_followed, limit: ask.page.limit, offset: ask.offset };
            store::search::accounts(c, &who)?
        }
        // Looking through everybody whom the owner ever met costs, and is nobody else's business.
        _ => owner_named(c, name)?.filter(|_| ask.offset == 0).into_iter().collect(),
    };
    let exact = exact.filter(|a| !ask.only_followed || a.relation.following == Follow::Yes);
    if let Some(exact) = exact {
        found.retain(|a| a.id != exact.id);
        found.insert(0, exact);
        found.truncate(usize::try_from(ask.page.limit).unwrap_or(usize::MAX));
    }
    Ok(found)
}

/// The owner, if the words are part of the name.
fn owner_named(c: &Connection, q: &str) -> Result<Option<Account>> {
    let (owner, words) = (accounts::owner(c)?, q.trim_start_matches('@').to_lowercase());
    let named =
        [&owner.username, &owner.display_name].iter().any(|name| name.to_lowercase().contains(&words));
    Ok(Some(owner).filter(|_| named && !words.is_empty()))
}

/// The account that `text` names in full, `alice`, `@bob@b.test`, `acct:bob@b.test`. Its server is asked only
/// with `ask`, and `fault` says why that led to nothing.
///
/// Errors: our own.
pub fn by_handle(
    app: &App,
    text: &str,
    ask: bool,
    fault: &mut Option<crate::error::Error>,
) -> Result<Option<Account>> {
    let (username, domain) = handle(&app.instance, text);
    if username.is_empty() || text.trim().contains(char::is_whitespace) {
        return Ok(None);
    }
    let found = app.store.read(|c| accounts::by_acct(c, username, domain.as_deref()))?;
    match (found, domain) {
        (None, Some(domain)) if ask => match resolve::account_by_handle(app, username, &domain) {
            Ok(account) => Ok(Some(account)),
            Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => Err(e),
            Err(e) => {
                *fault = Some(e);
                Ok(None)
            }
        },
        (found, _) => Ok(found),
    }
}

/// Name and domain of a handle; our own domain is none.
fn handle<'a>(me: &Instance, text: &'a str) -> (&'a str, Option<String>) {
    let text = text.trim();
    let text = text.strip_prefix("acct:").unwrap_or(text);
    let text = text.strip_prefix('@').unwrap_or(text);
    match text.split_once('@') {
        Some((username, domain)) => {
            let domain = domain.to_lowercase();
            (username, Some(domain).filter(|d| *d != me.domain && *d != me.host))
        }
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pitfall_39_our_own_domain_is_none() {
        let me = Instance::of_tests();
        assert_eq!(handle(&me, "@alice@A.test"), ("alice", None));
        assert_eq!(handle(&me, "alice"), ("alice", None));
        for text in ["acct:bob@B.test", "acct:@bob@b.test", "@bob@b.test"] {
            assert_eq!(handle(&me, text), ("bob", Some("b.test".to_owned())));
        }
    }
}
