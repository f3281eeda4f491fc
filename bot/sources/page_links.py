"""Where a page leads to on its own site: what the search for the next day's page looks through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.core.model import PageLink
from bot.sources.addresses import absolute
from bot.sources.characters import fold
from bot.sources.page import base_of

_MOST: Final = 1_000
_LONGEST: Final = 160
_MOST_LOOKED_AT: Final = 20_000
_NEXT = re.compile(r"(?:next|tomorrow)(?: day| page| update)?s?|(?:next|following) day.{0,30}", re.IGNORECASE)
_ARROWS: Final = " »›→>"


def links_of(tree: LexborHTMLParser, url: str | None) -> tuple[PageLink, ...]:
    """The links of a page that came from ``url`` to other pages of its site, in page order, each address once."""
    base = base_of(tree, url)
    site = _site(base)
    found: dict[str, PageLink] = {}
    for node in _anchors(tree):
        link = absolute((node.attributes.get("href") or "").partition("#")[0], base)
        if link is None or _site(link) != site:
            continue
        text = fold(node.text())[:_LONGEST]
        known = found.get(link)
        if known is None and len(found) < _MOST:
            found[link] = PageLink(link, text, _rel(node, text))
        elif known is not None and len(text) > len(known.text):
            found[link] = PageLink(link, text, known.rel or _rel(node, text))
    return tuple(found.values())


def _anchors(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    yield from tree.css("a[href], link[rel~='next'][href]")[:_MOST_LOOKED_AT]


def _rel(node: LexborNode, text: str) -> str | None:
    stated = (node.attributes.get("rel") or "").lower().split()
    return "next" if "next" in stated or _NEXT.fullmatch(text.strip(_ARROWS)) else None


def _site(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
