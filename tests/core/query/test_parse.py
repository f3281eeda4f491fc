"""What a search means, word by word."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.query import MAX_WORDS, Query, parse

TODAY = date(2031, 11, 4)


def _on(year: int, month: int, day: int) -> dict[str, Any]:
    return {"since": date(year, month, day), "until": date(year, month, day)}


MEANT: list[tuple[str, str, Query]] = [
    ("words, folded, each once", "Tarvin HOSPITAL tarvin", Query(words=("tarvin", "hospital"))),
    ("accents and Armenian ligatures folded", "Évora և", Query(words=("evora", "եւ"))),
    ("a phrase", '"under fire" Tarvin', Query(words=("tarvin",), phrases=(("under", "fire"),))),
    ("a phrase in other quotation marks", "«under fire»", Query(phrases=(("under", "fire"),))),
    ("an open quotation mark is none", '"under fire', Query(words=("under", "fire"))),
    ("a word left out", "Tarvin -drone", Query(words=("tarvin",), excluded=(("drone",),))),
    ("a phrase left out", 'Tarvin -"air raid"', Query(words=("tarvin",), excluded=(("air", "raid"),))),
    ("a hyphen inside a word leaves nothing out", "bridge-head", Query(words=("bridge", "head"))),
    ("a day", "Martuni 27 Oct", Query(words=("martuni",), **_on(2031, 10, 27))),
    ("a day that is still to come this year", "27 December", Query(**_on(2030, 12, 27))),
    ("a day with its year", "3 November 2020 Shushi", Query(words=("shushi",), **_on(2020, 11, 3))),
    ("a day in Russian", "обстрел 27 октября", Query(words=("обстрел",), **_on(2031, 10, 27))),
    ("a day in figures", "2031-10-03", Query(**_on(2031, 10, 3))),
    ("yesterday", "yesterday hospital", Query(words=("hospital",), **_on(2031, 11, 3))),
    ("yesterday in Armenian", "երեկ", Query(**_on(2031, 11, 3))),
    ("a number is a word", "12 wounded", Query(words=("12", "wounded"))),
    ("a month alone is a word", "may", Query(words=("may",))),
    ("since", "since:1 Oct Tarvin", Query(words=("tarvin",), since=date(2031, 10, 1))),
    ("until, with a space", "until: 2031-10-03", Query(until=date(2031, 10, 3))),
    ("since a day that is none", "since:nonsense", Query(words=("since", "nonsense"))),
    ("a topic", "topic:shelling Tarvin", Query(words=("tarvin",), topic="shelling")),
    ("a source of two words", 'from:"Norvale Post"', Query(source="Norvale Post")),
    ("a key without a value", "topic:", Query(words=("topic",))),
    ("operators of the index are words", "NEAR( AND NOT OR", Query(words=("near", "and", "not", "or"))),
    ("nothing", " \t", Query()),
    ("no letters", "!? * ( ^", Query()),
]


@pytest.mark.parametrize(("typed", "meant"), [row[1:] for row in MEANT], ids=[row[0] for row in MEANT])
def test_what_a_search_means(typed: str, meant: Query) -> None:
    """Each row states the rule."""
    assert parse(typed, today=TODAY) == meant


@given(st.text(max_size=700) | st.text('"-: sincetopicfromuntl27Oct\x00«»', max_size=80))
def test_anything_typed_is_a_query_of_bounded_size(typed: str) -> None:
    """Nothing is an error, and nothing makes a query longer than it may be."""
    query = parse(typed, today=TODAY)
    assert len(query.words) <= MAX_WORDS
    assert len(query.phrases) <= MAX_WORDS
    assert all(len(words) <= MAX_WORDS for words in (*query.phrases, *query.excluded))
