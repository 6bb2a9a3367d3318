//! Tag: <https://docs.joinmastodon.org/entities/Tag/>, and the short form inside a status.

use super::trend::{self, Day};
use crate::model::{self, Instance};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Tag<'a> {
    pub id: String,
    /// As it was first written (pitfall 97).
    pub name: &'a str,
    pub url: String,
    /// The last seven days, today first; empty where nobody asked (pitfall 97).
    pub history: Vec<Day>,
    /// Absent for strangers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featuring: Option<bool>,
}

/// `for_owner` shows whether the owner follows it.
pub fn tag<'a>(me: &Instance, tag: &'a model::Tag, for_owner: bool) -> Tag<'a> {
    Tag {
        // A tag that nobody has used has no number yet.
        id: if tag.id.0 == 0 { String::new() } else { tag.id.to_string() },
        name: &tag.display_name,
        url: url(me, &tag.name),
        history: trend::history(&tag.history),
        following: for_owner.then_some(tag.following_row.is_some()),
        featuring: for_owner.then_some(tag.featured_row.is_some()),
    }
}

/// A hashtag of a status. Apps compare `url` with the links of the text (pitfall 43).
#[derive(Debug, Serialize)]
pub struct StatusTag<'a> {
    pub name: &'a str,
    pub url: String,
}

/// The short form of a single tag.
pub fn short<'a>(me: &Instance, tag: &'a model::Tag) -> StatusTag<'a> {
    StatusTag { name: &tag.display_name, url: url(me, &tag.name) }
}

pub fn of_status<'a>(me: &Instance, tags: Option<&'a Vec<model::Tag>>) -> Vec<StatusTag<'a>> {
    tags.into_iter().flatten().map(|t| StatusTag { name: &t.name, url: url(me, &t.name) }).collect()
}

fn url(me: &Instance, name: &str) -> String {
    format!("{}/tags/{name}", me.origin)
}
