"""When a server wants to be asked again: ``Retry-After`` and freshness (RFC 9110 §10.2.3, RFC 9111 §4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=30)
"""Longer wishes are taken for this; nothing that wants more is a live source."""

_DIRECTIVE = re.compile(r'([\w-]+)\s*(?:=\s*"?([^",]*)"?)?')


def retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the server asks to wait, or ``None`` where it asks nothing. ``now`` is UTC."""
    value = headers.get("Retry-After")
    if value is None:
        return None
    seconds = _seconds(value)
    if seconds is None:
        moment = _moment(value)
        seconds = None if moment is None else moment - now
    return min(seconds, LONGEST) if seconds is not None and seconds > timedelta(0) else None


def fresh_for(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the answer stays fresh: zero where it does not, ``None`` where nothing is said of it.

    A cache would let ``max-age`` silence ``Expires``. Here the longer of the two counts: coming later is no harm.
    """
    directives = {name.lower(): value for name, value in _DIRECTIVE.findall(headers.get("Cache-Control", ""))}
    if directives.keys() & {"no-cache", "no-store"}:
        return timedelta(0)
    lifetimes = [_max_age(directives, headers), _until_expiry(headers, now=now)]
    longest = max((lifetime for lifetime in lifetimes if lifetime is not None), default=None)
    return None if longest is None else max(timedelta(0), min(longest, LONGEST))


def _max_age(directives: Mapping[str, str], headers: Mapping[str, str]) -> timedelta | None:
    lifetime = _seconds(directives.get("max-age", ""))
    return None if lifetime is None else lifetime - (_seconds(headers.get("Age", "")) or timedelta(0))


def _until_expiry(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    expires = _moment(headers.get("Expires", ""))
    return None if expires is None else expires - (_moment(headers.get("Date", "")) or now)


def _seconds(value: str) -> timedelta | None:
    value = value.strip()
    if not value.isascii() or not value.isdigit():
        return None
    return timedelta(seconds=int(value)) if len(value) < 9 else LONGEST


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
