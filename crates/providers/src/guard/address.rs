//! Which IP addresses a foreign URL may lead to: a table of ranges, and nothing that resolves or connects.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// What an address is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A host of the public internet.
    Public,
    /// In a range that the operator opened by name, whatever else it is.
    Listed,
    /// Not to be reached; the word is for the operator's log and never for the client.
    Refused(&'static str),
}

/// Judges one address. The list is compared with the address as written: `127.0.0.0/8` does not open
/// `::ffff:127.0.0.1`.
#[must_use]
pub fn judge(ip: IpAddr, allow: &[IpNet]) -> Verdict {
    if allow.iter().any(|range| range.contains(&ip)) {
        return Verdict::Listed;
    }
    let refusal = match ip {
        IpAddr::V4(ip) => refusal_v4(ip),
        IpAddr::V6(ip) => refusal_v6(ip),
    };
    refusal.map_or(Verdict::Public, Verdict::Refused)
}

const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6(a: u16, b: u16, c: u16, length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), length)
}

/// The IANA registry of special-purpose IPv4 addresses, whole, and the metadata address that is not in it.
const REFUSED_V4: [(Ipv4Net, &str); 19] = [
    (v4(0, 0, 0, 0, 8), "this network"),
    (v4(10, 0, 0, 0, 8), "private"),
    (v4(100, 64, 0, 0, 10), "carrier-grade NAT"),
    (v4(127, 0, 0, 0, 8), "loopback"),
    (v4(168, 63, 129, 16, 32), "metadata of Azure"),
    (v4(169, 254, 0, 0, 16), "link-local"),
    (v4(172, 16, 0, 0, 12), "private"),
    (v4(192, 0, 0, 0, 24), "protocol assignments"),
    (v4(192, 0, 2, 0, 24), "documentation"),
    (v4(192, 31, 196, 0, 24), "AS112"),
    (v4(192, 52, 193, 0, 24), "AMT"),
    (v4(192, 88, 99, 0, 24), "6to4 relay"),
    (v4(192, 168, 0, 0, 16), "private"),
    (v4(192, 175, 48, 0, 24), "AS112"),
    (v4(198, 18, 0, 0, 15), "benchmarking"),
    (v4(198, 51, 100, 0, 24), "documentation"),
    (v4(203, 0, 113, 0, 24), "documentation"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(240, 0, 0, 0, 4), "reserved or broadcast"),
];

/// Everything outside is refused: loopback, mapped, IPv4-compatible, NAT64, site-local, unique local, multicast.
const GLOBAL_UNICAST_V6: Ipv6Net = v6(0x2000, 0, 0, 3);

/// The exceptions inside the global unicast range.
const REFUSED_V6: [(Ipv6Net, &str); 6] = [
    (v6(0x2001, 0, 0, 23), "protocol assignments, Teredo or ORCHID"),
    (v6(0x2001, 0xdb8, 0, 32), "documentation"),
    (v6(0x2002, 0, 0, 16), "6to4"),
    (v6(0x2620, 0x4f, 0x8000, 48), "AS112"),
    (v6(0x3ffe, 0, 0, 16), "6bone"),
    (v6(0x3fff, 0, 0, 20), "documentation"),
];

fn refusal_v4(ip: Ipv4Addr) -> Option<&'static str> {
    REFUSED_V4.iter().find(|(range, _)| range.contains(&ip)).map(|(_, word)| *word)
}

fn refusal_v6(ip: Ipv6Addr) -> Option<&'static str> {
    if !GLOBAL_UNICAST_V6.contains(&ip) {
        return Some("outside global unicast");
    }
    if is_isatap(ip) {
        return Some("ISATAP");
    }
    REFUSED_V6.iter().find(|(range, _)| range.contains(&ip)).map(|(_, word)| *word)
}

/// An interface identifier of `[02]00:5efe` and an IPv4 address tunnels to that address under any prefix (RFC 5214).
fn is_isatap(ip: Ipv6Addr) -> bool {
    let [_, _, _, _, flags, mark, _, _] = ip.segments();
    flags & !0x0300 == 0 && mark == 0x5efe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_a_refused_range_is_refused_up_to_its_edges() {
        for (range, word) in REFUSED_V4 {
            for ip in [range.network(), range.broadcast()] {
                assert_eq!(judge(ip.into(), &[]), Verdict::Refused(word), "{ip}");
            }
        }
        for (range, word) in REFUSED_V6 {
            for ip in [range.network(), range.broadcast()] {
                assert_eq!(judge(ip.into(), &[]), Verdict::Refused(word), "{ip}");
            }
        }
    }

    #[test]
    fn the_list_wins_over_the_table_and_only_within_its_ranges() {
        let allow = ["192.168.7.0/24".parse().unwrap(), "fd00::/8".parse().unwrap()];
        for (ip, expected) in [
            ("192.168.7.255", Verdict::Listed),
            ("192.168.8.0", Verdict::Refused("private")),
            ("fd12::1", Verdict::Listed),
            ("fc00::1", Verdict::Refused("outside global unicast")),
            ("::ffff:192.168.7.1", Verdict::Refused("outside global unicast")),
            ("1.1.1.1", Verdict::Public),
        ] {
            assert_eq!(judge(ip.parse().unwrap(), &allow), expected, "{ip}");
        }
    }
}
