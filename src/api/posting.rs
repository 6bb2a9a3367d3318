//! The owner posts, edits, deletes: <https://docs.joinmastodon.org/methods/statuses/>

use super::answer;
use super::entities::status::Statuses;
use super::media::focus;
use super::profile::visibility;
use super::{polls, scheduled_statuses};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, patch, post, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::polls::PollEdit;
use crate::ops::statuses::{self, Description, EditStatus, NewStatus};
use crate::ops::{compose, schedule};
use crate::store;
use crate::text;
use serde::Deserialize;
use serde_json::Value;

const WRITE: Auth = Auth::Scope("write:statuses");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/statuses", create, WRITE),
    put("/api/v1/statuses/{id}", edit, WRITE),
    patch("/api/v1/statuses/{id}", edit, WRITE),
    delete("/api/v1/statuses/{id}", remove, WRITE),
];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    status: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    spoiler_text: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    sensitive: Option<bool>,
    #[serde(default, deserialize_with = "lenient::filled")]
    language: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    visibility: Option<String>,
    /// An empty one is as absent (pitfall 17).
    #[serde(default, deserialize_with = "lenient::filled")]
    in_reply_to_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::texts")]
    media_ids: Option<Vec<String>>,
    #[serde(default)]
    media_attributes: Option<Vec<MediaAttributes>>,
    #[serde(default)]
    poll: Value,
    #[serde(default, deserialize_with = "lenient::filled")]
    scheduled_at: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    quoted_status_id: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    quote_approval_policy: Option<String>,
    /// As in GoToSocial and glitch-soc.
    #[serde(default, deserialize_with = "lenient::filled")]
    content_type: Option<String>,
}

#[derive(Deserialize)]
struct MediaAttributes {
    #[serde(default, deserialize_with = "lenient::filled")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    focus: Option<String>,
}

impl Form {
    /// What is to be quoted. A poll beside it is refused, as Mastodon's own page does.
    fn quoted(&self) -> Result<Option<StatusId>> {
        let Some(id) = &self.quoted_status_id else { return Ok(None) };
        if self.poll.as_object().is_some_and(|poll| !poll.is_empty()) {
            return Err(Error::invalid("Validation failed: Quoting is not allowed with polls."));
        }
        // What is no id is no post.
        Ok(Some(id.trim().parse().unwrap_or_default()))
    }

    /// Errors: `Invalid` for what is no id: a post without its picture is not what was meant.
    fn media(&self) -> Result<Vec<MediaId>> {
        let given = self.media_ids.iter().flatten().filter(|id| !id.is_empty());
        given.map(|id| id.trim().parse().map_err(|_| no_such_media(id))).collect()
    }

    fn descriptions(&self) -> Vec<Description> {
        let one = |of: &MediaAttributes| {
            let id = of.id.as_ref()?.parse().ok()?;
            Some((id, of.description.clone(), of.focus.as_deref().and_then(focus)))
        };
        self.media_attributes.iter().flatten().filter_map(one).collect()
    }

    /// Whether the text is Markdown; what is neither that nor plain is refused.
    fn markdown(&self) -> Result<Option<bool>> {
        match self.content_type.as_deref() {
            None => Ok(None),
            Some("text/plain") => Ok(Some(false)),
            Some("text/markdown") => Ok(Some(true)),
            Some(_) => Err(Error::invalid("Validation failed: Content type is not included in the list")),
        }
    }

    fn language(&self) -> Option<String> {
        self.language.as_deref().and_then(text::language)
    }
}

fn no_such_media(id: &str) -> Error {
    let id: String = id.chars().take(20).collect();
    Error::invalid(format!("Validation failed: Media {id} not found or already attached to another post"))
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let new = NewStatus {
        media: form.media()?,
        poll: polls::wanted(&form.poll)?,
        markdown: form.markdown()?,
        language: form.language(),
        visibility: form.visibility.as_deref().map(visibility).transpose()?,
        in_reply_to: form.in_reply_to_id.as_deref().map(parent).transpose()?,
        quotes: form.quoted()?,
        quote_policy: form.quote_approval_policy,
        reply_policy: None, // Mastodon's API has no word for it
        text: form.status.unwrap_or_default(),
        spoiler_text: form.spoiler_text.unwrap_or_default(),
        sensitive: form.sensitive,
        idempotency_key: req.header("idempotency-key").filter(|k| !k.is_empty()).map(str::to_owned),
        application: application(app, req)?,
        application_id: application_id(req),
    };
    // A time that has passed means now.
    let later = form.scheduled_at.as_deref().map(scheduled_statuses::time).transpose()?;
    if let Some(at) = later.filter(|at| *at > app.now()) {
        return scheduled_statuses::one(app, schedule::plan(app, &new, at)?);
    }
    answer::status(app, Viewer::Owner, statuses::publish(app, &new)?)
}

fn parent(id: &str) -> Result<StatusId> {
    id.trim().parse().map_err(|_| compose::unanswerable())
}

/// The name of the app that asks.
fn application(app: &App, req: &Req) -> Result<Option<String>> {
    let Some(id) = application_id(req) else { return Ok(None) };
    Ok(Some(app.store.read(|c| store::oauth::app(c, id))?.name))
}

fn application_id(req: &Req) -> Option<AppId> {
    match req.access {
        Access::Token { app, .. } => Some(app),
        _ => None,
    }
}

/// Media and a poll that are left out are taken off (pitfall 50); everything else that is left out is emptied,
/// as upstream does, but the text.
fn edit(app: &App, req: &Req) -> Result<Res> {
    let (id, form) = (req.id("id")?, req.form::<Form>()?);
    let before = app.store.read(|c| store::statuses::get(c, id))?;
    let new = EditStatus {
        media: form.media()?,
        descriptions: form.descriptions(),
        poll: polls::wanted(&form.poll)?.map_or(PollEdit::Remove, PollEdit::Set),
        markdown: form.markdown()?,
        language: form.language(),
        quote_policy: form.quote_approval_policy,
        text: form.status.or(before.text).unwrap_or_default(),
        spoiler_text: form.spoiler_text.unwrap_or_default(),
        sensitive: form.sensitive.unwrap_or(false),
    };
    answer::status(app, Viewer::Owner, statuses::edit(app, id, &new)?)
}

#[derive(Deserialize)]
struct Removal {
    #[serde(default, deserialize_with = "lenient::flag")]
    delete_media: Option<bool>,
}

/// Answers what was typed, for "delete and redraft" (pitfall 48).
fn remove(app: &App, req: &Req) -> Result<Res> {
    let (id, form) = (req.id("id")?, req.form::<Removal>()?);
    let before = app.store.read(|c| {
        let status = store::statuses::get(c, id)?;
        Statuses::load(c, &app.instance, Viewer::Owner, vec![status])
    })?;
    statuses::delete(app, id, form.delete_media == Some(true))?;
    Res::json(&before.deleted().ok_or_else(Error::not_found)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn form(value: Value) -> Form {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_media_id_that_is_none_is_refused() {
        assert_eq!(form(json!({"media_ids": ["1", 2, ""]})).media().unwrap(), [MediaId(1), MediaId(2)]);
        assert!(form(json!({"media_ids": ["x"]})).media().is_err());
        assert!(form(json!({})).media().unwrap().is_empty());
    }

    #[test]
    fn descriptions_of_attached_media_come_with_the_edit() {
        let form = form(json!({"media_attributes": [{"id": 7, "description": "a", "focus": "0.5,-1"}, {}]}));
        assert_eq!(form.descriptions(), [(MediaId(7), Some("a".to_owned()), Some((0.5, -1.0)))]);
    }
}
