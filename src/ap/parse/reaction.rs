//! The emoji that a Like or EmojiReact carries: `content`, or Misskey's word for it.
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/c0e0/fep-c0e0.md>

use super::attachment::emojis;
use super::value::filled;
use crate::model::Emoji;
use serde_json::Value;

/// The longest that is taken for one: families with skin tones have some thirty bytes.
const LONGEST: usize = 48;

/// A Unicode emoji has no address; a custom one (`:shortcode:`, with or without `@host`) has its picture's, or is none.
pub fn reaction(activity: &Value) -> Option<Emoji> {
    let text = filled(activity, "content").or_else(|| filled(activity, "_misskey_reaction"))?;
    let text = text.trim();
    if let Some(code) = text.strip_prefix(':') {
        let code = code.trim_end_matches(':').split('@').next().unwrap_or_default();
        return emojis(activity).into_iter().find(|e| e.shortcode == code);
    }
    is_emoji(text).then(|| Emoji { shortcode: text.to_owned(), url: String::new() })
}

/// Whether a text is an emoji of Unicode and nothing else.
pub fn is_emoji(text: &str) -> bool {
    // No words: what is no letter, mark-up or space, or the keycap of a digit.
    let is_word = |c: char| c.is_alphabetic() || c.is_whitespace() || c.is_control() || "<>&\"'".contains(c);
    let keycap = text.contains('\u{20E3}');
    !text.is_empty()
        && text.len() <= LONGEST
        && !text.contains(is_word)
        && (keycap || !text.contains(|c: char| c.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::fixture;
    use serde_json::json;

    #[test]
    fn emoji_of_pleroma_misskey_and_akkoma_are_read() {
        let pleroma = reaction(&fixture("pleroma/emoji_react.json")).unwrap();
        assert_eq!((pleroma.shortcode.as_str(), pleroma.url.as_str()), ("🔥", ""));
        let custom = json!({"_misskey_reaction": ":blob@b.test:", "tag": [
            {"type": "Emoji", "id": null, "name": ":blob:", "icon": {"url": "https://b.test/blob.png"}}]});
        assert_eq!(reaction(&custom).unwrap().url, "https://b.test/blob.png");
        for emoji in ["❤", "👨‍👩‍👧‍👦", "1️⃣", "🏳️‍🌈"] {
            assert!(reaction(&json!({"content": emoji})).is_some(), "{emoji}");
        }
    }

    #[test]
    fn words_and_emoji_without_a_picture_are_none() {
        for content in ["", "hello", "<b>", ":blob:", "1", "🔥 fire", "x🔥", &"🔥".repeat(20)] {
            assert!(reaction(&json!({"content": content})).is_none(), "{content}");
        }
        assert!(reaction(&json!({"type": "Like"})).is_none());
    }
}
