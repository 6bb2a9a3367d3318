//! The shapes of one property: absent, null, a string, an object with an id, a Link, or an array of those.
//!
//! <https://www.w3.org/TR/activitystreams-core/#model>: all of them mean the same to a JSON-LD reader, and
//! all of them arrive.

use super::super::PUBLIC;
use crate::model::Timestamp;
use serde_json::Value;

/// Values of one property that are read; nobody means more.
const MOST: usize = 256;
/// The longest address that is read, in bytes.
const LONGEST_URI: usize = 2_048;

/// All values of a property: GoToSocial sends a scalar for an array of one.
pub fn all<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let (one, many) = match of.get(name) {
        None | Some(Value::Null) => (None, &[][..]),
        Some(Value::Array(items)) => (None, items.as_slice()),
        Some(value) => (Some(value), &[][..]),
    };
    one.into_iter().chain(many.iter().filter(|v| !v.is_null())).take(MOST)
}

/// What a value refers to: itself, its `id`, or the `href` of a Link.
pub fn id(value: &Value) -> Option<&str> {
    let id = match value {
        Value::String(text) => Some(text.as_str()),
        Value::Object(map) => ["id", "@id", "href"].iter().find_map(|key| map.get(*key)?.as_str()),
        _ => None,
    };
    id.map(str::trim).filter(|id| !id.is_empty() && id.len() <= LONGEST_URI)
}

/// The first value of a property that refers to something.
pub fn first_id(of: &Value, name: &str) -> Option<String> {
    all(of, name).find_map(id).map(str::to_owned)
}

pub fn ids(of: &Value, name: &str) -> Vec<String> {
    all(of, name).filter_map(id).map(str::to_owned).collect()
}

/// Text; the first where there are several, whatever language they are in.
pub fn text(of: &Value, name: &str) -> Option<String> {
    all(of, name).find_map(Value::as_str).map(str::to_owned)
}

/// Text that is there: an empty name is no name.
pub fn filled(of: &Value, name: &str) -> Option<String> {
    text(of, name).filter(|text| !text.trim().is_empty())
}

/// Only `true` is yes.
pub fn flag(of: &Value, name: &str) -> bool {
    of.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// A count or a length, never negative; also where it came as a fraction or as text.
pub fn number(of: &Value, name: &str) -> Option<i64> {
    let value = of.get(name)?;
    let number = value.as_i64().or_else(|| value.as_f64().map(|f| f as i64));
    number.or_else(|| value.as_str()?.trim().parse().ok()).filter(|n| *n >= 0)
}

/// RFC 3339. What cannot be read is as absent.
pub fn date(of: &Value, name: &str) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(&text(of, name)?)
}

/// The types without their prefixes, most important first: `["Note", "Article"]` happens.
pub fn types(of: &Value) -> Vec<&str> {
    let key = if of.get("type").is_some() { "type" } else { "@type" };
    all(of, key).filter_map(Value::as_str).map(bare).collect()
}

/// The first type, or nothing.
pub fn kind(of: &Value) -> &str {
    types(of).first().copied().unwrap_or_default()
}

/// `as:Note`, `toot:Emoji` and the long form of ActivityStreams mean the short one.
fn bare(name: &str) -> &str {
    let prefixes = ["https://www.w3.org/ns/activitystreams#", "as:", "toot:", "litepub:"];
    prefixes.iter().find_map(|p| name.strip_prefix(p)).unwrap_or(name)
}

/// Everybody, in each of the three ways to say so.
pub fn is_public(uri: &str) -> bool {
    uri == PUBLIC || uri == "as:Public" || uri == "Public"
}

/// `totalItems` of a collection that stands in the document.
pub fn total(of: &Value, name: &str) -> Option<i64> {
    number(of.get(name)?, "totalItems")
}

