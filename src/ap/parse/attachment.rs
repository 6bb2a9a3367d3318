//! Pictures, sounds and films of a post, and custom emojis.
//!
//! <https://docs.joinmastodon.org/spec/activitypub/#properties-used> and
//! <https://docs.joinmastodon.org/spec/activitypub/#Emoji>

use super::value::{address, all, filled, id, kind, number, picture, text, web};
use crate::model::{Emoji, Media, MediaKind};
use serde_json::Value;

/// Attachments of one post that are kept.
const MEDIA: usize = 16;
/// Emojis of one post or profile that are kept.
const EMOJIS: usize = 64;
/// Mastodon's longest alternative text.
const DESCRIPTION_CHARS: usize = 1_500;

/// The attachments that can be shown. Cards (`Link`), profile fields and pages are none.
pub fn media(of: &Value) -> Vec<Media> {
    let named = all(of, "attachment").filter_map(one);
    named.chain(itself(of)).take(MEDIA).collect()
}

fn one(value: &Value) -> Option<Media> {
    let of_type = match kind(value) {
        "Image" => MediaKind::Image,
        "Video" => MediaKind::Video,
        "Audio" => MediaKind::Audio,
        "Document" | "" => MediaKind::Unknown,
        _ => return None,
    };
    let url = address(value)?;
    let mime = text(value, "mediaType").or_else(|| text(value.get("url")?, "mediaType")).unwrap_or_default();
    // GNU Social attaches the pages that a post links to.
    if mime.starts_with("text/html") {
        return None;
    }
    let shown = match by_mime(&mime).unwrap_or(of_type) {
        MediaKind::Unknown => by_extension(&url),
        kind => kind,
    };
    // Without a type it is a picture, sound or film, or nothing that could be shown.
    if kind(value).is_empty() && shown == MediaKind::Unknown {
        return None;
    }
    Some(Media {
        kind: shown,
        mime: mime.chars().take(100).collect(),
        remote_url: Some(url),
        remote_preview_url: picture(value, "icon"),
        // GoToSocial writes the alternative text into both, others into `name`.
        description: filled(value, "summary")
            .or_else(|| filled(value, "name"))
            .map(|text| text.chars().take(DESCRIPTION_CHARS).collect()),
        blurhash: text(value, "blurhash").filter(|hash| is_blurhash(hash)),
        focus: focus(value),
        width: size(value, "width"),
        height: size(value, "height"),
        ..Media::default()
    })
}

/// A hashtag of a `featuredTags` collection: its name without `#`, and its page.
pub fn featured_tag(item: &Value) -> Option<(String, String)> {
    if kind(item) != "Hashtag" {
        return None;
    }
    let name = text(item, "name")?;
    let name = name.trim().trim_start_matches('#');
    let sound = !name.is_empty() && name.chars().count() <= 100 && !name.contains(char::is_whitespace);
    let url = web(item.get("href")?.as_str()?)?;
    sound.then(|| (name.to_owned(), url.to_owned()))
}

/// What a Video, an Audio (Funkwhale) or an Image is itself: a file, or the list of a stream. Its `url` is an array of
/// Links, and the files may stand in the `tag` of the stream's Link.
fn itself(of: &Value) -> Option<Media> {
    let links = || all(of, "url").flat_map(|link| std::iter::once(link).chain(all(link, "tag")));
    let typed = |mime: &str| {
        links().find(|l| l.get("mediaType").and_then(Value::as_str).is_some_and(|m| m.starts_with(mime)))
    };
    let (kind, link) = match kind(of) {
        "Video" => (MediaKind::Video, typed("video/mp4").or_else(|| typed("application/x-mpegURL"))?),
        "Audio" => (MediaKind::Audio, typed("audio/")?),
        "Image" => (MediaKind::Image, typed("image/")?),
        _ => return None,
    };
    Some(Media {
        kind,
        mime: text(link, "mediaType").unwrap_or_default(),
        remote_url: Some(web(id(link)?)?.to_owned()),
        remote_preview_url: picture(of, "icon"),
        height: size(link, "height"),
        width: size(link, "width"),
        ..Media::default()
    })
}

fn by_mime(mime: &str) -> Option<MediaKind> {
    match mime.split_once('/')?.0 {
        "image" => Some(MediaKind::Image),
        "video" => Some(MediaKind::Video),
        "audio" => Some(MediaKind::Audio),
        _ => None,
    }
}

fn by_extension(url: &str) -> MediaKind {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "heic" => MediaKind::Image,
        "mp4" | "webm" | "mov" | "m4v" => MediaKind::Video,
        "mp3" | "ogg" | "oga" | "opus" | "wav" | "flac" | "m4a" => MediaKind::Audio,
        _ => MediaKind::Unknown,
    }
}

/// A size that a player's layout can bear.
fn size(of: &Value, name: &str) -> i64 {
    number(of, name).filter(|n| *n <= 100_000).unwrap_or(0)
}

