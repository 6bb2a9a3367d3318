//! WebPushSubscription: <https://docs.joinmastodon.org/entities/WebPushSubscription/>

use crate::model::PushSubscription;
use crate::model::push::ALERTS;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

#[derive(Debug, Serialize)]
pub struct WebPushSubscription<'a> {
    /// A number, unlike other ids (pitfall 36).
    id: i64,
    endpoint: &'a str,
    standard: bool,
    alerts: Alerts<'a>,
    /// The same as in the app and the instance, letter by letter: Phanpy throws when they differ (pitfall 94).
    server_key: String,
    policy: &'static str,
}

/// Every alert that there is, on or off: strict apps want a boolean for theirs.
#[derive(Debug)]
struct Alerts<'a>(&'a [String]);

impl Serialize for Alerts<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(ALERTS.len()))?;
        for alert in ALERTS {
            map.serialize_entry(alert, &self.0.iter().any(|on| on == alert))?;
        }
        map.end()
    }
}

pub fn web_push_subscription(of: &PushSubscription, server_key: String) -> WebPushSubscription<'_> {
    WebPushSubscription {
        id: of.id.0,
        endpoint: &of.endpoint,
        standard: of.standard,
        alerts: Alerts(&of.alerts),
        server_key,
        policy: of.policy.as_str(),
    }
}
