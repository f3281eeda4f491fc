"""A query as an expression of FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax).

Every term is quoted and made of letters and digits, so nothing that a person types is syntax.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.query import Query, phrase_terms, query_terms

MIN_PREFIX = 3
_DAYS_AS_TOKENS = 62
"""Days that an expression names one by one."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an update must have besides the words; ``None`` leaves a thing open, and nothing of it finds nothing."""

    topic_ids: Collection[int] | None = None
    """Any of them."""
    feed_ids: Collection[int] | None = None
    meant_places: tuple[tuple[str, frozenset[str]], ...] = ()
    """A folded word of the query, and the places that have this name: either will do."""


def expression(query: Query, filters: Filters, *, prefixes: bool) -> str | None:
    """What to match, or ``None`` where nothing can be found.

    Args:
        query: What is looked for.
        filters: What else must hold.
        prefixes: Words of three letters and more may begin others.
    """
    wanted = [*_words(query, filters, prefixes=prefixes), *_tags(query, filters)]
    if not wanted or not all(wanted) or (prefixes and not query.words):
        return None
    unwanted = [f"words : ({_any_phrase(words)})" for words in query.excluded]
    together = " AND ".join(f"({each})" for each in wanted)
    return f"({together}) NOT ({' OR '.join(unwanted)})" if unwanted else together


def topic_token(topic_id: int) -> str:
    """The token of a topic."""
    return f"topic{topic_id}"


def feed_token(feed_id: int) -> str:
    """The token of a feed."""
    return f"feed{feed_id}"


def day_token(day: date) -> str:
    """The token of a day, by the source's own calendar."""
    return f"day{day:%Y%m%d}"


def place_token(place_id: str) -> str:
    """Letters and digits, whatever the id is written with."""
    return "place" + "".join(char if char.isascii() and char.isalnum() else f"0{ord(char):x}" for char in place_id)


def _words(query: Query, filters: Filters, *, prefixes: bool) -> Iterator[str]:
    meant = dict(filters.meant_places)
    for word in query.words:
        forms = " OR ".join(_forms(word, prefixes=prefixes))
        named = _any(place_token(place) for place in sorted(meant.get(word, ())))
        yield f"words : ({forms})" + (f" OR {named}" if named else "")
    for phrase in query.phrases:
        yield f"words : ({_any_phrase(phrase)})"


def _forms(word: str, *, prefixes: bool) -> Iterator[str]:
    terms = query_terms(word)
    yield from (f'"{term}"' for term in terms)
    shortest = min(terms, key=len)
    if prefixes and len(word) >= MIN_PREFIX <= len(shortest):
        yield f'"{shortest}"*'


def _any_phrase(words: Sequence[str]) -> str:
    return " OR ".join(f'"{" ".join(terms)}"' for terms in phrase_terms(words))


def _tags(query: Query, filters: Filters) -> Iterator[str]:
    """The filters, each an alternative of tokens; empty text where nothing fulfils one."""
    if filters.topic_ids is not None:
        yield _any(topic_token(number) for number in filters.topic_ids)
    if filters.feed_ids is not None:
        yield _any(feed_token(number) for number in filters.feed_ids)
    if query.since and query.until:
        span = (query.until - query.since).days
        if span < 0:
            yield ""
        elif span < _DAYS_AS_TOKENS:
            yield _any(day_token(query.since + timedelta(days=number)) for number in range(span + 1))


def _any(tokens: Iterable[str]) -> str:
    together = " OR ".join(tokens)
    return f"tags : ({together})" if together else ""
