"""Whether an address may be fetched at all, before anybody connects: its scheme, its form, and a host that is a number.

Host names are judged again by what they resolve to (:mod:`bot.net.resolver`), at every connection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

from yarl import URL

from bot.net.addresses import IpAddress, why_refused

_NUMERIC_LABEL = re.compile(r"\d+|0[xX][0-9a-fA-F]*")
"""What makes a host an IPv4 address to one of the many parsers of such (WHATWG URL, «ends in a number»)."""

_HOST = re.compile(r"[\w.-]+|[0-9a-fA-F:.]+")
_USERINFO = re.compile(r"[^/?#]*//[^/?#]*@")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Refused:
    """The address is not fetched: why, in a person's words."""

    reason: str


def check_url(text: str, *, allow_private: bool = False) -> URL | Refused:
    """The parsed address without its fragment, or why it is refused.

    Numbers in any other form than the usual one (decimal, octal, hexadecimal, shortened) are refused whatever they
    stand for: no publisher writes them, and parsers disagree about them.
    """
    if _UNSEEN.search(text):
        return Refused("the address contains white space or a control character")
    url = parsed(text)
    if url is None:
        return Refused("this is not a web address")
    if url.scheme not in {"http", "https"}:
        return Refused("only http and https addresses are read")
    if _USERINFO.match(text):
        return Refused("an address with a user name or password is not read")
    host = url.host
    if not host or not url.port or not _HOST.fullmatch(host):
        return Refused("this is not a web address")
    return _checked_host(url.with_fragment(None), host, allow_private=allow_private)


def parsed(text: str) -> URL | None:
    """The address by its parts, ``None`` where it is none."""
    try:
        url = URL(text)
        _ = url.host, url.port  # both are parsed only when they are asked for
    except (ValueError, IndexError):  # yarl indexes into an empty host behind «[]@»
        return None
    return url


def literal_address(host: str) -> IpAddress | None:
    """The address that the host is, ``None`` where it is a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _checked_host(url: URL, host: str, *, allow_private: bool) -> URL | Refused:
    address = literal_address(host)
    if address is None:
        last_label = host.rstrip(".").rpartition(".")[2]
        return Refused("the host is a number in an unusual form") if _NUMERIC_LABEL.fullmatch(last_label) else url
    what = why_refused(address, allow_private=allow_private)
    return url if what is None else Refused(f"{host} is {what}, where sources are not read from")
