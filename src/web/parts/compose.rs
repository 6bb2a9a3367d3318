//! The compose box: for a new post, a reply, and an edit; whole without a script, pictures included.

use super::View;
use super::poll::{self, PollDraft};
use super::status::visibility;
use crate::model::*;
use crate::ops::compose::{MEDIA_LIMIT, TEXT_LIMIT};
use crate::ops::drafts::Content;
use crate::ops::statuses::NewStatus;
use crate::web::assets::address;
use crate::web::conversations;
use crate::web::layout::icon;
use crate::words::{fill, say};
use maud::{Markup, html};

pub use super::languages::languages;

/// What stands in the box.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub text: String,
    /// `None`: as the owner likes it, or as it was.
    pub markdown: Option<bool>,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub visibility: Visibility,
    /// As in [`NewStatus`].
    pub quote_policy: Option<String>,
    pub reply_policy: Option<String>,
    pub in_reply_to: Option<StatusId>,
    pub quotes: Option<StatusId>,
    /// Uploaded already.
    pub media: Vec<Media>,
    pub poll: PollDraft,
    /// The text is several posts, parted by lines.
    pub thread: bool,
    /// When it is to be posted.
    pub at: Option<Timestamp>,
    /// The post that is edited: its visibility stays as it is.
    pub edits: Option<StatusId>,
    /// What is scheduled, and has other words now.
    pub scheduled: Option<ScheduledId>,
    /// The same on a second press of the button, so that the post goes out once.
    pub key: String,
    /// It was asked about pictures without a text.
    pub reminded: bool,
}

impl Draft {
    /// An empty box with the owner's defaults.
    pub fn new(settings: &Settings) -> Draft {
        Draft {
            visibility: settings.default_visibility,
            sensitive: settings.default_sensitive,
            language: settings.default_language.clone(),
            markdown: Some(settings.default_markdown),
            quote_policy: Some(settings.default_quote_policy.clone()),
            ..Draft::default()
        }
    }

    /// What is posted of it.
    pub fn wanted(&self) -> NewStatus {
        NewStatus {
            text: self.text.clone(),
            markdown: self.markdown,
            spoiler_text: self.spoiler_text.clone(),
            sensitive: Some(self.sensitive),
            language: self.language.clone(),
            visibility: Some(self.visibility),
            quote_policy: self.quote_policy.clone(),
            reply_policy: self.reply_policy.clone(),
            in_reply_to: self.in_reply_to,
            quotes: self.quotes,
            media: self.media.iter().map(|m| m.id).collect(),
            poll: self.poll.wanted(),
            idempotency_key: Some(self.key.clone()).filter(|key| !key.is_empty()),
            ..NewStatus::default()
        }
    }

    /// What was kept, with its pictures as far as they are still there.
    pub fn of(content: Content, media: Vec<Media>) -> Draft {
        let new = content.new;
        Draft {
            text: new.text,
            markdown: new.markdown,
            spoiler_text: new.spoiler_text,
            sensitive: new.sensitive.unwrap_or(false),
            language: new.language,
            visibility: new.visibility.unwrap_or_default(),
            quote_policy: new.quote_policy,
            reply_policy: new.reply_policy,
            in_reply_to: new.in_reply_to,
            quotes: new.quotes,
            media,
            poll: new.poll.map(PollDraft::wants).unwrap_or_default(),
            thread: content.thread,
            at: content.at.map(Timestamp),
            key: new.idempotency_key.unwrap_or_default(),
            ..Draft::default()
        }
    }

    /// A picture has no text for those who cannot see it.
    pub fn is_undescribed(&self) -> bool {
        self.media.iter().any(|m| {
            matches!(m.kind, MediaKind::Image | MediaKind::Gifv)
                && m.description.as_deref().unwrap_or("").trim().is_empty()
        })
    }
}

/// Ids count up within the process and carry the time: a key that no other box has.
pub fn fresh_key(now: Timestamp) -> String {
    format!("web-{}", StatusId::at(now))
}

