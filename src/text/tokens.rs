//! What stands in the owner's plain text: mentions, hashtags, links and emoji shortcodes, by
//! Mastodon's rules: <https://docs.joinmastodon.org/spec/activitypub/#tags> and, for tags,
//! <https://docs.joinmastodon.org/user/posting/#hashtags>
//!
//! One scanner from left to right, the earliest token wins; every character is looked at a bounded
//! number of times, whatever the input.

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    Text,
    /// `@user` or `@user@domain[:port]`.
    Mention {
        username: &'a str,
        domain: Option<&'a str>,
    },
    /// Without its `#`.
    Hashtag(&'a str),
    Url(&'a str),
    /// Without its colons.
    Emoji(&'a str),
}

/// Splits text into tokens, each with the text it was written as; those joined are the text.
pub fn tokens(text: &str) -> Vec<(Token<'_>, &str)> {
    let mut found = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let scanned = match c {
            '@' => mention(rest, before),
            '#' | '＃' => hashtag(rest, before),
            'h' | 'H' => url(rest, before),
            ':' => emoji(rest, before),
            _ => Scan::nothing(c),
        };
        if let Some(token) = scanned.token {
            push_text(&mut found, &text[plain_from..at]);
            plain_from = at + scanned.length;
            found.push((token, &rest[..scanned.length]));
        }
        before = rest[..scanned.done].chars().next_back();
        at += scanned.done;
    }
    push_text(&mut found, &text[plain_from..]);
    found
}

fn push_text<'a>(found: &mut Vec<(Token<'a>, &'a str)>, text: &'a str) {
    if !text.is_empty() {
        found.push((Token::Text, text));
    }
}

/// What a scan came to: a token of so many bytes or nothing, and how many bytes are done with.
struct Scan<'a> {
    token: Option<Token<'a>>,
    length: usize,
    done: usize,
}

impl Scan<'_> {
    fn nothing(c: char) -> Self {
        Scan { token: None, length: 0, done: c.len_utf8() }
    }
}

fn mention(rest: &str, before: Option<char>) -> Scan<'_> {
    let nothing = Scan::nothing('@');
    // A word before it makes it an e-mail address, a slash a path (`/@user`), `=` a query.
    if before.is_some_and(|c| c == '/' || c == '=' || is_word(c)) {
        return nothing;
    }
    let name = labels(&rest[1..], |c| c.is_ascii_alphanumeric() || c == '_');
    if name == 0 {
        return nothing;
    }
    let username = &rest[1..1 + name];
    let mut length = 1 + name;
    let mut domain = None;
    if let Some(host) = rest[length..].strip_prefix('@') {
        let end = labels(host, is_word);
        if end > 0 {
            let end = end + port(&host[end..]);
            domain = Some(&host[..end]);
            length += 1 + end;
        }
    }
    // `@user@`, `@a@b@c`, `@userñ`, `@http://`: something else than a mention, as in Mastodon.
    let after = &rest[length..];
    let spoiled = after.starts_with("://")
        || after.starts_with(['@', '＠'])
        || after.starts_with(|c| matches!(c, '\u{c0}'..='\u{24f}' if c != '×' && c != '÷'));
    Scan { token: (!spoiled).then_some(Token::Mention { username, domain }), length, done: length }
}

/// How much of the start is labels joined by dots and hyphens; those at the end do not count.
fn labels(text: &str, fits: impl Fn(char) -> bool) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if fits(c) {
            end = at + c.len_utf8();
        } else if end == 0 || !matches!(c, '.' | '-') {
            break;
        }
    }
    end
}

/// The length of `:8080` at the start, or 0. A number that runs on is no port.
fn port(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(':') else {
        return 0;
    };
    let length = digits.bytes().take(6).take_while(u8::is_ascii_digit).count();
    match digits[..length].parse::<u16>() {
        Ok(1..) if !digits[length..].starts_with(is_word) => 1 + length,
        _ => 0,
    }
}

