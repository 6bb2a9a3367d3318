//! Pages in other character sets than UTF-8: what is declared, and what it reads.
//! <https://encoding.spec.whatwg.org/>, <https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>

/// Bytes of a page in which it says what it is written in. Browsers look at 1024; some pages are late.
const PRESCAN: usize = 4 * 1024;

/// A page as text: by its byte order mark, else by `declared` (the `charset` of the `Content-Type`), else by what its
/// `<meta>` says, else as UTF-8. What cannot be read becomes U+FFFD, also all of a set that is not known here.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> String {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes);
    }
    let label = |label: &str| label.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    match declared.map(label).filter(|l| !l.is_empty()) {
        Some(label) if label == "utf-16be" => utf16(bytes, u16::from_be_bytes),
        Some(label) if label.starts_with("utf-16") => utf16(bytes, u16::from_le_bytes),
        Some(label) => by_label(bytes, &label),
        // Nothing that says so in ASCII is UTF-16.
        None => match in_meta(bytes).map(|l| label(&l)) {
            Some(label) if !label.starts_with("utf-16") => by_label(bytes, &label),
            _ => utf8(bytes),
        },
    }
}

/// The `charset` of a `Content-Type`.
pub fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

fn by_label(bytes: &[u8], label: &str) -> String {
    match table(label) {
        Some(table) => single_byte(bytes, table),
        None => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}

/// `table` has the upper 128 characters, or the upper 96 where the 32 before them are control characters.
fn single_byte(bytes: &[u8], table: &str) -> String {
    let upper: Vec<char> = table.chars().collect();
    let first = 256 - upper.len();
    bytes
        .iter()
        .map(|&byte| match usize::from(byte).checked_sub(first) {
            Some(place) if byte >= 0x80 => upper.get(place).copied().unwrap_or('\u{FFFD}'),
            _ => char::from(byte),
        })
        .collect()
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

/// By the names of the standard that are met. Libraries for this weigh more than all of these pages: the sets of
/// China, Japan and Korea have tens of thousands of characters.
fn table(label: &str) -> Option<&'static str> {
    Some(match label {
        "windows-1252" | "cp1252" | "x-cp1252" | "iso-8859-1" | "iso8859-1" | "iso88591" | "iso_8859-1"
        | "latin1" | "l1" | "us-ascii" | "ascii" => WINDOWS_1252,
        "iso-8859-15" | "iso8859-15" | "iso885915" | "l9" => ISO_8859_15,
        "windows-1250" | "cp1250" | "x-cp1250" => WINDOWS_1250,
        "iso-8859-2" | "iso8859-2" | "iso88592" | "latin2" | "l2" => ISO_8859_2,
        "windows-1251" | "cp1251" | "x-cp1251" => WINDOWS_1251,
        "koi8-r" | "koi8" | "koi8_r" | "koi" => KOI8_R,
        "koi8-u" | "koi8-ru" => KOI8_U,
        "ibm866" | "cp866" | "866" => IBM866,
        "iso-8859-5" | "iso8859-5" | "cyrillic" => ISO_8859_5,
        "windows-1253" | "cp1253" | "x-cp1253" => WINDOWS_1253,
        "iso-8859-7" | "iso8859-7" | "greek" => ISO_8859_7,
        "windows-1254" | "cp1254" | "x-cp1254" | "iso-8859-9" | "iso8859-9" | "latin5" | "l5" => WINDOWS_1254,
        "windows-1255" | "cp1255" | "x-cp1255" => WINDOWS_1255,
        "windows-1256" | "cp1256" | "x-cp1256" => WINDOWS_1256,
        "windows-1257" | "cp1257" | "x-cp1257" => WINDOWS_1257,
        "iso-8859-13" | "iso8859-13" => ISO_8859_13,
        _ => return None,
    })
}

// The characters from 0x80 on, or from 0xA0, as the standard has them.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇ\
      ÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const ISO_8859_15: &str = "\u{a0}¡¢£€¥Š§š©ª«¬\u{ad}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
const WINDOWS_1250: &str = "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇ\
      ČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";
const ISO_8859_2: &str = "\u{a0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{ad}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";
const WINDOWS_1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫ\
      ЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";
const KOI8_R: &str = "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{a0}⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕ\
      ФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";
const KOI8_U: &str = "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{a0}⌡°²·÷═║╒ёє╔ії╗╘╙╚╛ґ╝╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪Ґ╬©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕ\
      ФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ";
const IBM866: &str = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъ\
      ыьэюяЁёЄєЇїЎў°∙·√№¤■\u{a0}";
const ISO_8859_5: &str = "\u{a0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{ad}ЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ";
const WINDOWS_1253: &str = "€\u{81}‚ƒ„…†‡\u{88}‰\u{8a}‹\u{8c}\u{8d}\u{8e}\u{8f}\u{90}‘’“”•–—\u{98}™\u{9a}›\u{9c}\u{9d}\u{9e}\u{9f}\
      \u{a0}΅Ά£¤¥¦§¨©ª«¬\u{ad}®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡÒΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋ\
      όύώÿ";
const ISO_8859_7: &str = "\u{a0}‘’£€₯¦§¨©ͺ«¬\u{ad}®―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡÒΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώÿ";
const WINDOWS_1254: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}\u{8e}\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}\u{9e}Ÿ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½\
      ¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ";
