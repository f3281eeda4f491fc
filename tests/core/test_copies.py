"""Which updates of other feeds are the same report, and which only sound like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.copies import RecentReports, Report
from bot.core.model import NewsUpdate

DAY = date(2031, 5, 14)
NOON = datetime(2031, 5, 14, 12, 0, tzinfo=UTC)
RESCUE = ("State Rescue Service",)
STRIKE = (
    "According to the State Rescue Service, rockets fell near the Maternity Hospital in Karst at noon. Two people were"
    " wounded and taken to the hospital of Tarvin. A garage and several homes were seriously damaged."
)
CALM = (
    "According to the State Rescue Service, the situation overnight in civilian settlements was relatively calm. Three"
    " shells fell near the village of Ostra. No casualties have been reported."
)
TALKS = "Premier Ilva Rosen and Mayor Tomas Behr agreed in Linden to open a corridor for 400 people on Friday."


def report(number: int, feed: int, text: str, *speakers: str, after: timedelta = timedelta()) -> Report:
    """A report that long after noon, on the day that this makes it."""
    at = NOON + after
    news = NewsUpdate(text, 0, local_date=at.date(), local_time=time(at.hour, at.minute))
    return Report(number, feed, news, at, speakers)


ARCHIVE = [
    report(1, 1, STRIKE, *RESCUE),
    report(2, 1, CALM, *RESCUE, after=timedelta(hours=-3)),
    report(3, 1, TALKS, after=timedelta(hours=-1)),
    report(4, 1, "Sirens in Karst."),
    report(
        5, 1, "A convoy of nine trucks has left Lorin for Varde with flour, blankets and medicine, its drivers say."
    ),
]

COPIES = [
    ("word for word", STRIKE, RESCUE, 1),
    ("in other quotes and case", STRIKE.upper().replace("ACCORDING", "According"), RESCUE, 1),
    ("without the lead-in", STRIKE.split(", ", 1)[1].capitalize(), (), 1),
    ("with a typo", STRIKE.replace("Maternity", "Matenrity"), RESCUE, 1),
    ("with a sentence more", f"{STRIKE} Firefighters are at work.", RESCUE, 1),
    ("its speaker in other words", STRIKE, ("Rescue Service of the State",), 1),
    ("a short one", TALKS, (), 3),
]


@pytest.mark.parametrize(("text", "speakers", "number"), [row[1:] for row in COPIES], ids=[row[0] for row in COPIES])
def test_near_verbatim_copies_are_one_report(text: str, speakers: tuple[str, ...], number: int) -> None:
    """The same text in another feed on the same day, by the same speaker, is a copy of the first."""
    kin = RecentReports(ARCHIVE, language="en").kin(report(9, 2, text, *speakers, after=timedelta(hours=2)))
    assert kin is not None
    assert (kin.report.id, kin.copy) == (number, True), kin.reason


APART = [
    ("the same feed", replace(report(9, 1, STRIKE, *RESCUE), feed_id=1)),
    ("another speaker", report(9, 2, STRIKE, "Defense Ministry")),
    ("another ministry", report(9, 2, CALM, "State Border Service", after=timedelta(hours=-2))),
    ("the next day", report(9, 2, CALM, *RESCUE, after=timedelta(hours=21))),
    ("another number", report(9, 2, STRIKE.replace("Two people", "Nine people"), *RESCUE)),
    ("another town", report(9, 2, STRIKE.replace("Karst", "Varde"), *RESCUE)),
    ("a formula with other facts", report(9, 2, CALM.replace("Three", "Six").replace("Ostra", "Lorin"), *RESCUE)),
    ("an everyday phrase", report(9, 2, "Sirens in Karst.")),
    ("only the lead-in in common", report(9, 2, "According to the State Rescue Service, schools are closed.", *RESCUE)),
    ("two days later", report(9, 2, TALKS, after=timedelta(hours=47))),
]


@pytest.mark.parametrize("late", [row[1] for row in APART], ids=[row[0] for row in APART])
def test_what_only_sounds_alike_stays_apart(late: Report) -> None:
    """Other speakers, days, numbers or places are other reports, however alike the words."""
    assert RecentReports(ARCHIVE, language="en").kin(late) is None


def test_without_a_day_the_hours_decide() -> None:
    """Copies without a printed day are one report within 36 hours, and two beyond."""
    undated = replace(ARCHIVE[2].news, local_date=None, local_time=None)
    recent = RecentReports([replace(ARCHIVE[2], news=undated)], language="en")
    for hours, is_copy in ((34, True), (38, False)):
        late = Report(9, 2, undated, NOON + timedelta(hours=hours))
        assert (recent.kin(late) is not None) is is_copy


SIMILAR = (
    "Two people were wounded when rockets hit the surroundings of the Maternity Hospital in Karst; homes were damaged,"
    " rescuers report, and both were brought to Tarvin."
)


def test_another_report_of_the_same_event_is_also_reported() -> None:
    """Other words, the same places and numbers, within hours: threaded, not merged."""
    kin = RecentReports(ARCHIVE, language="en").kin(report(9, 2, SIMILAR, after=timedelta(hours=1)))
    assert kin is not None
    assert (kin.report.id, kin.copy) == (1, False), kin.reason


def test_a_copy_is_preferred_to_a_similar_report() -> None:
    """Where one feed has the same words and another the same event, the words decide."""
    archive = [*ARCHIVE, report(6, 3, SIMILAR, after=timedelta(hours=1))]
    kin = RecentReports(archive, language="en").kin(report(9, 2, STRIKE, *RESCUE, after=timedelta(hours=2)))
    assert kin is not None
    assert (kin.report.id, kin.copy) == (1, True)


def test_nothing_is_kin_of_nothing() -> None:
    """Without earlier reports every update is news."""
    assert RecentReports([]).kin(ARCHIVE[0]) is None
