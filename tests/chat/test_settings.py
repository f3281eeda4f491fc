"""/settings: quiet hours, lists, places, followed words, the city whose clock counts."""

from __future__ import annotations

from datetime import time

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import (
    Code,
    LeaveWord,
    SetListTime,
    SetPlace,
    SetQuiet,
    SetZone,
    ShowCities,
    ShowSettings,
    Zone,
    encode,
)
from bot.core.archive import ChatKind
from bot.core.habits import DigestTime, QuietHours
from bot.demo.telegram import ChatMessage, Person
from bot.services.habits import MOST_PLACES, MOST_WORDS
from bot.services.subscriptions import ChatThread
from tests.chat.conftest import Deployment, labels
from tests.chat.test_mutes import habits, pressed
from tests.chat.test_reports import report


@pytest.fixture
async def settings(sitrep: Deployment, ani: Person) -> ChatMessage:
    """The first screen of Ani's settings."""
    return await ani.ask("/settings")


async def test_the_first_screen_says_all_that_is_decided(
    sitrep: Deployment, ani: Person, settings: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """A line each, and a button to change each."""
    assert ani.chat.transcript() == snapshot
    thread = ChatThread(ani.id, ChatKind.PRIVATE)
    await sitrep.services.habits.set_quiet(thread, QuietHours())
    await sitrep.services.habits.set_place(thread, "stepanakert", followed=True)
    await sitrep.services.habits.follow_word(thread, "water", followed=True)
    assert (await ani.ask("/settings")).text == snapshot


async def test_quiet_hours_are_two_buttons(
    sitrep: Deployment, ani: Person, settings: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """That danger still rings stands first; the choice is told with the city whose clock counts."""
    await pressed(ani, settings, "Quiet hours")
    assert (settings.text, labels(settings)) == snapshot
    await pressed(ani, settings, "23–07, danger still rings")
    assert (await habits(sitrep, ani)).quiet == QuietHours(time(23), time(7), danger_rings=True)
    assert "Now: 23:00–07:00 Yerevan, danger still rings." in settings.text
    await pressed(ani, settings, "23–07, nothing rings")
    assert (await habits(sitrep, ani)).quiet == QuietHours(time(23), time(7), danger_rings=False)
    await pressed(ani, settings, "No quiet hours")
    assert (await habits(sitrep, ani)).quiet is None


async def test_lists_come_at_a_chosen_time(
    sitrep: Deployment, ani: Person, settings: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """Every hour, or once a day; always with the city whose clock counts."""
    await pressed(ani, settings, "Time of lists")
    assert (settings.text, labels(settings)) == snapshot
    await pressed(ani, settings, "Every hour")
    assert (await habits(sitrep, ani)).digest == DigestTime(None)
    await pressed(ani, settings, "07:00")
    assert (await habits(sitrep, ani)).digest == DigestTime(time(7))
    assert "Now: daily at 07:00 Yerevan." in settings.text


async def test_a_city_is_picked_from_a_list(
    sitrep: Deployment, ani: Person, settings: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """A part of the world, then a city in it, page by page; the bot's own clock is one tap away again."""
    await pressed(ani, settings, "City")
    assert (settings.text, labels(settings)) == snapshot
    await pressed(ani, settings, "Asia")
    first = labels(settings)
    while "Yerevan" not in labels(settings):
        await pressed(ani, settings, "More ▶")
    await pressed(ani, settings, "◀ Before")
    while "Tokyo" not in labels(settings):
        await pressed(ani, settings, "More ▶")
    await pressed(ani, settings, "Tokyo")
    assert (await habits(sitrep, ani)).zone == "Asia/Tokyo"
    assert "Clocks: Tokyo." in settings.text
    assert first[:2] == snapshot
    await pressed(ani, settings, "City")
    await pressed(ani, settings, "As this bot: Yerevan")
    assert (await habits(sitrep, ani)).zone == "Asia/Yerevan"


async def test_places_are_chosen_and_left(
    sitrep: Deployment, ani: Person, settings: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """Each button says whether its place is chosen and sets the contrary; Everywhere leaves all."""
    await pressed(ani, settings, "Places")
    assert (settings.text, labels(settings)) == snapshot
    first, second = (label.removeprefix("Off · ") for label in labels(settings)[1:3])
    await pressed(ani, settings, f"Off · {first}")
    await pressed(ani, settings, f"Off · {second}")
    assert f"Now: {first}, {second}." in settings.text
    assert len((await habits(sitrep, ani)).places) == 2
    assert f"Places: {first}, {second}." in (await ani.ask("/topics")).text
    await pressed(ani, settings, f"On · {first}")
    assert len((await habits(sitrep, ani)).places) == 1
    await pressed(ani, settings, "Everywhere")
    assert (await habits(sitrep, ani)).places == frozenset()
    await pressed(ani, settings, "Back")
    assert "Settings" in settings.text


async def test_words_are_followed_from_a_search_and_left_in_settings(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """The button below what was found follows its words; a second tap, or /settings, leaves them."""
    await sitrep.archive(await sitrep.add_feed(), [report(1, "Wards Full", "The hospital is full.")])
    found = await ani.ask("/search hospital")
    answer = await ani.tap(found, "Follow “hospital”")
    await ani.chat.wait_for(lambda m: m.id == found.id and "Following “hospital”" in labels(m))
    assert answer.text == snapshot
    assert (await habits(sitrep, ani)).words == ("hospital",)
    await pressed(ani, found, "Following “hospital”")
    assert (await habits(sitrep, ani)).words == ()
    await pressed(ani, found, "Follow “hospital”")
    settings = await ani.ask("/settings")
    await pressed(ani, settings, "Followed words")
    assert (settings.text, labels(settings)) == snapshot
    await pressed(ani, settings, "Leave “hospital”")
    assert (await habits(sitrep, ani)).words == ()


async def test_words_that_nothing_has_yet_can_be_followed(sitrep: Deployment, ani: Person) -> None:
    """Whoever waits for a name follows it before the first report."""
    found = await ani.ask("/search Anahit Sargsyan")
    await pressed(ani, found, "Follow “Anahit Sargsyan”")
    assert (await habits(sitrep, ani)).words == ("Anahit Sargsyan",)


async def test_a_group_offers_no_words_to_follow(sitrep: Deployment, ani: Person) -> None:
    """One member's search is not what the whole group wants to hear of."""
    group = await sitrep.group(owner=ani)
    assert not [label for label in labels(await ani.ask("/search hospital", to=group)) if "Follow" in label]


async def test_there_is_an_end_to_what_can_be_followed(sitrep: Deployment, ani: Person) -> None:
    """The most words, the most places: one more is refused in a line, and nothing changes."""
    thread = ChatThread(ani.id, ChatKind.PRIVATE)
    for number in range(MOST_WORDS):
        await sitrep.services.habits.follow_word(thread, f"word {number}", followed=True)
    found = await ani.ask("/search hospital")
    assert "the most" in ((await ani.tap(found, "Follow “hospital”")).text or "")
    places = list(sitrep.tagger.places_in("en"))
    for place in places[:MOST_PLACES]:
        await sitrep.services.habits.set_place(thread, place, followed=True)
    answer = await ani.call_back(found, encode(SetPlace(places[MOST_PLACES], 1, 1)))
    assert "the most" in (answer.text or "")
    found_habits = await habits(sitrep, ani)
    assert (len(found_habits.words), len(found_habits.places)) == (MOST_WORDS, MOST_PLACES)


FORGED: list[Code] = [
    ShowSettings("wallet"),
    SetQuiet("always"),
    SetListTime(25),
    SetZone(Zone("Mars/Olympus")),
    ShowCities("atlantis", 1),
    SetPlace("atlantis", 1, 1),
    SetPlace("stepanakert", 2, 1),
]


async def test_forged_choices_change_nothing(sitrep: Deployment, ani: Person, settings: ChatMessage) -> None:
    """What no button of ours says is out of date; leaving words that are not followed does nothing."""
    before = await habits(sitrep, ani)
    for code in FORGED:
        assert "out of date" in ((await ani.call_back(settings, encode(code))).text or ""), code
    await ani.call_back(settings, encode(LeaveWord("abcdef012345")))
    assert await habits(sitrep, ani) == before


async def test_settings_in_russian(sitrep: Deployment, snapshot: SnapshotAssertion) -> None:
    """Every screen, with cities and places by the names that a Russian reader knows."""
    vera = sitrep.server.person("Vera", language="ru")
    message = await vera.ask("/settings")
    seen = [message.text]
    for path in (["Тихие часы"], ["Время списков"], ["Места"], ["Слова"], ["Город", "Азия"]):
        for label in path:
            await pressed(vera, message, label)
            seen.append("\n".join([message.text, *labels(message)]))
        for _ in path:
            await pressed(vera, message, "Назад")
    assert seen == snapshot
