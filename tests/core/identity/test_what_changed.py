"""What an edit of a known update becomes: corrected, added, withdrawn, or silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.core.identity import Added, Corrected, Decision, Same, Withdrawn, identify
from bot.core.model import NewsUpdate
from tests.core.identity.pages import news, page, read, remembered

OVERNIGHT = (
    "According to the State Rescue Service, although the night was relatively calm in most settlements, before dawn"
    " artillery opened fire on the towns of Karst and Tarvin. No casualties have been reported. The situation"
    " elsewhere remains stable."
)
BATTLES = (
    "According to the Defense Ministry, units fought defensive battles in the eastern and southern directions and"
    " destroyed two vehicles, including a tank.\n\nIn the morning, troops that tried to advance in the south were"
    " pushed back."
)
WEAPON = "Sappers found a new kind of munition near Varde. It was about 40 cm in length, said Colonel Oren Malk."
TWEET = "President Ilva Rosen wrote that the war is a bitter event. Rosen called on both sides to stop on Monday."
TARGETED = (
    "According to the Defense Army, shelling of civilian settlements goes on. A few minutes ago Karst and Tarvin were"
    " hit and, according to preliminary data, one civilian was wounded."
)
HOSPITAL = (
    "According to the State Rescue Service, rockets fell near the Maternity Hospital. A garage and several homes were"
    " seriously damaged. One person was wounded and taken to hospital. Information about casualties is being clarified."
)
PAGE = page(
    news("8:55", OVERNIGHT),
    news("9:20", BATTLES),
    news("12:12", WEAPON, "Banned Munition Found"),
    news("16:20", TWEET),
    news("21:25", TARGETED),
    news("21:35", HOSPITAL, "Karst and Tarvin Hit Again"),
)


def edited(place: int, **changes: object) -> Decision:
    """What the update at that place becomes when its fields change and all else stays."""
    updates: list[NewsUpdate] = [*PAGE]
    updates[place] = replace(updates[place], **changes)  # type: ignore[arg-type]  # the rows below name real fields
    return read(remembered(PAGE), *updates)[place]


def reworded(place: int, old: str, new: str) -> Decision:
    """What the update at that place becomes when these words are exchanged."""
    assert old in PAGE[place].text
    return edited(place, text=PAGE[place].text.replace(old, new))


CORRECTED = [
    ("a number in words", 4, "one civilian was", "two civilians were", ("one", "two")),
    ("a number in digits", 2, "40 cm", "60 cm", ("40", "60")),
    ("a vague number made exact", 5, "several homes", "seven homes", ("several", "seven")),
    ("a single one made many", 5, "A garage", "Four garages", ("A garage", "Four garages")),
    ("a place", 4, "Karst and Tarvin", "Karst and Hadrun", ("Tarvin", "Hadrun")),
    ("a place that the page knows", 2, "near Varde", "near Tarvin", ("Varde", "Tarvin")),
    ("a person", 2, "Oren Malk", "Sevan Dahl", ("Oren Malk", "Sevan Dahl")),
    ("the body that says it", 1, "Defense Ministry", "Interior Ministry", ("Defense", "Interior")),
    ("a point of the compass", 1, "eastern and", "northern and", ("eastern", "northern")),
    ("a weekday", 3, "on Monday", "on Friday", ("Monday", "Friday")),
    ("a negation put in", 1, "were pushed", "were not pushed", ("were pushed", "were not pushed")),
    ("a negation taken out", 0, "No casualties", "Casualties", None),
    ("no victims to some", 0, "No casualties have been reported", "Two people were killed", None),
    ("what happened to a victim", 5, "was wounded and taken to hospital", "was killed", None),
    ("a denial", 4, "one civilian was wounded.", "one civilian was wounded. The ministry denied the report.", None),
    ("a denial of what was being clarified", 5, "clarified.", "clarified. The ministry has denied the report.", None),
    ("what turned out untrue", 4, "was wounded.", "was wounded. This turned out not to be true.", None),
    ("a report called false", 4, "was wounded.", "was wounded. The army calls the report false.", None),
]


@pytest.mark.parametrize(
    ("place", "old", "new", "change"), [row[1:] for row in CORRECTED], ids=[row[0] for row in CORRECTED]
)
def test_a_changed_fact_is_a_correction(place: int, old: str, new: str, change: tuple[str, str] | None) -> None:
    """A number, name, place, negation, victim, day, denial or speaker that changed makes the update corrected."""
    decision = reworded(place, old, new)
    assert isinstance(decision, Corrected), decision
    assert decision.known.id == place + 1
    if change is not None:
        assert change in decision.changes


SILENT = [
    ("a typing slip in a word", 1, "defensive", "defnsive"),
    ("a typing slip in a name", 4, "Tarvin", "Travin"),
    ("a misspelt person", 2, "Oren Malk", "Oren Mallk"),
    ("curly quotes", 3, "bitter event", "“bitter event”"),
    ("a number written in digits", 4, "one civilian", "1 civilian"),
    ("another word for the same", 3, "wrote", "tweeted"),
    ("a shorter way to say it", 1, "units fought defensive battles", "units defended themselves"),
    ("a first name added", 3, "Rosen called", "Ilva Rosen called"),
    ("the last sentence cut", 5, " Information about casualties is being clarified.", ""),
    ("a clause cut", 1, ", including a tank", ""),
    (
        "another lead",
        5,
        "According to the State Rescue Service, rockets fell near",
        "The State Rescue Service says: near",
    ),
    ("another order", 0, "Karst and Tarvin", "Tarvin and Karst"),
]


@pytest.mark.parametrize(("place", "old", "new"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT])
def test_an_edit_without_a_changed_fact_is_silent(place: int, old: str, new: str) -> None:
    """Typos, typography, rewording and cuts are taken over without telling anybody."""
    decision = reworded(place, old, new)
    assert isinstance(decision, Same), decision
    assert decision.known.id == place + 1
    assert decision.touched


ADDED = [
    ("a new number", 5, "Eleven houses burned down.", True),
    ("a new place", 5, "The village of Ostra was hit as well.", True),
    ("a place among names", 5, "Rockets also fell in Lorin and Ostra.", True),
    ("nothing of the kind", 5, "Rescue teams remain at the scene.", False),
    ("what is known already", 5, "The State Rescue Service asks people to stay away from Karst.", False),
    ("what is still being clarified", 4, "Information about damage is being clarified.", False),
    ("a greater danger", 3, "Rockets are falling on the suburbs.", True),
    ("somebody killed", 4, "A child was killed.", True),
]


@pytest.mark.parametrize(("place", "sentence", "alerts"), [row[1:] for row in ADDED], ids=[row[0] for row in ADDED])
def test_added_text_alerts_by_what_it_brings(place: int, sentence: str, alerts: bool) -> None:  # a row
    """Text added to an update alerts when it brings a new number or place, or the danger rises."""
    decision = edited(place, text=f"{PAGE[place].text} {sentence}")
    assert isinstance(decision, Added), decision
    assert decision.alerts is alerts
    assert decision.added == sentence


OUTWARD = [
    ("another headline", 2, {"heading": "Sappers Find Munition"}),
    ("a headline added", 1, {"heading": "Battles Overnight"}),
    ("a headline gone", 5, {"heading": None}),
    ("a corrected time", 1, {"local_time": time(9, 25)}),
]


@pytest.mark.parametrize(("place", "changes"), [row[1:] for row in OUTWARD], ids=[row[0] for row in OUTWARD])
def test_a_changed_headline_or_time_is_silent(place: int, changes: dict[str, object]) -> None:
    """The same words under another headline, or at a corrected time, are the same update."""
    decision = edited(place, **changes)
    assert isinstance(decision, Same), decision
    assert decision.known.id == place + 1
    assert decision.touched


WITHDRAWN = [
    "We have removed a report published here about shelling, which could not be confirmed.",
    f"{TARGETED} UPDATE: This report was wrong and has been withdrawn.",
    f"{TARGETED} Editor's note: the information above proved false; we have retracted this update.",
    "RETRACTED: shelling of Karst.",
    f"{TARGETED} The Defense Army has since retracted its statement.",
    "This item was published in error and has been removed.",
    "The update posted here at 21:25 was inaccurate and has been deleted.",
    "Norvale Post has withdrawn its earlier report of shelling in Karst.",
    "We published incorrect information about Karst here.",
    "Please note: this post has been taken back; we retract it.",
    "Disregard the previous report.",
]


@pytest.mark.parametrize("text", WITHDRAWN)
def test_a_source_that_takes_its_words_back_withdraws(text: str) -> None:
    """A notice that a report was removed or retracted withdraws the update in whose place it stands."""
    decision = edited(4, text=text)
    assert isinstance(decision, Withdrawn), decision
    assert decision.known.id == 5


NOT_WITHDRAWN = [
    "The troops have withdrawn from Karst.",
    "In a statement, the army said that it has withdrawn its tanks from the town.",
    "The mayor said that mines were removed from the road.",
    "An earlier version of this report misstated the name of the street.",
    "The ministry recalled its ambassador and withdrew from the talks.",
    "This alert tells people to remove whatever may burn from their balconies.",
    "In this statement the council calls on both armies to withdraw.",
    "This information was confirmed by the mayor: the troops withdrew from Ostra.",
    "The message of the day is that the barricades were removed.",
    "The army removed the story of the old mill, which had collapsed.",
]


@pytest.mark.parametrize("sentence", NOT_WITHDRAWN)
def test_armies_that_withdraw_take_no_report_back(sentence: str) -> None:
    """Words of withdrawal that speak of troops, mines or talks withdraw nothing."""
    assert not isinstance(edited(4, text=f"{TARGETED} {sentence}"), Withdrawn)


def test_an_entry_that_the_source_marks_as_taken_back_is_withdrawn() -> None:
    """A tombstone of the source withdraws, whatever its text says."""
    assert isinstance(edited(4, retracted=True), Withdrawn)


def test_an_unchanged_page_touches_nothing() -> None:
    """Reading the same page again decides Same for each update and touches none."""
    decisions = read(remembered(PAGE), *PAGE)
    assert [isinstance(d, Same) and not d.touched for d in decisions] == [True] * len(PAGE)


@pytest.mark.parametrize(
    ("was", "now", "fact"),
    [
        ("Shelling Hits Tarvin Again Today", "Shelling Hits Varde Again Today", "place"),
        ("All were taken by van to the hospital in Karst", "All were taken by bus to the hospital in Karst", None),
    ],
)
def test_listed_places_are_known_anywhere_but_not_as_common_words(was: str, now: str, fact: str | None) -> None:
    """A town in a headline is a place; "van" in small letters is not the town of that name."""
    known = remembered(page(news("9:00", was)))
    (decision,) = identify(known, page(news("9:00", now)), language="en", places={"Tarvin", "Varde", "Van", "Bus"})
    assert isinstance(decision, Corrected if fact else Same), decision
    assert fact is None or fact in decision.reason
