//! Links of profiles that link back: <https://docs.joinmastodon.org/user/profile/#verification>.
//!
//! A row of a profile that is one link is proven when the page there names the profile in an `<a>` or `<link>`
//! with `rel="me"`. Pages are fetched by a job, one profile at a time, within the caps of every fetch; what a
//! page says is forgotten again: only the time of the proof is kept.

use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::time::{DAY, HOUR};
use crate::model::*;
use crate::remote::Request;
use crate::store::{Tx, accounts, jobs};
use crate::text;
use url::Url;

/// A proof is looked at again after this long.
const PROVEN_FOR: i64 = 30 * DAY;
/// A page that did not link back, or did not answer, is asked again after this long, if somebody looks.
const UNPROVEN_FOR: i64 = 7 * DAY;
/// Pages of one profile that are asked at a time.
const PAGES: usize = 8;
/// Of a page that is only asked where it leads, no more than this is read.
const HEAD_BYTES: u64 = 64 * 1024;

/// Queues a look at the links of a profile, if any is due and nobody asked within the hour.
pub fn check_later(tx: &Tx, app: &App, account: &Account) -> Result<()> {
    let due = account.fields.iter().any(|field| is_due(app, account, field, tx.now));
    // The owner has just pressed a button; others are looked at by whoever opens their profile.
    let name = format!("links of {}", account.id);
    let free = account.is_owner() || !app.recent.is_taken(&name, tx.now, HOUR);
    let job = Job::VerifyLinks { account: account.id };
    if due && free && !account.suspended && !jobs::is_full(tx, &job.lane(""))? {
        app.recent.note(&name, tx.now);
        jobs::push(tx, "", &job)?;
    }
    Ok(())
}

/// As [`check_later`], for a profile that somebody has just opened; writes only when something is due.
pub fn opened(app: &App, account: &Account) -> Result<()> {
    let now = app.now();
    if account.fields.iter().any(|field| is_due(app, account, field, now)) {
        return app.store.write(|tx| check_later(tx, app, account));
    }
    Ok(())
}

fn is_due(app: &App, account: &Account, field: &Field, now: Timestamp) -> bool {
    let kept = if field.verified_at.is_some() { PROVEN_FOR } else { UNPROVEN_FOR };
    let fresh = field.checked_at.is_some_and(|at| now < Timestamp(at).plus(kept));
    !fresh && address(app, account, field).is_some()
}

/// Looks at what is due of a profile. Pages that do not answer leave a proof as it is.
///
/// Errors: our own only.
pub fn check(app: &App, id: AccountId) -> Result<()> {
    let Some(account) = app.store.read(|c| accounts::many(c, &[id]))?.remove(&id) else { return Ok(()) };
    let now = app.now();
    let due = account.fields.iter().filter(|field| is_due(app, &account, field, now));
    let mut looked_at = Vec::new();
    for field in due.take(PAGES) {
        let Some(url) = address(app, &account, field) else { continue };
        let found = links_back(app, &url, &[&account.url, &account.uri]);
        if let Err(e) = &found {
            tracing::debug!(url = url.as_str(), error = %e, "a page of a profile could not be read");
        }
        looked_at.push((field.clone(), found));
    }
    app.store.write(|tx| {
        // It may have changed meanwhile, or gone.
        let Some(now) = accounts::many(tx, &[id])?.remove(&id) else { return Ok(()) };
        let mut fields = now.fields;
        for (before, found) in &looked_at {
            let same = |f: &&mut Field| f.value == before.value && f.text == before.text;
            for field in fields.iter_mut().filter(same) {
                field.checked_at = Some(tx.now.0);
                field.verified_at = match found {
                    Ok(true) => field.verified_at.or(Some(tx.now.0)),
                    Err(e) if e.kind == Kind::Unavailable => field.verified_at,
                    _ => None,
                };
            }
        }
        accounts::set_fields(tx, id, &fields)
    })
}

/// The owner's own proofs are looked at without anybody's asking, once they are old.
pub fn check_own(app: &App) -> Result<()> {
    let owner = app.store.read(accounts::owner)?;
    opened(app, &owner)
}

/// A document that comes again says nothing of proofs: those of the same links stay.
pub fn keep_proofs(fields: &mut [Field], known: &[Field]) {
    for field in fields {
        if let Some(same) = known.iter().find(|k| k.value == field.value) {
            (field.verified_at, field.checked_at) = (same.verified_at, same.checked_at);
        }
    }
}

/// The page that a field names, if it is nothing but an address that we may ask. Mastodon takes https only; a
/// test instance, which speaks http itself, takes that too.
fn address(app: &App, account: &Account, field: &Field) -> Option<Url> {
    let text = if account.is_owner() { field.text.clone() } else { text::sole_link(&field.value)? };
    let url = Url::parse(text.trim()).ok()?;
    let is_ours = app.instance.owns(url.as_str()); // we need no page of ours to know ourselves
    (!is_ours && app.remote.check_url(&url).is_ok()).then_some(url)
}

/// Whether the page at `url` names one of `profiles` as its own. Where its first such link leads elsewhere, a
/// redirect from there counts too, one step: people put short addresses on their pages.
fn links_back(app: &App, url: &Url, profiles: &[&str]) -> Result<bool> {
    super::domain_blocks::check_reach(app, url.as_str())?;
    let answer = app.remote.send(&Request { accept: Some("text/html"), ..Request::get(url) })?.expect_ok()?;
    let media_type = answer.headers.media_type();
    if !matches!(media_type.as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(false);
    }
    let links = text::rel_me(&String::from_utf8_lossy(&answer.body));
    let is_profile = |link: &str| profiles.iter().any(|p| !p.is_empty() && p.eq_ignore_ascii_case(link));
    if links.iter().any(|link| is_profile(link)) {
        return Ok(true);
    }
    let Some(first) = links.first().and_then(|link| answer.url.join(link).ok()) else { return Ok(false) };
    let head = Request { method: "HEAD", follow: false, max_bytes: HEAD_BYTES, ..Request::get(&first) };
    match app.remote.send(&head) {
        Ok(answer) => Ok(answer.headers.get("location").is_some_and(is_profile)),
        // What the page says is known; where its link leads is not.
        Err(_) => Ok(false),
    }
}
