//! The owner's filters: which words hide a post, where, and until when.

use super::parts::View;
use super::parts::text::exact;
use super::settings::tick;
use super::{layout, lists};
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::filters::{self as ops, FilterChange, KeywordChange};
use crate::store::filters;
use crate::words::{fill, say};
use maud::{Markup, html};
use serde_json::Value;

const PAGE: &str = "/settings/filters";

pub const ROUTES: &[Route<App>] = &[
    get(PAGE, |app, req| index(app, req, &Typed::new(), None), Auth::Session),
    post(PAGE, create, Auth::Session),
    get("/settings/filters/{id}", edit, Auth::Session),
    post("/settings/filters/{id}", update, Auth::Session),
    post("/settings/filters/{id}/delete", delete, Auth::Session),
];

/// Seconds that the form offers.
const TIMES: [(&str, &str); 6] = [
    ("1800", "filters-30-minutes"),
    ("3600", "filters-1-hour"),
    ("21600", "filters-6-hours"),
    ("43200", "filters-12-hours"),
    ("86400", "filters-1-day"),
    ("604800", "filters-1-week"),
];

fn place(context: FilterContext) -> &'static str {
    match context {
        FilterContext::Home => say("filters-home"),
        FilterContext::Notifications => say("filters-notifications"),
        FilterContext::Public => say("filters-public"),
        FilterContext::Thread => say("filters-threads"),
        FilterContext::Account => say("filters-profiles"),
    }
}

fn what(action: FilterAction) -> &'static str {
    match action {
        FilterAction::Warn => say("filters-warn"),
        FilterAction::Hide => say("filters-hide"),
        FilterAction::Blur => say("filters-blur"),
    }
}

/// The form as it was typed, right or wrong.
struct Typed {
    title: String,
    contexts: Vec<&'static str>,
    action: String,
    /// Seconds, `never`, or empty for as it is.
    expires: String,
    keywords: String,
    whole_word: bool,
    /// The words that stay are each as they were: some are whole ones, and some not.
    each: bool,
}

impl Typed {
    fn new() -> Typed {
        Typed {
            title: String::new(),
            contexts: FilterContext::ALL.map(FilterContext::as_str).to_vec(),
            action: FilterAction::default().as_str().to_owned(),
            expires: "never".to_owned(),
            keywords: String::new(),
            whole_word: true,
            each: false,
        }
    }

    fn of(filter: &Filter, words: &[FilterKeyword]) -> Typed {
        Typed {
            title: filter.title.clone(),
            contexts: filter.contexts.iter().map(|c| c.as_str()).collect(),
            action: filter.action.as_str().to_owned(),
            expires: if filter.expires_at.is_some() { "" } else { "never" }.to_owned(),
            keywords: words.iter().map(|k| line(&k.keyword)).collect::<Vec<_>>().join("\n"),
            whole_word: words.first().is_none_or(|k| k.whole_word),
            each: mixed(words),
        }
    }

    /// A box that is not ticked is not sent: it means no.
    fn read(params: &Value) -> Typed {
        let text = |name: &str| params[name].as_str().unwrap_or_default().to_owned();
        let ticked = |name: &str| params[name].as_str() == Some("1");
        Typed {
            title: text("title").trim().to_owned(),
            contexts: FilterContext::ALL
                .map(FilterContext::as_str)
                .into_iter()
                .filter(|c| ticked(c))
                .collect(),
            action: text("action"),
            expires: text("expires"),
            keywords: text("keywords"),
            whole_word: ticked("whole_word"),
            each: ticked("each"),
        }
    }

