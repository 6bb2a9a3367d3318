//! A post as other servers write it: a Note, or one of the types that are shown as one.
//!
//! <https://docs.joinmastodon.org/spec/activitypub/#supported-object-types>

use super::attachment::{emojis, media};
use super::convert;
use super::question::{Question, question};
use super::quote::{Quoted, can_quote, interaction_policy, quoted};
use super::value::{all, date, filled, first_id, flag, id, ids, kind, page, text, total, types, web};
use crate::model::{Allowed, Emoji, InteractionPolicy, Media, Timestamp};
use serde_json::Value;

/// Mentions of one post that are read.
const MENTIONS: usize = 100;
/// Hashtags of one post that are read.
const HASHTAGS: usize = 64;

/// What a document says about a post. Texts are as they came, not yet safe to show.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    pub uri: String,
    pub url: Option<String>,
    /// People before groups; the first is the author unless somebody says otherwise.
    pub attributed_to: Vec<String>,
    /// HTML.
    pub content: String,
    /// The content warning; may be HTML.
    pub summary: Option<String>,
    pub sensitive: bool,
    pub language: Option<String>,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub in_reply_to: Option<String>,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub mentions: Vec<NamedMention>,
    /// As written, with or without `#`.
    pub hashtags: Vec<String>,
    pub emojis: Vec<Emoji>,
    /// Without ids.
    pub media: Vec<Media>,
    pub conversation: Option<String>,
    /// How often it was liked and boosted, as its server says.
    pub likes: Option<i64>,
    pub shares: Option<i64>,
    pub poll: Option<Question>,
    /// An answer to a poll, and not to be shown: a Note with a name and no content.
    pub is_vote: bool,
    pub quote: Option<Quoted>,
    pub can_quote: Allowed,
    pub policy: InteractionPolicy,
    /// The leave of the author of what it answers, where that is needed.
    pub approved_by: Option<String>,
}

/// A Mention: the address is as a rule the actor's id, may be that of the profile page, or missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamedMention {
    pub href: Option<String>,
    /// `@user@domain`, `@user`, or anything.
    pub name: String,
}

/// Types that are shown as posts. Pleroma's ChatMessage is a direct one.
const POSTS: [&str; 12] = [
    "Note",
    "Question",
    "Article",
    "Page",
    "Video",
    "Image",
    "Audio",
    "Event",
    "Document",
    "ChatMessage",
    "Place",
    "Review",
];

pub fn is_post(json: &Value) -> bool {
    types(json).iter().any(|t| POSTS.contains(t))
}

/// Reads a post. `None`: it is none, or has no id or no author.
pub fn note(json: &Value) -> Option<Incoming> {
    let uri = web(id(json).filter(|_| json.is_object())?)?.to_owned();
    let attributed_to = authors(json);
    if !is_post(json) || attributed_to.is_empty() {
        return None;
    }
    let content = content(json);
    let converted = !types(json).contains(&"Note") && !matches!(kind(json), "Question" | "ChatMessage");
    let in_reply_to = first_id(json, "inReplyTo");
    Some(Incoming {
        url: page(json),
        is_vote: content.is_none()
            && in_reply_to.is_some()
            && filled(json, "name").is_some()
            && media(json).is_empty(),
        // Of an article, the summary is no warning but the beginning.
        summary: filled(json, "summary").filter(|_| !converted),
        sensitive: flag(json, "sensitive"),
        language: language(json, content.as_deref()),
        content: if converted {
            convert::article(json, content.as_deref())
        } else {
            content.unwrap_or_default()
        },
        published: date(json, "published"),
        updated: date(json, "updated"),
        to: ids(json, "to"),
        cc: ids(json, "cc"),
        mentions: mentions(json),
        hashtags: hashtags(json),
        emojis: emojis(json),
        media: media(json),
        conversation: first_id(json, "context").or_else(|| first_id(json, "conversation")),
        likes: total(json, "likes"),
        shares: total(json, "shares"),
        poll: question(json),
        quote: quoted(json),
        can_quote: can_quote(json),
        policy: interaction_policy(json),
        approved_by: ["approvedBy", "replyAuthorization"].iter().find_map(|name| first_id(json, name)),
        in_reply_to,
        attributed_to,
        uri,
    })
}

