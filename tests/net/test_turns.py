"""One request at a time to one host, a second apart."""

from __future__ import annotations

import asyncio

import pytest

from bot.net.turns import Turns, is_loopback, site_of


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    """A time of the test's own."""
    return Time()


@pytest.fixture
def turns(time: Time) -> Turns:
    """Turns in that time."""
    return Turns(monotonic=time.monotonic, sleep=time.sleep)


async def test_requests_to_one_host_follow_each_other_a_second_apart(turns: Turns, time: Time) -> None:
    """The next begins a second after the end of the one before, and they never overlap."""
    spans: list[tuple[float, float]] = []

    async def ask() -> None:
        async with turns.turn("norvale.example"):
            started = time.now
            await time.sleep(0.5)
            spans.append((started, time.now))

    await asyncio.gather(ask(), ask(), ask())
    assert spans == [(0.0, 0.5), (1.5, 2.0), (3.0, 3.5)]


async def test_a_failed_request_was_one_too(turns: Turns, time: Time) -> None:
    """Also after an error the host has its second, and its turn is free again."""
    with pytest.raises(OSError, match="broke"):
        async with turns.turn("norvale.example"):
            raise OSError("broke")
    async with turns.turn("norvale.example"):
        assert time.now == 1.0


@pytest.mark.parametrize("second", ["karst.example", "127.0.0.1", "localhost", "::1"])
async def test_other_hosts_and_this_machine_do_not_wait(turns: Turns, time: Time, second: str) -> None:
    """A turn holds one host; what runs on this machine needs none."""
    async with turns.turn("norvale.example"), turns.turn(second), asyncio.timeout(5):
        if second != "karst.example":
            async with turns.turn(second):
                pass
    assert time.now == 0.0


async def test_a_site_is_left_alone_as_long_as_it_wished(turns: Turns, time: Time) -> None:
    """All hosts of one site are left alone; a shorter wish later does not shorten it."""
    assert turns.leave_alone("feeds.norvale.example", 60) == "norvale.example"
    turns.leave_alone("www.norvale.example", 10)
    assert turns.left_alone_for("norvale.example") == 60
    assert turns.left_alone_for("karst.example") == 0
    await time.sleep(60)
    assert turns.left_alone_for("norvale.example") == 0


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "192.168.7.7", "10.0.0.1", "fd00::1", "rsshub", "rsshub.local", "nas.home.arpa."]
)
def test_a_host_of_this_network_speaks_for_one_address_only(turns: Turns, host: str) -> None:
    """A feed generator that passes on one publisher's 429 does not silence the others that it serves."""
    assert turns.leave_alone(host, 60) is None
    assert turns.left_alone_for(host) == 0


async def test_hosts_without_end_fill_no_memory(turns: Turns, time: Time) -> None:
    """What is over is forgotten."""
    for number in range(10_000):
        async with turns.turn(f"{number}.example"):
            pass
        turns.leave_alone(f"{number}.example", 0.5)
        time.now += 1.5
    assert len(turns._hosts) + len(turns._left_alone) < 9000


async def test_a_host_in_use_is_not_forgotten(turns: Turns, time: Time) -> None:
    """However many hosts come by meanwhile, a second request to one host waits for the first."""
    entered = asyncio.Event()

    async def ask() -> None:
        async with turns.turn("norvale.example"):
            entered.set()

    async with turns.turn("norvale.example"):
        for number in range(5000):
            async with turns.turn(f"{number}.example"):
                time.now += 1.5
        asking = asyncio.create_task(ask())
        for _ in range(5):
            await asyncio.sleep(0)
        assert not entered.is_set()
    await asking


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("norvale.example", "norvale.example"),
        ("a.b.norvale.example.", "norvale.example"),
        ("WWW.Norvale.co.uk", "norvale.co.uk"),
        ("co.uk", "co.uk"),
        ("live.novosti.msk.example", "msk.example"),
        ("www.karst.gouv.fr", "karst.gouv.fr"),
        ("news.tarvin.or.jp", "tarvin.or.jp"),
        ("www.evn.am", "evn.am"),
        ("93.184.215.14", "93.184.215.14"),
        ("2606:4700::1", "2606:4700::1"),
        ("intranet", "intranet"),
    ],
)
def test_the_site_of_a_host(host: str, site: str) -> None:
    """What one publisher registers: two labels, three under a country's second level; numbers are themselves."""
    assert site_of(host) == site


@pytest.mark.parametrize(
    ("host", "expected"), [("LOCALHOST.", True), ("127.9.9.9", True), ("localhost.example", False)]
)
def test_this_machine_is_known_by_its_name(host: str, expected: bool) -> None:
    """Only the name itself and its numbers are this machine."""
    assert is_loopback(host) is expected
