"""What a button says when it is tapped: compact, versioned codes of at most 64 bytes.

A code names the state that the button **sets**, never a change relative to something, so that a late or repeated tap
does nothing more. The form is ``<version><letter>[:<field>…]``. What people send back is forged until proven: a
string is decoded only when encoding the result gives exactly that string again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NewType, get_type_hints

from bot.core.model import TopicMode

VERSION = "1"
MAX_BYTES = 64
MAX_NUMBER = 9_999_999_999
"""The highest id that a code can say."""
MAX_PAGE = 9_999
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,47}", re.ASCII)
_MODES = {TopicMode.LOUD: "l", TopicMode.SILENT: "s", TopicMode.DIGEST: "d", TopicMode.OFF: "o"}


Zone = NewType("Zone", str)
"""A time zone's IANA name."""


class View(StrEnum):
    """Which listing a page belongs to; the words searched for stand in the message itself."""

    LATEST = "l"
    SEARCH = "s"


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Set one topic to a mode, and show the keyboard's page ``page`` again."""

    topic: str
    mode: TopicMode
    page: int


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Show page ``page`` of the topic keyboard, 1-based."""

    page: int


@dataclass(frozen=True, slots=True)
class ApplyPreset:
    """Choose only what endangers civilians."""


@dataclass(frozen=True, slots=True)
class RestoreTopics:
    """Take back a preset: every topic's mode before it, as :mod:`bot.chat.snapshot` writes them."""

    modes: str


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Answer this chat in a language; ``None`` in that of each person's app."""

    language: str | None


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Show page ``page`` of a listing of the updates with ids up to ``anchor``; 0 takes in the newest."""

    view: View
    anchor: int = 0
    page: int = 1
    topic: str | None = None
    """Only updates of that topic; ``None`` is all of them."""


@dataclass(frozen=True, slots=True)
class PickTopic:
    """Show the topics by which a listing can be narrowed down."""

    view: View


@dataclass(frozen=True, slots=True)
class SearchMeant:
    """Search for what the message supposes was meant."""


@dataclass(frozen=True, slots=True)
class OpenNews:
    """Open one update of a listing; ``revision`` 0 is its current version. The rest is the way back."""

    view: View
    anchor: int
    page: int
    topic: str | None
    news: int
    revision: int = 0


@dataclass(frozen=True, slots=True)
class ExplainAlert:
    """Why this chat got this update."""

    news: int


@dataclass(frozen=True, slots=True)
class ReportTopic:
    """The topics of this update are wrong, says a reader."""

    news: int


@dataclass(frozen=True, slots=True)
class ShowAlertButtons:
    """Back to the buttons that the alert came with."""

    news: int


@dataclass(frozen=True, slots=True)
class ShowMutes:
    """The ways to mute, under an alert."""

    news: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Mute everything for so many hours from the tap on; ``news`` is the alert that the button stands under."""

    hours: int
    news: int


@dataclass(frozen=True, slots=True)
class MuteStory:
    """Mute the story of this update for a day from the tap on."""

    news: int


@dataclass(frozen=True, slots=True)
class Unmute:
    """End every mute; ``news`` is the alert that the button stands under."""

    news: int


@dataclass(frozen=True, slots=True)
class UnmuteFrom:
    """End every mute, and show the screen again that told of it: "topics" or "status"."""

    screen: str


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Show one part of the settings; "main" is all of them."""

    part: str


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Be left alone at night: "danger" may still ring, "nothing" may, or "off"."""

    choice: str


@dataclass(frozen=True, slots=True)
class SetListTime:
    """Get lists at this hour of the day; 24 is every hour."""

    hour: int


@dataclass(frozen=True, slots=True)
class ShowCities:
    """Show one page of a part of the world's cities, 1-based."""

    area: str
    page: int


@dataclass(frozen=True, slots=True)
class SetZone:
    """Read clocks in a zone; ``None`` is the deployment's."""

    zone: Zone | None


@dataclass(frozen=True, slots=True)
class ShowPlaces:
    """Show page ``page`` of the places to choose from, 1-based."""

    page: int


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Choose a place, or with ``chosen`` 0 leave it, and show the list's page ``page`` again."""

    place: str
    chosen: int
    page: int


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Leave every place."""


@dataclass(frozen=True, slots=True)
class FollowWord:
    """Follow the words that the message searched for, or with ``followed`` 0 leave them; the rest is its page."""

    followed: int
    anchor: int
    page: int
    topic: str | None


@dataclass(frozen=True, slots=True)
class LeaveWord:
    """Leave followed words, named by :func:`bot.services.habits.key_of`."""

    key: str


@dataclass(frozen=True, slots=True)
class ShowSample:
    """Show update ``number`` (1-based) of the feed that is being previewed; 0 is the preview itself.

    ``follow`` is what was answered to the question whether the next days' pages be followed: 0 nothing yet, 1 yes,
    2 no. It goes along with every button of the preview.
    """

    number: int
    follow: int = 0


@dataclass(frozen=True, slots=True)
class PreviewOffered:
    """Preview feed ``number`` (1-based) of those that the message lists."""

    number: int


@dataclass(frozen=True, slots=True)
class AddFeed:
    """Add the feed that the message previews, with all that it has now treated as seen; ``follow`` 1 with its days."""

    follow: int = 0


@dataclass(frozen=True, slots=True)
class ShowFeeds:
    """Show page ``page`` of the list of feeds, 1-based; ``broken`` 1 only those that want a look."""

    page: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class ShowFeed:
    """Show one feed and how reading it goes."""

    feed: int


@dataclass(frozen=True, slots=True)
class SwitchFeed:
    """Read one feed, with ``on`` 1, or with 0 pause it."""

    feed: int
    on: int


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """Read one feed now, not when it is due."""

    feed: int


@dataclass(frozen=True, slots=True)
class ShowTrial:
    """Show page ``page`` (1-based) of what a read would bring, of the feed or address that the message names."""

    page: int


@dataclass(frozen=True, slots=True)
class ShowAudit:
    """Show page ``page`` (1-based) of the audit's entries with ids up to ``anchor``."""

    anchor: int
    page: int


