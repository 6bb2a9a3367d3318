//! Which part of a list is asked for, as Mastodon's clients say it.

/// `max_id` is the exclusive upper bound. `since_id` cuts the newest page from below; `min_id` asks
/// for the page right above it and wins over `since_id` (pitfall 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub max_id: Option<i64>,
    pub since_id: Option<i64>,
    pub min_id: Option<i64>,
    pub limit: i64,
}

impl Page {
    /// The newest `limit` entries.
    pub fn newest(limit: i64) -> Page {
        Page { max_id: None, since_id: None, min_id: None, limit }
    }

    /// Only the entry of that very id: whether a list would show it.
    pub fn only(id: i64) -> Page {
        Page { max_id: id.checked_add(1), since_id: id.checked_sub(1), min_id: None, limit: 1 }
    }

    /// The bounds of a range scan, both exclusive.
    pub fn bounds(&self) -> (i64, i64) {
        let below = self.max_id.unwrap_or(i64::MAX);
        let above = self.min_id.or(self.since_id).unwrap_or(-1);
        (above, below)
    }

    /// `min_id` reads upwards from the cursor; every other page reads downwards from the top.
    pub fn ascending(&self) -> bool {
        self.min_id.is_some()
    }

    /// `ASC` or `DESC`, for a query.
    pub fn order(&self) -> &'static str {
        if self.ascending() { "ASC" } else { "DESC" }
    }

    /// The answer is newest first, whichever way it was read.
    pub fn arrange<T>(&self, mut rows: Vec<T>) -> Vec<T> {
        if self.ascending() {
            rows.reverse();
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_one_id_has_it_alone_between_its_bounds() {
        let page = Page::only(7);
        assert_eq!((page.bounds(), page.limit), ((6, 8), 1));
    }

    #[test]
    fn min_id_wins_over_since_id_and_reads_upwards() {
        let page = Page { max_id: Some(9), since_id: Some(2), min_id: Some(4), limit: 2 };
        assert_eq!(page.bounds(), (4, 9));
        assert!(page.ascending());
        assert_eq!(page.arrange(vec![5, 6]), vec![6, 5]);
    }
}
