//! What people read, in their language: messages in Fluent's syntax, one folder a language in `assets/locales/`.
//!
//! A request is answered on one thread from beginning to end, so the language is the thread's: [`speak`] once,
//! then [`say`], [`fill`] and [`rich`] anywhere below. Keys are literals: a test finds the missing and the unused.

mod amounts;
pub mod dates;
mod faults;
mod fluent;
mod plural;

use crate::model::unpacked;
pub use amounts::{bytes, short};
pub use faults::{fault, reason};
use fluent::{Catalogue, Part};
use maud::{Markup, PreEscaped, Render};
use std::cell::Cell;
use std::sync::OnceLock;

/// The languages of the pages; the first is what anybody gets who wants none of the others.
pub const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("lv", "latviešu"),
    ("de", "Deutsch"),
    ("fr", "français"),
    ("es", "español"),
    ("pt", "português"),
    ("ja", "日本語"),
];

/// Every language's files by its code, deflated by `build.rs`.
const PACKED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// A language of [`LANGUAGES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Language(u8);

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language(0)) };
}

/// What stands in the place of a `{ $name }`.
#[derive(Debug, Clone)]
pub enum Arg {
    Text(String),
    /// Chooses the plural, too.
    Number(i64),
    /// Stands as it is in [`rich`].
    Markup(String),
}

impl Language {
    /// `None` for one that there are no words in. `lv-LV` is `lv`.
    pub fn of(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).trim();
        let at = LANGUAGES.iter().position(|(code, _)| code.eq_ignore_ascii_case(primary))?;
        Some(Language(u8::try_from(at).ok()?))
    }

    /// The best of an `Accept-Language` header (RFC 9110, 12.5.4); the first where there is none.
    pub fn wanted(header: &str) -> Language {
        let mut best = (Language::default(), 0);
        for item in header.split(',').take(20) {
            let mut parts = item.split(';');
            let Some(language) = parts.next().and_then(Language::of) else { continue };
            let quality =
                parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok());
            let thousandths = (quality.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u32;
            if thousandths > best.1 {
                best = (language, thousandths);
            }
        }
        best.0
    }

    pub fn code(self) -> &'static str {
        LANGUAGES[usize::from(self.0)].0
    }

    fn catalogue(self) -> &'static Catalogue {
        static READ: [OnceLock<Catalogue>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
        READ[usize::from(self.0)].get_or_init(|| {
            let mut all = Catalogue::default();
            fluent::read(&self.source(), &mut all);
            all
        })
    }

    /// All its messages; none where there is no such folder. English has the keys for all: see `build.rs`.
    fn source(self) -> String {
        let of = |language: Language| {
            let found = PACKED.iter().find(|(code, _)| *code == language.code());
            unpacked(found.map_or(&[][..], |(_, packed)| packed))
        };
        if self == Language::default() {
            return of(self);
        }
        let english = of(Language::default());
        let mut keys = english.lines().filter(|line| !line.starts_with([' ', '}']));
        let mut text = String::new();
        for line in of(self).lines() {
            if line.starts_with(['=', '-']) {
                text += keys.next().and_then(|line| line.split('=').next()).unwrap_or_default();
            }
            text += line;
            text.push('\n');
        }
        text
    }
}

/// From now on this thread speaks so.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// What this thread speaks.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// A message without variables. One that no language has is its own key.
pub fn say(key: &'static str) -> &'static str {
    match pattern(key) {
        Some((_, [Part::Text(text)])) => text,
        _ => key,
    }
}

/// A message with its variables filled in, as plain text.
pub fn fill(key: &'static str, args: &[(&str, Arg)]) -> String {
    fill_kept(key, args)
}

/// As [`fill`], by a key that was kept beside what it is about.
pub fn fill_kept(key: &str, args: &[(&str, Arg)]) -> String {
    let mut out = String::new();
    write(key, args, &mut |piece, _| out.push_str(piece));
    out
}

/// The same as markup: text is escaped, [`Arg::Markup`] stands as it is.
pub fn rich(key: &'static str, args: &[(&str, Arg)]) -> Markup {
    let mut out = String::new();
    write(key, args, &mut |piece, markup| match markup {
        true => out.push_str(piece),
        false => piece.render_to(&mut out),
    });
    PreEscaped(out)
}

/// `1,234`, as the language groups its digits.
pub fn number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let separator = match say("number-separator") {
        "nbsp" => "\u{a0}",
        other => other,
    };
    let mut out = String::from(if number < 0 { "-" } else { "" });
    // Four digits are read without help.
    let grouped = digits.len() > 4;
    for (at, digit) in digits.chars().enumerate() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

fn pattern(key: &str) -> Option<(Language, &'static [Part])> {
    [spoken(), Language::default()].into_iter().find_map(|l| Some((l, l.catalogue().get(key)?)))
}

fn write(key: &str, args: &[(&str, Arg)], out: &mut dyn FnMut(&str, bool)) {
    match pattern(key) {
        Some((language, parts)) => write_parts(language, parts, args, out),
        None => out(key, false),
    }
}

fn write_parts(language: Language, parts: &[Part], args: &[(&str, Arg)], out: &mut dyn FnMut(&str, bool)) {
    let arg = |name: &str| args.iter().find(|(n, _)| *n == name).map(|(_, arg)| arg);
    for part in parts {
        match part {
            Part::Text(text) => out(text, false),
            Part::Slot(name) => match arg(name) {
                Some(Arg::Text(text)) => out(text, false),
                Some(Arg::Number(n)) => out(&number(*n), false),
                Some(Arg::Markup(markup)) => out(markup, true),
                None => out(name, false),
            },
            Part::Choice(name, variants) => {
                let wanted = |key: &str| match arg(name) {
                    Some(Arg::Number(n)) => {
                        key.parse() == Ok(*n) || key == plural::category(language.code(), *n)
                    }
                    Some(Arg::Text(text) | Arg::Markup(text)) => key == text,
                    None => false,
                };
                let exact = variants.iter().find(|v| wanted(&v.key));
                if let Some(variant) = exact.or_else(|| variants.iter().find(|v| v.default)) {
                    write_parts(language, &variant.parts, args, out);
                }
            }
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Arg {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Markup> for Arg {
    fn from(markup: Markup) -> Arg {
        Arg::Markup(markup.into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_the_language_that_it_wants_most() {
        assert_eq!(Language::wanted("en-GB,en;q=0.5").code(), "en");
        assert_eq!(Language::wanted("tlh, x;q=a, ;;;,").code(), "en");
        assert_eq!(Language::wanted("").code(), "en");
    }

    #[test]
    fn text_is_escaped_in_markup_and_markup_is_not() {
        let link = PreEscaped("<a>there</a>".to_owned());
        let told =
            rich("words-test", &[("who", "<b>".into()), ("where", link.into()), ("count", 2i64.into())]);
        assert_eq!(told.into_string(), "&lt;b&gt; went <a>there</a> 2 times.");
        assert_eq!(
            fill("words-test", &[("who", "A".into()), ("where", "x".into()), ("count", 1i64.into())]),
            "A went x once."
        );
    }

    #[test]
    fn what_is_missing_shows_its_name() {
        assert_eq!(say("no-such-key"), "no-such-key");
        assert_eq!(fill("no-such-key", &[]), "no-such-key");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            [0, 1234, 12345, 1_234_567, -12345].map(number),
            ["0", "1234", "12,345", "1,234,567", "-12,345"]
        );
    }
}
