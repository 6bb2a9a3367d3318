//! Pictures, films and sounds of a post, with their alternative texts.

use super::text::shown;
use crate::model::*;
use crate::words::say;
use maud::{Markup, html};

/// The grid. Attachments that are no pictures to us are links.
pub fn grid(me: &Instance, media: &[Media]) -> Markup {
    let shown: Vec<&Media> =
        media.iter().filter(|m| m.kind != MediaKind::Unknown && address(me, m).is_some()).collect();
    let count = match shown.len() {
        1 => "one",
        2 => "two",
        3 => "three",
        _ => "four",
    };
    html! {
        @if !shown.is_empty() { div class={ "media " (count) } { @for m in &shown { (figure(me, m)) } } }
        @for m in media.iter().filter(|m| m.kind == MediaKind::Unknown) {
            @if let Some(url) = address(me, m) {
                p { a href=(url) rel="nofollow noopener noreferrer" {
                    (m.description.as_deref().unwrap_or(say("status-file")))
                } }
            }
        }
    }
}

fn figure(me: &Instance, media: &Media) -> Markup {
    let Some(full) = address(me, media) else { return html! {} };
    let alt = media.description.as_deref().unwrap_or("");
    let small = preview(me, media).unwrap_or_else(|| full.clone());
    let (width, height) = (size(media.preview_width, media.width), size(media.preview_height, media.height));
    let round = media.kind == MediaKind::Gifv;
    html! {
        figure.sound[media.kind == MediaKind::Audio] {
            @match media.kind {
                MediaKind::Gifv | MediaKind::Video => {
                    // Its own size keeps the page from jumping when it begins.
                    video.u-video src=(full) poster=[preview(me, media)] width=[size(media.width, 0)] height=[size(media.height, 0)]
                        controls loop[round] muted[round] data-gifv[round] playsinline preload=(ahead(me, media)) aria-label=(alt) {}
                }
                MediaKind::Audio => {
                    @if let Some(cover) = preview(me, media) { img src=(cover) alt="" width="54" height="54" loading="lazy"; }
                    audio.u-audio src=(full) controls preload="none" aria-label=(alt) {}
                }
                _ => {
                    a href=(full) {
                        img.u-photo class=(focus(media)) src=(small) alt=(alt) width=[width] height=[height]
                            loading="lazy" decoding="async";
                    }
                }
            }
            @if !alt.is_empty() { details.alt { summary { (say("status-alt")) } p { (alt) } } }
        }
    }
}

/// The whole picture: ours, or where it is.
pub fn address(me: &Instance, media: &Media) -> Option<String> {
    let ours = media.blob.as_ref().map(|key| format!("/media/{key}"));
    ours.or_else(|| media.remote_url.as_deref().and_then(|url| shown(me, url)))
}

pub fn preview(me: &Instance, media: &Media) -> Option<String> {
    let ours = media.preview_blob.as_ref().map(|key| format!("/media/{key}"));
    ours.or_else(|| media.remote_preview_url.as_deref().and_then(|url| shown(me, url)))
}

/// Nothing of a film is fetched before it is wanted; but of ours, without a still picture, the first one.
fn ahead(me: &Instance, media: &Media) -> &'static str {
    if media.blob.is_some() && preview(me, media).is_none() { "metadata" } else { "none" }
}

fn size(small: i64, full: i64) -> Option<i64> {
    [small, full].into_iter().find(|n| *n > 0)
}

/// Which third of the picture a crop must keep; a page has no inline styles.
fn focus(media: &Media) -> String {
    let Some((x, y)) = media.focus else { return String::new() };
    let third = |v: f64, low: &'static str, high: &'static str| match v {
        v if v < -0.33 => low,
        v if v > 0.33 => high,
        _ => "",
    };
    // y of a focal point points up, the page's down.
    format!("{} {}", third(x, "x0", "x2"), third(y, "y2", "y0")).trim().to_owned()
}
