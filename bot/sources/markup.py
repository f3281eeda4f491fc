"""Pieces of markup inside other documents: a feed's ``content:encoded``, an ``articleBody``, a plain-text summary."""

from __future__ import annotations

import html
import re
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from bot.core.model import Block, BlockKind
from bot.sources.characters import fold, without_unseen
from bot.sources.main_text import without_frame
from bot.sources.nesting import MAX_HTML_DEPTH, deeper_than
from bot.sources.walk import MAX_BLOCKS, walk

_ELEMENTS: Final = (
    "a abbr article b big blockquote br center code div em figure font h[1-6] hr i iframe img ins li mark ol p pre q s "
    "section small span strong sub sup table tbody td th time tr tt u ul"
).replace(" ", "|")
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(rf"&(?:amp;)*lt;/?(?:{_ELEMENTS})\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_LONGEST_FOOTER: Final = 120
_LONGEST_MORE: Final = 30
_UNWRAPPINGS: Final = 3
"""Bodies are escaped once too often by one program in the chain, seldom by two."""


def blocks_of_markup(text: str, *, base: str | None) -> tuple[Block, ...]:
    """Blocks of a fragment that may be HTML, HTML escaped once or twice too often, or plain text."""
    text = without_unseen(text)
    for _ in range(_UNWRAPPINGS):
        if _TAG.search(text) or not _ESCAPED_TAG.search(text):
            break
        text = html.unescape(text)
    if _TAG.search(text):
        return _of_html(text, base)
    for _ in range(_UNWRAPPINGS):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return blocks_of_lines(text)


def blocks_of_lines(text: str, *, at_most: int = MAX_BLOCKS) -> tuple[Block, ...]:
    """One paragraph for each of the first ``at_most`` lines with text in them."""
    lines = filter(None, map(fold, text.splitlines()))
    return tuple(Block(BlockKind.PARAGRAPH, line) for line in islice(lines, at_most))


def text_of_markup(text: str | None, *, base: str | None = None) -> str | None:
    """A title as one line of plain text; ``None`` when nothing is left of it."""
    return " ".join(block.text for block in blocks_of_markup(text, base=base)) or None if text else None


def _of_html(text: str, base: str | None) -> tuple[Block, ...]:
    if deeper_than(text, MAX_HTML_DEPTH):
        return blocks_of_lines(_TAG.sub("\n", text))
    return without_frame(walk(LexborHTMLParser(text).root, base=base))


def without_repeat(title: str | None, blocks: tuple[Block, ...]) -> tuple[str | None, tuple[Block, ...]]:
    """A title and body that don't say the same words twice.

    A body that opens with its title as a line of its own loses that line; a title that is only the cut-off beginning
    of its body goes.
    """
    if title is None or not blocks:
        return title, blocks
    opening = blocks[0].text
    if opening == title:
        return title, blocks[1:]
    stem = title.rstrip(" .…")
    if title.endswith(("…", "...")) and stem and opening.startswith(stem):
        return None, blocks
    return title, blocks


def without_pointer(blocks: tuple[Block, ...], *, link: str | None, title: str | None) -> tuple[Block, ...]:
    """The blocks of an entry without a last line that only leads to the entry itself, in whatever language.

    Such lines are "Read more", and the footer that publishing systems add: "The post «title» appeared first on …".
    """
    if len(blocks) < 2 or link is None or blocks[-1].link != link:
        return blocks
    words = blocks[-1].text
    is_footer = title is not None and title in words and len(words) <= len(title) + _LONGEST_FOOTER
    is_more = len(words) <= _LONGEST_MORE and not words.endswith((".", "!", "?", "։", "。", "؟"))
    return blocks[:-1] if is_footer or is_more else blocks
