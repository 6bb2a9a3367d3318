//! Which addresses an outgoing request may reach: the public internet, and what the operator allowed.
//!
//! A remote document can name any URL; without this a stranger could make us call the router, the
//! cloud's metadata service or our own admin pages. The list is the IANA special-purpose registries,
//! <https://www.iana.org/assignments/iana-ipv4-special-registry/> and
//! <https://www.iana.org/assignments/iana-ipv6-special-registry/>.

use crate::error::{Error, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The judge of addresses. `allowed` is empty except in tests and in private networks.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    pub allowed: Vec<Net>,
}

impl Guard {
    /// May a request be sent to this address?
    pub fn permits(&self, ip: IpAddr) -> bool {
        self.allows(ip) || is_public(ip)
    }

    /// Did the operator name this address? Only there are plain http and odd ports spoken.
    pub fn allows(&self, ip: IpAddr) -> bool {
        let plain = ip.to_canonical();
        self.allowed.iter().any(|net| net.contains(ip) || net.contains(plain))
    }
}

/// A range of addresses in CIDR notation, of either family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Net {
    base: IpAddr,
    prefix: u8,
}

impl Net {
    /// Reads `127.0.0.0/8`, `fd00::/8` or a single address. Errors: `Invalid`, naming the text.
    pub fn parse(text: &str) -> Result<Net> {
        let wrong = || Error::invalid(format!("\"{text}\" is not an address range"));
        let (address, prefix) = match text.trim().split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text.trim(), None),
        };
        let base: IpAddr = address.parse().map_err(|_| wrong())?;
        let longest = if base.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(digits) => digits.parse().map_err(|_| wrong())?,
            None => longest,
        };
        if prefix > longest {
            return Err(wrong());
        }
        Ok(Net { base, prefix })
    }

    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.base, ip) {
            (IpAddr::V4(base), IpAddr::V4(ip)) => within_v4(base, self.prefix, ip),
            (IpAddr::V6(base), IpAddr::V6(ip)) => within_v6(base, self.prefix, ip),
            _ => false,
        }
    }
}

/// Whether an address is one of the public internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => !REFUSED_V4.iter().any(|&(net, len)| within_v4(net, len, ip)),
        IpAddr::V6(ip) => !REFUSED_V6.iter().any(|&(net, len)| within_v6(net, len, ip)),
    }
}

fn within_v4(base: Ipv4Addr, prefix: u8, ip: Ipv4Addr) -> bool {
    // A shift by the whole width (prefix 0) is `None`, and then everything is inside.
    let different = u32::from(base) ^ u32::from(ip);
    different.checked_shr(32 - u32::from(prefix)).is_none_or(|high| high == 0)
}

fn within_v6(base: Ipv6Addr, prefix: u8, ip: Ipv6Addr) -> bool {
    let different = u128::from(base) ^ u128::from(ip);
    different.checked_shr(128 - u32::from(prefix)).is_none_or(|high| high == 0)
}

const fn v4(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

const fn v6(a: u16, b: u16, c: u16, d: u16, e: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, e, 0, 0, 0)
}

const REFUSED_V4: [(Ipv4Addr, u8); 15] = [
    (v4(0, 0, 0, 0), 8),       // this network; Linux dials itself at 0.0.0.0
    (v4(10, 0, 0, 0), 8),      // private
    (v4(100, 64, 0, 0), 10),   // carrier-grade NAT
    (v4(127, 0, 0, 0), 8),     // loopback
    (v4(169, 254, 0, 0), 16),  // link-local, and the metadata service of most clouds
    (v4(172, 16, 0, 0), 12),   // private
    (v4(192, 0, 0, 0), 24),    // protocol assignments
    (v4(192, 0, 2, 0), 24),    // documentation
    (v4(192, 88, 99, 0), 24),  // 6to4 relays
    (v4(192, 168, 0, 0), 16),  // private
    (v4(198, 18, 0, 0), 15),   // benchmarks
    (v4(198, 51, 100, 0), 24), // documentation
    (v4(203, 0, 113, 0), 24),  // documentation
    (v4(224, 0, 0, 0), 4),     // multicast
    (v4(240, 0, 0, 0), 4),     // reserved, and the broadcast address
];

// `::ffff:0:0/96` is not here: such an address is judged as the IPv4 address inside it.
const REFUSED_V6: [(Ipv6Addr, u8); 15] = [
    (v6(0, 0, 0, 0, 0), 96), // unspecified, loopback, and the old form of IPv4 inside IPv6
    (v6(0, 0, 0, 0, 0xffff), 96), // IPv4-translated: reaches IPv4 through a SIIT gateway
    (v6(0x64, 0xff9b, 0, 0, 0), 96), // NAT64: reaches any IPv4 address
    (v6(0x64, 0xff9b, 1, 0, 0), 48), // NAT64, local use
    (v6(0x100, 0, 0, 0, 0), 64), // discard
    (v6(0x2001, 0, 0, 0, 0), 32), // Teredo
    (v6(0x2001, 0x10, 0, 0, 0), 28), // ORCHID
    (v6(0x2001, 0x20, 0, 0, 0), 28), // ORCHIDv2
    (v6(0x2001, 0xdb8, 0, 0, 0), 32), // documentation
    (v6(0x2002, 0, 0, 0, 0), 16), // 6to4: an IPv4 address inside
    (v6(0x3fff, 0, 0, 0, 0), 20), // documentation
    (v6(0xfc00, 0, 0, 0, 0), 7), // unique local
    (v6(0xfe80, 0, 0, 0, 0), 10), // link-local
    (v6(0xfec0, 0, 0, 0, 0), 10), // site-local, the predecessor of unique local
    (v6(0xff00, 0, 0, 0, 0), 8), // multicast
];

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(allowed: &[&str], ip: &str) -> bool {
        let allowed = allowed.iter().map(|net| Net::parse(net).unwrap()).collect();
        Guard { allowed }.permits(ip.parse().unwrap())
    }

    #[test]
    fn no_special_address_may_be_reached_from_its_first_to_its_last() {
        for ip in [
            "0.0.0.0",
            "0.255.255.255",
            "10.0.0.1",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.9",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.255.255",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:2f:ffff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff:fff::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!permits(&[], ip), "{ip}");
        }
    }

    #[test]
    fn the_neighbours_of_the_special_ranges_are_public() {
        for ip in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "128.0.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "2001:30::1",
            "2001:4860::1",
            "2003::1",
            "2a00::1",
            "3fff:1000::1",
        ] {
            assert!(permits(&[], ip), "{ip}");
        }
    }

    #[test]
    fn what_the_operator_allowed_may_be_reached_and_nothing_beside_it() {
        assert!(permits(&["127.0.0.0/8"], "127.9.9.9"));
        assert!(permits(&["127.0.0.0/8"], "::ffff:127.0.0.1"));
        assert!(permits(&["::1"], "::1"));
        assert!(!permits(&["127.0.0.0/8"], "::1"));
        assert!(!permits(&["192.168.1.5"], "192.168.1.6"));
        assert!(permits(&["fd00::/8"], "fd12::1"));
        assert!(permits(&["0.0.0.0/0", "::/0"], "10.0.0.1"));
    }

    #[test]
    fn a_range_that_is_none_is_refused() {
        for text in ["", "localhost", "127.0.0.0/33", "::1/129", "10.0.0.0/-1", "10/8", "1.2.3.4/"] {
            assert!(Net::parse(text).is_err(), "{text}");
        }
    }
}
