//! The owner's leave for an answer to a post that not everybody may answer:
//! <https://docs.gotosocial.org/en/latest/federation/interaction_policy/>

use super::{is_owners, may_read};
use crate::ap::build;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::StatusId;
use crate::store::{interactions, statuses};

pub const ROUTES: &[Route<App>] = &[get("/users/{name}/reply_authorizations/{id}", show, Auth::Public)];

/// It holds as long as both posts are there. Only of posts that anybody may read.
fn show(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    may_read(app, req)?;
    let id: StatusId = req.id("id")?;
    let stamp = app.store.read(|c| {
        let answer = statuses::get(c, id)?;
        let answered = statuses::get(c, answer.in_reply_to.ok_or_else(Error::not_found)?)?;
        let open = answer.visibility.is_open() && answered.visibility.is_open();
        if answer.local || !answered.local || !open || interactions::policy(c, answered.id)?.reply.is_none() {
            return Err(Error::not_found());
        }
        Ok(build::reply_authorization(&app.instance, id, &answer.uri, &answered.uri))
    })?;
    Res::json_as("application/activity+json; charset=utf-8", &stamp)
}
