//! A quoted post as a small card inside the one that quotes it.

use super::status::{self, Posts};
use super::text::when;
use super::{View, account};
use crate::error::Result;
use crate::model::*;
use crate::ops::visibility::is_open_to;
use crate::store::{quotes, statuses};
use crate::text;
use crate::words::say;
use maud::{Markup, html};
use rusqlite::Connection;
use std::collections::HashMap;

/// Letters of a quoted post.
const LETTERS: usize = 500;

/// What each of `ids` quotes with its author's leave.
pub fn quoted(c: &Connection, ids: &[StatusId]) -> Result<HashMap<StatusId, Status>> {
    let accepted = quotes::of_statuses(c, ids)?.into_values().filter(|q| q.state == QuoteState::Accepted);
    let pairs: Vec<(StatusId, StatusId)> = accepted.filter_map(|q| Some((q.status, q.quoted?))).collect();
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let found = statuses::many(c, &pairs.iter().map(|(_, quoted)| *quoted).collect::<Vec<_>>())?;
    let both = |(quoting, quoted)| Some((quoting, found.get(&quoted)?.clone()));
    Ok(pairs.into_iter().filter_map(both).collect())
}

/// `None` where there is nothing to show, or not to this reader: then the address in the text stays.
pub fn card(view: &View, posts: &Posts, status: &Status) -> Option<Markup> {
    let quoted = posts.quoted(status)?;
    let author = posts.author(quoted)?;
    let relation = &author.relation;
    // Whom the owner blocks does not speak on the owner's pages.
    let silent = relation.blocking() || relation.blocked_by || (view.is_owner() && relation.hidden(view.now));
    if silent || !is_open_to(view.viewer(), quoted) {
        return None;
    }
    let to = status::address(view, quoted, author);
    let warned = !quoted.spoiler_text.is_empty();
    let words = if warned { quoted.spoiler_text.clone() } else { text::plain(&quoted.content) };
    Some(html! {
        blockquote.quote.h-cite cite=(to) {
            header {
                a.by.p-author.h-card href=(account::address(view, author)) {
                    (account::avatar(&view.app.instance, author)) bdi { (account::name(&view.app.instance, author)) }
                }
                a.u-url href=(to) { (when(quoted.created_at, view.now)) }
            }
            p lang=[quoted.language.as_deref()] dir="auto" {
                (text::lines(&words, LETTERS))
                @if warned { " " a href=(to) { (say("status-show")) } }
            }
        }
    })
}
