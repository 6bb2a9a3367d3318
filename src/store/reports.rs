//! What the owner reported.

use super::Tx;
use super::row::Json;
use crate::error::Result;
use crate::model::*;

/// So many are kept; nobody needs the older ones.
const KEPT: i64 = 1_000;

pub fn insert(tx: &Tx, report: &Report) -> Result<()> {
    tx.run(
        "INSERT INTO reports (id, account_id, status_ids, comment, category, forwarded, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            report.id,
            report.account_id,
            Json(&report.statuses),
            &report.comment,
            report.category.as_str(),
            report.forwarded,
            report.created_at,
        ),
    )?;
    tx.run(
        "DELETE FROM reports WHERE id <= (SELECT id FROM reports ORDER BY id DESC LIMIT 1 OFFSET ?1)",
        [KEPT],
    )?;
    Ok(())
}
