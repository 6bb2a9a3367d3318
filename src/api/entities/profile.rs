//! Profile: <https://docs.joinmastodon.org/entities/Profile/>, what an editing form reads and writes (4.6)

use super::Id;
use super::account::{Field, field, picture};
use super::featured_tag::{FeaturedTag, featured_tag};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{AccountId, Picture};
use crate::store::{accounts, featured_tags, instance};
use serde::Serialize;
use std::borrow::Cow;

/// Texts are as they were typed; beside them, as they are shown.
#[derive(Debug, Serialize)]
struct Profile<'a> {
    id: Id<AccountId>,
    display_name: &'a str,
    note: &'a str,
    fields: Vec<Field<'a>>,
    formatted_note: &'a str,
    formatted_fields: Vec<Field<'a>>,
    /// Null when unset, unlike everywhere else.
    avatar: Option<Cow<'a, str>>,
    avatar_static: Option<Cow<'a, str>>,
    avatar_description: &'a str,
    header: Option<Cow<'a, str>>,
    header_static: Option<Cow<'a, str>>,
    header_description: &'a str,
    locked: bool,
    bot: bool,
    hide_collections: bool,
    discoverable: bool,
    indexable: bool,
    show_media: bool,
    show_media_replies: bool,
    show_featured: bool,
    attribution_domains: &'a [String],
    featured_tags: Vec<FeaturedTag<'a>>,
}

pub fn profile(app: &App) -> Result<serde_json::Value> {
    let me = &app.instance;
    let (owner, note, settings, tags) = app.store.read(|c| {
        Ok((accounts::owner(c)?, accounts::note_text(c)?, instance::settings(c)?, featured_tags::list(c)?))
    })?;
    let address = |of: &'_ Option<Picture>| of.as_ref().map(|p| picture(me, Some(p), "").into_owned());
    let (avatar, header) = (address(&owner.avatar).map(Cow::Owned), address(&owner.header).map(Cow::Owned));
    let entity = Profile {
        id: Id(owner.id),
        display_name: &owner.display_name,
        note: &note,
        fields: owner.fields.iter().map(|f| field(&f.name, &f.text, f.verified_at)).collect(),
        formatted_note: &owner.note,
        formatted_fields: owner.fields.iter().map(|f| field(&f.name, &f.value, f.verified_at)).collect(),
        avatar: avatar.clone(),
        avatar_static: avatar,
        avatar_description: &settings.avatar_description,
        header: header.clone(),
        header_static: header,
        header_description: &settings.header_description,
        locked: owner.locked,
        bot: owner.bot(),
        hide_collections: owner.hide_collections,
        discoverable: owner.discoverable,
        indexable: owner.indexable,
        show_media: settings.show_media,
        show_media_replies: settings.show_media_replies,
        show_featured: settings.show_featured,
        attribution_domains: &settings.attribution_domains,
        featured_tags: tags.iter().map(|tag| featured_tag(me, tag)).collect(),
    };
    serde_json::to_value(&entity).map_err(Error::internal)
}
