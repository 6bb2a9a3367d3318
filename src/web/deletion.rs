//! Which of the owner's old posts go by themselves.

use super::layout;
use super::parts::View;
use super::settings::{tick, told, way_back};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Cleanup;
use crate::ops::cleanup::{self, COUNTED};
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use serde_json::Value;

pub const ROUTES: &[Route<App>] = &[
    get("/settings/deletion", |app, req| page(app, req, None), Auth::Session),
    post("/settings/deletion", save, Auth::Session),
];

fn save(app: &App, req: &Req) -> Result<Res> {
    match read(&req.params()?).and_then(|rules| cleanup::set(app, &rules)) {
        Ok(()) => Ok(Res::see_other("/settings/deletion?saved=1")),
        Err(e) if e.kind == Kind::Invalid => Ok(page(app, req, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

/// A box that is not ticked is not sent: it means no.
fn read(params: &Value) -> Result<Cleanup> {
    let text = |name: &str| params[name].as_str().unwrap_or_default().trim();
    let ticked = |name: &str| text(name) == "1";
    let number = |name: &str| match text(name) {
        "" => Ok(None),
        number => number
            .parse()
            .map(Some)
            .map_err(|_| Error::invalid(format!("“{number}” is no number of likes or boosts"))),
    };
    Ok(Cleanup {
        enabled: ticked("enabled"),
        days: text("days").parse().unwrap_or(0),
        keep_direct: ticked("keep_direct"),
        keep_pinned: ticked("keep_pinned"),
        keep_polls: ticked("keep_polls"),
        keep_media: ticked("keep_media"),
        keep_liked: ticked("keep_liked"),
        keep_bookmarked: ticked("keep_bookmarked"),
        min_favourites: number("min_favourites")?,
        min_boosts: number("min_boosts")?,
    })
}

fn page(app: &App, req: &Req, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let (rules, waiting) = cleanup::waiting(app)?;
    let body = html! {
        h1 { (say("settings-deletion")) }
        (told(req, fault.map(|e| e.public.as_str())))
        form method="post" action="/settings/deletion" {
            (view.hidden())
            section.card {
                h2 { (say("settings-deletion-when")) }
                p.hint { (say("settings-deletion-hint")) }
                (tick("enabled", rules.enabled, say("settings-deletion-enabled"), ""))
                label.field {
                    span { (say("settings-deletion-older")) }
                    select name="days" {
                        @for (days, name) in Cleanup::AGES {
                            option value=(days) selected[days == rules.days] { (name) }
                        }
                    }
                }
                p { (sum(&rules, waiting)) }
            }
            section.card {
                h2 { (say("settings-deletion-stays")) }
                (tick("keep_pinned", rules.keep_pinned, say("settings-deletion-pinned"), ""))
                (tick("keep_direct", rules.keep_direct, say("settings-deletion-direct"), ""))
                (tick("keep_liked", rules.keep_liked, say("settings-deletion-liked"), ""))
                (tick("keep_bookmarked", rules.keep_bookmarked, say("settings-deletion-bookmarked"), ""))
                (tick("keep_polls", rules.keep_polls, say("settings-deletion-polls"), ""))
                (tick("keep_media", rules.keep_media, say("settings-deletion-media"), ""))
                (number("min_favourites", rules.min_favourites, say("settings-deletion-likes")))
                (number("min_boosts", rules.min_boosts, say("settings-deletion-boosts")))
            }
            div.card { button.primary { (say("settings-save")) } }
        }
        (way_back())
    };
    layout::page(app, req, say("settings-deletion"), html! {}, body)
}

fn sum(rules: &Cleanup, waiting: i64) -> Markup {
    let key = if waiting >= COUNTED { "settings-deletion-many" } else { "settings-deletion-some" };
    let many = html! { b { (fill(key, &[("count", waiting.into())])) } };
    match rules.enabled {
        true => rich("settings-deletion-go", &[("posts", many.into())]),
        false => rich("settings-deletion-would", &[("posts", many.into())]),
    }
}

fn number(name: &str, value: Option<i64>, label: &str) -> Markup {
    html! {
        label.field {
            span { (label) }
            input type="number" name=(name) min="1" inputmode="numeric" value=[value];
            small { (say("settings-deletion-empty")) }
        }
    }
}
