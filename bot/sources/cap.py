"""The Common Alerting Protocol 1.2 (OASIS; 1.0 and 1.1 read the same): one item for each alert.

An Update or Cancel takes the key of the earliest alert that it refers to, so that it supersedes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml import etree

from bot.core.model import Block, BlockKind, Document, Entry, EntryKind
from bot.sources.addresses import absolute
from bot.sources.base import MAX_ENTRIES, Raw, UnreadableError
from bot.sources.characters import fold
from bot.sources.dates import stated
from bot.sources.keys import Named, keys_of
from bot.sources.markup import blocks_of_lines
from bot.sources.page import language_tag

NAME: Final = "cap"

_NAMESPACE = re.compile(r"""<(?:\w+:)?alert\b[^<>]{0,2000}["']urn:oasis:names:tc:emergency:cap:1\.\d["']""")
_FEED = re.compile(r"<(?:rss|(?:\w+:)?feed|rdf:RDF)\b")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NO_NEWS: Final = frozenset({"Ack", "Error"})
"""Messages between alerting systems."""


def sniff(raw: Raw) -> bool:
    """An ``alert`` in a CAP namespace, alone or in an envelope; a feed that carries alerts is read as a feed."""
    found = _NAMESPACE.search(raw.head)
    return found is not None and not _FEED.search(raw.head, 0, found.start())


def parse(raw: Raw) -> Document:
    """Read every alert. Raises :class:`UnreadableError` for a DTD, or when no alert can be saved."""
    if "<!DOCTYPE" in raw.head:
        raise UnreadableError("the alert defines its own document type, which is refused")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(_XML_DECLARATION.sub("", raw.text).encode(), parser)
    if root is None:
        raise UnreadableError("the alert is no well-formed XML")
    alerts = [alert for alert in _all(root, "alert") if _value(alert, "msgType") not in _NO_NEWS]
    if not alerts:
        raise UnreadableError("the document holds no alert to publish")
    infos = [_infos(alert, raw.language) for alert in alerts[:MAX_ENTRIES]]
    # Several alerts of one document may refer to the same earlier one: keys_of keeps them apart.
    titles = [_title(chosen) for chosen in infos]
    keys = keys_of([Named(_key(a), None, t, "") for a, t in zip(alerts, titles, strict=False)])
    entries = (_entry(alert, info, key, raw) for alert, info, key in zip(alerts, infos, keys, strict=False))
    language = next(
        (tag for chosen in infos for info in chosen if (tag := language_tag(_value(info, "language")))), None
    )
    damaged = "the XML is cut off or not well-formed" if len(parser.error_log) else raw.decoded.damage
    return Document(NAME, tuple(entries), titles[0], language, damaged=damaged)


def _entry(alert: etree._Element, infos: Sequence[etree._Element], key: str, raw: Raw) -> Entry:
    return Entry(
        EntryKind.ITEM,
        key,
        tuple(dict.fromkeys(_blocks(infos))),
        _title(infos),
        next((link for info in infos if (link := absolute(_value(info, "web"), raw.url))), None),
        published=stated(_value(alert, "sent")),
        retracted=_value(alert, "msgType") == "Cancel",
        exercise=_value(alert, "status") in ("Exercise", "Test"),
    )


def _infos(alert: etree._Element, language: str | None) -> list[etree._Element]:
    """The ``info`` elements of one language: the asked one, else that of the first."""
    infos = list(_all(alert, "info"))
    if not infos:
        return []
    tags = [(language_tag(_value(info, "language")) or "en-US").lower() for info in infos]
    wanted = (language or "").lower().partition("-")[0]
    chosen = next((tag for tag in tags if wanted and tag.partition("-")[0] == wanted), tags[0])
    return [info for info, tag in zip(infos, tags, strict=True) if tag == chosen]


def _title(infos: Sequence[etree._Element]) -> str | None:
    return next((text for info in infos if (text := _value(info, "headline") or _value(info, "event"))), None)


def _blocks(infos: Sequence[etree._Element]) -> Iterable[Block]:
    """What happened, what to do, and where, in the alert's own words."""
    for info in infos:
        for name in ("description", "instruction"):
            yield from blocks_of_lines(_raw_value(info, name))
        areas = ", ".join(text for area in _all(info, "area") if (text := _value(area, "areaDesc")))
        if areas:
            yield Block(BlockKind.PARAGRAPH, areas)


def _key(alert: etree._Element) -> str | None:
    """The identifier of the earliest alert of the chain: ``references`` are "sender,identifier,sent", space between."""
    references = [parts for text in _value(alert, "references").split() if len(parts := text.split(",")) == 3]
    if references:
        return min(references, key=lambda parts: parts[2])[1]
    return _value(alert, "identifier") or None


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    yield from element.iter(f"{{*}}{name}")


def _raw_value(element: etree._Element, name: str) -> str:
    child = element.find(f"{{*}}{name}")
    return "".join(str(text) for text in child.itertext()) if child is not None else ""


def _value(element: etree._Element, name: str) -> str:
    """The text of a direct child on one line; "" when it is missing."""
    return fold(_raw_value(element, name))
