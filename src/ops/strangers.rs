//! The quiet shelf: what looks like the doing of somebody who mentions everybody waits among the requests, and nothing
//! tells of it. No push, no stream, no number on the bell, nothing in home.
//!
//! A mention is real when it comes from somebody whom the owner follows, from a follower of some days, from whom the
//! owner let in or spoke with, or from somebody whom one of those named, answered or boosted here. Of all others,
//! [`weigh`] looks for signs: a young account, an empty one, many names at once, a link or picture in the first words,
//! many strangers of one server or with the same words within the hour, a language that the owner does not read. Fewer of
//! them count against whoever answers the owner.
//!
//! Each question looks at a few rows ([`crate::store::strangers`]); what lies on the shelf is bounded, since whoever
//! floods an inbox chooses how much comes.

use super::notification_requests::AT_ONCE;
use crate::app::App;
use crate::error::Result;
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::*;
use crate::store::strangers as store;
use crate::store::{Tx, instance, media, notification_requests as requests, statuses};
use crate::text;
use rusqlite::Connection;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An account is young for so long, and a follower counts after so long.
const YOUNG: i64 = 14 * DAY;
pub const SETTLED: i64 = 3 * DAY;
/// So many others in one post are a crowd.
const CROWD: usize = 5;
/// So many other strangers of one server within the hour, and so many who say the same.
const FROM_HOST: i64 = 20;
const ALIKE: i64 = 2;
/// Fewer letters say the same by chance: hello, thank you.
const WORDS: usize = 24;
/// What was cleared away can be brought back for so long.
const REGRET: i64 = HOUR;
const CLEARED: &str = "shelf_cleared_at";
/// Senders whose mentions one transaction clears away.
const SENDERS: i64 = 100;

/// What becomes of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// `stranger`: there is no sign, but nobody knows them either.
    Passes {
        stranger: bool,
    },
    Shelved(Vec<Sign>),
}

/// Whether somebody's doing looks like a stranger's whom the owner need not hear of. `named` is how many people a post
/// names, as far as its text goes beyond what is stored.
pub fn weigh(
    c: &Connection,
    now: Timestamp,
    wish: &Strangers,
    kind: NotificationKind,
    by: &Account,
    status: Option<&Status>,
    named: usize,
) -> Result<Verdict> {
    let follows = matches!(kind, NotificationKind::Follow | NotificationKind::FollowRequest);
    let follows = follows && wish.shelve_follows;
    if !kind.is_filterable() || !wish.shelf && !follows {
        return Ok(Verdict::Passes { stranger: false });
    }
    let (allowed, waiting) = store::standing(c, by.id)?;
    let close = by.is_owner() || by.relation.following != Follow::No || allowed;
    if close || is_settled(now, by) || store::is_vouched(c, by.id, now.plus(-SETTLED))? {
        return Ok(Verdict::Passes { stranger: false });
    }
    let mut signs = Vec::new();
    let answers = kind.makes_request() && answers_owner(c, status)?;
    // Whoever is known to be no newcomer and answers the owner has something to say, perhaps with a link.
    let trusted = answers && !is_young(now, by);
    if follows || kind.makes_request() && wish.shelf {
        account_signs(now, by, answers, &mut signs);
    }
    if wish.shelf && waiting && signs.is_empty() {
        signs.push(Sign::Waiting);
    }
    if let Some(status) = status.filter(|_| kind.makes_request() && wish.shelf) {
        post_signs(c, now, by, status, named, trusted, &mut signs)?;
        if !wish.reads(status.language.as_deref()) {
            signs.push(Sign::Language);
        }
    }
    Ok(match signs.is_empty() {
        true => Verdict::Passes { stranger: kind.makes_request() },
        false => Verdict::Shelved(signs),
    })
}

/// Whether the owner wants to be mentioned by them.
pub fn may_mention(c: &Connection, wish: &Strangers, by: &Account) -> Result<bool> {
    let known = match wish.mentioners {
        Mentioners::Everybody => true,
        Mentioners::Known => by.relation.follower == Follow::Yes,
        Mentioners::Followed => false,
    };
    Ok(known || by.is_owner() || by.relation.following == Follow::Yes || store::standing(c, by.id)?.0)
}

/// Somebody who followed only to get through does not count at once.
pub fn is_settled(now: Timestamp, by: &Account) -> bool {
    let since = by.relation.follower_row.map_or(now, RowId::time);
    by.relation.follower == Follow::Yes && since <= now.plus(-SETTLED)
}

/// As they say or else since they are known here.
fn is_young(now: Timestamp, by: &Account) -> bool {
    by.created_at > now.plus(-YOUNG)
}

/// Whether their server says since when there is an account: Misskey, Pleroma and bridges do not, and then it began when it
/// came here.
fn says_its_age(by: &Account) -> bool {
    (by.created_at.0 - by.id.time().0).abs() > MINUTE
}

fn answers_owner(c: &Connection, status: Option<&Status>) -> Result<bool> {
    let Some(of) = status.and_then(|status| status.in_reply_to_account) else { return Ok(false) };
    Ok(instance::get(c)?.is_some_and(|me| me.owner == of))
}

