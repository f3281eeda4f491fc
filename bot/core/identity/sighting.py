"""One update as the pairing looks at it: known or found alike, with what is worked out about it only once."""

from __future__ import annotations

import re
from datetime import date, time
from functools import cached_property

from bot.core.identity.canonical import canonical
from bot.core.identity.decisions import Known
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.units import sentences
from bot.core.model import NewsUpdate

_LONGEST_LOOKED_AT = 6_000
"""Characters of a text that similarity is judged by: more says nothing more, and time must stay bounded."""


class Sighting:
    """A known or a found update. ``index`` is its place in the sequence that it was given in."""

    def __init__(self, index: int, news: Known | NewsUpdate, words: Lexicon) -> None:
        self.index = index
        self.news = news
        self.words = words
        self.raw = news.text or news.heading or ""

    @property
    def key(self) -> str:
        return self.news.page_key

    @property
    def vendor_id(self) -> str | None:
        return self.news.vendor_id

    @property
    def day(self) -> date | None:
        return self.news.local_date

    @property
    def clock(self) -> time | None:
        return self.news.local_time

    @cached_property
    def body(self) -> str:
        """The canonical text, or the heading's where the heading is all there is."""
        return canonical(self.raw)

    @cached_property
    def whole(self) -> str:
        """The canonical heading and text: what stays when a headline moves into the body or out of it."""
        return canonical(f"{self.news.heading or ''}\n{self.news.text}")

    @cached_property
    def heading(self) -> str:
        """The canonical heading, empty where there is none."""
        return canonical(self.news.heading or "")

    @cached_property
    def _told(self) -> str:
        """The text without a formulaic lead-in ("According to the ministry's spokesperson, …")."""
        text = self.raw[:_LONGEST_LOOKED_AT]
        lead = _lead_in(self.words).match(text)
        rest = text[lead.end() :] if lead else text
        return rest if len(rest) * 4 >= len(text) else text

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The canonical words that similarity is judged by."""
        told = self.raw[:_LONGEST_LOOKED_AT] if not self.news.text else self._told
        return tuple(canonical(told).split())

    @cached_property
    def facts(self) -> frozenset[str]:
        """Numbers, and capitalised words inside sentences: where two look-alike updates differ."""
        return frozenset(
            unit.key
            for sentence in sentences(self._told, self.words)
            for unit in sentence.units
            if unit.is_number or (unit.capital and not unit.opens)
        )


def _lead_in(words: Lexicon) -> re.Pattern[str]:
    leads = "|".join(sorted(map(re.escape, words.classes["lead"].exact))) or r"(?!)"
    return re.compile(rf"\W{{0,3}}(?:{leads})\b[^,:՝\n]{{1,160}}[,:՝]\s*", re.IGNORECASE)
