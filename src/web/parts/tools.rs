//! What `taure.js` finds in each page: its words, the place of its messages, the picture viewer, the list of keys.
//! Nothing of it is seen without a script.

use maud::{Markup, html};

/// Keys and what they do; Mastodon's.
const KEYS: [(&str, &str); 13] = [
    ("j k", "Next and previous post"),
    ("Enter, o", "Open it"),
    ("r", "Reply"),
    ("f", "Favourite"),
    ("b", "Boost"),
    ("p", "Profile of its author"),
    ("x", "Show or hide what is folded away"),
    ("h", "Show or hide its pictures"),
    ("n", "Write a post"),
    ("/", "Search"),
    ("g h, g n", "Home, notifications"),
    ("Backspace", "Back"),
    ("?", "This list"),
];

/// At the end of a page; `owner` for the pages of the one who is signed in.
pub fn tools(owner: bool) -> Markup {
    html! {
        div #tools.toasts role="status"
            data-offline="Could not reach the server." data-retry="Try again" data-undo="Undo"
            data-deleted="Post deleted." data-copied="Link copied." data-unread="new"
            data-now="now" data-minutes="0 min" data-hours="0 h" {}
        dialog #viewer.viewer aria-label="Pictures" {
            figure { img alt=""; figcaption dir="auto" {} }
            div.row {
                button data-step="-1" { "Previous" }
                button data-step="1" { "Next" }
                button data-close { "Close" }
            }
        }
        @if owner {
            dialog #keys.card aria-labelledby="keys-title" {
                h2 #keys-title { "Keys" }
                dl.terms { @for (key, what) in KEYS { div { dt { kbd { (key) } } dd { (what) } } } }
                button data-close { "Close" }
            }
        }
    }
}
