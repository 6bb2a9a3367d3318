//! PreviewCard: <https://docs.joinmastodon.org/entities/PreviewCard/>, and the Trends::Link that adds a history.

use super::Time;
use super::account::{Account, People};
use super::trend::Day;
use crate::model::{self, Instance};
use serde::Serialize;
use std::borrow::Cow;

/// Every key is there (pitfall 38). `html` is empty or one frame, which `ops::cards` made. It is for apps: our own pages show
/// nothing foreign. Pictures are shown through us.
#[derive(Debug, Serialize)]
pub struct PreviewCard<'a> {
    pub url: &'a str,
    pub title: &'a str,
    pub description: &'a str,
    pub language: Option<&'a str>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub author_name: &'a str,
    pub author_url: &'a str,
    pub provider_name: &'a str,
    pub provider_url: &'a str,
    pub html: &'a str,
    pub width: i64,
    pub height: i64,
    pub image: Option<Cow<'a, str>>,
    pub image_description: &'a str,
    pub embed_url: &'a str,
    pub blurhash: Option<&'a str>,
    pub published_at: Option<Time>,
    pub authors: Vec<Author<'a>>,
    /// Only of a trending link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Day>>,
}

#[derive(Debug, Serialize)]
pub struct Author<'a> {
    pub name: &'a str,
    pub url: &'a str,
    pub account: Option<Account<'a>>,
}

pub fn preview_card<'a>(me: &Instance, people: &'a People, card: &'a model::Card) -> PreviewCard<'a> {
    PreviewCard {
        url: &card.url,
        title: &card.title,
        description: &card.description,
        language: card.language.as_deref(),
        kind: card.kind.as_str(),
        author_name: &card.author_name,
        author_url: &card.author_url,
        provider_name: &card.provider_name,
        provider_url: &card.provider_url,
        html: &card.html,
        width: card.width,
        height: card.height,
        image: card.image.as_deref().map(|url| me.shown(url)),
        image_description: &card.image_description,
        embed_url: &card.embed_url,
        blurhash: None,
        published_at: card.published_at.map(Time),
        authors: author(me, people, card).into_iter().collect(),
        history: None,
    }
}

/// Who wrote it: the account, or what the page calls them.
fn author<'a>(me: &Instance, people: &'a People, card: &'a model::Card) -> Option<Author<'a>> {
    if let Some((known, entity)) = card.author.and_then(|id| Some((people.get(id)?, people.entity(me, id)?)))
    {
        return Some(Author { name: known.name(), url: &known.url, account: Some(entity) });
    }
    let named = !card.author_name.is_empty() || !card.author_url.is_empty();
    named.then_some(Author { name: &card.author_name, url: &card.author_url, account: None })
}
