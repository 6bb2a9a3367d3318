//! Which of the owner's old posts go by themselves.

use super::layout;
use super::parts::View;
use super::settings::tick;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::Cleanup;
use crate::ops::cleanup::{self, COUNTED};
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
    let saved = req.query_text("saved").is_some();
    let body = html! {
        h1 { "Old posts" }
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (fault.public.trim_start_matches("Validation failed: ").trim_end_matches('.')) "." }
        } @else if saved { p.card.notice role="status" { "Saved." } }
        form method="post" action="/settings/deletion" {
            (view.hidden())
            section.card {
                h2 { "When" }
                p.hint {
                    "Your posts and boosts go once they are older than this, some dozens an hour, here and on the servers that "
                    "have them. Deleted posts do not come back."
                }
                (tick("enabled", rules.enabled, "Delete my old posts", ""))
                label.field {
                    span { "Older than" }
                    select name="days" {
                        @for (days, name) in Cleanup::AGES {
                            option value=(days) selected[days == rules.days] { (name) }
                        }
                    }
                }
                p { (sum(&rules, waiting)) }
            }
            section.card {
                h2 { "What stays" }
                (tick("keep_pinned", rules.keep_pinned, "Pinned posts", ""))
                (tick("keep_direct", rules.keep_direct, "Direct messages", ""))
                (tick("keep_liked", rules.keep_liked, "Posts that you liked yourself", ""))
                (tick("keep_bookmarked", rules.keep_bookmarked, "Posts that you bookmarked", ""))
                (tick("keep_polls", rules.keep_polls, "Polls", ""))
                (tick("keep_media", rules.keep_media, "Posts with pictures, films or sound", ""))
                (number("min_favourites", rules.min_favourites, "Posts with at least so many likes"))
                (number("min_boosts", rules.min_boosts, "Posts with at least so many boosts"))
            }
            div.card { button.primary { "Save" } }
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Old posts", html! {}, body)
}

fn sum(rules: &Cleanup, waiting: i64) -> Markup {
    let many = match waiting {
        COUNTED => format!("{COUNTED} posts or more"),
        1 => "1 post".to_owned(),
        n => format!("{n} posts"),
    };
    html! { @if rules.enabled { "By these rules " b { (many) } " go now." } @else { "By these rules " b { (many) } " would go now." } }
}

fn number(name: &str, value: Option<i64>, label: &str) -> Markup {
    html! {
        label.field {
            span { (label) }
            input type="number" name=(name) min="1" inputmode="numeric" value=[value];
            small { "Empty: no post stays for this" }
        }
    }
}
