//! Translation by a service that the operator chose: LibreTranslate (<https://docs.libretranslate.com/>) or DeepL
//! (<https://developers.deepl.com/api-reference/translate>).
//!
//! Only what everybody may read goes there, as in Mastodon: a letter to the owner is not for a third party. What comes
//! back is as foreign as any post, and is sanitised again.

use crate::app::{App, Translator};
use crate::error::{Error, Kind, Result};
use crate::model::time::{DAY, MINUTE};
use crate::model::*;
use crate::remote::{Answer, Request};
use crate::store::{instance, media, polls};
use crate::text;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use url::{Url, form_urlencoded};

/// A translation, and the list of languages, are kept for so long.
const KEPT: i64 = DAY;
/// Bytes of the service's answer.
const ANSWER: u64 = 1024 * 1024;
/// What stands for a post whose language is not known.
const UNKNOWN: &str = "und";

/// From which language into which; empty where nobody translates.
///
/// Errors: `Unavailable` when the service does not answer.
pub fn languages(app: &App) -> Result<Arc<BTreeMap<String, Vec<String>>>> {
    let Some(translator) = &app.translator else { return Ok(Arc::default()) };
    let now = app.now();
    if let Some(known) = translator.languages.known(now, KEPT) {
        return Ok(known);
    }
    // A stranger may ask for this list: one try a minute is enough, and nobody waits for another's.
    if !app.recent.take("languages of the translator", now, MINUTE) {
        return Err(silent());
    }
    let found = match translator.settings.is_deepl() {
        true => deepl_languages(translator),
        false => libre_languages(translator),
    };
    Ok(translator.languages.put(now, found.map_err(|e| silent().because(e))?))
}

/// `status`, which the owner may see, in `language`; `None` is the owner's own.
///
/// Errors: `NotFound` where nobody translates; `Forbidden` for what is not open to everybody and for languages that the
/// service does not know; `Unavailable` when it does not answer.
pub fn translate(app: &App, status: &Status, language: Option<&str>) -> Result<Arc<Translated>> {
    let translator = app.translator.as_ref().ok_or_else(Error::not_found)?;
    let not_allowed = || Error::forbidden("This action is not allowed");
    if !status.visibility.is_open() {
        return Err(not_allowed());
    }
    let (settings, attached, poll) = app.store.read(|c| {
        let attached = media::of_statuses(c, &[status.id])?.remove(&status.id).unwrap_or_default();
        Ok((instance::settings(c)?, attached, polls::get(c, status.id)?))
    })?;
    let options: Vec<&str> = poll.iter().flat_map(Poll::titles).collect();
    let wanted = language.or(settings.default_language.as_deref()).unwrap_or("en");
    let source = status.language.as_deref().map(|code| code.split('-').next().unwrap_or(code));
    let known = languages(app)?;
    let targets = known.get(source.unwrap_or(UNKNOWN)).map(Vec::as_slice).unwrap_or_default();
    let target = [wanted, wanted.split(['-', '_']).next().unwrap_or(wanted)]
        .into_iter()
        .find_map(|code| targets.iter().find(|t| t.eq_ignore_ascii_case(code)))
        .ok_or_else(not_allowed)?;
    let described: Vec<&Media> = attached.iter().filter(|m| m.description.is_some()).collect();
    let mut texts = vec![keep_emojis(&status.content, &status.emojis), escape(&status.spoiler_text)];
    texts.extend(described.iter().map(|m| escape(m.description.as_deref().unwrap_or_default())));
    texts.extend(options.iter().map(|title| escape(title)));

    let now = app.now();
    let name = fingerprint(target, &texts);
    if let Some(done) = translator.done.get(&name, now, KEPT) {
        return Ok(done);
    }
    // What is empty is not sent: services make something of it, or refuse.
    let sent: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.trim().is_empty()).collect();
    let answer = match (sent.is_empty(), translator.settings.is_deepl()) {
        (true, _) => Spoken::default(),
        (_, true) => deepl(translator, &sent, source, target)?,
        _ => libre(translator, &sent, source, target)?,
    };
    if answer.texts.len() != sent.len() {
        return Err(silent());
    }
    let mut spoken = answer.texts.into_iter();
    let mut next = |original: &str| {
        if original.trim().is_empty() { String::new() } else { spoken.next().unwrap_or_default() }
    };
    let content = text::sanitise(&next(&texts[0]));
    let spoiler_text = text::line(&text::plain(&next(&texts[1])), 500);
    let media = described
        .iter()
        .zip(&texts[2..])
        .map(|(m, original)| (m.id, text::lines(&text::plain(&next(original)), 1_500)))
        .collect();
    let options = texts[2 + described.len()..].iter();
    let options = options.map(|original| text::line(&text::plain(&next(original)), 500)).collect();
    let done = Translated {
        language: target.clone(),
        detected: answer.detected.or(source.map(str::to_owned)),
        provider: if translator.settings.is_deepl() { "DeepL.com" } else { "LibreTranslate" },
        content,
        spoiler_text,
        media,
        options,
    };
    Ok(translator.done.put(name, now, done))
}

