//! CustomEmoji: <https://docs.joinmastodon.org/entities/CustomEmoji/>

use crate::model::{self, Instance};
use serde::Serialize;
use std::borrow::Cow;

/// All four keys are always there: Ice Cubes reads none without (pitfall 34).
#[derive(Debug, Serialize)]
pub struct CustomEmoji<'a> {
    pub shortcode: &'a str,
    pub url: Cow<'a, str>,
    pub static_url: Cow<'a, str>,
    pub visible_in_picker: bool,
}

/// Every emoji that a text uses (pitfall 44).
pub fn all<'a>(me: &Instance, emojis: &'a [model::Emoji]) -> Vec<CustomEmoji<'a>> {
    emojis.iter().map(|emoji| one(me, emoji)).collect()
}

pub fn one<'a>(me: &Instance, emoji: &'a model::Emoji) -> CustomEmoji<'a> {
    let url = me.shown(&emoji.url);
    CustomEmoji { shortcode: &emoji.shortcode, static_url: url.clone(), url, visible_in_picker: true }
}
