//! The owner posts, edits, deletes, pins, bookmarks and mutes.

use super::cards::{self, When};
use super::compose::{self, Composed, Draft};
use super::posts::{Parts, original_of};
use super::{audience, boosts, deliver, media as uploads};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{self, Tx, media, statuses, tags};
use rusqlite::Connection;

/// What the owner wants to post; `None` takes the default from the settings.
#[derive(Debug, Clone, Default)]
pub struct NewStatus {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: Option<bool>,
    pub language: Option<String>,
    pub visibility: Option<Visibility>,
    pub in_reply_to: Option<StatusId>,
    pub media: Vec<MediaId>,
    /// The same key within an hour gives the same status (pitfall 18).
    pub idempotency_key: Option<String>,
    /// Name of the app.
    pub application: Option<String>,
}

/// A medium, its new description and its new focal point; `None` leaves a thing as it is.
pub type Description = (MediaId, Option<String>, Option<(f64, f64)>);

/// What an edit changes; media that are left out are taken off.
#[derive(Debug, Clone, Default)]
pub struct EditStatus {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub media: Vec<MediaId>,
    /// New descriptions and focal points.
    pub descriptions: Vec<Description>,
}

/// The owner posts: status, media, tags, mentions and one delivery an inbox, in one transaction that is on
/// the disk before this returns.
///
/// Errors: `Invalid` for what breaks a limit; `NotFound` when the answered status is not there.
pub fn publish(app: &App, new: &NewStatus) -> Result<Status> {
    if let Some(before) = repeated(app, new)? {
        return Ok(before);
    }
    let settings = app.store.read(store::instance::settings)?;
    let draft = Draft {
        text: &new.text,
        spoiler_text: &new.spoiler_text,
        media: &new.media,
        in_reply_to: new.in_reply_to,
        visibility: new.visibility.unwrap_or(settings.default_visibility),
    };
    let composed = compose::compose(app, &draft)?; // network, before the transaction
    let me = &app.instance;
    app.store.write_durably(|tx| {
        if let Some(before) = existing(tx, new, tx.now)? {
            return Ok(before); // the same request, a moment earlier
        }
        let parent = new.in_reply_to.map(|id| original_of(tx, id)).transpose()?;
        let id = StatusId::at(tx.now);
        let uri = format!("{}/statuses/{id}", me.actor());
        let own_thread = format!("{uri}#context");
        let conversation = parent.as_ref().map_or(Some(own_thread.clone()), |p| p.conversation.clone());
        let status = Status {
            id,
            url: Some(me.at(&format!("/@{}/{id}", me.username))),
            uri,
            account_id: me.owner,
            local: true,
            visibility: draft.visibility,
            content: composed.content.clone(),
            text: Some(new.text.clone()),
            spoiler_text: new.spoiler_text.trim().to_owned(),
            sensitive: new.sensitive.unwrap_or(settings.default_sensitive)
                || !new.spoiler_text.trim().is_empty(),
            language: new.language.clone().or_else(|| settings.default_language.clone()),
            created_at: tx.now,
            in_reply_to: parent.as_ref().map(|p| p.id),
            in_reply_to_uri: parent.as_ref().map(|p| p.uri.clone()),
            in_reply_to_account: parent.as_ref().map(|p| p.account_id),
            conversation: conversation.or(Some(own_thread)),
            application: new.application.clone(),
            ..Status::default()
        };
        statuses::insert(tx, &status, true)?;
        attach(tx, id, &composed)?;
        media::attach(tx, id, &new.media)?;
        if let Some(key) = &new.idempotency_key {
            statuses::remember_idempotency(tx, key, id)?;
        }
        cards::attach_later(tx, &status, When::Now)?;
        send(tx, me, &status, Message::Create)?;
        tx.after_commit(Event::StatusCreated(id));
        if let Some(parent) = parent {
            tx.after_commit(Event::StatusChanged(parent.id));
        }
        statuses::get(tx, id)
    })
}

fn repeated(app: &App, new: &NewStatus) -> Result<Option<Status>> {
    app.store.read(|c| existing(c, new, app.now()))
}

fn existing(c: &Connection, new: &NewStatus, now: Timestamp) -> Result<Option<Status>> {
    let Some(key) = &new.idempotency_key else { return Ok(None) };
    let Some(id) = statuses::by_idempotency(c, key, now)? else { return Ok(None) };
    Ok(statuses::many(c, &[id])?.remove(&id))
}

fn attach(tx: &Tx, id: StatusId, composed: &Composed) -> Result<()> {
    statuses::set_mentions(tx, id, &composed.mentions)?;
    tags::set(tx, id, &composed.tags)
}

