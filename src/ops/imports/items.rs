//! The items of a collection, one after the other, out of a document of any size: the outbox of a long life is hundreds of
//! megabytes, and no more than one item of it is in memory. <https://www.w3.org/TR/activitystreams-core/#collections>

use crate::error::{Error, Result};
use crate::ops::imports::pack::damaged;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};

/// The largest item that is read; Mastodon's are a few KiB.
const ITEM: usize = 1 << 20;
/// Members of the document in front of its items, in bytes.
const BEFORE: u64 = 4 << 20;

pub struct Items {
    from: BufReader<Box<dyn Read>>,
    /// Bytes that are behind.
    at: u64,
    over: bool,
}

/// One item.
pub enum Item {
    Json(Value),
    /// Too large, or no JSON that anybody writes.
    Unreadable(&'static str),
}

impl Items {
    /// Goes to the first item, or on from where [`Items::at`] said.
    ///
    /// Errors: `Invalid` when there is no list of items.
    pub fn open(from: Box<dyn Read>, at: u64) -> Result<Items> {
        let mut items = Items { from: BufReader::with_capacity(64 * 1024, from), at: 0, over: false };
        match at {
            0 => items.find()?,
            at => {
                let skipped = std::io::copy(&mut (&mut items.from).take(at), &mut std::io::sink());
                if skipped.map_err(|e| damaged().because(e))? != at {
                    return Err(damaged());
                }
                items.at = at;
            }
        }
        Ok(items)
    }

    /// Where the next item begins.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// The next one; `None` at the end.
    ///
    /// Errors: `Invalid` where the document ends in the middle.
    pub fn next(&mut self) -> Result<Option<Item>> {
        if self.over {
            return Ok(None);
        }
        match self.after_space()? {
            b']' => {
                self.over = true;
                return Ok(None);
            }
            b',' => {
                self.take()?;
                self.after_space()?;
            }
            _ => {}
        }
        let mut raw = Vec::new();
        let fits = self.value(&mut raw)?;
        // The parser has a limit of its own for depth.
        Ok(Some(match fits.then(|| serde_json::from_slice(&raw)) {
            Some(Ok(value)) => Item::Json(value),
            Some(Err(_)) => Item::Unreadable("broken"),
            None => Item::Unreadable("large"),
        }))
    }

    /// Up to the first byte behind `"orderedItems": [`, of the outermost object.
    fn find(&mut self) -> Result<()> {
        if self.after_space()? != b'{' {
            return Err(no_list());
        }
        self.take()?;
        loop {
            match self.after_space()? {
                b',' => self.take().map(|_| ())?,
                b'"' => {}
                _ => return Err(no_list()),
            }
            if self.after_space()? != b'"' {
                return Err(no_list());
            }
            let mut key = Vec::new();
            self.value(&mut key)?;
            if self.after_space()? != b':' {
                return Err(no_list());
            }
            self.take()?;
            let first = self.after_space()?;
            if matches!(key.as_slice(), b"\"orderedItems\"" | b"\"items\"") && first == b'[' {
                self.take()?;
                return Ok(());
            }
            self.value(&mut Vec::new())?;
            if self.at > BEFORE {
                return Err(no_list());
            }
        }
    }

    /// Reads one value. `false`: it was too large, and is not whole in `raw`.
    fn value(&mut self, raw: &mut Vec<u8>) -> Result<bool> {
        let (mut depth, mut quoted, mut escaped, mut fits) = (0_u64, false, false, true);
        loop {
            let byte = self.peek()?;
            if !quoted && depth == 0 && !raw.is_empty() && matches!(byte, b',' | b']' | b'}' | b':') {
                return Ok(fits);
            }
            self.take()?;
            if raw.len() < ITEM {
                raw.push(byte)
            } else {
                fits = false
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                _ if quoted => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.checked_sub(1).ok_or_else(damaged)?,
                _ => continue,
            }
            if depth == 0 && !quoted && matches!(byte, b'"' | b'}' | b']') {
                return Ok(fits);
            }
        }
    }

    fn after_space(&mut self) -> Result<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.take()?,
                byte => return Ok(byte),
            };
        }
    }

    fn peek(&mut self) -> Result<u8> {
        let buffer = self.from.fill_buf().map_err(|e| damaged().because(e))?;
        buffer.first().copied().ok_or_else(damaged)
    }

    fn take(&mut self) -> Result<u8> {
        let byte = self.peek()?;
        self.from.consume(1);
        self.at += 1;
        Ok(byte)
    }
}

fn no_list() -> Error {
    Error::invalid("The archive has a list that cannot be read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn items(text: &str, at: u64) -> Result<Items> {
        Items::open(Box::new(std::io::Cursor::new(text.as_bytes().to_vec())), at)
    }

    fn all(text: &str) -> Vec<Value> {
        let mut items = items(text, 0).unwrap();
        let mut found = Vec::new();
        while let Some(item) = items.next().unwrap() {
            found.push(match item {
                Item::Json(value) => value,
                Item::Unreadable(why) => json!({"why": why}),
            });
        }
        found
    }

    #[test]
    fn items_are_read_one_after_the_other_and_on_from_any_of_them() {
        let text = r#" {"@context": [{"a": "]}"}, 1], "orderedItems" : [ {"a": "\"],[{"}, "https://a.example/1",
            [1, [2]], 7 , {"b": {}}] , "more": 1}"#;
        let whole = all(text);
        assert_eq!(whole.len(), 5);
        assert_eq!((&whole[0], &whole[1]), (&json!({"a": "\"],[{"}), &json!("https://a.example/1")));
        assert_eq!((&whole[3], &whole[4]), (&json!(7), &json!({"b": {}})));
        let mut first = items(text, 0).unwrap();
        first.next().unwrap();
        first.next().unwrap();
        let mut rest = items(text, first.at()).unwrap();
        assert!(matches!(rest.next().unwrap(), Some(Item::Json(v)) if v == json!([1, [2]])));
    }

    #[test]
    fn hostile_documents_cost_little() {
        let deep = format!(r#"{{"orderedItems": [{}1{}, 2]}}"#, "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(all(&deep), [json!({"why": "broken"}), json!(2)]);
        let long = format!(r#"{{"orderedItems": ["{}", 2]}}"#, "x".repeat(ITEM));
        assert_eq!(all(&long), [json!({"why": "large"}), json!(2)]);
        assert_eq!(all(r#"{"orderedItems": []}"#), [] as [Value; 0]);
        for bad in ["", "[]", "{}", r#"{"orderedItems": 1}"#, r#"{"a""#, r#"{"a":}}}"#] {
            assert!(items(bad, 0).is_err(), "{bad}");
        }
        let mut cut = items(r#"{"orderedItems": [{"a": 1"#, 0).unwrap();
        assert!(cut.next().is_err());
    }
}
