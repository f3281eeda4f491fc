"""What the buttons that everybody sees say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.core.model import TopicMode

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
class Cancel:
    """Do nothing: whatever the message offered is off."""