/// The owner edits a post. The version before goes into its history; whoever got it gets the new one.
///
/// Errors: `NotFound` when it is not the owner's post; `Invalid` for what breaks a limit.
pub fn edit(app: &App, id: StatusId, new: &EditStatus) -> Result<Status> {
    let before = app.store.read(|c| own(c, id))?;
    for (_, description, _) in &new.descriptions {
        uploads::check_description(description.as_deref())?;
    }
    let draft = Draft {
        text: &new.text,
        spoiler_text: &new.spoiler_text,
        media: &new.media,
        in_reply_to: before.in_reply_to,
        visibility: before.visibility,
    };
    let composed = compose::compose(app, &draft)?; // network, before the transaction
    app.store.write_durably(|tx| {
        let before = own(tx, id)?;
        let after = Status {
            content: composed.content.clone(),
            text: Some(new.text.clone()),
            spoiler_text: new.spoiler_text.trim().to_owned(),
            sensitive: new.sensitive || !new.spoiler_text.trim().is_empty(),
            language: new.language.clone().or_else(|| before.language.clone()),
            edited_at: Some(tx.now),
            ..before.clone()
        };
        let named_before = statuses::mentions_of(tx, id)?;
        statuses::edit(tx, &before, &after)?;
        attach(tx, id, &composed)?;
        media::detach_others(tx, id, &new.media)?;
        media::attach(tx, id, &new.media)?;
        for (media, description, focus) in &new.descriptions {
            if new.media.contains(media) {
                media::describe(tx, *media, description.as_deref(), *focus)?;
            }
        }
        cards::renew(tx, &before, &after, When::Now)?;
        send(tx, &app.instance, &after, Message::Update(named_before))?;
        tx.after_commit(Event::StatusEdited(id));
        statuses::get(tx, id)
    })
}

/// The owner deletes a post, or takes a boost back. Returns it as it was, for "delete and redraft": its
/// pictures stay free for a day unless `delete_media`.
///
/// Errors: `NotFound` when it is not the owner's.
pub fn delete(app: &App, id: StatusId, delete_media: bool) -> Result<Status> {
    let status = app.store.read(|c| own(c, id))?;
    if status.reblog_of.is_some() {
        boosts::remove(app, id)?;
        return Ok(status);
    }
    let me = &app.instance;
    let blobs = app.store.write_durably(|tx| {
        let status = own(tx, id)?;
        let mentions = statuses::mentions_of(tx, id)?;
        let inboxes = audience::of_deletion(tx, &status, &mentions)?;
        deliver::to(tx, &build::delete_note(me, &status), Some(id), &inboxes)?;
        if !delete_media {
            media::detach_others(tx, id, &[])?;
        }
        statuses::bury(tx, &status.uri)?;
        tx.after_commit(Event::StatusDeleted(id));
        statuses::delete(tx, &status)
    })?;
    uploads::remove_blobs(app, &blobs);
    Ok(status)
}

/// Pins a post to the owner's profile, or takes it off.
///
/// Errors: `NotFound`; `Invalid` for what is not a post of the owner's that strangers may see.
pub fn set_pinned(app: &App, id: StatusId, pinned: bool) -> Result<Status> {
    app.store.write(|tx| {
        let status = original_of(tx, id)?;
        if !status.local {
            return Err(Error::invalid("Validation failed: Someone else's post cannot be pinned"));
        }
        if status.visibility == Visibility::Direct {
            return Err(Error::invalid(
                "Validation failed: Posts that are only visible to mentioned users cannot be pinned",
            ));
        }
        if statuses::set_pinned(tx, status.id, pinned)?.made() {
            tx.after_commit(Event::StatusChanged(status.id));
        }
        statuses::get(tx, status.id)
    })
}

pub fn set_bookmarked(app: &App, id: StatusId, bookmarked: bool) -> Result<Status> {
    app.store.write(|tx| {
        let status = original_of(tx, id)?;
        statuses::set_bookmarked(tx, status.id, bookmarked)?;
        statuses::get(tx, status.id)
    })
}

/// Mutes the thread of a status: nothing in it notifies any more (pitfall 102).
pub fn set_muted(app: &App, id: StatusId, muted: bool) -> Result<Status> {
    app.store.write(|tx| {
        let status = original_of(tx, id)?;
        statuses::set_thread_muted(tx, status.id, muted)?;
        statuses::get(tx, status.id)
    })
}

fn own(c: &Connection, id: StatusId) -> Result<Status> {
    let status = statuses::get(c, id)?;
    if status.local { Ok(status) } else { Err(Error::not_found()) }
}

enum Message {
    Create,
    /// With those who were mentioned before.
    Update(Vec<Mention>),
}

/// Queues the activity that carries the status as it now stands in the file.
fn send(tx: &Tx, me: &Instance, status: &Status, message: Message) -> Result<()> {
    let parts = Parts::load(tx, status)?;
    let post = parts.post(status);
    let (activity, inboxes) = match message {
        Message::Create => (build::create(me, &post), audience::of(tx, status, &parts.mentions)?),
        Message::Update(before) => {
            let mut inboxes = audience::of_edit(tx, status, &parts.mentions)?;
            inboxes.extend(audience::of(tx, status, &before)?);
            (build::update_note(me, &post, tx.now), inboxes)
        }
    };
    deliver::to(tx, &activity, Some(status.id), &inboxes)
}
