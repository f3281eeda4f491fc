"""A web address as a person types it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_ADDRESS = 1_000
"""Characters of an address: longer ones leave no room for the message around them."""
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class BadAddress:
    """What was typed is no web address: why, in words."""

    reason: str


def to_address(typed: str) -> str | BadAddress:
    """A web address as a person types it; ``https://`` is understood where no scheme is given."""
    address = typed.strip().strip("<>")
    if not address:
        return BadAddress("there is no address")
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", address):
        address = f"https://{address}"
    if len(address) > MAX_ADDRESS:
        return BadAddress("the address is too long")
    if _BLANK.search(address):
        return BadAddress("an address has no spaces")
    return _checked(address)


def _checked(address: str) -> str | BadAddress:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return BadAddress("it cannot be read as an address")
    if parts.scheme.lower() not in {"http", "https"}:
        return BadAddress("only http:// and https:// addresses can be read")
    if parts.username is not None or parts.password is not None:
        return BadAddress("an address with a user name or password is not taken")
    if not host or not re.search(r"[.:]|^localhost$", host):
        return BadAddress("it names no server")
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower(), fragment="").geturl()