/// Two numbers from -1 to 1.
fn focus(of: &Value) -> Option<(f64, f64)> {
    let mut numbers = all(of, "focalPoint").filter_map(Value::as_f64).filter(|n| n.abs() <= 1.0);
    numbers.next().zip(numbers.next())
}

/// The length that its first character promises, and no more than 5 components either way, since apps
/// draw it: <https://github.com/woltapp/blurhash/blob/master/Algorithm.md>
fn is_blurhash(hash: &str) -> bool {
    const DIGITS: &str =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    let Some(size) = hash.chars().next().and_then(|c| DIGITS.find(c)) else { return false };
    let (x, y) = (size % 9 + 1, size / 9 + 1);
    x <= 5 && y <= 5 && hash.len() == 4 + 2 * x * y && hash.chars().all(|c| DIGITS.contains(c))
}

/// The custom emojis in `tag`, each shortcode once. Their `id` may be null (Akkoma).
pub fn emojis(of: &Value) -> Vec<Emoji> {
    let mut found: Vec<Emoji> = Vec::new();
    for tag in all(of, "tag").filter(|t| kind(t) == "Emoji") {
        let Some(name) = text(tag, "name") else { continue };
        let shortcode = name.trim().trim_matches(':');
        let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+');
        if shortcode.is_empty() || shortcode.len() > 100 || !shortcode.chars().all(is_code) {
            continue;
        }
        let known = found.iter().any(|e| e.shortcode == shortcode);
        if let (false, Some(url)) = (known, picture(tag, "icon")) {
            found.push(Emoji { shortcode: shortcode.to_owned(), url });
        }
        if found.len() == EMOJIS {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn attached(value: Value) -> Vec<Media> {
        media(&json!({"type": "Note", "attachment": value}))
    }

    #[test]
    fn a_picture_comes_with_its_text_focus_and_placeholder() {
        let read =
            attached(json!({"type": "Document", "mediaType": "image/png", "url": "https://a.example/1.png",
            "name": "A cat", "focalPoint": [0.5, -0.25], "width": 640, "height": 480,
            "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj"}));
        let picture = &read[0];
        assert_eq!((picture.kind, picture.width, picture.focus), (MediaKind::Image, 640, Some((0.5, -0.25))));
        assert_eq!(picture.description.as_deref(), Some("A cat"));
        assert!(picture.blurhash.is_some());
    }

    #[test]
    fn a_missing_type_is_guessed_and_a_page_or_a_card_is_none() {
        let kinds = |value| attached(value).first().map(|m| m.kind);
        assert_eq!(
            kinds(json!({"type": "Document", "url": "https://a.example/x.WEBM?1"})),
            Some(MediaKind::Video)
        );
        assert_eq!(
            kinds(json!({"type": "Image", "url": [{"type": "Link", "href": "https://a.example/x"}]})),
            Some(MediaKind::Image)
        );
        assert_eq!(
            kinds(json!({"type": "Document", "mediaType": "text/html", "url": "https://a.example/"})),
            None
        );
        assert_eq!(kinds(json!({"type": "Link", "href": "https://a.example/"})), None);
        assert_eq!(kinds(json!({"type": "Document", "url": "javascript:x"})), None);
    }

    #[test]
    fn the_summary_wins_over_the_name_as_gotosocial_means_it() {
        let read = attached(
            json!({"type": "Image", "url": "https://a.example/x.png", "name": "IMG_1.png", "summary": "A cat"}),
        );
        assert_eq!(read[0].description.as_deref(), Some("A cat"));
    }

    #[test]
    fn a_placeholder_of_the_wrong_length_or_of_too_many_parts_is_dropped() {
        assert!(is_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj"));
        assert!(!is_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdn"));
        assert!(!is_blurhash(&format!("~{}", "0".repeat(165))));
        assert!(!is_blurhash(""));
    }

    #[test]
    fn no_more_than_sixteen_attachments_are_kept() {
        let many = vec![json!({"type": "Image", "url": "https://a.example/x.png"}); 40];
        assert_eq!(attached(json!(many)).len(), 16);
    }

    #[test]
    fn emojis_need_a_plain_name_and_a_picture() {
        let read = emojis(&json!({"tag": [
            null,
            {"type": "Emoji", "id": null, "name": ":blob:", "icon": {"type": "Image", "url": "https://a.example/b.png"}},
            {"type": "toot:Emoji", "name": "cat", "icon": [{"url": {"href": "https://a.example/c.png"}}]},
            {"type": "Emoji", "name": ":blob:", "icon": {"url": "https://a.example/other.png"}},
            {"type": "Emoji", "name": ":<b>:", "icon": {"url": "https://a.example/b.png"}},
            {"type": "Emoji", "name": ":none:"},
        ]}));
        let names: Vec<_> = read.iter().map(|e| (e.shortcode.as_str(), e.url.as_str())).collect();
        assert_eq!(names, [("blob", "https://a.example/b.png"), ("cat", "https://a.example/c.png")]);
    }
}
