//! Pictures of statuses: the owner's uploads, and what others attached.

use super::Tx;
use super::row::{all, first, id_list};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row, named_params};
use std::collections::HashMap;

const COLUMNS: &str = "id, status_id, kind, mime, blob, preview_blob, remote_url, remote_preview_url, description, \
    blurhash, focus_x, focus_y, width, height, preview_width, preview_height, bytes, created_at, received, failure, \
    duration, frame_rate, bitrate";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Media> {
    let kind: String = r.get(2)?;
    let (x, y): (Option<f64>, Option<f64>) = (r.get(10)?, r.get(11)?);
    Ok(Media {
        id: r.get(0)?,
        status_id: r.get(1)?,
        kind: MediaKind::parse(&kind),
        mime: r.get(3)?,
        blob: r.get(4)?,
        preview_blob: r.get(5)?,
        remote_url: r.get(6)?,
        remote_preview_url: r.get(7)?,
        description: r.get(8)?,
        blurhash: r.get(9)?,
        focus: x.zip(y),
        width: r.get(12)?,
        height: r.get(13)?,
        preview_width: r.get(14)?,
        preview_height: r.get(15)?,
        bytes: r.get(16)?,
        created_at: r.get(17)?,
        received: r.get(18)?,
        failure: r.get(19)?,
        duration: r.get(20)?,
        frame_rate: r.get(21)?,
        bitrate: r.get(22)?,
    })
}

pub fn insert(tx: &Tx, media: &Media, position: i64) -> Result<()> {
    tx.prepare_cached(&format!(
        "INSERT INTO media ({COLUMNS}, position) VALUES (:id, :status, :kind, :mime, :blob, :preview_blob,
             :remote_url, :remote_preview_url, :description, :blurhash, :focus_x, :focus_y, :width, :height,
             :preview_width, :preview_height, :bytes, :now, :received, :failure, :duration, :frame_rate, :bitrate,
             :position)"
    ))?
    .execute(named_params! {
        ":id": media.id,
        ":status": media.status_id,
        ":kind": media.kind.as_str(),
        ":mime": media.mime,
        ":blob": media.blob,
        ":preview_blob": media.preview_blob,
        ":remote_url": media.remote_url,
        ":remote_preview_url": media.remote_preview_url,
        ":description": media.description,
        ":blurhash": media.blurhash,
        ":focus_x": media.focus.map(|f| f.0),
        ":focus_y": media.focus.map(|f| f.1),
        ":width": media.width,
        ":height": media.height,
        ":preview_width": media.preview_width,
        ":preview_height": media.preview_height,
        ":bytes": media.bytes,
        ":now": tx.now,
        ":received": media.received,
        ":failure": media.failure,
        ":duration": media.duration,
        ":frame_rate": media.frame_rate,
        ":bitrate": media.bitrate,
        ":position": position,
    })?;
    media.status_id.into_iter().for_each(|status| tx.index_status(status));
    Ok(())
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: MediaId) -> Result<Media> {
    first(c, &format!("SELECT {COLUMNS} FROM media WHERE id = ?1"), [id], from_row)?
        .ok_or_else(Error::not_found)
}

/// Those of `ids` that exist, in no order; history shows pictures that are no longer attached.
pub fn many(c: &Connection, ids: &[MediaId]) -> Result<HashMap<MediaId, Media>> {
    let sql = format!("SELECT {COLUMNS} FROM media WHERE id IN rarray(?1)");
    let found = all(c, &sql, [id_list(ids.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|m| (m.id, m)).collect())
}

/// The upload with that file which no post has taken.
pub fn free_by_blob(c: &Connection, blob: &str) -> Result<Option<MediaId>> {
    let sql = "SELECT id FROM media WHERE blob = ?1 AND status_id IS NULL AND scheduled_id IS NULL ORDER BY id DESC LIMIT 1";
    first(c, sql, [blob], |r| r.get(0))
}

/// The media of each of `ids`, in order. None by whose server the owner wants no media of.
pub fn of_statuses(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Vec<Media>>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM media WHERE status_id IN rarray(?1)
            AND NOT EXISTS (SELECT 1 FROM statuses s JOIN accounts a ON a.id = s.account_id
                             WHERE s.id = media.status_id AND a.domain_blocked & 4)
          ORDER BY status_id, position"
    );
    let mut found: HashMap<StatusId, Vec<Media>> = HashMap::new();
    for media in all(c, &sql, [id_list(ids.iter().copied())], from_row)? {
        if let Some(status) = media.status_id {
            found.entry(status).or_default().push(media);
        }
    }
    Ok(found)
}

