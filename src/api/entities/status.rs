//! Status: <https://docs.joinmastodon.org/entities/Status/>
//!
//! Statuses are always loaded as a list: authors, boosted originals, media, mentions and tags come with
//! one query each, however long the list.

use super::account::{Account, People};
use super::emoji::{self, CustomEmoji};
use super::filter::{self, FilterResult};
use super::media_attachment::{MediaAttachment, media_attachment};
use super::mention::{self, Mention};
use super::poll::{Poll, poll};
use super::preview_card::{PreviewCard, preview_card};
use super::quote::{self, Quote, QuoteApproval, Quotes};
use super::tag::{self, StatusTag};
use super::{Id, Time};
use crate::error::Result;
use crate::model::{
    self, AccountId, Card, CardId, Instance, Media, StatusId, Tag, Timestamp, Viewer, Visibility,
};
use crate::ops::filtering::{self, Matcher};
use crate::ops::posts::typed;
use crate::store::{cards, media, polls, reactions, statuses, tags};
use rusqlite::Connection;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashMap;

#[derive(Debug, Serialize)]
pub struct Status<'a> {
    pub id: Id<StatusId>,
    pub uri: &'a str,
    pub url: Option<&'a str>,
    pub created_at: Time,
    pub edited_at: Option<Time>,
    pub account: Account<'a>,
    /// Absent in the answer to a deletion, which has `text` instead (pitfall 48).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
    pub visibility: &'static str,
    pub sensitive: bool,
    pub spoiler_text: &'a str,
    pub language: Option<&'a str>,
    pub in_reply_to_id: Option<Id<StatusId>>,
    pub in_reply_to_account_id: Option<Id<AccountId>>,
    pub reblog: Option<Box<Status<'a>>>,
    pub media_attachments: Vec<MediaAttachment<'a>>,
    pub mentions: Vec<Mention<'a>>,
    pub tags: Vec<StatusTag<'a>>,
    pub emojis: Vec<CustomEmoji<'a>>,
    pub card: Option<PreviewCard<'a>>,
    pub poll: Option<Poll<'a>>,
    pub replies_count: i64,
    pub reblogs_count: i64,
    pub favourites_count: i64,
    pub quotes_count: i64,
    /// As glitch-soc has them: of the owner's own posts, and what the owner gave to others', whose own are told to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction<'a>>,
    pub quote: Option<Quote<'a>>,
    pub quote_approval: QuoteApproval,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<Application<'a>>,
    /// What the owner did with it; absent for strangers (pitfall 30).
    #[serde(flatten)]
    pub marks: Option<Marks>,
    /// Whatever the context; absent for strangers (pitfalls 30, 53).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filtered: Option<Vec<FilterResult<'a>>>,
    /// Only of the owner's own posts that can be pinned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
}

/// An emoji that others gave: its character, or the shortcode of its picture.
#[derive(Debug, Clone, Serialize)]
pub struct Reaction<'a> {
    pub name: &'a str,
    pub count: i64,
    pub me: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub static_url: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct Marks {
    pub favourited: bool,
    pub reblogged: bool,
    pub muted: bool,
    pub bookmarked: bool,
}

#[derive(Debug, Serialize)]
pub struct Application<'a> {
    pub name: &'a str,
    pub website: Option<&'a str>,
}

/// A list of statuses with all that an app shows of them.
#[derive(Debug)]
pub struct Statuses<'a> {
    me: &'a Instance,
    viewer: Viewer,
    list: Vec<model::Status>,
    originals: HashMap<StatusId, model::Status>,
    people: People,
    media: HashMap<StatusId, Vec<Media>>,
    mentions: HashMap<StatusId, Vec<model::Mention>>,
    tags: HashMap<StatusId, Vec<Tag>>,
    polls: HashMap<StatusId, model::Poll>,
    reactions: HashMap<StatusId, Vec<model::Reaction>>,
    filters: Matcher,
    quotes: Quotes,
    cards: HashMap<CardId, Card>,
}

