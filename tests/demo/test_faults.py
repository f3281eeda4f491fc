"""Faults between the bot and Telegram, and what the journal keeps of them."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from bot.demo.telegram import ApplyLate, Break, Drop, Fault, Journal, Late, Person, Refuse, Silence, TelegramServer


async def send(server: TelegramServer, chat_id: int, text: str = "x") -> int:
    """The HTTP status of a ``sendMessage`` over a connection of its own."""
    url = f"{server.base_url}/bot{server.token}/sendMessage"
    async with aiohttp.ClientSession() as http, http.post(url, json={"chat_id": chat_id, "text": text}) as answer:
        await answer.read()
        return answer.status


@pytest.mark.parametrize(
    ("fault", "status", "arrives"),
    [
        (Refuse.too_many(5), 429, False),
        (Refuse.with_text(403, "Forbidden: bot was blocked by the user"), 403, False),
        (Break(500), 500, False),
        (Break(502, applied=True), 502, True),
        (Late(0.01), 200, True),
        (Drop(), None, False),
        (Drop(applied=True), None, True),
    ],
)
async def test_a_fault_answers_as_planned_and_applies_only_what_it_says(
    server: TelegramServer, ani: Person, fault: Fault, status: int | None, arrives: bool
) -> None:
    """The answer, or the lack of one, is independent of whether the message arrived; the next call is whole again."""
    server.script("sendMessage", fault)
    try:
        assert await send(server, ani.id, "first") == status
    except aiohttp.ServerDisconnectedError:
        assert status is None
    assert [message.text for message in ani.chat.from_bot] == ["first"] * arrives
    (call,) = server.journal.of("sendMessage")
    assert (call.fault, call.applied) == (fault, arrives)
    assert await send(server, ani.id, "second") == 200


@pytest.mark.parametrize("applied", [True, False])
async def test_silence_lasts_until_the_client_gives_up(server: TelegramServer, ani: Person, applied: bool) -> None:
    """No answer ever comes; a client that hangs up cancels nothing."""
    server.script("sendMessage", Silence(applied=applied))
    call = asyncio.create_task(send(server, ani.id))
    await server.wait_for_call("sendMessage")
    if applied:
        await ani.wait_for("x")
    call.cancel()
    await asyncio.wait([call])
    assert len(ani.chat.from_bot) == applied
    assert server.journal.of("sendMessage")[0].answer is None


async def test_a_client_that_hangs_up_cancels_nothing() -> None:
    """Whoever goes away while the server takes its time has sent the message all the same."""
    async with TelegramServer(latency=lambda: 0.05) as server:
        ani = server.person("Ani")
        await ani.send("/start")
        call = asyncio.create_task(send(server, ani.id, "and gone"))
        await server.wait_for_call("sendMessage")
        call.cancel()
        await asyncio.wait([call])
        assert ani.chat.from_bot == []
        await ani.wait_for("and gone")


async def test_a_call_may_be_carried_out_after_the_connection_broke(server: TelegramServer, ani: Person) -> None:
    """The message of a cut connection can still arrive later."""
    server.script("sendMessage", ApplyLate(0.01))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await send(server, ani.id, "late")
    await ani.wait_for("late")


async def test_faults_are_planned_by_chat_and_number(server: TelegramServer, ani: Person) -> None:
    """A fault for one chat leaves others alone and is used up call by call."""
    ben = server.person("Ben")
    await ben.send("/start")
    server.script("sendMessage", Refuse.too_many(1), times=2, chat_id=ben.id)
    statuses = [await send(server, chat) for chat in (ani.id, ben.id, ben.id, ben.id)]
    assert statuses == [200, 429, 429, 200]


async def test_a_source_of_faults_sees_every_call(server: TelegramServer, ani: Person) -> None:
    """A function may decide about each call by method and chat, for instance by a seeded draw."""
    server.disturb(lambda method, chat_id: Break(503) if (method, chat_id) == ("sendMessage", ani.id) else None)
    assert await send(server, ani.id) == 503
    server.disturb(None)
    assert await send(server, ani.id) == 200


async def test_a_second_reader_ends_the_first(server: TelegramServer) -> None:
    """Two programs on one token: the one that polled first is told of the conflict."""
    url = f"{server.base_url}/bot{server.token}/getUpdates"
    async with aiohttp.ClientSession() as http:
        first = asyncio.create_task(http.get(url, params={"timeout": 30}))
        await server.wait_for_call("getUpdates")
        second = await http.get(url, params={"timeout": 0})
        answer = await (await first).json()
    assert (answer["error_code"], second.status) == (409, 200)
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_down_refuses_connections_and_up_brings_everything_back(server: TelegramServer, ani: Person) -> None:
    """While it is down nothing is reached; afterwards the same address holds the same chats."""
    await send(server, ani.id, "before")
    await server.down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await send(server, ani.id)
    await server.up()
    assert await send(server, ani.id, "after") == 200
    assert [message.text for message in ani.chat.from_bot] == ["before", "after"]


async def test_the_journal_keeps_the_newest_calls() -> None:
    """A long run fills no memory: old calls go."""
    async with TelegramServer(journal=Journal(limit=2)) as server:
        for number in range(4):
            await send(server, 1, str(number))
    assert [call.parameters["text"] for call in server.journal] == ["2", "3"]
