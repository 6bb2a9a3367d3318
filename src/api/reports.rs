//! Reports: <https://docs.joinmastodon.org/methods/reports/>

use super::entities::account::People;
use super::entities::report::report;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::reports::{self, NewReport};
use crate::store::instance;
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[post("/api/v1/reports", file, Auth::Scope("write:reports"))];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::filled")]
    account_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::texts")]
    status_ids: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::texts")]
    collection_ids: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::texts")]
    rule_ids: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::text")]
    comment: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    category: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    forward: Option<bool>,
    #[serde(default, deserialize_with = "lenient::texts")]
    forward_to_domains: Option<Vec<String>>,
}

fn file(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let given = |list: &Option<Vec<String>>| list.as_ref().is_some_and(|l| l.iter().any(|t| !t.is_empty()));
    if given(&form.collection_ids) {
        return Err(Error::not_found()); // there are no collections here
    }
    // They are of this server, so that no other one can make anything of them.
    let rules = app.store.read(instance::settings)?.place.rules.len();
    let is_rule = |id: &String| id.parse().is_ok_and(|n: usize| (1..=rules).contains(&n));
    let violation = form.category.as_deref() == Some("violation");
    let named: Vec<&String> = form.rule_ids.iter().flatten().filter(|id| !id.is_empty()).collect();
    if !named.iter().all(|id| is_rule(id)) || (violation && named.is_empty()) {
        return Err(Error::invalid("Validation failed: Rules does not reference valid rules"));
    }
    let account = form.account_id.as_deref().ok_or_else(Error::not_found)?;
    let mut statuses: Vec<StatusId> = form
        .status_ids
        .unwrap_or_default()
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| text.trim().parse().map_err(|_| Error::not_found()))
        .collect::<Result<_>>()?;
    statuses.sort_unstable();
    statuses.dedup();
    let new = NewReport {
        account: account.trim().parse().map_err(|_| Error::not_found())?,
        statuses,
        comment: form.comment.unwrap_or_default(),
        category: category(form.category.as_deref().filter(|_| !violation))?,
        forward: form.forward.unwrap_or(false),
        forward_to: form.forward_to_domains.filter(|domains| !domains.is_empty()),
    };
    let filed = reports::file(app, &new)?;
    let people = app.store.read(|c| People::load(c, [filed.account_id]))?;
    Res::json(&report(&app.instance, &people, &filed))
}

fn category(text: Option<&str>) -> Result<Category> {
    let Some(text) = text else { return Ok(Category::default()) };
    Category::parse(text).ok_or_else(|| {
        Error::invalid(format!("'{}' is not a valid category", text.chars().take(40).collect::<String>()))
    })
}
