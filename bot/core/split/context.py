"""What is known of a page besides its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page besides its lines."""

    read_at: datetime
    """UTC."""
    url: str | None = None
    timezone: str | None = None
    language: str | None = None
    title: str | None = None
    published: datetime | None = None
    """When its feed says that it appeared; naive means the page's zone."""
    updated: datetime | None = None
