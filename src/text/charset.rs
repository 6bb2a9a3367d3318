//! Pages in other character sets than UTF-8: what is declared, and what it reads.
//! <https://encoding.spec.whatwg.org/>, <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>

use encoding_rs::{Encoding, UTF_8};

/// Bytes of a page in which it says what it is written in. Browsers look at 1024; some pages are late.
const PRESCAN: usize = 4 * 1024;

/// A page as text: by its byte order mark, else by `declared` (the `charset` of the `Content-Type`), else by what its
/// `<meta>` says, else as UTF-8. What cannot be read becomes U+FFFD.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let known = |label: &str| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes());
    // What says in ASCII that it is UTF-16 is not.
    let meta =
        || in_meta(bytes).and_then(|l| known(&l)).map(|e| if e.is_ascii_compatible() { e } else { UTF_8 });
    let encoding = declared.and_then(known).or_else(meta).unwrap_or(UTF_8);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The `charset` of a `Content-Type`.
pub fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// What the first `<meta charset>` or `<meta http-equiv>` says that is no comment.
fn in_meta(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(PRESCAN).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let mut rest = head.as_str();
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
            continue;
        }
        if let Some(meta) = rest.strip_prefix("<meta") {
            let meta = meta.split('>').next().unwrap_or_default();
            let named = meta.match_indices("charset").find_map(|(at, word)| {
                let value = meta[at + word.len()..].trim_start().strip_prefix('=')?;
                let value = value.trim_start().trim_start_matches(['"', '\'']);
                let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
                Some(&value[..end.unwrap_or(value.len())])
            });
            if let Some(label) = named.filter(|l| !l.is_empty()) {
                return Some(label.to_owned());
            }
        }
        rest = &rest[1..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_declared_is_read_in_its_order() {
        let latin = b"<meta charset=windows-1251>caf\xE9";
        assert!(decode(latin, Some("ISO-8859-1")).ends_with("caf\u{e9}"), "the header wins");
        assert!(decode(latin, None).ends_with("caf\u{439}"));
        assert!(decode(b"\xEF\xBB\xBFcaf\xC3\xA9", Some("latin1")).ends_with("caf\u{e9}"), "the mark wins");
        assert_eq!(decode(b"\xFF\xFEa\0\xE9\0", None), "a\u{e9}");
        assert_eq!(decode(b"\xFE\xFF\0a\xD8\x3D\xDE\0", Some("utf-8")), "a\u{1F600}");
        assert_eq!(decode(b"caf\xC3\xA9", None), "caf\u{e9}");
        assert_eq!(decode(b"caf\xE9", None), "caf\u{FFFD}", "nobody guesses");
        assert_eq!(decode(b"\x80\x81", Some("latin1")), "\u{20ac}\u{81}");
        assert_eq!(decode(b"\x80\xA4", Some("iso-8859-15")), "\u{80}\u{20ac}");
        assert_eq!(decode("\u{e9}".as_bytes(), Some("klingon")), "\u{e9}");
    }

    #[test]
    fn each_way_to_say_it_in_the_page_is_heard() {
        for said in [
            "<meta charset=koi8-r>",
            "<META CharSet = \"KOI8-R\" >",
            "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>",
            "<!-- <meta charset=utf-8> --><title>x</title><meta name=a content=b><meta charset='koi8-r'/>",
        ] {
            let mut page = said.as_bytes().to_vec();
            page.extend([0xF0, 0xD2]);
            assert!(decode(&page, None).ends_with("\u{41f}\u{440}"), "{said}");
        }
        for silent in
            ["<meta charset>", "<meta charset=", "<!-- <meta charset=koi8-r>", "<", "charset=koi8-r"]
        {
            assert!(in_meta(silent.as_bytes()).is_none(), "{silent}");
        }
        assert_eq!(charset("text/html; a=b; Charset=\"Latin1\""), Some("Latin1"));
        assert_eq!(charset("text/html"), None);
    }

    #[test]
    fn sets_of_many_letters_are_read_too() {
        for (label, bytes, text) in [
            ("shift_jis", &b"\x96I\x96\xA8"[..], "\u{8702}\u{871C}"),
            ("euc-jp", b"\xCB\xAA\xCC\xAA", "\u{8702}\u{871C}"),
            ("gb2312", b"\xB7\xE4\xC3\xDB", "\u{8702}\u{871C}"),
            ("big5", b"\xB8\xC1\xBBe", "\u{8702}\u{871C}"),
            ("euc-kr", b"\xB2\xDC", "\u{AFC0}"),
            ("windows-1257", b"\xE2", "\u{101}"),
        ] {
            assert_eq!(decode(bytes, Some(label)), text, "{label}");
        }
    }
}
