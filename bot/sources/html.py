"""An HTML page: one entry with the blocks of its main text."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Block, Document, Entry, EntryKind
from bot.sources.base import Raw, UnreadableError
from bot.sources.page import facts_of
from bot.sources.walk import Region, Walked, walk

NAME: Final = "html"

_DOCUMENT = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|article|section|main|span|a|h[1-6]|ul|ol|table|meta|title|script|br|b|"
    r"strong|time)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MAIN_SHARE: Final = 0.5
_ARTICLE_SHARE: Final = 0.7
"""The part of the page's text that makes an ``article`` the page; below, it is one of several."""


def sniff(raw: Raw) -> bool:
    """Markup at its very beginning, or elements anywhere unless the server says that it is plain text."""
    if _DOCUMENT.match(raw.head):
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
    entry = Entry(EntryKind.PAGE, "", blocks, facts.title, facts.url, published=facts.published, updated=facts.modified)
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


def main_blocks(walked: Walked) -> tuple[Block, ...]:
    """The blocks of the page's main element if there is a clear one, without what frames the page."""
    sizes = [len(block.text) for block in walked.blocks]
    framed = sum(size for size, furniture in zip(sizes, walked.furniture, strict=True) if furniture)
    if framed * 2 > sum(sizes):  # what is mostly "frame" is mislabelled
        return walked.blocks
    kept = [0 if furniture else size for size, furniture in zip(sizes, walked.furniture, strict=True)]
    region = _main_region(walked.regions, kept) or Region("", 0, len(kept))
    return tuple(walked.blocks[at] for at in range(region.start, region.end) if kept[at])


def _main_region(regions: tuple[Region, ...], sizes: list[int]) -> Region | None:
    """The element that holds most of the text; a ``main`` needs less proof than an ``article``."""
    before = [0]
    for size in sizes:
        before.append(before[-1] + size)
    largest = max(regions, key=lambda region: (before[region.end] - before[region.start], region.tag), default=None)
    if largest is None or not before[-1]:
        return None
    needed = _MAIN_SHARE if largest.tag == "main" else _ARTICLE_SHARE
    share = (before[largest.end] - before[largest.start]) / before[-1]
    return largest if share >= needed else None
