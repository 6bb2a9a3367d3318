//! Custom emojis: <https://docs.joinmastodon.org/methods/custom_emojis/>

use crate::app::App;
use crate::error::Result;
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::store::emojis;
use serde::Serialize;

pub const ROUTES: &[Route<App>] = &[get("/api/v1/custom_emojis", list, Auth::Public)];

/// <https://docs.joinmastodon.org/entities/CustomEmoji/>
#[derive(Debug, Serialize)]
struct Listed {
    shortcode: String,
    url: String,
    /// Of an animation the first frame.
    static_url: String,
    visible_in_picker: bool,
    /// Absent where there is none, as upstream has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
}

/// Those that the owner can use; what others use comes with their posts.
fn list(app: &App, _: &Req) -> Result<Res> {
    let at = |blob: &str| app.instance.at(&format!("/media/{blob}"));
    let entities = app.store.read(emojis::list)?.into_iter().map(|emoji| Listed {
        url: at(&emoji.blob),
        static_url: at(&emoji.static_blob),
        shortcode: emoji.shortcode,
        visible_in_picker: true,
        category: emoji.category,
    });
    Res::json(&entities.collect::<Vec<_>>())
}
