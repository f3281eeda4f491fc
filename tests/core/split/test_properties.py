"""What holds for every page, written or not."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model import Block, BlockKind
from bot.core.split import SplitContext, split
from bot.core.split.context import PageContext
from bot.core.split.lines import lines_of
from bot.core.split.page import split_page
from tests.core.split.pages import a_page, page_of, written_pages

_READ_AT = datetime(2022, 3, 9, 21, 0, tzinfo=UTC)
_STAMPS = (
    *("8:55 a.m.: ", "11 a.m. ", "14:35", "14:35 ", "14:35 - ", "9.05 Uhr: ", "22h45 : ", "12։00 ", "UPDATE (1858): "),
    *("10 Nov 2020, 04:21", "25.02.22 | 10:35 | ", "Nov. 12, 12:45 a.m.: ", "November 2", "oct7 update", "• ", "0:45"),
    *("Updated at 14:50", "2h ago", "By Nora Quist", "+++ 10:15 ", "Mittwoch, 2.3. 2022:", "20th Day", "3 марта", "-"),
    *("٢١:١٥ ", "13:41 24.3.2022", "1831 GMT — ", "© Norvale Post", "Read more: "),
)
_SENTENCES = ("Shells fell on the market", "Vell Meets the Envoys", "Солдаты ушли из города", "Niemand wurde verletzt")


@st.composite
def _pages(draw: st.DrawFn) -> list[str]:
    """Lines of stamps, headlines and sentences in any order, each with a word that occurs nowhere else."""
    lines = []
    for number in range(draw(st.integers(0, 25))):
        stamp = draw(st.sampled_from(("", "", *_STAMPS)))
        sentence = draw(st.sampled_from(("", *_SENTENCES)))
        marked = f"{sentence} qx{number}qx{draw(st.sampled_from(('', '.', '?', ':')))}" if sentence else ""
        tail = draw(st.sampled_from(("", "", "", " 12:40", "13:05", ".14:20 Und qy" + str(number) + "qy")))
        lines.append(f"{stamp}{marked}{tail}")
    return [line for line in lines if line.strip()]


def _context() -> PageContext:
    return PageContext(read_at=_READ_AT, url="https://norvale-post.example/live", timezone="Europe/Kyiv")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(_pages())
def test_every_line_is_told_apart_whole_and_in_order(lines: list[str]) -> None:
    """The pieces of a page, put together, are the page: nothing lost, nothing twice, nothing moved."""
    page = lines_of(a_page("\n".join(lines)).entries[0].blocks)
    pieces = split_page(page, _context()).outline.pieces
    assert re.sub(",", "", _bare("".join(piece.text for piece in pieces))) == re.sub(",", "", _bare("".join(lines)))


@given(_pages())
def test_every_word_is_in_one_update_or_one_piece_left_out(lines: list[str]) -> None:
    """A word of a page ends up in exactly one place, and the words of updates keep the order of the page."""
    result = split(a_page("\n".join(lines)), SplitContext(_READ_AT, timezone="Europe/Kyiv"))
    told = "\n".join(news.whole for news in result.updates)
    left = "\n".join(piece.text for piece in result.left_out)
    marked = re.findall(r"q[xy]\d+q[xy]", "\n".join(lines))
    assert sorted(re.findall(r"q[xy]\d+q[xy]", told + left)) == sorted(marked)
    numbers = [marked.index(word) for word in re.findall(r"q[xy]\d+q[xy]", told)]
    assert numbers == sorted(numbers)
    assert all(piece.reason for piece in result.left_out)


@given(_pages())
def test_no_update_is_later_than_the_day_of_reading(lines: list[str]) -> None:
    """Whatever a page prints, nothing on it was posted tomorrow; positions count up; no update is empty."""
    result = split(a_page("\n".join(lines)), SplitContext(_READ_AT, timezone="Europe/Kyiv"))
    assert all(news.local_date and news.local_date <= _READ_AT.date() for news in result.updates)
    assert [news.position for news in result.updates] == list(range(len(result.updates)))
    assert all(news.whole.strip() for news in result.updates)
    assert all((news.published_at is None) == (news.local_time is None) for news in result.updates)


@given(st.lists(st.text(max_size=60), max_size=20))
def test_any_text_is_split_without_complaint(texts: list[str]) -> None:
    """No text is too odd: control characters, lone marks, digits of any script."""
    page = page_of(Block(BlockKind.PARAGRAPH, text) for text in texts)
    lines = lines_of(page.entries[0].blocks)
    pieces = split_page(lines, _context()).outline.pieces
    wanted = _bare("".join(line.text for line in lines))
    assert _bare("".join(piece.text for piece in pieces)).replace(",", "") == wanted.replace(",", "")


@given(_pages())
@settings(max_examples=30)
def test_reading_twice_gives_the_same(lines: list[str]) -> None:
    """A split depends on the page and the moment alone."""
    context = SplitContext(_READ_AT, timezone="Europe/Kyiv")
    assert split(a_page("\n".join(lines)), context) == split(a_page("\n".join(lines)), context)


def test_written_pages_lose_nothing() -> None:
    """Each written document comes out of the splitter whole."""
    for page in written_pages():
        lines = lines_of(page.document.entries[0].blocks)
        pieces = split_page(lines, _context()).outline.pieces
        wanted = _bare("".join(line.text for line in lines)).replace(",", "")
        assert _bare("".join(piece.text for piece in pieces)).replace(",", "") == wanted, page.slug
