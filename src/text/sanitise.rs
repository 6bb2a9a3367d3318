//! Remote HTML -> HTML that may be stored and shown, by the list of what Mastodon lets through:
//! <https://docs.joinmastodon.org/spec/activitypub/#sanitization>
//!
//! Two passes. ammonia parses as browsers do and throws out everything dangerous. What it leaves is
//! well-formed, and a second pass (`rewrite`) writes it out anew: it turns what we do not keep into
//! what we do (headings, images, formulas, boxes), and nests tags so that any parser reads back the
//! very same tree. Hence sanitising twice changes nothing, and nothing hides in a difference between
//! parsers.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::html::{self, Piece};
use super::rewrite::{BOXES, KEPT, TURNED, Writer};

/// More bytes of HTML than this are cut off: Mastodon takes about 65 000 characters of text.
pub(super) const MAX_BYTES: usize = 256 * 1024;
/// More tags than this are cut off: parsing nested tags takes time by the square of their number.
pub(super) const MAX_TAGS: usize = 4096;

/// Makes remote HTML safe.
///
/// Kept: `p br span a abbr del s pre blockquote code b strong u sub sup i em ul ol li ruby rt rp`
/// with few attributes and a closed list of classes; links only to the schemes that Mastodon knows,
/// always `rel="nofollow noopener noreferrer" target="_blank"`. Headings become bold paragraphs,
/// images links (or their `:shortcode:`), formulas their TeX, other boxes line breaks; of all else
/// the text stays, except of scripts, styles, frames and forms. Takes any size and nesting;
/// the result is at most 256 KiB.
pub fn sanitise(html: &str) -> String {
    let safe = AMMONIA.clean(bounded(html)).to_string();
    let mut writer = Writer::default();
    for piece in html::pieces(&safe) {
        match piece {
            Piece::Start(name, attributes) => writer.start(name, attributes),
            Piece::End(name) => writer.end(name),
            Piece::Text(text) => writer.text(&html::decode(text)),
        }
    }
    writer.finish()
}

/// Schemes of links: <https://github.com/mastodon/mastodon/blob/main/lib/sanitize_ext/sanitize_config.rb>
const SCHEMES: [&str; 11] =
    ["http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"];

/// Building one takes longer than sanitising a post.
static AMMONIA: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.into_iter().chain(TURNED).chain(BOXES).chain(["td", "th"]).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "title", "textarea", "select", "option", "button", "iframe", "noembed",
            "noframes", "noscript", "object", "template", "svg", "audio", "video", "canvas", "xmp",
        ]))
        .generic_attributes(HashSet::from(["lang"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title", "class", "rel", "translate"])),
            ("span", HashSet::from(["class", "translate"])),
            ("p", HashSet::from(["class"])),
            ("abbr", HashSet::from(["title"])),
            ("ol", HashSet::from(["start", "reversed"])),
            ("li", HashSet::from(["value"])),
            ("img", HashSet::from(["src", "alt"])),
            ("math", HashSet::from(["display"])),
            ("annotation", HashSet::from(["encoding"])),
        ]))
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    builder
});

/// The part of the input that a parser gets through in good time.
///
/// Two things in the parsing rules of HTML are not linear: looking for an open tag walks all open
/// tags, and an unclosed formatting tag (`<b id=1><b id=2>…`) is opened again in every paragraph
/// that follows. Equal ones are limited to three by the rules, those with attributes are not.
fn bounded(html: &str) -> &str {
    const FORMATTING: [&[u8]; 13] = [
        b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong", b"tt",
        b"u",
    ];
    const MAX_REOPENED: usize = 200_000;
    let html = &html[..html.floor_char_boundary(MAX_BYTES)];
    let bytes = html.as_bytes();
    let (mut starts, mut tags, mut formatting) = (0, 0, 0);
    let mut seen = HashSet::new();
    for (at, _) in html.match_indices('<') {
        let name = &bytes[at + 1..];
        let length = name.iter().take(8).take_while(|b| b.is_ascii_alphanumeric()).count();
        tags += 1;
        if length > 0 {
            starts += 1;
            let lower = name[..length].to_ascii_lowercase();
            if FORMATTING.contains(&&lower[..]) {
                formatting += weight(&html[at + 1..], length, &mut seen);
            }
        }
        if starts > MAX_TAGS || formatting * tags > MAX_REOPENED {
            return &html[..at];
        }
    }
    html
}

