//! Servers that the owner does not want to see, or not all of. The list is a table; what it means for each account is a
//! column of the account, so that no query looks at domains.

use super::Tx;
use super::accounts::{COLUMNS, from_row};
use super::row::{all, first, text_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row};

/// Every column that [`block`] reads, in its order.
const BLOCK: &str = "id, domain, rules, comment, public_comment, published, obfuscate, listed";

fn block(r: &Row<'_>) -> rusqlite::Result<ServerBlock> {
    Ok(ServerBlock {
        id: r.get(0)?,
        domain: r.get(1)?,
        rules: r.get(2)?,
        comment: r.get(3)?,
        public_comment: r.get(4)?,
        published: r.get(5)?,
        obfuscate: r.get(6)?,
        listed: r.get(7)?,
    })
}

/// Makes or changes what holds for a domain, and for its accounts; those below it wait for [`settle`].
pub fn put(tx: &Tx, block: &ServerBlock) -> Result<()> {
    tx.run(
        "INSERT INTO domain_blocks (id, domain, rules, comment, public_comment, published, obfuscate, listed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (domain) DO UPDATE SET rules = excluded.rules, comment = excluded.comment,
             public_comment = excluded.public_comment, published = excluded.published,
             obfuscate = excluded.obfuscate, listed = excluded.listed",
        (
            RowId::at(tx.now),
            &block.domain,
            block.rules,
            &block.comment,
            &block.public_comment,
            block.published,
            block.obfuscate,
            block.listed,
        ),
    )?;
    settle(tx, &block.domain)?;
    Ok(())
}

pub fn delete(tx: &Tx, domain: &str) -> Result<Change> {
    let gone = tx.run("DELETE FROM domain_blocks WHERE domain = ?1", [domain])?;
    settle(tx, domain)?;
    Ok(Change::of(gone))
}

/// The rules for a domain, if its accounts have others.
pub fn unsettled(c: &Connection, domain: &str) -> Result<Option<Rules>> {
    let rules = rules(c, domain)?;
    // All accounts of a domain have the same.
    let known = first(c, "SELECT domain_blocked FROM accounts WHERE domain = ?1 LIMIT 1", [domain], |r| {
        r.get::<_, Rules>(0)
    })?;
    Ok(known.filter(|known| *known != rules).map(|_| rules))
}

/// Writes the rules for a domain to its accounts, if they are others now.
pub fn settle(tx: &Tx, domain: &str) -> Result<Change> {
    let Some(rules) = unsettled(tx, domain)? else { return Ok(Change::of(0)) };
    Ok(Change::of(tx.run("UPDATE accounts SET domain_blocked = ?2 WHERE domain = ?1", (domain, rules))?))
}

pub fn count(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached("SELECT count(*) FROM domain_blocks")?.query_row([], |r| r.get(0))?)
}

pub fn get(c: &Connection, domain: &str) -> Result<Option<ServerBlock>> {
    first(c, &format!("SELECT {BLOCK} FROM domain_blocks WHERE domain = ?1"), [domain], block)
}

/// A domain, and all above it, the longest first. Names below an address are none.
pub fn above(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain).filter(|d| !d.is_empty()), |d| {
        d.split_once('.').map(|(_, rest)| rest).filter(|rest| !rest.is_empty())
    })
}

/// What holds for a domain, as it stands in accounts: its own row, else that of the nearest name above it that is meant
/// for all below. One look into the index a label.
pub fn rules(c: &Connection, domain: &str) -> Result<Rules> {
    let names = text_list(above(domain));
    let found = all(c, "SELECT domain, rules FROM domain_blocks WHERE domain IN rarray(?1)", [names], |r| {
        Ok((r.get::<_, String>(0)?, r.get::<_, Rules>(1)?))
    })?;
    let meant = found.into_iter().filter(|(name, rules)| name == domain || rules.has(Rules::BELOW));
    Ok(meant.max_by_key(|(name, _)| name.len()).map(|(_, rules)| rules).unwrap_or_default())
}

/// Whether nothing of a domain, as it stands in accounts, is shown.
pub fn has(c: &Connection, domain: &str) -> Result<bool> {
    Ok(rules(c, domain)?.has(Rules::HIDE))
}

/// What holds for the host of an address, and its port if that is named.
pub fn of_address(c: &Connection, address: &str) -> Result<Rules> {
    let url = url::Url::parse(address).ok();
    let Some(host) = url.as_ref().and_then(|url| url.host_str()) else { return Ok(Rules::default()) };
    match url.as_ref().and_then(|url| url.port()) {
        Some(port) => rules(c, &format!("{host}:{port}")),
        None => rules(c, host),
    }
}

/// Whether no file may be fetched from the host of an address.
pub fn gives_no_media(c: &Connection, address: &str) -> Result<bool> {
    let rules = of_address(c, address)?;
    Ok(rules.has(Rules::NO_MEDIA) || rules.has(Rules::SUSPEND))
}

