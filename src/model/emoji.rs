//! A custom emoji of the owner's own; what a post uses of it is an [`super::Emoji`].

use super::ids::EmojiId;
use super::time::Timestamp;

#[derive(Debug, Clone, Default)]
pub struct CustomEmoji {
    pub id: EmojiId,
    /// Without colons.
    pub shortcode: String,
    /// A key of the blob store.
    pub blob: String,
    /// The same, or the first frame of an animation.
    pub static_blob: String,
    /// What the picker sorts it under.
    pub category: Option<String>,
    pub updated_at: Timestamp,
}
