//! Poll: <https://docs.joinmastodon.org/entities/Poll/>

use super::emoji::{self, CustomEmoji};
use super::{Id, Time};
use crate::model::{self, Emoji, Instance, StatusId, Viewer};
use serde::Serialize;

/// Mastodon's Android app reads none without `own_votes`, `options` and `emojis`, Ice Cubes none without
/// `expires_at` (pitfalls 29, 54).
#[derive(Debug, Serialize)]
pub struct Poll<'a> {
    pub id: Id<StatusId>,
    pub expires_at: Option<Time>,
    pub expired: bool,
    pub multiple: bool,
    pub votes_count: i64,
    pub voters_count: Option<i64>,
    /// Absent for strangers, as the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_votes: Option<&'a [usize]>,
    pub options: Vec<PollOption<'a>>,
    pub emojis: Vec<CustomEmoji<'a>>,
}

#[derive(Debug, Serialize)]
pub struct PollOption<'a> {
    pub title: &'a str,
    /// `None` while it is hidden.
    pub votes_count: Option<i64>,
}

/// Who makes a poll counts as having voted in it, as in Mastodon.
pub fn poll<'a>(me: &Instance, status: &'a model::Status, poll: &'a model::Poll, viewer: Viewer) -> Poll<'a> {
    let owners = viewer == Viewer::Owner;
    let shown = poll.shows_totals();
    Poll {
        id: Id(poll.status_id),
        expires_at: poll.expires_at.map(Time),
        expired: poll.ended,
        multiple: poll.multiple,
        votes_count: poll.votes_count(),
        voters_count: poll.voters_count,
        voted: owners.then_some(status.local || !poll.own_votes.is_empty()),
        own_votes: owners.then_some(poll.own_votes.as_slice()),
        options: poll
            .options
            .iter()
            .map(|o| PollOption { title: &o.title, votes_count: shown.then_some(o.votes) })
            .collect(),
        emojis: status
            .emojis
            .iter()
            .filter(|e| is_used(e, poll))
            .map(|emoji| emoji::one(me, emoji))
            .collect(),
    }
}

fn is_used(emoji: &Emoji, poll: &model::Poll) -> bool {
    let code = format!(":{}:", emoji.shortcode);
    poll.titles().any(|title| title.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Poll, PollOption, Status};
    use serde_json::{Value, json};

    fn shown(status: &Status, asked: &Poll, viewer: Viewer) -> Value {
        serde_json::to_value(poll(&super::super::account::tests::me(), status, asked, viewer)).unwrap()
    }

    #[test]
    fn pitfall_54_every_key_that_an_app_asks_for_is_there() {
        let emoji = |code: &str| Emoji { shortcode: code.to_owned(), url: "https://a.test/e.png".to_owned() };
        let status = Status { emojis: vec![emoji("tea"), emoji("cat")], ..Status::default() };
        let titles = [":tea: Tea", "Coffee"].map(|title| PollOption { title: title.to_owned(), votes: 2 });
        let asked =
            Poll { options: titles.to_vec(), hide_totals: true, own_votes: vec![1], ..Poll::default() };
        let written = shown(&status, &asked, Viewer::Owner);
        assert_eq!(written["own_votes"], json!([1]));
        assert_eq!((&written["voted"], &written["votes_count"]), (&json!(true), &json!(4)));
        assert_eq!(written["options"][0], json!({"title": ":tea: Tea", "votes_count": null}));
        assert_eq!(written["emojis"][0]["shortcode"], "tea");
        assert_eq!(written["emojis"].as_array().unwrap().len(), 1);
        for key in ["expires_at", "voters_count"] {
            assert!(written.get(key).is_some_and(Value::is_null), "{key}");
        }
        let ended = Poll { ended: true, ..asked };
        let written = shown(&status, &ended, Viewer::Stranger);
        assert_eq!(written["options"][0]["votes_count"], 2);
        assert!(written.get("voted").is_none() && written.get("own_votes").is_none());
    }
}
