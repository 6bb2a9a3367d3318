//! What the owner does to other accounts, and the lists that come of it:
//! <https://docs.joinmastodon.org/methods/accounts/>, .../follow_requests/, .../blocks/, .../mutes/,
//! .../endorsements/

use super::answer;
use super::entities::Time;
use super::entities::account::{MutedAccount, account};
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops::follows::{self, FollowOptions};
use crate::ops::relations as ops;
use crate::store::relations::{self, Relationship};
use crate::text;
use serde::Deserialize;

const FOLLOWS: Auth = Auth::Scope("write:follows");
const BLOCKS: Auth = Auth::Scope("write:blocks");
const MUTES: Auth = Auth::Scope("write:mutes");
const ACCOUNTS: Auth = Auth::Scope("write:accounts");

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/accounts/{id}/follow", follow, FOLLOWS),
    post("/api/v1/accounts/{id}/unfollow", unfollow, FOLLOWS),
    post("/api/v1/accounts/{id}/remove_from_followers", remove_follower, FOLLOWS),
    post("/api/v1/accounts/{id}/block", block, BLOCKS),
    post("/api/v1/accounts/{id}/unblock", unblock, BLOCKS),
    post("/api/v1/accounts/{id}/mute", mute, MUTES),
    post("/api/v1/accounts/{id}/unmute", unmute, MUTES),
    post("/api/v1/accounts/{id}/endorse", endorse, ACCOUNTS),
    post("/api/v1/accounts/{id}/unendorse", unendorse, ACCOUNTS),
    // The names before 4.4, which Phanpy and Mastodon for Android still use.
    post("/api/v1/accounts/{id}/pin", endorse, ACCOUNTS),
    post("/api/v1/accounts/{id}/unpin", unendorse, ACCOUNTS),
    post("/api/v1/accounts/{id}/note", note, ACCOUNTS),
    get("/api/v1/follow_requests", requests, Auth::Scope("read:follows")),
    post("/api/v1/follow_requests/{id}/authorize", authorise, FOLLOWS),
    post("/api/v1/follow_requests/{id}/reject", reject, FOLLOWS),
    get("/api/v1/blocks", blocks, Auth::Scope("read:blocks")),
    get("/api/v1/mutes", mutes, Auth::Scope("read:mutes")),
    get("/api/v1/endorsements", endorsements, Auth::Scope("read:accounts")),
];

#[derive(Deserialize)]
struct Follow {
    #[serde(default, deserialize_with = "lenient::flag")]
    reblogs: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    notify: Option<bool>,
    #[serde(default, deserialize_with = "lenient::texts")]
    languages: Option<Vec<String>>,
}

/// Also changes the options of a follow that is there already.
fn follow(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Follow>()?;
    let languages =
        form.languages.map(|all| all.iter().filter_map(|l| text::language(l)).collect::<Vec<_>>());
    let options = FollowOptions { reblogs: form.reblogs, notify: form.notify, languages };
    answer::relation(app, &follows::follow(app, req.id("id")?, &options)?)
}

fn unfollow(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &follows::unfollow(app, req.id("id")?)?)
}

fn remove_follower(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &follows::reject(app, req.id("id")?)?)
}

fn block(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &ops::block(app, req.id("id")?)?)
}

fn unblock(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &ops::unblock(app, req.id("id")?)?)
}

#[derive(Deserialize)]
struct Mute {
    #[serde(default, deserialize_with = "lenient::flag")]
    notifications: Option<bool>,
    /// Seconds; 0 is for ever (pitfall 101).
    #[serde(default, deserialize_with = "lenient::number")]
    duration: Option<i64>,
}

fn mute(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Mute>()?;
    let (notifications, seconds) = (form.notifications.unwrap_or(true), form.duration.unwrap_or(0));
    answer::relation(app, &ops::mute(app, req.id("id")?, notifications, seconds)?)
}

fn unmute(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &ops::unmute(app, req.id("id")?)?)
}

fn endorse(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &ops::endorse(app, req.id("id")?, true)?)
}

fn unendorse(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &ops::endorse(app, req.id("id")?, false)?)
}

#[derive(Deserialize)]
struct Note {
    #[serde(default, deserialize_with = "lenient::text")]
    comment: Option<String>,
}

fn note(app: &App, req: &Req) -> Result<Res> {
    let comment = req.form::<Note>()?.comment.unwrap_or_default();
    answer::relation(app, &ops::comment(app, req.id("id")?, &comment)?)
}

fn requests(app: &App, req: &Req) -> Result<Res> {
    listed(app, req, Relationship::FollowRequests)
}

fn authorise(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &follows::authorise(app, req.id("id")?)?)
}

fn reject(app: &App, req: &Req) -> Result<Res> {
    answer::relation(app, &follows::reject(app, req.id("id")?)?)
}

fn blocks(app: &App, req: &Req) -> Result<Res> {
    listed(app, req, Relationship::Blocked)
}

fn endorsements(app: &App, req: &Req) -> Result<Res> {
    listed(app, req, Relationship::Endorsed)
}

fn listed(app: &App, req: &Req, which: Relationship) -> Result<Res> {
    let page = req.page(40);
    answer::accounts(app, req, &page, |c| relations::list(c, which, &page))
}

/// Mutes that have run out are left out.
fn mutes(app: &App, req: &Req) -> Result<Res> {
    let (page, now) = (req.page(40), app.now());
    let rows = app.store.read(|c| relations::muted(c, &page, now))?;
    let link = answer::link(app, req, &page, Prev::SinceId, &rows);
    let entities = rows.iter().map(|(_, muted)| MutedAccount {
        account: account(&app.instance, muted),
        mute_expires_at: muted.relation.muting_until.map(Time),
    });
    Ok(Res::json(&entities.collect::<Vec<_>>())?.with_some("link", link))
}
