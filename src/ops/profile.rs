//! The owner's profile, and the Update that tells everybody of a change.

use super::deliver;
use crate::ap::build::{self, Profile};
use crate::app::App;
use crate::error::{Error, Result};
use crate::media::picture::{self, Limits};
use crate::model::*;
use crate::store::accounts::{self, ProfileChange};
use crate::store::{Tx, instance, relations};
use crate::text;

/// Limits that clients are told.
pub const NAME_LIMIT: usize = 100;
pub const NOTE_LIMIT: usize = 2_000;
pub const FIELD_LIMIT: usize = 8;
pub const FIELD_NAME_LIMIT: usize = 255;
pub const FIELD_VALUE_LIMIT: usize = 1_000;

/// What the owner wants to change; `None` leaves a thing as it is.
#[derive(Debug, Default)]
pub struct ProfileUpdate {
    pub display_name: Option<String>,
    /// Plain text.
    pub note: Option<String>,
    /// Name and plain value; replaces all fields.
    pub fields: Option<Vec<(String, String)>>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
    pub indexable: Option<bool>,
    pub hide_collections: Option<bool>,
    /// The bytes of a picture; `Some(None)` takes it away.
    pub avatar: Option<Option<Vec<u8>>>,
    pub header: Option<Option<Vec<u8>>>,
    pub visibility: Option<Visibility>,
    pub sensitive: Option<bool>,
    /// `Some(None)`: no default.
    pub language: Option<Option<String>>,
    pub quote_policy: Option<String>,
}

/// Changes the profile and the posting defaults, and tells the followers what others can see of it.
///
/// Errors: `Invalid` for what breaks a limit or is no picture.
pub fn update(app: &App, update: &ProfileUpdate) -> Result<Account> {
    check(update)?;
    let change = ProfileChange {
        display_name: update.display_name.as_deref().map(|n| text::line(n, NAME_LIMIT)),
        note: update.note.as_ref().map(|note| (html(app, note), note.clone())),
        fields: update.fields.as_ref().map(|fields| rows(fields)),
        emojis: None,
        locked: update.locked,
        bot: update.bot,
        discoverable: update.discoverable,
        indexable: update.indexable,
        hide_collections: update.hide_collections,
        avatar: stored(app, update.avatar.as_ref(), picture::avatar)?,
        header: stored(app, update.header.as_ref(), picture::header)?,
    };
    let (account, old) = app.store.write_durably(|tx| {
        let before = accounts::owner(tx)?;
        accounts::update_owner(tx, &change)?;
        set_defaults(tx, update)?;
        let account = accounts::owner(tx)?;
        broadcast(tx, app, &account)?;
        let old = [before.avatar, before.header];
        Ok((account, old))
    })?;
    let old = old.into_iter().flatten().filter_map(|p| match p {
        Picture::Blob(key) => Some(key),
        Picture::Remote(_) => None,
    });
    super::media::remove_blobs(app, &old.collect::<Vec<_>>());
    Ok(account)
}

/// The owner's actor document, as it stands now.
pub fn document<'a>(app: &App, account: &'a Account) -> Result<Profile<'a>> {
    let key = app.keys.owner_ed25519.public();
    Ok(Profile {
        account,
        rsa_pem: app.keys.owner.key.public().to_pem()?,
        ed25519: key.to_multibase().ok_or_else(|| Error::internal("the Ed25519 key is another"))?,
        avatar: address(app, account.avatar.as_ref()),
        header: address(app, account.header.as_ref()),
    })
}

/// Address and type of a picture of ours.
fn address(app: &App, picture: Option<&Picture>) -> Option<(String, String)> {
    match picture {
        Some(Picture::Blob(key)) => {
            let mime = crate::media::blobs::mime(key).unwrap_or("application/octet-stream");
            Some((app.instance.at(&format!("/media/{key}")), mime.to_owned()))
        }
        _ => None,
    }
}

fn broadcast(tx: &Tx, app: &App, account: &Account) -> Result<()> {
    let activity = build::update_actor(&app.instance, &document(app, account)?, tx.now);
    let mut inboxes = relations::follower_inboxes(tx)?;
    inboxes.extend(relations::followed_inboxes(tx)?);
    deliver::to(tx, &activity, None, &inboxes)
}

fn check(update: &ProfileUpdate) -> Result<()> {
    let too_long = |what: &str, limit: usize| {
        Err(Error::invalid(format!("Validation failed: {what} is too long (maximum is {limit} characters)")))
    };
    if update.display_name.as_ref().is_some_and(|n| n.chars().count() > NAME_LIMIT) {
        return too_long("Display name", NAME_LIMIT);
    }
    if update.note.as_ref().is_some_and(|n| text::length(n) > NOTE_LIMIT) {
        return too_long("Bio", NOTE_LIMIT);
    }
    for (name, value) in update.fields.iter().flatten() {
        if name.chars().count() > FIELD_NAME_LIMIT {
            return too_long("Field name", FIELD_NAME_LIMIT);
        }
        if value.chars().count() > FIELD_VALUE_LIMIT {
            return too_long("Field value", FIELD_VALUE_LIMIT);
        }
    }
    Ok(())
}

/// The bio: mentions of people who are known here become links, others stay text.
fn html(app: &App, note: &str) -> String {
    text::render(
        note,
        &|mention| {
            let account = app
                .store
                .read(|c| accounts::by_acct(c, &mention.username, mention.domain.as_deref()))
                .ok()
                .flatten()?;
            Some(text::Resolved { href: account.url, shown: account.username })
        },
        &|tag| app.instance.at(&format!("/tags/{}", text::normalise_tag(tag))),
    )
}

fn rows(fields: &[(String, String)]) -> Vec<Field> {
    fields
        .iter()
        .filter(|(name, value)| !name.trim().is_empty() || !value.trim().is_empty())
        .take(FIELD_LIMIT)
        .map(|(name, value)| Field {
            name: text::line(name, FIELD_NAME_LIMIT),
            value: text::field_value(value.trim()),
            text: value.trim().to_owned(),
            verified_at: None,
        })
        .collect()
}

type Make = fn(&[u8], &Limits) -> Result<picture::Encoded>;

fn stored(app: &App, picture: Option<&Option<Vec<u8>>>, make: Make) -> Result<Option<Option<String>>> {
    Ok(match picture {
        None => None,
        Some(None) => Some(None),
        Some(Some(bytes)) => {
            let made = make(bytes, &Limits::default())?;
            Some(Some(app.media.put(&made.bytes, made.ext)?))
        }
    })
}

fn set_defaults(tx: &Tx, update: &ProfileUpdate) -> Result<()> {
    let before = instance::settings(tx)?;
    let settings = Settings {
        default_visibility: update.visibility.unwrap_or(before.default_visibility),
        default_sensitive: update.sensitive.unwrap_or(before.default_sensitive),
        default_language: update.language.clone().unwrap_or(before.default_language),
        default_quote_policy: update.quote_policy.clone().unwrap_or(before.default_quote_policy),
        ..before
    };
    instance::set_settings(tx, &settings)
}
