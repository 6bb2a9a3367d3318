//! What the box offers while a name, a topic or an emoji is typed; for `compose.js`.

use super::parts::account;
use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::search::{self, People};
use crate::store::{emojis, tags};
use crate::text;
use serde::Serialize;

pub const ROUTES: &[Route<App>] = &[get("/compose/completions", complete, Auth::Session)];

const MOST: i64 = 8;
/// Letters of what is completed.
const LONGEST: usize = 60;

#[derive(Serialize)]
struct Offer {
    /// What takes the place of what was typed.
    text: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
}

fn complete(app: &App, req: &Req) -> Result<Res> {
    let asked = text::line(&req.query_text("q").unwrap_or_default(), LONGEST);
    let me = &app.instance;
    let mut signs = asked.chars();
    let (sign, rest) = (signs.next(), signs.as_str());
    let offers: Vec<Offer> = app.store.read(|c| match sign {
        _ if rest.is_empty() => Ok(Vec::new()),
        Some('@') => {
            let found = search::accounts(c, &People { name: rest, limit: MOST, ..People::default() })?;
            let offer = |who: &crate::model::Account| Offer {
                text: format!("@{}", who.acct()),
                label: who.name().to_owned(),
                image: Some(account::avatar_address(me, who)),
            };
            Ok(found.iter().map(offer).collect())
        }
        Some('#') => {
            let name = text::normalise_tag(rest);
            let found = if name.is_empty() { Vec::new() } else { tags::search(c, &name, MOST, 0)? };
            let offer = |tag: crate::model::Tag| Offer {
                text: format!("#{}", tag.display_name),
                label: String::new(),
                image: None,
            };
            Ok(found.into_iter().map(offer).collect())
        }
        Some(':') => {
            let found = emojis::beginning(c, &rest.to_ascii_lowercase(), MOST)?;
            let offer = |emoji: crate::model::CustomEmoji| Offer {
                text: format!(":{}:", emoji.shortcode),
                label: String::new(),
                image: Some(format!("/media/{}", emoji.static_blob)),
            };
            Ok::<_, crate::error::Error>(found.into_iter().map(offer).collect())
        }
        _ => Ok(Vec::new()),
    })?;
    Ok(Res::json(&offers)?.with("cache-control", "no-store"))
}
