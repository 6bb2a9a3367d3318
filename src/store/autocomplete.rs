//! People by the first letters of their names, while somebody types.
//!
//! Two short lists instead of one long scan: whom the owner knows, found by any word of their names, and
//! others by the beginning of the username or the display name, which are ranges of an index. Whatever the
//! number of accounts, a few hundred rows are looked at.

use super::accounts::{COLUMNS, from_row};
use super::row::all;
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, named_params};

/// Strangers of one beginning that are looked at; more letters find the others.
const CANDIDATES: i64 = 300;

/// What is typed: `bo`, `@bob`, `bob@b.te`.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    pub text: &'a str,
    /// Only those whom the owner follows.
    pub followed: bool,
    pub limit: i64,
    pub offset: i64,
}

/// Those whom the owner follows first, then followers, then who posted last.
pub fn people(c: &Connection, typed: &Typed) -> Result<Vec<Account>> {
    let text = typed.text.trim().trim_start_matches('@');
    let (name, domain) = match text.split_once('@') {
        Some((name, domain)) => (name, Some(domain)),
        None => (text, None),
    };
    if name.is_empty() {
        return Ok(Vec::new());
    }
    // What is bound beside the name: the domain's beginning, or the pattern of a word's beginning.
    let (found, hint) = match domain {
        // The name stands whole before the @, so the domain's beginning is the range.
        Some(domain) => (
            "SELECT id FROM (SELECT id FROM accounts
                 WHERE lower(username) = lower(:name) AND lower(ifnull(domain, '')) >= lower(:hint)
                   AND lower(ifnull(domain, '')) < lower(:hint) || :last LIMIT :most)",
            domain.to_owned(),
        ),
        None => {
            let escaped = name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            (BEGINNING, format!("{escaped}%"))
        }
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM accounts
          WHERE id IN ({found}) AND (:followed = 0 OR following = 2) AND suspended = 0
          ORDER BY following DESC, follower DESC, last_status_at DESC, id
          LIMIT :limit OFFSET :offset"
    );
    all(
        c,
        &sql,
        named_params! {
            ":name": name, ":hint": hint, ":last": "\u{10FFFF}", ":most": CANDIDATES,
            ":followed": typed.followed, ":limit": typed.limit, ":offset": typed.offset,
        },
        from_row,
    )
}

/// Known people by the beginning of any word of their names, others by the beginning of the name.
const BEGINNING: &str = "
    SELECT id FROM accounts INDEXED BY accounts_followed
     WHERE following = 2 AND (username LIKE :hint ESCAPE '\\' OR display_name LIKE :hint ESCAPE '\\'
                              OR display_name LIKE '% ' || :hint ESCAPE '\\')
     UNION SELECT id FROM accounts INDEXED BY accounts_followers
     WHERE follower = 2 AND (username LIKE :hint ESCAPE '\\' OR display_name LIKE :hint ESCAPE '\\'
                             OR display_name LIKE '% ' || :hint ESCAPE '\\')
     UNION SELECT id FROM (SELECT id FROM accounts
         WHERE lower(username) >= lower(:name) AND lower(username) < lower(:name) || :last LIMIT :most)
     UNION SELECT id FROM (SELECT id FROM accounts
         WHERE lower(display_name) >= lower(:name) AND lower(display_name) < lower(:name) || :last LIMIT :most)";

/// Domains that were ever seen, in their order, from `prefix` on: one step of the index a domain, however many
/// accounts each has.
pub fn domains(c: &Connection, prefix: &str, limit: i64) -> Result<Vec<String>> {
    all(
        c,
        "WITH RECURSIVE up (domain) AS (
             SELECT min(domain) FROM accounts WHERE domain >= ?1
             UNION ALL
             SELECT (SELECT min(domain) FROM accounts WHERE domain > up.domain) FROM up
              WHERE up.domain IS NOT NULL LIMIT ?3)
         SELECT domain FROM up WHERE domain IS NOT NULL AND domain < ?1 || ?2",
        (prefix, "\u{10FFFF}", limit),
        |r| r.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::super::{accounts, relations};
    use super::*;

    #[test]
    fn people_are_found_by_their_first_letters_and_the_followed_come_first() {
        let store = empty();
        store
            .write(|tx| {
                accounts::insert_owner(
                    tx,
                    &Account {
                        id: AccountId(1),
                        uri: "me".into(),
                        username: "alice".into(),
                        ..Account::default()
                    },
                )?;
                for (username, domain, name) in [
                    ("bob", "b.test", "Robert Bobson"),
                    ("bobby", "c.test", ""),
                    ("zed", "c.test", "Bo_b"),
                    ("carol", "b.test", "Carol Bobson"),
                ] {
                    let account = Account {
                        uri: format!("https://{domain}/{username}"),
                        username: username.into(),
                        domain: Some(domain.into()),
                        display_name: name.into(),
                        ..Account::default()
                    };
                    let id = accounts::upsert_remote(tx, &account)?;
                    if username == "carol" {
                        relations::request_follow(tx, id, "x")?;
                        tx.run("UPDATE accounts SET following = 2 WHERE id = ?1", [id])?;
                    }
                }
                Ok(())
            })
            .unwrap();
        let find = |text: &str| {
            let typed = Typed { text, followed: false, limit: 10, offset: 0 };
            let found = store.read(|c| people(c, &typed)).unwrap();
            found.into_iter().map(|a| a.username).collect::<Vec<_>>()
        };
        assert_eq!(find("bob")[0], "carol"); // followed, by the second word of her name
        assert_eq!(find("@BOB").len(), 3);
        assert_eq!(find("bo_"), ["zed"]);
        assert_eq!(find("bob@b"), ["bob"]);
        assert_eq!(find("bob@c"), Vec::<String>::new());
        assert_eq!(find("ali"), ["alice"]);
        assert_eq!(find("robert"), ["bob"]);
        assert_eq!(find("@"), Vec::<String>::new());
        let domains = |prefix: &str| store.read(|c| domains(c, prefix, 10)).unwrap();
        assert_eq!(domains(""), ["b.test", "c.test"]);
        assert_eq!(domains("c"), ["c.test"]);
        assert_eq!(domains("d"), Vec::<String>::new());
    }
}
