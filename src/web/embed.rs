//! A post in a frame on somebody else's page: small, without scripts, and nothing in it can be pressed but links.
//! The only page of ours that may stand in a frame.

use super::layout::{document, elsewhere};
use super::parts::status::{self, Posts};
use super::parts::text::exact;
use super::parts::{View, account};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{appearance, visibility};
use crate::store::accounts;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[get("/@{name}/{id}/embed", show, Auth::Public)];

/// As a stranger sees it, whoever asks: the frame stands on another site.
fn show(app: &App, req: &Req) -> Result<Res> {
    let id: StatusId = req.id("id")?;
    let (status, owner, posts) = app.store.read(|c| {
        let status = visibility::visible(c, Viewer::Stranger, app.instance.owner, id)?;
        let posts = Posts::load(c, [&status])?;
        Ok((status, accounts::owner(c)?, posts))
    })?;
    if !status.local || status.reblog_of.is_some() || !super::profile::is_own(app, req.param("name")) {
        return Err(Error::not_found());
    }
    let pictures = elsewhere(Some(app));
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data: {pictures}; media-src 'self' {pictures}; base-uri 'none'; \
         form-action 'none'; frame-ancestors *"
    );
    let view = View { app, csrf: None, here: &req.path, now: app.now() };
    Ok(Res::html(page(&view, &owner, &status, &posts).into_string())
        .with("content-security-policy", policy)
        .with("referrer-policy", "same-origin")
        .with("cache-control", "public, max-age=180"))
}

fn page(view: &View, owner: &Account, status: &Status, posts: &Posts) -> Markup {
    let here = status.url.clone().unwrap_or_else(|| status.uri.clone());
    let handle = account::handle(view, owner);
    let head = html! {
        link rel="canonical" href=(here);
        meta name="robots" content="noindex";
        base target="_blank";
    };
    let body = html! {
        main #main {
            h1.hide { (crate::words::fill("profile-embed", &[("name", owner.name().into())])) }
            article.post.focus.h-entry {
                header {
                    div.p-author.h-card.person-in-post {
                        a href=(owner.url) tabindex="-1" aria-hidden="true" { (account::avatar(&view.app.instance, owner)) }
                        div.names {
                            a.u-url href=(owner.url) {
                                bdi.name.p-name { (account::name(&view.app.instance, owner)) }
                                span.acct { (handle) }
                            }
                        }
                    }
                }
                (status::body(view, posts, status, false))
                p.meta { a.u-url href=(here) rel="noopener" { time.dt-published datetime=(status.created_at) { (exact(status.created_at)) } } }
            }
        }
    };
    let look = appearance::look(view.app).for_visitors();
    document(&format!("{} ({handle})", owner.name()), "embed", &look, head, body)
}
