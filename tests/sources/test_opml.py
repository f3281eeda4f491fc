"""Subscription lists, in and out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.archive import FeedSettings
from bot.sources import UnreadableError
from bot.sources.opml import Problem, read_opml, write_opml

SITE = "https://norvale.example"
HEAD = '<?xml version="1.0" encoding="UTF-8"?><opml version="2.0" xmlns:sitrep="urn:sitrep:opml"><head/><body>'
FULL = FeedSettings(
    f"{SITE}/november-3",
    title="Norvale Post & “Live”",
    timezone="Asia/Yerevan",
    language="en-GB",
    interval=timedelta(minutes=2),
    topics=("civilian-shelling", "warnings"),
    follow_days=True,
)


def opml(*outlines: str) -> bytes:
    """A list of these outlines."""
    return f"{HEAD}{''.join(outlines)}</body></opml>".encode()


def written(*feeds: FeedSettings) -> bytes:
    """What an export of these feeds is."""
    return "".join(write_opml((feed.title or "As the source says", feed) for feed in feeds)).encode()


def test_what_goes_out_comes_in_again() -> None:
    """Title, zone, language, interval, topics and days; markup in a title breaks nothing."""
    assert read_opml(written(FULL)).feeds == (FULL,)


SETTINGS = st.builds(
    FeedSettings,
    st.integers(0, 10**6).map(lambda number: f"{SITE}/{number}"),
    title=st.one_of(st.text(min_size=1, max_size=60)).map(lambda text: f"T{text}"),
    timezone=st.sampled_from([None, "UTC", "Asia/Yerevan"]),
    language=st.sampled_from([None, "hy", "sr-Latn"]),
    interval=st.one_of(st.none(), st.integers(30, 604_800).map(lambda seconds: timedelta(seconds=seconds))),
    topics=st.lists(st.sampled_from(["aid", "warnings", "frontline"]), unique=True).map(tuple),
    follow_days=st.booleans(),
)


@given(st.lists(SETTINGS, max_size=5, unique_by=lambda settings: settings.url))
def test_any_title_survives_the_way_out_and_in(feeds: list[FeedSettings]) -> None:
    """Line breaks and unseen characters apart, whatever a title holds; every other setting is the same."""
    read = read_opml(written(*feeds)).feeds
    assert [(one.url, one.timezone, one.language, one.interval, one.topics, one.follow_days) for one in read] == [
        (one.url, one.timezone, one.language, one.interval, one.topics, one.follow_days) for one in feeds
    ]
    again = read_opml(written(*read)).feeds
    assert again == read


def test_lists_of_other_programs_are_read() -> None:
    """Folders are left aside, names in any case, the text stands in for a title, and an address for nothing."""
    listed = read_opml(
        opml(
            f'<outline text="War"><outline type="rss" text="Norvale" xmlUrl="{SITE}/1" htmlUrl="{SITE}"/></outline>',
            f'<Outline TITLE="Karst" TEXT="x" XMLURL="{SITE}/2"/><outline text="a note"/>',
            f'<outline text="{SITE}/3" xmlUrl="{SITE}/3"/>',
        )
    )
    assert [(feed.url, feed.title) for feed in listed.feeds] == [
        (f"{SITE}/1", "Norvale"),
        (f"{SITE}/2", "Karst"),
        (f"{SITE}/3", None),
    ]
    assert listed.problems == ()


@pytest.mark.parametrize(
    ("outline", "problem"),
    [
        (f'<outline xmlUrl="{SITE}/1"/>', Problem(f"{SITE}/1", "it stands in the list more than once")),
        (
            '<outline xmlUrl="ftp://x.example/"/>',
            Problem("ftp://x.example/", "only http:// and https:// addresses can be read"),
        ),
        ('<outline text="Karst" xmlUrl=""/>', Problem("Karst", "there is no address")),
        (
            f'<outline xmlUrl="{SITE}/2" sitrep:zone="Mars/Base"/>',
            Problem(f"{SITE}/2", "there is no time zone “Mars/Base”"),
        ),
        (
            f'<outline xmlUrl="{SITE}/2" sitrep:interval="soon"/>',
            Problem(f"{SITE}/2", "its interval is no number of seconds from 30 to 604800"),
        ),
    ],
)
def test_what_is_wrong_with_one_feed_is_named_and_harms_no_other(outline: str, problem: Problem) -> None:
    """Duplicates, addresses that are none, and settings that cannot be."""
    listed = read_opml(opml(f'<outline text="First" xmlUrl="{SITE}/1"/>', outline))
    assert listed.feeds[0] == FeedSettings(f"{SITE}/1", title="First")
    assert listed.problems == (problem,)


@pytest.mark.parametrize(
    "body",
    [
        opml(f'<outline text="R & D" xmlUrl="{SITE}/1"/>'),
        opml(f'<outline xmlUrl="{SITE}/1"/>')[:-15],
        opml(f'<outline text="a\x01b" xmlUrl="{SITE}/1"/>'),
        opml(f'<outline text="x" xmlUrl="{SITE}/1"/>').decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\xef\xbb\xbf" + opml(f'<outline xmlUrl="{SITE}/1"/>'),
    ],
    ids=["a bare ampersand", "cut off", "a control character", "UTF-16", "a mark in front"],
)
def test_a_damaged_list_gives_what_it_has(body: bytes) -> None:
    """Lists are edited by hand."""
    assert [feed.url for feed in read_opml(body).feeds] == [f"{SITE}/1"]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": (
        f'<!DOCTYPE opml [<!ENTITY l0 "x">{LAUGHS}]><opml><outline text="&l9;"/></opml>',
        "document type",
    ),
    "a file of ours": ('<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml>&x;</opml>', "document type"),
    "nesting": ("<opml>" + "<outline>" * 200_000, "nested more than 256"),
    "a feed": ("<rss><channel/></rss>", "no OPML"),
    "nothing": ("", "no OPML"),
    "words": ("just words", "no OPML"),
    "too many": (opml(*[f'<outline xmlUrl="{SITE}/{n}"/>' for n in range(10_001)]).decode(), "more than 10000"),
    "too large": (" " * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
}


@pytest.mark.parametrize(("body", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_list_is_refused(body: str, reason: str) -> None:
    """By name, before anything is built of it."""
    with pytest.raises(UnreadableError, match=reason):
        read_opml(body.encode())


def test_five_thousand_feeds_are_read() -> None:
    """A large list is no attack."""
    feeds = [FeedSettings(f"{SITE}/{number}", title=f"Feed {number}") for number in range(5_000)]
    assert read_opml(written(*feeds)).feeds == tuple(feeds)
