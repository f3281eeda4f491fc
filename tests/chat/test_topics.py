"""Starting, choosing topics, stopping."""

from __future__ import annotations

from syrupy.assertion import SnapshotAssertion

from bot.core.archive import ChatKind, ChatState
from bot.core.model import TopicMode
from bot.demo.telegram import ChatMessage, Person
from bot.services.subscriptions import CIVILIANS_PRESET, ChatThread, Choices
from tests.chat.conftest import Deployment, fetched, labels, running
from tests.chat.test_reports import a_day, report

LOUD, SILENT, DIGEST, OFF = TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST, TopicMode.OFF


async def choices(sitrep: Deployment, person: Person) -> Choices:
    """What the archive holds for a person's private chat."""
    return await sitrep.services.subscriptions.choices(ChatThread(person.id, ChatKind.PRIVATE))


def data(message: ChatMessage, label: str) -> str:
    """The callback data of the button with that label."""
    return next(button.data for row in message.keyboard for button in row if button.label == label and button.data)


async def test_a_deep_link_subscribes_without_a_further_tap(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """/start with a topic turns it on, with sound, and says so in the first message."""
    await sitrep.add_feed()
    await ani.ask("/start t_civilian-shelling")
    assert (await choices(sitrep, ani)).modes == {"civilian-shelling": LOUD}
    assert ani.chat.transcript() == snapshot


async def test_a_link_to_an_unknown_topic_offers_the_known_ones(sitrep: Deployment, ani: Person) -> None:
    """A link from another deployment is no dead end, and nothing in it is repeated as a link."""
    welcome = await ani.ask("/start t_http://evil.example")
    assert "There is no topic" in welcome.text
    assert "Off · Civilian shelling" in labels(welcome)
    assert [entity for entity in welcome.entities if entity["type"] in {"url", "text_link"}] == []
    assert (await choices(sitrep, ani)).modes == {}


async def test_a_tap_goes_from_loud_to_silent_to_lists_to_off_in_place(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """Each tap edits the one message, says the result, and sets what the keyboard then shows."""
    message = await ani.ask("/start")
    seen = []
    for label in ("Off · Casualties", "Loud · Casualties", "Silent · Casualties", "Digest · Casualties"):
        answer = await ani.tap(message, label)
        await ani.chat.wait_for(lambda m, was=label: m.id == message.id and was not in labels(m))  # type: ignore[misc]  # the default binds this round's label
        seen.append((answer.text, (await choices(sitrep, ani)).mode("casualties")))
    assert [mode for _, mode in seen] == [LOUD, SILENT, DIGEST, OFF]
    assert [text for text, _ in seen] == snapshot
    assert len(ani.chat.from_bot) == 1


async def test_late_taps_on_one_button_change_nothing_more(sitrep: Deployment, ani: Person) -> None:
    """A button says the state that it sets: three taps on it do what one does."""
    message = await ani.ask("/start")
    silence = data(await _tapped(ani, message, "Off · Casualties"), "Loud · Casualties")
    for _ in range(3):
        await ani.call_back(message, silence)
        assert (await choices(sitrep, ani)).modes == {"casualties": SILENT}


async def test_the_preset_takes_one_tap_and_can_be_taken_back(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """Only what endangers civilians replaces the choices; Undo brings back exactly those before."""
    message = await ani.ask("/start t_diplomacy")
    await _tapped(ani, message, "Only what endangers civilians")
    assert (await choices(sitrep, ani)).modes == CIVILIANS_PRESET
    assert ani.chat.transcript() == snapshot
    await _tapped(ani, message, "Undo")
    assert (await choices(sitrep, ani)).modes == {"diplomacy": LOUD}


async def test_the_preset_says_what_it_would_have_meant(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """The newest day is counted as this chat would have heard it, and its last alert is one tap away."""
    silent = report(8, "Two Wounded", "Two people were wounded in Karst.", topic="casualties")
    unheard = report(9, "Talks", "Ministers met.", topic="diplomacy")
    await sitrep.archive(await sitrep.add_feed(), [*a_day(3), silent, unheard])
    message = await ani.ask("/start")
    await _tapped(ani, message, "Only what endangers civilians")
    assert message.text == snapshot
    assert labels(message)[:2] == ["Show", "Undo"]
    assert "Two people were wounded" in (await _tapped(ani, message, "Show")).text


async def test_every_topic_is_reachable_and_every_page_has_a_way_back(sitrep: Deployment, ani: Person) -> None:
    """Turning the pages shows each topic once, and leads back to where it began."""
    message = await ani.ask("/topics")
    first = labels(message)
    seen = [*first]
    while "More topics" in labels(message):
        seen += labels(await _tapped(ani, message, "More topics"))
    names = [label.partition(" · ")[2] for label in seen if " · " in label]
    assert names == [topic.name for topic in sitrep.tagger.topics]
    while "Back" in labels(message):
        await _tapped(ani, message, "Back")
    assert labels(message) == first


async def test_an_old_keyboard_works_after_a_restart(stopped: Deployment) -> None:
    """Nothing about a button is held in memory."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        message = await ani.ask("/start")
    async with running(stopped):
        answer = await ani.tap(message, "Off · Casualties")
    assert answer.text == "Casualties: with sound."
    assert (await choices(stopped, ani)).modes == {"casualties": LOUD}


async def test_coming_back_is_greeted_with_what_is_on(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """/stop keeps the choices, and /start says which they are."""
    await ani.ask("/start t_casualties")
    await ani.ask("/stop")
    assert (await choices(sitrep, ani)).state is ChatState.STOPPED
    await ani.ask("/start")
    assert (await choices(sitrep, ani)).state is ChatState.ACTIVE
    assert ani.chat.transcript() == snapshot


async def test_stop_from_a_stranger_says_that_nothing_runs(sitrep: Deployment, ani: Person) -> None:
    """There is nothing to stop, and nothing is stored about who said it."""
    assert "nothing to stop" in (await ani.ask("/stop")).text
    assert (await choices(sitrep, ani)).state is None


async def test_blocking_loses_the_chat_and_unblocking_finds_it(stopped: Deployment) -> None:
    """Who blocked the bot is sent nothing; who lets it in again has everything as it was."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        await ani.ask("/start t_casualties")
        await ani.block()
        await fetched(stopped.server)
    assert (await choices(stopped, ani)).state is ChatState.GONE
    async with running(stopped):
        await ani.unblock()
        await fetched(stopped.server)
    assert (await choices(stopped, ani)).state is ChatState.ACTIVE
    assert (await choices(stopped, ani)).modes == {"casualties": LOUD}


async def _tapped(person: Person, message: ChatMessage, label: str) -> ChatMessage:
    """Tap, and wait until the message has changed."""
    before = (message.text, labels(message))
    await person.tap(message, label)
    return await person.chat.wait_for(lambda m: m.id == message.id and (m.text, labels(m)) != before)
