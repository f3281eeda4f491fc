"""A message as Sitrep hands it to the chat: text, entities and buttons, free of any library.

Reference: https://core.telegram.org/bots/api#messageentity. Offsets and lengths are in UTF-16 code units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EntityKind = Literal[
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "code",
    "blockquote",
    "expandable_blockquote",
    "text_link",
    "date_time",
]


@dataclass(frozen=True, slots=True)
class Entity:
    """One run of formatting in a message's text."""

    kind: EntityKind
    offset: int
    length: int
    url: str | None = None
    """Only for ``text_link``."""
    moment: datetime | None = None
    """Only for ``date_time``: the instant, which each client shows in its reader's zone."""
    moment_format: str = "r"
    """Only for ``date_time``: how clients write it, "r" relative to now ("5 minutes ago"), "t" a clock, "dt" day and
    clock (https://core.telegram.org/bots/api#date-time-entity-formatting)."""


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of ``data`` (callback data, at most 64 bytes of UTF-8) and ``url`` is set."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What one ``sendMessage`` or ``editMessageText`` carries."""

    text: str
    entities: tuple[Entity, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    """Rows of inline buttons, top to bottom; empty means no keyboard."""
