"""What is asked of a reading, and what comes out: bytes and what is known about them, then updates or a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.model import PageLink, PublisherWishes, Split


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """Bytes to read, with all that is known about them beforehand."""

    body: bytes
    read_at: datetime
    """The moment of reading, UTC: no update is later than the end of that day."""
    url: str | None = None
    """The document's address: names the zone's country, the date in a path, and resolves links."""
    content_type: str | None = None
    timezone: str | None = None
    """The feed's own setting (IANA)."""
    language: str | None = None
    links: bool = False
    """Also tell where the page leads to."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document understood: its outline (blocks stay in the child) and its split."""

    format: str
    split: Split
    title: str | None = None
    language: str | None = None
    url: str | None = None
    alternates: tuple[str, ...] = ()
    links: tuple[PageLink, ...] = ()
    damaged: str | None = None
    wishes: PublisherWishes = field(default_factory=PublisherWishes)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Not a document that Sitrep can read, in words for an admin."""

    reason: str


ReadOutcome = Reading | Unreadable
