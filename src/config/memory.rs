//! How much memory to get along with: the operator's number, or a part of what the machine has.

/// Of the machine's memory, one part in so many.
const PART: u64 = 8;
/// MiB, whatever the machine has: below it pictures of today's phones cannot be read, above it nothing gets faster.
const LEAST: u64 = 128;
const MOST: u64 = 512;
/// MiB that an operator may go down to.
const FLOOR: u64 = 32;

/// MiB that everything together may take: `given`, or by the machine.
pub fn granted(given: Option<u32>) -> u64 {
    match given {
        Some(mib) => u64::from(mib).max(FLOOR),
        None => (machine().unwrap_or(1024) / PART).clamp(LEAST, MOST),
    }
}

/// Bytes that one decoded picture may take: what is left when the house itself is served.
pub fn picture(granted: u64) -> u64 {
    (granted << 20).saturating_sub(20 << 20).clamp(12 << 20, 160 << 20) / 4 * 3
}

/// The same with what its decoder holds beside it, for that moment.
pub fn decoding(granted: u64) -> u64 {
    (granted << 20).saturating_sub(20 << 20).max(12 << 20)
}

/// KiB of each database connection's page cache.
pub fn pages(granted: u64) -> i64 {
    i64::try_from(granted * 1024 / 128).unwrap_or(1024).clamp(256, 1024)
}

/// MiB of memory, or what a container may use of it, if that is less.
/// <https://docs.kernel.org/filesystems/proc.html#meminfo>, <https://docs.kernel.org/admin-guide/cgroup-v2.html>
fn machine() -> Option<u64> {
    let all = meminfo(&std::fs::read_to_string("/proc/meminfo").ok()?)?;
    let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let limit =
        limits.iter().filter_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok()).min();
    Some(limit.map_or(all, |bytes| all.min(bytes >> 20)))
}

fn meminfo(text: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_asked_unless_the_operator_says() {
        assert_eq!(meminfo("MemTotal:         948280 kB\nMemFree: 1 kB\n"), Some(926));
        assert_eq!((granted(Some(64)), granted(Some(1))), (64, 32));
        assert!((LEAST..=MOST).contains(&granted(None)));
    }

    #[test]
    fn a_small_budget_reads_smaller_pictures() {
        // Three bytes a pixel: 11, 27 and 41 megapixels.
        assert_eq!(picture(64), 33 << 20);
        assert_eq!(picture(128), 81 << 20);
        assert_eq!(picture(512), 120 << 20);
        assert_eq!((decoding(32), decoding(128)), (12 << 20, 108 << 20));
        assert!([32, 64, 128, 512].iter().all(|mib| picture(*mib) < decoding(*mib)));
        assert_eq!((pages(32), pages(64), pages(512)), (256, 512, 1024));
    }
}
