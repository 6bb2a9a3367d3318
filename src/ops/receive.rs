//! A post of somebody else: whether it is for here, what is stored of it, and whom it concerns.
//!
//! <https://docs.joinmastodon.org/spec/activitypub/#status>. [`prepare`] makes everything safe and looks up
//! who is named, on the network; [`store`] and [`edit`] write, in one transaction.

use super::cards::{self, When};
use super::domain_blocks::is_without_media;
use super::quotes::incoming as quotes;
use super::resolve::{Errand, same_host};
use super::{farewell, home, interactions, notify, polls};
use crate::ap::parse::value::is_public;
use crate::ap::parse::{Incoming, NamedMention, Quoted};
use crate::app::App;
use crate::error::Result;
use crate::model::time::HOUR;
use crate::model::*;
use crate::ops::deliver::host;
use crate::store::home::Place;
use crate::store::{
    Tx, accounts, arrivals, instance, interactions as policies, jobs, media, quotes as quote_rows, statuses,
    strangers, tags,
};
use crate::text;
use rusqlite::Connection;

/// People named in one post whose servers are asked.
const LOOKUPS: usize = 5;
/// Letters of a content warning that are kept.
const WARNING_LETTERS: usize = 500;
/// An older post is no news to the streams.
const NEWS: i64 = 6 * HOUR;

/// How a post came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Its server sent it; `personal` when to the owner's own inbox.
    Delivered { personal: bool },
    /// We went and fetched it: nobody is notified.
    LookedUp,
}

/// A post as it will be stored: safe, and with everybody who is named looked up.
#[derive(Debug)]
pub struct Prepared {
    status: Status,
    author: Account,
    arrival: Arrival,
    mentions: Vec<(AccountId, bool)>,
    /// Key and spelling.
    tags: Vec<(String, String)>,
    media: Vec<Media>,
    /// How many people it names, found or not.
    named: usize,
    /// Addressed, and named or written to directly: the owner should hear of it.
    concerns_owner: bool,
    likes: Option<i64>,
    shares: Option<i64>,
    poll: Option<Poll>,
    quote: Option<Quoted>,
    policy: InteractionPolicy,
    /// What it quotes may be looked up.
    follow_quote: bool,
}

/// Whether a delivered post is for this house: by somebody whom the owner follows, an answer to something
/// known here, or addressed to the owner. Everything else is dropped, as Mastodon does.
pub fn is_relevant(
    c: &Connection,
    me: &Instance,
    post: &Incoming,
    author: &Account,
    personal: bool,
) -> Result<bool> {
    if author.relation.following == Follow::Yes || addresses_owner(me, post) || names_owner(me, post) {
        return Ok(true);
    }
    if let Some(parent) = &post.in_reply_to
        && (me.owns(parent) || statuses::by_uri(c, parent)?.is_some())
    {
        return Ok(true);
    }
    // To the owner's own inbox and to nobody in particular: a blind copy.
    Ok(personal && post.to.is_empty() && post.cc.is_empty())
}

