//! Why there is no certificate: an authority's problem in words that say what to do.
//! <https://www.rfc-editor.org/rfc/rfc8555#section-6.7>

use crate::error::Error;
use crate::model::Timestamp;
use crate::model::time::{DAY, HOUR, SECOND};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The authority gave no code.
pub const UNKNOWN: &str = "unknown";
/// Longer waits are not believed. Let's Encrypt's are up to a week.
const MAX_WAIT: i64 = 8 * DAY;
/// Characters of the authority's own words that are shown.
const MAX_DETAIL: usize = 400;
/// Problems of single names that are listened to.
const MAX_PARTS: usize = 100;

/// Why there is no certificate, for one name or (`name` is empty) for all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// The end of the authority's own code (`caa`, `dns`, `rateLimited`), `unreachable`, or `local`.
    pub code: String,
    pub name: String,
    /// What is wrong and what to do, in English.
    pub text: String,
    /// In milliseconds since 1970; 0: the authority named no time.
    pub until: i64,
}

impl Fault {
    /// Whether the other way of showing it may do.
    pub fn is_of_the_way(&self) -> bool {
        matches!(self.code.as_str(), "connection" | "unauthorized" | "incorrectResponse" | "tls")
    }

    /// Whether it is about names that this authority does not like.
    pub fn is_of_names(&self) -> bool {
        matches!(
            self.code.as_str(),
            "rejectedIdentifier" | "unsupportedIdentifier" | "caa" | "dns" | "malformed"
        )
    }
}

/// Ours, or the authority's that cannot be reached.
impl From<Error> for Faults {
    fn from(e: Error) -> Faults {
        use crate::error::Kind::{BadGateway, Unavailable};
        let code = if matches!(e.kind, Unavailable | BadGateway) { "unreachable" } else { "local" };
        Faults(vec![Fault { code: code.into(), text: e.to_string(), ..Fault::default() }])
    }
}

#[derive(Debug)]
pub struct Faults(pub Vec<Fault>);

impl Fault {
    /// A problem document; `name` is empty where it is about all of them, `who` is the authority.
    pub fn of(problem: &Value, name: &str, until: i64, who: &str) -> Fault {
        let code = problem["type"].as_str().unwrap_or_default().rsplit(':').next().unwrap_or_default();
        let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
        let code = if code.is_empty() { UNKNOWN.to_owned() } else { code };
        let which = if name.is_empty() { "the name" } else { name };
        let what = match code.as_str() {
            "rateLimited" if until > 0 => {
                format!("{who} wants no more requests until {}", Timestamp(until).to_http_date())
            }
            "rateLimited" => format!("{who} wants no more requests for a while"),
            "dns" => format!("{who} finds no address of {which}: check its A and AAAA records"),
            "connection" => format!(
                "{who} cannot reach {which}: do its A and AAAA records lead here, and are the ports 80 and 443 open?"
            ),
            "unauthorized" | "incorrectResponse" | "tls" if !name.is_empty() => format!(
                "{who} did not find our answer at {name}: do its A and AAAA records lead here, without a proxy in between, and are the ports 80 and 443 open?"
            ),
            "caa" => format!("the CAA record of {which} does not let {who} give a certificate: add it there"),
            "rejectedIdentifier" | "unsupportedIdentifier" => {
                format!("{who} gives no certificate for {which}")
            }
            "userActionRequired" => format!("{who} wants its terms to be agreed to on its own page"),
            _ if !name.is_empty() => format!("{who} refused {name}"),
            _ => format!("{who} refused"),
        };
        let text = format!("{what}: {}", clean(problem["detail"].as_str().unwrap_or(&code)));
        Fault { code, name: name.to_owned(), text, until }
    }
}

/// An answer that is none, with what `Retry-After` says.
pub fn refusal(status: u16, problem: &Value, until: Option<i64>, now: i64, who: &str) -> Faults {
    let busy = matches!(status, 429 | 503);
    let until = until.or(busy.then_some(now + HOUR)).unwrap_or(0);
    // Of single names, where it says which: <https://www.rfc-editor.org/rfc/rfc8555#section-6.7.1>
    let parts = problem["subproblems"].as_array().into_iter().flatten().take(MAX_PARTS);
    let parts = parts.filter_map(|part| {
        let name = part["identifier"]["value"].as_str()?.to_ascii_lowercase();
        Some(Fault::of(part, &name, until, who))
    });
    let parts: Vec<Fault> = parts.collect();
    if !parts.is_empty() {
        return Faults(parts);
    }
    let mut whole = Fault::of(problem, "", until, who);
    if whole.code == UNKNOWN {
        whole.text = format!("{who} answered {status}");
        if busy {
            whole.code = "rateLimited".into();
        }
    }
    Faults(vec![whole])
}

/// `Retry-After`, in seconds or as a date, as milliseconds since 1970.
pub fn wait(value: &str, now: i64) -> Option<i64> {
    let at = match value.trim().parse::<i64>() {
        Ok(seconds) => now.saturating_add(seconds.saturating_mul(SECOND)),
        Err(_) => Timestamp::parse_http_date(value)?.0,
    };
    Some(at.clamp(now, now + MAX_WAIT))
}

/// Somebody else's words on one line.
pub fn clean(words: &str) -> String {
    let plain = words.chars().map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c });
    plain
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(MAX_DETAIL)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_790_000_000_000;

    #[test]
    fn a_wait_is_read_and_never_too_long() {
        assert_eq!(wait("120", NOW), Some(NOW + 120 * SECOND));
        assert_eq!(wait("Tue, 22 Sep 2026 10:00:00 GMT", NOW), Some(1_790_071_200_000));
        assert_eq!(wait("-5", NOW), Some(NOW));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT", NOW), Some(NOW));
        assert_eq!(wait(&i64::MAX.to_string(), NOW), Some(NOW + MAX_WAIT));
        assert_eq!(wait("soon", NOW), None);
    }

    #[test]
    fn what_is_refused_is_told_by_name_where_the_authority_does() {
        let of = |code: &str, name: &str| {
            json!({"type": format!("urn:ietf:params:acme:error:{code}"), "detail": "why\u{7}\u{202e}\nso",
                "identifier": {"type": "dns", "value": name}})
        };
        let both = json!({"type": "urn:ietf:params:acme:error:malformed",
            "subproblems": [of("caa", "A.example"), of("rejectedIdentifier", "b.example")]});
        let Faults(found) = refusal(403, &both, None, NOW, "ca.example");
        assert_eq!(
            found[0].text,
            "the CAA record of a.example does not let ca.example give a certificate: add it there: why so"
                .replace("why so", "why  so")
        );
        assert_eq!((found[1].code.as_str(), found[1].name.as_str()), ("rejectedIdentifier", "b.example"));
        let Faults(found) = refusal(429, &of("rateLimited", "x"), Some(NOW + DAY), NOW, "ca.example");
        assert_eq!((found.len(), found[0].until, found[0].name.as_str()), (1, NOW + DAY, ""));
        assert!(found[0].text.starts_with("ca.example wants no more requests until Tue, 22 Sep 2026"));
        // No words at all, or those of a proxy.
        let Faults(found) = refusal(503, &Value::Null, None, NOW, "ca.example");
        assert_eq!((found[0].code.as_str(), found[0].until), ("rateLimited", NOW + HOUR));
        assert_eq!(refusal(500, &json!([1]), None, NOW, "ca.example").0[0].text, "ca.example answered 500");
    }
}