fn hashtag(rest: &str, before: Option<char>) -> Scan<'_> {
    let sign = if rest.starts_with('#') { '#' } else { '＃' };
    let nothing = Scan::nothing(sign);
    // `/#x` and `=#x` are parts of an address, `&#x` of an entity that somebody pasted.
    if before.is_some_and(|c| matches!(c, '/' | '=' | ')' | '&') || c.is_alphanumeric()) {
        return nothing;
    }
    let tail = &rest[sign.len_utf8()..];
    let Some(mut name) = tag_name(tail) else {
        return nothing;
    };
    // `#tagshttps://…` with no space between: the address begins where it begins.
    if tail[name.len()..].starts_with("://") {
        let cut = name.strip_suffix("https").or(name.strip_suffix("http"));
        name = match cut {
            Some(cut) if tag_name(cut) == Some(cut) => cut,
            Some(_) => return nothing,
            None => name,
        };
    }
    let length = sign.len_utf8() + name.len();
    Scan { token: Some(Token::Hashtag(name)), length, done: length }
}

/// Joins words inside a tag: middle dots (Catalan, Japanese) and the zero-width non-joiner
/// (Persian). `_` is one too, and a word character besides.
fn is_separator(c: char) -> bool {
    matches!(c, '_' | '\u{b7}' | '\u{30fb}' | '\u{200c}')
}

/// The longest tag name at the start: word characters, at least one of them no digit; or with
/// separators between word characters.
fn tag_name(text: &str) -> Option<&str> {
    let run = text.find(|c| !is_word(c) && !is_separator(c)).unwrap_or(text.len());
    let long = text[..run].trim_end_matches(|c| !is_word(c));
    let mut inner = long.chars();
    let first = inner.next()?;
    inner.next_back();
    if !is_word(first) {
        return None;
    }
    if inner.any(|c| is_alphabetic(c) || is_separator(c)) {
        return Some(long);
    }
    let short = &long[..long.find(|c| !is_word(c)).unwrap_or(long.len())];
    short.contains(is_alphabetic).then_some(short)
}

/// The key of a hashtag: what two spellings of one tag have in common.
///
/// Without `#`, lower case, full-width letters as plain ones; characters that a tag cannot have are
/// left out (remote `tag` objects carry anything). May come out empty: then it is no tag.
pub fn normalise_tag(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| is_word(*c) || is_separator(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

fn url(rest: &str, before: Option<char>) -> Scan<'_> {
    let nothing = Scan::nothing('h');
    let scheme = ["https://", "http://"]
        .iter()
        .find(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s)));
    let Some(scheme) = scheme.map(|s| s.len()) else {
        return nothing;
    };
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '＠' | '$' | '#' | '＃')) {
        return nothing;
    }
    let host = host(&rest[scheme..]);
    if host == 0 {
        return nothing;
    }
    let mut length = scheme + host;
    length += port(&rest[length..]);
    let mut done = length;
    if rest[length..].starts_with(['/', '?', '#']) {
        let (path, scanned) = path(&rest[length..]);
        length += path;
        // What a bracket cut off is not looked at again: «http://a.bc/(http://a.bc/(…» would take
        // quadratic time.
        done += scanned;
    }
    let written = &rest[..length];
    Scan { token: url::Url::parse(written).is_ok().then_some(Token::Url(written)), length, done }
}

/// The length of a host with a dot in it, or `localhost`; 0 if there is none.
fn host(text: &str) -> usize {
    let end = labels(text, is_word);
    // RFC 1035; it also keeps the punycode of the URL parser away from long input.
    if end > 253 {
        return 0;
    }
    let host = &text[..end];
    let Some(dot) = host.rfind('.') else {
        return if host.eq_ignore_ascii_case("localhost") { end } else { 0 };
    };
    // No top-level domain mixes ASCII with anything else: in «example.comを見て» it ends at `com`.
    let last = &host[dot + 1..];
    match last.find(|c: char| !c.is_ascii()) {
        Some(mixed) if mixed > 0 => dot + 1 + mixed,
        _ => end,
    }
}

/// The length of path, query and fragment: up to what no URL has, or a bracket that it did not
/// open, without the punctuation of the sentence around it; and how much was looked at.
fn path(text: &str) -> (usize, usize) {
    let mut open = Vec::new();
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' if open.pop().is_none() => {
                end = at;
                break;
            }
            '<' | '>' | '"' | '`' | '「' | '」' | '『' | '』' | '“' | '”' | '«' | '»' => {
                end = at;
                break;
            }
            c if c.is_whitespace() || c.is_control() => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    // A bracket that never closes belongs to the sentence.
    let kept = open.first().map_or(end, |first| end.min(*first));
    let query = text[..kept].contains('?');
    let kept = text[..kept]
        .trim_end_matches(|c| match c {
            '=' | '&' => !query,
            '!' | '?' | '*' | '\'' | ';' | ':' | ',' | '.' | '$' | '%' | '[' | ']' | '~' | '|' | '@' => true,
            '…' | '’' | '。' | '、' | '，' | '！' | '？' | '；' | '：' | '（' | '）' | '【' | '】' => {
                true
            }
            _ => false,
        })
        .len();
    (kept, end)
}

