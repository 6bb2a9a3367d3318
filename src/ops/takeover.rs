//! A domain goes on with Taure in the place of another server: the ids, the key, who follows and is followed, blocks, and
//! the owner's posts at their addresses. What each software keeps is read by a file of its own.

pub mod gotosocial;
pub mod mastodon;
pub mod snac;

use super::deliver::host;
use super::setup::{self, Before, NewInstance};
use crate::error::{Error, Result};
use crate::model::*;
use crate::sig::PrivateKey;
use crate::store::accounts::ProfileChange;
use crate::store::{Store, Tx, accounts, domain_blocks, jobs, relations, statuses};
use crate::text;
use std::collections::BTreeMap;
use url::Url;

/// An actor's path may not be one of these: pages and the API are there.
const TAKEN: &[&str] = &[
    "/actor",
    "/api",
    "/auth",
    "/compose",
    "/emojis",
    "/health",
    "/inbox",
    "/lists",
    "/live",
    "/media",
    "/nodeinfo",
    "/notifications",
    "/oauth",
    "/posts",
    "/search",
    "/settings",
    "/setup",
    "/tags",
    "/users",
];

/// Somebody whom the old server knew.
#[derive(Debug, Default)]
pub struct Person {
    /// What is known of the account; its id at least.
    pub account: Account,
    /// Key ids and PEM.
    pub keys: Vec<(String, String)>,
    /// Follows the owner, or asks to; with the id of the Follow.
    pub follower: Follow,
    pub follower_uri: Option<String>,
    pub followed: Follow,
    pub followed_uri: Option<String>,
    pub blocked: bool,
    pub muted: bool,
    pub blocks_us: bool,
}

/// A post of the owner's.
#[derive(Debug, Default)]
pub struct OldPost {
    /// Its number, where it is one that Taure can go on with.
    pub id: Option<StatusId>,
    pub uri: String,
    pub url: Option<String>,
    /// HTML, not yet safe.
    pub content: String,
    pub text: Option<String>,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub visibility: Visibility,
    pub language: Option<String>,
    pub created_at: Timestamp,
    pub in_reply_to: Option<String>,
    pub pinned: bool,
}

/// Everything that was found of one account of another server.
#[derive(Debug, Default)]
pub struct Old {
    pub software: &'static str,
    pub actor: String,
    pub username: String,
    pub display_name: String,
    /// HTML, not yet safe, and what was typed.
    pub note: (String, String),
    pub locked: bool,
    pub discoverable: bool,
    pub key_id: String,
    pub rsa_pem: String,
    pub people: BTreeMap<String, Person>,
    pub domain_blocks: Vec<String>,
    pub posts: Vec<OldPost>,
}

impl Old {
    pub fn person(&mut self, uri: &str) -> &mut Person {
        let person = self.people.entry(uri.to_owned()).or_default();
        uri.clone_into(&mut person.account.uri);
        person
    }
}

/// What was made of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    pub followers: usize,
    pub following: usize,
    pub blocks: usize,
    pub posts: usize,
    /// Letters to a few people, and what has no date: left behind.
    pub posts_left: usize,
}

/// Makes the account in an empty folder. `domain` is the part after the @ where it is not the host.
///
/// Errors: as [`setup::create`]; `Invalid` for a key or address that cannot go on.
pub fn take_over(
    store: &Store,
    old: &Old,
    domain: Option<String>,
    password: Option<String>,
) -> Result<(Instance, Taken)> {
    let url = Url::parse(&old.actor).map_err(|e| Error::invalid("the account has no address").because(e))?;
    let key_name = old.key_id.strip_prefix(old.actor.as_str()).ok_or_else(|| {
        Error::invalid(format!("the key {} does not stand below {}", old.key_id, old.actor))
    })?;
    PrivateKey::from_pem(&old.rsa_pem).map_err(|e| {
        Error::invalid("the old private key cannot be used: it must be RSA of 2048 bits or more").because(e)
    })?;
    let usual = url.path() == format!("/users/{}", old.username);
    if TAKEN.contains(&url.path()) {
        return Err(Error::invalid(format!("{} is an address that Taure needs itself", old.actor)));
    }
    let before = Before {
        software: old.software,
        actor_path: if usual { String::new() } else { url.path().to_owned() },
        key_name: key_name.to_owned(),
        rsa_pem: old.rsa_pem.clone(),
    };
    let new = NewInstance {
        origin: url.origin().ascii_serialization(),
        domain,
        username: old.username.clone(),
        display_name: text::line(&old.display_name, 100),
        password,
        seed: None,
        recovered: false,
    };
    let taken = std::cell::RefCell::new(Taken::default());
    let instance = setup::create_as(store, &new, Some(&before), &|tx, me| {
        *taken.borrow_mut() = fill(tx, me, old)?;
        Ok(())
    })?;
    Ok((instance, taken.into_inner()))
}

