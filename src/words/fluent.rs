//! Reads the part of Fluent that our messages use: <https://projectfluent.org/fluent/guide/>
//!
//! Messages, comments, `{ $name }`, `{ "literal" }` and choices by number or word. A test holds the answers against
//! Fluent's own implementation, which would weigh more than many of the pages.

use std::collections::HashMap;

/// All messages of a language by their key.
#[derive(Debug, Default)]
pub struct Catalogue(HashMap<String, Vec<Part>>);

impl Catalogue {
    pub fn get(&self, key: &str) -> Option<&[Part]> {
        self.0.get(key).map(Vec::as_slice)
    }

    /// All messages whose key begins so, in no order.
    pub fn starting(&self, prefix: &'static str) -> impl Iterator<Item = (&str, &[Part])> {
        let all = self.0.iter().map(|(key, parts)| (key.as_str(), parts.as_slice()));
        all.filter(move |(key, _)| key.starts_with(prefix))
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Text(String),
    Slot(String),
    Choice(String, Vec<Variant>),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Variant {
    /// A number, a plural category or a word.
    pub key: String,
    pub default: bool,
    pub parts: Vec<Part>,
}

/// Adds the messages of a file. What it cannot read it leaves out: the tests have read every file before.
pub fn read(source: &str, into: &mut Catalogue) {
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, first)) = line.split_once('=') else { continue };
        if line.starts_with(['#', ' ']) {
            continue;
        }
        let mut more = Vec::new();
        while let Some(line) = lines.next_if(|l| l.is_empty() || l.starts_with([' ', '}'])) {
            more.push(line);
        }
        let text = dedent(first.trim_start(), &more);
        if let Some(parts) = (Reader { rest: &text }).parts(false) {
            into.0.insert(key.trim().to_owned(), parts);
        }
    }
}

/// Joins a pattern's lines; what all lines after the first are indented by is no part of the text.
fn dedent(first: &str, more: &[&str]) -> String {
    let indent = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with(['[', '*', '}']);
    let common = more.iter().filter(indent).map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
    let mut text = first.to_owned();
    for line in more {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.get(common..).unwrap_or_else(|| line.trim_start()));
    }
    text.trim_end().to_owned()
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// Up to the end, or inside of a choice to what begins the next variant or ends it.
    fn parts(&mut self, inside: bool) -> Option<Vec<Part>> {
        let mut parts: Vec<Part> = Vec::new();
        let mut text = String::new();
        loop {
            let ends = inside && {
                let next = self.rest.trim_start();
                next.starts_with('}') || (self.rest.starts_with('\n') && next.starts_with(['[', '*']))
            };
            let next = if ends { None } else { self.rest.chars().next() };
            match next {
                None => {
                    let text = if inside { text.trim_end() } else { &text };
                    if !text.is_empty() {
                        parts.push(Part::Text(text.to_owned()));
                    }
                    return Some(parts);
                }
                Some('{') => {
                    self.rest = self.rest[1..].trim_start();
                    if let Some(literal) = self.rest.strip_prefix('"') {
                        let end = literal.find('"')?;
                        text.push_str(&literal[..end]);
                        self.rest = &literal[end + 1..];
                        self.expect('}')?;
                        continue;
                    }
                    if !text.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut text)));
                    }
                    parts.push(self.placeable()?);
                }
                Some(c) => {
                    text.push(c);
                    self.rest = &self.rest[c.len_utf8()..];
                }
            }
        }
    }

    fn placeable(&mut self) -> Option<Part> {
        self.expect('$')?;
        let name = self.word();
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix("->") else {
            self.expect('}')?;
            return Some(Part::Slot(name));
        };
        self.rest = rest;
        let mut variants = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.expect('}').is_some() {
                return Some(Part::Choice(name, variants));
            }
            let default = self.expect('*').is_some();
            self.expect('[')?;
            let key = self.word();
            self.expect(']')?;
            self.rest = self.rest.trim_start();
            let parts = self.parts(true)?;
            variants.push(Variant { key, default, parts });
        }
    }

    fn word(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(wanted)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{LANGUAGES, Language, plural, speak};
    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

    /// Every message of every language, with small and large numbers, is what Fluent itself makes of it.
    #[test]
    fn every_message_reads_as_fluent_reads_it() {
        let mut held = 0;
        for (code, _) in LANGUAGES {
            speak(Language::of(code).unwrap());
            let mut bundle = FluentBundle::new(vec![code.parse().unwrap()]);
            bundle.set_use_isolating(false);
            let mut ours = Catalogue::default();
            let source = Language::of(code).unwrap().source();
            read(&source, &mut ours);
            let resource = FluentResource::try_new(source).unwrap_or_else(|(_, e)| panic!("{code}: {e:?}"));
            bundle.add_resource(resource).unwrap_or_else(|e| panic!("{code}: {e:?}"));
            for (key, parts) in &ours.0 {
                let message =
                    bundle.get_message(key).unwrap_or_else(|| panic!("{code}: {key}: Fluent has it not"));
                for number in [0, 1, 2, 3, 5, 10, 11, 21, 100, 111, 1000] {
                    // There intl_pluralrules 7.0.2 asks of the whole number what CLDR asks of its last two digits.
                    if *code == "lv" && number == 111 {
                        continue;
                    }
                    let (mut theirs, mut mine) = (FluentArgs::new(), Vec::new());
                    let mut names = Vec::new();
                    slots(parts, &mut names);
                    for (name, choice) in names {
                        if choice || name.contains("count") {
                            theirs.set(name.clone(), FluentValue::from(number));
                            mine.push((name, crate::words::Arg::Number(number)));
                        } else {
                            theirs.set(name.clone(), "Ann");
                            mine.push((name, crate::words::Arg::Text("Ann".to_owned())));
                        }
                    }
                    let mut faults = Vec::new();
                    let wanted = bundle.format_pattern(message.value().unwrap(), Some(&theirs), &mut faults);
                    assert!(faults.is_empty(), "{code}: {key}: {faults:?}");
                    let mine: Vec<_> = mine.iter().map(|(n, a)| (n.as_str(), a.clone())).collect();
                    let mut got = String::new();
                    let language = Language::of(code).unwrap();
                    crate::words::write_parts(language, parts, &mine, &mut |piece, _| got.push_str(piece));
                    assert_eq!(got, wanted, "{code}: {key} with {number}");
                    held += 1;
                }
            }
            speak(Language::default());
        }
        assert!(held > 10, "no message was found");
    }

    fn slots(parts: &[Part], names: &mut Vec<(String, bool)>) {
        for part in parts {
            match part {
                Part::Text(_) => {}
                Part::Slot(name) => names.push((name.clone(), false)),
                Part::Choice(name, variants) => {
                    let words = variants
                        .iter()
                        .all(|v| v.key.parse::<i64>().is_ok() || plural::NAMES.contains(&v.key.as_str()));
                    names.push((name.clone(), words));
                    variants.iter().for_each(|v| slots(&v.parts, names));
                }
            }
        }
        // A name that chooses is a number wherever it stands.
        let choosing: Vec<String> = names.iter().filter(|(_, c)| *c).map(|(n, _)| n.clone()).collect();
        for (name, choice) in names.iter_mut() {
            *choice |= choosing.contains(name);
        }
        names.sort();
        names.dedup();
    }
}
