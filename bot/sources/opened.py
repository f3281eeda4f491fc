"""An element while the walk is inside of it: what it hands on to everything that it holds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model import BlockKind
from bot.sources.addresses import absolute
from bot.sources.elements import PROSE, Attributes, classes, is_bold, is_furniture, is_time, own_id, rank


@dataclass(slots=True)
class Region:
    """A ``main`` or ``article`` element: which blocks it holds."""

    tag: str
    start: int
    end: int = 0


@dataclass(slots=True)
class Open:
    """An element that is being walked."""

    line: bool = False
    """It stands on lines of its own."""
    prose: bool = False
    """It can't hold other lines."""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    id: str | None = None
    link: str | None = None
    """Where the link that it is, or stands in, leads."""
    bold: bool = False
    time: bool = False
    apart: bool = False
    """Only the page's style parts it from the words beside it."""
    classed: bool = False
    """It is a ``span`` with a class: two of them side by side are parted by style too."""
    preformatted: bool = False
    article: bool = False
    furniture: bool = False
    region: Region | None = None


def open_line(tag: str, attributes: Attributes, around: Open) -> Open:
    """An element on lines of its own, inside of ``around``."""
    level = rank(tag, attributes)
    kind = BlockKind.HEADING if level else around.kind
    return Open(
        line=True,
        prose=tag in PROSE,
        kind=BlockKind.LIST_ITEM if tag == "li" else kind,
        level=level or around.level,
        id=own_id(attributes) or around.id,
        link=around.link,
        bold=around.bold or is_bold(tag, attributes),
        preformatted=around.preformatted or tag == "pre",
        article=around.article or tag in ("article", "main", "li"),
        furniture=around.furniture or is_furniture(tag, attributes, inside_article=around.article),
    )


def open_inline(tag: str, attributes: Attributes, around: Open, *, base: str | None) -> Open:
    """An element inside of a line of ``around``."""
    return Open(
        prose=True,
        kind=around.kind,
        level=around.level,
        id=around.id,
        link=(absolute(attributes.get("href"), base) if tag == "a" else None) or around.link,
        bold=around.bold or is_bold(tag, attributes),
        time=around.time or is_time(tag),
        apart=is_time(tag) or ("-" in tag and not tag.startswith("tg-")),
        classed=tag == "span" and bool(classes(attributes)),
        preformatted=around.preformatted,
        article=around.article,
        furniture=around.furniture or is_furniture(tag, attributes, inside_article=around.article),
    )
