"""Which addresses of the network may be asked for a page: public ones alone."""

from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network

# Addresses that carry another one inside, by which a name could lead back into this network:
# NAT64 (RFC 6052, 8215), 6to4 (RFC 3056), Teredo (RFC 4380), and IPv4 written as IPv6 (RFC 4291).
_CARRYING = tuple(
    IPv6Network(network)
    for network in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "::/96",
        "::ffff:0:0/96",
    )
)
# Not global, or not there for asking: relays of 6to4, this network, benchmarks, site-local, documentation.
_REFUSED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "fec0::/10", "2001:db8::/32", "3fff::/20", "5f00::/16", "100::/64",
    )
)  # fmt: skip


def is_public(address: str) -> bool:
    """Say whether an address (IPv4 or IPv6, as numbers) belongs to the public network."""
    try:
        one = ip_address(address)
    except ValueError:
        return False
    if isinstance(one, IPv6Address) and (one.scope_id or any(one in net for net in _CARRYING)):
        return False
    if any(one.version == net.version and one in net for net in _REFUSED):
        return False
    refused = one.is_private or one.is_loopback or one.is_link_local or one.is_multicast
    return one.is_global and not refused and not one.is_reserved and not one.is_unspecified
