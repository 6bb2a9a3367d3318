//! Where posts of strangers come from, and what the instance actor follows for that.

use super::Tx;
use super::row::{all, first};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

const COLUMNS: &str = "id, kind, address, everything, sends, taken, asked_at, failure";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: r.get(0)?,
        kind: SourceKind::parse(&r.get::<_, String>(1)?).unwrap_or_default(),
        address: r.get(2)?,
        everything: r.get(3)?,
        sends: r.get(4)?,
        taken: r.get(5)?,
        asked_at: r.get(6)?,
        failure: r.get(7)?,
    })
}

/// The oldest first. They are few: `ops::discovery` bounds them.
pub fn list(c: &Connection) -> Result<Vec<Source>> {
    all(c, &format!("SELECT {COLUMNS} FROM sources ORDER BY id LIMIT 100"), [], from_row)
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: SourceId) -> Result<Source> {
    first(c, &format!("SELECT {COLUMNS} FROM sources WHERE id = ?1"), [id], from_row)?
        .ok_or_else(Error::not_found)
}

/// `None` when there is one of that address.
pub fn insert(tx: &Tx, source: &Source) -> Result<Option<SourceId>> {
    let id = SourceId::at(tx.now);
    let made = tx.run(
        "INSERT OR IGNORE INTO sources (id, kind, address, everything, sends, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (id, source.kind.as_str(), &source.address, source.everything, source.sends, tx.now),
    )?;
    Ok((made > 0).then_some(id))
}

/// With its subscriptions.
pub fn delete(tx: &Tx, id: SourceId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM sources WHERE id = ?1", [id])?))
}

/// One more post that it brought.
pub fn took(tx: &Tx, id: SourceId) -> Result<()> {
    tx.run("UPDATE sources SET taken = taken + 1, failure = NULL WHERE id = ?1", [id])?;
    Ok(())
}

/// How asking it went.
pub fn asked(tx: &Tx, id: SourceId, failure: Option<&str>) -> Result<()> {
    tx.run("UPDATE sources SET asked_at = ?2, failure = ?3 WHERE id = ?1", (id, tx.now, failure))?;
    Ok(())
}

const FOLLOWED: &str = "id, source_id, tag, inbox, actor, object, follow_uri, state";

fn followed(r: &Row<'_>) -> rusqlite::Result<Subscription> {
    Ok(Subscription {
        id: r.get(0)?,
        source: r.get(1)?,
        tag: r.get(2)?,
        inbox: r.get(3)?,
        actor: r.get(4)?,
        object: r.get(5)?,
        follow_uri: r.get(6)?,
        state: r.get(7)?,
    })
}

pub fn subscriptions(c: &Connection, source: SourceId) -> Result<Vec<Subscription>> {
    let sql = format!("SELECT {FOLLOWED} FROM subscriptions WHERE source_id = ?1 ORDER BY tag");
    all(c, &sql, [source], followed)
}

pub fn subscribe(tx: &Tx, new: &Subscription) -> Result<Change> {
    let made = tx.run(
        "INSERT OR IGNORE INTO subscriptions (id, source_id, tag, inbox, actor, object, follow_uri)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (RowId::at(tx.now), new.source, &new.tag, &new.inbox, &new.actor, &new.object, &new.follow_uri),
    )?;
    Ok(Change::of(made))
}

pub fn unsubscribe(tx: &Tx, id: RowId) -> Result<()> {
    tx.run("DELETE FROM subscriptions WHERE id = ?1", [id])?;
    Ok(())
}

/// What was asked for by that Follow.
pub fn by_follow(c: &Connection, uri: &str) -> Result<Option<Subscription>> {
    first(c, &format!("SELECT {FOLLOWED} FROM subscriptions WHERE follow_uri = ?1"), [uri], followed)
}

/// The subscription that an account stands behind: by its id, or by its inbox where only that is known.
pub fn by_sender(c: &Connection, actor: &str, inbox: &str) -> Result<Option<Subscription>> {
    let sql = format!(
        "SELECT {FOLLOWED} FROM subscriptions WHERE actor = ?1
         UNION ALL SELECT {FOLLOWED} FROM subscriptions WHERE inbox = ?2 AND actor IS NULL LIMIT 1"
    );
    first(c, &sql, (actor, inbox), followed)
}

/// The answer to a Follow, and who gave it.
pub fn answered(tx: &Tx, id: RowId, state: Follow, actor: &str) -> Result<()> {
    tx.run("UPDATE subscriptions SET state = ?2, actor = ?3 WHERE id = ?1", (id, state, actor))?;
    Ok(())
}

/// The inboxes of relays that get the owner's public posts.
pub fn sending_inboxes(c: &Connection) -> Result<Vec<String>> {
    all(
        c,
        // Twenty sources at most: see `ops::discovery`.
        "SELECT b.inbox FROM sources AS source CROSS JOIN subscriptions b ON b.source_id = source.id
          WHERE source.sends = 1 AND source.kind = 'relay' AND b.state = 2 LIMIT 100",
        [],
        |r| r.get(0),
    )
}
