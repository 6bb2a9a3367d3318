//! FeaturedTag: <https://docs.joinmastodon.org/entities/FeaturedTag/>

use super::{Day, Id};
use crate::model::Instance;
use crate::store::featured_tags::{Featured, Theirs};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct FeaturedTag<'a> {
    pub id: Id<i64>,
    pub name: &'a str,
    pub url: String,
    /// A number as a string, as upstream has it (pitfall 35).
    pub statuses_count: String,
    pub last_status_at: Option<Day>,
}

/// A tag of the owner's profile. The page of the tag shows a visitor the owner's posts and no others.
pub fn featured_tag<'a>(me: &Instance, of: &'a Featured) -> FeaturedTag<'a> {
    let name = utf8_percent_encode(&of.tag.name, NON_ALPHANUMERIC);
    FeaturedTag {
        id: Id(of.tag.id.0),
        name: &of.tag.display_name,
        url: me.at(&format!("/tags/{name}")),
        statuses_count: of.statuses.to_string(),
        last_status_at: of.last_status_at.map(Day),
    }
}

/// A tag of somebody else's profile, which leads to its page there. How often they used it is known to their server only.
pub fn featured_by_another(of: &Theirs) -> FeaturedTag<'_> {
    FeaturedTag {
        id: Id(of.row),
        name: &of.name,
        url: of.url.clone(),
        statuses_count: "0".to_owned(),
        last_status_at: None,
    }
}
