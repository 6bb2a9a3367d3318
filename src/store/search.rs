//! Full text: words of posts, names of accounts. <https://www.sqlite.org/fts5.html>
//!
//! The index holds words and no text (`content=''`), its row ids are those of the statuses, and FTS5 walks
//! them downwards: the newest hits come first without sorting, and a page costs what it shows, however
//! many posts have the word. What an operator asks for (`has:image`, `from:`) stands in the index as a word of a
//! second column, so that it costs no more than a word.
//!
//! Measured (`tests/bench/search`) with 300,000 posts of 24 random words, 117 bytes of text each, and 100,000
//! accounts, on two shared cores: 215 bytes of index a post (a column of properties among them; of real
//! words, which repeat, less) and 71 an account. A page takes under 1 ms whatever the words, 3 ms for a
//! rare word beside a common one, 35 ms for a library in which nothing is found, 98 ms for `abc*`, whose
//! many words FTS5 puts together first; people take 5 to 17 ms.

use super::row::{all, first};
use super::statuses::COLUMNS;
use super::timelines::{NOT_HIDDEN, NOT_LIMITED};
use super::{Tx, accounts, statuses, words};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, named_params};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Hits of the index that are looked at for one page. What the index cannot tell (who is blocked, what
/// the owner kept) leaves some out, and must not read on for ever.
const CANDIDATES: i64 = 10_000;
/// The newest accounts with a name that are ranked; friends are ranked all.
const NAMESAKES: i64 = 500;

/// Puts what changed in one transaction into the index.
pub fn index(tx: &Tx, changed: &BTreeSet<StatusId>, named: &BTreeSet<AccountId>) -> Result<()> {
    for id in changed {
        if let Some((text, marks)) = document(tx, *id)? {
            tx.run(
                "INSERT OR REPLACE INTO status_words (rowid, text, marks) VALUES (?1, ?2, ?3)",
                (id, text, marks),
            )?;
        }
    }
    for id in named {
        // A row that stands is still right: a trigger takes it out when the name changes.
        let known = tx.prepare_cached("SELECT 1 FROM account_words WHERE rowid = ?1")?.exists([id])?;
        let sql = "SELECT username, display_name, ifnull(domain, '') FROM accounts WHERE id = ?1";
        let names = first(tx, sql, [id], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?, r.get::<_, String>(2)?))
        })?;
        if let (false, Some((username, display_name, domain))) = (known, names) {
            let mut names = words::of(&username);
            words::add(&mut names, &display_name);
            tx.run(
                "INSERT INTO account_words (rowid, names, domain) VALUES (?1, ?2, ?3)",
                (id, names, domain),
            )?;
        }
    }
    Ok(())
}

/// What a post is found by: its words, and its properties. `None` for a boost, and for what is gone again.
fn document(tx: &Tx, id: StatusId) -> Result<Option<(String, String)>> {
    let found = first(
        tx,
        "SELECT content, spoiler_text, account_id, visibility, language, sensitive, in_reply_to_uri IS NOT NULL
           FROM statuses WHERE id = ?1 AND reblog_of_id IS NULL",
        [id],
        |r| {
            let texts = (r.get::<_, String>(0)?, r.get::<_, String>(1)?);
            let author = (r.get::<_, AccountId>(2)?, r.get::<_, Visibility>(3)?);
            Ok((texts, author, r.get::<_, Option<String>>(4)?, r.get::<_, bool>(5)?, r.get::<_, bool>(6)?))
        },
    )?;
    let Some(((content, warning), (author, visibility), language, sensitive, reply)) = found else {
        return Ok(None);
    };
    let plain = words::of_html(&content);
    let mut text = words::of(&plain);
    words::add(&mut text, &warning);
    let mut marks = format!("{} {}", mark_of_author(author), visibility.as_str());
    let mut mark = |is: bool, name: &str| {
        if is {
            let _ = write!(marks, " {name}"); // writing to a String cannot fail
        }
    };
    if let Some(language) = &language {
        mark(true, &mark_of_language(language));
    }
    mark(sensitive, "sensitive");
    mark(reply, "reply");
    mark(has_link(&content), "link");
    let media = all(tx, "SELECT kind, description FROM media WHERE status_id = ?1", [id], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?))
    })?;
    mark(!media.is_empty(), "media");
    for (kind, words) in [("image", "image"), ("gifv", "video"), ("video", "video"), ("audio", "audio")] {
        mark(media.iter().any(|(k, _)| k == kind), words);
    }
    for description in media.iter().filter_map(|(_, d)| d.as_deref()) {
        words::add(&mut text, description);
    }
    let poll = super::polls::get(tx, id)?;
    mark(poll.is_some(), "poll");
    for title in poll.iter().flat_map(Poll::titles) {
        words::add(&mut text, title);
    }
    mark(super::quotes::of_status(tx, id)?.is_some(), "quote");
    let lower = plain.to_lowercase();
    let sql = "SELECT t.name FROM status_tags st JOIN tags t ON t.id = st.tag_id WHERE st.status_id = ?1";
    for tag in all(tx, sql, [id], |r| r.get::<_, String>(0))? {
        // Some servers name tags that the text does not.
        if !lower.contains(&format!("#{tag}")) {
            words::add(&mut text, &tag);
        }
    }
    Ok(Some((text, marks)))
}

