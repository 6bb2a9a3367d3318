//! What this place is, for whoever wonders.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::accounts;
use maud::html;

pub const ROUTES: &[Route<App>] = &[get("/about", show, Auth::Public)];

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let me = app.store.read(accounts::owner)?;
    let body = html! {
        div.card.stack {
            h1 { (app.instance.domain) }
            p {
                "The home of one person in the fediverse. You can read here what is public, and follow "
                b { (account::handle(&view, &me)) }
                " from Mastodon or any other server of that kind: search there for this name."
            }
            div.person { (account::names(&view, &me)) }
        }
        div.card.stack {
            h2 { "What is kept about you" }
            p {
                "Visitors get no cookie, are not counted, and load no script of others. "
                @if app.config.hotlink { "Pictures of people on other servers may come from there. " }
                @else { "Pictures of people on other servers come through this one, so theirs do not learn of you. " }
                "If you follow or write to this account, its server keeps "
                "what yours sends: your public profile and the posts that are addressed to it. More stands in the "
                a href="/privacy-policy" { "privacy policy" } "."
            }
        }
        div.card.stack {
            h2 { "The software" }
            p { "Taure " (env!("CARGO_PKG_VERSION")) ": a Mastodon for one person, free software under the AGPL." }
        }
    };
    layout::page(app, req, "About", html! {}, body)
}
