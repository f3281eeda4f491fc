"""RSS 0.9x, 1.0 (RDF) and 2.0, and Atom, through feedparser, which saves what broken XML has to give."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import feedparser

from bot.core.model import Block, Document, Entry, EntryKind, Media
from bot.sources.addresses import absolute
from bot.sources.attached import media_of
from bot.sources.base import Raw, UnreadableError
from bot.sources.characters import fold
from bot.sources.dates import stated
from bot.sources.feed_xml import FeedXml, feed_xml, looks_like_feed
from bot.sources.keys import Named, keys_of
from bot.sources.markup import blocks_of_lines, blocks_of_markup, text_of_markup, without_pointer, without_repeat
from bot.sources.nesting import MAX_XML_DEPTH
from bot.sources.page import begins_as_page, language_tag
from bot.sources.publisher_wishes import wishes_in

NAME: Final = "rss"

_ENTITY_BOMB = re.compile(r"""<!ENTITY\s[^<>]{0,200}?["'](?:[^"'>]*[&%]\w|[^"'>]{1000})""")


def sniff(raw: Raw) -> bool:
    """A feed's root element somewhere near the beginning: junk or a page around it is no obstacle."""
    return looks_like_feed(raw.head)


def parse(raw: Raw) -> Document | None:
    """Read the feed; ``None`` for a page that only quotes one.

    Raises:
        UnreadableError: it defines entities out of entities, or is nested beyond all reason.
    """
    xml = feed_xml(raw.text)
    if xml is None:
        return None
    if _ENTITY_BOMB.search(xml.text[:65_536]):
        raise UnreadableError("it defines entities out of entities, which is refused")
    if xml.is_nested_deep():
        raise UnreadableError(f"it is nested more than {MAX_XML_DEPTH} elements deep")
    feed = _parsed(xml.text)
    base = absolute(feed.feed.get("link"), raw.url) or raw.url
    found = _saved(xml) if feed.bozo and len(feed.entries) < len(xml.entries) else feed.entries
    entries = _entries(found[:-1] if xml.unfinished else found, base)
    if not entries and begins_as_page(raw.head):
        return None
    return Document(
        format="atom" if feed.version.startswith("atom") else NAME,
        entries=entries,
        title=text_of_markup(feed.feed.get("title")),
        language=language_tag(feed.feed.get("language")),
        url=absolute(feed.feed.get("link"), raw.url),
        damaged=xml.damage or _damage(feed) or raw.decoded.damage,
        wishes=wishes_in(xml.outside_entries()),
    )


def _parsed(text: str) -> feedparser.FeedParserDict:
    return feedparser.parse(
        text.encode(),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _saved(xml: FeedXml) -> list[feedparser.FeedParserDict]:
    """The entries, each parsed alone: an element that is never closed swallows all that follow it."""
    return [entry for alone in xml.one_by_one() for entry in _parsed(alone).entries[:1]]


def _damage(feed: Any) -> str | None:
    if not feed.bozo:
        return None
    return f"not well-formed XML: {fold(str(feed.get('bozo_exception', '')))[:200]}"


def _entries(parsed: Sequence[feedparser.FeedParserDict], base: str | None) -> tuple[Entry, ...]:
    read = [(item, link := absolute(item.get("link"), base), *_content(item, link, base)) for item in parsed]
    read = [(item, link, title, blocks) for item, link, title, blocks in read if title or blocks]
    keys = keys_of(
        [
            Named(fold(item.get("id") or "") or None, link, title, blocks[0].text if blocks else "")
            for item, link, title, blocks in read
        ]
    )
    return tuple(
        Entry(EntryKind.ITEM, key, blocks, title, link, *_moments(item), media=_media(item, link or base))
        for key, (item, link, title, blocks) in zip(keys, read, strict=True)
    )


def _content(item: Mapping[str, Any], link: str | None, base: str | None) -> tuple[str | None, tuple[Block, ...]]:
    """Title and blocks; of content and summary the one that says more, since either may be only a teaser."""
    details = [*item.get("content", ()), item.get("summary_detail") or {}]
    bodies = [_blocks(detail, link or base) for detail in details]
    blocks = max(bodies, key=lambda body: sum(len(block.text) for block in body), default=())
    title = text_of_markup(item.get("title"))
    return without_repeat(title, without_pointer(blocks, link=link, title=title))


def _blocks(detail: Mapping[str, Any], base: str | None) -> tuple[Block, ...]:
    value = detail.get("value") or ""
    if detail.get("type") == "text/plain":
        return blocks_of_lines(value)
    return blocks_of_markup(value, base=base)


def _media(item: Mapping[str, Any], base: str | None) -> tuple[Media, ...]:
    """Enclosures (RSS 2.0, Atom) and Media RSS."""
    attached = [*item.get("enclosures", ()), *item.get("media_content", ()), *item.get("media_thumbnail", ())]
    return media_of(((one.get("href") or one.get("url"), one.get("type")) for one in attached), base)


def _moments(item: feedparser.FeedParserDict) -> tuple[datetime | None, datetime | None]:
    """Published and updated. Where a feed states one date only, that is the posting's, whatever it is called."""
    published, updated = _moment(item, "published"), _moment(item, "updated")
    return published or updated, updated


def _moment(item: feedparser.FeedParserDict, name: str) -> datetime | None:
    """As stated; forms that only feedparser knows (Korean, Greek, Hungarian …) are read by it, into UTC."""
    text = dict.get(item, name)  # its own ``get`` answers "updated" with "published"
    if not text:
        return None
    moment = stated(text)
    parsed = dict.get(item, f"{name}_parsed")
    if moment is not None or parsed is None or not any(letter in text for letter in ":시時"):
        return moment
    return stated(str(calendar.timegm(parsed))) if calendar.timegm(parsed) > 0 else None
