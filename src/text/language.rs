//! Language codes as BCP 47 writes them: <https://www.rfc-editor.org/rfc/rfc5646#section-2.1>

/// The well-formed spelling of a code (`en`, `pt-BR`, `zh-Hant`, `sr-Latn-RS`), or None.
///
/// Takes any case, and `_` for `-` (Android's locales). Says nothing about whether the language
/// exists. `und` (undetermined) is None: it says no more than leaving the language out.
pub fn language(code: &str) -> Option<String> {
    // RFC 5646, 4.4.1: 35 characters hold every code in use.
    if code.len() > 35 {
        return None;
    }
    let mut parts = code.trim().split(['-', '_']);
    let first = parts.next()?.to_ascii_lowercase();
    let alphabetic = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    if !matches!(first.len(), 2 | 3) || !alphabetic(&first) || first == "und" {
        return None;
    }
    let mut out = first;
    for part in parts {
        let lower = part.to_ascii_lowercase();
        out.push('-');
        match part.len() {
            2 if alphabetic(part) => out.push_str(&part.to_ascii_uppercase()),
            3 if part.bytes().all(|b| b.is_ascii_digit()) => out.push_str(part),
            4 if alphabetic(part) => {
                out.push_str(&lower[..1].to_ascii_uppercase());
                out.push_str(&lower[1..]);
            }
            5..=8 if part.bytes().all(|b| b.is_ascii_alphanumeric()) => out.push_str(&lower),
            _ => return None,
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn a_code_gets_its_usual_spelling() {
        for (given, wanted) in [
            ("en", "en"),
            ("LV", "lv"),
            ("pt-br", "pt-BR"),
            ("pt_BR", "pt-BR"),
            ("ZH-HANT", "zh-Hant"),
            ("sr-latn-rs", "sr-Latn-RS"),
            ("es-419", "es-419"),
            ("ca-Valencia", "ca-valencia"),
            ("szl", "szl"),
        ] {
            assert_eq!(language(given).as_deref(), Some(wanted), "{given}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for given in [
            "", "e", "und", "english", "en-", "-en", "e1", "en-\"x", "<script>", "en--US", "ēn", "en-x",
            "en-aa1",
        ] {
            assert_eq!(language(given), None, "{given}");
        }
        assert_eq!(language(&"en-".repeat(1000)), None);
    }
}
