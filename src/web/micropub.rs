//! The door for apps of the IndieWeb: <https://micropub.spec.indieweb.org/>, with its media endpoint. Forms, uploads and
//! JSON are brought into one shape; [`crate::ops::micropub`] does the rest.

use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, rate};
use crate::model::{Access, AppId, Scopes};
use crate::ops::media::{self, Told};
use crate::ops::micropub::{self, Entry};
use crate::store::oauth;
use serde_json::{Map, Value, json};

/// Public, since a token may stand in the body of a form, too; each handler looks for it.
pub const ROUTES: &[Route<App>] = &[
    get("/micropub", |app, req| answered(app, req, query), Auth::Public),
    post("/micropub", |app, req| answered(app, req, act), Auth::Public),
    post("/micropub/media", |app, req| answered(app, req, upload), Auth::Public),
];

/// Who asks.
struct Caller {
    app: AppId,
    scopes: Scopes,
}

impl Caller {
    /// Errors: `Forbidden` without any of these scopes; the first one is told.
    fn needs(&self, scopes: &'static str) -> Result<()> {
        if self.scopes.allow(scopes) { Ok(()) } else { Err(Error::forbidden(scopes)) }
    }
}

type Handler = fn(&App, &Req, &Caller, &Value) -> Result<Res>;

/// Errors in the words of the specification: <https://micropub.spec.indieweb.org/#error-response>
fn answered(app: &App, req: &Req, handler: Handler) -> Result<Res> {
    let done = req.params().and_then(|params| match caller(app, req, &params)? {
        Some(caller) => handler(app, req, &caller, &params),
        None => Err(Error::unauthorized()),
    });
    let (code, error) = match done {
        Ok(res) => return Ok(res.with("cache-control", "no-store")),
        Err(e)
            if matches!(
                e.kind,
                Kind::Internal | Kind::NoSpace | Kind::Unavailable | Kind::TooManyRequests
            ) =>
        {
            return Err(e);
        }
        Err(e) => (
            match e.kind {
                Kind::Unauthorized => "unauthorized",
                Kind::Forbidden => "insufficient_scope",
                _ => "invalid_request",
            },
            e,
        ),
    };
    let status = match error.kind {
        Kind::Unauthorized => 401,
        Kind::Forbidden => 403,
        _ => 400,
    };
    let mut told = json!({"error": code});
    if error.kind == Kind::Forbidden && !error.public.contains(' ') {
        told["scope"] = error.public.split('|').next().into();
    } else {
        told["error_description"] = error.public.trim_start_matches("Validation failed: ").into();
    }
    Ok(Res::json(&told)?.status(status).with("cache-control", "no-store"))
}

/// By the header, else by the body of a form. One of both: <https://micropub.spec.indieweb.org/#authentication-and-authorization>
fn caller(app: &App, req: &Req, params: &Value) -> Result<Option<Caller>> {
    if let Access::Token { app, scopes, .. } = &req.access {
        return Ok(Some(Caller { app: *app, scopes: scopes.clone() }));
    }
    // An address is written into logs: no token is taken from there.
    let given = params["access_token"].as_str().filter(|_| req.query_text("access_token").is_none());
    let Some(token) = given else { return Ok(None) };
    let Some(Access::Token { app: by, token, scopes }) =
        app.store.read(|c| oauth::access(c, token, app.now()))?
    else {
        return Ok(None);
    };
    match app.rates.take(token, app.now()) {
        Some((_, true)) => Err(rate::too_many()),
        _ => Ok(Some(Caller { app: by, scopes })),
    }
}

fn text<'v>(params: &'v Value, name: &str) -> &'v str {
    params[name].as_str().unwrap_or_default()
}

