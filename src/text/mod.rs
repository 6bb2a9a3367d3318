//! Words: remote HTML made safe, the owner's plain text made HTML, and what stands in it.
//!
//! Pure: no network, no database, no clock. Every function takes hostile input in any size and
//! runs in time linear in it (remote HTML is cut at fixed bounds first).
//!
//! - [`sanitise`]: remote HTML -> HTML that may be stored and shown
//! - [`plain`], [`line()`], [`lines`]: HTML or text -> readable, bounded text
//! - [`links`], [`decode`], [`page()`], [`frames`]: where a post leads, and what is said there
//! - [`markdown()`], [`spoken`]: the same with marks in it
//! - [`find`], [`render`], [`field_value`], [`prose`], [`length`]: the owner's text, one tokenizer for all
//! - [`diff()`]: what an edit changed
//! - [`rel_me`], [`sole_link`]: what proves that a page is somebody's
//! - [`feed`], [`site()`]: feeds of others, and what their pages say to other sites
//! - [`normalise_tag`], [`language`]: keys; [`is_word`]: what a word is made of

mod anchors;
mod backlinks;
mod charset;
mod csv;
mod diff;
mod feed;
mod html;
mod indieweb;
mod language;
mod markdown;
mod needles;
mod page;
mod plain;
mod player;
mod render;
mod rewrite;
mod sanitise;
mod tokenise;
mod tokens;

pub use anchors::links;
pub use backlinks::{rel_me, sole_link};
pub use charset::{charset, decode};
pub use csv::{csv_line, csv_row};
pub use diff::{Mark, diff};
pub use feed::{Entry as FeedEntry, Feed, feed, opml, pictures};
pub use indieweb::{Site, site};
pub use language::language;
pub use markdown::{markdown, spoken};
pub use needles::Needles;
pub use page::{Page, page};
pub use plain::{line, lines, plain};
pub use player::{Frame, frames, pixels, player};
pub use render::{Found, Mention, Resolved, field_value, find, length, prose, render, with_quote};
pub use sanitise::sanitise;
pub use tokens::{is_word, normalise_tag};