/// Makes a post ready to be stored. `author` wrote it; the caller has checked that.
///
/// Errors: those of the store; people who cannot be found are left out.
pub fn prepare(errand: &Errand<'_>, post: &Incoming, author: &Account, arrival: Arrival) -> Result<Prepared> {
    let app = errand.app;
    let (me, now) = (&app.instance, app.now());
    interactions::check_answer(errand, post, author)?;
    let visibility = visibility(post, author.endpoints.followers.as_deref());
    let mut mentions: Vec<(AccountId, bool)> = Vec::new();
    for account in named(errand, &post.mentions)? {
        add_once(&mut mentions, account, false);
    }
    for account in addressed(app, post)? {
        add_once(&mut mentions, account, true);
    }
    let blind = arrival == Arrival::Delivered { personal: true } && visibility == Visibility::Direct;
    if blind {
        add_once(&mut mentions, me.owner, true);
    }
    let is_named = mentions.contains(&(me.owner, false));
    let is_addressed = addresses_owner(me, post) || blind;
    let published = post.published.unwrap_or(now).clamp(Timestamp(0), now);
    let spoiler_text =
        post.summary.as_deref().map(|s| text::line(&text::plain(s), WARNING_LETTERS)).unwrap_or_default();
    let status = Status {
        id: StatusId::at(published),
        uri: post.uri.clone(),
        // A page elsewhere would pass for somebody else's.
        url: Some(
            post.url.clone().filter(|url| same_host(url, &post.uri)).unwrap_or_else(|| post.uri.clone()),
        ),
        account_id: author.id,
        visibility,
        content: text::sanitise(&post.content),
        sensitive: post.sensitive || !spoiler_text.is_empty(),
        spoiler_text,
        language: post.language.as_deref().and_then(text::language),
        created_at: published,
        edited_at: post.updated.filter(|at| *at > published).map(|at| at.min(now)),
        in_reply_to_uri: post.in_reply_to.clone().filter(|uri| *uri != post.uri),
        conversation: post.conversation.clone(),
        emojis: if is_without_media(author) { Vec::new() } else { post.emojis.clone() },
        counts: StatusCounts {
            favourites: post.likes.unwrap_or(0),
            reblogs: post.shares.unwrap_or(0),
            ..StatusCounts::default()
        },
        quote_policy: quote_policy(post, author),
        ..Status::default()
    };
    Ok(Prepared {
        policy: post.policy.clone(),
        status,
        author: author.clone(),
        arrival,
        concerns_owner: is_addressed && (is_named || visibility == Visibility::Direct),
        named: post.mentions.len(),
        mentions,
        tags: hashtags(&post.hashtags),
        media: match is_without_media(author) {
            true => Vec::new(),
            false => post.media.iter().map(|m| tidy_media(m, published)).collect(),
        },
        likes: post.likes,
        shares: post.shares,
        poll: post.poll.as_ref().map(|question| polls::read(question, now)),
        quote: post.quote.clone(),
        follow_quote: errand.follows_quotes(),
    })
}

fn quote_policy(post: &Incoming, author: &Account) -> QuotePolicy {
    let (followers, following) = (&author.endpoints.followers, &author.endpoints.following);
    post.can_quote.policy(&author.uri, followers.as_deref(), following.as_deref())
}

/// Stores a post. `None` when it is known or was deleted: then nothing is done.
pub fn store(tx: &Tx, post: &Prepared) -> Result<Option<Status>> {
    let mut status = post.status.clone();
    let taken_back = farewell::forestalled(tx, &post.author.uri, &status.uri)?.is_some();
    if taken_back || statuses::buried(tx, &status.uri)?.is_some() {
        return Ok(None);
    }
    let parent = match &status.in_reply_to_uri {
        Some(uri) => statuses::by_uri(tx, uri)?.filter(|p| p.reblog_of.is_none()),
        None => None,
    };
    if let Some(parent) = &parent {
        status.in_reply_to = Some(parent.id);
        status.in_reply_to_account = Some(parent.account_id);
        // Many servers write times to the second only: an answer stands above what it answers all the same.
        if status.id < parent.id && status.created_at.seconds() == parent.created_at.seconds() {
            status.id = StatusId::at(parent.created_at.plus(1));
        }
        status.conversation = status.conversation.or_else(|| parent.conversation.clone());
    }
    if status.visibility == Visibility::Direct {
        status.conversation = Some(letters_of(tx, &status, parent.as_ref())?);
    }
    let place = home::of_post(tx, &status, &post.author, &post.tags)?;
    let from = host(&post.author.uri).unwrap_or_default();
    let to_owner = post.concerns_owner && post.arrival != Arrival::LookedUp;
    if post.author.relation.following != Follow::Yes && arrivals::is_full_of_posts(tx, &from, to_owner)? {
        return Ok(None);
    }
    if !statuses::insert_at(tx, &status, place)?.made() {
        return Ok(None);
    }
    arrivals::count(tx, &from, 0, 1)?;
    attach(tx, status.id, post)?;
    policies::set_policy(tx, status.id, &post.policy)?;
    polls::told(tx, status.id, post.poll.as_ref(), true)?;
    if let Some(quoted) = &post.quote {
        quotes::receive(tx, &status, quoted, post.follow_quote)?;
    }
    quotes::adopt(tx, &status)?;
    match &parent {
        Some(parent) => {
            if parent.viewer.muted {
                statuses::set_thread_muted(tx, status.id, true)?;
            }
            tx.after_commit(Event::StatusChanged(parent.id));
            if let (Some(me), Arrival::Delivered { .. }) = (instance::get(tx)?, post.arrival) {
                interactions::approve(tx, &me, parent, &status, &post.author)?;
            }
        }
        None => fetch_parent_later(tx, post)?,
    }
    let status = statuses::get(tx, status.id)?;
    if let Arrival::Delivered { .. } = post.arrival {
        tell_owner(tx, post, &status, parent.as_ref())?;
        if status.created_at > tx.now.plus(-NEWS) {
            tx.after_commit(Event::StatusCreated(status.id));
        }
    }
    // Of what lies on the shelf nobody asks for the pages that it leads to, until somebody looks.
    let wanted = place != Place::NOWHERE || post.concerns_owner && post.arrival != Arrival::LookedUp;
    if wanted && !(post.concerns_owner && strangers::is_shelved(tx, status.id)?) {
        cards::attach_later(tx, &status, When::Spread)?;
    }
    Ok(Some(status))
}

