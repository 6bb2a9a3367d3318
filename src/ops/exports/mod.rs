//! Moving out: what the owner takes along. The archive is shaped as Mastodon's `app/services/backup_service.rb` makes it, so
//! that others, and [`super::imports`], can read it: `actor.json`, `outbox.json`, `likes.json`, `bookmarks.json`, pictures and
//! files. All of the owner's own is in it, private mentions, too; no key and no password.
//!
//! It goes to the disk as it is written: posts some hundred at a time, files piece by piece.

mod lists;
mod zip;

pub use lists::{FILES, list};

use super::backup::{Unfinished, absent, beside, tar};
use super::posts::Parts;
use super::{boosts, budget, imports, profile};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::DAY;
use crate::model::*;
use crate::store::{accounts, instance, jobs, timelines};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use zip::Zip;

/// Posts that are read at once.
const POSTS: i64 = 100;
/// An archive that was made for the page stays for so long.
const KEPT: i64 = 7 * DAY;
/// When it was made, and whether it could not be.
const MADE: &str = "export_at";
const FAILED: &str = "export_failed";
/// Where files are within, as in Mastodon.
const FILES_AT: &str = "media_attachments/files/";

/// What an archive holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    /// And boosts.
    pub posts: u64,
    pub files: u64,
    /// Files that could not be found.
    pub missing: u64,
    pub bytes: u64,
}

/// Writes everything into one file, that only its owner can read. A folder gets a file with the date in its name. `fits` is
/// asked before what is large is written.
///
/// Errors: those of `fits` and of the disk; `Invalid` for a file that is there and is no zip.
pub fn archive(app: &App, to: &Path, fits: &mut dyn FnMut(u64) -> Result<()>) -> Result<(PathBuf, Made)> {
    let to = match to.is_dir() {
        true => to.join(format!("archive-{}.zip", app.now().to_jiff().strftime("%Y%m%d%H%M%S"))),
        false => to.to_owned(),
    };
    let mut head = [0; 4];
    let old = absent(File::open(&to).and_then(|mut file| file.read_exact(&mut head))).map_err(|e| {
        Error::invalid(format!("{} is no archive, so it stays as it is", to.display())).because(e)
    })?;
    if old.is_some() && !head.starts_with(b"PK") {
        return Err(Error::invalid(format!("{} is no archive, so it stays as it is", to.display())));
    }
    let mut unfinished = Unfinished::begin(beside(&to, ".unfinished"))?;
    let made = fill(app, &mut unfinished.file, fits)?;
    unfinished.keep(&to)?;
    Ok((to, made))
}

fn fill(app: &App, file: &mut File, fits: &mut dyn FnMut(u64) -> Result<()>) -> Result<Made> {
    let mut zip = Zip::into(file, app.now());
    let mut made = Made::default();
    // A name is some eighty bytes: ten thousand files are a megabyte.
    let mut files = BTreeSet::new();
    zip.add("outbox.json", true, &mut |out| outbox(app, out, &mut made, &mut files, fits))?;
    for (name, which) in
        [("likes.json", timelines::Marked::Favourited), ("bookmarks.json", timelines::Marked::Bookmarked)]
    {
        zip.add(name, true, &mut |out| {
            let mut uris = Vec::new();
            app.store.read(|c| {
                lists::each(
                    |page| timelines::marked(c, which, page),
                    |status| {
                        uris.push(Value::from(status.uri));
                        Ok(())
                    },
                )
            })?;
            write_json(out, &collection(name, uris))
        })?;
    }
    let (me, settings) = app.store.read(|c| Ok((accounts::owner(c)?, instance::settings(c)?)))?;
    let pinned = app.store.read(|c| timelines::pinned(c, me.id, Visibility::Direct))?;
    let pinned = collection("featured.json", pinned.into_iter().map(|status| status.uri.into()).collect());
    zip.add("featured.json", true, &mut |out| write_json(out, &pinned))?;
    let mut actor = build::actor(&app.instance, &profile::document(app, &me, &settings)?);
    for (key, name) in [
        ("outbox", "outbox.json"),
        ("likes", "likes.json"),
        ("bookmarks", "bookmarks.json"),
        ("featured", "featured.json"),
    ] {
        actor[key] = name.into();
    }
    for (key, name, picture) in [("icon", "avatar", &me.avatar), ("image", "header", &me.header)] {
        let Some(Picture::Blob(blob)) = picture else { continue };
        let ending = blob.rsplit_once('.').map_or("", |(_, ending)| ending);
        let name = format!("{name}.{ending}");
        add_file(app, &mut zip, &mut made, &name, blob, fits)?;
        actor[key]["url"] = name.into();
    }
    zip.add("actor.json", true, &mut |out| write_json(out, &actor))?;
    for key in &files {
        add_file(app, &mut zip, &mut made, &format!("{FILES_AT}{key}"), key, fits)?;
    }
    made.bytes = zip.end()?;
    Ok(made)
}

