"""An HTML page: one entry with the blocks of its main text."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Document, Entry, EntryKind
from bot.sources.base import Raw, UnreadableError
from bot.sources.json_ld import article_dates
from bot.sources.main_text import main_blocks
from bot.sources.page import begins_as_page, facts_of
from bot.sources.walk import walk

NAME: Final = "html"

_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|article|section|main|span|a|h[1-6]|ul|ol|table|meta|title|script|br|b|"
    r"strong|time)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def sniff(raw: Raw) -> bool:
    """Markup at its very beginning, or elements anywhere unless the server says that it is plain text."""
    if begins_as_page(raw.head):
        return True
    plain = (raw.content_type or "").lower().startswith("text/plain")
    return not plain and _ELEMENT.search(raw.head) is not None


def parse(raw: Raw) -> Document:
    """Read the whole page. Raises :class:`UnreadableError` when it has neither text nor a feed to offer."""
    facts = facts_of(raw.tree, raw.url)
    walked = walk(raw.tree.root, base=facts.base)
    blocks = main_blocks(walked)
    if not blocks and not facts.alternates:
        raise UnreadableError("the page has no text (pages drawn by scripts can't be read)")
    published, modified = article_dates(raw.tree) if "datePublished" in raw.text else (None, None)
    entry = Entry(
        EntryKind.PAGE,
        "",
        blocks,
        facts.title,
        facts.url,
        published=facts.published or published,
        updated=facts.modified or modified,
    )
    cut = "the page is too large, its end was not read" if walked.cut else None
    return Document(
        format=NAME,
        entries=(entry,) if blocks else (),
        title=facts.title,
        language=facts.language,
        url=facts.url,
        alternates=facts.alternates,
        damaged=cut or raw.decoded.damage,
    )
