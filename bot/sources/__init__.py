"""Source formats: the bytes of a fetch become a Document of Entries and Blocks. Nothing here does I/O."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.model import Document
from bot.sources import cap, html, json_feed, live_blog, other_xml, rss_atom, telegram_channel, text
from bot.sources.base import Format, Raw, UnreadableError
from bot.sources.binary import refuse_binary
from bot.sources.page_links import links_of

FORMATS: Final[tuple[Format, ...]] = (
    cap,
    rss_atom,
    json_feed,
    other_xml,
    telegram_channel,
    live_blog,
    html,
    text,
)
"""Every format, the most telling first: the first that recognises itself and finds something reads the document."""

__all__ = ["FORMATS", "Format", "Raw", "UnreadableError", "read_document"]

MAX_BODY: Final = 10 * 1024 * 1024
_PAGES: Final = frozenset({html.NAME, live_blog.NAME})


def read_document(
    body: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    language: str | None = None,
    links: bool = False,
) -> Document:
    """Read ``body`` by the format that its content shows; headers and names decide nothing but its charset.

    Args:
        body: at most 10 MB, decoded from any content coding.
        url: the address that it came from, for resolving links.
        content_type: the whole Content-Type header.
        language: the feed's own setting, which chooses between the languages of one document (CAP).
        links: also list where a page leads to on its own site.

    Raises:
        UnreadableError: it is nothing that Sitrep reads; the message says what it is instead.
    """
    if len(body) > MAX_BODY:
        raise UnreadableError("it is larger than 10 MB")
    refuse_binary(body)
    raw = Raw(body, url, content_type, language)
    for source_format in FORMATS:
        if source_format.sniff(raw) and (document := source_format.parse(raw)) is not None:
            return replace(document, links=links_of(raw.tree, url)) if links and document.format in _PAGES else document
    raise UnreadableError("the document is empty")
