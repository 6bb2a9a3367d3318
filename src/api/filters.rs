//! Filters: <https://docs.joinmastodon.org/methods/filters/>. `filters_v1` shows the same ones to older apps.

use super::entities::filter::{self, WholeFilter, filtered_status, keyword};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Filter, FilterKeywordId, StatusId};
use crate::ops::filters::{self as ops, FilterChange, KeywordChange};
use crate::store::filters;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;

const READ: Auth = Auth::Scope("read:filters");
const WRITE: Auth = Auth::Scope("write:filters");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v2/filters", index, READ),
    post("/api/v2/filters", create, WRITE),
    get("/api/v2/filters/{id}", show, READ),
    put("/api/v2/filters/{id}", update, WRITE),
    patch("/api/v2/filters/{id}", update, WRITE),
    delete("/api/v2/filters/{id}", remove, WRITE),
    get("/api/v2/filters/{id}/keywords", keywords, READ),
    post("/api/v2/filters/{id}/keywords", add_keyword, WRITE),
    get("/api/v2/filters/keywords/{id}", show_keyword, READ),
    put("/api/v2/filters/keywords/{id}", change_keyword, WRITE),
    patch("/api/v2/filters/keywords/{id}", change_keyword, WRITE),
    delete("/api/v2/filters/keywords/{id}", remove_keyword, WRITE),
    get("/api/v2/filters/{id}/statuses", statuses, READ),
    post("/api/v2/filters/{id}/statuses", add_status, WRITE),
    get("/api/v2/filters/statuses/{id}", show_status, READ),
    delete("/api/v2/filters/statuses/{id}", remove_status, WRITE),
];

/// Rows that one request may bring; what stands behind them is refused.
const ROWS: usize = 1_000;

fn index(app: &App, _: &Req) -> Result<Res> {
    let (all, words, named) = app
        .store
        .read(|c| Ok((filters::everything(c)?, filters::keywords(c, None)?, filters::statuses(c, None)?)))?;
    let mut list = Vec::with_capacity(all.len());
    for of in &all {
        list.push(WholeFilter {
            filter: filter::filter(of),
            keywords: words.iter().filter(|k| k.filter == of.id).map(keyword).collect(),
            statuses: named.iter().filter(|s| s.filter == of.id).map(filtered_status).collect(),
        });
    }
    Res::json(&list)
}

fn whole(c: &Connection, of: &Filter) -> Result<Res> {
    let (words, named) = (filters::keywords(c, Some(of.id))?, filters::statuses(c, Some(of.id))?);
    Res::json(&WholeFilter {
        filter: filter::filter(of),
        keywords: words.iter().map(keyword).collect(),
        statuses: named.iter().map(filtered_status).collect(),
    })
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "lenient::texts")]
    context: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::filled")]
    filter_action: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    expires_in: Option<String>,
    #[serde(default)]
    keywords_attributes: Value,
}

/// A keyword of a form; `id` names one that is there, `_destroy` takes it away (pitfall 12).
#[derive(Deserialize)]
struct KeywordForm {
    #[serde(default, deserialize_with = "lenient::filled")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    keyword: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    whole_word: Option<bool>,
    #[serde(default, rename = "_destroy", deserialize_with = "lenient::flag")]
    destroy: Option<bool>,
}

impl KeywordForm {
    fn change(self) -> Result<KeywordChange> {
        let id =
            self.id.map(|id| id.parse::<FilterKeywordId>().map_err(|_| Error::not_found())).transpose()?;
        let destroy = self.destroy == Some(true);
        Ok(KeywordChange { id, keyword: self.keyword, whole_word: self.whole_word, destroy })
    }
}

/// When it ends: absent leaves it; empty, or null as Phanpy says it, is never.
pub fn expiry(req: &Req, given: Option<&str>) -> Option<Option<i64>> {
    match given.map(str::trim) {
        None => req.says_null("expires_in").then_some(None),
        Some("") => Some(None),
        Some(seconds) => seconds.parse::<f64>().ok().map(|s| Some(s as i64)),
    }
}

fn change(req: &Req) -> Result<FilterChange> {
    let form = req.form::<Form>()?;
    // A list, or an object whose keys are numbers.
    let rows = match form.keywords_attributes {
        Value::Array(rows) => rows,
        Value::Object(rows) => rows.into_iter().map(|(_, row)| row).collect(),
        _ => Vec::new(),
    };
    if rows.len() > ROWS {
        return Err(Error::invalid("Validation failed: You have reached the maximum number of keywords"));
    }
    let read = |row: Value| {
        let form = serde_json::from_value::<KeywordForm>(row);
        form.map_err(|e| Error::bad_request(format!("A keyword is wrong: {e}")))?.change()
    };
    Ok(FilterChange {
        title: form.title,
        contexts: form.context,
        action: form.filter_action,
        expires_in: expiry(req, form.expires_in.as_deref()),
        keywords: rows.into_iter().map(read).collect::<Result<_>>()?,
    })
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let made = ops::create(app, &change(req)?)?;
    app.store.read(|c| whole(c, &made))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    app.store.read(|c| whole(c, &filters::get(c, id)?))
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let changed = ops::update(app, req.id("id")?, &change(req)?)?;
    app.store.read(|c| whole(c, &changed))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::empty())
}

fn keywords(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let found = app.store.read(|c| {
        filters::get(c, id)?;
        filters::keywords(c, Some(id))
    })?;
    Res::json(&found.iter().map(keyword).collect::<Vec<_>>())
}

fn add_keyword(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<KeywordForm>()?.change()?;
    Res::json(&keyword(&ops::add_keyword(app, req.id("id")?, &form)?))
}

fn show_keyword(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    Res::json(&keyword(&app.store.read(|c| filters::keyword(c, id))?))
}

fn change_keyword(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<KeywordForm>()?.change()?;
    Res::json(&keyword(&ops::change_keyword(app, req.id("id")?, &form)?))
}

fn remove_keyword(app: &App, req: &Req) -> Result<Res> {
    ops::delete_keyword(app, req.id("id")?)?;
    Ok(Res::empty())
}

fn statuses(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let found = app.store.read(|c| {
        filters::get(c, id)?;
        filters::statuses(c, Some(id))
    })?;
    Res::json(&found.iter().map(filtered_status).collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct StatusForm {
    #[serde(default, deserialize_with = "lenient::filled")]
    status_id: Option<String>,
}

fn add_status(app: &App, req: &Req) -> Result<Res> {
    let status = req.form::<StatusForm>()?.status_id.and_then(|id| id.parse::<StatusId>().ok());
    Res::json(&filtered_status(&ops::add_status(app, req.id("id")?, status)?))
}

fn show_status(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    Res::json(&filtered_status(&app.store.read(|c| filters::status(c, id))?))
}

fn remove_status(app: &App, req: &Req) -> Result<Res> {
    ops::delete_status(app, req.id("id")?)?;
    Ok(Res::empty())
}
