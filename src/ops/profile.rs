//! The owner's profile, and the Update that tells everybody of a change.

use super::{deliver, emojis, follows, links};
use crate::ap::build::{self, Profile};
use crate::app::{App, Signing};
use crate::error::{Error, Result};
use crate::media::picture::{self as pictures, Limits};
use crate::model::*;
use crate::store::accounts::{self, ProfileChange};
use crate::store::{Tx, deliveries, instance, relations};
use crate::text;
use std::fmt;

/// Limits that clients are told.
pub const NAME_LIMIT: usize = 100;
pub const NOTE_LIMIT: usize = 2_000;
pub const FIELD_LIMIT: usize = 8;
pub const FIELD_NAME_LIMIT: usize = 255;
pub const FIELD_VALUE_LIMIT: usize = 1_000;
pub const PICTURE_DESCRIPTION_LIMIT: usize = 1_500;
/// Sites that may name the owner; Mastodon's number.
const DOMAINS: usize = 100;

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
    pub avatar_description: Option<String>,
    pub header_description: Option<String>,
    pub show_media: Option<bool>,
    pub show_media_replies: Option<bool>,
    pub show_featured: Option<bool>,
    pub attribution_domains: Option<Vec<String>>,
    pub visibility: Option<Visibility>,
    pub sensitive: Option<bool>,
    /// `Some(None)`: no default.
    pub language: Option<Option<String>>,
    pub quote_policy: Option<String>,
    pub markdown: Option<bool>,
    pub alt_reminder: Option<bool>,
}

impl ProfileUpdate {
    /// Nothing of it is for others to see.
    fn is_private(&self) -> bool {
        let texts = [&self.display_name, &self.note, &self.avatar_description, &self.header_description];
        let flags = [
            self.locked,
            self.bot,
            self.discoverable,
            self.indexable,
            self.hide_collections,
            self.show_media,
            self.show_media_replies,
            self.show_featured,
        ];
        texts.iter().all(|t| t.is_none())
            && flags.iter().all(Option::is_none)
            && self.fields.is_none()
            && self.attribution_domains.is_none()
            && self.avatar.is_none()
            && self.header.is_none()
    }
}

/// Which part of the profile is wrong, and how: the `details` of the answer (pitfall 21). The source of the
/// error that [`update`] gives.
#[derive(Debug)]
pub struct Fault {
    /// As the API names it.
    pub field: &'static str,
    /// `ERR_TOO_LONG`, say.
    pub code: &'static str,
    pub description: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.description)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    fn too_long(field: &'static str, label: &str, limit: usize) -> Error {
        let description = format!("is too long (maximum is {limit} characters)");
        Fault { field, code: "ERR_TOO_LONG", description }.of(label)
    }

    fn of(self, label: &str) -> Error {
        Error::invalid(format!("Validation failed: {label} {}", self.description)).because(self)
    }
}

/// Changes the profile and the posting defaults, and tells the followers what others can see of it. Who waits
/// to follow is let in when the lock is taken off, as Mastodon does.
///
/// Errors: `Invalid` for what breaks a limit or is no picture, with a [`Fault`].
pub fn update(app: &App, update: &ProfileUpdate) -> Result<Account> {
    check(update)?;
    let putting = app.media.putting();
    let mut change = ProfileChange {
        display_name: update.display_name.as_deref().map(|n| text::line(n, NAME_LIMIT)),
        note: update.note.as_ref().map(|note| (html(app, note), note.clone())),
        fields: None,
        emojis: None,
        locked: update.locked,
        bot: update.bot,
        discoverable: update.discoverable,
        indexable: update.indexable,
        hide_collections: update.hide_collections,
        avatar: stored(app, "avatar", update.avatar.as_ref(), pictures::avatar)?,
        header: stored(app, "header", update.header.as_ref(), pictures::header)?,
    };
    let (account, old) = app.store.write_durably(|tx| {
        let before = accounts::owner(tx)?;
        change.fields = update.fields.as_ref().map(|fields| rows(fields, &before.fields));
        change.emojis = Some(used_emojis(tx, &app.instance, &change, &before)?);
        accounts::update_owner(tx, &change)?;
        set_defaults(tx, update)?;
        if before.locked && update.locked == Some(false) {
            follows::authorise_all(tx, &app.instance)?;
        }
        let account = accounts::owner(tx)?;
        if !update.is_private() {
            broadcast(tx, app, &account)?;
        }
        links::check_later(tx, app, &account)?;
        let old = [before.avatar, before.header];
        Ok((account, old))
    })?;
    drop(putting);
    let old = old.into_iter().flatten().filter_map(|p| match p {
        Picture::Blob(key) => Some(key),
        Picture::Remote(_) => None,
    });
    super::media::remove_blobs(app, &old.collect::<Vec<_>>());
    Ok(account)
}

