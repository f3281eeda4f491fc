"""What Telegram's answers prove, over real HTTP through the client that the bot uses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram import error as telegram_error

from bot.chat.gateway import TelegramGateway, outcome_of
from bot.chat.request import AiohttpRequest
from bot.chat.sightings import HighestIds
from bot.core.archive import ChatKind, Destination
from bot.core.message import Button, Entity, Message
from bot.demo.telegram import Break, Drop, Fault, Late, Person, Refuse, Silence, TelegramServer
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    Sent,
    TopicClosed,
    Uneditable,
    Unsent,
)
from tests.demo.bot_api import problems

MOMENT = datetime(2024, 11, 3, 17, 35, tzinfo=UTC)
MESSAGE = Message(
    "Shelling: Karst 😀\n17:35 UTC",
    (Entity("bold", 0, 15), Entity("date_time", 19, 9, moment=MOMENT)),
    ((Button("Source", url="https://norvale.example/day"), Button("Why this?", data="w1:7")),),
)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A Telegram server without rates."""
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """The client with our own HTTP; it gives up on an answer after half a second, to be tested in that time."""
    request = AiohttpRequest(read_timeout=0.5)
    client = Bot(server.token, f"{server.base_url}/bot", request=request, get_updates_request=AiohttpRequest())
    async with client:
        yield client


@pytest.fixture
def gateway(bot: Bot) -> TelegramGateway:
    """What is tested."""
    return TelegramGateway(bot)


@pytest.fixture
async def ani(server: TelegramServer) -> Person:
    """Somebody who has started the bot."""
    person = server.person("Ani")
    await person.send("/start")
    return person


def to(person: Person) -> Destination:
    """The private chat of that person."""
    return Destination(1, person.id, ChatKind.PRIVATE)


async def test_a_sent_message_arrives_as_it_was_made(
    server: TelegramServer, gateway: TelegramGateway, ani: Person
) -> None:
    """Text, formatting, buttons and sound arrive, and the outcome names the message."""
    outcome = await gateway.send(to(ani), MESSAGE, silent=True)
    arrived = await ani.wait_for("Shelling")
    assert outcome == Sent(arrived.id)
    assert arrived.text == MESSAGE.text
    assert [entity["type"] for entity in arrived.entities] == ["bold", "date_time"]
    assert arrived.labels == [["Source", "Why this?"]]
    assert server.journal.of("sendMessage")[0].parameters["disable_notification"] is True


async def test_an_edit_changes_the_message_and_twice_is_once(gateway: TelegramGateway, ani: Person) -> None:
    """Editing to what stands there already counts as done."""
    sent = await gateway.send(to(ani), MESSAGE, silent=False)
    assert isinstance(sent, Sent)
    changed = Message("CORRECTED. Calm.")
    assert await gateway.edit(to(ani), sent.message_id, changed) == sent
    assert await gateway.edit(to(ani), sent.message_id, changed) == sent
    assert (await ani.wait_for("CORRECTED")).id == sent.message_id


async def test_a_reply_to_a_message_that_is_gone_is_a_plain_message(gateway: TelegramGateway, ani: Person) -> None:
    """A correction reaches people although its alert was deleted."""
    assert isinstance(await gateway.send(to(ani), MESSAGE, silent=False, reply_to=999_999), Sent)


async def test_every_call_is_as_the_bot_api_describes_it(
    server: TelegramServer, gateway: TelegramGateway, ani: Person
) -> None:
    """Names and types of all parameters hold against an independent description, in a forum's thread too."""
    forum = server.group("Front", owner=ani, forum=True)
    await forum.add_bot()
    thread = await forum.open_thread("Shelling")
    in_thread = Destination(2, forum.id, ChatKind.GROUP, thread_id=thread.id)
    sent = await gateway.send(in_thread, MESSAGE, silent=True)
    assert isinstance(sent, Sent)
    await gateway.send(in_thread, MESSAGE, silent=False, reply_to=sent.message_id)
    await gateway.edit(in_thread, sent.message_id, Message("CORRECTED. Calm."))
    calls = [*server.journal.of("sendMessage"), *server.journal.of("editMessageText")]
    assert [call.parameters.get("message_thread_id") for call in calls] == [thread.id, thread.id, None]
    assert [problem for call in calls for problem in problems(call)] == []
    assert all(call.ok for call in calls)


async def test_every_message_id_is_noted(server: TelegramServer, bot: Bot, ani: Person) -> None:
    """People and basic groups share one sequence of ids, a supergroup has its own; the highest of each is kept."""
    group = server.group("Front", owner=ani, forum=True)
    await group.add_bot()
    seen = HighestIds()
    gateway = TelegramGateway(bot, seen)
    to_ani, to_group = Destination(1, ani.id, ChatKind.PRIVATE), Destination(2, group.id, ChatKind.GROUP)
    sent = [await gateway.send(place, MESSAGE, silent=True) for place in (to_ani, to_group, to_ani)]
    ids = [outcome.message_id for outcome in sent if isinstance(outcome, Sent)]
    assert (seen.highest(ani.id), seen.highest(group.id), seen.highest(-5)) == (ids[2], ids[1], ids[2])
    assert seen.highest(-1_009_999_999_999) is None
    seen.saw(ani.id, 1)
    assert seen.highest(ani.id) == ids[2]


