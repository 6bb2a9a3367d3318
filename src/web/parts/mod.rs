//! What several pages show: people, posts, the compose box, times and names.

pub mod account;
pub mod acts;
pub mod compose;
mod languages;
pub mod media;
pub mod poll;
pub mod quote;
pub mod status;
pub mod text;
pub mod tools;
pub mod webmentions;

use crate::app::App;
use crate::http::Req;
use crate::model::*;
use crate::web::session;
use crate::words::say;
use maud::{Markup, html};

/// Who looks, from where.
pub struct View<'a> {
    pub app: &'a App,
    /// The token that the owner's forms carry; `None` for a visitor.
    pub csrf: Option<&'a str>,
    /// Path and query of this page, where an action leads back to.
    pub here: &'a str,
    pub now: Timestamp,
}

impl<'a> View<'a> {
    /// Only a session makes the owner here: a page must not be the owner's for an app's token, since
    /// what is not a session's may be cached.
    pub fn of(app: &'a App, req: &'a Req) -> View<'a> {
        let csrf = match &req.access {
            Access::Session { csrf, .. } => Some(csrf.as_str()),
            _ => None,
        };
        View { app, csrf, here: &req.target, now: app.now() }
    }

    pub fn is_owner(&self) -> bool {
        self.csrf.is_some()
    }

    pub fn viewer(&self) -> Viewer {
        if self.is_owner() { Viewer::Owner } else { Viewer::Stranger }
    }

    /// The same page, at one of its articles: an action there leads back to it.
    pub fn at<'b>(&'b self, here: &'b str) -> View<'b> {
        View { app: self.app, csrf: self.csrf, here, now: self.now }
    }

    /// The hidden fields of every form: the token, and the way back.
    pub fn hidden(&self) -> Markup {
        html! {
            @if let Some(csrf) = self.csrf { input type="hidden" name="csrf" value=(csrf); }
            input type="hidden" name="back" value=(self.here);
        }
    }

    /// The same that `taure.js` sends itself: `swap` names what it changes and whom (`follow-12`), `then` is its next
    /// label, `done` what is said when it can be taken back.
    pub fn swap(
        &self,
        action: &str,
        class: &str,
        swap: &str,
        then: Option<&str>,
        done: Option<&str>,
        inside: &Markup,
    ) -> Markup {
        html! {
            form method="post" action=(action) data-swap=(swap) data-then=[then] data-done=[done] {
                (self.hidden()) button class=(class) { (inside) }
            }
        }
    }

    /// A form that is one button.
    pub fn button(&self, action: &str, class: &str, inside: &Markup) -> Markup {
        html! {
            form method="post" action=(action) { (self.hidden()) button class=(class) { (inside) } }
        }
    }
}

/// Where an action leads back to: the page it came from, if it is one of ours.
pub fn back(req: &Req) -> String {
    let params = req.params().unwrap_or_default();
    let given = params["back"].as_str().unwrap_or("/");
    session::local_path(Some(given)).to_owned()
}

/// The links to what is older and newer, of a list paged by ids: newest first, `full` when there may be
/// more.
pub fn pager(req: &Req, ends: Option<(i64, i64)>, full: bool) -> Markup {
    let paged = ["max_id", "min_id"].iter().any(|name| req.query_text(name).is_some());
    let kept: Vec<(String, String)> = crate::http::form::pairs(req.query().as_bytes())
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_str(), "max_id" | "min_id" | "since_id"))
        .collect();
    let address = |name: &str, id: i64| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&kept).append_pair(name, &id.to_string());
        format!("{}?{}", req.path, query.finish())
    };
    // Read upwards, a page that is not full is the newest one; what is below it is known to be there.
    let upwards = req.query_text("min_id").is_some();
    html! {
        @if let Some((newest, oldest)) = ends {
            @if full || paged {
                nav.pager aria-label=(say("status-pages")) {
                    @if paged && (full || !upwards) { a.btn rel="prev" href=(address("min_id", newest)) { (say("status-newer")) } }
                    @if full || upwards { a.btn rel="next" href=(address("max_id", oldest)) { (say("status-older")) } }
                }
            }
        } @else if paged {
            nav.pager { a.btn href=(req.path) { (say("status-newest")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Method;
    use crate::http::req::tests::request;

    #[test]
    fn an_action_leads_back_to_a_page_of_ours_only() {
        let to = |value: &str| {
            let body = format!("back={value}");
            let form = "application/x-www-form-urlencoded";
            back(&request(Method::Post, "/x", form, body.as_bytes()))
        };
        assert_eq!(to("/notifications?max_id=3"), "/notifications?max_id=3");
        for elsewhere in ["//evil.test", "/\\evil.test", "https://evil.test/", "", "%0d%0aX:y", "/%0aX:y"] {
            assert_eq!(to(elsewhere), "/");
        }
    }
}
