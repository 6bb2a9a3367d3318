//! Files of other servers whose place is taken, opened to be read only.

use crate::error::{Error, Result};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// What Mastodon's PostgreSQL is asked about one account: one row of JSON.
///
/// Errors: `Invalid` for what is no name.
pub fn mastodon_query(username: &str) -> Result<String> {
    if username.is_empty() || !username.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(Error::invalid(format!("{username} is no username of Mastodon")));
    }
    Ok(include_str!("mastodon.sql").replace("NAME", username))
}

/// A post as GoToSocial keeps it.
#[derive(Debug)]
pub struct Row {
    pub uri: String,
    pub url: Option<String>,
    pub content: String,
    pub text: Option<String>,
    /// HTML.
    pub warning: Option<String>,
    /// A number, or in old files a word.
    pub visibility: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub created_at: String,
    pub in_reply_to: Option<String>,
    pub pinned: bool,
    /// It was never sent to another server.
    pub local_only: bool,
}

/// Posts of one local account without its boosts, oldest first.
///
/// Errors: `Invalid` for a file that is no SQLite file of GoToSocial's.
pub fn gotosocial_posts(path: &Path, account: &str) -> Result<Vec<Row>> {
    let wrong =
        |e: rusqlite::Error| Error::invalid(format!("{} is no database of GoToSocial: {e}", path.display()));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let c = Connection::open_with_flags(path, flags).map_err(wrong)?;
    // What stood on that server alone. Older files have no column for it, and no such posts.
    let knows = "SELECT 1 FROM pragma_table_info('statuses') WHERE name = 'federated'";
    let knows = c.prepare(knows).and_then(|mut query| query.exists([])).map_err(wrong)?;
    let local_only = if knows { "NOT ifnull(federated, 0)" } else { "0" };
    let sql = format!(
        "SELECT uri, url, ifnull(content, ''), text, content_warning, visibility, ifnull(sensitive, 0), language,
                created_at, in_reply_to_uri, pinned_at IS NOT NULL, {local_only}
           FROM statuses WHERE account_id = ?1 AND local = 1 AND boost_of_id IS NULL ORDER BY id"
    );
    let mut query = c.prepare(&sql).map_err(wrong)?;
    let rows = query.query_map([account], |r| {
        Ok(Row {
            uri: r.get(0)?,
            url: r.get(1)?,
            content: r.get(2)?,
            text: r.get(3)?,
            warning: r.get(4)?,
            visibility: match r.get(5)? {
                Value::Integer(number) => number.to_string(),
                Value::Text(word) => word,
                _ => String::new(),
            },
            sensitive: r.get(6)?,
            language: r.get(7)?,
            created_at: r.get(8)?,
            in_reply_to: r.get(9)?,
            pinned: r.get(10)?,
            local_only: r.get(11)?,
        })
    });
    rows.map_err(wrong)?.collect::<std::result::Result<_, _>>().map_err(wrong)
}
