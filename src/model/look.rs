//! How the pages look: what the owner chose, from short lists of words.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What there is to choose, beside the usual, which has no word. Each is a `data-` attribute of the page, and a few
/// custom properties of the sheet.
pub const CHOICES: [(&str, &[&str]); 6] = [
    ("theme", &["light", "dark", "contrast"]),
    ("accent", &["blue", "teal", "green", "olive", "amber", "red", "rose", "violet"]),
    ("density", &["compact"]),
    ("size", &["large", "larger"]),
    ("motion", &["less"]),
    ("font", &["serif"]),
];

/// What visitors see as the owner does.
const OPEN: [&str; 2] = ["accent", "font"];

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// One of the words for some of [`CHOICES`].
    pub chosen: BTreeMap<String, String>,
    /// Visitors see the owner's theme, not their system's.
    pub for_all: bool,
    /// The owner wants no shortcuts of one key.
    pub no_keys: bool,
    /// The name of a time zone; none: UTC.
    pub zone: Option<String>,
    /// Tells the versions of the owner's own sheet apart; empty: there is none.
    pub sheet: String,
}

impl Look {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.chosen.get(name).map(String::as_str)
    }

    /// What is none of the words is the usual.
    pub fn set(&mut self, name: &str, word: &str) {
        self.chosen.remove(name);
        if CHOICES.iter().any(|(n, words)| *n == name && words.contains(&word)) {
            self.chosen.insert(name.to_owned(), word.to_owned());
        }
    }

    /// What of it visitors see.
    pub fn for_visitors(&self) -> Look {
        let mut look = Look { sheet: self.sheet.clone(), no_keys: true, ..Look::default() };
        look.chosen = self.chosen.clone();
        look.chosen.retain(|name, _| OPEN.contains(&name.as_str()) || (name == "theme" && self.for_all));
        look
    }
}
