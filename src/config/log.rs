//! How the lines of the log are written: `log` in `taure.toml`, or `TAURE_LOG_FORMAT`.

use crate::error::{Error, Result};
use std::os::unix::fs::MetadataExt as _;

/// The three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// For people.
    Text,
    /// One object a line, for programs that collect logs.
    Json,
    /// For systemd's journal: how grave a line is stands before it, when it was written is known already.
    Journald,
}

impl Log {
    /// What was chosen; without a choice, what suits whoever listens to stderr.
    ///
    /// Errors: a word that is none of the three.
    pub(super) fn chosen(file: Option<String>) -> Result<Log> {
        let env = std::env::var("TAURE_LOG_FORMAT").ok().filter(|v| !v.trim().is_empty());
        match env.or(file).as_deref().map(str::trim) {
            None => Ok(Log::usual()),
            Some("text") => Ok(Log::Text),
            Some("json") => Ok(Log::Json),
            Some("journald") => Ok(Log::Journald),
            Some(other) => Err(Error::invalid(format!("log must be text, json or journald, not {other}"))),
        }
    }

    /// The journal's own way, where it reads along; text elsewhere.
    pub fn usual() -> Log {
        if to_journal() { Log::Journald } else { Log::Text }
    }
}

/// Whether systemd's journal reads what goes to stderr; a child whose output goes elsewhere inherits the variable, too.
/// <https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#%24JOURNAL_STREAM>
pub fn to_journal() -> bool {
    let Ok(named) = std::env::var("JOURNAL_STREAM") else { return false };
    std::fs::metadata("/proc/self/fd/2").is_ok_and(|m| named == format!("{}:{}", m.dev(), m.ino()))
}
