//! The owner posts, edits, deletes, pins, bookmarks and mutes.

use super::cards::{self, When};
pub use super::compose::TEXT_LIMIT;
use super::compose::{self, Composed, Draft};
use super::interactions::{self, Act};
use super::polls::{self, PollEdit};
use super::posts::{Parts, original_of};
use super::{audience, boosts, deliver, media as uploads, quotes, webhooks, webmentions};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{self, Tx, media, relations, statuses, tags};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

/// Posts that the profile begins with.
pub const PIN_LIMIT: usize = 40;

/// What the owner wants to post; `None` takes the default from the settings. Kept as JSON until its time when it
/// is scheduled, hence the derive.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewStatus {
    pub text: String,
    /// The text is Markdown.
    pub markdown: Option<bool>,
    pub spoiler_text: String,
    pub sensitive: Option<bool>,
    pub language: Option<String>,
    pub visibility: Option<Visibility>,
    pub in_reply_to: Option<StatusId>,
    pub media: Vec<MediaId>,
    pub poll: Option<NewPoll>,
    /// The same key within an hour gives the same status (pitfall 18).
    pub idempotency_key: Option<String>,
    /// Name of the app.
    pub application: Option<String>,
    pub application_id: Option<AppId>,
    pub quotes: Option<StatusId>,
    /// Who may quote it: `public`, `followers` or `nobody`.
    pub quote_policy: Option<String>,
    /// Who may answer it: `everybody`, `followers`, `followed` or `mentioned`.
    pub reply_policy: Option<String>,
}

/// A medium, its new description and its new focal point; `None` leaves a thing as it is.
pub type Description = (MediaId, Option<String>, Option<(f64, f64)>);

/// What an edit changes; media that are left out are taken off.
#[derive(Debug, Clone, Default)]
pub struct EditStatus {
    pub text: String,
    /// `None`: as it was.
    pub markdown: Option<bool>,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub media: Vec<MediaId>,
    /// New descriptions and focal points.
    pub descriptions: Vec<Description>,
    pub poll: PollEdit,
    /// As in [`NewStatus`]; `None` leaves it.
    pub quote_policy: Option<String>,
}

/// The owner posts: status, media, tags, mentions and one delivery an inbox, in one transaction that is on
/// the disk before this returns.
///
/// Errors: `Invalid` for what breaks a limit; `NotFound` when the answered status is not there, or the quoted
/// one is not there or not to be quoted.
pub fn publish(app: &App, new: &NewStatus) -> Result<Status> {
    publish_after(app, new, |_| Ok(()), |_, _| Ok(()))
}

