//! What this place is, for whoever wonders: whose it is, its rules, what is kept, the software.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::{accounts, instance};
use crate::text;
use crate::words::{fill, rich, say};
use maud::{PreEscaped, html};

pub const ROUTES: &[Route<App>] = &[get("/about", show, Auth::Public)];

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let (me, said) = app.store.read(|c| Ok((accounts::owner(c)?, instance::settings(c)?.place)))?;
    let handle = account::handle(&view, &me);
    let body = html! {
        div.card.stack {
            h1 { (app.instance.domain) }
            p {
                (rich("about-home", &[("handle", html! { b { (handle) } }.into())]))
            }
            (PreEscaped(text::prose(&said.about)))
            @if view.is_owner() { p { a.btn href="/settings/policies" { (say("about-change")) } } }
        }
        div.card.stack {
            h2 { (say("about-contact")) }
            p { (say("about-contact-why")) }
            div.person.h-card { (account::names(&view, &me)) }
        }
        @if !said.rules.is_empty() {
            div.card.stack {
                h2 #rules { (say("about-rules")) }
                ol { @for rule in &said.rules { li dir="auto" { (rule) } } }
            }
        }
        div.card.stack {
            h2 { (say("about-kept")) }
            p {
                (say("about-kept-visitors")) " "
                @if app.config.hotlink { (say("about-kept-elsewhere")) }
                @else { (say("about-kept-through-us")) }
                " "
                (rich("about-kept-more", &[("policy", html! { a href="/privacy-policy" { (say("about-policy")) } }.into())]))
            }
        }
        div.card.stack {
            h2 { (say("about-software")) }
            p { (fill("about-software-what", &[("version", env!("CARGO_PKG_VERSION").into())])) }
        }
    };
    let about = fill(
        "about-description",
        &[
            ("domain", app.instance.domain.as_str().into()),
            ("name", me.name().into()),
            ("handle", handle.as_str().into()),
        ],
    );
    layout::page(app, req, say("about-title"), layout::described(app, "/about", &about), body)
}
