//! What holds for whole servers: <https://docs.joinmastodon.org/methods/domain_blocks/> for what apps may do, and
//! <https://docs.joinmastodon.org/admin/moderation/#server-wide-moderation> for what the owner's pages add.
//!
//! An app blocks exactly a domain, none below it, and hides it. The pages silence, take no media or no reports, or suspend,
//! and mean what is below, too. What each of these does is one function here, which every door asks.

use super::follows;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::remote::webfinger;
use crate::store::{Store, Tx, accounts, blocklists, domain_blocks};
use rusqlite::Connection;

/// Domains that can have rules: some lists that people hand on, together.
pub const MOST: i64 = 200_000;
const LETTERS: usize = 255;
/// Letters of a comment.
const COMMENT: usize = 500;
/// Domains that one transaction looks at.
const BATCH: i64 = 500;

/// Nothing goes in or out of this account's server.
pub fn is_suspended(account: &Account) -> bool {
    account.relation.rules.has(Rules::SUSPEND)
}

/// Of a silenced server only those are heard whom the owner follows; others must ask before they follow, are not told of
/// at once, and stand in no public timeline, search or trend. In SQL it is `timelines::NOT_LIMITED`.
pub fn is_limited(account: &Account) -> bool {
    account.relation.rules.has(Rules::SILENCE) && account.relation.following != Follow::Yes
}

/// Nothing that this account attached, and none of its pictures, is fetched or shown.
///
/// Of what lies at an address: `store::domain_blocks::gives_no_media`.
pub fn is_without_media(account: &Account) -> bool {
    account.relation.rules.has(Rules::NO_MEDIA)
}

/// Reports of this account's server are not taken.
pub fn may_report(account: &Account) -> bool {
    !account.relation.rules.has(Rules::NO_REPORTS)
}

/// Whether nothing may be asked of the host of an address, or sent there.
pub fn is_cut_off(c: &Connection, address: &str) -> Result<bool> {
    Ok(domain_blocks::of_address(c, address)?.has(Rules::SUSPEND))
}

/// Errors: `Forbidden` for an address on a server that the owner suspended: nothing is asked of it.
pub fn check_reach(app: &App, address: &str) -> Result<()> {
    match app.store.read(|c| is_cut_off(c, address))? {
        true => Err(Error::forbidden("You block this server")),
        false => Ok(()),
    }
}

/// Blocks a server as an app does: ends follows both ways and tells it so, takes away what it notified of, and hides what
/// its people post. Exactly that domain, none below it, as in Mastodon.
///
/// Doing it twice is not an error. Errors: `Invalid` for what is no domain.
pub fn block(app: &App, domain: &str) -> Result<()> {
    let domain = checked(app, domain)?;
    app.store.write(|tx| hide_in(tx, &app.instance, &domain))
}

/// As [`block`], as part of something larger, for a domain that was checked.
pub fn hide_in(tx: &Tx, me: &Instance, domain: &str) -> Result<()> {
    let known = domain_blocks::get(tx, domain)?;
    if known.as_ref().is_some_and(|block| block.rules.has(Rules::HIDE) && !block.listed) {
        return Ok(());
    }
    if known.is_none() {
        check_room(tx)?;
    }
    // What holds for all below a name above it holds here, too.
    let above = domain_blocks::rules(tx, domain)?.without(Rules::BELOW);
    let fresh = || ServerBlock { domain: domain.to_owned(), rules: above, ..ServerBlock::default() };
    let block = known.unwrap_or_else(fresh);
    let rules = block.rules.without(Rules::SILENCE).with(Rules::HIDE);
    // What was an exception for all below would be a block of all below.
    let rules = if block.rules.is_exception() { Rules::HIDE } else { rules };
    // What a list hid already is the owner's from now on: the list does not take it back.
    set_in(tx, me, &ServerBlock { rules, listed: false, ..block })
}

/// What the owner decides about a domain. What lists say about it counts no more.
///
/// Errors: `Invalid` for what is no domain, for the owner's own, and for too many.
pub fn set(app: &App, block: &ServerBlock) -> Result<()> {
    let domain = checked(app, &block.domain)?;
    let cut = |text: &str| crate::text::line(text, COMMENT);
    let mut rules = block.rules;
    if rules.has(Rules::SUSPEND) {
        rules = rules.with(Rules::HIDE).without(Rules::SILENCE);
    }
    let block = ServerBlock {
        domain,
        rules,
        comment: cut(&block.comment),
        public_comment: cut(&block.public_comment),
        listed: false,
        ..block.clone()
    };
    app.store.write(|tx| {
        check_room(tx)?;
        blocklists::overrule(tx, &block.domain)?;
        blocklists::remove(tx, &block.domain, blocklists::FILE)?;
        set_in(tx, &app.instance, &block)
    })?;
    settle_all(&app.store, &app.instance)
}

