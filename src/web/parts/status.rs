//! A post as it stands in a list, in a thread, or alone on its page. Microformats:
//! <https://microformats.org/wiki/h-entry>

use super::text::{emojify, emojify_html, exact, safe, when};
use super::{View, account, acts, media, poll, quote};
use crate::error::Result;
use crate::model::*;
use crate::ops::filtering::{self, Matcher};
use crate::store::{accounts, imports, instance, media as pictures, polls, reactions, statuses};
use crate::web::layout::icon;
use crate::words::{fill, rich, say};
use maud::{Markup, html};
use rusqlite::Connection;
use std::collections::HashMap;

/// What a list of posts shows beside the rows themselves, read in a handful of queries.
#[derive(Default)]
pub struct Posts {
    accounts: HashMap<AccountId, Account>,
    originals: HashMap<StatusId, Status>,
    media: HashMap<StatusId, Vec<Media>>,
    polls: HashMap<StatusId, Poll>,
    reactions: HashMap<StatusId, Vec<Reaction>>,
    /// The owner's filters, where they apply.
    filters: Option<(Matcher, FilterContext)>,
    /// How the owner likes to read; `None` on pages for everybody.
    reading: Option<Settings>,
    /// What is quoted with its author's leave, by what quotes it.
    quoted: HashMap<StatusId, Status>,
    /// Where the owner's posts stood that were brought along.
    origins: HashMap<StatusId, Origin>,
}

impl Posts {
    pub fn load<'a>(c: &Connection, list: impl IntoIterator<Item = &'a Status>) -> Result<Posts> {
        let list: Vec<&Status> = list.into_iter().collect();
        let boosted: Vec<StatusId> = list.iter().filter_map(|s| s.reblog_of).collect();
        let originals = statuses::many(c, &boosted)?;
        let all = || list.iter().copied().chain(originals.values());
        let ids: Vec<StatusId> = all().map(|s| s.id).collect();
        let quoted = quote::quoted(c, &ids)?;
        let people = all().flat_map(|s| [Some(s.account_id), s.in_reply_to_account]).flatten();
        let people: Vec<AccountId> = people.chain(quoted.values().map(|s| s.account_id)).collect();
        let (accounts, media) = (accounts::many(c, &people)?, pictures::of_statuses(c, &ids)?);
        let reactions = reactions::of_statuses(c, &ids)?;
        let polls = polls::of_statuses(c, &ids)?;
        let origins = imports::origins(c, &ids)?;
        Ok(Posts {
            accounts,
            originals,
            media,
            polls,
            reactions,
            quoted,
            origins,
            filters: None,
            reading: None,
        })
    }

    /// With what the owner's filters of that place find: for the owner's eyes only.
    pub fn filtered(mut self, c: &Connection, view: &View, place: FilterContext) -> Result<Posts> {
        if view.is_owner() {
            self.reading = Some(instance::settings(c)?);
            self.filters = Some(filtering::active(c)?).filter(|m| !m.is_empty()).map(|m| (m, place));
        }
        Ok(self)
    }

    /// What the filters say of a post that `status` is or shows, and the title of the one that says so.
    fn verdict(&self, status: &Status, shown: &Status) -> Option<(FilterAction, String)> {
        let (filters, place) = self.filters.as_ref().filter(|_| !shown.local)?; // as in Mastodon's pages
        let options = self.polls.get(&shown.id).into_iter().flat_map(Poll::titles);
        let beside = self.media(shown).iter().filter_map(|m| m.description.as_deref()).chain(options);
        let boost = (status.id != shown.id).then_some(status.id);
        filters.verdict(shown, boost, beside, *place)
    }

    /// Whether its pictures wait for a press.
    fn veils(&self, status: &Status, blurred: bool) -> bool {
        blurred
            || match self.reading.as_ref().map(|r| r.expand_media.as_str()) {
                Some("show_all") => false,
                Some("hide_all") => true,
                _ => status.sensitive,
            }
    }

    /// Whether somebody translates, and the owner may not read this language.
    fn is_foreign(&self, view: &View, status: &Status) -> bool {
        let Some(reading) = self.reading.as_ref().filter(|_| view.app.translator.is_some()) else {
            return false;
        };
        let short = |code: &str| code.split('-').next().unwrap_or(code).to_ascii_lowercase();
        let mine = short(reading.default_language.as_deref().unwrap_or("en"));
        status.visibility.is_open()
            && !status.content.is_empty()
            && status.language.as_deref().is_some_and(|language| short(language) != mine)
    }

    pub fn quoted(&self, status: &Status) -> Option<&Status> {
        self.quoted.get(&status.id)
    }

    pub fn author(&self, status: &Status) -> Option<&Account> {
        self.accounts.get(&status.account_id)
    }

    pub fn media(&self, status: &Status) -> &[Media] {
        self.media.get(&status.id).map_or(&[], Vec::as_slice)
    }

    /// The post itself, or the one that a boost shows.
    pub fn shown<'a>(&'a self, status: &'a Status) -> Option<&'a Status> {
        match status.reblog_of {
            Some(original) => self.originals.get(&original),
            None => Some(status),
        }
    }
}

