//! The public timeline of another server, looked at on demand: <https://docs.joinmastodon.org/methods/timelines/#public>
//!
//! The list is nobody's word about a post: each is fetched from where it lives, and only public ones are shown.

use super::backfill::parallel;
use super::domain_blocks;
use super::resolve::Errand;
use crate::ap::parse::value::web;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::*;
use crate::remote::Request;
use crate::store::{self, accounts};
use serde_json::Value;
use std::time::{Duration, Instant};
use url::Url;

/// Posts that are looked at.
const POSTS: usize = 20;
/// The owner waits: what is not there by then is left out.
const PATIENCE: Duration = Duration::from_secs(20);

/// What `host` shows to everybody as posts of its own people, newest first.
///
/// Errors: `Invalid` for what is no server, and for our own; `Forbidden` for a blocked one, and where it shows nothing to
/// strangers; `Unavailable`, `BadGateway` as it answers.
pub fn local_posts(app: &App, host: &str) -> Result<Vec<Status>> {
    let host = domain_blocks::checked(app, host)?;
    if app.store.read(|c| store::domain_blocks::has(c, &host))? {
        return Err(Error::forbidden("You block this server"));
    }
    let uris = listed(app, &host)?;
    let (errand, begun) = (Errand::wide(app), Instant::now());
    let found = parallel(&uris, |uri| {
        let late = begun.elapsed() > PATIENCE || app.instance.owns(uri);
        if late { None } else { errand.single(uri).ok() }
    });
    let posts: Vec<Status> = found
        .into_iter()
        .flatten()
        .filter(|post| post.visibility == Visibility::Public && post.reblog_of.is_none())
        .collect();
    let people: Vec<AccountId> = posts.iter().map(|post| post.account_id).collect();
    let people = app.store.read(|c| accounts::many(c, &people))?;
    let heard = |post: &Status| people.get(&post.account_id).is_some_and(|a| !a.relation.hidden(app.now()));
    Ok(posts.into_iter().filter(heard).collect())
}

/// The ids of the posts, as the server lists them.
fn listed(app: &App, host: &str) -> Result<Vec<String>> {
    let url =
        format!("{}://{host}/api/v1/timelines/public?local=true&limit={POSTS}", app.remote.scheme_for(host));
    let url = Url::parse(&url).map_err(|_| Error::invalid("This is no name of a server"))?;
    let answer = app.remote.send(&Request { accept: Some("application/json"), ..Request::get(&url) })?;
    if matches!(answer.status, 401 | 403 | 422) {
        return Err(Error::forbidden("This server shows its public posts to its own people only"));
    }
    let Ok(Value::Array(list)) = serde_json::from_slice(&answer.expect_ok()?.body) else {
        return Err(Error::new(
            Kind::BadGateway,
            "This server does not list its posts in a way that is understood here",
        ));
    };
    let uris = list.iter().filter_map(|post| post.get("uri")?.as_str());
    Ok(uris.filter_map(web).map(str::to_owned).take(POSTS).collect())
}
