//! Accounts: the owner's and everybody else's that was ever seen.

use super::Tx;
use super::domain_blocks;
use super::row::{Json, all, first, id_list};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row, named_params};
use std::collections::HashMap;

/// Every column that [`from_row`] reads, in its order. `accounts` must not be renamed in the query.
pub const COLUMNS: &str = "accounts.id, accounts.uri, accounts.url, accounts.username, accounts.domain, \
    accounts.display_name, accounts.note, accounts.fields, accounts.emojis, accounts.avatar_blob, \
    accounts.avatar_remote, accounts.header_blob, accounts.header_remote, accounts.kind, accounts.locked, \
    accounts.discoverable, accounts.indexable, accounts.hide_collections, accounts.memorial, \
    accounts.suspended, accounts.moved_to, accounts.also_known_as, accounts.inbox, accounts.shared_inbox, \
    accounts.outbox, accounts.followers_url, accounts.following_url, accounts.featured_url, \
    accounts.created_at, accounts.fetched_at, accounts.last_status_at, accounts.statuses_count, \
    accounts.followers_count, accounts.following_count, accounts.following, accounts.following_row, \
    accounts.following_uri, accounts.show_reblogs, accounts.notify, accounts.languages, accounts.follower, \
    accounts.follower_row, accounts.follower_uri, accounts.blocking_row, accounts.blocked_by, \
    accounts.muting_row, accounts.muting_until, accounts.muting_notifications, accounts.comment, \
    accounts.endorsed_row, accounts.domain_blocked";

/// How many columns that is: what a query selects beside them stands behind.
pub const WIDTH: usize = 51;

/// Reads a row that begins with [`COLUMNS`].
pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Account> {
    let kind: String = row.get(13)?;
    let rules: Rules = row.get(50)?;
    let mut account = Account {
        id: row.get(0)?,
        uri: row.get(1)?,
        url: row.get(2)?,
        username: row.get(3)?,
        domain: row.get(4)?,
        display_name: row.get(5)?,
        note: row.get(6)?,
        fields: row.get::<_, Json<_>>(7)?.0,
        emojis: row.get::<_, Json<_>>(8)?.0,
        avatar: picture(row.get(9)?, row.get(10)?),
        header: picture(row.get(11)?, row.get(12)?),
        kind: ActorKind::parse(&kind).unwrap_or_default(),
        locked: row.get(14)?,
        discoverable: row.get(15)?,
        indexable: row.get(16)?,
        hide_collections: row.get(17)?,
        memorial: row.get(18)?,
        suspended: row.get(19)?,
        moved_to: row.get(20)?,
        also_known_as: row.get::<_, Json<_>>(21)?.0,
        endpoints: Endpoints {
            inbox: row.get(22)?,
            shared_inbox: row.get(23)?,
            outbox: row.get(24)?,
            followers: row.get(25)?,
            following: row.get(26)?,
            featured: row.get(27)?,
        },
        created_at: row.get(28)?,
        fetched_at: row.get(29)?,
        last_status_at: row.get(30)?,
        counts: AccountCounts { statuses: row.get(31)?, followers: row.get(32)?, following: row.get(33)? },
        relation: Relation {
            following: row.get(34)?,
            following_row: row.get(35)?,
            following_uri: row.get(36)?,
            show_reblogs: row.get(37)?,
            notify: row.get(38)?,
            languages: row.get::<_, Json<_>>(39)?.0,
            follower: row.get(40)?,
            follower_row: row.get(41)?,
            follower_uri: row.get(42)?,
            blocking_row: row.get(43)?,
            blocked_by: row.get(44)?,
            muting_row: row.get(45)?,
            muting_until: row.get(46)?,
            muting_notifications: row.get(47)?,
            comment: row.get(48)?,
            endorsed_row: row.get(49)?,
            domain_blocked: rules.has(Rules::HIDE),
            rules,
        },
    };
    if rules.has(Rules::NO_MEDIA) {
        // What was stored before comes back when the rule goes.
        (account.avatar, account.header) = (None, None);
        account.emojis.clear();
    }
    Ok(account)
}