/// As [`set`], as part of something larger; names below the domain wait for [`settle_all`].
pub fn set_in(tx: &Tx, me: &Instance, block: &ServerBlock) -> Result<()> {
    domain_blocks::put(tx, block)?;
    part(tx, me, &block.domain)
}

/// Errors: `Invalid` where there is no room for one more domain.
pub fn check_room(c: &Connection) -> Result<()> {
    match domain_blocks::count(c)? >= MOST {
        true => Err(Error::invalid("Validation failed: You have reached the maximum number of domains")),
        false => Ok(()),
    }
}

/// Ends what is between the owner and a domain, where its rules want that.
fn part(tx: &Tx, me: &Instance, domain: &str) -> Result<()> {
    if !domain_blocks::rules(tx, domain)?.has(Rules::HIDE) {
        return Ok(());
    }
    for account in domain_blocks::related(tx, domain)? {
        follows::end_following(tx, me, &account)?;
        follows::end_follower(tx, me, &accounts::get(tx, account.id)?)?;
    }
    domain_blocks::remove_notifications(tx, domain)
}

/// Brings all accounts in line with the rules, some domains at a time: what is below a domain, and what lists changed.
pub fn settle_all(store: &Store, me: &Instance) -> Result<()> {
    let mut after = String::new();
    loop {
        let domains = store.read(|c| domain_blocks::domains_after(c, &after, BATCH))?;
        let Some(last) = domains.last() else { return Ok(()) };
        for domain in &domains {
            // Most are as they should be, and nobody waits while that is seen.
            if store.read(|c| domain_blocks::unsettled(c, domain))?.is_some() {
                store.write(|tx| match domain_blocks::settle(tx, domain)?.made() {
                    true => part(tx, me, domain),
                    false => Ok(()),
                })?;
            }
        }
        after.clone_from(last);
    }
}

/// The domain as [`block`] takes it, when it does.
///
/// Errors: `Invalid` for what is no domain, and for the owner's own.
pub fn checked(app: &App, domain: &str) -> Result<String> {
    let (domain, me) = (normalised(domain)?, &app.instance);
    if domain == me.domain || domain == me.host {
        return Err(Error::invalid("Validation failed: Domain is your own"));
    }
    Ok(domain)
}

/// Takes back that a domain is hidden, and all else that holds for it. Doing it twice is not an error. The follows do not
/// come back. Lists that name it are not heard about it any more.
pub fn unblock(app: &App, domain: &str) -> Result<()> {
    let domain = normalised(domain)?;
    let hidden =
        app.store.read(|c| domain_blocks::get(c, &domain))?.is_some_and(|b| b.rules.has(Rules::HIDE));
    if hidden { lift(app, &domain) } else { Ok(()) }
}

/// As [`unblock`], whatever holds for the domain.
pub fn lift(app: &App, domain: &str) -> Result<()> {
    let domain = normalised(domain)?;
    app.store.write(|tx| {
        blocklists::overrule(tx, &domain)?;
        domain_blocks::delete(tx, &domain)
    })?;
    settle_all(&app.store, &app.instance)
}

/// How many of that server the owner follows, and how many follow the owner: what an app's block would end.
pub fn preview(app: &App, domain: &str) -> Result<(i64, i64)> {
    let domain = normalised(domain)?;
    app.store.read(|c| domain_blocks::preview(c, &domain))
}

/// The same with all below it: what the owner's block would end.
pub fn losses(app: &App, domain: &str) -> Result<(i64, i64)> {
    let domain = normalised(domain)?;
    Ok(sum_below(&app.store.read(domain_blocks::ties)?, &domain))
}

/// People at a domain and below it whom the owner follows, and who follow the owner.
pub fn sum_below(ties: &[Ties], domain: &str) -> (i64, i64) {
    let below = ties.iter().filter(|ties| domain_blocks::above(&ties.domain).any(|name| name == domain));
    below
        .fold((0, 0), |(following, followers), ties| (following + ties.following, followers + ties.followers))
}

/// As it stands in accounts: lower case, no Unicode.
pub fn normalised(domain: &str) -> Result<String> {
    let domain = domain.trim().trim_end_matches(['/', '.']);
    if domain.is_empty() {
        return Err(Error::invalid("Validation failed: Domain can't be blank"));
    }
    let found = webfinger::normalise(domain).filter(|d| d.len() <= LETTERS);
    found.ok_or_else(|| Error::invalid("Validation failed: Domain is not a valid domain name"))
}

/// A domain as strangers read it who may not know it whole: the middle of its first part in stars, as Mastodon does it.
pub fn obfuscated(domain: &str) -> String {
    let letters: Vec<char> = domain.chars().collect();
    let shown = letters.len() / 4;
    let hide = |(n, c): (usize, &char)| {
        let hidden = n > shown && n < letters.len() - shown && *c != '.';
        if hidden { '*' } else { *c }
    };
    letters.iter().enumerate().map(hide).collect()
}
