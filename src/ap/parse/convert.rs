//! Objects that are no notes, written as one: a title, what there is to read, and a link to the rest.
//!
//! <https://docs.joinmastodon.org/spec/activitypub/#payloads>

use super::value::{all, date, filled, id, kind, page, web};
use serde_json::Value;

/// Title, text and link of an Article, Page, Video, Event ...
///
/// NodeBB and WordPress say in `preview` (a Note) how they would like to be shown; of an Article with a
/// summary only that is taken, as its author meant it.
pub fn article(json: &Value, content: Option<&str>) -> String {
    let mut out = String::new();
    if let Some(name) = filled(json, "name") {
        out.push_str(&format!("<h2>{}</h2>", escape(&name)));
    }
    out.push_str(&when_and_where(json));
    let preview = json.get("preview").and_then(|p| filled(p, "content"));
    let summary = filled(json, "summary").filter(|_| kind(json) == "Article");
    let body = preview.or(summary).or_else(|| content.map(str::to_owned)).or_else(|| filled(json, "summary"));
    if let Some(body) = body {
        out.push_str(&format!("<div>{body}</div>"));
    }
    // Lemmy: the page that this is about.
    let about = all(json, "attachment")
        .filter(|a| kind(a) == "Link")
        .find_map(|a| Some(web(a.get("href")?.as_str()?)?.to_owned()));
    // Where it has no page, its id leads to it.
    let page = page(json).or_else(|| Some(web(id(json)?)?.to_owned()));
    for address in about.into_iter().chain(page) {
        let address = escape(&address);
        out.push_str(&format!("<p><a href=\"{address}\">{address}</a></p>"));
    }
    out
}

/// The beginning and the place of an Event.
fn when_and_where(json: &Value) -> String {
    let start = date(json, "startTime").map(|at| at.to_jiff().strftime("%Y-%m-%d %H:%M UTC").to_string());
    let place = json.get("location").and_then(|l| filled(l, "name"));
    let both: Vec<String> = start.into_iter().chain(place.map(|p| escape(&p))).collect();
    if both.is_empty() { String::new() } else { format!("<p>{}</p>", both.join(", ")) }
}

/// Plain text or Markdown as paragraphs.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
    blocks.map(|b| format!("<p>{}</p>", escape(b).replace('\n', "<br>"))).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_says_when_and_where_it_is() {
        let event = json!({"type": "Event", "name": "Meeting <1>", "startTime": "2026-12-01T18:00:00Z",
            "location": {"type": "Place", "name": "Rīga"}, "url": "https://m.example/e/1"});
        assert_eq!(
            article(&event, Some("<p>Come!</p>")),
            "<h2>Meeting &lt;1&gt;</h2><p>2026-12-01 18:00 UTC, Rīga</p><div><p>Come!</p></div>\
             <p><a href=\"https://m.example/e/1\">https://m.example/e/1</a></p>"
        );
    }

    #[test]
    fn an_article_is_shown_by_its_preview_or_summary() {
        let mut doc = json!({"type": "Article", "summary": "Short", "url": "https://b.example/1"});
        assert!(article(&doc, Some("Long")).contains("<div>Short</div>"));
        doc["preview"] = json!({"type": "Note", "content": "<p>Preview</p>"});
        assert!(article(&doc, Some("Long")).contains("<div><p>Preview</p></div>"));
    }

    #[test]
    fn markdown_stays_readable_and_carries_no_tags() {
        assert_eq!(paragraphs("a\nb\r\n\r\n<script>"), "<p>a<br>b</p><p>&lt;script&gt;</p>");
    }
}
