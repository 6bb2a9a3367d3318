//! Note: <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-note>, as Mastodon writes it:
//! <https://docs.joinmastodon.org/spec/activitypub/#Note>.

use super::super::PUBLIC;
use super::{Addressing, question, seconds};
use crate::model::{AccountId, Instance, Media, Mention, Poll, QuotePolicy, Status, Tag};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// Up to this many bytes the texts are sent twice: Misskey takes no delivery beyond 64 KiB, and the rest has to fit in.
const TEXTS_TWICE: usize = 48 * 1024;
/// About what a mention or a hashtag takes.
const TAG: usize = 300;
/// With a longer side than this in its words, Pixelfed drops a picture and all that came with it.
const LONGEST_SIDE: i64 = 5_000;

/// An own status with what hangs on it.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    pub status: &'a Status,
    /// Silent ones too: whoever is addressed gets a tag, since Mastodon notifies nobody without.
    pub mentions: &'a [Mention],
    pub tags: &'a [Tag],
    pub media: &'a [Media],
    pub poll: Option<&'a Poll>,
    /// Ids of own direct answers, oldest first.
    pub replies: &'a [String],
    /// What it quotes.
    pub quote: Option<&'a Quoting>,
    /// The leave of the author of what it answers, where that was needed.
    pub approved_by: Option<&'a str>,
    /// Who may answer it, as addresses; `None`: everybody. Whom it names may in any case.
    pub can_reply: Option<&'a [String]>,
}

/// What an own post quotes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quoting {
    /// Its id; `None` once it was deleted.
    pub uri: Option<String>,
    pub author: Option<AccountId>,
    /// The address of the author's leave.
    pub stamp: Option<String>,
}

impl Post<'_> {
    pub fn addressing(&self, me: &Instance) -> Addressing {
        Addressing::of(me, self.status.visibility, self.mentions.iter().map(|m| m.uri.as_str()))
    }

    /// May what is said in words be said a second time?
    fn is_short(&self) -> bool {
        let described = self.media.iter().filter_map(|media| media.description.as_ref()).map(String::len);
        let texts = self.status.content.len() + described.sum::<usize>();
        2 * texts + TAG * (self.mentions.len() + self.tags.len()) <= TEXTS_TWICE
    }

    /// Addressed only because they are quoted: they may see it, and are not told that they were mentioned.
    fn is_only_quoted(&self, mention: &Mention) -> bool {
        let answered = self.status.in_reply_to_account == Some(mention.account_id);
        let quoted = self.quote.and_then(|quote| quote.author) == Some(mention.account_id);
        mention.silent && quoted && !answered
    }
}

/// The object alone, without `@context`.
///
/// The keys that a strict reader asks for are always there: `content` is never null and `tag` and
/// `attachment` never a scalar (Lemmy), `url` and `cc` never left out (PeerTube).
pub fn note(me: &Instance, post: &Post) -> Value {
    let status = post.status;
    let mut note = Map::new();
    let mut set = |key: &str, value: Value| note.insert(key.to_owned(), value);
    set("id", status.uri.as_str().into());
    set("type", "Note".into());
    set("attributedTo", me.actor().into());
    set("summary", Some(status.spoiler_text.as_str()).filter(|text| !text.is_empty()).into());
    set("content", status.content.as_str().into());
    // The text a second time, for its language's sake.
    let twice = post.is_short();
    if let Some(language) = status.language.as_ref().filter(|_| twice) {
        set("contentMap", json!({language: status.content}));
    }
    set("inReplyTo", status.in_reply_to_uri.clone().into());
    set("published", seconds(status.created_at).into());
    if let Some(edited) = status.edited_at {
        // With the fraction: Mastodon takes an edit only if it is later than the one before.
        set("updated", edited.to_string().into());
    }
    set("url", status.url.as_deref().unwrap_or(&status.uri).into());
    set("sensitive", status.sensitive.into());
    if let Some(conversation) = &status.conversation {
        set("context", conversation.as_str().into());
        set("conversation", conversation.as_str().into());
    }
    set("tag", tags(me, post).into());
    set("attachment", post.media.iter().filter_map(|media| attachment(me, media, twice)).collect());
    set("replies", replies(post));
    set("likes", total(&status.uri, "likes", status.counts.favourites));
    set("shares", total(&status.uri, "shares", status.counts.reblogs));
    let mut policy = json!({"canQuote": can_quote(me, status.quote_policy)});
    if let Some(who) = post.can_reply {
        policy["canReply"] = json!({"automaticApproval": who, "manualApproval": []});
    }
    set("interactionPolicy", policy);
    if let Some(approval) = post.approved_by {
        set("approvedBy", approval.into());
    }
    if let Some(quote) = post.quote {
        write_quote(&mut note, quote);
    }
    post.addressing(me).write(&mut note);
    if let Some(poll) = post.poll {
        question::write(&mut note, poll);
    }
    Value::Object(note)
}

