//! Every key that the code names has words, every message is used, and no language lacks one.

use crate::layers::sources;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the tests of the words use themselves.
const OF_TESTS: &[&str] = &["words-test"];

/// Keys by language, with the names of their variables.
fn messages() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let (key, slot) =
        (Regex::new(r"(?m)^([a-z][a-z0-9-]*) *=").unwrap(), Regex::new(r"\{ *\$([a-z]+)").unwrap());
    let mut languages = BTreeMap::new();
    for language in std::fs::read_dir(root().join("assets/locales")).unwrap().flatten() {
        let known: &mut BTreeMap<_, BTreeSet<String>> =
            languages.entry(language.file_name().into_string().unwrap()).or_default();
        for file in std::fs::read_dir(language.path()).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let area = file.path().file_stem().unwrap().to_str().unwrap().to_owned();
            let starts: Vec<_> =
                key.captures_iter(&text).map(|c| (c.get(0).unwrap().start(), c[1].to_owned())).collect();
            for (n, (start, name)) in starts.iter().enumerate() {
                let end = starts.get(n + 1).map_or(text.len(), |(at, _)| *at);
                let slots = slot.captures_iter(&text[*start..end]).map(|c| c[1].to_owned()).collect();
                assert!(known.insert(name.clone(), slots).is_none(), "{area}: {name} stands twice");
                assert!(
                    area == "words" || name.starts_with(&format!("{area}-")),
                    "{area}: {name} does not begin with its file's name"
                );
            }
        }
    }
    languages
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All literals of the code that look like a key and begin like one of the files.
fn named(areas: &BTreeSet<String>) -> BTreeSet<String> {
    let literal = Regex::new(r#""([a-z][a-z0-9]*(?:-[a-z0-9]+)+)""#).unwrap();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        found.extend(literal.captures_iter(code).map(|c| c[1].to_owned()));
    }
    found.retain(|key| areas.contains(key.split('-').next().unwrap()));
    found
}

