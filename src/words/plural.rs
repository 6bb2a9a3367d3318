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

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples that CLDR gives for whole numbers in Latvian.
    #[test]
    fn latvian_looks_at_the_last_two_digits() {
        for zero in [0, 10, 11, 19, 20, 30, 100, 111, 219, 1000] {
            assert_eq!(category("lv", zero), "zero", "{zero}");
        }
        for one in [1, 21, 81, 101, 1001] {
            assert_eq!(category("lv", one), "one", "{one}");
        }
        for other in [2, 9, 22, 29, 102, 1002] {
            assert_eq!(category("lv", other), "other", "{other}");
        }
    }
}
