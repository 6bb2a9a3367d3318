//! Whom to follow: <https://docs.joinmastodon.org/methods/suggestions/>, .../directory/

use super::answer;
use super::entities::account::{Account, Accounts};
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::route::{delete, get};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Viewer;
use crate::store::accounts;
use crate::store::suggestions::{self, Order};
use serde::{Deserialize, Serialize};

const READ: Auth = Auth::Scope("read:accounts");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/suggestions", list_v1, READ).deprecated(1_621_123_200), // 2021-05-16
    get("/api/v2/suggestions", list_v2, READ),
    // Documented with `read`, but it writes, and upstream asks for this.
    delete("/api/v1/suggestions/{id}", dismiss, Auth::Scope("write:accounts")),
    get("/api/v1/directory", directory, Auth::Public),
];

/// <https://docs.joinmastodon.org/entities/Suggestion/>
#[derive(Debug, Serialize)]
struct Suggestion<'a> {
    /// The word before 4.3.
    source: &'static str,
    sources: [&'static str; 1],
    account: Account<'a>,
}

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::number")]
    offset: Option<i64>,
    #[serde(default, deserialize_with = "lenient::filled")]
    order: Option<String>,
    #[serde(default, deserialize_with = "lenient::flag")]
    local: Option<bool>,
}

/// Nobody leafs further.
const FURTHEST: i64 = 10_000;

impl Form {
    fn offset(&self) -> i64 {
        self.offset.unwrap_or(0).clamp(0, FURTHEST)
    }
}

fn found<'a>(app: &'a App, req: &Req) -> Result<Accounts<'a>> {
    let (form, page) = (req.form::<Form>()?, req.page(40));
    app.store.read(|c| {
        let list = suggestions::friends_of_friends(c, app.now(), page.limit, form.offset())?;
        Accounts::new(c, &app.instance, list)
    })
}

fn list_v1(app: &App, req: &Req) -> Result<Res> {
    Res::json(&found(app, req)?)
}

fn list_v2(app: &App, req: &Req) -> Result<Res> {
    let found = found(app, req)?;
    let entities = found.iter().map(|account| Suggestion {
        source: "past_interactions",
        sources: ["friends_of_friends"],
        account,
    });
    Res::json(&entities.collect::<Vec<_>>())
}

/// Somebody who is not known is not suggested either.
fn dismiss(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    app.store.write(|tx| suggestions::dismiss(tx, id))?;
    Ok(Res::empty())
}

/// The owner, if they want to be found. Whom else this server knows is the owner's business: strangers do not
/// read it.
fn directory(app: &App, req: &Req) -> Result<Res> {
    let viewer = answer::viewer(req, "read:accounts")?;
    let (form, page) = (req.form::<Form>()?, req.page(40));
    let order = if form.order.as_deref() == Some("new") { Order::New } else { Order::Active };
    let set = app.store.read(|c| {
        let list = if viewer == Viewer::Owner && form.local != Some(true) {
            suggestions::directory(c, app.now(), order, page.limit, form.offset())?
        } else {
            let owner = accounts::owner(c)?;
            Some(owner).filter(|o| o.discoverable && form.offset() == 0).into_iter().collect()
        };
        Accounts::new(c, &app.instance, list)
    })?;
    Res::json(&set)
}
