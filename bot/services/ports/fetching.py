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
    retry_after: timedelta | None = None
    """The server's wish for the next request (Retry-After, or freshness), or ``None``."""
    moved_to: str | None = None
    """The address to ask from now on, where nothing but permanent redirects (301, 308) led there; else ``None``."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: what was read last time still stands."""

    validators: Validators | None = None
    retry_after: timedelta | None = None
    moved_to: str | None = None
    """As in :class:`Fetched`."""


@dataclass(frozen=True, slots=True)
class Failed:
    """No document: why, in words for an admin."""

    reason: str
    """One line without secrets: "HTTP 404, the page has moved or gone", "no answer within 20 s" …"""
    permanent: bool = False
    """The server says that it will never come back (410), or the address itself is refused."""
    retry_after: timedelta | None = None


FetchOutcome = Fetched | NotModified | Failed


class Fetcher(Protocol):
    """Polite, bounded, safe HTTP."""

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        """GET ``url``, conditionally where ``validators`` belong to it. Raises nothing but cancellation."""
        ...