fn emoji(rest: &str, before: Option<char>) -> Scan<'_> {
    let nothing = Scan::nothing(':');
    if before.is_some_and(|c| c == ':' || c.is_alphanumeric()) {
        return nothing;
    }
    let name = rest[1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    let Some(after) = rest[1 + name..].strip_prefix(':') else {
        return nothing;
    };
    if name < 2 || after.starts_with(|c: char| c == ':' || c.is_alphanumeric()) {
        return nothing;
    }
    Scan { token: Some(Token::Emoji(&rest[1..1 + name])), length: name + 2, done: name + 2 }
}

/// Ruby's `[[:word:]]`, which Mastodon's rules are written in: letters, marks, digits and
/// connecting punctuation.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || is_mark(c) || c.general_category() == GeneralCategory::ConnectorPunctuation
}

/// Ruby's `[[:alpha:]]`. A mark alone counts: scripts of India put their vowels there.
fn is_alphabetic(c: char) -> bool {
    c.is_alphabetic() || (!c.is_ascii() && is_mark(c))
}

fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// The tokens that are no text, as they were written.
    fn found(text: &str) -> Vec<&str> {
        let all = tokens(text);
        assert_eq!(all.iter().map(|(_, written)| *written).collect::<String>(), text);
        let special = all.into_iter().filter(|(token, _)| *token != Token::Text);
        special.map(|(_, written)| written).collect()
    }

    #[test]
    fn mentions_are_found_where_mastodon_finds_them() {
        for (text, wanted) in [
            ("@bob", vec!["@bob"]),
            ("Labdien, @bob!", vec!["@bob"]),
            ("(@bob_2@a.example)", vec!["@bob_2@a.example"]),
            ("@bob@a.example.", vec!["@bob@a.example"]),
            ("@b.o-b: hi", vec!["@b.o-b"]),
            ("@bob@localhost:3001, hi", vec!["@bob@localhost:3001"]),
            ("@bob@127.0.0.1:8080", vec!["@bob@127.0.0.1:8080"]),
            ("@bob@a.example: hi", vec!["@bob@a.example"]),
            ("@bob@a.example:99999", vec!["@bob@a.example"]),
            ("@bob@bücher.example", vec!["@bob@bücher.example"]),
            ("@bobさん", vec!["@bob"]),
            ("@a @b\n@c", vec!["@a", "@b", "@c"]),
            ("bob@a.example", vec![]),
            ("žbob@a.example", vec![]),
            ("https://a.example/@bob", vec!["https://a.example/@bob"]),
            ("/@bob ?x=@bob", vec![]),
            ("@bob@", vec![]),
            ("@a@b@c", vec![]),
            ("@bobš", vec![]),
            ("@@", vec![]),
            ("@ bob", vec![]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_mention_knows_its_port() {
        let (mention, _) = tokens("@bob@localhost:3001")[0];
        let (username, domain) = ("bob", Some("localhost:3001"));
        assert_eq!(mention, Token::Mention { username, domain });
    }

    #[test]
    fn hashtags_are_found_where_mastodon_finds_them() {
        for (text, wanted) in [
            ("#Rīga", vec!["#Rīga"]),
            ("#Āžģēņš, #ļoti.", vec!["#Āžģēņš", "#ļoti"]),
            ("＃日本語 #日本語タグ", vec!["＃日本語", "#日本語タグ"]),
            ("#1", vec![]),
            ("#1a", vec!["#1a"]),
            ("#2026", vec![]),
            ("#_", vec![]),
            ("#a_b", vec!["#a_b"]),
            ("#col·lecció", vec!["#col·lecció"]),
            ("#a·", vec!["#a"]),
            ("#·a", vec![]),
            ("#スター・ウォーズ", vec!["#スター・ウォーズ"]),
            ("#می\u{200c}خواهم", vec!["#می\u{200c}خواهم"]),
            ("#हिन्दी", vec!["#हिन्दी"]),
            ("(#a) \"#b\"", vec!["#a", "#b"]),
            ("#a#b", vec!["#a"]),
            ("a#b", vec![]),
            ("#a-b", vec!["#a"]),
            ("&#x27; /#a", vec![]),
            ("#😀", vec![]),
            ("https://a.example/#b", vec!["https://a.example/#b"]),
            ("#タグhttps://a.example", vec!["#タグ", "https://a.example"]),
            ("##", vec![]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn links_leave_out_the_punctuation_around_them() {
        for (text, wanted) in [
            ("https://a.example", vec!["https://a.example"]),
            ("HTTP://A.example/X?", vec!["HTTP://A.example/X"]),
            ("(see https://a.example/b).", vec!["https://a.example/b"]),
            ("https://a.example/b_(c)", vec!["https://a.example/b_(c)"]),
            ("(https://a.example/b_(c)).", vec!["https://a.example/b_(c)"]),
            ("https://a.example/b(c", vec!["https://a.example/b"]),
            ("https://a.example/?q=a&b=c==!", vec!["https://a.example/?q=a&b=c=="]),
            ("https://a.example/a,b;c...", vec!["https://a.example/a,b;c"]),
            ("https://a.example.", vec!["https://a.example"]),
            ("<https://a.example/b>", vec!["https://a.example/b"]),
            ("\"https://a.example/b\"", vec!["https://a.example/b"]),
            ("[x](https://a.example/b)", vec!["https://a.example/b"]),
            ("http://localhost:3000/@bob", vec!["http://localhost:3000/@bob"]),
            ("http://127.0.0.1:1/x", vec!["http://127.0.0.1:1/x"]),
            ("https://žurnāls.example/ceļš", vec!["https://žurnāls.example/ceļš"]),
            ("見てhttps://a.example/を。", vec!["https://a.example/を"]),
            ("https://example.comを見て", vec!["https://example.com"]),
            ("https://a.example/#@x", vec!["https://a.example/#@x"]),
            ("https://", vec![]),
            ("https://nodots/x", vec![]),
            ("xhttps://a.example", vec![]),
            ("a.example javascript:alert(1) ftp://a.example", vec![]),
            ("https://a.example:0x", vec!["https://a.example"]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn emoji_shortcodes_stand_alone() {
        for (text, wanted) in [
            (":blobcat: (:a_1:)", vec![":blobcat:", ":a_1:"]),
            ("見て :ab:", vec![":ab:"]),
            (":a:", vec![]),
            ("12:30:45 x:ab: :ab:c ::ab::", vec![]),
            (":ab::cd:", vec![]),
            (":a b:", vec![]),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_tag_has_one_key_whatever_its_spelling() {
        for (name, key) in [
            ("#RĪGA", "rīga"),
            ("＃Ｔａｇ１", "tag1"),
            ("with-dash und er", "withdashunder"),
            ("ΟΔΟΣ", "οδοσ"),
            ("col·lecció", "col·lecció"),
            ("<b>", "b"),
            ("##", ""),
        ] {
            assert_eq!(normalise_tag(name), key);
        }
    }

    #[test]
    fn a_megabyte_of_anything_is_read_in_linear_time() {
        for part in [
            "@",
            "#",
            "(",
            ":",
            "h",
            "@a",
            "@a@b",
            "@a@b@c",
            "@a....",
            "@a@b--",
            "#1",
            "#·",
            "#a·",
            ":aa",
            ":aa:",
            "http://",
            "http://a.bc/(",
            "(http://a.bc/",
            "http://a.bc/!",
            "http://a.bc:",
            "http://ā",
            "http://a.",
            "#ahttp://",
            "＃",
            "ā",
            "\u{300}",
            "·",
            ".",
            "https://a.example/?=",
        ] {
            for text in
                [part.repeat((1 << 20) / part.len()), format!("#a http://a.bc/{}", part.repeat(1 << 19))]
            {
                let begun = Instant::now();
                let all = tokens(&text);
                assert_eq!(all.iter().map(|(_, written)| written.len()).sum::<usize>(), text.len());
                assert!(begun.elapsed().as_secs() < 10, "{part}: {:?}", begun.elapsed());
            }
        }
    }
}
