"""What is written down of an update, and that it means the same when it is read back."""

from __future__ import annotations

import json

import pytest
from telegram import Bot, Update

from bot.chat.callbacks import AddFeed, SetTopic, ShowPage, View, encode
from bot.chat.commands import COMMANDS
from bot.chat.incoming import argument_of, shown_of, tapper_of, thread_of, writer_of
from bot.chat.reduction import Reduced, Reduction
from bot.core.model import TopicMode
from bot.demo.telegram import Person, TelegramServer
from bot.demo.telegram.incoming import announce_message
from bot.demo.telegram.text import FormattedText
from tests.chat.conftest import Deployment

REDUCTION = Reduction(COMMANDS)
BOT = Bot("1:not-used")
SECRETS = ("Zebedee", "hospital", "stepanakert", "Karst neighbours", "BaseGroup", "warden")


def last(server: TelegramServer) -> Update:
    """The newest update that waits for the bot."""
    return Update.de_json(server.telegram.updates._waiting[-1], BOT)


def reduced(update: Update) -> tuple[Reduced, Update]:
    """What is written down of it, none of it anybody's words or name, and what is read back."""
    found = REDUCTION.reduced(update)
    assert found is not None
    assert not [secret for secret in SECRETS if secret.lower() in found.body.lower()]
    back = Update.de_json(json.loads(found.body), BOT)
    assert back.update_id == update.update_id
    assert back.effective_chat is not None
    assert update.effective_chat is not None
    assert back.effective_chat.id == update.effective_chat.id == found.chat_id
    return found, back


@pytest.fixture
def person(stopped: Deployment) -> Person:
    """Somebody with a name that must not be written down."""
    return stopped.server.person("Zebedee", language="hy")


@pytest.mark.parametrize(
    ("text", "kept", "wordless"),
    [
        ("/start", "/start", False),
        ("/start t_casualties", "/start t_casualties", False),
        ("/addfeed https://norvale.example/day", "/addfeed https://norvale.example/day", False),
        ("/search hospital in Stepanakert", "/search", True),
        ("/SEARCH@sitrep_demo_bot hospital", "/SEARCH@sitrep_demo_bot", True),
        ("/search", "/search", False),
        ("/help hospital", "/help", False),
        ("/hospital now", None, False),
        ("is the hospital open?", None, False),
    ],
)
async def test_of_a_command_stands_what_it_sets(
    stopped: Deployment, person: Person, text: str, kept: str | None, wordless: bool
) -> None:
    """Words of a person's own are left out, and that they are missing is known."""
    await person.send(text)
    update = last(stopped.server)
    found, back = reduced(update)
    assert (back.message.text if back.message else "", found.wordless) == (kept, wordless)
    assert update.message is not None
    assert back.message is not None
    assert writer_of(back.message) == writer_of(update.message)
    assert thread_of(back.message) == thread_of(update.message)
    if kept == text:
        assert argument_of(back.message) == argument_of(update.message)


@pytest.mark.parametrize(
    ("data", "kept", "wordless"),
    [
        (encode(SetTopic("casualties", TopicMode.LOUD, 1)), "", True),
        (encode(ShowPage(View.SEARCH)), "", True),
        (encode(AddFeed()), "https://norvale.example/day", False),
        ("forged", "", False),
    ],
)
async def test_of_a_tap_stands_the_button_and_an_address_that_it_stores(
    stopped: Deployment, person: Person, data: str, kept: str, wordless: bool
) -> None:
    """The message's words are left out unless the button says what to do with them; links of its own stay."""
    bot = stopped.server.telegram.world
    message = bot.post(person.chat.raw, _words(kept or "hospital"), bot.bot)
    person.press(message, data)
    update = last(stopped.server)
    found, back = reduced(update)
    assert back.callback_query is not None
    assert back.callback_query.data == data
    assert tapper_of(back.callback_query) == tapper_of(update.callback_query)  # type: ignore[arg-type]  # it is one
    assert shown_of(back.callback_query.message).text == kept  # type: ignore[arg-type]  # it is one
    assert found.wordless is wordless


def _words(text: str) -> FormattedText:

    return FormattedText(text, ({"type": "code", "offset": 0, "length": len(text)},))


async def test_of_a_membership_stand_status_and_rights(stopped: Deployment, person: Person) -> None:
    """Who lets the bot in or shuts it out, and as what: by number."""
    group = stopped.server.group("Karst neighbours", owner=person)
    await group.add_bot("administrator")
    update = next(
        Update.de_json(one, BOT) for one in stopped.server.telegram.updates._waiting if "my_chat_member" in one
    )
    _, back = reduced(update)
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "administrator"
    assert back.my_chat_member.old_chat_member.status == "left"


async def test_of_what_others_say_in_a_group_stands_nothing(stopped: Deployment, person: Person) -> None:
    """A bot that administers a group hears everything said there: none of it is asked of it."""
    group = stopped.server.group("Karst neighbours", owner=person)
    await group.add_bot("administrator")
    await person.send("is the hospital open?", to=group)
    assert REDUCTION.reduced(last(stopped.server)) is None


async def test_a_forwarded_command_stays_forwarded(stopped: Deployment, person: Person) -> None:
    """It gives no rights, also after a restart; whose it was is not written down."""
    message = await person.send("/claim 1234")
    message.extra = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Zebedee"}}
    stopped.server.telegram.updates.clear()

    announce_message(stopped.server.telegram, message)
    _, back = reduced(last(stopped.server))
    assert back.message is not None
    assert back.message.forward_origin is not None


async def test_a_migration_stays_one(stopped: Deployment, person: Person) -> None:
    """The old chat and the new one stand in it."""
    group = stopped.server.group("Karst neighbours", owner=person, kind="group")
    await group.add_bot()
    new = await group.upgrade()
    found = [
        back.message.migrate_to_chat_id
        for one in stopped.server.telegram.updates._waiting
        if "migrate_to_chat_id" in one.get("message", {})
        and (back := reduced(Update.de_json(one, BOT))[1]).message is not None
    ]
    assert found == [new.id]
