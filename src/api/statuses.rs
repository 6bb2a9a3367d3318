//! Statuses, as they are read: <https://docs.joinmastodon.org/methods/statuses/>
//!
//! Writing them is in `posting`, favouriting, boosting and the like in `status_actions`.

use super::answer;
use super::async_refreshes::announce;
use super::entities::status::Statuses;
use super::entities::status_edit::history as versions;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::sort::sort_by_key;
use crate::model::*;
use crate::ops::compose::MIMES;
use crate::ops::posts::typed;
use crate::ops::visibility::{only_visible, visible};
use crate::ops::{backfill, cards};
use crate::store::{accounts, favourites, media, polls, statuses, timelines};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/statuses", batch, Auth::Public),
    get("/api/v1/statuses/{id}", show, Auth::Public),
    get("/api/v1/statuses/{id}/context", context, Auth::Public),
    get("/api/v1/statuses/{id}/history", history, Auth::Public),
    get("/api/v1/statuses/{id}/source", source, Auth::Scope("read:statuses")),
    get("/api/v1/statuses/{id}/reblogged_by", reblogged_by, Auth::Public),
    get("/api/v1/statuses/{id}/favourited_by", favourited_by, Auth::Public),
];

/// Ids in one batch (pitfall 10).
const BATCH: usize = 20;

/// How much of a thread is shown (pitfall 52).
struct Reach {
    ancestors: i64,
    descendants: i64,
    depth: i64,
}

const OWNERS: Reach = Reach { ancestors: 4_096, descendants: 4_096, depth: 4_096 };
const STRANGERS: Reach = Reach { ancestors: 40, descendants: 60, depth: 20 };

#[derive(Deserialize)]
struct Ids {
    #[serde(default, deserialize_with = "lenient::ids")]
    id: Option<Vec<StatusId>>,
}

fn batch(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let mut ids = req.form::<Ids>()?.id.unwrap_or_default();
    ids.truncate(BATCH);
    let me = &app.instance;
    let set = app.store.read(|c| {
        let mut found = statuses::many(c, &ids)?;
        let list = ids.iter().filter_map(|id| found.remove(id)).collect();
        Statuses::load(c, me, viewer, only_visible(c, viewer, me.owner, list)?)
    })?;
    Res::json(&set)
}

fn show(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let status = seen(app, req, viewer)?;
    if viewer == Viewer::Owner {
        cards::opened(app, &status)?;
    }
    answer::status(app, viewer, status)
}

/// The status of the path, for eyes that may see it.
fn seen(app: &App, req: &Req, viewer: Viewer) -> Result<Status> {
    let id = req.id("id")?;
    app.store.read(|c| visible(c, viewer, app.instance.owner, id))
}

#[derive(Serialize)]
struct Context<'a> {
    ancestors: Statuses<'a>,
    descendants: Statuses<'a>,
    /// Not Mastodon's: how complete the thread is, for the owner and once it was filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    taure: Option<Completeness>,
}

/// Replies below the status that are here, and how many there are as far as anybody named them.
#[derive(Serialize)]
struct Completeness {
    replies: usize,
    replies_total: usize,
}

fn context(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let (id, me, now) = (req.id("id")?, &app.instance, app.now());
    let reach = if viewer == Viewer::Owner { OWNERS } else { STRANGERS };
    // What others answered on other servers comes for the owner alone, and stands here the next time.
    let refresh = match viewer {
        Viewer::Owner => backfill::thread_later(app, &seen(app, req, viewer)?)?,
        _ => None,
    };
    let context = app.store.read(|c| {
        let id = visible(c, viewer, me.owner, id).map(|s| s.reblog_of.unwrap_or(s.id))?;
        let load = |list| {
            let seen = only_visible(c, viewer, me.owner, list)?;
            Ok::<_, crate::error::Error>(Statuses::load(c, me, viewer, seen)?.without_hidden(now))
        };
        let below = timelines::descendants(c, id, reach.descendants, reach.depth)?;
        let (replies, owners) = (below.len(), viewer == Viewer::Owner);
        let missing = if owners { statuses::missing_replies(c, id)? } else { None };
        Ok(Context {
            ancestors: load(timelines::ancestors(c, id, reach.ancestors)?)?,
            descendants: load(below)?,
            taure: missing.map(|missing| Completeness {
                replies,
                replies_total: replies + usize::try_from(missing).unwrap_or(0),
            }),
        })
    })?;
    Ok(announce(Res::json(&context)?, refresh))
}

