"""Muting from an alert, and hearing again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import Mute, MuteStory, encode
from bot.core.archive import ChatKind
from bot.core.habits import Habits
from bot.demo.telegram import ChatMessage, Person
from bot.services.subscriptions import ChatThread
from tests.chat.conftest import Deployment, labels, running
from tests.chat.test_reports import report

HOUR = timedelta(hours=1)


async def habits(sitrep: Deployment, person: Person) -> Habits:
    """What is stored for a person's private chat."""
    return await sitrep.services.habits.of(ChatThread(person.id, ChatKind.PRIVATE))


async def pressed(person: Person, message: ChatMessage, label: str) -> str:
    """Tap, wait until the message is another, and return what was said."""
    before = (message.text, labels(message))
    answer = await person.tap(message, label)
    await person.chat.wait_for(lambda m: m.id == message.id and (m.text, labels(m)) != before)
    return answer.text or ""


@pytest.fixture
async def alert(sitrep: Deployment, ani: Person) -> ChatMessage:
    """An alert that Ani got, who follows its topic."""
    (news_id,) = await sitrep.archive(await sitrep.add_feed(), [report(1, "Market Hit", "Shells hit the market.")])
    await ani.ask("/start t_civilian-shelling")
    return await sitrep.alert(news_id, ani)


async def test_mute_offers_everything_and_the_story(
    sitrep: Deployment, ani: Person, alert: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """The ways to mute stand under the alert, whose words stay; Back is one tap."""
    words, row = alert.text, labels(alert)
    assert row == ["Source", "Why this?", "Mute…"]
    await pressed(ani, alert, "Mute…")
    assert labels(alert) == snapshot
    assert alert.text == words
    await pressed(ani, alert, "Back")
    assert labels(alert) == row
    assert await habits(sitrep, ani) == Habits(zone="Asia/Yerevan")


@pytest.mark.parametrize("hours", [1, 8])
async def test_everything_is_muted_for_hours(
    sitrep: Deployment, ani: Person, alert: ChatMessage, snapshot: SnapshotAssertion, hours: int
) -> None:
    """The answer says that danger is muted too, until when, and what becomes of what comes; Unmute ends it."""
    await pressed(ani, alert, "Mute…")
    assert await pressed(ani, alert, f"Everything, {hours} hour{'s' * (hours > 1)}") == snapshot
    assert labels(alert) == ["Source", "Unmute"]
    assert (await habits(sitrep, ani)).muted_until == sitrep.clock.now() + hours * HOUR
    sitrep.clock.moment += timedelta(minutes=5)
    assert await pressed(ani, alert, "Unmute") == snapshot
    assert labels(alert) == ["Source", "Why this?", "Mute…"]
    assert (await habits(sitrep, ani)).muted_until == sitrep.clock.now()


async def test_a_story_is_muted_for_a_day(
    sitrep: Deployment, ani: Person, alert: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """Only what belongs to it; the mute of another report of an event is that of its first."""
    await pressed(ani, alert, "Mute…")
    assert await pressed(ani, alert, "This story, 24 hours") == snapshot
    found = await habits(sitrep, ani)
    assert found.muted_until is None
    assert found.muted_stories == {1: sitrep.clock.now() + 24 * HOUR}


async def test_running_mutes_head_topics_and_status(
    sitrep: Deployment, ani: Person, alert: ChatMessage, snapshot: SnapshotAssertion
) -> None:
    """Both say what is muted until when, and can end it in place."""
    await ani.call_back(alert, encode(Mute(8, 1)))
    await ani.call_back(alert, encode(MuteStory(1)))
    topics, status = await ani.ask("/topics"), await ani.ask("/status")
    assert topics.text == snapshot
    assert labels(topics)[0] == "Unmute"
    assert status.text.splitlines()[:3] == snapshot
    for message in (topics, status):
        await sitrep.services.habits.mute(ChatThread(ani.id, ChatKind.PRIVATE), HOUR)
        assert "Nothing is muted" in await pressed(ani, message, "Unmute")
        assert "Muted until" not in message.text
        assert "Unmute" not in labels(message)
    assert labels(topics)[0] == "Only what endangers civilians"


async def test_an_end_on_another_day_names_the_day(sitrep: Deployment, ani: Person, alert: ChatMessage) -> None:
    """Eight hours from the evening end tomorrow, by the chat's own clock."""
    sitrep.clock.moment = sitrep.clock.moment.replace(hour=17)
    answer = await ani.call_back(alert, encode(Mute(8, 1)))
    assert "until 5 May, 05:00 Yerevan" in (answer.text or "")


async def test_mutes_that_we_do_not_offer_change_nothing(sitrep: Deployment, ani: Person, alert: ChatMessage) -> None:
    """A forged length is out of date; a story that is gone is no longer there."""
    assert "out of date" in ((await ani.call_back(alert, encode(Mute(9_999, 1)))).text or "")
    assert "no longer in the archive" in ((await ani.call_back(alert, encode(MuteStory(999)))).text or "")
    assert await habits(sitrep, ani) == Habits(zone="Asia/Yerevan")


async def test_a_group_s_members_cannot_mute_it(sitrep: Deployment, ani: Person) -> None:
    """Only its admins, whatever button a member has got hold of."""
    ben = sitrep.server.person("Ben")
    group = await sitrep.group(owner=ani)
    await group.add(ben)
    message = await ani.ask("/topics", to=group)
    answer = await ben.call_back(message, encode(Mute(1, 1)))
    assert "Only admins of this group" in (answer.text or "")
    assert await sitrep.services.habits.of(ChatThread(group.id, ChatKind.GROUP)) == Habits(zone="Asia/Yerevan")


async def test_a_mute_button_works_after_a_restart(stopped: Deployment) -> None:
    """A button of two months ago mutes from the tap on."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        (news_id,) = await stopped.archive(await stopped.add_feed(), [report(1, "Hit", "Shells hit the market.")])
        await ani.ask("/start")
        alert = await stopped.alert(news_id, ani)
        await pressed(ani, alert, "Mute…")
    stopped.clock.moment += timedelta(days=60)
    async with running(stopped):
        assert "Muted until" in await pressed(ani, alert, "Everything, 1 hour")
    assert (await habits(stopped, ani)).muted_until == stopped.clock.now() + HOUR


async def test_muting_in_russian(sitrep: Deployment, snapshot: SnapshotAssertion) -> None:
    """Every word of ours is the reader's, and the longest sentence fits over the chat."""
    vera = sitrep.server.person("Vera", language="ru")
    (news_id,) = await sitrep.archive(await sitrep.add_feed(), [report(1, "Market Hit", "Shells hit the market.")])
    await vera.ask("/start")
    alert = await sitrep.alert(news_id, vera)
    answers = [await vera.call_back(alert, encode(code)) for code in (Mute(8, 1), MuteStory(1))]
    assert [answer.text for answer in answers] == snapshot
    assert labels(alert) == snapshot
    assert (await vera.ask("/topics")).text == snapshot
