//! The owner blocks whole servers: <https://docs.joinmastodon.org/methods/domain_blocks/>

use super::follows;
use crate::app::App;
use crate::error::{Error, Result};
use crate::remote::webfinger;
use crate::store::{accounts, domain_blocks};

/// Domains that can be blocked; lists of such servers that people hand on have some thousands.
const MOST: i64 = 20_000;
const LETTERS: usize = 255;

/// Blocks a server: ends follows both ways and tells it so, takes away what it notified of, and hides what its
/// people post. Exactly that domain, none below it, as in Mastodon.
///
/// Doing it twice is not an error. Errors: `Invalid` for what is no domain.
pub fn block(app: &App, domain: &str) -> Result<()> {
    let (domain, me) = (checked(app, domain)?, &app.instance);
    app.store.write(|tx| {
        if domain_blocks::count(tx)? >= MOST {
            return Err(Error::invalid("Validation failed: You have reached the maximum number of domains"));
        }
        if !domain_blocks::insert(tx, &domain)?.made() {
            return Ok(());
        }
        for account in domain_blocks::related(tx, &domain)? {
            follows::end_following(tx, me, &account)?;
            follows::end_follower(tx, me, &accounts::get(tx, account.id)?)?;
        }
        domain_blocks::remove_notifications(tx, &domain)
    })
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

/// Doing it twice is not an error. The follows do not come back.
pub fn unblock(app: &App, domain: &str) -> Result<()> {
    let domain = normalised(domain)?;
    app.store.write(|tx| domain_blocks::delete(tx, &domain))?;
    Ok(())
}

/// How many of that server the owner follows, and how many follow the owner: what a block would end.
pub fn preview(app: &App, domain: &str) -> Result<(i64, i64)> {
    let domain = normalised(domain)?;
    app.store.read(|c| domain_blocks::preview(c, &domain))
}

/// As it stands in accounts: lower case, no Unicode.
fn normalised(domain: &str) -> Result<String> {
    let domain = domain.trim().trim_end_matches(['/', '.']);
    if domain.is_empty() {
        return Err(Error::invalid("Validation failed: Domain can't be blank"));
    }
    let found = webfinger::normalise(domain).filter(|d| d.len() <= LETTERS);
    found.ok_or_else(|| Error::invalid("Validation failed: Domain is not a valid domain name"))
}
