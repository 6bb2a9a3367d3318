//! The language of queries for posts: words that all must be there, `"a phrase"`, `-not`, and operators.
//!
//! <https://docs.joinmastodon.org/user/search/>: `from:` `has:` `is:` `language:` `before:` `after:` `during:` `in:`.
//! Beside Mastodon's, `word*` finds what begins so: its stems know English only, a star knows every language.
//! What cannot be understood is looked for as words; nothing is an error, since apps ask while one types.

use crate::error::Result;
use crate::model::time::DAY;
use crate::model::*;
use crate::store::accounts;
use crate::store::search::{self, Term, Wanted, What};
use rusqlite::Connection;

/// Terms that count.
const TERMS: usize = 24;
/// Letters before a star.
const PREFIX: usize = 3;

/// One term as it was typed.
#[derive(Debug, PartialEq, Eq)]
struct Typed<'a> {
    not: bool,
    operator: Option<&'a str>,
    value: &'a str,
    phrase: bool,
}

/// What a query asks for; `None` when there is nothing in it to look for.
pub fn wanted(c: &Connection, text: &str) -> Result<Option<Wanted>> {
    let mut wanted = Wanted::default();
    for typed in split(text).into_iter().take(TERMS) {
        let lower = typed.operator.map(str::to_ascii_lowercase);
        match lower.as_deref() {
            Some("from") => {
                let what = What::By(meant(c, typed.value)?);
                wanted.terms.push(Term { not: typed.not, what });
            }
            Some("has" | "is") => {
                let what = What::Property(typed.value.to_ascii_lowercase());
                wanted.terms.push(Term { not: typed.not, what });
            }
            Some("language") => {
                wanted.terms.push(Term { not: typed.not, what: What::Language(typed.value.to_owned()) });
            }
            Some("in") if typed.value.eq_ignore_ascii_case("library") && !typed.not => wanted.library = true,
            Some("in") if typed.value.eq_ignore_ascii_case("public") => {
                wanted.terms.push(Term { not: typed.not, what: What::Visibility(Visibility::Public) });
            }
            Some("in") if typed.value.eq_ignore_ascii_case("all") => (),
            Some(operator @ ("before" | "after" | "during")) => match day(typed.value) {
                Some(day) => bound(&mut wanted, operator, typed.not, day),
                None => wanted.terms.push(words(&typed)),
            },
            _ => wanted.terms.push(words(&typed)),
        }
    }
    Ok(Some(wanted).filter(|w| *w != Wanted::default()))
}

/// The parameters beside the query.
pub fn narrow(wanted: &mut Wanted, page: &Page, by: Option<AccountId>) {
    let (above, below) = page.bounds();
    wanted.above = wanted.above.max(above);
    wanted.below = wanted.below.min(below);
    if let Some(by) = by {
        wanted.terms.push(Term { not: false, what: What::By(vec![by]) });
    }
}

/// An operator that is none is the word that it was.
fn words(typed: &Typed<'_>) -> Term {
    let value = match typed.operator {
        Some(operator) => format!("{operator} {}", typed.value),
        None => typed.value.to_owned(),
    };
    let stem = value.strip_suffix('*').filter(|stem| !typed.phrase && stem.chars().count() >= PREFIX);
    let what = match stem {
        Some(stem) => What::Words { text: stem.to_owned(), prefix: true },
        None => What::Words { text: value, prefix: false },
    };
    Term { not: typed.not, what }
}

/// Whom `from:` means: `me`, a handle, or whoever is called so on any server.
fn meant(c: &Connection, name: &str) -> Result<Vec<AccountId>> {
    let name = name.trim_start_matches('@');
    let me = accounts::owner(c)?;
    if name.eq_ignore_ascii_case("me") || name.eq_ignore_ascii_case(&me.username) {
        return Ok(vec![me.id]);
    }
    match name.split_once('@') {
        Some((username, domain)) => {
            let ours =
                url::Url::parse(&me.url).ok().is_some_and(|url| url.authority().eq_ignore_ascii_case(domain));
            let domain = Some(domain).filter(|_| !ours);
            Ok(accounts::by_acct(c, username, domain)?.map(|a| a.id).into_iter().collect())
        }
        None => search::namesakes(c, name),
    }
}

