//! Servers that the owner blocks: <https://docs.joinmastodon.org/methods/domain_blocks/>

use super::answer;
use crate::app::App;
use crate::error::Result;
use crate::http::lenient;
use crate::http::paging::Prev;
use crate::http::route::{delete, get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::ServerBlock;
use crate::ops::domain_blocks as ops;
use crate::store::{domain_blocks, secret};
use serde::Deserialize;
use serde_json::json;

const WRITE: Auth = Auth::Scope("write:blocks");

pub const ROUTES: &[Route<App>] = &[
    get("/api/v1/domain_blocks", index, Auth::Scope("read:blocks")),
    post("/api/v1/domain_blocks", block, WRITE),
    delete("/api/v1/domain_blocks", unblock, WRITE),
    get("/api/v1/domain_blocks/preview", preview, WRITE),
    get("/api/v1/instance/domain_blocks", published, Auth::Public),
];

fn index(app: &App, req: &Req) -> Result<Res> {
    let page = req.page(100);
    let rows = app.store.read(|c| domain_blocks::list(c, &page))?;
    let link = answer::link(app, req, &page, Prev::SinceId, &rows);
    let domains: Vec<String> = rows.into_iter().map(|(_, domain)| domain).collect();
    Ok(Res::json(&domains)?.with_some("link", link))
}

/// A DELETE carries it in the body or in the query (pitfall 13).
#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::text")]
    domain: Option<String>,
}

fn domain(req: &Req) -> Result<String> {
    Ok(req.form::<Form>()?.domain.unwrap_or_default())
}

fn block(app: &App, req: &Req) -> Result<Res> {
    ops::block(app, &domain(req)?)?;
    Ok(Res::empty())
}

fn unblock(app: &App, req: &Req) -> Result<Res> {
    ops::unblock(app, &domain(req)?)?;
    Ok(Res::empty())
}

fn preview(app: &App, req: &Req) -> Result<Res> {
    let (following, followers) = ops::preview(app, &domain(req)?)?;
    Res::json(&json!({"following_count": following, "followers_count": followers}))
}

/// Rows of the public list.
const PUBLISHED: i64 = 5_000;

/// What the owner chose to tell: <https://docs.joinmastodon.org/entities/DomainBlock/>
fn published(app: &App, _: &Req) -> Result<Res> {
    let blocks = app.store.read(|c| domain_blocks::published(c, PUBLISHED))?;
    let row = |block: &ServerBlock| {
        let name = if block.obfuscate { ops::obfuscated(&block.domain) } else { block.domain.clone() };
        let digest = secret::digest(&block.domain);
        json!({"domain": name, "digest": digest, "severity": block.rules.severity(), "comment": block.public_comment})
    };
    Res::json(&blocks.iter().map(row).collect::<Vec<_>>())
}
