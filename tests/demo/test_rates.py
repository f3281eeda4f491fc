"""How fast one may send, and what happens to those who are faster."""

from __future__ import annotations

from collections.abc import Sequence

import aiohttp
import pytest

from bot.demo.telegram import RateMode, Rates, TelegramServer
from bot.demo.telegram.rates import Limiter

PRIVATE, GROUP = 7, -7


def waits(rates: Rates, sends: Sequence[tuple[float, int]]) -> list[float]:
    """How long each message, given as time and chat, is told to wait."""
    limiter = Limiter(rates)
    return [round(limiter.wait(chat, at), 3) for at, chat in sends]


@pytest.mark.parametrize(
    ("rule", "sends", "expected"),
    [
        ("one a second to a person", [(0, 7), (0.5, 7), (1, 7)], [0, 0.5, 0]),
        ("other people do not suffer", [(0, 7), (0, 8), (0.5, 7)], [0, 0, 0.5]),
        ("a refused message does not count", [(0, 7), (0.9, 7), (1, 7)], [0, 0.1, 0]),
        ("twenty a minute to a group", [(n * 0.1, -7) for n in range(20)] + [(30, -7), (60, -7)], [0] * 20 + [30, 0]),
        ("thirty a second over all", [(0, n) for n in range(1, 32)] + [(1, 99)], [0] * 30 + [1, 0]),
    ],
)
def test_mild_rates_make_each_message_wait_for_its_own_limit(
    rule: str, sends: Sequence[tuple[float, int]], expected: list[float]
) -> None:
    """Each rule holds by itself, and a violation costs nothing but the wait."""
    assert waits(Rates(RateMode.MILD, private_burst=1), sends) == expected, rule


def test_a_person_takes_a_short_burst() -> None:
    """So many messages pass at once, then one a second."""
    assert waits(Rates(RateMode.MILD, private_burst=3), [(0, PRIVATE)] * 4 + [(1, PRIVATE)]) == [0, 0, 0, 1, 0]


def test_strict_rates_close_for_all_after_a_violation() -> None:
    """For five seconds nobody gets anything, then all is well."""
    sends = [(0, PRIVATE), (0.1, PRIVATE), (2, GROUP), (5.1, GROUP)]
    assert waits(Rates(RateMode.STRICT, private_burst=1), sends) == [0, 5, 3.1, 0]


def test_escalating_rates_double_the_penalty() -> None:
    """Each further violation closes for twice as long."""
    sends = [(0, PRIVATE), (0, PRIVATE), (10, PRIVATE), (10, PRIVATE)]
    assert waits(Rates(RateMode.ESCALATING, private_burst=1), sends) == [0, 5, 0, 10]


async def test_too_early_is_answered_with_429_and_the_seconds_to_wait() -> None:
    """The answer carries retry_after in its parameters, in its text and as a header; nothing is sent."""
    async with TelegramServer(rates=Rates(RateMode.STRICT, private_burst=1)) as server, aiohttp.ClientSession() as http:
        ani = server.person("Ani")
        await ani.send("/start")
        url = f"{server.base_url}/bot{server.token}/sendMessage"
        await http.post(url, json={"chat_id": ani.id, "text": "one"})
        answer = await http.post(url, json={"chat_id": ani.id, "text": "two"})
        body = await answer.json()
    seconds = body["parameters"]["retry_after"]
    assert (answer.status, answer.headers["Retry-After"], seconds) == (429, str(seconds), 5)
    assert body["description"] == f"Too Many Requests: retry after {seconds}"
    assert [message.text for message in ani.chat.from_bot] == ["one"]


async def test_a_violation_closes_edits_too_and_nothing_that_is_no_chats() -> None:
    """While the strict server is closed it takes no edit and no deletion; taps are answered and chats are read."""
    async with TelegramServer(rates=Rates(RateMode.STRICT, private_burst=1)) as server, aiohttp.ClientSession() as http:
        ani = server.person("Ani")
        await ani.send("/start")
        root = f"{server.base_url}/bot{server.token}"
        for text in ("one", "two"):
            await http.post(f"{root}/sendMessage", json={"chat_id": ani.id, "text": text})
        message = ani.chat.from_bot[0]
        where: dict[str, object] = {"chat_id": ani.id, "message_id": message.id}
        query = ani.press(message, "y")
        calls: list[tuple[str, dict[str, object]]] = [
            ("editMessageText", where | {"text": "three"}),
            ("deleteMessage", where),
            ("answerCallbackQuery", {"callback_query_id": query.id}),
            ("getChat", {"chat_id": ani.id}),
        ]
        statuses = [(await http.post(f"{root}/{method}", json=body)).status for method, body in calls]
    assert statuses == [429, 429, 200, 200]
    assert [one.text for one in ani.chat.from_bot] == ["one"]


async def test_silent_rates_answer_late_instead() -> None:
    """Nothing is refused: the answer comes when the limit allows the message."""
    rates = Rates(RateMode.SILENT, overall=1000, group=1, group_window=0.05)
    async with TelegramServer(rates=rates) as server, aiohttp.ClientSession() as http:
        group = server.group("Norvale", owner=server.person("Ani"))
        await group.add_bot()
        url = f"{server.base_url}/bot{server.token}/sendMessage"
        for text in ("one", "two"):
            assert (await http.post(url, json={"chat_id": group.id, "text": text})).status == 200
    first, second = server.journal.of("sendMessage")
    assert [message.text for message in group.from_bot] == ["one", "two"]
    assert first.ok
    assert second.ok
