//! Strangers' posts, where the owner wants some: relays, accounts that stand for a hashtag, hashtag pages of other
//! servers. All of it is off until the owner names a source, filtered by the hashtags that the owner follows, and
//! capped, since a relay can send more in an hour than one person reads in a year.
//!
//! The instance actor follows, and not the owner: none of these stand among the followed accounts. Relays:
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/ae0c/fep-ae0c.md>.

pub mod pages;

use super::resolve::{Errand, same_host};
use super::{deliver, featured_tags};
use crate::ap::parse::{self, value};
use crate::ap::{PUBLIC, build};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, jobs, sources, tags};

/// Sources, and hashtags that one of them is asked for.
const SOURCES: usize = 20;
pub const TAGS: i64 = 30;
/// Posts of one source that are looked at in a minute; what comes beyond is let go.
const A_MINUTE: u32 = 30;

/// The owner follows a hashtag, or follows it no longer. `spelling` counts only for one that is new here.
pub fn follow_tag(app: &App, name: &str, spelling: &str, following: bool) -> Result<Tag> {
    app.store.write(|tx| {
        let id = tags::ensure(tx, name, spelling)?;
        tags::set_following(tx, id, following)?;
        if sources::list(tx)?.iter().any(|s| s.kind == SourceKind::Tags) {
            jobs::push(tx, "", &Job::FollowTags)?;
        }
        let mut found = tags::by_name(tx, name)?.ok_or_else(Error::not_found)?;
        tags::add_history(tx, [&mut found], tx.now)?;
        Ok(found)
    })
}

/// Adds a source. A relay is named by its inbox (Mastodon's kind) or its actor (LitePub's), the others by their host.
///
/// Errors: `Invalid` for what is no such address or is there already, and above twenty; for an actor also those of
/// looking it up.
pub fn add(app: &App, mut new: Source) -> Result<SourceId> {
    let relay = new.kind == SourceKind::Relay;
    new.address = if relay { relay_address(app, &new.address)? } else { host_of(&new.address)? };
    (new.everything, new.sends) = (relay && new.everything, relay && new.sends);
    if app.store.read(sources::list)?.len() >= SOURCES {
        return Err(Error::invalid(format!("There are {SOURCES} sources, which is as many as may be")));
    }
    let followed = if relay { Some(whom(app, &new.address)?) } else { None };
    app.store.write(|tx| {
        let id = sources::insert(tx, &new)?.ok_or_else(|| Error::invalid("This source is there already"))?;
        if let Some(followed) = followed {
            subscribe(tx, &app.instance, Subscription { source: id, ..followed })?;
        }
        match new.kind {
            SourceKind::Relay => (),
            SourceKind::Tags => jobs::push(tx, "", &Job::FollowTags)?,
            SourceKind::Pages => jobs::set_alarm(tx, &Job::ReadTags { source: id }, tx.now)?,
        }
        Ok(id)
    })
}

/// Takes a source away, and follows nothing of it any more.
///
/// Errors: `NotFound`.
pub fn remove(app: &App, id: SourceId) -> Result<()> {
    app.store.write(|tx| {
        sources::get(tx, id)?;
        for followed in sources::subscriptions(tx, id)? {
            undo(tx, &app.instance, &followed)?;
        }
        jobs::drop_alarm(tx, &Job::ReadTags { source: id })?;
        sources::delete(tx, id).map(drop)
    })
}

/// Brings what is followed at servers with an account a hashtag in line with the followed hashtags.
///
/// Errors: those of the store; an account that is not found is left out and noted.
pub fn follow_tags(app: &App) -> Result<()> {
    let (all, wanted) = app.store.read(|c| Ok((sources::list(c)?, followed_names(c)?)))?;
    for source in all.iter().filter(|s| s.kind == SourceKind::Tags) {
        let held = app.store.read(|c| sources::subscriptions(c, source.id))?;
        let errand = Errand::wide(app);
        let mut fault = None;
        for tag in wanted.iter().filter(|tag| held.iter().all(|h| h.tag != **tag)) {
            match errand.account_by_handle(tag, &source.address) {
                // A server may answer for any name with the same account.
                Ok(who) if who.username.to_lowercase() != *tag || who.endpoints.inbox.is_empty() => {
                    fault = Some(format!("#{tag}: there is no such account"));
                }
                Ok(who) => {
                    let new = Subscription {
                        source: source.id,
                        tag: tag.clone(),
                        inbox: who.endpoints.inbox,
                        actor: Some(who.uri.clone()),
                        object: who.uri,
                        ..Subscription::default()
                    };
                    app.store.write(|tx| subscribe(tx, &app.instance, new))?;
                }
                Err(e) => fault = Some(format!("#{tag}: {}", e.public)),
            }
        }
        app.store.write(|tx| {
            for gone in held.iter().filter(|h| !wanted.contains(&h.tag)) {
                undo(tx, &app.instance, gone)?;
                sources::unsubscribe(tx, gone.id)?;
            }
            // It may have been taken away meanwhile: then this is nothing.
            sources::asked(tx, source.id, fault.as_deref())
        })?;
    }
    Ok(())
}