    /// What makes `old` words those that were typed; one that stays keeps its id.
    fn change(&self, mut old: Vec<FilterKeyword>) -> Result<FilterChange> {
        if self.contexts.is_empty() {
            return Err(Error::invalid("Tick at least one place"));
        }
        let expires_in = match self.expires.as_str() {
            "" => None,
            "never" => Some(None),
            given if TIMES.iter().any(|(seconds, _)| *seconds == given) => Some(given.parse().ok()),
            _ => return Err(Error::invalid("There is no such time")),
        };
        let mut keywords = Vec::new();
        for word in self.keywords.lines().map(line).filter(|word| !word.is_empty()) {
            let whole_word = Some(self.whole_word);
            keywords.push(match old.iter().position(|k| line(&k.keyword) == word) {
                Some(at) => KeywordChange {
                    id: Some(old.remove(at).id),
                    whole_word: whole_word.filter(|_| !self.each),
                    ..KeywordChange::default()
                },
                None => KeywordChange { keyword: Some(word), whole_word, ..KeywordChange::default() },
            });
        }
        let gone =
            |k: FilterKeyword| KeywordChange { id: Some(k.id), destroy: true, ..KeywordChange::default() };
        keywords.extend(old.into_iter().map(gone));
        Ok(FilterChange {
            title: Some(self.title.clone()),
            contexts: Some(self.contexts.iter().map(|&c| c.to_owned()).collect()),
            action: Some(self.action.clone()),
            expires_in,
            keywords,
        })
    }
}

