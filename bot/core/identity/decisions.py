"""Which of the updates just read are the ones already known, and what changed in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.core.model import NewsState, NewsUpdate


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive remembers of an update that it has seen."""

    id: int
    page_key: str
    position: int
    """Its place in the page when it was last there."""
    text: str
    heading: str | None = None
    local_date: date | None = None
    local_time: time | None = None
    vendor_id: str | None = None
    vendor_id_proven: bool = False
    """Two reads running have shown the vendor id with the same text."""
    state: NewsState = NewsState.CURRENT
    missing_reads: int = 0
    """Reads running in which it was missing while both its neighbours stayed."""


@dataclass(frozen=True, slots=True)
class New:
    """Never seen before."""

    news: NewsUpdate
    reason: str
    alerts: bool = True
    """``False`` when its words stood in another update before: an editor split one in two."""


@dataclass(frozen=True, slots=True)
class Same:
    """Known, and nothing in it that a reader must be told about; ``touched`` says that its row must change anyway."""

    known: Known
    news: NewsUpdate
    reason: str
    touched: bool
    """The words, heading, clock or place in the page differ: overwrite silently (and edit what was sent)."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Known, and a fact in it changed: a number, name, place, negation or speaker."""

    known: Known
    news: NewsUpdate
    reason: str
    changes: tuple[tuple[str, str], ...] = ()
    """Pairs (old words, new words); an empty string where words were only added or only cut."""
    kinds: tuple[str, ...] = ()
    """What kinds of facts changed, in alphabetical order; see :class:`bot.core.identity.facts.Change`."""


@dataclass(frozen=True, slots=True)
class Added:
    """Known, and text was added; ``alerts`` when it brings a new number or place."""

    known: Known
    news: NewsUpdate
    reason: str
    added: str
    alerts: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The source's own words take it back, or mark it as retracted."""

    known: Known
    news: NewsUpdate
    reason: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Gone for the first read while both neighbours stay: wait for the next read."""

    known: Known
    reason: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Gone in two reads running while both neighbours stay."""

    known: Known
    reason: str


Decision = New | Same | Corrected | Added | Withdrawn | Missing | Removed
