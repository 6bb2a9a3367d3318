//! The `Link` header of paged lists, exactly as Mastodon's clients read it (pitfalls 4 to 6).

use super::Req;
use crate::model::Page;
use url::form_urlencoded;

/// What the `prev` link carries: it differs by endpoint (pitfall 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prev {
    MinId,
    SinceId,
}

/// `origin` is this server's; `newest` and `oldest` are the paging ids of the page's first and last
/// entries; `full` says that the page is as long as its limit, so that there may be a next one.
///
/// Returns `None` for an empty page. Order next, prev; absolute addresses; every other parameter stays.
pub fn link(
    req: &Req,
    origin: &str,
    page: &Page,
    prev: Prev,
    ends: Option<(i64, i64)>,
    full: bool,
) -> Option<String> {
    let (newest, oldest) = ends?;
    let kept: Vec<(String, String)> = super::form::pairs(req.query().as_bytes())
        .into_iter()
        .filter(|(k, _)| !matches!(k.as_str(), "max_id" | "min_id" | "since_id" | "limit" | "access_token"))
        .collect();
    let address = |name: &str, id: i64| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&kept);
        if req.query_text("limit").is_some() {
            query.append_pair("limit", &page.limit.to_string());
        }
        query.append_pair(name, &id.to_string());
        format!("{origin}{}?{}", req.path, query.finish())
    };
    let mut links = Vec::new();
    if full {
        links.push(format!("<{}>; rel=\"next\"", address("max_id", oldest)));
    }
    let name = match prev {
        Prev::MinId => "min_id",
        Prev::SinceId => "since_id",
    };
    links.push(format!("<{}>; rel=\"prev\"", address(name, newest)));
    Some(links.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::req::tests::request;
    use super::super::route::Method;
    use super::*;

    #[test]
    fn pitfall_5_filters_and_limit_stay_in_the_link() {
        let req = request(Method::Get, "/api/v1/notifications?types[]=mention&limit=2&max_id=9", "", b"");
        let page = req.page(40);
        let link = link(&req, "https://a.test", &page, Prev::MinId, Some((8, 5)), true).unwrap();
        assert_eq!(
            link,
            "<https://a.test/api/v1/notifications?types%5B%5D=mention&limit=2&max_id=5>; rel=\"next\", \
             <https://a.test/api/v1/notifications?types%5B%5D=mention&limit=2&min_id=8>; rel=\"prev\""
        );
    }

    #[test]
    fn pitfall_5_a_short_page_has_no_next_and_an_empty_one_no_link() {
        let req = request(Method::Get, "/x", "", b"");
        let page = req.page(20);
        let short = link(&req, "https://a.test", &page, Prev::SinceId, Some((8, 5)), false).unwrap();
        assert_eq!(short, "<https://a.test/x?since_id=8>; rel=\"prev\"");
        assert_eq!(link(&req, "https://a.test", &page, Prev::SinceId, None, false), None);
    }

    #[test]
    fn pitfall_6_nothing_but_rel_stands_behind_an_address() {
        let req = request(Method::Get, "/x?limit=1", "", b"");
        let link = link(&req, "https://a.test", &req.page(20), Prev::MinId, Some((8, 5)), true).unwrap();
        for part in link.split(", ") {
            let (_, behind) = part.split_once('>').unwrap();
            assert!(matches!(behind, "; rel=\"next\"" | "; rel=\"prev\""), "{link}");
        }
    }
}
