"""Builds a message piece by piece, keeping entity offsets in UTF-16 code units as the Bot API counts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from string import Formatter

from bot.core.message import Button, Entity, EntityKind, Message


def utf16_length(text: str) -> int:
    """How many UTF-16 code units ``text`` has: a character beyond the basic plane counts twice."""
    return len(text) + sum(1 for character in text if character > "\uffff")


class Draft:
    """A message in the making: text is only ever appended, so every offset stays true."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._entities: list[Entity] = []
        self.length = 0
        """UTF-16 code units so far."""

    def add(self, text: str, kind: EntityKind | None = None, *, url: str | None = None) -> Draft:
        """Append ``text``, formatted as ``kind``; an empty text adds nothing."""
        return self._append(text, Entity(kind, 0, 0, url=url) if kind else None)

    def add_moment(self, text: str, moment: datetime, *, shown_as: str) -> Draft:
        """Append ``text`` as an instant that each client writes in its reader's own zone.

        Args:
            text: What a client shows that does not know the entity.
            moment: The instant, aware.
            shown_as: The Bot API's date-time format: "r" relative to now, "" as the text stands.
        """
        return self._append(text, Entity("date_time", 0, 0, moment=moment, moment_format=shown_as))

    def fill(self, template: str, **pieces: str | Callable[[Draft], object]) -> Draft:
        """Append a template's words and, in the place of each ``{field}``, its piece: a text, or what appends one."""
        for literal, name, _, _ in Formatter().parse(template):
            self.add(literal)
            piece = pieces[name] if name is not None else ""
            if isinstance(piece, str):
                self.add(piece)
            else:
                piece(self)
        return self

    def line(self, text: str = "", kind: EntityKind | None = None, *, url: str | None = None) -> Draft:
        """Begin a new line with ``text``."""
        if self._pieces:
            self.add("\n")
        return self.add(text, kind, url=url)

    def message(self, buttons: tuple[tuple[Button, ...], ...] = ()) -> Message:
        """The finished message; rows without a button are dropped."""
        return Message("".join(self._pieces), tuple(self._entities), tuple(row for row in buttons if row))

    def _append(self, text: str, entity: Entity | None) -> Draft:
        if not text:
            return self
        length = utf16_length(text)
        if entity is not None:
            self._entities.append(
                Entity(entity.kind, self.length, length, entity.url, entity.moment, entity.moment_format)
            )
        self._pieces.append(text)
        self.length += length
        return self
