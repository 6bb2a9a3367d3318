//! JSON Feed: <https://www.jsonfeed.org/version/1.1/>

use super::{Entry, FILES, Feed, File, TOPIC, TOPICS, escaped, heading, short, time};
use crate::text::plain::line;
use serde_json::Value;

/// `None`: it is none.
pub fn read(text: &str, most: usize) -> Option<Feed> {
    let all: Value = serde_json::from_str(text).ok()?;
    if !all["version"].as_str()?.contains("jsonfeed.org/version") {
        return None;
    }
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = all["items"].as_array()?.iter().take(most).map(|item| {
        let mut files = Vec::new();
        for one in item["attachments"].as_array().into_iter().flatten().take(FILES) {
            files.push(File {
                url: short(&said(&one["url"])),
                mime: line(&said(&one["mime_type"]), TOPIC),
                description: heading(&said(&one["title"])),
            });
        }
        if let (true, Some(url)) = (files.is_empty(), item["image"].as_str()) {
            files.push(File { url: short(url), mime: "image".to_owned(), ..File::default() });
        }
        let content = match item["content_html"]
            .as_str()
            .or(item["summary"].as_str().filter(|_| item["content_text"].is_null()))
        {
            Some(html) => html.to_owned(),
            None => escaped(&said(&item["content_text"])),
        };
        let topics = item["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Entry {
            id: short(&item["id"].as_str().map_or_else(|| item["id"].to_string(), str::to_owned)),
            title: heading(&said(&item["title"])),
            link: short(item["url"].as_str().or(item["external_url"].as_str()).unwrap_or_default()),
            content,
            published: item["date_published"].as_str().and_then(time),
            updated: item["date_modified"].as_str().and_then(time),
            files,
            topics: topics.take(TOPICS).map(|topic| line(topic, TOPIC)).collect(),
        }
    });
    Some(Feed {
        title: heading(&said(&all["title"])),
        site: short(&said(&all["home_page_url"])),
        icon: short(all["icon"].as_str().or(all["favicon"].as_str()).unwrap_or_default()),
        description: said(&all["description"]),
        entries: entries.collect(),
    })
}
