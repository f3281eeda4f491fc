"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.core.model import Block, Document, Entry, EntryKind, Media
from bot.sources.addresses import absolute
from bot.sources.attached import media_of
from bot.sources.base import MAX_ENTRIES, Raw, UnreadableError
from bot.sources.dates import stated
from bot.sources.keys import Named, keys_of
from bot.sources.loose_json import load, load_cut
from bot.sources.markup import blocks_of_lines, blocks_of_markup, text_of_markup, without_repeat
from bot.sources.page import language_tag

NAME: Final = "json-feed"

_VERSION = re.compile(r"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/", re.IGNORECASE)
_JSON = re.compile(r"\s*[\[{]")


def sniff(raw: Raw) -> bool:
    """It is JSON, whether a feed or not: a JSON document that is no feed is better named than read as text."""
    return _JSON.match(raw.head) is not None


def parse(raw: Raw) -> Document | None:
    """Read the feed; ``None`` for text that only begins like JSON.

    Raises:
        UnreadableError: it is JSON of another kind.
    """
    whole = load(raw.text)
    feed = load_cut(raw.text) if whole is None else whole
    if feed is None and not _VERSION.search(raw.head):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableError("it is JSON, but no JSON Feed")
    base = absolute(_string(feed.get("home_page_url")), raw.url) or raw.url
    items = [item for item in feed["items"] if isinstance(item, dict)]
    entries = _entries(items[:MAX_ENTRIES], base)
    if not entries and items:
        raise UnreadableError("it is JSON with items, but none of them has a title or text")
    return Document(
        format=NAME,
        entries=entries,
        title=text_of_markup(_string(feed.get("title"))),
        language=language_tag(_string(feed.get("language"))),
        url=absolute(_string(feed.get("home_page_url")), raw.url),
        damaged=_damage(raw, cut=whole is None, items=len(items)),
    )


def _damage(raw: Raw, *, cut: bool, items: int) -> str | None:
    if cut:
        return "the JSON is cut off or broken"
    if items > MAX_ENTRIES:
        return f"{items} entries, only the first {MAX_ENTRIES} were read"
    return raw.decoded.damage


def _entries(items: list[dict[str, Any]], base: str | None) -> tuple[Entry, ...]:
    read = [(item, *_content(item, base)) for item in items]
    read = [(item, title, blocks) for item, title, blocks in read if title or blocks]
    links = [absolute(_string(item.get("url")) or _string(item.get("external_url")), base) for item, _, _ in read]
    keys = keys_of(
        [
            Named(_string(item.get("id")), link, title, blocks[0].text if blocks else "")
            for (item, title, blocks), link in zip(read, links, strict=True)
        ]
    )
    return tuple(
        Entry(
            EntryKind.ITEM,
            key,
            blocks,
            title,
            link,
            published=stated(_string(item.get("date_published"))),
            updated=stated(_string(item.get("date_modified"))),
            media=_media(item, link or base),
        )
        for (item, title, blocks), link, key in zip(read, links, keys, strict=True)
    )


def _media(item: dict[str, Any], base: str | None) -> tuple[Media, ...]:
    """Attachments, then the picture."""
    listed = item.get("attachments")
    attached = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    stated_media = [(_string(one.get("url")), _string(one.get("mime_type"))) for one in attached]
    return media_of([*stated_media, (_string(item.get("image")), None)], base)


def _content(item: dict[str, Any], base: str | None) -> tuple[str | None, tuple[Block, ...]]:
    """Title and blocks; HTML is preferred to the plain text beside it, and a summary stands in for both."""
    base = absolute(_string(item.get("url")), base) or base
    blocks = blocks_of_markup(_string(item.get("content_html")) or "", base=base)
    blocks = blocks or blocks_of_lines(_string(item.get("content_text")) or _string(item.get("summary")) or "")
    return without_repeat(text_of_markup(_string(item.get("title"))), blocks)


def _string(value: object) -> str | None:
    """Text, or the number that version 1 allows as an id."""
    if isinstance(value, str):
        return value.strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