/// Midnight of a day, in UTC: `2026-11-24`, a whole time, or seconds since 1970.
fn day(text: &str) -> Option<Timestamp> {
    let seconds = || text.parse::<i64>().ok().filter(|n| (0..=99_999_999_999).contains(n));
    let at = Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z"))
        .or_else(|| Timestamp::parse_rfc3339(text))
        .or_else(|| seconds().filter(|n| *n > 9_999).map(|n| Timestamp(n * 1_000)))?;
    (at.0 >= 0).then(|| at.midnight())
}

/// `before` the day begins, `after` it has ended, `during` it. What is excluded is the other side.
fn bound(wanted: &mut Wanted, operator: &str, not: bool, day: Timestamp) {
    let (begin, end) = (day.0 << 16, day.plus(DAY).0 << 16);
    match (operator, not) {
        ("before", false) => wanted.below = wanted.below.min(begin),
        ("before", true) => wanted.above = wanted.above.max(begin - 1),
        ("after", false) => wanted.above = wanted.above.max(end - 1),
        ("after", true) => wanted.below = wanted.below.min(end),
        ("during", false) => {
            wanted.above = wanted.above.max(begin - 1);
            wanted.below = wanted.below.min(end);
        }
        _ => (), // all days but one: no range, and nobody asks for it
    }
}

fn split(text: &str) -> Vec<Typed<'_>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && found.len() < TERMS {
        let not = rest.starts_with('-');
        rest = rest.strip_prefix(['-', '+']).unwrap_or(rest);
        let mut operator = None;
        if let Some((name, after)) = rest.split_once(':')
            && !name.is_empty()
            && name.chars().all(char::is_alphabetic)
            && !after.is_empty()
            && !after.starts_with(|c: char| c.is_whitespace() || c == '/')
        {
            (operator, rest) = (Some(name), after);
        }
        let (value, phrase, after) = match rest.strip_prefix(['"', '“', '„', '”']) {
            Some(inside) => {
                let end = inside.find(['"', '“', '”']).unwrap_or(inside.len());
                let after = inside[end..].chars().next().map_or(0, char::len_utf8);
                (&inside[..end], true, &inside[end + after..])
            }
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (&rest[..end], false, &rest[end..])
            }
        };
        if !value.trim().is_empty() {
            found.push(Typed { not, operator, value, phrase });
        }
        rest = after.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'a>(not: bool, operator: Option<&'a str>, value: &'a str, phrase: bool) -> Typed<'a> {
        Typed { not, operator, value, phrase }
    }

    #[test]
    fn words_phrases_operators_and_exclusions_are_told_apart() {
        assert_eq!(
            split("cats -dogs from:@bob@b.test \"two words\" -has:image “so” +and is:\"reply\""),
            [
                typed(false, None, "cats", false),
                typed(true, None, "dogs", false),
                typed(false, Some("from"), "@bob@b.test", false),
                typed(false, None, "two words", true),
                typed(true, Some("has"), "image", false),
                typed(false, None, "so", true),
                typed(false, None, "and", false),
                typed(false, Some("is"), "reply", true),
            ]
        );
        assert_eq!(
            split("a: 10:30 -\"open"),
            [
                typed(false, None, "a:", false),
                typed(false, None, "10:30", false),
                typed(true, None, "open", true),
            ]
        );
        assert!(split(" - \"\" + ").is_empty());
        assert!(split(&"-".repeat(10_000)).len() <= TERMS);
    }

    #[test]
    fn days_are_bounds_of_ids() {
        let noon = day("2026-11-24").unwrap().plus(DAY / 2).0 << 16;
        for (operator, not, inside) in [
            ("before", false, false),
            ("before", true, true),
            ("after", false, false),
            ("after", true, true),
            ("during", false, true),
        ] {
            let mut wanted = Wanted::default();
            bound(&mut wanted, operator, not, day("2026-11-24").unwrap());
            assert_eq!(wanted.above < noon && noon < wanted.below, inside, "{operator} {not}");
        }
        assert_eq!(day("1764000000"), day("2025-11-24"));
        for wrong in ["2026-13-01", "yesterday", "", "-5", "7", "99999999999999999999"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_star_finds_what_begins_so_and_a_short_one_is_a_word() {
        let of = |value| words(&typed(false, None, value, false)).what;
        assert_eq!(of("roz*"), What::Words { text: "roz".into(), prefix: true });
        assert_eq!(of("r*"), What::Words { text: "r*".into(), prefix: false });
    }
}