pub fn form(view: &View, draft: &Draft, autofocus: bool) -> Markup {
    let action = match draft.edits {
        Some(id) => format!("/posts/{id}/edit"),
        None => "/compose".to_owned(),
    };
    let reply = draft.in_reply_to.is_some();
    let prompt = say(if reply { "compose-your-reply" } else { "compose-prompt" });
    let key = if draft.key.is_empty() { fresh_key(view.now) } else { draft.key.clone() };
    let free = MEDIA_LIMIT.saturating_sub(draft.media.len());
    let new = draft.edits.is_none();
    // What the script says, and where what is written is kept.
    let left = fill("compose-left", &[("count", "#".into())]);
    html! {
        form.card.composer #reply method="post" action=(action) enctype="multipart/form-data" data-limit=(TEXT_LIMIT)
            data-left=(left) data-saved=(say("compose-saved")) data-kept=(say("compose-kept-here")) data-save[new && draft.scheduled.is_none()] {
            (view.hidden())
            input type="hidden" name="key" value=(key);
            input type="hidden" name="offset";
            @if let Some(id) = draft.in_reply_to { input type="hidden" name="in_reply_to" value=(id); }
            @if let Some(id) = draft.quotes { input type="hidden" name="quotes" value=(id); }
            @if let Some(id) = draft.scheduled { input type="hidden" name="scheduled" value=(id); }
            label.hide for="text" { (prompt) }
            textarea #text name="text" placeholder=(prompt) dir="auto" autofocus[autofocus] { (draft.text) }
            div.extras {
                details open[!draft.spoiler_text.is_empty()] {
                    summary { (icon("warning")) span.hide { (say("compose-content")) " " } (say("compose-warning")) }
                    div {
                        label {
                            span.hide { (say("compose-content-warning")) }
                            input name="spoiler_text" value=(draft.spoiler_text) placeholder=(say("compose-about-what")) dir="auto";
                        }
                    }
                }
                details open[!draft.media.is_empty()] {
                    summary { (icon("picture")) (say("compose-media")) }
                    div.stack { (pictures(view, draft, free)) }
                }
                details open[draft.poll.is_filled()] {
                    summary { (icon("poll")) (say("compose-poll")) }
                    div.stack { (poll::fields(&draft.poll)) }
                }
                details open[draft.thread || draft.at.is_some() || draft.scheduled.is_some()] {
                    summary { (icon("settings")) (say("compose-more")) }
                    div.stack { (more(draft, new)) }
                }
            }
            @if draft.edits.is_none() { (conversations::unsealed()) } // shown where a direct post is written
            div.tools.row {
                @if new {
                    label { span.hide { (say("compose-visibility")) } (visibilities(draft.visibility)) }
                }
                label { span.hide { (say("compose-language")) } (languages(draft.language.as_deref())) }
                div.row.send {
                    span.left aria-hidden="true" {}
                    button.primary {
                        (icon("pen"))
                        (say(if !new { "compose-save" } else if reply { "compose-reply" } else { "compose-publish" }))
                    }
                }
            }
            div.row.tools {
                @if draft.reminded { button name="do" value="anyway" { (say("compose-anyway")) } }
                button name="do" value="preview" { (say("compose-preview")) }
                @if new && draft.scheduled.is_none() { button formaction="/drafts" { (say("compose-save-draft")) } }
                span.soft.state role="status" {}
            }
            script src=(address("compose.js")) defer {}
        }
    }
}

/// What most posts leave as it is.
fn more(draft: &Draft, new: bool) -> Markup {
    html! {
        label.field { span { (say("compose-quote-policy")) } (quote_policies(draft.quote_policy.as_deref())) }
        label.field { span { (say("compose-format")) } (formats(draft.markdown == Some(true))) }
        @if new {
            label.field { span { (say("compose-reply-policy")) } (reply_policies(draft.reply_policy.as_deref())) }
            label.check {
                input type="checkbox" name="thread" value="1" checked[draft.thread];
                (say("compose-thread"))
                small { (say("compose-thread-hint")) }
            }
            label.field {
                span { (say("compose-at")) " " span.zone { (say("compose-utc")) } }
                (moment("at", draft.at))
                small { (say("compose-at-hint")) }
            }
        }
    }
}

/// A field for a time, in UTC; `compose.js` makes it the browser's own.
pub fn moment(name: &str, at: Option<Timestamp>) -> Markup {
    let value = at.map(|at| at.to_jiff().strftime("%Y-%m-%dT%H:%M").to_string());
    html! { input type="datetime-local" name=(name) value=[value] data-utc=[at]; }
}