fn collection(id: &str, items: Vec<Value>) -> Value {
    build::document(json!({
        "id": id, "type": "OrderedCollection", "totalItems": items.len(), "orderedItems": items,
    }))
}

fn write_json(out: &mut dyn Write, json: &Value) -> Result<()> {
    Ok(serde_json::to_writer(out, json).map_err(std::io::Error::from)?)
}

/// All posts and boosts, the oldest first, so that an answer follows what it answers.
fn outbox(
    app: &App,
    out: &mut dyn Write,
    made: &mut Made,
    files: &mut BTreeSet<String>,
    fits: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<()> {
    let all = timelines::OfAccount { up_to: Visibility::Direct, ..timelines::OfAccount::default() };
    let head = build::document(json!({"id": "outbox.json", "type": "OrderedCollection"})).to_string();
    // The count is known at the end.
    write!(out, "{},\"orderedItems\":[", head.trim_end_matches('}'))?;
    let mut page = Page { min_id: Some(0), ..Page::newest(POSTS) };
    loop {
        let (last, items) = app.store.read(|c| {
            let mut posts = timelines::of_account(c, app.instance.owner, &all, &page)?;
            posts.reverse();
            let items = posts.iter().filter_map(|status| said(c, &app.instance, status, files).transpose());
            Ok((posts.last().map(|status| status.id.0), items.collect::<Result<Vec<_>>>()?))
        })?;
        let Some(last) = last else { break };
        page.min_id = Some(last);
        for item in items {
            let item = item.to_string();
            fits(item.len() as u64)?;
            let comma = if made.posts > 0 { "," } else { "" };
            write!(out, "{comma}\n{item}")?;
            made.posts += 1;
        }
    }
    Ok(write!(out, "],\"totalItems\":{}}}", made.posts)?)
}

/// The activity by which a status went out, its files named by where they are in the archive.
fn said(
    c: &Connection,
    me: &Instance,
    status: &Status,
    files: &mut BTreeSet<String>,
) -> Result<Option<Value>> {
    if status.reblog_of.is_some() {
        return match boosts::announce(c, me, status) {
            Err(e) if e.kind == Kind::NotFound => Ok(None), // what it boosts is gone
            announce => Ok(Some(build::embedded(announce?))),
        };
    }
    let parts = Parts::load(c, status)?;
    let mut create = build::embedded(build::create(me, &parts.post(status)));
    files.extend(parts.media.iter().filter_map(|media| media.blob.clone()));
    let ours = me.at("/media/");
    for file in create["object"]["attachment"].as_array_mut().into_iter().flatten() {
        let key = file["url"].as_str().and_then(|url| url.strip_prefix(&ours));
        if let Some(path) = key.map(|key| format!("{FILES_AT}{key}")) {
            file["url"] = path.into();
        }
    }
    Ok(Some(create))
}

/// A file of the owner's, from the disk or the bucket, as it is: pictures are packed already.
fn add_file(
    app: &App,
    zip: &mut Zip<'_>,
    made: &mut Made,
    name: &str,
    key: &str,
    fits: &mut dyn FnMut(u64) -> Result<()>,
) -> Result<()> {
    match (app.media.open_file(key), app.media.bucket()) {
        (Ok((mut file, length)), _) => {
            fits(length)?;
            zip.add(name, false, &mut |out| tar::pump(&mut file, out))?;
        }
        (Err(e), Some(bucket)) if e.kind == Kind::NotFound && bucket.size(key)?.is_some() => {
            let length = bucket.size(key)?.unwrap_or(0);
            fits(length)?;
            zip.add(name, false, &mut |out| bucket.get(key, length, out).map(drop))?;
        }
        (Err(e), _) if e.kind == Kind::NotFound => {
            made.missing += 1;
            return Ok(());
        }
        (Err(e), _) => return Err(e),
    }
    made.files += 1;
    Ok(())
}

// --- for the page

fn place(app: &App) -> PathBuf {
    app.config.exports().join("archive.zip")
}

/// The archive that the page offers, and what there is to be said of it.
#[derive(Debug, Default)]
pub struct Offered {
    /// Being made.
    pub coming: bool,
    pub failed: bool,
    pub made_at: Option<Timestamp>,
    pub bytes: u64,
}

/// Errors: the store's.
pub fn offered(app: &App) -> Result<Offered> {
    let lane = Job::Export.lane("");
    let (coming, made_at, failed) = app.store.read(|c| {
        Ok((jobs::has_any(c, &lane)?, instance::number(c, MADE)?, instance::number(c, FAILED)? == Some(1)))
    })?;
    let bytes = fs::metadata(place(app)).ok().map(|about| about.len());
    Ok(Offered {
        coming,
        failed,
        made_at: made_at.filter(|_| bytes.is_some()).map(Timestamp),
        bytes: bytes.unwrap_or(0),
    })
}

/// The worker shall make one.
pub fn ask(app: &App) -> Result<()> {
    app.store.write(|tx| {
        instance::set_number(tx, FAILED, 0)?;
        jobs::ensure_alarm(tx, &Job::Export, tx.now)
    })
}

/// The archive, to be read.
///
/// Errors: `NotFound` when there is none.
pub fn open(app: &App) -> Result<(File, u64)> {
    let file = absent(File::open(place(app)))?.ok_or_else(Error::not_found)?;
    let bytes = file.metadata()?.len();
    Ok((file, bytes))
}

/// Removes the archive.
pub fn forget(app: &App) -> Result<()> {
    absent(fs::remove_file(place(app))).map(drop)
}

/// Makes the archive in the place of the one that is there. What goes wrong is noted for the page.
///
/// Errors: the store's.
pub fn make(app: &App) -> Result<()> {
    let done = (|| {
        forget(app)?;
        fs::create_dir_all(app.config.exports())?;
        let mut left = imports::room(app)?;
        let mut fits = |bytes: u64| {
            left = left.checked_sub(bytes).ok_or_else(budget::full)?;
            if budget::fits_beside(app, bytes)? { Ok(()) } else { Err(budget::full()) }
        };
        archive(app, &place(app), &mut fits)
    })();
    if let Err(e) = &done {
        tracing::warn!(error = %e, "the archive could not be made");
    }
    app.store.write(|tx| {
        instance::set_number(tx, FAILED, i64::from(done.is_err()))?;
        instance::set_number(tx, MADE, tx.now.0)
    })
}

/// After a week the archive goes, and what an interrupted one left.
///
/// Errors: the store's and the disk's.
pub fn sweep(app: &App) -> Result<()> {
    let offered = offered(app)?;
    if offered.made_at.is_some_and(|at| app.now() >= at.plus(KEPT)) {
        forget(app)?;
    }
    match offered.coming {
        true => Ok(()),
        false => absent(fs::remove_file(beside(&place(app), ".unfinished"))).map(drop),
    }
}
