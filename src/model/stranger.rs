//! What the owner wants of people who are not known here: the quiet shelf, who may mention the owner, and languages.

use super::notification_policy::Treatment;
use serde::{Deserialize, Serialize};

/// Part of the owner's settings, hence the derive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Strangers {
    /// Mentions that look like those of somebody who mentions everybody wait among the requests.
    pub shelf: bool,
    /// Who may mention the owner, and what becomes of others' mentions: held back or dropped.
    pub mentioners: Mentioners,
    pub others: Treatment,
    /// Languages that the owner reads. None: all.
    pub languages: Vec<String>,
    /// Those whom the owner follows need not ask to follow a locked account.
    pub accept_followed: bool,
    /// Nobody is told of follows, and requests to follow, of young or empty accounts.
    pub shelve_follows: bool,
}

impl Strangers {
    /// Whether the owner reads this: also when nobody said what it is in, whatever the region.
    pub fn reads(&self, language: Option<&str>) -> bool {
        let base = |code: &str| code.split('-').next().unwrap_or(code).to_ascii_lowercase();
        let Some(language) = language.map(base) else { return true };
        self.languages.is_empty() || self.languages.iter().any(|one| base(one) == language)
    }
}

impl Default for Strangers {
    fn default() -> Strangers {
        Strangers {
            shelf: true,
            mentioners: Mentioners::Everybody,
            others: Treatment::Filter,
            languages: Vec::new(),
            accept_followed: false,
            shelve_follows: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mentioners {
    #[default]
    Everybody,
    /// Whom the owner follows, and the followers.
    Known,
    Followed,
}

impl Mentioners {
    pub const ALL: [Mentioners; 3] = [Mentioners::Everybody, Mentioners::Known, Mentioners::Followed];

    pub fn as_str(self) -> &'static str {
        match self {
            Mentioners::Everybody => "everybody",
            Mentioners::Known => "known",
            Mentioners::Followed => "followed",
        }
    }

    pub fn parse(text: &str) -> Option<Mentioners> {
        Mentioners::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// By what a stranger is told. Kept by its word in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Young,
    Empty,
    /// They name many people at once.
    Crowd,
    /// A link, or a picture, in the first thing that they say.
    Link,
    Picture,
    /// Many from one server, or many who say the same, within an hour.
    Server,
    Chorus,
    /// In a language that the owner does not read.
    Language,
    /// Something of theirs waits already.
    Waiting,
    /// The owner wants mentions of others only.
    Unasked,
}

impl Sign {
    pub const ALL: [Sign; 10] = [
        Sign::Young,
        Sign::Empty,
        Sign::Crowd,
        Sign::Link,
        Sign::Picture,
        Sign::Server,
        Sign::Chorus,
        Sign::Language,
        Sign::Waiting,
        Sign::Unasked,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Sign::Young => "young",
            Sign::Empty => "empty",
            Sign::Crowd => "crowd",
            Sign::Link => "link",
            Sign::Picture => "picture",
            Sign::Server => "server",
            Sign::Chorus => "chorus",
            Sign::Language => "language",
            Sign::Waiting => "waiting",
            Sign::Unasked => "unasked",
        }
    }

    /// Those of a column: words with spaces between them. An unknown one would be of a newer version.
    pub fn read(text: &str) -> Vec<Sign> {
        text.split(' ').filter_map(|word| Sign::ALL.into_iter().find(|s| s.as_str() == word)).collect()
    }

    pub fn write(signs: &[Sign]) -> String {
        signs.iter().map(|sign| sign.as_str()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_again() {
        assert_eq!(Sign::read(&Sign::write(&Sign::ALL)), Sign::ALL);
        assert_eq!(Sign::read("young  from-the-future link"), [Sign::Young, Sign::Link]);
        assert!(Mentioners::ALL.iter().all(|one| Mentioners::parse(one.as_str()) == Some(*one)));
        assert_eq!(Mentioners::parse("nobody"), None);
    }

    #[test]
    fn a_language_is_read_whatever_its_region_and_where_it_is_not_known() {
        let mut of = Strangers::default();
        assert!(of.reads(Some("zh")));
        of.languages = vec!["lv".into(), "pt-BR".into()];
        assert!(of.reads(Some("lv")) && of.reads(Some("PT")) && of.reads(None));
        assert!(!of.reads(Some("en")));
    }
}
