//! What becomes of notifications from whom the owner does not know:
//! <https://docs.joinmastodon.org/entities/NotificationPolicy/>

use serde::{Deserialize, Serialize};

/// What happens with a notification that a rule is about; the strictest rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Treatment {
    #[default]
    Accept,
    /// Held back, until the owner accepts its sender.
    Filter,
    /// Never stored.
    Drop,
}

impl Treatment {
    pub const ALL: [Treatment; 3] = [Treatment::Accept, Treatment::Filter, Treatment::Drop];

    pub fn as_str(self) -> &'static str {
        match self {
            Treatment::Accept => "accept",
            Treatment::Filter => "filter",
            Treatment::Drop => "drop",
        }
    }

    pub fn parse(text: &str) -> Option<Treatment> {
        Treatment::ALL.into_iter().find(|t| t.as_str() == text)
    }
}

/// One treatment for each kind of stranger. Part of the owner's settings, hence the derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationPolicy {
    /// Whom the owner does not follow.
    pub not_following: Treatment,
    /// Who does not follow the owner, or not for long.
    pub not_followers: Treatment,
    pub new_accounts: Treatment,
    /// Direct posts that answer none of the owner's.
    pub private_mentions: Treatment,
    /// Accounts of silenced servers; held back in any case, even where this says `accept`.
    pub limited_accounts: Treatment,
    pub bots: Treatment,
}

impl NotificationPolicy {
    /// The rule that Mastodon calls `for_...`.
    pub fn rule(&mut self, name: &str) -> Option<&mut Treatment> {
        Some(match name {
            "not_following" => &mut self.not_following,
            "not_followers" => &mut self.not_followers,
            "new_accounts" => &mut self.new_accounts,
            "private_mentions" => &mut self.private_mentions,
            "limited_accounts" => &mut self.limited_accounts,
            "bots" => &mut self.bots,
            _ => return None,
        })
    }

    /// The names of all rules.
    pub const RULES: [&'static str; 6] =
        ["not_following", "not_followers", "new_accounts", "private_mentions", "limited_accounts", "bots"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_treatment_is_the_greatest_and_every_rule_has_its_field() {
        assert!(Treatment::Drop > Treatment::Filter && Treatment::Filter > Treatment::Accept);
        let mut policy = NotificationPolicy::default();
        for name in NotificationPolicy::RULES {
            *policy.rule(name).unwrap() = Treatment::Drop;
        }
        let json = serde_json::to_value(policy).unwrap();
        assert!(json.as_object().unwrap().values().all(|v| v == "drop"), "{json}");
    }
}
