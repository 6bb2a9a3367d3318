//! Question, and the votes that answer one: <https://www.w3.org/TR/activitystreams-vocabulary/#questions>,
//! <https://docs.joinmastodon.org/spec/activitypub/#Question>

use super::envelope::Envelope;
use super::value::{all, date, filled, first_id, ids, number, text, total, types};
use crate::model::Timestamp;
use serde_json::Value;

/// Options of one poll that are read; Pleroma has 20 at most, Mastodon reads 500.
const OPTIONS: usize = 50;
/// Votes of one activity that are read.
const VOTES: usize = 50;
/// More people than there are.
const MOST_VOTES: i64 = 1_000_000_000_000;

/// What a Question says. The options are plain text or HTML, not yet safe to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Each option and how often it was chosen.
    pub options: Vec<(String, i64)>,
    pub multiple: bool,
    /// It does not say how often any was chosen: Mastodon and this house hide that until the end, if asked to.
    pub hidden: bool,
    /// When it ends or ended; GoToSocial and others may leave it out.
    pub ends: Option<Timestamp>,
    /// It is over, and does not say since when.
    pub closed: bool,
    pub voters: Option<i64>,
}

/// Reads the poll of a Question. `None`: it is none, or a Question without options, which is a Note.
pub fn question(json: &Value) -> Option<Question> {
    if !types(json).contains(&"Question") {
        return None;
    }
    let multiple = all(json, "anyOf").next().is_some();
    let list = if multiple { "anyOf" } else { "oneOf" };
    let read: Vec<(String, Option<i64>)> = all(json, list).filter_map(option).take(OPTIONS).collect();
    if read.is_empty() {
        return None;
    }
    let hidden = read.iter().all(|(_, votes)| votes.is_none());
    let options = read.into_iter().map(|(title, votes)| (title, votes.map_or(0, bounded))).collect();
    // A date, also one to come (Pleroma); or the bare truth, which is what this is about.
    let closed =
        json.get("closed").is_some_and(|v| !matches!(v, Value::Null | Value::Bool(false) | Value::String(_)));
    Some(Question {
        options,
        multiple,
        hidden,
        ends: date(json, "closed").or_else(|| date(json, "endTime")),
        closed,
        voters: number(json, "votersCount").map(bounded),
    })
}

fn option(value: &Value) -> Option<(String, Option<i64>)> {
    let title = filled(value, "name").or_else(|| filled(value, "content"))?;
    Some((title, total(value, "replies")))
}

fn bounded(votes: i64) -> i64 {
    votes.min(MOST_VOTES)
}

/// One option that somebody chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// The id of the status whose poll it is.
    pub question: String,
    /// The option, as it was published.
    pub option: String,
}

/// The votes of a Create: one Note each, and for several choices GoToSocial sends an array of them. Empty
/// when any object is something else, or says that somebody else wrote it.
pub fn votes(create: &Envelope) -> Vec<Vote> {
    let objects = || all(&create.json, "object").take(VOTES);
    let found: Vec<Vote> = objects().filter_map(|object| vote(object, &create.actor)).collect();
    if found.len() == objects().count() { found } else { Vec::new() }
}

