//! Polls: <https://docs.joinmastodon.org/methods/polls/>

use super::answer;
use super::entities::poll::poll;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::polls;
use serde::Deserialize;
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/polls/{id}", show, Auth::Public),
    post("/api/v1/polls/{id}/votes", vote, Auth::Scope("write:statuses")),
];

/// As visible as its status. For the owner, the server of somebody else's poll is asked how it stands.
fn show(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let id: StatusId = req.id("id")?;
    let seen = || app.store.read(|c| polls::visible(c, viewer, app.instance.owner, id));
    let (status, known) = seen()?;
    if viewer != Viewer::Owner || status.local {
        return Res::json(&poll(&app.instance, &status, &known, viewer));
    }
    if let Err(e) = polls::refresh(app, &status) {
        tracing::debug!(%id, error = %e, "a poll could not be asked for");
    }
    let (status, known) = seen()?;
    Res::json(&poll(&app.instance, &status, &known, viewer))
}

#[derive(Deserialize)]
struct Votes {
    #[serde(default, deserialize_with = "lenient::texts")]
    choices: Option<Vec<String>>,
}

fn vote(app: &App, req: &Req) -> Result<Res> {
    let choices = req.form::<Votes>()?.choices.unwrap_or_default();
    if choices.is_empty() {
        return Err(Error::bad_request("param is missing or the value is empty: choices"));
    }
    let id: StatusId = req.id("id")?;
    // What is no number is no option either.
    let choices: Vec<usize> = choices.iter().map(|c| c.trim().parse().unwrap_or(usize::MAX)).collect();
    let voted = polls::vote(app, id, &choices)?;
    let (status, _) = app.store.read(|c| polls::visible(c, Viewer::Owner, app.instance.owner, id))?;
    Res::json(&poll(&app.instance, &status, &voted, Viewer::Owner))
}

/// The poll of a new or edited status, as apps send it.
#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::texts")]
    options: Option<Vec<String>>,
    #[serde(default, deserialize_with = "lenient::number")]
    expires_in: Option<i64>,
    #[serde(default, deserialize_with = "lenient::flag")]
    multiple: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    hide_totals: Option<bool>,
}

/// Reads `poll[options][]`, `poll[expires_in]` ... An empty one is none.
///
/// Errors: `Invalid` for one that can be none.
pub fn wanted(value: &Value) -> Result<Option<NewPoll>> {
    let blank = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    if blank {
        return Ok(None);
    }
    let form: Form = serde_json::from_value(value.clone())
        .map_err(|e| Error::invalid("Validation failed: Poll is invalid").because(e))?;
    let expires_in =
        form.expires_in.ok_or_else(|| Error::invalid("Validation failed: Deadline can't be blank"))?;
    Ok(Some(NewPoll {
        options: form.options.unwrap_or_default(),
        expires_in,
        multiple: form.multiple.unwrap_or(false),
        hide_totals: form.hide_totals.unwrap_or(false),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pitfall_15_a_poll_is_read_in_every_spelling() {
        let expected = NewPoll {
            options: vec!["a".to_owned(), "2".to_owned()],
            expires_in: 600,
            multiple: true,
            hide_totals: false,
        };
        for given in [
            json!({"options": ["a", 2], "expires_in": 600, "multiple": true}),
            json!({"options": ["a", "2"], "expires_in": "600", "multiple": "1", "hide_totals": "false"}),
        ] {
            assert_eq!(wanted(&given).unwrap(), Some(expected.clone()));
        }
        for none in [json!(null), json!({}), json!("")] {
            assert_eq!(wanted(&none).unwrap(), None);
        }
        for wrong in [json!({"options": ["a", "b"]}), json!(["a", "b"]), json!("a"), json!(7)] {
            assert_eq!(wanted(&wrong).unwrap_err().kind, crate::error::Kind::Invalid, "{wrong}");
        }
    }
}
