//! How the server is, in numbers: for `taure status`, and for Prometheus.
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>

use super::budget;
use super::snapshots::{BACKED_UP, MADE};
use crate::app::App;
use crate::error::Result;
use crate::model::Timestamp;
use crate::store::{self, deliveries, instance, jobs, snapshot};
use serde_json::{Value, json};

/// Servers out of reach that are named.
const NAMED: i64 = 10;

/// Posts, people, queue, servers in trouble, disk and copies, as `taure status --json` prints them.
///
/// Errors: our own.
pub fn look(app: &App) -> Result<Value> {
    let space = budget::measure(app)?;
    let time = |at: Option<i64>| at.map(|at| Timestamp(at).to_string());
    app.store.read(|c| {
        let counts = snapshot::counts(c)?;
        let failing = deliveries::failing(c, None, NAMED)?;
        let named: Vec<Value> = failing
            .iter()
            .map(|f| json!({"host": f.host, "since": f.since.to_string(), "waiting": f.waiting}))
            .collect();
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "schema": store::VERSION,
            "address": app.instance.origin,
            "username": app.instance.username,
            "since": app.instance.created_at.to_string(),
            "last_beat": time(instance::number(c, "heartbeat")?),
            "posts": counts.posts,
            "own_posts": counts.own_posts,
            "followers": counts.followers,
            "following": counts.following,
            "queue": {
                "jobs": jobs::count(c)?,
                "deliveries": counts.waiting,
                "due": jobs::due(c, app.now())?,
                "oldest": time(jobs::oldest(c)?.map(|at| at.0)),
            },
            "failing": {"hosts": store::health::down(c)?, "longest": named},
            "disk": {
                "total": space.disk.total,
                "free": space.disk.free,
                // As much as the reserve is laid back with.
                "full": space.disk.free < (4 << 20),
                "granted": space.granted,
                "used": space.used(),
                "database": space.database,
                "media": space.media,
                "cache": space.cache,
                "snapshots": space.snapshots,
            },
            "last_snapshot": time(instance::number(c, MADE)?),
            "last_backup": time(instance::number(c, BACKED_UP)?),
        }))
    })
}

/// The same in the text format of Prometheus, with what the process took and what it answered.
///
/// Errors: our own.
pub fn metrics(app: &App) -> Result<String> {
    let mut out = String::new();
    let mut line = |name: &str, kind: &str, help: &str, value: f64| {
        out += &format!("# HELP taure_{name} {help}\n# TYPE taure_{name} {kind}\ntaure_{name} {value}\n");
    };
    let found = look(app)?;
    for (path, name, help) in GAUGES {
        if let Some(value) = found.pointer(path).and_then(Value::as_f64) {
            line(name, "gauge", help, value);
        }
    }
    for (path, name, help) in TIMES {
        if let Some(at) = found.pointer(path).and_then(Value::as_str).and_then(Timestamp::parse_rfc3339) {
            line(name, "gauge", help, at.0 as f64 / 1_000.0);
        }
    }
    if let Some((seconds, bytes)) = process() {
        line("process_cpu_seconds_total", "counter", "CPU time of the process", seconds);
        line("process_resident_memory_bytes", "gauge", "Resident memory of the process", bytes);
    }
    let (answers, seconds) = app.traffic.read();
    line("http_request_seconds_total", "counter", "Time spent in handlers", seconds);
    out += "# HELP taure_http_requests_total Requests answered by handlers\n# TYPE taure_http_requests_total counter\n";
    for (class, count) in answers.iter().enumerate() {
        out += &format!("taure_http_requests_total{{status=\"{}xx\"}} {count}\n", class + 1);
    }
    out += &format!(
        "# HELP taure_info Version\n# TYPE taure_info gauge\ntaure_info{{version=\"{}\"}} 1\n",
        env!("CARGO_PKG_VERSION")
    );
    Ok(out)
}

const GAUGES: [(&str, &str, &str); 15] = [
    ("/posts", "posts", "Posts that are kept"),
    ("/own_posts", "own_posts", "Posts of the owner"),
    ("/followers", "followers", "Followers"),
    ("/following", "following", "Followed accounts"),
    ("/queue/jobs", "queue_jobs", "Jobs that wait"),
    ("/queue/deliveries", "queue_deliveries", "Deliveries that wait"),
    ("/queue/due", "queue_due", "Jobs whose time has come"),
    ("/failing/hosts", "failing_hosts", "Servers out of reach"),
    ("/disk/total", "disk_total_bytes", "Size of the disk"),
    ("/disk/free", "disk_free_bytes", "Room on the disk"),
    ("/disk/granted", "disk_granted_bytes", "What the data folder may take"),
    ("/disk/used", "disk_used_bytes", "What the data folder takes"),
    ("/disk/database", "database_bytes", "The database"),
    ("/disk/media", "media_bytes", "The owner's files"),
    ("/disk/cache", "cache_bytes", "Others' files"),
];

const TIMES: [(&str, &str, &str); 4] = [
    ("/queue/oldest", "queue_oldest_timestamp_seconds", "When the oldest job was made"),
    ("/last_beat", "heartbeat_timestamp_seconds", "When the hourly tidying last ran"),
    ("/last_snapshot", "snapshot_timestamp_seconds", "When the database was last copied"),
    ("/last_backup", "backup_timestamp_seconds", "When a backup was last made"),
];

/// CPU seconds and resident bytes, on Linux. <https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html>
fn process() -> Option<(f64, f64)> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything; its first field is the third of all.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at - 3)?.parse::<f64>().ok();
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = resident.trim().trim_end_matches("kB").trim().parse().ok()?;
    // A tick is a hundredth of a second on every Linux that we know.
    Some(((number(14)? + number(15)?) / 100.0, kibibytes * 1024.0))
}
