//! The owner's custom emojis: uploaded once, used as `:shortcode:` in posts and the profile.

use super::media;
use crate::app::App;
use crate::error::{Error, Result};
use crate::media::picture;
use crate::model::*;
use crate::store::emojis;
use crate::text;
use rusqlite::Connection;

/// Bytes of an upload; Mastodon's number.
pub const LIMIT: usize = 256 * 1024;
/// So many are there at most: each app loads them all at its start.
const MOST: i64 = 500;
/// Letters of a shortcode, and of a category.
pub const NAME_LIMIT: usize = 64;

/// Adds an emoji, or gives the one of that name a new picture.
///
/// Errors: `Invalid` for a name that other servers would not find in a text, for what is no picture, or is
/// too large, and when there are too many.
pub fn add(app: &App, shortcode: &str, category: Option<&str>, bytes: &[u8]) -> Result<CustomEmoji> {
    let shortcode = shortcode.trim().trim_matches(':').to_ascii_lowercase();
    if !is_shortcode(&shortcode) {
        return Err(Error::invalid("Validation failed: Shortcode is two or more of a-z, 0-9 and _"));
    }
    let category = category.map(|c| text::line(c, NAME_LIMIT)).filter(|c| !c.is_empty());
    if bytes.len() > LIMIT {
        return Err(Error::invalid("Validation failed: Image file size must be less than 256 KB"));
    }
    let made = picture::emoji(bytes, &media::limits(app))?;
    let putting = app.media.putting();
    let blob = app.media.put(&made.moving.bytes, made.moving.ext)?;
    let static_blob = match app.media.put(&made.still.bytes, made.still.ext) {
        Ok(key) => key,
        Err(e) => {
            drop(putting);
            media::remove_blobs(app, [&blob]);
            return Err(e);
        }
    };
    let stored = app.store.write_durably(|tx| {
        let before = emojis::by_shortcode(tx, &shortcode)?;
        if before.is_none() && emojis::count(tx)? >= MOST {
            return Err(Error::invalid(format!("Validation failed: There are {MOST} emojis already")));
        }
        let (blob, static_blob) = (blob.clone(), static_blob.clone());
        let id = EmojiId::at(tx.now);
        let emoji = CustomEmoji { id, shortcode, blob, static_blob, category, updated_at: tx.now };
        emojis::put(tx, &emoji)?;
        Ok((emoji, before))
    });
    drop(putting);
    if stored.is_err() {
        media::remove_blobs(app, [&blob, &static_blob]);
    }
    let (emoji, before) = stored?;
    if let Some(before) = before {
        forget(app, &before)?;
    }
    Ok(emoji)
}

/// Takes an emoji away. Posts that use it keep its picture.
///
/// Errors: `NotFound`.
pub fn remove(app: &App, shortcode: &str) -> Result<()> {
    let emoji = app.store.write(|tx| {
        let emoji = emojis::by_shortcode(tx, shortcode)?.ok_or_else(Error::not_found)?;
        emojis::remove(tx, shortcode)?;
        Ok(emoji)
    })?;
    forget(app, &emoji)
}

fn forget(app: &App, emoji: &CustomEmoji) -> Result<()> {
    let shown = app.store.read(|c| emojis::is_shown(c, &emoji.blob))?;
    if !shown {
        media::remove_blobs(app, [&emoji.blob, &emoji.static_blob]);
    }
    Ok(())
}

fn is_shortcode(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (2..=NAME_LIMIT).contains(&name.len()) && name.bytes().all(fits)
}

/// The custom emojis that `texts` use, each once (pitfall 44): for the text of a post and its warning, the
/// options of a poll, a name, a bio, the rows of a profile.
pub fn used(c: &Connection, me: &Instance, texts: &[&str]) -> Result<Vec<Emoji>> {
    let mut names: Vec<String> =
        texts.iter().filter(|text| text.contains(':')).flat_map(|text| text::find(text).emojis).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    names.sort_unstable();
    names.dedup();
    let found = emojis::named(c, &names)?;
    let url = |emoji: &CustomEmoji| me.at(&format!("/media/{}", emoji.blob));
    Ok(found.iter().map(|e| Emoji { shortcode: e.shortcode.clone(), url: url(e) }).collect())
}
