//! Things that took long to find out, kept in memory for a while and never many of them.

use crate::error::Result;
use crate::model::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// One thing.
#[derive(Debug)]
pub struct Kept<T>(Mutex<Option<(Timestamp, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    /// What is kept, if it is younger than `most` milliseconds.
    pub fn known(&self, now: Timestamp, most: i64) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(at, _)| now < at.plus(most)).map(|(_, value)| Arc::clone(value))
    }

    pub fn put(&self, now: Timestamp, value: T) -> Arc<T> {
        let value = Arc::new(value);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(&value)));
        value
    }

    /// What is kept, if it is younger than `most` milliseconds; else found out anew, by one caller while the others
    /// wait: not on the network.
    pub fn get(&self, now: Timestamp, most: i64, find: impl FnOnce() -> Result<T>) -> Result<Arc<T>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, value)) = kept.as_ref().filter(|(at, _)| now < at.plus(most)) {
            let _ = at;
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(find()?);
        *kept = Some((now, Arc::clone(&value)));
        Ok(value)
    }
}

/// Several things by name; the oldest goes first.
#[derive(Debug)]
pub struct Shelf<T>(Mutex<Vec<(String, Timestamp, Arc<T>)>>);

/// Things on one shelf.
const PLACES: usize = 256;

impl<T> Default for Shelf<T> {
    fn default() -> Shelf<T> {
        Shelf(Mutex::new(Vec::new()))
    }
}

impl<T> Shelf<T> {
    pub fn get(&self, name: &str, now: Timestamp, most: i64) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(n, at, _)| n == name && now < at.plus(most)).map(|(.., value)| Arc::clone(value))
    }

    pub fn put(&self, name: String, now: Timestamp, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(n, ..)| *n != name);
        if all.len() >= PLACES {
            all.remove(0);
        }
        all.push((name, now, Arc::clone(&value)));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const NOW: Timestamp = Timestamp(1_760_000_000_000);

    #[test]
    fn what_is_kept_is_found_out_again_when_it_is_old() {
        let kept = Kept::default();
        assert!(kept.get(NOW, 10, || Err(Error::internal("no"))).is_err());
        assert_eq!(*kept.get(NOW, 10, || Ok(1)).unwrap(), 1);
        assert_eq!(*kept.get(NOW.plus(9), 10, || Ok(2)).unwrap(), 1);
        assert_eq!(*kept.get(NOW.plus(10), 10, || Ok(2)).unwrap(), 2);
    }

    #[test]
    fn a_shelf_has_so_many_places() {
        let shelf = Shelf::default();
        for n in 0..1_000 {
            shelf.put(n.to_string(), NOW, n);
        }
        assert_eq!(shelf.0.lock().unwrap().len(), PLACES);
        assert_eq!(shelf.get("999", NOW, 10).as_deref(), Some(&999));
        assert_eq!((shelf.get("0", NOW, 10), shelf.get("999", NOW.plus(10), 10)), (None, None));
    }
}