const WINDOWS_1255: &str = "€\u{81}‚ƒ„…†‡ˆ‰\u{8a}‹\u{8c}\u{8d}\u{8e}\u{8f}\u{90}‘’“”•–—˜™\u{9a}›\u{9c}\u{9d}\u{9e}\u{9f}\u{a0}¡¢£₪¥¦§¨©\
      ×«¬\u{ad}®¯°±²³´µ¶·¸¹÷»¼½¾¿\u{5b0}\u{5b1}\u{5b2}\u{5b3}\u{5b4}\u{5b5}\u{5b6}\u{5b7}\u{5b8}\u{5b9}Ê\
      \u{5bb}\u{5bc}\u{5bd}\u{5be}\u{5bf}\u{5c0}\u{5c1}\u{5c2}\u{5c3}װױײ׳״ÙÚÛÜÝÞßאבגדהוזחטיךכלםמןנסעףפץצקרשת\
      ûü\u{200e}\u{200f}ÿ";
const WINDOWS_1256: &str = "€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200c}\u{200d}ں\u{a0}،¢£¤¥¦§¨©ھ«¬\u{ad}®¯°±²³´µ¶·¸¹؛»¼½¾؟ہءآأؤإئابةتثجحخدذرز\
      سشصض×طظعغـفقكàلâمنهوçèéêëىيîïًٌٍَôُِ÷ّùْûü\u{200e}\u{200f}ے";
const WINDOWS_1257: &str = "€\u{81}‚\u{83}„…†‡\u{88}‰\u{8a}‹\u{8c}¨ˇ¸\u{90}‘’“”•–—\u{98}™\u{9a}›\u{9c}¯˛\u{9f}\u{a0}¡¢£¤¥¦§Ø©Ŗ«¬\u{ad}®\
      Æ°±²³´µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙";
const ISO_8859_13: &str = "\u{a0}”¢£¤„¦§Ø©Ŗ«¬\u{ad}®Æ°±²³“µ¶·ø¹ŗ»¼½¾æĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž’";

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
    fn tables_have_the_right_length_and_letters() {
        let all = [
            (WINDOWS_1250, 0xE8, '\u{10d}'),
            (ISO_8859_2, 0xE8, '\u{10d}'),
            (WINDOWS_1253, 0xE1, '\u{3b1}'),
            (ISO_8859_7, 0xE1, '\u{3b1}'),
            (WINDOWS_1254, 0xFD, '\u{131}'),
            (WINDOWS_1255, 0xE0, '\u{5d0}'),
            (WINDOWS_1256, 0xC8, '\u{628}'),
            (WINDOWS_1257, 0xE2, '\u{101}'),
            (ISO_8859_13, 0xE2, '\u{101}'),
            (KOI8_U, 0xA4, '\u{454}'),
            (IBM866, 0x80, '\u{410}'),
            (ISO_8859_5, 0xD0, '\u{430}'),
        ];
        for (table, byte, letter) in all {
            assert!(matches!(table.chars().count(), 96 | 128));
            assert_eq!(single_byte(&[byte, b'x'], table), format!("{letter}x"));
        }
    }
}