/// An address on the web, as somebody else wrote it. Everything that becomes a link or a picture passes
/// here, so that no `javascript:` does.
pub fn web(uri: &str) -> Option<&str> {
    let uri = uri.trim();
    let scheme = uri.split_once(':')?.0;
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_clean = uri.len() <= LONGEST_URI && !uri.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_clean).then_some(uri)
}

/// The address of the page for people: a string, a Link, or (PeerTube) the one of several Links that is
/// HTML.
pub fn page(of: &Value) -> Option<String> {
    let is_html = |v: &&Value| v.get("mediaType").and_then(Value::as_str) == Some("text/html");
    let links = || all(of, "url");
    let best = links().find(is_html).or_else(|| links().find(|v| v.get("mediaType").is_none()));
    Some(web(id(best.or_else(|| links().next())?)?)?.to_owned())
}

/// The address of a picture: `icon` or `image` may be a string, an Image, a Link, or several sizes.
pub fn picture(of: &Value, name: &str) -> Option<String> {
    all(of, name).find_map(address)
}

/// Where the bytes of an Image or Document are.
pub fn address(value: &Value) -> Option<String> {
    let inner = || all(value, "url").find_map(|url| web(id(url)?));
    let found = match value {
        Value::String(text) => web(text),
        _ => inner().or_else(|| web(value.get("href")?.as_str()?)),
    };
    found.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_property_may_be_absent_null_one_or_many_and_of_three_shapes() {
        let link = json!({"type": "Link", "href": "https://a.example/3"});
        let doc = json!({
            "none": null,
            "one": "https://a.example/1",
            "object": {"id": "https://a.example/2", "type": "Person"},
            "many": ["https://a.example/1", null, {"id": "https://a.example/2"}, link, 7, {}],
        });
        assert!(ids(&doc, "absent").is_empty() && ids(&doc, "none").is_empty());
        assert_eq!(ids(&doc, "one"), ["https://a.example/1"]);
        assert_eq!(first_id(&doc, "object").unwrap(), "https://a.example/2");
        assert_eq!(ids(&doc, "many"), ["https://a.example/1", "https://a.example/2", "https://a.example/3"]);
    }

    #[test]
    fn types_come_with_and_without_prefix_and_in_lists() {
        assert_eq!(types(&json!({"type": ["Note", "Article"]})), ["Note", "Article"]);
        assert_eq!(kind(&json!({"type": "as:Note"})), "Note");
        assert_eq!(kind(&json!({"type": "toot:Emoji"})), "Emoji");
        assert_eq!(kind(&json!({})), "");
    }

    #[test]
    fn everybody_is_said_in_three_ways() {
        assert!(
            ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"]
                .into_iter()
                .all(is_public)
        );
        assert!(!is_public("https://a.example/Public"));
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(web(" https://a.example/x "), Some("https://a.example/x"));
        for bad in
            ["javascript:alert(1)", "data:image/png;base64,x", "//a.example", "https://a.example/ x", ""]
        {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_page_is_found_among_links_of_other_kinds() {
        let video = json!({"url": [
            {"type": "Link", "mediaType": "application/x-mpegURL", "href": "https://v.example/1.m3u8"},
            {"type": "Link", "mediaType": "text/html", "href": "https://v.example/w/1"},
        ]});
        assert_eq!(page(&video).unwrap(), "https://v.example/w/1");
        assert_eq!(page(&json!({"url": "https://a.example/@x/1"})).unwrap(), "https://a.example/@x/1");
        assert_eq!(page(&json!({"url": "javascript:x"})), None);
    }

    #[test]
    fn counts_and_dates_that_cannot_be_read_are_absent() {
        let doc = json!({"n": -4, "s": "12", "d": "yesterday", "likes": {"totalItems": 3}});
        assert_eq!((number(&doc, "n"), number(&doc, "s"), date(&doc, "d")), (None, Some(12), None));
        assert_eq!((total(&doc, "likes"), total(&doc, "shares")), (Some(3), None));
    }
}
