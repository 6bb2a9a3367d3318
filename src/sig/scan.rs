//! A cursor over one header value, for the two signature grammars: neither may be split naively at
//! commas, since a quoted value may hold one.

/// What is left of a header value.
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Scan<'a> {
        Scan { rest: text }
    }

    pub(super) fn at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn spaces(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    /// Takes `wanted` when it comes next.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Everything before the first of `stops`, or all that is left.
    pub(super) fn until(&mut self, stops: &[char]) -> &'a str {
        let end = self.rest.find(stops).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// A quoted string without its quotes and escapes: `"a\"b"` gives `a"b`.
    ///
    /// `None` when the next character is no quote or the string never ends.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.rest.strip_prefix('"')?.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => text.push(chars.next()?),
                other => text.push(other),
            }
        }
        self.rest = chars.as_str();
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_string_keeps_commas_and_drops_escapes() {
        let mut scan = Scan::new(r#""a,b=\"c\\",d"#);
        assert_eq!(scan.quoted().unwrap(), r#"a,b="c\"#);
        assert_eq!(scan.rest, ",d");
    }

    #[test]
    fn a_string_that_never_ends_is_no_string() {
        assert_eq!(Scan::new(r#""abc"#).quoted(), None);
        assert_eq!(Scan::new(r#""abc\"#).quoted(), None);
        assert_eq!(Scan::new("abc").quoted(), None);
    }
}