/// A name, no content, and an answer to something. Pleroma calls it an Answer at home.
fn vote(object: &Value, by: &str) -> Option<Vote> {
    let kinds = types(object);
    let is_vote = kinds.contains(&"Note") || kinds.contains(&"Answer");
    let authors = ids(object, "attributedTo");
    let is_own = authors.is_empty() || authors.iter().any(|author| author == by);
    let has_text = filled(object, "content").is_some() || all(object, "attachment").next().is_some();
    if !is_vote || !is_own || has_text {
        return None;
    }
    Some(Vote { question: first_id(object, "inReplyTo")?, option: text(object, "name")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::fixture;
    use serde_json::json;

    fn read(file: &str) -> Question {
        let json = fixture(file);
        question(json.get("object").filter(|o| o.is_object()).unwrap_or(&json))
            .unwrap_or_else(|| panic!("{file}"))
    }

    #[test]
    fn questions_of_mastodon_misskey_pleroma_and_gotosocial_are_read() {
        let mastodon = read("mastodon/question.json");
        assert_eq!(mastodon.options, [("Tea".to_owned(), 2), ("Coffee".to_owned(), 1)]);
        assert!(!mastodon.multiple && !mastodon.closed);
        assert_eq!(mastodon.voters, Some(3));
        assert_eq!(mastodon.ends, Timestamp::parse_rfc3339("2026-08-02T10:00:00Z"));

        let misskey = read("misskey/create_question.json");
        assert_eq!(
            misskey.options,
            [("Tea".to_owned(), 4), ("Coffee".to_owned(), 0), ("Both".to_owned(), 1)]
        );
        assert!(misskey.multiple && misskey.ends.is_none() && misskey.voters.is_none());

        let pleroma = read("pleroma/create_question.json");
        assert_eq!(pleroma.options, [("Tea".to_owned(), 1), ("Coffee".to_owned(), 0)]);
        assert_eq!(pleroma.ends, Timestamp::parse_rfc3339("2026-08-02T10:00:00.000Z"));
        assert!(!pleroma.closed, "Pleroma writes the end into closed from the beginning");

        let gotosocial = read("gotosocial/create_question.json");
        assert_eq!(gotosocial.options.len(), 2);
        assert_eq!(gotosocial.voters, Some(1));
    }

    #[test]
    fn a_poll_may_be_closed_without_a_date_and_endless() {
        let poll = |more: Value| {
            let mut json = json!({"type": "Question", "oneOf": {"type": "Note", "content": "<p>Tea</p>"}});
            for (key, value) in more.as_object().unwrap() {
                json[key] = value.clone();
            }
            question(&json)
        };
        let endless = poll(json!({"closed": false})).unwrap();
        assert!(!endless.closed && endless.ends.is_none() && endless.voters.is_none());
        assert_eq!(endless.options, [("<p>Tea</p>".to_owned(), 0)]);
        let closed = poll(json!({"closed": true, "endTime": "2026-08-02T10:00:00Z"})).unwrap();
        assert!(closed.closed && closed.ends.is_some());
        assert!(endless.hidden && !read("mastodon/question.json").hidden);
        assert_eq!(poll(json!({"oneOf": []})), None);
        assert_eq!(poll(json!({"type": "Note"})), None);
        assert_eq!(poll(json!({"oneOf": [{"type": "Note", "name": " "}, null, 7]})), None);
        let wild = json!([{"name": "a", "replies": {"totalItems": i64::MAX}}, {"name": "b", "replies": "x"}]);
        assert_eq!(poll(json!({"oneOf": wild})).unwrap().votes(), [MOST_VOTES, 0]);
    }

    impl Question {
        fn votes(&self) -> Vec<i64> {
            self.options.iter().map(|(_, votes)| *votes).collect()
        }
    }

    #[test]
    fn votes_of_four_kinds_of_software_are_read() {
        for (file, options) in [
            ("mastodon/create_vote.json", &["Tea"][..]),
            ("misskey/create_vote.json", &["Tea"]),
            ("pleroma/create_vote.json", &["Tea"]),
            ("gotosocial/create_votes.json", &["Tea", "Coffee"]),
        ] {
            let found = votes(&Envelope::read(fixture(file)).unwrap());
            assert_eq!(found.iter().map(|v| v.option.as_str()).collect::<Vec<_>>(), options, "{file}");
            assert!(
                found.iter().all(|v| v.question == "https://home.example/users/owner/statuses/1"),
                "{file}"
            );
        }
    }

    #[test]
    fn a_letter_and_somebody_elses_vote_are_no_votes() {
        let of = |object: Value| {
            votes(
                &Envelope::read(json!({"type": "Create", "actor": "https://a.example/u", "object": object}))
                    .unwrap(),
            )
            .len()
        };
        let vote = json!({"type": "Note", "name": "Tea", "inReplyTo": "https://b.example/1"});
        assert_eq!(of(vote.clone()), 1);
        for (key, value) in [
            ("content", json!("hello")),
            ("attributedTo", json!("https://a.example/other")),
            ("type", json!("Article")),
            ("inReplyTo", json!(null)),
            ("name", json!(null)),
            ("attachment", json!([{"type": "Image"}])),
        ] {
            let mut other = vote.clone();
            other[key] = value;
            assert_eq!(of(other.clone()), 0, "{key}");
            assert_eq!(of(json!([vote, other])), 0, "{key}");
        }
        assert_eq!(of(json!("https://a.example/1")), 0);
    }
}
