"""Full-text search: word forms aside, what a person types finds what was said."""

from __future__ import annotations

import itertools
import sqlite3
import string
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.core.model import NewsState
from bot.core.query import Query, parse
from bot.services.ports.storage import Facts, Narrowed
from bot.storage import SqlStorage, search
from bot.storage.expressions import Filters
from tests.builders import NOW, archive, minutes, new_news, revised_news

TEXTS = (
    "Shells fell on the market of Tarvin.",
    "The hospital of Karst reports 12 wounded.",
    "Հրետակոծվել է Տարվին քաղաքը։",
    "Обстрел города Тарвин, ранены двое.",
    "قصف على مدينة تارفين",
    "Café Évora was hit; O'Neill's bridge-head holds.",
)

FINDS: list[tuple[str, str, list[int]]] = [
    # the rule                              query                        texts found, newest first
    ("a word", "hospital", [1]),
    ("in any case", "HOSPITAL", [1]),
    ("by its beginning", "hosp", [1]),
    ("a beginning of two letters is a word of its own", "ho", []),
    ("every word must be there", "market Tarvin", [0]),
    ("in any order", "tarvin market", [0]),
    ("one that is missing finds nothing", "market hospital", []),
    ("a number", "12", [1]),
    ("Armenian", "տարվին", [2]),
    ("Russian", "обстрел тарвин", [3]),
    ("Arabic", "تارفين", [4]),
    ("without the accents", "cafe evora", [5]),
    ("with them", "CAFÉ Évora", [5]),
    ("composed of marks", "E\u0301vora", [5]),
    ("with an apostrophe", "O'Neill's", [5]),
    ("with a hyphen", "bridge-head", [5]),
    ("words of the query language are words", "NOT hospital", []),
    ("quotes and stars are no syntax", '"hospital*" (', [1]),
    ("columns are no syntax", "words:hospital", []),
    ("tags can't be searched for", "topic1", []),
    ("nothing", "", []),
    ("white space", " \t\n", []),
    ("no word in it", "!?.,;-–«»", []),
    ("a long query is searched by its first words", "hospital of karst reports 12 wounded the hosp nonsense", [1]),
]


def asked(typed: str) -> Query:
    """What a person means who types that today."""
    return parse(typed, today=NOW.date())


@pytest.mark.parametrize(("query", "found"), [row[1:] for row in FINDS], ids=[row[0] for row in FINDS])
async def test_what_a_query_finds(storage: SqlStorage, query: str, found: list[int]) -> None:
    """Words are found by case, accent and beginning alike, and nothing that is typed is syntax."""
    await archive(storage, *(new_news(text) for text in TEXTS))
    async with storage.read() as work:
        page = await work.news.search(asked(query))
    assert [TEXTS.index(each.news.text) for each in page.items] == found
    assert page.total == len(found)


MEANINGS: list[tuple[str, str, list[int]]] = [
    # the rule                             query                               texts found, newest first
    ("another form of a word", "hospitals", [1]),
    ("a verb's other form", "shell fall", []),
    ("an Armenian case", "քաղաքում", [2]),
    ("a Russian case", "городе", [3]),
    ("an Arabic article", "المدينة", [4]),
    ("a phrase", '"market of tarvin"', [0]),
    ("a phrase in its forms", '"markets of Tarvin"', [0]),
    ("a phrase in another order", '"tarvin market"', []),
    ("a word left out", "tarvin -market", []),
    ("a word left out that is not there", "market -hospital", [0]),
    ("a form of a word left out", "karst -hospitals", []),
    ("a day", "hospital 4 May 2031", [1]),
    ("another day", "hospital 3 May 2031", []),
    ("since", "since:2031-05-04 hospital", [1]),
    ("since tomorrow", "since:2031-05-05 hospital", []),
    ("until yesterday", "until:2031-05-03 hospital", []),
    ("a day without a word", "until:2031-05-04 since:2031-05-04", [5, 4, 3, 2, 1, 0]),
    ("a beginning of what is left of a word", "hospita", [1]),
]


