"""Which IP addresses a fetch may connect to.

The table follows the IANA special-purpose address registries (RFC 6890 and its updates) rather than
``ipaddress.is_global``, whose answers differ between the Python versions that this runs on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

IpAddress = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


def _table(ranges: Mapping[str, str]) -> Sequence[tuple[_Network, str]]:
    return tuple((ip_network(text), what) for text, what in ranges.items())


_PRIVATE = _table(
    {
        "127.0.0.0/8": "this machine",
        "::1/128": "this machine",
        "10.0.0.0/8": "a private network",
        "172.16.0.0/12": "a private network",
        "192.168.0.0/16": "a private network",
        "100.64.0.0/10": "a provider's inner network",
        "fc00::/7": "a private network",
        "fec0::/10": "a private network",
    }
)
"""What ``allow_private_addresses`` opens, for tests and for services in the operator's own network."""

_METADATA = frozenset(
    {"100.100.100.200", "168.63.129.16", "169.254.169.254", "169.254.170.2", "192.0.0.192", "fd00:ec2::254"}
)
"""Where cloud machines ask for their own keys: never a source, wherever the machine stands."""

_NEVER = _table(
    {
        "0.0.0.0/8": "no address",
        "169.254.0.0/16": "a link-local address",
        "192.0.0.0/24": "a reserved address",
        "192.0.2.0/24": "an address for examples",
        "192.88.99.0/24": "a relay",
        "198.18.0.0/15": "an address for measurements",
        "198.51.100.0/24": "an address for examples",
        "203.0.113.0/24": "an address for examples",
        "224.0.0.0/4": "a multicast address",
        "240.0.0.0/4": "a reserved address",
        "::/128": "no address",
        "64:ff9b:1::/48": "a translator's inner network",
        "100::/64": "a reserved address",
        "2001::/32": "a tunnel",
        "2001::/23": "a reserved address",
        "2001:db8::/32": "an address for examples",
        "2002::/16": "a tunnel",
        "3fff::/20": "an address for examples",
        "5f00::/16": "a reserved address",
        "fe80::/10": "a link-local address",
        "ff00::/8": "a multicast address",
    }
)

_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")
_ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})


def why_refused(address: IpAddress, *, allow_private: bool = False) -> str | None:
    """What the address is, where a fetch must not go there; ``None`` where it may.

    An IPv6 address that carries an IPv4 address (mapped, NAT64 …) is judged by that one, since that is where the
    packets arrive.
    """
    if str(address) in _METADATA:
        return "a cloud's metadata service"
    private = _found(_PRIVATE, address)
    if private is not None:
        return None if allow_private else private
    never = _found(_NEVER, address)
    if never is not None:
        return never
    carried = _carried(address)
    return None if carried is None else why_refused(carried, allow_private=allow_private)


def _found(table: Sequence[tuple[_Network, str]], address: IpAddress) -> str | None:
    return next((what for network, what in table if address in network), None)


def _carried(address: IpAddress) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    marked = (int(address) >> 32) & 0xFFFFFFFF in _ISATAP_MARKS
    if address in _NAT64 or address in _COMPATIBLE or marked:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
