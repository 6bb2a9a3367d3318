//! Hashtags that the owner shows on the profile.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::featured_tags::{self, Featured};
use crate::store::{Tx, tags};
use crate::text;

/// Mastodon's number.
pub const LIMIT: i64 = 10;
/// Letters of a tag.
const LENGTH: usize = 100;

/// Key of a hashtag, if `spelling` (with or without `#`) is a whole one.
pub fn key(spelling: &str) -> Option<String> {
    let spelling = spelling.trim().trim_start_matches('#');
    let whole = text::find(&format!("#{spelling}")).hashtags.iter().any(|t| t == spelling);
    (whole && spelling.chars().count() <= LENGTH).then(|| text::normalise_tag(spelling))
}

/// Features a hashtag. One that is featured already stays so.
///
/// Errors: `Invalid` for what is no hashtag, and above ten.
pub fn add(app: &App, spelling: &str) -> Result<Featured> {
    let name = key(spelling).ok_or_else(|| Error::invalid("Validation failed: Name is invalid"))?;
    let spelling = spelling.trim().trim_start_matches('#');
    app.store.write(|tx| {
        let id = tags::ensure(tx, &name, spelling)?;
        if featured_tags::set(tx, id, true)?.made() && featured_tags::count(tx)? > LIMIT {
            return Err(Error::invalid(
                "Validation failed: You have already featured the maximum number of hashtags",
            ));
        }
        find(tx, id)
    })
}

/// Features it no longer.
///
/// Errors: `NotFound` when it is not featured.
pub fn remove(app: &App, id: TagId) -> Result<()> {
    app.store.write(|tx| match featured_tags::set(tx, id, false)?.made() {
        true => Ok(()),
        false => Err(Error::not_found()),
    })
}

fn find(tx: &Tx, id: TagId) -> Result<Featured> {
    featured_tags::list(tx)?.into_iter().find(|f| f.tag.id == id).ok_or_else(Error::not_found)
}
