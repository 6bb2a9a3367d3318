//! Amounts for people.

/// `1.5 GB`, `12 MB`, `0 B`: in powers of 1,024, as the settings count them.
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    // What would be written as 1024 is one of the next.
    while amount >= 1023.5 && unit + 1 < UNITS.len() {
        amount /= 1024.0;
        unit += 1;
    }
    match unit {
        0 => format!("{bytes} B"),
        _ if amount < 9.95 => format!("{amount:.1} {}", UNITS[unit]),
        _ => format!("{amount:.0} {}", UNITS[unit]),
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
