//! What other sites said about a post, below it: <https://www.w3.org/TR/webmention/>,
//! <https://microformats.org/wiki/h-cite>. Everything is plain text; pictures come through us.

use super::View;
use super::text::{safe, shown, when};
use crate::model::Status;
use crate::store::webmentions::{self, Webmention};
use crate::words::{fill, rich, say};
use maud::{Markup, html};

/// What one page shows; the rest is still counted.
const ROWS: i64 = 200;

/// All of a post of the owner's.
pub fn below(view: &View, status: &Status) -> Markup {
    if !status.local || !status.visibility.is_open() {
        return html! {};
    }
    let all = view.app.store.read(|c| webmentions::of(c, Some(status.id), ROWS)).unwrap_or_default();
    let of = |kind: &str| all.iter().filter(|one| one.kind == kind).collect::<Vec<_>>();
    let (likes, reposts) = (of("like"), of("repost"));
    let said: Vec<_> = all.iter().filter(|one| matches!(one.kind.as_str(), "reply" | "mention")).collect();
    let row = |label: String, of: &[&Webmention]| {
        html! {
            p.meta {
                span { (label) }
                @for one in of { span { (author(one)) (buttons(view, one)) } }
            }
        }
    };
    html! {
        @if !all.is_empty() {
            section.card {
                h2 { (say("indie-mentions-below")) }
                @if !likes.is_empty() { (row(fill("indie-mentions-likes", &[("count", likes.len().into())]), &likes)) }
                @if !reposts.is_empty() { (row(fill("indie-mentions-reposts", &[("count", reposts.len().into())]), &reposts)) }
                @for one in said { (line(view, one, &html! {})) }
            }
        }
    }
}

/// One of them, with what the owner may do about it.
pub fn line(view: &View, one: &Webmention, about: &Markup) -> Markup {
    let site = html! { a.u-url href=(safe(&one.source).unwrap_or("/")) rel="nofollow ugc noopener noreferrer" { bdi { (name(&one.source)) } } };
    let key = match one.kind.as_str() {
        "reply" => rich("indie-mentions-replied", &[("site", site.into())]),
        "like" => rich("indie-mentions-liked", &[("site", site.into())]),
        "repost" => rich("indie-mentions-reposted", &[("site", site.into())]),
        _ => rich("indie-mentions-mentioned", &[("site", site.into())]),
    };
    let photo = shown(&view.app.instance, &one.author_photo).filter(|_| !one.author_photo.is_empty());
    html! {
        article.post.h-cite {
            header.person-in-post {
                @if let Some(photo) = photo { img.avatar src=(photo) alt="" width="46" height="46" loading="lazy"; }
                span.grow {
                    (author(one)) " " span.soft { (key) " " (about) }
                }
                @if let Some(at) = one.published_at { span.when { (when(at, view.now)) } }
            }
            @if !one.text.is_empty() {
                div.content.p-content dir="auto" { @for part in one.text.lines().filter(|l| !l.trim().is_empty()) { p { (part) } } }
            }
            (buttons(view, one))
        }
    }
}

fn author(one: &Webmention) -> Markup {
    let link = if one.author_url.is_empty() { &one.source } else { &one.author_url };
    html! { a.p-author.h-card href=(safe(link).unwrap_or("/")) rel="nofollow ugc noopener noreferrer" { bdi { (one.author_name) } } }
}

fn buttons(view: &View, one: &Webmention) -> Markup {
    html! {
        @if view.is_owner() {
            div.row {
                (view.button(&format!("/webmentions/{}/delete", one.id), "", &html! { (say("indie-mentions-delete")) span.hide { " " (one.author_name) } }))
                (view.button(&format!("/webmentions/{}/block", one.id), "", &html! { (say("indie-mentions-block")) span.hide { " " (one.host) } }))
            }
        }
    }
}

/// An address as people read it.
pub fn name(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    bare.split(['?', '#']).next().unwrap_or(bare).trim_end_matches('/')
}
