"""Plain text: every line with words in it is a paragraph. Empty lines mean nothing."""

from __future__ import annotations

from typing import Final

from bot.core.model import Document, Entry, EntryKind
from bot.sources.base import Raw, UnreadableError
from bot.sources.markup import blocks_of_lines
from bot.sources.walk import MAX_BLOCKS

NAME: Final = "text"


def sniff(raw: Raw) -> bool:
    """Anything that decodes is text: it is asked last."""
    return bool(raw.text)


def parse(raw: Raw) -> Document:
    """One page of paragraphs. Raises :class:`UnreadableError` for nothing but white space."""
    blocks = blocks_of_lines(raw.text, at_most=MAX_BLOCKS + 1)
    if not blocks:
        raise UnreadableError("the document is empty")
    cut = f"more than {MAX_BLOCKS} lines, its end was not read" if len(blocks) > MAX_BLOCKS else None
    entry = Entry(EntryKind.PAGE, "", blocks[:MAX_BLOCKS])
    return Document(NAME, (entry,), damaged=cut or raw.decoded.damage)
