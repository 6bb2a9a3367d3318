//! What several readers ask in the same way.

use super::collected::{HOST, text};
use crate::peer::{AS, Heard, PUBLIC};
use serde_json::Value;
use url::Url;

/// What a reader would drop, in words.
#[derive(Default)]
pub struct Faults(pub Vec<String>);

impl Faults {
    pub fn need(&mut self, holds: bool, what: &str, of: &Value) {
        if !holds {
            let shown: String = of.to_string().chars().take(600).collect();
            self.0.push(format!("{what}: {shown}"));
        }
    }

    pub fn header(&mut self, holds: bool, what: &str, of: &Heard) {
        if !holds {
            self.0.push(format!("{what}: {} {} {:?}", of.method, of.target, of.headers));
        }
    }
}

pub fn host(value: &Value) -> Option<String> {
    Url::parse(value.as_str()?).ok()?.host_str().map(str::to_owned)
}

/// https, a name with a dot, no port and nobody before an @.
pub fn is_open_web(value: &Value) -> bool {
    let Some(url) = value.as_str().and_then(|text| Url::parse(text).ok()) else { return false };
    let named = url.domain().is_some_and(|name| name.contains('.') && name != "localhost");
    url.scheme() == "https" && named && url.port().is_none() && url.username().is_empty()
}

pub fn is_ours(value: &Value) -> bool {
    is_open_web(value) && host(value).as_deref() == Some(HOST)
}

/// A list of texts.
pub fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}

pub fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().map(text).collect(),
        Value::String(one) => vec![one.as_str()],
        _ => Vec::new(),
    }
}

pub fn is_public(of: &Value) -> bool {
    names(&of["to"]).into_iter().chain(names(&of["cc"])).any(|name| name == PUBLIC)
}

/// Lists and objects, one in the other: a text is 0 deep.
pub fn depth(value: &Value) -> usize {
    match value {
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Looks at every object in a document, the document itself first.
pub fn every_object(value: &Value, look: &mut dyn FnMut(&Value)) {
    match value {
        Value::Object(map) => {
            look(value);
            map.iter().filter(|(key, _)| *key != "@context").for_each(|(_, inner)| every_object(inner, look));
        }
        Value::Array(list) => list.iter().for_each(|inner| every_object(inner, look)),
        _ => (),
    }
}

pub fn begins_with_activity_streams(document: &Value) -> bool {
    document["@context"] == AS || document["@context"][0] == AS
}

/// The three Content-Types that Lemmy takes, letter by letter once they are in lower case.
pub fn is_activity_type(content_type: &str) -> bool {
    let exact = [
        "application/activity+json",
        "application/activity+json; charset=utf-8",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
    ];
    exact.contains(&content_type.to_ascii_lowercase().as_str())
}

/// What stands in quotes behind `name=` in a Signature header.
pub fn parameter(request: &Heard, name: &str) -> String {
    let signature = header(request, "signature");
    let found = signature.split(',').find_map(|part| part.trim().strip_prefix(&format!("{name}=")));
    found.unwrap_or_default().trim_matches('"').to_owned()
}

pub fn header<'a>(request: &'a Heard, name: &str) -> &'a str {
    request.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_default()
}

pub fn signs(request: &Heard, names: &[&str]) -> bool {
    let signed = parameter(request, "headers");
    names.iter().all(|name| signed.split(' ').any(|one| one == *name))
}

/// The full address wherever Public is meant.
pub fn spells_public_out(value: &Value) -> bool {
    let short = |key: &str| names(&value[key]).iter().any(|name| ["as:Public", "Public"].contains(name));
    !short("to") && !short("cc")
}
