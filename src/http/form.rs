//! Forms and queries: pairs of text, and the tree that Rails-style keys mean.
//!
//! `media_ids[]=1`, `poll[options][]=a`, `fields_attributes[0][name]=x` and
//! `keywords_attributes[][keyword]=y` all occur in real apps (pitfall 12).

use crate::model::sort::sort_by_key;
use serde_json::{Map, Value};

/// More pairs than any app sends; what comes behind them is not read.
const MAX_PAIRS: usize = 1_000;
/// Deeper keys than any app sends.
const MAX_DEPTH: usize = 6;

/// Splits `a=1&b=2`, decoding percent signs and pluses.
pub fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).take(MAX_PAIRS).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

/// The JSON object that the pairs mean; every leaf is a string.
pub fn tree(pairs: Vec<(String, String)>) -> Value {
    let mut root = Node::Map(Vec::new());
    for (key, value) in pairs {
        let path = split(&key);
        if path.len() <= MAX_DEPTH {
            root.insert(&path, value);
        }
    }
    root.into_value()
}

/// `a[b][]` -> `a`, `b`, ``. No list here holds lists: Mastodon.py's `id[][]` means `id[]`.
fn split(key: &str) -> Vec<&str> {
    let Some((head, mut rest)) = key.split_once('[') else {
        return vec![key];
    };
    if head.is_empty() {
        return vec![key];
    }
    let mut path = vec![head];
    while let Some((segment, behind)) = rest.split_once(']') {
        if !segment.is_empty() || path.last().is_some_and(|last| !last.is_empty()) {
            path.push(segment);
        }
        rest = behind.strip_prefix('[').unwrap_or("");
    }
    path
}

/// A tree while it grows. Maps keep the order of arrival; a map whose keys are all numbers ends as an array.
enum Node {
    Leaf(String),
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
}

impl Node {
    fn insert(&mut self, path: &[&str], value: String) {
        let Some((head, rest)) = path.split_first() else {
            *self = Node::Leaf(value);
            return;
        };
        if head.is_empty() {
            return self.append(rest, value);
        }
        if !matches!(self, Node::Map(_)) {
            *self = Node::Map(Vec::new());
        }
        let Node::Map(entries) = self else { return };
        match entries.iter().position(|(k, _)| k == head) {
            // A repeated plain key is a list: `id=1&id=2`.
            Some(at) if rest.is_empty() => match &mut entries[at].1 {
                Node::List(items) => items.push(Node::Leaf(value)),
                node => {
                    let before = std::mem::replace(node, Node::List(Vec::new()));
                    *node = Node::List(vec![before, Node::Leaf(value)]);
                }
            },
            Some(at) => entries[at].1.insert(rest, value),
            None => {
                let mut node = Node::Map(Vec::new());
                node.insert(rest, value);
                entries.push(((*head).to_owned(), node));
            }
        }
    }

    /// `a[]=x` appends; `a[][k]=v` goes into the last map that has no `k` yet.
    fn append(&mut self, rest: &[&str], value: String) {
        if !matches!(self, Node::List(_)) {
            *self = Node::List(Vec::new());
        }
        let Node::List(items) = self else { return };
        if let (Some(first), Some(Node::Map(last))) = (rest.first(), items.last_mut())
            && !last.iter().any(|(k, _)| k == first)
        {
            let mut node = Node::Map(std::mem::take(last));
            node.insert(rest, value);
            items.pop();
            items.push(node);
            return;
        }
        let mut node = Node::Map(Vec::new());
        node.insert(rest, value);
        items.push(node);
    }

    fn into_value(self) -> Value {
        match self {
            Node::Leaf(text) => Value::String(text),
            Node::List(items) => Value::Array(items.into_iter().map(Node::into_value).collect()),
            Node::Map(entries) => {
                let numbered = !entries.is_empty()
                    && entries.iter().all(|(k, _)| !k.is_empty() && k.bytes().all(|b| b.is_ascii_digit()));
                if numbered {
                    let mut sorted = entries;
                    sort_by_key(&mut sorted, |(k, _)| k.parse::<u64>().unwrap_or(u64::MAX));
                    return Value::Array(sorted.into_iter().map(|(_, v)| v.into_value()).collect());
                }
                let map: Map<String, Value> = entries.into_iter().map(|(k, v)| (k, v.into_value())).collect();
                Value::Object(map)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(query: &str) -> Value {
        tree(pairs(query.as_bytes()))
    }

    #[test]
    fn pitfall_12_arrays_arrive_in_every_spelling() {
        assert_eq!(read("media_ids%5B%5D=1&media_ids[]=2"), json!({"media_ids": ["1", "2"]}));
        assert_eq!(read("id[][]=1&id[][]=2"), json!({"id": ["1", "2"]}));
        assert_eq!(read("id=1"), json!({"id": "1"}));
        assert_eq!(read("id=1&id=2"), json!({"id": ["1", "2"]}));
        assert_eq!(
            read("poll[options][]=a&poll[options][]=b&poll[multiple]=1"),
            json!({"poll": {"options": ["a", "b"], "multiple": "1"}})
        );
        assert_eq!(
            read("f[1][name]=b&f[0][name]=a&f[0][value]=x"),
            json!({"f": [{"name": "a", "value": "x"}, {"name": "b"}]})
        );
        assert_eq!(
            read("k[][w]=a&k[][whole]=1&k[][w]=b"),
            json!({"k": [{"w": "a", "whole": "1"}, {"w": "b"}]})
        );
    }

    #[test]
    fn hostile_keys_are_left_out_and_do_not_recurse() {
        let deep = format!("a{}=1", "[b]".repeat(10_000));
        assert_eq!(read(&deep), json!({}));
        assert_eq!(read("[x]=1&a[=2"), json!({"[x]": "1", "a": "2"}));
    }
}
