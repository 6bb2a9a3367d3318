//! Which plural a number takes: <https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>
//!
//! For whole numbers, in the languages that there are words in. The test of the messages holds it against CLDR's tables.

/// What a choice may name.
#[cfg(test)]
pub const NAMES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// The category of a number in a language; English rules for one that has none here.
pub fn category(language: &str, number: i64) -> &'static str {
    let n = number.unsigned_abs();
    let millions = n != 0 && n.is_multiple_of(1_000_000);
    match language {
        "ja" => "other",
        "lv" if n.is_multiple_of(10) || (11..=19).contains(&(n % 100)) => "zero",
        "lv" if n % 10 == 1 => "one",
        "lv" => "other",
        "fr" | "pt" if n < 2 => "one",
        _ if n == 1 => "one",
        "fr" | "pt" | "es" if millions => "many",
        _ => "other",
    }
}
