//! What a list of blocks looks like: Mastodon's CSV (`#domain,#severity,...`), the JSON of its public list and of
//! GoToSocial's exports, and plain lists of a domain a line.
//!
//! <https://docs.joinmastodon.org/admin/moderation/>, <https://docs.gotosocial.org/en/latest/admin/domain_blocks/>.

use super::super::domain_blocks::normalised;
use crate::model::{Rules, ServerBlock};
use crate::text;
use serde_json::Value;
use std::collections::HashSet;

/// Entries of one list; the largest that people hand on have some ten thousand.
pub const MOST: usize = 100_000;
/// Bytes of one list.
pub const BYTES: u64 = 8 * 1024 * 1024;
/// Letters of a comment that are kept.
const COMMENT: usize = 500;

/// A list as it was understood.
#[derive(Debug, Default)]
pub struct Read {
    /// A domain once, all of them with [`Rules::BELOW`].
    pub entries: Vec<ServerBlock>,
    /// Names with stars in them, which nobody can follow.
    pub obfuscated: usize,
    /// What is no domain, or wants nothing, or is too much.
    pub skipped: usize,
}

/// Reads whatever it is.
pub fn read(bytes: &[u8]) -> Read {
    let all = String::from_utf8_lossy(bytes);
    let all = all.trim_start_matches('\u{FEFF}').trim_start();
    let mut list = List::default();
    if all.starts_with(['[', '{']) {
        json(&mut list, all);
    } else {
        rows(&mut list, all);
    }
    list.read
}

#[derive(Default)]
struct List {
    read: Read,
    seen: HashSet<String>,
}

impl List {
    fn add(&mut self, domain: &str, rules: Option<Rules>, comment: &str, obfuscate: bool) {
        if domain.contains('*') {
            self.read.obfuscated += 1;
            return;
        }
        // A name without a dot would be a whole country, or the machine itself.
        let domain = normalised(domain).ok().filter(|d| d.contains(['.', ':']) && !d.contains('"'));
        match (domain, rules) {
            (Some(domain), Some(rules))
                if self.read.entries.len() < MOST && self.seen.insert(domain.clone()) =>
            {
                self.read.entries.push(ServerBlock {
                    domain,
                    rules: rules.with(Rules::BELOW),
                    public_comment: text::line(comment, COMMENT),
                    obfuscate,
                    ..ServerBlock::default()
                });
            }
            _ => self.read.skipped += 1,
        }
    }
}

/// What a severity means, with what is refused beside it. `None` where that is nothing.
fn rules(severity: &str, no_media: bool, no_reports: bool) -> Option<Rules> {
    let severe = match severity.trim().to_ascii_lowercase().as_str() {
        "" | "suspend" | "block" => Rules::SUSPENDED,
        "silence" | "limit" => Rules::SILENCE,
        "noop" | "none" => Rules::default(),
        _ => return None,
    };
    let with = |rules: Rules, yes: bool, more| if yes { rules.with(more) } else { rules };
    let all = with(with(severe, no_media, Rules::NO_MEDIA), no_reports, Rules::NO_REPORTS);
    (!all.is_exception()).then_some(all)
}

fn json(list: &mut List, all: &str) {
    let Ok(Value::Array(items)) = serde_json::from_str(all) else {
        list.read.skipped += 1;
        return;
    };
    for item in &items {
        let word = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let yes = |name: &str| item.get(name).is_some_and(|v| v == true || v == "true");
        let domain = item.as_str().unwrap_or(word("domain"));
        let comment = [word("public_comment"), word("comment")].into_iter().find(|c| !c.is_empty());
        let rules = rules(word("severity"), yes("reject_media"), yes("reject_reports"));
        list.add(domain, rules, comment.unwrap_or_default(), yes("obfuscate"));
    }
}