/// Who may quote it (FEP-044f). The author alone is named where nobody may: no policy at all would be read as
/// nobody by Mastodon and as everybody by others.
fn can_quote(me: &Instance, policy: QuotePolicy) -> Value {
    let list = |bits: i64| {
        let everybody = (bits & QuotePolicy::PUBLIC != 0).then(|| PUBLIC.to_owned());
        let followers = (bits & QuotePolicy::FOLLOWERS != 0).then(|| me.followers());
        everybody.into_iter().chain(followers).collect::<Vec<String>>()
    };
    let mut automatic = list(policy.automatic);
    if automatic.is_empty() {
        automatic.push(me.actor());
    }
    json!({"automaticApproval": automatic, "manualApproval": list(policy.manual)})
}

/// In the word of FEP-044f and in those of Misskey and Fedibird, which ask nobody.
fn write_quote(note: &mut Map<String, Value>, quote: &Quoting) {
    let Some(uri) = &quote.uri else {
        note.insert("quote".to_owned(), json!({"type": "Tombstone"}));
        return;
    };
    for name in ["quote", "_misskey_quote", "quoteUri", "quoteUrl"] {
        note.insert(name.to_owned(), uri.as_str().into());
    }
    if let Some(stamp) = &quote.stamp {
        note.insert("quoteAuthorization".to_owned(), stamp.as_str().into());
    }
}

/// A quote as a link among the tags (FEP-e232), for Threads and Mitra.
fn quote_link(uri: &str) -> Value {
    json!({
        "type": "Link",
        "mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "rel": "https://misskey-hub.net/ns#_misskey_quote",
        "href": uri,
        "name": format!("RE: {uri}"),
    })
}

fn tags(me: &Instance, post: &Post) -> Vec<Value> {
    let mentions = post.mentions.iter().filter(|mention| !post.is_only_quoted(mention)).map(|mention| {
        // Always the full form: half the readers ask WebFinger with it.
        let name = if mention.acct.contains('@') {
            format!("@{}", mention.acct)
        } else {
            format!("@{}@{}", mention.acct, me.domain)
        };
        json!({"type": "Mention", "href": mention.uri, "name": name})
    });
    let hashtags = post.tags.iter().map(|tag| hashtag(me, tag));
    let emojis = post.status.emojis.iter().map(|emoji| super::emoji(me, emoji));
    let quote = post.quote.and_then(|quote| quote.uri.as_deref()).map(quote_link);
    mentions.chain(hashtags).chain(emojis).chain(quote).collect()
}

/// A hashtag, of a post or a profile.
pub fn hashtag(me: &Instance, tag: &Tag) -> Value {
    let href = me.at(&format!("/tags/{}", utf8_percent_encode(&tag.name, NON_ALPHANUMERIC)));
    let spelling = if tag.display_name.is_empty() { &tag.name } else { &tag.display_name };
    json!({"type": "Hashtag", "href": href, "name": format!("#{spelling}")})
}

/// Document and mediaType are what Pixelfed and Lemmy ask for; the description stands twice since
/// GoToSocial reads `summary` first and all others `name`.
fn attachment(me: &Instance, media: &Media, twice: bool) -> Option<Value> {
    let blob = media.blob.as_ref()?;
    let mut document = Map::new();
    let mut set = |key: &str, value: Value| document.insert(key.to_owned(), value);
    set("type", "Document".into());
    set("mediaType", media.mime.as_str().into());
    set("url", me.at(&format!("/media/{blob}")).into());
    set("name", media.description.clone().into());
    if twice {
        set("summary", media.description.clone().into());
    }
    let sides = 1..=LONGEST_SIDE;
    if sides.contains(&media.width) && sides.contains(&media.height) {
        set("width", media.width.into());
        set("height", media.height.into());
    }
    if let Some(still) = media
        .preview_blob
        .as_ref()
        .filter(|_| media.mime.starts_with("video") || media.mime.starts_with("audio"))
    {
        let mime = if still.ends_with(".png") { "image/png" } else { "image/jpeg" };
        set("icon", json!({"type": "Image", "mediaType": mime, "url": me.at(&format!("/media/{still}"))}));
    }
    if let Some(blurhash) = &media.blurhash {
        set("blurhash", blurhash.as_str().into());
    }
    if let Some((x, y)) = media.focus {
        set("focalPoint", json!([x, y]));
    }
    Some(Value::Object(document))
}

