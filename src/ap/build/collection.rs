//! Collections and their pages: <https://www.w3.org/TR/activitypub/#collections>.
//!
//! Pages are paths and no queries: signers disagree whether a query is part of what they sign.

use super::document;
use serde_json::{Map, Value};

/// Newest first. `total` is told even when the entries are not: without `first`, Mastodon says that the
/// collection is hidden.
pub fn ordered_collection(id: &str, total: i64, first: Option<String>) -> Value {
    collection_of("OrderedCollection", id, Some(total), first)
}

/// A whole ordered collection in one piece.
pub fn ordered_items(id: &str, items: Vec<Value>) -> Value {
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let mut whole = ordered_collection(id, total, None);
    whole["orderedItems"] = items.into();
    whole
}

/// A whole collection in no order, in one piece.
pub fn items(id: &str, items: Vec<Value>) -> Value {
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let mut whole = collection(id, Some(total), None);
    whole["items"] = items.into();
    whole
}

/// A page of an ordered collection. `next` is the address of the one with older entries.
pub fn ordered_page(id: &str, part_of: &str, next: Option<String>, items: Vec<Value>) -> Value {
    page_of("OrderedCollectionPage", "orderedItems", id, part_of, next, items)
}

/// In no order that means something; `None`: how many, nobody knows.
pub fn collection(id: &str, total: Option<i64>, first: Option<String>) -> Value {
    collection_of("Collection", id, total, first)
}

pub fn collection_page(id: &str, part_of: &str, next: Option<String>, items: Vec<Value>) -> Value {
    page_of("CollectionPage", "items", id, part_of, next, items)
}

fn collection_of(kind: &str, id: &str, total: Option<i64>, first: Option<String>) -> Value {
    let mut map = Map::new();
    map.insert("id".to_owned(), id.into());
    map.insert("type".to_owned(), kind.into());
    if let Some(total) = total {
        map.insert("totalItems".to_owned(), total.max(0).into());
    }
    if let Some(first) = first {
        map.insert("first".to_owned(), first.into());
    }
    document(Value::Object(map))
}

fn page_of(kind: &str, key: &str, id: &str, part_of: &str, next: Option<String>, items: Vec<Value>) -> Value {
    let mut map = Map::new();
    map.insert("id".to_owned(), id.into());
    map.insert("type".to_owned(), kind.into());
    map.insert("partOf".to_owned(), part_of.into());
    if let Some(next) = next {
        map.insert("next".to_owned(), next.into());
    }
    map.insert(key.to_owned(), items.into());
    document(Value::Object(map))
}

#[cfg(test)]
mod tests {
    use super::super::tests::assert_says;
    use super::*;
    use serde_json::json;

    #[test]
    fn a_hidden_collection_tells_its_total_and_no_page() {
        let expected = json!({"id": "https://a.test/f", "type": "OrderedCollection", "totalItems": 3});
        assert_says(&ordered_collection("https://a.test/f", 3, None), expected);
    }

    #[test]
    fn a_page_names_its_collection_and_the_next_page() {
        let next = Some("https://a.test/f/before/1".to_owned());
        let page = ordered_page("https://a.test/f/page", "https://a.test/f", next, vec!["x".into()]);
        let expected = json!({
            "id": "https://a.test/f/page",
            "type": "OrderedCollectionPage",
            "partOf": "https://a.test/f",
            "next": "https://a.test/f/before/1",
            "orderedItems": ["x"],
        });
        assert_says(&page, expected);
    }

    #[test]
    fn what_stands_in_one_piece_counts_itself() {
        let expected = json!({
            "id": "https://a.test/p", "type": "OrderedCollection", "totalItems": 1, "orderedItems": ["x"],
        });
        assert_says(&ordered_items("https://a.test/p", vec!["x".into()]), expected);
    }
}