/// PeerTube names a person and a channel, Mobilizon a group, and the person in `actor`.
fn authors(json: &Value) -> Vec<String> {
    let (groups, people): (Vec<&Value>, Vec<&Value>) =
        all(json, "attributedTo").partition(|v| kind(v) == "Group");
    let event = all(json, "actor").filter(|_| kind(json) == "Event");
    event.chain(people).chain(groups).filter_map(id).map(str::to_owned).collect()
}

/// The HTML: `content`, else the first of `contentMap`, else Pleroma's and Lemmy's plain `source`.
fn content(json: &Value) -> Option<String> {
    let of_map = || json.get("contentMap")?.as_object()?.values().find_map(Value::as_str).map(str::to_owned);
    let content = filled(json, "content").or_else(|| of_map().filter(|t| !t.trim().is_empty()));
    match text(json, "mediaType").as_deref() {
        // PeerTube's descriptions are Markdown, which is readable as it is.
        Some("text/markdown" | "text/plain") => content.map(|text| convert::paragraphs(&text)),
        _ => content,
    }
}

/// The key under which `content` stands in `contentMap`; else what Lemmy, PeerTube and Pleroma say.
fn language(json: &Value, content: Option<&str>) -> Option<String> {
    if let Some(map) = json.get("contentMap").and_then(Value::as_object) {
        let same = map.iter().find(|(_, v)| content.is_some() && v.as_str() == content);
        // Where none of several is the text, Mastodon takes the first.
        if let Some((key, _)) = same.or_else(|| map.iter().next()) {
            return Some(key.clone());
        }
    }
    let named =
        json.get("language").and_then(|l| text(l, "identifier").or_else(|| Some(l.as_str()?.to_owned())));
    named.or_else(|| all(json, "@context").find_map(|c| text(c, "@language"))).filter(|l| l != "und")
}

fn mentions(json: &Value) -> Vec<NamedMention> {
    all(json, "tag")
        .filter(|t| kind(t) == "Mention")
        .map(|t| NamedMention {
            href: t.get("href").and_then(id).and_then(web).map(str::to_owned),
            name: text(t, "name").unwrap_or_default(),
        })
        .take(MENTIONS)
        .collect()
}