@dataclass(frozen=True, slots=True)
class AskRemoval:
    """Ask whether one feed is to be removed."""

    feed: int


@dataclass(frozen=True, slots=True)
class RemoveFeed:
    """Remove one feed."""

    feed: int


@dataclass(frozen=True, slots=True)
class ReleaseFeed:
    """Let a held feed go on; ``as_seen`` 1 counts what it has as seen, 0 sends it."""

    feed: int
    as_seen: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """Do nothing: whatever the message offered is off."""


Code = (
    ShowMutes
    | Mute
    | MuteStory
    | Unmute
    | UnmuteFrom
    | ShowSettings
    | SetQuiet
    | SetListTime
    | ShowCities
    | SetZone
    | ShowPlaces
    | SetPlace
    | Everywhere
    | FollowWord
    | LeaveWord
    | SetTopic
    | ShowTopics
    | ApplyPreset
    | RestoreTopics
    | SetLanguage
    | ShowPage
    | PickTopic
    | SearchMeant
    | OpenNews
    | ExplainAlert
    | ReportTopic
    | ShowAlertButtons
    | ShowSample
    | PreviewOffered
    | AddFeed
    | ShowFeeds
    | ShowFeed
    | SwitchFeed
    | ReadFeed
    | AskRemoval
    | ShowAudit
    | ShowTrial
    | RemoveFeed
    | ReleaseFeed
    | Cancel
)

_LETTERS: dict[str, type[Code]] = {
    "t": SetTopic,
    "k": ShowTopics,
    "p": ApplyPreset,
    "r": RestoreTopics,
    "g": SetLanguage,
    "l": ShowPage,
    "q": PickTopic,
    "m": SearchMeant,
    "o": OpenNews,
    "w": ExplainAlert,
    "e": ReportTopic,
    "b": ShowAlertButtons,
    "n": ShowMutes,
    "i": Mute,
    "y": MuteStory,
    "j": Unmute,
    "J": UnmuteFrom,
    "z": ShowSettings,
    "d": SetQuiet,
    "v": SetListTime,
    "A": ShowCities,
    "Z": SetZone,
    "Q": ShowPlaces,
    "P": SetPlace,
    "E": Everywhere,
    "F": FollowWord,
    "W": LeaveWord,
    "s": ShowSample,
    "u": PreviewOffered,
    "a": AddFeed,
    "f": ShowFeeds,
    "O": ShowFeed,
    "S": SwitchFeed,
    "R": ReadFeed,
    "D": AskRemoval,
    "U": ShowAudit,
    "T": ShowTrial,
    "x": RemoveFeed,
    "h": ReleaseFeed,
    "c": Cancel,
}
_LETTER_OF = {kind: letter for letter, kind in _LETTERS.items()}


def encode(code: Code) -> str:
    """The callback data of a button. Raises ``ValueError`` when it cannot be said in 64 bytes: a bug of the caller."""
    kind = type(code)
    values = (getattr(code, field.name) for field in fields(code))
    data = ":".join([VERSION + _LETTER_OF[kind], *map(_to_field, values)])
    if len(data.encode()) > MAX_BYTES or decode(data) != code:
        raise ValueError(f"{code} cannot be said in callback data")
    return data


def decode(data: str) -> Code | None:
    """What callback data says, or ``None`` for anything that :func:`encode` did not write."""
    head, *raw = data.split(":")
    kind = _LETTERS.get(head[1:]) if head[:1] == VERSION else None
    if kind is None or len(data.encode("utf-8", "replace")) > MAX_BYTES:
        return None
    try:
        return kind(*(read(field) for read, field in zip(_FIELDS[kind], raw, strict=True)))
    except ValueError:
        return None


def alert_code(news_id: int) -> str:
    """The callback data of an alert's «Why this?»."""
    return encode(ExplainAlert(news_id))


def mute_code(news_id: int) -> str:
    """The callback data of an alert's «Mute…»."""
    return encode(ShowMutes(news_id))


def _to_field(value: object) -> str:
    if value is None:
        return ""
    return _MODES[value] if isinstance(value, TopicMode) else str(value)


def _number(raw: str) -> int:
    canonical = raw.isascii() and raw.isdigit() and (raw == "0" or not raw.startswith("0"))
    if not canonical or len(raw) > 10 or int(raw) > MAX_NUMBER:
        raise ValueError(raw)
    return int(raw)


def _slug(raw: str) -> str:
    if not _SLUG.fullmatch(raw):
        raise ValueError(raw)
    return raw


def _slug_or_none(raw: str) -> str | None:
    return _slug(raw) if raw else None


def _zone_or_none(raw: str) -> Zone | None:
    if raw and not _ZONE.fullmatch(raw):
        raise ValueError(raw)
    return Zone(raw) if raw else None


def _mode(raw: str) -> TopicMode:
    for mode, letter in _MODES.items():
        if letter == raw:
            return mode
    raise ValueError(raw)


_READERS: dict[Any, Callable[[str], Any]] = {
    int: _number,
    str: _slug,
    str | None: _slug_or_none,
    TopicMode: _mode,
    View: View,
    Zone | None: _zone_or_none,
}
_FIELDS: dict[type[Code], tuple[Callable[[str], Any], ...]] = {
    kind: tuple(_READERS[get_type_hints(kind)[field.name]] for field in fields(kind)) for kind in _LETTER_OF
}
