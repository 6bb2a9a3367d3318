//! What is kept of whom, and on what terms: what is true of the software, as this server is set up.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::accounts;
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] =
    &[get("/privacy-policy", privacy, Auth::Public), get("/terms-of-service", terms, Auth::Public)];

fn privacy(app: &App, req: &Req) -> Result<Res> {
    let days = app.config.keep_posts_days;
    let body = html! {
        div.card.stack {
            h1 { "Privacy policy" }
            p { "This server is the home of one person, " (owner(app, req)?) ", and has no accounts of others." }
            h2 { "If you visit" }
            p {
                "You get no cookie, are not counted or tracked, and load no script of others. Which address asked for "
                "which page is not recorded by this software; a proxy in front of it may keep a log of its own. "
                @if app.config.hotlink {
                    "Pictures, films and sounds of people on other servers come from there, so those servers can see "
                    "your address."
                } @else {
                    "Pictures, films and sounds of people on other servers come through this one, so theirs do not "
                    "learn of you."
                }
            }
            h2 { "If you write from another server" }
            p {
                "What your server sends is kept: your public profile and keys, the posts that come here, and that you "
                "follow, like, boost, vote or report. Copies of pictures, films and sounds may be kept for a while. "
                @if days > 0 {
                    "Posts that the owner did nothing with are forgotten after " (days) " days. "
                }
                "What is sent to your server is logged by its name and answer, for up to 30 days."
            }
            p {
                "Nothing is sold or shown as an advertisement. What is public here, and an answer to you, goes to other "
                "servers, which keep it by rules of their own. Posts with followers or few people as their readers are "
                "shown to nobody else, but they are not encrypted: the owner can read what was sent here."
                @if app.translator.is_some() {
                    " A post that the owner wants translated is sent to a translation service."
                }
                @if app.config.s3.is_some() { " Files are kept with a storage service." }
            }
            h2 { "If you want it gone" }
            p {
                "What you delete on your server is deleted here when it says so. For anything else write to "
                (owner(app, req)?) ". Backups may keep it a little longer."
            }
        }
    };
    layout::page(app, req, "Privacy policy", html! {}, body)
}

fn terms(app: &App, req: &Req) -> Result<Res> {
    let body = html! {
        div.card.stack {
            h1 { "Terms of service" }
            p { "This server is the home of one person, " (owner(app, req)?) ". Whoever reads or writes here is a guest." }
            ul {
                li { "Be kind. No harassment, no spam, nothing illegal." }
                li { "The owner decides what stays, who is heard, and which servers are talked to." }
                li { "What you write stays yours. You let this server keep it and show it to those it was addressed to." }
                li { "What the owner writes stays the owner’s." }
                li { "There is no warranty: the server may be slow, lose things or go away, and nobody is liable for it as far as the law allows." }
            }
            p { "What is kept about you stands in the " a href="/privacy-policy" { "privacy policy" } "." }
        }
    };
    layout::page(app, req, "Terms of service", html! {}, body)
}

/// To whom one writes.
fn owner(app: &App, req: &Req) -> Result<Markup> {
    let me = app.store.read(accounts::owner)?;
    let view = View::of(app, req);
    Ok(html! { a href=(account::address(&view, &me)) { b { (account::handle(&view, &me)) } } })
}
