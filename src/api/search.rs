//! Search: <https://docs.joinmastodon.org/methods/search/>

use super::accounts::by_handle;
use super::answer;
use super::entities::account::Accounts;
use super::entities::search::Search;
use super::entities::status::Statuses;
use super::entities::tag::tag;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::resolve;
use crate::ops::visibility::only_visible;
use crate::store::{accounts, statuses, tags, timelines};
use crate::text;
use rusqlite::Connection;
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/search", search, Auth::Public),
    // Gone since Mastodon 3.0, and Elk still asks here.
    get("/api/v1/search", search, Auth::Scope("read:search")),
];

/// Longer queries are cut: nobody types more.
const QUERY: usize = 500;
/// Words of a full-text query that count.
const WORDS: usize = 12;

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::filled")]
    q: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled", rename = "type")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    resolve: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    following: Option<bool>,
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
}

impl Form {
    fn wants(&self, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|wanted| wanted == kind)
    }

    /// An offset means something only within one kind (pitfall 95).
    fn offset(&self) -> i64 {
        if self.kind.is_some() { self.offset.unwrap_or(0).max(0) } else { 0 }
    }
}

#[derive(Default)]
struct Found {
    accounts: Vec<Account>,
    statuses: Vec<Status>,
    tags: Vec<Tag>,
}

fn search(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:search")?;
    let form = req.form::<Form>()?;
    if form.resolve == Some(true) || form.offset.is_some() {
        answer::owner_only(viewer, req)?;
    }
    let q: String = form.q.as_deref().unwrap_or_default().trim().chars().take(QUERY).collect();
    if q.is_empty() {
        return Err(Error::bad_request("param is missing or the value is empty: q"));
    }
    let found = if q.starts_with("https://") || q.starts_with("http://") {
        by_address(app, &form, &q)?
    } else {
        by_words(app, req, viewer, &form, &q)?
    };
    let me = &app.instance;
    let (people, posts) = app.store.read(|c| {
        let seen = only_visible(c, viewer, me.owner, found.statuses)?;
        Ok((Accounts::new(c, me, found.accounts)?, Statuses::load(c, me, viewer, seen)?))
    })?;
    let hashtags = found.tags.iter().map(|t| tag(me, t, viewer == Viewer::Owner)).collect();
    Res::json(&Search { accounts: people, statuses: posts, hashtags })
}

/// An address: exactly the one that it belongs to, fetched if need be (pitfall 95). What cannot be had
/// is no error but nothing.
fn by_address(app: &App, form: &Form, url: &str) -> Result<Found> {
    if form.offset() > 0 {
        return Ok(Found::default());
    }
    let known = app.store.read(|c| Ok((account_at(c, url)?, status_at(c, url)?)))?;
    let (account, status) = match known {
        (None, None) if form.resolve == Some(true) => match resolve::by_url(app, url) {
            Ok(resolve::Found::Account(account)) => (Some(account), None),
            Ok(resolve::Found::Status(status)) => (None, Some(status)),
            Err(_) => (None, None),
        },
        known => known,
    };
    Ok(Found {
        accounts: account.filter(|_| form.wants("accounts")).into_iter().collect(),
        statuses: status.filter(|_| form.wants("statuses")).into_iter().collect(),
        tags: Vec::new(),
    })
}

fn account_at(c: &Connection, url: &str) -> Result<Option<Account>> {
    match accounts::by_uri(c, url)? {
        None => accounts::by_url(c, url),
        found => Ok(found),
    }
}

fn status_at(c: &Connection, url: &str) -> Result<Option<Status>> {
    match statuses::by_uri(c, url)? {
        None => statuses::by_url(c, url),
        found => Ok(found),
    }
}

/// The owner, if the words are part of the name.
fn owner_named(c: &Connection, q: &str) -> Result<Option<Account>> {
    let (owner, words) = (accounts::owner(c)?, q.trim_start_matches('@').to_lowercase());
    let named =
        [&owner.username, &owner.display_name].iter().any(|name| name.to_lowercase().contains(&words));
    Ok(Some(owner).filter(|_| named))
}

fn by_words(app: &App, req: &Req, viewer: Viewer, form: &Form, q: &str) -> Result<Found> {
    let (page, offset) = (req.page(20), form.offset());
    let only_followed = form.following == Some(true);
    let is_handle = q.trim_start_matches('@').contains('@') && !q.contains(char::is_whitespace);
    let exact = match offset {
        0 if form.wants("accounts") && is_handle => by_handle(app, q, form.resolve == Some(true))?,
        _ => None,
    };
    app.store.read(|c| {
        let mut found = Found::default();
        if form.wants("accounts") && !q.starts_with('#') {
            found.accounts = match viewer {
                Viewer::Owner => accounts::search(c, q, only_followed, page.limit, offset)?,
                // Looking through everybody whom the owner ever met costs, and is nobody else's business.
                _ => owner_named(c, q)?.filter(|_| offset == 0).into_iter().collect(),
            };
            if let Some(exact) = exact {
                found.accounts.retain(|a| a.id != exact.id);
                found.accounts.insert(0, exact);
                found.accounts.truncate(usize::try_from(page.limit).unwrap_or(usize::MAX));
            }
        }
        if form.wants("hashtags") && !is_handle && !q.contains(char::is_whitespace) {
            let name = text::normalise_tag(q.trim_start_matches('#'));
            found.tags = tags::search(c, &name, page.limit, offset)?;
        }
        // The words of posts are for the owner, and only the own posts are searched.
        if form.wants("statuses") && viewer == Viewer::Owner {
            let words: Vec<String> = q.split_whitespace().take(WORDS).map(str::to_lowercase).collect();
            found.statuses = timelines::search_own(c, &words, &page, offset)?;
        }
        Ok(found)
    })
}
