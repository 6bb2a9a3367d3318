//! `taure doctor`: what is wrong with the server and with the way to it, and what to do.

use super::Data;
use crate::error::{Error, Result};
use crate::ops::doctor::{self, Finding, Level};
use clap::Args;
use serde_json::{Value, json};

/// Look at the server from outside and inside, and say what to do; exit code 1 if there is a fault
#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    data: Data,
    /// Where it listens [default: as `serve` would]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Vec<String>,
    /// Read the whole database, however large it is
    #[arg(long)]
    deep: bool,
    /// For scripts: one JSON object; `check`, `level` and `what` stay the same from version to version
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub fn run(self) -> Result<()> {
        let config = self.data.config(&self.listen)?;
        let found = doctor::examine(&config, self.deep);
        let faults = found.iter().filter(|finding| finding.level == Level::Fault).count();
        match self.json {
            true => println!("{:#}", object(&found, faults)),
            false => found.iter().for_each(|finding| println!("{}", line(finding))),
        }
        match faults {
            0 => Ok(()),
            1 => Err(Error::invalid("there is a fault")),
            n => Err(Error::invalid(format!("there are {n} faults"))),
        }
    }
}

fn object(found: &[Finding], faults: usize) -> Value {
    let findings: Vec<Value> = found
        .iter()
        .map(|finding| {
            json!({
                "check": finding.check,
                "level": finding.level,
                "what": finding.what,
                "text": finding.text(),
                "fix": finding.advice(),
                "args": finding.args,
            })
        })
        .collect();
    json!({"version": env!("CARGO_PKG_VERSION"), "ok": faults == 0, "faults": faults, "findings": findings})
}

/// A finding, and what to do about it below.
pub(super) fn line(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Ok => "ok",
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Fault => "FAULT",
    };
    let mut out = format!("{level:<8} {}: {}", finding.name(), finding.text());
    let advice = finding.advice();
    if !advice.is_empty() {
        out += &format!("\n         -> {advice}");
    }
    out
}
