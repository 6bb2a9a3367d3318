//! The servers that were ever heard of, by the domains of their accounts.

use super::row::all;
use crate::error::Result;
use rusqlite::Connection;

/// Domains that were ever seen, in their order, from `prefix` on: one step of the index a domain, however many
/// accounts each has.
pub fn starting_with(c: &Connection, prefix: &str, limit: i64) -> Result<Vec<String>> {
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
    use super::super::accounts;
    use super::super::tests::empty;
    use super::*;
    use crate::model::Account;

    #[test]
    fn each_domain_is_named_once_and_found_by_its_beginning() {
        let store = empty();
        store
            .write(|tx| {
                for (username, domain) in [("bob", "b.test"), ("bobby", "c.test"), ("zed", "c.test")] {
                    let account = Account {
                        uri: format!("https://{domain}/{username}"),
                        username: username.into(),
                        domain: Some(domain.into()),
                        ..Account::default()
                    };
                    accounts::upsert_remote(tx, &account)?;
                }
                Ok(())
            })
            .unwrap();
        let domains = |prefix: &str| store.read(|c| starting_with(c, prefix, 10)).unwrap();
        assert_eq!(domains(""), ["b.test", "c.test"]);
        assert_eq!(domains("c"), ["c.test"]);
        assert_eq!(domains("d"), Vec::<String>::new());
    }
}
