//! oEmbed, for sites that show a post of the owner's: <https://oembed.com/>,
//! <https://docs.joinmastodon.org/methods/oembed/>

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::Status;
use crate::store::{accounts, statuses};
use crate::text;
use serde::Deserialize;
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[get("/api/oembed", show, Auth::Public)];

/// Pixels of the frame, where nobody says how much room there is; the page in it scrolls.
const WIDTH: i64 = 400;
const HEIGHT: i64 = 400;

#[derive(Deserialize)]
struct Form {
    #[serde(default, deserialize_with = "lenient::filled")]
    url: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    maxwidth: Option<i64>,
    #[serde(default, deserialize_with = "lenient::number")]
    maxheight: Option<i64>,
}

/// Errors: `NotFound` for what is not a post that the owner lets everybody read.
fn show(app: &App, req: &Req) -> Result<Res> {
    let form = req.form::<Form>()?;
    let url = form.url.ok_or_else(Error::not_found)?;
    let (status, owner) = app.store.read(|c| {
        let bare = url.split(['?', '#']).next().unwrap_or(&url).trim_end_matches(['/']);
        let found = statuses::by_url(c, bare)?.or(statuses::by_uri(c, bare)?);
        let open = |s: &Status| s.local && s.reblog_of.is_none() && s.visibility.is_open();
        Ok((found.filter(open).ok_or_else(Error::not_found)?, accounts::owner(c)?))
    })?;
    let me = &app.instance;
    let page = status.url.clone().unwrap_or_else(|| me.at(&format!("/@{}/{}", me.username, status.id)));
    let width = form.maxwidth.filter(|n| *n > 0).unwrap_or(WIDTH).min(2_000);
    let height = form.maxheight.filter(|n| *n > 0).map(|n| n.min(2_000));
    let title = match status.spoiler_text.as_str() {
        "" => text::line(&text::plain(&status.content), 100),
        warning => text::line(warning, 100),
    };
    // Nothing in it but numbers and an address of ours, which has no letter that HTML would read.
    let html = format!(
        "<iframe src=\"{page}/embed\" width=\"{width}\" height=\"{}\" style=\"max-width: 100%; border: 0\" \
         sandbox=\"allow-popups allow-popups-to-escape-sandbox\" loading=\"lazy\"></iframe>",
        height.unwrap_or(HEIGHT)
    );
    let res = Res::json(&json!({
        "type": "rich",
        "version": "1.0",
        "title": title,
        "author_name": owner.name(),
        "author_url": owner.url,
        "provider_name": me.domain,
        "provider_url": me.at("/"),
        "cache_age": 86_400,
        "html": html,
        "width": width,
        "height": height,
    }))?;
    Ok(res.with("cache-control", "public, max-age=180"))
}