/// Dislikes, and what is the owner's own, are told to the owner only.
pub(super) fn reaction<'a>(at: &Instance, viewer: Viewer, of: &'a model::Reaction) -> Option<Reaction<'a>> {
    let (count, me) =
        if viewer == Viewer::Owner { (of.count, of.mine) } else { (of.count - of.dislikes, false) };
    let url = Some(of.emoji.url.as_str()).filter(|url| !url.is_empty()).map(|url| at.shown(url));
    (count > 0).then(|| Reaction { name: &of.emoji.shortcode, count, me, static_url: url.clone(), url })
}

impl<'a> Statuses<'a> {
    /// Whether the viewer may see them was asked before.
    pub fn load(
        c: &Connection,
        me: &'a Instance,
        viewer: Viewer,
        list: Vec<model::Status>,
    ) -> Result<Statuses<'a>> {
        let boosted: Vec<StatusId> = list.iter().filter_map(|s| s.reblog_of).collect();
        let originals = if boosted.is_empty() { HashMap::new() } else { statuses::many(c, &boosted)? };
        // A boost has no media, mentions or tags of its own.
        let mut written: Vec<StatusId> =
            list.iter().filter(|s| s.reblog_of.is_none()).map(|s| s.id).chain(boosted).collect();
        let quotes = Quotes::load(c, me, viewer, &written)?;
        written.extend(quotes.statuses().map(|s| s.id));
        let all = || list.iter().chain(originals.values()).chain(quotes.statuses());
        let linked: Vec<CardId> = all().filter_map(|s| s.card).collect();
        let cards = if linked.is_empty() { HashMap::new() } else { cards::many(c, &linked)? };
        let authors = all().map(|s| s.account_id);
        let people = People::load(c, authors.chain(cards.values().filter_map(|card| card.author)))?;
        Ok(Statuses {
            me,
            viewer,
            media: media::of_statuses(c, &written)?,
            mentions: statuses::mentions(c, &written)?,
            tags: tags::of_statuses(c, &written)?,
            polls: polls::of_statuses(c, &written)?,
            reactions: reactions::of_statuses(c, &written)?,
            filters: if viewer == Viewer::Owner { filtering::active(c)? } else { Matcher::nothing() },
            quotes,
            list,
            originals,
            people,
            cards,
        })
    }

    /// Leaves out what blocked and muted people wrote: the owner does not want to read it.
    pub fn without_hidden(mut self, now: Timestamp) -> Statuses<'a> {
        let people = &self.people;
        let is_hidden = |id| people.get(id).is_some_and(|a| a.relation.hidden(now));
        self.list.retain(|s| !is_hidden(s.account_id));
        self
    }

    pub fn iter(&self) -> impl Iterator<Item = Status<'_>> {
        self.list.iter().filter_map(|s| self.entity(s))
    }

    pub fn first(&self) -> Option<Status<'_>> {
        self.iter().next()
    }

    pub fn find(&self, id: StatusId) -> Option<Status<'_>> {
        self.list.iter().find(|s| s.id == id).and_then(|s| self.entity(s))
    }

    /// The answer to a deletion: what was typed instead of what it became, for "delete and redraft".
    pub fn deleted(&self) -> Option<Status<'_>> {
        let raw = self.list.first()?;
        let mut entity = self.entity(raw)?;
        entity.text = Some(typed(raw).into());
        entity.content = None;
        // To be quoted again, whatever its author said.
        let again = self.quotes.of(raw.id).and_then(|quote| self.quotes.quoted(quote));
        if let (Some(Quote::Full { quoted_status, .. }), Some(again)) = (&mut entity.quote, again) {
            *quoted_status = self.post(again, true).map(Box::new);
        }
        Some(entity)
    }

    fn entity<'s>(&'s self, status: &'s model::Status) -> Option<Status<'s>> {
        let Some(original) = status.reblog_of else { return self.post(status, false) };
        let original = self.originals.get(&original)?;
        let mut reblog = self.post(original, false)?;
        let filtered = self.filtered(original, Some(status.id));
        reblog.filtered.clone_from(&filtered); // also what is named by the boost
        // A boost is a status of its own that repeats the text of what it boosts (pitfall 46).
        Some(Status {
            id: Id(status.id),
            uri: &status.uri,
            url: status.url.as_deref(),
            created_at: Time(status.created_at),
            edited_at: None,
            account: self.people.entity(self.me, status.account_id)?,
            content: reblog.content,
            text: None,
            visibility: status.visibility.as_str(),
            sensitive: original.sensitive,
            spoiler_text: &original.spoiler_text,
            language: original.language.as_deref(),
            in_reply_to_id: None,
            in_reply_to_account_id: None,
            media_attachments: Vec::new(),
            mentions: Vec::new(),
            tags: Vec::new(),
            emojis: emoji::all(self.me, &original.emojis),
            card: None,
            poll: None,
            replies_count: original.counts.replies,
            reblogs_count: original.counts.reblogs,
            favourites_count: original.counts.favourites,
            quotes_count: original.counts.quotes,
            reactions: Vec::new(),
            quote: None,
            quote_approval: reblog.quote_approval.clone(),
            application: None,
            marks: reblog.marks,
            filtered,
            pinned: None,
            reblog: Some(Box::new(reblog)),
        })
    }

    /// `quoted`: it stands inside another, and what it quotes in turn is only named.
    fn post<'s>(&'s self, status: &'s model::Status, quoted: bool) -> Option<Status<'s>> {
        let id = status.id;
        let media = self.media.get(&id).into_iter().flatten();
        Some(Status {
            id: Id(id),
            uri: &status.uri,
            url: status.url.as_deref(),
            created_at: Time(status.created_at),
            edited_at: status.edited_at.map(Time),
            account: self.people.entity(self.me, status.account_id)?,
            content: Some(&status.content),
            text: None,
            visibility: status.visibility.as_str(),
            sensitive: status.sensitive,
            spoiler_text: &status.spoiler_text,
            language: status.language.as_deref(),
            in_reply_to_id: status.in_reply_to.map(Id),
            in_reply_to_account_id: status.in_reply_to_account.map(Id),
            reblog: None,
            media_attachments: media.filter_map(|m| media_attachment(self.me, m)).collect(),
            mentions: mention::all(self.mentions.get(&id)),
            tags: tag::of_status(self.me, self.tags.get(&id)),
            emojis: emoji::all(self.me, &status.emojis),
            card: self.card(status),
            poll: self.polls.get(&id).map(|asked| poll(self.me, status, asked, self.viewer)),
            replies_count: status.counts.replies,
            reblogs_count: status.counts.reblogs,
            favourites_count: status.counts.favourites,
            quotes_count: status.counts.quotes,
            reactions: self
                .reactions
                .get(&id)
                .map(Vec::as_slice)
                .unwrap_or_default()
                .iter()
                .filter_map(|one| reaction(self.me, self.viewer, one))
                .collect(),
            quote: self.quote(status, quoted),
            quote_approval: quote::approval(self.viewer, status, self.people.get(status.account_id)?),
            application: status.application.as_deref().map(|name| Application { name, website: None }),
            marks: self.marks(status),
            filtered: self.filtered(status, None),
            pinned: self.pinned(status),
        })
    }

    fn quote<'s>(&'s self, status: &'s model::Status, quoted: bool) -> Option<Quote<'s>> {
        let quote = self.quotes.of(status.id)?;
        let author = |of: &model::Status| self.people.get(of.account_id);
        let (state, shown) = self.quotes.seen(quote, self.viewer, author);
        Some(if quoted {
            Quote::Shallow { state, quoted_status_id: shown.map(|s| Id(s.id)) }
        } else {
            Quote::Full { state, quoted_status: shown.and_then(|s| self.post(s, true)).map(Box::new) }
        })
    }

    fn card<'s>(&'s self, status: &model::Status) -> Option<PreviewCard<'s>> {
        Some(preview_card(self.me, &self.people, self.cards.get(&status.card?)?))
    }

    fn marks(&self, status: &model::Status) -> Option<Marks> {
        let viewer = &status.viewer;
        (self.viewer == Viewer::Owner).then_some(Marks {
            favourited: viewer.favourited_row.is_some(),
            reblogged: viewer.reblogged_by.is_some(),
            muted: viewer.muted,
            bookmarked: viewer.bookmarked_row.is_some(),
        })
    }

    /// What the owner's filters find in a post, or in one that `boost` shows.
    fn filtered(&self, original: &model::Status, boost: Option<StatusId>) -> Option<Vec<FilterResult<'_>>> {
        if self.viewer != Viewer::Owner || self.filters.is_empty() {
            return (self.viewer == Viewer::Owner).then(Vec::new);
        }
        let media = self.media.get(&original.id).into_iter().flatten();
        let options = self.polls.get(&original.id).into_iter().flat_map(model::Poll::titles);
        let beside = media.filter_map(|m| m.description.as_deref()).chain(options);
        Some(filter::results(self.filters.find(original, boost, beside)))
    }

    fn pinned(&self, status: &model::Status) -> Option<bool> {
        let can_be = self.viewer == Viewer::Owner && status.local && status.visibility != Visibility::Direct;
        can_be.then_some(status.viewer.pinned_at.is_some())
    }
}

