"""``sitrep read``: what the bot would make of a source, without storing or sending anything."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli import source as sources
from bot.cli.options import Day, Json, Language, Timezone, Url

if TYPE_CHECKING:
    from bot.core.model import LeftOut, NewsUpdate
    from bot.core.reading import Reading
    from bot.packs import Packs

Row = dict[str, Any]


def read(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A URL, or a .txt, .html, .xml or .json file.")],
    url: Url = None,
    timezone: Timezone = None,
    day: Day = None,
    language: Language = None,
    as_json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what is left out, with the reason.")] = False,
) -> None:
    """Show what the bot would make of a source: its updates, with time, heading, speaker and topics."""
    from bot.packs import load_packs

    reading = asyncio.run(_read(source, url, timezone, day, language))
    packs = load_packs()
    rows = [row(news, packs, language or reading.language) for news in reading.split.updates]
    left_out = reading.split.left_out if everything else ()
    for line in _json_lines(rows, left_out) if as_json else _table(reading, rows, left_out):
        print(line)
    for warning in reading.split.warnings:
        print(f"warning: {warning}", file=sys.stderr)


async def _read(source: str, url: str | None, timezone: str | None, day: str | None, language: str | None) -> Reading:
    from bot.reading.pool import ReadingPool

    known = {"timezone": sources.check_timezone(timezone), "language": language, "day": sources.parse_day(day)}
    loaded = await sources.load(source)
    async with ReadingPool(size=1) as reader:
        return await sources.read(replace(loaded, **known, url=url or loaded.url), reader)  # type: ignore[arg-type]


def row(news: NewsUpdate, packs: Packs, language: str | None) -> Row:
    """One update as ``--json`` prints it; local values are in the page's zone, ``None`` means that none is given."""
    tags = packs.tag(news, language=language)
    return {
        "date": news.local_date.isoformat() if news.local_date else None,
        "time": news.local_time.strftime("%H:%M") if news.local_time else None,
        "published_at": _with_offset(news.published_at, news.zone),
        "date_from": news.date_from.value,
        "heading": news.heading,
        "text": news.text,
        "attribution": list(packs.attribution(news, language=language)),
        "topics": [tag.topic for tag in tags],
        "places": [place.name for place in packs.places(news)],
        "level": packs.grade(news, tags, language=language).level,
        "service": news.service,
        "url": news.url,
    }


def _with_offset(moment: datetime | None, zone: str) -> str | None:
    """RFC 3339, in the page's own offset."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if moment else None


def _json_lines(rows: Sequence[Row], left_out: Sequence[LeftOut]) -> Iterator[str]:
    for item in [*rows, *({"left_out": piece.text, "reason": piece.reason} for piece in left_out)]:
        yield json.dumps(item, ensure_ascii=False)


def _table(reading: Reading, rows: Sequence[Row], left_out: Sequence[LeftOut]) -> Iterator[str]:
    split = reading.split
    timed = sum(1 for item in rows if item["time"])
    yield f"{reading.title or 'No title'} ({reading.format}). Reader: {split.reader}."
    yield f"Zone: {split.zone} ({split.zone_from}). {len(rows)} updates, {timed} timed, {len(rows) - timed} untimed."
    for number, item in enumerate(rows, start=1):
        when = f"{item['date'] or '----------'} {item['time'] or '--:--'}"
        service = " [service]" if item["service"] else ""
        yield f"{number:3}. {when}  {', '.join(item['topics'])}{service}"
        for part in (item["heading"], "; ".join(item["attribution"]), _shorten(item["text"])):
            if part:
                yield f"     {part}"
    for piece in left_out:
        yield f"  -  left out ({piece.reason}): {_shorten(piece.text)}"


def _shorten(text: str, width: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