fn query(app: &App, _: &Req, caller: &Caller, params: &Value) -> Result<Res> {
    let none: [&str; 0] = [];
    let kinds = ["note", "article", "photo", "reply", "like", "repost", "bookmark"];
    match text(params, "q") {
        "config" => Res::json(&json!({
            "media-endpoint": app.instance.at("/micropub/media"),
            "syndicate-to": none,
            "categories": micropub::categories(app)?,
            "q": ["config", "source", "syndicate-to", "category"],
            "post-types": (kinds.map(|kind| json!({"type": kind, "name": kind}))),
            "visibility": ["public", "unlisted", "private"],
        })),
        "syndicate-to" => Res::json(&json!({"syndicate-to": none})),
        "category" => {
            let filter = text(params, "filter").to_lowercase();
            let mut all = micropub::categories(app)?;
            all.retain(|name| name.to_lowercase().contains(&filter));
            Res::json(&json!({"categories": all}))
        }
        "source" => {
            caller.needs("update|create|read:statuses")?;
            // Who may only post reads what everybody does.
            let only_open = !caller.scopes.allow("update|read:statuses");
            let mut all = micropub::source(app, text(params, "url"), only_open)?;
            let wanted: Vec<&str> = match &params["properties"] {
                Value::String(one) => vec![one],
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                _ => Vec::new(),
            };
            if wanted.is_empty() {
                return Res::json(&json!({"type": ["h-entry"], "properties": all}));
            }
            all.retain(|name, _| wanted.contains(&name.as_str()));
            Res::json(&json!({"properties": all}))
        }
        _ => Err(Error::bad_request("This is not known here: q=config, source, syndicate-to or category")),
    }
}

fn act(app: &App, req: &Req, caller: &Caller, params: &Value) -> Result<Res> {
    let gone = || Ok(Res::new(204, "text/plain", ""));
    match text(params, "action") {
        "" | "create" => create(app, req, caller, params),
        "update" => {
            caller.needs("update|write:statuses")?;
            micropub::update(app, text(params, "url"), params)?;
            gone()
        }
        "delete" => {
            caller.needs("delete|write:statuses")?;
            micropub::delete(app, text(params, "url"))?;
            gone()
        }
        "undelete" => {
            Err(Error::bad_request("What is deleted here does not come back: other servers were told so"))
        }
        _ => Err(Error::bad_request("This action is not known")),
    }
}

fn create(app: &App, req: &Req, caller: &Caller, params: &Value) -> Result<Res> {
    let mut properties = Map::new();
    if let Some(given) = params["properties"].as_object() {
        if params["type"][0].as_str() != Some("h-entry") {
            return Err(Error::bad_request("Only an h-entry can be made here"));
        }
        properties = given.clone();
    } else {
        if !matches!(text(params, "h"), "entry" | "") {
            return Err(Error::bad_request("Only an h-entry can be made here"));
        }
        for (name, value) in params.as_object().into_iter().flatten() {
            if matches!(name.as_str(), "h" | "access_token" | "action") {
                continue;
            }
            // `content[html]` came as an object, everything else as a text or a list.
            let list = if value.is_array() { value.clone() } else { json!([value]) };
            properties.insert(name.clone(), list);
        }
    }
    if properties.contains_key("like-of") {
        caller.needs("create|write:favourites")?;
    } else {
        caller.needs("create|write:statuses")?;
    }
    let mut media = Vec::new();
    let is_file = |field: &str| matches!(field.trim_end_matches("[]"), "photo" | "video" | "audio");
    for file in req.uploads.iter().filter(|file| is_file(&file.field) && file.bytes > 0) {
        media.push(media::upload_now(app, file, &Told::default())?.id);
    }
    let known = app.store.read(|c| oauth::app(c, caller.app))?;
    let entry = Entry { properties, media, application: Some(known.name), application_id: Some(known.id) };
    let location = micropub::create(app, &entry)?;
    Ok(Res::text(201, "").with("location", location))
}

fn upload(app: &App, req: &Req, caller: &Caller, _: &Value) -> Result<Res> {
    caller.needs("media|create|write:media")?;
    let file = req.upload("file").filter(|file| file.bytes > 0);
    let file = file.ok_or_else(|| Error::bad_request("The file is missing"))?;
    let made = media::upload_now(app, file, &Told::default())?;
    let key = made.blob.ok_or_else(|| Error::invalid("Nothing became of this file"))?;
    Ok(Res::text(201, "").with("location", app.instance.at(&format!("/media/{key}"))))
}