OUTCOMES: list[tuple[str, Fault, SendOutcome | type]] = [
    ("429", Refuse.too_many(7), RetryAfter(timedelta(seconds=7))),
    ("429 without a time", Refuse.with_text(429, "Too Many Requests"), RetryAfter(timedelta(seconds=1))),
    ("blocked", Refuse.with_text(403, "Forbidden: bot was blocked by the user"), ChatGone),
    ("kicked", Refuse.with_text(403, "Forbidden: bot was kicked from the supergroup chat"), ChatGone),
    ("deleted", Refuse.with_text(403, "Forbidden: user is deactivated"), ChatGone),
    ("unknown chat", Refuse.with_text(400, "Bad Request: chat not found"), ChatGone),
    ("muted in a group", Refuse.with_text(400, "Bad Request: not enough rights to send text messages"), ChatGone),
    (
        "migrated",
        Refuse.with_text(400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}),
        ChatMigrated(-1009),
    ),
    ("closed topic", Refuse.with_text(400, "Bad Request: TOPIC_CLOSED"), TopicClosed),
    ("deleted topic", Refuse.with_text(400, "Bad Request: message thread not found"), TopicClosed),
    ("our fault", Refuse.with_text(400, "Bad Request: message is too long"), Rejected),
    ("a dead token", Refuse.with_text(401, "Unauthorized"), Unsent),
    ("5xx", Refuse.with_text(500, "Internal Server Error: request aborted"), InDoubt),
    ("a proxy's page", Break(502), InDoubt),
    ("a proxy's page that says all is well", Break(200), InDoubt),
    ("the connection broke", Drop(), InDoubt),
    ("the connection broke after it was sent", Drop(applied=True), InDoubt),
    ("no answer", Silence(applied=True), InDoubt),
]


@pytest.mark.parametrize(("fault", "expected"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES])
async def test_what_an_answer_proves(
    server: TelegramServer, gateway: TelegramGateway, ani: Person, fault: Fault, expected: SendOutcome | type
) -> None:
    """Certainly sent, certainly not, and nobody knows are told apart."""
    server.script("sendMessage", fault)
    outcome = await gateway.send(to(ani), MESSAGE, silent=False)
    if isinstance(expected, type):
        assert isinstance(outcome, expected)
    else:
        assert outcome == expected


@pytest.mark.parametrize("host", ["telegram.invalid", "127.0.0.1:1"])
async def test_no_connection_is_certainly_not_sent(host: str) -> None:
    """A name that does not resolve and a refused connection leave no doubt: the alert goes out later without a mark."""
    async with AiohttpRequest() as request:
        with pytest.raises(telegram_error.NetworkError) as raised:
            await request.do_request(f"http://{host}/", "POST")
    assert isinstance(outcome_of(raised.value), Unsent)


async def test_waiting_for_a_free_connection_is_certainly_not_sent(server: TelegramServer) -> None:
    """A call that never left the pool's queue was not sent."""
    request = AiohttpRequest(connections=1, connect_timeout=0.3, read_timeout=5)
    async with request:
        url = f"{server.base_url}/bot{server.token}/getMe"
        server.script("getMe", Late(1.0))
        busy = asyncio.create_task(request.do_request(url, "POST"))
        await server.wait_for_call("getMe")
        with pytest.raises(telegram_error.TimedOut) as raised:
            await request.do_request(url, "POST")
        await busy
    assert isinstance(outcome_of(raised.value), Unsent)


async def test_formatting_that_telegram_refuses_does_not_cost_the_alert(
    server: TelegramServer, gateway: TelegramGateway, ani: Person
) -> None:
    """The words go out plain."""
    server.script("sendMessage", Refuse.with_text(400, "Bad Request: can't parse entities: unsupported"))
    assert isinstance(await gateway.send(to(ani), MESSAGE, silent=False), Sent)
    assert (await ani.wait_for("Shelling")).entities == ()


async def test_a_button_that_telegram_refuses_does_not_cost_the_alert(gateway: TelegramGateway, ani: Person) -> None:
    """The words go out without buttons."""
    message = Message("Shelling: Karst", (), ((Button("Source", url="ftp://norvale.example/"),),))
    assert isinstance(await gateway.send(to(ani), message, silent=False), Sent)
    assert (await ani.wait_for("Shelling")).labels == []


async def test_errors_never_hold_the_token(server: TelegramServer, bot: Bot) -> None:
    """Neither an error's text nor its representation shows the address that was called."""
    await server.down()
    with pytest.raises(telegram_error.NetworkError) as raised:
        await bot.get_me()
    assert server.token not in str(raised.value) + repr(raised.value)


async def test_a_long_poll_outlasts_the_time_out_of_sends(server: TelegramServer) -> None:
    """Waiting for updates longer than an answer may take is no error."""
    request = AiohttpRequest(read_timeout=0.5)
    async with Bot(
        server.token, f"{server.base_url}/bot", request=AiohttpRequest(), get_updates_request=request
    ) as bot:
        assert await bot.get_updates(timeout=1) == ()


UNEDITABLE = [
    "Bad Request: message to edit not found",
    "Bad Request: message can't be edited",
    "Bad Request: MESSAGE_ID_INVALID",
    "Bad Request: there is no text in the message to edit",
]


@pytest.mark.parametrize("words", UNEDITABLE)
async def test_a_message_that_cannot_be_edited_any_more(
    server: TelegramServer, gateway: TelegramGateway, ani: Person, words: str
) -> None:
    """It is no fault of what was to be said: the reply is sent all the same."""
    server.script("editMessageText", Refuse.with_text(400, words))
    outcome = await gateway.edit(Destination(1, ani.id, ChatKind.PRIVATE), 7, MESSAGE)
    assert isinstance(outcome, Uneditable)
