//! How large a disk is, and how much of it is free: <https://pubs.opengroup.org/onlinepubs/9799919799/functions/statvfs.html>

use crate::error::{Error, Result};
use std::path::Path;

/// The size of a disk that does not tell: a petabyte.
const UNKNOWN: u64 = 1 << 50;

/// Bytes of the file system that a folder lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Disk {
    pub total: u64,
    /// What we may still write; what is reserved for root is not in it.
    pub free: u64,
}

/// Errors: the folder is not there.
pub fn of(dir: &Path) -> Result<Disk> {
    let found = rustix::fs::statvfs(dir).map_err(|e| Error::from(std::io::Error::from(e)))?;
    if found.f_blocks == 0 {
        return Ok(Disk { total: UNKNOWN, free: UNKNOWN }); // as some file systems of users say
    }
    // Without a place for one more file there is no room, whatever is free.
    let no_files = found.f_files > 0 && found.f_favail == 0;
    let free = if no_files { 0 } else { found.f_bavail.saturating_mul(found.f_frsize) };
    Ok(Disk { total: found.f_blocks.saturating_mul(found.f_frsize), free })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_has_a_size() {
        let disk = of(&std::env::temp_dir()).unwrap();
        assert!(disk.total > 0 && disk.free <= disk.total, "{disk:?}");
        assert!(of(Path::new("/nonexistent")).is_err());
    }
}
