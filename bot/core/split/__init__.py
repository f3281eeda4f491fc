"""Splits a document into its updates: one splitter for pages, feed entries, posts and plain text.

Document ─entries▶ lines ─stamps▶ family ─regions▶ pieces ─dates▶ updates + what is left out
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.core.model import Document, Entry, EntryKind, LeftOut, Split
from bot.core.split.assemble import Assembled, assemble
from bot.core.split.context import PageContext
from bot.core.split.lines import is_plausible, lines_of
from bot.core.split.page import page_without_marks, split_chronology, split_page
from bot.core.split.single import split_single

__all__ = ["SplitContext", "split"]


@dataclass(frozen=True, slots=True)
class SplitContext:
    """What is known about a document besides its content."""

    read_at: datetime
    """The moment of reading, UTC: no update is later than the end of that day in the page's zone."""
    url: str | None = None
    """The document's address: names the publisher's country, and often the day."""
    timezone: str | None = None
    """The feed's own setting (IANA)."""
    language: str | None = None
    """BCP 47, as declared by the feed or the document."""


def split(document: Document, context: SplitContext) -> Split:
    """Splits a document into updates, in document order.

    Every visible character is afterwards in exactly one update (its text, its heading, or the stamp that became its
    time) or in exactly one left-out piece.
    """
    parts = [_split_entry(entry, document, context) for entry in document.entries]
    updates = [news for part in parts for news in part.updates]
    zone = next(
        (part.zone for part in parts if part.updates), page_without_marks(_page_context(None, document, context))
    )
    warnings = dict.fromkeys(warning for part in parts for warning in part.warnings)
    if zone.warning:
        warnings.setdefault(zone.warning)
    return Split(
        updates=tuple(replace(news, position=position) for position, news in enumerate(updates)),
        left_out=tuple(piece for part in parts for piece in part.left_out),
        zone=zone.name,
        zone_from=zone.source,
        reader=" and ".join(dict.fromkeys(part.reader for part in parts if part.updates)) or "nothing to read",
        warnings=tuple(warnings),
    )


def _split_entry(entry: Entry, document: Document, context: SplitContext) -> Assembled:
    page = _page_context(entry, document, context)
    lines = lines_of(entry.blocks)
    url = entry.url or page.url
    match entry.kind:
        case EntryKind.PAGE:
            return assemble(split_page(lines, page), page_key=entry.key, url=url)
        case EntryKind.ITEM:
            if chronology := split_chronology(lines, page, fewest=2):
                return _with_title(assemble(chronology, page_key=entry.key, url=url), entry)
        case EntryKind.POST:
            pass
        case _:
            assert_never(entry.kind)
    return split_single(entry, lines, page_without_marks(page), read_at=context.read_at, url=page.url)


def _page_context(entry: Entry | None, document: Document, context: SplitContext) -> PageContext:
    return PageContext(
        read_at=context.read_at,
        url=context.url or document.url,
        timezone=context.timezone,
        language=context.language or document.language,
        title=(entry.title if entry else None) or document.title,
        published=entry.published if entry and entry.published and is_plausible(entry.published) else None,
        updated=entry.updated if entry and entry.updated and is_plausible(entry.updated) else None,
    )


def _with_title(part: Assembled, entry: Entry) -> Assembled:
    """The title of an entry that turns out to be a chronology heads none of its updates."""
    left_out = (LeftOut(entry.title, "title"), *part.left_out) if entry.title else part.left_out
    return replace(part, left_out=left_out)
