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
use crate::words::{fault, fill, rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/settings/discovery", |app, req| page(app, req, None), Auth::Session),
    post("/settings/discovery", add, Auth::Session),
    post("/settings/discovery/{id}/remove", remove, Auth::Session),
    post("/tags/{name}/follow", |app, req| follow(app, req, true), Auth::Session),
    post("/tags/{name}/unfollow", |app, req| follow(app, req, false), Auth::Session),
];

const KINDS: [SourceKind; 3] = [SourceKind::Pages, SourceKind::Tags, SourceKind::Relay];

/// Its name, and what is to be written into the field.
fn described(kind: SourceKind) -> (&'static str, &'static str) {
    match kind {
        SourceKind::Pages => (say("rooms-discovery-pages"), say("rooms-discovery-pages-hint")),
        SourceKind::Tags => (say("rooms-discovery-accounts"), say("rooms-discovery-accounts-hint")),
        SourceKind::Relay => (say("rooms-discovery-relay"), say("rooms-discovery-relay-hint")),
    }
}

/// Below the name of a hashtag's page.
pub fn follow_button(view: &View, name: &str, followed: bool) -> Markup {
    let (verb, label, class) = match followed {
        true => ("unfollow", say("rooms-tag-unfollow"), ""),
        false => ("follow", say("rooms-tag-follow"), "primary"),
    };
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

fn page(app: &App, req: &Req, wrong: Option<&str>) -> Result<Res> {
    let view = View::of(app, req);
    let (followed, all) = app.store.read(|c| {
        let all = sources::list(c)?;
        let all =
            all.into_iter().map(|s| Ok((sources::subscriptions(c, s.id)?, s))).collect::<Result<Vec<_>>>()?;
        Ok((tags::followed(c, &Page::newest(200))?, all))
    })?;
    let body = html! {
        h1 { (say("rooms-discovery-title")) }
        @if let Some(public) = wrong { p.card.wrong role="alert" { (fault(public)) } }
        section.card {
            h2 { (say("rooms-discovery-followed")) }
            @if followed.is_empty() { p { (say("rooms-discovery-none")) } }
            @for (_, tag) in &followed {
                div.row { a.grow href={ "/tags/" (tag.name) } { "#" bdi { (tag.display_name) } } (follow_button(&view, &tag.name, true)) }
            }
        }
        section.card {
            h2 { (say("rooms-discovery-sources")) }
            p.hint { (say("rooms-discovery-hint")) }
            @for (subscriptions, source) in &all { (row(&view, source, subscriptions)) }
        }
        form.card method="post" action="/settings/discovery" {
            (view.hidden())
            h2 { (say("rooms-discovery-new")) }
            @for (at, kind) in KINDS.into_iter().enumerate() {
                @let (label, hint) = described(kind);
                label.check {
                    input type="radio" name="kind" value=(kind.as_str()) checked[at == 0] required;
                    (label) small { (hint) }
                }
            }
            label.field { span { (say("rooms-discovery-name")) } input name="address" required maxlength="2000" autocapitalize="off" spellcheck="false"; }
            label.check { input type="checkbox" name="sends" value="1" checked; (say("rooms-discovery-sends")) small { (say("rooms-discovery-sends-hint")) } }
            label.check { input type="checkbox" name="everything" value="1"; (say("rooms-discovery-everything")) small { (say("rooms-discovery-everything-hint")) } }
            button.primary { (say("rooms-discovery-add")) }
        }
        nav.pager { a.btn href="/settings" { (say("rooms-back-settings")) } }
    };
    layout::page(app, req, say("rooms-discovery-title"), html! {}, body)
}

fn row(view: &View, source: &Source, subscriptions: &[Subscription]) -> Markup {
    let (label, _) = described(source.kind);
    let count = |state: Follow| subscriptions.iter().filter(|s| s.state == state).count();
    let (asked, taken, refused) = (count(Follow::Requested), count(Follow::Yes), count(Follow::No));
    html! {
        article.told {
            p { b { (source.address) } }
            p.hint {
                (label)
                @if source.everything { ", " (say("rooms-discovery-all-posts")) }
                @if source.sends { ", " (say("rooms-discovery-gets")) }
                "; " (fill("rooms-discovery-brought", &[("count", source.taken.into())]))
                @if let Some(at) = source.asked_at { "; " (rich("rooms-discovery-asked", &[("when", when(at, view.now).into())])) }
            }
            @if source.kind != SourceKind::Pages {
                p.hint {
                    @if taken > 0 { (fill("rooms-discovery-taken", &[("count", taken.into())])) " " }
                    @if asked > 0 { (fill("rooms-discovery-waiting", &[("count", asked.into())])) " " }
                    @if refused > 0 { (fill("rooms-discovery-refused", &[("count", refused.into())])) }
                }
            }
            @if let Some(failure) = &source.failure { p.hint { (fill("rooms-discovery-trouble", &[("reason", failure.as_str().into())])) } }
            (view.button(&format!("/settings/discovery/{}/remove", source.id), "danger", &html! { (say("rooms-discovery-remove")) }))
        }
    }
}