/// A keyword on a line of its own.
fn line(keyword: &str) -> String {
    keyword.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mixed(words: &[FilterKeyword]) -> bool {
    words.windows(2).any(|two| two[0].whole_word != two[1].whole_word)
}

fn create(app: &App, req: &Req) -> Result<Res> {
    let typed = Typed::read(&req.params()?);
    let made = typed.change(Vec::new()).and_then(|change| match change.keywords.len() {
        0 => Err(Error::invalid("Write at least one word")),
        _ => ops::create(app, &change),
    });
    match made {
        Ok(_) => Ok(Res::see_other("/settings/filters?saved=1")),
        Err(e) if e.kind == Kind::Invalid => Ok(index(app, req, &typed, Some(&e))?.status(422)),
        Err(e) => Err(e),
    }
}

fn one(app: &App, req: &Req) -> Result<(Filter, Vec<FilterKeyword>)> {
    let id = req.id("id")?;
    app.store.read(|c| Ok((filters::get(c, id)?, filters::keywords(c, Some(id))?)))
}

fn edit(app: &App, req: &Req) -> Result<Res> {
    let (filter, words) = one(app, req)?;
    edit_page(app, req, &filter, &words, &Typed::of(&filter, &words), None)
}

fn update(app: &App, req: &Req) -> Result<Res> {
    let (filter, words) = one(app, req)?;
    let typed = Typed::read(&req.params()?);
    match typed.change(words.clone()).and_then(|change| ops::update(app, filter.id, &change)) {
        Ok(_) => Ok(Res::see_other("/settings/filters?saved=1")),
        Err(e) if e.kind == Kind::Invalid => {
            Ok(edit_page(app, req, &filter, &words, &typed, Some(&e))?.status(422))
        }
        Err(e) => Err(e),
    }
}

fn delete(app: &App, req: &Req) -> Result<Res> {
    ops::delete(app, req.id("id")?)?;
    Ok(Res::see_other("/settings/filters?saved=1"))
}

fn index(app: &App, req: &Req, typed: &Typed, fault: Option<&Error>) -> Result<Res> {
    let view = View::of(app, req);
    let (all, words, named) = app
        .store
        .read(|c| Ok((filters::everything(c)?, filters::keywords(c, None)?, filters::statuses(c, None)?)))?;
    let body = html! {
        h1 { (say("filters-title")) }
        (told(req, fault))
        @if all.is_empty() { p.card.empty { (say("filters-none")) } }
        @else {
            div.list {
                @for of in &all {
                    @let words: Vec<_> = words.iter().filter(|k| k.filter == of.id).collect();
                    (row(&view, of, &words, named.iter().filter(|s| s.filter == of.id).count() as i64))
                }
            }
        }
        section.card {
            h2 { (say("filters-new")) }
            (form(&view, PAGE, typed, None, false))
        }
        nav.pager { a.btn href="/settings" { (say("filters-back-settings")) } }
    };
    layout::page(app, req, say("filters-title"), html! {}, body)
}

fn edit_page(
    app: &App,
    req: &Req,
    filter: &Filter,
    words: &[FilterKeyword],
    typed: &Typed,
    fault: Option<&Error>,
) -> Result<Res> {
    let view = View::of(app, req);
    let body = html! {
        h1 { (say("filters-one")) }
        (told(req, fault))
        section.card { (form(&view, &req.path, typed, filter.expires_at, mixed(words))) }
        nav.pager { a.btn href=(PAGE) { (say("filters-back")) } }
    };
    layout::page(app, req, say("filters-one"), html! {}, body)
}

fn told(req: &Req, fault: Option<&Error>) -> Markup {
    html! {
        @if fault.is_some() { (lists::wrong(fault)) }
        @else if req.query_text("saved").is_some() { p.card.notice role="status" { (say("filters-saved")) } }
    }
}

fn row(view: &View, of: &Filter, words: &[&FilterKeyword], posts: i64) -> Markup {
    let places: Vec<_> = of.contexts.iter().map(|&c| place(c)).collect();
    html! {
        article.told {
            p { b dir="auto" { (of.title) } }
            p dir="auto" {
                @for (n, word) in words.iter().enumerate() {
                    @if n > 0 { ", " }
                    bdi { (word.keyword) }
                    @if !word.whole_word { span.soft { " " (say("filters-within")) } }
                }
            }
            @if posts > 0 { p.hint { (fill("filters-posts", &[("count", posts.into())])) } }
            p.hint {
                (what(of.action)) " · " (places.join(", ")) " · "
                @match of.expires_at { Some(at) => { (end(at, view.now)) }, None => { (say("filters-ever")) } }
            }
            div.row {
                a.btn href={ (PAGE) "/" (of.id) } { (say("filters-edit")) span.hide { " " (of.title) } }
                (view.button(&format!("{PAGE}/{}/delete", of.id), "danger", &html! { (say("filters-delete")) span.hide { " " (of.title) } }))
            }
        }
    }
}

fn end(at: Timestamp, now: Timestamp) -> String {
    let time = [("time", exact(at).into())];
    if at <= now { fill("filters-ended", &time) } else { fill("filters-until", &time) }
}

fn form(view: &View, action: &str, typed: &Typed, ends: Option<Timestamp>, mixed: bool) -> Markup {
    let choice = |value: &str, chosen: &str, label: &str| html! { option value=(value) selected[value == chosen] { (label) } };
    html! {
        form method="post" action=(action) {
            (view.hidden())
            label.field { span { (say("filters-name")) } input name="title" value=(typed.title) required dir="auto"; }
            label.field {
                span { (say("filters-words")) }
                // A line break right after the tag is not part of the text.
                textarea name="keywords" dir="auto" { "\n" (typed.keywords) }
                small { (say("filters-words-hint")) }
            }
            @if mixed { (tick("each", typed.each, say("filters-each"), say("filters-each-hint"))) }
            (tick("whole_word", typed.whole_word, say("filters-whole"), ""))
            label.field {
                span { (say("filters-what")) }
                select name="action" { @for a in FilterAction::ALL { (choice(a.as_str(), &typed.action, what(a))) } }
            }
            fieldset {
                legend { (say("filters-where")) }
                @for c in FilterContext::ALL { (tick(c.as_str(), typed.contexts.contains(&c.as_str()), place(c), "")) }
            }
            label.field {
                span { (say("filters-how-long")) }
                select name="expires" {
                    @if let Some(at) = ends { (choice("", &typed.expires, &fill("filters-as-it-is", &[("end", end(at, view.now).into())]))) }
                    (choice("never", &typed.expires, say("filters-for-ever")))
                    @for (seconds, label) in TIMES { (choice(seconds, &typed.expires, say(label))) }
                }
            }
            p.row { button.primary { (say("filters-save")) } }
        }
    }
}
