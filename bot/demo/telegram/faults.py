"""Faults that a test or a demo puts between the bot and Telegram."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.demo.telegram.errors import ApiError, JsonObject, too_many_requests


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with this error and do nothing."""

    error: ApiError

    @classmethod
    def with_text(cls, code: int, description: str, parameters: JsonObject | None = None) -> Refuse:
        """An error by its code and whole description."""
        return cls(ApiError(code, description, parameters))

    @classmethod
    def too_many(cls, retry_after: int) -> Refuse:
        """429 with that ``retry_after``, in seconds."""
        return cls(too_many_requests(retry_after))


@dataclass(frozen=True, slots=True)
class Break:
    """Answer with this HTTP status and no JSON (a proxy's error page), carrying the call out or not."""

    status: int = 502
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Cut the connection without an answer, carrying the call out or not."""

    applied: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Keep the connection open and never answer, carrying the call out or not."""

    applied: bool = True


@dataclass(frozen=True, slots=True)
class Late:
    """Carry the call out at once and answer so many seconds later."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ApplyLate:
    """Cut the connection at once and carry the call out so many seconds later."""

    seconds: float


Fault = Refuse | Break | Drop | Silence | Late | ApplyLate

FaultSource = Callable[[str, int | None], Fault | None]
"""Chooses a fault for a call by its method and chat; ``None`` lets it through."""


class Script:
    """Faults for the next calls, by method and, where asked for, by chat; each is used up by one call."""

    def __init__(self) -> None:
        self._planned: deque[tuple[str, int | None, Fault]] = deque()
        self.source: FaultSource | None = None
        """Asked about every call for which nothing is planned."""

    def plan(self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None) -> None:
        """Let the next ``times`` calls of ``method`` (to ``chat_id``, where given) meet this fault."""
        self._planned.extend([(method, chat_id, fault)] * times)

    def next(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that this call meets, if any."""
        for planned in self._planned:
            if planned[0] == method and planned[1] in {None, chat_id}:
                self._planned.remove(planned)
                return planned[2]
        return self.source(method, chat_id) if self.source else None