/// Whether there is any such host: most owners have none, and then nobody needs to look.
pub fn any_without_media(c: &Connection) -> Result<bool> {
    let sql = "SELECT 1 FROM domain_blocks INDEXED BY domain_blocks_no_media WHERE rules & 20";
    Ok(c.prepare_cached(sql)?.exists([])?)
}

/// Hidden domains with the row ids that page them, newest first: what apps know as blocked.
pub fn list(c: &Connection, page: &Page) -> Result<Vec<(i64, String)>> {
    let sql = format!(
        "SELECT id, domain FROM domain_blocks WHERE id > ?1 AND id < ?2 AND rules & 1 ORDER BY id {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    let rows = all(c, &sql, (above, below, page.limit), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(page.arrange(rows))
}

/// All rows, newest first.
pub fn blocks(c: &Connection, page: &Page) -> Result<Vec<ServerBlock>> {
    let sql = format!(
        "SELECT {BLOCK} FROM domain_blocks WHERE id > ?1 AND id < ?2 ORDER BY id {} LIMIT ?3",
        page.order()
    );
    let (above, below) = page.bounds();
    Ok(page.arrange(all(c, &sql, (above, below, page.limit), block)?))
}

/// What strangers may read, by name.
pub fn published(c: &Connection, limit: i64) -> Result<Vec<ServerBlock>> {
    let sql = format!(
        "SELECT {BLOCK} FROM domain_blocks INDEXED BY domain_blocks_published
          WHERE published = 1 AND rules & 19 ORDER BY domain LIMIT ?1"
    );
    all(c, &sql, [limit], block)
}

/// How many of that domain the owner follows, and how many follow the owner.
pub fn preview(c: &Connection, domain: &str) -> Result<(i64, i64)> {
    let sql =
        "SELECT ifnull(sum(following = 2), 0), ifnull(sum(follower = 2), 0) FROM accounts WHERE domain = ?1";
    Ok(first(c, sql, [domain], |r| Ok((r.get(0)?, r.get(1)?)))?.unwrap_or_default())
}

/// Every domain where somebody follows the owner or is followed.
pub fn ties(c: &Connection) -> Result<Vec<Ties>> {
    all(
        c,
        "SELECT domain, sum(f), sum(b) FROM (
             SELECT domain, 1 AS f, 0 AS b FROM accounts INDEXED BY accounts_followed WHERE following = 2
             UNION ALL SELECT domain, 0, 1 FROM accounts INDEXED BY accounts_followers WHERE follower = 2)
          WHERE domain IS NOT NULL GROUP BY domain ORDER BY domain",
        [],
        |r| Ok(Ties { domain: r.get(0)?, following: r.get(1)?, followers: r.get(2)? }),
    )
}

/// Those of the domain who follow the owner or are followed, or ask to, either way.
pub fn related(c: &Connection, domain: &str) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE domain = ?1 AND (following > 0 OR follower > 0)");
    all(c, &sql, [domain], from_row)
}

/// All that accounts of the domain caused.
pub fn remove_notifications(tx: &Tx, domain: &str) -> Result<()> {
    tx.run(
        "DELETE FROM notifications WHERE account_id IN (SELECT id FROM accounts WHERE domain = ?1)",
        [domain],
    )?;
    Ok(())
}

/// Domains of accounts behind `after`, in their order: one step of the index each.
pub fn domains_after(c: &Connection, after: &str, limit: i64) -> Result<Vec<String>> {
    all(
        c,
        "WITH RECURSIVE up (domain) AS (
             SELECT min(domain) FROM accounts WHERE domain > ?1
             UNION ALL
             SELECT (SELECT min(domain) FROM accounts WHERE domain > up.domain) FROM up
              WHERE up.domain IS NOT NULL LIMIT ?2)
         SELECT domain FROM up WHERE domain IS NOT NULL",
        (after, limit),
        |r| r.get(0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn the_nearest_name_above_counts_if_it_is_meant_for_all_below() {
        let store = empty();
        let put = |domain: &str, rules: Rules| {
            let block = ServerBlock { domain: domain.into(), rules, ..ServerBlock::default() };
            store.write(|tx| super::put(tx, &block)).unwrap();
        };
        let of = |domain: &str| store.read(|c| rules(c, domain)).unwrap();
        put("evil.test", Rules::SUSPENDED.with(Rules::BELOW));
        put("good.evil.test", Rules::BELOW);
        put("alone.test", Rules::HIDE);
        assert!(of("evil.test").has(Rules::SUSPEND) && of("a.b.evil.test").has(Rules::SUSPEND));
        assert!(of("good.evil.test").is_exception() && of("x.good.evil.test").is_exception());
        assert!(of("alone.test").has(Rules::HIDE) && of("x.alone.test") == Rules(0));
        assert!(of("notevil.test") == Rules(0) && of("") == Rules(0) && of("test") == Rules(0));
        assert_eq!(above("a.b.c").collect::<Vec<_>>(), ["a.b.c", "b.c", "c"]);
    }
}
