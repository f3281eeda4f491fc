"""Subscription lists as OPML 2.0 (http://opml.org/spec2.opml): feeds in, and out again with all that was decided.

What OPML has no attribute for (zone, interval, topics, a page per day) stands in a namespace of our own, as the
standard asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from lxml import etree

from bot.core.archive import FeedSettings
from bot.core.web_address import BadAddress, to_address
from bot.sources.base import UnreadableError
from bot.sources.characters import fold, without_unseen
from bot.sources.charset import decode
from bot.sources.nesting import MAX_XML_DEPTH, deeper_than
from bot.sources.page import language_tag

NAMESPACE: Final = "urn:sitrep:opml"
MAX_FEEDS: Final = 10_000
_MAX_SIZE: Final = 10 * 1024 * 1024
_MAX_PROBLEMS: Final = 1_000
_LONGEST_TITLE: Final = 200
_DECLARATION = re.compile(r"\s*<\?xml\b[^<>]{0,300}\?>", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}", re.ASCII)
_SHORTEST: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Problem:
    """A feed of the list that is not taken, or a setting of it that is left out."""

    feed: str
    """Its address, or its title where it has none."""
    reason: str


@dataclass(frozen=True, slots=True)
class FeedList:
    """What a subscription list holds."""

    feeds: tuple[FeedSettings, ...]
    """In its order, each address once."""
    problems: tuple[Problem, ...] = ()


def read_opml(body: bytes) -> FeedList:
    """The feeds of a list, folders left aside; what is wrong with single ones is named and harms no other.

    Raises:
        UnreadableError: It is no OPML, larger than 10 MB or 10 000 feeds, nested beyond all reason, or has a document
            type: entities are not read.
    """
    if len(body) > _MAX_SIZE:
        raise UnreadableError("the list is larger than 10 MB")
    text = decode(body).text
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnreadableError("the list has a document type, which is refused")
    if deeper_than(text, MAX_XML_DEPTH):
        raise UnreadableError(f"it is nested more than {MAX_XML_DEPTH} elements deep")
    return _list_of(_outlines(_DECLARATION.sub("", text, count=1)))


def write_opml(feeds: Iterable[tuple[str, FeedSettings]], *, title: str = "Sitrep") -> Iterator[str]:
    """The lines of a list.

    Args:
        feeds: The title that people see, and the settings, of each.
        title: The list's own.
    """
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0" xmlns:sitrep={quoteattr(NAMESPACE)}>\n'
    yield f"<head><title>{escape(fold(title))}</title></head>\n<body>\n"
    for shown, settings in feeds:
        attributes = " ".join(f"{name}={quoteattr(fold(value))}" for name, value in _attributes(shown, settings))
        yield f"<outline {attributes}/>\n"
    yield "</body>\n</opml>\n"


def _outlines(text: str) -> list[dict[str, str]]:
    """The attributes of every outline with an address, their names in lower case."""
    # Without a document type there are no entities but the five of XML, and nothing is fetched.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(without_unseen(text).encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise UnreadableError("it is no OPML")
    found = []
    for element in root.iter("{*}outline", "{*}Outline"):
        attributes = {_local(name): fold(value) for name, value in element.attrib.items()}
        if "xmlurl" in attributes:
            found.append(attributes)
        if len(found) > MAX_FEEDS:
            raise UnreadableError(f"the list has more than {MAX_FEEDS} feeds")
    return found


def _local(name: str) -> str:
    """``sitrep:zone`` for ours, the bare name in lower case for all others."""
    full = etree.QName(name)
    return f"sitrep:{full.localname}" if full.namespace == NAMESPACE else full.localname.lower()


def _list_of(outlines: Iterable[Mapping[str, str]]) -> FeedList:
    feeds: dict[str, FeedSettings] = {}
    problems: list[Problem] = []
    for outline in outlines:
        url = to_address(outline["xmlurl"])
        title = outline.get("title") or outline.get("text") or ""
        if isinstance(url, BadAddress):
            problems.append(Problem(_clip(outline["xmlurl"] or title), url.reason))
        elif url in feeds:
            problems.append(Problem(_clip(url), "it stands in the list more than once"))
        else:
            feeds[url] = _settings(url, title, outline, problems)
    return FeedList(tuple(feeds.values()), tuple(problems[:_MAX_PROBLEMS]))


def _settings(url: str, title: str, outline: Mapping[str, str], problems: list[Problem]) -> FeedSettings:
    zone, interval = outline.get("sitrep:zone"), outline.get("sitrep:interval")
    if zone and not _is_zone(zone):
        problems.append(Problem(_clip(url), f"there is no time zone “{_clip(zone)}”"))
        zone = None
    length = _seconds(interval)
    if interval and length is None:
        problems.append(Problem(_clip(url), "its interval is no number of seconds from 30 to 604800"))
    topics = [topic for topic in re.split(r"[,\s]+", outline.get("sitrep:topics", "")) if _SLUG.fullmatch(topic)]
    return FeedSettings(
        url,
        title=title[:_LONGEST_TITLE] if title and title != url else None,
        timezone=zone or None,
        language=language_tag(outline.get("language")),
        interval=length,
        topics=tuple(dict.fromkeys(topics)),
        follow_days=outline.get("sitrep:followDays") == "true",
    )


def _attributes(shown: str, settings: FeedSettings) -> Iterator[tuple[str, str]]:
    yield "type", "rss"
    yield "text", shown
    if settings.title:
        yield "title", settings.title
    yield "xmlUrl", settings.url
    if settings.language:
        yield "language", settings.language
    if settings.timezone:
        yield "sitrep:zone", settings.timezone
    if settings.interval:
        yield "sitrep:interval", str(round(settings.interval.total_seconds()))
    if settings.topics:
        yield "sitrep:topics", ",".join(settings.topics)
    if settings.follow_days:
        yield "sitrep:followDays", "true"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _seconds(text: str | None) -> timedelta | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 7:
        return None
    length = timedelta(seconds=int(text))
    return length if _SHORTEST <= length <= _LONGEST else None


def _clip(words: str) -> str:
    """Words of the list as they are told to a person: one line of sane length."""
    return words if len(words) <= 120 else words[:119] + "…"
