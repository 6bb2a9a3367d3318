//! Custom emojis in `tag`: <https://docs.joinmastodon.org/spec/activitypub/#Emoji>

use super::{document, seconds};
use crate::model::{Emoji, Instance, Timestamp};
use serde_json::{Value, json};

/// One that a post or profile uses. Without `updated`: a changed picture has another address, which is what
/// other servers look at, too.
pub fn emoji(me: &Instance, emoji: &Emoji) -> Value {
    json!({
        "id": id(me, &emoji.shortcode),
        "type": "Emoji",
        "name": format!(":{}:", emoji.shortcode),
        "icon": {"type": "Image", "mediaType": mime(&emoji.url), "url": emoji.url},
    })
}

/// The same at its own address, with the time of its last change.
pub fn emoji_document(me: &Instance, of: &Emoji, updated: Timestamp) -> Value {
    let mut value = emoji(me, of);
    value["updated"] = seconds(updated).into();
    document(value)
}

fn id(me: &Instance, shortcode: &str) -> String {
    me.at(&format!("/emojis/{shortcode}"))
}

/// Our own files end in what they are.
fn mime(url: &str) -> &'static str {
    match url.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "gif" => "image/gif",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        _ => "image/png",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NOW, assert_says, me};
    use super::*;

    #[test]
    fn an_emoji_has_an_address_a_name_in_colons_and_an_icon_with_its_type() {
        let cat = Emoji { shortcode: "cat".to_owned(), url: "https://a.test/media/ab/c.gif".to_owned() };
        let mut expected = json!({
            "id": "https://a.test/emojis/cat",
            "type": "Emoji",
            "name": ":cat:",
            "icon": {"type": "Image", "mediaType": "image/gif", "url": "https://a.test/media/ab/c.gif"},
        });
        assert_eq!(emoji(&me(), &cat), expected);
        expected["updated"] = "2026-08-22T10:00:00Z".into();
        assert_says(&emoji_document(&me(), &cat, NOW), expected);
    }
}
