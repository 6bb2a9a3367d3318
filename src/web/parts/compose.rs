//! The compose box: for a new post, a reply, and an edit; whole without a script, pictures included.

use super::View;
use super::poll::{self, PollDraft};
use super::status::visibility;
use crate::model::*;
use crate::ops::compose::{MEDIA_LIMIT, TEXT_LIMIT};
use crate::web::conversations;
use crate::web::layout::icon;
use crate::web::words::say;
use maud::{Markup, html};

/// What stands in the box.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub text: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub visibility: Visibility,
    pub in_reply_to: Option<StatusId>,
    pub quotes: Option<StatusId>,
    /// Uploaded already.
    pub media: Vec<Media>,
    pub poll: PollDraft,
    /// The post that is edited: its visibility stays as it is.
    pub edits: Option<StatusId>,
    /// The same on a second press of the button, so that the post goes out once.
    pub key: String,
}

impl Draft {
    /// An empty box with the owner's defaults.
    pub fn new(settings: &Settings) -> Draft {
        Draft {
            visibility: settings.default_visibility,
            sensitive: settings.default_sensitive,
            language: settings.default_language.clone(),
            ..Draft::default()
        }
    }
}

pub fn form(view: &View, draft: &Draft, autofocus: bool) -> Markup {
    let action = match draft.edits {
        Some(id) => format!("/posts/{id}/edit"),
        None => "/compose".to_owned(),
    };
    let reply = draft.in_reply_to.is_some();
    let prompt = if reply { "Your reply" } else { "What is on your mind?" };
    // Ids count up within the process and carry the time: a key that no other box has.
    let key =
        if draft.key.is_empty() { format!("web-{}", StatusId::at(view.now)) } else { draft.key.clone() };
    let free = MEDIA_LIMIT.saturating_sub(draft.media.len());
    html! {
        form.card.composer #reply method="post" action=(action) enctype="multipart/form-data" data-limit=(TEXT_LIMIT) {
            (view.hidden())
            input type="hidden" name="key" value=(key);
            @if let Some(id) = draft.in_reply_to { input type="hidden" name="in_reply_to" value=(id); }
            @if let Some(id) = draft.quotes { input type="hidden" name="quotes" value=(id); }
            label.hide for="text" { (prompt) }
            textarea #text name="text" placeholder=(prompt) dir="auto" autofocus[autofocus] { (draft.text) }
            div.extras {
                details open[!draft.spoiler_text.is_empty()] {
                    summary { (icon("warning")) span.hide { "Content " } "Warning" }
                    div {
                        label {
                            span.hide { "Content warning" }
                            input name="spoiler_text" value=(draft.spoiler_text) placeholder="What is it about?" dir="auto";
                        }
                    }
                }
                details open[!draft.media.is_empty()] {
                    summary { (icon("picture")) "Pictures, films, sounds" }
                    div.stack { (pictures(view, draft, free)) }
                }
                details open[draft.poll.is_filled()] {
                    summary { (icon("poll")) "Poll" }
                    div.stack { (poll::fields(&draft.poll)) }
                }
            }
            @if draft.edits.is_none() { (conversations::unsealed()) } // shown where a direct post is written
            div.tools.row {
                @if draft.edits.is_none() {
                    label { span.hide { "Who can see it" } (visibilities(draft.visibility)) }
                }
                label { span.hide { "Language" } (languages(draft.language.as_deref())) }
                div.row.send {
                    span.left {}
                    button.primary { (icon("pen")) @if draft.edits.is_some() { "Save" } @else if reply { "Reply" } @else { "Post" } }
                }
            }
        }
    }
}

/// A picture that is on the server already: keep it or not, and its text.
fn uploaded(view: &View, media: &Media) -> Markup {
    let id = media.id;
    html! {
        div.inset.row {
            @if let Some(url) = super::media::preview(&view.app.instance, media) { img.avatar src=(url) alt="" width="46" height="46"; }
            label.grow {
                span.hide { "Alternative text" }
                input name=(format!("alt_{id}")) value=(media.description.as_deref().unwrap_or("")) placeholder="Alternative text";
            }
            label { input type="checkbox" name="media[]" value=(id) checked; "Keep" }
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
                        span { "Picture, film or sound" }
                        input type="file" name=(format!("picture{n}")) accept="image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm,audio/*";
                    }
                    label.field {
                        span { "Alternative text" }
                        input name=(format!("alt{n}")) placeholder="What is to be seen, for those who cannot see it" dir="auto";
                    }
                }
            }
        }
        label.check {
            input type="checkbox" name="sensitive" value="1" checked[draft.sensitive];
            "Hide pictures until they are pressed"
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

/// In their own words. Another language that is chosen already stands there, too.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gl", "Galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("is", "Íslenska"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

pub fn languages(chosen: Option<&str>) -> Markup {
    let listed = |code: &str| LANGUAGES.iter().any(|(c, _)| *c == code);
    html! {
        select name="language" {
            option value="" selected[chosen.is_none()] { "Language" }
            @if let Some(code) = chosen.filter(|code| !listed(code)) { option value=(code) selected { (code) } }
            @for (code, name) in LANGUAGES { option value=(code) lang=(code) selected[Some(*code) == chosen] { (name) } }
        }
    }
}
