"""One update as the pairing looks at it: known or found alike, with what is worked out about it only once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property

from bot.core.identity.canonical import canonical
from bot.core.identity.decisions import Known
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.sentences import sentences
from bot.core.identity.withdrawal import is_notice
from bot.core.model import NewsUpdate

_LONGEST_LOOKED_AT = 6_000
"""Characters of a text that similarity is judged by: more says nothing more, and time must stay bounded."""
_FEWEST_MOVED = 3


class Sighting:
    """A known or a found update. ``index`` is its place in the sequence that it was given in."""

    def __init__(self, index: int, news: Known | NewsUpdate, words: Lexicon, shift: timedelta = timedelta()) -> None:
        self.index = index
        self.day, self.clock = _shifted(news, shift)
        self.news = news
        self.words = words
        self.raw = news.text or news.heading or ""

    @property
    def key(self) -> str:
        return self.news.page_key

    @property
    def vendor_id(self) -> str | None:
        return self.news.vendor_id

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
    def is_notice(self) -> bool:
        """Whether it says that something published was taken back."""
        if isinstance(self.news, NewsUpdate) and self.news.retracted:
            return True
        return is_notice(f"{self.news.heading or ''}\n{self.news.text}", self.words)

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


def page_shift(known: Sequence[Known], found: Sequence[NewsUpdate]) -> timedelta:
    """By how much the clock of the whole page moved: its day or zone was read otherwise before, or is now.

    Zero unless most of the page stayed the same word for word and moved by the same time: what an outlet says every
    morning in the same words is not yesterday's page.
    """
    before, now = _moments(known), _moments(found)
    moved = Counter(now[text] - moment for text, moment in before.items() if text in now)
    shift, count = next(iter(moved.most_common(1)), (timedelta(), 0))
    whole_page = count >= _FEWEST_MOVED and count * 2 > max(moved.total(), len(found))
    return shift if whole_page else timedelta()


def _moments(updates: Iterable[Known | NewsUpdate]) -> dict[str, datetime]:
    """Text → moment for the timed updates; of equal texts the last."""
    return {
        news.text: datetime.combine(news.local_date, news.local_time)
        for news in updates
        if news.text and news.local_date is not None and news.local_time is not None
    }


def _shifted(news: Known | NewsUpdate, shift: timedelta) -> tuple[date | None, time | None]:
    if not shift or news.local_date is None or news.local_time is None:
        return news.local_date, news.local_time
    try:
        moment = datetime.combine(news.local_date, news.local_time) + shift
    except OverflowError:
        return news.local_date, news.local_time
    return moment.date(), moment.time()
