"""The Bot API's methods, called by the client that the bot uses."""

from __future__ import annotations

import asyncio
import datetime as dtm

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.demo.telegram import Person, TelegramServer

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_a_command_reaches_the_bot_and_its_answer_the_person(
    server: TelegramServer, client: Bot, ani: Person
) -> None:
    """What a person writes comes as an update, and what the bot sends stands in their chat."""
    await ani.send("/latest")
    (update,) = await client.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/latest"
    assert update.message.entities[0].type == "bot_command"
    assert update.message.from_user is not None
    assert update.message.from_user.language_code == "en"
    sent = await client.send_message(ani.id, "Nothing yet", reply_markup=KEYBOARD, disable_notification=True)
    shown = await ani.wait_for("Nothing yet")
    assert (shown.id, shown.silent, shown.labels) == (sent.message_id, True, [["Yes"]])


async def test_an_update_stays_until_its_offset_acknowledges_it(client: Bot, ani: Person) -> None:
    """Asking again without an offset gives the same update; an offset behind it drops it."""
    await ani.send("one")
    (first,) = await client.get_updates()
    (again,) = await client.get_updates()
    assert first.update_id == again.update_id
    await ani.send("two")
    (second,) = await client.get_updates(offset=first.update_id + 1)
    assert second.message is not None
    assert second.message.text == "two"