pub fn quote_policies(chosen: Option<&str>) -> Markup {
    let all = [
        ("public", say("compose-quote-public")),
        ("followers", say("compose-quote-followers")),
        ("nobody", say("compose-quote-nobody")),
    ];
    html! {
        select name="quote_policy" {
            @for (value, name) in all { option value=(value) selected[chosen == Some(value)] { (name) } }
        }
    }
}

fn reply_policies(chosen: Option<&str>) -> Markup {
    let all = [
        ("everybody", say("compose-replies-everybody")),
        ("followers", say("compose-replies-followers")),
        ("followed", say("compose-replies-followed")),
        ("mentioned", say("compose-replies-mentioned")),
    ];
    html! {
        select name="reply_policy" {
            @for (value, name) in all { option value=(value) selected[chosen == Some(value)] { (name) } }
        }
    }
}

pub fn formats(markdown: bool) -> Markup {
    html! {
        select name="format" {
            option value="plain" selected[!markdown] { (say("compose-plain")) }
            option value="markdown" selected[markdown] { (say("compose-markdown")) }
        }
    }
}

/// A picture that is on the server already: keep it or not, its text, and what of it stays in sight.
fn uploaded(view: &View, media: &Media) -> Markup {
    let id = media.id;
    let preview = super::media::preview(&view.app.instance, media);
    let cut = preview.is_some() && media.kind != MediaKind::Audio;
    html! {
        div.inset.uploaded {
            div.row {
                @if let Some(url) = &preview { img.avatar src=(url) alt="" width="46" height="46"; }
                label.grow {
                    span.hide { (say("compose-alt")) }
                    input name=(format!("alt_{id}")) value=(media.description.as_deref().unwrap_or("")) placeholder=(say("compose-alt")) dir="auto";
                }
                label { input type="checkbox" name="media[]" value=(id) checked; (say("compose-keep")) }
            }
            @if cut && let Some(url) = &preview { (focal(media, url)) }
        }
    }
}

/// Where the focal point may be put without a script: x, y, and its name.
fn points() -> [(&'static str, &'static str); 9] {
    [
        ("-0.67,0.67", say("compose-top-left")),
        ("0,0.67", say("compose-top")),
        ("0.67,0.67", say("compose-top-right")),
        ("-0.67,0", say("compose-left-side")),
        ("0,0", say("compose-middle")),
        ("0.67,0", say("compose-right-side")),
        ("-0.67,-0.67", say("compose-bottom-left")),
        ("0,-0.67", say("compose-bottom")),
        ("0.67,-0.67", say("compose-bottom-right")),
    ]
}

fn focal(media: &Media, url: &str) -> Markup {
    let name = format!("focus_{}", media.id);
    let now = media.focus.map(|(x, y)| format!("{x},{y}"));
    let exact = now.as_deref().filter(|now| points().iter().all(|(value, _)| value != now));
    html! {
        details {
            summary { (say("compose-focus")) }
            p.hint { (say("compose-focus-hint")) }
            fieldset.focal {
                legend.hide { (say("compose-focus")) }
                img src=(url) alt="" hidden;
                div {
                    @for (value, label) in points() {
                        input type="radio" name=(name) value=(value) title=(label) aria-label=(label) checked[now.as_deref() == Some(value)];
                    }
                }
                label.check.exact hidden[exact.is_none()] {
                    input type="radio" name=(name) value=[exact] disabled[exact.is_none()] checked[exact.is_some()];
                    (say("compose-focus-exact"))
                }
            }
        }
    }
}

fn pictures(view: &View, draft: &Draft, free: usize) -> Markup {
    html! {
        @for media in &draft.media { (uploaded(view, media)) }
        div.uploads.stack {
            @for n in 1..=free {
                fieldset.upload.inset {
                    label.field {
                        span { (say("compose-file")) }
                        input type="file" name=(format!("picture{n}")) accept="image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm,audio/*";
                    }
                    label.field {
                        span { (say("compose-alt")) }
                        input name=(format!("alt{n}")) placeholder=(say("compose-alt-hint")) dir="auto";
                    }
                }
            }
        }
        label.check {
            input type="checkbox" name="sensitive" value="1" checked[draft.sensitive];
            (say("compose-sensitive"))
        }
    }
}

pub fn visibilities(chosen: Visibility) -> Markup {
    html! {
        select name="visibility" {
            @for v in Visibility::ALL { option value=(v.as_str()) selected[v == chosen] { (visibility(v)) @if v == Visibility::Direct { " · " (say("rooms-not-encrypted")) } } }
        }
    }
}