/// Every custom emoji that the profile shows once it is changed.
fn used_emojis(tx: &Tx, me: &Instance, change: &ProfileChange, before: &Account) -> Result<Vec<Emoji>> {
    let note = match &change.note {
        Some((_, typed)) => typed.clone(),
        None => accounts::note_text(tx)?,
    };
    let fields = change.fields.as_ref().unwrap_or(&before.fields);
    let name = change.display_name.as_ref().unwrap_or(&before.display_name);
    let mut texts = vec![name.as_str(), note.as_str()];
    texts.extend(fields.iter().flat_map(|f| [f.name.as_str(), f.text.as_str()]));
    emojis::used(tx, me, &texts)
}

/// The owner's actor document, as it stands now.
pub fn document<'a>(app: &App, account: &'a Account, settings: &'a Settings) -> Result<Profile<'a>> {
    document_with(app, &app.keys.signing(), account, settings)
}

/// The same with keys that are not yet in use.
pub(super) fn document_with<'a>(
    app: &App,
    signing: &Signing,
    account: &'a Account,
    settings: &'a Settings,
) -> Result<Profile<'a>> {
    let key = signing.proofs.key.public();
    Ok(Profile {
        account,
        settings,
        rsa_pem: signing.owner.key.public().to_pem()?,
        ed25519: key.to_multibase().ok_or_else(|| Error::internal("the Ed25519 key is another"))?,
        avatar: picture(app, account.avatar.as_ref()),
        header: picture(app, account.header.as_ref()),
    })
}

/// Address and type of a picture of ours.
pub fn picture(app: &App, picture: Option<&Picture>) -> Option<(String, String)> {
    match picture {
        Some(Picture::Blob(key)) => {
            let mime = crate::media::blobs::mime(key).unwrap_or("application/octet-stream");
            Some((app.instance.at(&format!("/media/{key}")), mime.to_owned()))
        }
        _ => None,
    }
}

/// Tells whoever follows, or is followed, how the profile now is.
pub(super) fn broadcast(tx: &Tx, app: &App, account: &Account) -> Result<()> {
    let settings = instance::settings(tx)?;
    let activity = build::update_actor(&app.instance, &document(app, account, &settings)?, tx.now);
    let mut inboxes = relations::follower_inboxes(tx)?;
    inboxes.extend(relations::followed_inboxes(tx)?);
    // After a recovery nobody is known yet to hear of it: they are told when they write.
    deliveries::tell_again(tx)?;
    deliver::to(tx, &activity, None, &inboxes)
}

fn check(update: &ProfileUpdate) -> Result<()> {
    if update.display_name.as_ref().is_some_and(|n| n.chars().count() > NAME_LIMIT) {
        return Err(Fault::too_long("display_name", "Display name", NAME_LIMIT));
    }
    if update.note.as_ref().is_some_and(|n| text::length(n) > NOTE_LIMIT) {
        return Err(Fault::too_long("note", "Bio", NOTE_LIMIT));
    }
    for (name, value) in update.fields.iter().flatten() {
        if name.chars().count() > FIELD_NAME_LIMIT {
            return Err(Fault::too_long("fields", "Field name", FIELD_NAME_LIMIT));
        }
        if value.chars().count() > FIELD_VALUE_LIMIT {
            return Err(Fault::too_long("fields", "Field value", FIELD_VALUE_LIMIT));
        }
    }
    for (field, label, text) in [
        ("avatar_description", "Avatar description", &update.avatar_description),
        ("header_description", "Header description", &update.header_description),
    ] {
        if text.as_ref().is_some_and(|t| t.chars().count() > PICTURE_DESCRIPTION_LIMIT) {
            return Err(Fault::too_long(field, label, PICTURE_DESCRIPTION_LIMIT));
        }
    }
    let domains = update.attribution_domains.as_deref().map(domains_of).unwrap_or_default();
    let wrong = |description: String| {
        let fault = Fault { field: "attribution_domains", code: "ERR_INVALID", description };
        Err(fault.of("Websites allowed to credit you"))
    };
    if domains.len() > DOMAINS {
        return wrong(format!("are too many (maximum is {DOMAINS})"));
    }
    match domains.iter().find(|domain| !is_domain(domain)) {
        Some(domain) => {
            wrong(format!("contain {}, which is not a valid domain name", text::line(domain, 100)))
        }
        None => Ok(()),
    }
}

