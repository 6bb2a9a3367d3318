//! Translation: <https://docs.joinmastodon.org/methods/statuses/#translate>,
//! <https://docs.joinmastodon.org/methods/instance/#translation_languages>

use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{StatusId, Viewer};
use crate::ops::posts::original_of;
use crate::ops::translate;
use crate::ops::visibility::visible;
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/statuses/{id}/translate", show, Auth::Scope("read:statuses")),
    get("/api/v1/instance/translation_languages", languages, Auth::Public),
];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::filled")]
    lang: Option<String>,
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let lang = req.form::<Form>()?.lang;
    let status = app.store.read(|c| {
        visible(c, Viewer::Owner, app.instance.owner, id)?;
        original_of(c, id)
    })?;
    let done = translate::translate(app, &status, lang.as_deref())?;
    // A poll has the id of its status.
    let options: Vec<_> = done.options.iter().map(|title| json!({"title": title})).collect();
    let poll = (!options.is_empty()).then(|| json!({"id": status.id.to_string(), "options": options}));
    let media = done.media.iter().map(|(id, text)| json!({"id": id.to_string(), "description": text}));
    Res::json(&json!({
        "id": status.id.to_string(),
        "content": done.content,
        "spoiler_text": done.spoiler_text,
        "language": done.language,
        "poll": poll,
        "media_attachments": media.collect::<Vec<_>>(),
        "detected_source_language": done.detected,
        "provider": done.provider,
    }))
}

fn languages(app: &App, _: &Req) -> Result<Res> {
    Res::json(&*translate::languages(app)?)
}