/// Also those without a type that look like one, which Mitra takes for hashtags.
fn hashtags(json: &Value) -> Vec<String> {
    all(json, "tag")
        .filter(|t| t.is_object() && matches!(kind(t), "Hashtag" | ""))
        .filter_map(|t| filled(t, "name").filter(|name| kind(t) == "Hashtag" || name.starts_with('#')))
        .take(HASHTAGS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::fixture;
    use crate::model::MediaKind;
    use serde_json::json;

    fn read(file: &str) -> Incoming {
        let json = fixture(file);
        note(json.get("object").filter(|o| o.is_object()).unwrap_or(&json))
            .unwrap_or_else(|| panic!("{file}"))
    }

    #[test]
    fn mastodons_note_is_read_in_full() {
        let note = read("mastodon/create_note.json");
        assert_eq!(note.uri, "https://mastodon.example/users/alice/statuses/110");
        assert_eq!(note.attributed_to, ["https://mastodon.example/users/alice"]);
        assert_eq!(note.summary.as_deref(), Some("Cats"));
        assert_eq!(note.language.as_deref(), Some("lv"));
        assert_eq!(note.mentions[0].name, "@owner@home.example");
        assert_eq!(note.hashtags, ["#Kaķi"]);
        assert_eq!(note.emojis[0].shortcode, "blobcat");
        assert_eq!(note.media[0].description.as_deref(), Some("Kaķis guļ"));
        assert_eq!((note.likes, note.shares), (Some(4), Some(2)));
        assert_eq!(note.conversation.as_deref(), Some("https://mastodon.example/contexts/110"));
        assert!(note.sensitive && !note.is_vote);
    }

    #[test]
    fn gotosocial_sends_single_values_for_lists() {
        let note = read("gotosocial/create_note.json");
        assert_eq!(note.to, ["https://www.w3.org/ns/activitystreams#Public"]);
        assert_eq!(note.mentions.len(), 1);
        assert_eq!(note.media[0].description.as_deref(), Some("A sloth"));
        assert_eq!(note.language.as_deref(), Some("en"));
    }

    #[test]
    fn notes_of_misskey_pleroma_pixelfed_and_friendica_are_read() {
        let misskey = read("misskey/create_note.json");
        assert_eq!(
            (misskey.summary, misskey.content.as_str()),
            (None, "<p>hello <a href=\"https://home.example/@owner\">@owner</a></p>")
        );
        let pleroma = read("pleroma/create_note.json");
        assert_eq!(pleroma.conversation.as_deref(), Some("https://pleroma.example/contexts/9"));
        assert_eq!(pleroma.media[0].kind, MediaKind::Image);
        let pixelfed = read("pixelfed/create_note.json");
        assert_eq!((pixelfed.media.len(), pixelfed.media[0].kind), (2, MediaKind::Image));
        let friendica = read("friendica/create_note.json");
        assert_eq!(friendica.in_reply_to.as_deref(), Some("https://home.example/users/owner/statuses/1"));
    }

    #[test]
    fn lemmys_page_becomes_a_title_a_text_and_a_link() {
        let page = note(&fixture("lemmy/page.json")).unwrap();
        assert!(page.content.starts_with("<h2>Cats &amp; dogs</h2>"), "{}", page.content);
        assert!(page.content.contains("https://news.example/cats"));
        assert_eq!(page.language.as_deref(), Some("en"));
        assert_eq!(page.summary, None);
    }

    #[test]
    fn peertubes_video_has_a_person_a_page_and_a_film() {
        let video = note(&fixture("peertube/video.json")).unwrap();
        assert_eq!(video.attributed_to[0], "https://tube.example/accounts/tube");
        assert_eq!(video.url.as_deref(), Some("https://tube.example/w/abc"));
        assert_eq!(video.media[0].kind, MediaKind::Video);
        assert_eq!(video.media[0].remote_url.as_deref(), Some("https://tube.example/static/1080.mp4"));
        assert!(video.media[0].remote_preview_url.is_some());
    }

    #[test]
    fn a_question_is_a_note_with_a_poll_and_a_vote_is_no_post() {
        let poll = note(&fixture("mastodon/question.json")).unwrap();
        assert_eq!((poll.content.as_str(), poll.poll.unwrap().options.len()), ("<p>What?</p>", 2));
        let vote = json!({"id": "https://a.example/v/1", "type": "Note", "name": "Tea",
            "attributedTo": "https://a.example/u", "inReplyTo": "https://home.example/1"});
        assert!(note(&vote).unwrap().is_vote);
    }

    #[test]
    fn content_may_stand_in_its_map_alone() {
        let doc = json!({"id": "https://a.example/1", "type": ["Note", "Article"], "attributedTo": {"id": "https://a.example/u"},
            "contentMap": {"de": "<p>Katze</p>"}});
        let read = note(&doc).unwrap();
        assert_eq!((read.content.as_str(), read.language.as_deref()), ("<p>Katze</p>", Some("de")));
    }

    #[test]
    fn a_post_without_an_id_or_an_author_is_none() {
        assert!(note(&json!({"type": "Note", "attributedTo": "https://a.example/u"})).is_none());
        assert!(note(&json!({"type": "Note", "id": "https://a.example/1"})).is_none());
        assert!(note(&json!({"type": "Tombstone", "id": "https://a.example/1", "attributedTo": "https://a.example/u"})).is_none());
        assert!(note(&json!("https://a.example/1")).is_none());
    }

    #[test]
    fn odd_tags_and_languages_are_read_as_mastodon_reads_them() {
        let read = |more: Value| {
            let mut json = json!({"id": "https://a.example/1", "type": "Note", "attributedTo": "https://a.example/u", "content": "text"});
            json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            note(&json).unwrap()
        };
        let tags =
            json!({"tag": [{"name": "#mitra"}, {"name": "@actor"}, {"type": "Hashtag", "name": "bare"}]});
        assert_eq!(read(tags).hashtags, ["#mitra", "bare"]);
        let first = read(json!({"contentMap": {"de": "Deutsch", "en": "English"}}));
        assert_eq!(first.language.as_deref(), Some("de"));
        let same = read(json!({"contentMap": {"de": "Deutsch", "en": "text"}}));
        assert_eq!(same.language.as_deref(), Some("en"));
        let media = read(
            json!({"attachment": [{"url": "https://a.example/1.png"}, {"url": "https://a.example/page"}]}),
        )
        .media;
        assert_eq!(media.iter().map(|m| m.kind).collect::<Vec<_>>(), [MediaKind::Image]);
    }
}