/// Host names, each once, whatever stood around them; no more than one too many.
fn domains_of(given: &[String]) -> Vec<String> {
    let mut domains: Vec<String> = Vec::new();
    for text in given.iter().flat_map(|text| text.split_whitespace()) {
        let text = text.trim_start_matches("https://").trim_start_matches("http://");
        let domain = text.trim_start_matches("*.").trim_end_matches('/').to_lowercase();
        if domains.len() <= DOMAINS && !domain.is_empty() && !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    domains
}

/// As a browser reads it: with a dot inside, no port and no path.
fn is_domain(text: &str) -> bool {
    let host = url::Host::parse(text);
    text.len() <= 253 && text.trim_matches('.').contains('.') && matches!(host, Ok(url::Host::Domain(_)))
}

/// A picture that goes takes its description along.
fn described(picture: &Option<Option<Vec<u8>>>, new: &Option<String>, before: String) -> String {
    match (picture, new) {
        (Some(None), _) => String::new(),
        (_, Some(text)) => text::lines(text, PICTURE_DESCRIPTION_LIMIT),
        _ => before,
    }
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

/// A link that was found to link back stays proven as long as it stays the same; any other is looked at anew.
fn rows(fields: &[(String, String)], before: &[Field]) -> Vec<Field> {
    fields
        .iter()
        .filter(|(name, value)| !name.trim().is_empty() || !value.trim().is_empty())
        .take(FIELD_LIMIT)
        .map(|(name, value)| {
            let proven = before.iter().find(|f| f.text == value.trim() && f.verified_at.is_some());
            Field {
                name: text::line(name, FIELD_NAME_LIMIT),
                value: text::field_value(value.trim()),
                text: value.trim().to_owned(),
                verified_at: proven.and_then(|f| f.verified_at),
                checked_at: proven.and_then(|f| f.checked_at),
            }
        })
        .collect()
}

type Make = fn(&[u8], &Limits) -> Result<pictures::Encoded>;

fn stored(
    app: &App,
    field: &'static str,
    picture: Option<&Option<Vec<u8>>>,
    make: Make,
) -> Result<Option<Option<String>>> {
    Ok(match picture {
        None => None,
        Some(None) => Some(None),
        Some(Some(bytes)) => {
            let made = make(bytes, &super::media::limits(app)).map_err(|e| {
                let description = e.public.trim_start_matches("Validation failed: ").to_owned();
                Error::new(e.kind, e.public.clone()).because(Fault {
                    field,
                    code: "ERR_INVALID",
                    description,
                })
            })?;
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
        default_markdown: update.markdown.unwrap_or(before.default_markdown),
        alt_reminder: update.alt_reminder.unwrap_or(before.alt_reminder),
        avatar_description: described(&update.avatar, &update.avatar_description, before.avatar_description),
        header_description: described(&update.header, &update.header_description, before.header_description),
        show_media: update.show_media.unwrap_or(before.show_media),
        show_media_replies: update.show_media_replies.unwrap_or(before.show_media_replies),
        show_featured: update.show_featured.unwrap_or(before.show_featured),
        attribution_domains: match &update.attribution_domains {
            Some(domains) => domains_of(domains),
            None => before.attribution_domains,
        },
        ..before
    };
    instance::set_settings(tx, &settings)
}
