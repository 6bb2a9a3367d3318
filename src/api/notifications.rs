//! Notifications, one by one: <https://docs.joinmastodon.org/methods/notifications/>

use super::entities::notification::Notifications;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::paging::{self, Prev};
use crate::http::route::{delete, get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::notify;
use crate::store::notifications::{self, Filter};
use serde::Deserialize;
use serde_json::json;

const READ: Auth = Auth::Scope("read:notifications");
const WRITE: Auth = Auth::Scope("write:notifications");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/notifications", index, READ),
    get("/api/v1/notifications/{id}", show, READ),
    post("/api/v1/notifications/clear", clear, WRITE),
    post("/api/v1/notifications/{id}/dismiss", dismiss, WRITE),
    get("/api/v1/notifications/unread_count", unread, READ),
    // Mastodon has taken these away, or never documented them.
    post("/api/v1/notifications/dismiss", not_found, WRITE),
    delete("/api/v1/notifications/{id}", not_found, WRITE),
    delete("/api/v1/notifications/destroy_multiple", not_found, WRITE),
];

/// How far the count goes unless the app says otherwise; Mastodon's numbers.
const COUNT: i64 = 100;
const COUNT_MAX: i64 = 1_000;

#[derive(Deserialize)]
struct Which {
    #[serde(default, deserialize_with = "lenient::texts")]
    types: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::texts")]
    exclude_types: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::filled")]
    account_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    include_filtered: Option<bool>,
}

/// Which notifications the request asks for (pitfall 86). Kinds that are not known here match nothing.
pub fn filter(req: &Req) -> Result<Filter> {
    let form = req.form::<Which>()?;
    let kinds = |names: &[String]| names.iter().filter_map(|n| NotificationKind::parse(n)).collect();
    let account = form.account_id.map(|id| id.parse().map_err(|_| Error::not_found())).transpose()?;
    Ok(Filter {
        kinds: form.types.as_deref().filter(|names| !names.is_empty()).map(kinds),
        exclude: form.exclude_types.as_deref().map(kinds).unwrap_or_default(),
        // Of one account everything is shown: that is how apps look into a request.
        include_filtered: form.include_filtered == Some(true) || account.is_some(),
        account,
    })
}

fn index(app: &App, req: &Req) -> Result<Res> {
    let (page, filter) = (req.page(40), filter(req)?);
    let (link, set) = app.store.read(|c| {
        let list = notifications::list(c, &filter, &page)?;
        let ends = list.first().zip(list.last()).map(|(newest, oldest)| (newest.id.0, oldest.id.0));
        let link = link(app, req, &page, ends);
        Ok((link, Notifications::load(c, &app.instance, list)?))
    })?;
    Ok(Res::json(&set)?.with_some("link", link))
}

/// There is a next page whenever there is a page (pitfall 5).
pub fn link(app: &App, req: &Req, page: &Page, ends: Option<(i64, i64)>) -> Option<String> {
    paging::link(req, &app.instance.origin, page, Prev::MinId, ends, true)
}

/// Errors: `NotFound` for one that was dismissed (pitfall 88).
fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let set = app.store.read(|c| Notifications::load(c, &app.instance, vec![notifications::get(c, id)?]))?;
    Res::json(&set.first().ok_or_else(Error::not_found)?)
}

pub fn clear(app: &App, _: &Req) -> Result<Res> {
    notify::clear(app)?;
    Ok(Res::empty())
}

fn dismiss(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    if app.store.write(|tx| notifications::dismiss(tx, id))?.made() {
        Ok(Res::empty())
    } else {
        Err(Error::not_found())
    }
}

#[derive(Deserialize)]
struct Count {
    #[serde(default, deserialize_with = "lenient::number")]
    limit: Option<i64>,
}

fn unread(app: &App, req: &Req) -> Result<Res> {
    let (limit, filter) = (count_limit(req)?, filter(req)?);
    let count = app.store.read(|c| notifications::unread(c, &filter, notify::last_read(c)?, limit))?;
    Res::json(&json!({"count": count}))
}

fn not_found(_: &App, _: &Req) -> Result<Res> {
    Err(Error::not_found())
}

pub fn count_limit(req: &Req) -> Result<i64> {
    let limit = req.form::<Count>()?.limit.unwrap_or(COUNT);
    Ok(limit.clamp(1, COUNT_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;
    use crate::http::req::tests::request;

    fn asked(query: &str) -> Filter {
        filter(&request(Method::Get, &format!("/x?{query}"), "", b"")).unwrap()
    }

    #[test]
    fn pitfall_86_types_select_and_unknown_ones_match_nothing() {
        assert!(asked("").kinds.is_none());
        let some = asked("types[]=mention&types[]=admin.sign_up&exclude_types[]=reblog&account_id=7");
        assert_eq!(some.kinds, Some(vec![NotificationKind::Mention]));
        assert_eq!(some.exclude, vec![NotificationKind::Reblog]);
        assert_eq!(some.account, Some(AccountId(7)));
        assert_eq!(asked("types[]=admin.sign_up").kinds, Some(vec![]));
    }
}
