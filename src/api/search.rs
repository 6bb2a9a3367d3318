//! Search: <https://docs.joinmastodon.org/methods/search/>

use super::answer;
use super::entities::account::Accounts;
use super::entities::search::{Search, SearchV1};
use super::entities::status::Statuses;
use super::entities::tag::tag;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::search::{self, Ask, Found};
use crate::ops::visibility::only_visible;
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/search", v2, Auth::Public),
    // Gone since Mastodon 3.0, and Elk still asks here.
    get("/api/v1/search", v1, Auth::Scope("read:search")),
];

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
    #[serde(default, deserialize_with = "lenient::filled")]
    account_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
}

impl Form {
    fn wants(&self, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|wanted| wanted == kind)
    }

    /// An offset means something only within one kind (pitfall 95).
    fn offset(&self) -> i64 {
        if self.kind.is_some() { self.offset.unwrap_or(0) } else { 0 }
    }
}

fn v2(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:search")?;
    let found = find(app, req, viewer)?;
    let me = &app.instance;
    let (accounts, statuses) = entities(app, viewer, found.accounts, found.statuses)?;
    let hashtags = found.tags.iter().map(|t| tag(me, t, viewer == Viewer::Owner)).collect();
    Res::json(&Search { accounts, statuses, hashtags })
}

fn v1(app: &App, req: &Req) -> Result<Res> {
    let found = find(app, req, Viewer::Owner)?;
    let (accounts, statuses) = entities(app, Viewer::Owner, found.accounts, found.statuses)?;
    let hashtags = found.tags.iter().map(|t| t.display_name.as_str()).collect();
    Res::json(&SearchV1 { accounts, statuses, hashtags })
}

/// Unreviewed hashtags cannot be left out (`exclude_unreviewed`): nobody reviews any here.
fn find(app: &App, req: &Req, viewer: Viewer) -> Result<Found> {
    let form = req.form::<Form>()?;
    let Some(q) = form.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) else {
        return Err(Error::bad_request("param is missing or the value is empty: q"));
    };
    if viewer != Viewer::Owner {
        refuse_stranger(&form)?;
    }
    let by =
        form.account_id.as_deref().map(|id| id.trim().parse().map_err(|_| Error::not_found())).transpose()?;
    search::find(
        app,
        &Ask {
            text: q,
            viewer,
            accounts: form.wants("accounts"),
            statuses: form.wants("statuses"),
            hashtags: form.wants("hashtags"),
            resolve: form.resolve == Some(true),
            only_followed: form.following == Some(true),
            by,
            page: req.page(20),
            offset: form.offset(),
        },
    )
}

/// Mastodon's words: both cost, and are for who is signed in.
fn refuse_stranger(form: &Form) -> Result<()> {
    let what = match (form.offset.is_some(), form.resolve) {
        (true, _) => "pagination is",
        (false, Some(true)) => "that resolve remote resources are",
        _ => return Ok(()),
    };
    Err(Error::new(Kind::Unauthorized, format!("Search queries {what} not supported without authentication")))
}

fn entities(
    app: &App,
    viewer: Viewer,
    accounts: Vec<Account>,
    statuses: Vec<Status>,
) -> Result<(Accounts<'_>, Statuses<'_>)> {
    let me = &app.instance;
    app.store.read(|c| {
        let seen = only_visible(c, viewer, me.owner, statuses)?;
        Ok((Accounts::new(c, me, accounts)?, Statuses::load(c, me, viewer, seen)?))
    })
}
