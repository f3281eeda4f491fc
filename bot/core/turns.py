"""Whose turn it is: which lane has the first say about each send, so that urgent ones overtake and none starves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.match import Lane

_CYCLE = 20
_NORMAL_EVERY = 5
"""A fifth of all sends is offered to ordinary alerts first, however much breaks."""
_LATER = {9: Lane.DIGEST, 19: Lane.EDITS}
"""Once in a cycle what waits for nobody has the first say, unless something breaks."""


@dataclass(frozen=True, slots=True)
class Turns:
    """How far the cycle of turns has come."""

    taken: int = 0

    def after(self, sends: int) -> Turns:
        """The turns once so many sends were made."""
        return Turns((self.taken + sends) % _CYCLE)

    def allot(self, waiting: Mapping[Lane, Sequence[int]], most: int) -> tuple[int, ...]:
        """Which chats are sent to next.

        Args:
            waiting: For each lane the chats that it holds something for, longest due first.
            most: How many sends there are.

        Returns:
            Each chat at most once, in the order of their turns.
        """
        left = {lane: list(dict.fromkeys(waiting.get(lane, ()))) for lane in Lane}
        chosen: dict[int, None] = {}
        for turn in range(self.taken, self.taken + most):
            chat = _next(left, _preferred(turn % _CYCLE, breaking=bool(left[Lane.BREAKING])), chosen)
            if chat is None:
                break
            chosen[chat] = None
        return tuple(chosen)


def _preferred(turn: int, *, breaking: bool) -> Lane:
    if turn % _NORMAL_EVERY == 0:
        return Lane.NORMAL
    return Lane.BREAKING if breaking else _LATER.get(turn, Lane.BREAKING)


def _next(left: Mapping[Lane, list[int]], preferred: Lane, chosen: Mapping[int, None]) -> int | None:
    for lane in (preferred, *Lane):
        while left[lane]:
            chat = left[lane].pop(0)
            if chat not in chosen:
                return chat
    return None