/// A new version of a post that is known, if it is newer; its counts in any case, since Mastodon sends
/// those as an Update, too.
///
/// Somebody else's post is left alone.
pub fn edit(tx: &Tx, before: &Status, post: &Prepared) -> Result<()> {
    if before.account_id != post.author.id || before.local {
        return Ok(());
    }
    statuses::set_tallies(tx, before.id, post.likes, post.shares)?;
    statuses::set_quote_policy(tx, before.id, post.status.quote_policy)?;
    policies::set_policy(tx, before.id, &post.policy)?;
    tx.after_commit(Event::StatusChanged(before.id));
    let newer = post.status.edited_at.is_some_and(|at| at > before.edited_at.unwrap_or(before.created_at));
    quotes::edit(tx, before, post.quote.as_ref(), newer, post.follow_quote)?;
    if !newer {
        if polls::told(tx, before.id, post.poll.as_ref(), false)?.made() {
            tx.after_commit(Event::StatusEdited(before.id));
        }
        return Ok(());
    }
    let after = Status {
        content: post.status.content.clone(),
        spoiler_text: post.status.spoiler_text.clone(),
        sensitive: post.status.sensitive,
        language: post.status.language.clone(),
        emojis: post.status.emojis.clone(),
        url: post.status.url.clone(),
        edited_at: post.status.edited_at,
        ..before.clone()
    };
    let me = accounts::owner(tx)?.id;
    let was_named = statuses::is_mentioned(tx, before.id, me)?;
    statuses::edit(tx, before, &after)?;
    polls::told(tx, before.id, post.poll.as_ref(), true)?;
    tx.after_commit(Event::StatusEdited(before.id));
    media::clear(tx, before.id)?;
    attach(tx, before.id, post)?;
    cards::renew(tx, before, &after, When::Spread)?;
    if post.concerns_owner && !was_named {
        notify::mention(tx, &post.author, &after, post.named)?;
    }
    if before.viewer.reblogged_by.is_some() {
        notify::notify(tx, NotificationKind::Update, &post.author, Some(&after))?;
    }
    // It is about the owner's own post, which shows what was edited.
    for quoting in quote_rows::accepted_by(tx, before.id, me)? {
        let quoting = statuses::get(tx, quoting)?;
        notify::notify(tx, NotificationKind::QuotedUpdate, &post.author, Some(&quoting))?;
    }
    Ok(())
}

