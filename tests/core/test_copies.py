"""The same words from another feed are the same news; anything that a reader must be told is news of its own."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.archive import Told
from bot.core.copies import copied_from
from bot.core.model import NewsUpdate

REPORT = (
    "According to the State Emergency Service of Karvelia, rockets hit the grain port of Tarvin in the early morning. "
    "Two people were wounded, and the fire in the second warehouse is under control."
)
CALM = "According to the Defense Ministry spokesperson, the situation on the front line was relatively calm overnight."
DAY = date(2031, 5, 4)
SERVICE = ("State Emergency Service of Karvelia",)


def told(text: str = REPORT, **changes: object) -> Told:
    """A report that another feed brought."""
    return Told(**{"id": 7, "text": text, "local_date": DAY, "attribution": SERVICE, **changes})  # type: ignore[arg-type]


def news(text: str = REPORT, day: date | None = DAY) -> NewsUpdate:
    """The update that may be a copy."""
    return NewsUpdate(text, position=3, page_key="another page", local_date=day)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (REPORT, told()),
        (REPORT.replace("the early morning", "early morning"), told()),
        (REPORT.replace('"', "“").replace(",", " –"), told()),
        (REPORT, told(attribution=())),
        (REPORT, told(local_date=None)),
    ],
    ids=["word for word", "an article dropped", "other punctuation", "a speaker not named", "a day not given"],
)
def test_the_same_words_are_the_same_news(now: str, before: Told) -> None:
    """A near-verbatim report of the same day and speaker is a copy."""
    assert copied_from(news(now), SERVICE, [before]) is before


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (REPORT.replace("Two people", "Four people"), told()),
        (REPORT.replace("Tarvin", "Norvale"), told()),
        (REPORT.replace("were wounded", "were not wounded"), told()),
        (REPORT, told(local_date=date(2031, 5, 3))),
        (REPORT, told(attribution=("Karst Red Cross",))),
        (f"{REPORT} A second strike hit the railway station and killed five.", told()),
        ("Shells hit Tarvin.", told("Shells hit Tarvin.")),
    ],
    ids=["number", "place", "negation", "day", "speaker", "more told", "too short"],
)
def test_another_fact_is_other_news(now: str, before: Told) -> None:
    """A number, place, denial, day or speaker that differs, or more that is told, is never merged away."""
    assert copied_from(news(now), SERVICE, [before]) is None


def test_a_formula_is_no_copy_on_another_day() -> None:
    """What a ministry says every night is news every night."""
    yesterday = told(CALM, local_date=date(2031, 5, 3), attribution=())
    assert copied_from(news(CALM), (), [yesterday]) is None


def test_the_oldest_is_the_original() -> None:
    """Of two reports with the same words, the first that was told is the one that is repeated."""
    first, second = told(id=7), told(id=9)
    assert copied_from(news(), SERVICE, [first, second]) is first
