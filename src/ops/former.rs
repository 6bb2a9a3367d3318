//! Addresses of the server whose domain was taken over: each leads to where the same thing stands now. Others remember
//! them for ever, and so does this house.

use crate::app::App;
use crate::error::Result;
use crate::model::*;
use crate::store::{accounts, statuses};
use rusqlite::Connection;

/// What may follow the address of a post: `/replies/after/5`.
const BEHIND: usize = 3;

/// Where a path leads if it is one of the server that was here before. `None`: it is looked up as it is.
pub fn path(app: &App, path: &str) -> Result<Option<String>> {
    let me = &app.instance;
    if me.came_from.is_none() {
        return Ok(None);
    }
    let page = format!("/@{}", me.username);
    let actor = match me.actor_path.as_str() {
        "" => format!("/users/{}", me.username),
        path => path.to_owned(),
    };
    if let Some(rest) = below(path, &actor) {
        let found = if rest.len() > 1 { app.store.read(|c| post(c, me, path))? } else { None };
        return Ok(Some(found.unwrap_or_else(|| format!("/users/{}{rest}", me.username))));
    }
    if below(path, &page).is_some_and(|rest| rest.len() > 1) {
        return app.store.read(|c| post(c, me, path));
    }
    // GoToSocial's, and snac's: below the prefix under which it lived.
    let shared = path.ends_with("/sharedInbox") || path.ends_with("/shared-inbox");
    Ok(shared.then(|| "/inbox".to_owned()))
}

fn below<'a>(path: &'a str, head: &str) -> Option<&'a str> {
    path.strip_prefix(head).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An own post by its id or page, with what follows.
fn post(c: &Connection, me: &Instance, path: &str) -> Result<Option<String>> {
    let path = path.trim_end_matches('/');
    let mut head = path;
    for _ in 0..=BEHIND {
        let (address, rest) = (me.at(head), &path[head.len()..]);
        if let Some(found) = statuses::by_uri(c, &address)?.filter(|s| s.local) {
            return Ok(Some(format!("/users/{}/statuses/{}{rest}", me.username, found.id)));
        }
        if let Some(found) = statuses::by_url(c, &address)?.filter(|s| s.local) {
            return Ok(Some(format!("/@{}/{}{rest}", me.username, found.id)));
        }
        let Some((shorter, _)) = head.rsplit_once('/') else { break };
        head = shorter;
    }
    Ok(None)
}

/// After a take-over: who knows the old server hears of the new key beside the old one, and of what else is new.
pub fn announce(app: &App) -> Result<()> {
    app.store.write_durably(|tx| super::profile::broadcast(tx, app, &accounts::owner(tx)?))
}