/// What a service made of the texts, one for each.
#[derive(Default)]
struct Spoken {
    texts: Vec<String>,
    detected: Option<String>,
}

fn silent() -> Error {
    Error::new(Kind::Unavailable, "The translation service does not answer")
}

fn fingerprint(target: &str, texts: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in [target].into_iter().chain(texts.iter().map(String::as_str)) {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    let mut name = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(name, "{byte:02x}"); // writing to a String cannot fail
    }
    name
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Custom emojis are no words: their names must come back as they are. Only outside of tags.
fn keep_emojis(html: &str, emojis: &[Emoji]) -> String {
    if emojis.is_empty() {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    for (n, part) in html.split('<').enumerate() {
        let (tag, mut words) = match part.split_once('>') {
            Some((tag, words)) if n > 0 => (Some(tag), words.to_owned()),
            _ => (None, part.to_owned()),
        };
        for emoji in emojis.iter().take(50) {
            let name = format!(":{}:", emoji.shortcode);
            if words.contains(&name) {
                words = words.replace(&name, &format!("<span translate=\"no\">{name}</span>"));
            }
        }
        if let Some(tag) = tag {
            let _ = write!(out, "<{tag}>"); // writing to a String cannot fail
        }
        out.push_str(&words);
    }
    out
}

/// Sends, and tells apart what an operator can do something about.
fn send(translator: &Translator, request: &Request<'_>) -> Result<Answer> {
    // Its client may go anywhere, since the operator said where: the service does not say so, too.
    let request = Request { follow: false, ..*request };
    let answer = translator.client.send(&request).map_err(|e| silent().because(e))?;
    match answer.status {
        200 => Ok(answer),
        429 => Err(Error::unavailable("The translation service got too many requests of late")),
        // DeepL says 456, LibreTranslate 403.
        403 | 456 => Err(Error::unavailable("The translation service's quota is used up")),
        status => Err(silent().because(format!("status {status} from {}", answer.url))),
    }
}

fn read<'a, T: Deserialize<'a>>(answer: &'a Answer) -> Result<T> {
    serde_json::from_slice(&answer.body).map_err(|e| silent().because(e))
}

fn address(translator: &Translator, path: &str) -> Result<Url> {
    Url::parse(&format!("{}{path}", translator.settings.url)).map_err(|e| silent().because(e))
}

#[derive(Deserialize)]
struct LibreLanguage {
    code: String,
    #[serde(default)]
    targets: Vec<String>,
}

fn libre_languages(translator: &Translator) -> Result<BTreeMap<String, Vec<String>>> {
    let url = address(translator, "/languages")?;
    let answer = send(translator, &Request { max_bytes: ANSWER, ..Request::get(&url) })?;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for language in read::<Vec<LibreLanguage>>(&answer)? {
        let targets = language.targets.into_iter().filter(|t| *t != language.code).collect();
        found.insert(language.code, targets);
    }
    let mut all: Vec<String> = found.values().flatten().cloned().collect();
    all.sort_unstable();
    all.dedup();
    found.insert(UNKNOWN.to_owned(), all);
    Ok(found)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LibreAnswer {
    translated_text: Vec<String>,
    #[serde(default)]
    detected_language: Vec<Detected>,
}

#[derive(Deserialize)]
struct Detected {
    language: String,
}

fn libre(translator: &Translator, texts: &[&str], source: Option<&str>, target: &str) -> Result<Spoken> {
    let url = address(translator, "/translate")?;
    let body = json!({
        "q": texts, "source": source.unwrap_or("auto"), "target": target, "format": "html",
        "api_key": translator.settings.key,
    });
    let body = body.to_string();
    let request = Request::post(&url, "application/json", body.as_bytes());
    let answer = send(translator, &Request { max_bytes: ANSWER, ..request })?;
    let said: LibreAnswer = read(&answer)?;
    let detected = said.detected_language.into_iter().next().map(|d| d.language);
    Ok(Spoken { texts: said.translated_text, detected })
}

#[derive(Deserialize)]
struct DeeplLanguage {
    language: String,
}

fn deepl_languages(translator: &Translator) -> Result<BTreeMap<String, Vec<String>>> {
    let list = |kind: &str| -> Result<Vec<String>> {
        let url = address(translator, &format!("/v2/languages?type={kind}"))?;
        let key = format!("DeepL-Auth-Key {}", translator.settings.key);
        let request =
            Request { max_bytes: ANSWER, headers: &[("authorization", &key)], ..Request::get(&url) };
        let found: Vec<DeeplLanguage> = read(&send(translator, &request)?)?;
        Ok(found.into_iter().filter_map(|l| text::language(&l.language)).collect())
    };
    let sources = list("source")?;
    // Understood, though the list has only their regions.
    let mut targets = vec!["en".to_owned(), "pt".to_owned()];
    targets.extend(list("target")?.into_iter().filter(|t| t != "en" && t != "pt"));
    let into = |source: &str| targets.iter().filter(|t| *t != source).cloned().collect();
    let mut found: BTreeMap<String, Vec<String>> = sources.iter().map(|s| (s.clone(), into(s))).collect();
    found.insert(UNKNOWN.to_owned(), into(UNKNOWN));
    Ok(found)
}

#[derive(Deserialize)]
struct DeeplAnswer {
    translations: Vec<DeeplText>,
}

#[derive(Deserialize)]
struct DeeplText {
    text: String,
    detected_source_language: Option<String>,
}

fn deepl(translator: &Translator, texts: &[&str], source: Option<&str>, target: &str) -> Result<Spoken> {
    let url = address(translator, "/v2/translate")?;
    let mut form = form_urlencoded::Serializer::new(String::new());
    for text in texts {
        form.append_pair("text", text);
    }
    if let Some(source) = source {
        form.append_pair("source_lang", &source.to_uppercase());
    }
    form.append_pair("target_lang", &target.to_uppercase()).append_pair("tag_handling", "html");
    let body = form.finish();
    let key = format!("DeepL-Auth-Key {}", translator.settings.key);
    let request = Request::post(&url, "application/x-www-form-urlencoded", body.as_bytes());
    let request = Request { max_bytes: ANSWER, headers: &[("authorization", &key)], ..request };
    let said: DeeplAnswer = read(&send(translator, &request)?)?;
    let detected = said.translations.first().and_then(|t| t.detected_source_language.as_deref());
    let detected = detected.map(str::to_lowercase);
    Ok(Spoken { texts: said.translations.into_iter().map(|t| t.text).collect(), detected })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_emojis_are_kept_from_the_translator_outside_of_tags() {
        let emojis = [Emoji { shortcode: "cat".into(), url: String::new() }];
        assert_eq!(
            keep_emojis("<p title=\":cat:\">a :cat: b</p>", &emojis),
            "<p title=\":cat:\">a <span translate=\"no\">:cat:</span> b</p>"
        );
        assert_eq!(keep_emojis(":cat:", &emojis), "<span translate=\"no\">:cat:</span>");
    }
}
