"""Where a page leads to on its own site."""

from __future__ import annotations

import pytest

from bot.core.model import Document, PageLink
from bot.sources import read_document

SITE = "https://norvale.example"
URL = f"{SITE}/live/november-3"


def read(body: str, *, links: bool = True) -> Document:
    """A page with that body."""
    return read_document(f"<!doctype html><body><p>Words.</p>{body}".encode(), url=URL, links=links)


def test_links_are_absolute_and_once_each() -> None:
    """In page order, without fragments; of several links to one page the one that says most tells its words."""
    page = read(
        "<a href='/live/november-4'>Next</a> <a href='november-2#top'>november  2\nupdate</a>"
        "<a href='https://www.norvale.example/live/november-4'></a><a href='/live/november-4'>november 4 update</a>"
    )
    assert page.links == (
        PageLink(f"{SITE}/live/november-4", "november 4 update", "next"),
        PageLink(f"{SITE}/live/november-2", "november 2 update"),
        PageLink("https://www.norvale.example/live/november-4"),
    )


@pytest.mark.parametrize(
    "element",
    [
        "<a href='/x' rel='next'>5</a>",
        "<link rel='next' href='/x'>",
        "<a href='/x'>Next day »</a>",
        "<a href='/x'>Tomorrow</a>",
        "<a href='/x'>Next</a>",
    ],
)
def test_the_next_page_is_marked(element: str) -> None:
    """By relation or by the words of the link."""
    assert [(link.url, link.rel) for link in read(element).links] == [(f"{SITE}/x", "next")]


@pytest.mark.parametrize("href", ["https://elsewhere.example/", "javascript:x()", "mailto:a@b", "", "http://["])
def test_what_leads_elsewhere_is_left_out(href: str) -> None:
    """Other sites, scripts and mail are no pages of the site."""
    assert read(f"<a href='{href or '#'}'>x</a>").links in {(), (PageLink(URL, "x"),)}


def test_links_are_told_only_where_they_are_asked_for() -> None:
    """A usual read carries none."""
    assert read("<a href='/x'>x</a>", links=False).links == ()


def test_a_page_of_links_is_cut() -> None:
    """A thousand are enough."""
    assert len(read("".join(f"<a href='/{number}'>x</a>" for number in range(3_000))).links) == 1_000


def test_a_feed_has_no_links() -> None:
    """Its entries are what it leads to."""
    feed = "<rss><channel><item><title>x</title><link>https://norvale.example/1</link></item></channel></rss>"
    assert read_document(feed.encode(), url=URL, links=True).links == ()
