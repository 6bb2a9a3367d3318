//! Names with custom emoji, addresses that are safe to link, and times for people.

use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::{Emoji, Instance, Timestamp};
use crate::words::{dates, fill, say};
use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};
use std::cell::RefCell;

/// Text with the `:shortcodes:` of `emojis` as pictures; everything else escaped.
pub fn emojify(me: &Instance, text: &str, emojis: &[Emoji]) -> Markup {
    let escaped = html! { (text) }.into_string();
    if emojis.is_empty() { PreEscaped(escaped) } else { PreEscaped(shortcodes(me, &escaped, emojis)) }
}

/// The same in HTML that was sanitised when it was written: tags stay as they are.
pub fn emojify_html(me: &Instance, markup: &str, emojis: &[Emoji]) -> Markup {
    if emojis.is_empty() || !markup.contains(':') {
        return PreEscaped(markup.to_owned());
    }
    let mut out = String::with_capacity(markup.len() + 128);
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        out.push_str(&shortcodes(me, &rest[..open], emojis));
        let tag = &rest[open..open + tag_length(&rest[open..])];
        out.push_str(tag);
        rest = &rest[open + tag.len()..];
    }
    out.push_str(&shortcodes(me, rest, emojis));
    PreEscaped(out)
}

/// How long the tag at the start of `markup` is; a `>` in quotes does not end it.
fn tag_length(markup: &str) -> usize {
    let mut quote = None;
    for (at, c) in markup.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    markup.len()
}

/// Replaces in escaped text. A shortcode is letters, digits and underscores between two colons.
fn shortcodes(me: &Instance, escaped: &str, emojis: &[Emoji]) -> String {
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(colon) = rest.find(':') {
        out.push_str(&rest[..colon]);
        rest = &rest[colon + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let known = emojis.iter().find(|e| rest[end..].starts_with(':') && e.shortcode == rest[..end]);
        match known.and_then(|e| Some((e, shown(me, &e.url)?))) {
            Some((emoji, url)) => {
                let name = format!(":{}:", emoji.shortcode);
                let img = html! { img.emoji src=(url) alt=(name) title=(name) loading="lazy"; };
                out.push_str(&img.into_string());
                rest = &rest[end + 1..];
            }
            None => out.push(':'),
        }
    }
    out.push_str(rest);
    out
}

/// An address out of somebody's document, if it is one that a link or picture may have.
pub fn safe(url: &str) -> Option<&str> {
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (scheme.starts_with("https://") || scheme.starts_with("http://")).then_some(url)
}

/// From where a picture of somebody's document is shown here, if it has an address that a picture may have.
pub fn shown(me: &Instance, url: &str) -> Option<String> {
    safe(url).map(|url| me.shown(url).into_owned())
}

/// A time, short and readable, with the exact one for machines and on hovering.
pub fn when(at: Timestamp, now: Timestamp) -> Markup {
    let age = now.0 - at.0;
    let short = match age {
        i64::MIN..0 => day(at, now),
        0..MINUTE => say("status-now").to_owned(),
        MINUTE..HOUR => fill("status-minutes", &[("count", (age / MINUTE).into())]),
        HOUR..DAY => fill("status-hours", &[("count", (age / HOUR).into())]),
        _ => day(at, now),
    };
    html! { time.dt-published datetime=(at) title=(exact(at)) { (short) } }
}

thread_local! {
    /// Of the page that this thread makes.
    static ZONE: RefCell<TimeZone> = const { RefCell::new(TimeZone::UTC) };
}

/// From now on, on this thread. A name that the system does not know is UTC.
pub fn tell_times_in(zone: Option<&str>) {
    let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    ZONE.set(zone);
}

fn zoned(at: Timestamp) -> jiff::ZonedDateTime {
    at.to_jiff().to_zoned_datetime(ZONE.with_borrow(TimeZone::clone))
}

/// `24 Nov 2026, 10:00 UTC`.
pub fn exact(at: Timestamp) -> String {
    dates::exact(&zoned(at))
}

fn day(at: Timestamp, now: Timestamp) -> String {
    let this_year = now.0 - at.0 < 300 * DAY && at <= now;
    if this_year { dates::day(&zoned(at)) } else { dates::day_of_year(&zoned(at)) }
}

/// `24 November 2026`.
pub fn date(at: Timestamp) -> String {
    dates::full(&zoned(at))
}

/// `November 2026`.
pub fn month(at: Timestamp) -> String {
    dates::month(&zoned(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Instance {
        Instance::of_tests()
    }

    fn cat() -> Vec<Emoji> {
        vec![Emoji { shortcode: "cat".to_owned(), url: "https://a.test/\"cat.png".to_owned() }]
    }

    #[test]
    fn a_shortcode_becomes_a_picture_in_text_and_not_in_tags() {
        let img = r#"<img class="emoji" src="https://a.test/&quot;cat.png" alt=":cat:" title=":cat:" loading="lazy">"#;
        assert_eq!(emojify(&me(), "<b>:cat:", &cat()).into_string(), format!("&lt;b&gt;{img}"));
        let link = r#"<a href="https://b.test/:cat:" title="a>:cat:">:dog:cat:</a>"#;
        let expected = format!(r#"<a href="https://b.test/:cat:" title="a>:cat:">:dog{img}</a>"#);
        assert_eq!(emojify_html(&me(), link, &cat()).into_string(), expected);
    }

    #[test]
    fn an_emoji_whose_address_is_a_script_stays_text() {
        let bad = [Emoji { shortcode: "x".to_owned(), url: "javascript:alert(1)".to_owned() }];
        assert_eq!(emojify(&me(), ":x: é:", &bad).into_string(), ":x: é:");
        assert_eq!(safe("HTTPS://a.test/"), Some("HTTPS://a.test/"));
        assert_eq!(safe("data:text/html,x"), None);
    }

    #[test]
    fn a_time_is_short_and_its_exact_form_stands_beside() {
        let now = Timestamp::parse_rfc3339("2026-11-24T10:00:00Z").unwrap();
        let shown = |ago: i64| when(now.plus(-ago), now).into_string();
        assert!(shown(5 * MINUTE).contains(">5 min<"));
        assert!(shown(3 * HOUR).contains(">3 h<"));
        assert!(shown(30 * DAY).contains(">25 Oct<"));
        assert!(shown(400 * DAY).contains(">20 Oct 2025<"));
        assert!(shown(0).contains("title=\"24 Nov 2026, 10:00 UTC\""));
    }
}
