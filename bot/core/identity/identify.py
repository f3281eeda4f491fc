"""One read of a page against everything ever seen of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import islice

from bot.core.identity.absence import absent
from bot.core.identity.canonical import canonical
from bot.core.identity.comparison import Page, compare
from bot.core.identity.decisions import Decision, Known, New
from bot.core.identity.lexicon import Lexicon, lexicon, page_language
from bot.core.identity.names import PageNames
from bot.core.identity.pairing import Pair, pair
from bot.core.model import NewsUpdate

_LONG_ENOUGH = 40
"""Characters from which words that stood in another update before can't stand there by chance."""
_NEARBY = 3
"""Places in the page within which an editor merges or splits updates."""
_MOST_TEXTS = 1_000
"""Texts that the page's names are learnt from."""
_SAMPLE = 40
"""Updates that the page's language is judged by."""


def identify(
    known: Sequence[Known],
    found: Sequence[NewsUpdate],
    *,
    language: str | None = None,
    places: Collection[str] = (),
) -> tuple[Decision, ...]:
    """Recognise the updates just read among those ever seen, and say what changed in each.

    Args:
        known: Everything ever seen under the page keys of ``found``, in any state, by last position.
        found: This read's updates in page order, service ones included.
        language: The language that the feed or document declares (BCP 47); ``None`` when it declares none.
        places: Names of places known besides: they are recognised in any script and anywhere in a sentence.

    Returns:
        Exactly one of New, Same, Corrected, Added and Withdrawn for each found update, in page order; then Missing or
        Removed for the known ones that are gone from between others that stayed. Gone from an end: nothing.
    """
    words = lexicon(page_language((news.whole for news in found[:_SAMPLE]), language))
    pairs = pair(known, found, words)
    judged = _Judged(known, found, pairs, words, places)
    recognised = {who.known.index: news for news, who in zip(found, pairs, strict=True) if who is not None}
    return (*map(judged.decision, range(len(found))), *absent(known, found, recognised))


class _Judged:
    """Decides update by update; what must be known of the page is gathered when the first one needs it."""

    def __init__(
        self,
        known: Sequence[Known],
        found: Sequence[NewsUpdate],
        pairs: Sequence[Pair | None],
        words: Lexicon,
        places: Collection[str],
    ) -> None:
        self._known, self._found, self._pairs, self._words, self._places = known, found, pairs, words, places

    def decision(self, at: int) -> Decision:
        """What becomes of the update found at that place."""
        who, news = self._pairs[at], self._found[at]
        if who is None:
            return self._new(at, news)
        known = self._known[who.known.index]
        if (known.text, known.heading) == (news.text, news.heading):
            return compare(known, news, self._plain, evidence=who.evidence)
        nearby = self._known[max(0, who.known.index - _NEARBY) : who.known.index + _NEARBY + 1]
        return compare(known, news, self._page, evidence=who.evidence, nearby=[k.text for k in nearby])

    def _new(self, at: int, news: NewsUpdate) -> New:
        if not self._known:
            return New(news, "the page is new")
        if (told := self._told_before(at, news.text.strip())) is not None:
            return New(news, f"its words stood in update {told.id} before", alerts=False)
        return New(news, "never seen before")

    def _told_before(self, at: int, text: str) -> Known | None:
        """The known update beside it of which this one was a part."""
        if len(text) < _LONG_ENOUGH:
            return None
        beside = self._pairs[max(0, at - _NEARBY) : at + _NEARBY + 1]
        for who in beside:
            if who is None:
                continue
            known, now = self._known[who.known.index], self._found[who.found.index]
            if text in known.text and text not in now.text:
                return known
        return None

    @cached_property
    def _plain(self) -> Page:
        return Page(self._words, PageNames((), self._words))

    @cached_property
    def _page(self) -> Page:
        texts = dict.fromkeys([*(news.whole for news in self._found), *(known.text for known in self._known)])
        return Page(
            self._words,
            PageNames(islice(texts, _MOST_TEXTS), self._words, places=self._places),
            frozenset(canonical(known.heading) for known in self._known if known.heading),
            frozenset(canonical(news.heading) for news in self._found if news.heading),
        )
