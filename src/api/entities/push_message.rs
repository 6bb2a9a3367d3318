//! What a push message says once the app has opened it: <https://docs.joinmastodon.org/methods/push/>, where it
//! is not written down; the keys are those of Mastodon's `Web::NotificationSerializer` (pitfall 93).

use super::account::picture;
use crate::model::*;
use crate::text;
use crate::words::{fill, say};
use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation as _;

/// Mastodon's number.
const BODY: usize = 140;
const TITLE: usize = 120;
/// A remote picture's address may be kilobytes; the whole message may have four.
const ICON: usize = 600;
const MISSING: &str = "/avatars/original/missing.png";

#[derive(Debug, Clone, Serialize)]
pub struct PushMessage {
    /// The app's own: by it Elk and Ice Cubes know whose account it is.
    pub access_token: String,
    pub preferred_locale: String,
    /// A number, unlike other ids.
    pub notification_id: i64,
    pub notification_type: &'static str,
    pub icon: String,
    pub title: String,
    pub body: String,
}

/// The message about a notification. What stands behind a content warning stays there: the warning is shown.
pub fn push_message(
    me: &Instance,
    access_token: String,
    preferred_locale: &str,
    of: &Notification,
    by: &Account,
    status: Option<&Status>,
) -> PushMessage {
    let body = match status {
        Some(status) if !status.spoiler_text.trim().is_empty() => status.spoiler_text.clone(),
        Some(status) => text::plain(&status.content),
        None => text::plain(&by.note),
    };
    let icon = picture(me, by.avatar.as_ref(), MISSING);
    PushMessage {
        access_token,
        preferred_locale: preferred_locale.to_owned(),
        notification_id: of.id.0,
        notification_type: of.kind.as_str(),
        icon: if icon.len() <= ICON { icon.into_owned() } else { me.at(MISSING) },
        title: cut(&text::line(&title(of.kind, by), TITLE + 1), TITLE),
        body: cut(&text::lines(&body, BODY + 1), BODY),
    }
}

/// What the owner sends to see whether it arrives. No notification has the id 0: an app that asks for it is
/// told 404, and shows what came. The kind is one that every app knows, since some fall over others.
pub fn test_message(me: &Instance, access_token: String, preferred_locale: &str) -> PushMessage {
    PushMessage {
        access_token,
        preferred_locale: preferred_locale.to_owned(),
        notification_id: 0,
        notification_type: NotificationKind::Mention.as_str(),
        icon: me.at("/assets/icon-192.png"),
        title: "Taure".to_owned(),
        body: say("push-told-test").to_owned(),
    }
}

fn title(kind: NotificationKind, by: &Account) -> String {
    let key = match kind {
        NotificationKind::Mention => "push-told-mention",
        NotificationKind::Status => "push-told-status",
        NotificationKind::Reblog => "push-told-reblog",
        NotificationKind::Follow => "push-told-follow",
        NotificationKind::FollowRequest => "push-told-follow-request",
        NotificationKind::Favourite => "push-told-favourite",
        NotificationKind::Update => "push-told-update",
        NotificationKind::Poll if by.is_owner() => "push-told-poll-own",
        NotificationKind::Poll => "push-told-poll",
        NotificationKind::Quote => "push-told-quote",
        NotificationKind::Report => "push-told-report",
        NotificationKind::QuotedUpdate => "push-told-quoted-update",
    };
    fill(key, &[("name", by.name().into())])
}

/// At most `max` characters, the last of them an ellipsis where something was left out; no letter is cut in two.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut left = max - 1;
    let mut out = String::new();
    for letter in text.graphemes(true) {
        let Some(rest) = left.checked_sub(letter.chars().count()) else { break };
        left = rest;
        out.push_str(letter);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::me;
    use super::*;
    use crate::sig::webpush::LONGEST;

    fn told(kind: NotificationKind) -> Notification {
        Notification {
            id: NotificationId(7),
            kind,
            account_id: AccountId(1),
            status_id: None,
            created_at: Timestamp(0),
            filtered: false,
        }
    }

    fn by() -> Account {
        Account {
            username: "bob".to_owned(),
            domain: Some("b.test".to_owned()),
            display_name: "Bob\u{202e} <b>".to_owned(),
            note: "<p>I am <b>Bob</b>.</p>".to_owned(),
            ..Account::default()
        }
    }

    fn message(kind: NotificationKind, status: Option<&Status>) -> PushMessage {
        push_message(&me(), "t".to_owned(), "en", &told(kind), &by(), status)
    }

    #[test]
    fn pitfall_93_every_kind_has_a_title_with_a_name_and_a_plain_body() {
        let post = Status { content: "<p>Fish &amp; chips</p><p>now</p>".to_owned(), ..Status::default() };
        for kind in NotificationKind::ALL {
            let message = message(kind, Some(&post));
            assert!(message.title.contains("Bob <b>"), "{}", message.title);
            assert_eq!(message.body, "Fish & chips\n\nnow");
            assert_eq!(message.notification_type, kind.as_str());
        }
        assert_eq!(message(NotificationKind::Follow, None).body, "I am Bob.");
    }

    #[test]
    fn what_stands_behind_a_content_warning_is_not_pushed() {
        let post = Status {
            content: "<p>the murderer is the butler</p>".to_owned(),
            spoiler_text: "the end of the book".to_owned(),
            ..Status::default()
        };
        let message = message(NotificationKind::Mention, Some(&post));
        assert_eq!(message.body, "the end of the book");
        assert!(!serde_json::to_string(&message).unwrap().contains("butler"));
    }

    #[test]
    fn a_body_has_at_most_140_characters_and_ends_with_a_whole_one() {
        let body = |text: &str| {
            let post = Status { content: format!("<p>{text}</p>"), ..Status::default() };
            message(NotificationKind::Mention, Some(&post)).body
        };
        assert_eq!(body(&"x".repeat(140)), "x".repeat(140));
        assert_eq!(body(&"x".repeat(141)), format!("{}…", "x".repeat(139)));
        assert_eq!(body(&"👩‍👩‍👧‍👦".repeat(500)), format!("{}…", "👩‍👩‍👧‍👦".repeat(19)));
    }

    #[test]
    fn the_largest_message_that_strangers_can_cause_fits() {
        let wide = "e".to_owned() + &"\u{1d165}".repeat(15); // 61 bytes that count as one letter
        let mut big = by();
        big.display_name = wide.repeat(1_000);
        big.avatar = Some(Picture::Remote(format!("https://b.test/{}", "\"".repeat(3_000))));
        let post = Status { spoiler_text: wide.repeat(1_000), ..Status::default() };
        let kind = NotificationKind::Mention;
        let message = push_message(&me(), "t".repeat(43), "en", &told(kind), &big, Some(&post));
        assert_eq!(message.icon, "https://a.test/avatars/original/missing.png");
        let bytes = serde_json::to_string(&message).unwrap().len();
        assert!(bytes <= LONGEST, "{bytes}");
    }
}
