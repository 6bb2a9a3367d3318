//! The links of a stored post that lead to pages: no mentions, no hashtags.

use super::html::{self, Piece};

/// Addresses of links in HTML that is sanitised or was rendered here, in their order.
///
/// Mentions and hashtags are told by their microformats, as Mastodon does: `u-url`, `h-card`, `mention`, `hashtag`,
/// `rel="tag"`.
pub fn links(html: &str) -> impl Iterator<Item = String> + '_ {
    html::pieces(html).filter_map(|piece| {
        let Piece::Start("a", attributes) = piece else { return None };
        let words = |name: &str| html::attribute(attributes, name).unwrap_or_default();
        let (class, rel) = (words("class"), words("rel"));
        let is_name = class.split(' ').any(|c| matches!(c, "u-url" | "h-card" | "mention" | "hashtag"));
        let is_tag = rel.split(' ').any(|r| r == "tag");
        html::attribute(attributes, "href").filter(|_| !is_name && !is_tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_topics_are_no_links() {
        let html = "<p><a href=\"https://a.test/@b\" class=\"u-url mention\">@b</a> \
            <a href=\"https://a.test/tags/x\" class=\"mention hashtag\" rel=\"tag nofollow\">#x</a> \
            <a href=\"https://c.test/?a=1&amp;b=2\" rel=\"nofollow\">c</a> <a href=\"https://d.test/\">d</a></p>";
        assert_eq!(links(html).collect::<Vec<_>>(), ["https://c.test/?a=1&b=2", "https://d.test/"]);
    }
}
