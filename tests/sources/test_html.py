"""Whole pages and plain text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.model import Document, EntryKind
from bot.sources import read_document

PAGE = "https://norvale.example/live/day"
LONG = "Nobody was hurt when the bridge at Karst was hit, the mayor of Tarvin says. " * 4


def read(text: str, content_type: str = "text/html") -> Document:
    """The page of an outlet."""
    return read_document(text.encode(), url=PAGE, content_type=content_type)


def lines(text: str, content_type: str = "text/html") -> list[str]:
    """The texts of its blocks."""
    (entry,) = read(text, content_type).entries
    return [block.text for block in entry.blocks]


def test_a_page_states_what_it_is() -> None:
    """Title, canonical address, language, dates and feeds come from its head."""
    document = read(
        """<!doctype html><html lang="en_GB"><head><title>Live: Tarvin</title>
        <link rel="canonical" href="/live/today"><link rel="alternate" type="application/rss+xml" href="/feed">
        <link rel="alternate" type="application/atom+xml; charset=utf-8" href="https://norvale.example/atom">
        <link rel="alternate" hreflang="fr" href="/fr"><link rel=alternate type=application/rss+xml href="javascript:x">
        <meta property="article:published_time" content="2020-11-03T08:00:00+04:00">
        <meta property="article:modified_time" content="2020-11-03T20:00:00+04:00"></head><body><p>Shelling</p>"""
    )
    (entry,) = document.entries
    assert (document.format, document.title, document.language) == ("html", "Live: Tarvin", "en-GB")
    assert document.url == entry.url == "https://norvale.example/live/today"
    assert document.alternates == ("https://norvale.example/feed", "https://norvale.example/atom")
    assert (entry.kind, entry.key) == (EntryKind.PAGE, "")
    assert entry.published == datetime(2020, 11, 3, 4, tzinfo=UTC)
    assert entry.updated == datetime(2020, 11, 3, 16, tzinfo=UTC)


def test_a_page_is_dated_by_its_structured_data() -> None:
    """Where its head states no date, the article's JSON-LD does."""
    data = '{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "datePublished": "2020-11-03T04:00:00Z"}]}'
    (entry,) = read(f'<script type="application/ld+json">{data}</script><p>Shelling</p>').entries
    assert (entry.published, entry.updated) == (datetime(2020, 11, 3, 4, tzinfo=UTC), None)


def test_a_base_element_moves_relative_links() -> None:
    """Links are resolved against ``<base>``."""
    (entry,) = read('<base href="https://karst.example/x/"><p><a href="y">z</a>').entries
    assert entry.blocks[0].link == "https://karst.example/x/y"


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (f"<p>Cookies</p><main><p>{LONG}</p></main><p>Terms</p>", [LONG]),
        (f"<p>Cookies</p><article><p>{LONG}</p></article><p>Terms</p>", [LONG]),
        # Many articles are many updates: none of them is the page.
        (f"<article>a {LONG}</article><article>b {LONG}</article>", [f"a {LONG}", f"b {LONG}"]),
        # A main element that holds little is not the page's text.
        (f"<main>Menu</main><div>{LONG}</div>", ["Menu", LONG]),
        (f"<nav>Home</nav><div>{LONG}</div><aside>Key</aside><footer>Terms</footer>", [LONG]),
        (f"<div class='share'>Share</div><div role=navigation>Home</div><p>{LONG}</p>", [LONG]),
        (f"<p>{LONG}</p><section id=comments><p>First!</p></section>", [LONG]),
        # The footer of an update is part of it.
        (f"<article><p>{LONG}</p><footer>8:55</footer></article>", [LONG, "8:55"]),
        # What frames the page can't be most of it.
        (f"<aside>{LONG}</aside><p>Live</p>", [LONG, "Live"]),
    ],
)
def test_the_main_text_is_kept_and_its_frame_left(markup: str, kept: list[str]) -> None:
    """By the share of the text that an element holds, never by a page's name."""
    assert lines(markup) == [" ".join(text.split()) for text in kept]


def test_a_page_that_only_offers_feeds_has_no_entries() -> None:
    """Its alternates are what an admin is offered."""
    document = read('<html><link rel="alternate" type="application/feed+json" href="/feed.json"><body></body></html>')
    assert (document.entries, document.alternates) == ((), ("https://norvale.example/feed.json",))


@pytest.mark.parametrize(
    ("text", "content_type", "expected"),
    [
        ("november 3\n\n8:55 a.m.: Shelling\n\t\n9:20\n", "text/plain", ["november 3", "8:55 a.m.: Shelling", "9:20"]),
        ("8:55 <b>Shelling</b>", "text/plain", ["8:55 <b>Shelling</b>"]),  # the server says that it is text
        ("8:55 <b>Shelling</b>", "text/html", ["8:55 Shelling"]),
        ("<!doctype html><p>Shelling", "text/plain", ["Shelling"]),  # it says so wrongly
        ("fewer than 5 < 6", "", ["fewer than 5 < 6"]),
        ("[8:55] Shelling", "application/json", ["[8:55] Shelling"]),
        ("{8:55} Shelling", "", ["{8:55} Shelling"]),
        ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><p>x</p></html>', "", ["x"]),
        ("a\x0bb\x0cc\u2028d", "", ["a b", "c", "d"]),
    ],
)  # fmt: skip
def test_text_and_markup_are_told_apart(text: str, content_type: str, expected: list[str]) -> None:
    """By their content; the header decides only whether stray tags are meant."""
    assert lines(text, content_type) == expected


def test_a_page_in_another_encoding_is_read() -> None:
    """The declared encoding of a page is honoured."""
    body = '<meta charset="windows-1251"><p>Обстрел Тарвина</p>'.encode("cp1251")
    (entry,) = read_document(body, url=PAGE).entries
    assert entry.blocks[0].text == "Обстрел Тарвина"


def test_absurd_nesting_of_a_page_is_survived() -> None:
    """Ten thousand open elements end in words, not in minutes of work."""
    with pytest.raises(Exception, match="nested more than 4096 elements deep"):
        read("<!doctype html>" + "<div>" * 10_000 + "x")
