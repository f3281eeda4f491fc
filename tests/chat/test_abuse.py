"""Forged, stale and broken input: answered, and nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.callbacks import (
    MAX_NUMBER,
    OpenNews,
    RestoreTopics,
    SearchMeant,
    SetTopic,
    ShowPage,
    ShowSample,
    ShowTopics,
    View,
    encode,
)
from bot.core.archive import ChatKind, ChatState
from bot.core.errors import TelegramError
from bot.core.model import TopicMode
from bot.demo.telegram import Person, Refuse
from bot.demo.telegram.incoming import announce_message
from bot.demo.telegram.people import _found_entities
from bot.demo.telegram.text import FormattedText
from bot.services.subscriptions import ChatThread
from tests.chat.conftest import Deployment, labels, running
from tests.chat.test_reports import a_day

OUT_OF_DATE = "This button is out of date. Send the command again."


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("x", "no code at all"),
        ("1t:casualties:x:1", "an unknown mode"),
        ("9t:casualties:l:1", "a version that does not exist"),
        (encode(SetTopic("weather", TopicMode.LOUD, 1)), "a topic that is no more"),
        (encode(RestoreTopics("0000abc")), "choices among other topics than there are now"),
        (encode(ShowPage(View.SEARCH, 1, 2)), "a search whose words the message does not have"),
        (encode(SearchMeant()), "a supposition that the message does not have"),
        (encode(OpenNews(View.SEARCH, 1, 1, None, 1)), "a report of such a search"),
    ],
)
async def test_a_button_that_says_nothing_we_know_is_out_of_date(
    sitrep: Deployment, ani: Person, data: str, rule: str
) -> None:
    """Forged or outlived callback data is answered by one line, and changes neither message nor settings."""
    message = await ani.ask("/start t_casualties")
    before = (message.text, labels(message))
    assert (await ani.call_back(message, data)).text == OUT_OF_DATE, rule
    assert (message.text, labels(message)) == before
    choices = await sitrep.services.subscriptions.choices(ChatThread(ani.id, ChatKind.PRIVATE))
    assert choices.modes == {"casualties": TopicMode.LOUD}


@pytest.mark.parametrize(
    "code",
    [
        ShowTopics(0),
        ShowTopics(999),
        ShowPage(View.LATEST, 0, 0),
        ShowPage(View.LATEST, MAX_NUMBER, MAX_NUMBER, "civilian-shelling"),
        ShowPage(View.LATEST, 9, 9, "a-topic-that-is-no-more"),
        OpenNews(View.LATEST, MAX_NUMBER, 9_999_999, "civilian-shelling", 1, 999),
    ],
)
async def test_a_page_out_of_range_is_the_nearest_there_is(
    sitrep: Deployment, ani: Person, code: ShowTopics | ShowPage | OpenNews
) -> None:
    """A forged page number or version shows one that is there, with its ways on."""
    await sitrep.archive(await sitrep.add_feed(), a_day())
    message = await ani.ask("/start")
    await ani.call_back(message, encode(code))
    shown = await ani.wait_for(lambda m: m.id == message.id and m.edit_date is not None)
    assert len(labels(shown)) > 1


async def test_an_admins_forged_sample_shows_no_foreign_address(sitrep: Deployment) -> None:
    """A preview's button under a message without an address reads nothing."""
    message = await sitrep.owner.ask("/start")
    answer = await sitrep.owner.call_back(message, encode(ShowSample(3)))
    assert answer.text == "Reading…"
    assert sitrep.web.fetched == []


async def test_an_edited_message_is_no_second_command(sitrep: Deployment, ani: Person) -> None:
    """Correcting a typing error in an old message does not run it again."""
    sent = await ani.send("/stat")
    await ani.wait_for("There is no command /stat.")
    await ani.edit(sent, "/status")
    await ani.ask("/help")
    assert len(ani.chat.from_bot) == 2


