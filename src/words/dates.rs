//! Days and times, as the language writes them. In which zone is the caller's to say.

use super::{Arg, fill, say};
use jiff::ZonedDateTime as Zoned;

/// `24 Nov`.
pub fn day(at: &Zoned) -> String {
    told("date-day", say("date-months-short"), at)
}

/// `24 Nov 2026`.
pub fn day_of_year(at: &Zoned) -> String {
    told("date-day-year", say("date-months-short"), at)
}

/// `24 Nov 2026, 10:00 UTC`.
pub fn exact(at: &Zoned) -> String {
    told("date-exact", say("date-months-short"), at)
}

/// `24 November 2026`.
pub fn full(at: &Zoned) -> String {
    told("date-full", say("date-months"), at)
}

/// `November 2026`.
pub fn month(at: &Zoned) -> String {
    told("date-month-year", say("date-months"), at)
}

fn told(key: &'static str, months: &'static str, at: &Zoned) -> String {
    let month = months.split_whitespace().nth(usize::try_from(at.month() - 1).unwrap_or(0));
    let part = |format: &str| Arg::Text(at.strftime(format).to_string());
    fill(
        key,
        &[
            ("day", i64::from(at.day()).into()),
            ("month", month.unwrap_or_default().into()),
            ("year", at.year().to_string().into()),
            ("time", part("%H:%M")),
            ("zone", part("%Z")),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{LANGUAGES, Language, speak};

    #[test]
    fn a_day_is_written_out() {
        let at: Zoned = "2026-11-04T09:05[UTC]".parse().unwrap();
        assert_eq!(
            [day(&at), day_of_year(&at), exact(&at), full(&at), month(&at)],
            ["4 Nov", "4 Nov 2026", "4 Nov 2026, 09:05 UTC", "4 November 2026", "November 2026"]
        );
    }

    #[test]
    fn every_language_has_twelve_months() {
        for (code, _) in LANGUAGES {
            speak(Language::of(code).unwrap());
            for months in [say("date-months"), say("date-months-short")] {
                assert_eq!(months.split_whitespace().count(), 12, "{code}");
            }
            assert_eq!(say("number-bytes").split_whitespace().count(), 5, "{code}");
        }
        speak(Language::default());
    }
}