/// The emoji that were given; pressing one gives it, too. Pictures lie on their servers, and a visitor's browser is sent to
/// none of those. Dislikes are for the owner's eyes.
fn given(view: &View, posts: &Posts, status: &Status) -> Markup {
    let given = posts.reactions.get(&status.id).map(Vec::as_slice).unwrap_or_default();
    let count = |one: &Reaction| if view.is_owner() { one.count } else { one.count - one.dislikes };
    let shown = || given.iter().filter(|one| (view.is_owner() || one.emoji.url.is_empty()) && count(one) > 0);
    html! {
        @if shown().next().is_some() {
            div.reactions {
                @for one in shown() {
                    @let code = format!(":{}:", one.emoji.shortcode);
                    @let face = html! {
                        @if one.emoji.url.is_empty() { (one.emoji.shortcode) }
                        @else { (emojify(&view.app.instance, &code, std::slice::from_ref(&one.emoji))) }
                        " " (count(one))
                    };
                    // Somebody else's picture is theirs to give.
                    @if view.is_owner() && (one.mine || one.emoji.url.is_empty()) {
                        (react(view, status, &one.emoji.shortcode, one.mine, &face))
                    } @else { span { (face) } }
                }
            }
        }
    }
}

/// Gives an emoji, or takes it back.
fn react(view: &View, status: &Status, name: &str, on: bool, face: &Markup) -> Markup {
    let verb = if on { "unreact" } else { "react" };
    html! {
        form method="post" action=(format!("/posts/{}/{verb}", status.id)) {
            (view.hidden())
            input type="hidden" name="emoji" value=(name);
            button.on[on] aria-pressed=(on) title=(say(if on { "status-react-back" } else { "status-react-too" })) { (face) }
        }
    }
}

/// A few emoji to give, and a field for any other; folded away.
fn picker(view: &View, status: &Status) -> Markup {
    html! {
        @if view.is_owner() {
            details.react {
                summary { (say("status-react")) }
                div.reactions {
                    @for emoji in ["❤️", "😂", "😮", "🎉", "🔥", "👀", "😢"] {
                        (react(view, status, emoji, false, &html! { (emoji) }))
                    }
                    form.row method="post" action=(format!("/posts/{}/react", status.id)) {
                        (view.hidden())
                        input name="emoji" required maxlength="64" size="8" aria-label=(say("status-react-other"));
                        button { (say("status-react-give")) }
                    }
                }
            }
        }
    }
}

/// The page of a post: ours, or for a visitor the one at its home.
pub fn address(view: &View, status: &Status, author: &Account) -> String {
    if status.local || view.is_owner() {
        return format!("/@{}/{}", author.acct(), status.id);
    }
    safe(status.url.as_deref().unwrap_or(&status.uri)).unwrap_or("/").to_owned()
}

/// A list of posts, or a word that there are none.
pub fn list(view: &View, posts: &Posts, list: &[Status], none: &str) -> Markup {
    html! {
        @if list.is_empty() { p.card.empty { (none) } }
        @else { div.list.h-feed { @for status in list { (item(view, posts, status, "")) } } }
    }
}

