//! For visitors: follow, reply, boost or favourite from their own server. They say who they are, we ask their server
//! where its page for that is: <https://docs.joinmastodon.org/spec/webfinger/#follow>,
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/3b86/fep-3b86.md>. Nothing of it is kept, and no cookie set.

use super::parts::status::{self, Posts};
use super::parts::{View, account};
use super::{layout, session};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::sort::sort_by_key;
use crate::model::{StatusId, Viewer};
use crate::ops::visibility;
use crate::remote::{Places, webfinger};
use crate::store::accounts;
use crate::text;
use crate::words::{self, fill, rich, say};
use maud::{Markup, html};
use serde::Deserialize;

pub const ROUTES: &[Route<App>] = &[
    post("/remote", go, Auth::Public),
    get("/interact", |app, req| follow_page(app, req, "", None), Auth::Public),
    get("/interact/{id}", |app, req| post_page(app, req, "", None), Auth::Public),
];

/// Visitors who wait for their server at the same time.
static VISITORS: Places = Places::new(4);
/// Letters of a post above the form.
const PREVIEW: usize = 200;

#[derive(Deserialize)]
struct Form {
    #[serde(default)]
    acct: String,
    #[serde(default)]
    uri: String,
    /// The type of the activity that is meant.
    #[serde(default)]
    act: String,
}

/// The button of a profile.
pub fn follow_box(uri: &str) -> Markup {
    html! {
        details.remote {
            summary.btn.primary { (say("profile-remote-follow")) }
            div.inset { (form(uri, "", say("profile-remote-follow-from"), &follow())) }
        }
    }
}

/// Below a post.
pub fn reply_box(uri: &str) -> Markup {
    html! {
        details.card.remote {
            summary { (say("profile-remote-act")) }
            (form(uri, "", say("profile-remote-from"), &acts("")))
        }
    }
}

fn follow() -> Markup {
    html! { button.primary name="act" value="Follow" { (say("profile-remote-go")) } }
}

/// The first one is what Enter presses: what was `meant`, by its name in an address or its type.
fn acts(meant: &str) -> Markup {
    let mut all = vec![
        ("reply", "Create", say("profile-remote-reply")),
        ("boost", "Announce", say("profile-remote-boost")),
        ("favourite", "Like", say("profile-remote-favourite")),
    ];
    sort_by_key(&mut all, |(name, kind, _)| *name != meant && *kind != meant);
    html! {
        div.row {
            @for (n, (_, kind, label)) in all.iter().enumerate() { button.primary[n == 0] name="act" value=(kind) { (label) } }
        }
    }
}

fn form(uri: &str, acct: &str, label: &str, buttons: &Markup) -> Markup {
    html! {
        form method="post" action="/remote" {
            input type="hidden" name="uri" value=(uri);
            label.field {
                span { (label) }
                input name="acct" required value=(acct) placeholder=(say("profile-remote-address")) autocapitalize="off" autocomplete="off"
                    spellcheck="false" inputmode="email";
            }
            p.hint { (say("profile-remote-hint")) }
            (buttons)
        }
    }
}

/// The same as a page of its own, to link to.
fn follow_page(app: &App, req: &Req, acct: &str, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let me = app.store.read(accounts::owner)?;
    let body = html! {
        div.card.stack {
            h1 { (rich("profile-remote-follow-who", &[("name", html! { bdi { (account::name(&app.instance, &me)) } }.into())])) }
            div.person.h-card { (account::names(&view, &me)) }
            @if let Some(fault) = fault { p.wrong role="alert" { (words::fault(fault)) } }
            (form(&me.uri, acct, say("profile-remote-from"), &follow()))
        }
    };
    layout::page(app, req, say("profile-remote-follow"), unlisted(), body)
}

fn post_page(app: &App, req: &Req, acct: &str, fault: Option<&str>) -> Result<Res> {
    with_post(app, req, req.id("id")?, (acct, req.query()), fault)
}

/// Errors: `NotFound` for what is no post of the owner's that everybody may see.
fn with_post(
    app: &App,
    req: &Req,
    id: StatusId,
    (acct, meant): (&str, &str),
    fault: Option<&str>,
) -> Result<Res> {
    let view = View::of(app, req);
    let (post, posts) = app.store.read(|c| {
        let post = visibility::visible(c, Viewer::Stranger, app.instance.owner, id)?;
        let posts = Posts::load(c, [&post])?;
        Ok((post, posts))
    })?;
    let author = posts
        .author(&post)
        .filter(|_| post.local && post.reblog_of.is_none())
        .ok_or_else(Error::not_found)?;
    let words = match post.spoiler_text.as_str() {
        "" => text::line(&text::plain(&post.content), PREVIEW),
        warning => warning.to_owned(),
    };
    let body = html! {
        div.card.stack {
            h1 { (say("profile-remote-act")) }
            div.person.h-card { (account::names(&view, author)) }
            p dir="auto" { (words) " " a href=(status::address(&view, &post, author)) { (say("profile-remote-see")) } }
            @if let Some(fault) = fault { p.wrong role="alert" { (words::fault(fault)) } }
            (form(&post.uri, acct, say("profile-remote-from"), &acts(meant)))
        }
    };
    layout::page(app, req, say("profile-remote-act"), unlisted(), body)
}