async def test_a_forwarded_command_is_not_carried_out(sitrep: Deployment, ani: Person) -> None:
    """What somebody else wrote does nothing in the forwarder's name, not even the owner's."""
    for person, text in ((ani, "/stop"), (sitrep.owner, "/addfeed https://norvale.example/day")):
        await person.ask("/start t_casualties")
        message = person._world.post(person.chat.raw, FormattedText(text, _found_entities(text)), person.user)
        message.extra = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}}
        announce_message(person._telegram, message)
        assert "Type it yourself" in (await person.wait_for(after=message)).text
    assert sitrep.web.fetched == []
    choices = await sitrep.services.subscriptions.choices(ChatThread(ani.id, ChatKind.PRIVATE))
    assert choices.state is ChatState.ACTIVE


async def test_a_fault_of_ours_is_told_and_the_bot_goes_on(stopped: Deployment) -> None:
    """A broken command answers one line, a broken tap is answered too, and the next command works."""
    ani = stopped.server.person("Ani")

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(name)

    whole = stopped.services
    stopped.services = replace(whole, browse=Broken())  # type: ignore[arg-type]  # broken on purpose
    async with running(stopped):
        assert "it is our fault" in (await ani.ask("/latest")).text
        message = await ani.ask("/topics")
        answer = await ani.call_back(message, encode(ShowPage(View.LATEST, 0, 1)))
        assert "it is our fault" in (answer.text or "")
        assert (await ani.tap(message, "Off · Casualties")).text == "Casualties: with sound."


async def test_a_limited_reply_comes_after_the_wait(sitrep: Deployment, ani: Person) -> None:
    """A 429 delays the answer by what Telegram asks for, and loses nothing."""
    began = sitrep.clock.now()
    sitrep.server.script("sendMessage", Refuse.too_many(7), times=2)
    assert "commands" in (await ani.ask("hello")).text
    assert sitrep.clock.now() - began == timedelta(seconds=14)


async def test_a_reply_that_would_come_too_late_is_left_out(sitrep: Deployment, ani: Person) -> None:
    """A wait of hours is not waited for: the person can ask again, and other answers go on."""
    sitrep.server.script("sendMessage", Refuse.too_many(10_072))
    await ani.send("hello")
    assert "/status: " in (await ani.ask("/help")).text
    assert len(ani.chat.from_bot) == 1


async def test_a_chat_that_refuses_an_answer_is_lost(sitrep: Deployment, ani: Person) -> None:
    """Whoever blocked the bot while it was answering is marked as gone, until they write again."""
    await ani.ask("/start t_casualties")
    refused = Refuse.with_text(403, "Forbidden: bot was blocked by the user")
    sitrep.server.script("sendMessage", refused)
    await ani.send("/help")
    reply = await ani.ask("/status")
    assert reply.text.startswith("Alerts are stopped.")
    assert "With sound: Casualties." in reply.text


async def test_a_refused_token_is_one_line_that_says_what_to_do(stopped: Deployment) -> None:
    """The start fails with what is wrong and where to put it right, and without the token."""
    token = "7000000001:" + "x" * 35
    with pytest.raises(TelegramError, match=r"refuses the token\. Check \[telegram\] token") as raised:
        async with running(stopped, token=token):
            pass
    assert "\n" not in str(raised.value)
    assert token not in str(raised.value)


async def test_an_unreachable_server_is_one_line_too(stopped: Deployment) -> None:
    """Without a network the start fails with the address that was tried."""
    await stopped.server.down()
    with pytest.raises(TelegramError, match=r"can't be reached at http://127\.0\.0\.1"):
        async with running(stopped):
            pass


async def test_menus_show_what_works_where_they_are(sitrep: Deployment) -> None:
    """Private chats, groups and their admins have menus of their own, without a command that would be refused."""
    calls = sitrep.server.journal.of("setMyCommands")
    menus = {str(call.parameters["scope"]): str(call.parameters["commands"]) for call in calls}
    private, groups, admins = (
        menus[f"{{'type': '{scope}'}}"] for scope in ("all_private_chats", "all_group_chats", "all_chat_administrators")
    )
    assert "topics" in private
    assert "topics" not in groups
    assert "topics" in admins
    assert all("addfeed" not in menu for menu in (private, groups, admins))
