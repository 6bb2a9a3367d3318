//! The look of the pages: what the owner chose, and a sheet of the owner's own.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::Look;
use crate::store::instance;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;

/// Bytes of the owner's own sheet.
pub const SHEET: usize = 20 * 1024;

/// Of every page; the usual one where the file cannot be read.
pub fn look(app: &App) -> Arc<Look> {
    let read = || app.store.read(|c| Ok(instance::settings(c)?.look));
    app.look.get(app.now(), i64::MAX, read).unwrap_or_default()
}

pub fn sheet(app: &App) -> Result<Option<String>> {
    app.store.read(instance::sheet)
}

/// Errors: `Invalid` for a sheet that is too long or shows something of elsewhere, or a zone that is not known.
pub fn save(app: &App, mut look: Look, locale: Option<String>, sheet: &str) -> Result<()> {
    let sheet = sheet.trim();
    check(sheet)?;
    if let Some(zone) = &look.zone {
        jiff::tz::TimeZone::get(zone).map_err(|_| Error::invalid("This time zone is not known here"))?;
    }
    look.sheet = version(sheet);
    app.store.write(|tx| {
        let mut settings = instance::settings(tx)?;
        settings.look = look.clone();
        settings.locale = locale;
        instance::set_settings(tx, &settings)?;
        instance::set_sheet(tx, sheet)
    })?;
    app.look.put(app.now(), look);
    // A page that was made between the two has the old look.
    app.store.new_edition();
    Ok(())
}

fn version(sheet: &str) -> String {
    let mut text = String::new();
    if !sheet.is_empty() {
        for byte in &Sha256::digest(sheet)[..8] {
            let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
        }
    }
    text
}

/// Words that a sheet does not need, and that could call elsewhere or run in some browser.
const REFUSED: [&str; 9] = [
    "@import",
    "@charset",
    "expression(",
    "javascript:",
    "behavior:",
    "-moz-binding",
    "image-set(",
    "</",
    "<!--",
];

/// A sheet that asks nobody else for anything. The policy of the pages forbids it, too.
///
/// Errors: `Invalid`, with what is wrong.
fn check(sheet: &str) -> Result<()> {
    if sheet.len() > SHEET {
        return Err(Error::invalid(format!("The sheet may have {} KB at most", SHEET / 1024)));
    }
    // An escape can hide any of the words below.
    if sheet.chars().any(|c| c == '\\' || (c.is_control() && !c.is_whitespace())) {
        return Err(Error::invalid("Write characters as they are, without a backslash"));
    }
    // Twice, since what looks like a comment inside of a string hides nothing from a browser.
    let raw = sheet.to_ascii_lowercase();
    [without_comments(&raw), raw].iter().try_for_each(|text| check_words(text))
}

fn check_words(plain: &str) -> Result<()> {
    if let Some(word) = REFUSED.iter().find(|word| plain.contains(**word)) {
        return Err(Error::invalid(format!("“{word}” may not stand in the sheet")));
    }
    for function in ["url(", "src("] {
        for after in plain.split(function).skip(1) {
            let address = after.trim_start().trim_start_matches(['"', '\'']);
            let ours = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/*");
            if !ours && !address.starts_with("data:image/") {
                return Err(Error::invalid("The sheet may show nothing from other servers"));
            }
        }
    }
    Ok(())
}

/// One comment may not hide a word by standing in it, nor join two.
fn without_comments(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        plain.push(' ');
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_asks_nobody_else_for_anything() {
        let fine = [
            "",
            "body { background: #fff url(/media/ab.png) } /* a // comment */",
            "a::after { content: \"→\" } .x { background: url( 'data:image/png;base64,AA//==' ) }",
        ];
        for sheet in fine {
            assert!(check(sheet).is_ok(), "{sheet}");
        }
        let bad = [
            "@import '/x.css';",
            "@IMPORT url(//evil.test/x)",
            "a { background: url(https://evil.test/x) }",
            "a { background: URL( \"//evil.test/x\") }",
            "a { background: url(/**/'//evil.test') }",
            "a { background: u\\72l(https://evil.test) }",
            "a { background: url(data:text/html,x) }",
            "a { background: image-set('https://evil.test/x' 1x) }",
            "a { width: expression(alert(1)) }",
            "</style><script>",
            "a { background: url(x.png) }",
            "a { color: red }\u{0}",
            "a { content: \"/*\"; background: url(https://evil.test/x) } b { content: \"*/\" }",
            "a { content: \"/*\"; background: src(/**/\"//evil.test/x\") }",
            "a { content: '/*' } @import '//evil.test/x'; b { content: '*/' }",
        ];
        for sheet in bad {
            assert!(check(sheet).is_err(), "{sheet}");
        }
        assert!(check(&"a".repeat(SHEET + 1)).is_err());
        assert_eq!(without_comments("a/* b */c/*d"), "a c ");
        assert!(version("").is_empty() && version("a").len() == 16);
    }
}
