//! Question: a Note that asks, <https://www.w3.org/TR/activitystreams-vocabulary/#dfn-question>, as Mastodon
//! writes it: <https://docs.joinmastodon.org/spec/activitypub/#Question>. And the owner's vote in somebody
//! else's.

use super::{document, seconds};
use crate::model::{Instance, Poll};
use serde_json::{Map, Value, json};

/// Makes a Question of a Note.
///
/// How often an option was chosen is left out while that is hidden: a zero would be a lie.
pub fn write(note: &mut Map<String, Value>, poll: &Poll) {
    note.insert("type".to_owned(), "Question".into());
    let options = poll.options.iter().map(|option| {
        let mut replies = json!({"type": "Collection"});
        if poll.shows_totals() {
            replies["totalItems"] = option.votes.into();
        }
        json!({"type": "Note", "name": option.title, "replies": replies})
    });
    let key = if poll.multiple { "anyOf" } else { "oneOf" };
    note.insert(key.to_owned(), options.collect());
    if let Some(end) = poll.expires_at {
        note.insert("endTime".to_owned(), seconds(end).into());
        if poll.ended {
            note.insert("closed".to_owned(), seconds(end).into());
        }
    }
    if let Some(voters) = poll.voters_count {
        note.insert("votersCount".to_owned(), voters.into());
    }
}

/// The owner chooses one option of the poll at `question`. `uri` is the vote's id; only `author` gets it.
///
/// A Note with a name, no content and no `cc`: with more, it would be taken for a letter.
pub fn vote(me: &Instance, uri: &str, question: &str, author: &str, option: &str) -> Value {
    document(json!({
        "id": format!("{uri}/activity"),
        "type": "Create",
        "actor": me.actor(),
        "to": [author],
        "object": {
            "id": uri,
            "type": "Note",
            "name": option,
            "attributedTo": me.actor(),
            "inReplyTo": question,
            "to": [author],
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::{bare, status};
    use super::super::tests::{NOW, assert_says, me};
    use super::super::{Post, note};
    use super::*;
    use crate::model::PollOption;

    fn poll() -> Poll {
        Poll {
            options: vec![
                PollOption { title: "Tea".to_owned(), votes: 2 },
                PollOption { title: "Coffee".to_owned(), votes: 0 },
            ],
            expires_at: Some(NOW),
            voters_count: Some(2),
            ..Poll::default()
        }
    }

    #[test]
    fn a_question_is_a_note_with_options() {
        let (status, poll) = (status(), poll());
        let asked = note(&me(), &Post { poll: Some(&poll), ..bare(&status) });
        assert_eq!(asked["type"], "Question");
        assert_eq!(asked["content"], "<p>Labrīt!</p>");
        let expected = json!([
            {"type": "Note", "name": "Tea", "replies": {"type": "Collection", "totalItems": 2}},
            {"type": "Note", "name": "Coffee", "replies": {"type": "Collection", "totalItems": 0}},
        ]);
        assert_eq!(asked["oneOf"], expected);
        assert_eq!((&asked["endTime"], &asked["votersCount"]), (&json!("2026-08-22T10:00:00Z"), &json!(2)));
        assert!(asked.get("closed").is_none() && asked.get("anyOf").is_none());
    }

    #[test]
    fn hidden_totals_are_left_out_until_the_end() {
        let status = status();
        let hidden = Poll { hide_totals: true, multiple: true, ..poll() };
        let asked = note(&me(), &Post { poll: Some(&hidden), ..bare(&status) });
        assert_eq!(asked["anyOf"][0]["replies"], json!({"type": "Collection"}));
        let ended = Poll { ended: true, ..hidden };
        let asked = note(&me(), &Post { poll: Some(&ended), ..bare(&status) });
        assert_eq!(asked["anyOf"][0]["replies"]["totalItems"], 2);
        assert_eq!(asked["closed"], asked["endTime"]);
    }

    #[test]
    fn a_vote_has_a_name_and_no_content() {
        let id = "https://a.test/users/alice#votes/9";
        let expected = json!({
            "id": "https://a.test/users/alice#votes/9/activity",
            "type": "Create",
            "actor": "https://a.test/users/alice",
            "to": ["https://b.test/users/bob"],
            "object": {
                "id": id,
                "type": "Note",
                "name": "Tea",
                "attributedTo": "https://a.test/users/alice",
                "inReplyTo": "https://b.test/notes/1",
                "to": ["https://b.test/users/bob"],
            },
        });
        assert_says(&vote(&me(), id, "https://b.test/notes/1", "https://b.test/users/bob", "Tea"), expected);
    }
}
