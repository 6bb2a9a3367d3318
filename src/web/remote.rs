//! For visitors: follow, or answer, from their own server. They say who they are, we ask their server
//! where its page for that is: <https://docs.joinmastodon.org/spec/webfinger/#follow>

use super::{layout, session};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::remote::{Places, webfinger};
use maud::{Markup, html};
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[post("/remote", go, Auth::Public)];

/// Visitors who wait for their server at the same time.
static VISITORS: Places = Places::new(4);

#[derive(Deserialize)]
struct Form {
    #[serde(default)]
    acct: String,
    #[serde(default)]
    uri: String,
}

/// The button of a profile.
pub fn follow_box(uri: &str) -> Markup {
    html! {
        details.remote {
            summary.btn.primary { "Follow" }
            div.inset { (form(uri, "Follow from your own server")) }
        }
    }
}

/// Below a post.
pub fn reply_box(uri: &str) -> Markup {
    html! {
        details.card.remote {
            summary { "Reply, boost or favourite" }
            (form(uri, "From your own server"))
        }
    }
}

fn form(uri: &str, label: &str) -> Markup {
    html! {
        form method="post" action="/remote" {
            input type="hidden" name="uri" value=(uri);
            label.field {
                span { (label) }
                input name="acct" required placeholder="you@your.server" autocapitalize="off" autocomplete="off"
                    spellcheck="false" inputmode="email";
            }
            p.hint { "Your address in the fediverse; it is not kept." }
            button.primary { "Go there" }
        }
    }
}

/// A page that leads on, and no redirect: the policy lets forms end here only, and a redirect would not
/// say where it goes.
fn go(app: &App, req: &Req) -> Result<Res> {
    // Or a page elsewhere could send people anywhere in our name.
    if !session::is_from_here(app, req) {
        return Err(Error::forbidden("This form was sent by another site"));
    }
    let form: Form = req.form()?;
    if !app.instance.owns(&form.uri) {
        return Err(Error::invalid("This is not an address on this server"));
    }
    let acct = form.acct.trim().trim_start_matches("acct:").trim_start_matches('@');
    let Some((user, domain)) = acct.split_once('@') else {
        return Err(Error::invalid("Write your address with both parts: you@your.server"));
    };
    let _place = VISITORS.take()?;
    let found = webfinger::lookup(&app.remote, user, domain)?;
    let to = target(&found, app.remote.scheme_for(&found.domain), &form.uri)
        .ok_or_else(|| Error::invalid("Your server does not say how to follow from there"))?;
    let head = html! { meta http-equiv="refresh" content={ "0;url=" (to) }; };
    let body = html! {
        div.card.stack {
            h1 { "On to " (domain) }
            p { "Your own server takes over from here." }
            a.btn.primary href=(to) rel="noreferrer" { "Continue" }
        }
    };
    layout::page(app, req, "On to your server", head, body)
}

/// The template filled in, if it leads to the web. A server that names none may still have the page that
/// Mastodon has.
fn target(found: &webfinger::Found, scheme: &str, uri: &str) -> Option<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    let usual = || format!("{scheme}://{}/authorize_interaction?uri={{uri}}", found.domain);
    let filled = found.subscribe_template.clone().unwrap_or_else(usual).replace("{uri}", &encoded);
    let url = url::Url::parse(&filled).ok()?;
    matches!(url.scheme(), "https" | "http").then(|| url.into())
}
