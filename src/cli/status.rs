//! `taure status`: how the server beside us is, for a person or for a script.

use super::{Data, health};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::ops::overview;
use crate::store::{self, snapshot};
use clap::Args;
use serde_json::{Value, json};

/// Say how the server is; exit code 0 if it answers and has room
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    data: Data,
    /// Where it listens [default: as `serve` would]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Vec<String>,
    /// For scripts: one JSON object, times in RFC 3339, sizes in bytes
    #[arg(long)]
    json: bool,
}

impl Status {
    pub fn run(self) -> Result<()> {
        let config = self.data.config(&self.listen)?;
        if config.database().exists() {
            let schema = snapshot::schema(&snapshot::open(&config.database())?)?;
            if schema != store::VERSION {
                return Err(Error::invalid(format!(
                    "the database has schema {schema}, and this taure speaks {}: `taure serve` brings it there",
                    store::VERSION
                )));
            }
        }
        drop(self.data.open()?); // which says what to do where nobody lives
        let asked = health::ask(&config).err();
        let app = App::open(config)?.ok_or_else(|| Error::invalid("there is no account here"))?;
        let mut found = overview::look(&app)?;
        found["answers"] = json!(asked.is_none());
        found["fault"] = json!(asked.as_ref().map(ToString::to_string));
        match self.json {
            true => println!("{found:#}"),
            false => print!("{}", words(&found, app.now())),
        }
        match asked {
            Some(e) => Err(e),
            None if found["disk"]["full"] == true => Err(Error::unavailable("the disk is full")),
            None => Ok(()),
        }
    }
}

fn words(of: &Value, now: Timestamp) -> String {
    let mut out = String::new();
    let mut line = |what: &str, told: String| out += &format!("{what:<16}{told}\n");
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let size = |v: &Value| crate::words::bytes(v.as_u64().unwrap_or(0));
    let ago = |v: &Value| match v.as_str().and_then(Timestamp::parse_rfc3339) {
        Some(at) => format!("{} ago", long(now.0 - at.0)),
        None => "never".to_owned(),
    };
    line("Taure", format!("{} (schema {})", text(&of["version"]), of["schema"]));
    line("Address", format!("{} ({}), {}", text(&of["address"]), text(&of["username"]), ago(&of["since"])));
    line(
        "Answers",
        match of["answers"] == true {
            true => "yes".to_owned(),
            false => format!("NO: {}", text(&of["fault"])),
        },
    );
    line("Posts", format!("{}, {} of them yours", of["posts"], of["own_posts"]));
    line("People", format!("{} followers, {} followed", of["followers"], of["following"]));
    let queue = &of["queue"];
    let oldest = if queue["oldest"].is_null() {
        String::new()
    } else {
        format!(", the oldest from {}", ago(&queue["oldest"]))
    };
    line(
        "Queue",
        format!(
            "{} jobs, {} of them deliveries; {} due{oldest}",
            queue["jobs"], queue["deliveries"], queue["due"]
        ),
    );
    line("Out of reach", format!("{} servers", of["failing"]["hosts"]));
    for host in of["failing"]["longest"].as_array().into_iter().flatten() {
        line(
            "",
            format!("{} since {}, {} waiting", text(&host["host"]), text(&host["since"]), host["waiting"]),
        );
    }
    let disk = &of["disk"];
    line("Disk", format!("{} of {} free", size(&disk["free"]), size(&disk["total"])));
    line(
        "Used",
        format!(
            "{} of {}: database {}, your files {}, others' files {}, snapshots {}",
            size(&disk["used"]),
            size(&disk["granted"]),
            size(&disk["database"]),
            size(&disk["media"]),
            size(&disk["cache"]),
            size(&disk["snapshots"]),
        ),
    );
    line("Last snapshot", ago(&of["last_snapshot"]));
    line("Last backup", ago(&of["last_backup"]));
    out
}

/// `3 days`, `5 h`, `12 min`.
fn long(milliseconds: i64) -> String {
    match milliseconds {
        n if n >= 2 * DAY => format!("{} days", n / DAY),
        n if n >= 2 * HOUR => format!("{} h", n / HOUR),
        n => format!("{} min", n.max(0) / MINUTE),
    }
}