fn picture(blob: Option<String>, remote: Option<String>) -> Option<Picture> {
    blob.map(Picture::Blob).or(remote.map(Picture::Remote))
}

/// Errors: `NotFound`.
pub fn get(c: &Connection, id: AccountId) -> Result<Account> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1");
    first(c, &sql, [id], from_row)?.ok_or_else(Error::not_found)
}

pub fn owner(c: &Connection) -> Result<Account> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = (SELECT owner_id FROM instance)");
    first(c, &sql, [], from_row)?.ok_or_else(Error::not_found)
}

/// Those of `ids` that exist, in no order.
pub fn many(c: &Connection, ids: &[AccountId]) -> Result<HashMap<AccountId, Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id IN rarray(?1)");
    let found = all(c, &sql, [id_list(ids.iter().copied())], from_row)?;
    Ok(found.into_iter().map(|a| (a.id, a)).collect())
}

pub fn by_uri(c: &Connection, uri: &str) -> Result<Option<Account>> {
    first(c, &format!("SELECT {COLUMNS} FROM accounts WHERE uri = ?1"), [uri], from_row)
}

/// By the address of the profile page. The site of a feed is none: somebody may live there, too.
pub fn by_url(c: &Connection, url: &str) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE url = ?1 AND substr(uri, 1, 5) <> 'feed:'");
    first(c, &sql, [url], from_row)
}

/// `domain` is `None` for the owner. Case does not matter.
pub fn by_acct(c: &Connection, username: &str, domain: Option<&str>) -> Result<Option<Account>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM accounts
          WHERE lower(username) = lower(?1) AND lower(ifnull(domain, '')) = lower(?2)
          ORDER BY id DESC LIMIT 1"
    );
    first(c, &sql, (username, domain.unwrap_or("")), from_row)
}

/// Makes or refreshes a remote account from its document; what is between it and the owner stays.
///
/// `account.id` and `account.relation` are ignored; the id of the stored row is returned. A count of 0 is
/// one that nobody told, and leaves what is known.
pub fn upsert_remote(tx: &Tx, account: &Account) -> Result<AccountId> {
    let (avatar, header) = (remote(account.avatar.as_ref()), remote(account.header.as_ref()));
    let rules = domain_blocks::rules(tx, account.domain.as_deref().unwrap_or_default())?;
    let mut statement = tx.prepare_cached(
        "INSERT INTO accounts (id, uri, url, username, domain, display_name, note, fields, emojis,
             avatar_remote, header_remote, kind, locked, discoverable, indexable, hide_collections,
             memorial, suspended, moved_to, also_known_as, inbox, shared_inbox, outbox, followers_url,
             following_url, featured_url, created_at, fetched_at, statuses_count, followers_count,
             following_count, domain_blocked)
         VALUES (:id, :uri, :url, :username, :domain, :display_name, :note, :fields, :emojis,
             :avatar, :header, :kind, :locked, :discoverable, :indexable, :hide_collections,
             :memorial, :suspended, :moved_to, :also_known_as, :inbox, :shared_inbox, :outbox,
             :followers_url, :following_url, :featured_url, :created_at, :now, :statuses,
             :followers, :following, :rules)
         ON CONFLICT (uri) DO UPDATE SET
             url = excluded.url, username = excluded.username, domain = excluded.domain,
             domain_blocked = excluded.domain_blocked,
             display_name = excluded.display_name, note = excluded.note, fields = excluded.fields,
             emojis = excluded.emojis, avatar_remote = excluded.avatar_remote,
             header_remote = excluded.header_remote, kind = excluded.kind, locked = excluded.locked,
             discoverable = excluded.discoverable, indexable = excluded.indexable,
             hide_collections = excluded.hide_collections, memorial = excluded.memorial,
             suspended = excluded.suspended, moved_to = excluded.moved_to,
             also_known_as = excluded.also_known_as, inbox = excluded.inbox,
             shared_inbox = excluded.shared_inbox, outbox = excluded.outbox,
             followers_url = excluded.followers_url, following_url = excluded.following_url,
             featured_url = excluded.featured_url, fetched_at = excluded.fetched_at,
             statuses_count = max(excluded.statuses_count, statuses_count),
             followers_count = CASE WHEN excluded.followers_count > 0
                 THEN excluded.followers_count ELSE followers_count END,
             following_count = CASE WHEN excluded.following_count > 0
                 THEN excluded.following_count ELSE following_count END
           WHERE domain IS NOT NULL
         RETURNING id",
    )?;
    let id = statement.query_row(
        named_params! {
            ":id": AccountId::at(tx.now),
            ":uri": account.uri,
            ":url": account.url,
            ":username": account.username,
            ":domain": account.domain,
            ":rules": rules,
            ":display_name": account.display_name,
            ":note": account.note,
            ":fields": Json(&account.fields),
            ":emojis": Json(&account.emojis),
            ":avatar": avatar,
            ":header": header,
            ":kind": account.kind.as_str(),
            ":locked": account.locked,
            ":discoverable": account.discoverable,
            ":indexable": account.indexable,
            ":hide_collections": account.hide_collections,
            ":memorial": account.memorial,
            ":suspended": account.suspended,
            ":moved_to": account.moved_to,
            ":also_known_as": Json(&account.also_known_as),
            ":inbox": account.endpoints.inbox,
            ":shared_inbox": account.endpoints.shared_inbox,
            ":outbox": account.endpoints.outbox,
            ":followers_url": account.endpoints.followers,
            ":following_url": account.endpoints.following,
            ":featured_url": account.endpoints.featured,
            ":created_at": account.created_at,
            ":now": tx.now,
            ":statuses": account.counts.statuses,
            ":followers": account.counts.followers,
            ":following": account.counts.following,
        },
        |row| row.get(0),
    )?;
    tx.index_account(id);
    Ok(id)
}

