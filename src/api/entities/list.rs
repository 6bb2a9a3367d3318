//! List: <https://docs.joinmastodon.org/entities/List/>

use super::Id;
use crate::model::ListId;
use crate::store::lists;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct List<'a> {
    pub id: Id<ListId>,
    pub title: &'a str,
    /// `followed`, `list` or `none`.
    pub replies_policy: &'static str,
    pub exclusive: bool,
}

pub fn list(of: &lists::List) -> List<'_> {
    List {
        id: Id(of.id),
        title: &of.title,
        replies_policy: of.replies_policy.as_str(),
        exclusive: of.exclusive,
    }
}
