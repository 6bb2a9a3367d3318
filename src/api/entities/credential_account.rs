//! CredentialAccount and Role: <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>

use super::account::{Account, Field, People, field};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{self, Settings};
use crate::store::{accounts, instance, relations};
use serde::Serialize;

#[derive(Debug, Serialize)]
struct CredentialAccount<'a> {
    #[serde(flatten)]
    account: Account<'a>,
    /// Of the pictures, and which parts of the profile are shown (4.6).
    avatar_description: &'a str,
    header_description: &'a str,
    show_media: bool,
    show_media_replies: bool,
    show_featured: bool,
    source: Source<'a>,
    role: Role,
}

/// What an editing form reads: plain text and the posting defaults (pitfalls 40, 41).
#[derive(Debug, Serialize)]
struct Source<'a> {
    privacy: &'static str,
    sensitive: bool,
    language: Option<&'a str>,
    note: &'a str,
    fields: Vec<Field<'a>>,
    follow_requests_count: i64,
    hide_collections: bool,
    discoverable: bool,
    indexable: bool,
    attribution_domains: &'a [String],
    quote_policy: &'a str,
}

/// Nobody administers through the API, so the role gives no permissions.
#[derive(Debug, Serialize)]
struct Role {
    id: &'static str,
    name: &'static str,
    permissions: &'static str,
    color: &'static str,
    highlighted: bool,
}

/// The owner as the owner sees them.
pub fn credential_account(app: &App) -> Result<serde_json::Value> {
    let (people, note, requests, settings) = app.store.read(|c| {
        let people = People::of(c, [accounts::owner(c)?])?;
        Ok((people, accounts::note_text(c)?, relations::request_count(c)?, instance::settings(c)?))
    })?;
    let id = app.instance.owner;
    let (owner, shown) = people.get(id).zip(people.entity(&app.instance, id)).ok_or_else(Error::not_found)?;
    let entity = CredentialAccount {
        account: shown,
        avatar_description: &settings.avatar_description,
        header_description: &settings.header_description,
        show_media: settings.show_media,
        show_media_replies: settings.show_media_replies,
        show_featured: settings.show_featured,
        source: source(owner, &note, requests, &settings),
        role: Role { id: "-99", name: "", permissions: "0", color: "", highlighted: false },
    };
    serde_json::to_value(&entity).map_err(crate::error::Error::internal)
}

fn source<'a>(
    owner: &'a model::Account,
    note: &'a str,
    follow_requests_count: i64,
    settings: &'a Settings,
) -> Source<'a> {
    Source {
        privacy: settings.default_visibility.as_str(),
        sensitive: settings.default_sensitive,
        language: settings.default_language.as_deref(),
        note,
        fields: owner.fields.iter().map(|f| field(&f.name, &f.text, f.verified_at)).collect(),
        follow_requests_count,
        hide_collections: owner.hide_collections,
        discoverable: owner.discoverable,
        indexable: owner.indexable,
        attribution_domains: &settings.attribution_domains,
        quote_policy: &settings.default_quote_policy,
    }
}
