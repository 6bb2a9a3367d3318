//! Webhooks: addresses of the owner's that are told of posts and notifications, in Mastodon's form
//! (<https://docs.joinmastodon.org/admin/webhooks/>). `worker::webhook` sends.

use super::deliver::host;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store::{self, Tx, jobs, secret, webhooks};
use url::Url;

/// Each is told everything that happens.
const MOST: usize = 10;

/// Tells `url` of `posts`, of `notifications` or of both from now on; one that is there changes.
///
/// Errors: `Invalid` for an address that is none, nothing to tell of, or more than ten.
pub fn add(app: &App, url: &str, posts: bool, notifications: bool) -> Result<()> {
    let url = Url::parse(url.trim())
        .ok()
        .filter(|url| app.remote.check_url(url).is_ok())
        .ok_or_else(|| Error::invalid("This is no address: it must begin with https://"))?;
    if !posts && !notifications {
        return Err(Error::invalid("Choose what it is told of"));
    }
    let secret = secret::fresh()?;
    app.store.write(|tx| {
        let there = webhooks::list(tx)?;
        if there.len() >= MOST && !there.iter().any(|hook| hook.url == url.as_str()) {
            return Err(Error::invalid("There can be 10 webhooks"));
        }
        webhooks::insert(tx, url.as_str(), &secret, posts, notifications)
    })
}

pub fn remove(app: &App, id: RowId) -> Result<()> {
    app.store.write(|tx| webhooks::delete(tx, id))
}

/// Tells it a word, to see whether it arrives.
///
/// Errors: `NotFound`.
pub fn test(app: &App, id: RowId) -> Result<()> {
    app.store.write(|tx| {
        let hook = webhooks::get(tx, id)?.ok_or_else(Error::not_found)?;
        queue(tx, &hook, About::Test)
    })
}

/// Queues what happened for each that wants it, in the transaction that makes it happen.
pub fn tell(tx: &Tx, about: About) -> Result<()> {
    for hook in webhooks::list(tx)? {
        let wanted = match about {
            About::Post(_) => hook.posts,
            About::Notification(_) => hook.notifications,
            About::Test => true,
        };
        if wanted {
            queue(tx, &hook, about)?;
        }
    }
    Ok(())
}

fn queue(tx: &Tx, hook: &store::webhooks::Webhook, about: About) -> Result<()> {
    let host = host(&hook.url).unwrap_or_default();
    jobs::push_if_room(tx, &host, &Job::Webhook { hook: hook.id, about })
}
