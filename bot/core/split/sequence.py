"""The order of clock times: which way a page runs, where midnight lies, what stands out of order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from enum import IntEnum
from itertools import pairwise

_DAY = 24 * 60
_INVERSION = 180
"""So many minutes against the order are an entry out of place; more are the next day."""


class Order(IntEnum):
    """Which way a page runs."""

    OLDEST_FIRST = 1
    NEWEST_FIRST = -1


def page_order(clocks: Sequence[time]) -> Order:
    """The direction that most neighbours agree on, the short way round the clock; newest first when they don't."""
    return order_of_pairs(pairwise(clocks))


def order_of_pairs(pairs: Iterable[tuple[time, time]]) -> Order:
    """The direction that most pairs of neighbours agree on."""
    votes = 0
    for before, after in pairs:
        step = _short_way(minutes(after) - minutes(before))
        votes += (step > 0) - (step < 0)
    return Order.OLDEST_FIRST if votes > 0 else Order.NEWEST_FIRST


def day_step(before: time, after: time, order: Order) -> int:
    """How many days lie between two neighbours on a page: 0, +1 or -1 where midnight does.

    A clock running slightly against the page's order is an inversion on the same day; far against it, midnight.
    """
    ahead = (minutes(after) - minutes(before)) * order
    if ahead < -_INVERSION:
        return int(order)
    if ahead > _DAY - _INVERSION:
        return -int(order)
    return 0


def is_inverted(before: time, after: time, order: Order) -> bool:
    """Whether two neighbours of one day stand against the page's order."""
    return -_INVERSION <= (minutes(after) - minutes(before)) * order < 0


def fits_between(clock: time | None, before: time | None, after: time | None, order: Order) -> bool:
    """Whether a clock time lies between its neighbours, in the direction in which the page runs."""
    if clock is None or (before is None and after is None):
        return False
    if before is None or after is None:
        known = before or after
        assert known is not None
        ahead = (minutes(clock) - minutes(known)) * order * (1 if before else -1) % _DAY
        return ahead <= _INVERSION
    span = (minutes(after) - minutes(before)) * order % _DAY
    if span > _DAY - _INVERSION:  # the neighbours themselves stand inverted
        span = 0
    return (minutes(clock) - minutes(before)) * order % _DAY <= span


def follows(clocks: Sequence[time], index: int, order: Order) -> bool:
    """Whether a clock time is in step with its neighbours, or they are out of step without it too."""
    before = clocks[index - 1] if index else None
    after = clocks[index + 1] if index + 1 < len(clocks) else None
    if before is None or after is None:
        known = before or after
        return known is None or abs(_short_way(minutes(clocks[index]) - minutes(known))) <= _INVERSION * 2
    smooth_without = 0 <= (minutes(after) - minutes(before)) * order <= _DAY // 2
    inside = fits_between(clocks[index], before, after, order)
    return inside or not smooth_without or abs(_short_way(minutes(clocks[index]) - minutes(before))) <= _INVERSION


def minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def _short_way(step: int) -> int:
    """A step round the clock by the shorter way: above 12 hours it is one back."""
    return (step + _DAY // 2) % _DAY - _DAY // 2
