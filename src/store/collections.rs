//! Collections of people that the owner recommends, with their items.

use super::Tx;
use super::row::{all, first, id_list};
use super::tags;
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, named_params};

impl ToSql for ItemState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for ItemState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<ItemState> {
        let n = i64::column_result(value)?;
        let index = usize::try_from(n).map_err(|_| FromSqlError::OutOfRange(n))?;
        ItemState::ALL.get(index).copied().ok_or(FromSqlError::OutOfRange(n))
    }
}

const COLUMNS: &str =
    "id, name, description, language, sensitive, discoverable, tag_id, created_at, updated_at";

/// The tag's id stands in an otherwise empty [`Tag`] until [`complete`] has read it.
fn from_row(r: &Row<'_>) -> rusqlite::Result<Collection> {
    let tag: Option<TagId> = r.get(6)?;
    Ok(Collection {
        id: r.get(0)?,
        name: r.get(1)?,
        description: r.get(2)?,
        language: r.get(3)?,
        sensitive: r.get(4)?,
        discoverable: r.get(5)?,
        tag: tag.map(|id| Tag { id, ..Tag::default() }),
        created_at: r.get(7)?,
        updated_at: r.get(8)?,
        items: Vec::new(),
    })
}

/// Puts in tags and items: a handful of collections, each of a few dozen at most.
fn complete(c: &Connection, mut found: Vec<Collection>) -> Result<Vec<Collection>> {
    let sql = format!("SELECT {} FROM tags WHERE id = ?1", tags::COLUMNS);
    for collection in &mut found {
        if let Some(tag) = collection.tag.take() {
            collection.tag = first(c, &sql, [tag.id], tags::from_row)?;
        }
    }
    let items = all(
        c,
        "SELECT collection_id, id, account_id, state, created_at FROM collection_items
          WHERE collection_id IN rarray(?1) ORDER BY id",
        [id_list(found.iter().map(|f| f.id))],
        |r| {
            let item =
                CollectionItem { id: r.get(1)?, account: r.get(2)?, state: r.get(3)?, created_at: r.get(4)? };
            Ok((r.get::<_, CollectionId>(0)?, item))
        },
    )?;
    for (of, item) in items {
        if let Some(collection) = found.iter_mut().find(|f| f.id == of) {
            collection.items.push(item);
        }
    }
    Ok(found)
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: CollectionId) -> Result<Collection> {
    let found = first(c, &format!("SELECT {COLUMNS} FROM collections WHERE id = ?1"), [id], from_row)?;
    complete(c, found.into_iter().collect())?.pop().ok_or_else(Error::not_found)
}

/// The newest first; `listed` leaves out what is found by its id only.
pub fn list(c: &Connection, listed: bool, limit: i64, offset: i64) -> Result<Vec<Collection>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM collections WHERE discoverable = 1 OR ?1 = 0
          ORDER BY id DESC LIMIT ?2 OFFSET ?3"
    );
    let found = all(c, &sql, (listed, limit, offset), from_row)?;
    complete(c, found)
}

pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM collections")?.query_row([], |r| r.get(0))?)
}

/// Makes or changes it; its items stay.
pub fn put(tx: &Tx, collection: &Collection) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO collections (id, name, description, language, sensitive, discoverable, tag_id,
             created_at, updated_at)
         VALUES (:id, :name, :description, :language, :sensitive, :discoverable, :tag, :created_at, :updated_at)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
             language = excluded.language, sensitive = excluded.sensitive,
             discoverable = excluded.discoverable, tag_id = excluded.tag_id, updated_at = excluded.updated_at",
    )?
    .execute(named_params! {
        ":id": collection.id,
        ":name": collection.name,
        ":description": collection.description,
        ":language": collection.language,
        ":sensitive": collection.sensitive,
        ":discoverable": collection.discoverable,
        ":tag": collection.tag.as_ref().map(|t| t.id),
        ":created_at": collection.created_at,
        ":updated_at": collection.updated_at,
    })?;
    Ok(())
}

pub fn delete(tx: &Tx, id: CollectionId) -> Result<Change> {
    Ok(Change::of(tx.run("DELETE FROM collections WHERE id = ?1", [id])?))
}

/// `None`: the account is in it already.
pub fn add(
    tx: &Tx,
    id: CollectionId,
    account: AccountId,
    state: ItemState,
) -> Result<Option<CollectionItem>> {
    let item = CollectionItem { id: CollectionItemId::at(tx.now), account, state, created_at: tx.now };
    let made = tx.run(
        "INSERT OR IGNORE INTO collection_items (id, collection_id, account_id, state, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        (item.id, id, account, state, item.created_at),
    )?;
    touch(tx, id)?;
    Ok((made > 0).then_some(item))
}

pub fn take_out(tx: &Tx, id: CollectionId, item: CollectionItemId) -> Result<Change> {
    let gone = tx.run("DELETE FROM collection_items WHERE id = ?1 AND collection_id = ?2", (item, id))?;
    touch(tx, id)?;
    Ok(Change::of(gone))
}

pub fn set_state(tx: &Tx, item: CollectionItemId, state: ItemState) -> Result<()> {
    tx.run("UPDATE collection_items SET state = ?2 WHERE id = ?1", (item, state))?;
    Ok(())
}

fn touch(tx: &Tx, id: CollectionId) -> Result<()> {
    tx.run("UPDATE collections SET updated_at = ?2 WHERE id = ?1", (id, tx.now))?;
    Ok(())
}
