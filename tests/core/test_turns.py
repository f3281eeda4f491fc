"""Whose turn it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.match import Lane
from bot.core.turns import Turns

PLENTY = 1_000


def shares(*lanes: Lane, most: int = 200) -> dict[Lane, float]:
    """The share of all sends that each of these lanes gets while all of them hold plenty."""
    waiting = {lane: range(lane * PLENTY, lane * PLENTY + PLENTY) for lane in lanes}
    chosen = Turns().allot(waiting, most)
    return {lane: sum(chat // PLENTY == lane for chat in chosen) / len(chosen) for lane in lanes}


def test_the_most_urgent_lane_goes_first() -> None:
    """What is left over by breaking news goes to ordinary alerts, then to lists, then to corrections."""
    waiting = {Lane.BREAKING: [1], Lane.NORMAL: [2, 3], Lane.DIGEST: [4], Lane.EDITS: [5]}
    assert Turns(1).allot(waiting, 9) == (1, 2, 3, 4, 5)


def test_ordinary_alerts_are_never_starved() -> None:
    """However much breaks, a fifth of all sends is theirs."""
    assert shares(Lane.BREAKING, Lane.NORMAL, Lane.DIGEST, Lane.EDITS) == {
        Lane.BREAKING: 0.8,
        Lane.NORMAL: 0.2,
        Lane.DIGEST: 0.0,
        Lane.EDITS: 0.0,
    }


def test_corrections_and_lists_do_not_wait_for_ever() -> None:
    """Without breaking news, a twentieth each is kept for what ordinary alerts would always overtake."""
    assert shares(Lane.NORMAL, Lane.DIGEST, Lane.EDITS) == {Lane.NORMAL: 0.9, Lane.DIGEST: 0.05, Lane.EDITS: 0.05}


def test_a_single_send_at_a_time_keeps_the_shares() -> None:
    """The cycle goes on from claim to claim."""
    turns, counted = Turns(), {Lane.BREAKING: 0, Lane.NORMAL: 0}
    for _ in range(100):
        [chat] = turns.allot({Lane.BREAKING: [1], Lane.NORMAL: [2]}, 1)
        counted[Lane(chat)] += 1
        turns = turns.after(1)
    assert counted == {Lane.BREAKING: 80, Lane.NORMAL: 20}


@given(
    waiting=st.dictionaries(st.sampled_from(Lane), st.lists(st.integers(1, 12), max_size=8)),
    most=st.integers(0, 30),
    taken=st.integers(0, 19),
)
def test_nobody_is_left_out_and_nobody_comes_twice(waiting: dict[Lane, list[int]], most: int, taken: int) -> None:
    """As many as there are sends, each chat once, in each lane those first who have waited longest."""
    chosen = Turns(taken).allot(waiting, most)
    everybody = {chat for chats in waiting.values() for chat in chats}
    assert len(chosen) == len(set(chosen)) == min(most, len(everybody))
    assert set(chosen) <= everybody


@pytest.mark.parametrize("lane", Lane)
def test_within_a_lane_whoever_has_waited_longest(lane: Lane) -> None:
    """The order given is kept."""
    assert Turns().allot({lane: [3, 1, 2]}, 2) == (3, 1)
