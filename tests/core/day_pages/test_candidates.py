"""Where the next day's page may be."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.day_pages import Linked, candidates, index_addresses
from bot.core.model import PageLink

THIRD, FOURTH = date(2026, 11, 3), date(2026, 11, 4)
SITE = "https://norvale.example"
PAGE = f"{SITE}/november-3"
TITLE = "november 3 update | Norvale Post"


def found(*links: PageLink, url: str = PAGE, title: str | None = TITLE, where: str = "the page") -> list[str]:
    """The addresses of the candidates."""
    linked = [Linked(where, links)]
    return [one.url for one in candidates(url, title, THIRD, FOURTH, language="en", linked=linked)]


def test_the_address_pattern_gives_one_without_any_link() -> None:
    """With its reason in words."""
    (only,) = candidates(PAGE, TITLE, THIRD, FOURTH, language="en", linked=())
    assert (only.url, only.reason) == (f"{SITE}/november-4", "the address pattern: november-3 becomes november-4")


@pytest.mark.parametrize(
    "link",
    [
        PageLink(f"{SITE}/november-4", "Today"),
        PageLink(f"{SITE}/a83jd9", "november 4 update"),
        PageLink(f"{SITE}/a83jd9", "November 4, 2026 Update"),
        PageLink(f"{SITE}/live/november-4-z1", "november 4 update"),
    ],
)
def test_a_link_that_is_like_the_page_but_for_its_day_comes_first(link: PageLink) -> None:
    """By its address or by its words, in an index, a feed of teasers, or on the page itself."""
    other = PageLink(f"{SITE}/about", "About us")
    assert found(other, link)[0] == link.url


@pytest.mark.parametrize(
    "link",
    [
        PageLink(f"{SITE}/2026/11/04/minister-resigns", "Minister resigns"),
        PageLink(f"{SITE}/opinion/x", "November 4: why the ministers must listen to the farmers of Karst"),
        PageLink("https://elsewhere.example/november-4", "november 4 update"),
        PageLink(f"{SITE}/november-5", "november 5 update"),
        PageLink(PAGE, "november 4 update"),
        PageLink("http://[", "november 4 update"),
    ],
)
def test_other_pages_are_no_candidates(link: PageLink) -> None:
    """Articles of that day, other sites and other days."""
    assert link.url not in found(link)


def test_a_page_without_a_day_in_its_address_is_found_by_links() -> None:
    """An address that is only an id says nothing about tomorrow."""
    url = f"{SITE}/live/a83jd9"
    assert found(url=url) == []
    assert found(PageLink(f"{SITE}/live/b11kk2", "november 4 update"), url=url) == [f"{SITE}/live/b11kk2"]


def test_the_pages_own_next_is_followed() -> None:
    """A relation or the word says enough where the address is alike."""
    url = f"{SITE}/live/page-16"
    assert found(PageLink(f"{SITE}/live/page-17", "Next day", "next"), url=url) == [f"{SITE}/live/page-17"]


def test_an_address_is_tried_once() -> None:
    """Linked and by pattern, with ``www`` or a slash: it is one."""
    links = (PageLink(f"{SITE}/november-4/", "november 4 update"), PageLink(f"{SITE}/november-4", "4 November"))
    assert len(found(*links)) == 1


def test_a_hostile_page_brings_no_more_than_a_handful() -> None:
    """However many links look right."""
    links = [PageLink(f"{SITE}/november-4-{number}", "november 4 update") for number in range(1_000)]
    assert len(found(*links)) == 6


@pytest.mark.parametrize(
    ("path", "indexes"),
    [
        ("/november-3", ["/"]),
        ("/updates/november-3", ["/updates/", "/"]),
        ("/en/live/2026/11/03/updates", ["/en/live/2026/11/03/", "/en/live/2026/11/", "/"]),
        ("/2026/11/03", ["/"]),
        ("/?day=2026-11-03", ["/"]),
    ],
)
def test_indexes_are_the_folders_above(path: str, indexes: list[str]) -> None:
    """Folders that are only numbers list nothing."""
    assert list(index_addresses(SITE + path)) == [SITE + index for index in indexes]
