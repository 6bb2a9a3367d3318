//! Hashtags that the owner follows, and where posts of strangers come from: relays, hashtag accounts, hashtag pages.

use super::layout;
use super::parts::text::when;
use super::parts::{View, back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::{discovery, featured_tags};
use crate::store::{sources, tags};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/discovery", |app, req| page(app, req, None), Auth::Session),
    post("/settings/discovery", add, Auth::Session),
    post("/settings/discovery/{id}/remove", remove, Auth::Session),
    post("/tags/{name}/follow", |app, req| follow(app, req, true), Auth::Session),
    post("/tags/{name}/unfollow", |app, req| follow(app, req, false), Auth::Session),
];

const KINDS: [(SourceKind, &str, &str); 3] = [
    (
        SourceKind::Pages,
        "Hashtag pages of a server",
        "A server's name, like mastodon.social. Its public hashtag pages are read every hour.",
    ),
    (
        SourceKind::Tags,
        "Hashtag accounts of a server",
        "A server's name, like tags.pub, that has an account for each hashtag.",
    ),
    (
        SourceKind::Relay,
        "A relay",
        "Its address: https://relay.example/inbox for Mastodon's kind, https://relay.example/actor for Pleroma's.",
    ),
];

/// Below the name of a hashtag's page.
pub fn follow_button(view: &View, name: &str, followed: bool) -> Markup {
    let (verb, label, class) =
        if followed { ("unfollow", "Unfollow", "") } else { ("follow", "Follow", "primary") };
    // The name is a key: letters, digits and underscores of any script.
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    view.button(&format!("/tags/{encoded}/{verb}"), class, &html! { (label) })
}

fn follow(app: &App, req: &Req, following: bool) -> Result<Res> {
    let spelling = req.param("name");
    let name = featured_tags::key(spelling).ok_or_else(Error::not_found)?;
    discovery::follow_tag(app, &name, spelling, following)?;
    Ok(Res::see_other(back(req)))
}

fn add(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let new = Source {
        kind: SourceKind::parse(text("kind")).ok_or_else(|| Error::invalid("What kind of source is it?"))?,
        address: text("address").to_owned(),
        everything: text("everything") == "1",
        sends: text("sends") == "1",
        ..Source::default()
    };
    match discovery::add(app, new) {
        Ok(_) => Ok(Res::see_other("/settings/discovery")),
        Err(e) if e.kind == Kind::Internal => Err(e),
        Err(e) => Ok(page(app, req, Some(&e.public))?.status(422)),
    }
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    discovery::remove(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/discovery"))
}

fn page(app: &App, req: &Req, fault: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let (followed, all) = app.store.read(|c| {
        let all = sources::list(c)?;
        let all =
            all.into_iter().map(|s| Ok((sources::subscriptions(c, s.id)?, s))).collect::<Result<Vec<_>>>()?;
        Ok((tags::followed(c, &Page::newest(200))?, all))
    })?;
    let body = html! {
        h1 { "Hashtags and relays" }
        @if let Some(fault) = fault { p.card.wrong role="alert" { (fault.trim_end_matches('.')) "." } }
        section.card {
            h2 { "Followed hashtags" }
            @if followed.is_empty() { p { "You follow none. Open a hashtag and press Follow." } }
            @for (_, tag) in &followed {
                div.row { a.grow href={ "/tags/" (tag.name) } { "#" bdi { (tag.display_name) } } (follow_button(&view, &tag.name, true)) }
            }
        }
        section.card {
            h2 { "Where strangers’ posts come from" }
            p.hint {
                "A server for one sees only the posts of people you follow. Here you may name others that bring posts "
                "with the hashtags you follow. No more than thirty a minute are looked at, and nothing comes until you name one."
            }
            @for (subscriptions, source) in &all { (row(&view, source, subscriptions)) }
        }
        form.card method="post" action="/settings/discovery" {
            (view.hidden())
            h2 { "Add one" }
            @for (at, (kind, label, hint)) in KINDS.iter().enumerate() {
                label.check {
                    input type="radio" name="kind" value=(kind.as_str()) checked[at == 0] required;
                    (label) small { (hint) }
                }
            }
            label.field { span { "Name or address" } input name="address" required maxlength="2000" autocapitalize="off" spellcheck="false"; }
            label.check { input type="checkbox" name="sends" value="1" checked; "A relay: send it my public posts" small { "So that strangers on its servers can find them." } }
            label.check { input type="checkbox" name="everything" value="1"; "A relay: keep all its posts" small { "Not only those with hashtags I follow. They fill the disk, and the federated timeline." } }
            button.primary { "Add" }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Hashtags and relays", html! {}, body)
}

fn row(view: &View, source: &Source, subscriptions: &[Subscription]) -> Markup {
    let label = KINDS.iter().find(|(kind, ..)| *kind == source.kind).map_or("", |(_, label, _)| label);
    let count = |state: Follow| subscriptions.iter().filter(|s| s.state == state).count();
    let (asked, taken, refused) = (count(Follow::Requested), count(Follow::Yes), count(Follow::No));
    html! {
        article.told {
            p { b { (source.address) } }
            p.hint {
                (label) @if source.everything { ", all its posts" } @if source.sends { ", gets my public posts" }
                "; brought " (source.taken) @if source.taken == 1 { " post" } @else { " posts" }
                @if let Some(at) = source.asked_at { "; last asked " (when(at, view.now)) }
            }
            @if source.kind != SourceKind::Pages {
                p.hint {
                    @if taken > 0 { (taken) " accepted. " } @if asked > 0 { (asked) " not answered yet. " }
                    @if refused > 0 { (refused) " refused." }
                }
            }
            @if let Some(failure) = &source.failure { p.hint { "Last trouble: " (failure) } }
            (view.button(&format!("/settings/discovery/{}/remove", source.id), "danger", &html! { "Remove" }))
        }
    }
}