/// Keys that stand directly in a call of the words: those must exist whatever they begin with.
fn called() -> BTreeSet<String> {
    let call = Regex::new(r#"(?:say|fill|rich)\([ \n]*"([^"]+)""#).unwrap();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    files.retain(|file| !file.ends_with("words/mod.rs"));
    let texts = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    texts.flat_map(|text| call.captures_iter(&text).map(|c| c[1].to_owned()).collect::<Vec<_>>()).collect()
}

#[test]
fn every_key_of_the_code_has_words_and_every_message_is_used() {
    let messages = messages();
    let english = &messages["en"];
    let areas = english.keys().map(|key| key.split('-').next().unwrap().to_owned()).collect();
    let (named, called) = (named(&areas), called());
    let missing: Vec<_> = called.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
    let unused: Vec<_> = english
        .keys()
        .filter(|key| {
            !key.starts_with("fault-") && !named.contains(*key) && !OF_TESTS.contains(&key.as_str())
        })
        .collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn no_language_lacks_a_message_or_a_variable_of_one() {
    let messages = messages();
    let english = &messages["en"];
    for (language, known) in &messages {
        let keys = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
        let missing: Vec<_> = keys(english).difference(&keys(known)).cloned().collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let surplus: Vec<_> = keys(known).difference(&keys(english)).cloned().collect();
        assert!(surplus.is_empty(), "{language} has {surplus:?}, which English has not");
        for (key, slots) in known {
            assert_eq!(slots, &english[key], "{language}: {key} has other variables");
        }
    }
}

/// Sentences that pages show, as the code has them; those of commands and of the API alone are nobody's page.
#[test]
fn what_may_go_wrong_has_words_and_no_words_are_for_nothing() {
    let sentence = Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap();
    let (wrapped, slot) = (Regex::new(r"\\\n[ ]*").unwrap(), Regex::new(r"\{[^}]*\}").unwrap());
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut said = BTreeSet::new();
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let code = wrapped.replace_all(&text, "").into_owned();
        for found in sentence.captures_iter(&code) {
            let plain = found[1].trim_start_matches("Validation failed: ").trim_end_matches('.').to_owned();
            said.insert(slot.replace_all(&plain, "{}").into_owned());
        }
    }
    let english = std::fs::read_to_string(root().join("assets/locales/en/fault.ftl")).unwrap();
    for (key, text) in english.lines().filter_map(|line| line.split_once(" = ")) {
        let text = slot.replace_all(text, "{}").into_owned();
        let known = said.contains(&text) || said.iter().any(|s| s.contains(&text) || fits(s, &text));
        assert!(known, "{key}: the code does not say {text:?}");
    }
}

/// Whether the code's sentence makes this one when its own places are filled: `{} {}` makes `{} is too long`.
fn fits(code: &str, text: &str) -> bool {
    let pieces: Vec<_> = code.split("{}").filter(|piece| piece.trim().len() > 3).collect();
    let mut rest = text;
    !pieces.is_empty()
        && pieces.iter().all(|piece| match rest.find(piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
}

/// What the API, other servers and commands are told; no page shows it.
const OF_PROGRAMS: &[&str] = &[
    "src/ops/acme.rs",
    "src/ops/acme/fault.rs",
    "src/ops/backup.rs",
    "src/ops/backup/place.rs",
    "src/ops/backup/seal.rs",
    "src/ops/backup/tar.rs",
    "src/ops/certificates.rs",
    "src/ops/collections.rs",
    "src/ops/proxy.rs",
    "src/ops/resolve/keys.rs",
    "src/ops/takeover.rs",
    "src/ops/takeover/gotosocial.rs",
    "src/ops/takeover/mastodon.rs",
    "src/ops/takeover/snac.rs",
    "src/store/takeover.rs",
    "src/ops/upgrade.rs",
    "src/sig/recovery.rs",
    "src/web/indieauth.rs",
    "src/web/micropub.rs",
    "The token needs a name",
    "The token needs scopes",
    "Xx is no scope",
    "Context",
    "These parameters cannot be changed",
    "Thumbnail must be blank",
    "Id is too long",
];

/// The files below a folder, by their path in the repository, without tests and comments.
fn code_below(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    sources(&root().join(folder), &mut files);
    let read = |file: std::path::PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let lines: Vec<_> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (file.strip_prefix(root()).unwrap().to_str().unwrap().to_owned(), lines.join("\n"))
    };
    files.into_iter().map(read).collect()
}

#[test]
fn every_fault_that_a_page_may_show_has_words() {
    let error = Regex::new(
        r#"Error::([A-Za-z_]+)\((?:[ \n]*Kind::[A-Za-z_]+,)?[ \n]*(?:format!\([ \n]*)?"((?:[^"\\]|\\.)*)""#,
    )
    .unwrap();
    let (wrapped, slot) = (Regex::new(r"\\\n[ ]*").unwrap(), Regex::new(r"\{[^}]*\}").unwrap());
    let english = std::fs::read_to_string(root().join("assets/locales/en/fault.ftl")).unwrap();
    let known: Vec<Regex> = english
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(_, text)| {
            let pieces: Vec<_> = slot.split(text).map(regex::escape).collect();
            Regex::new(&format!("^{}$", pieces.join(".+"))).unwrap()
        })
        .collect();
    let mut missing = Vec::new();
    for (file, code) in code_below("src/ops").into_iter().chain(code_below("src/web")) {
        for found in error.captures_iter(&wrapped.replace_all(&code, "")) {
            let sentence = found[2].trim_start_matches("Validation failed: ").trim_end_matches('.');
            let filled = slot.replace_all(sentence, "Xx").into_owned();
            let is_sentence = filled.replace("Xx", "").contains(char::is_alphabetic) && filled.contains(' ');
            let excused = OF_PROGRAMS.iter().any(|one| file == *one || filled.starts_with(one));
            if &found[1] != "internal"
                && is_sentence
                && !excused
                && !known.iter().any(|k| k.is_match(&filled))
            {
                missing.push(format!("{file}: {sentence}"));
            }
        }
    }
    assert!(missing.is_empty(), "no words for {missing:#?}");
}

/// Names, classes and commands, which are the same in every language.
const NO_WORDS: &[&str] = &[
    "Taure",
    "Taure ",
    "UTC",
    "GET",
    "HEAD",
    "__Host-taure",
    "en, lv",
    "journalctl -u taure",
    "taure export",
    "taure import",
    "taure login-link",
    "taure phrase --check",
    "taure prune",
    "taure recover",
    "taure rotate-keys --recoverable",
    "taure serve",
    "current-password webauthn",
    "content e-content",
    "content e-content quotes",
    "post h-entry ",
    "media ",
    "told new",
    " new",
    "on ",
    "const FILES = ;\\n",
    "form-action 'self' ",
    "inline; filename=\\\"\\\"",
    "attachment; filename=\\\"\\\"",
    "text/csv; charset=utf-8",
    ", max-age=",
    "; charset=utf-8",
];

#[test]
fn no_page_has_words_in_its_code() {
    let text = Regex::new(r#"(?:[{})] |(?:title|alt|placeholder|aria-label)=\(?)"([^"\\\n]*)""#).unwrap();
    let made =
        Regex::new(r#"([A-Za-z_]+\([ \n]*(?:Kind::[A-Za-z_]+,[ \n]*)?)?format!\([ \n]*"((?:[^"\\]|\\.)*)""#)
            .unwrap();
    let (slot, two) = (Regex::new(r"\{[^}]*\}").unwrap(), Regex::new("[A-Za-z]{2}").unwrap());
    let blank = Regex::new("[A-Za-z]{2} | [A-Za-z]{2}").unwrap();
    let mut found = Vec::new();
    for (file, code) in code_below("src/web") {
        let literals = text.captures_iter(&code).map(|c| c[1].to_owned());
        let literals =
            literals.filter(|s| two.is_match(s) && s.contains(|c: char| c.is_uppercase() || c == ' '));
        // What is wrong has words of its own, by the sentence.
        let sentences = made.captures_iter(&code).filter(|c| {
            let errors = ["invalid(", "bad_request(", "forbidden(", "new("];
            c.get(1).is_none_or(|before| errors.iter().all(|error| !before.as_str().starts_with(error)))
        });
        let sentences = sentences.map(|c| slot.replace_all(&c[2], "").into_owned());
        let sentences = sentences.filter(|s| blank.is_match(s) && !s.starts_with('<'));
        found.extend(
            literals
                .chain(sentences)
                .filter(|s| !NO_WORDS.contains(&s.as_str()))
                .map(|s| format!("{file}: {s:?}")),
        );
    }
    assert!(found.is_empty(), "these belong in assets/locales: {found:#?}");
}
