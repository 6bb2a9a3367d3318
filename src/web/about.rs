//! What this place is, for whoever wonders: whose it is, its rules, what is kept, the software.

use super::layout;
use super::parts::{View, account};
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::{accounts, instance};
use crate::text;
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
                "The home of one person in the fediverse. You can read here what is public, and follow "
                b { (handle) }
                " from Mastodon or any other server of that kind: search there for this name."
            }
            (PreEscaped(text::prose(&said.about)))
            @if view.is_owner() { p { a.btn href="/settings/policies" { "Change this page" } } }
        }
        div.card.stack {
            h2 { "Contact" }
            p { "Whoever has a question about this server asks its owner." }
            div.person.h-card { (account::names(&view, &me)) }
        }
        @if !said.rules.is_empty() {
            div.card.stack {
                h2 #rules { "Rules" }
                ol { @for rule in &said.rules { li dir="auto" { (rule) } } }
            }
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
    let about = format!("{} is the home of {} ({handle}) in the fediverse", app.instance.domain, me.name());
    layout::page(app, req, "About", layout::described(app, "/about", &about), body)
}
