//! Amounts for people.

use super::{fill, say};

/// `1.5 GB`, `12 MB`, `0 B`: in powers of 1,024, as the settings count them.
pub fn bytes(bytes: u64) -> String {
    let units: Vec<&str> = say("number-bytes").split_whitespace().collect();
    let mut amount = bytes as f64;
    let mut unit = 0;
    // What would be written as 1024 is one of the next.
    while amount >= 1023.5 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    match unit {
        0 => format!("{bytes} {}", units.first().unwrap_or(&"B")),
        _ if amount < 9.95 => format!("{amount:.1} {}", units[unit]).replacen('.', say("number-decimal"), 1),
        _ => format!("{amount:.0} {}", units[unit]),
    }
}

/// `1234`, `12 k`: numbers on buttons stay short.
pub fn short(number: i64) -> String {
    match number {
        i64::MIN..10_000 => number.to_string(),
        10_000..1_000_000 => fill("number-thousands", &[("number", (number / 1_000).into())]),
        _ => fill("number-millions", &[("number", (number / 1_000_000).into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn an_amount_is_short() {
        for (n, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KB"),
            (1_048_575, "1.0 MB"),
            (12 << 20, "12 MB"),
            (3 << 29, "1.5 GB"),
            (u64::MAX, "16777216 TB"),
        ] {
            assert_eq!(bytes(n), text);
        }
    }
}
