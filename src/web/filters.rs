//! The owner's filters: which words hide a post, where, and until when.

use super::layout;
use super::parts::View;
use super::parts::text::{exact, plural};
use super::settings::tick;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::model::*;
use crate::ops::filters::{self as ops, FilterChange, KeywordChange};
use crate::store::filters;
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
    ("1800", "30 minutes"),
    ("3600", "1 hour"),
    ("21600", "6 hours"),
    ("43200", "12 hours"),
    ("86400", "1 day"),
    ("604800", "1 week"),
];

fn place(context: FilterContext) -> &'static str {
    match context {
        FilterContext::Home => "Home and lists",
        FilterContext::Notifications => "Notifications",
        FilterContext::Public => "Public timelines",
        FilterContext::Thread => "Threads",
        FilterContext::Account => "Profiles",
    }
}

fn what(action: FilterAction) -> &'static str {
    match action {
        FilterAction::Warn => "Fold behind the title",
        FilterAction::Hide => "Hide altogether",
        FilterAction::Blur => "Blur pictures",
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
        h1 { "Filters" }
        (told(req, fault))
        @if all.is_empty() { p.card.empty { "You filter nothing." } }
        @else {
            div.list {
                @for of in &all {
                    @let words: Vec<_> = words.iter().filter(|k| k.filter == of.id).collect();
                    (row(&view, of, &words, named.iter().filter(|s| s.filter == of.id).count() as i64))
                }
            }
        }
        section.card {
            h2 { "A new filter" }
            (form(&view, PAGE, typed, None, false))
        }
        nav.pager { a.btn href="/settings/profile" { "Back to the settings" } }
    };
    layout::page(app, req, "Filters", html! {}, body)
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
        h1 { "Filter" }
        (told(req, fault))
        section.card { (form(&view, &req.path, typed, filter.expires_at, mixed(words))) }
        nav.pager { a.btn href=(PAGE) { "Back to the filters" } }
    };
    layout::page(app, req, "Filter", html! {}, body)
}

fn told(req: &Req, fault: Option<&Error>) -> Markup {
    html! {
        @if let Some(fault) = fault {
            p.card.wrong role="alert" { (fault.public.trim_start_matches("Validation failed: ")) "." }
        } @else if req.query_text("saved").is_some() { p.card.notice role="status" { "Saved." } }
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
                    @if !word.whole_word { span.soft { " (also within words)" } }
                }
            }
            @if posts > 0 { p.hint { (posts) (plural(posts, " single post", " single posts")) } }
            p.hint {
                (what(of.action)) " · " (places.join(", ")) " · "
                @match of.expires_at { Some(at) => { (end(at, view.now)) }, None => "for ever" }
            }
            div.row {
                a.btn href={ (PAGE) "/" (of.id) } { "Edit" span.hide { " " (of.title) } }
                (view.button(&format!("{PAGE}/{}/delete", of.id), "danger", &html! { "Delete" span.hide { " " (of.title) } }))
            }
        }
    }
}

fn end(at: Timestamp, now: Timestamp) -> String {
    format!("{} {}", if at <= now { "ended" } else { "until" }, exact(at))
}

fn form(view: &View, action: &str, typed: &Typed, ends: Option<Timestamp>, mixed: bool) -> Markup {
    let choice = |value: &str, chosen: &str, label: &str| html! { option value=(value) selected[value == chosen] { (label) } };
    html! {
        form method="post" action=(action) {
            (view.hidden())
            label.field { span { "Title" } input name="title" value=(typed.title) required dir="auto"; }
            label.field {
                span { "Words" }
                // A line break right after the tag is not part of the text.
                textarea name="keywords" dir="auto" { "\n" (typed.keywords) }
                small { "Words or phrases, one a line" }
            }
            @if mixed { (tick("each", typed.each, "Leave the words that are there as they are", "Some are whole words and some are not; the box below is for new ones.")) }
            (tick("whole_word", typed.whole_word, "Whole words only", ""))
            label.field {
                span { "What happens to such posts" }
                select name="action" { @for a in FilterAction::ALL { (choice(a.as_str(), &typed.action, what(a))) } }
            }
            fieldset {
                legend { "Where" }
                @for c in FilterContext::ALL { (tick(c.as_str(), typed.contexts.contains(&c.as_str()), place(c), "")) }
            }
            label.field {
                span { "For how long" }
                select name="expires" {
                    @if let Some(at) = ends { (choice("", &typed.expires, &format!("As it is: {}", end(at, view.now)))) }
                    (choice("never", &typed.expires, "For ever"))
                    @for (seconds, label) in TIMES { (choice(seconds, &typed.expires, label)) }
                }
            }
            p.row { button.primary { "Save" } }
        }
    }
}