async def test_a_long_poll_ends_when_something_comes(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A waiting getUpdates is answered by the message that comes meanwhile."""
    poll = asyncio.create_task(client.get_updates(timeout=30))
    await server.wait_for_call("getUpdates")
    await ani.send("hello")
    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


async def test_own_messages_never_come_back(client: Bot, ani: Person) -> None:
    """GetUpdates never shows the bot what it sent itself."""
    await client.send_message(ani.id, "mine")
    assert await client.get_updates() == ()


async def test_what_nobody_fetches_for_a_day_is_lost() -> None:
    """Telegram keeps updates for 24 hours; a bot that is down for longer loses commands."""
    now = 1_000_000.0
    async with TelegramServer(clock=lambda: now) as server:
        ani = server.person("Ani")
        await ani.send("/start")
        now += 3600
        await ani.send("/latest")
        now += 24 * 3600 - 1800
        async with Bot(server.token, base_url=f"{server.base_url}/bot") as client:
            texts = [update.message.text for update in await client.get_updates() if update.message is not None]
    assert texts == ["/latest"]


async def test_pending_updates_can_be_dropped(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A deleteWebhook may forget what waits, which then counts as read."""
    await ani.send("/latest")
    await client.delete_webhook(drop_pending_updates=True)
    await server.wait_until_read(within=1)
    assert await client.get_updates() == ()


async def test_a_negative_offset_counts_from_the_end(client: Bot, ani: Person) -> None:
    """The last update alone, and everything where there is not so much."""
    for text in ("one", "two", "three"):
        await ani.send(text)
    assert len(await client.get_updates(offset=-9)) == 3
    (last,) = await client.get_updates(offset=-1)
    assert last.message is not None
    assert last.message.text == "three"


async def test_kinds_that_were_not_asked_for_do_not_come(client: Bot, ani: Person) -> None:
    """``allowed_updates`` holds for what comes after it."""
    await client.get_updates(allowed_updates=[Update.CALLBACK_QUERY])
    await ani.send("unheard")
    assert await client.get_updates() == ()


async def test_a_tap_is_answered_with_a_toast(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A tap comes as a callback query with the button's data; its answer reaches the person."""
    await client.send_message(ani.id, "Choose", reply_markup=KEYBOARD)
    tap = asyncio.create_task(ani.tap(ani.chat.last, "Yes"))
    (update,) = await client.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert query.data == "y"
    assert await client.answer_callback_query(query.id, "Done", show_alert=True)
    assert (await tap).text == "Done"
    with pytest.raises(BadRequest, match=r"(?i)query is too old and response timeout expired or query ID is invalid"):
        await client.answer_callback_query(query.id, "Twice")


async def test_an_edit_changes_the_message_in_place(client: Bot, ani: Person) -> None:
    """An edited message keeps its id; saying the same again is refused in Telegram's words."""
    sent = await client.send_message(ani.id, "one wounded", reply_markup=KEYBOARD)
    await client.edit_message_text("two wounded", ani.id, sent.message_id, reply_markup=KEYBOARD)
    (shown,) = ani.chat.from_bot
    assert (shown.text, [version.text for version in shown.earlier]) == ("two wounded", ["one wounded"])
    with pytest.raises(
        BadRequest, match=r"(?i)message is not modified: specified new message content and reply markup"
    ):
        await client.edit_message_text("two wounded", ani.id, sent.message_id, reply_markup=KEYBOARD)
    await client.edit_message_reply_markup(ani.id, sent.message_id)
    assert shown.keyboard == ()


async def test_the_caption_probe_tells_own_messages_from_absent_and_foreign_ones(client: Bot, ani: Person) -> None:
    """EditMessageCaption proves whether an id is one of the bot's own messages, and changes nothing."""
    theirs = await ani.send("hello")
    sent = await client.send_message(ani.id, "alert")
    probes = {sent.message_id: "caption in the message to edit", theirs.id: "can't be edited", 999: "to edit not found"}
    for message_id, words in probes.items():
        with pytest.raises(BadRequest, match=rf"(?i){words}"):
            await client.edit_message_caption(ani.id, message_id, caption="probe")
    assert ani.chat.last.text == "alert"


async def test_private_chats_share_one_id_sequence_and_a_supergroup_has_its_own(
    server: TelegramServer, client: Bot, ani: Person
) -> None:
    """Ids rise over all private chats and basic groups together, but in each supergroup alone."""
    ben = server.person("Ben")
    await ben.send("/start")
    basic = server.group("Old", owner=ben, kind="group")
    large = server.group("New", owner=ben)
    await basic.add_bot()
    await large.add_bot()
    ids = [(await client.send_message(chat, "x")).message_id for chat in (ani.id, ben.id, basic.id, ani.id)]
    assert ids == list(range(ids[0], ids[0] + 4))
    assert (await client.send_message(large.id, "x")).message_id < ids[0]


async def test_a_reply_needs_its_message_unless_told_otherwise(client: Bot, ani: Person) -> None:
    """A reply to a message that is gone is refused, or sent plain where the call allows it."""
    first = await client.send_message(ani.id, "one wounded in Karst")
    reply = ReplyParameters(first.message_id, quote="one wounded")
    answered = await client.send_message(ani.id, "two", reply_parameters=reply)
    assert answered.reply_to_message is not None
    assert answered.quote is not None
    await client.delete_message(ani.id, first.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await client.send_message(ani.id, "three", reply_parameters=ReplyParameters(first.message_id))
    plain = await client.send_message(
        ani.id, "four", reply_parameters=ReplyParameters(first.message_id, allow_sending_without_reply=True)
    )
    assert plain.reply_to_message is None


async def test_a_reply_stays_in_its_chat(server: TelegramServer, client: Bot, ani: Person) -> None:
    """The bot answers in the chat where the message stands; a reply across chats is unknown here."""
    ben = server.person("Ben")
    await ben.send("/start")
    first = await client.send_message(ani.id, "alert")
    with pytest.raises(BadRequest, match=r"(?i)replies to another chat are unknown here"):
        await client.send_message(ben.id, "x", reply_parameters=ReplyParameters(first.message_id, chat_id=ani.id))


async def test_a_deleted_message_is_gone(client: Bot, ani: Person) -> None:
    """What was deleted is not shown any more, and can neither be edited nor deleted again."""
    sent = await client.send_message(ani.id, "alert")
    assert await client.delete_message(ani.id, sent.message_id) is True
    assert ani.chat.from_bot == []
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await client.delete_message(ani.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await client.edit_message_text("x", ani.id, sent.message_id)


async def test_a_quote_must_stand_in_the_message(client: Bot, ani: Person) -> None:
    """A quote that the answered message does not contain is refused."""
    first = await client.send_message(ani.id, "one wounded")
    with pytest.raises(BadRequest, match=r"(?i)QUOTE_TEXT_INVALID"):
        await client.send_message(ani.id, "x", reply_parameters=ReplyParameters(first.message_id, quote="nine"))


async def test_entities_survive_the_way_there_and_back(client: Bot, ani: Person) -> None:
    """Bold, links, date-times and foldable quotations come back as they were sent, in UTF-16 offsets."""
    moment = dtm.datetime(2026, 3, 3, 17, 35, tzinfo=dtm.UTC)
    entities = [
        MessageEntity("bold", 0, 4),
        MessageEntity("text_link", 5, 4, url="https://norvale.example/a"),
        MessageEntity("date_time", 10, 5, unix_time=moment, date_time_format="t"),
        MessageEntity("expandable_blockquote", 16, 4),
    ]
    sent = await client.send_message(ani.id, "🏚🏚 link 17:35\nmore", entities=entities)
    assert list(sent.entities) == entities


async def test_menus_are_kept_by_scope_and_language(client: Bot, ani: Person) -> None:
    """GetMyCommands gives what was set for exactly that scope and language."""
    await client.set_my_commands([BotCommand("latest", "Newest updates")], language_code="en")
    await client.set_my_commands([BotCommand("addfeed", "Add a feed")], scope=BotCommandScopeChat(ani.id))
    assert [command.command for command in await client.get_my_commands(language_code="en")] == ["latest"]
    assert [c.command for c in await client.get_my_commands(scope=BotCommandScopeChat(ani.id))] == ["addfeed"]
    assert await client.get_my_commands() == ()


async def test_a_blocked_bot_is_told_and_cannot_write(client: Bot, ani: Person) -> None:
    """Blocking comes as my_chat_member; until the bot is unblocked, sending is forbidden."""
    await ani.block()
    (update,) = await client.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await client.send_message(ani.id, "x")
    await ani.unblock()
    await client.send_message(ani.id, "x")


async def test_who_never_wrote_cannot_be_written_to(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A stranger is unknown; somebody known only from a group cannot be written to first."""
    stranger = server.person("Cem")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await client.send_message(stranger.id, "x")
    group = server.group("Norvale", owner=stranger)
    elsewhere = server.group("Karst", owner=ani)
    await elsewhere.add_bot()
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await client.send_message(stranger.id, "x")
    await group.add_bot()
    with pytest.raises(Forbidden, match=r"(?i)bot can't initiate conversation with a user"):
        await client.send_message(stranger.id, "x")
    await ani.delete_account()
    with pytest.raises(Forbidden, match=r"(?i)user is deactivated"):
        await client.send_message(ani.id, "x")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bot{token}/getMe", 200),
        ("/bot{token}/GETME", 200),
        ("/bot{token}/getStickerSet", 404),
        ("/bot7000000001:another-token-of-the-right-form-but-wrong/getMe", 401),
        ("/botnonsense/getMe", 404),
        ("/", 404),
    ],
)
async def test_only_the_right_token_and_known_methods_are_let_in(
    server: TelegramServer, path: str, status: int
) -> None:
    """Another token is unauthorized; what is no token or no method is not found."""
    async with aiohttp.ClientSession() as session:
        answer = await session.get(server.base_url + path.format(token=server.token))
        assert answer.status == status
        assert (await answer.json())["ok"] is (status == 200)


async def test_a_wrong_token_is_what_the_client_calls_invalid(server: TelegramServer) -> None:
    """The client sees a refused token as such."""
    with pytest.raises(InvalidToken):
        async with Bot("7000000001:" + "x" * 35, base_url=f"{server.base_url}/bot"):
            pass


@pytest.mark.parametrize("form", ["json", "form", "multipart", "query"])
async def test_any_body_that_the_bot_api_takes_is_read(server: TelegramServer, ani: Person, form: str) -> None:
    """JSON, form, multipart and query string carry the same call."""
    url = f"{server.base_url}/bot{server.token}/sendMessage"
    markup = '{"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}'
    fields = {"chat_id": str(ani.id), "text": f"by {form}", "reply_markup": markup}
    async with aiohttp.ClientSession() as session:
        if form == "json":
            answer = await session.post(url, json={**fields, "chat_id": ani.id})
        elif form == "form":
            answer = await session.post(url, data=fields)
        elif form == "multipart":
            with aiohttp.MultipartWriter("form-data") as body:
                for name, value in fields.items():
                    body.append(value).set_content_disposition("form-data", name=name)
            answer = await session.post(url, data=body)
        else:
            answer = await session.get(url, params=fields)
        assert answer.status == 200
    assert (ani.chat.last.text, ani.chat.last.labels) == (f"by {form}", [["Yes"]])


@pytest.mark.parametrize("wrong_calls", [True])
async def test_an_unknown_parameter_is_refused_by_name(server: TelegramServer, client: Bot, ani: Person) -> None:
    """A parameter that no test has seen is an error that names it, and nothing is sent."""
    with pytest.raises(BadRequest, match=r'(?i)unknown parameter "surprise"'):
        await client.send_message(ani.id, "x", api_kwargs={"surprise": 1})
    assert ani.chat.from_bot == []
    assert server.journal.of("sendMessage")[0].error is not None
