//! Hashtag pages that other servers show to everybody, read once an hour for each followed hashtag: by the API of
//! Mastodon and of all who speak it (<https://docs.joinmastodon.org/methods/timelines/#tag>), else by RSS.
//!
//! A page is nobody's word about a post: each is fetched from where it lives.

use super::{followed_names, has_room, is_wanted};
use crate::ap::parse::value::web;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::{HOUR, MINUTE};
use crate::model::*;
use crate::ops::domain_blocks::check_reach;
use crate::ops::resolve::Errand;
use crate::remote::Request;
use crate::store::{jobs, sources, statuses};
use serde_json::Value;
use url::Url;

/// Posts of one hashtag that are fetched each time.
const POSTS: usize = 20;

/// Its hour has come: one look-up a followed hashtag, and the next hour.
pub fn ask(app: &App, id: SourceId) -> Result<()> {
    app.store.write(|tx| {
        let Some(source) = sources::list(tx)?.into_iter().find(|s| s.id == id) else { return Ok(()) };
        for tag in followed_names(tx)? {
            jobs::push_if_room(tx, &source.address, &Job::ReadTag { source: id, tag })?;
        }
        // Not everybody at the same minute.
        let apart = (id.0 >> 16).rem_euclid(10) * MINUTE;
        jobs::set_alarm(tx, &Job::ReadTags { source: id }, tx.now.plus(HOUR + apart))
    })
}

/// Reads one page. Errors: those of the store; what the other server does wrong is noted with the source.
pub fn read(app: &App, id: SourceId, tag: &str) -> Result<()> {
    let Some(source) = app.store.read(sources::list)?.into_iter().find(|s| s.id == id) else {
        return Ok(());
    };
    let named = match addresses(app, &source.address, tag) {
        Ok(named) => named,
        Err(e) => return app.store.write(|tx| sources::asked(tx, id, Some(&e.public))),
    };
    let errand = Errand::wide(app);
    for address in named.iter().take(POSTS) {
        if errand.is_spent() {
            break;
        }
        match take(&errand, &source, address) {
            Ok(true) => app.store.write(|tx| sources::took(tx, id))?,
            Ok(false) => (),
            Err(e) => tracing::debug!(address, error = %e, "a post of a hashtag page was left out"),
        }
    }
    app.store.write(|tx| sources::asked(tx, id, None))
}

fn take(errand: &Errand<'_>, source: &Source, address: &str) -> Result<bool> {
    let app = errand.app;
    let known = app
        .store
        .read(|c| Ok(statuses::by_uri(c, address)?.is_some() || statuses::by_url(c, address)?.is_some()))?;
    if app.instance.owns(address) || known || !has_room(app, source.id) {
        return Ok(false);
    }
    let post = errand.post_at(address)?;
    let wanted = app.store.read(|c| is_wanted(c, source, &post))?;
    if wanted {
        errand.keep_post(&post)?;
    }
    Ok(wanted)
}

/// Where the posts of a hashtag are, as the server lists them.
fn addresses(app: &App, host: &str, tag: &str) -> Result<Vec<String>> {
    let at = |path: &[&str]| -> Result<Url> {
        let base = format!("{}://{host}/", app.remote.scheme_for(host));
        let mut url = Url::parse(&base).map_err(Error::internal)?;
        url.path_segments_mut().map_err(|()| Error::not_found())?.pop_if_empty().extend(path);
        Ok(url)
    };
    check_reach(app, at(&[])?.as_str())?;
    let mut api = at(&["api", "v1", "timelines", "tag", tag])?;
    api.set_query(Some("limit=40"));
    let answer = app.remote.send(&Request { accept: Some("application/json"), ..Request::get(&api) })?;
    if answer.status == 200
        && let Ok(Value::Array(list)) = serde_json::from_slice(&answer.body)
    {
        let uris = list.iter().filter_map(|post| post.get("uri")?.as_str());
        return Ok(uris.filter_map(web).map(str::to_owned).collect());
    }
    let rss = at(&["tags", &format!("{tag}.rss")])?;
    let answer = app.remote.send(&Request { accept: Some("application/rss+xml"), ..Request::get(&rss) })?;
    Ok(guids(&String::from_utf8_lossy(&answer.expect_ok()?.body)))
}

/// The `<guid>`s of a feed: <https://www.rssboard.org/rss-specification#ltguidgtSubelementOfLtitemgt>
fn guids(feed: &str) -> Vec<String> {
    let items = feed.split("<guid").skip(1).take(100);
    items
        .filter_map(|item| item.split_once('>')?.1.split_once("</guid>").map(|(guid, _)| guid.trim()))
        .filter_map(web)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_names_its_posts() {
        let feed = "<rss><channel><link>https://b.test/tags/x</link>
            <item><guid isPermaLink=\"true\">https://b.test/@bob/1</guid><link>https://b.test/@bob/1</link></item>
            <item><guid>\n https://c.test/@carol/2 </guid></item><item><guid>tag:none</guid></item><guid></rss>";
        assert_eq!(guids(feed), ["https://b.test/@bob/1", "https://c.test/@carol/2"]);
    }
}