fn remote(picture: Option<&Picture>) -> Option<&str> {
    match picture {
        Some(Picture::Remote(url)) => Some(url),
        _ => None,
    }
}

/// Makes the owner's account; only set-up does that.
pub fn insert_owner(tx: &Tx, account: &Account) -> Result<()> {
    tx.run(
        "INSERT INTO accounts (id, uri, url, username, display_name, kind, discoverable, indexable, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 'Person', ?6, ?7, ?8)",
        (
            account.id,
            &account.uri,
            &account.url,
            &account.username,
            &account.display_name,
            account.discoverable,
            account.indexable,
            tx.now,
        ),
    )?;
    tx.index_account(account.id);
    Ok(())
}

/// What the owner may change of the own profile; `None` leaves a thing as it is.
#[derive(Debug, Default)]
pub struct ProfileChange {
    pub display_name: Option<String>,
    /// HTML and the text from which it was made.
    pub note: Option<(String, String)>,
    pub fields: Option<Vec<Field>>,
    pub emojis: Option<Vec<Emoji>>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
    pub indexable: Option<bool>,
    pub hide_collections: Option<bool>,
    /// A blob key; `Some(None)` takes the picture away.
    pub avatar: Option<Option<String>>,
    pub header: Option<Option<String>>,
}

pub fn update_owner(tx: &Tx, change: &ProfileChange) -> Result<()> {
    let kind = change.bot.map(|bot| if bot { ActorKind::Service } else { ActorKind::Person });
    tx.prepare_cached(
        "UPDATE accounts SET
             display_name = ifnull(:display_name, display_name),
             note = ifnull(:note, note), note_text = ifnull(:note_text, note_text),
             fields = ifnull(:fields, fields), emojis = ifnull(:emojis, emojis),
             locked = ifnull(:locked, locked), kind = ifnull(:kind, kind),
             discoverable = ifnull(:discoverable, discoverable), indexable = ifnull(:indexable, indexable),
             hide_collections = ifnull(:hide_collections, hide_collections),
             avatar_blob = CASE WHEN :set_avatar THEN :avatar ELSE avatar_blob END,
             header_blob = CASE WHEN :set_header THEN :header ELSE header_blob END
           WHERE id = (SELECT owner_id FROM instance)",
    )?
    .execute(named_params! {
        ":display_name": change.display_name,
        ":note": change.note.as_ref().map(|n| &n.0),
        ":note_text": change.note.as_ref().map(|n| &n.1),
        ":fields": change.fields.as_ref().map(Json),
        ":emojis": change.emojis.as_ref().map(Json),
        ":locked": change.locked,
        ":kind": kind.map(ActorKind::as_str),
        ":discoverable": change.discoverable,
        ":indexable": change.indexable,
        ":hide_collections": change.hide_collections,
        ":set_avatar": change.avatar.is_some(),
        ":avatar": change.avatar.as_ref().and_then(Option::as_ref),
        ":set_header": change.header.is_some(),
        ":header": change.header.as_ref().and_then(Option::as_ref),
    })?;
    tx.index_account(owner(tx)?.id);
    Ok(())
}

