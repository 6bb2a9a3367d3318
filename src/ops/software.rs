//! What other servers run: <https://github.com/jhass/nodeinfo/blob/main/PROTOCOL.md>

use super::deliver::host as host_of;
use super::domain_blocks::check_reach;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::model::time::DAY;
use crate::remote::Request;
use crate::store::deliveries;
use serde_json::Value;
use url::Url;

/// A server seldom becomes another software.
const KEPT: i64 = 7 * DAY;
/// Of an answer no more is read.
const MAX_ANSWER: u64 = 64 * 1024;

/// The name of a host's software, in lower case: `mastodon`, `pleroma` ... Empty where it does not say.
///
/// Errors: those of the store.
pub fn of(app: &App, host: &str) -> Result<String> {
    let known = app.store.read(|c| deliveries::software(c, host))?;
    if let Some((name, at)) = &known
        && at.plus(KEPT) > app.now()
    {
        return Ok(name.clone());
    }
    let name = match ask(app, host) {
        Ok(name) => name,
        Err(e) if e.kind == Kind::Internal => return Err(e),
        // Who cannot be reached now may say it the next time.
        Err(e) if e.kind == Kind::Unavailable => return Ok(known.map(|(name, _)| name).unwrap_or_default()),
        Err(e) => {
            tracing::debug!(host, error = %e, "a server does not say what it is");
            String::new()
        }
    };
    app.store.write(|tx| deliveries::set_software(tx, host, &name))?;
    Ok(name)
}

fn ask(app: &App, host: &str) -> Result<String> {
    let base = format!("{}://{host}/.well-known/nodeinfo", app.remote.scheme_for(host));
    let list = get(app, &Url::parse(&base).map_err(|e| Error::not_found().because(e))?)?;
    let links = list.get("links").and_then(Value::as_array).ok_or_else(Error::not_found)?;
    let address = links.iter().take(10).find_map(|link| {
        link.get("rel")?.as_str().filter(|rel| rel.contains("nodeinfo.diaspora.software/ns/schema/2."))?;
        link.get("href")?.as_str().filter(|href| host_of(href).as_deref() == Some(host))
    });
    let address = address.and_then(|href| Url::parse(href).ok()).ok_or_else(Error::not_found)?;
    let info = get(app, &address)?;
    let name = info.pointer("/software/name").and_then(Value::as_str).unwrap_or_default();
    Ok(name.chars().filter(|c| c.is_ascii_graphic()).take(40).collect::<String>().to_ascii_lowercase())
}

fn get(app: &App, url: &Url) -> Result<Value> {
    let request = Request { accept: Some("application/json"), max_bytes: MAX_ANSWER, ..Request::get(url) };
    check_reach(app, url.as_str())?;
    let answer = app.remote.send(&request)?.expect_ok()?;
    serde_json::from_slice(&answer.body).map_err(|e| Error::not_found().because(e))
}
