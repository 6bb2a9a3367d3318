//! CustomEmoji: <https://docs.joinmastodon.org/entities/CustomEmoji/>

use crate::model;
use serde::Serialize;

/// All four keys are always there: Ice Cubes reads none without (pitfall 34).
#[derive(Debug, Serialize)]
pub struct CustomEmoji<'a> {
    pub shortcode: &'a str,
    pub url: &'a str,
    pub static_url: &'a str,
    pub visible_in_picker: bool,
}

/// Every emoji that a text uses (pitfall 44).
pub fn all(emojis: &[model::Emoji]) -> Vec<CustomEmoji<'_>> {
    emojis.iter().map(one).collect()
}

pub fn one(emoji: &model::Emoji) -> CustomEmoji<'_> {
    CustomEmoji {
        shortcode: &emoji.shortcode,
        url: &emoji.url,
        static_url: &emoji.url,
        visible_in_picker: true,
    }
}