impl Serialize for Statuses<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

#[cfg(test)]
pub mod tests {
    use super::super::account::tests::me;
    use super::*;
    use serde_json::{Value, json};

    fn shown(viewer: Viewer, list: Vec<model::Status>, originals: Vec<model::Status>) -> Value {
        let me = me();
        let people =
            [1, 2].map(|id| (AccountId(id), model::Account { id: AccountId(id), ..Default::default() }));
        let set = Statuses {
            me: &me,
            viewer,
            list,
            originals: originals.into_iter().map(|s| (s.id, s)).collect(),
            people: People::known(people.into()),
            media: HashMap::new(),
            mentions: HashMap::new(),
            tags: HashMap::new(),
            polls: HashMap::new(),
            reactions: HashMap::new(),
            filters: Matcher::nothing(),
            quotes: Quotes::default(),
            cards: HashMap::new(),
        };
        serde_json::to_value(set).unwrap()
    }

    fn post(id: i64, by: i64) -> model::Status {
        model::Status {
            id: StatusId(id),
            account_id: AccountId(by),
            local: by == 1,
            content: "<p>hi</p>".into(),
            ..model::Status::default()
        }
    }

    #[test]
    fn pitfall_29_keys_that_may_be_null_are_there() {
        let written = &shown(Viewer::Stranger, vec![post(5, 2)], vec![])[0];
        for key in [
            "edited_at",
            "in_reply_to_id",
            "in_reply_to_account_id",
            "reblog",
            "card",
            "poll",
            "language",
            "url",
            "quote",
        ] {
            assert!(written.get(key).is_some_and(Value::is_null), "{key}");
        }
        for list in ["media_attachments", "mentions", "tags", "emojis"] {
            assert_eq!(written[list], json!([]));
        }
    }

    #[test]
    fn pitfall_30_a_stranger_sees_nothing_of_what_the_owner_did() {
        let written = &shown(Viewer::Stranger, vec![post(5, 1)], vec![])[0];
        for key in
            ["favourited", "reblogged", "muted", "bookmarked", "filtered", "pinned", "text", "application"]
        {
            assert!(written.get(key).is_none(), "{key}");
        }
        let written = &shown(Viewer::Owner, vec![post(5, 1), post(6, 2)], vec![]);
        assert_eq!(written[0]["favourited"], json!(false));
        assert_eq!(written[0]["filtered"], json!([]));
        assert_eq!(written[0]["pinned"], json!(false));
        assert!(written[1].get("pinned").is_none());
    }

    #[test]
    fn pitfall_46_a_boost_has_its_own_id_and_the_original_inside() {
        let boost = model::Status { reblog_of: Some(StatusId(5)), ..post(9, 1) };
        let written = &shown(Viewer::Owner, vec![boost], vec![post(5, 2)])[0];
        assert_eq!(written["id"], json!("9"));
        assert_eq!(written["reblog"]["id"], json!("5"));
        assert_eq!(written["content"], written["reblog"]["content"]);
        assert_eq!(written["account"]["id"], json!("1"));
    }
}
