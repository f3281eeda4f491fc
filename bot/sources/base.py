"""What a source format is: a module with a name, a quick look and a parser."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bot.core.errors import SourceError
from bot.core.model import Document
from bot.sources.charset import Decoded, decode
from bot.sources.nesting import MAX_HTML_DEPTH, deeper_than

HEAD: Final = 65_536
"""Characters that a format looks at to recognise itself."""

MAX_ENTRIES: Final = 1000
"""Entries read of one document; the rest is named in ``Document.damaged``."""


class UnreadableError(SourceError):
    """The bytes are no document that Sitrep reads; the message says why, in words for an admin."""


@dataclass(frozen=True)
class Raw:
    """The bytes of one fetch and what is known about them, decoded and parsed at most once for all formats."""

    body: bytes
    url: str | None = None
    """The address that they came from; links are resolved against it."""
    content_type: str | None = None
    """The whole header: only its charset is trusted, and ``text/plain``."""
    language: str | None = None
    """The feed's own setting: chooses between the languages of one document."""

    @cached_property
    def decoded(self) -> Decoded:
        return decode(self.body, self.content_type)

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def head(self) -> str:
        """The first :data:`HEAD` characters."""
        return self.text[:HEAD]

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The text as an HTML tree. Raises :class:`UnreadableError` when it is nested absurdly deep."""
        if deeper_than(self.text, MAX_HTML_DEPTH):
            raise UnreadableError(f"it is nested more than {MAX_HTML_DEPTH} elements deep")
        try:
            return LexborHTMLParser(self.text)
        except SelectolaxError:  # any text is a tree: only memory can be wanting
            raise MemoryError from None


class Format(Protocol):
    """One format; a module is one. To add a format: write the module, and add it to ``bot.sources.FORMATS``."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What ``Document.format`` says, unless the parser knows better ("rss" or "atom")."""
        ...

    def sniff(self, raw: Raw) -> bool:
        """Whether the content may be of this format. Cheap, and judged by content, not by headers or names."""
        ...

    def parse(self, raw: Raw) -> Document | None:
        """Read it. ``None``: it only looked like it, ask the next format. Raises :class:`UnreadableError`."""
        ...
