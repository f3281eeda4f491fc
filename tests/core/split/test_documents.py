"""Every written document comes out as its author meant it."""

from __future__ import annotations

import pytest

from tests.core.split.pages import WrittenPage, row, written_pages

_PAGES = written_pages()
_F1 = 0.97


def _matches(expected: dict[str, object], found: dict[str, object]) -> bool:
    wanted = {"service": False, **expected}
    return all(found[key] == value for key, value in wanted.items())


def _right(page: WrittenPage) -> tuple[int, int, int]:
    """How many updates are wholly right, of how many expected, among how many found."""
    left = [row(news) for news in page.split().updates]
    found, right = len(left), 0
    for expected in page.expected["updates"]:
        if match := next((candidate for candidate in left if _matches(expected, candidate)), None):
            left.remove(match)
            right += 1
    return right, len(page.expected["updates"]), found


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.slug)
def test_a_written_page_gives_its_updates(page: WrittenPage) -> None:
    """Day, time, headline, words and how the day is known are right for every update, in page order."""
    found = [row(news) for news in page.split().updates]
    wanted = [{"service": False, **expected} for expected in page.expected["updates"]]
    assert [{key: update[key] for key in want} for update, want in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.slug)
def test_nothing_else_gets_into_an_update(page: WrittenPage) -> None:
    """Introductions, promotions, labels and footers stay out of every update and are named."""
    split_page = page.split()
    inside = "\n".join(news.whole for news in split_page.updates)
    assert [words for words in page.expected["never"] if words in inside] == []
    assert all(piece.reason for piece in split_page.left_out)


def test_the_documents_score_as_promised() -> None:
    """Over all documents, F1 of wholly right updates is at least 0.97."""
    right, wanted, found = (sum(numbers) for numbers in zip(*map(_right, _PAGES), strict=True))
    assert 2 * right / (wanted + found) >= _F1
