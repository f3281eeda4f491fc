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
from bot.cli.progress import progress
from bot.core.errors import SourceError

if TYPE_CHECKING:
    from bot.core.model import LeftOut, NewsUpdate
    from bot.core.reading import Reading
    from bot.packs import Packs

Row = dict[str, Any]


def read(
    source: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="A URL, or a .txt, .html, .xml or .json file; or several.")
    ],
    url: Url = None,
    timezone: Timezone = None,
    day: Day = None,
    language: Language = None,
    as_json: Json = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what is left out, with the reason.")] = False,
) -> None:
    """Show what the bot would make of a source: its updates, with time, heading, speaker and topics."""
    from bot.packs import load_packs

    if url and len(source) > 1:
        raise SourceError("--url names one page, and there are several sources")
    known = sources.Source(
        b"", url, timezone=sources.check_timezone(timezone), language=language, day=sources.parse_day(day)
    )
    readings = asyncio.run(_read_all(source, known))
    packs = load_packs()
    for name, reading in readings.items():
        if isinstance(reading, SourceError):
            print(f"sitrep: {reading}", file=sys.stderr)
            continue
        if len(source) > 1 and not as_json:
            print(f"== {name}")
        _show(reading, packs, language, as_json=as_json, everything=everything)
    failures = [reading for reading in readings.values() if isinstance(reading, SourceError)]
    if failures:
        raise typer.Exit(SourceError.exit_code)


def _show(reading: Reading, packs: Packs, language: str | None, *, as_json: bool, everything: bool) -> None:
    rows = [row(news, packs, language or reading.language) for news in reading.split.updates]
    left_out = reading.split.left_out if everything else ()
    for line in _json_lines(rows, left_out) if as_json else _table(reading, rows, left_out):
        print(line)
    for warning in reading.split.warnings:
        print(f"warning: {warning}", file=sys.stderr)


async def _read_all(names: Sequence[str], known: sources.Source) -> dict[str, Reading | SourceError]:
    """What each source is read as, or why it is not; a single one that can't be read is raised."""
    from bot.reading.pool import ReadingPool

    found: dict[str, Reading | SourceError] = {}
    async with ReadingPool(size=1) as reader:
        with progress("Reading", len(names)) as done:
            for name in names:
                try:
                    loaded = await sources.load(name)
                    whole = replace(known, body=loaded.body, url=known.url or loaded.url)
                    found[name] = await sources.read(replace(whole, content_type=loaded.content_type), reader)
                except SourceError as error:
                    if len(names) == 1:
                        raise
                    found[name] = error
                done(1)
    return found


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