fn mark_of_author(id: AccountId) -> String {
    format!("by{id}")
}

/// `pt-BR` is found as `pt`, and the other way round.
fn mark_of_language(code: &str) -> String {
    let base = code.split(['-', '_']).next().unwrap_or(code);
    format!("lang{}", base.to_ascii_lowercase())
}

/// A link that is no mention and no hashtag.
fn has_link(html: &str) -> bool {
    html.split("<a ").skip(1).any(|tag| {
        let tag = tag.split('>').next().unwrap_or(tag);
        !["u-url", "mention", "hashtag", "rel=\"tag"].iter().any(|word| tag.contains(word))
    })
}

/// One thing that a post must have, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub not: bool,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Words in this order; `prefix`: the last one may go on.
    Words {
        text: String,
        prefix: bool,
    },
    /// By one of these; by nobody where there is none.
    By(Vec<AccountId>),
    Language(String),
    Visibility(Visibility),
    /// `image`, `reply`, ...: one that nothing has finds nothing.
    Property(String),
}

/// Which posts; ids are exclusive bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub terms: Vec<Term>,
    pub above: i64,
    pub below: i64,
    /// Only what the owner wrote, marked, boosted, or is named in.
    pub library: bool,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted { terms: Vec::new(), above: -1, below: i64::MAX, library: false }
    }
}

impl Wanted {
    /// The terms as FTS5 reads them. A query of nothing but exclusions begins with every post.
    fn expression(&self) -> String {
        let of = |not: bool, with: &str| {
            let terms = self.terms.iter().filter(|t| t.not == not).filter_map(|t| t.what.expression());
            terms.collect::<Vec<_>>().join(with)
        };
        let (must, must_not) = (of(false, " AND "), of(true, " OR "));
        let must = match must.as_str() {
            "" => format!("marks : ({})", Visibility::ALL.map(Visibility::as_str).join(" OR ")),
            _ => must,
        };
        if must_not.is_empty() { must } else { format!("({must}) NOT ({must_not})") }
    }
}

impl What {
    /// `None` for what has no words at all: `!?`.
    fn expression(&self) -> Option<String> {
        let mark = |name: &str| format!("marks : {}", quoted(name));
        Some(match self {
            What::Words { text, .. } if !words::any(text) => return None,
            What::Words { text, prefix } => {
                format!("text : {}{}", quoted(&words::of(text)), if *prefix { " *" } else { "" })
            }
            What::By(ids) if ids.is_empty() => mark("by0"),
            What::By(ids) => {
                let names: Vec<String> = ids.iter().map(|id| mark_of_author(*id)).collect();
                format!("marks : ({})", names.join(" OR "))
            }
            What::Language(code) => mark(&mark_of_language(code)),
            What::Visibility(visibility) => mark(visibility.as_str()),
            What::Property(name) if words::any(name) => mark(name),
            What::Property(_) => mark("by0"),
        })
    }
}

/// A string of FTS5: <https://www.sqlite.org/fts5.html#fts5_strings>
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', " "))
}

