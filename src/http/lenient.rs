//! Reading parameters as apps send them: numbers as strings, booleans in five spellings, one value where a
//! list is meant (pitfalls 12, 15, 17). For `#[serde(default, deserialize_with = "...")]`.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Text; a number or boolean counts as its spelling. Absent stays `None`.
pub fn text<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&Value::deserialize(d)?))
}

/// Text, where an empty one is as absent: `in_reply_to_id=`.
pub fn filled<'de, D: Deserializer<'de>>(d: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&Value::deserialize(d)?).filter(|t| !t.is_empty()))
}

/// `true "true" "1" "on" 1` are true, `false "false" "0" "off" "" 0` are false; absent is `None`.
pub fn flag<'de, D: Deserializer<'de>>(d: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(d)? {
        Value::Bool(b) => Some(b),
        Value::Number(n) => Some(n.as_i64() != Some(0)),
        Value::String(s) => {
            Some(!matches!(s.to_ascii_lowercase().as_str(), "" | "false" | "0" | "off" | "f" | "no"))
        }
        _ => None,
    })
}

/// A whole number, also as text. Anything else is `None`.
pub fn number<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(d)? {
        Value::Number(n) => n.as_i64().or_else(|| n.as_f64().map(|f| f as i64)),
        Value::String(s) => s.trim().parse().ok(),
        _ => None,
    })
}

/// A list of texts; a single one is a list of one. Absent is `None`, an empty list is `Some`.
pub fn texts<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Vec<String>>, D::Error> {
    Ok(match Value::deserialize(d)? {
        Value::Array(items) => Some(items.iter().filter_map(as_text).collect()),
        value => as_text(&value).map(|t| if t.is_empty() { Vec::new() } else { vec![t] }),
    })
}

/// A list of ids, whatever the spelling; what is no id is left out.
pub fn ids<'de, D: Deserializer<'de>, T: std::str::FromStr>(d: D) -> Result<Option<Vec<T>>, D::Error> {
    let texts = texts(d)?;
    Ok(texts.map(|all| all.iter().filter_map(|t| t.trim().parse().ok()).collect()))
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Deserialize, Debug)]
    struct Form {
        #[serde(default, deserialize_with = "flag")]
        yes: Option<bool>,
        #[serde(default, deserialize_with = "number")]
        n: Option<i64>,
        #[serde(default, deserialize_with = "texts")]
        list: Option<Vec<String>>,
        #[serde(default, deserialize_with = "filled")]
        id: Option<String>,
    }

    fn read(value: Value) -> Form {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn pitfall_15_booleans_and_numbers_arrive_in_every_spelling() {
        for yes in [json!(true), json!("true"), json!("1"), json!("on"), json!(1)] {
            assert_eq!(read(json!({"yes": yes})).yes, Some(true));
        }
        for no in [json!(false), json!("false"), json!("0"), json!("off"), json!(0)] {
            assert_eq!(read(json!({"yes": no})).yes, Some(false));
        }
        assert_eq!(read(json!({})).yes, None);
        assert_eq!(read(json!({"n": "12"})).n, Some(12));
        assert_eq!(read(json!({"n": ""})).n, None);
    }

    #[test]
    fn pitfall_17_an_empty_id_is_absent() {
        assert_eq!(read(json!({"id": ""})).id, None);
        assert_eq!(read(json!({"id": 5})).id, Some("5".to_owned()));
    }

    #[test]
    fn one_value_is_a_list_of_one() {
        assert_eq!(read(json!({"list": "a"})).list, Some(vec!["a".to_owned()]));
        assert_eq!(read(json!({"list": ["a", 2]})).list, Some(vec!["a".to_owned(), "2".to_owned()]));
        assert_eq!(read(json!({"list": []})).list, Some(vec![]));
    }
}