fn unlisted() -> Markup {
    html! { meta name="robots" content="noindex"; }
}

fn go(app: &App, req: &Req) -> Result<Res> {
    // Or a page elsewhere could send people anywhere in our name.
    if !session::is_from_here(app, req) {
        return Err(Error::forbidden("This form was sent by another site"));
    }
    let form: Form = req.form()?;
    if !app.instance.owns(&form.uri) {
        return Err(Error::invalid("This is not an address on this server"));
    }
    match lead(app, req, &form) {
        // What was typed stands there again, with what is wrong with it.
        Err(e)
            if matches!(
                e.kind,
                Kind::Invalid | Kind::NotFound | Kind::Gone | Kind::BadGateway | Kind::Unavailable
            ) =>
        {
            let said = match e.kind {
                Kind::NotFound | Kind::Gone => "There is no such account",
                _ => e.public.as_str(),
            };
            let id = form.uri.rsplit_once("/statuses/").and_then(|(_, id)| id.parse().ok());
            let again = match id {
                Some(id) => with_post(app, req, id, (&form.acct, &form.act), Some(said)),
                None => follow_page(app, req, &form.acct, Some(said)),
            }?;
            Ok(again.status(e.kind.status()))
        }
        led => led,
    }
}

/// A page that leads on, and no redirect: the policy lets forms end here only, and a redirect would not
/// say where it goes.
fn lead(app: &App, req: &Req, form: &Form) -> Result<Res> {
    let acct = form.acct.trim().trim_start_matches("acct:").trim_start_matches('@');
    let Some((user, domain)) = acct.split_once('@') else {
        return Err(Error::invalid("Write your address with both parts: you@your.server"));
    };
    let _place = VISITORS.take()?;
    let found = webfinger::lookup(&app.remote, user, domain)?;
    let to = target(&found, app.remote.scheme_for(&found.domain), &form.act, &form.uri)
        .ok_or_else(|| Error::invalid("Your server does not say how to follow from there"))?;
    let head = html! { meta http-equiv="refresh" content={ "0;url=" (to) }; };
    let body = html! {
        div.card.stack {
            h1 { (fill("profile-remote-on-to", &[("domain", domain.into())])) }
            p { (say("profile-remote-on-why")) }
            a.btn.primary href=(to) rel="noreferrer" { (say("profile-remote-continue")) }
        }
    };
    layout::page(app, req, say("profile-remote-title"), head, body)
}

/// The template filled in, if it leads to the web: the one for what is meant, or else the one for anything. A server
/// that names none may still have the page that Mastodon has.
fn target(found: &webfinger::Found, scheme: &str, act: &str, uri: &str) -> Option<String> {
    let encoded: String = url::form_urlencoded::byte_serialize(uri.as_bytes()).collect();
    let usual = || format!("{scheme}://{}/authorize_interaction?uri={{uri}}", found.domain);
    let meant = found.intents.iter().find(|(verb, _)| *verb == act).map(|(_, template)| template.clone());
    let filled =
        meant.or_else(|| found.subscribe_template.clone()).unwrap_or_else(usual).replace("{uri}", &encoded);
    let url = url::Url::parse(&without_places(&filled)).ok()?;
    matches!(url.scheme(), "https" | "http").then(|| url.into())
}

/// What else a template has room for, and we have nothing to put in: `{on-success}`, say.
fn without_places(filled: &str) -> String {
    let mut out = String::with_capacity(filled.len());
    let mut rest = filled;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_for_what_is_meant_comes_before_the_one_for_anything() {
        let found = webfinger::Found {
            username: "bob".into(),
            domain: "b.test".into(),
            actor_url: "https://b.test/users/bob".parse().unwrap(),
            profile_page: None,
            subscribe_template: Some("https://b.test/follow?uri={uri}".into()),
            intents: vec![("Like", "https://b.test/like?o={uri}&back={on-success}".into())],
        };
        let to = |act: &str| target(&found, "https", act, "https://a.test/1?x=y").unwrap();
        assert_eq!(to("Like"), "https://b.test/like?o=https%3A%2F%2Fa.test%2F1%3Fx%3Dy&back=");
        assert_eq!(to("Create"), "https://b.test/follow?uri=https%3A%2F%2Fa.test%2F1%3Fx%3Dy");
        let bare = webfinger::Found { subscribe_template: None, intents: Vec::new(), ..found };
        let usual = target(&bare, "https", "", "https://a.test/1").unwrap();
        assert_eq!(usual, "https://b.test/authorize_interaction?uri=https%3A%2F%2Fa.test%2F1");
    }
}