fn history(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let (id, me) = (req.id("id")?, &app.instance);
    let (status, author, current, poll, edits, shown) = app.store.read(|c| {
        let status = visible(c, viewer, me.owner, id)?;
        let edits = statuses::edits(c, status.id)?;
        let current = media::of_statuses(c, &[status.id])?.remove(&status.id).unwrap_or_default();
        let current: Vec<MediaId> = current.iter().map(|m| m.id).collect();
        let ids: Vec<MediaId> = edits.iter().flat_map(|e| &e.media).chain(&current).copied().collect();
        let author = accounts::get(c, status.account_id)?;
        let poll = polls::get(c, status.id)?;
        Ok((status, author, current, poll, edits, media::many(c, &ids)?))
    })?;
    Res::json(&versions(me, &author, &status, &current, poll.as_ref(), &edits, &shown))
}

/// What was typed. Of others only what became of it is known, so its words without the markup.
fn source(app: &App, req: &Req) -> Result<Res> {
    let status = seen(app, req, Viewer::Owner)?;
    let typed = typed(&status);
    let mut source = json!({"id": status.id.to_string(), "text": typed, "spoiler_text": status.spoiler_text});
    if status.markdown {
        source["content_type"] = MIMES[1].into(); // as in GoToSocial; without it a text is plain
    }
    Res::json(&source)
}

fn reblogged_by(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let (status, page) = (seen(app, req, viewer)?, req.page(40));
    // Who passed it on to few is not for everybody to know.
    let up_to = if viewer == Viewer::Owner { Visibility::Private } else { Visibility::Unlisted };
    answer::accounts(app, req, &page, |c| {
        let boosts = timelines::boosts(c, status.id, up_to, &page)?;
        with_accounts(c, boosts.into_iter().map(|(row, id)| (row.0, id)).collect())
    })
}

fn favourited_by(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:statuses")?;
    let (status, page) = (seen(app, req, viewer)?, req.page(40));
    answer::accounts(app, req, &page, |c| {
        let others = favourites::of_status(c, status.id, &page)?;
        let own = status.viewer.favourited_row.map(|row| (row.0, app.instance.owner));
        with_accounts(c, with_own(&page, others, own))
    })
}

/// The owner's own favourite is a column of the status; here it takes its place among the others'.
fn with_own(
    page: &Page,
    mut rows: Vec<(i64, AccountId)>,
    own: Option<(i64, AccountId)>,
) -> Vec<(i64, AccountId)> {
    let (above, below) = page.bounds();
    rows.extend(own.filter(|(row, _)| *row > above && *row < below));
    sort_by_key(&mut rows, |(row, _)| std::cmp::Reverse(*row));
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let extra = rows.len().saturating_sub(limit);
    // A page that reads upwards keeps its lower end, any other its upper one.
    if page.ascending() {
        rows.drain(..extra);
    } else {
        rows.truncate(limit);
    }
    rows
}

fn with_accounts(c: &Connection, rows: Vec<(i64, AccountId)>) -> Result<Vec<(i64, Account)>> {
    let ids: Vec<AccountId> = rows.iter().map(|(_, id)| *id).collect();
    let mut found = accounts::many(c, &ids)?;
    Ok(rows.into_iter().filter_map(|(row, id)| Some((row, found.remove(&id)?))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owners_favourite_takes_its_place_in_the_page() {
        let rows = || vec![(9, AccountId(2)), (5, AccountId(3))];
        let own = Some((7, AccountId(1)));
        let rows_of = |page: &Page, own| -> Vec<i64> {
            with_own(page, rows(), own).into_iter().map(|(row, _)| row).collect()
        };
        assert_eq!(rows_of(&Page::newest(40), own), [9, 7, 5]);
        assert_eq!(rows_of(&Page::newest(2), own), [9, 7]);
        assert_eq!(rows_of(&Page { min_id: Some(4), ..Page::newest(2) }, own), [7, 5]);
        assert_eq!(rows_of(&Page { max_id: Some(7), ..Page::newest(40) }, own), [9, 5]);
        assert_eq!(rows_of(&Page::newest(40), None), [9, 5]);
    }
}