fn attach(tx: &Tx, id: StatusId, post: &Prepared) -> Result<()> {
    statuses::set_mentions(tx, id, &post.mentions)?;
    tags::set(tx, id, &post.tags)?;
    for (position, media) in (0_i64..).zip(&post.media) {
        let row = Media { id: MediaId::at(tx.now), status_id: Some(id), ..media.clone() };
        media::insert(tx, &row, position)?;
    }
    Ok(())
}

/// The conversation that a letter belongs to: its parent's, if the sender takes part in that; else one of the
/// sender's own server. A stranger must not be able to lay a letter among somebody else's.
fn letters_of(tx: &Tx, letter: &Status, parent: Option<&Status>) -> Result<String> {
    if let Some(parent) = parent
        && let Some(conversation) = &parent.conversation
        && (parent.account_id == letter.account_id
            || statuses::is_mentioned(tx, parent.id, letter.account_id)?)
    {
        return Ok(conversation.clone());
    }
    let own = letter.conversation.as_ref().filter(|uri| same_host(uri, &letter.uri));
    Ok(own.unwrap_or(&letter.uri).clone())
}

/// A delivered answer to something unknown: the thread above it is fetched in the background, and tied to
/// it when it comes.
fn fetch_parent_later(tx: &Tx, post: &Prepared) -> Result<()> {
    let Some(parent) = &post.status.in_reply_to_uri else { return Ok(()) };
    if post.arrival == Arrival::LookedUp || statuses::buried(tx, parent)?.is_some() {
        return Ok(());
    }
    match host(parent) {
        Some(host) => jobs::push_if_room(tx, &host, &Job::FetchStatus { uri: parent.clone() }),
        None => Ok(()),
    }
}

/// A mention, or news of somebody whose bell is on; the bell does not ring for answers to others.
fn tell_owner(tx: &Tx, post: &Prepared, status: &Status, parent: Option<&Status>) -> Result<()> {
    if post.concerns_owner {
        return notify::mention(tx, &post.author, status, post.named);
    }
    let relation = &post.author.relation;
    let own_thread =
        status.in_reply_to_uri.is_none() || parent.is_some_and(|p| p.account_id == status.account_id);
    let rings = relation.notify && relation.following == Follow::Yes && own_thread;
    if rings && status.visibility != Visibility::Direct {
        notify::notify(tx, NotificationKind::Status, &post.author, Some(status))?;
    }
    Ok(())
}

/// Public in `to`, unlisted in `cc`, the author's followers, or else whoever is addressed. The followers'
/// collection is the one that the author's document names, and no guess.
pub fn visibility(post: &Incoming, followers: Option<&str>) -> Visibility {
    let is_followers = |uri: &String| Some(uri.as_str()) == followers;
    if post.to.iter().any(|uri| is_public(uri)) {
        Visibility::Public
    } else if post.cc.iter().any(|uri| is_public(uri)) {
        Visibility::Unlisted
    } else if post.to.iter().chain(&post.cc).any(is_followers) {
        Visibility::Private
    } else {
        Visibility::Direct
    }
}

fn addresses_owner(me: &Instance, post: &Incoming) -> bool {
    let actor = me.actor();
    post.to.iter().chain(&post.cc).any(|uri| *uri == actor)
}

fn names_owner(me: &Instance, post: &Incoming) -> bool {
    post.mentions.iter().any(|m| is_owner(me, m))
}

/// By id, by page, or by name where there is no address.
fn is_owner(me: &Instance, mention: &NamedMention) -> bool {
    match &mention.href {
        Some(href) => *href == me.actor() || href.eq_ignore_ascii_case(&me.at(&format!("/@{}", me.username))),
        None => {
            let name = mention.name.trim_start_matches('@');
            let on = |domain: &str| name.eq_ignore_ascii_case(&format!("{}@{domain}", me.username));
            on(&me.domain) || on(&me.host)
        }
    }
}

