"""What the bot asked of Telegram, call by call."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.demo.telegram.errors import JsonObject


@dataclass(slots=True)
class Call:
    """One call: what was asked, when, and what was answered."""

    method: str
    parameters: Mapping[str, object]
    """Decoded by kind: numbers are numbers, structures are objects and arrays."""
    at: float
    """Monotonic seconds when the call was read."""
    chat_id: int | None = None
    """The chat that it names, after names such as ``@channel`` were resolved."""
    answer: JsonObject | None = None
    """The whole body of the answer; ``None`` while there is none, and for good when the connection was cut."""
    applied: bool = False
    """Whether Telegram carried it out."""
    fault: object | None = None
    """The planned fault that it met."""

    @property
    def ok(self) -> bool:
        """Answered, and with success."""
        return self.answer is not None and bool(self.answer["ok"])

    @property
    def error(self) -> str | None:
        """The description of the error that it was answered with."""
        return None if self.answer is None or self.ok else str(self.answer["description"])


class Journal:
    """The newest calls, in the order in which they were read; ``limit`` is how many are kept."""

    def __init__(self, *, limit: int = 200_000) -> None:
        self._calls: deque[Call] = deque(maxlen=limit)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        """Write down a call that was just read."""
        self._calls.append(call)

    def of(self, method: str, *, chat_id: int | None = None) -> list[Call]:
        """All calls of one method, in one chat where it is named."""
        return [call for call in self._calls if call.method == method and chat_id in {None, call.chat_id}]
