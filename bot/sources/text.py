"""Plain text: every line with words in it is a paragraph. Empty lines mean nothing."""

from __future__ import annotations

from typing import Final

from bot.core.model import Document, Entry, EntryKind
from bot.sources.base import Raw, UnreadableError
from bot.sources.markup import blocks_of_lines

NAME: Final = "text"

_MOST_LINES: Final = 200_000


def sniff(raw: Raw) -> bool:
    """Anything that decodes is text: it is asked last."""
    return bool(raw.text)


def parse(raw: Raw) -> Document:
    """One page of paragraphs. Raises :class:`UnreadableError` for nothing but white space."""
    blocks = blocks_of_lines(raw.text)
    if not blocks:
        raise UnreadableError("the document is empty")
    cut = f"more than {_MOST_LINES} lines, its end was not read" if len(blocks) > _MOST_LINES else None
    entry = Entry(EntryKind.PAGE, "", blocks[:_MOST_LINES])
    return Document(NAME, (entry,), damaged=cut or raw.decoded.damage)
