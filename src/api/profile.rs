//! The owner's own profile and defaults: <https://docs.joinmastodon.org/methods/accounts/>, .../profile/,
//! .../preferences/

use super::entities::credential_account::credential_account;
use super::entities::preferences::preferences;
use super::entities::profile::profile as entity;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{delete, get, patch, put};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Visibility;
use crate::model::sort::sort_by_key;
use crate::ops::profile::{self, Fault, ProfileUpdate};
use crate::store::instance;
use crate::text;
use serde::Deserialize;
use serde_json::{Value, json};

const WRITE: Auth = Auth::Scope("write:accounts");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/accounts/verify_credentials", verify, Auth::Scope("read:accounts|profile")),
    // PUT is the same route upstream, and masto.js sends it (pitfall 14).
    patch("/api/v1/accounts/update_credentials", update, WRITE),
    put("/api/v1/accounts/update_credentials", update, WRITE),
    get("/api/v1/profile", show, Auth::Scope("read:accounts|profile")),
    patch("/api/v1/profile", update_profile, WRITE),
    put("/api/v1/profile", update_profile, WRITE),
    delete("/api/v1/profile/avatar", remove_avatar, WRITE),
    delete("/api/v1/profile/header", remove_header, WRITE),
    get("/api/v1/preferences", show_preferences, Auth::Scope("read:accounts")),
];

fn verify(app: &App, _: &Req) -> Result<Res> {
    Res::json(&credential_account(app)?)
}

/// Every key may be missing, and what is missing stays (pitfall 41).
#[derive(Deserialize)]
struct Update {
    #[serde(default, deserialize_with = "lenient::text")]
    display_name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    note: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    locked: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    bot: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    discoverable: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    indexable: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    hide_collections: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    avatar_description: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    header_description: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    show_media: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    show_media_replies: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    show_featured: Option<bool>,
    #[serde(default, deserialize_with = "lenient::texts")]
    attribution_domains: Option<Vec<String>>,
    #[serde(default)]
    fields_attributes: Option<Value>,
    #[serde(default)]
    source: Source,
}

#[derive(Deserialize, Default)]
struct Source {
    #[serde(default, deserialize_with = "lenient::filled")]
    privacy: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    sensitive: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    language: Option<String>,
    #[serde(default, deserialize_with = "lenient::filled")]
    quote_policy: Option<String>,
}

fn update(app: &App, req: &Req) -> Result<Res> {
    match profile::update(app, &read(req)?) {
        Ok(_) => verify(app, req),
        Err(e) => refused(e),
    }
}

/// As `update_credentials`, with another answer.
fn update_profile(app: &App, req: &Req) -> Result<Res> {
    match profile::update(app, &read(req)?) {
        Ok(_) => show(app, req),
        Err(e) => refused(e),
    }
}

fn show(app: &App, _: &Req) -> Result<Res> {
    Res::json(&entity(app)?)
}

/// An answer that names what is wrong (pitfall 21).
fn refused(e: Error) -> Result<Res> {
    let Some(fault) = e.source.as_ref().and_then(|source| source.downcast_ref::<Fault>()) else {
        return Err(e);
    };
    let detail = json!([{"error": fault.code, "description": fault.description}]);
    let body = json!({"error": e.public, "details": {fault.field: detail}});
    Ok(Res::json(&body)?.status(e.kind.status()))
}

fn read(req: &Req) -> Result<ProfileUpdate> {
    let form = req.form::<Update>()?;
    let picture = |field| req.upload(field).map(|upload| upload.read().map(Some)).transpose();
    Ok(ProfileUpdate {
        markdown: None,
        alt_reminder: None,
        display_name: form.display_name,
        note: form.note,
        fields: form.fields_attributes.as_ref().map(fields),
        locked: form.locked,
        bot: form.bot,
        discoverable: form.discoverable,
        indexable: form.indexable,
        hide_collections: form.hide_collections,
        avatar: picture("avatar")?,
        header: picture("header")?,
        avatar_description: form.avatar_description,
        header_description: form.header_description,
        show_media: form.show_media,
        show_media_replies: form.show_media_replies,
        show_featured: form.show_featured,
        attribution_domains: form.attribution_domains,
        visibility: form.source.privacy.as_deref().map(visibility).transpose()?,
        sensitive: form.source.sensitive,
        language: form.source.language.map(|code| text::language(&code)),
        quote_policy: form.source.quote_policy.as_deref().map(quote_policy).transpose()?,
    })
}

/// Name and value of each field. They come as an array, or as an object with numbers for keys
/// (pitfall 12).
fn fields(given: &Value) -> Vec<(String, String)> {
    let text = |of: &Value, key: &str| match of.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let one = |of: &Value| (text(of, "name"), text(of, "value"));
    match given {
        Value::Array(all) => all.iter().map(one).collect(),
        Value::Object(all) => {
            let mut numbered: Vec<_> = all.iter().collect();
            sort_by_key(&mut numbered, |(key, _)| key.parse::<u32>().unwrap_or(u32::MAX));
            numbered.into_iter().map(|(_, of)| one(of)).collect()
        }
        _ => Vec::new(),
    }
}

/// A visibility by its name.
///
/// Errors: `Invalid`, in Mastodon's words.
pub fn visibility(name: &str) -> Result<Visibility> {
    Visibility::parse(name)
        .ok_or_else(|| Error::invalid("Validation failed: Visibility is not included in the list"))
}

fn quote_policy(name: &str) -> Result<String> {
    match name {
        "public" | "followers" | "nobody" => Ok(name.to_owned()),
        _ => Err(Error::invalid("Validation failed: Quote policy is not included in the list")),
    }
}

fn remove_avatar(app: &App, req: &Req) -> Result<Res> {
    profile::update(app, &ProfileUpdate { avatar: Some(None), ..ProfileUpdate::default() })?;
    verify(app, req)
}

fn remove_header(app: &App, req: &Req) -> Result<Res> {
    profile::update(app, &ProfileUpdate { header: Some(None), ..ProfileUpdate::default() })?;
    verify(app, req)
}

fn show_preferences(app: &App, _: &Req) -> Result<Res> {
    Res::json(&preferences(&app.store.read(instance::settings)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pitfall_12_fields_come_as_an_array_or_as_numbered_keys() {
        let wanted = vec![("A".to_owned(), "b".to_owned()), ("C".to_owned(), "d".to_owned())];
        let (a, c) = (json!({"name": "A", "value": "b"}), json!({"name": "C", "value": "d"}));
        assert_eq!(fields(&json!([a, c])), wanted);
        assert_eq!(fields(&json!({"10": c, "2": a})), wanted);
        assert_eq!(fields(&json!("nonsense")), vec![]);
    }

    #[test]
    fn pitfall_41_what_was_not_sent_stays() {
        let form: Update = serde_json::from_value(json!({"locked": "true"})).unwrap();
        assert_eq!(form.locked, Some(true));
        assert!(form.display_name.is_none() && form.fields_attributes.is_none());
        assert!(form.source.privacy.is_none() && form.bot.is_none());
    }
}
