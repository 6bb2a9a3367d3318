//! From what the owner typed to what is stored: limits, mentions, hashtags, HTML.

use super::emojis;
use super::posts::original_of;
use super::resolve;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::store::{accounts, statuses};
use crate::text;
use rusqlite::Connection;
use std::borrow::Cow;
use std::time::{Duration, Instant};

/// Characters of a post, as `text::length` counts them.
pub const TEXT_LIMIT: usize = 5_000;
/// Bytes of a post's HTML with its mentions and hashtags, as they travel: Misskey takes no delivery beyond 64 KiB, and what
/// is said of the pictures has to fit in, too. Only a text that is nearly all links comes so far.
const BYTES_LIMIT: usize = 40 * 1024;
/// How a text may be written: plain, or Markdown.
pub const MIMES: [&str; 2] = ["text/plain", "text/markdown"];
/// Pictures of a post.
pub const MEDIA_LIMIT: usize = 4;

/// Unknown people whose servers are asked while the owner waits.
const LOOKUPS: usize = 8;
/// How long the owner waits for them; who is not found by then stays plain text.
const PATIENCE: Duration = Duration::from_secs(8);

/// What was typed, and where it goes.
#[derive(Debug)]
pub struct Draft<'a> {
    pub text: &'a str,
    /// That is Markdown.
    pub markdown: bool,
    pub spoiler_text: &'a str,
    pub media: &'a [MediaId],
    pub in_reply_to: Option<StatusId>,
    pub visibility: Visibility,
    /// It quotes a post, and need say nothing itself.
    pub quotes: bool,
    /// What a poll below it offers.
    pub options: &'a [String],
}

/// What is stored of it.
#[derive(Debug)]
pub struct Composed {
    /// HTML, as Mastodon writes it.
    pub content: String,
    /// Accounts, and whether they are addressed without being named.
    pub mentions: Vec<(AccountId, bool)>,
    /// Key and spelling.
    pub tags: Vec<(String, String)>,
    /// The custom emojis in text, warning and the options of a poll.
    pub emojis: Vec<Emoji>,
}

/// Checks the limits and renders the text. Looks up unknown people on their servers, for a while.
///
/// Errors: `Invalid` in Mastodon's words (pitfall 23); `NotFound` when the answered status is not there.
pub fn compose(app: &App, draft: &Draft) -> Result<Composed> {
    check(draft)?;
    let spoken = if draft.markdown { text::spoken(draft.text).into() } else { Cow::from(draft.text) };
    let found = text::find(&spoken);
    let named = people(app, &found.mentions)?;
    let render = if draft.markdown { text::markdown } else { text::render };
    let content = render(
        draft.text,
        &|mention| {
            let (_, account) = named.iter().find(|(m, _)| m == mention)?;
            Some(text::Resolved { href: account.url.clone(), shown: account.username.clone() })
        },
        &|tag| app.instance.at(&format!("/tags/{}", text::normalise_tag(tag))),
    );
    let mut mentions: Vec<(AccountId, bool)> = Vec::new();
    for (_, account) in &named {
        if !account.is_owner() && !mentions.iter().any(|(id, _)| *id == account.id) {
            mentions.push((account.id, false));
        }
    }
    if let Some(parent) = draft.in_reply_to {
        let author = app.store.read(|c| accounts::get(c, answered(c, parent)?.account_id))?;
        // An answer reaches whom it answers, named or not; a direct one only those who are named.
        let addressed = mentions.iter().any(|(id, _)| *id == author.id);
        if !author.is_owner() && !addressed && draft.visibility != Visibility::Direct {
            mentions.push((author.id, true));
        }
        if draft.visibility.is_open()
            && let Some(group) = app.store.read(|c| group_of(c, parent))?
            && !mentions.iter().any(|(id, _)| *id == group)
        {
            mentions.push((group, true));
        }
    }
    let tags = found.hashtags.iter().map(|t| (text::normalise_tag(t), t.clone())).collect();
    let links = named.iter().map(|(_, account)| 2 * account.uri.len() + account.acct().len());
    let links = links.chain(found.hashtags.iter().map(|tag| 4 * tag.len() + app.instance.origin.len()));
    let quotes = content.bytes().filter(|b| *b == b'"').count(); // a backslash each
    if content.len() + quotes + links.map(|link| link + 80).sum::<usize>() > BYTES_LIMIT {
        return Err(Error::invalid(
            "Validation failed: Text has more links, hashtags and mentions than other servers take",
        ));
    }
    let options = draft.options.iter().map(String::as_str);
    let texts: Vec<&str> = [&*spoken, draft.spoiler_text].into_iter().chain(options).collect();
    let emojis = app.store.read(|c| emojis::used(c, &app.instance, &texts))?;
    Ok(Composed { content, mentions, tags, emojis })
}

/// The community that the answered post stands in: it passes answers on to its members if they are addressed to it, and
/// Lemmy shows no other. One: a post may name any number of them.
fn group_of(c: &Connection, parent: StatusId) -> Result<Option<AccountId>> {
    let addressed = statuses::mentions_of(c, answered(c, parent)?.id)?;
    let ids: Vec<AccountId> = addressed.iter().map(|mention| mention.account_id).collect();
    let known = accounts::many(c, &ids)?;
    let is_group = |id: &AccountId| known.get(id).is_some_and(|account| account.kind == ActorKind::Group);
    Ok(ids.into_iter().find(is_group))
}

/// The post that is answered.
///
/// Errors: `NotFound`, in Mastodon's words for just that.
pub fn answered(c: &Connection, id: StatusId) -> Result<Status> {
    original_of(c, id).map_err(|e| if e.kind == Kind::NotFound { unanswerable() } else { e })
}

pub fn unanswerable() -> Error {
    Error::new(Kind::NotFound, "The post you are trying to reply to does not appear to exist.")
}

/// Errors: `Invalid` for what breaks a limit.
pub fn check(draft: &Draft) -> Result<()> {
    if draft.text.trim().is_empty() && draft.media.is_empty() && !draft.quotes {
        return Err(Error::invalid("Validation failed: Text can't be blank"));
    }
    let length = text::length(draft.text) + draft.spoiler_text.chars().count();
    if length > TEXT_LIMIT {
        return Err(Error::invalid(format!(
            "Validation failed: Text character limit of {TEXT_LIMIT} exceeded"
        )));
    }
    if draft.media.len() > MEDIA_LIMIT {
        return Err(Error::invalid(format!(
            "Validation failed: Cannot attach more than {MEDIA_LIMIT} files"
        )));
    }
    Ok(())
}

/// The accounts behind the mentions, as far as they can be found in time.
fn people(app: &App, mentions: &[text::Mention]) -> Result<Vec<(text::Mention, Account)>> {
    let start = Instant::now();
    let (mut found, mut asked) = (Vec::new(), 0);
    for mention in mentions {
        let domain = mention.domain.as_deref().map(str::to_lowercase);
        let domain = domain.filter(|d| *d != app.instance.domain && *d != app.instance.host);
        let known = app.store.read(|c| accounts::by_acct(c, &mention.username, domain.as_deref()))?;
        let account = match (known, domain) {
            (Some(account), _) => Some(account),
            (None, Some(domain)) if asked < LOOKUPS && start.elapsed() < PATIENCE => {
                asked += 1;
                // A name that leads nowhere is text, and no reason to refuse the post.
                resolve::account_by_handle(app, &mention.username, &domain).ok()
            }
            _ => None,
        };
        found.extend(account.map(|account| (mention.clone(), account)));
    }
    Ok(found)
}
