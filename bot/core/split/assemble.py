"""Pieces and dates put together: updates, and what is left out with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.core.model import BlockKind, LeftOut, NewsUpdate
from bot.core.split.dating import Dated
from bot.core.split.lines import PARAGRAPH_BREAK, Line
from bot.core.split.page import PageSplit
from bot.core.split.pieces import Piece, Role
from bot.core.split.service import is_service
from bot.core.split.zoning import Zone


@dataclass(frozen=True, slots=True)
class Assembled:
    """What one entry of a document gave."""

    updates: tuple[NewsUpdate, ...]
    left_out: tuple[LeftOut, ...]
    zone: Zone
    reader: str
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Draft:
    """The pieces of one update, as they are met."""

    heading: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def assemble(page: PageSplit, *, page_key: str, url: str | None) -> Assembled:
    """Makes updates of a page's pieces, positions counted from 0."""
    drafts = [_Draft() for _ in page.outline.entries]
    left_out: list[LeftOut] = []
    before: Piece | None = None
    for piece in page.outline.pieces:
        if piece.entry is None or piece.role is Role.LEFT:
            left_out.append(LeftOut(piece.text, piece.reason or "unclaimed"))
        else:
            _add(drafts[piece.entry], piece, before)
        before = piece
    ids = Counter(identifier for draft in drafts for identifier in {line.id for line in draft.lines} if identifier)
    updates: list[NewsUpdate] = []
    for draft, dated in zip(drafts, page.dated, strict=True):
        if draft.heading or draft.body:
            updates.append(
                _update(draft, dated, page.zone.name, position=len(updates), page_key=page_key, url=url, ids=ids)
            )
        elif draft.tokens:
            left_out.append(LeftOut(" ".join(draft.tokens).strip(), "empty-entry"))
    return Assembled(tuple(updates), tuple(left_out), page.zone, page.reader, page.warnings)


def _add(draft: _Draft, piece: Piece, before: Piece | None) -> None:
    draft.lines.append(piece.line)
    if piece.role is Role.TOKEN:
        draft.tokens.append(piece.text)
    elif piece.role is Role.HEADING:
        draft.heading.append(piece.text.strip())
    else:
        runs_on = before is not None and before.role is Role.BODY and before.entry == piece.entry
        if draft.body:
            draft.body.append(piece.line.joint if runs_on else PARAGRAPH_BREAK)
        draft.body.append(piece.text.strip())


def _update(
    draft: _Draft, dated: Dated, zone: str, *, position: int, page_key: str, url: str | None, ids: Counter[str]
) -> NewsUpdate:
    text = "".join(draft.body)
    heading = " ".join(draft.heading) or None
    return NewsUpdate(
        text=text,
        position=position,
        page_key=page_key,
        heading=heading,
        local_date=dated.day,
        local_time=dated.clock,
        zone=zone,
        published_at=instant(dated, ZoneInfo(zone)),
        date_from=dated.source,
        vendor_id=next((line.id for line in draft.lines if line.id and ids[line.id] == 1), None),
        url=_permalink(draft.lines) or url,
        service=is_service(f"{heading or ''} {text}"),
    )


def instant(dated: Dated, zone: ZoneInfo) -> datetime | None:
    """The moment of an update in UTC, or ``None`` when it has no time."""
    if dated.moment:
        return dated.moment.astimezone(UTC)
    return datetime.combine(dated.day, dated.clock, zone).astimezone(UTC) if dated.clock else None


def _permalink(lines: Sequence[Line]) -> str | None:
    """The link on an update's time: on live pages that is the update's own address."""
    return next((line.link for line in lines if line.kind is BlockKind.TIME and line.link), None)