/// Attaches uploads to a status in the order given. Only free uploads, or those that are attached to
/// it already, can be taken.
///
/// Errors: `Invalid` when one is missing or belongs to another status.
pub fn attach(tx: &Tx, status: StatusId, ids: &[MediaId]) -> Result<()> {
    for (position, id) in (0_i64..).zip(ids) {
        let taken = tx.run(
            "UPDATE media SET status_id = ?2, position = ?3
              WHERE id = ?1 AND (status_id IS NULL OR status_id = ?2) AND scheduled_id IS NULL
                AND received IS NULL AND failure IS NULL",
            (id, status, position),
        )?;
        if taken == 0 {
            return Err(not_free(tx, *id)?);
        }
    }
    tx.index_status(status);
    Ok(())
}

/// Why an upload cannot be taken; what is not ready yet in Mastodon's words.
fn not_free(c: &Connection, id: MediaId) -> Result<Error> {
    let sql = "SELECT received, failure FROM media WHERE id = ?1";
    let found: Option<(Option<String>, Option<String>)> =
        first(c, sql, [id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(match found {
        Some((_, Some(failure))) => Error::invalid(failure),
        Some((Some(_), None)) => {
            Error::invalid("Cannot attach files that have not finished processing. Try again in a moment!")
        }
        _ => Error::invalid(format!(
            "Validation failed: Media {id} not found or already attached to another post"
        )),
    })
}

/// Keeps uploads for a scheduled status, in the order given.
///
/// Errors: `Invalid` when one is missing or taken.
pub fn reserve(tx: &Tx, scheduled: ScheduledId, ids: &[MediaId]) -> Result<()> {
    for (position, id) in (0_i64..).zip(ids) {
        let taken = tx.run(
            "UPDATE media SET scheduled_id = ?2, position = ?3
              WHERE id = ?1 AND status_id IS NULL AND (scheduled_id IS NULL OR scheduled_id = ?2)
                AND received IS NULL AND failure IS NULL",
            (id, scheduled, position),
        )?;
        if taken == 0 {
            return Err(not_free(tx, *id)?);
        }
    }
    Ok(())
}

/// Sets free what was kept for a scheduled status; for a day, as a new upload.
pub fn release(tx: &Tx, scheduled: ScheduledId) -> Result<()> {
    tx.run(
        "UPDATE media SET scheduled_id = NULL, created_at = ?2 WHERE scheduled_id = ?1",
        (scheduled, tx.now),
    )?;
    Ok(())
}

/// Keeps uploads for a draft instead of those that were kept for it before; what is let go stays for a day.
pub fn hold(tx: &Tx, draft: DraftId, ids: &[MediaId]) -> Result<()> {
    tx.run("UPDATE media SET draft_id = NULL, created_at = ?2 WHERE draft_id = ?1", (draft, tx.now))?;
    tx.run(
        "UPDATE media SET draft_id = ?1 WHERE id IN rarray(?2) AND remote_url IS NULL",
        (draft, id_list(ids.iter().copied())),
    )?;
    Ok(())
}

/// The media kept for each of `ids`, in order.
pub fn of_scheduled(c: &Connection, ids: &[ScheduledId]) -> Result<HashMap<ScheduledId, Vec<Media>>> {
    let sql = format!(
        "SELECT {COLUMNS}, scheduled_id FROM media WHERE scheduled_id IN rarray(?1)
          ORDER BY scheduled_id, position"
    );
    let rows = all(c, &sql, [id_list(ids.iter().copied())], |r| Ok((r.get(23)?, from_row(r)?)))?;
    let mut found: HashMap<ScheduledId, Vec<Media>> = HashMap::new();
    for (scheduled, media) in rows {
        found.entry(scheduled).or_default().push(media);
    }
    Ok(found)
}

/// Sets free what is attached to `status` and not among `keep`: it can be used again for a day.
pub fn detach_others(tx: &Tx, status: StatusId, keep: &[MediaId]) -> Result<()> {
    tx.run(
        "UPDATE media SET status_id = NULL, created_at = ?3
          WHERE status_id = ?1 AND id NOT IN rarray(?2)",
        (status, id_list(keep.iter().copied()), tx.now),
    )?;
    tx.index_status(status);
    Ok(())
}

/// Removes the remote media of a status, before new ones are put in.
pub fn clear(tx: &Tx, status: StatusId) -> Result<()> {
    tx.run("DELETE FROM media WHERE status_id = ?1", [status])?;
    tx.index_status(status);
    Ok(())
}

/// What became of an upload that was worked on. `NotFound` when it was deleted meanwhile.
pub fn finish(tx: &Tx, media: &Media) -> Result<()> {
    let done = tx.prepare_cached(
        "UPDATE media SET kind = :kind, mime = :mime, blob = :blob, preview_blob = ifnull(preview_blob, :preview_blob),
                preview_width = iif(preview_blob IS NULL, :preview_width, preview_width),
                preview_height = iif(preview_blob IS NULL, :preview_height, preview_height),
                blurhash = ifnull(blurhash, :blurhash), width = :width, height = :height, bytes = :bytes,
                duration = :duration, frame_rate = :frame_rate, bitrate = :bitrate, received = NULL
          WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": media.id,
        ":kind": media.kind.as_str(),
        ":mime": media.mime,
        ":blob": media.blob,
        ":preview_blob": media.preview_blob,
        ":preview_width": media.preview_width,
        ":preview_height": media.preview_height,
        ":blurhash": media.blurhash,
        ":width": media.width,
        ":height": media.height,
        ":bytes": media.bytes,
        ":duration": media.duration,
        ":frame_rate": media.frame_rate,
        ":bitrate": media.bitrate,
    })?;
    if done == 0 { Err(Error::not_found()) } else { Ok(()) }
}

/// Nothing became of an upload; the words are for the owner.
pub fn fail(tx: &Tx, id: MediaId, why: &str) -> Result<()> {
    tx.run("UPDATE media SET received = NULL, failure = ?2 WHERE id = ?1", (id, why))?;
    Ok(())
}

/// Another still picture for an upload.
pub fn set_preview(tx: &Tx, id: MediaId, blob: &str, size: (i64, i64), blurhash: &str) -> Result<()> {
    tx.run(
        "UPDATE media SET preview_blob = ?2, preview_width = ?3, preview_height = ?4, blurhash = ?5 WHERE id = ?1",
        (id, blob, size.0, size.1, blurhash),
    )?;
    Ok(())
}

/// Whether an upload is worked on whose file is called so.
pub fn is_received(c: &Connection, name: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM media WHERE received = ?1";
    Ok(first(c, sql, [name], |_| Ok(()))?.is_some())
}

/// `None` leaves a thing as it is; a description of `""` takes it away.
pub fn describe(tx: &Tx, id: MediaId, description: Option<&str>, focus: Option<(f64, f64)>) -> Result<()> {
    tx.run(
        "UPDATE media SET description = CASE WHEN ?2 IS NULL THEN description ELSE nullif(?2, '') END,
                focus_x = ifnull(?3, focus_x), focus_y = ifnull(?4, focus_y)
          WHERE id = ?1",
        (id, description, focus.map(|f| f.0), focus.map(|f| f.1)),
    )?;
    let status: Option<Option<StatusId>> =
        first(tx, "SELECT status_id FROM media WHERE id = ?1", [id], |r| r.get(0))?;
    status.flatten().into_iter().for_each(|status| tx.index_status(status));
    Ok(())
}

/// Removes an upload that no status uses. Its blobs may go when [`blob_in_use`] says so.
pub fn delete_free(tx: &Tx, id: MediaId) -> Result<Change> {
    Ok(Change::of(tx.run(
        "DELETE FROM media WHERE id = ?1 AND status_id IS NULL AND scheduled_id IS NULL AND draft_id IS NULL",
        [id],
    )?))
}

/// Uploads that were made before `before` and never attached.
pub fn forgotten(c: &Connection, before: Timestamp, limit: i64) -> Result<Vec<Media>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM media
          WHERE status_id IS NULL AND scheduled_id IS NULL AND draft_id IS NULL AND created_at < ?1 ORDER BY created_at LIMIT ?2"
    );
    all(c, &sql, (before, limit), from_row)
}

/// Whether any row still shows the file: content-addressed files may be shared.
pub fn blob_in_use(c: &Connection, blob: &str) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM media WHERE blob = ?1
          UNION ALL SELECT 1 FROM media WHERE preview_blob = ?1
          UNION ALL SELECT 1 FROM custom_emojis WHERE blob = ?1 OR static_blob = ?1
          UNION ALL SELECT 1 FROM accounts WHERE domain IS NULL AND (avatar_blob = ?1 OR header_blob = ?1)",
    )?;
    Ok(statement.exists([blob])?)
}
