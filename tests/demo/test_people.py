"""What people do and see, and the chat as text."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
)

from bot.demo.telegram import Person, TelegramServer


async def test_asking_waits_for_the_answer_that_comes_after(client: Bot, ani: Person) -> None:
    """An older message of the bot is not taken for the answer."""
    await client.send_message(ani.id, "old")
    asking = asyncio.create_task(ani.ask("/latest"))
    await client.get_updates(timeout=5)
    await client.send_message(ani.id, "new")
    assert (await asking).text == "new"


async def test_waiting_sees_an_edit(client: Bot, ani: Person) -> None:
    """A message that comes to say what is waited for is found when it is edited."""
    sent = await client.send_message(ani.id, "one wounded")
    waiting = asyncio.create_task(ani.wait_for("two wounded"))
    await client.edit_message_text("two wounded", ani.id, sent.message_id)
    assert (await waiting).id == sent.message_id


async def test_waiting_in_vain_shows_the_chat(client: Bot, ani: Person) -> None:
    """The error tells what stood in the chat instead."""
    await client.send_message(ani.id, "Welcome")
    with pytest.raises(TimeoutError, match="Welcome"):
        await ani.wait_for("Goodbye", within=0.01)
    with pytest.raises(TimeoutError, match="Welcome"):
        await ani.chat.wait_for_count(2, within=0.01)


async def test_a_button_is_found_by_label_data_or_part(client: Bot, ani: Person) -> None:
    """Whatever names one button presses it; what names none or two is an error that lists them."""
    row = [InlineKeyboardButton("Loud · Shelling", callback_data="t1"), InlineKeyboardButton("Loud · Aid", url="a.b")]
    await client.send_message(ani.id, "Topics", reply_markup=InlineKeyboardMarkup([row]))
    for name in ("Loud · Shelling", "t1", "Shelling"):
        tap = asyncio.create_task(ani.tap(ani.chat.last, name))
        (update,) = await client.get_updates(timeout=5)
        await client.get_updates(offset=update.update_id + 1)
        assert update.callback_query is not None
        await client.answer_callback_query(update.callback_query.id)
        await tap
    with pytest.raises(LookupError, match="2 buttons are like 'Loud'"):
        await ani.tap(ani.chat.last, "Loud")
    with pytest.raises(LookupError, match=r"opens a\.b"):
        await ani.tap(ani.chat.last, "Aid")


async def test_an_edited_message_of_a_person_comes_as_such(client: Bot, ani: Person) -> None:
    """Changing one's own message reaches the bot as edited_message."""
    await ani.edit(await ani.send("/serch x"), "/search x")
    first, second = await client.get_updates()
    assert first.message is not None
    assert second.edited_message is not None
    assert second.edited_message.text == "/search x"


async def test_who_blocked_the_bot_must_unblock_it_to_write(ani: Person) -> None:
    """No app writes to a blocked bot."""
    await ani.block()
    with pytest.raises(ValueError, match="unblock it first"):
        await ani.send("hi")


async def test_the_transcript_shows_who_said_what_and_the_buttons(
    server: TelegramServer, client: Bot, ani: Person
) -> None:
    """Marks, the answered message, quotations and buttons stand around the bot's words."""
    row = [
        InlineKeyboardButton("Source", url="https://norvale.example"),
        InlineKeyboardButton("Why", callback_data="w"),
    ]
    entities = [MessageEntity("bold", 0, 8), MessageEntity("expandable_blockquote", 11, 20)]
    sent = await client.send_message(
        ani.id, "Shelling\n🏚\nthe rest\nof the page", entities=entities, reply_markup=InlineKeyboardMarkup([row])
    )
    reply = ReplyParameters(sent.message_id)
    answer = await client.send_message(ani.id, "Correction", reply_parameters=reply, disable_notification=True)
    await client.edit_message_text("Correction: two", ani.id, answer.message_id)
    await ani.send("/stop")
    assert ani.chat.transcript() == (
        "› /start\n\n"
        "Shelling\n🏚\n| the rest\n| of the page\n[Source] [Why]\n\n"
        "(silent, edited)\n↩ “Shelling”\nCorrection: two\n\n"
        "› /stop"
    )


async def test_a_groups_transcript_names_its_speakers(server: TelegramServer, ani: Person) -> None:
    """In a group one sees who spoke; an anonymous administrator is the group itself."""
    group = server.group("Norvale", owner=ani)
    await group.add_bot()
    await ani.send("/latest", to=group)
    await group.make_anonymous(ani)
    await ani.send("/topics", to=group)
    assert group.transcript() == "Ani › (new chat members)\n\nAni › /latest\n\nNorvale › /topics"


async def test_what_was_acknowledged_is_read(server: TelegramServer, client: Bot, ani: Person) -> None:
    """Updates count as read when an offset confirms them, not when they are fetched."""
    await ani.send("/latest")
    (update,) = await client.get_updates()
    with pytest.raises(TimeoutError):
        await server.wait_until_read(within=0.01)
    waiting = asyncio.create_task(server.wait_until_read())
    await client.get_updates(offset=update.update_id + 1)
    await waiting


async def test_the_menu_is_the_narrowest_in_the_persons_language(
    server: TelegramServer, client: Bot, ani: Person
) -> None:
    """A chat's own list comes before that of its kind, and a language's own before the one for all."""

    async def menu(name: str, scope: BotCommandScope | None, language: str | None = None) -> None:
        await client.set_my_commands([BotCommand(name, name)], scope=scope, language_code=language)

    group = server.group("Norvale", owner=ani)
    ben = server.person("Ben", language="ru-RU")
    await group.add_bot()
    await group.add(ben)
    await menu("default", None)
    await menu("private", BotCommandScopeAllPrivateChats())
    await menu("russian", BotCommandScopeAllPrivateChats(), "ru")
    await menu("group", BotCommandScopeAllGroupChats())
    await menu("admins", BotCommandScopeAllChatAdministrators())
    assert (ani.menu(), ben.menu()) == (["private"], ["russian"])
    assert (ani.menu(group), ben.menu(group)) == (["admins"], ["group"])
    await ben.change_language("en")
    assert ben.menu() == ["private"]
    await ben.send("/start")
    assert (await client.get_updates())[-1].message.from_user.language_code == "en"  # type: ignore[union-attr] # shown
    await menu("owner", BotCommandScopeChat(ani.id))
    assert ani.menu() == ["owner"]
