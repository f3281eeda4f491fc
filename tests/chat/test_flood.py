"""A flood from one person slows that person only."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import ShowTopics, encode
from bot.chat.flood import BURST, REFILL, Bucket, FloodGate, Verdict
from bot.demo.telegram import Person
from tests.chat.conftest import Deployment


@given(st.lists(st.floats(0, 50), min_size=1, max_size=200))
def test_no_more_passes_than_the_burst_and_what_refilled(waits: list[float]) -> None:
    """However calls are spread, those let through never exceed the burst plus what the time since has refilled."""
    bucket, now, passed = Bucket(), 0.0, 0
    for wait in waits:
        now += wait
        bucket, verdict = bucket.draw(now)
        passed += verdict is Verdict.PASS
    assert passed <= BURST + now * REFILL + 1e-6


def test_only_the_first_refused_call_is_told() -> None:
    """One notice a flood; after a pause that lets calls through again, the next flood has its own."""
    gate = FloodGate()
    verdicts = [gate.admit(1, 0.0) for _ in range(BURST + 3)]
    assert verdicts[BURST:] == [Verdict.NOTICE, Verdict.DROP, Verdict.DROP]
    assert gate.admit(1, 1.5) is Verdict.PASS
    assert [gate.admit(1, 1.5), gate.admit(1, 1.5)] == [Verdict.NOTICE, Verdict.DROP]


def test_people_do_not_share_a_bucket() -> None:
    """What one person used up is not taken from another."""
    gate = FloodGate()
    for _ in range(BURST):
        gate.admit(1, 0.0)
    assert gate.admit(2, 0.0) is Verdict.PASS


def test_memory_is_bounded_by_who_writes_at_the_moment() -> None:
    """People whose bucket is full again are forgotten once there are many."""
    gate = FloodGate()
    for person in range(10_000):
        gate.admit(person, 0.0)
    gate.admit(10_000, 1_000.0)
    assert len(gate._buckets) == 1


async def test_a_flood_is_told_once_and_others_are_answered(sitrep: Deployment, ani: Person) -> None:
    """The flooder gets one line, and everybody else their answers; after a while the flooder is answered again."""
    for _ in range(BURST):
        await ani.ask("hello")
    assert "Too fast" in (await ani.ask("hello")).text
    for _ in range(5):
        await ani.send("hello")
    assert "commands" in (await sitrep.server.person("Bero").ask("hello")).text
    assert len(ani.chat.from_bot) == BURST + 1
    sitrep.clock.moment += timedelta(seconds=5)
    assert "commands" in (await ani.ask("hello")).text


async def test_a_tap_too_many_is_answered_and_not_carried_out(sitrep: Deployment, ani: Person) -> None:
    """Every tap ends its wait, the flooder's too."""
    message = await ani.ask("/start")
    for _ in range(BURST - 1):
        await ani.call_back(message, encode(ShowTopics(1)))
    for _ in range(2):
        answer = await ani.call_back(message, encode(ShowTopics(2)))
        assert "Too fast" in (answer.text or "")


async def test_hidden_admins_of_two_groups_do_not_share_a_bucket(sitrep: Deployment, ani: Person) -> None:
    """All anonymous admins write as one account of Telegram's; a flood in one group is that group's only."""
    groups = [await sitrep.group(owner=ani), await sitrep.group(owner=ani)]
    for group in groups:
        await group.make_anonymous(ani)
    for _ in range(BURST + 5):
        await ani.send("/help", to=groups[0])
    await groups[0].wait_for_count(BURST + 1)
    assert "/latest" in (await ani.ask("/help", to=groups[1])).text
