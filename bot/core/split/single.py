"""Entries that are one update by construction: a channel's message, a ``liveBlogUpdate``, a feed's item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.model import DateFrom, Entry, EntryKind, LeftOut, NewsUpdate
from bot.core.split.assemble import Assembled
from bot.core.split.lines import PARAGRAPH_BREAK, Line, is_plausible, visible
from bot.core.split.service import is_service
from bot.core.split.zoning import Zone

_AHEAD = timedelta(days=1)
"""A stamp further in the future than any zone can explain is a mistake, and tells no time."""


def split_single(entry: Entry, lines: Sequence[Line], zone: Zone, *, read_at: datetime, url: str | None) -> Assembled:
    """One entry as one update; nothing of it is left out but a repeat of its title."""
    heading = visible(entry.title) if entry.title else ""
    repeated = bool(lines) and len(lines) > 1 and lines[0].text == heading
    body = lines[1:] if repeated else lines
    text = PARAGRAPH_BREAK.join(line.text for line in body)
    if text == heading:
        heading = ""
    left_out = (LeftOut(lines[0].text, "title"),) if repeated else ()
    if not text and not heading and not entry.retracted:  # a tombstone has no words, and says all the same
        return Assembled((), left_out, zone, _reader(entry))
    local = _local(entry.published, ZoneInfo(zone.name), read_at)
    news = NewsUpdate(
        text=text,
        position=0,
        # Posts are told apart within their page: some sources number them by position, so an id alone proves nothing.
        page_key="" if entry.kind is EntryKind.POST else entry.key,
        heading=heading or None,
        local_date=(local or read_at.astimezone(ZoneInfo(zone.name))).date(),
        local_time=local.time().replace(second=0, microsecond=0) if local else None,
        zone=zone.name,
        published_at=local.astimezone(UTC) if local else None,
        date_from=_date_from(entry, local),
        vendor_id=entry.key or None,
        url=entry.url or url,
        service=is_service(f"{heading} {text}"),
        retracted=entry.retracted,
        exercise=entry.exercise,
        media=entry.media,
    )
    return Assembled((news,), left_out, zone, _reader(entry))


def _local(published: datetime | None, zone: ZoneInfo, read_at: datetime) -> datetime | None:
    if published is None or not is_plausible(published):
        return None
    aware = published.replace(tzinfo=zone) if published.tzinfo is None else published
    return aware.astimezone(zone) if aware - read_at < _AHEAD else None


def _date_from(entry: Entry, local: datetime | None) -> DateFrom:
    if local is None:
        return DateFrom.FIRST_SEEN
    return DateFrom.PRINTED if entry.kind is EntryKind.POST else DateFrom.FEED


def _reader(entry: Entry) -> str:
    return "posts" if entry.kind is EntryKind.POST else "feed entries"
