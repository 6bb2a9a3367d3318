//! Who is behind a proxy that speaks no HTTP, said before the first byte: the PROXY protocol, versions 1 and 2.
//! <https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt>

use std::io::{Error, ErrorKind, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};

/// A proxy sends it with its first packet.
const TIME: Duration = Duration::from_secs(5);
/// The first twelve bytes of version 2, which no version 1 and no request begins with.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";
/// The longest line of version 1, its end included.
const LINE: usize = 107;
/// What version 2 may say beside the addresses, the client's certificate say: nothing here reads it.
const REST: usize = 4096;

/// Reads exactly the header. `None`: the proxy speaks for itself, to see whether we are well say.
///
/// Errors: it is none, it is too long, it takes too long.
pub async fn read<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Option<IpAddr>> {
    tokio::time::timeout(TIME, header(stream)).await.map_err(|_| Error::from(ErrorKind::TimedOut))?
}

async fn header<S: AsyncRead + Unpin>(stream: &mut S) -> Result<Option<IpAddr>> {
    let mut first = [0; 12];
    stream.read_exact(&mut first).await?;
    if first == SIGNATURE {
        let mut head = [0; 4];
        stream.read_exact(&mut head).await?;
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        if length > REST {
            return Err(wrong("is too long"));
        }
        let mut rest = vec![0; length];
        stream.read_exact(&mut rest).await?;
        return second(head[0], head[1], &rest);
    }
    if !first.starts_with(b"PROXY ") {
        return Err(wrong("is missing"));
    }
    let mut line = first.to_vec();
    // A byte at a time: what comes after it is the client's.
    while !line.ends_with(b"\r\n") {
        if line.len() == LINE {
            return Err(wrong("is too long"));
        }
        line.push(stream.read_u8().await?);
    }
    let line = std::str::from_utf8(&line[..line.len() - 2]).map_err(|_| wrong("is no text"))?;
    first_version(line)
}

/// `PROXY TCP4 192.0.2.1 198.51.100.7 40000 443`
fn first_version(line: &str) -> Result<Option<IpAddr>> {
    let words: Vec<&str> = line.split(' ').collect();
    if words.get(1) == Some(&"UNKNOWN") {
        return Ok(None);
    }
    let [_, family, from, to, from_port, to_port] = words[..] else { return Err(wrong("has other words")) };
    let address = |text: &str| -> Result<IpAddr> {
        let ip: IpAddr = text.parse().map_err(|_| wrong("names no address"))?;
        let fits = (family == "TCP4" && ip.is_ipv4()) || (family == "TCP6" && ip.is_ipv6());
        if fits { Ok(ip) } else { Err(wrong("is of another family")) }
    };
    address(to)?;
    if [from_port, to_port].iter().any(|port| port.starts_with('+') || port.parse::<u16>().is_err()) {
        return Err(wrong("names no port"));
    }
    address(from).map(Some)
}

fn second(version: u8, family: u8, rest: &[u8]) -> Result<Option<IpAddr>> {
    match version {
        0x20 => return Ok(None), // LOCAL: whatever addresses there are, they are to be forgotten
        0x21 => (),
        _ => return Err(wrong("is of another version")),
    }
    let short = || wrong("ends too early");
    match family {
        // Both addresses, then both ports.
        0x11 => {
            let bytes = rest.get(..12).and_then(|all| all.first_chunk::<4>()).ok_or_else(short)?;
            Ok(Some(Ipv4Addr::from(*bytes).into()))
        }
        0x21 => {
            let bytes = rest.get(..36).and_then(|all| all.first_chunk::<16>()).ok_or_else(short)?;
            Ok(Some(Ipv6Addr::from(*bytes).into()))
        }
        // Nothing that has an address: UNSPEC, or a Unix socket.
        0x00 | 0x31 => Ok(None),
        _ => Err(wrong("is of another family")),
    }
}

fn wrong(how: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("the header of the PROXY protocol {how}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn told(mut bytes: &[u8]) -> Result<(Option<IpAddr>, usize)> {
        let ip = read(&mut bytes).await?;
        Ok((ip, bytes.len()))
    }

    fn two(version: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = u16::try_from(rest.len()).unwrap().to_be_bytes();
        [&SIGNATURE[..], &[version, family], &length, rest, b"GET"].concat()
    }

    #[tokio::test]
    async fn a_header_is_read_and_not_a_byte_more() {
        let ip = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        let good: &[(&[u8], Option<IpAddr>)] = &[
            (b"PROXY TCP4 192.0.2.1 198.51.100.7 40000 443\r\nGET", ip("192.0.2.1")),
            (b"PROXY TCP6 2001:db8::1 ::1 1 65535\r\nGET", ip("2001:db8::1")),
            (b"PROXY UNKNOWN\r\nGET", None),
            (b"PROXY UNKNOWN ffff:f...f:ffff 65535\r\nGET", None),
            (&two(0x21, 0x11, &[192, 0, 2, 1, 9, 9, 9, 9, 0, 1, 0, 2]), ip("192.0.2.1")),
            (&two(0x21, 0x11, &[[192, 0, 2, 1].repeat(3), vec![4; 300]].concat()), ip("192.0.2.1")),
            (&two(0x21, 0x21, &[1; 36]), ip("101:101:101:101:101:101:101:101")),
            (&two(0x20, 0x11, &[]), None),
            (&two(0x21, 0x31, &[0; 216]), None),
            (&two(0x21, 0x00, &[]), None),
        ];
        for (bytes, ip) in good {
            assert_eq!(told(bytes).await.unwrap(), (*ip, 3), "{bytes:?}");
        }
    }

    #[tokio::test]
    async fn what_is_no_header_is_refused() {
        let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(200));
        let bad: &[&[u8]] = &[
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            b"PROXY TCP4 192.0.2.1 198.51.100.7 40000\r\n",
            b"PROXY TCP4 192.0.2.1  198.51.100.7 40000 443\r\n",
            b"PROXY TCP4 2001:db8::1 ::1 1 2\r\n",
            b"PROXY TCP4 192.0.2.1 198.51.100.7 70000 443\r\n",
            b"PROXY TCP4 192.0.2.1 198.51.100.7 +1 443\r\n",
            b"PROXY TCP4 192.0.2.256 198.51.100.7 1 443\r\n",
            b"PROXY UDP4 192.0.2.1 198.51.100.7 1 443\r\n",
            b"PROXY TCP4 192.0.2.1 198.51.100.7 1 443\n\n\n",
            b"PROXY \xff\xff\xff\xff\xff\xff\xff\r\n",
            long.as_bytes(),
            &two(0x11, 0x11, &[0; 12]),
            &two(0x22, 0x11, &[0; 12]),
            &two(0x21, 0x12, &[0; 12]),
            &two(0x21, 0x11, &[0; 11]),
            &two(0x21, 0x21, &[0; 12]),
            &two(0x21, 0x11, &[0; REST + 1]),
            &SIGNATURE,
        ];
        for bytes in bad {
            assert!(told(bytes).await.is_err(), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_says_nothing_is_not_waited_for() {
        let (mut near, _far) = tokio::io::duplex(64);
        let began = tokio::time::Instant::now();
        assert_eq!(read(&mut near).await.unwrap_err().kind(), ErrorKind::TimedOut);
        assert_eq!(began.elapsed(), TIME);
    }
}
