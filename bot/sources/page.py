"""What a page says about itself: title, address, language, dates, and the feeds that it advertises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from bot.sources.addresses import absolute
from bot.sources.characters import fold
from bot.sources.dates import stated

_FEED_TYPES: Final = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
        "application/cap+xml",
    }
)
_PUBLISHED: Final = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "date",
    "dc.date.issued",
    "pubdate",
)
_MODIFIED: Final = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DOCUMENT = re.compile(r"\s*(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MOST_ALTERNATES: Final = 20


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The head of an HTML page, read."""

    base: str | None
    """What its links are resolved against."""
    title: str | None
    url: str | None
    """The canonical address that it states."""
    language: str | None
    published: datetime | None
    modified: datetime | None
    alternates: tuple[str, ...]


def begins_as_page(head: str) -> bool:
    """The document begins as an HTML page does."""
    return _DOCUMENT.match(head) is not None


def facts_of(tree: LexborHTMLParser, url: str | None) -> PageFacts:
    """Read the facts of a page that came from ``url``."""
    base = base_of(tree, url)
    meta = _meta(tree)
    return PageFacts(
        base=base,
        title=_title(tree, meta),
        url=_canonical(tree, base) or absolute(meta.get("og:url"), base),
        language=_language(tree, meta),
        published=_first_moment(meta, _PUBLISHED),
        modified=_first_moment(meta, _MODIFIED),
        alternates=_alternates(tree, base),
    )


def language_tag(stated_tag: str | None) -> str | None:
    """A BCP 47 tag with hyphens, or ``None`` for anything that is none."""
    tag = (stated_tag or "").strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else None


def base_of(tree: LexborHTMLParser, url: str | None) -> str | None:
    """What the links of a page that came from ``url`` are resolved against."""
    element = tree.css_first("base[href]", strict=False)
    return absolute(element.attributes.get("href"), url) or url if element is not None else url


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Names and properties of ``meta`` elements, lower case, the first of each."""
    found: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        attributes = element.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name:
            found.setdefault(name.lower(), attributes.get("content") or "")
    return found


def _title(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    element = tree.css_first("title", strict=False)
    return fold(meta.get("og:title", "")) or (fold(element.text()) if element is not None else "") or None


def _canonical(tree: LexborHTMLParser, base: str | None) -> str | None:
    element = tree.css_first('link[rel~="canonical"][href]', strict=False)
    return absolute(element.attributes.get("href"), base) if element is not None else None


def _language(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    element = tree.css_first("html", strict=False)
    declared = element.attributes.get("lang") or element.attributes.get("xml:lang") if element is not None else None
    return language_tag(declared) or language_tag(meta.get("og:locale"))


def _first_moment(meta: dict[str, str], names: tuple[str, ...]) -> datetime | None:
    return next((moment for name in names if (moment := stated(meta.get(name))) is not None), None)


def _alternates(tree: LexborHTMLParser, base: str | None) -> tuple[str, ...]:
    links = (
        absolute(attributes.get("href"), base)
        for element in tree.css('link[rel~="alternate"][href]')
        if ((attributes := element.attributes).get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
    )
    return tuple(dict.fromkeys(link for link in links if link))[:_MOST_ALTERNATES]