/// The first page is inside, so that a thread by one author arrives whole; the rest is one request away.
fn replies(post: &Post) -> Value {
    let id = format!("{}/replies", post.status.uri);
    json!({
        "id": id,
        "type": "Collection",
        "first": {
            "type": "CollectionPage",
            "partOf": id,
            "next": format!("{id}/after/0"),
            "items": post.replies,
        },
    })
}

/// Mastodon reads the totals of a fetched post.
fn total(uri: &str, name: &str, count: i64) -> Value {
    json!({"id": format!("{uri}/{name}"), "type": "Collection", "totalItems": count.max(0)})
}

#[cfg(test)]
pub mod tests {
    use super::super::tests::{NOW, me};
    use super::*;
    use crate::model::{StatusCounts, StatusId, Visibility};

    pub fn status() -> Status {
        Status {
            id: StatusId(7),
            uri: "https://a.test/users/alice/statuses/7".to_owned(),
            url: Some("https://a.test/@alice/7".to_owned()),
            content: "<p>Labrīt!</p>".to_owned(),
            language: Some("lv".to_owned()),
            created_at: NOW,
            conversation: Some("https://a.test/users/alice/statuses/7/context".to_owned()),
            ..Status::default()
        }
    }

    pub fn bare(status: &Status) -> Post<'_> {
        Post {
            status,
            mentions: &[],
            tags: &[],
            media: &[],
            poll: None,
            replies: &[],
            quote: None,
            approved_by: None,
            can_reply: None,
        }
    }

    fn bob() -> Mention {
        Mention {
            account_id: AccountId(2),
            username: "bob".to_owned(),
            acct: "bob@b.test".to_owned(),
            url: "https://b.test/@bob".to_owned(),
            uri: "https://b.test/users/bob".to_owned(),
            silent: true,
        }
    }

    #[test]
    fn a_bare_note_has_every_key_that_a_strict_reader_asks_for() {
        let status = status();
        let expected = json!({
            "id": "https://a.test/users/alice/statuses/7",
            "type": "Note",
            "attributedTo": "https://a.test/users/alice",
            "summary": null,
            "content": "<p>Labrīt!</p>",
            "contentMap": {"lv": "<p>Labrīt!</p>"},
            "inReplyTo": null,
            "published": "2026-08-22T10:00:00Z",
            "url": "https://a.test/@alice/7",
            "sensitive": false,
            "context": "https://a.test/users/alice/statuses/7/context",
            "conversation": "https://a.test/users/alice/statuses/7/context",
            "tag": [],
            "attachment": [],
            "replies": {
                "id": "https://a.test/users/alice/statuses/7/replies",
                "type": "Collection",
                "first": {
                    "type": "CollectionPage",
                    "partOf": "https://a.test/users/alice/statuses/7/replies",
                    "next": "https://a.test/users/alice/statuses/7/replies/after/0",
                    "items": [],
                },
            },
            "likes": {
                "id": "https://a.test/users/alice/statuses/7/likes", "type": "Collection", "totalItems": 0
            },
            "shares": {
                "id": "https://a.test/users/alice/statuses/7/shares", "type": "Collection", "totalItems": 0
            },
            "interactionPolicy": {
                "canQuote": {"automaticApproval": ["https://a.test/users/alice"], "manualApproval": []},
            },
            "to": [PUBLIC],
            "cc": ["https://a.test/users/alice/followers"],
        });
        assert_eq!(note(&me(), &bare(&status)), expected);
    }

    #[test]
    fn a_full_note_says_whom_what_and_how_it_looks() {
        let full = Status {
            spoiler_text: "cats".to_owned(),
            sensitive: true,
            edited_at: Some(NOW.plus(1)),
            in_reply_to_uri: Some("https://b.test/notes/1".to_owned()),
            visibility: Visibility::Unlisted,
            counts: StatusCounts { replies: 1, reblogs: 2, favourites: 3, quotes: 0 },
            ..status()
        };
        let tags = [Tag { name: "rīga".to_owned(), display_name: "Rīga".to_owned(), ..Tag::default() }];
        let media = [Media {
            mime: "image/png".to_owned(),
            blob: Some("ab/cd.png".to_owned()),
            description: Some("a cat".to_owned()),
            blurhash: Some("LEHV6n".to_owned()),
            focus: Some((-0.5, 0.25)),
            width: 640,
            height: 480,
            ..Media::default()
        }];
        let replies = ["https://a.test/users/alice/statuses/8".to_owned()];
        let mentions = [bob()];
        let post = Post { mentions: &mentions, tags: &tags, media: &media, replies: &replies, ..bare(&full) };
        let note = note(&me(), &post);
        assert_eq!(note["summary"], "cats");
        assert_eq!(note["updated"], "2026-08-22T10:00:00.501Z");
        assert_eq!(note["inReplyTo"], "https://b.test/notes/1");
        assert_eq!(note["cc"], json!([PUBLIC, "https://b.test/users/bob"]));
        let expected = json!([
            {"type": "Mention", "href": "https://b.test/users/bob", "name": "@bob@b.test"},
            {"type": "Hashtag", "href": "https://a.test/tags/r%C4%ABga", "name": "#Rīga"},
        ]);
        assert_eq!(note["tag"], expected);
        let expected = json!([{
            "type": "Document", "mediaType": "image/png", "url": "https://a.test/media/ab/cd.png",
            "name": "a cat", "summary": "a cat", "width": 640, "height": 480, "blurhash": "LEHV6n",
            "focalPoint": [-0.5, 0.25],
        }]);
        assert_eq!(note["attachment"], expected);
        assert_eq!(note["replies"]["first"]["items"], json!(replies));
        assert_eq!((&note["likes"]["totalItems"], &note["shares"]["totalItems"]), (&json!(3), &json!(2)));
    }

    #[test]
    fn pixelfed_is_not_told_of_a_side_that_it_takes_for_a_mistake() {
        let of = |width| {
            let blob = Some("ab/c.png".to_owned());
            attachment(&me(), &Media { blob, width, height: 900, ..Media::default() }, true).unwrap()
        };
        assert_eq!((&of(5_000)["width"], &of(5_000)["height"]), (&json!(5_000), &json!(900)));
        assert!(of(5_001).get("width").is_none() && of(5_001).get("height").is_none());
    }

    #[test]
    fn a_mention_of_the_owner_carries_the_domain_too() {
        let status = status();
        let alice = Mention { username: "alice".to_owned(), acct: "alice".to_owned(), ..bob() };
        let post = Post { mentions: &[alice], ..bare(&status) };
        assert_eq!(note(&me(), &post)["tag"][0]["name"], "@alice@alice.test");
    }

    #[test]
    fn a_quote_is_said_in_every_way_and_its_author_is_not_mentioned() {
        let open = QuotePolicy { automatic: QuotePolicy::FOLLOWERS, manual: QuotePolicy::PUBLIC };
        let status = Status { quote_policy: open, ..status() };
        let quote = Quoting {
            uri: Some("https://b.test/notes/1".to_owned()),
            author: Some(AccountId(2)),
            stamp: Some("https://b.test/stamps/1".to_owned()),
        };
        let post = Post { mentions: &[bob()], quote: Some(&quote), ..bare(&status) };
        let written = note(&me(), &post);
        for name in ["quote", "_misskey_quote", "quoteUri", "quoteUrl"] {
            assert_eq!(written[name], "https://b.test/notes/1", "{name}");
        }
        assert_eq!(written["quoteAuthorization"], "https://b.test/stamps/1");
        assert_eq!(written["tag"].as_array().unwrap().len(), 1);
        assert_eq!(written["tag"][0]["href"], "https://b.test/notes/1");
        assert_eq!(written["cc"][1], "https://b.test/users/bob");
        let policy = json!({
            "automaticApproval": ["https://a.test/users/alice/followers"], "manualApproval": [PUBLIC],
        });
        assert_eq!(written["interactionPolicy"]["canQuote"], policy);
        let gone = Quoting::default();
        let written = note(&me(), &Post { quote: Some(&gone), ..bare(&status) });
        assert_eq!(written["quote"], json!({"type": "Tombstone"}));
        assert!(written.get("quoteUri").is_none() && written["tag"] == json!([]));
    }

    #[test]
    fn pixelfed_reads_a_direct_message_from_one_to_and_no_cc() {
        let status = Status { visibility: Visibility::Direct, ..status() };
        let note = note(&me(), &Post { mentions: &[bob()], ..bare(&status) });
        assert_eq!((&note["to"], &note["cc"]), (&json!(["https://b.test/users/bob"]), &json!([])));
    }
}