/// The rows of a profile's table, after their links were looked at.
pub fn set_fields(tx: &Tx, id: AccountId, fields: &[Field]) -> Result<()> {
    tx.run("UPDATE accounts SET fields = ?2 WHERE id = ?1", (id, Json(fields)))?;
    Ok(())
}

/// What the owner typed as the profile text.
pub fn note_text(c: &Connection) -> Result<String> {
    let sql = "SELECT ifnull(note_text, '') FROM accounts WHERE id = (SELECT owner_id FROM instance)";
    first(c, sql, [], |r| r.get(0))?.ok_or_else(Error::not_found)
}

/// Marks an account that was not fetched since `before` as being looked up again now, so that it is only
/// once.
pub fn touch(tx: &Tx, id: AccountId, before: Timestamp) -> Result<Change> {
    let sql = "UPDATE accounts SET fetched_at = ?2 WHERE id = ?1 AND fetched_at < ?3 AND domain IS NOT NULL";
    Ok(Change::of(tx.run(sql, (id, tx.now, before))?))
}

/// Removes a remote account and, by the foreign keys, all that hangs on it. Statuses of others that it
/// liked, boosted or answered count less.
pub fn delete(tx: &Tx, id: AccountId) -> Result<Change> {
    for (count, of) in [
        ("favourites_count", "SELECT status_id AS id FROM favourites WHERE account_id = ?1"),
        (
            "reblogs_count",
            "SELECT reblog_of_id AS id FROM statuses WHERE account_id = ?1 AND reblog_of_id IS NOT NULL",
        ),
        (
            "quotes_count",
            "SELECT quoted_status_id AS id FROM quotes
              WHERE account_id = ?1 AND state = 1 AND quoted_status_id IS NOT NULL",
        ),
        (
            "replies_count",
            "SELECT in_reply_to_id AS id FROM statuses WHERE account_id = ?1 AND in_reply_to_id IS NOT NULL",
        ),
    ] {
        tx.run(
            &format!(
                "UPDATE statuses SET {count} = max(0, {count} - gone.n)
                   FROM (SELECT id, count(*) AS n FROM ({of}) GROUP BY id) AS gone WHERE statuses.id = gone.id"
            ),
            [id],
        )?;
    }
    // Boosts of what it wrote go, too: each is one status less of whoever boosted, the owner among them.
    tx.run(
        "UPDATE accounts SET statuses_count = max(0, statuses_count - gone.n)
           FROM (SELECT b.account_id AS id, count(*) AS n
                   FROM statuses o CROSS JOIN statuses b ON b.reblog_of_id = o.id
                  WHERE o.account_id = ?1 GROUP BY b.account_id) AS gone
          WHERE accounts.id = gone.id",
        [id],
    )?;
    Ok(Change::of(tx.run("DELETE FROM accounts WHERE id = ?1 AND domain IS NOT NULL", [id])?))
}