/// The keys of the followed hashtags, the newest ones first.
pub fn followed_names(c: &rusqlite::Connection) -> Result<Vec<String>> {
    Ok(tags::followed(c, &Page::newest(TAGS))?.into_iter().map(|(_, tag)| tag.name).collect())
}

/// Whether a post that a source brought is kept: for everybody, and with a followed hashtag, unless the owner takes all
/// of that relay.
pub fn is_wanted(c: &rusqlite::Connection, source: &Source, post: &parse::Incoming) -> Result<bool> {
    if !post.to.iter().any(|uri| value::is_public(uri)) {
        return Ok(false);
    }
    if source.everything {
        return Ok(true);
    }
    has_followed_tag(c, &post.hashtags)
}

/// Of hashtags as they stand in a post.
pub fn has_followed_tag(c: &rusqlite::Connection, spelt: &[String]) -> Result<bool> {
    let keys: Vec<String> = spelt.iter().take(100).filter_map(|tag| featured_tags::key(tag)).collect();
    tags::any_followed(c, &keys.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Whether one more post of that source may be looked at in this minute.
pub fn has_room(app: &App, source: SourceId) -> bool {
    app.flow.take(source, app.now(), A_MINUTE)
}

/// Somebody answered a Follow of the instance actor's. The server that was asked must be the one that answers.
pub fn answered(tx: &Tx, by: &Account, follow: &Subscription, state: Follow) -> Result<Change> {
    let right = match &follow.actor {
        Some(actor) => *actor == by.uri,
        None => same_host(&follow.inbox, &by.uri),
    };
    if !right {
        return Ok(Change::None);
    }
    sources::answered(tx, follow.id, state, &by.uri)?;
    let fault = (state == Follow::No).then_some("It refused");
    sources::asked(tx, follow.source, fault)?;
    Ok(Change::Made)
}

fn subscribe(tx: &Tx, me: &Instance, new: Subscription) -> Result<()> {
    let follow_uri = format!("{}#follows/{}", me.instance_actor(), RowId::at(tx.now));
    let follow = build::follow_relay(me, &follow_uri, &new.object);
    let inbox = new.inbox.clone();
    if sources::subscribe(tx, &Subscription { follow_uri, ..new })?.made() {
        deliver::as_instance(tx, &follow, &[inbox])?;
    }
    Ok(())
}

fn undo(tx: &Tx, me: &Instance, followed: &Subscription) -> Result<()> {
    let undo = build::unfollow_relay(me, &followed.follow_uri, &followed.object);
    deliver::as_instance(tx, &undo, std::slice::from_ref(&followed.inbox))
}

/// The inbox of a relay is taken at its word, an actor is fetched.
fn whom(app: &App, address: &str) -> Result<Subscription> {
    if address.ends_with("/inbox") {
        let inbox = address.to_owned();
        return Ok(Subscription { inbox, object: PUBLIC.to_owned(), ..Subscription::default() });
    }
    let actor = Errand::new(app).account(address)?;
    if actor.endpoints.inbox.is_empty() {
        return Err(Error::invalid("There is no relay at this address"));
    }
    Ok(Subscription {
        inbox: actor.endpoints.inbox,
        actor: Some(actor.uri.clone()),
        object: actor.uri,
        ..Subscription::default()
    })
}

fn relay_address(app: &App, given: &str) -> Result<String> {
    let none = || {
        Error::invalid("This is no address of a relay: it begins with https:// and ends in /inbox or /actor")
    };
    let url = value::web(given.trim()).and_then(|url| url::Url::parse(url).ok()).ok_or_else(none)?;
    if app.remote.check_url(&url).is_err() || app.instance.owns(url.as_str()) || url.path() == "/" {
        return Err(none());
    }
    Ok(url.into())
}

/// A host from a name or an address.
fn host_of(given: &str) -> Result<String> {
    let none = || Error::invalid("This is no name of a server");
    let name =
        given.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    crate::remote::webfinger::normalise(&name.to_lowercase()).filter(|n| n.len() < 256).ok_or_else(none)
}
