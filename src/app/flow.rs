//! How much of what strangers send unasked is looked at: so many posts a minute and source.

use crate::model::time::MINUTE;
use crate::model::{SourceId, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// In memory. The owner's sources are few, and those of an older minute go.
#[derive(Debug, Default)]
pub struct Flow(Mutex<HashMap<SourceId, (i64, u32)>>);

impl Flow {
    /// Counts one. `false`: it is one too many in this minute.
    pub fn take(&self, source: SourceId, now: Timestamp, most: u32) -> bool {
        let minute = now.0.div_euclid(MINUTE);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.retain(|_, (of, _)| *of == minute);
        let count = &mut counts.entry(source).or_insert((minute, 0)).1;
        *count = count.saturating_add(1);
        *count <= most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_room_for_so_many_of_each_source() {
        let (flow, now) = (Flow::default(), Timestamp(90 * MINUTE));
        let take = |source, at| flow.take(SourceId(source), at, 2);
        assert_eq!([take(1, now), take(1, now), take(1, now)], [true, true, false]);
        assert!(take(2, now) && take(1, now.plus(MINUTE)));
        assert_eq!(flow.0.lock().unwrap().len(), 1);
    }
}
