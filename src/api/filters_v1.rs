//! Filters as apps from before 4.0 know them: <https://docs.joinmastodon.org/methods/filters/#v1>. Each keyword is
//! a filter; `irreversible` is the action `hide`.

use super::entities::filter::v1;
use super::filters::expiry;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::{delete, get, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Filter, FilterAction, FilterId};
use crate::ops::filters::{self as ops, FilterChange};
use crate::store::filters;
use serde::Deserialize;
use std::collections::HashMap;

const READ: Auth = Auth::Scope("read:filters");
const WRITE: Auth = Auth::Scope("write:filters");

/// 2022-11-14, when Mastodon 4.0 came with the second version.
const SINCE: i64 = 1_668_384_000;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/filters", index, READ).deprecated(SINCE),
    post("/api/v1/filters", create, WRITE).deprecated(SINCE),
    get("/api/v1/filters/{id}", show, READ).deprecated(SINCE),
    put("/api/v1/filters/{id}", update, WRITE).deprecated(SINCE),
    patch("/api/v1/filters/{id}", update, WRITE).deprecated(SINCE),
    delete("/api/v1/filters/{id}", remove, WRITE).deprecated(SINCE),
];

fn index(app: &App, _: &Req) -> Result<Res> {
    let (all, words) = app.store.read(|c| Ok((filters::everything(c)?, filters::keywords(c, None)?)))?;
    let by_id: HashMap<FilterId, &Filter> = all.iter().map(|f| (f.id, f)).collect();
    let rows = words.iter().filter_map(|word| Some(v1(by_id.get(&word.filter)?, word)));
    Res::json(&rows.collect::<Vec<_>>())
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    phrase: Option<String>,
    #[serde(default, deserialize_with = "lenient::texts")]
    context: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::flag")]
    irreversible: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    whole_word: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    expires_in: Option<String>,
}

fn change(req: &Req) -> Result<(FilterChange, Option<bool>)> {
    let form = req.form::<Form>()?;
    let action = |hide| if hide { FilterAction::Hide } else { FilterAction::Warn };
    let change = FilterChange {
        title: form.phrase,
        contexts: form.context,
        action: form.irreversible.map(|hide| action(hide).as_str().to_owned()),
        expires_in: expiry(req, form.expires_in.as_deref()),
        keywords: Vec::new(),
    };
    Ok((change, form.whole_word))
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let (change, whole_word) = change(req)?;
    let (filter, keyword) = ops::create_v1(app, &change, whole_word)?;
    Res::json(&v1(&filter, &keyword))
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    let (filter, keyword) = app.store.read(|c| {
        let keyword = filters::keyword(c, id)?;
        Ok((filters::get(c, keyword.filter)?, keyword))
    })?;
    Res::json(&v1(&filter, &keyword))
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (change, whole_word) = change(req)?;
    let (filter, keyword) = ops::update_v1(app, req.id("id")?, &change, whole_word)?;
    Res::json(&v1(&filter, &keyword))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    ops::delete_v1(app, req.id("id")?)?;
    Ok(Res::empty())
}