@pytest.mark.parametrize(("query", "found"), [row[1:] for row in MEANINGS], ids=[row[0] for row in MEANINGS])
async def test_what_a_query_means(storage: SqlStorage, query: str, found: list[int]) -> None:
    """Forms of words, phrases, exclusions and days, as :mod:`bot.core.query.parse` takes them apart."""
    await archive(storage, *(new_news(text) for text in TEXTS))
    async with storage.read() as work:
        page = await work.news.search(asked(query), size=10)
    assert [TEXTS.index(each.news.text) for each in page.items] == found


async def test_a_phrase_does_not_reach_from_the_heading_into_the_text(storage: SqlStorage) -> None:
    """They are two texts."""
    await archive(storage, new_news("fire fell.", heading="Tarvin under"))
    async with storage.read() as work:
        assert (await work.news.search(asked('"under fire"'))).total == 0
        assert (await work.news.search(asked('"tarvin under"'))).total == 1


async def test_a_place_is_found_by_another_name_of_it(storage: SqlStorage) -> None:
    """The word itself or the place that it names will do, and a region is found by what lies in it."""
    facts = Facts(places=("martuni",), nearest=("martuni",), within=("artsakh",))
    await archive(storage, replace(new_news("Shells fell on Martuni."), facts=facts), new_news("Shells fell on Karst."))
    async with storage.read() as work:
        named = await work.news.search(asked("Мартуни"), Narrowed(named={"мартуни": {"martuni"}}))
        around = await work.news.search(asked("Арцах"), Narrowed(named={"арцах": {"artsakh"}}))
        unknown = await work.news.search(asked("Мартуни"))
    assert [page.total for page in (named, around, unknown)] == [1, 1, 0]


async def test_a_source_narrows_a_search(storage: SqlStorage) -> None:
    """Only the updates of these feeds are found."""
    await archive(storage, new_news("Shells fell."))
    async with storage.read() as work:
        (found,) = (await work.news.latest()).items
        own = await work.news.search(asked("shells"), Narrowed(feed_ids={found.feed_id}))
        other = await work.news.search(asked("shells"), Narrowed(feed_ids={found.feed_id + 1}))
    assert (own.total, other.total) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("hopsital", "hospital"), ("Tarvyn", "Tarvin"), ("Տարվինը", "Տարվին"), ("обстрелл", "Обстрел"), ("xyz", None)],
)
async def test_words_like_one_that_was_mistyped(storage: SqlStorage, typed: str, offered: str | None) -> None:
    """As the archive spells them; nothing where no three letters agree."""
    await archive(storage, *(new_news(text) for text in TEXTS))
    async with storage.read() as work:
        like = await work.news.spelled_like(typed)
    assert (offered in like) if offered else not like


async def test_a_heading_is_found_too(storage: SqlStorage) -> None:
    """Words of the heading and of the text count together."""
    await archive(storage, new_news("Shells fell.", heading="Tarvin under fire"))
    async with storage.read() as work:
        assert (await work.news.search(asked("shells tarvin"))).total == 1


async def test_the_newest_matches_come_first(storage: SqlStorage) -> None:
    """By the time that the source gives, in whatever order they were read."""
    await archive(
        storage,
        new_news("shells, yesterday", published_at=NOW - minutes(1440)),
        new_news("shells, now", published_at=NOW),
        new_news("shells, an hour ago", published_at=NOW - minutes(60)),
    )
    async with storage.read() as work:
        page = await work.news.search(asked("shells"))
    assert [each.news.text for each in page.items] == ["shells, now", "shells, an hour ago", "shells, yesterday"]


async def test_pages_of_matches_stay_as_they_are(storage: SqlStorage) -> None:
    """With the anchor of the first page, later updates neither shift nor enter the pages after it."""
    await archive(storage, *(new_news(f"shells {number}", published_at=NOW + minutes(number)) for number in range(7)))
    async with storage.read() as work:
        first = await work.news.search(asked("shells"), size=3)
    await archive(storage, *(new_news(f"shells later {number}") for number in range(4)))
    async with storage.read() as work:
        pages = [await work.news.search(asked("shells"), size=3, page=n, anchor=first.anchor) for n in (1, 2, 3)]
    assert pages[0] == first
    assert [each.news.text for page in pages for each in page.items] == [f"shells {n}" for n in range(6, -1, -1)]
    assert {(page.pages, page.total) for page in pages} == {(3, 7)}


