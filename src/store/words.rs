//! Text as the index takes it: no markup, and a blank around each letter of a script that writes no blanks.
//!
//! FTS5's `unicode61` takes a run of letters for a word, so a sentence of Chinese, Japanese or Thai would be
//! one. With each of their letters a word of its own, what is searched for is a phrase of those, of any
//! length: no second index of trigrams, three times the size of the text, and nothing that two letters
//! are too short for. <https://www.sqlite.org/fts5.html#unicode61_tokenizer>

/// Letters of one text that are indexed; who writes more is found by its beginning.
const LETTERS: usize = 20_000;

/// Appends plain text, with a blank behind it.
pub fn add(out: &mut String, text: &str) {
    for c in text.chars().take(LETTERS) {
        if stands_alone(c) {
            out.push(' ');
            out.push(c);
            out.push(' ');
        } else {
            out.push(c);
        }
    }
    out.push(' ');
}

/// The words of plain text, as a query has them.
pub fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    add(&mut out, text);
    out
}

/// Whether there is anything in it that the index knows.
pub fn any(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Plain text of HTML as we store it, which our own sanitiser wrote: every `<` begins a tag. Tags within a line
/// (`@<span>bob</span>`) join, the others part; an address counts without its scheme.
pub fn of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let (inside, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if matches!(name, "p" | "br" | "li" | "ul" | "ol" | "blockquote" | "pre" | "rt" | "rp") {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    for (name, letter) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&amp;", "&")] {
        if out.contains(name) {
            out = out.replace(name, letter);
        }
    }
    if out.contains("://") {
        out = out.replace("https://", " ").replace("http://", " ");
    }
    out
}

/// Han, kana, bopomofo, Hangul, Thai, Lao, Burmese, Khmer. Korean writes blanks, but its endings stick to the
/// words, so that a word alone would not be found.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x312F | 0x31A0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_scripts_without_blanks_stand_alone() {
        assert_eq!(of("猫cat").split_whitespace().collect::<Vec<_>>(), ["猫", "cat"]);
        assert_eq!(of("サーバー").split_whitespace().count(), 4);
        assert_eq!(of("Rīga un jūra").split_whitespace().count(), 3);
    }

    #[test]
    fn markup_is_no_text_and_paragraphs_are_apart() {
        let html = "<p>a &lt;b&gt; @<span>bob</span><br>c</p><p>d <a href=\"https://x.test/e\"><span class=\"invisible\">https://</span>x.test/e</a></p>";
        let words: Vec<String> = of_html(html).split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["a", "<b>", "@bob", "c", "d", "x.test/e"]);
        assert_eq!(of_html("open <p"), "open  ");
    }
}
