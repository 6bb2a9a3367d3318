//! What an event means to those who listen: which streams, which name, which payload
//! (<https://docs.joinmastodon.org/methods/streaming/#events>).
//!
//! A status is in a stream exactly when the timeline of that name would show it: the same query is asked for
//! the one id, so that mutes, blocks, filters and lists have one rule.

use super::super::entities::conversation::Conversations;
use super::super::entities::notification::Notifications;
use super::super::entities::status::Statuses;
use super::listeners::{Listeners, Payload};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::timelines::{self, Public, Tagged};
use crate::store::{conversations, home, notifications, statuses, tags};
use rusqlite::Connection;
use serde::Serialize;

/// Tells whoever listens.
///
/// Errors: those of the store; what was deleted meanwhile is none.
pub fn tell(app: &App, to: &Listeners, event: &Event) -> Result<()> {
    match event {
        Event::StatusCreated(id) => {
            status(app, to, *id, "update")?;
            conversation(app, to, *id)
        }
        Event::StatusEdited(id) => status(app, to, *id, "status.update"),
        Event::StatusDeleted(id) => {
            // Nobody can tell any more where it stood. Its id alone says nothing, and only the owner listens.
            let payload = Payload::new(id.to_string());
            for stream in to.streams(|stream| *stream != Stream::Notifications) {
                to.tell(&stream, "delete", Some(&payload), false);
            }
            Ok(())
        }
        Event::Notified(id) => notification(app, to, *id),
        Event::NotificationsMerged => {
            about_notifications(to, "notifications_merged", &Payload::new("1".to_owned()));
            Ok(())
        }
        Event::FiltersChanged => {
            to.tell(&Stream::User, "filters_changed", None, false);
            Ok(())
        }
        Event::TokenRevoked(token) => {
            to.cut(Holder::Token(*token));
            Ok(())
        }
        Event::SessionsEnded => {
            to.cut_pages();
            Ok(())
        }
        Event::StatusChanged(id) => {
            to.tell_pages("status.counts", id.to_string());
            Ok(())
        }
        Event::JobsQueued => Ok(()),
    }
}

fn status(app: &App, to: &Listeners, id: StatusId, event: &str) -> Result<()> {
    let found = app.store.read(|c| {
        let Some(status) = statuses::many(c, &[id])?.remove(&id) else { return Ok(None) };
        let mut streams = Vec::new();
        for stream in candidates(c, to, id)? {
            if shows(c, &stream, id, app.now())? {
                streams.push(stream);
            }
        }
        // An edit of what stands only among the notifications is shown there (as Mastodon does).
        let notified = event == "status.update" && notifications::tells_mention(c, id)?;
        if streams.is_empty() && !notified {
            return Ok(None);
        }
        let set = Statuses::load(c, &app.instance, Viewer::Owner, vec![status])?;
        let payload = set.first().map(|entity| written(id.0, &entity)).transpose()?;
        Ok(payload.map(|payload| (streams, notified, payload)))
    })?;
    let Some((streams, notified, payload)) = found else { return Ok(()) };
    for stream in &streams {
        to.tell(stream, event, Some(&payload), false);
    }
    if notified {
        to.tell(&Stream::Notifications, event, Some(&payload), true);
        if !streams.contains(&Stream::User) {
            to.tell(&Stream::User, event, Some(&payload), true);
        }
    }
    Ok(())
}

/// The streams that somebody hears and that may show the status: of tags, only those that it has.
fn candidates(c: &Connection, to: &Listeners, id: StatusId) -> Result<Vec<Stream>> {
    let mut streams = to.streams(|s| !matches!(s, Stream::Hashtag { .. } | Stream::Notifications));
    for tag in tags::of_statuses(c, &[id])?.remove(&id).unwrap_or_default() {
        for local in [false, true] {
            let stream = Stream::Hashtag { key: tag.name.clone(), local };
            if to.hear(&stream) {
                streams.push(stream);
            }
        }
    }
    Ok(streams)
}

/// Whether the timeline of that name shows it.
fn shows(c: &Connection, stream: &Stream, id: StatusId, now: Timestamp) -> Result<bool> {
    let page = Page::only(id.0);
    let found = match stream {
        Stream::User => return home::home_has(c, id, now),
        Stream::List(list) => return Ok(home::lists_with(c, id, now)?.contains(list)),
        Stream::Public { reach, only_media } => {
            let which = Public {
                local: *reach == Reach::Local,
                remote: *reach == Reach::Remote,
                only_media: *only_media,
            };
            timelines::public(c, which, &page, now)?
        }
        Stream::Hashtag { key, local } => {
            let tagged = Tagged {
                name: key.clone(),
                which: Public { local: *local, ..Public::default() },
                for_owner: true,
                ..Tagged::default()
            };
            timelines::tagged(c, &tagged, &page, now)?
        }
        Stream::Direct => timelines::direct(c, &page, now)?,
        Stream::Notifications => Vec::new(),
    };
    Ok(!found.is_empty())
}

/// A letter that came moves its conversation up.
fn conversation(app: &App, to: &Listeners, id: StatusId) -> Result<()> {
    if !to.hear(&Stream::Direct) {
        return Ok(());
    }
    let payload = app.store.read(|c| {
        if !shows(c, &Stream::Direct, id, app.now())? {
            return Ok(None);
        }
        let list = conversations::list(c, &Page::only(id.0))?;
        let set = Conversations::load(c, &app.instance, list)?;
        set.first().map(|entity| written(id.0, &entity)).transpose()
    })?;
    if let Some(payload) = payload {
        to.tell(&Stream::Direct, "conversation", Some(&payload), false);
    }
    Ok(())
}

fn notification(app: &App, to: &Listeners, id: NotificationId) -> Result<()> {
    if !to.hear(&Stream::User) && !to.hear(&Stream::Notifications) {
        return Ok(());
    }
    let payload = app.store.read(|c| {
        // What the list does not show, since it is held back or was taken back, is not told.
        let list = notifications::list(c, &notifications::Filter::default(), &Page::only(id.0))?;
        let set = Notifications::load(c, &app.instance, list)?;
        set.first().map(|entity| written(id.0, &entity)).transpose()
    })?;
    if let Some(payload) = payload {
        about_notifications(to, "notification", &payload);
    }
    Ok(())
}

/// For those who may read notifications, on either stream that has them (pitfall 82).
fn about_notifications(to: &Listeners, event: &str, payload: &Payload) {
    for stream in [Stream::User, Stream::Notifications] {
        to.tell(&stream, event, Some(payload), true);
    }
}

fn written(id: i64, entity: &impl Serialize) -> Result<Payload> {
    Ok(Payload::about(id.to_string(), serde_json::to_string(entity).map_err(Error::internal)?))
}
