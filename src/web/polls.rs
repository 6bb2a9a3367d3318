//! The owner votes, with the form below a poll.

use super::parts::back;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::ops::polls;
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[post("/posts/{id}/vote", vote, Auth::Session)];

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::ids")]
    choices: Option<Vec<usize>>,
}

fn vote(app: &App, req: &Req) -> Result<Res> {
    let choices = req.form::<Form>()?.choices.unwrap_or_default();
    if choices.is_empty() {
        return Err(Error::invalid("Choose something first"));
    }
    polls::vote(app, req.id("id")?, &choices)?;
    Ok(Res::see_other(back(req)))
}
