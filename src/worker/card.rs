//! The preview of a post's link, fetched while nobody waits.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::StatusId;
use crate::ops::cards;

/// One try: a page that does not answer is remembered as such, and asked again by a later post.
pub fn run(app: &App, status: StatusId) -> Result<Next> {
    cards::fetch(app, status)?;
    Ok(Next::Done)
}
