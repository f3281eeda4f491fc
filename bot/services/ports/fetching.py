"""The port of HTTP: one polite, bounded, safe GET and its outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.core.archive import Validators


@dataclass(frozen=True, slots=True)
class Fetched:
    """A 200 with its body, decoded from any content coding."""

    body: bytes
    url: str
    """The address that answered, after redirects."""
    content_type: str | None = None
    """The whole header, charset included."""
    validators: Validators | None = None
    """``None`` where this answer has none: those of an earlier one are void."""
    retry_after: timedelta | None = None
    """How long the server asks to wait (RFC 9110 §10.2.3), or ``None``."""
    fresh_for: timedelta | None = None
    """How long the answer stays fresh (RFC 9111 §4.2), zero where it does not; ``None`` where nothing is said of it."""
    moved_to: str | None = None
    """The address to ask from now on, where nothing but permanent redirects (301, 308) led there; else ``None``."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: what was read last time still stands."""

    validators: Validators | None = None
    """Those to send next time: the answer's, and of the earlier ones what it does not repeat."""
    retry_after: timedelta | None = None
    fresh_for: timedelta | None = None
    """``None`` where nothing is said of it: what the last whole answer said still holds."""
    moved_to: str | None = None
    """As in :class:`Fetched`."""


@dataclass(frozen=True, slots=True)
class SitePause:
    """A whole site wants to be left alone."""

    site: str
    """The part of a host name that its owner registered."""
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Failed:
    """No document: why, in words for an admin."""

    reason: str
    """One line without secrets: "HTTP 404, the page has moved or gone", "no answer within 20 s" …"""
    permanent: bool = False
    """The server says that it will never come back (410), or the address itself is refused."""
    retry_after: timedelta | None = None
    status: int | None = None
    """The HTTP status of the answer; ``None`` where there was none, or it broke off."""
    site_pause: SitePause | None = None
    """The whole site wants to be left alone (429 and 503 with ``Retry-After``)."""
    postponed: bool = False
    """Nothing was asked, because the site still wants to be left alone: no failure of this address."""


FetchOutcome = Fetched | NotModified | Failed


class Fetcher(Protocol):
    """Polite, bounded, safe HTTP."""

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        """GET ``url``, conditionally where ``validators`` belong to it. Raises nothing but cancellation."""
        ...