/// Remembers the public keys of an actor in place of those known before.
pub fn set_keys(tx: &Tx, account: AccountId, keys: &[(String, String)]) -> Result<()> {
    tx.run("DELETE FROM actor_keys WHERE account_id = ?1", [account])?;
    for (key_id, public) in keys {
        tx.run(
            "INSERT OR REPLACE INTO actor_keys (key_id, account_id, public, fetched_at) VALUES (?1, ?2, ?3, ?4)",
            (key_id, account, public, tx.now),
        )?;
    }
    Ok(())
}

/// A public key as it stands in the actor's document, and whose it is.
#[derive(Debug, Clone)]
pub struct ActorKey {
    pub account_id: AccountId,
    pub actor: String,
    /// SPKI PEM, or Multikey.
    pub public: String,
    pub fetched_at: Timestamp,
}

pub fn key(c: &Connection, key_id: &str) -> Result<Option<ActorKey>> {
    first(
        c,
        "SELECT k.account_id, a.uri, k.public, k.fetched_at
           FROM actor_keys k JOIN accounts a ON a.id = k.account_id WHERE k.key_id = ?1",
        [key_id],
        |r| {
            Ok(ActorKey { account_id: r.get(0)?, actor: r.get(1)?, public: r.get(2)?, fetched_at: r.get(3)? })
        },
    )
}

/// The inboxes of remote accounts: shared ones where `shared` and there are any, else their own.
pub fn inboxes(c: &Connection, ids: &[AccountId], shared: bool) -> Result<Vec<String>> {
    all(
        c,
        "SELECT CASE WHEN ?2 THEN ifnull(shared_inbox, inbox) ELSE inbox END FROM accounts
          WHERE id IN rarray(?1) AND domain IS NOT NULL AND inbox <> ''",
        (id_list(ids.iter().copied()), shared),
        |r| r.get(0),
    )
}

/// A Move was believed, or the owner moves; `None` is back home.
pub fn set_moved_to(tx: &Tx, id: AccountId, target: Option<&str>) -> Result<()> {
    tx.run("UPDATE accounts SET moved_to = ?2, moved_at = ?3 WHERE id = ?1", (id, target, tx.now))?;
    Ok(())
}

/// Whether any account is known whose id begins like that: one of that server.
pub fn has_any_below(c: &Connection, prefix: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM accounts WHERE uri >= ?1 AND uri < ?2)";
    Ok(c.prepare_cached(sql)?.query_row((prefix, format!("{prefix}\u{10ffff}")), |r| r.get(0))?)
}

/// When an account moved last.
pub fn moved_at(c: &Connection, id: AccountId) -> Result<Option<Timestamp>> {
    Ok(first(c, "SELECT moved_at FROM accounts WHERE id = ?1", [id], |r| r.get(0))?.flatten())
}

/// Accounts that say to be the same person as the owner.
pub fn set_aliases(tx: &Tx, owner: AccountId, uris: &[String]) -> Result<()> {
    tx.run("UPDATE accounts SET also_known_as = ?2 WHERE id = ?1", (owner, Json(uris)))?;
    Ok(())
}

/// How many posts there are, as the account's own server says.
pub fn set_statuses_count(tx: &Tx, id: AccountId, count: i64) -> Result<()> {
    tx.run("UPDATE accounts SET statuses_count = ?2 WHERE id = ?1 AND domain IS NOT NULL", (id, count))?;
    Ok(())
}

/// Counts one status more (or less) of an account.
pub fn count_status(tx: &Tx, id: AccountId, by: i64, at: Option<Timestamp>) -> Result<()> {
    tx.run(
        "UPDATE accounts SET statuses_count = max(0, statuses_count + ?2),
                last_status_at = nullif(max(ifnull(last_status_at, 0), ifnull(?3, 0)), 0)
          WHERE id = ?1",
        (id, by, at),
    )?;
    Ok(())
}
