"""What a chat chooses, and whether it can be sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.archive import ChatKind, ChatState
from bot.core.model import TopicMode
from bot.services.subscriptions import CIVILIANS_PRESET, ChatThread, Subscriptions
from bot.storage import open_storage
from tests.fakes import PlainTagger, SetClock

LOUD, SILENT, OFF = TopicMode.LOUD, TopicMode.SILENT, TopicMode.OFF
ANI = ChatThread(501, ChatKind.PRIVATE)
GROUP = ChatThread(-1001, ChatKind.GROUP)
THREAD = ChatThread(-1001, ChatKind.GROUP, thread_id=7)


@pytest.fixture
async def subscriptions(tmp_path: Path) -> AsyncIterator[Subscriptions]:
    """The use case over an empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        yield Subscriptions(storage, PlainTagger(), SetClock())


async def test_a_link_turns_its_topic_on_with_sound(subscriptions: Subscriptions) -> None:
    """Starting with a topic follows it loudly, even where it was silent; everything else stays."""
    await subscriptions.set_modes(ANI, {"casualties": SILENT, "refugees": LOUD})
    started = await subscriptions.start(ANI, topic="casualties")
    assert started.subscribed == "casualties"
    assert started.now.modes == {"casualties": LOUD, "refugees": LOUD}


async def test_an_unknown_topic_subscribes_to_nothing(subscriptions: Subscriptions) -> None:
    """A link to a topic that there is not opens the chat and follows nothing."""
    started = await subscriptions.start(ANI, topic="weather")
    assert (started.subscribed, dict(started.now.modes)) == (None, {})
    assert started.now.state is ChatState.ACTIVE


async def test_a_newcomer_is_told_from_an_old_friend(subscriptions: Subscriptions) -> None:
    """The first /start finds nothing before it, the second finds the chat as it was."""
    assert (await subscriptions.start(ANI)).before.state is None
    assert (await subscriptions.start(ANI)).before.state is ChatState.ACTIVE


async def test_setting_a_topic_twice_is_setting_it_once(subscriptions: Subscriptions) -> None:
    """What a late or repeated tap sets is set already."""
    for _ in range(3):
        choices = await subscriptions.set_modes(ANI, {"casualties": SILENT})
        assert choices.modes == {"casualties": SILENT}


async def test_topics_that_are_off_are_not_kept(subscriptions: Subscriptions) -> None:
    """Off leaves nothing behind, and unknown topics are ignored."""
    await subscriptions.set_modes(ANI, {"casualties": LOUD, "weather": LOUD})
    assert (await subscriptions.set_modes(ANI, {"casualties": OFF})).modes == {}


async def test_the_preset_replaces_every_choice(subscriptions: Subscriptions) -> None:
    """Only what endangers civilians means only that."""
    await subscriptions.set_modes(ANI, {"diplomacy": LOUD, "casualties": LOUD})
    assert (await subscriptions.replace_modes(ANI, CIVILIANS_PRESET)).modes == CIVILIANS_PRESET


async def test_choices_come_in_the_order_of_the_keyboard(subscriptions: Subscriptions) -> None:
    """What is on is listed as people see the topics, not as they happened to tap."""
    await subscriptions.set_modes(ANI, {"diplomacy": LOUD})
    choices = await subscriptions.set_modes(ANI, {"civilian-shelling": LOUD})
    assert list(choices.modes) == ["civilian-shelling", "diplomacy"]


async def test_stopping_keeps_what_was_chosen(subscriptions: Subscriptions) -> None:
    """/stop ends alerts and forgets nothing; /start brings it back."""
    await subscriptions.set_modes(ANI, {"casualties": LOUD})
    await subscriptions.stop(ANI)
    stopped = await subscriptions.choices(ANI)
    assert (stopped.state, stopped.modes) == (ChatState.STOPPED, {"casualties": LOUD})
    assert (await subscriptions.start(ANI)).now.state is ChatState.ACTIVE


async def test_stopping_what_never_began_begins_nothing(subscriptions: Subscriptions) -> None:
    """/stop from a stranger leaves no trace of them."""
    await subscriptions.stop(ANI)
    assert (await subscriptions.choices(ANI)).state is None


async def test_choosing_a_topic_opens_a_stopped_chat(subscriptions: Subscriptions) -> None:
    """Whoever turns a topic on after /stop wants to hear of it."""
    await subscriptions.start(ANI)
    await subscriptions.stop(ANI)
    assert (await subscriptions.set_modes(ANI, {"casualties": LOUD})).state is ChatState.ACTIVE


async def test_a_lost_chat_is_found_again_and_a_stopped_one_stays_stopped(subscriptions: Subscriptions) -> None:
    """Unblocking brings alerts back to who had them; to who said /stop it brings none."""
    await subscriptions.start(ANI)
    await subscriptions.lost(ANI.chat_id)
    assert (await subscriptions.choices(ANI)).state is ChatState.GONE
    await subscriptions.found_again(ANI)
    assert (await subscriptions.choices(ANI)).state is ChatState.ACTIVE
    await subscriptions.stop(ANI)
    await subscriptions.found_again(ANI)
    assert (await subscriptions.choices(ANI)).state is ChatState.STOPPED


async def test_threads_of_a_group_choose_for_themselves(subscriptions: Subscriptions) -> None:
    """What one thread chooses is not what the group's General gets."""
    await subscriptions.set_modes(THREAD, {"casualties": LOUD})
    assert (await subscriptions.choices(GROUP)).modes == {}


async def test_a_migrated_group_keeps_its_choices(subscriptions: Subscriptions) -> None:
    """Under its new id a supergroup finds what the group had chosen."""
    await subscriptions.set_modes(GROUP, {"casualties": LOUD})
    await subscriptions.migrated(GROUP.chat_id, -1002)
    assert (await subscriptions.choices(ChatThread(-1002, ChatKind.GROUP))).modes == {"casualties": LOUD}
    assert (await subscriptions.choices(GROUP)).state is None


async def test_a_chosen_language_outlives_every_start(subscriptions: Subscriptions) -> None:
    """The language of the app is stored for alerts until the chat chooses one, and then never over it."""
    await subscriptions.start(ANI, language="en")
    assert await subscriptions.language(ANI) is None
    await subscriptions.set_language(ANI, "hy", app_language="en")
    await subscriptions.start(ANI, language="en")
    assert await subscriptions.language(ANI) == "hy"
    await subscriptions.set_language(ANI, None, app_language="en")
    assert await subscriptions.language(ANI) is None
