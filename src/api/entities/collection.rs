//! Collection, CollectionItem: <https://docs.joinmastodon.org/entities/Collection/>,
//! <https://docs.joinmastodon.org/entities/CollectionItem/> (4.6)

use super::tag::{StatusTag, short};
use super::{Id, Time};
use crate::model::{self, AccountId, CollectionId, CollectionItemId, Instance, ItemState, Viewer};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Collection<'a> {
    pub id: Id<CollectionId>,
    pub account_id: Id<AccountId>,
    pub uri: String,
    /// There is no page of it yet.
    pub url: Option<&'a str>,
    pub name: &'a str,
    pub description: &'a str,
    pub language: Option<&'a str>,
    pub local: bool,
    pub sensitive: bool,
    pub discoverable: bool,
    pub tag: Option<StatusTag<'a>>,
    /// Of those that the viewer sees.
    pub item_count: usize,
    pub items: Vec<CollectionItem>,
    pub created_at: Time,
    pub updated_at: Time,
}

#[derive(Debug, Serialize)]
pub struct CollectionItem {
    pub id: Id<CollectionItemId>,
    pub state: &'static str,
    pub created_at: Time,
    /// Absent once it was refused or taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<Id<AccountId>>,
}

pub fn item(of: &model::CollectionItem) -> CollectionItem {
    let shown = matches!(of.state, ItemState::Pending | ItemState::Accepted);
    CollectionItem {
        id: Id(of.id),
        state: of.state.as_str(),
        created_at: Time(of.created_at),
        account_id: shown.then_some(Id(of.account)),
    }
}

/// Strangers see who agreed to be in it; the owner also who has not yet.
pub fn visible(of: &model::Collection, viewer: Viewer) -> impl Iterator<Item = &model::CollectionItem> {
    of.items.iter().filter(move |item| match item.state {
        ItemState::Accepted => true,
        ItemState::Pending => viewer == Viewer::Owner,
        _ => false,
    })
}

pub fn collection<'a>(me: &Instance, of: &'a model::Collection, viewer: Viewer) -> Collection<'a> {
    let items: Vec<CollectionItem> = visible(of, viewer).map(item).collect();
    Collection {
        id: Id(of.id),
        account_id: Id(me.owner),
        uri: format!("{}/featured_collections/{}", me.actor(), of.id),
        url: None,
        name: &of.name,
        description: &of.description,
        language: of.language.as_deref(),
        local: true,
        sensitive: of.sensitive,
        discoverable: of.discoverable,
        tag: of.tag.as_ref().map(|tag| short(me, tag)),
        item_count: items.len(),
        items,
        created_at: Time(of.created_at),
        updated_at: Time(of.updated_at),
    }
}
