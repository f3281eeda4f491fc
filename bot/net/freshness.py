"""When a server wants to be asked again: ``Retry-After`` and freshness (RFC 9110 §10.2.3, RFC 9111 §4.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=30)
"""Longer wishes are taken for this; nothing that wants more is a live source."""

_DIRECTIVE = re.compile(r'([\w-]+)\s*(?:=\s*"?([^",]*)"?)?')


def wish(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long the server asks to wait before the next request, or ``None`` where it asks nothing.

    The longest of ``Retry-After``, ``max-age`` − ``Age`` and ``Expires`` − ``Date`` counts. ``now`` is UTC.
    """
    wishes = [_retry_after(headers, now=now), _freshness(headers, now=now)]
    longest = max((wished for wished in wishes if wished is not None), default=timedelta(0))
    return min(longest, LONGEST) if longest > timedelta(0) else None


def _retry_after(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    value = headers.get("Retry-After")
    if value is None:
        return None
    seconds = _seconds(value)
    if seconds is not None:
        return seconds
    moment = _moment(value)
    return None if moment is None else moment - now


def _freshness(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    directives = {name.lower(): value for name, value in _DIRECTIVE.findall(headers.get("Cache-Control", ""))}
    if directives.keys() & {"no-cache", "no-store"}:
        return None
    if "max-age" in directives:
        lifetime = _seconds(directives["max-age"])
        return None if lifetime is None else lifetime - (_seconds(headers.get("Age", "")) or timedelta(0))
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