/// The accounts behind Mention tags. Their servers are asked about a few that are not known.
fn named(errand: &Errand<'_>, mentions: &[NamedMention]) -> Result<Vec<AccountId>> {
    let app = errand.app;
    let (mut found, mut asked) = (Vec::new(), 0);
    for mention in mentions {
        if is_owner(&app.instance, mention) {
            found.push(app.instance.owner);
            continue;
        }
        let known = app.store.read(|c| match &mention.href {
            Some(href) => Ok(accounts::by_uri(c, href)?.or(accounts::by_url(c, href)?)),
            None => match mention.name.trim_start_matches('@').split_once('@') {
                Some((username, domain)) => accounts::by_acct(c, username, Some(domain)),
                None => Ok(None),
            },
        })?;
        let account = match (known, &mention.href) {
            (Some(account), _) => Some(account),
            (None, Some(href)) if asked < LOOKUPS => {
                asked += 1;
                errand.account(href).ok()
            }
            _ => None,
        };
        found.extend(account.map(|a| a.id));
    }
    Ok(found)
}

/// The known accounts among `to` and `cc`: they may read it, named or not.
fn addressed(app: &App, post: &Incoming) -> Result<Vec<AccountId>> {
    app.store.read(|c| {
        let mut found = Vec::new();
        for uri in post.to.iter().chain(&post.cc).filter(|uri| !is_public(uri)) {
            found.extend(accounts::by_uri(c, uri)?.map(|a| a.id));
        }
        Ok(found)
    })
}

fn add_once(mentions: &mut Vec<(AccountId, bool)>, account: AccountId, silent: bool) {
    if !mentions.iter().any(|(known, _)| *known == account) {
        mentions.push((account, silent));
    }
}

/// Key and spelling of each tag, once.
/// Key and spelling of each.
pub fn hashtags(names: &[String]) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for name in names {
        let spelling = text::line(name.trim().trim_start_matches(['#', '＃']), 100);
        let key = text::normalise_tag(&spelling);
        // Digits or the rest of an emoji are no hashtag, as in Mastodon.
        if key.chars().any(char::is_alphabetic) && !found.iter().any(|(known, _)| *known == key) {
            found.push((key, spelling));
        }
    }
    found
}

/// As it may be stored.
pub fn tidy_media(media: &Media, at: Timestamp) -> Media {
    let description = media.description.as_deref().map(|d| text::lines(d, 1_500));
    Media { description: description.filter(|d| !d.is_empty()), created_at: at, ..media.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::PUBLIC;

    fn post(to: &[&str], cc: &[&str]) -> Incoming {
        let list = |uris: &[&str]| uris.iter().map(|u| (*u).to_owned()).collect();
        Incoming { to: list(to), cc: list(cc), ..Incoming::default() }
    }

    fn author() -> Account {
        let mut author = Account::default();
        author.endpoints.followers = Some("https://a.example/f/1".to_owned());
        author
    }

    #[test]
    fn visibility_follows_from_the_addresses() {
        let author = author();
        for (to, cc, expected) in [
            (&[PUBLIC][..], &["https://a.example/f/1"][..], Visibility::Public),
            (&["https://a.example/f/1"], &["as:Public"], Visibility::Unlisted),
            (&["https://a.example/f/1"], &[], Visibility::Private),
            (&["https://b.example/u"], &["https://a.example/f/1"], Visibility::Private),
            (&["https://b.example/u"], &[], Visibility::Direct),
            (&["https://a.example/u/followers"], &[], Visibility::Direct),
            (&[], &[], Visibility::Direct),
        ] {
            assert_eq!(
                visibility(&post(to, cc), author.endpoints.followers.as_deref()),
                expected,
                "{to:?} {cc:?}"
            );
        }
    }

    #[test]
    fn a_hashtag_is_one_however_it_is_written() {
        let names = ["#Rīga".to_owned(), "rīga".to_owned(), "# ".to_owned(), "<b>".to_owned()];
        let found = hashtags(&names);
        assert_eq!(found[0], ("rīga".to_owned(), "Rīga".to_owned()));
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
