//! Once a night from inside the server, and when the owner asks: what was found is kept, and what is new is told.

use super::{Finding, Level, examine_own};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::HOUR;
use crate::model::{Job, Timestamp};
use crate::store::{Tx, instance, jobs};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

/// A day, but for what an hourly beat may be late.
const DUE: i64 = 23 * HOUR;
/// Where the last report is, how many faults in it the owner has not seen, and when the next is due from.
const REPORT: &str = "doctor";
const NEWS: &str = "doctor_news";
const ASKED: &str = "doctor_at";

/// What the last examination found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub at: i64,
    pub findings: Vec<Finding>,
}

/// The last report, if there ever was one.
pub fn read(c: &Connection) -> Result<Option<Report>> {
    Ok(instance::text(c, REPORT)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// How many faults the owner has not seen yet.
pub fn news(c: &Connection) -> Result<i64> {
    Ok(instance::number(c, NEWS)?.unwrap_or(0))
}

/// The owner has seen them.
pub fn seen(tx: &Tx) -> Result<()> {
    if news(tx)? > 0 { instance::set_number(tx, NEWS, 0) } else { Ok(()) }
}

/// Queues an examination; one that waits already is enough. `nightly`: only if one is due.
pub fn ask(tx: &Tx, nightly: bool) -> Result<()> {
    let last = instance::number(tx, ASKED)?;
    // The first night is a day after the first start; a time in the future is a clock's that went wrong.
    if nightly && last.is_some_and(|at| (0..DUE).contains(&(tx.now.0 - at))) {
        return Ok(());
    }
    instance::set_number(tx, ASKED, tx.now.0)?;
    if nightly && last.is_none() || jobs::has_any(tx, &Job::CheckUp.lane(""))? {
        return Ok(());
    }
    jobs::push(tx, "", &Job::CheckUp)
}

/// Looks, keeps what was found, and notes how many faults were not there the last time.
pub fn run(app: &App) -> Result<()> {
    let findings = examine_own(app, app.run.load(Ordering::Relaxed));
    for finding in findings.iter().filter(|finding| finding.level == Level::Fault) {
        tracing::error!(check = finding.check, "the doctor found: {}", finding.text());
    }
    app.store.write(|tx| {
        let before = read(tx)?.map_or(Vec::new(), |report| report.findings);
        let known =
            |new: &Finding| before.iter().any(|old| (&old.check, &old.what) == (&new.check, &new.what));
        let faults = findings.iter().filter(|finding| finding.level == Level::Fault);
        let new = faults.filter(|finding| !known(finding)).count();
        let report = Report { at: tx.now.0, findings: findings.clone() };
        instance::set_text(tx, REPORT, &serde_json::to_string(&report).map_err(Error::internal)?)?;
        // What went by itself is no news any more.
        let left = findings.iter().filter(|finding| finding.level == Level::Fault).count();
        let told = news(tx)?.saturating_add(i64::try_from(new).unwrap_or(0));
        instance::set_number(tx, NEWS, told.min(i64::try_from(left).unwrap_or(0)))
    })
}

impl Report {
    pub fn at(&self) -> Timestamp {
        Timestamp(self.at)
    }
}