/// One post of a list. `class` says more about its place: `up` in a thread, say.
pub fn item(view: &View, posts: &Posts, status: &Status, class: &str) -> Markup {
    let Some(shown) = posts.shown(status) else { return html! {} };
    let (Some(by), Some(author)) = (posts.author(status), posts.author(shown)) else { return html! {} };
    let verdict = posts.verdict(status, shown);
    let warning = match &verdict {
        Some((FilterAction::Hide, _)) => return html! {},
        Some((FilterAction::Warn, title)) => Some(title),
        _ => None,
    };
    let to = address(view, shown, author);
    // A boost and its original may stand on one page, and a pinned post once more in the list below.
    let id = format!("{}{}", if class == "pinned" { 'p' } else { 's' }, status.id);
    let here = format!("{}#{id}", view.here);
    let whole = html! {
        header {
            div.p-author.h-card.person-in-post { (account::names(view, author)) }
            span.when { (seal(shown.visibility)) a.u-url.u-uid href=(to) { (when(shown.created_at, view.now)) } }
        }
        (answers(shown))
        @if posts.origins.contains_key(&shown.id) { p.why { (origin(posts, shown)) } }
        @if let Some(title) = warning {
            details.veil { summary data-show=(say("status-show")) data-hide=(say("status-hide")) { span dir="auto" { (fill("status-filtered", &[("title", title.as_str().into())])) } } (body(&view.at(&here), posts, shown, false)) }
        } @else { (body(&view.at(&here), posts, shown, verdict.is_some())) }
    };
    html! {
        article id=(id) class={ "post h-entry " (class) } data-post=[view.is_owner().then_some(shown.id)] {
            @if status.reblog_of.is_some() {
                @let who = html! { a.p-author.h-card href=(account::address(view, by)) { bdi { (account::name(&view.app.instance, by)) } } };
                p.why { (icon("boost")) span { (rich("status-boosted-by", &[("who", who.into())])) } }
            } @else if shown.viewer.pinned_at.is_some() && class == "pinned" {
                p.why { (icon("pin")) (say("status-pinned")) }
            } @else if let Some(parent) = shown.in_reply_to_account.and_then(|id| posts.accounts.get(&id)) {
                p.why {
                    (icon("reply"))
                    span {
                        @if parent.id == author.id { (say("status-continues")) }
                        @else { (rich("status-in-reply-to", &[("who", link(view, parent).into())])) }
                    }
                }
            }
            @if status.reblog_of.is_some() {
                data.dt-published value=(status.created_at) {}
                div.u-repost-of.h-cite { (whole) }
            } @else { (whole) }
            (given(view, posts, shown))
            (acts::acts(&view.at(&here), shown, author, &to))
        }
    }
}

/// What a post answers, for programs that read the page.
fn answers(status: &Status) -> Markup {
    html! {
        @if let Some(parent) = status.in_reply_to_uri.as_deref().and_then(safe) { data.u-in-reply-to value=(parent) {} }
    }
}

/// Where it stood before, with a link to it there.
fn origin(posts: &Posts, status: &Status) -> Markup {
    let Some(origin) = posts.origins.get(&status.id) else { return html! {} };
    let who = html! {
        @match safe(&origin.page) {
            Some(page) => a href=(page) rel="nofollow noopener" { bdi { (origin.by) } },
            None => bdi { (origin.by) },
        }
    };
    html! { span { (rich("status-imported", &[("who", who.into())])) } }
}

/// A name that leads to its owner.
fn link(view: &View, who: &Account) -> Markup {
    html! { a href=(account::address(view, who)) { bdi { (account::name(&view.app.instance, who)) } } }
}