/// As [`publish()`], with what goes before and after it in the same transaction.
pub fn publish_after(
    app: &App,
    new: &NewStatus,
    before: impl FnOnce(&Tx) -> Result<()>,
    after: impl FnOnce(&Tx, StatusId) -> Result<()>,
) -> Result<Status> {
    if let Some(before) = repeated(app, new)? {
        return Ok(before);
    }
    let poll = polls::checked_with(new.poll.as_ref(), &new.media)?;
    let settings = app.store.read(store::instance::settings)?;
    let quoted = new.quotes.map(|id| app.store.read(|c| quotes::target(c, id))).transpose()?;
    let visibility = new.visibility.unwrap_or(settings.default_visibility);
    let markdown = new.markdown.unwrap_or(settings.default_markdown);
    let draft = Draft {
        text: &new.text,
        markdown,
        spoiler_text: &new.spoiler_text,
        media: &new.media,
        in_reply_to: new.in_reply_to,
        visibility: quoted.as_ref().map_or(visibility, |quoted| quoted.narrowed(visibility)),
        quotes: quoted.is_some(),
        options: poll.as_ref().map_or(&[], |poll| &poll.options),
    };
    let quote_policy = quotes::policy(new.quote_policy.as_deref(), &settings, draft.visibility)?;
    let reply_policy = interactions::own_policy(&app.instance, new.reply_policy.as_deref())?;
    let mut composed = compose::compose(app, &draft)?; // network, before the transaction
    if let Some(quoted) = &quoted {
        quoted.check_named(&composed, draft.visibility)?;
        quoted.complete(&mut composed);
    }
    let me = &app.instance;
    app.store.write_durably(|tx| {
        if let Some(before) = existing(tx, new, tx.now)? {
            return Ok(before); // the same request, a moment earlier
        }
        before(tx)?;
        let parent = new.in_reply_to.map(|id| compose::answered(tx, id)).transpose()?;
        let ask = match &parent {
            Some(parent) => interactions::owner_may(tx, me, Act::Reply, parent)?,
            None => false,
        };
        let id = StatusId::at(tx.now);
        let uri = format!("{}/statuses/{id}", me.actor());
        let own_thread = format!("{uri}/context");
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
            markdown,
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
            emojis: composed.emojis.clone(),
            quote_policy,
            ..Status::default()
        };
        statuses::insert(tx, &status, true)?;
        store::interactions::set_policy(tx, id, &reply_policy)?;
        if ask {
            store::interactions::ask(tx, id)?;
        }
        attach(tx, id, &composed)?;
        media::attach(tx, id, &new.media)?;
        if let Some(poll) = &poll {
            polls::put(tx, id, poll)?;
        }
        if let Some(quoted) = &quoted {
            quotes::attach(tx, me, &status, quoted)?;
        }
        if let Some(key) = &new.idempotency_key {
            statuses::remember_idempotency(tx, key, id)?;
            store::drafts::done(tx, key)?;
        }
        after(tx, id)?;
        cards::attach_later(tx, &status, When::Now)?;
        webmentions::tell_later(tx, me, &status, None)?;
        send(tx, me, &status, Message::Create)?;
        quotes::ask(tx, me, &status)?;
        webhooks::tell(tx, About::Post(id))?;
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

/// The owner edits a post. The version before goes into its history; whoever got it gets the new one. What
/// changes nothing is no edit.
///
/// Errors: `NotFound` when it is not the owner's post; `Invalid` for what breaks a limit.
pub fn edit(app: &App, id: StatusId, new: &EditStatus) -> Result<Status> {
    let before = app.store.read(|c| own(c, id))?;
    let poll = match &new.poll {
        PollEdit::Set(poll) => Some(poll),
        PollEdit::Keep | PollEdit::Remove => None,
    };
    let poll = polls::checked_with(poll, &new.media)?.map_or_else(|| new.poll.clone(), PollEdit::Set);
    let (quotes, quoted) = app.store.read(|c| quotes::of(c, id))?;
    let options = match &poll {
        PollEdit::Set(poll) => poll.options.clone(),
        PollEdit::Remove => Vec::new(),
        PollEdit::Keep => {
            let kept = app.store.read(|c| store::polls::get(c, id))?;
            kept.iter().flat_map(Poll::titles).map(str::to_owned).collect()
        }
    };
    for (_, description, _) in &new.descriptions {
        uploads::check_description(description.as_deref())?;
    }
    let markdown = new.markdown.unwrap_or(before.markdown);
    let draft = Draft {
        text: &new.text,
        markdown,
        spoiler_text: &new.spoiler_text,
        media: &new.media,
        in_reply_to: before.in_reply_to,
        visibility: before.visibility,
        quotes,
        options: &options,
    };
    let quote_policy = match &new.quote_policy {
        Some(name) => quotes::policy(Some(name), &Settings::default(), before.visibility)?,
        None => before.quote_policy,
    };
    let mut composed = compose::compose(app, &draft)?; // network, before the transaction
    if let Some(quoted) = &quoted {
        quoted.complete(&mut composed);
    }
    app.store.write_durably(|tx| {
        let before = own(tx, id)?;
        let after = Status {
            content: composed.content.clone(),
            text: Some(new.text.clone()),
            markdown,
            spoiler_text: new.spoiler_text.trim().to_owned(),
            sensitive: new.sensitive || !new.spoiler_text.trim().is_empty(),
            language: new.language.clone().or_else(|| before.language.clone()),
            edited_at: Some(tx.now),
            emojis: composed.emojis.clone(),
            quote_policy,
            ..before.clone()
        };
        if is_same(tx, &before, &after, new, &poll)? {
            return Ok(before);
        }
        let named_before = statuses::mentions_of(tx, id)?;
        statuses::edit(tx, &before, &after)?;
        polls::edit(tx, id, &poll)?;
        statuses::set_quote_policy(tx, id, quote_policy)?;
        attach(tx, id, &composed)?;
        media::detach_others(tx, id, &new.media)?;
        media::attach(tx, id, &new.media)?;
        for (media, description, focus) in &new.descriptions {
            if new.media.contains(media) {
                media::describe(tx, *media, description.as_deref(), *focus)?;
            }
        }
        cards::renew(tx, &before, &after, When::Now)?;
        webmentions::tell_later(tx, &app.instance, &after, Some(&before))?;
        send(tx, &app.instance, &after, Message::Update(named_before))?;
        tx.after_commit(Event::StatusEdited(id));
        statuses::get(tx, id)
    })
}

/// Whether an edit leaves everything as it is: apps send one when nothing was touched.
fn is_same(tx: &Tx, before: &Status, after: &Status, new: &EditStatus, poll: &PollEdit) -> Result<bool> {
    let media = media::of_statuses(tx, &[before.id])?.remove(&before.id).unwrap_or_default();
    let described = new.descriptions.iter().any(|(id, description, focus)| {
        let shown = media.iter().find(|m| m.id == *id);
        let text = shown.map(|m| m.description.clone().unwrap_or_default());
        description.as_ref().is_some_and(|d| Some(d) != text.as_ref())
            || focus.is_some_and(|f| shown.and_then(|m| m.focus) != Some(f))
    });
    let polled = match poll {
        PollEdit::Keep => false,
        PollEdit::Remove => store::polls::get(tx, before.id)?.is_some(),
        PollEdit::Set(_) => true,
    };
    let as_before = Status { edited_at: before.edited_at, ..after.clone() };
    Ok(as_before == *before
        && media.iter().map(|m| m.id).eq(new.media.iter().copied())
        && !described
        && !polled)
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
        let inboxes = interactions::audience(tx, &status, audience::of_deletion(tx, &status, &mentions)?)?;
        deliver::to(tx, &build::delete_note(me, &status), Some(id), &inboxes)?;
        if !delete_media {
            media::detach_others(tx, id, &[])?;
        }
        polls::remove(tx, id)?;
        webmentions::tell_later(tx, me, &status, None)?;
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
        let is_new = pinned && status.viewer.pinned_at.is_none();
        if is_new && store::timelines::pinned(tx, app.instance.owner, Visibility::Direct)?.len() >= PIN_LIMIT
        {
            return Err(Error::invalid(
                "Validation failed: You have already pinned the maximum number of posts",
            ));
        }
        if statuses::set_pinned(tx, status.id, pinned)?.made() {
            let said = build::pin(&app.instance, &status, pinned, tx.now);
            deliver::to(tx, &said, None, &relations::follower_inboxes(tx)?)?;
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
    let inboxes = interactions::audience(tx, status, inboxes)?;
    deliver::to(tx, &activity, Some(status.id), &inboxes)
}
