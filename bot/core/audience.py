"""Whom an update concerns: what one destination follows, against what the update is about.

Storage finds the audience by one statement over all destinations; this says the same of one of them. A test holds the
two together.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bot.core.archive import StoredNews
from bot.core.model import TopicMode

_WORD = re.compile(r"[^\W_]+")
_MIN_PREFIX = 3
"""Letters from which on a followed word also stands for longer ones that begin with it."""
_LOUDEST_FIRST = (TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST)


def mode_for(
    stored: StoredNews,
    modes: Mapping[str, TopicMode],
    words: Sequence[str],
    places: Collection[str],
    within: Callable[[str], Collection[str]],
) -> TopicMode | None:
    """How an update reaches a destination; ``None`` where it does not concern it.

    Args:
        stored: The update.
        modes: Topic to mode, as the destination set it.
        words: What it follows; a word is followed with sound.
        places: The ids of the places it follows; none is everywhere.
        within: The ids of what a place lies in.
    """
    if not concerns_places(stored, places, within):
        return None
    wanted = {modes.get(tag.topic) for tag in stored.tags}
    if followed_in(stored.news.whole, words):
        wanted.add(TopicMode.LOUD)
    return next((mode for mode in _LOUDEST_FIRST if mode in wanted), None)


def concerns_places(stored: StoredNews, places: Collection[str], within: Callable[[str], Collection[str]]) -> bool:
    """Whether an update reaches whoever follows these places.

    The most specific places that it names decide. One named alone concerns everything in it, and an update that names
    none concerns everybody.
    """
    return not places or not stored.nearest or any(_concerns(stored, place, within) for place in places)


def concerned(stored: StoredNews, places: Iterable[str], within: Callable[[str], Collection[str]]) -> tuple[str, ...]:
    """Those of the places whose followers an update reaches, given that it names any."""
    return tuple(place for place in places if _concerns(stored, place, within))


def followed_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of the followed words, or phrases, all of whose parts stand in the text, as a search would find them."""
    found = sorted(set(_parts(text)))
    return tuple(word for word in words if (parts := _parts(word)) and all(_stands(part, found) for part in parts))


def _concerns(stored: StoredNews, place: str, within: Callable[[str], Collection[str]]) -> bool:
    around = {*stored.nearest, *stored.places, *stored.within}
    return place in around or not set(stored.nearest).isdisjoint(within(place))


def _stands(part: str, found: Sequence[str]) -> bool:
    at = bisect_left(found, part)
    if at == len(found):
        return False
    return found[at] == part or (len(part) >= _MIN_PREFIX and found[at].startswith(part))


def _parts(text: str) -> list[str]:
    """The words of a text as the search index has them: case and diacritics folded."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return _WORD.findall(unicodedata.normalize("NFC", bare))