/// Posts that have all that is wanted, newest first. Only for the owner: it finds whatever is stored, but
/// nothing by whom the owner blocked or muted.
pub fn statuses(
    c: &Connection,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
    now: Timestamp,
) -> Result<Vec<Status>> {
    if wanted.terms.is_empty() && *wanted == Wanted::default() {
        return Ok(Vec::new());
    }
    // The rows keep the order of the subquery, since a CROSS JOIN is run as it is written.
    let sql = format!(
        "SELECT {COLUMNS} FROM (
            SELECT rowid AS id FROM status_words
             WHERE status_words MATCH :words AND rowid > :above AND rowid < :below
             ORDER BY rowid DESC LIMIT {CANDIDATES}) found
           CROSS JOIN statuses ON statuses.id = found.id
          WHERE {NOT_HIDDEN} AND {NOT_LIMITED} {} LIMIT :limit OFFSET :offset",
        if wanted.library {
            "AND (local = 1 OR favourited_row IS NOT NULL OR bookmarked_row IS NOT NULL
                  OR reblogged_by_id IS NOT NULL OR EXISTS (SELECT 1 FROM mentions m
                     WHERE m.status_id = statuses.id AND m.account_id = (SELECT owner_id FROM instance)))"
        } else {
            ""
        },
    );
    all(
        c,
        &sql,
        named_params! {
            ":words": wanted.expression(), ":above": wanted.above, ":below": wanted.below,
            ":limit": limit, ":offset": offset, ":now": now,
        },
        statuses::from_row,
    )
}

/// Whom a name may mean.
#[derive(Debug, Clone, Default)]
pub struct People<'a> {
    /// A part of a name or handle: each word is the beginning of one.
    pub name: &'a str,
    pub only_followed: bool,
    pub limit: i64,
    pub offset: i64,
}

/// Accounts whose names or handle begin with the words: the one that is called just so, whom the owner follows,
/// who follows the owner, then others, the lately active first.
pub fn accounts(c: &Connection, who: &People<'_>) -> Result<Vec<Account>> {
    let handle = who.name.trim().trim_start_matches('@');
    let (name, domain) = match handle.split_once('@') {
        Some((name, domain)) if !handle.contains(char::is_whitespace) => (name, domain),
        _ => (handle, ""),
    };
    let begin = |column: &str, text: &str| format!("{column} : {} *", quoted(&words::of(text)));
    let mut terms: Vec<String> = match domain {
        "" => name
            .split_whitespace()
            .filter(|w| words::any(w))
            .take(8)
            .map(|w| begin("{names domain}", w))
            .collect(),
        _ => vec![begin("names", name)],
    };
    if words::any(domain) {
        terms.push(begin("domain", domain));
    }
    terms.retain(|t| t.chars().any(char::is_alphanumeric));
    if terms.is_empty() || !words::any(name) {
        return Ok(Vec::new());
    }
    let columns = accounts::COLUMNS;
    let found = "SELECT rowid FROM account_words WHERE account_words MATCH :words";
    let others = format!(
        "UNION ALL SELECT id FROM accounts INDEXED BY accounts_followers WHERE follower = 2 AND id IN ({found})
         UNION ALL SELECT owner_id FROM instance WHERE owner_id IN ({found})
         UNION ALL SELECT id FROM (SELECT rowid AS id FROM account_words WHERE account_words MATCH :words
                                    ORDER BY rowid DESC LIMIT {NAMESAKES})"
    );
    let sql = format!(
        "SELECT {columns} FROM accounts WHERE suspended = 0
            AND (NOT domain_blocked & 2 OR following = 2) AND id IN (
             SELECT id FROM accounts INDEXED BY accounts_followed WHERE following = 2 AND id IN ({found})
             {})
          ORDER BY following DESC, lower(username) = lower(:name) DESC, follower DESC, last_status_at DESC, id
          LIMIT :limit OFFSET :offset",
        if who.only_followed { "" } else { &others }
    );
    all(
        c,
        &sql,
        named_params! {
            ":words": terms.join(" AND "), ":name": name, ":limit": who.limit, ":offset": who.offset,
        },
        accounts::from_row,
    )
}

/// The accounts of that very username, on whatever server.
pub fn namesakes(c: &Connection, username: &str) -> Result<Vec<AccountId>> {
    all(c, "SELECT id FROM accounts WHERE lower(username) = lower(?1) LIMIT 20", [username], |r| r.get(0))
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
