"""Between codes and the strings that buttons carry."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_type_hints

from bot.chat.callbacks.admins import (
    AddFeed,
    AskRemoval,
    PreviewOffered,
    ReadFeed,
    ReleaseFeed,
    RemoveFeed,
    ShowAudit,
    ShowFeed,
    ShowFeeds,
    ShowTrial,
    SwitchFeed,
)
from bot.chat.callbacks.people import (
    ApplyPreset,
    Cancel,
    Everywhere,
    ExplainAlert,
    FollowWord,
    LeaveWord,
    Mute,
    MuteStory,
    OpenNews,
    PickTopic,
    ReportTopic,
    RestoreTopics,
    SearchMeant,
    SetLanguage,
    SetListTime,
    SetPlace,
    SetQuiet,
    SetTopic,
    SetZone,
    ShowAlertButtons,
    ShowCities,
    ShowMutes,
    ShowPage,
    ShowPlaces,
    ShowSample,
    ShowSettings,
    ShowTopics,
    Unmute,
    UnmuteFrom,
    View,
    Zone,
)
from bot.core.model import TopicMode

VERSION = "1"
MAX_BYTES = 64
MAX_NUMBER = 9_999_999_999
"""The highest id that a code can say."""
MAX_PAGE = 9_999
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,47}", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,47}", re.ASCII)
_MODES = {TopicMode.LOUD: "l", TopicMode.SILENT: "s", TopicMode.DIGEST: "d", TopicMode.OFF: "o"}

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
