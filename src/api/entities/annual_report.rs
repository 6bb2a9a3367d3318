//! AnnualReport and what goes with it: <https://docs.joinmastodon.org/entities/AnnualReport/>

use super::account::Accounts;
use super::status::Statuses;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{AccountId, StatusId, Viewer};
use crate::ops::annual_reports::SCHEMA;
use crate::store::annual_reports::Report;
use crate::store::{accounts, statuses};
use serde_json::{Value, json};

/// Reports with the owner, and the accounts and posts that they name.
pub fn annual_reports(app: &App, reports: &[Report]) -> Result<Value> {
    let me = &app.instance;
    let (mut entities, mut people, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for report in reports {
        let text = report.data.as_deref().unwrap_or("{}");
        let data: Value = serde_json::from_str(text).map_err(Error::internal)?;
        people.push(me.owner);
        for list in ["commonly_interacted_with_accounts", "most_reblogged_accounts"] {
            let ids = data[list].as_array().into_iter().flatten().filter_map(|e| id(&e["account_id"]));
            people.extend(ids.map(AccountId));
        }
        posts.extend(
            data["top_statuses"].as_object().into_iter().flatten().filter_map(|(_, v)| id(v)).map(StatusId),
        );
        entities.push(json!({
            "year": report.year, "data": data, "schema_version": SCHEMA, "share_url": null,
            "account_id": me.owner.to_string(),
        }));
    }
    people.sort_unstable();
    people.dedup();
    app.store.read(|c| {
        let people = accounts::many(c, &people)?.into_values().collect();
        let posts = statuses::many(c, &posts)?.into_values().collect();
        let people = Accounts::new(c, me, people)?;
        let posts = Statuses::load(c, me, Viewer::Owner, posts)?;
        Ok(json!({"annual_reports": entities, "accounts": people, "statuses": posts}))
    })
}

fn id(value: &Value) -> Option<i64> {
    value.as_str()?.parse().ok()
}
