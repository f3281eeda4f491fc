"""One read of a page against everything ever seen of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

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
    judged = _Judged(known, found, words, places)
    decisions: list[Decision] = [
        judged.new(news) if who is None else judged.known(who, news) for news, who in zip(found, pairs, strict=True)
    ]
    recognised = {who.known.index: news for news, who in zip(found, pairs, strict=True) if who is not None}
    return (*decisions, *absent(known, found, recognised))


class _Judged:
    """Decides update by update; what must be known of the page is gathered when the first one needs it."""

    def __init__(
        self, known: Sequence[Known], found: Sequence[NewsUpdate], words: Lexicon, places: Collection[str]
    ) -> None:
        self._known, self._found, self._words, self._places = known, found, words, places
        self._plain = Page(words, PageNames((), words))
        self._page: Page | None = None

    def known(self, who: Pair, news: NewsUpdate) -> Decision:
        known = who.known.news
        assert isinstance(known, Known)
        return compare(known, news, self._context(known, news), evidence=who.evidence)

    def new(self, news: NewsUpdate) -> New:
        if not self._known:
            return New(news, "the page is new")
        if (told := self._told_before(news)) is not None:
            return New(news, f"its words stood in update {told.id} before", alerts=False)
        return New(news, "never seen before")

    def _told_before(self, news: NewsUpdate) -> Known | None:
        """The known update of that time of which this one was a part; a part of an older one is said anew."""
        text = news.text.strip()
        if len(text) < _LONG_ENOUGH:
            return None
        return next((k for k in self._known if k.local_date == news.local_date and text in k.text != text), None)

    def _context(self, known: Known, news: NewsUpdate) -> Page:
        if (known.text, known.heading) == (news.text, news.heading):
            return self._plain
        if self._page is None:
            texts = [k.text for k in self._known]
            self._page = Page(
                self._words,
                PageNames([*texts, *(n.whole for n in self._found)], self._words, places=self._places),
                frozenset(canonical(k.heading) for k in self._known if k.heading),
                frozenset(canonical(n.heading) for n in self._found if n.heading),
                texts,
            )
        return self._page