fn fill(tx: &Tx, me: &Instance, old: &Old) -> Result<Taken> {
    let mut taken = Taken::default();
    accounts::update_owner(
        tx,
        &ProfileChange {
            note: Some((text::sanitise(&old.note.0), old.note.1.clone())),
            locked: Some(old.locked),
            discoverable: Some(old.discoverable),
            ..ProfileChange::default()
        },
    )?;
    for domain in &old.domain_blocks {
        let domain = domain.to_ascii_lowercase();
        domain_blocks::put(tx, &ServerBlock { domain, rules: Rules::HIDE, ..ServerBlock::default() })?;
    }
    for person in old.people.values().filter(|person| !me.owns(&person.account.uri)) {
        meet(tx, person, &mut taken)?;
    }
    for post in &old.posts {
        if post.visibility == Visibility::Direct || post.created_at.0 <= 0 {
            taken.posts_left += 1;
        } else {
            write(tx, me, post)?;
            taken.posts += 1;
        }
    }
    Ok(taken)
}

fn meet(tx: &Tx, person: &Person, taken: &mut Taken) -> Result<()> {
    let uri = &person.account.uri;
    let Some(host) = host(uri) else { return Ok(()) };
    let mut account = person.account.clone();
    account.display_name = text::line(&account.display_name, 255);
    account.note = text::sanitise(&account.note);
    account.domain = account.domain.or_else(|| Some(host.clone()));
    if account.url.is_empty() {
        account.url.clone_from(uri);
    }
    if account.username.is_empty() {
        account.username = uri.rsplit('/').find(|part| !part.is_empty()).unwrap_or("unknown").to_owned();
    }
    let id = accounts::upsert_remote(tx, &account)?;
    accounts::set_keys(tx, id, &person.keys)?;
    relations::set_follower(tx, id, person.follower, person.follower_uri.as_deref())?;
    taken.followers += usize::from(person.follower == Follow::Yes);
    if person.followed != Follow::No {
        relations::request_follow(tx, id, person.followed_uri.as_deref().unwrap_or_default())?;
    }
    if person.followed == Follow::Yes {
        relations::follow_accepted(tx, id)?;
        taken.following += 1;
    }
    if person.blocked {
        relations::set_blocking(tx, id, true)?;
        taken.blocks += 1;
    }
    if person.muted {
        relations::mute(tx, id, true, None)?;
    }
    relations::set_blocked_by(tx, id, person.blocks_us)?;
    // What is not known yet is looked up when the server runs, one account of a host after the other.
    jobs::push_if_room(tx, &host, &Job::RefreshAccount { uri: uri.clone() })
}

fn write(tx: &Tx, me: &Instance, post: &OldPost) -> Result<()> {
    let parent = match &post.in_reply_to {
        Some(uri) => statuses::by_uri(tx, uri)?,
        None => None,
    };
    let own_thread = format!("{}/context", post.uri);
    let conversation = parent.as_ref().and_then(|parent| parent.conversation.clone());
    let status = Status {
        id: post.id.unwrap_or_else(|| StatusId::at(post.created_at)),
        uri: post.uri.clone(),
        url: Some(post.url.clone().unwrap_or_else(|| post.uri.clone())),
        account_id: me.owner,
        local: true,
        visibility: post.visibility,
        content: text::sanitise(&post.content),
        text: Some(post.text.clone().filter(|t| !t.is_empty()).unwrap_or_else(|| text::plain(&post.content))),
        spoiler_text: text::plain(&post.spoiler_text),
        sensitive: post.sensitive,
        language: post.language.clone(),
        created_at: post.created_at,
        in_reply_to: parent.as_ref().map(|parent| parent.id),
        in_reply_to_uri: post.in_reply_to.clone(),
        in_reply_to_account: parent.as_ref().map(|parent| parent.account_id),
        conversation: Some(conversation.unwrap_or(own_thread)),
        ..Status::default()
    };
    if statuses::insert(tx, &status, true)?.made() && post.pinned && post.visibility.is_open() {
        statuses::set_pinned(tx, status.id, true)?;
    }
    Ok(())
}
