"""The server against aiogram's models, which somebody else wrote: names, kinds and answers must agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import aiogram.types
import pytest
from aiogram.client.default import Default
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

from bot.demo.telegram import Call, Person, TelegramServer, keyboards, messages, text
from bot.demo.telegram.fields import Fields
from bot.demo.telegram.methods import METHODS, Method
from bot.demo.telegram.parameters import boolean, chat_id, file, integer, string
from tests.demo.bot_api import model_of, problems
from tests.demo.pictures import PICTURE

ALL = sorted(METHODS.values(), key=lambda method: method.name)
SIMPLE = {string: str, integer: int, boolean: bool}


def members(annotation: Any) -> set[Any]:
    """The types that a field of a model takes, ``None`` and aiogram's own defaults aside."""
    parts = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    return set(parts) - {type(None), Default}


@pytest.mark.parametrize("method", ALL, ids=lambda method: method.name)
def test_every_parameter_is_one_of_the_bot_api(method: Method) -> None:
    """Each method takes only parameters that the description names, of the same kind, and requires the same."""
    fields = model_of(method.name).model_fields
    assert set(method.kinds) <= set(fields)
    for name, kind in method.kinds.items():
        taken = members(fields[name].annotation)
        if kind is chat_id:
            assert taken <= {int, str}, name
        elif kind is file:
            assert aiogram.types.InputFile in taken, name
        elif kind in SIMPLE:
            assert taken == {SIMPLE[kind]}, name
        else:
            assert not taken & {int, str, bool}, name
    required = {name for name, field in fields.items() if field.is_required()}
    assert required <= method.required or method.name == "setMyCommands"


@pytest.mark.parametrize(
    ("fields", "model"),
    [
        *((fields, aiogram.types.MessageEntity) for fields in text.FIELDS.values()),
        (keyboards.FIELDS, aiogram.types.InlineKeyboardButton),
        (messages.REPLY_FIELDS, aiogram.types.ReplyParameters),
        (messages.PREVIEW_FIELDS, aiogram.types.LinkPreviewOptions),
    ],
)
def test_every_nested_field_is_one_of_the_bot_api(fields: Fields, model: Any) -> None:
    """Entities, buttons, replies and previews take only fields that the description names, of the same type."""
    for name, kind in fields.items():
        taken = members(model.model_fields[name].annotation)
        assert kind in taken or list in {get_origin(member) for member in taken}, name


@pytest.fixture
async def busy(server: TelegramServer, client: Bot, ani: Person) -> TelegramServer:
    """A server that has answered every method with success, on all kinds of chats."""
    group = server.group("Norvale", owner=ani, forum=True)
    channel = server.group("Karst daily", owner=ani, kind="channel")
    await group.add_bot("administrator")
    await channel.add_bot("administrator")
    thread = await group.open_thread("Alerts")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    for chat, thread_id in ((ani.id, None), (group.id, None), (group.id, thread.id), (channel.id, None)):
        sent = await client.send_message(chat, "hi", message_thread_id=thread_id, reply_markup=keyboard)
        await client.edit_message_text("ho", chat, sent.message_id, reply_markup=keyboard)
        await client.edit_message_reply_markup(chat, sent.message_id)
        again = await client.send_message(
            chat, "re", message_thread_id=thread_id, reply_parameters=ReplyParameters(sent.message_id, quote="h")
        )
        await client.delete_message(chat, again.message_id)
        photo = await client.send_photo(chat, PICTURE, caption="by topic", message_thread_id=thread_id)
        await client.edit_message_caption(chat, photo.message_id, caption="a day, by topic")
        await client.send_document(chat, b"<opml/>", filename="feeds.opml", reply_markup=keyboard)
        await client.get_chat(chat)
        await client.send_chat_action(chat, "typing")
    for chat_of in (group, channel):
        await client.get_chat_administrators(chat_of.id)
        await client.get_chat_member(chat_of.id, server.bot.id)
        await client.get_chat_member(chat_of.id, ani.id)
    await _act(ani, group)
    for update in await client.get_updates():
        if update.message is not None and update.message.document is not None:
            await client.get_file(update.message.document.file_id)
        if update.callback_query is not None:
            await client.answer_callback_query(update.callback_query.id)
    await _describe(client)
    await client.leave_chat(group.id)
    return server


async def _act(ani: Person, group: Any) -> None:
    mine = await ani.send("/latest")
    await ani.send_file("feeds.opml", b"<opml/>", caption="/importfeeds")
    await ani.edit(mine, "/search x")
    await ani.send("/latest@sitrep_demo_bot", to=group)
    await group.make_anonymous(ani)
    await ani.send("/topics", to=group)
    ani.press(ani.chat.last, "y")
    await ani.block()
    await ani.unblock()


async def _describe(client: Bot) -> None:
    await client.set_my_commands([BotCommand("latest", "Newest updates")])
    await client.get_my_commands()
    await client.delete_my_commands()
    await client.set_my_name("Sitrep")
    await client.get_my_name()
    await client.set_my_description("Alerts")
    await client.get_my_description()
    await client.set_my_short_description("Alerts")
    await client.get_my_short_description()
    await client.delete_webhook()
    await client.get_webhook_info()


async def test_every_answer_parses_as_the_bot_api_says(busy: TelegramServer) -> None:
    """Calls and answers of all methods and all kinds of updates fit the description."""
    assert [problem for call in busy.journal for problem in problems(call)] == []
    succeeded = {call.method for call in busy.journal if call.ok}
    assert succeeded == {method.name for method in ALL}


@pytest.mark.parametrize(
    ("method", "parameters", "named"),
    [
        ("sendMessage", {"chat_id": 1, "text": "hi", "disable_sound": True}, "disable_sound"),
        ("sendMessage", {"chat_id": 1}, "text"),
        ("sendMessage", {"chat_id": 1, "text": "hi", "message_thread_id": "General"}, "message_thread_id"),
        ("sendMessage", {"chat_id": 1, "text": "hi", "entities": [{"type": "bold", "offset": 0}]}, "length"),
        (
            "editMessageText",
            {"chat_id": 1, "message_id": 2, "text": "hi", "reply_markup": {"inline_keyboard": [[{"label": "Yes"}]]}},
            "text",
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "hi",
                "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "y", "colour": "red"}]]},
            },
            "colour",
        ),
    ],
)
def test_what_is_wrong_with_a_call_is_named(method: str, parameters: dict[str, object], named: str) -> None:
    """An unknown or missing parameter, one of another type, a wrong entity and a wrong button, at any depth."""
    assert any(named in problem for problem in problems(Call(method, parameters, 0.0)))


FORGETFUL = """
import aiohttp
from bot.demo.telegram import TelegramServer

async def test_that_looks_at_nothing():
    async with TelegramServer() as server, aiohttp.ClientSession() as http:
        url = f"{server.base_url}/bot{server.token}/sendMessage"
        await http.post(url, json={"chat_id": 1, "text": "hi", "disable_sound": True})
"""


def test_no_test_can_forget_to_look(tmp_path: Path) -> None:
    """A test that makes a wrong call and asserts nothing fails all the same, and the parameter is named."""
    (tmp_path / "test_forgetful.py").write_text(FORGETFUL, encoding="utf-8")
    root = Path(__file__).parents[2]
    options = ["-p", "tests.conftest", "-c", str(root / "pyproject.toml"), "-p", "no:cacheprovider", "-p", "no:xdist"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "disable_sound" in ran.stdout
