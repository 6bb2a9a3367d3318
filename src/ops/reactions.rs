//! Emoji reactions, from others and by the owner: <https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md>
//!
//! A reaction from outside is a favourite as well, as Mastodon counts it: an account that gives three emoji favourited
//! once, until it took back the last of them.

use super::interactions::{self, Act};
use super::{deliver, favourites, posts};
use crate::ap::build;
use crate::ap::parse;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{Tx, accounts, emojis, jobs, reactions, statuses};

/// Different emoji that one account may give to one status.
const EACH: usize = 10;
/// What Friendica, Lemmy and PeerTube call a Dislike.
const THUMB_DOWN: &str = "👎";

// --- from others

/// Somebody else gave an emoji to one of the owner's statuses.
pub fn receive(tx: &Tx, by: &Account, status: &Status, uri: Option<&str>, emoji: Emoji) -> Result<()> {
    if has_room(tx, by.id, status.id)? && give(tx, by.id, status, uri, emoji, false)?.made() {
        favourites::receive_reaction(tx, by, status, uri)?;
    }
    Ok(())
}

/// Somebody dislikes one of the owner's statuses: that is kept, and nobody is told.
pub fn receive_dislike(tx: &Tx, by: &Account, status: &Status, uri: Option<&str>) -> Result<()> {
    let emoji = Emoji { shortcode: THUMB_DOWN.to_owned(), url: String::new() };
    if has_room(tx, by.id, status.id)? {
        give(tx, by.id, status, uri, emoji, true)?;
    }
    Ok(())
}

/// They took one back.
pub fn withdraw(tx: &Tx, by: &Account, given: &Given) -> Result<()> {
    if reactions::delete(tx, given.id)?.made() {
        tx.after_commit(Event::StatusChanged(given.status));
        if reactions::by_account(tx, given.status, by.id)?.iter().all(|other| other.dislike) {
            favourites::end_of_reactions(tx, by, &statuses::get(tx, given.status)?)?;
        }
    }
    Ok(())
}

fn has_room(tx: &Tx, by: AccountId, status: StatusId) -> Result<bool> {
    Ok(reactions::by_account(tx, status, by)?.len() < EACH)
}

fn give(
    tx: &Tx,
    by: AccountId,
    status: &Status,
    uri: Option<&str>,
    emoji: Emoji,
    dislike: bool,
) -> Result<Change> {
    let id = RowId::at(tx.now);
    let uri = uri.map(str::to_owned);
    let made = reactions::insert(tx, &Given { id, status: status.id, by, emoji, uri, dislike, sent: None })?;
    if made.made() {
        tx.after_commit(Event::StatusChanged(status.id));
    }
    Ok(made)
}

// --- by the owner

/// The owner gives an emoji: a Unicode one, or the shortcode of an own one, with or without colons. Twice is once.
///
/// Errors: `NotFound` for no such status; `Invalid` for what is no emoji, and for more than ten.
pub fn add(app: &App, id: StatusId, name: &str) -> Result<Status> {
    let me = &app.instance;
    app.store.write(|tx| {
        let status = posts::original_of(tx, id)?;
        interactions::owner_may(tx, me, Act::Like, &status)?;
        let emoji = named(tx, me, name)?;
        let given = reactions::by_account(tx, status.id, me.owner)?;
        if given.len() >= EACH && given.iter().all(|one| one.emoji != emoji) {
            return Err(Error::invalid(format!(
                "Validation failed: No more than {EACH} reactions to one post"
            )));
        }
        let uri = format!("{}#reactions/{}", me.actor(), RowId::at(tx.now));
        if give(tx, me.owner, &status, Some(&uri), emoji, false)?.made() && !status.local {
            let author = accounts::get(tx, status.account_id)?;
            let host = deliver::host(&author.uri).unwrap_or_default();
            if let Some(one) = reactions::by_uri(tx, &uri)? {
                jobs::push(tx, &host, &Job::SendReaction { reaction: one.id })?;
            }
        }
        statuses::get(tx, status.id)
    })
}

fn named(tx: &Tx, me: &Instance, name: &str) -> Result<Emoji> {
    if parse::is_emoji(name) {
        return Ok(Emoji { shortcode: name.to_owned(), url: String::new() });
    }
    let own = emojis::by_shortcode(tx, name.trim_matches(':'))?;
    let own = own.ok_or_else(|| Error::invalid("Validation failed: Name is not a recognized emoji"))?;
    Ok(Emoji { url: me.at(&format!("/media/{}", own.blob)), shortcode: own.shortcode })
}

/// The owner takes an emoji back. One that was not given is no error.
///
/// Errors: `NotFound` for no such status.
pub fn remove(app: &App, id: StatusId, name: &str) -> Result<Status> {
    let me = &app.instance;
    let name = name.trim_matches(':');
    app.store.write(|tx| {
        let status = posts::original_of(tx, id)?;
        let given = reactions::by_account(tx, status.id, me.owner)?;
        if let Some(one) = given.into_iter().find(|one| one.emoji.shortcode == name) {
            reactions::delete(tx, one.id)?;
            tx.after_commit(Event::StatusChanged(status.id));
            if let Some(kind) = &one.sent {
                let author = accounts::get(tx, status.account_id)?;
                let told = build::reaction(me, kind, &one, &status.uri, &author.uri);
                deliver::to_account(tx, &build::undo(me, told), &author)?;
            }
        }
        statuses::get(tx, status.id)
    })
}

/// Tells the author of what the owner gave: an EmojiReact where that is understood, else a Like with an emoji, which is
/// a reaction for Misskey and a favourite for Mastodon.
///
/// Errors: those of the store. A server that does not say what it is gets a Like.
pub fn send(app: &App, id: RowId) -> Result<()> {
    let Some((one, status, author)) = app.store.read(|c| {
        let Some(one) = reactions::get(c, id)?.filter(|one| one.sent.is_none()) else { return Ok(None) };
        let status = statuses::get(c, one.status)?;
        let author = accounts::get(c, status.account_id)?;
        Ok(Some((one, status, author)))
    })?
    else {
        return Ok(()); // taken back before it was sent, or sent before a crash
    };
    let software = super::software::of(app, &deliver::host(&author.uri).unwrap_or_default())?;
    let kind =
        if matches!(software.as_str(), "pleroma" | "akkoma" | "rebased") { "EmojiReact" } else { "Like" };
    app.store.write(|tx| {
        if reactions::get(tx, id)?.is_none_or(|one| one.sent.is_some()) {
            return Ok(());
        }
        reactions::set_sent(tx, id, kind)?;
        let activity = build::reaction(&app.instance, kind, &one, &status.uri, &author.uri);
        deliver::to_account(tx, &activity, &author)
    })
}
