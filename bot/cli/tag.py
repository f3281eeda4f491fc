"""``sitrep tag``: what the rules make of texts, one a line, without storing or sending anything."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import Json, Language

if TYPE_CHECKING:
    from bot.packs import Packs

Directory = Annotated[
    Path | None, typer.Option("--packs", metavar="DIR", help="An operator's packs, as in [packs] directory.")
]

Extra = Annotated[
    list[str] | None,
    typer.Option("--optional", metavar="NAME", help="An optional topic to switch on, as in [packs] optional."),
]


def tag(language: Language = None, as_json: Json = False, packs: Directory = None, optional: Extra = None) -> None:
    """Read texts from standard input, one a line; print topics with their reasons, speakers, places, level, victims."""
    from bot.packs import load_packs

    loaded = load_packs(packs, optional or ())
    for raw in sys.stdin.buffer:
        text = raw.decode("utf-8", errors="replace").strip()
        found = describe(text, loaded, language)
        shown = json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_lines(text, found))
        sys.stdout.buffer.write(f"{shown}\n".encode())
        sys.stdout.buffer.flush()


def describe(text: str, packs: Packs, language: str | None) -> dict[str, Any]:
    """What ``--json`` prints for one text; an empty one has the topic ``other`` and nothing else."""
    from bot.core.model import NewsUpdate
    from bot.core.places import names_of

    news = NewsUpdate(text, 0)
    tags = packs.tag(news, language=language)
    grade = packs.grade(news, tags, language=language)
    return {
        "topics": [tag.topic for tag in tags],
        "why": {tag.topic: [asdict(match) for match in tag.matches] for tag in tags if tag.matches},
        "attribution": list(packs.attribution(news, language=language)),
        "places": list(names_of(packs.places(news))),
        "level": grade.level,
        "level_why": [{"reason": reason, "points": points} for reason, points in grade.reasons],
        "casualties": asdict(packs.casualties(news, language=language)),
    }


def _lines(text: str, found: dict[str, Any]) -> Iterator[str]:
    yield text or "(empty)"
    for topic in found["topics"]:
        words = dict.fromkeys(match["words"] for match in found["why"].get(topic, ()))
        yield f"  {topic}{': ' if words else ''}{', '.join(words)}"
    for name in ("attribution", "places"):
        if found[name]:
            yield f"  {name}: {', '.join(found[name])}"
    points = ", ".join(f"{one['reason']} {one['points']:+}" for one in found["level_why"])
    yield f"  level: {found['level']}{f' ({points})' if points else ''}"
    counted = {kind: number for kind, number in found["casualties"].items() if number is not None}
    if counted:
        yield f"  casualties: {', '.join(f'{kind} {number}' for kind, number in counted.items())}"