async def test_matches_of_some_topics(storage: SqlStorage) -> None:
    """Any of the topics is enough; one that nobody knows finds nothing."""
    await archive(
        storage,
        new_news("shells a", topics=("frontline", "weapons")),
        new_news("shells b", topics=("weapons",)),
        new_news("shells c", topics=("diplomacy",)),
    )
    async with storage.read() as work:
        found = {
            topics: [
                each.news.text for each in (await work.news.search(asked("shells"), Narrowed(topics or None))).items
            ]
            for topics in ((), ("frontline",), ("frontline", "diplomacy"), ("astrology",))
        }
    assert found == {
        (): ["shells c", "shells b", "shells a"],
        ("frontline",): ["shells a"],
        ("frontline", "diplomacy"): ["shells c", "shells a"],
        ("astrology",): [],
    }


async def test_the_index_follows_every_change(storage: SqlStorage, database: Path) -> None:
    """After corrections, silent ones too, of words, topics and service mark, only what stands now is found."""
    ids = await archive(
        storage, new_news("one wounded"), new_news("shells fell"), new_news("coverage ends", service=True)
    )
    async with storage.write() as work:
        await work.news.revise(
            [
                revised_news(ids[0], "two wounded", topics=("casualties",)),
                revised_news(ids[1], "shells fell", silent=True, state=NewsState.CURRENT, topics=("weapons",)),
                revised_news(ids[2], "coverage goes on"),
            ],
            at=NOW,
        )
        await work.news.revise([revised_news(ids[1], "shells fell", service=True, topics=())], at=NOW)
        found = {
            query: [each.id for each in (await work.news.search(asked(query), Narrowed(topics or None))).items]
            for query, topics in (
                ("one", ()),
                ("two", ()),
                ("wounded", ("civilian-shelling",)),
                ("wounded ", ("casualties",)),
                ("shells", ()),
                ("coverage", ()),
                ("ends", ()),
            )
        }
    assert found == {
        "one": [],
        "two": [ids[0]],
        "wounded": [],
        "wounded ": [ids[0]],
        "shells": [],
        "coverage": [ids[2]],
        "ends": [],
    }
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO news_words (news_words) VALUES ('integrity-check')")


async def test_every_short_string_has_an_answer(storage: SqlStorage) -> None:
    """Every string of up to two marks, letters, digits and blanks is a query, not an error."""
    await archive(storage, *(new_news(text) for text in TEXTS))
    characters = ("", *string.punctuation, *string.whitespace, "a", "Z", "1", "\0", "ա")
    async with storage.read() as work:
        for query in map("".join, itertools.product(characters, characters)):
            await search.find(work.news._connection, asked(query), Filters(), search.Span(anchor=9, size=5, skipped=0))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.text('"*()^:+-{}NEAR OTAD\x00', max_size=40))
@example("NEAR(")
@example('"')
@example("a" * 100_000)
@example("\ud800")
async def test_any_string_has_an_answer(storage: SqlStorage, query: str) -> None:
    """Whatever is typed is a query, not an error."""
    async with storage.read() as work:
        page = await work.news.search(asked(query))
    assert (page.number, page.items) == (1, ())


async def test_a_query_past_its_deadline_is_given_up(storage: SqlStorage) -> None:
    """It ends as finding nothing, and the connection is as good as before."""
    await archive(storage, *(new_news(f"shells {number}") for number in range(3000)))
    async with storage.read() as work:
        connection = work.news._connection
        given_up = await search.find(
            connection, asked("shells"), Filters(), search.Span(3000, 5, 0), deadline=timedelta(seconds=-1)
        )
        assert given_up == search.Found((), 0)
        assert (await work.news.search(asked("shells"))).total == search.WINDOW
