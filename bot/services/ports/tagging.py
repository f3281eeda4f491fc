"""The port of the topic, speaker and place packs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.findings import Findings
from bot.core.model import NewsUpdate, Tag, Topic
from bot.core.places import Place

__all__ = ["Findings", "Place", "Tagger", "Topic"]


class Tagger(Protocol):
    """The packs, loaded: pure and fast, no awaiting."""

    @property
    def topics(self) -> Sequence[Topic]:
        """Every topic in the order that keyboards show, ``other`` last."""
        ...

    def topic_named(self, name: str) -> str | None:
        """The slug of the topic with this slug, name, short label or hashtag in any language; ``None`` for others."""
        ...

    def findings(self, news: NewsUpdate, *, language: str | None) -> Findings:
        """Everything that the words tell, in one pass over the text.

        Args:
            news: The update.
            language: What the feed declares (BCP 47), or ``None``.
        """
        ...

    def tag(self, news: NewsUpdate, *, language: str | None) -> tuple[Tag, ...]:
        """Strongest first; exactly ``other`` when no rule matched."""
        ...

    def attribution(self, news: NewsUpdate, *, language: str | None) -> tuple[str, ...]:
        """Who says it, lead speaker first; empty when the text names nobody."""
        ...

    def place(self, place_id: str) -> Place | None:
        """A place of the packs; ``None`` for an id that no pack has (any more)."""
        ...

    def within(self, place_id: str) -> tuple[str, ...]:
        """The ids of what a place lies in, nearest first; empty for an unknown one."""
        ...

    def places_named(self, name: str) -> tuple[Place, ...]:
        """The places with this name in any script, as a person types it; states and regions too."""
        ...

    @property
    def place_names(self) -> frozenset[str]:
        """Every name of every place in the packs, as written there."""
        ...
