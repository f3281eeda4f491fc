"""What a line is before anything is known of its page."""

from __future__ import annotations

import pytest

from bot.core.model import Block, BlockKind
from bot.core.split.lines import Line, break_run_together, lines_of


@pytest.mark.parametrize(
    ("text", "words"),
    [("Shells fell on Tarvin", 4), ("Tarvin", 1), ("シルナで大規模な停電が発生し、復旧作業が続いている", 12)],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    """A script that does not part its words counts one for two characters."""
    assert Line(text).words == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Shells fell on Tarvin.", True),
        ("“Shells fell.”", True),
        ("Զոհեր չկան։", True),
        ("ماذا حدث؟", True),
        ("He said the following:", True),
        ("Shells Fall on Tarvin", False),
        ("Who shelled Tarvin?", False),
        ("«une des prisonnières de Sirna»", False),
    ],
)
def test_a_sentence_ends_as_one(text: str, sentence: bool) -> None:
    """The last mark before closing quotes tells; a short question or call may be a headline."""
    assert Line(text).is_sentence == sentence


def test_what_cannot_be_seen_is_gone() -> None:
    """Control, zero-width and direction characters are no part of a line, and white space is one space."""
    blocks = (
        Block(BlockKind.PARAGRAPH, "\u202e14:35\u00a0\u200bSirens\t in\x07 Tarvin. \nSnow."),
        Block(BlockKind.PARAGRAPH, "\u200f"),
    )
    assert [line.text for line in lines_of(blocks)] == ["14:35 Sirens in Tarvin.", "Snow."]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Fire is out.23:19 Sirens sound.", ["Fire is out.", "23:19 Sirens sound."]),
        ("Fire is out. 9:20 a.m.: Sirens sound.", ["Fire is out.", "9:20 a.m.: Sirens sound."]),
        ("Fire is out. 23:19 – Sirens sound.", ["Fire is out.", "23:19 – Sirens sound."]),
        ("Fire is out. 23:19 was the time.", ["Fire is out. 23:19 was the time."]),
        ("The score was 3.15 Points a man.", ["The score was 3.15 Points a man."]),
    ],
)
def test_entries_that_run_together_are_cut(text: str, pieces: list[str]) -> None:
    """A clock that opens an entry inside a line cuts it; a sentence that opens with one does not."""
    assert [line.text for line in break_run_together([Line(text)])] == pieces