/// How many more formatting tags a parser may have to open again because of one that begins here
/// with a name of this length. Only attributes in the plainest spelling are surely read by a parser
/// as they are here.
fn weight<'a>(tag: &'a str, name: usize, seen: &mut HashSet<&'a str>) -> usize {
    match tag[name..].bytes().take(200).position(|b| b == b'>') {
        Some(0) => 0,
        Some(end) if is_plain(&tag[name..name + end]) => 3 * usize::from(seen.insert(&tag[..name + end])),
        _ => 1,
    }
}

/// Nothing but ` name="value"`.
fn is_plain(attributes: &str) -> bool {
    let mut parts = attributes.split('"');
    while let Some(name) = parts.next() {
        if name.is_empty() {
            return parts.next().is_none();
        }
        let name = name.strip_prefix(' ').and_then(|name| name.strip_suffix('='));
        let named =
            name.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        if !named || parts.next().is_none() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// Sanitises, and holds the result against what must be true of any.
    fn clean(html: &str) -> String {
        let once = sanitise(html);
        assert_eq!(sanitise(&once), once, "not the same twice: {html}");
        let lower = once.to_lowercase();
        for bad in
            ["<script", "<svg", "<style", "<img", "<iframe", "<div", "style=", "href=\"java", "href=\"data"]
        {
            assert!(!lower.contains(bad), "{html} -> {once}");
        }
        for piece in html::pieces(&once) {
            if let Piece::Start(name, attributes) = piece {
                assert!(KEPT.contains(&name), "{name} in {once}");
                assert!(!attributes.starts_with("on") && !attributes.contains("\" on"), "{once}");
            }
        }
        once
    }

    #[test]
    fn nothing_of_the_usual_attacks_is_left() {
        for attack in [
            "<script>alert(1)</script>",
            "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
            "<scr<script>ipt>alert(1)</scr</script>ipt>",
            "<p onclick=alert(1)>x</p>",
            "<a href=\"https://a.example\" onmouseover=\"alert(1)\">x</a>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"javascript:alert(1)\" alt=x>",
            "<svg onload=alert(1)><script>1</script></svg>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<math><annotation-xml encoding=\"text/html\"><style><img src onerror=alert(1)></style>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<style>p{background:url(javascript:alert(1))}</style>",
            "<p style=\"position:fixed\" class=\"modal button h-card\">x</p>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"JaVa\tScRiPt:alert(1)\">x</a>",
            "<a href=\"&#106;avascript&colon;alert(1)\">x</a>",
            "<a href=\"\u{1}javascript:alert(1)\">x</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
            "<a href=\"vbscript:x\">x</a>",
            "<a href=\"//evil.example\">x</a>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<form action=\"https://evil.example\"><input><button>Sign in</button></form>",
            "<base href=\"https://evil.example\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
            "<object data=x><embed src=x>",
            "<template><script>alert(1)</script></template>",
            "<p title='\"><script>alert(1)</script>'>x</p>",
            "<a title='\"><script>alert(1)</script>' href='https://a.example/\"onclick=\"x'>x</a>",
            "<!--[if IE]><script>alert(1)</script><![endif]-->",
            "<![CDATA[<script>alert(1)</script>]]>",
            "<plaintext><script>alert(1)",
            "<<p>script>alert(1)<</p>/script>",
            "<p<script>alert(1)</script>",
            "\0<scr\0ipt>alert(1)</scr\0ipt>",
            "<xmp><p title=\"</xmp><script>alert(1)</script>\">",
        ] {
            clean(attack);
        }
    }

    #[test]
    fn a_link_says_that_we_do_not_vouch_for_it() {
        assert_eq!(
            clean("<a href=\"https://a.example/?a=1&amp;b=2\" rel=\"me opener\" target=_top>x</a>"),
            "<a href=\"https://a.example/?a=1&amp;b=2\" target=\"_blank\" rel=\"nofollow noopener noreferrer\">x</a>"
        );
        assert_eq!(clean("<a href=/about>x</a><a>y</a><a href=mailto:a@b.example>z</a>"), "xyz");
        assert!(clean("<a href=\"xmpp:a@b.example\">x</a>").contains("href=\"xmpp:a@b.example\""));
    }

    #[test]
    fn mastodons_own_markup_comes_through() {
        let post = "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://a.example/@bob\" class=\"u-url mention\">@<span>bob</span></a></span> sveiki<br>\
            <a href=\"https://a.example/tags/r%C4%ABga\" class=\"mention hashtag\" rel=\"tag\">#<span>rīga</span></a></p>\
            <p class=\"quote-inline\">RE: <a href=\"https://b.example/1\"><span class=\"invisible\">https://</span><span class=\"\">b.example/1</span></a></p>";
        assert_eq!(
            clean(post),
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://a.example/@bob\" class=\"u-url mention\" target=\"_blank\" rel=\"nofollow noopener noreferrer\">@<span>bob</span></a></span> sveiki<br>\
            <a href=\"https://a.example/tags/r%C4%ABga\" class=\"mention hashtag\" target=\"_blank\" rel=\"tag nofollow noopener noreferrer\">#<span>rīga</span></a></p>\
            <p class=\"quote-inline\">RE: <a href=\"https://b.example/1\" target=\"_blank\" rel=\"nofollow noopener noreferrer\"><span class=\"invisible\">https://</span><span class=\"\">b.example/1</span></a></p>"
        );
    }

    #[test]
    fn lists_code_and_ruby_come_through() {
        for kept in [
            "<ol start=\"3\" reversed=\"\"><li value=\"7\">a</li><li>b</li></ol>",
            "<pre><code>a &lt; b\n  c</code></pre>",
            "<blockquote lang=\"lv\"><p>x</p></blockquote>",
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "<b><i><u><s><del>x</del></s></u></i></b><sub>1</sub><sup>2</sup><abbr title=\"y\">z</abbr>",
        ] {
            assert_eq!(clean(kept), kept);
        }
        assert_eq!(clean("<ol start=x><li value='1\"'>a</ol>"), "<ol><li>a</li></ol>");
    }

    #[test]
    fn headings_become_bold_paragraphs_as_in_mastodon() {
        assert_eq!(
            clean("<h2>Ziņas</h2>teksts<p>a<h3 class=x>b</h3>"),
            "<p><strong>Ziņas</strong></p>teksts<p>a</p><p><strong>b</strong></p>"
        );
    }

    #[test]
    fn images_become_links_and_emoji_images_their_names() {
        assert_eq!(
            clean("<img src=\"https://a.example/cat.png\" alt=\"A &lt;cat&gt;\">"),
            "<a href=\"https://a.example/cat.png\" target=\"_blank\" rel=\"nofollow noopener noreferrer\">A &lt;cat&gt;</a>"
        );
        assert_eq!(clean("hi <img class=emoji src=https://a.example/1 alt=:blobcat:>"), "hi :blobcat:");
        assert_eq!(
            clean("<a href=\"https://a.example\"><img src=\"https://a.example/b\" alt=\"logo\"></a>")
                .matches("<a ")
                .count(),
            1
        );
        assert!(clean("<img src=https://a.example/x.png>").contains(">a.example/x.png</a>"));
    }

    #[test]
    fn boxes_become_lines() {
        // Friendica, Lemmy tables, definition lists.
        assert_eq!(clean("<div>a</div><div>b<div>c</div></div><p>d</p><div>e</div>"), "a<br>b<br>c<p>d</p>e");
        assert_eq!(clean("<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>"), "a b<br>c");
        assert_eq!(clean("a<br><div>b</div><hr>c"), "a<br>b<br>c");
    }

    #[test]
    fn a_formula_is_shown_as_its_tex() {
        let formula = |display| {
            format!(
                "<p>so <math display={display}><semantics><mrow><mi>x</mi></mrow><annotation encoding=\"application/x-tex\">x^2 &lt; 1</annotation></semantics></math>.</p>"
            )
        };
        assert_eq!(clean(&formula("inline")), "<p>so $x^2 &lt; 1$.</p>");
        assert_eq!(clean(&formula("block")), "<p>so $$x^2 &lt; 1$$.</p>");
        assert_eq!(clean("<math><mi>x</mi><mo>=</mo></math>"), "x=");
    }

    #[test]
    fn posts_of_other_software_stay_readable() {
        // Misskey
        assert_eq!(
            clean("<p><a href=\"https://m.example/@x\" class=\"u-url mention\">@x</a><span> hello<br>world</span></p>")
                .replace(" target=\"_blank\" rel=\"nofollow noopener noreferrer\"", ""),
            "<p><a href=\"https://m.example/@x\" class=\"u-url mention\">@x</a><span> hello<br>world</span></p>"
        );
        // Pleroma: no paragraphs, data attributes
        assert!(clean("<span class=\"h-card\"><a class=\"u-url mention\" data-user=\"9\" href=\"https://p.example/users/x\" rel=\"ugc\">@<span>x</span></a></span> hi")
            .starts_with("<span class=\"h-card\"><a href=\"https://p.example/users/x\" class=\"u-url mention\""));
        // Lemmy: markdown, spoilers
        assert_eq!(
            clean(
                "<h1>T</h1>\n<p>x <em>y</em></p>\n<details><summary>more</summary><p>z</p></details>\n<hr />\n"
            ),
            "<p><strong>T</strong></p>\n<p>x <em>y</em></p>\nmore<p>z</p>\n\n"
        );
        // Friendica: quotes with images, divs
        assert!(clean("<div class=\"shared_header\"><a href=\"https://f.example/p\"><img src=\"https://f.example/a.jpg\" alt=\"x\"></a></div><blockquote class=\"shared_content\">text</blockquote>")
            .ends_with("</a><blockquote>text</blockquote>"));
    }

    #[test]
    fn any_soup_of_tags_is_stable_after_one_pass() {
        const PARTS: [&str; 52] = [
            "<p>",
            "</p>",
            "<p class=h-x>",
            "<b>",
            "</b>",
            "<i x=1>",
            "</i>",
            "<a href=https://a.example>",
            "</a>",
            "<ul>",
            "</ul>",
            "<ol>",
            "<li>",
            "</li>",
            "<pre>",
            "</pre>",
            "\n",
            "<blockquote>",
            "</blockquote>",
            "<h1>",
            "</h1>",
            "<div>",
            "</div>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<ruby>",
            "<rt>",
            "</ruby>",
            "<button>",
            "</button>",
            "<object>",
            "</object>",
            "<img src=https://a.example/i alt=x>",
            "<br>",
            "</br>",
            "<span class='mention z'>",
            "</span>",
            "<code>",
            "</code>",
            "<math>",
            "</math>",
            "<svg>",
            "</svg>",
            "text",
            " ",
            "&amp;lt;",
            "&#13;\u{a0}",
            "<dd>",
            "<select>",
            "<form>",
        ];
        let mut seed = 7_u64;
        for _ in 0..1500 {
            let mut soup = String::new();
            for _ in 0..40 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                soup.push_str(PARTS[(seed >> 33) as usize % PARTS.len()]);
            }
            clean(&soup);
        }
    }

    #[test]
    fn hostile_size_and_nesting_take_bounded_time_and_room() {
        let many_attributes = format!("<p {}>x", (0..60_000).map(|i| format!("a{i:x} ")).collect::<String>());
        let many_formats: String = (0..30_000).map(|i| format!("<b id={i}><p>")).collect();
        for hostile in [
            "<div>".repeat(200_000),
            "<b>".repeat(200_000),
            "<p><b><i>".repeat(50_000),
            "<ul><li>".repeat(50_000),
            "<a href=https://a.example>".repeat(50_000),
            "<table><b>x".repeat(50_000),
            "<math><mi>".repeat(50_000),
            "<".repeat(1 << 20),
            "<p ".repeat(1 << 20),
            "&".repeat(1 << 20),
            "&lt;".repeat(1 << 20),
            "ā\u{300}".repeat(1 << 20),
            format!("{}{}", "<b a=1>".repeat(2000), "<p>".repeat(20_000)),
            many_attributes,
            many_formats,
            (0..30_000).map(|i| format!("<i a=\"{i}\">x<p>")).collect(),
            "<i a=\"1\">x<p>".repeat(30_000),
        ] {
            let begun = Instant::now();
            let once = clean(&hostile);
            assert!(once.len() <= MAX_BYTES);
            assert!(begun.elapsed().as_secs() < 8, "{:?} for {:.20}", begun.elapsed(), hostile);
        }
    }

    #[test]
    fn an_ordinary_article_is_not_cut() {
        let article =
            "<p>Teikums ar <em class=\"x\">uzsvaru</em> un <a href=\"https://a.example/b\">saiti</a>.</p>"
                .repeat(600);
        assert_eq!(clean(&article).matches("<p>").count(), 600);
    }
}
