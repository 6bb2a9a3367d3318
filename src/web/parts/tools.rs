//! What `taure.js` finds in each page: its words, the place of its messages, the picture viewer, the list of keys.
//! Nothing of it is seen without a script.

use crate::words::{Arg, fill, say};
use maud::{Markup, html};

/// Keys and what they do; Mastodon's.
const KEYS: [(&str, &str); 13] = [
    ("j k", "status-key-move"),
    ("Enter, o", "status-key-open"),
    ("r", "status-reply"),
    ("f", "status-favourite"),
    ("b", "status-boost"),
    ("p", "status-key-profile"),
    ("x", "status-key-veil"),
    ("h", "status-key-media"),
    ("n", "status-key-write"),
    ("/", "status-key-search"),
    ("g h, g n", "status-key-go"),
    ("Backspace", "status-key-back"),
    ("?", "status-key-help"),
];

/// At the end of a page; `owner` for the pages of the one who is signed in.
pub fn tools(owner: bool) -> Markup {
    let none: &[(&str, Arg)] = &[("count", 0_i64.into())]; // the script puts the number there
    html! {
        div #tools.toasts role="status"
            data-offline=(say("status-offline")) data-retry=(say("status-retry")) data-undo=(say("status-undo"))
            data-deleted=(say("status-deleted")) data-copied=(say("status-copied")) data-unread=(say("status-unread"))
            data-now=(say("status-now")) data-minutes=(fill("status-minutes", none)) data-hours=(fill("status-hours", none)) {}
        dialog #viewer.viewer aria-label=(say("status-pictures")) {
            figure { figcaption dir="auto" {} }
            div.row {
                button data-step="-1" { (say("status-previous")) }
                button data-step="1" { (say("status-next")) }
                button data-close { (say("status-close")) }
            }
        }
        @if owner {
            dialog #keys.card aria-labelledby="keys-title" {
                h2 #keys-title { (say("status-keys")) }
                dl.terms { @for (key, what) in KEYS { div { dt { kbd { (key) } } dd { (say(what)) } } } }
                button data-close { (say("status-close")) }
            }
        }
    }
}
