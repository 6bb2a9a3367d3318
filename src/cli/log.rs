//! The log: one line on stderr for whatever happened, as text, as JSON or for systemd's journal
//! (<https://www.freedesktop.org/software/systemd/man/latest/sd-daemon.html>). What strangers sent stands in it, so no
//! line can be begun and no terminal steered from within one: control characters are written as escapes.

use crate::config::{Log, to_journal};
use serde_json::{Map, Value};
use std::fmt::{Debug, Write as _};
use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicU8, Ordering};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Metadata, Subscriber, span};

/// A value is cut after so many bytes.
const LONGEST: usize = 8 * 1024;

/// The present [`Log`], since the file that says it is read after the first line may have been written.
static FORMAT: AtomicU8 = AtomicU8::new(Log::Text as u8);

struct Lines {
    level: Level,
    colours: bool,
    /// Whether a line of text says when.
    dated: bool,
}

/// Begins. `TAURE_LOG` is `error`, `warn`, `info` (the default), `debug` or `trace`.
pub fn begin() {
    let level = std::env::var("TAURE_LOG").ok().and_then(|l| l.parse().ok()).unwrap_or(Level::INFO);
    let lines = Lines { level, colours: std::io::stderr().is_terminal(), dated: !to_journal() };
    write_as(Log::usual());
    // An earlier subscriber can only be a test's, and then that one serves.
    let _ = tracing::subscriber::set_global_default(lines);
}

/// From here on, in the way that was chosen. A panic is a line like any other where programs read.
pub fn write_as(format: Log) {
    let before = FORMAT.swap(format as u8, Ordering::Relaxed);
    if before == Log::Text as u8 && format != Log::Text {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, error = panic.payload_as_str(), "panicked");
        }));
    }
}

/// Spans say nothing here and are not opened: nobody in the house uses them.
impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= self.level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level.into())
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let level = *event.metadata().level();
        let mut line = match FORMAT.load(Ordering::Relaxed) {
            f if f == Log::Json as u8 => fields.json(level),
            f if f == Log::Journald as u8 => format!("<{}>{}", priority(level), fields.text()),
            _ => self.text(level, &fields.text()),
        };
        line.push('\n');
        // One call, so that lines of several threads do not mix; and a log that nobody reads any more stops no server.
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
}

impl Lines {
    fn text(&self, level: Level, said: &str) -> String {
        let date = if self.dated { format!("{:.6}", jiff::Timestamp::now()) } else { String::new() };
        let colour = match level {
            Level::ERROR => 31,
            Level::WARN => 33,
            Level::INFO => 32,
            Level::DEBUG => 34,
            _ => 35,
        };
        match (self.colours, self.dated) {
            (true, _) => format!("\x1b[2m{date}\x1b[0m \x1b[{colour}m{level:>5}\x1b[0m {said}"),
            (_, true) => format!("{date} {level:>5} {said}"),
            _ => format!("{level:>5} {said}"),
        }
    }
}

/// As in `syslog(3)`.
fn priority(level: Level) -> u8 {
    match level {
        Level::ERROR => 3,
        Level::WARN => 4,
        Level::INFO => 6,
        _ => 7,
    }
}

/// What a line says, word by word.
#[derive(Default)]
struct Fields {
    message: String,
    named: Vec<(&'static str, Value)>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        match (field.name(), value) {
            ("message", Value::String(text)) => self.message = text,
            (name, value) => self.named.push((name, value)),
        }
    }

    /// `what happened name=value other="a string of a stranger"`.
    fn text(&self) -> String {
        let mut out = String::new();
        escape(&self.message, &mut out);
        for (name, value) in &self.named {
            let _ = write!(out, " {name}="); // writing to a String cannot fail
            match value {
                Value::String(text) => escape(text, &mut out),
                other => _ = write!(out, "{other}"),
            }
        }
        out.trim_start().to_owned()
    }

    fn json(self, level: Level) -> String {
        let mut line = Map::new();
        let mut put = |name: &str, value: Value| _ = line.entry(name).or_insert(value);
        put("time", format!("{:.6}", jiff::Timestamp::now()).into());
        put("level", level.as_str().to_ascii_lowercase().into());
        put("message", self.message.into());
        for (name, value) in self.named {
            put(name, value);
        }
        // serde_json leaves in place what it may; outside of strings there is none of it.
        let mut out = String::new();
        for c in Value::Object(line).to_string().chars() {
            if steers(c) { _ = write!(out, "\\u{:04x}", u32::from(c)) } else { out.push(c) }
        }
        out
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let mut text = format!("{value:?}");
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
            text.push('…');
        }
        self.put(field, Value::String(text));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        // Quoted in text, where spaces are; JSON has quotes of its own.
        let quoted = FORMAT.load(Ordering::Relaxed) != Log::Json as u8 && field.name() != "message";
        if quoted {
            self.record_debug(field, &value)
        } else {
            self.record_debug(field, &format_args!("{value}"))
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }
}

/// Line breaks, escapes of terminals, and what turns the direction of writing.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    c.is_control() || turns
}

/// As Rust writes such characters.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if steers(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORGED: &str = "x\n2026-01-01T00:00:00Z ERROR \u{1b}[2Jfire\r\u{85}\u{202e}\t\u{7f}";

    fn hostile() -> Fields {
        let named = vec![("error", FORGED.into()), ("time", "never".into()), ("status", 404.into())];
        Fields { message: FORGED.to_owned(), named }
    }

    #[test]
    fn nobody_begins_a_line_or_steers_a_terminal() {
        let text = hostile().text();
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
        assert!(
            text.starts_with(r"x\n2026") && text.contains(r" error=x\n2026") && text.contains(r"\u{1b}[2J")
        );
        assert!(text.ends_with(" status=404"));
        assert_eq!(Fields { message: String::new(), named: vec![("a", "b c".into())] }.text(), "a=b c");
    }

    #[test]
    fn json_is_one_line_and_what_is_ours_stays_ours() {
        let json = hostile().json(Level::WARN);
        assert_eq!(json.lines().count(), 1);
        let read: Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&read["message"], &read["error"]), (&FORGED.into(), &FORGED.into()));
        assert_eq!((&read["level"], &read["status"]), (&"warn".into(), &404.into()));
        assert_ne!(read["time"], "never");
        // Whoever prints it is not steered either.
        assert!(!json.contains(['\u{1b}', '\u{7f}', '\u{85}', '\u{202e}']), "{json:?}");
    }
}
