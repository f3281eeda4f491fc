"""The port of the topic packs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.model import NewsUpdate, Tag, Topic

__all__ = ["Tagger", "Topic"]


class Tagger(Protocol):
    """The topic packs, loaded: pure and fast, no awaiting."""

    @property
    def topics(self) -> Sequence[Topic]:
        """Every topic in the order that keyboards show, ``other`` last."""
        ...

    def tag(self, news: NewsUpdate, *, language: str | None) -> tuple[Tag, ...]:
        """Strongest first; exactly ``other`` when no rule matched."""
        ...

    def attribution(self, news: NewsUpdate, *, language: str | None) -> tuple[str, ...]:
        """Who says it, lead speaker first; empty when the text names nobody."""
        ...
