//! A poll below its post: to vote in, or how it stands; and the fields that make one.

use super::View;
use super::text::{emojify, exact, when};
use crate::model::time::{DAY, HOUR, MINUTE, SECOND};
use crate::model::*;
use crate::ops::polls::{self, OPTION_LIMIT, PollEdit, TITLE_LIMIT};
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use serde_json::Value;

/// How long a poll may run, in seconds: what apps offer.
fn spans() -> [(i64, &'static str); 7] {
    [
        (5 * MINUTE / SECOND, say("compose-minutes-5")),
        (30 * MINUTE / SECOND, say("compose-minutes-30")),
        (HOUR / SECOND, say("compose-hours-1")),
        (6 * HOUR / SECOND, say("compose-hours-6")),
        (DAY / SECOND, say("compose-days-1")),
        (3 * DAY / SECOND, say("compose-days-3")),
        (7 * DAY / SECOND, say("compose-days-7")),
    ]
}
const USUAL: i64 = DAY / SECOND;

/// The owner votes where that is possible; everybody else, and whoever has voted, sees how it stands.
pub fn poll(view: &View, status: &Status, poll: &Poll) -> Markup {
    html! {
        @if view.is_owner() && polls::is_open_to_owner(status, poll) { (ballot(view, status, poll)) }
        @else { (standing(view, status, poll)) }
        p.soft.votes { (summary(view, poll)) }
    }
}

fn ballot(view: &View, status: &Status, poll: &Poll) -> Markup {
    let kind = if poll.multiple { "checkbox" } else { "radio" };
    html! {
        form.poll method="post" action=(format!("/posts/{}/vote", status.id)) {
            (view.hidden())
            fieldset {
                legend.hide { (say("compose-choose")) }
                @for (n, title) in poll.titles().enumerate() {
                    label.check {
                        input type=(kind) name="choices[]" value=(n) required[!poll.multiple];
                        bdi { (emojify(&view.app.instance, title, &status.emojis)) }
                    }
                }
            }
            button { (say("compose-vote")) }
        }
    }
}

/// Shares of those who voted; without their number, of the votes.
fn standing(view: &View, status: &Status, poll: &Poll) -> Markup {
    let all = poll.voters_count.filter(|n| *n > 0).unwrap_or_else(|| poll.votes_count()).max(1);
    html! {
        ul.poll {
            @for (n, option) in poll.options.iter().enumerate() {
                li {
                    @if poll.shows_totals() {
                        b { (percent(option.votes, all)) "%" } " "
                    }
                    bdi { (emojify(&view.app.instance, &option.title, &status.emojis)) }
                    @if poll.own_votes.contains(&n) { span.soft { " " (say("compose-your-vote")) } }
                    @if poll.shows_totals() { progress max="100" value=(percent(option.votes, all)) aria-hidden="true" {} }
                }
            }
        }
    }
}

fn percent(votes: i64, all: i64) -> i64 {
    (votes.saturating_mul(100).saturating_add(all / 2) / all).clamp(0, 100)
}

fn summary(view: &View, poll: &Poll) -> Markup {
    let count = match poll.voters_count {
        Some(voters) => fill("compose-voters", &[("count", voters.into())]),
        None => fill("compose-votes", &[("count", poll.votes_count().into())]),
    };
    html! {
        (count)
        @match poll.expires_at {
            Some(end) if poll.ended => { " · " (rich("compose-ended", &[("time", when(end, view.now).into())])) }
            Some(end) => { " · " (rich("compose-ends", &[("time", html! { time datetime=(end) { (exact(end)) } }.into())])) }
            None => {}
        }
    }
}

/// The fields of a poll as they were filled in.
#[derive(Debug, Clone, Default)]
pub struct PollDraft {
    pub options: Vec<String>,
    /// In seconds; `None` is the usual, or for a poll that stands already: its end stays.
    pub expires_in: Option<i64>,
    pub multiple: bool,
    /// The poll that the edited post has, as it was shown: options, a line each.
    pub before: Option<String>,
}

impl PollDraft {
    /// A poll that stands already, to be edited.
    pub fn of(poll: &Poll) -> PollDraft {
        let options: Vec<String> = poll.titles().map(str::to_owned).collect();
        PollDraft {
            before: Some(fingerprint(&options, poll.multiple)),
            options,
            expires_in: None,
            multiple: poll.multiple,
        }
    }

    /// A poll that is not posted yet.
    pub fn wants(poll: NewPoll) -> PollDraft {
        PollDraft {
            options: poll.options,
            expires_in: Some(poll.expires_in),
            multiple: poll.multiple,
            before: None,
        }
    }

    pub fn read(params: &Value) -> PollDraft {
        let text = |name: &str| params[name].as_str().filter(|text| !text.is_empty());
        let options = match &params["options"] {
            Value::Array(all) => all.iter().filter_map(Value::as_str).map(|o| o.trim().to_owned()).collect(),
            _ => Vec::new(),
        };
        PollDraft {
            options,
            expires_in: text("expires_in").and_then(|t| t.parse().ok()),
            multiple: text("multiple") == Some("1"),
            before: text("poll_before").map(str::to_owned),
        }
    }

    pub fn is_filled(&self) -> bool {
        self.options.iter().any(|option| !option.is_empty())
    }

    pub fn wanted(&self) -> Option<NewPoll> {
        self.is_filled().then(|| NewPoll {
            options: self.options.clone(),
            expires_in: self.expires_in.unwrap_or(USUAL),
            multiple: self.multiple,
            hide_totals: false,
        })
    }

    /// What an edit does: a poll whose fields were left alone keeps its votes and its end.
    pub fn edit(&self) -> PollEdit {
        let filled: Vec<String> = self.options.iter().filter(|o| !o.is_empty()).cloned().collect();
        let untouched = self.before.as_deref() == Some(fingerprint(&filled, self.multiple).as_str());
        match self.wanted() {
            Some(_) if untouched && self.expires_in.is_none() => PollEdit::Keep,
            Some(poll) => PollEdit::Set(poll),
            None => PollEdit::Remove,
        }
    }
}

fn fingerprint(options: &[String], multiple: bool) -> String {
    format!("{}|{}", u8::from(multiple), options.join("|"))
}

pub fn fields(draft: &PollDraft) -> Markup {
    html! {
        @if let Some(before) = &draft.before { input type="hidden" name="poll_before" value=(before); }
        @for n in 0..OPTION_LIMIT.max(draft.options.len()) {
            label.field {
                @let label = fill("compose-option", &[("number", (n + 1).into())]);
                span.hide { (label) }
                input name="options[]" value=[draft.options.get(n)] placeholder=(label)
                    maxlength=(TITLE_LIMIT) dir="auto";
            }
        }
        label.field {
            span { (say("compose-runs-for")) }
            select name="expires_in" {
                @if draft.before.is_some() { option value="" selected[draft.expires_in.is_none()] { (say("compose-as-before")) } }
                @let chosen = draft.expires_in.or(draft.before.is_none().then_some(USUAL));
                @for (seconds, name) in spans() { option value=(seconds) selected[Some(seconds) == chosen] { (name) } }
            }
        }
        label.check {
            input type="checkbox" name="multiple" value="1" checked[draft.multiple];
            (say("compose-multiple"))
        }
        @if draft.before.is_some() { p.hint { (say("compose-poll-hint")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_poll_that_is_left_alone_in_an_edit_is_kept() {
        let poll = Poll {
            options: ["Tea", "Coffee"].map(|t| PollOption { title: t.to_owned(), votes: 3 }).to_vec(),
            ..Poll::default()
        };
        let before = PollDraft::of(&poll).before.unwrap();
        let edit = |options: Value, span: &str| {
            PollDraft::read(&json!({"options": options, "poll_before": before, "expires_in": span})).edit()
        };
        assert_eq!(edit(json!(["Tea", "Coffee ", "", ""]), ""), PollEdit::Keep);
        assert!(matches!(edit(json!(["Tea", "Coffee"]), "300"), PollEdit::Set(p) if p.expires_in == 300));
        assert!(matches!(edit(json!(["Tea", "Milk"]), ""), PollEdit::Set(p) if p.expires_in == USUAL));
        assert_eq!(edit(json!(["", ""]), ""), PollEdit::Remove);
        assert_eq!(PollDraft::read(&json!({"options": ["", ""], "expires_in": "300"})).wanted(), None);
    }

    #[test]
    fn shares_are_rounded_and_no_share_is_more_than_all() {
        assert_eq!((percent(1, 3), percent(2, 3), percent(0, 1), percent(9, 3)), (33, 67, 0, 100));
        assert_eq!(percent(i64::MAX, 1), 100);
    }
}