fn rows(list: &mut List, all: &str) {
    let mut rest = all;
    let mut columns: Option<Vec<String>> = None;
    while let Some(row) = text::csv_row(&mut rest) {
        let first = row[0].trim();
        let plain = first.trim_start_matches('#').trim().to_ascii_lowercase();
        if columns.is_none() && plain == "domain" {
            let name = |cell: &String| cell.trim().trim_start_matches('#').to_ascii_lowercase();
            columns = Some(row.iter().map(name).collect());
            continue;
        }
        if first.is_empty() || first.starts_with('#') {
            continue; // a comment
        }
        let cell = |name: &str, place: usize| {
            let at = columns.as_ref().map_or(Some(place), |c| c.iter().position(|column| column == name));
            at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
        };
        let yes =
            |name: &str, place| matches!(cell(name, place).to_ascii_lowercase().as_str(), "true" | "1" | "t");
        // Without a head the order is Mastodon's; a plain list has one column. Words behind a domain are somebody's notes.
        let domain = first.split_whitespace().next().unwrap_or_default();
        let domain = if columns.is_some() { cell("domain", 0) } else { domain };
        let rules = rules(cell("severity", 1), yes("reject_media", 2), yes("reject_reports", 3));
        list.add(domain, rules, cell("public_comment", 4), yes("obfuscate", 5));
    }
}

/// As Mastodon exports its list, exceptions left out.
pub fn written(blocks: &[ServerBlock]) -> String {
    let mut out = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n".to_owned();
    let word = |yes| if yes { "True" } else { "False" };
    for block in blocks.iter().filter(|block| !block.rules.is_exception()) {
        let rules = block.rules;
        let line = [
            block.domain.as_str(),
            rules.severity(),
            word(rules.has(Rules::NO_MEDIA)),
            word(rules.has(Rules::NO_REPORTS)),
            &block.public_comment,
            word(block.obfuscate),
        ];
        out.push_str(&text::csv_line(&line));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(bytes: &str) -> Vec<(String, i64)> {
        read(bytes.as_bytes()).entries.into_iter().map(|e| (e.domain, e.rules.0)).collect()
    }

    #[test]
    fn every_shape_in_the_wild_is_understood() {
        let mastodon = "\u{FEFF}#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n\
            Evil.example,suspend,True,True,\"spam, and \"\"more\"\"\nof it\",False\r\n\
            loud.example,silence,False,False,,True\npics.example,noop,true,false,,\n\
            nothing.example,noop,False,False,,\nhid*en.example,suspend,,,,\n";
        let found = read(mastodon.as_bytes());
        let domains: Vec<(&str, i64)> =
            found.entries.iter().map(|e| (e.domain.as_str(), e.rules.0)).collect();
        assert_eq!(domains, [("evil.example", 61), ("loud.example", 34), ("pics.example", 36)]);
        assert_eq!((found.obfuscated, found.skipped), (1, 1));
        assert_eq!(found.entries[0].public_comment, "spam, and \"more\" of it");
        assert!(found.entries[1].obfuscate);
        assert_eq!(
            short("# a note\nevil.example\n\nžurnāls.example # another\n"),
            [("evil.example".to_owned(), 49), ("xn--urnls-hwa58f.example".to_owned(), 49)]
        );
        assert_eq!(
            short("domain,public_comment,severity\na.example,why,silence\n"),
            [("a.example".to_owned(), 34)]
        );
        let gotosocial =
            r#"[{"domain":"a.example","public_comment":"why"},{"domain":"b.example","obfuscate":true}]"#;
        assert_eq!(short(gotosocial).len(), 2);
        let public = r#"[{"domain":"a*.example","digest":"x","severity":"suspend"},{"domain":"b.example","digest":"x","severity":"silence","comment":"c"}]"#;
        assert_eq!(short(public), [("b.example".to_owned(), 34)]);
    }

    #[test]
    fn what_is_no_list_is_nothing_and_breaks_nothing() {
        for hostile in [
            "",
            "[",
            "{}",
            "com\norg\n",
            "\"",
            "\0\0\0",
            "<!doctype html><p>",
            "[[[[",
            "a.example,evil,x\n",
            "[{\"domain\":7}]",
        ] {
            assert_eq!(short(hostile), [], "{hostile:?}");
        }
        assert_eq!(short("a.example\nA.Example.\na.example/\n").len(), 1, "each once");
        let many: String = (0..MOST + 50).map(|n| format!("n{n}.example\n")).collect();
        let found = read(many.as_bytes());
        assert_eq!((found.entries.len(), found.skipped), (MOST, 50));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let list = "evil.example,suspend,True,False,\"a, b\",True\nloud.example,silence,False,True,,False\n";
        let found = read(list.as_bytes()).entries;
        let again = written(&found);
        assert_eq!(again.split_once('\n').unwrap().1, list);
        assert_eq!(read(again.as_bytes()).entries, found);
    }
}