/// How old they are, and whether there is anything to see of them. Of whoever answers the owner, neither an age that nobody
/// told is a sign, nor that somebody who is old enough shows nothing: so are most on Lemmy.
fn account_signs(now: Timestamp, by: &Account, answers: bool, signs: &mut Vec<Sign>) {
    let young = is_young(now, by);
    if young && (!answers || says_its_age(by)) {
        signs.push(Sign::Young);
    }
    // How many follow them is known only of whom somebody looked at.
    if (young || !answers)
        && by.counts.followers == 0
        && by.avatar.is_none()
        && by.fields.is_empty()
        && text::plain(&by.note).trim().is_empty()
    {
        signs.push(Sign::Empty);
    }
}

fn post_signs(
    c: &Connection,
    now: Timestamp,
    by: &Account,
    status: &Status,
    named: usize,
    trusted: bool,
    signs: &mut Vec<Sign>,
) -> Result<()> {
    let stored = statuses::mentions_of(c, status.id)?.iter().filter(|m| !m.silent).count();
    if named.max(stored) > CROWD {
        signs.push(Sign::Crowd);
    }
    if !trusted && !store::was_told(c, by.id)? {
        if text::links(&status.content).next().is_some() {
            signs.push(Sign::Link);
        }
        if media::of_statuses(c, &[status.id])?.values().any(|list| !list.is_empty()) {
            signs.push(Sign::Picture);
        }
    }
    let (of_host, alike) = store::company(c, by.id, &server(by), words(status), now)?;
    if of_host >= FROM_HOST && !trusted {
        signs.push(Sign::Server);
    }
    if alike >= ALIKE {
        signs.push(Sign::Chorus);
    }
    Ok(())
}

fn server(by: &Account) -> String {
    by.domain.clone().unwrap_or_default()
}

/// A digest of what is said, without names, links, numbers and signs: it is compared for an hour.
fn words(status: &Status) -> Option<i64> {
    let said = text::plain(&status.content).to_lowercase();
    let letters: String = said
        .split_whitespace()
        .filter(|word| !word.starts_with(['@', '#']) && !word.contains("://"))
        .flat_map(str::chars)
        .filter(|c| c.is_alphabetic())
        .collect();
    if letters.chars().count() < WORDS {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    Some(hasher.finish().cast_signed())
}

/// Notes with a stranger's notification why it is on the shelf, and what the next ones are compared with. The oldest
/// makes room.
pub fn note(
    tx: &Tx,
    id: NotificationId,
    signs: &[Sign],
    by: &Account,
    status: Option<&Status>,
) -> Result<()> {
    let host = server(by);
    store::mark(tx, id, signs, &host, status.and_then(words))?;
    if let Some(status) = status.filter(|s| !signs.is_empty() && s.account_id == by.id) {
        store::keep_from_home(tx, status.id)?;
    }
    let gone = store::make_room(tx, &host)?;
    forget(tx, &gone)
}

/// Forgets posts that only the shelf kept. Their files are nobody's: others' are fetched when somebody looks.
pub fn forget(tx: &Tx, ids: &[StatusId]) -> Result<()> {
    for id in store::idle(tx, ids)? {
        statuses::delete(tx, &statuses::get(tx, id)?)?;
    }
    Ok(())
}

/// Clears away all who wait, in short transactions. It can be brought back for an hour.
pub fn clear(app: &App) -> Result<()> {
    app.store.write(|tx| instance::set_number(tx, CLEARED, tx.now.0))?;
    while app.store.write(|tx| store::clear(tx, SENDERS))? == SENDERS {}
    Ok(())
}

/// Brings back what was cleared away last.
pub fn undo(app: &App) -> Result<()> {
    loop {
        let count = app.store.write(|tx| {
            let some = store::cleared(tx, AT_ONCE)?;
            store::bring_back(tx, &some)?;
            Ok(some.len())
        })?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// Whether something can be brought back.
pub fn can_undo(c: &Connection) -> Result<bool> {
    Ok(!store::cleared(c, 1)?.is_empty())
}

/// What was cleared away an hour ago goes, and its posts.
pub fn sweep(app: &App) -> Result<()> {
    let at = app.store.read(|c| instance::number(c, CLEARED))?;
    if at.is_none_or(|at| at > app.now().0 - REGRET) {
        return Ok(());
    }
    loop {
        let count = app.store.write(|tx| {
            let some = store::cleared(tx, AT_ONCE)?;
            requests::remove(tx, &some.iter().map(|(id, ..)| *id).collect::<Vec<_>>())?;
            forget(tx, &some.iter().filter_map(|(.., status)| *status).collect::<Vec<_>>())?;
            Ok(some.len())
        })?;
        if count == 0 {
            return Ok(());
        }
    }
}

/// What the owner wants of strangers from now on.
pub fn set(app: &App, change: impl FnOnce(&mut Strangers)) -> Result<()> {
    app.store.write(|tx| {
        let mut settings = instance::settings(tx)?;
        change(&mut settings.strangers);
        instance::set_settings(tx, &settings)
    })
}