/// The post that a page is about: everything in full.
pub fn focus(view: &View, posts: &Posts, status: &Status) -> Markup {
    let Some(author) = posts.author(status) else { return html! {} };
    let to = address(view, status, author);
    html! {
        article #{ "s" (status.id) } class="post focus h-entry" data-post=(status.id) {
            header { div.p-author.h-card.person-in-post { (account::names(view, author)) } }
            (answers(status))
            (body(view, posts, status, false))
            p.meta {
                a.u-url.u-uid href=(to) { time.dt-published datetime=(status.created_at) { (exact(status.created_at)) } }
                @if let Some(edited) = status.edited_at {
                    @let time = html! { time.dt-updated datetime=(edited) { (exact(edited)) } };
                    span { a href={ "/@" (author.acct()) "/" (status.id) "/history" } { (rich("status-edited", &[("time", time.into())])) } }
                }
                span { (seal(status.visibility)) " " (visibility(status.visibility)) }
                (origin(posts, status))
                @if let Some(app) = &status.application { span { (fill("status-with-app", &[("app", app.as_str().into())])) } }
                @let (boosts, stars) = (status.counts.reblogs, status.counts.favourites);
                @if boosts > 0 { span { (fill("status-count-boosts", &[("count", boosts.into())])) } }
                @if stars > 0 { span { (fill("status-count-favourites", &[("count", stars.into())])) } }
            }
            (given(view, posts, status))
            (acts::acts(view, status, author, &to))
            (picker(view, status))
        }
    }
}

/// Text, poll, quoted post and pictures. What has a warning, or pictures that are not for every moment or are `blurred` by a filter,
/// opens on a press.
pub fn body(view: &View, posts: &Posts, status: &Status, blurred: bool) -> Markup {
    let pictures = posts.media(status);
    let quoted = quote::card(view, posts, status);
    // The address in front of the text is for readers who see no card.
    let class = if quoted.is_some() { "content e-content quotes" } else { "content e-content" };
    let content = html! {
        @if !status.content.is_empty() {
            div class=(class) lang=[status.language.as_deref()] dir="auto" { (emojify_html(&view.app.instance, &status.content, &status.emojis)) }
        }
        @if posts.is_foreign(view, status) {
            form.translate method="post" action=(format!("/posts/{}/translate", status.id)) {
                (view.hidden()) button { (say("status-translate")) }
            }
        }
        @if let Some(asked) = posts.polls.get(&status.id) { (poll::poll(view, status, asked)) }
        @if let Some(card) = &quoted { (card) }
    };
    html! {
        @if !status.spoiler_text.is_empty() {
            details.veil open[posts.reading.as_ref().is_some_and(|r| r.expand_spoilers)] {
                summary data-show=(say("status-show")) data-hide=(say("status-hide")) { span.p-summary dir="auto" { (emojify(&view.app.instance, &status.spoiler_text, &status.emojis)) } }
                (content)
                (media::grid(&view.app.instance, pictures))
            }
        } @else {
            (content)
            @if posts.veils(status, blurred) && !pictures.is_empty() {
                details.veil { summary data-show=(say("status-show")) data-hide=(say("status-hide")) { span { (say(if blurred { "status-filtered-pictures" } else if status.sensitive { "status-sensitive-pictures" } else { "status-pictures" })) } } (media::grid(&view.app.instance, pictures)) }
            } @else { (media::grid(&view.app.instance, pictures)) }
        }
    }
}

/// What a service made of it, in the owner's language.
pub fn translation(view: &View, status: &Status, done: &Translated) -> Markup {
    let me = &view.app.instance;
    html! {
        div.translation lang=(done.language) dir="auto" {
            p.soft {
                @let by = ("provider", done.provider.into());
                @match &done.detected {
                    Some(from) => (fill("status-translated-from", &[by, ("language", from.as_str().into())])),
                    None => (fill("status-translated", &[by])),
                }
            }
            @if !done.spoiler_text.is_empty() { p { b { (done.spoiler_text) } } }
            div.content { (emojify_html(me, &done.content, &status.emojis)) }
            @if !done.options.is_empty() { ul { @for option in &done.options { li { (option) } } } }
            @for (_, words) in &done.media { p.soft { (words) } }
        }
    }
}

/// Nothing for what is public: that is the normal case.
pub fn seal(visibility: Visibility) -> Markup {
    let symbol = match visibility {
        Visibility::Public => return html! {},
        Visibility::Unlisted => "moon",
        Visibility::Private => "lock",
        Visibility::Direct => "mail",
    };
    html! { span title=(self::visibility(visibility)) { (icon(symbol)) } }
}

pub fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => say("status-public"),
        Visibility::Unlisted => say("status-unlisted"),
        Visibility::Private => say("status-private"),
        Visibility::Direct => say("status-direct"),
    }
}
