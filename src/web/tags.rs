//! Hashtags: those that the owner follows or shows on the profile, and the page of one, which shows the owner's public
//! posts to visitors and all that is known here to the owner.

use super::discovery::follow_button;
use super::home::POSTS;
use super::lists::wrong;
use super::parts::status::{self, Posts};
use super::parts::{View, back, pager};
use super::{feeds, layout};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::{FilterContext, Tag};
use crate::ops::{discovery, featured_tags as ops};
use crate::store::timelines::{self, Public, Tagged};
use crate::store::{self, featured_tags};
use crate::text;
use crate::words::{fill, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    get("/tags", |app, req| index(app, req, None), Auth::Session),
    post("/tags", named, Auth::Session),
    get("/tags/{name}", show, Auth::Public),
    post("/tags/{name}/feature", |app, req| feature(app, req, true), Auth::Session),
    post("/tags/{name}/unfeature", |app, req| feature(app, req, false), Auth::Session),
];

const TAGS: i64 = 100;

fn show(app: &App, req: &Req) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(POSTS);
    let name = text::normalise_tag(req.param("name"));
    let tagged = Tagged {
        name: name.clone(),
        // What strangers wrote is not put on show under this address.
        which: Public { local: !view.is_owner(), ..Public::default() },
        for_owner: view.is_owner(),
        ..Tagged::default()
    };
    let (list, posts, known) = app.store.read(|c| {
        let list = timelines::tagged(c, &tagged, &page, view.now)?;
        let posts = Posts::load(c, &list)?.filtered(c, &view, FilterContext::Public)?;
        Ok((list, posts, store::tags::by_name(c, &name)?))
    })?;
    let is = |row: fn(&Tag) -> bool| known.as_ref().is_some_and(row);
    let ends = list.first().zip(list.last()).map(|(first, last)| (first.id.0, last.id.0));
    let title = format!("#{name}");
    let body = html! {
        div.row {
            h1.grow { bdi { (title) } }
            @if view.is_owner() {
                (follow_button(&view, &name, is(|tag| tag.following_row.is_some())))
                (feature_button(&view, &name, is(|tag| tag.featured_row.is_some())))
            }
        }
        (status::list(&view, &posts, &list, say("rooms-tag-none")))
        (pager(req, ends, list.len() as i64 == page.limit))
    };
    let head = html! { @if !list.is_empty() { (feeds::links(&feeds::tag_page(&name))) } };
    layout::page(app, req, &title, head, body)
}

fn feature_button(view: &View, name: &str, featured: bool) -> Markup {
    let (verb, label) = match featured {
        true => ("unfeature", say("rooms-tag-unfeature")),
        false => ("feature", say("rooms-tag-feature")),
    };
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    view.button(&format!("/tags/{encoded}/{verb}"), "", &html! { (label) })
}

/// A form that names a hashtag; what was typed comes back with what is wrong with it.
fn by_name(view: &View, verb: &str, label: &str, typed: &str) -> Markup {
    html! {
        form.row method="post" action="/tags" {
            (view.hidden())
            input type="hidden" name="verb" value=(verb);
            label.grow {
                span.hide { (say("rooms-tag-name")) }
                input name="name" value=(typed) required maxlength="101" placeholder="#birds" autocapitalize="none" dir="auto";
            }
            button { (label) }
        }
    }
}

fn index(app: &App, req: &Req, refused: Option<(&str, &str, &Error)>) -> Result<Res> {
    let view = View::of(app, req);
    let page = req.page(TAGS);
    let (followed, featured) =
        app.store.read(|c| Ok((store::tags::followed(c, &page)?, featured_tags::list(c)?)))?;
    let ends = followed.first().zip(followed.last()).map(|(first, last)| (first.0, last.0));
    let typed = |verb: &str| refused.filter(|(of, ..)| *of == verb).map_or("", |(_, typed, _)| typed);
    let body = html! {
        h1 { (say("rooms-tags")) }
        (wrong(refused.map(|(.., fault)| fault)))
        section.card.stack {
            h2 { (say("rooms-tags-followed")) }
            @if followed.is_empty() { p { (say("rooms-tags-none")) } }
            @for (_, tag) in &followed { div.row { (link(tag)) (follow_button(&view, &tag.name, true)) } }
            (by_name(&view, "follow", say("rooms-tag-follow"), typed("follow")))
        }
        section.card.stack {
            h2 { (say("rooms-tags-featured")) }
            p.hint { (say("rooms-tags-featured-hint")) }
            @for one in &featured {
                div.row {
                    (link(&one.tag))
                    span.soft { (fill("rooms-tag-posts", &[("count", one.statuses.into())])) }
                    (feature_button(&view, &one.tag.name, true))
                }
            }
            (by_name(&view, "feature", say("rooms-tag-feature"), typed("feature")))
        }
        (pager(req, ends, followed.len() as i64 == page.limit))
        p.row { a.btn href="/settings/discovery" { (say("rooms-tags-sources")) } }
    };
    layout::page(app, req, say("rooms-tags"), html! {}, body)
}

fn link(tag: &Tag) -> Markup {
    html! { a.grow href={ "/tags/" (tag.name) } { "#" bdi { (tag.display_name) } } }
}

fn named(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let (verb, typed) = (text("verb"), text("name"));
    let done = match (verb, ops::key(typed)) {
        (_, None) => Err(Error::invalid(say("rooms-tag-wrong"))),
        ("feature", Some(_)) => ops::add(app, typed).map(drop),
        (_, Some(name)) => {
            discovery::follow_tag(app, &name, typed.trim().trim_start_matches('#'), true).map(drop)
        }
    };
    match done {
        Ok(()) => Ok(Res::see_other("/tags")),
        Err(e) if e.kind == Kind::Invalid => Ok(index(app, req, Some((verb, typed, &e)))?.status(422)),
        Err(e) => Err(e),
    }
}

/// Taking it off twice is no error.
fn feature(app: &App, req: &Req, on: bool) -> Result<Res> {
    let name = ops::key(req.param("name")).ok_or_else(Error::not_found)?;
    let known = app.store.read(|c| store::tags::by_name(c, &name))?;
    match known.filter(|tag| tag.featured_row.is_some()) {
        None if on => drop(ops::add(app, req.param("name"))?),
        Some(tag) if !on => ops::remove(app, tag.id)?,
        _ => (),
    }
    Ok(Res::see_other(back(req)))
}
